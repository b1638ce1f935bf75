"""Columns with headings, level or slanted by 45 degrees, for charts of rows against columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from charts.canvas import Weight, measure, text, wrap

# The sine and cosine of the angle of slanted headings.
SLOPE = math.sqrt(0.5)


@dataclass(frozen=True)
class Style:
    """The measures of headings in px.

    `below` is the space that the headings leave above the rows, `baseline` the distance of their
    last baseline from the rows, `gap` the usual space between the words of two level headings, and
    `min_gap` the least.
    """

    size: float
    line: float
    below: float
    baseline: float
    gap: float
    min_gap: float
    max_pitch: float

    def wrap(self, label: str, width: float) -> tuple[str, ...]:
        """Return a label in lines of at most `width` px."""
        return tuple(wrap(label, width, self.size, Weight.SEMI_BOLD))

    def width(self, line: str) -> float:
        """Return the width of a line in px."""
        return measure(line, self.size, Weight.SEMI_BOLD)


@dataclass(frozen=True)
class Columns:
    """Columns from `left` on, `pitch` px wide each, below headings `head` px high."""

    left: float
    pitch: float
    head: float
    slanted: bool
    headings: tuple[tuple[str, ...], ...]
    style: Style

    def centre(self, column: int) -> float:
        """Return the x of the middle of a column."""
        return self.left + (column + 0.5) * self.pitch

    @property
    def most_lines(self) -> int:
        """The number of lines of the longest heading."""
        return max(map(len, self.headings))

    def reach(self) -> list[float]:
        """Return how far each slanted heading extends to the right of its column's middle."""
        return [
            SLOPE * max(map(self.style.width, lines), default=0) + self.style.line
            for lines in self.headings
        ]

    def apart(self) -> bool:
        """Return whether slanted headings do not overlap each other."""
        return self.style.line * self.most_lines <= self.pitch * SLOPE


def level_columns(labels: Sequence[str], left: float, width: float, style: Style) -> Columns | None:
    """Return columns with level headings; None if a word is wider than its column.

    The columns have the room from `left` to `width`.
    """
    pitch = min((width - left) / len(labels), style.max_pitch)
    longest = [max(map(style.width, label.split()), default=0.0) for label in labels]
    if max(longest) > pitch - style.min_gap:
        return None
    # Only a word too long for the usual gap may come nearer to the next heading.
    headings = tuple(
        style.wrap(label, max(pitch - style.gap, word))
        for label, word in zip(labels, longest, strict=True)
    )
    head = style.line * max(map(len, headings)) + style.below
    return Columns(left, pitch, head, False, headings, style)


def slanted_columns(
    labels: Sequence[str], left: float, width: float, length: float, style: Style
) -> Columns:
    """Return columns with slanted headings, whose lines are at most `length` px long.

    They lean to the right, over the next columns, but not beyond `width`.
    """
    headings = tuple(style.wrap(label, length) for label in labels)
    reach = Columns(left, 0, 0, True, headings, style).reach()
    pitch = min(
        (width - left) / len(labels),
        style.max_pitch,
        *((width - left - right) / (number + 0.5) for number, right in enumerate(reach)),
    )
    stacks = [SLOPE * style.line * (len(lines) - 1) for lines in headings]
    head = max(map(sum, zip(reach, stacks, strict=True))) + style.below
    return Columns(left, pitch, head, True, headings, style)


def draw_headings(figure: Figure, columns: Columns) -> None:
    """Draw the headings, the last line of each next to the rows."""
    style = columns.style
    for number, lines in enumerate(columns.headings):
        x, y = columns.centre(number), columns.head - style.baseline
        for place, line in zip(reversed(range(len(lines))), lines, strict=True):
            # The lines of a slanted heading are stacked up and to the left.
            shift = place * style.line * SLOPE
            text(
                figure,
                x + 4 - shift if columns.slanted else x,
                y - (shift if columns.slanted else place * style.line),
                line,
                size=style.size,
                weight=Weight.SEMI_BOLD,
                align="left" if columns.slanted else "center",
                rotation=45 if columns.slanted else 0,
            )
