"""Build a JSON Schema for each kind of data file, for completion and checks in editors.

A schema describes a single file, as `brochure.load` reads it; references between files are checked
by `brochure.validate`. The schemas are draft 7, which most editors support
(https://json-schema.org/draft-07).
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

# The path pattern and the type of each kind of file; None stands for nested mappings of texts.
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
# The names in the manual of the kinds whose types have no names.
_NAMES = {"industries": "Industries", "sources": "Sources", "locale": "Locale"}
_DIALECT = "http://json-schema.org/draft-07/schema#"
# The keys that pydantic writes for the bounds of a number of two types.
_BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
# Definitions that are no records of the model but values of `format`, and nested texts.
_VALUE_TYPES = ("text", "cell", "moment", "words")
_WORD: Node = {"type": "string", "pattern": r"\S"}
_SCALAR: Node = {"type": ["number", "string", "boolean", "null"]}


def schemas(locales: Sequence[str], manual: Manual) -> dict[str, str]:
    """Return the text of every schema by its path, for data in these languages."""
    return {
        f"schema/{kind}.json": json.dumps(
            {"$schema": _DIALECT, **add_help(schema(kind, locales), manual)},
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
        for kind in KINDS
    }


def head(path: str) -> str:
    """Return the first line of a data file, a comment that names its schema, without line break."""
    kind = next(kind for kind, (where, _) in KINDS.items() if _matches(path, where))
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schema/{kind}.json"


def _matches(path: str, where: str) -> bool:
    folder, _, name = where.rpartition("/")
    return path == where or (name == "*.yaml" and path.rpartition("/")[0] == folder)


def schema(kind: str, locales: Sequence[str]) -> Node:
    """Return the schema of a kind of file, without help texts.

    Its definitions have the names of the records of the model, and `title` is the name of the
    record of the file itself.
    """
    _, type_ = KINDS[kind]
    if type_ is None:
        return {"title": _NAMES[kind], **_NESTED_TEXTS, "$defs": {"words": _NESTED_TEXTS}}
    generated = TypeAdapter(type_).json_schema()
    definitions = {
        name: _draft_7(definition) for name, definition in generated.pop("$defs", {}).items()
    }
    top: Node = _draft_7(generated) | {"title": generated.get("title", _NAMES.get(kind))}
    written = json.dumps([top, definitions])
    shared = {"cell": _CELL, "moment": _MOMENT, "text": _text(locales)}
    definitions |= {name: node for name, node in shared.items() if f"#/$defs/{name}" in written}
    return {**top, "$defs": definitions}


def add_help(bare: Node, manual: Manual) -> Node:
    """Return the schema with the help of the manual on every record and entry."""
    definitions = {
        name: node if name in _VALUE_TYPES else _add_record_help(name, node, manual)
        for name, node in bare["$defs"].items()
    }
    return {**_add_record_help(bare["title"], bare, manual), "$defs": definitions}


def _add_record_help(record: str, node: Node, manual: Manual) -> Node:
    entries = {
        name: _help_node(manual.entry(record, name)) | _add_value_help(child, manual)
        for name, child in node.get("properties", {}).items()
    }
    return {
        **node,
        **_help_node(manual.record(record)),
        **({"properties": entries} if entries else {}),
    }


def _help_node(help_: Help) -> Node:
    return {
        "title": " / ".join(help_.name[language] for language in LANGUAGES),
        "description": "\n\n".join(help_.text[language] for language in LANGUAGES),
    }


def _add_value_help(node: Any, manual: Manual) -> Any:
    """Return the node with a description of each value of its enumerations."""
    if isinstance(node, list):
        return [_add_value_help(child, manual) for child in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _add_value_help(child, manual) for key, child in node.items()}
    if "enum" in node:
        inner["enumDescriptions"] = [
            " / ".join(manual.value(value)[language] for language in LANGUAGES)
            for value in node["enum"]
        ]
    return inner


def records(bare: Node) -> Iterator[tuple[str, Node]]:
    """Yield the name and node of each record of a schema, that of the file itself first."""
    if "properties" in bare:
        yield bare["title"], bare
    yield from ((name, node) for name, node in bare["$defs"].items() if name not in _VALUE_TYPES)


def _text(locales: Sequence[str]) -> Node:
    """Return the schema of a text in all languages."""
    return {
        "type": "object",
        "properties": dict.fromkeys(locales, _WORD),
        "required": list(locales),
        "additionalProperties": False,
    }


_TEXT_REF: Node = {"$ref": "#/$defs/text"}
# The type of a cell depends on its column (see `brochure.validate.dossiers.check_tables`).
_CELL: Node = {
    "anyOf": [
        _SCALAR,
        _TEXT_REF,
        {"type": "array", "minItems": 1, "items": {"anyOf": [_SCALAR, _TEXT_REF]}},
    ]
}
# YAML reads a year alone as a number.
_MOMENT: Node = {
    "anyOf": [
        {"type": "integer", "minimum": 1900, "maximum": 2099},
        {"type": "string", "pattern": r"^(19|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$"},
    ]
}
_NESTED_TEXTS: Node = {
    "type": "object",
    "additionalProperties": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/words"}]},
}


def _draft_7(node: Any) -> Any:
    """Return a node of pydantic's schema as draft 7, without its titles and descriptions."""
    if isinstance(node, list):
        return [_draft_7(child) for child in node]
    if not isinstance(node, dict):
        return node
    if node.get("format") in _VALUE_TYPES:
        return {"$ref": f"#/$defs/{node['format']}"}
    plain: Node = {}
    for key, value in node.items():
        if key == "properties":
            plain[key] = {name: _draft_7(child) for name, child in value.items()}
        elif key not in ("title", "description", "default"):
            plain[_BOUNDS.get(str(key), str(key))] = _draft_7(value)
    # An integer is a number too, and no value is of two of the other types.
    choices = plain.pop("oneOf", plain.get("anyOf", []))
    if choices == [{"type": "integer"}, {"type": "number"}]:
        del plain["anyOf"]
        return {"type": "number", **plain}
    if choices:
        plain["anyOf"] = choices
    if "patternProperties" in plain:
        plain["additionalProperties"] = False
    return plain
