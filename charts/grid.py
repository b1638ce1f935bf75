"""A grid of rows and columns whose cells are shaded by their values.

content:
    columns  list of {label}, 1 to about 12
    rows     list:
        label  the row's name
        cells  list, one a column:
            value  the number, 0 to `top`; None if it is not stated
            text   the formatted number; not needed with None
    top      the greatest possible value
    legend   list of {value, label}: what a shade means, its number included; may be empty

A cell has a shade of the accent of the chart, the stronger the greater its value; 0 is an empty
cell with an outline, None a dash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from charts.headings import Columns, Style, draw_headings, level_columns, slanted_columns
from charts.legend import draw_words, legend_entries, legend_height

WIDTH = 640
# The greatest widths of the labels of the rows, as shares of the width: the first with which the
# headings are level is used.
LABEL_SHARES = (0.4, 0.3, 0.2)
LABEL, VALUE = 13.5, 14.0
LABEL_LINE = 17
MIN_ROW = 32
GAP = 2
GAP_LABEL, GAP_LEGEND = 12, 14
HEADINGS = Style(size=12.5, line=16, below=8, baseline=8, gap=14, min_gap=4, max_pitch=112)
MAX_LINES = 3
# The lengths of the lines of slanted headings, in px: the first that fits is used.
SLANTED = (110, 160, 240, 400)
SIGN_WIDTH, SIGN_HEIGHT = 22, 14
# INK has a contrast of 4.5 or more (WCAG 2.2) on a tint of 0.45 of every accent that has as much on
# white; and in the dark scheme, where an accent is lightened only as far as is needed.
MIN_TINT, MAX_TINT = 0.05, 0.45
DASH = "–"

Column = Mapping[str, Any]
Row = Mapping[str, Any]
Cell = Mapping[str, Any]
Meaning = Mapping[str, Any]


def draw(chart: Chart) -> str:
    """Return the grid as one `<svg>`, 640 px wide, as high as its rows need."""
    columns: Sequence[Column] = chart.content["columns"]
    rows: Sequence[Row] = chart.content["rows"]
    legend: Sequence[Meaning] = chart.content["legend"]
    top = finite(chart.content["top"], f"chart {chart.id!r}, the greatest value")
    _check(len(columns), rows, legend, top, f"chart {chart.id!r}")
    entries = legend_entries([entry["label"] for entry in legend], SIGN_WIDTH, WIDTH)
    layout = arrange([column["label"] for column in columns], rows, chart.id)
    bottom = layout.head + sum(row_height(row, layout) for row in rows)
    below = GAP_LEGEND + legend_height(entries) if entries else 0
    with canvas(WIDTH, bottom + below) as figure:
        draw_headings(figure, layout)
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
    """Return the opacity of the accent in a cell; `value` is more than 0 and at most `top`."""
    return MIN_TINT + (MAX_TINT - MIN_TINT) * value / top


def arrange(labels: Sequence[str], rows: Sequence[Row], chart: str) -> Columns:
    """Return the columns: with level headings of up to three lines, of more, or slanted.

    Raises ValueError, with the chart, if there are too many columns for the texts of the cells.
    """
    lefts = _label_columns(rows)
    narrowest = max((_value_width(cell) for row in rows for cell in row["cells"]), default=0) + 8
    level = [level_columns(labels, left, WIDTH, HEADINGS) for left in lefts]
    slanted = [
        slanted_columns(labels, left, WIDTH, length, HEADINGS)
        for left in lefts
        for length in SLANTED
    ]
    choices = [
        *(columns for columns in level if columns and columns.most_lines <= MAX_LINES),
        *(columns for columns in level if columns),
        *(columns for columns in slanted if columns.apart()),
        slanted[-1],
    ]
    for layout in choices:
        if layout.pitch >= narrowest:
            return layout
    raise ValueError(f"chart {chart!r}: {len(labels)} columns leave no room for the cells' texts")


def row_height(row: Row, layout: Columns) -> float:
    """Return the height in px of a row, with the space between cells."""
    return max(MIN_ROW, LABEL_LINE * len(_label_lines(row, layout.left)) + 8)


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
    """Return widths for the column of labels, the widest first, none that would break a word."""
    words = [word for row in rows for word in row["label"].split()]
    longest = max((measure(word, LABEL) for word in words), default=0.0) + GAP_LABEL
    first, *narrower = (share * WIDTH for share in LABEL_SHARES)
    # A little wider than measured, so that rounding cannot break a line that just fits.
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


# --- painting -------------------------------------------------------------------------------------

# A cell's value, and its left, top, width and height.
Box = tuple[float | None, tuple[float, float, float, float]]


def _draw_rows(figure: Figure, rows: Sequence[Row], layout: Columns) -> list[Box]:
    """Draw labels and values, and return the boxes of the cells, which are painted together."""
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
    """Draw the cells, those of one value as one path, which keeps the SVG small."""
    shades: dict[float, list[Path]] = {}
    for value, (x, y, width, height) in boxes:
        if value is not None:
            # The outline is inside the cell, so that all cells have one size.
            inset = 0 if value else 0.5
            inner = rectangle(x + inset, y + inset, width - 2 * inset, height - 2 * inset)
            shades.setdefault(value, []).append(inner)
    for value, paths in sorted(shades.items()):
        path = Path.make_compound_path(*paths)
        if value:
            shape(figure, path, fill=accent, fill_opacity=tint(value, top))
        else:
            shape(figure, path, stroke=LINE)
