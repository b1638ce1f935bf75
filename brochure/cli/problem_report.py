"""Problems as text with the line and a mark under it, as GitHub annotations, or as JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from brochure.base.message import Message
from brochure.base.problem import Problem
from brochure.load.audience import Audience
from brochure.load.text import MAX_BYTES, decoded

# What a mark stands under: a call, a quoted text, a word, or else one character.
_MARKED = re.compile(r"""\{\{.*?\}\}|"[^"]*"|'[^']*'|[\w.-]+|.""")
# Columns of a terminal that a line is shown in, and those of them before what is marked.
_WIDTH, _BEFORE = 76, 36
_CUT, _TAB = "...", "    "
# What a message repeats of the input is cut here.
_LONGEST = 600


def as_text(problems: Sequence[Problem], root: Path, audience: Audience) -> str:
    """For a person: each problem at its place, with the line of the file and a mark under it."""
    lines = _Lines(root)
    return "\n".join(
        "\n".join(_paragraph(problem, lines(problem), audience.of(problem.file)))
        for problem in problems
    )


def as_annotations(problems: Sequence[Problem], audience: Audience) -> str:
    """For GitHub, which marks the lines in a pull request: one workflow command a line.

    Escapes follow the workflow command syntax of GitHub Actions.
    """
    return "\n".join(_annotation(problem, audience.of(problem.file)) for problem in problems)


def as_json(problems: Sequence[Problem], root: Path, audience: Audience) -> str:
    """For a machine: an array of objects.

    `file`, `line`, `column`, `severity` (error or warning), `code`, `messages` by language, and
    `source`, the line of the file or null.
    """
    lines = _Lines(root)
    objects = [
        {
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity,
            "code": problem.code,
            "messages": {
                language: problem.text(language) for language in audience.of(problem.file)
            },
            "source": lines(problem),
        }
        for problem in problems
    ]
    return json.dumps(objects, ensure_ascii=False, indent=1)


def _paragraph(problem: Problem, line: str | None, languages: Sequence[str]) -> Iterator[str]:
    yield f"{_plain(problem.file)}:{problem.line}:{problem.column} {problem.code}"
    for language in languages:
        yield f"  {_plain(_labelled(problem, language))}"
    if line is not None:
        shown, mark = excerpt(line, problem.column)
        number = str(problem.line)
        yield f"  {number} | {shown}".rstrip()
        yield f"  {' ' * len(number)} | {mark}"


def _labelled(problem: Problem, language: str) -> str:
    """The text of a problem; a warning says that it is one."""
    text = problem.text(language)
    return Message("problems.warning", text=text).text(language) if problem.warning else text


def _annotation(problem: Problem, languages: Sequence[str]) -> str:
    message = _escaped("\n".join(problem.text(language) for language in languages))
    file, code = (
        _escaped(text).replace(":", "%3A").replace(",", "%2C")
        for text in (problem.file, problem.code)
    )
    place = f"file={file},line={problem.line},col={problem.column},title={code}"
    return f"::{problem.severity} {place}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def excerpt(line: str, column: int) -> tuple[str, str]:
    """A line as a terminal shows it, cut where it is long, and the mark under `column`.

    A wide character (한) takes two columns, a combining one none; a tab is shown as four spaces.
    """
    first = min(column - 1, len(line))
    match = _MARKED.match(line, first)
    last = max(match.end() if match else first, first + 1)
    start = 0 if _columns(line[:last]) <= _WIDTH else first
    while start > 0 and _columns(line[start - 1 : first]) <= _BEFORE:
        start -= 1
    end = start
    while end < len(line) and _columns(line[start : end + 1]) <= _WIDTH:
        end += 1
    before = _CUT if start else ""
    after = _CUT if end < len(line) else ""
    shown = before + "".join(map(_shown, line[start:end])) + after
    indent = len(before) + _columns(line[start:first])
    return shown, " " * indent + "^" * max(1, _columns(line[first : min(last, end)]))


def _shown(character: str) -> str:
    if character == "\t":
        return _TAB
    return "\ufffd" if unicodedata.category(character)[0] == "C" else character


def _columns(text: str) -> int:
    """The columns that a text takes on a terminal, by Unicode's East Asian width (UAX #11)."""
    return sum(
        len(_TAB)
        if character == "\t"
        else 0
        if unicodedata.category(character) in ("Mn", "Me")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def _plain(text: str) -> str:
    """A message on one line, without what a terminal or GitHub's runner would take as a command.

    The runner obeys a line that begins with `::`, and `##[` anywhere (actions/runner,
    ActionCommand.cs).
    """
    whole = "".join(map(_shown, " ".join(text.split()))).replace("##[", "## [")
    return whole if len(whole) <= _LONGEST else whole[:_LONGEST] + _CUT


class _Lines:
    """The lines that problems point at; none of what is no text file within the root."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._read = cache(self._lines_of)

    def __call__(self, problem: Problem) -> str | None:
        lines = self._read(problem.file)
        return lines[problem.line - 1] if 1 <= problem.line <= len(lines) else None

    def _lines_of(self, file: str) -> list[str]:
        path = self._root / file
        try:
            # What a link leads to is nobody's business here.
            if path.resolve() != path or path.stat().st_size > MAX_BYTES:
                return []
            raw = path.read_bytes()
        except (OSError, ValueError):
            return []
        return [] if b"\0" in raw else decoded(raw, errors="replace").split("\n")
