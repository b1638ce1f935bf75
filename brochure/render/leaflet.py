"""Lay out the leaflet: one sheet in accordion fold, with a panel for each city.

The sheet has two sides with equally many panels of 99 x 210 mm. A panel shows, as far as there is
room: the name and country of the city; the first two key figures; the rows of its status table that
have figures, in their order; the names of its strategic industries; then the rows in words, in
their order, each only as a whole. The foot of the panel says how many rows and industries are left
out, with the address of the page of the city. Type is never made smaller to fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brochure.base.text_width import line_count
from brochure.localize.edition import City, Figure, Industry, Row

# A panel and its margins, in mm.
WIDTH, HEIGHT, SIDES, FOOT = 99, 210, 10, 10
# The height of the artwork on top of a panel, in mm.
BAND = 33
# A point in mm.
POINT = 25.4 / 72
# Type sizes in points: the table, the names of industries, labels; and the line height of all as
# a multiple of the size.
TEXT, NAME, LABEL, LEADING = 8.5, 9.0, 7.5, 1.4
# The type size of key figures, in points.
KEY = 14
# The square with the motifs of an industry, its width with the space to the name, and the space
# around it, in mm.
ICON, ICON_WIDTH, ICON_SPACE = 7, 10, 2.4
# The widths of the label and the text of a row, and the space around a row, in mm.
LABEL_WIDTH, ROW_SPACE = 24, 2.4
TEXT_WIDTH = WIDTH - 2 * SIDES - LABEL_WIDTH - 3
# The type sizes of the name of a city in points, the largest first, and its maximum of lines.
NAME_SIZES, NAME_LINES = (26, 20, 15, 11), 2
# The maximum of each, so that a panel stays easy to scan.
MAX_FIGURES, MAX_ROWS, MAX_INDUSTRIES = 2, 8, 8

OUTER, INNER = "outer", "inner"


@dataclass(frozen=True)
class Panel:
    """The content of the panel of a city; `left_out` counts the rows and industries not shown.

    `size` is the type size of its name in points, `rows` have figures and `words` only words.
    """

    city: City
    size: int
    figures: Sequence[Figure]
    rows: Sequence[Row]
    words: Sequence[Row]
    industries: Sequence[Industry]
    left_out: int


def panels_a_side(cities: int) -> int:
    """Return the number of panels a side: the cities, cover, about and secretariat, halved."""
    return (cities + 3 + 1) // 2


def sides(cities: Sequence[City]) -> tuple[list[City | str], list[City | str]]:
    """Return the panels of the outer and the inner side, from left to right.

    The cover is the last panel of the outer side, on top of the folded sheet, and the secretariat
    is on the back of the folded sheet: the first panel of the outer side if the number of panels
    is even, else the last of the inner side. The inner side begins with `about`; a panel without
    content is `art`.
    """
    a_side = panels_a_side(len(cities))
    even = a_side % 2 == 0
    inside = a_side - (1 if even else 2)
    inner: list[City | str] = ["about", *cities[:inside]]
    outer: list[City | str] = [*cities[inside:]]
    if even:
        outer.insert(0, "secretariat")
    inner += ["art"] * (a_side - len(inner) - (not even))
    if not even:
        inner.append("secretariat")
    outer += ["art"] * (a_side - 1 - len(outer))
    return [*outer, "cover"], inner


def folds(cities: int) -> list[int]:
    """Return the positions of the folds, in mm from the left edge of the sheet."""
    return [WIDTH * n for n in range(1, panels_a_side(cities))]


def panel(city: City) -> Panel:
    """Return the panel of a city: what of it fits, by the rules above."""
    width = WIDTH - 2 * SIDES
    size = next(
        (s for s in NAME_SIZES if _lines(city.name, width, s) <= NAME_LINES), NAME_SIZES[-1]
    )
    figures = city.key_figures[:MAX_FIGURES]
    name_lines = min(_lines(city.name, width, size), NAME_LINES + 1)
    room: float = HEIGHT - BAND - FOOT
    room -= 6 + _height(city.country, width, TEXT) + name_lines * size * 1.15 * POINT + 4
    room -= max((_key_height(figure) for figure in figures), default=0)
    room -= 13  # the headline of the industries, and the line at the foot
    rows: list[Row] = []
    industries: list[Industry] = []
    words: list[Row] = []
    shown = {figure.id for figure in figures}
    with_figures = [row for row in city.status if row.figures and _ids(row) - shown]
    # A third of the remaining room is for the industries.
    for row in with_figures[:MAX_ROWS]:
        if (need := _row_height(row)) > room * 2 / 3:
            break
        rows.append(row)
        room -= need
    for industry in city.industries[:MAX_INDUSTRIES]:
        name = _height(industry.name, width - ICON_WIDTH, NAME) + 1.1
        if (need := max(ICON, name) + ICON_SPACE) > room:
            break
        industries.append(industry)
        room -= need
    in_words = [row for row in city.status if row.items and not row.figures]
    for row in in_words:
        if len(rows) + len(words) < MAX_ROWS and (need := _row_height(row)) <= room:
            words.append(row)
            room -= need
    found = len(with_figures) + len(city.industries) + len(in_words)
    left_out = found - len(rows) - len(industries) - len(words)
    return Panel(city, size, figures, rows, words, industries, left_out)


def _ids(row: Row) -> set[str]:
    return {figure.id for figure in row.figures}


def _key_height(figure: Figure) -> float:
    width = (WIDTH - 2 * SIDES - 5) / 2
    return (
        _height(figure.label, width, LABEL)
        + _lines(figure.text, width, KEY) * KEY * 1.25 * POINT
        + _height(figure.basis, width, LABEL)
        + 8
    )


def _row_height(row: Row) -> float:
    paragraphs = [f"{figure.text} {figure.basis}" for figure in row.figures] or row.items
    label = _height(row.label, LABEL_WIDTH, LABEL)
    return max(label, sum(_height(text, TEXT_WIDTH, TEXT) for text in paragraphs)) + ROW_SPACE


def _height(text: str, width: float, size: float) -> float:
    """Return the height in mm of a text of `size` points in a column of `width` mm."""
    return _lines(text, width, size) * size * LEADING * POINT


def _lines(text: str, width: float, size: float) -> int:
    return line_count(text, width / (size * POINT))
