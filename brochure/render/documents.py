"""Edition -> HTML documents for print: brochures, dossiers and the leaflet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from brochure.localize.edition import City, Edition
from brochure.render import leaflet
from brochure.render.templates import Templates
from brochure.render.typesetting import joined
from brochure.render.views import Draw, PrintView, brochure_name

# What a document calls the photograph of its cover.
PHOTO = "photo.jpg"
# A page of a document that may be left out, so that the count of pages comes right.
_FILLER = re.compile(r"<!--filler-->.*?<!--/filler-->\s*", re.DOTALL)
# A chapter of a document, and its class that says how close it is composed.
_CHAPTER = re.compile(r"<!--chapter ([a-z0-9-]+)-->(.*?)<!--/chapter-->", re.DOTALL)
_BODY = re.compile(r"(?<=<body class=\"brochure\">).*(?=</body>)", re.DOTALL)
DOSSIER_SHEETS = ("print.css", "dossier.css")


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
