"""A document as a record of its type, or what keeps it from being one, said for a city's staff."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from brochure.base.problem import Problem, nearest
from brochure.load.document import Document, Path_
from brochure.model.records import Record


def parse_record(
    kind: Any, document: Document, locales: tuple[str, ...]
) -> tuple[Any, list[Problem]]:
    """The document as a record of the given type, or None with the problems in the way."""
    try:
        context = {"locales": locales}
        return TypeAdapter(kind).validate_python(document.data, context=context), []
    except ValidationError as error:
        errors = [dict(one) for one in error.errors()]
        return None, [
            _explained(kind, document, one) for one in errors if not _misspelt(one, errors)
        ]


def _misspelt(error: dict[str, Any], errors: Sequence[dict[str, Any]]) -> bool:
    """Whether an entry is missing because it stands there under a name that is nearly its own."""
    *parent, name = error["loc"] or [""]
    unknown = [
        str(one["loc"][-1])
        for one in errors
        if one["type"] == "extra_forbidden" and [*one["loc"][:-1]] == parent
    ]
    return error["type"] == "missing" and bool(get_close_matches(str(name), unknown))


def _explained(kind: Any, document: Document, error: dict[str, Any]) -> Problem:
    """A pydantic error at its place, in words that a city's staff understands."""
    path = _existing(document, error["loc"])
    name = str(error["loc"][-1]) if error["loc"] else document.file
    match error["type"]:
        case "missing":
            return document.problem(
                path,
                f"필요한 항목이 없습니다: ‘{name}’.",
                f"The required entry ‘{name}’ is missing.",
            )
        case "extra_forbidden":
            ko, en = nearest(name, _known_keys(kind, path[:-1]))
            return document.problem(
                path,
                f"모르는 항목입니다: ‘{name}’.{ko}",
                f"‘{name}’ is not a known entry.{en}",
                key=True,
            )
        case "text_missing":
            languages = error["ctx"]["languages"]
            return document.problem(
                path, f"글에 빠진 언어가 있습니다: {languages}.", f"The text lacks: {languages}."
            )
        case "text_unknown":
            languages = error["ctx"]["languages"]
            return document.problem(
                path,
                f"mkdocs.yml에 없는 언어입니다: {languages}.",
                f"Not a language of mkdocs.yml: {languages}.",
            )
        case "literal_error":
            ko, en = nearest(
                str(error["input"]), re.findall(r"'([^']*)'", error["ctx"]["expected"])
            )
            return document.problem(
                path,
                f"쓸 수 없는 값입니다: ‘{error['input']}’.{ko}",
                f"‘{error['input']}’ is not an accepted value.{en}",
            )
        case other:
            ko, en = _EXPECTED.get(other, ("값이 올바르지 않습니다", error["msg"]))
            values = {"input": error["input"], **error.get("ctx", {})}
            key = error["loc"][-1:] == ("[key]",)
            told = ko.format(**values) + ".", en.format(**values) + "."
            return document.problem(path, *told, key=key)


_NUMBER = (
    "숫자여야 합니다. 따옴표와 쉼표 없이 적으십시오",
    "A number is expected, without quotes or commas",
)
_MAPPING = ("‘키: 값’의 묶음이어야 합니다", "A mapping of keys to values is expected")
_DATE = ("날짜는 2026-11-22처럼 적습니다", "A date is written as 2026-11-22")
_EXPECTED = {
    "int_type": _NUMBER,
    "is_instance_of": _NUMBER,
    "decimal_type": _NUMBER,
    "string_type": (
        "글이어야 합니다. 숫자처럼 보이는 글은 따옴표로 감싸십시오",
        "Text is expected; quote a text that looks like a number",
    ),
    "bool_type": ("true 또는 false여야 합니다", "true or false is expected"),
    "list_type": ("목록이어야 합니다. 예: [a, b]", "A list is expected, as in [a, b]"),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "string_pattern_mismatch": (
        "정해진 꼴({pattern})이 아닙니다: ‘{input}’",
        "‘{input}’ does not have the form {pattern}",
    ),
    "string_too_long": (
        "{max_length}자를 넘을 수 없습니다",
        "At most {max_length} characters are accepted",
    ),
    "string_too_short": ("비워 둘 수 없습니다", "This must not be empty"),
    "too_short": ("적어도 {min_length}개가 있어야 합니다", "At least {min_length} is needed"),
    "too_long": ("많아야 {max_length}개까지 둘 수 있습니다", "At most {max_length} are accepted"),
    "greater_than_equal": ("{ge} 이상이어야 합니다", "It must be {ge} or more"),
    "less_than_equal": ("{le} 이하여야 합니다", "It must be {le} or less"),
    "greater_than": ("{gt}보다 커야 합니다", "It must be more than {gt}"),
    "moment_form": (
        "날짜는 2026, 2026-11 또는 2026-11-22처럼 적습니다",
        "A date is written as 2026, 2026-11 or 2026-11-22",
    ),
    "moment": ("없는 날짜입니다: {input}", "There is no such day: {input}"),
    "date_from_datetime_parsing": _DATE,
    "date_type": _DATE,
}


def _existing(document: Document, loc: tuple[str | int, ...]) -> Path_:
    """The part of a pydantic location that exists in the document.

    Pydantic puts the names of union members and the marker of a key into its locations.
    """
    path: Path_ = ()
    for part in loc:
        if (*path, part) in document.values:
            path = (*path, part)
    return path


def _known_keys(kind: Any, path: Path_) -> list[str]:
    """The keys that a record of the given type accepts at a path."""
    for part in path:
        if isinstance(kind, type) and issubclass(kind, Record):
            kind = kind.model_fields[str(part)].annotation
        elif get_origin(kind) in (dict, list):
            kind = get_args(kind)[-1]
    members = [kind, *get_args(kind)]
    records = [one for one in members if isinstance(one, type) and issubclass(one, Record)]
    return [key for record in records for key in record.model_fields]
