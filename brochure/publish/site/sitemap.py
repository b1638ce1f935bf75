"""The sitemap (https://www.sitemaps.org/protocol.html).

A page is dated by the last commit that changed its content (`render.last_changed`). The history is
part of the commit, so the same commit gives the same bytes; the clock and the modification times of
files are not used. Without a history, or with a shallow one, a page has the date of its edition; an
entry of the news is never older than its own date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

from brochure.localize.edition import Edition
from brochure.render.page import Page

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def last_modified(edition: Edition, page: Page) -> date:
    """Return the day on which a page last changed, or that of its entry or of the edition."""
    day = next((entry.date for entry in edition.news if entry.narrative.page == page.path), None)
    if page.changed and day:
        return max(page.changed, day)
    return page.changed or day or edition.alliance.edition


def sitemap(editions: Sequence[Edition], pages: Sequence[Page]) -> str:
    """Return the sitemap with every page's versions in other languages (sitemaps.org 0.9)."""
    ET.register_namespace("", _SITEMAP)
    ET.register_namespace("xhtml", _XHTML)
    site = editions[0].settings.site_url
    by_path: dict[str, dict[str, Page]] = {}
    for page in pages:
        by_path.setdefault(page.path, {})[page.locale] = page
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    for versions in by_path.values():
        for edition in editions:
            url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
            ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = site + versions[edition.locale].url
            day = last_modified(edition, versions[edition.locale]).isoformat()
            ET.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = day
            named = [(other.locale, versions[other.locale].url) for other in editions]
            for locale, address in [*named, ("x-default", named[0][1])]:
                ET.SubElement(
                    url, f"{{{_XHTML}}}link", rel="alternate", hreflang=locale, href=site + address
                )
    ET.indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
