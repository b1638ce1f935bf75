"""Edition -> HTML documents for print: brochures, dossiers and the leaflet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from brochure.localize.edition import City, Edition
from brochure.render import leaflet
from brochure.render.brochure import PHOTO, Brochure
from brochure.render.templates import Templates
from brochure.render.typesetting import joined
from brochure.render.views import Draw, PrintView, brochure_name

DOSSIER_SHEETS = ("print.css", "dossier.css")


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
        [leaflet.panel(item) if isinstance(item, City) else item for item in side]
        for side in leaflet.sides(edition.cities)
    )
    return {
        "sheet": {leaflet.OUTER: outer, leaflet.INNER: inner},
        "width": leaflet.WIDTH,
        "height": leaflet.HEIGHT,
        "folds": leaflet.folds(len(edition.cities)),
    }
