"""A document as a record of its type, or the problems that keep it from being one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from brochure.base.message import Message, hint
from brochure.base.problem import Problem
from brochure.load.document import Document, Path_
from brochure.load.value_hints import date_message, number_message, truth_message, year_message
from brochure.model.records import COLOUR, PHOTO_NAME, Record

# An error as pydantic describes it.
Error = Mapping[str, Any]

# The codes for texts that have not the form that their type asks for.
FORMS = {
    r"\S": "text.empty",
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "name.form",
    f"^{COLOUR.pattern}$": "colour.form",
    r"^https://": "address.not-https",
    r'^https://[^\s"<>/]+(/[^\s"<>]+)?$': "address.not-https",
    r'^https://[^\s"<>]+/$': "address.without-slash",
    r'^https?://[^\s"<>]+/$': "address.without-slash",
    r"^[A-Za-z0-9][A-Za-z0-9.&-]*$": "acronym.form",
    r"^\+[0-9][0-9-]+$": "telephone.form",
    r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$": "language-tag.form",
    f"^{PHOTO_NAME.pattern}$": "photo.file-name",
    r"^http://www\.color\.org/?$": "print.registry",
    r"^[a-z0-9-]+\.icc$": "print.profile",
    r"^[a-p]{8}$": "still-right.form",
}
# The code of each error of pydantic about a limit, and where pydantic keeps that limit.
_BOUNDS = {
    "greater_than_equal": ("number.too-small", "ge"),
    "less_than_equal": ("number.too-large", "le"),
    "greater_than": ("number.not-above", "gt"),
    "string_too_long": ("text.too-long", "max_length"),
    "too_short": ("list.too-short", "min_length"),
    "too_long": ("list.too-long", "max_length"),
}
_NUMBERS = ("int_type", "is_instance_of", "decimal_type")
_ENTRIES = ("dict_type", "model_type")
_QUOTED = re.compile("[“”‘’„«»](.*)[“”‘’„«»]")


def parse_record(
    kind: Any, document: Document, locales: tuple[str, ...]
) -> tuple[Any, list[Problem]]:
    """The document as a record of the given type, or None with the problems in the way."""
    try:
        context = {"locales": locales}
        return TypeAdapter(kind).validate_python(document.data, context=context), []
    except ValidationError as errors:
        return None, list(_Explanation(kind, document, locales, errors).problems())


class _Explanation:
    """The errors of a document, as problems at their places."""

    def __init__(
        self, kind: Any, document: Document, locales: tuple[str, ...], errors: ValidationError
    ) -> None:
        self.kind = kind
        self.document = document
        self.locales = locales
        self.errors: Sequence[Error] = [dict(error) for error in errors.errors()]

    def problems(self) -> Iterator[Problem]:
        found: list[tuple[Path_, Message, bool]] = []
        outdented: set[Path_] = set()
        for error in self.errors:
            if error["type"] == "missing" and self._follows(error):
                continue
            path = _existing(self.document, error["loc"])
            message = self._message(error, path)
            if message.code == "entry.indented-too-little":
                # The entries beside it have the same mistake: the first is reported.
                if path[:-1] in outdented:
                    continue
                outdented.add(path[:-1])
            key = error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)
            key = key or message.code.startswith("entry.indented")
            found.append((path, message, key))
        for path, message, key in found:
            # The entry above is empty only since what follows it is not indented.
            if message.code != "entry.empty" or path[:-1] not in outdented:
                yield self.document.problem(path, message, key=key)

    def _follows(self, error: Error) -> bool:
        """Whether an entry is missing because it stands under another name or somewhere else."""
        *parent, name = error["loc"] or [""]
        unknown = [
            other["loc"] for other in self.errors if other["type"] in ("extra_forbidden", *_ENTRIES)
        ]
        beside = [str(loc[-1]) for loc in unknown if [*loc[:-1]] == parent]
        return (
            bool(get_close_matches(str(name), beside))
            or any(
                loc[-1:] == (name,)
                # At a level above or below.
                and all(own == other for own, other in zip(parent, loc[:-1], strict=False))
                for loc in unknown
            )
        )

    def _message(self, error: Error, path: Path_) -> Message:
        """The message about a value, by the type of pydantic's error."""
        value, loc = error["input"], error["loc"]
        name = str(loc[-1]) if loc and error["type"] in ("missing", "extra_forbidden") else ""
        name = name or _name(path, self.document.file)
        context = error.get("ctx", {})
        match error["type"]:
            case "missing":
                return Message("entry.missing", name=name)
            case "extra_forbidden":
                return self._unknown_entry(name, path)
            case "text_missing":
                return self._languages_missing(value)
            case "text_unknown":
                return Message("text.unknown-language", languages=context["languages"].split(", "))
            case "literal_error" if isinstance(value, str):
                expected = re.findall(r"'([^']*)'", context["expected"])
                return Message("value.not-accepted", value=value, hint=hint(value, expected))
            case "string_pattern_mismatch":
                return _form_message(value, context["pattern"])
            case "string_too_short":
                return Message("text.empty")
            case "moment" | "date_from_datetime_parsing" | "date_parsing":
                return Message("date.no-such-day", date=str(value))
            case bound if bound in _BOUNDS:
                code, limit = _BOUNDS[bound]
                count = context[limit]
                return Message(
                    code, limit=count if code.startswith(("list.", "text.")) else str(count)
                )
            case _:
                return self._type_message(error, path, name)

    def _type_message(self, error: Error, path: Path_, name: str) -> Message:
        """The message about a value of another type than its entry has."""
        value, kind = error["input"], error["type"]
        if value is None:
            return Message("entry.empty", name=name) if path else Message("file.empty")
        if kind in _ENTRIES:
            return self._entries_expected(value, path, name)
        if kind == "list_type":
            if isinstance(value, str) and value[:1] in tuple("［〔「【"):
                return Message("yaml.full-width-bracket", mark=value[0])
            return (
                Message("list.is-entries", name=name)
                if isinstance(value, dict)
                else Message("list.expected", name=name, value=_written(value))
            )
        if isinstance(value, (list, dict)):
            return Message(
                "value.is-list" if isinstance(value, list) else "value.is-entries", name=name
            )
        text = _written(value)
        explain: Mapping[str, Callable[[str], Message]] = {
            "bool_type": truth_message,
            "string_type": lambda text: (
                # 2026.11, which YAML takes for a number.
                date_message(text, day=False)
                if re.fullmatch(r"(19|20)\d\d\.\d{1,2}", text)
                else Message("text.needs-quotes", value=text)
            ),
            "date_type": lambda text: date_message(text, day=True),
            "moment_form": lambda text: date_message(text, day=False),
        }
        if kind in explain:
            return explain[kind](text)
        if kind in _NUMBERS:
            # A number that may have decimals is a union, whose members end the location.
            return _number_expected(value, name, whole=path == error["loc"])
        return Message("value.not-accepted", value=text, hint=Message("hint.none"))

    def _unknown_entry(self, name: str, path: Path_) -> Message:
        """An entry that its record does not have: misspelt, at another level, or of nothing."""
        parent = path[:-1]
        known = _known_keys(self.kind, parent)
        if any(name in _known_keys(self.kind, parent[:i]) for i in range(len(parent))):
            return Message("entry.indented-too-far", name=name)
        if self._belongs_to_previous(name, parent):
            return Message("entry.indented-too-little", name=name)
        return Message("entry.unknown", name=name, hint=hint(name, known))

    def _belongs_to_previous(self, name: str, parent: Path_) -> bool:
        """Whether the record before an entry, or the last one in it, has an entry of this name."""
        data = self.document.data
        for part in parent:
            data = data[part]
        if not isinstance(data, dict) or name not in data:
            return False
        names = list(data)
        path = parent
        known = _known_keys(self.kind, parent)
        before = [key for key in names[: names.index(name)] if not known or key in known]
        value: Any = {key: data[key] for key in before}
        while value and isinstance(value, (dict, list)):
            last = len(value) - 1 if isinstance(value, list) else list(value)[-1]
            path, value = (*path, last), value[last]
            if name in _known_keys(self.kind, path):
                return True
        # The languages of a text, which stands empty above them.
        return value is None and name in self.locales and dict[str, str] in _kinds(self.kind, path)

    def _languages_missing(self, text: Mapping[str, str]) -> Message:
        """A text that some language of the publication lacks, has empty, or has misspelt."""
        absent = [locale for locale in self.locales if locale not in text]
        unknown = sorted(set(text) - set(self.locales))
        if absent and unknown:
            return Message("text.unknown-language", languages=unknown)
        if absent:
            return Message("text.language-missing", languages=absent)
        empty = [locale for locale in self.locales if not text[locale].strip()]
        return Message("text.language-empty", languages=empty)

    def _entries_expected(self, value: Any, path: Path_, name: str) -> Message:
        """A value that stands where entries with names, or a text in every language, should be."""
        kinds = list(_kinds(self.kind, path))
        if dict[str, str] in kinds:
            example = "{" + ", ".join(f"{locale}: …" for locale in self.locales) + "}"
            return Message("text.without-languages", name=name, example=example)
        if isinstance(value, list):
            return Message("entry.is-list", name=name)
        records = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Record)]
        if any(name in record.model_fields for record in records):
            return Message("entry.indented-too-little", name=name)
        return Message("entry.without-entries", name=name, value=_written(value))


def _number_expected(value: Any, name: str, *, whole: bool) -> Message:
    if name == "year":
        return year_message(_written(value))
    if not isinstance(value, str):
        return Message(
            "number.whole-expected" if whole and not isinstance(value, bool) else "number.expected",
            value=_written(value),
        )
    return number_message(value)


def _form_message(value: str, pattern: str) -> Message:
    """The message about a text of another form than its entry has."""
    if mark := re.search("[，、；]", value):
        return Message("yaml.full-width-comma", mark=mark[0])
    bare = _QUOTED.fullmatch(value)
    if bare and re.search(pattern, bare[1]):
        return Message("value.curly-quotes", value=value, bare=bare[1])
    code = FORMS.get(pattern, "value.not-accepted")
    if code == "text.empty":
        return Message(code)
    if code in ("name.form", "value.not-accepted"):
        slug = slug_of(value)
        return Message(
            code,
            **{"name" if code == "name.form" else "value": value},
            hint=Message("hint.nearest", name=slug)
            if re.fullmatch(pattern, slug)
            else Message("hint.none"),
        )
    return Message(code, value=value)


def slug_of(name: str) -> str:
    """A name in small letters of ASCII, digits and hyphens, as near to the given one as can be."""
    letters = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", name.casefold()))
    return unicodedata.normalize("NFC", re.sub(r"[\s_.-]+", "-", letters)).strip("-")


def _name(path: Path_, file: str) -> str:
    """The name of the entry at a path, which may lead into its list; else the file's."""
    return next((part for part in reversed(path) if isinstance(part, str)), file)


def _written(value: Any) -> str:
    """A scalar as YAML has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _existing(document: Document, loc: tuple[str | int, ...]) -> Path_:
    """The part of a pydantic location that exists in the document.

    Pydantic puts the names of union members and the marker of a key into its locations.
    """
    path: Path_ = ()
    for part in loc:
        if (*path, part) in document.values:
            path = (*path, part)
    return path


def _kinds(kind: Any, path: Path_) -> Iterator[Any]:
    """The types that a value at a path of a record of the given type may have."""
    for member in _members(kind):
        if not path:
            yield member
        elif isinstance(member, type) and issubclass(member, Record):
            if path[0] in member.model_fields:
                yield from _kinds(member.model_fields[str(path[0])].annotation, path[1:])
        elif get_origin(member) in (dict, list):
            yield from _kinds(get_args(member)[-1], path[1:])


def _members(kind: Any) -> Iterator[Any]:
    """The members of a union, or the type itself, without what is annotated."""
    if get_origin(kind) is Annotated:
        yield from _members(get_args(kind)[0])
    elif get_origin(kind) in (Union, UnionType):
        for member in get_args(kind):
            yield from _members(member)
    elif kind is not NoneType:
        yield kind


def _known_keys(kind: Any, path: Path_) -> list[str]:
    """The keys that a record of the given type accepts at a path."""
    return [
        key
        for member in _kinds(kind, path)
        if isinstance(member, type) and issubclass(member, Record)
        for key in member.model_fields
    ]
