"""What is wrong with a file that libyaml cannot read, by the mistake that was probably made."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_DIGITS_BEFORE = re.compile(r"[-+]?\d+(?:,\d+)*,$")
_DIGITS_BEHIND = re.compile(r"\d+(?:,\d+)*(?:\.\d+)?")
_CLOSING = {"[": "]", "{": "}"}


def syntax_message(
    error: yaml.MarkedYAMLError, lines: Sequence[str], last: yaml.ScalarEvent | None
) -> tuple[Mark, Message]:
    """Where the mistake is that libyaml stopped at, and what it is.

    `last` is the scalar that was read last: a quotation mark that was left open is noticed only at
    the next one.
    """
    problem, context = str(error.problem), str(error.context)
    at = _mark(error.problem_mark) or _mark(error.context_mark) or (0, 0)
    begun = _mark(error.context_mark) or at
    line = lines[at[0]] if at[0] < len(lines) else ""
    first_line = lines[begun[0]] if begun[0] < len(lines) else ""
    mark = first_line[begun[1] : begun[1] + 1]
    if "quoted scalar" in context and "escape" in problem:
        return at, Message("yaml.backslash")
    if "quoted scalar" in context:
        return begun, Message("yaml.unclosed-quote")
    if last is not None and last.style in ("'", '"'):
        opened, closed = _mark(last.start_mark), _mark(last.end_mark)
        assert opened is not None and closed is not None
        if closed[0] > opened[0]:
            return opened, Message("yaml.unclosed-quote")
        if closed[0] == at[0] and not line[closed[1] : at[1]].strip():
            if last.style == "'":
                return at, Message("yaml.apostrophe-within-text")
            return at, Message("yaml.quotation-mark-within-text")
    if line[at[1] : at[1] + 1] == "\t" or "tab" in problem:
        return (at[0], max(line.find("\t"), 0)), Message("yaml.tab")
    for number, text in dict.fromkeys([(begun[0], first_line), (at[0], line)]):
        if (found := _slip_in_line(text, problem)) is not None:
            column, message = found
            return (number, column), message
    if "cannot start any token" in problem or re.search(
        "block scalar|alias|anchor|a tag|directive", context
    ):
        return begun, Message("yaml.starts-with-mark", mark=mark)
    if "block sequence entries are not allowed" in problem:
        return at, Message("yaml.starts-with-mark", mark="-")
    if "mapping keys are not allowed" in problem:
        return at, Message("yaml.starts-with-mark", mark="?")
    begins = _mark(last.start_mark) if last is not None else None
    if "mapping values are not allowed" in problem and begins is not None and begins[0] == at[0]:
        return at, Message("yaml.colon-within-text")
    if mark in _CLOSING and "expected ','" in problem:
        return begun, _bracket_message(mark, first_line[begun[1] :], lines[begun[0] + 1 :])
    if mark in _CLOSING and re.match(r"[\[{].*[\]}]\s*\S", first_line[begun[1] :]):
        return begun, Message("yaml.starts-with-mark", mark=mark)
    if "could not find expected ':'" in problem:
        return begun, Message("yaml.line-without-colon")
    return at, Message("yaml.wrong-indentation")


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
    return None


def _bracket_message(mark: str, rest: str, following: Sequence[str]) -> Message:
    """What is wrong behind an opening bracket that has no end where libyaml looked for it."""
    closing = _CLOSING[mark]
    # Quoted texts are left out: what they hold closes nothing.
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", rest)
    if _COMMENT.search(bare) and closing in rest:
        return Message("yaml.comment-within-text")
    whole = bare.count(closing) >= bare.count(mark)
    if whole:
        return Message("yaml.comma-missing", mark=mark)
    return Message("yaml.unclosed-bracket", mark=mark, closing=closing)


def key_message(text: str, start: int, name: str) -> tuple[int, Message] | None:
    """What is wrong with an entry's `name` at `start`, written without quotes, if anything is.

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
        return 0, Message("placeholder.single-brace", right=right)
    if name[0:1] in "“”‘’„«»" and name:
        return 0, Message("yaml.curly-quote", mark=name[0])
    return None


def hidden_comment(text: str, end: int) -> int | None:
    """How far behind the `end` of a text without quotes a `#` begins what is meant as its part.

    A comment that is meant as one has a space behind its `#`.
    """
    match = _COMMENT.match(text, end)
    if match is None or "\n" in match[0] or "\r" in match[0]:
        return None
    return match.end() - 1 - end


def _mark(mark: Any) -> Mark | None:
    return (mark.line, mark.column) if mark else None
