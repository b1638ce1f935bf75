"""A page's HTML -> the sections that the search looks through.

A section is what stands under a heading with an address, or above the first one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

# What no one looks for, or what is said elsewhere on the page.
_SKIPPED = frozenset(("h1", "nav", "script", "style", "svg", "sup", "code", "pre"))
_HEADINGS = frozenset(("h2", "h3"))
# What ends a word even where no space stands.
_INLINE = frozenset(("a", "abbr", "b", "bdi", "cite", "em", "i", "mark", "q", "span", "strong"))


class Section(NamedTuple):
    """The words under one heading; `anchor` and `title` are empty above the first."""

    anchor: str
    title: str
    text: str


@dataclass
class _Open:
    """A section that is still being read."""

    anchor: str
    title: str
    words: list[str] = field(default_factory=list)


def sections(html: str, description: str) -> list[Section]:
    """The sections of a page that say anything; the first begins with the description."""
    made = [_Open("", "", [description, " "])]
    body = etree.fromstring(f"<body>{html}</body>", etree.HTMLParser())
    _read(body, made)
    read = [Section(one.anchor, one.title, _plain(one.words)) for one in made]
    return [one for one in read if one.text or one.title]


def _read(element: etree._Element, made: list[_Open]) -> None:
    """Add the text below an element to the last section; each heading begins another."""
    if element.text:
        made[-1].words.append(element.text)
    for child in element:
        name = child.tag
        if name in _HEADINGS and child.get("id"):
            heading = [_Open("", "")]
            _read(child, heading)
            made.append(_Open(child.get("id", ""), _plain(heading[0].words)))
        elif isinstance(name, str) and name not in _SKIPPED and child.get("popover") is None:
            _read(child, made)
            if name not in _INLINE:
                made[-1].words.append(" ")
        if child.tail:
            made[-1].words.append(child.tail)


def _plain(words: list[str]) -> str:
    return " ".join("".join(words).split())
