"""Rows against columns: what is strong, named or absent where.

content:
    columns  list of {label, colour}, 2 to 12
    rows     list of {label, cells}, 1 to 40; `cells` holds 2, 1 or 0 for each column
    legend   mapping of "2" and "1" (and "0", if it needs words) to what they mean

2 is a filled circle in the column's colour, 1 a ring, 0 a small light dot.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from charts import Chart
from charts.canvas import (
    INK,
    LAND,
    LINE,
    MUTED,
    Point,
    Weight,
    canvas,
    circles,
    measure,
    segments,
    shape,
    spots,
    svg,
    text,
    wrap,
)

WIDTH = 720
LEFT = 210
WIDEST_COLUMN = 112
COLUMN, LABEL, LEGEND = 13.5, 14.0, 12.5
COLUMN_LINE, LABEL_LINE, LEGEND_LINE = 17, 19, 17
LEAST_ROW = 36
# Slanted headings break into lines no longer than this, in px: the first length that will do.
SLANTED = (130, 200, 300)
SLOPE = math.sqrt(0.5)
FILLED, RING, ABSENT = 8.0, 7.0, 1.75
RING_STROKE = 2.0

Column = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Grid:
    """Where the columns stand, in px, and the lines of their headings."""

    left: float
    pitch: float
    head: float
    slanted: bool
    headings: tuple[tuple[str, ...], ...]

    def centre(self, column: int) -> float:
        """x of a column's middle line."""
        return self.left + (column + 0.5) * self.pitch


def grid(labels: Sequence[str]) -> Grid:
    """Level headings if each word of each label fits its column, else all of them slanted."""
    pitch = min((WIDTH - LEFT) / len(labels), WIDEST_COLUMN)
    words = [_width(word) for label in labels for word in label.split()]
    if max(words, default=0) <= pitch - 8:
        headings = _headings(labels, pitch - 8)
        head = COLUMN_LINE * max(map(len, headings)) + 8
        return Grid(WIDTH - pitch * len(labels), pitch, head, False, headings)
    slanted = [_slanted(labels, length) for length in SLANTED]
    # Lines of a heading stack towards its left neighbour: longer lines, if there is no room.
    return next((found for found in slanted if _apart(found)), slanted[-1])


def _slanted(labels: Sequence[str], length: float) -> Grid:
    headings = _headings(labels, length)
    reach = [SLOPE * max(map(_width, lines), default=0) + COLUMN_LINE for lines in headings]
    # Each heading leans to the right, over its neighbours, but not off the sheet.
    pitch = min(
        (WIDTH - LEFT) / len(labels),
        WIDEST_COLUMN,
        *((WIDTH - LEFT - right) / (number + 0.5) for number, right in enumerate(reach)),
    )
    left = min(
        WIDTH - pitch * len(labels),
        *(WIDTH - right - pitch * (number + 0.5) for number, right in enumerate(reach)),
    )
    return Grid(left, pitch, max(reach) + 8, True, headings)


def _apart(layout: Grid) -> bool:
    """Whether slanted headings keep off each other."""
    return COLUMN_LINE * max(map(len, layout.headings)) <= layout.pitch * SLOPE


def _headings(labels: Sequence[str], width: float) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(wrap(label, width, COLUMN, Weight.SEMI_BOLD)) for label in labels)


def _width(line: str) -> float:
    return measure(line, COLUMN, Weight.SEMI_BOLD)


def draw(chart: Chart) -> str:
    """The matrix as one `<svg>`, 720 px wide, as high as its rows need."""
    columns: Sequence[Column] = chart.content["columns"]
    rows: Sequence[Row] = chart.content["rows"]
    for row in rows:
        _check(row, len(columns), chart.id)
    layout = grid([column["label"] for column in columns])
    legend = legend_lines(chart.content["legend"])
    body = sum(row_height(row, layout) for row in rows)
    legend_height = 16 + sum(LEGEND_LINE * len(lines) + 5 for _, lines in legend) if legend else 0
    with canvas(WIDTH, layout.head + body + legend_height + 1) as figure:
        _draw_headings(figure, layout)
        _draw_rows(figure, columns, rows, layout)
        _draw_legend(figure, layout.head + body + 16, legend)
        return svg(figure, chart)


def row_height(row: Row, layout: Grid) -> float:
    """Height in px of a row, from hairline to hairline."""
    return max(LEAST_ROW, LABEL_LINE * len(_label(row, layout)) + 14)


def legend_lines(legend: Mapping[Any, str]) -> list[tuple[int, list[str]]]:
    """Level and wrapped text of each entry, the strongest first."""
    return [
        (level, wrap(meaning, WIDTH - 26, LEGEND))
        for level, meaning in sorted(((int(k), v) for k, v in legend.items()), reverse=True)
    ]


def _check(row: Row, columns: int, chart: str) -> None:
    if len(row["cells"]) != columns:
        raise ValueError(
            f"chart {chart!r}, {row['label']!r}: {len(row['cells'])} cells for {columns} columns"
        )
    for cell in row["cells"]:
        if isinstance(cell, bool) or cell not in (0, 1, 2):
            raise ValueError(f"chart {chart!r}, {row['label']!r}: {cell!r} is not 0, 1 or 2")


def _label(row: Row, layout: Grid) -> list[str]:
    return wrap(row["label"], layout.left - 12, LABEL)


def _draw_headings(figure: Figure, layout: Grid) -> None:
    for number, lines in enumerate(layout.headings):
        x = layout.centre(number)
        for place, line in zip(reversed(range(len(lines))), lines, strict=True):
            if layout.slanted:
                # Lines stack across their own direction, up and to the left.
                aside = place * COLUMN_LINE * SLOPE
                _draw_heading(figure, x + 4 - aside, layout.head - 12 - aside, line, slanted=True)
            else:
                above = place * COLUMN_LINE
                _draw_heading(figure, x, layout.head - 12 - above, line, slanted=False)


def _draw_heading(figure: Figure, x: float, y: float, line: str, *, slanted: bool) -> None:
    text(
        figure,
        x,
        y,
        line,
        size=COLUMN,
        weight=Weight.SEMI_BOLD,
        align="left" if slanted else "center",
        rotation=45 if slanted else 0,
    )


def _draw_rows(
    figure: Figure, columns: Sequence[Column], rows: Sequence[Row], layout: Grid
) -> None:
    marks: dict[tuple[int, int], list[Point]] = {}
    rules = [((0.0, layout.head), (float(WIDTH), layout.head))]
    top = layout.head
    for row in rows:
        height = row_height(row, layout)
        middle = top + height / 2
        lines = _label(row, layout)
        first = middle + 5 - LABEL_LINE * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            text(figure, 0, first + number * LABEL_LINE, line, size=LABEL)
        for number, cell in enumerate(row["cells"]):
            column = 0 if cell == 0 else number
            marks.setdefault((cell, column), []).append((layout.centre(number), middle))
        top += height
        rules.append(((0.0, top), (float(WIDTH), top)))
    shape(figure, segments(rules[:1]), stroke=INK)
    shape(figure, segments(rules[1:]), stroke=LINE)
    for (cell, column), centres in sorted(marks.items()):
        draw_marks(figure, cell, centres, columns[column]["colour"])


def draw_marks(figure: Figure, cell: int, centres: Sequence[Point], colour: str) -> None:
    """The sign for 2, 1 or 0 at each of `centres`."""
    if cell == 2:
        spots(figure, centres, FILLED, colour)
    elif cell == 1:
        shape(figure, circles(centres, RING), stroke=colour, stroke_width=RING_STROKE)
    else:
        spots(figure, centres, ABSENT, LAND)


def _draw_legend(figure: Figure, top: float, legend: list[tuple[int, list[str]]]) -> None:
    for level, lines in legend:
        draw_marks(figure, level, [(FILLED, top + 8)], MUTED)
        for number, line in enumerate(lines):
            text(figure, 26, top + 12.5 + number * LEGEND_LINE, line, size=LEGEND, colour=MUTED)
        top += LEGEND_LINE * len(lines) + 5
