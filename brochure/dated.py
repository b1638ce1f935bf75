"""On which day a page last changed: the last commit that touched a file it has facts or words of.

Words of the interface, templates and the program make a page look different; they do not change
what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brochure.model import Catalog

# What the pages that speak of all members are made from, beside their own text.
_ALL = ("index", "compare", "pairs", "data", "sources")
# Files of `data/` that state nothing.
_SILENT = ("data/locales/", "data/print.yaml", "data/still-right.yaml")


def changed(catalog: Catalog, path: str, locale: str) -> date | None:
    """The day on which a page last changed in a language; None where no commit tells it."""
    days = catalog.changed
    return max((days[file] for file in _files(catalog, path, locale) if file in days), default=None)


def _files(catalog: Catalog, path: str, locale: str) -> Iterator[str]:
    """The files that a page is made from, as far as they state something."""
    folder, _, name = path.partition("/")
    if folder != "pairs" or not name:
        yield f"content/{path}.{locale}.md"
    if folder == "cities":
        yield f"data/cities/{name}.yaml"
        if photo := catalog.cities[name].photo:
            yield f"data/photos/{photo.file}"
    elif folder == "pairs" and name:
        yield from (f"data/cities/{city}.yaml" for city in name.split("/"))
    elif folder in catalog.dossiers:
        yield f"data/dossiers/{folder}.yaml"
    elif path == "secretariat":
        yield "data/alliance.yaml"
    elif path == "news/index":
        yield from (
            f"content/{page}.{locale}.md"
            for page, _ in catalog.narratives
            if page.startswith("news/2")
        )
    elif path in _ALL:
        yield from (
            file
            for file in catalog.changed
            if file.startswith("data/") and not file.startswith(_SILENT)
        )
