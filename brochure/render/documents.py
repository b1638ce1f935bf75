"""Render the HTML documents for print: brochures, dossiers and the leaflet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from brochure.base.urls import brochure_name
from brochure.localize.edition import City, Edition
from brochure.render import leaflet
from brochure.render.print_view import PrintView
from brochure.render.templates import Templates
from brochure.render.typesetting import keep_words_whole
from brochure.render.views import Draw

# The address of the photograph of the cover in a document.
PHOTO = "photo.jpg"
# A page that is left out unless the number of pages needs it.
_FILLER = re.compile(r"<!--filler-->.*?<!--/filler-->\s*", re.DOTALL)
# A chapter of a document, which has a class for its line spacing.
_CHAPTER = re.compile(r"<!--chapter ([a-z0-9-]+)-->(.*?)<!--/chapter-->", re.DOTALL)
_BODY = re.compile(r"(?<=<body class=\"brochure\">).*(?=</body>)", re.DOTALL)
DOSSIER_SHEETS = ("print.css", "dossier.css")


@dataclass(frozen=True)
class Brochure:
    """A document for print: its name (`daejeon-ko`), HTML and stylesheets in order.

    Its number of pages is to be a multiple of `multiple`: see `filled`. `photo` are the bytes of
    the photograph of its cover, which has the address PHOTO.
    """

    name: str
    html: str
    sheets: tuple[str, ...] = ("print.css",)
    multiple: int = 1
    photo: bytes = field(default=b"", repr=False)


def brochures(
    edition: Edition, templates: Templates, draw: Draw, photo: Callable[[str], bytes]
) -> Iterator[Brochure]:
    """Yield the brochures of the cities, dossiers and alliance, and the leaflet, in one language.

    `photo` returns the bytes of a file of `data/photos/`.
    """
    for city in edition.cities:
        view = PrintView(edition, f"cities/{city.id}", templates, draw, city)
        html = view.render("print/city.html", city.narrative, city=city, photo_file=PHOTO)
        name = brochure_name(city.id, edition.locale)
        cover = photo(city.photo.file) if city.photo else b""
        yield Brochure(name, keep_words_whole(html), multiple=2, photo=cover)
    for dossier in edition.dossiers:
        if dossier.printed == "own":
            view = PrintView(edition, f"{dossier.id}/index", templates, draw, dossier)
            html = view.render("print/dossier.html", dossier.pages[0].narrative, dossier=dossier)
            name = brochure_name(dossier.id, edition.locale)
            yield Brochure(name, keep_words_whole(html), DOSSIER_SHEETS, multiple=2)
    view = PrintView(edition, "index", templates, draw)
    narrative = edition.narratives["index"]
    html = view.render("print/alliance.html", narrative)
    name = brochure_name("gini", edition.locale)
    yield Brochure(name, keep_words_whole(html), DOSSIER_SHEETS, multiple=4)
    html = view.render("print/leaflet.html", narrative, **_leaflet_names(edition))
    name = brochure_name("gini-leaflet", edition.locale)
    yield Brochure(name, keep_words_whole(html), ("leaflet.css",))


def _leaflet_names(edition: Edition) -> dict[str, Any]:
    """Return the size in mm, the folds and the panels of the leaflet for its template."""
    outer, inner = (
        [leaflet.panel(panel) if isinstance(panel, City) else panel for panel in side]
        for side in leaflet.sides(edition.cities)
    )
    return {
        "sheet": {leaflet.OUTER: outer, leaflet.INNER: inner},
        "width": leaflet.WIDTH,
        "height": leaflet.HEIGHT,
        "folds": leaflet.folds(len(edition.cities)),
    }


def filled(html: str, count: int) -> str:
    """Return the document with only the first `count` of its filler pages.

    A filler is the part from `<!--filler-->` to `<!--/filler-->`; each makes one page.
    """
    fillers = iter(_FILLER.findall(html)[:count])
    return _FILLER.sub(lambda _: next(fillers, ""), html)


def chapters(html: str) -> dict[str, str]:
    """Return each chapter of a document by name, as a document of its own.

    A chapter begins on a new page, so it takes the same pages when it is printed alone. The element
    `<name>-end` marks its end.
    """
    documents = {}
    for chapter in _CHAPTER.finditer(html):
        body = _BODY.search(html)
        assert body is not None
        documents[chapter[1]] = html[: body.start()] + chapter[0] + html[body.end() :]
    return documents


def composed(html: str, closeness: Mapping[str, int]) -> str:
    """Return the document with the chapters set closer, each by its level.

    Level 0, without closer lines, is the default: see `.chapter` in print.css.
    """

    def set_level(chapter: re.Match[str]) -> str:
        level = closeness.get(chapter[1], 0)
        return chapter[0].replace('class="chapter chapter--0"', f'class="chapter chapter--{level}"')

    return _CHAPTER.sub(set_level, html)
