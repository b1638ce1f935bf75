"""On which day a page last changed: the last commit that touched a file it has facts or words of.

Words of the interface, templates and the program make a page look different; they do not change
what it says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from brochure.localize.edition import Edition

# What the pages that speak of all members are made from, beside their own text.
_ALL = ("index", "compare", "pairs", "data", "sources")
# Files of `data/` that state nothing.
_SILENT = (
    "data/locales/",
    "data/print.yaml",
    "data/skipped-warnings.yaml",
    "data/still-right.yaml",
)


def last_changed(edition: Edition, path: str, days: Mapping[str, date]) -> date | None:
    """The day on which a page last changed; None where no commit tells it.

    `days` are those of the last commit that touched each file.
    """
    return max((days[file] for file in _files(edition, path, days) if file in days), default=None)


def _files(edition: Edition, path: str, known: Collection[str]) -> Iterator[str]:
    """The files that a page is made from, as far as they state something and are `known`."""
    locale = edition.locale
    folder, _, name = path.partition("/")
    if folder != "pairs" or not name:
        yield f"content/{path}.{locale}.md"
    if folder == "cities":
        yield f"data/cities/{name}.yaml"
        if photo := edition.members[name].photo:
            yield f"data/photos/{photo.file}"
    elif folder == "pairs" and name:
        yield from (f"data/cities/{city}.yaml" for city in name.split("/"))
    elif folder in {dossier.id for dossier in edition.dossiers}:
        yield f"data/dossiers/{folder}.yaml"
    elif path == "secretariat":
        yield "data/alliance.yaml"
    elif path == "news/index":
        yield from (f"content/{entry.narrative.page}.{locale}.md" for entry in edition.news)
    elif path in _ALL:
        yield from (
            file for file in known if file.startswith("data/") and not file.startswith(_SILENT)
        )
