"""An untrusted image file -> a photograph fit to print.

Nothing of the file but its pixels goes on: it is decoded under limits, set upright, brought to
sRGB by its own profile, cut to its place and encoded anew.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageCms, ImageOps

from brochure.base.message import Message
from brochure.base.problem import BrochureError

MAX_PIXELS = 80_000_000
# The place of a photograph on a cover, in mm with its bleed: `.sheet__photo` in print.css.
COVER = (216.0, 173.2)
# Pixels an inch of a photograph on the screen.
SCREEN = 150
# A brochure that is mailed has no room for more; the first quality that fits is taken.
_MAILED, _QUALITIES = 600_000, (85, 75, 65, 55, 45, 35)

_FORMATS = ("JPEG", "PNG")
_INCH = 25.4


class Unusable(BrochureError):
    """Bytes that are no photograph to print; its message says why."""


def pixels(resolution: float) -> tuple[int, int]:
    """Width and height of a cover's photograph, at so many pixels an inch."""
    width, height = (round(side / _INCH * resolution) for side in COVER)
    return width, height


def upright(raw: bytes) -> Image.Image:
    """The photograph of a JPEG or PNG file, decoded to its end, in sRGB and as it is looked at.

    Raises Unusable: too large, not an image, cut short, moving, or in colours that have no one
    meaning on a screen.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(raw), formats=_FORMATS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise _too_large() from None
        except Exception:  # noqa: BLE001
            raise Unusable(Message("photo.not-an-image")) from None
    if image.width * image.height > MAX_PIXELS:
        raise _too_large()
    # A camera keeps a preview behind the photograph; frames of a PNG are an animation.
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise Unusable(Message("photo.animated"))
    if image.mode not in ("RGB", "L"):
        raise Unusable(Message("photo.colour-mode", mode=image.mode))
    profile = image.info.get("icc_profile")
    try:
        image.load()
        photo = ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001
        # Whatever a decoder stumbles over: the file is not whole.
        raise Unusable(Message("photo.damaged")) from None
    return _in_srgb(photo, profile) if profile else photo.convert("RGB")


def _too_large() -> Unusable:
    return Unusable(Message("photo.too-many-pixels", limit=MAX_PIXELS))


def _in_srgb(photo: Image.Image, profile: bytes) -> Image.Image:
    """The photograph in sRGB, by the profile it brings."""
    try:
        converted = ImageCms.profileToProfile(
            photo,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            "RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        raise Unusable(Message("photo.colour-profile")) from None
    assert converted is not None
    return converted


def fitted(photo: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The middle of a photograph, cut to the shape of `size` and brought to it."""
    return ImageOps.fit(photo, size, Image.Resampling.LANCZOS)


def mailed(photo: Image.Image) -> bytes:
    """A photograph as a JPEG without metadata, light enough to be mailed."""
    bare = Image.frombytes(photo.mode, photo.size, photo.tobytes())
    for quality in _QUALITIES:
        out = io.BytesIO()
        bare.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= _MAILED:
            break
    return out.getvalue()
