"""Render every page of the site from an edition, without reading or writing files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from brochure.base.artifact import GeneratedFile
from brochure.base.urls import art_url
from brochure.localize.edition import City, Dossier, DossierPage, Edition, Narrative, NewsEntry
from brochure.localize.pairs import Briefing, briefings
from brochure.model.site_map import PAGES
from brochure.render.drawing.charts import themed
from brochure.render.drawing.cover_art import artwork
from brochure.render.page import Page
from brochure.render.templates import Templates
from brochure.render.views import Draw, View


class Pages(Protocol):
    """A store of the pages of earlier builds."""

    def page(
        self,
        edition: Edition,
        path: str,
        own: Sequence[City],
        depends_on: object,
        render: Callable[[Edition], Page],
    ) -> Page:
        """Return the stored page at `path`, or what `render` returns for the edition.

        `own` are the cities that the page is about, and `depends_on` all that it shows besides
        what it reads from the edition.
        """


def pages(
    edition: Edition, templates: Templates, draw: Draw, kept: Pages | None = None
) -> Iterator[Page]:
    """Yield every page of the edition, taken from `kept` where earlier builds have rendered it."""
    renderer = _PageRenderer(templates, lambda chart: themed(draw(chart)))

    def page(
        path: str,
        render: Callable[[Edition], Page],
        own: Sequence[City] = (),
        depends_on: object = None,
    ) -> Page:
        return kept.page(edition, path, own, depends_on, render) if kept else render(edition)

    for path in PAGES:
        yield page(path, partial(renderer.shared_page, path, edition.narratives[path]))
    pairs = briefings(edition)
    for city, related in _related_cities(edition.cities, pairs):
        render = partial(renderer.city_page, city, related)
        yield page(f"cities/{city.id}", render, [city], related)
    for pair in pairs:
        yield page(pair.path, partial(renderer.pair_page, pair), pair.cities)
    for dossier in edition.dossiers:
        for dossier_page in dossier.pages:
            yield page(dossier_page.path, partial(renderer.dossier_page, dossier, dossier_page))
    for entry in edition.news:
        yield page(entry.narrative.page, partial(renderer.news_page, entry))


@dataclass(frozen=True)
class _PageRenderer:
    """Renders the kinds of pages; the edition comes last, since a store of pages hands it in."""

    templates: Templates
    draw: Draw

    def shared_page(self, path: str, narrative: Narrative, edition: Edition) -> Page:
        """Return one of PAGES; the template of `news/index` is `pages/news.html`."""
        template = f"pages/{path.removesuffix('/index')}.html"
        view = View(edition, path, self.templates, self.draw)
        html = view.render(template, narrative, briefings=lambda: briefings(edition))
        return view.page(narrative, html)

    def city_page(self, city: City, related: dict[str, Any], edition: Edition) -> Page:
        """Return the page of a city, with links to the `related` cities."""
        view = View(edition, f"cities/{city.id}", self.templates, self.draw, city)
        about = [
            page for dossier in edition.dossiers for page in dossier.pages if city.id in page.cities
        ]
        html = view.render("pages/city.html", city.narrative, city=city, about=about, **related)
        return view.page(city.narrative, html)

    def pair_page(self, briefing: Briefing, edition: Edition) -> Page:
        """Return the page of a pair of cities."""
        return View(edition, briefing.path, self.templates, self.draw).pair_page(briefing)

    def dossier_page(self, dossier: Dossier, page: DossierPage, edition: Edition) -> Page:
        """Return a page of a dossier."""
        view = View(edition, page.path, self.templates, self.draw, dossier)
        html = view.render("pages/dossier.html", page.narrative, dossier=dossier, page=page)
        return view.page(page.narrative, html)

    def news_page(self, entry: NewsEntry, edition: Edition) -> Page:
        """Return the page of an entry of the news."""
        view = View(edition, entry.narrative.page, self.templates, self.draw)
        return view.page(
            entry.narrative, view.render("pages/entry.html", entry.narrative, entry=entry)
        )


def _related_cities(
    cities: Sequence[City], pairs: Sequence[Briefing]
) -> Iterator[tuple[City, dict[str, Any]]]:
    """Yield each city with the ids and names of the cities that its page links to."""
    for index, city in enumerate(cities):
        partners = [
            _id_and_name(partner)
            for pair in pairs
            if city in pair.cities
            for partner in pair.cities
            if partner != city
        ]
        yield (
            city,
            {
                "previous": _id_and_name(cities[index - 1]),
                "next": _id_and_name(cities[(index + 1) % len(cities)]),
                "partners": partners,
            },
        )


def _id_and_name(city: City) -> dict[str, str]:
    return {"id": city.id, "name": city.name}


def drawings(edition: Edition) -> dict[str, GeneratedFile]:
    """Return the artwork of each city by its address; it is the same in every language."""
    return {
        art_url(name): GeneratedFile(partial(artwork, city, 16, 2), [name])
        for name, city in edition.members.items()
    }
