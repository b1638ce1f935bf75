"""A compact ranking: labels on the left, up to three bars beside each, all from one zero.

content:
    rows     list, 5 to 25, in the order they are to stand:
        label    what the row is about
        bars     list, 1 to 3:
            value    the number, zero or more; None if it is not stated
            text     the number as the reader sees it, or the words for "not stated"
            colour   `#rrggbb`
    legend   list of {label, colour}: what the colours mean, told above the bars; may be empty
    caption  a remark under the bars; may be missing
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

WIDTH = 400
WIDEST_LABEL = 150
LABEL, VALUE, LEGEND, NOTE = 13.0, 13.0, 12.0, 11.5
LABEL_LINE, LEGEND_LINE, NOTE_LINE = 16, 17, 15
# A row of one bar is 26 px high, each further bar adds 16.
BAR, BAR_PITCH, AIR = 13, 16, 10
# The zero line ends this far from the edges of the rows, a little beyond the outermost bars.
ZERO_INSET = 2
GAP_LABEL, GAP_VALUE = 10, 6
GAP_LEGEND, GAP_CAPTION = 8, 12
SQUARE = 10
# Space between a legend's sign and its words, and from entry to entry.
GAP_WORDS, GAP_ENTRIES = 6, 16
# A value must leave the longest bar this much, or lengths could not be compared.
LEAST_BAR = 40

Bar = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """An entry of a legend: where its sign has its upper left corner, and its words in lines."""

    x: float
    y: float
    lines: tuple[str, ...]


def draw(chart: Chart) -> str:
    """The ranking as one `<svg>`, 400 px wide."""
    rows: Sequence[Row] = chart.content["rows"]
    legend: Sequence[Mapping[str, str]] = chart.content["legend"]
    entries = flow([entry["label"] for entry in legend], SQUARE, WIDTH)
    caption = wrap(chart.content.get("caption") or "", WIDTH, NOTE)
    left = label_column(rows)
    unit = pixels_per_unit(rows, WIDTH - left, chart.id)
    top = flow_height(entries) + GAP_LEGEND if entries else 0
    bottom = top + sum(row_height(row) for row in rows)
    below = GAP_CAPTION + NOTE_LINE * len(caption) if caption else 0
    with canvas(WIDTH, bottom + below) as figure:
        for entry, mark in zip(entries, legend, strict=True):
            square = rectangle(entry.x, entry.y + 3.5, SQUARE, SQUARE)
            shape(figure, square, fill=mark["colour"])
            draw_words(figure, entry, SQUARE)
        # The line ends where the bars begin: it takes nothing from their length.
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
    """Width in px that the labels take, with the space after them: as little as will do."""
    lines = [line for row in rows for line in _label_lines(row)]
    return max((measure(line, LABEL) for line in lines), default=0.0) + GAP_LABEL


def pixels_per_unit(rows: Sequence[Row], plot: float, chart: str) -> float:
    """The one scale of all bars: the longest leaves every value its place in `plot` px.

    Raises ValueError, naming the chart and the row, for a value that is negative or no number,
    and for a text that leaves its bar no room.
    """
    room = []
    for row in rows:
        for bar in row["bars"]:
            what = f"chart {chart!r}, {row['label']!r}, {bar['text']!r}"
            value = 0.0 if bar["value"] is None else finite(bar["value"], what)
            if value < 0:
                raise ValueError(f"{what}: a bar cannot be negative")
            left = plot - GAP_VALUE - value_width(bar)
            if left < (LEAST_BAR if value else 0):
                raise ValueError(f"{what}: the text is too long to stand beside a bar")
            if value:
                room.append(left / value)
    return min(room, default=0.0)


def value_width(bar: Bar) -> float:
    """Room in px for a value: no less than its figures need where a page sets them tabular."""
    # 4 is Pretendard's widest figure.
    return measure(re.sub("[0-9]", "4", bar["text"]), VALUE, Weight.SEMI_BOLD)


def row_height(row: Row) -> float:
    """Height in px of a row, with the space around it."""
    return AIR + max(BAR_PITCH * len(row["bars"]), LABEL_LINE * len(_label_lines(row)))


def _label_lines(row: Row) -> list[str]:
    return wrap(row["label"], WIDEST_LABEL, LABEL)


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


# --- legends --------------------------------------------------------------------------------------


def flow(labels: Sequence[str], sign: float, width: float) -> list[Entry]:
    """A legend's entries, each a sign `sign` px wide and its words, side by side in lines."""
    entries: list[Entry] = []
    x = y = 0.0
    for label in labels:
        lines = tuple(wrap(label, width - sign - GAP_WORDS, LEGEND))
        taken = sign + GAP_WORDS + max((measure(line, LEGEND) for line in lines), default=0.0)
        # Nothing stands beside words that take more than a line.
        if x and (x + taken > width or len(entries[-1].lines) > 1):
            x, y = 0.0, flow_height(entries)
        entries.append(Entry(x, y, lines))
        x += taken + GAP_ENTRIES
    return entries


def flow_height(entries: Sequence[Entry]) -> float:
    """Height in px of a legend's entries."""
    return max((entry.y + LEGEND_LINE * max(len(entry.lines), 1) for entry in entries), default=0.0)


def draw_words(figure: Figure, entry: Entry, sign: float, top: float = 0) -> None:
    """The words of an entry, beside a sign `sign` px wide, in a legend that begins at `top`."""
    for number, line in enumerate(entry.lines):
        y = top + entry.y + 12.5 + number * LEGEND_LINE
        text(figure, entry.x + sign + GAP_WORDS, y, line, size=LEGEND, colour=MUTED)
