"""The model -> a JSON Schema for each kind of data file, which an editor completes and checks by.

A schema says of one file what `brochure.load` does; what records say of each other, only
`brochure.validate` can tell. It is draft 7, which editors know best, since everything used here
is in it (https://json-schema.org/draft-07).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from brochure.model.help import LANGUAGES, Help, Manual
from brochure.model.records import (
    Alliance,
    City,
    Dossier,
    Press,
    SkippedWarnings,
    Source,
    StillRight,
    Text,
    Vocabulary,
)

Node = dict[str, Any]

# Each kind of file: where such files are, and what they hold; None is nested words.
KINDS: Mapping[str, tuple[str, Any]] = {
    "city": ("data/cities/*.yaml", City),
    "alliance": ("data/alliance.yaml", Alliance),
    "dossier": ("data/dossiers/*.yaml", Dossier),
    "indicators": ("data/indicators.yaml", Vocabulary),
    "industries": ("data/industries.yaml", dict[str, Text]),
    "sources": ("data/sources.yaml", dict[str, Source]),
    "print": ("data/print.yaml", Press),
    "still-right": ("data/still-right.yaml", StillRight),
    "skipped-warnings": ("data/skipped-warnings.yaml", SkippedWarnings),
    "locale": ("data/locales/*.yaml", None),
}
# What a kind is called in the manual where its type has no name of its own.
_NAMES = {"industries": "Industries", "sources": "Sources", "locale": "Locale"}
_DIALECT = "http://json-schema.org/draft-07/schema#"
# What pydantic writes of bounds on a number that may be of two types.
_BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
# Definitions that are no record of the model: what a `format` in it stands for, and nested words.
_SHAPES = ("text", "cell", "moment", "words")
_WORD: Node = {"type": "string", "pattern": r"\S"}
_SCALAR: Node = {"type": ["number", "string", "boolean", "null"]}


def schemas(locales: Sequence[str], manual: Manual) -> dict[str, str]:
    """Path and text of every schema, for data in these languages."""
    return {
        f"schema/{kind}.json": json.dumps(
            {"$schema": _DIALECT, **helped(kind, schema(kind, locales), manual)},
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
        for kind in KINDS
    }


def head(path: str) -> str:
    """The first line of a data file, which names its schema to an editor; without a line break."""
    kind = next(kind for kind, (where, _) in KINDS.items() if _matches(path, where))
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schema/{kind}.json"


def _matches(path: str, where: str) -> bool:
    folder, _, name = where.rpartition("/")
    return path == where or (name == "*.yaml" and path.rpartition("/")[0] == folder)


def schema(kind: str, locales: Sequence[str]) -> Node:
    """The schema of a kind of file, without words for people.

    Definitions are named after the records of the model, `title` names the record at the top.
    """
    _, type_ = KINDS[kind]
    if type_ is None:
        return {"title": _NAMES[kind], **_WORDS, "$defs": {"words": _WORDS}}
    made = TypeAdapter(type_).json_schema()
    definitions = {name: _plain(one) for name, one in made.pop("$defs", {}).items()}
    top: Node = _plain(made) | {"title": made.get("title", _NAMES.get(kind))}
    used = json.dumps([top, definitions])
    for name, shape in (("cell", _CELL), ("moment", _MOMENT), ("text", _texts(locales))):
        if f"#/$defs/{name}" in used:
            definitions[name] = shape
    return {**top, "$defs": definitions}


def helped(kind: str, bare: Node, manual: Manual) -> Node:
    """The schema with the help of the manual at every record and entry."""
    definitions = {
        name: one if name in _SHAPES else _explained(name, one, manual)
        for name, one in bare["$defs"].items()
    }
    return {**_explained(bare["title"], bare, manual), "$defs": definitions}


def _explained(record: str, node: Node, manual: Manual) -> Node:
    entries = {
        name: _said(manual.entry(record, name)) | _valued(one, manual)
        for name, one in node.get("properties", {}).items()
    }
    return {
        **node,
        **_said(manual.record(record)),
        **({"properties": entries} if entries else {}),
    }


def _said(help_: Help) -> Node:
    return {
        "title": " / ".join(help_.name[language] for language in LANGUAGES),
        "description": "\n\n".join(help_.text[language] for language in LANGUAGES),
    }


def _valued(node: Any, manual: Manual) -> Any:
    """The node with the meaning of each value of a closed list."""
    if isinstance(node, list):
        return [_valued(one, manual) for one in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _valued(one, manual) for key, one in node.items()}
    if "enum" in node:
        inner["enumDescriptions"] = [
            " / ".join(manual.value(one)[language] for language in LANGUAGES)
            for one in node["enum"]
        ]
    return inner


def records(bare: Node) -> Iterator[tuple[str, Node]]:
    """The records of a schema, the file's own first."""
    if "properties" in bare:
        yield bare["title"], bare
    yield from ((name, one) for name, one in bare["$defs"].items() if name not in _SHAPES)


def _texts(locales: Sequence[str]) -> Node:
    return {
        "type": "object",
        "properties": dict.fromkeys(locales, _WORD),
        "required": list(locales),
        "additionalProperties": False,
    }


_TEXT_REF: Node = {"$ref": "#/$defs/text"}
# What a cell is, its column says (see `brochure.validate.dossiers.check_tables`).
_CELL: Node = {
    "anyOf": [
        _SCALAR,
        _TEXT_REF,
        {"type": "array", "minItems": 1, "items": {"anyOf": [_SCALAR, _TEXT_REF]}},
    ]
}
# A year alone reads as a number.
_MOMENT: Node = {
    "anyOf": [
        {"type": "integer", "minimum": 1900, "maximum": 2099},
        {"type": "string", "pattern": r"^(19|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$"},
    ]
}
_WORDS: Node = {
    "type": "object",
    "additionalProperties": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/words"}]},
}


def _plain(node: Any) -> Any:
    """What pydantic wrote, in the words of draft 7 and without its own names for people."""
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("format") in _SHAPES:
        return {"$ref": f"#/$defs/{node['format']}"}
    plain: Node = {}
    for key, value in node.items():
        if key == "properties":
            plain[key] = {name: _plain(one) for name, one in value.items()}
        elif key not in ("title", "description", "default"):
            plain[_BOUNDS.get(str(key), str(key))] = _plain(value)
    # An integer is a number, and a value that is one of two kinds is never both.
    choices = plain.pop("oneOf", plain.get("anyOf", []))
    if choices == [{"type": "integer"}, {"type": "number"}]:
        del plain["anyOf"]
        return {"type": "number", **plain}
    if choices:
        plain["anyOf"] = choices
    if "patternProperties" in plain:
        plain["additionalProperties"] = False
    return plain
