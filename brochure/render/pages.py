"""Edition -> HTML: pages for the site, documents for print. Pure: names and texts, no disk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from markupsafe import Markup

from brochure.base.artifact import Asset
from brochure.base.urls import art_url
from brochure.localize.edition import City, Dossier, Edition
from brochure.localize.pairs import Briefing, briefings
from brochure.model.site_map import PAGES
from brochure.render import leaflet
from brochure.render.drawing.charts import themed
from brochure.render.drawing.cover_art import artwork
from brochure.render.typesetting import joined
from brochure.render.views import Draw, Page, PrintView, Templates, View, brochure_name
from charts import Chart

# What a document calls the photograph of its cover.
PHOTO = "photo.jpg"
# A page of a document that may be left out, so that the count of pages comes right.
_FILLER = re.compile(r"<!--filler-->.*?<!--/filler-->\s*", re.DOTALL)
# A chapter of a document, and its class that says how close it is composed.
_CHAPTER = re.compile(r"<!--chapter ([a-z0-9-]+)-->(.*?)<!--/chapter-->", re.DOTALL)
_BODY = re.compile(r"(?<=<body class=\"brochure\">).*(?=</body>)", re.DOTALL)


DOSSIER_SHEETS = ("print.css", "dossier.css")


class Pages(Protocol):
    """Gives a page that an earlier build made, or renders it."""

    def page(
        self,
        edition: Edition,
        path: str,
        own: Sequence[City],
        told: object,
        render: Callable[[Edition], Page],
    ) -> Page: ...


@dataclass(frozen=True)
class Brochure:
    """A document to print: its name (`daejeon-ko`), its HTML, and its stylesheets in order.

    The number of its pages is a multiple of `multiple`: see `filled`. `photo` is the file of the
    photograph that its cover shows under the address PHOTO.
    """

    name: str
    html: str
    sheets: tuple[str, ...] = ("print.css",)
    multiple: int = 1
    photo: bytes = field(default=b"", repr=False)


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
        told: object = None,
    ) -> Page:
        return kept.page(edition, path, own, told, render) if kept else render(edition)

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
        told = {
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

        def of_city(edition: Edition, city: City = city, told: Any = told) -> Page:
            view = View(edition, f"cities/{city.id}", templates, drawn, city)
            names = view.names(city.narrative) | told | {
                "city": city,
                "about": [page for dossier in edition.dossiers for page in dossier.pages
                          if city.id in page.cities],
            }  # fmt: skip
            return view.page(city.narrative, templates["pages/city.html"].render(names))

        yield made(f"cities/{city.id}", of_city, [city], told)
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


def drawings(edition: Edition) -> dict[str, Asset]:
    """The art of the site by its address: the same in every language, each city's a file."""
    return {
        art_url(name): Asset(partial(artwork, city, 16, 2), [name])
        for name, city in edition.members.items()
    }


def _template(path: str) -> str:
    """The template of a page that is alone of its kind: `news/index` has `news`."""
    return path.removesuffix("/index")


def brochures(
    edition: Edition, templates: Templates, draw: Draw, photo: Callable[[str], bytes]
) -> Iterator[Brochure]:
    """The brochure of every city and of the alliance, and the leaflet, in one language.

    `photo` gives the bytes of a file of `data/photos/`.
    """
    for city in edition.cities:
        view = PrintView(edition, f"cities/{city.id}", templates, draw, city)
        names = view.names(city.narrative) | {"city": city, "photo_file": PHOTO}
        html = templates["print/city.html"].render(names)
        name = brochure_name(city.id, edition.locale)
        cover = photo(city.photo.file) if city.photo else b""
        yield Brochure(name, joined(html), multiple=2, photo=cover)
    for dossier in edition.dossiers:
        if dossier.printed == "own":
            view = PrintView(edition, f"{dossier.id}/index", templates, draw, dossier)
            names = view.names(dossier.pages[0].narrative) | {"dossier": dossier}
            html = templates["print/dossier.html"].render(names)
            name = brochure_name(dossier.id, edition.locale)
            yield Brochure(name, joined(html), DOSSIER_SHEETS, multiple=2)
    view = PrintView(edition, "index", templates, draw)
    names = view.names(edition.narratives["index"])
    html = templates["print/alliance.html"].render(names)
    name = brochure_name("gini", edition.locale)
    yield Brochure(name, joined(html), DOSSIER_SHEETS, multiple=4)
    html = templates["print/leaflet.html"].render(names | _sheet(edition))
    yield Brochure(brochure_name("gini-leaflet", edition.locale), joined(html), ("leaflet.css",))


def _sheet(edition: Edition) -> dict[str, Any]:
    """The measures and the panels of the leaflet."""
    outer, inner = (
        [leaflet.panel(one) if isinstance(one, City) else one for one in side]
        for side in leaflet.sides(edition.cities)
    )
    return {
        "sheet": {leaflet.OUTER: outer, leaflet.INNER: inner},
        "width": leaflet.WIDTH,
        "height": leaflet.HEIGHT,
        "folds": leaflet.folds(len(edition.cities)),
    }


def filled(html: str, count: int) -> str:
    """The document with the first `count` of its filler pages, and without the others.

    A filler is what stands from `<!--filler-->` to `<!--/filler-->`; each makes one page.
    """
    fillers = iter(_FILLER.findall(html)[:count])
    return _FILLER.sub(lambda _: next(fillers, ""), html)


def chapters(html: str) -> dict[str, str]:
    """Each chapter of a document by name, as a document of its own.

    A chapter begins on a new page, so that it falls into the same pages alone. It ends at the
    element `<name>-end`.
    """
    return {
        match[1]: _BODY.sub(lambda _, own=match[0]: own, html)  # type: ignore[misc]
        for match in _CHAPTER.finditer(html)
    }


def composed(html: str, closeness: Mapping[str, int]) -> str:
    """The document with chapters composed closer: 0 is the usual, see `.chapter` in print.css."""

    def closer(match: re.Match[str]) -> str:
        level = closeness.get(match[1], 0)
        return match[0].replace('class="chapter chapter--0"', f'class="chapter chapter--{level}"')

    return _CHAPTER.sub(closer, html)
