"""Two pictures of one thing: whether a person would see a difference, how much and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

# Over how many pixels to each side colours are evened out before they are compared, and how far
# they may then be off, of 255 in a channel: for edges, and for the ground of a whole part.
LOOKS = ((2, 24), (16, 12))
# How much of a picture may be further off than that.
SHARE = 0.0001
# Pixels that far apart belong to one place.
NEAR = 16

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Difference:
    """What differs between two pictures: how many pixels, which share, and the places of it."""

    pixels: int
    share: float
    places: Sequence[Box]
    mask: Image.Image
    sizes: tuple[tuple[int, int], tuple[int, int]]

    def __str__(self) -> str:
        before, after = self.sizes
        lines = [f"{self.pixels:,} pixels differ, {self.share:.2%} of the picture"]
        if before != after:
            lines.append("it was {} x {} pixels and is {} x {}".format(*before, *after))
        lines += [
            f"{x1 - x0} x {y1 - y0} pixels at {x0} from the left and {y0} from the top"
            for x0, y0, x1, y1 in self.places[:5]
        ]
        if len(self.places) > 5:
            lines.append(f"and {len(self.places) - 5} smaller places")
        return "\n  ".join(lines)


def difference(before: Image.Image, after: Image.Image) -> Difference | None:
    """What differs between two pictures, or None where a person would see nothing.

    Another release of a browser may draw the edge of a letter a little darker, or the letter a
    fraction of a pixel further on. Pixel by pixel that is a large difference all over a page; but
    the ink about a place stays the same. So colours are evened out over five pixels first: what
    is left of such edges stays within 24, while a word that is gone, a block that has moved by two
    pixels, and letters in another colour do not. A second look, over 33 pixels and stricter, sees
    a ground that has become a little lighter. SHARE lets single specks pass: on a phone's screen
    it is less than two letters.
    """
    size = max(before.width, after.width), max(before.height, after.height)
    mask = Image.new("L", size)
    for radius, tolerance in LOOKS:
        one, other = (_evened(picture, size, radius) for picture in (before, after))
        red, green, blue = ImageChops.difference(one, other).split()
        most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        off = most.point([255 if value > tolerance else 0 for value in range(256)])
        mask = ImageChops.lighter(mask, off)
    pixels = mask.histogram()[255]
    share = pixels / (size[0] * size[1])
    if before.size == after.size and share <= SHARE:
        return None
    return Difference(pixels, share, _places(mask), mask, (before.size, after.size))


def _evened(picture: Image.Image, size: tuple[int, int], radius: int) -> Image.Image:
    """The picture evened out, on a ground of this size that is like no page."""
    ground = Image.new("RGB", size, "magenta")
    ground.paste(picture.convert("RGB").filter(ImageFilter.BoxBlur(radius)), (0, 0))
    return ground


def _places(mask: Image.Image) -> list[Box]:
    """The boxes around what differs, the largest first."""
    width, height = -(-mask.width // NEAR), -(-mask.height // NEAR)
    tiles = {
        (x, y)
        for x in range(width)
        for y in range(height)
        if mask.crop((x * NEAR, y * NEAR, (x + 1) * NEAR, (y + 1) * NEAR)).getbbox()
    }
    found = []
    while tiles:
        group, edge = set(), {tiles.pop()}
        while edge:
            x, y = edge.pop()
            group.add((x, y))
            around = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & tiles
            tiles -= around
            edge |= around
        found.append(_box(mask, group))
    return sorted(found, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))


def _box(mask: Image.Image, tiles: Iterable[tuple[int, int]]) -> Box:
    """The box around what differs in these tiles."""
    columns, rows = zip(*tiles, strict=True)
    left, top = min(columns) * NEAR, min(rows) * NEAR
    inner = mask.crop((left, top, (max(columns) + 1) * NEAR, (max(rows) + 1) * NEAR)).getbbox()
    assert inner is not None
    return left + inner[0], top + inner[1], left + inner[2], top + inner[3]


def side_by_side(before: Image.Image, after: Image.Image, found: Difference) -> Image.Image:
    """Before, after, and the difference in red on what is faint of the picture, with frames
    around the places."""
    width, height = found.mask.size
    faint = Image.new("RGB", (width, height), "white")
    faint.paste(after.convert("L").convert("RGB"), (0, 0))
    faint = Image.blend(faint, Image.new("RGB", faint.size, "white"), 0.7)
    faint.paste((220, 0, 0), (0, 0), found.mask)
    draw = ImageDraw.Draw(faint)
    for left, top, right, bottom in found.places:
        draw.rectangle((left - 4, top - 4, right + 3, bottom + 3), outline=(220, 0, 0), width=2)
    sheet = Image.new("RGB", (3 * width + 4 * NEAR, height + 2 * NEAR), (90, 90, 90))
    for number, picture in enumerate((before, after, faint)):
        sheet.paste(picture.convert("RGB"), (NEAR + number * (width + NEAR), NEAR))
    return sheet
