"""Rows against columns: a value from 0 to a greatest one in each cell, shaded by it.

content:
    columns  list of {label}, 1 to about 12
    rows     list:
        label  the row's name
        cells  list, one a column:
            value  the number, 0 to `top`; None if it is not stated
            text   the number as the reader sees it; not needed with None
    top      the greatest possible value
    legend   list of {value, label}: what a shade means, its number included; may be empty

A cell is shaded in the chart's accent, the more the greater its value; 0 is an empty outlined cell
and None a dash.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure
from matplotlib.path import Path

from charts import Chart
from charts.canvas import (
    INK,
    LINE,
    MUTED,
    Weight,
    canvas,
    finite,
    measure,
    rectangle,
    shape,
    svg,
    text,
    wrap,
)
from charts.ranking import draw_words, flow, flow_height

WIDTH = 640
# Of the sheet, for the rows' labels: as much as they need, up to the first share with which the
# headings stand level.
LABEL_SHARES = (0.4, 0.3, 0.2)
WIDEST_COLUMN = 112
HEADING, LABEL, VALUE = 12.5, 13.5, 14.0
HEADING_LINE, LABEL_LINE = 16, 17
LEAST_ROW = 32
GAP = 2
GAP_LABEL, GAP_HEADING, GAP_LEGEND = 12, 8, 14
# Between level headings: as a rule, and at least.
CLOSE, CLOSEST = 14, 4
MOST_LINES = 3
# Slanted headings break into lines no longer than this, in px: the first length that will do.
SLANTED = (110, 160, 240, 400)
SLOPE = math.sqrt(0.5)
SIGN_WIDTH, SIGN_HEIGHT = 22, 14
# On a tint of 0.45, INK has a contrast of 4.5 or more (WCAG 2.2) with every accent that has as much
# on white: on light paper, and on dark, where an accent is lightened only as far as is needed.
FAINTEST, STRONGEST = 0.05, 0.45
DASH = "–"

Column = Mapping[str, Any]
Row = Mapping[str, Any]
Cell = Mapping[str, Any]
Meaning = Mapping[str, Any]
Lines = tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Where the columns stand, in px, and their headings in lines."""

    left: float
    pitch: float
    head: float
    slanted: bool
    headings: tuple[Lines, ...]

    def centre(self, column: int) -> float:
        """x of a column's middle line."""
        return self.left + (column + 0.5) * self.pitch


def draw(chart: Chart) -> str:
    """The grid as one `<svg>`, 640 px wide, as high as its rows need."""
    columns: Sequence[Column] = chart.content["columns"]
    rows: Sequence[Row] = chart.content["rows"]
    legend: Sequence[Meaning] = chart.content["legend"]
    top = finite(chart.content["top"], f"chart {chart.id!r}, the greatest value")
    _check(len(columns), rows, legend, top, f"chart {chart.id!r}")
    entries = flow([entry["label"] for entry in legend], SIGN_WIDTH, WIDTH)
    layout = arrange([column["label"] for column in columns], rows, chart.id)
    bottom = layout.head + sum(row_height(row, layout) for row in rows)
    below = GAP_LEGEND + flow_height(entries) if entries else 0
    with canvas(WIDTH, bottom + below) as figure:
        _draw_headings(figure, layout)
        boxes = _draw_rows(figure, rows, layout)
        for entry, meaning in zip(entries, legend, strict=True):
            y = bottom + GAP_LEGEND + entry.y
            sign = (entry.x, y + 1.5, SIGN_WIDTH, SIGN_HEIGHT)
            boxes.append((meaning["value"], sign))
            if meaning["value"] is None:
                _draw_dash(figure, entry.x + SIGN_WIDTH / 2, y + 1.5 + SIGN_HEIGHT / 2)
            draw_words(figure, entry, SIGN_WIDTH, bottom + GAP_LEGEND)
        _draw_boxes(figure, boxes, top, chart.accent)
        return svg(figure, chart)


def tint(value: float, top: float) -> float:
    """The opacity of the accent in a cell of `value`, which is more than 0 and at most `top`."""
    return FAINTEST + (STRONGEST - FAINTEST) * value / top


def arrange(labels: Sequence[str], rows: Sequence[Row], chart: str) -> Layout:
    """Level headings of at most three lines, if need be of more; slanted if a word is too wide.

    Raises ValueError, naming the chart, if there are too many columns for the cells' texts.
    """
    lefts = _label_columns(rows)
    narrowest = max((_value_width(cell) for row in rows for cell in row["cells"]), default=0) + 8
    level = [_level(labels, left) for left in lefts]
    slanted = [_slanted(labels, left, length) for left in lefts for length in SLANTED]
    choices = [
        *(found for found in level if found and max(map(len, found.headings)) <= MOST_LINES),
        *(found for found in level if found),
        *(found for found in slanted if _apart(found)),
        slanted[-1],
    ]
    for layout in choices:
        if layout.pitch >= narrowest:
            return layout
    raise ValueError(f"chart {chart!r}: {len(labels)} columns leave no room for the cells' texts")


def row_height(row: Row, layout: Layout) -> float:
    """Height in px of a row, with the space between cells."""
    return max(LEAST_ROW, LABEL_LINE * len(_label_lines(row, layout.left)) + 8)


def _check(
    columns: int, rows: Sequence[Row], legend: Sequence[Meaning], top: float, what: str
) -> None:
    if top <= 0:
        raise ValueError(f"{what}: the greatest value is {top:g}, not above 0")
    for row in rows:
        if len(row["cells"]) != columns:
            raise ValueError(
                f"{what}, {row['label']!r}: {len(row['cells'])} cells for {columns} columns"
            )
    shown = [(row["label"], cell["value"]) for row in rows for cell in row["cells"]]
    for label, value in [*shown, *((meaning["label"], meaning["value"]) for meaning in legend)]:
        if value is not None and not 0 <= finite(value, f"{what}, {label!r}") <= top:
            raise ValueError(f"{what}, {label!r}: {value!r} is not between 0 and {top:g}")


# --- layout ---------------------------------------------------------------------------------------


def _label_columns(rows: Sequence[Row]) -> list[float]:
    """Widths for the column of labels, the widest first; no word is broken for a narrower one."""
    words = [word for row in rows for word in row["label"].split()]
    longest = max((measure(word, LABEL) for word in words), default=0.0) + GAP_LABEL
    first, *narrower = (share * WIDTH for share in LABEL_SHARES)
    # A little more than what is measured: rounding is not to break a line that just fits.
    return [
        max((measure(line, LABEL) for row in rows for line in _label_lines(row, width)), default=0)
        + GAP_LABEL
        + 0.1
        for width in (first, *(width for width in narrower if width >= longest))
    ]


def _label_lines(row: Row, left: float) -> list[str]:
    return wrap(row["label"], left - GAP_LABEL, LABEL)


def _value_width(cell: Cell) -> float:
    return 0.0 if cell["value"] is None else measure(cell["text"], VALUE, Weight.SEMI_BOLD)


def _level(labels: Sequence[str], left: float) -> Layout | None:
    """Level headings, if each word of each label fits its column."""
    pitch = min((WIDTH - left) / len(labels), WIDEST_COLUMN)
    longest = [max(map(_width, label.split()), default=0.0) for label in labels]
    if max(longest) > pitch - CLOSEST:
        return None
    # Words side by side keep the wider distance; only a long word may come nearer its neighbour.
    headings = tuple(
        _heading(label, max(pitch - CLOSE, word))
        for label, word in zip(labels, longest, strict=True)
    )
    head = HEADING_LINE * max(map(len, headings)) + GAP_HEADING
    return Layout(left, pitch, head, False, headings)


def _slanted(labels: Sequence[str], left: float, length: float) -> Layout:
    headings = tuple(_heading(label, length) for label in labels)
    reach = [SLOPE * max(map(_width, lines), default=0) + HEADING_LINE for lines in headings]
    # Each heading leans to the right, over its neighbours, but not off the sheet.
    pitch = min(
        (WIDTH - left) / len(labels),
        WIDEST_COLUMN,
        *((WIDTH - left - right) / (number + 0.5) for number, right in enumerate(reach)),
    )
    stacks = [SLOPE * HEADING_LINE * (len(lines) - 1) for lines in headings]
    head = max(map(sum, zip(reach, stacks, strict=True))) + GAP_HEADING
    return Layout(left, pitch, head, True, headings)


def _apart(layout: Layout) -> bool:
    """Whether slanted headings keep off each other."""
    return HEADING_LINE * max(map(len, layout.headings)) <= layout.pitch * SLOPE


def _heading(label: str, width: float) -> Lines:
    return tuple(wrap(label, width, HEADING, Weight.SEMI_BOLD))


def _width(line: str) -> float:
    return measure(line, HEADING, Weight.SEMI_BOLD)


# --- painting -------------------------------------------------------------------------------------

# A cell's value, and its left, top, width and height.
Box = tuple[float | None, tuple[float, float, float, float]]


def _draw_headings(figure: Figure, layout: Layout) -> None:
    for number, lines in enumerate(layout.headings):
        x, y = layout.centre(number), layout.head - GAP_HEADING
        for place, line in zip(reversed(range(len(lines))), lines, strict=True):
            # Slanted lines stack across their own direction, up and to the left.
            aside = place * HEADING_LINE * SLOPE
            text(
                figure,
                x + 4 - aside if layout.slanted else x,
                y - (aside if layout.slanted else place * HEADING_LINE),
                line,
                size=HEADING,
                weight=Weight.SEMI_BOLD,
                align="left" if layout.slanted else "center",
                rotation=45 if layout.slanted else 0,
            )


def _draw_rows(figure: Figure, rows: Sequence[Row], layout: Layout) -> list[Box]:
    """Labels and values; the cells' boxes are returned, to be painted together."""
    boxes: list[Box] = []
    top = layout.head
    for row in rows:
        height = row_height(row, layout)
        middle = top + height / 2
        lines = _label_lines(row, layout.left)
        first = middle + 4.8 - LABEL_LINE * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            text(figure, 0, first + number * LABEL_LINE, line, size=LABEL)
        for number, cell in enumerate(row["cells"]):
            x = layout.centre(number)
            left = x - layout.pitch / 2 + GAP / 2
            boxes.append((cell["value"], (left, top + GAP / 2, layout.pitch - GAP, height - GAP)))
            if cell["value"] is None:
                _draw_dash(figure, x, middle)
                continue
            text(
                figure,
                x,
                middle + 5,
                cell["text"],
                size=VALUE,
                weight=Weight.SEMI_BOLD if cell["value"] else Weight.REGULAR,
                colour=INK if cell["value"] else MUTED,
                align="center",
            )
        top += height
    return boxes


def _draw_dash(figure: Figure, x: float, middle: float) -> None:
    text(figure, x, middle + 5, DASH, size=VALUE, colour=MUTED, align="center")


def _draw_boxes(figure: Figure, boxes: Iterable[Box], top: float, accent: str) -> None:
    """The cells: those of one value in one path, which keeps the SVG small."""
    shades: dict[float, list[Path]] = {}
    for value, (x, y, width, height) in boxes:
        if value is not None:
            # The outline lies within the cell, so that all cells are of one size.
            inset = 0 if value else 0.5
            inner = rectangle(x + inset, y + inset, width - 2 * inset, height - 2 * inset)
            shades.setdefault(value, []).append(inner)
    for value, paths in sorted(shades.items()):
        path = Path.make_compound_path(*paths)
        if value:
            shape(figure, path, fill=accent, fill_opacity=tint(value, top))
        else:
            shape(figure, path, stroke=LINE)
