"""The closed calls a text may make: `{{ fact("population") }}`, and nothing else.

Jinja parses each pair of braces, so that what an author sees is what Jinja knows; but nothing is
ever evaluated. The syntax tree is held against the list below, and anything else is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, TemplateSyntaxError, nodes

# What a call places on a page of its own dossier, and the entry of the dossier that holds it.
BLOCKS = {
    "table": "tables",
    "plot": "plots",
    "timeline": "timelines",
    "outline": "outlines",
    "statements": "statements",
    "similarity": "similarities",
}
# `fact`: a figure with its unit; `number`: its bare number; `chart`: a part of a city's ecosystem.
PLACEHOLDERS = ("fact", "number", "chart", *BLOCKS)

# What opens something of Jinja's.
_OPENING = re.compile(r"\{[{%#]")
# The longest call, and how many of them a text may make: far more than any needs.
MAX_CALL, MAX_CALLS = 200, 1000

_environment = Environment(autoescape=True)


@dataclass(frozen=True)
class Placeholder:
    """`name("argument")`, at the given line and column of its text, both counted from 1."""

    name: str
    argument: str
    line: int
    column: int


class PlaceholderError(ValueError):
    """A text that makes something other than a closed call; `line` and `column` count from 1."""

    def __init__(self, line: int, column: int, ko: str, en: str) -> None:
        super().__init__(en)
        self.line, self.column, self.ko, self.en = line, column, ko, en


@cache
def parse_placeholders(text: str) -> tuple[str | Placeholder, ...]:
    """Split a text into what stands as it is and the calls between. Raises PlaceholderError."""
    parts: list[str | Placeholder] = []
    end = calls = 0
    while match := _OPENING.search(text, end):
        start = match.start()
        place = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        stop = text.find("}}", start, start + MAX_CALL)
        called = _parse_call(text[start : stop + 2]) if stop != -1 else None
        calls += 1
        if called is None:
            raise _refusal(*place)
        if calls > MAX_CALLS:
            raise PlaceholderError(
                *place,
                f"한 글에서 호출은 {MAX_CALLS}번까지 할 수 있습니다.",
                f"A text makes at most {MAX_CALLS} calls.",
            )
        if start > end:
            parts.append(text[end:start])
        parts.append(Placeholder(*called, *place))
        end = stop + 2
    if end < len(text) or not parts:
        parts.append(text[end:])
    return tuple(parts)


@cache
def _parse_call(source: str) -> tuple[str, str] | None:
    """The name and the argument of a closed call in its braces, by Jinja's syntax tree, or None."""
    if source[2] in "+-" or source[-3] in "+-":
        return None  # Jinja would take away the space around it.
    try:
        tree = _environment.parse(source)
    except (TemplateSyntaxError, RecursionError, ValueError):
        return None
    match tree.body:
        case [
            nodes.Output(
                nodes=[
                    nodes.Call(
                        node=nodes.Name(name=name),
                        args=[nodes.Const(value=str(argument))],
                        kwargs=[],
                        dyn_args=None,
                        dyn_kwargs=None,
                    )
                ]
            )
        ] if name in PLACEHOLDERS:
            return name, argument
    return None


def _refusal(line: int, column: int) -> PlaceholderError:
    known = ", ".join(f'{{{{ {name}("…") }}}}' for name in PLACEHOLDERS)
    return PlaceholderError(
        line,
        column,
        f"중괄호 안에는 정해진 호출만 쓸 수 있습니다: {known}.",
        f"Between braces only these calls are known: {known}.",
    )
