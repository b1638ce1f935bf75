"""The placeholders that a text may have: `{{ fact("population") }}`, and nothing else.

Jinja parses each pair of braces, so that what an author sees is what Jinja knows; but nothing is
ever evaluated. The syntax tree is held against the list below, and anything else is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from brochure.base.message import Message
from brochure.base.problem import BrochureError
from brochure.load.placeholder_mistakes import mistake, right_form

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
# The longest placeholder, and how many of them a text may have: far more than any needs.
MAX_CALL, MAX_CALLS = 200, 1000

_environment = Environment(autoescape=True)


@dataclass(frozen=True)
class Placeholder:
    """`name("argument")`, at the given line and column of its text, both counted from 1."""

    name: str
    argument: str
    line: int
    column: int


class PlaceholderError(BrochureError):
    """A text with something other than a placeholder in braces; `line`, `column` count from 1."""

    def __init__(self, line: int, column: int, message: Message) -> None:
        super().__init__(message)
        self.line, self.column = line, column


@cache
def parse_placeholders(text: str) -> tuple[str | Placeholder, ...]:
    """Split a text into what stands as it is and the placeholders. Raises PlaceholderError."""
    parts: list[str | Placeholder] = []
    end = count = 0
    while match := _OPENING.search(text, end):
        start = match.start()
        place = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        stop = text.find("}}", start, start + MAX_CALL)
        parsed = _parse_call(text[start : stop + 2]) if stop != -1 else None
        count += 1
        if parsed is None:
            raise PlaceholderError(*place, _mistake(text[start:]))
        if count > MAX_CALLS:
            raise PlaceholderError(*place, Message("placeholder.too-many", most=MAX_CALLS))
        if start > end:
            parts.append(text[end:start])
        parts.append(Placeholder(*parsed, *place))
        end = stop + 2
    if end < len(text) or not parts:
        parts.append(text[end:])
    return tuple(parts)


def _mistake(rest: str) -> Message:
    """The message about the placeholder that begins a text and is not one."""
    line = rest.partition("\n")[0]
    closed = line.find("}}")
    if closed + 2 > MAX_CALL and "{{" not in line[2:closed]:
        return Message("placeholder.too-long", most=MAX_CALL, right=right_form(line, PLACEHOLDERS))
    return mistake(rest[:MAX_CALL], PLACEHOLDERS)


@cache
def _parse_call(source: str) -> tuple[str, str] | None:
    """The name and the argument of a placeholder, by Jinja's syntax tree; None if it is none."""
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
