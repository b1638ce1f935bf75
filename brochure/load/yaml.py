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
from typing import Any

import yaml

from brochure.base.problem import InputError, Problem
from brochure.load.characters import strange
from brochure.load.document import Document, Path_, Place
from brochure.load.yaml_hints import UNQUOTED_CALL, explained

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
            (line, column), ko, en = explained(error, _BREAK.split(self.text), self.last)
            self._refuse((line + 1 + self.offset, column + 1), ko, en)
        except yaml.YAMLError as error:
            self._refuse((1, 1), f"YAML로 읽을 수 없습니다: {error}", f"Not readable YAML: {error}")
        if self.problems:
            raise InputError(self.problems)
        data = root[0] if root else None
        return Document(self.file, data, self.values, self.keys)

    def _step(self, event: Any, stack: list[tuple[Any, Path_]], pending: list[str | None]) -> None:
        place = (event.start_mark.line + 1 + self.offset, event.start_mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._menu_item(
                    place,
                    "한 파일에는 문서를 하나만 둡니다. ‘---’ 줄을 지우십시오.",
                    "A file holds one document. Remove the line ‘---’.",
                )
        elif isinstance(event, yaml.AliasEvent):
            self._menu_item(
                place,
                "별칭(*)은 쓸 수 없습니다. 값을 그대로 적으십시오.",
                "Aliases (*) are not accepted. Write the value itself.",
            )
        elif isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            pending.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, place, stack, pending)

    def _node(
        self, event: Any, place: Place, stack: list[tuple[Any, Path_]], pending: list[str | None]
    ) -> None:
        if event.anchor or event.tag:
            self._menu_item(
                place,
                "앵커(&)와 태그(!)는 쓸 수 없습니다. 그렇게 시작하는 글은 따옴표로 감싸십시오.",
                "Anchors (&) and tags (!) are not accepted. Quote a text that starts with ! or &.",
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
                self._menu_item(
                    place,
                    f"{MAX_DEPTH}단계보다 깊이 들여쓸 수 없습니다.",
                    f"Nesting deeper than {MAX_DEPTH} levels is not accepted.",
                )
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
        if not isinstance(event, yaml.ScalarEvent):
            at = event.start_mark.index
            if self.text[at - 1 : at + 1] == "{{":
                self._menu_item((place[0], place[1] - 1), *UNQUOTED_CALL)
            self._menu_item(place, "키는 한 낱말이어야 합니다.", "A key must be a single word.")
        if event.value in parent:
            first = self.keys[(*path, event.value)][0]
            self._refuse(
                place,
                f"키 ‘{event.value}’가 {first}행에 이어 두 번 나옵니다. 하나를 지우십시오.",
                f"The key ‘{event.value}’ stands twice, first on line {first}. Remove one.",
            )
        self.keys[(*path, event.value)] = place
        pending[-1] = event.value

    def _check_escapes(self, event: Any) -> None:
        r"""Refuse a character that the file itself may not have, written as `"\u202E"`."""
        if event.style == '"':
            start = event.start_mark
            written = self.text[start.index : event.end_mark.index]
            found = (hit for hit in strange(event.value) if event.value[hit[0]] not in written)
            for _, ko, en in islice(found, 1):
                self._refuse((start.line + 1 + self.offset, start.column + 1), ko, en)

    def _refuse(self, place: Place, ko: str, en: str) -> None:
        self.problems.append(Problem(self.file, *place, ko, en))

    def _menu_item(self, place: Place, ko: str, en: str) -> None:
        self._refuse(place, ko, en)
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
