"""Pages -> what the search looks through: one list of sections a language.

A section is what stands under a heading with an address, or above the first one. Its address
below the language's root is the same in every language, so that a word of another language (the
name of an organisation) finds the section in the reader's own. How a query is matched and ranked is
in overrides/site/assets/site.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import html as markup

from brochure.exact import written
from brochure.links import page_url
from brochure.views import Page

# What no one looks for, or what is said elsewhere on the page.
_SKIPPED = frozenset(("nav", "script", "style", "svg", "sup", "code", "pre"))
_HEADINGS = frozenset(("h2", "h3"))
# What ends a word even where no space stands.
_INLINE = frozenset(("a", "abbr", "b", "bdi", "cite", "em", "i", "mark", "q", "span", "strong"))


@dataclass
class _Section:
    """The words under one heading; `anchor` is empty above the first."""

    anchor: str
    title: str = ""
    words: list[str] = field(default_factory=list)


def search_url(locale: str) -> str:
    """The address of a language's index relative to the site's root."""
    return f"search/{locale}.json"


def indices(pages: Iterable[Page]) -> Mapping[str, str]:
    """The index of each language as JSON, by its address.

    `pages` are titles and addresses below the language's root; `sections` are rows of a page's
    number, anchor, title and text.
    """
    by_locale: dict[str, list[Page]] = {}
    for page in pages:
        by_locale.setdefault(page.locale, []).append(page)
    return {
        search_url(locale): written(_index(own), indent=None) for locale, own in by_locale.items()
    }


def _index(pages: Iterable[Page]) -> dict[str, list[list[str | int]]]:
    places: list[list[str | int]] = []
    sections: list[list[str | int]] = []
    for number, page in enumerate(pages):
        places.append([page_url(page.path, "", ""), page.title])
        sections += [
            [number, one.anchor, one.title, " ".join("".join(one.words).split())]
            for one in _sections(page)
            if one.words or one.title
        ]
    return {"pages": places, "sections": sections}


def _sections(page: Page) -> Iterator[_Section]:
    section = _Section("", words=[page.description, " "])
    for kind, value in _walk(markup.fragment_fromstring(page.html, create_parent="div")):
        if kind == "heading":
            yield section
            anchor, _, title = value.partition("\0")
            section = _Section(anchor, title)
        else:
            section.words.append(value)
    yield section


def _walk(element: markup.HtmlElement) -> Iterator[tuple[str, str]]:
    """The text and the headings below an element, in order; a heading is anchor, NUL and words."""
    if element.text:
        yield "text", element.text
    for child in element:
        name = child.tag
        if name in _HEADINGS and child.get("id"):
            yield "heading", f"{child.get('id')}\0{_plain(child)}"
        elif name == "h1":
            pass
        elif isinstance(name, str) and name not in _SKIPPED and child.get("popover") is None:
            yield from _walk(child)
            if name not in _INLINE:
                yield "text", " "
        if child.tail:
            yield "text", child.tail


def _plain(element: markup.HtmlElement) -> str:
    return " ".join("".join(text for kind, text in _walk(element)).split())
