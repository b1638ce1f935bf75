"""Screen colours as inks: sRGB -> CMYK through the ICC profile of the printing condition."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageCms

RGB = tuple[int, int, int]
CMYK = tuple[int, int, int, int]
LAB = tuple[float, float, float]

# Below this chroma (CIE C*ab) a colour looks grey: inks, greys, rules. Tints lighter than
# NEUTRAL_LIGHT (L*) keep their hue unless they have none: a pale accent is not a grey.
NEUTRAL_CHROMA, NO_CHROMA, NEUTRAL_LIGHT = 12.0, 2.0, 90.0

_SCREEN_TO_PRESS = (
    ImageCms.Intent.RELATIVE_COLORIMETRIC,
    ImageCms.Flags.BLACKPOINTCOMPENSATION,
)


class Inks:
    """One printing condition: what its inks make of a colour, and what they look like.

    `profile` is an ICC output profile for CMYK. The same colour always gives the same inks.
    """

    def __init__(self, profile: bytes) -> None:
        press = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        screen, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        intent, flags = _SCREEN_TO_PRESS
        self._to_inks = ImageCms.buildTransform(screen, press, "RGB", "CMYK", intent, flags)
        self._seen = ImageCms.buildTransform(screen, lab, "RGB", "LAB", intent)
        self._printed = ImageCms.buildTransform(press, lab, "CMYK", "LAB", intent)
        self._blacks = [self.looks((0, 0, 0, k))[0] for k in range(101)]
        self.mixed = cache(self._mixed)

    def _mixed(self, colour: RGB) -> CMYK:
        """The inks of a colour (channels 0 to 255), in whole percent.

        White is bare paper. What looks grey is black ink alone, as light as the colour: such text
        and rules stay sharp when the plates are not quite in register.
        """
        lab = _lab(self._seen, "RGB", colour)
        if is_neutral(lab):
            if colour == (255, 255, 255):
                return 0, 0, 0, 0
            black = min(range(101), key=lambda k: abs(self._blacks[k] - lab[0]))
            return 0, 0, 0, black
        c, m, y, k = _one(self._to_inks, "RGB", colour)
        return _percent(c), _percent(m), _percent(y), _percent(k)

    def looks(self, inks: CMYK) -> LAB:
        """CIELAB (D50, relative to the paper) of inks in percent."""
        return _lab(self._printed, "CMYK", tuple(round(ink * 2.55) for ink in inks))

    def image(self, picture: Image.Image, limit: int) -> Image.Image:
        """A picture, taken as sRGB, in the four inks, together at most `limit` percent.

        Where they are more, the three colours give way in proportion and black stays, so that
        shadows keep their depth and their hue.
        """
        converted = ImageCms.applyTransform(picture.convert("RGB"), self._to_inks)
        assert converted is not None
        inks = np.asarray(converted)
        colours, black = inks[..., :3], inks[..., 3:]
        total = colours.sum(axis=2, dtype=int, keepdims=True)
        room = np.minimum(int(limit * 2.55) - black.astype(int), total)
        kept = colours * room // np.maximum(total, 1)
        return Image.fromarray(np.concatenate([kept.astype(np.uint8), black], axis=2), "CMYK")


def is_neutral(lab: LAB) -> bool:
    """Whether a colour is seen as black or grey."""
    lightness, a, b = lab
    chroma = float((a * a + b * b) ** 0.5)
    return chroma < (NEUTRAL_CHROMA if lightness < NEUTRAL_LIGHT else NO_CHROMA)


def _one(transform: ImageCms.ImageCmsTransform, mode: str, colour: tuple[int, ...]) -> Any:
    """One colour through a transform, 0 to 255 a channel."""
    pixel = ImageCms.applyTransform(Image.new(mode, (1, 1), colour), transform)
    assert pixel is not None
    return pixel.getpixel((0, 0))


def _lab(transform: ImageCms.ImageCmsTransform, mode: str, colour: tuple[int, ...]) -> LAB:
    lightness, a, b = _one(transform, mode, colour)
    # Pillow keeps L* as 0 to 255, and a* and b* with 128 for 0.
    return lightness / 2.55, float(a - 128), float(b - 128)


def _percent(byte: int) -> int:
    return round(byte / 2.55)
