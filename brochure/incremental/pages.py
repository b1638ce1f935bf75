"""Incremental builds: rendered pages, reused while the cities that they looked at are unchanged.

The dependencies of a page are recorded while it is rendered, not declared.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from brochure.base.cache import Cache, Key
from brochure.localize.edition import City, Edition
from brochure.render.page import Page
from brochure.render.search_sections import Section

# The fields of a page that are not kept with the others: its HTML, which is read when it is needed,
# and the day of its last change, which the caller adds.
_APART = ("body", "changed", "when")


class Pages:
    """The pages that earlier builds have rendered.

    `made_by` is the module that renders them, and `basis` the fingerprint of all that they depend
    on beside the cities: templates, drawings, data. `keys` are the fingerprints of the cities by
    id. All inputs were read before, so that no page is kept under the digest of a later version of
    a file.
    """

    def __init__(self, made_by: str, basis: str, keys: Mapping[str, str], stored: Cache) -> None:
        self._made_by, self._basis = made_by, basis
        self._keys, self._stored = keys, stored

    def page(
        self,
        edition: Edition,
        path: str,
        own: Sequence[City],
        depends_on: object,
        render: Callable[[Edition], Page],
    ) -> Page:
        """The page at `path` as `render` makes it of the edition.

        `own` are the cities that it is about, and `depends_on` is what else is passed to it. The
        cities that it looked at are kept beside it: while they are unchanged, it would look at the
        same ones again, and come out the same.
        """
        cities_key = self._key("cities", edition.locale, path, depends_on)
        seen = self._stored.get(cities_key)
        if seen is not None:
            html_key, fields_key = self._keys_of(cities_key, json.loads(seen))
            kept = self._stored.get(fields_key)
            if kept is not None and self._stored.touch(html_key):

                def html() -> str:
                    text = self._stored.get(html_key)
                    return render(edition).html if text is None else text.decode()

                return _page(json.loads(kept), html)
        watched = _Watched(edition.members, own)
        page = render(replace(edition, members=watched))
        cities = sorted(watched.seen)
        html_key, fields_key = self._keys_of(cities_key, cities)
        self._stored.put(cities_key, json.dumps(cities).encode())
        self._stored.put(html_key, page.html.encode())
        self._stored.put(fields_key, json.dumps(_fields(page), ensure_ascii=False).encode())
        return page

    def _keys_of(self, cities_key: Key, cities: Iterable[str]) -> tuple[Key, Key]:
        """The keys of the HTML and of the other fields of a page that looks at these cities."""
        states = [(city, self._keys[city]) for city in cities]
        html_key = self._key("html", cities_key.fingerprint, states)
        return html_key, self._key("fields", html_key.fingerprint)

    def _key(self, part: str, *inputs: object) -> Key:
        return self._stored.key(f"pages/{part}", self._made_by, self._basis, *inputs)


def _fields(page: Page) -> dict[str, Any]:
    return {
        field.name: getattr(page, field.name) for field in fields(page) if field.name not in _APART
    }


def _page(kept: Mapping[str, Any], html: Callable[[], str]) -> Page:
    sections = [Section(*section) for section in kept["sections"]]
    return Page(**{**kept, "sections": sections, "body": html})


class _Watched(Mapping[str, City]):
    """The member cities. `seen` are the ids of those that were looked at."""

    def __init__(self, members: Mapping[str, City], own: Sequence[City]) -> None:
        self._members = members
        self.seen = {city.id for city in own}

    def __getitem__(self, city: str) -> City:
        # Whether a city is a member depends on the names of all, which every page depends on.
        member = self._members[city]
        self.seen.add(city)
        return member

    def __iter__(self) -> Iterator[str]:
        self.seen.update(self._members)
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __repr__(self) -> str:
        return repr(dict(self))
