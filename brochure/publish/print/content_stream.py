"""Content streams of a PDF page: the colours, lines and extents that they paint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from brochure.base.message import Message
from brochure.model.records import Press

MM = 72 / 25.4
# Boxes are exact to this many points; marks and edges are where they should be within 0.1 mm.
EXACT, NEAR = 0.001, 0.1 * MM
# The least size of type in points; what is set smaller than a point is not meant to be seen.
LEAST, SEEN = 6.0, 1.0
# Colours whose lights differ by less than this, of 1, are grey; accents differ by a third and more.
GREY = 0.12
_SUBSET = re.compile(r"^/[A-Z]{6}\+")
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True)
class Finding:
    """One thing a print shop would object to; `page` counts from 1, 0 is the file as a whole."""

    page: int
    message: Message

    @property
    def code(self) -> str:
        """The code of the message, which names the kind of fault."""
        return self.message.code


def finding(code: str, **parameters: Any) -> Finding:
    """A finding about the file as a whole, or about the page that is being read."""
    return Finding(0, Message(code, **parameters))


@dataclass(frozen=True)
class Extent:
    """A rectangle in points, and which of its sides (left, bottom, right, top) are straight."""

    sides: tuple[float, float, float, float]
    straight: tuple[bool, bool, bool, bool] = (True, True, True, True)

    @property
    def empty(self) -> bool:
        """Whether the rectangle has no area."""
        left, bottom, right, top = self.sides
        return left >= right or bottom >= top

    def holds(self, other: Extent) -> bool:
        """Whether another rectangle lies in it, but for NEAR."""
        return self.around(NEAR).within(other).sides == other.sides

    def moved(self, side: int, to: float) -> Extent:
        """The rectangle with one side elsewhere."""
        left, bottom, right, top = (to if i == side else at for i, at in enumerate(self.sides))
        return Extent((left, bottom, right, top), self.straight)

    def around(self, by: float) -> Extent:
        """The rectangle with `by` points more on every side."""
        left, bottom, right, top = self.sides
        return Extent((left - by, bottom - by, right + by, top + by))

    def within(self, other: Extent) -> Extent:
        """The part of it that lies inside another."""
        own = zip(self.sides, self.straight, strict=True)
        others = zip(other.sides, other.straight, strict=True)
        pairs = list(zip(own, others, strict=True))
        (left, a), (bottom, b) = (max(pair) for pair in pairs[:2])
        (right, c), (top, d) = (min(pair) for pair in pairs[2:])
        return Extent((left, bottom, right, top), (a, b, c, d))


@dataclass(frozen=True)
class _Colour:
    """The space and the inks (percent) of a colour; no inks where a pattern paints."""

    space: str = "/DeviceGray"
    inks: tuple[float, ...] | None = None

    @property
    def paper(self) -> bool:
        """Whether nothing is printed."""
        return self.inks is not None and not any(self.inks)


@dataclass(frozen=True)
class State:
    """The graphics state, as far as a press cares (ISO 32000-1, 8.4)."""

    clip: Extent
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    fill: _Colour = _Colour()
    stroke: _Colour = _Colour()
    visible_text: bool = True
    size: float = 0
    text_matrix: Matrix = (1, 0, 0, 1, 0, 0)
    opaque: bool = True
    mask: bool = False


class Reader:
    """Reads content streams, and those that they use, and collects findings and marks."""

    def __init__(self, press: Press, trim: Extent, bleed: Extent) -> None:
        self.found: set[Finding] = set()
        self.marks: list[tuple[Point, Point]] = []
        self._press, self._trim, self._bleed = press, trim, bleed
        self._fonts: set[tuple[int, int]] = set()
        self._images: dict[tuple[int, int], float] = {}
        self._reading: list[tuple[int, int]] = []
        # Where artwork ends at the trim, with the place in the bleed that it lacks; and what
        # rectangles of ink there are.
        self._lacking: list[Extent] = []
        self._grounds: list[Extent] = []

    def findings(self) -> set[Finding]:
        """All findings in what was read."""
        if not all(any(ground.holds(place) for ground in self._grounds) for place in self._lacking):
            self._note("preflight.artwork-without-bleed")
        return self.found

    # One branch for each kind of operator.
    def read(self, content: pikepdf.Object, state: State) -> None:  # noqa: C901
        """Everything that a page, form or pattern draws, beginning with the given state."""
        if content.objgen in self._reading:
            return
        self._reading.append(content.objgen)
        resources = content.get("/Resources", Dictionary())
        path, saved = _Path(), [state]
        clipping = False
        for instruction in pikepdf.parse_content_stream(content):
            operator = str(instruction.operator)
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._note("preflight.inline-image")
                continue
            operands = instruction.operands
            state = saved[-1]
            if operator == "q":
                saved.append(state)
            elif operator == "Q" and len(saved) > 1:
                saved.pop()
            elif operator == "cm":
                saved[-1] = replace(state, matrix=_times(_numbers(operands), state.matrix))
            elif operator in _Path.OPERATORS:
                path.add(operator, _numbers(operands), state.matrix)
            elif operator in ("W", "W*"):
                clipping = True
            elif operator in _PAINTS:
                self._paint(operator, path, state)
                if clipping:
                    saved[-1] = replace(state, clip=path.extent().within(state.clip))
                path, clipping = _Path(), False
            elif operator in _COLOURS:
                saved[-1] = self._colour(operator, operands, state, resources)
            elif operator == "Tr":
                saved[-1] = replace(state, visible_text=int(operands[0]) != 3)
            elif operator == "Tf":
                self._font(resources.Font[str(operands[0])])
                saved[-1] = replace(state, size=float(operands[1]))
            elif operator == "BT":
                saved[-1] = replace(state, text_matrix=(1, 0, 0, 1, 0, 0))
            elif operator == "Tm":
                saved[-1] = replace(state, text_matrix=_numbers(operands))
            elif operator in ("Tj", "TJ", "'", '"') and state.visible_text:
                self._text(state)
            elif operator == "gs":
                saved[-1] = self._effects(resources.ExtGState[str(operands[0])], state)
            elif operator == "sh":
                self._shading(resources.Shading[str(operands[0])], state)
            elif operator == "Do":
                self._object(resources.XObject[str(operands[0])], state)
        self._reading.pop()

    def _note(self, code: str, **parameters: Any) -> None:
        self.found.add(finding(code, **parameters))

    # Colours

    def _colour(
        self, operator: str, operands: Any, state: State, resources: pikepdf.Object
    ) -> State:
        side = "stroke" if operator.isupper() else "fill"
        if operator in ("CS", "cs"):
            space = operands[0]
            named = resources.get("/ColorSpace", Dictionary()).get(str(space), space)
            colour = _Colour(self._space(named, state))
        elif operator in _DEVICE_SPACES:
            space = _DEVICE_SPACES[operator]
            self._space(space, state)
            colour = _Colour(str(space), self._inked(space, _numbers(operands), state))
        else:
            space = getattr(state, side).space
            if operands and isinstance(operands[-1], Name):
                colour = _Colour(space)
                self._pattern(resources.Pattern[str(operands[-1])], state)
            else:
                colour = _Colour(space, self._inked(Name(space), _numbers(operands), state))
        return replace(state, fill=colour) if side == "fill" else replace(state, stroke=colour)

    def _space(self, space: pikepdf.Object, state: State) -> str:
        """The name of a colour space, which must be CMYK or the one of all plates."""
        name = _space_name(space)
        if name not in _ALLOWED_SPACES and not (state.mask and name == "/DeviceGray"):
            self._note("preflight.not-cmyk", space=name)
        return name

    def _inked(
        self, space: pikepdf.Object, values: Sequence[float], state: State
    ) -> tuple[float, ...] | None:
        """The inks of a colour in percent; together they must keep the limit."""
        if str(space) != "/DeviceCMYK" or len(values) != 4:
            return None
        percent = tuple(100 * value for value in values)
        self._limit(sum(percent))
        return percent

    def _limit(self, total: float) -> None:
        # Half a percent is what 8 bits a channel and their rounding come to.
        if total > self._press.ink + 0.5:
            self._note("preflight.too-much-ink", total=round(total), limit=self._press.ink)

    def _shading(self, shading: pikepdf.Object, state: State) -> None:
        self._space(shading.ColorSpace, state)
        if _space_name(shading.ColorSpace) == "/DeviceCMYK" and "/Function" in shading:
            for total in _ends(shading.Function):
                self._limit(100 * total)

    def _pattern(self, pattern: pikepdf.Object, state: State) -> None:
        if pattern.PatternType == 2:
            self._shading(pattern.Shading, state)
        else:
            endless = Extent((-1e6, -1e6, 1e6, 1e6))
            self.read(pattern, State(endless, mask=state.mask))

    def _effects(self, effects: pikepdf.Object, state: State) -> State:
        """The state with the effects of an ExtGState dictionary."""
        mask = effects.get("/SMask")
        if isinstance(mask, Dictionary):
            self.read(mask.G, replace(state, mask=True))
            return replace(state, opaque=False)
        return replace(state, opaque=float(effects.ca) == 1) if "/ca" in effects else state

    # Text

    def _text(self, state: State) -> None:
        """Ensure that text is large enough to be read, and that black text is black ink alone."""
        _, _, c, d, _, _ = _times(state.text_matrix, state.matrix)
        points = state.size * float(np.hypot(c, d))
        # A twentieth of a point, for what scaling to a sheet rounds.
        if SEEN < points < LEAST - 0.05:
            self._note("preflight.small-type", size=Decimal(f"{points:.1f}"), least=int(LEAST))
        inks = state.fill.inks
        if inks is None or state.mask or not any(inks[:3]):
            return
        if _grey(inks):
            c, m, y, k = (round(ink) for ink in inks)
            self._note("preflight.black-text-in-colour", inks=f"C{c} M{m} Y{y} K{k}")

    def _font(self, font: pikepdf.Object) -> None:
        """Ensure that a font is embedded, and only as far as it is used."""
        if font.objgen in self._fonts:
            return
        self._fonts.add(font.objgen)
        if font.get("/Subtype") == Name.Type3:
            return
        name = str(font.get("/BaseFont", "/?"))
        own = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor = own.get("/FontDescriptor", Dictionary())
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            self._note("preflight.font-not-embedded", font=name[1:])
        elif not _SUBSET.match(name):
            self._note("preflight.font-not-subset", font=name[1:])

    # Shapes and pictures

    def _paint(self, operator: str, path: _Path, state: State) -> None:
        if operator in _STROKES and state.stroke.space == "/All":
            self.marks.extend(path.lines())
        if operator in _FILLS and state.fill.space == "/All":
            self.marks.extend(path.lines())
        elif operator in _FILLS and not state.fill.paper and not state.mask:
            self._bled(path.extent().within(state.clip), state.opaque)

    def _bled(self, shape: Extent, opaque: bool) -> None:
        """Ensure that what reaches the trim goes on to the end of the bleed.

        A straight side that ends at the trim or between it and the bleed would leave a white line
        when the knife is not quite exact. A round shape just ends there; so does one on a ground
        that itself goes on.
        """
        if shape.empty or shape.within(self._trim).empty:
            return
        if opaque and all(shape.straight):
            self._grounds.append(shape)
        for side in range(4):
            sign = 1 if side < 2 else -1
            edge = sign * shape.sides[side]
            trim, bleed = sign * self._trim.sides[side], sign * self._bleed.sides[side]
            if shape.straight[side] and bleed + NEAR < edge < trim + NEAR:
                self._lacking.append(shape.moved(side, self._bleed.sides[side]))

    def _object(self, xobject: pikepdf.Object, state: State) -> None:
        if xobject.get("/Subtype") == Name.Image:
            self._image(xobject, state)
            return
        group = xobject.get("/Group")
        if group is not None and "/CS" in group:
            self._space(group.CS, state)
        matrix = state.matrix
        if "/Matrix" in xobject:
            matrix = _times(_numbers(xobject.Matrix.as_list()), matrix)
        box = _Path()
        left, bottom, right, top = _numbers(xobject.BBox.as_list())
        box.add("re", (left, bottom, right - left, top - bottom), matrix)
        inside = replace(state, matrix=matrix, clip=box.extent().within(state.clip))
        self.read(xobject, inside)

    def _image(self, image: pikepdf.Object, state: State) -> None:
        """Ensure that a picture is in inks, within the limit, and fine enough where it stands."""
        if not state.mask:
            if not image.get("/ImageMask", False):
                self._space(image.ColorSpace, state)
                self._limit(self._heaviest(image))
            box = _Path()
            box.add("re", (0, 0, 1, 1), state.matrix)
            self._bled(box.extent().within(state.clip), "/SMask" not in image and state.opaque)
        a, b, c, d, _, _ = state.matrix
        across, up = max(np.hypot(a, b), 1e-6), max(np.hypot(c, d), 1e-6)
        fineness = 72 * min(int(image.Width) / across, int(image.Height) / up)
        # A hundredth, for what rounding to whole pixels comes to.
        if fineness < 0.99 * self._press.resolution:
            self._note(
                "preflight.coarse-picture",
                resolution=round(fineness),
                least=self._press.resolution,
            )

    def _heaviest(self, image: pikepdf.Object) -> float:
        """The most ink of any pixel, in percent; 0 for what is not CMYK."""
        if image.objgen not in self._images:
            picture = pikepdf.PdfImage(_stream(image)).as_pil_image()
            heaviest = 0.0
            if picture.mode == "CMYK":
                heaviest = float(np.asarray(picture).sum(axis=2, dtype=int).max()) / 2.55
            self._images[image.objgen] = heaviest
        return self._images[image.objgen]


_DEVICE_SPACES = {
    "k": Name.DeviceCMYK, "K": Name.DeviceCMYK, "rg": Name.DeviceRGB, "RG": Name.DeviceRGB,
    "g": Name.DeviceGray, "G": Name.DeviceGray,
}  # fmt: skip
_COLOURS = {*_DEVICE_SPACES, "cs", "CS", "sc", "SC", "scn", "SCN"}
_ALLOWED_SPACES = {"/DeviceCMYK", "/All", "/Pattern"}
_STROKES = {"S", "s", "B", "B*", "b", "b*"}
_FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
_PAINTS = {*_STROKES, *_FILLS, "n"}


def _grey(inks: Sequence[float]) -> bool:
    """Whether inks in percent come to a grey or a black, by the balance of the three colours.

    A plain reading of the numbers, without a profile: each colour takes away its own light, black
    takes away all three (ISO 32000-1, 10.3.5).
    """
    c, m, y, k = (ink / 100 for ink in inks)
    light = [(1 - colour) * (1 - k) for colour in (c, m, y)]
    return max(light) - min(light) < GREY


def _stream(image: pikepdf.Object) -> Stream:
    assert isinstance(image, Stream)
    return image


def _space_name(space: pikepdf.Object) -> str:
    """The name of a colour space in a finding; that of a spot colour is its own."""
    if not isinstance(space, Array):
        return str(space)
    return str(space[1]) if space[0] in (Name.Separation, Name.DeviceN) else str(space[0])


def _ends(function: pikepdf.Object) -> Iterator[float]:
    """The sums of a gradient's colours at the ends of its functions (types 2 and 3)."""
    for part in function.get("/Functions", []):
        yield from _ends(part)
    for end in ("/C0", "/C1"):
        if end in function:
            yield sum(_numbers(function[end].as_list()))


class _Path:
    """The points of a path in the page's space, and its straight lines."""

    OPERATORS = ("m", "l", "c", "v", "y", "h", "re")

    def __init__(self) -> None:
        self._points: list[Point] = []
        self._lines: list[tuple[Point, Point]] = []
        self._start: Point = (0, 0)

    def add(self, operator: str, values: Sequence[float], matrix: Matrix) -> None:
        """One step of the path's construction (ISO 32000-1, 8.5.2)."""
        if operator == "re":
            x, y, width, height = values
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
            placed = [_placed(corner, matrix) for corner in corners]
            self._lines += zip(placed, [*placed[1:], placed[0]], strict=True)
            self._points += placed
            self._start = placed[0]
        elif operator == "h":
            if self._points:
                self._lines.append((self._points[-1], self._start))
                self._points.append(self._start)
        else:
            points = zip(values[::2], values[1::2], strict=True)
            placed = [_placed(point, matrix) for point in points]
            if operator == "m":
                self._start = placed[0]
            elif operator == "l" and self._points:
                self._lines.append((self._points[-1], placed[0]))
            self._points += placed

    def lines(self) -> list[tuple[Point, Point]]:
        """The straight lines of the path."""
        return self._lines

    def extent(self) -> Extent:
        """The rectangle around the path; a side is straight where a line of 1 mm lies on it."""
        if not self._points:
            return Extent((0, 0, 0, 0))
        xs, ys = zip(*self._points, strict=True)
        sides = (min(xs), min(ys), max(xs), max(ys))
        straight = [False] * 4
        for (x0, y0), (x1, y1) in self._lines:
            if abs(x0 - x1) < EXACT and abs(y0 - y1) > MM:
                straight[0] |= abs(x0 - sides[0]) < EXACT
                straight[2] |= abs(x0 - sides[2]) < EXACT
            if abs(y0 - y1) < EXACT and abs(x0 - x1) > MM:
                straight[1] |= abs(y0 - sides[1]) < EXACT
                straight[3] |= abs(y0 - sides[3]) < EXACT
        return Extent(sides, (straight[0], straight[1], straight[2], straight[3]))


def _numbers(operands: Any) -> tuple[Any, ...]:
    return tuple(float(operand) for operand in operands)


def _placed(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(first: Sequence[float], second: Matrix) -> Matrix:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        (e * h + f * j + m),
    )
