"""Horizontal bars from zero: an indicator for cities and their regions.

content:
    groups   list, one for each city, from top to bottom:
        label    the city's name
        colour   its `#rrggbb`
        bars     list, one for each base:
            value    the number, zero or more
            text     the formatted number
            note     base and year, printed with every bar
            primary  true for the base of the city itself (solid); others are tinted with an outline
    caption  a remark under the bars; may be missing
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure

from charts import Chart
from charts.canvas import (
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

WIDTH = 400
BAR = 16
LABEL, VALUE, NOTE = 14.0, 13.0, 11.5
LABEL_LINE, VALUE_LINE, NOTE_LINE = 18, 18, 15
GAP_VALUE = 8
GAP_BARS = 12
GAP_GROUPS = 22
# A value wider than this is above its bar, which would be too short to compare otherwise.
MAX_VALUE_WIDTH = 150

Bar = Mapping[str, Any]
Group = Mapping[str, Any]


def draw(chart: Chart) -> str:
    """Return the bars as one `<svg>`, 400 px wide."""
    groups: Sequence[Group] = chart.content["groups"]
    bars = [bar for group in groups for bar in group["bars"]]
    unit = pixels_per_unit(bars, chart.id)
    caption = wrap(chart.content.get("caption") or "", WIDTH, NOTE)
    height = sum(group_height(group) for group in groups) + GAP_GROUPS * (len(groups) - 1)
    with canvas(
        WIDTH, height + (GAP_GROUPS + NOTE_LINE * len(caption) if caption else 0)
    ) as figure:
        y = 0.0
        for group in groups:
            _draw_group(figure, y, group, unit)
            y += group_height(group) + GAP_GROUPS
        for number, line in enumerate(caption):
            text(
                figure,
                0,
                height + GAP_GROUPS + 11 + number * NOTE_LINE,
                line,
                size=NOTE,
                colour=MUTED,
            )
        return svg(figure, chart)


def pixels_per_unit(bars: Sequence[Bar], chart: str) -> float:
    """Return the scale of all bars, with which every value fits to the right of its bar.

    Raises ValueError, with the chart, for a value that is negative or no number.
    """
    room = []
    for bar in bars:
        value = finite(bar["value"], f"chart {chart!r}, {bar['text']!r}")
        if value < 0:
            raise ValueError(f"chart {chart!r}, {bar['text']!r}: a bar cannot be negative")
        if value > 0:
            beside = 0 if _is_above_bar(bar) else GAP_VALUE + _value_width(bar)
            room.append((WIDTH - beside) / value)
    return min(room, default=0.0)


def bar_height(bar: Bar) -> float:
    """Return the height in px of a bar with its value and note."""
    above = VALUE_LINE * len(_value_lines(bar)) if _is_above_bar(bar) else 0
    return above + BAR + 2 + NOTE_LINE * len(_note_lines(bar))


def group_height(group: Group) -> float:
    """Return the height in px of the label of a city and its bars."""
    labels = LABEL_LINE * len(_label_lines(group)) + 4
    bars = sum(bar_height(bar) for bar in group["bars"])
    return labels + bars + GAP_BARS * (len(group["bars"]) - 1)


def _value_width(bar: Bar) -> float:
    return measure(bar["text"], VALUE, Weight.SEMI_BOLD)


def _is_above_bar(bar: Bar) -> bool:
    return _value_width(bar) > MAX_VALUE_WIDTH


def _value_lines(bar: Bar) -> list[str]:
    return wrap(bar["text"], WIDTH, VALUE, Weight.SEMI_BOLD)


def _note_lines(bar: Bar) -> list[str]:
    return wrap(bar["note"], WIDTH, NOTE)


def _label_lines(group: Group) -> list[str]:
    return wrap(group["label"], WIDTH, LABEL, Weight.SEMI_BOLD)


def _draw_group(figure: Figure, top: float, group: Group, unit: float) -> None:
    for line in _label_lines(group):
        text(figure, 0, top + 13, line, size=LABEL, weight=Weight.SEMI_BOLD)
        top += LABEL_LINE
    top += 4
    for bar in group["bars"]:
        _draw_bar(figure, top, bar, group["colour"], unit)
        top += bar_height(bar) + GAP_BARS


def _draw_bar(figure: Figure, top: float, bar: Bar, colour: str, unit: float) -> None:
    length = bar["value"] * unit
    if _is_above_bar(bar):
        for line in _value_lines(bar):
            text(figure, 0, top + 13, line, size=VALUE, weight=Weight.SEMI_BOLD)
            top += VALUE_LINE
    else:
        text(
            figure,
            length + GAP_VALUE if length else 0,
            top + BAR / 2 + 4.6,
            bar["text"],
            size=VALUE,
            weight=Weight.SEMI_BOLD,
        )
    if length and bar.get("primary"):
        shape(figure, rectangle(0, top, length, BAR), fill=colour)
    elif length:
        shape(figure, rectangle(0, top, length, BAR), fill=colour, fill_opacity=0.16)
        # The outline is inside the bar, so that it ends at the value.
        inner = rectangle(0.5, top + 0.5, max(length - 1, 0), BAR - 1)
        shape(figure, inner, stroke=colour)
    for number, line in enumerate(_note_lines(bar)):
        text(figure, 0, top + BAR + 13 + number * NOTE_LINE, line, size=NOTE, colour=MUTED)
