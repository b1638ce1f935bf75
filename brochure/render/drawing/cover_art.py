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

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markupsafe import Markup, escape

from brochure.base.colour import mix
from brochure.localize.edition import City

# The side of a tile in the drawing's own units.
TILE = 100
# The latitudes at the upper and lower edge of the quilt: the inhabited world.
NORTH, SOUTH = 75.0, -56.0
# A million people are a disc of this radius, in tiles; smaller and larger cities keep in bounds.
RADIUS, SMALLEST, LARGEST = 1.35, 0.45, 2.2
# The share of the tiles that are cut into four.
CUT = 5


@dataclass(frozen=True)
class Inks:
    """The colours of a tile: its ground, its motif, and the motif's second tone."""

    ground: str
    motif: str
    second: str


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


# --- motifs ---------------------------------------------------------------------------------------

Motif = Callable[[Inks], str]


def _path(fill: str, d: str) -> str:
    return f'<path fill="{fill}" d="{d}"/>'


def _line(stroke: str, width: float, d: str) -> str:
    return f'<path fill="none" stroke="{stroke}" stroke-width="{width}" d="{d}"/>'


def _dot(fill: str, x: float, y: float, r: float) -> str:
    return f'<circle fill="{fill}" cx="{x}" cy="{y}" r="{r}"/>'


def _ring(stroke: str, width: float, x: float, y: float, r: float) -> str:
    return (
        f'<circle fill="none" stroke="{stroke}" stroke-width="{width}" cx="{x}" cy="{y}" r="{r}"/>'
    )


def _turned(angle: int, drawing: str) -> str:
    return f'<g transform="rotate({angle} 50 50)">{drawing}</g>'


def _aerospace(ink: Inks) -> str:
    """A delta wing."""
    return _path(ink.second, "M0 100 100 0 0 42Z") + _path(ink.motif, "M0 100 100 0 58 100Z")


def _bio_health(ink: Inks) -> str:
    """Four cells, or leaves, that have just divided."""
    leaf = "M50 50A50 50 0 0 1 0 0 50 50 0 0 1 50 50Z"
    inks = (ink.motif, ink.second, ink.motif, ink.second)
    return "".join(_turned(90 * n, _path(one, leaf)) for n, one in enumerate(inks))


def _semiconductors(ink: Inks) -> str:
    """A chip and its pins."""
    pins = "".join(f"M{n} 8V92M8 {n}H92" for n in (32, 44, 56, 68))
    return (
        _line(ink.second, 5, pins)
        + _path(ink.motif, "M22 22H78V78H22Z")
        + _path(ink.ground, "M38 38H62V62H38Z")
    )


def _digital(ink: Inks) -> str:
    """Bits."""
    bits = ("10110", "01101", "11010", "00111", "10101")
    return "".join(
        _dot(ink.motif, 14 + 18 * x, 14 + 18 * y, 7.5)
        if bit == "1"
        else _dot(ink.second, 14 + 18 * x, 14 + 18 * y, 3)
        for y, row in enumerate(bits)
        for x, bit in enumerate(row)
    )


def _ai(ink: Inks) -> str:
    """Three layers of a network."""
    layers = ([(14, 28), (14, 72)], [(50, 14), (50, 50), (50, 86)], [(86, 28), (86, 72)])
    lines = "".join(
        f"M{a} {b} {c} {d}" for one, other in pairwise(layers) for a, b in one for c, d in other
    )
    nodes = "".join(_dot(ink.motif, x, y, 9) for layer in layers for x, y in layer)
    return _line(ink.second, 3, lines) + nodes


def _cybersecurity(ink: Inks) -> str:
    """A keyhole."""
    return (
        _path(ink.second, "M50 0 100 50 50 100 0 50Z")
        + _dot(ink.motif, 50, 50, 35.35)
        + _path(ink.ground, "M50 29A11 11 0 0 1 55.5 49.5L60 70H40L44.5 49.5A11 11 0 0 1 50 29Z")
    )


def _digital_content(ink: Inks) -> str:
    """Play, and play on."""
    return (
        _path(ink.second, "M0 0 50 50 0 100Z")
        + _path(ink.motif, "M50 0 100 50 50 100Z")
        + _path(ink.motif, "M0 25 25 50 0 75Z")
    )


def _iot(ink: Inks) -> str:
    """A signal."""
    arcs = [(92, ink.second), (68, ink.motif), (44, ink.second)]
    rings = "".join(_line(one, 12, f"M0 {100 - r}A{r} {r} 0 0 1 {r} 100") for r, one in arcs)
    return rings + _path(ink.motif, "M0 76A24 24 0 0 1 24 100H0Z")


def _quantum(ink: Inks) -> str:
    """Orbits around a nucleus."""
    orbit = '<ellipse fill="none" stroke="{}" stroke-width="4.5" cx="50" cy="50" rx="45" ry="17"/>'
    orbits = ((0, ink.motif), (60, ink.second), (120, ink.motif))
    return "".join(_turned(angle, orbit.format(one)) for angle, one in orbits) + _dot(
        ink.motif, 50, 50, 8
    )


def _robotics(ink: Inks) -> str:
    """A drone from above."""
    corners = [(24, 24), (76, 24), (24, 76), (76, 76)]
    rotors = "".join(
        _dot(ink.motif, x, y, 20) + _dot(ink.ground, x, y, 11) + _dot(ink.motif, x, y, 4)
        for x, y in corners
    )
    return (
        _line(ink.second, 8, "M24 24 76 76M76 24 24 76")
        + rotors
        + _path(ink.motif, "M50 36 64 50 50 64 36 50Z")
    )


def _defence(ink: Inks) -> str:
    """Three chevrons."""
    inks = ((8, ink.motif), (32, ink.second), (56, ink.motif))
    return "".join(
        _path(one, f"M0 {y + 26} 50 {y} 100 {y + 26}V{y + 36}L50 {y + 10} 0 {y + 36}Z")
        for y, one in inks
    )


def _manufacturing(ink: Inks) -> str:
    """A saw-tooth roof."""
    return (
        _path(ink.motif, "M0 62 33.3 22V62L66.7 22V62L100 22V100H0Z")
        + _path(ink.ground, "M12 74H30V88H12ZM41 74H59V88H41ZM70 74H88V88H70Z")
        + _path(ink.second, "M0 0H100V10H0Z")
    )


def _logistics(ink: Inks) -> str:
    """A crate."""
    return (
        _path(ink.motif, "M50 4 92 27 50 50 8 27Z")
        + _path(ink.second, "M8 27 50 50V96L8 73Z")
        + _line(ink.motif, 4, "M92 29.5V72L51 94.5V51.5Z")
    )


def _hydrogen(ink: Inks) -> str:
    """Two atoms that share what they have."""
    return (
        _dot(ink.motif, 33, 50, 31)
        + _dot(ink.second, 67, 50, 31)
        + _path(ink.ground, "M50 24.1A31 31 0 0 1 50 75.9 31 31 0 0 1 50 24.1Z")
    )


def _clean_energy(ink: Inks) -> str:
    """The blades of a wind turbine."""
    blade = "M50 50C34 40 36 14 50 0 54 18 56 36 50 50Z"
    inks = (ink.motif, ink.second, ink.motif)
    blades = "".join(_turned(120 * n, _path(one, blade)) for n, one in enumerate(inks))
    return _ring(ink.second, 3, 50, 50, 46) + blades + _dot(ink.motif, 50, 50, 6)


def _maritime(ink: Inks) -> str:
    """Waves."""
    rows = ((20, ink.motif), (42, ink.second), (64, ink.motif), (86, ink.second))
    return "".join(
        _line(one, 8, f"M0 {y}Q12.5 {y - 18} 25 {y}T50 {y} 75 {y} 100 {y}") for y, one in rows
    )


def _tourism(ink: Inks) -> str:
    """A sun on the horizon."""
    stripes = "M0 66H100V74H0ZM0 82H100V90H0Z"
    return _path(ink.motif, "M8 58A42 42 0 0 1 92 58Z") + _path(ink.second, stripes)


def _agriculture(ink: Inks) -> str:
    """Furrows that run to the horizon."""
    furrows = ((0, 14), (28, 43), (57, 72), (86, 100))
    fan = "".join(f"M{44 + a // 8} 20 {a} 100H{b}L{44 + b // 8} 20Z" for a, b in furrows)
    return _path(ink.motif, fan) + _path(ink.second, "M0 8H100V16H0Z")


def _other(ink: Inks, field: str) -> str:
    """A motif for a field that has none of its own yet: quarter discs, turned by its name."""
    quarter = "M0 0H50A50 50 0 0 1 0 50Z"
    digits = _hash("motif", field)
    parts = []
    for n, (x, y) in enumerate(((0, 0), (50, 0), (0, 50), (50, 50))):
        turn = digits >> (2 * n) & 3
        fill = ink.motif if (digits >> (8 + n)) & 1 else ink.second
        shape = f'<g transform="rotate({90 * turn} 25 25)">{_path(fill, quarter)}</g>'
        parts.append(f'<g transform="translate({x} {y})">{shape}</g>')
    return "".join(parts)


MOTIFS: Mapping[str, Motif] = {
    "aerospace": _aerospace,
    "agriculture": _agriculture,
    "ai": _ai,
    "bio-health": _bio_health,
    "clean-energy": _clean_energy,
    "cybersecurity": _cybersecurity,
    "defence": _defence,
    "digital": _digital,
    "digital-content": _digital_content,
    "hydrogen": _hydrogen,
    "iot": _iot,
    "logistics": _logistics,
    "manufacturing": _manufacturing,
    "maritime": _maritime,
    "quantum": _quantum,
    "robotics": _robotics,
    "semiconductors": _semiconductors,
    "tourism": _tourism,
}
# These have an up and a down.
UPRIGHT = {
    "agriculture",
    "cybersecurity",
    "defence",
    "hydrogen",
    "logistics",
    "manufacturing",
    "maritime",
    "tourism",
}


@cache
def motif(field: str, ink: Inks) -> str:
    """The motif of a field of industry in a square of 100 units."""
    return MOTIFS[field](ink) if field in MOTIFS else _other(ink, field)


# --- what the data sets ---------------------------------------------------------------------------


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
            key=lambda one: (one not in near, left[one], _hash(name, one, f"{x},{y}")),
        )
        left[field] -= 1
        taken[x, y] = field
        if _hash(name, "cut", f"{x},{y}") % CUT == 0 and largest > 1:
            made += [
                _tile(name, x + i / 2, y + top + j / 2, 0.5, field) for j in (0, 1) for i in (0, 1)
            ]
        else:
            made.append(_tile(name, x, y + top, 1, field))
    return made


def _corner(name: str, columns: int, rows: int) -> tuple[int, int]:
    return (
        _hash(name, "across") % (columns - 1),
        rows - 2 - _hash(name, "down") % max(rows // 2, 1),
    )


def _tile(name: str, x: float, y: float, side: float, field: str) -> Tile:
    digits = _hash(name, field, f"{x},{y}")
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


def _hash(*words: str) -> int:
    """A number that depends on nothing but the words; the same on every machine."""
    return int.from_bytes(hashlib.sha256("\0".join(words).encode()).digest()[:6], "big")


# --- the drawing ----------------------------------------------------------------------------------


@cache
def dark(accent: str, tone: int) -> Inks:
    """The inks outside the disc: a tile in one of three tones of the accent."""
    ground = (accent, mix(accent, "#000000", 0.18), mix(accent, "#ffffff", 0.1))[tone]
    return Inks(ground, mix(accent, "#ffffff", 0.5), mix(accent, "#ffffff", 0.25))


@cache
def light(accent: str, tone: int) -> Inks:
    """The inks inside the disc."""
    ground = ("#ffffff", mix(accent, "#ffffff", 0.88), mix(accent, "#ffffff", 0.94))[tone]
    return Inks(ground, accent, mix(accent, "#ffffff", 0.5))


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
    return _path(fill, f"M0 0H{columns * TILE}V{rows * TILE}H0Z")


def _clipped(name: str, circle: Disc, drawing: str) -> str:
    shape = f'<circle cx="{circle.x}" cy="{circle.y}" r="{circle.radius}"/>'
    return f'<clipPath id="{name}">{shape}</clipPath><g clip-path="url(#{name})">{drawing}</g>'


def _drawn(quilt: Sequence[Tile], accent: str, inks: Callable[[str, int], Inks]) -> str:
    return "".join(_squares(quilt, accent, inks))


def _squares(quilt: Sequence[Tile], accent: str, inks: Callable[[str, int], Inks]) -> Iterator[str]:
    for tile in quilt:
        ink = inks(accent, tile.tone)
        drawing = _path(ink.ground, "M0 0H100V100H0Z")
        shapes = motif(tile.field, ink)
        drawing += _turned(90 * tile.turns, shapes) if tile.turns else shapes
        scale = f" scale({tile.side / TILE:g})" if tile.side != TILE else ""
        yield f'<g transform="translate({tile.x} {tile.y}){scale}">{drawing}</g>'
