"""Markup and hidden characters in fields that have no use for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import copy_input

from brochure.base.problem import InputError, Problem
from brochure.load.repository import load
from brochure.validate.validate import validate

ALLIANCE, WORDS, ALBA = "data/alliance.yaml", "data/locales/en.yaml", "content/cities/alba.en.md"


def problems(root: Path, file: str, old: str, new: str) -> list[tuple[str, Problem]]:
    """Return what is wrong after an edit, each with the line that it points to."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        validate(load(root))
    except InputError as error:
        lines = path.read_text(encoding="utf-8").split("\n")
        assert {problem.file for problem in error.problems} == {file}
        return [(lines[problem.line - 1], problem) for problem in error.problems]
    return []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The input of the tiny repository."""
    return copy_input(tmp_path / "repository")


@pytest.mark.parametrize(
    "acronym",
    ["GINI<meta http-equiv=refresh content=0>", "GI NI", 'GINI"', "-GINI", "", "G" * 21],
)  # fmt: skip
def test_an_acronym_is_a_short_word(root: Path, acronym: str) -> None:
    """Markup, spaces, quotation marks and long texts are refused."""
    ((line, _),) = problems(root, ALLIANCE, "acronym: TWIN", f"acronym: '{acronym}'")
    assert line == f"acronym: '{acronym}'"


@pytest.mark.parametrize("acronym", ["GINI", "R&D", "G-7", "U.N.", "T2"])
def test_an_acronym_may_have_dots_hyphens_and_ampersands(root: Path, acronym: str) -> None:
    assert problems(root, ALLIANCE, "acronym: TWIN", f"acronym: '{acronym}'") == []


@pytest.mark.parametrize(
    "word", ['Skip</a><a href="https://evil.example/">', "a > b", "<b>Skip</b>", "&lt;b> Skip"]
)
def test_interface_words_have_no_markup(root: Path, word: str) -> None:
    """A word with an angle bracket is refused, and the message shows which."""
    ((line, problem),) = problems(root, WORDS, "skip: Skip to content", f"skip: '{word}'")
    assert line.strip() == f"skip: '{word}'"
    sign = "<" if "<" in word else ">"
    assert f"‘{sign}’" in problem.text("ko") and f"‘{sign}’" in problem.text("en")


@pytest.mark.parametrize("reference", ["&#x202e;", "&#x200B;", "&zwnj;", "&#xE000;", "&#x1B;"])
def test_a_narrative_has_no_reference_to_a_hidden_character(root: Path, reference: str) -> None:
    """A character that a file may not have does not come by its number or its name either."""
    ((line, problem),) = problems(root, ALBA, "**Bold**", f"**Bold** {reference}")
    assert line[problem.column - 1 :].startswith(reference)


def test_a_narrative_may_refer_to_signs_by_name(root: Path) -> None:
    assert problems(root, ALBA, "**Bold**", "**Bold** &lt; &amp; &nbsp; &eacute; &#xAC00;") == []


@pytest.mark.parametrize("address", ['https://a.example/"><script>/', "https://a.example/ b/"])
def test_the_address_of_the_site_is_an_address(root: Path, address: str) -> None:
    """It takes neither spaces nor signs of markup."""
    ((line, _),) = problems(
        root, "mkdocs.yml", "site_url: https://twin.example/", f"site_url: '{address}'"
    )
    assert line == f"site_url: '{address}'"
