"""SVG -> PNG: the share pictures and the icons; the only module that imports resvg.

resvg uses the fonts that it is given and no fonts of the system, so the same drawing gives the same
bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from brochure.base.artifact import ReleaseFile, made
from brochure.base.cache import Cache
from brochure.publish.site.icons import ICONS, MASKABLE, icon_url

MARK = "overrides/site/assets/mark.svg"
_FONTS = "overrides/print/fonts"


def pixels(
    drawings: Iterable[ReleaseFile], root: Path, inputs: Mapping[str, str], stored: Cache
) -> Iterator[ReleaseFile]:
    """Yield a PNG of each drawing, with the same name.

    `inputs` are the digests of the files at `root`.
    """
    fonts = sorted((root / _FONTS).glob("*.ttf"))
    digests = [inputs[f"{_FONTS}/{font.name}"] for font in fonts]

    def png(drawing: ReleaseFile) -> bytes:
        svg = drawing.make()
        key = stored.key("pixels", __name__, digests, svg)
        return stored.get(key) or stored.put(key, _rasterized(svg.decode(), fonts))

    for drawing in drawings:
        basis = stored.fingerprint(__name__, digests, drawing.basis)
        yield ReleaseFile(drawing.name, basis, partial(png, drawing))


def icons(root: Path) -> list[ReleaseFile]:
    """Return the alliance's mark as square drawings of each size, on white."""
    mark = (root / MARK).read_text(encoding="utf-8")
    inner = mark[mark.index(">") + 1 : mark.rindex("</svg>")]

    def square(name: str, side: int, margin: int) -> ReleaseFile:
        edge = 32 + 2 * margin
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
            f'viewBox="{-margin} {-margin} {edge} {edge}"><rect x="{-margin}" y="{-margin}" '
            f'width="{edge}" height="{edge}" fill="#ffffff"/>{inner}</svg>'
        )
        return made(name, svg.encode())

    # Of a maskable icon only the inner circle, of four fifths of the side, is sure to be seen.
    return [*(square(icon_url(side), side, 4) for side in ICONS), square(MASKABLE, ICONS[-1], 9)]


def _rasterized(svg: str, fonts: list[Path]) -> bytes:
    # Imported only here: most builds find all pictures drawn.
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, skip_system_fonts=True, font_files=[str(font) for font in fonts]
        )
    )
