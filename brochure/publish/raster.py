"""SVG -> PNG: the pictures for sharing and the icons; the only module that imports resvg.

resvg draws by itself, with the fonts it is given and no other: the same drawing gives the same
bytes on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from brochure.cache import Cache
from brochure.signposts import ICONS, MASKABLE, icon_url

MARK = "overrides/site/assets/mark.svg"
_FONTS = "overrides/print/fonts"


def pixels(drawings: Mapping[str, str], root: Path, stored: Cache) -> Iterator[tuple[str, bytes]]:
    """A PNG of each drawing with the same address, one after another: all would fill the memory."""
    fonts = sorted((root / _FONTS).glob("*.ttf"))
    basis = hashlib.sha256(version("resvg-py").encode())
    for font in fonts:
        basis.update(font.read_bytes())
    for address, svg in drawings.items():
        digest = basis.copy()
        digest.update(svg.encode())
        key = f"pixels/{digest.hexdigest()}.png"
        yield address, stored.get(key) or stored.keep(key, _drawn(svg, fonts))


def icons(root: Path) -> dict[str, str]:
    """The alliance's mark as square drawings of each size, on white, by their addresses."""
    mark = (root / MARK).read_text(encoding="utf-8")
    inner = mark[mark.index(">") + 1 : mark.rindex("</svg>")]

    def square(side: int, margin: int) -> str:
        edge = 32 + 2 * margin
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
            f'viewBox="{-margin} {-margin} {edge} {edge}"><rect x="{-margin}" y="{-margin}" '
            f'width="{edge}" height="{edge}" fill="#ffffff"/>{inner}</svg>'
        )

    # Of a maskable icon only the inner circle, of four fifths of the side, is sure to be seen.
    return {icon_url(side): square(side, 4) for side in ICONS} | {MASKABLE: square(ICONS[-1], 9)}


def _drawn(svg: str, fonts: list[Path]) -> bytes:
    # Imported only here: most builds find all pictures drawn.
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, skip_system_fonts=True, font_files=[str(font) for font in fonts]
        )
    )
