"""Progress, the progress bar and the summary of a build."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from brochure.base.message import Message, lines

if TYPE_CHECKING:
    from brochure.pipeline import Report

STEPS = {
    "render": Message("summary.step-render"),
    "site": Message("summary.step-site"),
    "brochures": Message("summary.step-brochures"),
    "audit": Message("summary.step-audit"),
}


def summary(
    report: Report, warnings: Sequence[str], languages: Sequence[str], published: str = "dist"
) -> str:
    """The results of a build in each language, then the warnings of libraries during it.

    The results: what was made and reused, its size, and the time of each step.
    """
    blocks = [
        "\n".join(
            message.text(language)
            for message in _summary(report, len(warnings), published, language)
        )
        for language in languages
    ]
    return "\n".join([*blocks, *(f"    {line}" for line in warnings)])


def _summary(report: Report, warnings: int, published: str, language: str) -> Iterator[Message]:
    yield Message("summary.finished", folder=published)
    yield Message("summary.pages", count=report.pages)
    charts, brochures = report.charts, report.brochures
    yield Message("summary.charts", new=charts.new, reused=charts.reused)
    yield Message("summary.brochures", new=brochures.new, reused=brochures.reused)
    yield Message("summary.size", folder=published, megabytes=_tenths(report.size / 1e6))
    steps = [
        Message("summary.step", step=STEPS[step], seconds=_tenths(seconds)).text(language)
        for step, seconds in report.seconds.items()
    ]
    total = _tenths(sum(report.seconds.values()))
    yield Message("summary.time", seconds=total, steps=steps)
    yield Message("summary.warnings", count=warnings)


def _tenths(number: float) -> Decimal:
    return Decimal(f"{number:.1f}")


class WarningCollector(logging.Handler):
    """Collects the warnings of libraries, each once, for the summary."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text of a warning on one line, unless it is there already."""
        line = " ".join(record.getMessage().split())
        if line not in self.lines:
            self.lines.append(line)


class Console:
    """Prints progress, a line for each language; on a terminal with a bar below the last line."""

    WIDTH = 30

    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = languages
        self._bar = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self._colour = self._bar and not os.environ.get("NO_COLOR")
        self._start = time.monotonic()

    def __call__(self, message: Message, share: float | None = None) -> None:
        """Print a message in each language, with the bar of the step below it."""
        self.clear()
        print("\n".join(lines(message, self._languages)), flush=True)
        if share is None:
            self._start = time.monotonic()
        if self._bar and (share is None or share < 1):
            print(self.bar(share or 0, time.monotonic() - self._start), end="", flush=True)

    def clear(self) -> None:
        """Take the bar away: a carriage return and the erasure of the line (ECMA-48, EL)."""
        if self._bar:
            print("\r\x1b[K", end="", flush=True)

    def bar(self, share: float, seconds: float) -> str:
        """A bar filled to `share` (0 to 1), with the seconds left, estimated by those elapsed."""
        done = round(self.WIDTH * share)
        on, off = ("\x1b[36m", "\x1b[0m") if self._colour else ("", "")
        left = f" · {round(seconds / share - seconds)} s" if share else ""
        return f"  {on}{'━' * done}{off}{'─' * (self.WIDTH - done)} {share:.0%}{left}"
