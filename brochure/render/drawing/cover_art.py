"""Draw the artwork of the covers as SVG, from the data of a city alone.

The artwork is a grid of square tiles. Each tile shows a field of industry; a field has tiles in
proportion to how often the data of the city names it, in its strategic industries, its ecosystem
and its status table. The field named most often has a large tile. A disc has the position of the
city on a map of the world that fills the grid (longitude across, latitude down), and its area is
the population; inside the disc, light and dark are swapped. So each city has its own cover, and it
changes with the data.

The functions are pure and without language: a city has the same bytes in every language. What the
data does not decide, such as the order of the tiles or their rotation, comes from a hash of names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from markupsafe import Markup, escape

from brochure.base.colour import mix
from brochure.localize.edition import City
from brochure.render.drawing.motifs import UPRIGHT, TileColours, filled, motif, rotated, stable_hash

# The side of a tile in units of the drawing.
TILE = 100
# The latitudes at the upper and lower edge of the grid: the inhabited world.
NORTH, SOUTH = 75.0, -56.0
# The radius of the disc of a city of a million people, and its bounds, in tiles.
RADIUS, MIN_RADIUS, MAX_RADIUS = 1.35, 0.45, 2.2
# One tile in so many is split into four.
SPLIT_ONE_IN = 5


@dataclass(frozen=True)
class Tile:
    """A tile: position and side in units, field, rotation in quarter turns, and tone, 0 to 2."""

    x: int
    y: int
    side: int
    field: str
    turns: int
    tone: int


@dataclass(frozen=True)
class Disc:
    """A circle, in units."""

    x: int
    y: int
    radius: int


def field_counts(city: City) -> Counter[str]:
    """Return how often the data of a city names each field of industry."""
    found: Counter[str] = Counter(sorted(city.status_fields))
    for industry in city.industries:
        found.update(field.id for field in industry.fields)
    for group in city.ecosystem:
        for organisation in group.organisations:
            found.update(field.id for field in organisation.fields)
    return found


def population(city: City) -> float | None:
    """Return the first population that a city states, or None."""
    return next(
        (
            float(figure.value)
            for figure in city.figures.values()
            if figure.indicator == "population"
        ),
        None,
    )


def disc(city: City, left: int, top: int, columns: int, rows: int, scale: float = 1) -> Disc | None:
    """Return the disc of a city on a map of the world that fills a part of the grid.

    Its area is the population, between MIN_RADIUS and MAX_RADIUS; None without a population.
    """
    people = population(city)
    if people is None or people <= 0:
        return None
    radius = min(max(RADIUS * (people / 1e6) ** 0.5, MIN_RADIUS), MAX_RADIUS) * scale
    x = left + (city.longitude + 180) / 360 * columns
    y = top + (NORTH - min(max(city.latitude, SOUTH), NORTH)) / (NORTH - SOUTH) * rows
    return Disc(round(x * TILE), round(y * TILE), round(radius * TILE))


def tiles(
    name: str, wanted: Counter[str], columns: int, rows: int, top: int = 0, largest: int = 2
) -> list[Tile]:
    """Return tiles for a grid of `columns` by `rows` below `top` empty rows.

    `name` seeds what the data does not decide. If the grid has room, the field named most often
    has a tile of two by two at a position chosen by `name`; with `largest` 1, all tiles are of one
    size.
    """
    ranked = sorted(wanted, key=lambda field: (-wanted[field], field))
    if not ranked:
        return []
    placed = []
    taken: dict[tuple[int, int], str] = {}
    if largest > 1 and columns >= 3 and rows >= 3:
        x, y = _corner(name, columns, rows)
        placed.append(_tile(name, x, y + top, 2, ranked[0]))
        taken = {(x + i, y + j): ranked[0] for i in (0, 1) for j in (0, 1)}
    cells = [(x, y) for y in range(rows) for x in range(columns) if (x, y) not in taken]
    left = _shares({field: wanted[field] for field in ranked}, len(cells))
    for x, y in cells:
        neighbours = {
            taken.get(place) for place in ((x - 1, y), (x, y - 1), (x + 1, y), (x, y + 1))
        }
        field = max(
            (field for field in left if left[field] > 0),
            key=partial(_preference, name, (x, y), neighbours, left),
        )
        left[field] -= 1
        taken[x, y] = field
        if stable_hash(name, "cut", f"{x},{y}") % SPLIT_ONE_IN == 0 and largest > 1:
            placed += [
                _tile(name, x + i / 2, y + top + j / 2, 0.5, field) for j in (0, 1) for i in (0, 1)
            ]
        else:
            placed.append(_tile(name, x, y + top, 1, field))
    return placed


def _preference(
    name: str,
    cell: tuple[int, int],
    neighbours: Collection[str | None],
    left: Mapping[str, int],
    field: str,
) -> tuple[bool, int, int]:
    """Return the sort key of a field for a cell: the greatest is chosen.

    Fields other than the neighbours' come first, then those with the most tiles left.
    """
    x, y = cell
    return field not in neighbours, left[field], stable_hash(name, field, f"{x},{y}")


def _corner(name: str, columns: int, rows: int) -> tuple[int, int]:
    """Return the column and row of the upper left cell of the large tile."""
    return (
        stable_hash(name, "across") % (columns - 1),
        rows - 2 - stable_hash(name, "down") % max(rows // 2, 1),
    )


def _tile(name: str, x: float, y: float, side: float, field: str) -> Tile:
    digits = stable_hash(name, field, f"{x},{y}")
    return Tile(
        round(x * TILE),
        round(y * TILE),
        round(side * TILE),
        field,
        0 if field in UPRIGHT else digits % 4,
        digits // 4 % 3,
    )


def _shares(wanted: Mapping[str, int], seats: int) -> dict[str, int]:
    """Return `seats` divided in proportion to `wanted` (D'Hondt), at least one each if possible."""
    shares = dict.fromkeys(wanted, 0)
    for _ in range(seats):
        field = max(
            wanted,
            key=lambda field: (shares[field] == 0, wanted[field] / (shares[field] + 1), field),
        )
        shares[field] += 1
    return shares


@cache
def dark_colours(accent: str, tone: int) -> TileColours:
    """Return the colours of a tile outside the disc, in one of three tones of the accent."""
    ground = (accent, mix(accent, "#000000", 0.18), mix(accent, "#ffffff", 0.1))[tone]
    return TileColours(ground, mix(accent, "#ffffff", 0.5), mix(accent, "#ffffff", 0.25))


@cache
def light_colours(accent: str, tone: int) -> TileColours:
    """Return the colours of a tile inside the disc, in one of three tones of the accent."""
    ground = ("#ffffff", mix(accent, "#ffffff", 0.88), mix(accent, "#ffffff", 0.94))[tone]
    return TileColours(ground, accent, mix(accent, "#ffffff", 0.5))


def artwork(city: City, columns: int, rows: int, top: int = 0, title: str = "") -> Markup:
    """Return the artwork of a city: `columns` by `rows` tiles below `top` rows of its accent.

    `title` is the text for screen readers; without it, they skip the drawing.
    """
    accent = city.accent
    grid = tiles(city.id, field_counts(city), columns, rows, top)
    parts = ["".join(_draw_tiles(grid, accent, dark_colours))]
    if circle := disc(city, 0, top, columns, rows):
        shade = mix(accent, "#000000", 0.12)
        inside = "".join(_draw_tiles(grid, accent, light_colours))
        background = _background(columns, top, shade)
        clip = f"disc-{city.id}-{columns}-{rows}"
        parts.append(_clip_to_disc(clip, circle, background + inside))
    return _svg(columns, rows + top, accent, "".join(parts), title)


def alliance_artwork(
    cities: Sequence[City], accent: str, columns: int, rows: int, top: int = 0, title: str = ""
) -> Markup:
    """Return the artwork of the alliance: tiles of its members, each in the accent of its city.

    The members alternate along a row, and each row begins two members later, so that the tiles of
    a city have different neighbours in each row.
    """

    # Cached, since with many members most of them have no tile in the grid.
    @cache
    def tiles_of(member: int) -> dict[tuple[int, int], Tile]:
        city = cities[member]
        grid = tiles(city.id, field_counts(city), columns, rows, top, 1)
        return {(tile.x, tile.y): tile for tile in grid}

    parts: list[str] = []
    for y in range(rows):
        for x in range(columns):
            member = (x + 2 * y) % len(cities)
            tile = tiles_of(member).get((x * TILE, (y + top) * TILE))
            if tile:
                parts += _draw_tiles([tile], cities[member].accent, dark_colours)
    return _svg(columns, rows + top, accent, "".join(parts), title)


def industry_icon(fields: Sequence[str], accent: str, title: str) -> Markup:
    """Return the motifs of up to four fields of an industry in one square, in light colours."""
    count = len(fields[:4])
    if count == 1:
        placed = [Tile(0, 0, TILE, fields[0], 0, 1)]
    else:
        half = TILE // 2
        # Two are placed diagonally, and repeated in the two other quarters.
        order = (0, 1, 1, 0) if count == 2 else range(4)
        placed = [
            Tile(n % 2 * half, n // 2 * half, half, fields[turn % count], 0, turn % 2 + 1)
            for n, turn in enumerate(order)
        ]
    return _svg(1, 1, accent, "".join(_draw_tiles(placed, accent, light_colours)), title)


def _svg(columns: int, rows: int, ground: str, drawing: str, title: str) -> Markup:
    """Return the drawing on `ground`, hidden from screen readers if it has no title."""
    size = f"{columns * TILE} {rows * TILE}"
    attributes = f'role="img"><title>{escape(title)}</title>' if title else 'aria-hidden="true">'
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="art" viewBox="0 0 {size}" {attributes}'
        f"{_background(columns, rows, ground)}{drawing}</svg>"
    )


def _background(columns: int, rows: int, fill: str) -> str:
    """Return a filled rectangle of so many tiles, "" for no rows."""
    if not rows:
        return ""
    return filled(fill, f"M0 0H{columns * TILE}V{rows * TILE}H0Z")


def _clip_to_disc(name: str, circle: Disc, drawing: str) -> str:
    shape = f'<circle cx="{circle.x}" cy="{circle.y}" r="{circle.radius}"/>'
    return f'<clipPath id="{name}">{shape}</clipPath><g clip-path="url(#{name})">{drawing}</g>'


def _draw_tiles(
    grid: Sequence[Tile], accent: str, colours: Callable[[str, int], TileColours]
) -> Iterator[str]:
    """Yield the SVG of each tile; `colours` returns the colours for an accent and a tone."""
    for tile in grid:
        palette = colours(accent, tile.tone)
        drawing = filled(palette.ground, "M0 0H100V100H0Z")
        shapes = motif(tile.field, palette)
        drawing += rotated(90 * tile.turns, shapes) if tile.turns else shapes
        scale = f" scale({tile.side / TILE:g})" if tile.side != TILE else ""
        yield f'<g transform="translate({tile.x} {tile.y}){scale}">{drawing}</g>'
