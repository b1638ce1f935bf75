"""Legends: entries with a sign and words, side by side in lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from charts.canvas import MUTED, measure, text, wrap

SIZE, LINE = 12.0, 17
# The space between a sign and its words, and between two entries, in px.
GAP_WORDS, GAP_ENTRIES = 6, 16


@dataclass(frozen=True)
class Entry:
    """An entry of a legend: the upper left corner of its sign, and its words in lines."""

    x: float
    y: float
    lines: tuple[str, ...]


def legend_entries(labels: Sequence[str], sign: float, width: float) -> list[Entry]:
    """Return the entries of a legend `width` px wide, whose signs are `sign` px wide."""
    entries: list[Entry] = []
    x = y = 0.0
    for label in labels:
        lines = tuple(wrap(label, width - sign - GAP_WORDS, SIZE))
        taken = sign + GAP_WORDS + max((measure(line, SIZE) for line in lines), default=0.0)
        # An entry of several lines has no other entry on its right.
        if x and (x + taken > width or len(entries[-1].lines) > 1):
            x, y = 0.0, legend_height(entries)
        entries.append(Entry(x, y, lines))
        x += taken + GAP_ENTRIES
    return entries


def legend_height(entries: Sequence[Entry]) -> float:
    """Return the height of a legend in px."""
    return max((entry.y + LINE * max(len(entry.lines), 1) for entry in entries), default=0.0)


def draw_words(figure: Figure, entry: Entry, sign: float, top: float = 0) -> None:
    """Draw the words of an entry beside a sign `sign` px wide, in a legend that begins at `top`."""
    for number, line in enumerate(entry.lines):
        y = top + entry.y + 12.5 + number * LINE
        text(figure, entry.x + sign + GAP_WORDS, y, line, size=SIZE, colour=MUTED)
