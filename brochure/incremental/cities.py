"""What earlier builds have made and need not be made again: cities, and pages.

The only module that knows of reuse from build to build. A city is found as long as its own files,
and everything that is no city's, are as they were; a page as long as the cities that it looks at
are. Which those are is not believed but watched.
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

from brochure.base.cache import Cache, digest
from brochure.base.git.log import last_changes
from brochure.base.program import program
from brochure.load.repository import glyphs_of
from brochure.localize.edition import City, Edition

# The files of one city alone, and those that all cities are judged by.
_OWN = re.compile(r"(?:data/cities/([^/]+)\.yaml|content/cities/([^/]+)\.[^./]+\.md)")
_JUDGED_BY = re.compile(r"data/|content/|mkdocs\.yml$|overrides/print/fonts/")


@dataclass(frozen=True)
class Member:
    """What is made of one city alone: the city in each language, its record in the open data.

    `files` are its own files, with its photograph.
    """

    editions: Mapping[str, City]
    record: Mapping[str, Any]
    files: frozenset[str]


class Members:
    """The cities of a repository whose files have these digests, as far as `stored` has them.

    `changed` is the day of the last commit that touched each file. `keys` stand for all that a
    city is made of, by id, and `basis` for what all of them are made of. With `none`, no city is
    known. An entry is a pickle: what the cache holds was written by this very program, whose
    digest is in its name.
    """

    def __init__(
        self,
        inputs: Mapping[str, str],
        changed: Mapping[str, date],
        stored: Cache,
        *,
        none: bool = False,
    ) -> None:
        self._stored = stored
        self._own: dict[str, dict[str, str]] = {}
        judged = []
        for file, content in sorted(inputs.items()):
            if match := _OWN.fullmatch(file):
                named = f"{content} {changed.get(file)}"
                self._own.setdefault(match[1] or match[2], {})[file] = named
            elif _JUDGED_BY.match(file):
                judged.append(f"{file} {content}")
        # Of other cities, a city may name their names.
        self.basis = digest(program(), *judged, *self._own)
        self.keys = {
            city: digest(self.basis, *(f"{file} {content}" for file, content in files.items()))
            for city, files in self._own.items()
        }
        found = ((city, self._found(key)) for city, key in self.keys.items() if not none)
        self._known = {city: member for city, member in found if member is not None}

    @property
    def cached_files(self) -> frozenset[str]:
        """The files that are known to be right, and need not be read."""
        return frozenset(file for member in self._known.values() for file in member.files)

    def editions(self, locale: str) -> dict[str, City]:
        """The known cities in a language."""
        return {city: member.editions[locale] for city, member in self._known.items()}

    @property
    def records(self) -> dict[str, Mapping[str, Any]]:
        """The records of the known cities."""
        return {city: member.record for city, member in self._known.items()}

    def keep(self, editions: Iterable[Edition], records: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep the cities that were not known, for the next build."""
        for city in sorted(self.keys.keys() - self._known.keys()):
            own = {edition.locale: edition.members[city] for edition in editions}
            # Among what all cities are judged by, but nobody needs to read it again.
            photos = {f"data/photos/{one.photo.file}" for one in own.values() if one.photo}
            member = Member(own, records[city], frozenset(self._own[city]) | photos)
            self._stored.put(_place(self.keys[city]), pickle.dumps(member))

    def _found(self, key: str) -> Member | None:
        kept = self._stored.get(_place(key))
        if kept is None:
            return None
        member: Member = pickle.loads(kept)
        return member


def _place(key: str) -> str:
    return f"members/{key}"


def remembered_days(stored: Cache, history: str, root: Path) -> dict[str, date]:
    """The days of the last changes; those of the same `history` are known from an earlier build."""
    place = f"days/{digest(program(), history)}"
    if (kept := stored.get(place)) is not None:
        return {file: date.fromisoformat(day) for file, day in json.loads(kept).items()}
    days = last_changes(root)
    # Without days, git may only be missing: it is asked again.
    if days:
        told = {file: day.isoformat() for file, day in days.items()}
        stored.put(place, json.dumps(told).encode())
    return days


def remembered_glyphs(stored: Cache, content: str, font: Path) -> frozenset[int]:
    """The characters of a font: those of the same `content` are known from an earlier build."""
    place = f"glyphs/{digest(program(), content)}"
    if (kept := stored.get(place)) is None:
        kept = stored.put(place, json.dumps(sorted(glyphs_of(font))).encode())
    return frozenset(json.loads(kept))
