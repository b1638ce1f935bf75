"""Split the HTML of a page into the sections that the search index holds.

A section is the text under a heading with an id, or above the first such heading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

# Elements that nobody searches for, or that repeat other text of the page.
_SKIPPED = frozenset(("h1", "nav", "script", "style", "svg", "sup", "code", "pre"))
_HEADINGS = frozenset(("h2", "h3"))
# Elements that do not end a word.
_INLINE = frozenset(("a", "abbr", "b", "bdi", "cite", "em", "i", "mark", "q", "span", "strong"))


class Section(NamedTuple):
    """The words under one heading; `anchor` and `title` are empty above the first."""

    anchor: str
    title: str
    text: str


@dataclass
class _SectionBuilder:
    """A section while it is read."""

    anchor: str
    title: str
    words: list[str] = field(default_factory=list)


def sections(html: str, description: str) -> list[Section]:
    """Return the sections of a page that have text; the first begins with the description."""
    builders = [_SectionBuilder("", "", [description, " "])]
    body = etree.fromstring(f"<body>{html}</body>", etree.HTMLParser())
    _read(body, builders)
    found = [Section(builder.anchor, builder.title, _join(builder.words)) for builder in builders]
    return [section for section in found if section.text or section.title]


def _read(element: etree._Element, builders: list[_SectionBuilder]) -> None:
    """Add the text inside an element to the last of `builders`; a heading begins a new one."""
    if element.text:
        builders[-1].words.append(element.text)
    for child in element:
        name = child.tag
        if name in _HEADINGS and child.get("id"):
            heading = [_SectionBuilder("", "")]
            _read(child, heading)
            builders.append(_SectionBuilder(child.get("id", ""), _join(heading[0].words)))
        elif isinstance(name, str) and name not in _SKIPPED and child.get("popover") is None:
            _read(child, builders)
            if name not in _INLINE:
                builders[-1].words.append(" ")
        if child.tail:
            builders[-1].words.append(child.tail)


def _join(words: list[str]) -> str:
    """Return the words as one text with single spaces."""
    return " ".join("".join(words).split())
