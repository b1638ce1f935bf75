"""Edition -> the panels of the leaflet: one sheet in accordion fold, a panel a city.

The sheet has two sides of equally many panels, 99 x 210 mm each. What of a city stands on its
panel follows from rules, not from taste: its name and country; the first two key figures; the rows
of its status that have figures, in their order; its strategic industries by name; then the rows in
words, in their order, each only whole. What finds no room is counted at the foot of the panel, with
the address of the city's page. Type is never made smaller to fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brochure.base.text_width import lines
from brochure.localize.edition import City, Figure, Industry, Row

# A panel and its margins, in mm.
WIDTH, HEIGHT, SIDES, FOOT = 99, 210, 10, 10
# The band of art over a city's panel.
BAND = 33
POINT = 25.4 / 72
# Type in points: the table and its labels, industries, and the leading of each as a multiple.
TEXT, NAME, LABEL, LEADING = 8.5, 9.0, 7.5, 1.4
# The key figures, in points.
KEY = 14
# The square with the motifs of an industry, and the air around it, in mm.
EMBLEM, EMBLEM_WIDTH, EMBLEM_AIR = 7, 10, 2.4
# The width of a row's label and of the rest, and the air around a row, in mm.
LABEL_WIDTH, ROW_AIR = 24, 2.4
TEXT_WIDTH = WIDTH - 2 * SIDES - LABEL_WIDTH - 3
# The sizes of a city's name in points, the largest first, and how many lines it may take.
NAMES, NAME_LINES = (26, 20, 15, 11), 2
# Not more of each, however short: a panel is read at a glance.
FIGURES, ROWS, INDUSTRIES = 2, 8, 8

OUTER, INNER = "outer", "inner"


@dataclass(frozen=True)
class Panel:
    """What of a city stands on its panel; `left_out` counts rows and industries that do not."""

    city: City
    size: int
    figures: Sequence[Figure]
    rows: Sequence[Row]
    words: Sequence[Row]
    industries: Sequence[Industry]
    left_out: int


def panels_a_side(cities: int) -> int:
    """How many panels a side has: cover, about and secretariat besides the cities, halved."""
    return (cities + 3 + 1) // 2


def sides(cities: Sequence[City]) -> tuple[list[City | str], list[City | str]]:
    """The panels from left to right: the outer side, which bears the cover, and the inner one.

    The cover is the outer side's last panel, on top of the folded sheet; the secretariat is its
    back. That is the outer side's first panel where their number is even, else the inner's last.
    The inner side begins with what the alliance is; a panel that remains is `art`.
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
    """Where the sheet is folded, in mm from its left edge."""
    return [WIDTH * n for n in range(1, panels_a_side(cities))]


def panel(city: City) -> Panel:
    """A city condensed to its panel by the rules above."""
    width = WIDTH - 2 * SIDES
    size = next((s for s in NAMES if _lines(city.name, width, s) <= NAME_LINES), NAMES[-1])
    figures = city.key_figures[:FIGURES]
    name_lines = min(_lines(city.name, width, size), NAME_LINES + 1)
    room: float = HEIGHT - BAND - FOOT
    room -= 6 + _height(city.country, width, TEXT) + name_lines * size * 1.15 * POINT + 4
    room -= max((_key_height(figure) for figure in figures), default=0)
    room -= 13  # the headline of the industries, and the line at the foot
    rows: list[Row] = []
    industries: list[Industry] = []
    words: list[Row] = []
    shown = {figure.id for figure in figures}
    measured = [row for row in city.status if row.figures and _ids(row) - shown]
    told = len(measured)
    # A third of what is left is kept for the industries.
    for row in measured[:ROWS]:
        if (need := _row_height(row)) > room * 2 / 3:
            break
        rows.append(row)
        room -= need
    for industry in city.industries[:INDUSTRIES]:
        name = _height(industry.name, width - EMBLEM_WIDTH, NAME) + 1.1
        if (need := max(EMBLEM, name) + EMBLEM_AIR) > room:
            break
        industries.append(industry)
        room -= need
    spoken = [row for row in city.status if row.items and not row.figures]
    for row in spoken:
        if len(rows) + len(words) < ROWS and (need := _row_height(row)) <= room:
            words.append(row)
            room -= need
    left_out = told - len(rows) + len(city.industries) - len(industries) + len(spoken) - len(words)
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
    stated = [f"{figure.text} {figure.basis}" for figure in row.figures]
    told = stated if stated else list(row.items)
    label = _height(row.label, LABEL_WIDTH, LABEL)
    return max(label, sum(_height(one, TEXT_WIDTH, TEXT) for one in told)) + ROW_AIR


def _height(text: str, width: float, size: float) -> float:
    """The height in mm of a text in a column of `width` mm."""
    return _lines(text, width, size) * size * LEADING * POINT


def _lines(text: str, width: float, size: float) -> int:
    return lines(text, width / (size * POINT))
