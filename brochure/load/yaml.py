"""YAML -> Document.

YAML is read as events, before anything is built from it, so that size, depth, aliases and tags
are refused first. Types follow the YAML 1.2 core schema, but for what no fact needs (0x1F, .inf;
https://yaml.org/spec/1.2.2/#103-core-schema): `no` is a word, `012` is twelve, `1:30` is text.
Every value remembers its line and column.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import Any, NoReturn

import yaml

from brochure.base.message import Message
from brochure.base.problem import InputError, Problem
from brochure.load.characters import deceptive_characters
from brochure.load.document import Document, Path_, Place
from brochure.load.yaml_hints import (
    PLACEHOLDER_WITHOUT_QUOTES,
    hidden_comment,
    key_message,
    syntax_message,
)

MAX_DEPTH = 20
# What libyaml takes for the end of a line.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOLEAN = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")


def parse_yaml(file: str, text: str, first_line: int = 1) -> Document:
    """Plain data (str, int, Decimal, bool, None, list, dict) with the place of every part.

    Raises InputError for anything that is not one plain YAML document: syntax errors, a second
    document, anchors, tags, duplicate keys, nesting deeper than MAX_DEPTH.
    """
    return _Composer(file, text, first_line).document()


class _Composer:
    """Builds data from YAML events without recursion, so that depth cannot break it."""

    def __init__(self, file: str, text: str, first_line: int) -> None:
        self.file = file
        self.text = text
        self.offset = first_line - 1
        self.values: dict[Path_, Place] = {}
        self.keys: dict[Path_, Place] = {}
        self.problems: list[Problem] = []
        self.documents = 0
        self.last: yaml.ScalarEvent | None = None

    def document(self) -> Document:
        root: list[Any] = []
        # Each open collection with its path and, for a mapping, the key that waits for a value.
        stack: list[tuple[Any, Path_]] = [(root, ())]
        pending: list[str | None] = [None]
        try:
            for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
                if isinstance(event, yaml.ScalarEvent):
                    self.last = event
                    self._check_escapes(event)
                self._step(event, stack, pending)
        except yaml.MarkedYAMLError as error:
            lines = _BREAK.split(self.text)
            (line, column), message = syntax_message(error, lines, self.last)
            self._report((line + 1 + self.offset, column + 1), message)
        except yaml.YAMLError:
            self._report((1 + self.offset, 1), Message("yaml.not-readable"))
        if self.problems:
            raise InputError(self.problems)
        data = root[0] if root else None
        return Document(self.file, data, self.values, self.keys)

    def _step(self, event: Any, stack: list[tuple[Any, Path_]], pending: list[str | None]) -> None:
        place = (event.start_mark.line + 1 + self.offset, event.start_mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(place, Message("yaml.second-document"))
        elif isinstance(event, yaml.AliasEvent):
            self._stop(place, Message("yaml.starts-with-mark", mark="*"))
        elif isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            pending.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, place, stack, pending)

    def _node(
        self, event: Any, place: Place, stack: list[tuple[Any, Path_]], pending: list[str | None]
    ) -> None:
        if event.anchor or event.tag:
            mark = self.text[event.start_mark.index]
            self._stop(place, Message("yaml.starts-with-mark", mark=mark))
        end = event.end_mark
        plain = isinstance(event, yaml.ScalarEvent) and event.implicit[0]
        if plain and (column := hidden_comment(self.text, end.index)) is not None:
            self._stop(
                (end.line + 1 + self.offset, end.column + 1 + column),
                Message("yaml.comment-within-text"),
            )
        parent, path = stack[-1]
        if isinstance(parent, dict) and pending[-1] is None:
            self._key(event, place, parent, path, pending)
            return
        value: Any = (
            resolve(event.value, plain=event.implicit[0])
            if isinstance(event, yaml.ScalarEvent)
            else {}
            if isinstance(event, yaml.MappingStartEvent)
            else []
        )
        if isinstance(parent, dict):
            name = pending[-1]
            assert name is not None
            parent[name], own, pending[-1] = value, (*path, name), None
        else:
            own = (*path, len(parent)) if len(stack) > 1 else ()
            parent.append(value)
        self.values[own] = place
        if not isinstance(event, yaml.ScalarEvent):
            if len(stack) > MAX_DEPTH:
                self._stop(place, Message("yaml.too-deep", levels=MAX_DEPTH))
            stack.append((value, own))
            pending.append(None)

    def _key(
        self,
        event: Any,
        place: Place,
        parent: dict[str, Any],
        path: Path_,
        pending: list[str | None],
    ) -> None:
        at = event.start_mark.index
        if not isinstance(event, yaml.ScalarEvent):
            if self.text[at - 1 : at + 1] == "{{":
                self._stop((place[0], place[1] - 1), PLACEHOLDER_WITHOUT_QUOTES)
            self._stop(place, Message("yaml.name-not-a-word"))
        if event.implicit[0] and (found := key_message(self.text, at, event.value)):
            back, message = found
            self._stop((place[0], place[1] - back), message)
        if event.value in parent:
            first = self.keys[(*path, event.value)][0]
            self._report(place, Message("yaml.duplicate-entry", name=event.value, line=str(first)))
        self.keys[(*path, event.value)] = place
        pending[-1] = event.value

    def _check_escapes(self, event: Any) -> None:
        r"""Refuse a character that the file itself may not have, written as `"\u202E"`."""
        if event.style == '"':
            start = event.start_mark
            written = self.text[start.index : event.end_mark.index]
            found = (
                message
                for at, message in deceptive_characters(event.value)
                if event.value[at] not in written
            )
            for message in islice(found, 1):
                self._report((start.line + 1 + self.offset, start.column + 1), message)

    def _report(self, place: Place, message: Message) -> None:
        self.problems.append(Problem(self.file, *place, message))

    def _stop(self, place: Place, message: Message) -> NoReturn:
        self._report(place, message)
        raise InputError(self.problems)


def resolve(text: str, *, plain: bool) -> str | int | Decimal | bool | None:
    """The value of a scalar by the YAML 1.2 core schema; a quoted one is always text."""
    if not plain:
        return text
    if _NULL.match(text):
        return None
    if _BOOLEAN.match(text):
        return text[0] in "tT"
    # 40 digits are more than any figure needs; the bound keeps conversion linear.
    if _INTEGER.match(text) and len(text) <= 40:
        return int(text)
    if _FLOAT.match(text) and len(text) <= 40:
        return Decimal(text)
    return text
