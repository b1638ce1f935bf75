"""Draw the preview images for messengers and social networks (`og:image`) as SVG.

1200 × 630 pixels, the size that they show without cropping: the name and a sentence above the cover
art. publish/site/raster.py renders them as PNG.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from markupsafe import escape

from brochure.base.artifact import GeneratedFile
from brochure.base.colour import WHITE
from brochure.base.text_width import em_width
from brochure.localize.edition import City, Edition
from brochure.render.drawing.cover_art import alliance_artwork, artwork

WIDTH, HEIGHT = 1200, 630
MARGIN, NIGHT = 72, "#0f1b33"
# The size of the artwork along the lower edge, in tiles.
COLUMNS, ROWS = 12, 2
_FONT = "Pretendard"


def share_url(path: str, locale: str) -> str:
    """Return the address of the preview image of a page relative to the site's root.

    The page of a city has its own, every other page the image of the alliance.
    """
    return f"share/{locale}/{path if path.startswith('cities/') else 'index'}.png"


def social_cards(edition: Edition) -> dict[str, GeneratedFile]:
    """Return the preview images of a language as SVG documents, by the address of their PNG."""
    alliance = edition.alliance

    def of_alliance() -> str:
        art = alliance_artwork(edition.cities, alliance.accent, COLUMNS, ROWS)
        return _card(NIGHT, alliance.acronym, alliance.name, alliance.slogan, str(art))

    def of_city(city: City) -> str:
        art = artwork(city, COLUMNS, ROWS)
        return _card(city.accent, alliance.name, city.name, city.lead, str(art))

    return {
        share_url("index", edition.locale): GeneratedFile(of_alliance, list(edition.members))
    } | {
        share_url(f"cities/{name}", edition.locale): GeneratedFile(partial(of_city, city), [name])
        for name, city in edition.members.items()
    }


def _card(ground: str, above: str, name: str, text: str, art: str) -> str:
    strip = HEIGHT - ROWS * WIDTH // COLUMNS
    size = 108 if em_width(name) * 108 <= WIDTH - 2 * MARGIN else 72
    lines = _wrap(name, size, 2)
    top = MARGIN + 30
    parts = [_text(above, MARGIN, top, 30, 600)]
    for line in lines:
        top += round(size * 1.12)
        parts.append(_text(line, MARGIN, top, size, 800))
    top += 24
    for line in _wrap(text, 36, 3):
        top += 48
        parts.append(_text(line, MARGIN, top, 36, 400))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>'
        f'<svg y="{strip}" width="{WIDTH}" height="{HEIGHT - strip}" '
        f'viewBox="0 0 {COLUMNS * 100} {ROWS * 100}">{art}</svg>{"".join(parts)}</svg>'
    )


def _text(text: str, x: int, y: int, size: int, weight: int) -> str:
    spacing = f' letter-spacing="{-0.03 * size:g}"' if size > 60 else ""
    return (
        f'<text x="{x}" y="{y}" fill="{WHITE}" font-family="{_FONT}" font-size="{size}" '
        f'font-weight="{weight}"{spacing}>{escape(text)}</text>'
    )


def _wrap(text: str, size: int, most: int) -> Sequence[str]:
    """Return the text in at most `most` lines that fit; a longer text ends in an ellipsis."""
    room, lines = (WIDTH - 2 * MARGIN) / size, [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if em_width(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]
