"""The names and help texts of all entries of the data files, in Korean and English: `help.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("ko", "en")
FILE = Path(__file__).with_name("help.yaml")


@dataclass(frozen=True)
class Help:
    """The name of an entry and a sentence or two on it, each by language."""

    name: Mapping[str, str]
    text: Mapping[str, str]


class Manual:
    """The help on records and their entries, and the names of the values of enumerations."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def record(self, record: str) -> Help:
        """Return the help on a record. Raises KeyError if there is none."""
        return _help(self._data[record]["self"])

    def entry(self, record: str, entry: str) -> Help:
        """Return the help on an entry of a record. Raises KeyError if there is none."""
        entries = self._data[record]
        return _help(entries[entry] if entry in entries else self._data["any"][entry])

    def value(self, value: str) -> Mapping[str, str]:
        """Return the name of a value of an enumeration. Raises KeyError if there is none."""
        names: Mapping[str, str] = self._data["values"][value]
        return names

    @property
    def entries(self) -> set[tuple[str, str]]:
        """The records and entries that have help of their own, as pairs of names."""
        return {
            (record, entry)
            for record, entries in self._data.items()
            if record not in ("any", "values")
            for entry in entries
        }


def read_manual() -> Manual:
    """Return the manual that is part of the program."""
    return Manual(yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def _help(texts: Mapping[str, str]) -> Help:
    parts = {language: texts[language].split(" | ", 1) for language in LANGUAGES}
    return Help(
        {language: name for language, (name, _) in parts.items()},
        {language: text for language, (_, text) in parts.items()},
    )
