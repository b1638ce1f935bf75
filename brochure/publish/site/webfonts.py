"""Web fonts: Pretendard, subset to the characters on the pages of the site.

A Korean font has thousands of characters and weighs megabytes; a publication uses some hundreds of
them. The font is one variable file, divided into parts by the pages that need them, so that a
visitor loads the characters of a language once: those that several languages share, those of the
front page and the cities' pages of a language, and the rest of that language.

By the font's licence (OFL 1.1, clause 3) a modified version may not bear its reserved name, so
the parts are called FAMILY.
"""

from __future__ import annotations

import hashlib
import io
import json
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

from brochure.base.cache import Cache
from brochure.render.page import Page
from brochure.render.site_frame import FrameContext

FAMILY = "Innopolis Sans"
SOURCE = "overrides/fonts/PretendardVariable.ttf"
LIGHTEST, BOLDEST = 400, 800
# The features that the stylesheet asks for, and those that a text needs anyway.
_FEATURES = ["calt", "ccmp", "kern", "locl", "mark", "mkmk", "ss05", "tnum"]
# A part of fewer letters is not worth a request: all languages share it.
_SMALLEST = 64


@dataclass(frozen=True)
class Part:
    """A part of the font: its letters, sorted, and the file that holds them."""

    letters: str
    font: bytes

    @property
    def url(self) -> str:
        """Its address relative to the site's root; another content has another."""
        return f"assets/fonts/{hashlib.sha256(self.font).hexdigest()[:16]}.woff2"


def webfonts(
    pages: Sequence[Page],
    contexts: Mapping[str, FrameContext],
    root: Path,
    inputs: Mapping[str, str],
    stored: Cache,
) -> dict[str, Part]:
    """Return the parts by name: `shared`, `ko-first` and `ko-more` for a language that has them.

    `inputs` are the digests of the files at `root`.
    """
    own = [*(root / "overrides/site").rglob("*.*"), *(root / "overrides/styles").glob("*.css")]
    always = "".join(file.read_text("utf-8") for file in own if file.suffix in (".css", ".html"))
    wanted = alphabets(pages, contexts, always)
    source = root / SOURCE
    content = inputs.get(SOURCE)
    keys = {part: stored.key("webfonts", __name__, content, wanted, part) for part in wanted}
    fonts = {part: stored.get(key) for part, key in keys.items()}
    if None in fonts.values():
        fonts = {part: stored.put(keys[part], font) for part, font in _cut(source, wanted).items()}
    return {part: Part(wanted[part], font) for part, font in fonts.items() if font}


def alphabets(
    pages: Sequence[Page], contexts: Mapping[str, FrameContext], always: str
) -> dict[str, str]:
    """Return the letters of each part of the font, each letter in one part, sorted."""
    used, first = {}, {}
    for locale, context in contexts.items():
        own = [page for page in pages if page.locale == locale]
        opening = [page for page in own if page.path == "index" or page.path.startswith("cities/")]
        words = json.dumps(asdict(context), ensure_ascii=False)
        used[locale], first[locale] = _letters(words, own), _letters(words, opening)
    counted = Counter(letter for letters in used.values() for letter in letters)
    shared = {letter for letter, count in counted.items() if count > 1}
    # Every page names the other languages.
    shared |= {
        *string.printable,
        *always,
        *"".join(context.language for context in contexts.values()),
    }
    parts = {}
    for locale, letters in used.items():
        for name, part in ((f"{locale}-first", first[locale] - shared),
                           (f"{locale}-more", letters - first[locale] - shared)):  # fmt: skip
            if len(part) < _SMALLEST:
                shared |= part
            else:
                parts[name] = part
    parts["shared"] = shared
    return {
        name: "".join(sorted(letter for letter in part if letter.isprintable()))
        for name, part in sorted(parts.items())
    }


def _letters(text: str, pages: Iterable[Page]) -> set[str]:
    return set(text).union(*(page.letters for page in pages))


def faces(parts: Mapping[str, Part]) -> str:
    """Return the stylesheet with the parts as font faces, for a file in `assets/`.

    With `font-display: optional`, a font that loads late is not used before the next page, and the
    device's own font stands in: no line moves while it is read. A page preloads its parts, so that
    they are seldom late.
    """
    return "".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {LIGHTEST} {BOLDEST}; '
        f'font-display: optional; src: url({part.url.removeprefix("assets/")}) format("woff2"); '
        f"unicode-range: {_ranges(part.letters)}; }}\n"
        for part in parts.values()
    )


def preloaded(parts: Mapping[str, Part], page: Page) -> list[str]:
    """Return the addresses of the parts that a page needs; its frame needs the first two."""
    first = ("shared", f"{page.locale}-first")
    letters = _letters("", [page])
    return [
        part.url for name, part in parts.items() if name in first or letters & set(part.letters)
    ]


def _ranges(letters: str) -> str:
    runs: Iterator[list[int]] = (
        [code for _, code in run]
        for _, run in groupby(enumerate(map(ord, letters)), lambda pair: pair[1] - pair[0])
    )
    return ",".join(
        f"U+{run[0]:x}-{run[-1]:x}" if len(run) > 1 else f"U+{run[0]:x}" for run in runs
    )


def _cut(source: Path, wanted: Mapping[str, str]) -> dict[str, bytes]:
    """Return each part as a WOFF2 file, without the weights that the site does not use."""
    # Imported only here: most builds find all parts made. Brotli is what fontTools compresses WOFF2
    # with; it is named because results depend on its version.
    import brotli  # noqa: F401
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    def subsetted(font: TTFont, letters: Iterable[str]) -> TTFont:
        options = subset.Options(
            layout_features=_FEATURES, hinting=False, notdef_outline=True, recalc_timestamp=False
        )
        options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=map(ord, letters))
        cutter.subset(font)
        return font

    whole = io.BytesIO(source.read_bytes())
    font = subsetted(TTFont(whole, lazy=True, recalcTimestamp=False), "".join(wanted.values()))
    instancer.instantiateVariableFont(font, {"wght": (LIGHTEST, BOLDEST)}, inplace=True)
    for number, words in {1: FAMILY, 3: FAMILY, 4: FAMILY, 6: FAMILY.replace(" ", "")}.items():
        for record in font["name"].names:
            if record.nameID == number:
                record.string = words
    whole = io.BytesIO()
    font.save(whole)
    parts = {}
    for name, letters in wanted.items():
        whole.seek(0)
        part = subsetted(TTFont(whole, recalcTimestamp=False), letters)
        part.flavor = "woff2"
        made = io.BytesIO()
        part.save(made)
        parts[name] = made.getvalue()
    return parts
