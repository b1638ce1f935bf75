"""Accents that can be read: the shade that is used of one that is too pale, and the warning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import copy_input

from brochure.base.colour import contrast, readable_on_white
from brochure.cli.check import check, examine
from brochure.cli.main import main
from brochure.localize.catalog import localize
from brochure.render.site_frame import DARK_PAPER, accents

PALE = "#ffd400"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_input(tmp_path / "root")


def paint(root: Path, file: str, colour: str) -> int:
    """Give the file's accent a colour; the line on which it stands."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("(?m)^accent: '#.{6}'", f"accent: '{colour}'", text), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if line == f"accent: '{colour}'")


@pytest.mark.parametrize("colour", [PALE, "#ffffff", "#00ff00", "#ff8000", "#8f8f8f", "#767676"])
def test_an_accent_can_be_read(root: Path, colour: str) -> None:
    """Whatever a city's colour is, the one that its pages and brochures use has a contrast of 4.5
    on white, and in the dark scheme on dark paper; one that had it is used as it is."""
    paint(root, "data/cities/alba.yaml", colour)
    edition = localize(check(root), "ko")
    used = edition.members["alba"].accent
    assert contrast(used, "#ffffff") >= 4.5
    assert (used == colour) == (contrast(colour, "#ffffff") >= 4.5)
    (light, dark) = re.search(
        r"\.of-alba \{ --accent: light-dark\((.{7}), (.{7})\);", accents(edition)
    ).groups()  # type: ignore[union-attr]
    assert light == used and contrast(dark, DARK_PAPER) >= 4.5
    drawn = re.search(rf"--c-{used[1:]}: light-dark\({used}, (.{{7}})\);", accents(edition))
    assert drawn and contrast(drawn[1], DARK_PAPER) >= 4.5


def test_a_pale_accent_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` warns at the line of an accent that is not used as it is, with its contrast and the
    shade that is used instead, and still passes; a dossier's and the alliance's too."""
    files = ["data/alliance.yaml", "data/cities/alba.yaml", "data/dossiers/study.yaml"]
    lines = [paint(root, file, PALE) for file in files]
    catalog, problems, _ = examine(root)
    assert catalog is not None
    assert {(problem.file, problem.line) for problem in problems} == set(
        zip(files, lines, strict=True)
    )
    for problem in problems:
        assert (problem.code, problem.severity) == ("colour.pale", "warning")
        parameters = dict(problem.message.parameters)
        assert (parameters["colour"], parameters["shade"]) == (PALE, readable_on_white(PALE))
        assert "1.43" in problem.text("en") and "1,43" in problem.text("de")
    assert main(["--root", str(root), "check"]) == 0
    assert f"data/cities/alba.yaml:{lines[1]}:9" in capsys.readouterr().err


def test_what_can_be_read_is_not_told(root: Path) -> None:
    """No warning is told of an accent that has the contrast, however little more."""
    paint(root, "data/cities/alba.yaml", "#767676")
    assert examine(root)[1] == ()
