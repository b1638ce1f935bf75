"""What libyaml says of a file that is no YAML, in words that a city's staff understands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

# Line and column, both from 0, as YAML's marks count them.
Mark = tuple[int, int]

# A call where a value begins.
_UNQUOTED_CALL = re.compile(r"[:,\[-]\s+(\{\{)")


def explained(
    error: yaml.MarkedYAMLError, lines: Sequence[str], last: yaml.ScalarEvent | None
) -> tuple[Mark, str, str]:
    """Where to look, and what to do there, in Korean and English.

    `last` is the scalar that was read last: a quotation mark that was left open is noticed only at
    the next one.
    """
    problem = str(error.problem)
    at = _mark(error.problem_mark) or _mark(error.context_mark) or (0, 0)
    begun = _mark(error.context_mark) or at
    line = lines[at[0]] if at[0] < len(lines) else ""
    mark = lines[begun[0]][begun[1] : begun[1] + 1] if begun[0] < len(lines) else ""
    if "quoted scalar" in str(error.context) and "escape" in problem:
        return (
            at,
            "큰따옴표 안의 ‘\\’는 ‘\\\\’로 적거나, 글을 작은따옴표로 감싸십시오.",
            "Within double quotes write ‘\\\\’ for ‘\\’, or put the text in single quotes.",
        )
    if "quoted scalar" in str(error.context):
        return begun, *_UNCLOSED
    if last is not None and last.style in ("'", '"'):
        opened, closed = _mark(last.start_mark), _mark(last.end_mark)
        assert opened is not None and closed is not None
        if closed[0] > opened[0]:
            return opened, *_UNCLOSED
        if closed[0] == at[0] and not line[closed[1] : at[1]].strip():
            inside = "‘'’를 두 번(‘''’)" if last.style == "'" else '‘\\"’로'
            within = "‘''’ for ‘'’" if last.style == "'" else '‘\\"’ for ‘"’'
            return (
                at,
                f"따옴표로 감싼 글이 여기서 끝났습니다. 글 안의 따옴표는 {inside} 적으십시오.",
                f"The quoted text has ended here. Within it, write {within}.",
            )
    if line[at[1] : at[1] + 1] == "\t" or "tab" in problem:
        column = line.find("\t")
        return (
            (at[0], max(column, 0)),
            "탭으로 들여쓸 수 없습니다(YAML). 빈칸으로 바꾸십시오.",
            "YAML is not indented with tabs. Use spaces.",
        )
    if match := _UNQUOTED_CALL.search(line):
        return (at[0], match.start(1)), *UNQUOTED_CALL
    if "cannot start any token" in problem or re.search(
        "block scalar|alias|anchor|a tag", str(error.context)
    ):
        return (
            begun,
            f"‘{mark}’로 시작하는 글은 따옴표로 감싸십시오.",
            f"Quote a text that starts with ‘{mark}’.",
        )
    begins = _mark(last.start_mark) if last is not None else None
    if "mapping values are not allowed" in problem and begins is not None and begins[0] == at[0]:
        return (
            at,
            "값 안에 ‘: ’이 있습니다. 쌍점이 든 글은 따옴표로 감싸십시오.",
            "There is a ‘: ’ within the value. Quote a text that has a colon.",
        )
    if "expected ','" in problem:
        return (
            begun,
            f"여기서 연 ‘{mark}’가 닫히지 않았거나, 안에 쉼표가 빠졌습니다.",
            f"The ‘{mark}’ opened here is not closed, or a comma is missing within.",
        )
    if "could not find expected ':'" in problem:
        return (
            begun,
            "‘키: 값’이 아닌 줄입니다. 앞줄에 이어지는 글이면 더 들여쓰십시오.",
            "This line is no ‘key: value’. If it goes on from the last one, indent it more.",
        )
    return (
        at,
        "이 줄이나 바로 앞줄의 들여쓰기가 맞지 않거나, 쌍점 뒤의 빈칸 또는 괄호의 짝이 "
        f"빠졌습니다(YAML: {problem}).",
        "On this line or the one before, the indentation does not fit, or a space after a colon "
        f"or the other bracket is missing (YAML: {problem}).",
    )


_UNCLOSED = (
    "여기서 연 따옴표가 닫히지 않았습니다.",
    "The quotation mark opened here is not closed.",
)
UNQUOTED_CALL = (
    "‘{{’로 시작하는 글은 작은따옴표로 감싸십시오. 예: '{{ fact(\"population\") }}'",
    "Put a text that starts with ‘{{’ in single quotes, as in '{{ fact(\"population\") }}'.",
)


def _mark(mark: Any) -> Mark | None:
    return (mark.line, mark.column) if mark else None
