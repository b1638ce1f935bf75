"""Warnings that `data/skipped-warnings.yaml` leaves out of the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from slips import ALBA, BRUMA, Slip, assert_told, edited, nearest

from brochure.base.message import Message
from brochure.cli.check import examine
from brochure.cli.main import main
from brochure.model.site_map import SKIPPED_WARNINGS as SKIPPED

PALE = "{code: colour.pale, file: data/cities/bruma.yaml, reason: It is in the arms.}"


def skip(root: Path, *entries: str) -> None:
    lines = "".join(f"  - {entry}\n" for entry in entries)
    (root / SKIPPED).write_text(f"skip:\n{lines}", encoding="utf-8")


@pytest.fixture
def pale(checked: Path) -> Path:
    """The tiny repository with two cities whose accents are too pale for text."""
    edited(checked / ALBA, "accent: '#0b57d0'", "accent: '#ffcc00'")
    edited(checked / BRUMA, "accent: '#b3401a'", "accent: '#ff9900'")
    return checked


def warned(root: Path) -> list[tuple[str, str]]:
    """File and code of each problem of a check that finds nothing wrong."""
    examination = examine(root)
    assert examination.catalog is not None
    return [(problem.file, problem.code) for problem in examination.problems]


def test_a_warning_is_skipped_by_its_code(pale: Path) -> None:
    """Skipped are the warnings of a code, in all files or in one, and they are counted."""
    assert warned(pale) == [(ALBA, "colour.pale"), (BRUMA, "colour.pale")]
    skip(pale, PALE)
    assert warned(pale) == [(ALBA, "colour.pale")]
    assert examine(pale).skipped == 1
    skip(pale, "{code: colour.pale, reason: They are in the arms.}")
    assert warned(pale) == []
    assert examine(pale).skipped == 2


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_every_report_leaves_it_out_and_the_number_is_told(
    form: str, pale: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No form of the report has the skipped warning; stderr says how many were skipped, and why."""
    skip(pale, PALE)
    assert main(["--root", str(pale), "--language", "en", "check", "--format", form]) == 0
    shown = capsys.readouterr()
    assert ALBA in shown.out + shown.err and BRUMA not in shown.out + shown.err
    assert f"1 warning skipped, as {SKIPPED} says." in shown.err
    if form == "json":
        assert [problem["file"] for problem in json.loads(shown.out)] == [ALBA]


def test_an_entry_that_skips_nothing_is_a_warning(pale: Path) -> None:
    """An entry whose warning is gone is a warning itself, at its place; so that the list stays
    short."""
    edited(pale / BRUMA, "accent: '#ff9900'", "accent: '#b3401a'")
    skip(pale, "{code: colour.pale, file: data/cities/alba.yaml, reason: Arms.}", PALE)
    (problem,) = examine(pale).problems
    assert (problem.file, problem.line, problem.column) == (SKIPPED, 3, 5)
    assert problem.message == Message("skip.unused", name="colour.pale")
    assert problem.severity == "warning"


def test_without_history_nothing_is_known_to_be_unused(checked: Path) -> None:
    """Without git no translation is found stale, so an entry that skips stale ones stays."""
    skip(checked, "{code: translation.stale, reason: The translator is on leave.}")
    assert warned(checked) == []


SLIPS = {
    "an unknown code": ("{code: ‸colour.pael, reason: a}", "skip.unknown-code"),
    "the code of an error": ("{code: ‸figure.unknown-unit, reason: a}", "skip.not-a-warning"),
    "the code of an unused entry": ("{code: ‸skip.unused, reason: a}", "skip.not-a-warning"),
    "no reason": ("‸{code: colour.pale}", "entry.missing"),
    "an empty reason": ("{code: colour.pale, reason: ‸''}", "text.empty"),
    "an unknown file": (
        "{code: colour.pale, file: ‸data/cities/burma.yaml, reason: a}", "skip.unknown-file",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("entry", "code"), SLIPS.values(), ids=SLIPS)
def test_a_slip_in_the_list_is_told_where_it_stands(entry: str, code: str, pale: Path) -> None:
    """A code that there is not or that is an error's, and a missing reason, are errors."""
    skip(pale)
    slip = Slip(SKIPPED, "", f"  - {entry}\n", Message(code))
    place = slip.make(pale)
    problems = [problem for problem in examine(pale).problems if not problem.warning]
    (problem,) = problems
    assert (f"{problem.file}:{problem.line}:{problem.column}", problem.code) == (place, code)


def test_the_hint_is_at_the_nearest_code(checked: Path) -> None:
    """A misspelt code is told with the one that was meant."""
    (checked / SKIPPED).write_text("skip:\n", encoding="utf-8")
    assert_told(
        Slip(
            SKIPPED,
            "",
            "  - {code: ‸colour.pael, reason: a}\n",
            Message("skip.unknown-code", name="colour.pael", hint=nearest("colour.pale")),
        ),
        checked,
    )
