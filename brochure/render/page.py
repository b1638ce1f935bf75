"""A rendered page of the site, before it is put into its frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from brochure.base.cache import digest
from brochure.base.urls import page_url
from brochure.localize.edition import Edition
from brochure.render.json_ld import json_ld
from brochure.render.search_sections import Section, sections


@dataclass(frozen=True)
class Page:
    """A page of the site in one language.

    `path` is the page without language (`cities/daejeon`, `index`); `url` is relative to the
    site's root. `json_ld` is its structured data for search engines, safe inside a script element.
    `sections` are what the site's own search looks through, and `letters` those that the page
    shows. `digest` stands for all of it; `body` gives the HTML. `changed` is the day on which it
    last changed, if git knows it, and `when` says so.
    """

    path: str
    locale: str
    url: str
    title: str
    description: str
    json_ld: str
    sections: Sequence[Section]
    letters: str
    digest: str
    body: Callable[[], str] = field(repr=False, compare=False)
    changed: date | None = None
    when: str = ""

    @property
    def html(self) -> str:
        """Return the body, which stands in the page's frame."""
        return self.body()


def made_page(path: str, title: str, description: str, html: str, edition: Edition) -> Page:
    """Return the page with this body."""
    locale = edition.locale
    data = json_ld(path, title, edition)
    return Page(
        path=path,
        locale=locale,
        url=page_url(path, locale, edition.settings.locales[0]),
        title=title,
        description=description,
        json_ld=data,
        sections=sections(html, description),
        letters="".join(sorted({*title, *html})),
        digest=digest(title, description, data, html),
        body=lambda: html,
    )
