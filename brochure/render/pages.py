"""Edition -> HTML: pages for the site, documents for print. Pure: names and texts, no disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Protocol

from markupsafe import Markup

from brochure.base.artifact import GeneratedFile
from brochure.base.urls import art_url
from brochure.localize.edition import City, Dossier, Edition
from brochure.localize.pairs import Briefing, briefings
from brochure.model.site_map import PAGES
from brochure.render.drawing.charts import themed
from brochure.render.drawing.cover_art import artwork
from brochure.render.page import Page
from brochure.render.templates import Templates
from brochure.render.views import Draw, View
from charts import Chart


class Pages(Protocol):
    """Gives a page that an earlier build made, or renders it."""

    def page(
        self,
        edition: Edition,
        path: str,
        own: Sequence[City],
        depends_on: object,
        render: Callable[[Edition], Page],
    ) -> Page: ...


def pages(
    edition: Edition, templates: Templates, draw: Draw, kept: Pages | None = None
) -> Iterator[Page]:
    """Every page of the site in the edition's language, as far as `kept` from earlier builds."""

    def drawn(chart: Chart) -> Markup:
        return themed(draw(chart))

    def made(
        path: str,
        render: Callable[[Edition], Page],
        own: Sequence[City] = (),
        depends_on: object = None,
    ) -> Page:
        return kept.page(edition, path, own, depends_on, render) if kept else render(edition)

    def plain(
        path: str, template: str, subject: Dossier | None = None, **names: Any
    ) -> Callable[[Edition], Page]:
        """How a page that is no city's own is rendered."""

        def render(edition: Edition) -> Page:
            view = View(edition, path, templates, drawn, subject)
            narrative = names["narrative"]
            known = view.names(narrative) | {"briefings": lambda: briefings(edition)} | names
            return view.page(narrative, templates[f"pages/{template}.html"].render(known))

        return render

    for path in PAGES:
        narrative = edition.narratives[path]
        yield made(path, plain(path, _template(path), narrative=narrative))
    meetings = briefings(edition)
    cities = edition.cities
    for index, city in enumerate(cities):
        depends_on = {
            "previous": _named(cities[index - 1]),
            "next": _named(cities[(index + 1) % len(cities)]),
            "partners": [
                _named(other)
                for one in meetings
                if city in one.cities
                for other in one.cities
                if other != city
            ],
        }

        def of_city(edition: Edition, city: City = city, depends_on: Any = depends_on) -> Page:
            view = View(edition, f"cities/{city.id}", templates, drawn, city)
            names = view.names(city.narrative) | depends_on | {
                "city": city,
                "about": [page for dossier in edition.dossiers for page in dossier.pages
                          if city.id in page.cities],
            }  # fmt: skip
            return view.page(city.narrative, templates["pages/city.html"].render(names))

        yield made(f"cities/{city.id}", of_city, [city], depends_on)
    for meeting in meetings:

        def of_pair(edition: Edition, meeting: Briefing = meeting) -> Page:
            return View(edition, meeting.path, templates, drawn).briefing(meeting)

        yield made(meeting.path, of_pair, meeting.cities)
    for dossier in edition.dossiers:
        for page in dossier.pages:
            names = {"narrative": page.narrative, "dossier": dossier, "page": page}
            yield made(page.path, plain(page.path, "dossier", dossier, **names))
    for entry in edition.news:
        path = entry.narrative.page
        yield made(path, plain(path, "entry", narrative=entry.narrative, entry=entry))


def _named(city: City) -> dict[str, str]:
    """What the page of one city says of another."""
    return {"id": city.id, "name": city.name}


def drawings(edition: Edition) -> dict[str, GeneratedFile]:
    """The art of the site by its address: the same in every language, each city's a file."""
    return {
        art_url(name): GeneratedFile(partial(artwork, city, 16, 2), [name])
        for name, city in edition.members.items()
    }


def _template(path: str) -> str:
    """The template of a page that is alone of its kind: `news/index` has `news`."""
    return path.removesuffix("/index")
