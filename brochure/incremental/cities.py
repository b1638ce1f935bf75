"""Incremental builds: the cities that earlier builds have read, checked and localized.

A city is reused as long as its own files, and everything that belongs to no city, are unchanged.
"""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from brochure.base.cache import Cache, Key
from brochure.base.git.log import last_changes
from brochure.load.repository import glyphs_of
from brochure.localize.edition import City, Edition

# The files of one city alone, and those that all cities are checked against.
_OWN = re.compile(r"(?:data/cities/([^/]+)\.yaml|content/cities/([^/]+)\.[^./]+\.md)")
_SHARED = re.compile(r"data/|content/|mkdocs\.yml$|overrides/print/fonts/")


@dataclass(frozen=True)
class Member:
    """Everything made of one city alone: the city in each language, its record in the open data.

    `files` are its own files, with its photograph.
    """

    editions: Mapping[str, City]
    record: Mapping[str, Any]
    files: frozenset[str]


class Members:
    """The cities of a repository whose files have these digests, as far as `stored` has them.

    `changed` is the day of the last commit that touched each file, and `made_by` the module that
    makes cities of files. `keys` are the fingerprints of all that each city is made of, by id, and
    `basis` is that of what all of them are made of. With `none`, no city is reused. An entry is a
    pickle: the key holds the code that wrote it.
    """

    def __init__(
        self,
        inputs: Mapping[str, str],
        changed: Mapping[str, date],
        stored: Cache,
        made_by: str,
        *,
        none: bool = False,
    ) -> None:
        self._stored, self._made_by = stored, made_by
        self._own: dict[str, dict[str, tuple[str, date | None]]] = {}
        shared = {}
        for file, content in sorted(inputs.items()):
            if match := _OWN.fullmatch(file):
                own = self._own.setdefault(match[1] or match[2], {})
                own[file] = (content, changed.get(file))
            elif _SHARED.match(file):
                shared[file] = content
        # Of other cities, a city may name their names.
        self.basis = stored.fingerprint(made_by, shared, list(self._own))
        self.keys = {
            city: stored.fingerprint(made_by, self.basis, files)
            for city, files in self._own.items()
        }
        found = ((city, self._found(city)) for city in self.keys if not none)
        self._reused = {city: member for city, member in found if member is not None}

    @property
    def cached_files(self) -> frozenset[str]:
        """The files of the reused cities, which are known to be right and need not be read."""
        return frozenset(file for member in self._reused.values() for file in member.files)

    def editions(self, locale: str) -> dict[str, City]:
        """The reused cities in a language."""
        return {city: member.editions[locale] for city, member in self._reused.items()}

    @property
    def records(self) -> dict[str, Mapping[str, Any]]:
        """The records of the reused cities."""
        return {city: member.record for city, member in self._reused.items()}

    def keep(self, editions: Iterable[Edition], records: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep the cities that were made anew, for the next build."""
        for city in sorted(self.keys.keys() - self._reused.keys()):
            own = {edition.locale: edition.members[city] for edition in editions}
            # A photograph is among the files that all cities share, but need not be read again.
            photos = {f"data/photos/{made.photo.file}" for made in own.values() if made.photo}
            member = Member(own, records[city], frozenset(self._own[city]) | photos)
            self._stored.put(self._key(city), pickle.dumps(member))

    def _found(self, city: str) -> Member | None:
        kept = self._stored.get(self._key(city))
        if kept is None:
            return None
        member: Member = pickle.loads(kept)
        return member

    def _key(self, city: str) -> Key:
        return self._stored.key("members", self._made_by, self.keys[city])


def cached_days(stored: Cache, history: str, root: Path) -> dict[str, date]:
    """The day of the last commit that touched each file, from the cache for the same `history`."""
    key = stored.key("days", __name__, history)
    if (kept := stored.get(key)) is not None:
        return {file: date.fromisoformat(day) for file, day in json.loads(kept).items()}
    days = last_changes(root)
    # Without days, git may only be missing: it is asked again.
    if days:
        texts = {file: day.isoformat() for file, day in days.items()}
        stored.put(key, json.dumps(texts).encode())
    return days


def cached_glyphs(stored: Cache, content: str, font: Path) -> frozenset[int]:
    """The characters of a font, from the cache for a file of the same digest `content`."""
    key = stored.key("glyphs", __name__, content)
    if (kept := stored.get(key)) is None:
        kept = stored.put(key, json.dumps(sorted(glyphs_of(font))).encode())
    return frozenset(json.loads(kept))
