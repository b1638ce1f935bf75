"""A photograph as it came from a stranger -> a photograph fit to print.

Nothing of the file but its pixels goes on: it is decoded under limits, set upright, brought to
sRGB by its own profile, cut to its place and encoded anew.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageCms, ImageOps

MAX_PIXELS = 80_000_000
# The place of a photograph on a cover, in mm with its bleed: `.sheet__photo` in print.css.
COVER = (216.0, 173.2)
# Pixels an inch of a photograph on the screen.
SCREEN = 150
# A brochure that is mailed has no room for more; the first quality that fits is taken.
_MAILED, _QUALITIES = 600_000, (85, 75, 65, 55, 45, 35)

_FORMATS = ("JPEG", "PNG")
_INCH = 25.4


class Unusable(Exception):
    """Bytes that are no photograph to print; why, in Korean and English."""

    def __init__(self, ko: str, en: str) -> None:
        super().__init__(en)
        self.ko, self.en = ko, en


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
            raise Unusable(
                "JPEG나 PNG 그림이 아닙니다.", "This is not a JPEG or PNG image."
            ) from None
    if image.width * image.height > MAX_PIXELS:
        raise _too_large()
    # A camera keeps a preview behind the photograph; frames of a PNG are an animation.
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise Unusable(
            "움직이는 그림입니다. 사진 한 장이어야 합니다.",
            "This is an animation; a single photograph is needed.",
        )
    if image.mode not in ("RGB", "L"):
        raise Unusable(
            f"색 모드가 {image.mode}입니다. 투명하지 않은 RGB나 회색조로 저장하십시오.",
            f"The colour mode is {image.mode}. Save it as opaque RGB or greyscale.",
        )
    profile = image.info.get("icc_profile")
    try:
        image.load()
        photo = ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001
        # Whatever a decoder stumbles over: the file is not whole.
        raise Unusable(
            "그림이 손상되었거나 중간에서 끊겼습니다.", "The image is damaged or cut short."
        ) from None
    return _in_srgb(photo, profile) if profile else photo.convert("RGB")


def _too_large() -> Unusable:
    return Unusable(
        f"그림이 {MAX_PIXELS // 10_000}만 화소보다 큽니다.",
        f"The image has more than {MAX_PIXELS // 1_000_000} million pixels.",
    )


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
        raise Unusable(
            "그림에 든 색 프로파일을 읽을 수 없습니다.", "Its colour profile cannot be read."
        ) from None
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
