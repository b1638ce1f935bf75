"""A photograph on a city's cover: what is refused, and what the screen and the press get of it.

The city is one of the tiny repository's, the photograph a gradient with noise.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageCms
from slips import nearest
from support import ROOT, copy_miniature, verapdf

from brochure.base.cache import Cache
from brochure.base.message import Message, languages
from brochure.base.problem import InputError
from brochure.cli.check import check
from brochure.load.photo import COVER, MAX_PIXELS, mailed, pixels, upright
from brochure.load.text import MAX_PHOTO
from brochure.model.records import Press
from brochure.pipeline import publication
from brochure.publish.print.cmyk import Inks
from brochure.publish.print.pdf import Printed, assets, print_brochures
from brochure.publish.print.preflight import preflight

ALBA, PHOTO = "data/cities/alba.yaml", "data/photos/alba.jpg"
ENTRY = (
    "photo: {file: alba.jpg, alt: {ko: 항구의 아침, en: The harbour}, credit: Kim, licence: CC0}"
)
INKS = Inks((ROOT / "overrides/print/profile/fogra39.icc").read_bytes())


def view(width: int, height: int) -> Image.Image:
    """A gradient from night to day, with noise."""
    down, across = np.mgrid[0:height, 0:width]
    noise = np.random.default_rng(7).normal(0, 9, (height, width, 1))
    shades = np.stack([255 * across / width, 200 * down / height, 90 - 90 * down / height], axis=2)
    return Image.fromarray(np.clip(shades + noise, 0, 255).astype(np.uint8), "RGB")


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


SOUND = encoded(view(2700, 2100), quality=90)


def png(width: int, height: int) -> bytes:
    """The head of a PNG that says how large it is, and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    """The tiny repository, in which the city Alba has a photograph."""
    return photographed(copy_miniature(tmp_path / "miniature"))


def photographed(root: Path, raw: bytes = SOUND, entry: str = ENTRY) -> Path:
    path = root / ALBA
    lines = [one for one in path.read_text(encoding="utf-8").split("\n") if "photo:" not in one]
    path.write_text("\n".join([*lines[:5], entry, *lines[5:]]), encoding="utf-8")
    (root / PHOTO).parent.mkdir(exist_ok=True)
    (root / PHOTO).write_bytes(raw)
    return root


def told(root: Path) -> dict[str, Message]:
    """The message of each problem of a repository, by its place."""
    with pytest.raises(InputError) as refused:
        check(root)
    return {
        f"{problem.file}:{problem.line}:{problem.column}": problem.message
        for problem in refused.value.problems
    }


AT = f"{ALBA}:6:15"
ANIMATION = encoded(
    view(90, 90), "PNG", save_all=True, append_images=[view(91, 90).crop((1, 0, 91, 90))]
)
NOT_AN_IMAGE, DAMAGED = Message("photo.not-an-image"), Message("photo.damaged")
TOO_MANY = Message("photo.too-many-pixels", limit=MAX_PIXELS)


def too_few(pixels: str) -> Message:
    return Message(
        "photo.too-few-pixels",
        pixels=pixels,
        needed="2551 × 2046",
        place="216 × 173 mm",
        resolution="300",
    )


UNUSABLE = {
    "too few pixels": (encoded(view(2000, 1500)), too_few("2000 × 1500")),
    "wide, but too low": (encoded(view(3000, 2000)), too_few("3000 × 2000")),
    "a text": (b"This is no picture.\n" * 99, NOT_AN_IMAGE),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', NOT_AN_IMAGE),
    "a GIF": (encoded(view(99, 99), "GIF"), NOT_AN_IMAGE),
    "a bomb": (png(30000, 30000), TOO_MANY),
    "a little too large": (png(9000, 9000), TOO_MANY),
    "nothing behind the head": (png(3000, 3000), DAMAGED),
    "cut short": (SOUND[: len(SOUND) // 2], DAMAGED),
    "four inks": (
        encoded(view(99, 99).convert("CMYK")), Message("photo.colour-mode", mode="CMYK"),
    ),
    "transparent": (
        encoded(view(99, 99).convert("RGBA"), "PNG"), Message("photo.colour-mode", mode="RGBA"),
    ),
    "moving": (ANIMATION, Message("photo.animated")),
    "a broken profile": (
        encoded(view(99, 99), icc_profile=b"?" * 200), Message("photo.colour-profile"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNUSABLE)
def test_an_unfit_photo_is_told_where_it_is_named(case: str, miniature: Path) -> None:
    """Every photograph that cannot be printed is a problem of its city's file, which says why."""
    raw, fault = UNUSABLE[case]
    problems = told(photographed(miniature, raw))
    assert problems == {AT: Message("photo.unusable", file="alba.jpg", fault=fault)}
    for language in languages():
        assert fault.text(language) in problems[AT].text(language)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            ENTRY.replace("alt: {ko: 항구의 아침, en: The harbour}, ", ""),
            Message("entry.missing", name="alt"),
        ),
        (
            ENTRY.replace(", en: The harbour", ""),
            Message("text.language-missing", languages=["en"]),
        ),
        (ENTRY.replace("credit: Kim, ", ""), Message("entry.missing", name="credit")),
        (ENTRY.replace("credit: Kim", "credit: ' '"), Message("text.empty")),
        (ENTRY.replace(", licence: CC0", ""), Message("entry.missing", name="licence")),
        (
            ENTRY.replace("alba.jpg", "photos/alba.jpg"),
            Message("photo.file-name", value="photos/alba.jpg"),
        ),
        (
            ENTRY.replace("alba.jpg", "Alba Port.JPG"),
            Message("photo.file-name", value="Alba Port.JPG"),
        ),
        (
            ENTRY.replace("alba.jpg", "alab.jpg"),
            Message("photo.unknown", name="alab.jpg", hint=nearest("alba.jpg")),
        ),
    ],
)
def test_a_slip_in_the_entry_is_told(entry: str, message: Message, miniature: Path) -> None:
    """A photograph needs its description, credit and licence; its file is a bare name."""
    ((place, found),) = told(photographed(miniature, entry=entry)).items()
    assert place.startswith(f"{ALBA}:6:") and found == message


OF_ANOTHER = Message("file.of-another-kind", endings=[".jpeg", ".jpg", ".png"])


def bare(root: Path) -> None:
    path = root / ALBA
    path.write_text(path.read_text(encoding="utf-8").replace(ENTRY, ""), encoding="utf-8")


def linked(root: Path) -> None:
    (root / PHOTO).rename(root / "alba.jpg")
    (root / PHOTO).symlink_to(root / "alba.jpg")


def swollen(root: Path) -> None:
    with (root / PHOTO).open("ab") as file:
        file.truncate(MAX_PHOTO + 1)


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        (bare, PHOTO, Message("photo.not-used")),
        (linked, PHOTO, Message("file.link")),
        (swollen, PHOTO, Message("file.too-large", size="40 MB")),
        (lambda root: (root / "data/photos/alba.svg").touch(), "data/photos/alba.svg", OF_ANOTHER),
        (lambda root: (root / "data/photos/a.yaml").touch(), "data/photos/a.yaml", OF_ANOTHER),
    ],
)
def test_a_stray_file_among_the_photos_is_told(
    change: Callable[[Path], object], place: str, message: Message, miniature: Path
) -> None:
    """`data/photos/` holds photographs that cities name, and nothing else."""
    change(miniature)
    assert told(miniature) == {f"{place}:1:1": message}


def test_limits_are_looked_at_before_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that claims too many pixels is refused by its head."""

    def decode(*_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    with pytest.raises(Exception, match="million pixels"):
        upright(png(MAX_PIXELS // 8000 + 1, 8000))


def test_a_photo_is_set_upright_and_stripped() -> None:
    """The camera's orientation is applied, and nothing but pixels remains."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret place"
    raw = encoded(view(60, 40), exif=exif, icc_profile=profile(), comment=b"secret comment")
    image = upright(raw)
    assert image.size == (40, 60)
    out = mailed(image)
    with Image.open(io.BytesIO(out)) as made:
        assert made.size == (40, 60) and not made.getexif() and "icc_profile" not in made.info
    assert b"secret" not in out and mailed(upright(raw)) == out


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_a_photo_is_brought_to_srgb_by_its_own_profile() -> None:
    """Colours are what the profile says, not what the numbers look like: here a linear space."""
    flat = Image.new("RGB", (8, 8), (128, 128, 128))
    grey = Image.new("L", (8, 8), 128)
    assert upright(encoded(flat, "PNG")).getpixel((0, 0)) == (128, 128, 128)
    assert upright(encoded(flat, "PNG", icc_profile=profile())).getpixel((0, 0)) == (128, 128, 128)
    assert upright(encoded(grey, "PNG")).getpixel((0, 0)) == (128, 128, 128)
    swapped = ImageCms.createProfile("XYZ")
    with pytest.raises(Exception, match="profile"):
        upright(encoded(flat, "PNG", icc_profile=ImageCms.ImageCmsProfile(swapped).tobytes()[:99]))


def test_ink_is_limited_and_black_is_kept() -> None:
    """No pixel takes more ink than the limit; what gives way is colour, in proportion."""
    dark = Image.fromarray(np.random.default_rng(3).integers(0, 70, (99, 99, 3), np.uint8), "RGB")
    free, held = (np.asarray(INKS.image(dark, limit)).astype(int) for limit in (400, 220))
    assert free.sum(axis=2).max() / 2.55 > 230
    assert held.sum(axis=2).max() <= 561
    assert (held[..., 3] == free[..., 3]).all()
    light = free.sum(axis=2) / 2.55 < 219
    assert (held[light] == free[light]).all() and light.any()


@pytest.fixture(scope="module")
def settings() -> Press:
    return check(ROOT).press


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, drawn: Path, settings: Press) -> Printed:
    """Both editions of a brochure with a photograph on its cover."""
    root = photographed(copy_miniature(tmp_path_factory.mktemp("photo") / "miniature", drawn))
    made = [one for one in publication(root).brochures if one.name == "alba-en"]
    ((_, done),) = print_brochures(made, assets(root), Cache(drawn), settings)
    return done


def pictures(page: pikepdf.Page) -> list[pikepdf.Stream]:
    found = page.resources.get("/XObject", pikepdf.Dictionary()).as_dict().values()
    streams = (entry for entry in found if isinstance(entry, pikepdf.Stream))
    return [stream for stream in streams if stream.Subtype == "/Image"]


def size_of(picture: pikepdf.Stream) -> tuple[int, int]:
    return int(picture.Width), int(picture.Height)


def test_the_screen_edition_shows_and_describes_the_photo(printed: Printed, tmp_path: Path) -> None:
    """The photograph is on the cover at 150 pixels an inch, with its description, in a file that
    conforms to PDF/UA-1 and PDF/A-2a and can be mailed; cover and colophon name who took it."""
    file = tmp_path / "alba.pdf"
    file.write_bytes(printed.screen)
    assert len(printed.screen) < 1_000_000
    assert verapdf("ua1,2a", [file]).count("PASS") == 2
    with pikepdf.open(file) as pdf:
        (picture,) = pictures(pdf.pages[0])
        assert size_of(picture) == pixels(150)
        assert picture.ColorSpace == "/DeviceRGB"
        assert any("The harbour" in str(one.get("/Alt", "")) for one in pdf.objects
                   if isinstance(one, pikepdf.Dictionary))  # fmt: skip
    first, last = (words(printed.screen, at) for at in (0, -1))
    assert "Kim" in first
    assert "Photograph on the cover: Kim. Licence: CC0." in last


def words(pdf: bytes, page: int) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = document[page % len(document)].get_textpage().get_text_range()
    return " ".join(text.replace("\u2060", "").split())


def test_the_press_edition_prints_the_photo_finely(printed: Printed, settings: Press) -> None:
    """The press gets four inks of 300 pixels an inch to the bleed's end, within the ink limit."""
    (press,) = printed.press.values()
    assert preflight(press, settings, "a4") == []
    with pikepdf.open(io.BytesIO(press)) as pdf:
        (picture,) = pictures(pdf.pages[0])
        assert size_of(picture) == pixels(300)
        assert picture.ColorSpace == "/DeviceCMYK"
        image = np.asarray(pikepdf.PdfImage(picture).as_pil_image()).astype(int)
    assert image.sum(axis=2).max() <= 300 * 2.55
    # The gradient's bright side, its dark side: nothing is inverted or turned.
    assert image[:, :99].sum() > image[:, -99:].sum()


def test_the_preflight_sees_a_coarse_or_heavy_photo(printed: Printed, settings: Press) -> None:
    """Where a press asks for finer pictures or less ink, the preflight names the photograph."""
    (press,) = printed.press.values()
    fine = preflight(press, replace_press(settings, resolution=400), "a4")
    assert [(one.page, "300 dpi" in one.message.text("en")) for one in fine] == [(1, True)]
    light = preflight(press, replace_press(settings, ink=200), "a4")
    assert any(one.page == 1 and "above 200 %" in one.message.text("en") for one in light)


def replace_press(settings: Press, **changes: object) -> Press:
    return settings.model_copy(update=changes)


def test_a_larger_sheet_needs_more_pixels(settings: Press) -> None:
    """What is printed larger than composed needs as many pixels at its printed size."""
    assert settings.enlargement == 1
    sizes = settings.sizes | {"a3": settings.sizes["a4"].model_copy(update={"width": 420})}
    assert replace_press(settings, sizes=sizes, make=["a5", "a3"]).enlargement == 2
    assert pixels(600) == tuple(round(side / 25.4 * 600) for side in COVER)
