"""Atom feed (RFC 4287) of the news in one language."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from brochure.base.urls import feed_url, page_url
from brochure.localize.edition import Edition

_ATOM = "http://www.w3.org/2005/Atom"


def feed(edition: Edition) -> str:
    """Return the feed, its entries from the newest on.

    The id of an entry is the address of its page; its date is its own day at midnight UTC, so that
    the same input gives the same bytes on any day.
    """
    settings, news = edition.settings, edition.narratives["news/index"]
    default = settings.locales[0]

    def address(page: str) -> str:
        return settings.site_url + page_url(page, edition.locale, default)

    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": edition.locale})
    own = settings.site_url + feed_url(edition.locale, default)
    _add(root, "id", own)
    _add(root, "title", f"{edition.alliance.name} – {news.title}")
    _add(root, "subtitle", news.description)
    newest = max((entry.date for entry in edition.news), default=edition.alliance.edition)
    _add(root, "updated", _midnight(newest))
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=own)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=address("news/index"))
    _add(ET.SubElement(root, "author"), "name", edition.alliance.name)
    for entry in edition.news:
        page = address(entry.narrative.page)
        item = ET.SubElement(root, "entry")
        _add(item, "id", page)
        _add(item, "title", entry.narrative.title)
        _add(item, "updated", _midnight(entry.date))
        _add(item, "published", _midnight(entry.date))
        ET.SubElement(item, "link", rel="alternate", type="text/html", href=page)
        _add(item, "summary", entry.narrative.description)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add(parent: ET.Element, name: str, text: str) -> None:
    """Add an element with plain text, which ElementTree escapes (RFC 4287, 3.1.1.1)."""
    ET.SubElement(parent, name).text = text


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
