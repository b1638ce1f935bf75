"""Pages of cities that are as they were: found, not rendered again.

A city's page is kept under a digest of all that it may be made from: what the city states, what
it is told of its neighbours, and everything that is no city's. Should a template
look at all cities nevertheless, its page is not kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import overload

from pydantic_core import to_json

from brochure.cache import Cache, digest
from brochure.edition import City, Edition
from brochure.model import Catalog, Narrative
from brochure.views import Page


class Kept:
    """The pages of cities that earlier builds have rendered.

    `basis` is all that they depend on beside the catalog: templates, drawings, code. All of it was
    read before, so that no page is kept under what a file has become meanwhile.
    """

    def __init__(self, catalog: Catalog, basis: Sequence[str], stored: Cache) -> None:
        self._stored = stored
        narratives: dict[str, list[Narrative]] = {}
        for (page, _), narrative in sorted(catalog.narratives.items()):
            narratives.setdefault(page, []).append(narrative)
        self._own = {
            name: to_json([city, narratives.pop(f"cities/{name}")])
            for name, city in catalog.cities.items()
        }
        everyones = replace(catalog, cities={}, photos={}, narratives={}, changed={})
        self._shared = digest(to_json([everyones, narratives]), *basis)

    def page(
        self, edition: Edition, city: City, told: object, render: Callable[[Edition], Page]
    ) -> Page:
        """The page of a city as `render` makes it. `told` is what it is told of other cities."""
        key = digest(self._shared, edition.locale, self._own[city.id], repr(told))
        place = f"pages/{key}.json"
        if (kept := self._stored.get(place)) is not None:
            return Page(**json.loads(kept))
        watched = _Watched(edition.cities)
        page = render(replace(edition, cities=watched))
        if not watched.seen:
            text = json.dumps({**asdict(page), "html": str(page.html)}, ensure_ascii=False)
            self._stored.keep(place, text.encode())
        return page


class _Watched(Sequence[City]):
    """All cities, and whether anyone has looked at them."""

    def __init__(self, cities: Sequence[City]) -> None:
        self._cities = cities
        self.seen = False

    @overload
    def __getitem__(self, index: int) -> City: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[City]: ...
    def __getitem__(self, index: int | slice) -> City | Sequence[City]:
        self.seen = True
        return self._cities[index]

    def __len__(self) -> int:
        self.seen = True
        return len(self._cities)

    def __iter__(self) -> Iterator[City]:
        self.seen = True
        return iter(self._cities)
