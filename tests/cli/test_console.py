"""What a build says while it runs and when it has ended, on a terminal and elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, run_build

from brochure.cli.console import summary
from brochure.pipeline import Counts, Report

ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def on_terminal(program: str, **environment: str) -> str:
    """What a Python program prints on a terminal."""
    master, slave = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=slave,
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        | {"TERM": "xterm", "PYTHONIOENCODING": "utf-8"}
        | environment,
    )
    os.close(slave)
    read = b""
    try:
        while part := os.read(master, 4096):
            read += part
    except OSError:
        pass  # Linux answers so when nobody is left to write.
    finally:
        os.close(master)
    assert process.wait() == 0
    return read.decode()


STEPS = """
import time
from brochure.base.message import Message
from brochure.cli.console import Console
console = Console(["en"])
console(Message("build.printing", brochures=4))
time.sleep(0.6)
console(Message("build.printed", files=["a.pdf"]), 0.5)
console(Message("build.printed", files=["b.pdf"]), 1)
"""


def test_a_terminal_shows_a_bar_and_the_time_left() -> None:
    """On a terminal a bar stands under the lines: how much is done, and how many seconds are
    left; it is gone at the end of the step. NO_COLOR takes its colour."""
    said = on_terminal(STEPS)
    assert "a.pdf\r\n" in said and "50% · 1 s" in said
    assert "\x1b[36m" in said
    last = said.rsplit("b.pdf", 1)[1]
    assert "━" not in last and "─" not in last
    plain = on_terminal(STEPS, NO_COLOR="1")
    assert "50%" in plain and not re.search(r"\x1b\[[0-9;]*m", plain)


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}])
def test_a_terminal_that_knows_nothing_gets_lines(environment: dict[str, str]) -> None:
    """A terminal that cannot erase gets plain lines."""
    assert on_terminal(STEPS, **environment) == "Printing 4 brochures\r\n  a.pdf\r\n  b.pdf\r\n"


def test_a_build_ends_with_a_summary(miniature: Path) -> None:
    """Elsewhere a build says plain lines, at last what it made and reused, how large that is, how
    long each step took, and how many warnings there were."""
    for expected in (r"\d+ printed, \d+ reused", r": 0 printed, \d+ reused"):
        # Sealed, it would say only that nothing has changed.
        (miniature / "build/dist.manifest").unlink(missing_ok=True)
        done = run_build("--root", miniature, "site")
        assert done.returncode == 0 and not ESCAPE.search(done.stdout)
        assert re.search(rf"brochures.*{expected}", done.stdout)
    size = sum(path.stat().st_size for path in (miniature / "dist").rglob("*") if path.is_file())
    # The page for what is not found is none of them.
    pages = len(list((miniature / "dist/site").rglob("*.html"))) - 1
    for line in (
        rf"  쪽: {pages}",
        rf"  pages: {pages}",
        r"  charts: 0 drawn, \d+ reused",
        rf"  크기: dist/ {size / 1e6:.1f} MB",
        rf"  size: dist/ {size / 1e6:.1f} MB",
        r"  time: [\d.]+ s \(render [\d.]+ s, site [\d.]+ s, brochures [\d.]+ s, audit [\d.]+ s\)",
        r"  경고: 0",
        r"  warnings: 0",
    ):
        assert re.search(f"^{line}$", done.stdout, re.MULTILINE), line


REPORT = Report(
    pages=1200,
    charts=Counts(1, 2),
    brochures=Counts(3, 4),
    size=1_500_000,
    seconds={"render": 1.0, "audit": 0.25},
)


def test_warnings_are_listed_at_the_end() -> None:
    """The warnings of libraries stand at the end of the summary, once for all languages."""
    text = summary(REPORT, ["a glyph is odd", "an option is old"], ["ko", "en"])
    assert "1 drawn, 2 reused" in text and "3 printed, 4 reused" in text and "1.5 MB" in text
    assert text.endswith("warnings: 2\n    a glyph is odd\n    an option is old")
    assert text.count("a glyph is odd") == 1


def test_a_summary_is_written_as_its_language_writes() -> None:
    """Each language has its own words and its own numbers."""
    assert summary(REPORT, [], ["de"]).splitlines() == [
        "dist/: fertig",
        "  Seiten: 1.200",
        "  Diagramme: 1 gezeichnet, 2 wiederverwendet",
        "  Broschüren: 3 gedruckt, 4 wiederverwendet",
        "  Größe: dist/ 1,5 MB",
        "  Zeit: 1,2 s (Inhalte 1,0 s, Prüfung 0,2 s)",
        "  Warnungen: 0",
    ]
    assert "  tiempo: 1,2 s (contenido 1,0 s, revisión 0,2 s)" in summary(REPORT, [], ["es"])
