"""Draw texts and shapes with matplotlib in CSS pixels, and write them as plain SVG.

A kind of chart has coordinates in CSS pixels (x to the right, y *down*), draws with `text` and
`shape`, and passes the figure to `svg`:

    with canvas(400, height) as figure:
        text(figure, 0, 14, "대전", size=14, weight=Weight.SEMI_BOLD)
        shape(figure, rectangle(0, 20, 120, 16), fill=chart.accent)
        return svg(figure, chart)

Inside the `with`, matplotlib has its default settings, whatever the matplotlibrc of the machine is.
Texts are SVG texts in Pretendard; their widths are measured in the fonts of this repository.
"""

from __future__ import annotations

import io
import math
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any, Literal

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from charts import Chart

INK = "#16202c"
MUTED = "#5b6673"
LINE = "#d5dae1"
LAND = "#c3cad3"
PAPER = "#ffffff"

FONT_FOLDER = FilePath(__file__).parent.parent / "overrides" / "print" / "fonts"
# The site has the variable font, which has another name.
FONT_FAMILY = "Pretendard, 'Pretendard Variable', sans-serif"

Align = Literal["left", "center", "right"]
Point = tuple[float, float]


class Weight(IntEnum):
    """The weights of Pretendard in the repository."""

    REGULAR = 400
    SEMI_BOLD = 600
    EXTRA_BOLD = 800


_FONT_FILES = {
    Weight.REGULAR: "Pretendard-Regular.ttf",
    Weight.SEMI_BOLD: "Pretendard-SemiBold.ttf",
    Weight.EXTRA_BOLD: "Pretendard-ExtraBold.ttf",
}


class MissingGlyph(ValueError):
    """Raised for a character of a text that Pretendard does not have."""

    def __init__(self, character: str, text: str, chart: str) -> None:
        self.character, self.text, self.chart = character, text, chart
        name = f"U+{ord(character):04X} {character}"
        super().__init__(f"chart {chart!r}: the font has no glyph for {name}, in {text!r}")


# --- measuring ------------------------------------------------------------------------------------


@cache
def _font(weight: Weight) -> FT2Font:
    return FT2Font(str(FONT_FOLDER / _FONT_FILES[weight]))


@cache
def _characters(weight: Weight) -> frozenset[int]:
    return frozenset(_font(weight).get_charmap())


@lru_cache(maxsize=8192)
def _advance(character: str, weight: Weight) -> float:
    """Return the advance width of a character in em; 1 if the font lacks it and `svg` will fail."""
    if ord(character) not in _characters(weight):
        return 1.0
    font = _font(weight)
    font.set_size(1000, 72)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    font.clear()
    return glyph.linearHoriAdvance / 65536 / 1000


def measure(string: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """Return the width of `string` in px: the sum of its advance widths.

    Kerning is left out: it makes lines a little shorter in browsers, and WeasyPrint sets SVG text
    without it. So no renderer draws a wider text than this.
    """
    return size * math.fsum(_advance(character, weight) for character in string)


def wrap(string: str, width: float, size: float, weight: Weight = Weight.REGULAR) -> list[str]:
    """Return `string` in as few lines of at most `width` px as possible, of similar length.

    Lines break at spaces but not at no-break spaces. Only a word wider than a line is broken: after
    a hyphen, slash or middle dot, or else anywhere.
    """
    words = [word for word in re.split(r"[ \t\r\n]+", string) if word]
    lines = _fill_lines(words, width, size, weight)
    longest = max((measure(word, size, weight) for word in words), default=0)
    if len(lines) < 2 or longest > width:
        return lines
    # The narrowest width with the same number of lines leaves no short last line.
    narrow, wide = longest, width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(_fill_lines(words, middle, size, weight)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return _fill_lines(words, wide, size, weight)


def _fill_lines(words: Sequence[str], width: float, size: float, weight: Weight) -> list[str]:
    """Return the words in lines, each filled before the next begins."""
    lines: list[str] = []
    line = ""
    for word in words:
        joined = f"{line} {word}" if line else word
        if measure(joined, size, weight) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, width, size, weight)
        lines.extend(whole)
    return [*lines, line] if line else lines


def _pieces(word: str, width: float, size: float, weight: Weight) -> list[str]:
    """Return a word in pieces of at most `width` px."""
    pieces = []
    while measure(word, size, weight) > width and len(word) > 1:
        fitting = max(
            (n for n in range(1, len(word)) if measure(word[:n], size, weight) <= width),
            default=1,
        )
        after_mark = [m.end() for m in re.finditer(r"[-/·]", word[:fitting])]
        cut = after_mark[-1] if after_mark else fitting
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


# --- painting -------------------------------------------------------------------------------------

_RESET = {"figure", "font", "lines", "patch", "path", "savefig", "svg", "text"}
_DEFAULTS: dict[Any, Any] = {
    key: value
    for key, value in matplotlib.rcParamsDefault.items()
    if key.partition(".")[0] in _RESET
}
_SETTINGS: dict[Any, Any] = {
    **_DEFAULTS,
    "svg.fonttype": "none",
    "svg.hashsalt": "charts",
    "text.parse_math": False,
    "path.simplify": False,
    "lines.scale_dashes": False,
}


@contextmanager
def canvas(width: float, height: float) -> Iterator[Figure]:
    """Yield an empty, transparent figure of `width` x `height` px, to draw on inside the `with`."""
    with matplotlib.rc_context(_SETTINGS):
        # With 72 dots per inch, a point is an SVG unit, drawn as a CSS pixel.
        figure = Figure(figsize=(width / 72, height / 72), dpi=72, frameon=False)
        FigureCanvasSVG(figure)
        yield figure


def _downwards(figure: Figure) -> Affine2D:
    return Affine2D.from_values(1, 0, 0, -1, 0, figure.bbox.height)


def finite(value: Any, what: str) -> float:
    """Return `value` as a float. Raises ValueError, with `what`, if it is no finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{what}: {value!r} is not a number")  # noqa: TRY004 one error for all
    if not math.isfinite(value):
        raise ValueError(f"{what}: {value!r} is not a finite number")
    return float(value)


def text(
    figure: Figure,
    x: float,
    y: float,
    string: str,
    *,
    size: float,
    weight: Weight = Weight.REGULAR,
    colour: str = INK,
    align: Align = "left",
    rotation: float = 0,
    link: str | None = None,
    class_name: str = "",
) -> None:
    """Draw a line of text with its baseline at `y`; `rotation` is anticlockwise, about (x, y).

    `class_name` lets a stylesheet set it in another size.
    """
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError(f"text {string!r} has no finite place: ({x}, {y})")
    artist = Text(
        x,
        y,
        string,
        color=colour,
        fontproperties=FontProperties(
            family="Pretendard",
            weight=int(weight),
            size=size,
            fname=str(FONT_FOLDER / _FONT_FILES[weight]),
        ),
        horizontalalignment=align,
        verticalalignment="baseline",
        rotation=rotation,
        rotation_mode="anchor",
    )
    if class_name:
        artist.set_gid(_CLASS + class_name)
    _add(figure, artist, link)


def _add(figure: Figure, artist: Artist, link: str | None) -> None:
    """Add an artist; those with a link are drawn last, in their order: see `_merge_links`."""
    artist.set_transform(_downwards(figure))
    if link:
        artist.set_url(link)
        artist.set_zorder(_LINKED)
    figure.add_artist(artist)


def shape(
    figure: Figure,
    path: Path,
    *,
    fill: str | None = None,
    fill_opacity: float = 1,
    stroke: str | None = None,
    stroke_width: float = 1,
    round_caps: bool = False,
    dashes: tuple[float, float] | None = None,
    link: str | None = None,
) -> None:
    """Draw `path`; `dashes` is (on, off) in px and restarts with every subpath."""
    if not np.isfinite(path.vertices).all():
        raise ValueError("a shape has a coordinate that is not a finite number")
    artist = PathPatch(
        path,
        facecolor=to_rgba(fill, fill_opacity) if fill else "none",
        edgecolor=stroke or "none",
        linewidth=stroke_width if stroke else 0,
        linestyle=(0, dashes) if dashes else "solid",
        capstyle="round" if round_caps else "butt",
        joinstyle="miter",
    )
    _add(figure, artist, link)


def rectangle(x: float, y: float, width: float, height: float) -> Path:
    """Return a closed rectangle with its upper left corner at (x, y)."""
    right, bottom = x + width, y + height
    return Path(
        [(x, y), (right, y), (right, bottom), (x, bottom), (x, y)],
        [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY],
    )


# The handles of the four Bézier curves that approximate a circle of radius 1 (error 0.03 %).
_KAPPA = 0.5523


def circles(centres: Iterable[Point], radius: float) -> Path:
    """Return circles around `centres` as one path; four curves each keep the SVG small."""
    k = _KAPPA
    unit: list[Point] = [
        (1, 0), (1, k), (k, 1), (0, 1), (-k, 1), (-1, k), (-1, 0),
        (-1, -k), (-k, -1), (0, -1), (k, -1), (1, -k), (1, 0), (1, 0),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 12, Path.CLOSEPOLY]
    around = list(centres)
    vertices = [(x + radius * u, y + radius * v) for x, y in around for u, v in unit]
    return Path(vertices, codes * len(around))


def spots(
    figure: Figure,
    centres: Iterable[Point],
    radius: float,
    colour: str,
    link: str | None = None,
) -> None:
    """Draw discs as strokes of no length with round caps: a tenth of the bytes of `circles`."""
    shape(
        figure,
        segments([((x, y), (x + 0.01, y)) for x, y in centres]),
        stroke=colour,
        stroke_width=2 * radius,
        round_caps=True,
        link=link,
    )


def segments(pairs: Sequence[tuple[Point, Point]]) -> Path:
    """Return straight strokes, each from one point to another, as one path."""
    return Path(
        [point for pair in pairs for point in pair],
        [Path.MOVETO, Path.LINETO] * len(pairs),
    )


# --- serialising ----------------------------------------------------------------------------------

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_REFERENCE = re.compile(r"(?<=url\(#)[^)]+(?=\))|(?<=^#).+$")
_NONE: Mapping[str, str] = MappingProxyType({})
_LINKED = 5
# matplotlib writes no class, but an id around a text: one that begins so is made its class.
_CLASS = "class:"
_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
# Attributes with the default values of SVG.
_IMPLIED = {
    ("text-anchor", "start"),
    ("stroke-linejoin", "miter"),
    ("stroke-linecap", "butt"),
    ("stroke-dashoffset", "0"),
    ("stroke-width", "1"),
}


def svg(figure: Figure, chart: Chart, links: Mapping[str, str] = _NONE) -> str:
    """Return the figure as one `<svg>` element, the same on every machine.

    `links` are the labels of the links by address.

    Presentation attributes only: no `style`, so a strict Content-Security-Policy
    allows it, and the stylesheet of a page can override sizes and colours. Colours are lowercase
    `#rrggbb` in `fill` and `stroke`. Raises MissingGlyph for a character Pretendard lacks.
    """
    _check_glyphs(figure, chart)
    buffer = io.StringIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.savefig(buffer, format="svg", metadata=_METADATA)
    # What matplotlib has just written.
    drawn = ET.fromstring(buffer.getvalue())  # noqa: S314

    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"chart chart--{chart.kind}",
            "viewBox": f"0 0 {_short(figure.bbox.width)} {_short(figure.bbox.height)}",
            # Screen readers do not reach the links in an image.
            "role": "group" if links else "img",
            "aria-labelledby": f"{chart.id}-title {chart.id}-desc",
            "font-family": FONT_FAMILY,
        },
    )
    ET.SubElement(root, "title", {"id": f"{chart.id}-title"}).text = chart.title
    ET.SubElement(root, "desc", {"id": f"{chart.id}-desc"}).text = chart.description
    referenced = _referenced(drawn)
    for child in drawn:
        root.extend(_merge_links(_cleaned(child, chart.id, referenced), links))
    ET.indent(root, space="")
    return ET.tostring(root, encoding="unicode")


def _merge_links(elements: Iterable[ET.Element], links: Mapping[str, str]) -> Iterator[ET.Element]:
    """Yield the elements with one labelled link for consecutive links to the same address."""
    for address, run in groupby(elements, _link_address):
        if address is None:
            yield from run
            continue
        link = ET.Element("a", {"href": address, "aria-label": links[address]})
        link.extend(child for element in run for child in element)
        yield link


def _link_address(element: ET.Element) -> str | None:
    return element.get("href") if element.tag == "a" else None


def _check_glyphs(figure: Figure, chart: Chart) -> None:
    for artist in figure.findobj(Text):
        assert isinstance(artist, Text)
        known = _characters(Weight(int(artist.get_fontweight())))
        for character in artist.get_text():
            if ord(character) not in known:
                raise MissingGlyph(character, artist.get_text(), chart.id)


def _referenced(drawn: ET.Element) -> frozenset[str]:
    """Return the ids that other elements in `drawn` refer to."""
    return frozenset(
        reference
        for element in drawn.iter()
        for value in element.attrib.values()
        for part in value.split(";")
        for reference in _REFERENCE.findall(part.strip())
    )


def _cleaned(element: ET.Element, prefix: str, referenced: frozenset[str]) -> Iterator[ET.Element]:
    """Yield an element of matplotlib without metadata, stylesheets and needless groups."""
    tag = element.tag.removeprefix(_SVG)
    if tag in ("metadata", "style"):
        return
    children = [new for child in element for new in _cleaned(child, prefix, referenced)]
    attributes = dict(_attributes(element, prefix, referenced))
    if tag in ("g", "defs") and not children:
        return
    if tag == "g" and not attributes:
        group = element.get("id", "")
        if group.startswith(_CLASS):
            for line in (line for child in children for line in child.iter("text")):
                line.set("class", group.removeprefix(_CLASS))
        yield from children
        return
    if tag in ("path", "text", "use") and "id" not in attributes:
        # matplotlib omits black; with the attribute, a caller can replace it like any colour. (An
        # element with an id is drawn by `use` elements, in their colours.)
        attributes = {"fill": "#000000"} | attributes
    new = ET.Element(tag, attributes)
    new.text = element.text if tag == "text" else None
    new.extend(children)
    yield new


def _attributes(
    element: ET.Element, prefix: str, referenced: frozenset[str]
) -> Iterator[tuple[str, str]]:
    declarations = [part.partition(":") for part in element.get("style", "").split(";") if part]
    styles = [(name.strip(), value.strip()) for name, _, value in declarations]
    for name, value in [*element.items(), *styles]:
        if name in ("style", "font-family") or (name, value) in _IMPLIED:
            continue
        if name == "id":
            if value in referenced:
                yield "id", f"{prefix}-{value}"
        elif name == "d":
            yield "d", _short_path(value)
        elif name == "transform":
            if not value.startswith("rotate(-0 "):
                yield "transform", _NUMBER.sub(lambda n: _short(float(n.group())), value)
        elif name in (_XLINK_HREF, "href", "clip-path"):
            yield (
                name.rpartition("}")[2],
                _REFERENCE.sub(lambda old: f"{prefix}-{old.group()}", value),
            )
        elif name in ("x", "y"):
            yield name, _short(float(value))
        else:
            yield name, value


def _short(number: float) -> str:
    """Return a number rounded to a hundredth, without trailing zeros."""
    # Adding zero turns -0.0 into 0.0.
    return f"{round(float(number), 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _short_path(d: str) -> str:
    """Return path data rounded to a hundredth, with horizontal lines as `H`."""
    tokens = re.findall(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:e-?\d+)?", d)
    commands: list[tuple[str, list[str]]] = []
    for token in tokens:
        if token.isalpha():
            commands.append((token, []))
        else:
            commands[-1][1].append(_short(float(token)))
    out = []
    y = ""
    for command, numbers in commands:
        if command == "L" and numbers[1] == y:
            out.append("H" + numbers[0])
            continue
        if numbers:
            y = numbers[-1]
        out.append(command + " ".join(numbers))
    return "".join(out).replace("z", "Z")
