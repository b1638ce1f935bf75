"""Frames of pages: which pages share one, and how a page is put into its frame.

A frame is the HTML around the body of a page: head, header and footer. MkDocs renders one frame
for each kind of page, with slots for the page's title, addresses, body and so on, which are filled
for every page of the kind. So MkDocs does the same work for five cities as for a thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from brochure.base.cache import digest
from brochure.base.problem import BrochureError
from brochure.base.urls import page_url, relative
from brochure.render.drawing.social_card import share_url
from brochure.render.page import Page

_SLOT = re.compile("\ue000([a-zA-Z0-9_-]+)\ue001")
_PRELOAD = Markup('<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>\n')
_CHANGED = Markup('<p class="changed"><time datetime="{}">{}</time></p>\n')


class SiteError(BrochureError):
    """The frames of the site cannot be rendered; the message has MkDocs' reason."""


def _slot(name: str) -> str:
    # Private-use characters are refused in all input, so no value of the data can open a slot;
    # autoescape leaves them as they are.
    return f"\ue000{name}\ue001"


@dataclass(frozen=True)
class PageSlots:
    """Slots that the templates of the frame print in the place of a page's own values.

    `alternates` are the addresses of the page's versions by language.
    """

    alternates: Mapping[str, str]
    title: str = _slot("title")
    description: str = _slot("description")
    url: str = _slot("url")
    share: str = _slot("share")
    fonts: str = _slot("fonts")
    json_ld: str = _slot("json_ld")
    changed: str = _slot("changed")
    html: str = _slot("html")


def page_slots(locales: Iterable[str]) -> PageSlots:
    """Return the slots of a page that has a version in each of these languages."""
    return PageSlots({locale: _slot(_alternate(locale)) for locale in locales})


def _alternate(locale: str) -> str:
    return f"url-{locale}"


def kind(path: str) -> str:
    """Return the page whose frame `path` has: its own, or one for all at this depth of its folder.

    A frame links to other pages by relative addresses and shows the page's folder in the menu, so
    that only pages at one depth of one folder can share it.
    """
    first, *rest = page_url(path, "", "").strip("/").split("/")
    return "/".join([first, *("x" for _ in rest)]) if rest else path


class Frames:
    """Rendered frames, ready to be filled with pages."""

    def __init__(self, rendered: Mapping[str, bytes], default: str) -> None:
        """`rendered` are the frames as HTML by their file names, `default` is the site's locale."""
        self._rendered = rendered
        self._default = default
        self._parts: dict[str, Sequence[str]] = {}
        self._digests: dict[str, str] = {}

    def digest(self, page: Page) -> str:
        """Return the digest of the frame of a page."""
        name = self._name(page)
        if name not in self._digests:
            self._digests[name] = digest(self._rendered[name])
        return self._digests[name]

    def filled(self, page: Page, urls: Mapping[str, str], fonts: Sequence[str]) -> bytes:
        """Return the page in its frame, as HTML.

        `urls` are the addresses of its versions by language, and `fonts` those of the fonts that
        it needs.
        """
        values = {
            "title": escape(page.title),
            "description": escape(page.description),
            "url": escape(page.url),
            "share": escape(share_url(page.path, page.locale)),
            "fonts": Markup().join(_PRELOAD.format(relative(font, page.url)) for font in fonts),
            "changed": _CHANGED.format(page.changed, page.when) if page.changed else "",
            # JSON without `<`, `>` and `&`: see brochure/render/json_ld.py.
            "json_ld": page.json_ld,
            # Rendered by autoescaping templates: see brochure/render/templates.py.
            "html": page.html,
            **{_alternate(locale): escape(url) for locale, url in urls.items()},
        }
        parts = self._split(page)
        filled = (values[part] if n % 2 else part for n, part in enumerate(parts))
        return "".join(filled).encode()

    def _split(self, page: Page) -> Sequence[str]:
        """Return the frame of a page, split at its slots: text, name of a slot, text and so on."""
        name = self._name(page)
        if name not in self._parts:
            self._parts[name] = _SLOT.split(self._rendered[name].decode())
        return self._parts[name]

    def _name(self, page: Page) -> str:
        return page_url(kind(page.path), page.locale, self._default) + "index.html"
