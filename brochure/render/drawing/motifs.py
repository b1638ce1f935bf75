"""Draw the motif of each field of industry, for the tiles of the cover art."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise


@dataclass(frozen=True)
class TileColours:
    """The colours of a tile: its background, its motif, and the second tone of the motif."""

    ground: str
    motif: str
    second: str


Motif = Callable[[TileColours], str]


def filled(fill: str, d: str) -> str:
    """Return a filled SVG path with the path data `d`."""
    return f'<path fill="{fill}" d="{d}"/>'


def _line(stroke: str, width: float, d: str) -> str:
    return f'<path fill="none" stroke="{stroke}" stroke-width="{width}" d="{d}"/>'


def _dot(fill: str, x: float, y: float, r: float) -> str:
    return f'<circle fill="{fill}" cx="{x}" cy="{y}" r="{r}"/>'


def _ring(stroke: str, width: float, x: float, y: float, r: float) -> str:
    return (
        f'<circle fill="none" stroke="{stroke}" stroke-width="{width}" cx="{x}" cy="{y}" r="{r}"/>'
    )


def rotated(angle: int, drawing: str) -> str:
    """Return the drawing rotated by degrees about the centre of its tile."""
    return f'<g transform="rotate({angle} 50 50)">{drawing}</g>'


def _aerospace(colours: TileColours) -> str:
    """A delta wing."""
    return filled(colours.second, "M0 100 100 0 0 42Z") + filled(
        colours.motif, "M0 100 100 0 58 100Z"
    )


def _bio_health(colours: TileColours) -> str:
    """Four cells, or leaves, that have just divided."""
    leaf = "M50 50A50 50 0 0 1 0 0 50 50 0 0 1 50 50Z"
    fills = (colours.motif, colours.second, colours.motif, colours.second)
    return "".join(rotated(90 * n, filled(fill, leaf)) for n, fill in enumerate(fills))


def _semiconductors(colours: TileColours) -> str:
    """A chip and its pins."""
    pins = "".join(f"M{n} 8V92M8 {n}H92" for n in (32, 44, 56, 68))
    return (
        _line(colours.second, 5, pins)
        + filled(colours.motif, "M22 22H78V78H22Z")
        + filled(colours.ground, "M38 38H62V62H38Z")
    )


def _digital(colours: TileColours) -> str:
    """Bits."""
    bits = ("10110", "01101", "11010", "00111", "10101")
    return "".join(
        _dot(colours.motif, 14 + 18 * x, 14 + 18 * y, 7.5)
        if bit == "1"
        else _dot(colours.second, 14 + 18 * x, 14 + 18 * y, 3)
        for y, row in enumerate(bits)
        for x, bit in enumerate(row)
    )


def _ai(colours: TileColours) -> str:
    """Three layers of a network."""
    layers = ([(14, 28), (14, 72)], [(50, 14), (50, 50), (50, 86)], [(86, 28), (86, 72)])
    lines = "".join(
        f"M{a} {b} {c} {d}"
        for layer, following in pairwise(layers)
        for a, b in layer
        for c, d in following
    )
    nodes = "".join(_dot(colours.motif, x, y, 9) for layer in layers for x, y in layer)
    return _line(colours.second, 3, lines) + nodes


def _cybersecurity(colours: TileColours) -> str:
    """A keyhole."""
    return (
        filled(colours.second, "M50 0 100 50 50 100 0 50Z")
        + _dot(colours.motif, 50, 50, 35.35)
        + filled(
            colours.ground, "M50 29A11 11 0 0 1 55.5 49.5L60 70H40L44.5 49.5A11 11 0 0 1 50 29Z"
        )
    )


def _digital_content(colours: TileColours) -> str:
    """Two arrows of a play button."""
    return (
        filled(colours.second, "M0 0 50 50 0 100Z")
        + filled(colours.motif, "M50 0 100 50 50 100Z")
        + filled(colours.motif, "M0 25 25 50 0 75Z")
    )


def _iot(colours: TileColours) -> str:
    """A signal."""
    arcs = [(92, colours.second), (68, colours.motif), (44, colours.second)]
    rings = "".join(_line(stroke, 12, f"M0 {100 - r}A{r} {r} 0 0 1 {r} 100") for r, stroke in arcs)
    return rings + filled(colours.motif, "M0 76A24 24 0 0 1 24 100H0Z")


def _quantum(colours: TileColours) -> str:
    """Orbits around a nucleus."""
    orbit = '<ellipse fill="none" stroke="{}" stroke-width="4.5" cx="50" cy="50" rx="45" ry="17"/>'
    orbits = ((0, colours.motif), (60, colours.second), (120, colours.motif))
    return "".join(rotated(angle, orbit.format(stroke)) for angle, stroke in orbits) + _dot(
        colours.motif, 50, 50, 8
    )


def _robotics(colours: TileColours) -> str:
    """A drone from above."""
    corners = [(24, 24), (76, 24), (24, 76), (76, 76)]
    rotors = "".join(
        _dot(colours.motif, x, y, 20)
        + _dot(colours.ground, x, y, 11)
        + _dot(colours.motif, x, y, 4)
        for x, y in corners
    )
    return (
        _line(colours.second, 8, "M24 24 76 76M76 24 24 76")
        + rotors
        + filled(colours.motif, "M50 36 64 50 50 64 36 50Z")
    )


def _defence(colours: TileColours) -> str:
    """Three chevrons."""
    chevrons = ((8, colours.motif), (32, colours.second), (56, colours.motif))
    return "".join(
        filled(fill, f"M0 {y + 26} 50 {y} 100 {y + 26}V{y + 36}L50 {y + 10} 0 {y + 36}Z")
        for y, fill in chevrons
    )


def _manufacturing(colours: TileColours) -> str:
    """A saw-tooth roof."""
    return (
        filled(colours.motif, "M0 62 33.3 22V62L66.7 22V62L100 22V100H0Z")
        + filled(colours.ground, "M12 74H30V88H12ZM41 74H59V88H41ZM70 74H88V88H70Z")
        + filled(colours.second, "M0 0H100V10H0Z")
    )


def _logistics(colours: TileColours) -> str:
    """A crate."""
    return (
        filled(colours.motif, "M50 4 92 27 50 50 8 27Z")
        + filled(colours.second, "M8 27 50 50V96L8 73Z")
        + _line(colours.motif, 4, "M92 29.5V72L51 94.5V51.5Z")
    )


def _hydrogen(colours: TileColours) -> str:
    """Two atoms that share electrons."""
    return (
        _dot(colours.motif, 33, 50, 31)
        + _dot(colours.second, 67, 50, 31)
        + filled(colours.ground, "M50 24.1A31 31 0 0 1 50 75.9 31 31 0 0 1 50 24.1Z")
    )


def _clean_energy(colours: TileColours) -> str:
    """The blades of a wind turbine."""
    blade = "M50 50C34 40 36 14 50 0 54 18 56 36 50 50Z"
    fills = (colours.motif, colours.second, colours.motif)
    blades = "".join(rotated(120 * n, filled(fill, blade)) for n, fill in enumerate(fills))
    return _ring(colours.second, 3, 50, 50, 46) + blades + _dot(colours.motif, 50, 50, 6)


def _maritime(colours: TileColours) -> str:
    """Waves."""
    rows = ((20, colours.motif), (42, colours.second), (64, colours.motif), (86, colours.second))
    return "".join(
        _line(stroke, 8, f"M0 {y}Q12.5 {y - 18} 25 {y}T50 {y} 75 {y} 100 {y}") for y, stroke in rows
    )


def _tourism(colours: TileColours) -> str:
    """A sun on the horizon."""
    stripes = "M0 66H100V74H0ZM0 82H100V90H0Z"
    return filled(colours.motif, "M8 58A42 42 0 0 1 92 58Z") + filled(colours.second, stripes)


def _agriculture(colours: TileColours) -> str:
    """Furrows that run to the horizon."""
    furrows = ((0, 14), (28, 43), (57, 72), (86, 100))
    fan = "".join(f"M{44 + a // 8} 20 {a} 100H{b}L{44 + b // 8} 20Z" for a, b in furrows)
    return filled(colours.motif, fan) + filled(colours.second, "M0 8H100V16H0Z")


def _other(colours: TileColours, field: str) -> str:
    """A default motif for other fields: quarter discs, rotated by a hash of the name."""
    quarter = "M0 0H50A50 50 0 0 1 0 50Z"
    digits = stable_hash("motif", field)
    parts = []
    for n, (x, y) in enumerate(((0, 0), (50, 0), (0, 50), (50, 50))):
        turn = digits >> (2 * n) & 3
        fill = colours.motif if (digits >> (8 + n)) & 1 else colours.second
        shape = f'<g transform="rotate({90 * turn} 25 25)">{filled(fill, quarter)}</g>'
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
# These motifs are not rotated.
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
def motif(field: str, colours: TileColours) -> str:
    """Return the motif of a field of industry as SVG in a square of 100 units."""
    return MOTIFS[field](colours) if field in MOTIFS else _other(colours, field)


def stable_hash(*words: str) -> int:
    """Return a number of 48 bits that depends on the words only, the same on every machine."""
    return int.from_bytes(hashlib.sha256("\0".join(words).encode()).digest()[:6], "big")
