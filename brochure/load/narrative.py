"""Markdown files -> front matter and body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.base.message import Message
from brochure.base.problem import InputError, Problem
from brochure.load.document import NarrativeFile
from brochure.load.text import MAX_LINES, MAX_MARKS, whole_file
from brochure.load.yaml import parse_yaml

_MARKS = "[<>*_`!\\&"


def of_page(file: str) -> tuple[str, str]:
    """Page and locale of a narrative, by its file's name; the page is empty without a locale."""
    page, _, locale = file.removeprefix("content/").removesuffix(".md").rpartition(".")
    return page, locale


def parse_narrative(file: str, text: str) -> NarrativeFile:
    """Split a Markdown file into front matter and body; its name says page and locale.

    `content/cities/daejeon.ko.md` is the page `cities/daejeon` in the locale `ko`. Raises
    InputError.
    """
    page, locale = of_page(file)
    lines = text.split("\n")
    if not page:
        raise InputError(
            [whole_file(file, Message("file.without-language", example=_example(file)))]
        )
    if lines[0] != "---" or "---" not in lines[1:]:
        raise InputError([whole_file(file, _front_matter(lines))])
    end = lines.index("---", 1)
    if problems := list(_overloaded(file, lines[end + 1 :], end + 2)):
        raise InputError(problems)
    front = parse_yaml(file, "\n".join(lines[1:end]), first_line=2)
    return NarrativeFile(file, page, locale, front, "\n".join(lines[end + 1 :]), end + 2)


def _example(file: str) -> str:
    """The name of a file with a language, as `daejeon.ko.md`."""
    return f"{file.rpartition('/')[2].removesuffix('.md')}.ko.md"


def _front_matter(lines: Sequence[str]) -> Message:
    """The message about the lines that ought to open a narrative."""
    if lines[0] == "---":
        return Message("narrative.front-matter-not-closed")
    if lines[0].strip() == "---" or (not lines[0].strip() and "---" in lines):
        return Message("narrative.front-matter-not-first")
    return Message("narrative.without-front-matter")


def _overloaded(file: str, lines: list[str], first_line: int) -> Iterator[Problem]:
    """A problem for each paragraph that Markdown could not convert in a reasonable time."""
    start, paragraph = first_line, list[str]()
    for number, line in enumerate([*lines, ""], first_line):
        if line.strip():
            start = start if paragraph else number
            paragraph.append(line)
            continue
        whole = "".join(paragraph)
        if len(paragraph) > MAX_LINES or any(whole.count(mark) > MAX_MARKS for mark in _MARKS):
            message = Message("narrative.long-paragraph", lines=MAX_LINES, marks=MAX_MARKS)
            yield Problem(file, start, 1, message)
        paragraph = []
