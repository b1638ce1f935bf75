"""Rendered pages of earlier builds, reused while the cities that they looked at are unchanged."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from brochure.base.cache import Cache, digest
from brochure.localize.edition import City, Edition
from brochure.render.page import Page
from brochure.render.search_sections import Section


class Pages:
    """The pages that earlier builds have rendered.

    `basis` is all that they depend on beside the cities, whose `keys` name all that they are made
    of: templates, drawings, code, data. All of it was read before, so that no page is kept under
    what a file has become meanwhile.
    """

    def __init__(self, basis: str, keys: Mapping[str, str], stored: Cache) -> None:
        self._basis, self._keys, self._stored = basis, keys, stored

    def page(
        self,
        edition: Edition,
        path: str,
        own: Sequence[City],
        depends_on: object,
        render: Callable[[Edition], Page],
    ) -> Page:
        """The page at `path` as `render` makes it of the edition.

        `own` are the cities that it is about, and `depends_on` is what else is passed to it. Which
        cities it looked at is kept beside it: while those are as they were, it would look at the
        same, and be the same.
        """
        alone = digest(self._basis, edition.locale, path, repr(depends_on))
        seen = self._stored.get(f"pages/{alone}.cities.json")
        if seen is not None:
            place = self._place(alone, json.loads(seen))
            said = self._stored.get(f"{place}.json")
            if said is not None and self._stored.touch(f"{place}.html"):

                def html() -> str:
                    kept = self._stored.get(f"{place}.html")
                    return render(edition).html if kept is None else kept.decode()

                return _page(json.loads(said), html)
        watched = _Watched(edition.members, own)
        page = render(replace(edition, members=watched))
        cities = sorted(watched.seen)
        place = self._place(alone, cities)
        self._stored.put(f"pages/{alone}.cities.json", json.dumps(cities).encode())
        self._stored.put(f"{place}.html", page.html.encode())
        self._stored.put(f"{place}.json", json.dumps(_said(page), ensure_ascii=False).encode())
        return page

    def _place(self, alone: str, cities: Iterable[str]) -> str:
        """What the cache calls a page that looks at these cities."""
        return f"pages/{digest(alone, *(f'{city} {self._keys[city]}' for city in cities))}"


def _said(page: Page) -> dict[str, Any]:
    """All of a page but its HTML, which is not read where the page is as it was, and its day."""
    apart = ("body", "changed", "when")
    return {one.name: getattr(page, one.name) for one in fields(page) if one.name not in apart}


def _page(said: Mapping[str, Any], html: Callable[[], str]) -> Page:
    sections = [Section(*one) for one in said["sections"]]
    return Page(**{**said, "sections": sections, "body": html})


class _Watched(Mapping[str, City]):
    """The member cities, and which of them anyone has looked at."""

    def __init__(self, members: Mapping[str, City], own: Sequence[City]) -> None:
        self._members = members
        self.seen = {city.id for city in own}

    def __getitem__(self, city: str) -> City:
        # Whether a city is a member, the names of all decide, which every page depends on.
        member = self._members[city]
        self.seen.add(city)
        return member

    def __iter__(self) -> Iterator[str]:
        self.seen.update(self._members)
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)
