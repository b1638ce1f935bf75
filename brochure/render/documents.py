"""Render the HTML documents for print: brochures, dossiers and the leaflet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from brochure.base.urls import brochure_name
from brochure.localize.edition import City, Edition
from brochure.render import leaflet
from brochure.render.brochure import PHOTO, Brochure
from brochure.render.print_view import PrintView
from brochure.render.templates import Templates
from brochure.render.typesetting import keep_words_whole
from brochure.render.views import Draw

DOSSIER_SHEETS = ("print.css", "dossier.css")


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
