"""A world map of places, with the land as a grid of dots.

content:
    places   list, the most important first, which gets the best position for its label:
        label      the name of the place
        colour     its `#rrggbb`
        latitude   degrees north
        longitude  degrees east
        note       a second, muted line; may be missing
        link       the address of point and label; either all places have one or none

The projection is Equal Earth: Bojan Šavrič, Tom Patterson and Bernhard Jenny (2019), "The Equal
Earth map projection", International Journal of Geographical Information Science 33(3), 454-465,
published online 2018, https://doi.org/10.1080/13658816.2018.1504949. Areas keep their proportion,
and a line of equal latitude is straight and level.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any, cast

from matplotlib.figure import Figure

from charts import Chart
from charts.canvas import (
    LAND,
    MUTED,
    PAPER,
    Align,
    Point,
    Weight,
    canvas,
    finite,
    measure,
    segments,
    shape,
    spots,
    svg,
    text,
)

WIDTH = 720
SOUTH, NORTH = -56.0, 75.0
# In units of the projection: beyond these are only islands smaller than a dot.
WEST, EAST = -2.0, 2.55
MARGIN = 8
PITCH = 5.0
DOT = 3.0
POINT, RING = 6.0, 9.0
LABEL, NOTE = 17.0, 13.0
NOTE_BELOW = 20
# The height and depth of letters above and below their baseline, in em.
ASCENT, DESCENT = 0.78, 0.24
# The stylesheet enlarges labels on phones: they must not overlap at that size either.
ENLARGED = 1.5
# The distance of land from letters, in px.
LABEL_MARGIN = 4
# With more places than this there is no room for labels.
MAX_LABELS = 60
# Labels rarely move more than twice; the limit ends a cycle of moves.
MAX_ROUNDS = 12

Ring = Sequence[tuple[float, float]]

# --- Equal Earth ----------------------------------------------------------------------------------

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


def project(longitude: float, latitude: float) -> Point:
    """Project degrees by Equal Earth for the unit sphere; return x (east) and y (north)."""
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    return math.radians(longitude) * _stretch(theta), _northing(theta)


def latitude_at(y: float) -> float:
    """Return the latitude in degrees whose northing is `y`, the inverse of `project`."""
    theta = y / _A1
    for _ in range(12):
        theta -= (_northing(theta) - y) / _slope(theta)
    return math.degrees(math.asin(math.sin(theta) / _M))


def _northing(theta: float) -> float:
    t2 = theta * theta
    t6 = t2**3
    return theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))


def _slope(theta: float) -> float:
    t2 = theta * theta
    t6 = t2**3
    return _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)


def _stretch(theta: float) -> float:
    return math.cos(theta) / (_M * _slope(theta))


# --- frame ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Frame:
    """The part of the projected world that is shown, and its scale in px per unit."""

    west: float
    north: float
    scale: float
    height: float

    def place(self, x: float, y: float) -> Point:
        """Return projected coordinates in px, y down."""
        return MARGIN + (x - self.west) * self.scale, MARGIN + (self.north - y) * self.scale


def frame(places: Sequence[Point]) -> Frame:
    """Return the frame of the inhabited world, extended to contain all projected `places`."""
    west = min([WEST, *(x for x, _ in places)])
    east = max([EAST, *(x for x, _ in places)])
    south = min([project(0, SOUTH)[1], *(y for _, y in places)])
    north = max([project(0, NORTH)[1], *(y for _, y in places)])
    scale = (WIDTH - 2 * MARGIN) / (east - west)
    return Frame(west, north, scale, round((north - south) * scale) + 2 * MARGIN)


# --- boxes ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Box:
    """A rectangle in px, y down."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Return the area that it shares with `other`, in square px."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(across, 0) * max(down, 0)

    def padded(self, sides: float) -> Box:
        """Return the box with `sides` px more on each side, and half as much above and below."""
        return Box(
            self.left - sides, self.top - sides / 2, self.right + sides, self.bottom + sides / 2
        )

    @property
    def area(self) -> float:
        """The area in square px."""
        return (self.right - self.left) * (self.bottom - self.top)


# --- land -----------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _land() -> list[Ring]:
    file = FilePath(__file__).with_name("land.json")
    return cast(list[Ring], json.loads(file.read_text(encoding="utf-8"))["rings"])


def crossings(rings: Sequence[Ring], latitude: float) -> list[float]:
    """Return the longitudes where rings cross a latitude, ascending.

    Land is between the first and the second, the third and the fourth, and so on.
    """
    found = []
    for ring in rings:
        for (lon0, lat0), (lon1, lat1) in pairwise([*ring, ring[0]]):
            # A half-open range, so that a corner on the latitude counts once.
            if (lat0 <= latitude) != (lat1 <= latitude):
                found.append(lon0 + (latitude - lat0) / (lat1 - lat0) * (lon1 - lon0))
    return sorted(found)


def dotted_rows(shown: Frame, clear: Sequence[Box] = ()) -> list[tuple[Point, Point]]:
    """Return horizontal strokes over the land, whose dashes are dots PITCH apart on one grid.

    Every second row is shifted by half a step, so that each dot has six neighbours. No dot has its
    centre in one of the boxes `clear`.
    """
    rows = []
    step = PITCH * math.sqrt(3) / 2
    for number in range(int((shown.height - 2 * MARGIN) / step) + 1):
        y = MARGIN + number * step
        latitude = latitude_at(shown.north - (y - MARGIN) / shown.scale)
        shift = MARGIN + PITCH / 2 * (number % 2)
        edges = [
            shown.place(project(longitude, latitude)[0], 0)[0]
            for longitude in crossings(_land(), latitude)
        ]
        holes = [(box.left, box.right) for box in clear if box.top <= y <= box.bottom]
        columns = [
            column
            for left, right in zip(edges[::2], edges[1::2], strict=True)
            for column in range(math.ceil((left - shift) / PITCH), int((right - shift) / PITCH) + 1)
            if MARGIN <= shift + column * PITCH <= WIDTH - MARGIN
            and not any(start <= shift + column * PITCH <= end for start, end in holes)
        ]
        for first, last in runs(columns):
            # A little longer than to the last dot, so that rounding cannot remove it.
            rows.append(((shift + first * PITCH, y), (shift + last * PITCH + 0.1, y)))
    return rows


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of consecutive numbers in ascending `numbers`."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number <= found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


# --- labels ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Label:
    """A name and its note; its anchor is (x, baseline of the name)."""

    name: str
    note: str
    x: float
    baseline: float
    align: Align

    @cached_property
    def enlarged(self) -> Box:
        """The box of the label where a stylesheet enlarges it, which keeps its anchor."""
        lines = self._lines(ENLARGED)
        return Box(
            min(line.left for line in lines),
            lines[0].top,
            max(line.right for line in lines),
            lines[-1].bottom,
        )

    @cached_property
    def lines(self) -> list[Box]:
        """The box of each line in print, with LABEL_MARGIN around it."""
        return [line.padded(LABEL_MARGIN) for line in self._lines(1)]

    def _lines(self, scale: float) -> list[Box]:
        lines = [(self.name, LABEL, Weight.SEMI_BOLD, self.baseline)]
        if self.note:
            lines.append((self.note, NOTE, Weight.REGULAR, self.baseline + NOTE_BELOW))
        found = []
        for line, size, weight, baseline in lines:
            width = measure(line, size, weight) * scale
            left = self.x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[self.align]
            top, bottom = baseline - ASCENT * size * scale, baseline + DESCENT * size * scale
            found.append(Box(left, top, left + width, bottom))
        return found


def candidates(point: Point, name: str, note: str) -> list[Label]:
    """Return the possible positions of a label around its point, the best first.

    On the right and left, at the four corners, and centred below and above.
    """
    ascent, descent = ASCENT * LABEL, DESCENT * (NOTE if note else LABEL)
    between = NOTE_BELOW if note else 0
    x, y = point
    level = y + (ascent - between - descent) / 2
    corner = 0.75 * (ascent + between + descent)
    below = y + RING + ascent * ENLARGED
    above = y - RING - descent * ENLARGED - between
    beside = RING + LABEL_MARGIN
    places: list[tuple[float, float, Align]] = [
        (x + beside, level, "left"),
        (x - beside, level, "right"),
        (x + beside, level - corner, "left"),
        (x + beside, level + corner, "left"),
        (x - beside, level - corner, "right"),
        (x - beside, level + corner, "right"),
        (x, below, "center"),
        (x, above, "center"),
    ]
    return [Label(name, note, *place) for place in places]


def place_labels(
    points: Sequence[Point], texts: Sequence[tuple[str, str]], sheet: Box
) -> list[Label]:
    """Return a label for every point at its first free position, or else the least crowded one.

    A position is free if the label, even enlarged, is inside the sheet and overlaps no point and no
    other label. Labels are placed in turn; then they are placed again, with all others known, until
    none moves.
    """
    marks = [Box(x - RING, y - RING, x + RING, y + RING) for x, y in points]
    choices = [candidates(point, *words) for point, words in zip(points, texts, strict=True)]
    # Only labels near each other can overlap, and of many points most are far apart.
    reach = [around(labels) for labels in choices]
    near = [[key for key, box in enumerate(reach) if box.overlap(room)] for room in reach]
    close = [[mark for mark in marks if mark.overlap(room)] for room in reach]
    placed: dict[int, Label] = {}

    def best(number: int) -> Label:
        others = [placed[key] for key in near[number] if key != number and key in placed]
        # min() returns the first of equals: the best of several free positions.
        return min(choices[number], key=lambda label: crowding(label, others, close[number], sheet))

    for _ in range(MAX_ROUNDS):
        before = dict(placed)
        for number in range(len(points)):
            placed[number] = best(number)
        if placed == before:
            break
    return [placed[number] for number in range(len(points))]


def around(labels: Sequence[Label]) -> Box:
    """Return the box that contains all of these labels."""
    boxes = [box for label in labels for box in (label.enlarged, *label.lines)]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def crowding(label: Label, others: Sequence[Label], marks: Sequence[Box], sheet: Box) -> float:
    """Return the penalty of a label at its position, zero if it is free.

    An overlap in print is worse than one of enlarged text only, and a label cut off at the edge is
    worse than any overlap.
    """
    enlarged = sum(label.enlarged.overlap(box) for box in marks)
    enlarged += sum(label.enlarged.overlap(other.enlarged) for other in others)
    taken = [*marks, *(line for other in others for line in other.lines)]
    printed = sum(line.overlap(box) for line in label.lines for box in taken)
    outside = label.enlarged.area - label.enlarged.overlap(sheet)
    return enlarged + 20 * printed + 1000 * outside


# --- drawing --------------------------------------------------------------------------------------


def draw(chart: Chart) -> str:
    """Return the map as one `<svg>`, 720 px wide and about half as high."""
    places: Sequence[Mapping[str, Any]] = chart.content["places"]
    projected = [project(*_coordinates(place, chart.id)) for place in places]
    shown = frame(projected)
    points = [shown.place(x, y) for x, y in projected]
    texts = [(place["label"], place.get("note") or "") for place in places]
    sheet = Box(0, 0, WIDTH, shown.height)
    labels = place_labels(points, texts, sheet) if len(points) <= MAX_LABELS else []
    clear = [line for label in labels for line in label.lines]
    with canvas(WIDTH, shown.height) as figure:
        shape(
            figure,
            segments(dotted_rows(shown, clear)),
            stroke=LAND,
            stroke_width=DOT,
            round_caps=True,
            dashes=(0.01, PITCH - 0.01),
        )
        for number, (point, place) in enumerate(zip(points, places, strict=True)):
            link = place.get("link")
            spots(figure, [point], RING, PAPER, link)
            spots(figure, [point], POINT, place["colour"], link)
            if labels:
                _draw_label(figure, labels[number], link)
        links = {
            place["link"]: ", ".join(filter(None, words))
            for place, words in zip(places, texts, strict=True)
            if "link" in place
        }
        return svg(figure, chart, links)


def _coordinates(place: Mapping[str, Any], chart: str) -> Point:
    """Return longitude and latitude in degrees. Raises ValueError if they are invalid."""
    what = f"chart {chart!r}, {place['label']!r}"
    longitude = finite(place["longitude"], f"{what}, longitude")
    latitude = finite(place["latitude"], f"{what}, latitude")
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError(f"{what}: ({latitude}, {longitude}) is not on Earth")
    return longitude, latitude


def _draw_label(figure: Figure, label: Label, link: str | None) -> None:
    text(
        figure,
        label.x,
        label.baseline,
        label.name,
        size=LABEL,
        weight=Weight.SEMI_BOLD,
        align=label.align,
        link=link,
        class_name="chart__name",
    )
    if label.note:
        below = label.baseline + NOTE_BELOW
        text(
            figure,
            label.x,
            below,
            label.note,
            size=NOTE,
            colour=MUTED,
            align=label.align,
            link=link,
            class_name="chart__note",
        )
