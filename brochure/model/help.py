"""What every entry of the data files is called and means, in Korean and English: `help.yaml`."""

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
    """The help on records and their entries, and the names of the values of closed lists."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def record(self, record: str) -> Help:
        """What a record is. Raises KeyError where the manual is silent."""
        return _help(self._data[record]["self"])

    def entry(self, record: str, entry: str) -> Help:
        """What an entry of a record is. Raises KeyError where the manual is silent."""
        own = self._data[record]
        return _help(own[entry] if entry in own else self._data["any"][entry])

    def value(self, value: str) -> Mapping[str, str]:
        """What a value of a closed list is called. Raises KeyError where the manual is silent."""
        named: Mapping[str, str] = self._data["values"][value]
        return named

    @property
    def said(self) -> set[tuple[str, str]]:
        """Every record and entry that it tells of by name."""
        return {
            (record, entry)
            for record, entries in self._data.items()
            if record not in ("any", "values")
            for entry in entries
        }


def read_manual() -> Manual:
    """The manual that comes with the program."""
    return Manual(yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def _help(texts: Mapping[str, str]) -> Help:
    parts = {language: texts[language].split(" | ", 1) for language in LANGUAGES}
    return Help(
        {language: name for language, (name, _) in parts.items()},
        {language: text for language, (_, text) in parts.items()},
    )
