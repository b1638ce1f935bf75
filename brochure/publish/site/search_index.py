"""Search index of the site: a list of the sections of all pages, one for each language.

A section's address below the language's root is the same in every language, so that a word of
another language (the name of an organisation) finds the section in the reader's own. Matching and
ranking of a query are in overrides/scripts/search.js.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from brochure.base.artifact import GeneratedFile
from brochure.base.exact_json import dump_json
from brochure.base.urls import page_url
from brochure.render.page import Page


def search_url(locale: str) -> str:
    """Return the address of a language's index relative to the site's root."""
    return f"search/{locale}.json"


def indices(pages: Iterable[Page], members: Collection[str]) -> Mapping[str, GeneratedFile]:
    """Return the index of each language as JSON, by its address; `members` are the cities by id.

    `pages` are titles and addresses below the language's root; `sections` are rows of a page's
    number, anchor, title and text.
    """
    by_locale: dict[str, list[Page]] = {}
    for page in pages:
        by_locale.setdefault(page.locale, []).append(page)
    return {
        search_url(locale): GeneratedFile(partial(_index, own), members)
        for locale, own in by_locale.items()
    }


def _index(pages: Iterable[Page]) -> str:
    places: list[list[str | int]] = []
    sections: list[list[str | int]] = []
    for number, page in enumerate(pages):
        places.append([page_url(page.path, "", ""), page.title])
        sections += [[number, *section] for section in page.sections]
    return dump_json({"pages": places, "sections": sections}, indent=None)
