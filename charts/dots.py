"""A chart of dots: each stands for the same number of things.

content:
    rows     list, top to bottom within its unit:
        label    the name of the things
        value    their number, zero or more
        text     the formatted number
        unit     id of its scale
    scales   unit id -> {per: things per dot, text: "One dot is one company"}

Rows of a unit are grouped under the text of its scale, units in the order of their first rows.
`charts.scale.things_per_dot` computes a good `per`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from charts import Chart
from charts.canvas import (
    LINE,
    MUTED,
    Weight,
    canvas,
    circles,
    finite,
    measure,
    segments,
    shape,
    spots,
    svg,
    text,
    wrap,
)

WIDTH = 400
DOTS_PER_LINE = 40
PITCH = WIDTH / DOTS_PER_LINE
RADIUS = 3.5
NUMBER, LABEL, SCALE = 20.0, 14.0, 12.0
LABEL_LINE, SCALE_LINE = 19, 16
GAP_ROWS = 22
GAP_UNITS = 34
# A number wider than this is on a line of its own, above its label.
MAX_NUMBER_WIDTH = 180

Row = Mapping[str, Any]
Scale = Mapping[str, Any]


def draw(chart: Chart) -> str:
    """Return the dots as one `<svg>`, 400 px wide."""
    units = by_unit(chart.content["rows"])
    scales: Mapping[str, Scale] = chart.content["scales"]
    for unit, rows in units.items():
        _check(rows, scales[unit], chart.id)
    height = sum(unit_height(rows, scales[unit]) for unit, rows in units.items())
    with canvas(WIDTH, height + GAP_UNITS * (len(units) - 1)) as figure:
        top = 0.0
        for unit, rows in units.items():
            _draw_unit(figure, top, rows, scales[unit], chart.accent)
            top += unit_height(rows, scales[unit]) + GAP_UNITS
        return svg(figure, chart)


def by_unit(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the rows by unit, both in the order of their first rows."""
    units: dict[str, list[Row]] = {}
    for row in rows:
        units.setdefault(row["unit"], []).append(row)
    return units


def dots(value: float, per: float) -> tuple[int, float]:
    """Return how many whole dots `value` things have, and the part (0 to below 1) of another."""
    part, whole = math.modf(value / per)
    return int(whole), part


def _check(rows: list[Row], scale: Scale, chart: str) -> None:
    if finite(scale["per"], f"chart {chart!r}, {scale['text']!r}") <= 0:
        raise ValueError(f"chart {chart!r}, {scale['text']!r}: a dot must stand for something")
    for row in rows:
        if finite(row["value"], f"chart {chart!r}, {row['label']!r}") < 0:
            raise ValueError(f"chart {chart!r}, {row['label']!r}: a count cannot be negative")


def _lines_of_dots(row: Row, scale: Scale) -> int:
    whole, part = dots(row["value"], scale["per"])
    return math.ceil((whole + (part > 0)) / DOTS_PER_LINE)


def _label_left(row: Row) -> float:
    width = measure(row["text"], NUMBER, Weight.SEMI_BOLD)
    return 0 if width > MAX_NUMBER_WIDTH else width + 8


def _label_lines(row: Row) -> list[str]:
    return wrap(row["label"], WIDTH - _label_left(row), LABEL)


def _number_lines(row: Row) -> list[str]:
    return wrap(row["text"], WIDTH, NUMBER, Weight.SEMI_BOLD)


def _head_height(row: Row) -> float:
    """Return the height in px of number and label, down to the first line of dots."""
    number_lines = 25 * len(_number_lines(row)) if _label_left(row) == 0 else 0
    return number_lines + 29 + LABEL_LINE * (len(_label_lines(row)) - 1)


def row_height(row: Row, scale: Scale) -> float:
    """Return the height in px of the number, label and dots of a row."""
    lines = _lines_of_dots(row, scale)
    return _head_height(row) + (2 * RADIUS + PITCH * (lines - 1) if lines else 0)


def _scale_lines(scale: Scale) -> list[str]:
    return wrap(scale["text"], WIDTH - 14, SCALE)


def _scale_height(scale: Scale) -> float:
    return SCALE_LINE * len(_scale_lines(scale)) + 18


def unit_height(rows: list[Row], scale: Scale) -> float:
    """Return the height in px of a unit: the text of its scale and its rows."""
    heights = sum(row_height(row, scale) for row in rows)
    return _scale_height(scale) + heights + GAP_ROWS * (len(rows) - 1)


def _draw_unit(figure: Figure, top: float, rows: list[Row], scale: Scale, accent: str) -> None:
    spots(figure, [(RADIUS, top + 7.5)], RADIUS, accent)
    lines = _scale_lines(scale)
    for number, line in enumerate(lines):
        baseline = top + 12 + number * SCALE_LINE
        text(figure, 14, baseline, line, size=SCALE, colour=MUTED)
    rule = top + SCALE_LINE * len(lines) + 4.5
    shape(figure, segments([((0, rule), (WIDTH, rule))]), stroke=LINE)
    top += _scale_height(scale)
    for row in rows:
        _draw_head(figure, top, row)
        _draw_dots(figure, top + _head_height(row), dots(row["value"], scale["per"]), accent)
        top += row_height(row, scale) + GAP_ROWS


def _draw_head(figure: Figure, top: float, row: Row) -> None:
    left = _label_left(row)
    baseline = top + 17
    for line in _number_lines(row):
        text(figure, 0, baseline, line, size=NUMBER, weight=Weight.SEMI_BOLD)
        baseline += 25 if left == 0 else 0
    for number, line in enumerate(_label_lines(row)):
        text(figure, left, baseline + number * LABEL_LINE, line, size=LABEL)


def _draw_dots(figure: Figure, top: float, count: tuple[int, float], accent: str) -> None:
    whole, part = count
    first = (RADIUS, top + RADIUS)
    if whole:
        # A line of dots is a dashed stroke of which only the round caps are visible: some bytes for
        # each line instead of a hundred for each dot.
        shape(
            figure,
            segments(dashed_lines(whole, first)),
            stroke=accent,
            stroke_width=2 * RADIUS,
            round_caps=True,
            dashes=(0.01, PITCH - 0.01),
        )
    if part:
        x = first[0] + whole % DOTS_PER_LINE * PITCH
        y = first[1] + whole // DOTS_PER_LINE * PITCH
        shape(figure, circles([(x, y)], RADIUS), fill=accent, fill_opacity=0.22)
        sector = Path.wedge(90 - 360 * part, 90)
        place = Affine2D().scale(RADIUS, -RADIUS).translate(x, y)
        shape(figure, sector.transformed(place), fill=accent)


def dashed_lines(
    count: int, first: tuple[float, float]
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return the strokes whose dashes are `count` dots, PITCH apart, the first one at `first`."""
    lines = []
    for start in range(0, count, DOTS_PER_LINE):
        dots_here = min(DOTS_PER_LINE, count - start)
        y = first[1] + start // DOTS_PER_LINE * PITCH
        # A little longer than to the last dot, so that rounding cannot remove it.
        lines.append(((first[0], y), (first[0] + (dots_here - 1) * PITCH + 0.1, y)))
    return lines
