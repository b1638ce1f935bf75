"""Pages -> the list that Material's search looks through: an entry for each section of a page.

Material's search (lunr) finds the beginnings of words only, so 산업 would miss 전략산업. Each entry
gets the ends of its Hangul words, and its accented words without accents, as tags, which the
theme does not show.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from brochure.views import Page

_HANGUL = re.compile(r"[가-힣]{3,}")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_TAG = re.compile(r"<[^>]+>")
# A heading with an id begins a section.
_HEADING = re.compile(r'<h[1-6]\b[^>]*?\bid="([^"]*)"[^>]*>(.*?)</h[1-6]>', re.DOTALL)
# What is not text; and the tags that a result is shown with, inside which no heading stands. A tag
# within a word goes, every other parts two words.
_UNREAD = re.compile(r"<!--.*?-->|<(script|style|object)\b.*?</\1>", re.DOTALL)
_SHOWN = re.compile(r"(</?(?:p|code|pre|sub|sup)\b)[^>]*>")
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|em|i|mark|span|strong|time|u)\b[^>]*>")
_OTHER = re.compile(r"(?:<(?!/?(?:p|code|pre|sub|sup)>)[^>]*>\s*)+")
_EMPTY = re.compile(r"<(p|code|pre)>\s*</\1>")


def index(pages: Sequence[Page], config: Mapping[str, Any], locales: Sequence[str]) -> str:
    """The index as JSON. `config` is Material's own, but for the weight of the tags.

    What a translation says word for word as the default language is listed once.
    """
    said = set()
    entries = []
    for page in sorted(pages, key=lambda page: locales.index(page.locale)):
        for entry in sections(page):
            own = page.path, entry["location"].partition("#")[2], entry["title"], entry["text"]
            if own not in said:
                said.add(own)
                entries.append(entry)
    fields = {**config["fields"], "tags": {**config["fields"]["tags"], "boost": 1.0}}
    data = {"config": {**config, "fields": fields}, "docs": entries}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def sections(page: Page) -> Iterator[dict[str, Any]]:
    """The entries of a page: what stands before its first heading with an id, and each section."""
    anchor, title = "", page.title
    for part in _parts(_UNREAD.sub("", page.html)):
        if isinstance(part, str):
            text = _readable(part)
            yield {
                "location": page.url + (f"#{anchor}" if anchor else ""),
                "title": title,
                "text": text,
                "tags": sorted(_ends(f"{title} {text}") | _plain(f"{title} {text}")),
            }
        else:
            anchor, title = part


def _parts(html: str) -> Iterator[str | tuple[str, str]]:
    """The sections of a page, and before each but the first the id and words of its heading."""
    end = 0
    for heading in _HEADING.finditer(html):
        yield html[end : heading.start()]
        words = " ".join(_TAG.sub(" ", heading[2]).split())
        yield unescape(heading[1]), _plainly_quoted(words)
        end = heading.end()
    yield html[end:]


def _readable(html: str) -> str:
    """The text of a section, with the few tags that results are shown with."""
    text = _OTHER.sub(" ", _SHOWN.sub(r"\1>", _INLINE.sub("", html)))
    return _plainly_quoted(" ".join(_EMPTY.sub("", text).split()))


def _plainly_quoted(text: str) -> str:
    """Marks of quotation as they are: between tags only they need no escape."""
    return text.replace("&#34;", '"').replace("&#39;", "'")


def _ends(text: str) -> set[str]:
    """The ends, two syllables or longer, of all Hangul words of three syllables or more."""
    words = set(_HANGUL.findall(text))
    return {word[start:] for word in words for start in range(1, len(word) - 1)}


def _plain(text: str) -> set[str]:
    """The accented Latin words of a text without their accents."""
    words = {word for word in _LATIN.findall(text) if not word.isascii()}
    return {
        "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
        for word in words
    }
