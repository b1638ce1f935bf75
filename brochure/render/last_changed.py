"""Find the day on which a page last changed, from the commits of the files that it is made from.

Only data and texts count. Words of the interface, templates and the program change how a page
looks, not what it says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from brochure.localize.edition import Edition

# The pages that are made from all data files besides their own text.
_PAGES_OF_ALL_DATA = ("index", "compare", "pairs", "data", "sources")
# Files of `data/` without facts.
_WITHOUT_FACTS = (
    "data/locales/",
    "data/print.yaml",
    "data/skipped-warnings.yaml",
    "data/still-right.yaml",
)


def last_changed(edition: Edition, path: str, days: Mapping[str, date]) -> date | None:
    """Return the day on which a page last changed; None if no commit is known.

    `days` are the days of the last commit that changed each file, by path.
    """
    files = _source_files(edition, path, days)
    return max((days[file] for file in files if file in days), default=None)


def _source_files(edition: Edition, path: str, known: Collection[str]) -> Iterator[str]:
    """Yield the files that a page is made from; `known` are all files that may be."""
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
    elif path in _PAGES_OF_ALL_DATA:
        yield from (
            file
            for file in known
            if file.startswith("data/") and not file.startswith(_WITHOUT_FACTS)
        )
