"""YAML documents and narratives that remember the line and column of every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from brochure.base.message import Message
from brochure.base.problem import Problem

Path_ = tuple[str | int, ...]
Place = tuple[int, int]


@dataclass(frozen=True)
class Document:
    """One YAML document: plain data, and the place of each value and of each key in it."""

    file: str
    data: Any
    values: Mapping[Path_, Place]
    keys: Mapping[Path_, Place]

    @cached_property
    def scalars(self) -> Sequence[tuple[Path_, Any]]:
        """Every scalar with its path."""
        return list(scalars((), self.data))

    def place(self, path: Path_) -> Place:
        """Line and column of the value at `path`, or of its nearest parent that exists."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def problem(
        self,
        path: Path_,
        message: Message,
        *,
        key: bool = False,
        warning: bool = False,
    ) -> Problem:
        """A problem with the value at `path`, or with its key."""
        line, column = self.keys.get(path) or self.place(path) if key else self.place(path)
        return Problem(self.file, line, column, message, warning)


def scalars(path: Path_, value: Any) -> Iterator[tuple[Path_, Any]]:
    """Every scalar below a value at `path`, with its own."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from scalars((*path, key), child)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from scalars((*path, index), child)
    else:
        yield path, value


@dataclass(frozen=True)
class NarrativeFile:
    """One Markdown file: its front matter as a document, its body, and where the body starts."""

    file: str
    page: str
    locale: str
    front: Document
    body: str
    first_line: int

    def place(self, line: int, column: int) -> Place:
        """The line and column in the file of a place in the body."""
        return self.first_line + line - 1, column
