"""The whole output of a tiny repository, held against files that a person has read.

`tests/fixtures/miniature/` has every kind of record there is; its words, templates and charts are
the real ones. Of a drawing only its title and description are kept: tests/render/test_charts.py
looks at what the charts draw. What differs and is meant to: `make bless`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path

from support import contents

from brochure.pipeline import publication
from brochure.render.site_frame import accents

Compare = Callable[[str, Mapping[str, str]], None]

_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_WORDS = re.compile(r"<(title|desc)\b[^>]*>(.*?)</\1>", re.DOTALL)


def undrawn(html: str) -> str:
    """The HTML with nothing left of each drawing but its title and description, a line each."""

    def words(drawing: re.Match[str]) -> str:
        lines = [f"<svg>{text}</svg>" for _, text in _WORDS.findall(drawing[0])]
        return "\n".join(lines or ["<svg></svg>"])

    return _DRAWING.sub(words, html)


def masked(text: str) -> str:
    """The text without the names and the letters of the fonts."""
    return re.sub(r"[0-9a-f]{16}(?=\.woff2)|(?<=unicode-range: )[^;]+", "*", text)


def test_pages(tiny: Path, golden: Compare) -> None:
    """Every page, as it is put into its frame, is as accepted: body and head; the accents too."""
    content = publication(tiny)
    told = ("title", "description", "locale", "path", "url", "json_ld")
    pages = {
        f"{page.path}.{page.locale}.md": "".join(
            ["---\n"]
            + [f"{name}: {json.dumps(getattr(page, name))}\n" for name in told]
            + [f"---\n\n{undrawn(page.html)}\n"]
        )
        for page in content.pages
    }
    golden("pages", pages | {"assets/accents.css": accents(content.editions[0])})


def test_brochures(tiny: Path, golden: Compare) -> None:
    """Every brochure, as it is handed to the printer, is as accepted.

    The word joiners between Korean syllables are left out, for a reader's eyes.
    """
    golden(
        "brochures",
        {
            f"{brochure.name}.html": undrawn(brochure.html).replace("\u2060", "")
            for brochure in publication(tiny).brochures
        },
    )


def test_open_data(tiny: Path, golden: Compare) -> None:
    """Every file for machines is as accepted: the open data, and the feed of each language."""
    published = contents(tiny / "dist/site")
    golden(
        "data",
        {
            path: raw.decode()
            for path, raw in published.items()
            if path.startswith("api/") or path.endswith("feed.xml")
        },
    )


def test_published_files(tiny: Path, golden: Compare) -> None:
    """The site consists of exactly the accepted files; hashes in names are masked."""
    published = contents(tiny / "dist/site")
    names = dict.fromkeys(map(masked, published))
    golden("site", {"files.txt": "\n".join(names) + "\n"})


def test_frame(tiny: Path, golden: Compare) -> None:
    """The frame that MkDocs puts around a page is as accepted: head, header, footer.

    Shown are the elements with their attributes and text, but not scripts and drawings.
    """
    pages = {
        "index.html", "en/cities/alba/index.html", "study/pairs/index.html", "en/news/index.html",
        "404.html",
    }  # fmt: skip
    published = tiny / "dist/site"
    golden(
        "frame",
        {page: outline((published / page).read_text(encoding="utf-8")) for page in pages},
    )


def outline(html: str) -> str:
    """Head, header and footer of a page, an element or text a line."""
    parser = _Outline()
    parser.feed(html)
    return "\n".join(parser.lines) + "\n"


class _Outline(HTMLParser):
    """Lists what stands in `head`, `header.masthead` and `footer.colophon`."""

    VOID = frozenset({"link", "meta", "input", "br", "hr", "img"})
    SKIPPED = frozenset({"script", "style", "svg"})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def shown(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        kinds = (own.get("class") or "").split()
        starts = tag == "head" or "masthead" in kinds or "colophon" in kinds
        shown = (self.shown or starts) and tag not in self.SKIPPED
        # The fonts are named by their content.
        if shown and own.get("as") != "font":
            words = "".join(f' {key}="{value or ""}"' for key, value in attrs)
            self.lines.append(f"{'  ' * sum(one for _, one in self.open)}<{tag}{words}>")
        if tag not in self.VOID:
            self.open.append((tag, shown))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in [one for one, _ in self.open]:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.shown and (text := " ".join(data.split())):
            self.lines.append(f"{'  ' * sum(one for _, one in self.open)}{text}")
