"""The widths that figures need in columns, for the macros of tables and key figures."""

from __future__ import annotations

from math import ceil

from brochure.base.text_width import em_width, split_at_unit
from brochure.localize.edition import Figure

# The widths in em of a note's number behind a figure, and of the comma between two.
_NOTE_NUMBER, _COMMA = 0.45, 0.15
# The width in em of the label column of a key figure in print.
_LABEL_COLUMN = 14
# The widest column of units that the stylesheets have a class for (`hang--16`).
_MAX_HALF_EMS = 16


def has_long_label(figure: Figure) -> bool:
    """Return whether the label may need two lines above a key figure."""
    return em_width(figure.label) > _LABEL_COLUMN


def number_and_unit(figure: Figure) -> tuple[str, str]:
    """Return the text up to its last digit, and the rest, which stands right of the column."""
    return split_at_unit(figure.text)


def unit_width(figure: Figure) -> int:
    """Return the width of the unit and the numbers of the notes in half em_width, at most 16."""
    notes = _NOTE_NUMBER * len(figure.notes) + _COMMA * max(0, len(figure.notes) - 1)
    return min(_MAX_HALF_EMS, ceil(2 * (em_width(number_and_unit(figure)[1]) + notes)))
