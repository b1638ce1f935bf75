"""The languages of messages: those in which the staff of the alliance and of its cities work.

In the order of their weight: the languages asked for on the command line; for a city's own files,
`languages` in the city's file; `extra.staff_languages` in mkdocs.yml; English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from brochure.base.message import REFERENCE, languages
from brochure.load.text import MAX_BYTES, decoded

_OF_CITY = re.compile(r"(?:data|content)/cities/([^/.]+)\.")


class Audience:
    """The readers of the messages about a repository. `chosen` languages are everybody's."""

    def __init__(self, root: Path, chosen: Sequence[str] = ()) -> None:
        self._root = root
        self._chosen = tuple(chosen)
        self._of_cities: dict[str, tuple[str, ...]] = {}

    @cached_property
    def staff(self) -> tuple[str, ...]:
        """The languages of what concerns no single city."""
        if self._chosen:
            return self._chosen
        return _listed(self._root / "mkdocs.yml", "staff_languages") or (REFERENCE,)

    def of(self, file: str) -> tuple[str, ...]:
        """The languages of what concerns a file, by its path in the repository."""
        match = _OF_CITY.match(file)
        if match is None or self._chosen:
            return self.staff
        city = match[1]
        if city not in self._of_cities:
            own = _listed(self._root / "data/cities" / f"{city}.yaml", "languages")
            self._of_cities[city] = own or self.staff
        return self._of_cities[city]


def _listed(file: Path, key: str) -> tuple[str, ...]:
    """The known languages that a file lists under a key, also if it is no YAML as a whole."""
    try:
        if file.is_symlink() or file.stat().st_size > MAX_BYTES:
            return ()
        text = decoded(file.read_bytes(), errors="replace")
    except (OSError, ValueError):
        return ()
    match = re.search(rf"^ *{key}:[ \t]*(\[[^\]\n]*\]|(?:\n *- *[\w-]+)+)", text, re.MULTILINE)
    names = re.findall(r"[A-Za-z-]*[A-Za-z]", match[1]) if match else []
    return tuple(dict.fromkeys(name for name in names if name in languages()))
