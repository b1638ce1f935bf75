"""Progress, the progress bar and the summary of a build."""

from __future__ import annotations

import logging
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from brochure.pipeline import Report


def summary(report: Report, warned: list[str], published: str = "dist") -> str:
    """What a build made, how long its steps took, and what was warned of meanwhile."""
    charts, brochures = report.charts, report.brochures
    seconds = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in report.seconds.items())
    rows = {
        "쪽 / pages": str(report.pages),
        "그림 / charts": f"{charts.new} drawn, {charts.reused} reused",
        "브로슈어 / brochures": f"{brochures.new} printed, {brochures.reused} reused",
        "크기 / size": f"{published}/ {report.size / 1e6:.1f} MB",
        "시간 / time": f"{sum(report.seconds.values()):.1f} s ({seconds})",
        "경고 / warnings": "\n".join([str(len(warned)), *(f"    {line}" for line in warned)]),
    }
    listed = (f"  {name}: {it}" for name, it in rows.items())
    return "\n".join([f"{published}/: 완성 / finished", *listed])


class Warned(logging.Handler):
    """Keeps what libraries warn of, each once, to be told at the end."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = " ".join(record.getMessage().split())
        if line not in self.lines:
            self.lines.append(line)


class Console:
    """Says what happens, a line at a time; on a terminal a bar stands below it meanwhile."""

    WIDTH = 30

    def __init__(self) -> None:
        self._bar = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self._colour = self._bar and not os.environ.get("NO_COLOR")
        self._start = time.monotonic()

    def __call__(self, line: str, share: float | None = None) -> None:
        self.clear()
        print(line, flush=True)
        if share is None:
            self._start = time.monotonic()
        if self._bar and (share is None or share < 1):
            print(self.bar(share or 0, time.monotonic() - self._start), end="", flush=True)

    def clear(self) -> None:
        """Take the bar away: a carriage return and the erasure of the line (ECMA-48, EL)."""
        if self._bar:
            print("\r\x1b[K", end="", flush=True)

    def bar(self, share: float, seconds: float) -> str:
        """A bar filled to `share` (0 to 1), and by the `seconds` that took, those that are left."""
        done = round(self.WIDTH * share)
        on, off = ("\x1b[36m", "\x1b[0m") if self._colour else ("", "")
        left = f" · {round(seconds / share - seconds)} s" if share else ""
        return f"  {on}{'━' * done}{off}{'─' * (self.WIDTH - done)} {share:.0%}{left}"
