"""Messages about files that libyaml cannot read, by the mistake that was probably made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from brochure.base.message import Message
from brochure.load.value_hints import number_message

# Line and column, both from 0, as YAML's marks count them.
Mark = tuple[int, int]

_CALL = '{{ fact("population") }}'
PLACEHOLDER_WITHOUT_QUOTES = Message("yaml.placeholder-without-quotes", example=f"'{_CALL}'")

# A placeholder where a value begins, and one in single braces, which YAML takes for entries.
_PLACEHOLDER = re.compile(r"[:,\[-]\s+(\{\{)")
_SINGLE_BRACE = re.compile(r"(fact|number)\s*\(\s*[\"']?([\w-]*)")
# Where an entry begins in a line: behind the indentation, a hyphen, a brace or a comma.
_ENTRY = r"(?:^|[{,])[ \t]*(?:-[ ]+)?"
_FULL_WIDTH_COLON = re.compile(rf"{_ENTRY}[\w-]+\s*(：)")
_FULL_WIDTH_COMMA = re.compile(r"[{\[].*?([，、])")
_NO_SPACE = re.compile(rf"{_ENTRY}[A-Za-z_][\w-]*(:)(?![\s/:])\S")
# Spaces that look like the usual one and do not indent or divide.
_OTHER_SPACES = "\u00a0\u2007\u202f\u3000"
_OTHER_SPACE = re.compile(rf"^\s*?([{_OTHER_SPACES}])|[:-]([{_OTHER_SPACES}])")
_CURLY_QUOTE = re.compile(rf"(?:^\s*|{_ENTRY}[\w-]+:\s+|[\[,{{]\s*)([“”‘’„«»])")
# A sign that says how exact a number is, where a value begins.
_BOUND = re.compile(r":\s+((?:[<>]=?|[≥≤])\s*\d[^,}\n#]*)")
# A comment that is written without the space that comments have.
_COMMENT = re.compile(r"\s+#(?=[^\s#])")
# The thousands or decimals of a number behind a comma, which begins a new entry in braces.
_DIGITS_BEFORE = re.compile(r"[-+]?\d[\d.]*(?:,\d+)*,$")
_DIGITS_BEHIND = re.compile(r"\d+(?:,\d+)*(?:\.\d+)?")
# Text behind what YAML takes for a list or for entries.
_TEXT_BEHIND_BRACKET = re.compile(
    r"(?:^\s*(?:-\s+)?[\w-]+:\s+|^\s*-\s+|[{,]\s*[\w-]+:\s+)"
    r"([\[{])[^\[\]{}]*[\]}]\s*[^\s#,\]}:]"
)
_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True)
class _Stop:
    """The place where libyaml stopped reading, and its reason.

    `begun` is where the part of the file begins that it was reading, `last` the scalar before.
    """

    at: Mark
    begun: Mark
    problem: str
    context: str
    lines: Sequence[str]
    last: yaml.ScalarEvent | None

    def line(self, mark: Mark) -> str:
        return self.lines[mark[0]] if mark[0] < len(self.lines) else ""

    def character(self, mark: Mark) -> str:
        return self.line(mark)[mark[1] : mark[1] + 1]


def syntax_message(
    error: yaml.MarkedYAMLError, lines: Sequence[str], last: yaml.ScalarEvent | None
) -> tuple[Mark, Message]:
    """The place of the mistake that libyaml stopped at, and its message.

    `last` is the scalar that was read last: a quotation mark that was left open is noticed only at
    the next one.
    """
    at = _mark(error.problem_mark) or _mark(error.context_mark) or (0, 0)
    begun = _mark(error.context_mark) or at
    stop = _Stop(at, begun, str(error.problem), str(error.context), lines, last)
    return (
        _around_quotes(stop)
        or _within_lines(stop)
        or _at_mark(stop)
        or _within_brackets(stop)
        or _between_lines(stop)
        or ((at[0], _indentation(stop.line(at))), Message("yaml.wrong-indentation"))
    )


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _around_quotes(stop: _Stop) -> tuple[Mark, Message] | None:
    """A mistake about quotation marks: one left open, or one within a text."""
    if "quoted scalar" in stop.context:
        if "escape" in stop.problem:
            return stop.at, Message("yaml.backslash")
        return stop.begun, Message("yaml.unclosed-quote")
    if stop.last is None or stop.last.style not in ("'", '"'):
        return None
    opened, closed = _mark(stop.last.start_mark), _mark(stop.last.end_mark)
    assert opened is not None
    assert closed is not None
    if closed[0] > opened[0]:
        return opened, Message("yaml.unclosed-quote")
    behind = stop.line(stop.at)[closed[1] : stop.at[1]]
    if closed[0] != stop.at[0] or behind.strip() or stop.character(stop.at) in "]}":
        return None
    if stop.last.style == "'":
        return stop.at, Message("yaml.apostrophe-within-text")
    return stop.at, Message("yaml.quotation-mark-within-text")


def _within_lines(stop: _Stop) -> tuple[Mark, Message] | None:
    """A mistake that shows in the line where libyaml stopped, or in that where a part begins."""
    if stop.character(stop.at) == "\t" or "tab" in stop.problem:
        return (stop.at[0], max(stop.line(stop.at).find("\t"), 0)), Message("yaml.tab")
    for mark in (stop.begun, stop.at):
        if (found := _slip_in_line(stop.line(mark), stop.problem)) is not None:
            column, message = found
            return (mark[0], column), message
    return None


def _slip_in_line(line: str, problem: str) -> tuple[int, Message] | None:
    """A mistake in a line where libyaml has a `problem`: its column from 0, and what it is."""
    if match := _OTHER_SPACE.search(line):
        return match.start(match.lastindex or 0), Message("yaml.other-space")
    if match := _FULL_WIDTH_COLON.search(line):
        return match.start(1), Message("yaml.full-width-colon")
    if match := _PLACEHOLDER.search(line):
        return match.start(1), PLACEHOLDER_WITHOUT_QUOTES
    if ("mapping" in problem or "','" in problem) and (match := _CURLY_QUOTE.search(line)):
        return match.start(1), Message("yaml.curly-quote", mark=match[1])
    if match := _BOUND.search(line):
        return match.start(1), number_message(match[1])
    if match := _NO_SPACE.search(line):
        return match.start(1), Message("yaml.no-space-after-colon")
    if match := _FULL_WIDTH_COMMA.search(line):
        return match.start(1), Message("yaml.full-width-comma", mark=match[1])
    if match := _TEXT_BEHIND_BRACKET.search(line):
        return match.start(1), Message("yaml.starts-with-mark", mark=match[1])
    return None


def _at_mark(stop: _Stop) -> tuple[Mark, Message] | None:
    """A text that begins with a mark that YAML takes for something else."""
    if "cannot start any token" in stop.problem or re.search(
        "block scalar|alias|anchor|a tag|directive", stop.context
    ):
        return stop.begun, Message("yaml.starts-with-mark", mark=stop.character(stop.begun))
    if "expected node content" in stop.problem and stop.character(stop.at):
        return stop.at, Message("yaml.starts-with-mark", mark=stop.character(stop.at))
    if "block sequence entries are not allowed" in stop.problem:
        return stop.at, Message("yaml.starts-with-mark", mark="-")
    if "mapping keys are not allowed" in stop.problem:
        return stop.at, Message("yaml.starts-with-mark", mark="?")
    return None


def _within_brackets(stop: _Stop) -> tuple[Mark, Message] | None:
    """A mistake between brackets: a comma or the closing one missing, or a text with a mark."""
    character = stop.character(stop.at)
    if character in tuple("]}") and "','" not in stop.problem:
        return stop.at, Message("yaml.surplus-bracket", mark=character)
    mark = stop.character(stop.begun)
    if mark not in _CLOSING or "','" not in stop.problem:
        return None
    rest = stop.line(stop.begun)[stop.begun[1] :]
    # Quoted texts are left out: what they hold closes nothing.
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", rest)
    closing = _CLOSING[mark]
    if (comment := re.search(r"\s#", rest)) and closing in rest[comment.end() :]:
        column = stop.begun[1] + comment.end() - 1
        return (stop.begun[0], column), Message("yaml.comment-within-text")
    if bare.count(closing) < bare.count(mark):
        return stop.begun, Message("yaml.unclosed-bracket", mark=mark, closing=closing)
    if character == ":":
        before = stop.line(stop.at)[: stop.at[1]]
        word = re.search(r"[\w-]*$", before)
        name = word[0] if word else ""
        elsewhere = re.compile(rf"(?:^|[{{,])\s*{re.escape(name)}:\s")
        if name and any(elsewhere.search(line) for line in stop.lines):
            column = stop.at[1] - len(name)
            return (stop.at[0], column), Message("yaml.comma-missing", name=name)
        return stop.at, Message("yaml.colon-within-text")
    if character in tuple("[]{}"):
        return stop.at, Message("yaml.bracket-within-text", mark=character)
    return None


def _between_lines(stop: _Stop) -> tuple[Mark, Message] | None:
    """A line that is no entry, or an entry's text with a colon."""
    begins = _mark(stop.last.start_mark) if stop.last is not None else None
    stray = stop.begun if "could not find expected ':'" in stop.problem else None
    if "mapping values are not allowed" in stop.problem and begins is not None:
        if begins[0] == stop.at[0]:
            return stop.at, Message("yaml.colon-within-text")
        if not stop.line(begins)[: begins[1]].strip():
            stray = begins
    if stray is None:
        return None
    if (found := _slip_in_line(stop.line(stray), stop.problem)) is not None:
        return (stray[0], found[0]), found[1]
    if re.match(r"\s*(?:<!--|//|/\*)", stop.line(stray)):
        return stray, Message("yaml.other-comment")
    return stray, Message("yaml.line-without-colon")


def key_message(text: str, start: int, name: str) -> tuple[int, Message] | None:
    """The message about an entry's `name` at `start`, written without quotes, if it is wrong.

    Before it comes how many characters earlier the mistake begins.
    """
    digits = _DIGITS_BEFORE.search(text, max(0, start - 60), start)
    if digits and (rest := _DIGITS_BEHIND.match(text, start)):
        whole = text[digits.start() : rest.end()]
        return start - digits.start(), number_message(whole)
    if any(space in name for space in _OTHER_SPACES):
        return 0, Message("yaml.other-space")
    if re.match(r"[\w-]+\s*：", name):
        return -name.index("："), Message("yaml.full-width-colon")
    if re.match(r"[A-Za-z_][\w-]*:[^\s/:]", name):
        return -name.index(":"), Message("yaml.no-space-after-colon")
    if match := _SINGLE_BRACE.match(name):
        right = f'{{{{ {match[1]}("{match[2]}") }}}}'
        return 1, Message("placeholder.single-brace", right=right)
    if name[0:1] in "“”‘’„«»" and name:
        return 0, Message("yaml.curly-quote", mark=name[0])
    return None


def hidden_comment(text: str, end: int) -> int | None:
    """The distance from the `end` of a text without quotes to a `#` that is meant as a part of it.

    A comment that is meant as one has a space behind its `#`.
    """
    match = _COMMENT.match(text, end)
    if match is None or "\n" in match[0] or "\r" in match[0]:
        return None
    return match.end() - 1 - end


def _mark(mark: Any) -> Mark | None:
    return (mark.line, mark.column) if mark else None
