"""A matrix of rows and columns with one of three signs in each cell.

content:
    columns  list of {label, colour}, 2 to 12
    rows     list of {label, cells}, 1 to 40; `cells` holds 2, 1 or 0 for each column
    legend   mapping of "2" and "1" (and "0", if it needs words) to what they mean

2 is a filled circle in the column's colour, 1 a ring, 0 a small light dot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from matplotlib.figure import Figure

from charts import Chart
from charts.canvas import (
    INK,
    LAND,
    LINE,
    MUTED,
    Point,
    canvas,
    circles,
    segments,
    shape,
    spots,
    svg,
    text,
    wrap,
)
from charts.headings import Columns, Style, draw_headings, level_columns, slanted_columns

WIDTH = 720
LEFT = 210
LABEL, LEGEND = 14.0, 12.5
LABEL_LINE, LEGEND_LINE = 19, 17
HEADINGS = Style(size=13.5, line=17, below=8, baseline=12, gap=8, min_gap=8, max_pitch=112)
MIN_ROW = 36
# The lengths of the lines of slanted headings, in px: the first that fits is used.
SLANTED = (130, 200, 300)
FILLED, RING, ABSENT = 8.0, 7.0, 1.75
RING_STROKE = 2.0

Column = Mapping[str, Any]
Row = Mapping[str, Any]


def arrange(labels: Sequence[str]) -> Columns:
    """Return the columns: with level headings if each word fits its column, else slanted ones."""
    level = level_columns(labels, LEFT, WIDTH, HEADINGS)
    if level:
        return replace(level, left=WIDTH - level.pitch * len(labels))
    # Lines of a heading are stacked towards the heading on its left: longer lines need less room.
    slanted = [slanted_columns(labels, LEFT, WIDTH, length, HEADINGS) for length in SLANTED]
    columns = next((columns for columns in slanted if columns.apart()), slanted[-1])
    left = min(
        WIDTH - columns.pitch * len(labels),
        *(
            WIDTH - right - columns.pitch * (number + 0.5)
            for number, right in enumerate(columns.reach())
        ),
    )
    return replace(columns, left=left)


def draw(chart: Chart) -> str:
    """Return the matrix as one `<svg>`, 720 px wide, as high as its rows need."""
    columns: Sequence[Column] = chart.content["columns"]
    rows: Sequence[Row] = chart.content["rows"]
    for row in rows:
        _check(row, len(columns), chart.id)
    layout = arrange([column["label"] for column in columns])
    legend = legend_lines(chart.content["legend"])
    body = sum(row_height(row, layout) for row in rows)
    legend_height = 16 + sum(LEGEND_LINE * len(lines) + 5 for _, lines in legend) if legend else 0
    with canvas(WIDTH, layout.head + body + legend_height + 1) as figure:
        draw_headings(figure, layout)
        _draw_rows(figure, columns, rows, layout)
        _draw_legend(figure, layout.head + body + 16, legend)
        return svg(figure, chart)


def row_height(row: Row, layout: Columns) -> float:
    """Return the height in px of a row, from rule to rule."""
    return max(MIN_ROW, LABEL_LINE * len(_label(row, layout)) + 14)


def legend_lines(legend: Mapping[Any, str]) -> list[tuple[int, list[str]]]:
    """Return the level and the lines of each entry, the highest level first."""
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


def _label(row: Row, layout: Columns) -> list[str]:
    return wrap(row["label"], layout.left - 12, LABEL)


def _draw_rows(
    figure: Figure, columns: Sequence[Column], rows: Sequence[Row], layout: Columns
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
    """Draw the sign for 2, 1 or 0 at each of `centres`."""
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
