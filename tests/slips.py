"""Mistakes that the staff of a city may make, and what the program says of them.

They are made in a copy of `tests/fixtures/miniature/`, so that no edit of real data breaks a test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from support import ROOT

from brochure.base.message import Message, languages
from brochure.base.problem import InputError, Problem
from brochure.cli.check import examine

STUDY = "data/dossiers/study.yaml"
ALBA, BRUMA = "data/cities/alba.yaml", "data/cities/bruma.yaml"
ALBA_KO, ALBA_EN = "content/cities/alba.ko.md", "content/cities/alba.en.md"
EN, KO = "data/locales/en.yaml", "data/locales/ko.yaml"

PRINT = "data/print.yaml"
LIST = "data/alliance.yaml"
STUDY_EN, PAIRS_EN = "content/study/index.en.md", "content/study/pairs.en.md"
NEWS_EN = "content/news/2025-12-30-first.en.md"


@dataclass(frozen=True)
class Slip:
    """An edit of one file: `old` gives way to `new`, in which ‸ stands where it is told.

    Without one its file is told, or `told`, another file or place. An `old` of "" puts `new` at the
    end. `says` is the message, with the parameters that matter.
    """

    file: str
    old: str
    new: str
    says: Message
    told: str | None = None

    def make(self, root: Path) -> str:
        """Make the edit; the result is how the place starts where it is told."""
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        assert not self.old or text.count(self.old) == 1, "the slip must fit one place"
        text = text.replace(self.old, self.new) if self.old else text + self.new
        before, mark, after = text.partition("‸")
        path.write_text(before + after, encoding="utf-8", newline="")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        return f"{self.file}:{line}:{column}" if mark else self.told or f"{self.file}:"


def at(file: str, words: str) -> str:
    """The place where these words stand in a file of the tiny repository, once."""
    text = (ROOT / "tests/fixtures/miniature" / file).read_text(encoding="utf-8")
    assert text.count(words) == 1
    before = text[: text.index(words)]
    return f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def told(root: Path) -> dict[str, list[Problem]]:
    """The problems of a refused repository, by place."""
    catalog, found, _ = examine(root)
    assert catalog is None
    problems: dict[str, list[Problem]] = {}
    for problem in found:
        place = f"{problem.file}:{problem.line}:{problem.column}"
        problems.setdefault(place, []).append(problem)
    return problems


def says(problems: list[Problem], expected: Message) -> bool:
    """Whether a problem has the code of a message and the parameters that the message names."""
    return any(
        problem.code == expected.code
        and set(expected.parameters) <= set(problem.message.parameters)
        for problem in problems
    )


def assert_told(slip: Slip, root: Path, *, alone: bool = True) -> None:
    """Make a slip and see it told at its place with what would be right; and nothing else, which
    would follow from it, if it is told `alone`."""
    place = slip.make(root)
    problems = told(root)
    assert any(
        says(found, slip.says) for where, found in problems.items() if where.startswith(place)
    ), (place, problems)
    if alone:
        assert sum(map(len, problems.values())) == 1, "one mistake is told once"
    for found in problems.values():
        for problem in found:
            for language in languages():
                assert problem.text(language), problem


def assert_file_told(
    spoil: Callable[[Path], object], place: str, expected: Message, root: Path
) -> None:
    """Spoil a file and see it told by its name."""
    spoil(root)
    problems = told(root)
    assert place in problems, problems
    assert says(problems[place], expected), problems[place]


def nearest(name: str) -> Message:
    """The hint at a name that is nearly the one that was written."""
    return Message("hint.nearest", name=name)


def edited(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


# What YAML, Markdown and Jinja treat specially, so that fuzzing meets it.
MARKS = st.text(
    st.sampled_from(
        list("abc가 \n\t\r-:?[]{}&*!|>%#'\"\\/,.0129eExX_~@`=()+\x00\x07\x85\u2028\ufeff\ue000")
    )
    | st.characters(codec="utf-8")
)


def accepted_or_refused(make: Callable[[], Any], kind: type) -> Any:
    """What is made, or the refusal, whose every problem has a place and words in two languages."""
    try:
        made = make()
    except InputError as refused:
        assert refused.problems
        for problem in refused.problems:
            assert problem.line >= 1 and problem.column >= 1
            assert all(problem.text(language) for language in languages())
        return refused
    assert isinstance(made, kind)
    return made
