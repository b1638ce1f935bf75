"""City or alliance -> the picture that stands for its pages where somebody shares them, as SVG.

1200 × 630 pixels, the size that messengers and social networks show uncut: the name and what is
said of it, on the art of the cover. Pure; publish/raster.py makes pixels of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from markupsafe import escape

from brochure.base.artifact import GeneratedFile
from brochure.base.colour import WHITE
from brochure.base.text_width import ems
from brochure.localize.edition import City, Edition
from brochure.render.drawing.cover_art import alliance_artwork, artwork

WIDTH, HEIGHT = 1200, 630
MARGIN, NIGHT = 72, "#0f1b33"
# The art is a strip of square tiles along the foot.
COLUMNS, ROWS = 12, 2
_FONT = "Pretendard"


def share_url(path: str, locale: str) -> str:
    """The address of the picture of a page relative to the site's root.

    A city's page has its own, every other page the alliance's.
    """
    return f"share/{locale}/{path if path.startswith('cities/') else 'index'}.png"


def pictures(edition: Edition) -> dict[str, GeneratedFile]:
    """The pictures of a language as SVG documents, by the addresses of what is made of them."""
    alliance = edition.alliance

    def of_alliance() -> str:
        art = alliance_artwork(edition.cities, alliance.accent, COLUMNS, ROWS)
        return _picture(NIGHT, alliance.acronym, alliance.name, alliance.slogan, str(art))

    def of_city(city: City) -> str:
        art = artwork(city, COLUMNS, ROWS)
        return _picture(city.accent, alliance.name, city.name, city.lead, str(art))

    return {
        share_url("index", edition.locale): GeneratedFile(of_alliance, list(edition.members))
    } | {
        share_url(f"cities/{name}", edition.locale): GeneratedFile(partial(of_city, city), [name])
        for name, city in edition.members.items()
    }


def _picture(ground: str, above: str, name: str, text: str, art: str) -> str:
    strip = HEIGHT - ROWS * WIDTH // COLUMNS
    size = 108 if ems(name) * 108 <= WIDTH - 2 * MARGIN else 72
    lines = _lines(name, size, 2)
    top = MARGIN + 30
    parts = [_text(above, MARGIN, top, 30, 600)]
    for line in lines:
        top += round(size * 1.12)
        parts.append(_text(line, MARGIN, top, size, 800))
    top += 24
    for line in _lines(text, 36, 3):
        top += 48
        parts.append(_text(line, MARGIN, top, 36, 400))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>'
        f'<svg y="{strip}" width="{WIDTH}" height="{HEIGHT - strip}" '
        f'viewBox="0 0 {COLUMNS * 100} {ROWS * 100}">{art}</svg>{"".join(parts)}</svg>'
    )


def _text(words: str, x: int, y: int, size: int, weight: int) -> str:
    spacing = f' letter-spacing="{-0.03 * size:g}"' if size > 60 else ""
    return (
        f'<text x="{x}" y="{y}" fill="{WHITE}" font-family="{_FONT}" font-size="{size}" '
        f'font-weight="{weight}"{spacing}>{escape(words)}</text>'
    )


def _lines(text: str, size: int, most: int) -> Sequence[str]:
    """The text in lines that fit; what is more than `most` lines ends in an ellipsis."""
    room, lines = (WIDTH - 2 * MARGIN) / size, [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if ems(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]
