"""The closed calls a text may make: `{{ fact("population") }}`, and nothing else.

Jinja parses the text, so that what an author sees is what Jinja knows; but nothing is ever
evaluated. The syntax tree is held against the list below, and anything else is refused.
"""

from __future__ import annotations

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
CALLS = ("fact", "number", "chart", *BLOCKS)

_environment = Environment(keep_trailing_newline=True, autoescape=True)


@dataclass(frozen=True)
class Call:
    """`name("argument")`, on the given line of its text."""

    name: str
    argument: str
    line: int


class MalformedCall(ValueError):
    """A text that makes something other than a closed call; `line` counts from 1."""

    def __init__(self, line: int, ko: str, en: str) -> None:
        super().__init__(en)
        self.line, self.ko, self.en = line, ko, en


@cache
def phrase(text: str) -> tuple[str | Call, ...]:
    """Split a text into what stands as it is and the calls between. Raises MalformedCall."""
    if not any(mark in text for mark in ("{{", "{%", "{#")):
        return (text,)
    if "{#" in text:
        raise _refusal(text[: text.index("{#")].count("\n") + 1)
    try:
        tree = _environment.parse(text)
    except TemplateSyntaxError as error:
        raise _refusal(error.lineno) from None
    except (RecursionError, ValueError):  # Thousands of brackets, or of digits.
        raise _refusal(1) from None
    return tuple(part for node in tree.body for part in _parts(node))


def _parts(node: nodes.Node) -> list[str | Call]:
    if not isinstance(node, nodes.Output):
        raise _refusal(node.lineno)
    parts: list[str | Call] = []
    for child in node.nodes:
        match child:
            case nodes.TemplateData(data=data):
                parts.append(data)
            case nodes.Call(
                node=nodes.Name(name=name),
                args=[nodes.Const(value=str(argument))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ) if name in CALLS:
                parts.append(Call(name, argument, child.lineno))
            case _:
                raise _refusal(child.lineno)
    return parts


def _refusal(line: int) -> MalformedCall:
    known = ", ".join(f'{{{{ {name}("…") }}}}' for name in CALLS)
    return MalformedCall(
        line,
        f"중괄호 안에는 정해진 호출만 쓸 수 있습니다: {known}.",
        f"Between braces only these calls are known: {known}.",
    )
