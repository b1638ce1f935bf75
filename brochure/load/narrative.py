"""Markdown files -> front matter and body."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.base.problem import InputError, Problem
from brochure.load.document import NarrativeFile
from brochure.load.text import MAX_LINES, MAX_MARKS
from brochure.load.yaml import parse_yaml

_MARKS = "[<>*_`!\\&"


def of_page(file: str) -> tuple[str, str]:
    """Page and locale of a narrative, by its file's name; the page is empty without a locale."""
    page, _, locale = file.removeprefix("content/").removesuffix(".md").rpartition(".")
    return page, locale


def parse_narrative(file: str, text: str) -> NarrativeFile:
    """Split a Markdown file into front matter and body; its name says page and locale.

    `content/cities/daejeon.ko.md` is the page `cities/daejeon` in the locale `ko`.
    """
    page, locale = of_page(file)
    lines = text.split("\n")
    if not page:
        raise InputError(
            [
                Problem(
                    file,
                    1,
                    1,
                    "파일 이름에 언어가 없습니다. 예: daejeon.ko.md",
                    "The file name lacks its language, as in daejeon.ko.md.",
                )
            ]
        )
    if lines[0] != "---" or "---" not in lines[1:]:
        raise InputError(
            [
                Problem(
                    file,
                    1,
                    1,
                    "첫머리에 ‘---’로 둘러싼 title과 description이 있어야 합니다.",
                    "The file must open with a title and a description between two lines ‘---’.",
                )
            ]
        )
    end = lines.index("---", 1)
    if problems := list(_overloaded(file, lines[end + 1 :], end + 2)):
        raise InputError(problems)
    front = parse_yaml(file, "\n".join(lines[1:end]), first_line=2)
    return NarrativeFile(file, page, locale, front, "\n".join(lines[end + 1 :]), end + 2)


def _overloaded(file: str, lines: list[str], first_line: int) -> Iterator[Problem]:
    """A problem for each paragraph that Markdown would not be done with in a reasonable time."""
    start, paragraph = first_line, list[str]()
    for number, line in enumerate([*lines, ""], first_line):
        if line.strip():
            start = start if paragraph else number
            paragraph.append(line)
            continue
        whole = "".join(paragraph)
        if len(paragraph) > MAX_LINES or any(whole.count(mark) > MAX_MARKS for mark in _MARKS):
            yield Problem(
                file,
                start,
                1,
                f"한 문단은 {MAX_LINES}줄, 같은 부호 {MAX_MARKS}개를 넘을 수 없습니다. "
                "빈 줄로 나누십시오.",
                f"A paragraph has at most {MAX_LINES} lines and {MAX_MARKS} marks of a kind. "
                "Divide it by an empty line.",
            )
        paragraph = []
