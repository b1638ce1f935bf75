"""City -> SVG: the art on the covers, drawn from what the data says of a city, and only that.

A quilt of square tiles. Each tile is a field of industry, set as often as the city's record names
it: in its strategic industries, its ecosystem and its main industries. The field named most often
has the large tile. A disc lies where the city lies on a map of the world that fills the quilt
(longitude across, latitude down), and its area is the city's population; inside it, light and
dark change places. So another city has another cover, and a change of the data shows.

Pure, and without a locale: the same record gives the same bytes in every language. What the data
leaves open, as the order of tiles or their quarter turns, is taken from a hash of the names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from brochure.base.colour import mix
from brochure.localize.edition import City
from brochure.render.drawing.motifs import UPRIGHT, TileColours, filled, motif, rotated, stable_hash

# The side of a tile in the drawing's own units.
TILE = 100
# The latitudes at the upper and lower edge of the quilt: the inhabited world.
NORTH, SOUTH = 75.0, -56.0
# A million people are a disc of this radius, in tiles; smaller and larger cities keep in bounds.
RADIUS, SMALLEST, LARGEST = 1.35, 0.45, 2.2
# The share of the tiles that are cut into four.
CUT = 5


@dataclass(frozen=True)
class Tile:
    """A tile: its place and side in units, its field, its quarter turns and its tone, 0 to 2."""

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


def mentions(city: City) -> Counter[str]:
    """How often a city's record names each field of industry."""
    found: Counter[str] = Counter(sorted(city.named))
    for industry in city.industries:
        found.update(field.id for field in industry.fields)
    for group in city.ecosystem:
        for organisation in group.organisations:
            found.update(field.id for field in organisation.fields)
    return found


def population(city: City) -> float | None:
    """The first population that a city states, or None."""
    return next(
        (float(f.value) for f in city.figures.values() if f.indicator == "population"), None
    )


def disc(city: City, left: int, top: int, columns: int, rows: int, scale: float = 1) -> Disc | None:
    """The disc of a city on a map of the world that fills a part of the quilt, or None.

    Its area is the population, within SMALLEST and LARGEST.
    """
    people = population(city)
    if people is None or people <= 0:
        return None
    radius = min(max(RADIUS * (people / 1e6) ** 0.5, SMALLEST), LARGEST) * scale
    x = left + (city.longitude + 180) / 360 * columns
    y = top + (NORTH - min(max(city.latitude, SOUTH), NORTH)) / (NORTH - SOUTH) * rows
    return Disc(round(x * TILE), round(y * TILE), round(radius * TILE))


def tiles(
    name: str, wanted: Counter[str], columns: int, rows: int, top: int = 0, largest: int = 2
) -> list[Tile]:
    """The quilt: every cell of a grid of `columns` by `rows` below `top` rows is in one tile.

    `name` seeds what the data leaves open. Where the grid has room, the field named most often has
    a tile of two by two, at a place that `name` draws; with `largest` 1 all tiles are alike.
    """
    ranked = sorted(wanted, key=lambda field: (-wanted[field], field))
    if not ranked:
        return []
    made = []
    taken: dict[tuple[int, int], str] = {}
    if largest > 1 and columns >= 3 and rows >= 3:
        x, y = _corner(name, columns, rows)
        made.append(_tile(name, x, y + top, 2, ranked[0]))
        taken = {(x + i, y + j): ranked[0] for i in (0, 1) for j in (0, 1)}
    cells = [(x, y) for y in range(rows) for x in range(columns) if (x, y) not in taken]
    left = _shares({field: wanted[field] for field in ranked}, len(cells))
    for x, y in cells:
        near = {taken.get(place) for place in ((x - 1, y), (x, y - 1), (x + 1, y), (x, y + 1))}
        field = max(
            (one for one in left if left[one] > 0),
            key=lambda one: (one not in near, left[one], stable_hash(name, one, f"{x},{y}")),
        )
        left[field] -= 1
        taken[x, y] = field
        if stable_hash(name, "cut", f"{x},{y}") % CUT == 0 and largest > 1:
            made += [
                _tile(name, x + i / 2, y + top + j / 2, 0.5, field) for j in (0, 1) for i in (0, 1)
            ]
        else:
            made.append(_tile(name, x, y + top, 1, field))
    return made


def _corner(name: str, columns: int, rows: int) -> tuple[int, int]:
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
    """`seats` shared in proportion (D'Hondt), so that each field has one before any has more."""
    shares = {field: 0 for field in wanted}
    for _ in range(seats):
        field = max(
            wanted, key=lambda one: (shares[one] == 0, wanted[one] / (shares[one] + 1), one)
        )
        shares[field] += 1
    return shares


@cache
def dark(accent: str, tone: int) -> TileColours:
    """The inks outside the disc: a tile in one of three tones of the accent."""
    ground = (accent, mix(accent, "#000000", 0.18), mix(accent, "#ffffff", 0.1))[tone]
    return TileColours(ground, mix(accent, "#ffffff", 0.5), mix(accent, "#ffffff", 0.25))


@cache
def light(accent: str, tone: int) -> TileColours:
    """The inks inside the disc."""
    ground = ("#ffffff", mix(accent, "#ffffff", 0.88), mix(accent, "#ffffff", 0.94))[tone]
    return TileColours(ground, accent, mix(accent, "#ffffff", 0.5))


def artwork(city: City, columns: int, rows: int, top: int = 0, title: str = "") -> Markup:
    """The art of a city: a quilt of `columns` by `rows` tiles below `top` rows of plain accent.

    `title` is its text for those who cannot see it; the drawing itself is the same in every
    language.
    """
    accent = city.accent
    quilt = tiles(city.id, mentions(city), columns, rows, top)
    parts = [_drawn(quilt, accent, dark)]
    if circle := disc(city, 0, top, columns, rows):
        veil = mix(accent, "#000000", 0.12)
        inside = _plain(columns, top, veil) + _drawn(quilt, accent, light)
        parts.append(_clipped(f"disc-{city.id}-{columns}-{rows}", circle, inside))
    return _svg(columns, rows + top, accent, "".join(parts), title)


def alliance_artwork(
    cities: Sequence[City], accent: str, columns: int, rows: int, top: int = 0, title: str = ""
) -> Markup:
    """The art of the alliance: a quilt of its members' tiles, each in its city's accent.

    The members take turns along the rows, and each row begins two further on, so that a city
    meets other neighbours wherever it stands.
    """

    @cache
    def quilt(turn: int) -> dict[tuple[int, int], Tile]:
        """Of many members, most have no turn."""
        city = cities[turn]
        drawn = tiles(city.id, mentions(city), columns, rows, top, 1)
        return {(tile.x, tile.y): tile for tile in drawn}

    parts: list[str] = []
    for y in range(rows):
        for x in range(columns):
            turn = (x + 2 * y) % len(cities)
            tile = quilt(turn).get((x * TILE, (y + top) * TILE))
            if tile:
                parts += _squares([tile], cities[turn].accent, dark)
    return _svg(columns, rows + top, accent, "".join(parts), title)


def emblem(fields: Sequence[str], accent: str, title: str) -> Markup:
    """The motifs of an industry's fields, up to four, in one square of light ink."""
    count = len(fields[:4])
    if count == 1:
        placed = [Tile(0, 0, TILE, fields[0], 0, 1)]
    else:
        half = TILE // 2
        # Two stand across from each other; what is then free repeats them.
        order = (0, 1, 1, 0) if count == 2 else range(4)
        placed = [
            Tile(n % 2 * half, n // 2 * half, half, fields[turn % count], 0, turn % 2 + 1)
            for n, turn in enumerate(order)
        ]
    return _svg(1, 1, accent, _drawn(placed, accent, light), title)


def _svg(columns: int, rows: int, ground: str, drawing: str, title: str) -> Markup:
    size = f"{columns * TILE} {rows * TILE}"
    # Without a title it is an ornament, which a screen reader passes over.
    named = f'role="img"><title>{escape(title)}</title>' if title else 'aria-hidden="true">'
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="art" viewBox="0 0 {size}" {named}'
        f"{_plain(columns, rows, ground)}{drawing}</svg>"
    )


def _plain(columns: int, rows: int, fill: str) -> str:
    if not rows:
        return ""
    return filled(fill, f"M0 0H{columns * TILE}V{rows * TILE}H0Z")


def _clipped(name: str, circle: Disc, drawing: str) -> str:
    shape = f'<circle cx="{circle.x}" cy="{circle.y}" r="{circle.radius}"/>'
    return f'<clipPath id="{name}">{shape}</clipPath><g clip-path="url(#{name})">{drawing}</g>'


def _drawn(quilt: Sequence[Tile], accent: str, inks: Callable[[str, int], TileColours]) -> str:
    return "".join(_squares(quilt, accent, inks))


def _squares(
    quilt: Sequence[Tile], accent: str, inks: Callable[[str, int], TileColours]
) -> Iterator[str]:
    for tile in quilt:
        ink = inks(accent, tile.tone)
        drawing = filled(ink.ground, "M0 0H100V100H0Z")
        shapes = motif(tile.field, ink)
        drawing += rotated(90 * tile.turns, shapes) if tile.turns else shapes
        scale = f" scale({tile.side / TILE:g})" if tile.side != TILE else ""
        yield f'<g transform="translate({tile.x} {tile.y}){scale}">{drawing}</g>'
