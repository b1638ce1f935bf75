"""The frame of a page: which pages share one, and how a page is put into it.

MkDocs frames one page of each kind; its title, its address and its body are marks, which are
filled in for every page of the kind. So MkDocs does the same work for five cities as for a
thousand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markupsafe import escape

from brochure.base.cache import digest
from brochure.base.problem import BrochureError
from brochure.base.urls import page_url, relative
from brochure.render.drawing.social_card import share_url
from brochure.render.page import Page

_MARK = re.compile(r"@@([A-Za-z-]+)@@")


class SiteError(BrochureError):
    """The frame of the site cannot be made; the message has the reason in MkDocs' own words."""


def mark(name: str) -> str:
    """What stands in a frame in the place of a page's own."""
    return f"@@{name}@@"


def kind(path: str) -> str:
    """The page whose frame a page has: its own, or that of all equally deep in its folder.

    A frame leads to other pages by relative addresses and marks the page's folder in the menu, so
    that only pages at one depth of one folder can share it.
    """
    first, *rest = page_url(path, "", "").strip("/").split("/")
    return "/".join([first, *("x" for _ in rest)]) if rest else path


class Frames:
    """The frames of an empty site, ready to be filled."""

    def __init__(self, shell: Mapping[str, bytes], default: str) -> None:
        self._shell = shell
        self._default = default
        self._parts: dict[str, Sequence[str]] = {}
        self._digests: dict[str, str] = {}

    def digest(self, page: Page) -> str:
        """What stands for the frame of a page."""
        name = self._name(page)
        if name not in self._digests:
            self._digests[name] = digest(self._shell[name])
        return self._digests[name]

    def filled(self, page: Page, urls: Mapping[str, str], fonts: Sequence[str]) -> bytes:
        """The page in its frame.

        `urls` are the addresses of its versions by language, and `fonts` those of the fonts that
        it needs.
        """
        own = {
            "title": escape(page.title),
            "description": escape(page.description),
            "url": page.url,
            "share": share_url(page.path, page.locale),
            "fonts": "".join(
                f'<link rel="preload" href="{relative(font, page.url)}" as="font" '
                'type="font/woff2" crossorigin>\n'
                for font in fonts
            ),
            "changed": f'<p class="changed"><time datetime="{page.changed}">{escape(page.when)}'
            "</time></p>\n"
            if page.changed
            else "",
            # Both are safe as they are: see json_ld.py and markdown.py in brochure/render/.
            "linked": page.linked,
            "html": page.html,
            **{f"url-{locale}": url for locale, url in urls.items()},
        }
        parts = self._frame(page)
        filled = (own.get(part, mark(part)) if n % 2 else part for n, part in enumerate(parts))
        return "".join(filled).encode()

    def _frame(self, page: Page) -> Sequence[str]:
        """The frame of a page, split at its marks: text, mark, text and so on."""
        name = self._name(page)
        if name not in self._parts:
            self._parts[name] = _MARK.split(self._shell[name].decode())
        return self._parts[name]

    def _name(self, page: Page) -> str:
        return page_url(kind(page.path), page.locale, self._default) + "index.html"
