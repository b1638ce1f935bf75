"""A compact ranking: labels on the left and up to three bars beside each, on one scale from zero.

content:
    rows     list, 5 to 25, from top to bottom:
        label    what the row is about
        bars     list, 1 to 3:
            value    the number, zero or more; None if it is not stated
            text     the formatted number, or the words for "not stated"
            colour   `#rrggbb`
    legend   list of {label, colour}: what the colours mean, above the bars; may be empty
    caption  a remark under the bars; may be missing
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure

from charts import Chart
from charts.canvas import (
    LINE,
    MUTED,
    Weight,
    canvas,
    finite,
    measure,
    rectangle,
    segments,
    shape,
    svg,
    text,
    wrap,
)
from charts.legend import draw_words, legend_entries, legend_height

WIDTH = 400
MAX_LABEL_WIDTH = 150
LABEL, VALUE, NOTE = 13.0, 13.0, 11.5
LABEL_LINE, NOTE_LINE = 16, 15
# A row of one bar is 26 px high, each further bar adds 16.
BAR, BAR_PITCH, AIR = 13, 16, 10
# The distance of the ends of the zero line from the edges of the rows, in px.
ZERO_INSET = 2
GAP_LABEL, GAP_VALUE = 10, 6
GAP_LEGEND, GAP_CAPTION = 8, 12
SQUARE = 10
# The least length that the values leave for the longest bar, in px.
MIN_BAR = 40

Bar = Mapping[str, Any]
Row = Mapping[str, Any]


def draw(chart: Chart) -> str:
    """Return the ranking as one `<svg>`, 400 px wide."""
    rows: Sequence[Row] = chart.content["rows"]
    legend: Sequence[Mapping[str, str]] = chart.content["legend"]
    entries = legend_entries([entry["label"] for entry in legend], SQUARE, WIDTH)
    caption = wrap(chart.content.get("caption") or "", WIDTH, NOTE)
    left = label_column(rows)
    unit = pixels_per_unit(rows, WIDTH - left, chart.id)
    top = legend_height(entries) + GAP_LEGEND if entries else 0
    bottom = top + sum(row_height(row) for row in rows)
    below = GAP_CAPTION + NOTE_LINE * len(caption) if caption else 0
    with canvas(WIDTH, bottom + below) as figure:
        for entry, mark in zip(entries, legend, strict=True):
            square = rectangle(entry.x, entry.y + 3.5, SQUARE, SQUARE)
            shape(figure, square, fill=mark["colour"])
            draw_words(figure, entry, SQUARE)
        # The line is left of the bars, so that it does not cover their beginning.
        ends = (left - 0.5, top + ZERO_INSET), (left - 0.5, bottom - ZERO_INSET)
        shape(figure, segments([ends]), stroke=LINE)
        y = top
        for row in rows:
            _draw_row(figure, y, row, left, unit)
            y += row_height(row)
        for number, line in enumerate(caption):
            y = bottom + GAP_CAPTION + 11 + number * NOTE_LINE
            text(figure, 0, y, line, size=NOTE, colour=MUTED)
        return svg(figure, chart)


def label_column(rows: Sequence[Row]) -> float:
    """Return the width in px of the labels and the space after them."""
    lines = [line for row in rows for line in _label_lines(row)]
    return max((measure(line, LABEL) for line in lines), default=0.0) + GAP_LABEL


def pixels_per_unit(rows: Sequence[Row], plot: float, chart: str) -> float:
    """Return the scale of all bars, with which bars and values fit into `plot` px.

    Raises ValueError, with the chart and the row, for a value that is negative or no number, and
    for a text that leaves no room for its bar.
    """
    room = []
    for row in rows:
        for bar in row["bars"]:
            what = f"chart {chart!r}, {row['label']!r}, {bar['text']!r}"
            value = 0.0 if bar["value"] is None else finite(bar["value"], what)
            if value < 0:
                raise ValueError(f"{what}: a bar cannot be negative")
            left = plot - GAP_VALUE - value_width(bar)
            if left < (MIN_BAR if value else 0):
                raise ValueError(f"{what}: the text is too long to stand beside a bar")
            if value:
                room.append(left / value)
    return min(room, default=0.0)


def value_width(bar: Bar) -> float:
    """Return the width in px of a value set with tabular figures."""
    # 4 is the widest digit of Pretendard.
    return measure(re.sub("[0-9]", "4", bar["text"]), VALUE, Weight.SEMI_BOLD)


def row_height(row: Row) -> float:
    """Return the height in px of a row, with the space around it."""
    return AIR + max(BAR_PITCH * len(row["bars"]), LABEL_LINE * len(_label_lines(row)))


def _label_lines(row: Row) -> list[str]:
    return wrap(row["label"], MAX_LABEL_WIDTH, LABEL)


def _draw_row(figure: Figure, top: float, row: Row, left: float, unit: float) -> None:
    middle = top + row_height(row) / 2
    lines = _label_lines(row)
    first = middle + 4.6 - LABEL_LINE * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        text(figure, 0, first + number * LABEL_LINE, line, size=LABEL)
    centre = middle - BAR_PITCH * (len(row["bars"]) - 1) / 2
    for bar in row["bars"]:
        _draw_bar(figure, centre, bar, left, unit)
        centre += BAR_PITCH


def _draw_bar(figure: Figure, centre: float, bar: Bar, left: float, unit: float) -> None:
    if bar["value"] is None:
        text(figure, left + GAP_VALUE, centre + 4.6, bar["text"], size=VALUE, colour=MUTED)
        return
    length = bar["value"] * unit
    if length:
        shape(figure, rectangle(left, centre - BAR / 2, length, BAR), fill=bar["colour"])
    text(
        figure,
        left + length + GAP_VALUE,
        centre + 4.6,
        bar["text"],
        size=VALUE,
        weight=Weight.SEMI_BOLD,
    )
