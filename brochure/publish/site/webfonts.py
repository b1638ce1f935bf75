"""The web's letters: Pretendard, cut down to what the pages of the site say.

A language of thousands of letters weighs megabytes; a publication uses some hundreds of them. The
font is one variable file, cut into parts by who needs them, so that a visitor loads the letters of
their language once: what several languages share, what the front page and the cities' pages of a
language have, and the rest of that language.

By the font's licence (OFL 1.1, clause 3) what was changed may not bear its reserved name, so
the parts are called FAMILY.
"""

from __future__ import annotations

import hashlib
import io
import json
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from brochure.base.cache import Cache, digest
from brochure.base.program import version
from brochure.render.page import Page

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
    frames: Mapping[str, Any],
    root: Path,
    inputs: Mapping[str, str],
    stored: Cache,
) -> dict[str, Part]:
    """The parts by name: `shared`, and `ko-first` and `ko-more` for each language that has them.

    `inputs` are the digests of the files at `root`.
    """
    own = (root / "overrides/site").rglob("*.*")
    always = "".join(file.read_text("utf-8") for file in own if file.suffix in (".css", ".html"))
    wanted = alphabets(pages, frames, always)
    source = root / SOURCE
    tools = (version("fonttools"), version("brotli"), FAMILY, *_FEATURES)
    name = digest(inputs.get(SOURCE, ""), *tools, *wanted.values())
    keys = {part: f"webfonts/{name}-{part}.woff2" for part in wanted}
    kept = {part: stored.get(key) for part, key in keys.items()}
    if None in kept.values():
        kept = {part: stored.put(keys[part], font) for part, font in _cut(source, wanted).items()}
    return {part: Part(wanted[part], font) for part, font in kept.items() if font}


def alphabets(pages: Sequence[Page], frames: Mapping[str, Any], always: str) -> dict[str, str]:
    """The letters of each part of the font, each letter in one part, sorted."""
    used, first = {}, {}
    for locale, frame in frames.items():
        own = [page for page in pages if page.locale == locale]
        opening = [page for page in own if page.path == "index" or page.path.startswith("cities/")]
        words = json.dumps(frame, ensure_ascii=False)
        used[locale], first[locale] = _letters(words, own), _letters(words, opening)
    counted = Counter(letter for letters in used.values() for letter in letters)
    shared = {letter for letter, count in counted.items() if count > 1}
    # Every page names the other languages.
    shared |= {*string.printable, *always, *"".join(frame["language"] for frame in frames.values())}
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
    """The stylesheet, for a file in `assets/`.

    Letters that come late stay away until the next page (`optional`), and the device's own stand
    in: no line moves under the reader's eyes. A page asks for its parts at once, so that they are
    seldom late.
    """
    return "".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {LIGHTEST} {BOLDEST}; '
        f'font-display: optional; src: url({part.url.removeprefix("assets/")}) format("woff2"); '
        f"unicode-range: {_ranges(part.letters)}; }}\n"
        for part in parts.values()
    )


def preloaded(parts: Mapping[str, Part], page: Page) -> list[str]:
    """The addresses of the parts that a page needs; its frame needs the first two."""
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
    """Each part as a WOFF2 file; the weights that the site does not use are cut off as well."""
    # Imported only here: most builds find all parts made.
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
