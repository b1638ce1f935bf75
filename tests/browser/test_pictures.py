"""Key pages and pages of a brochure look as in the pictures that a person has accepted.

They are of `tests/fixtures/miniature/`, so that no figure or sentence of a city's staff changes
them; its templates, styles, charts and words of the interface are the real ones. What differs and
is meant to: `make bless ARGS=tests/browser/test_pictures.py`, then look at the pictures and
commit them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from likeness import NEAR, difference, side_by_side
from PIL import Image, ImageChops, ImageEnhance
from playwright.sync_api import Browser, Route
from support import ROOT

ACCEPTED = ROOT / "tests/pictures"
DIFFERENT = ROOT / "build/different"
COMMAND = "make bless ARGS=tests/browser/test_pictures.py"
Compare = Callable[[str, Image.Image], None]


@dataclass(frozen=True)
class Shot:
    """The top of a page, so many pixels wide and high."""

    name: str
    address: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


SHOTS = [
    Shot("home-ko-390-light", "/", 390, 1700, "light"),
    Shot("home-en-1280-dark", "/en/", 1280, 1300, "dark"),
    Shot("city-ko-1280-light", "/cities/alba/", 1280, 1300, "light"),
    Shot("city-en-390-dark", "/en/cities/alba/", 390, 1700, "dark"),
    Shot("compare-ko-390-dark", "/compare/", 390, 1500, "dark"),
    Shot("compare-en-1280-light", "/en/compare/", 1280, 1300, "light"),
    Shot("dossier-ko-1280-dark", "/study/", 1280, 1300, "dark"),
    Shot("dossier-en-390-light", "/en/study/", 390, 1700, "light"),
]
# A brochure and the number of a page of it, from 1.
SHEETS = [("alba-ko", 1), ("alba-en", 3)]


@pytest.fixture(scope="module")
def photographed(browser: Browser, tiny_base: str) -> Iterator[Callable[..., Image.Image]]:
    """Takes the picture of a page, as it is or after a script has altered it."""
    context = browser.new_context(reduced_motion="reduce", device_scale_factor=1)
    context.set_default_timeout(10_000)

    def patient(route: Route) -> None:
        """On a slow machine a page goes without fonts that come late; not on its picture."""
        sheet = route.fetch()
        route.fulfill(
            response=sheet, body=sheet.text().replace("display: optional", "display: block")
        )

    context.route("**/*.css", patient)
    page = context.new_page()

    def take(shot: Shot, alter: str | None = None) -> Image.Image:
        page.set_viewport_size({"width": shot.width, "height": shot.height})
        page.emulate_media(color_scheme=shot.scheme)
        page.goto(tiny_base + shot.address, wait_until="networkidle")
        # A face that is asked for only while the picture is taken would come too late for it.
        page.evaluate("Promise.all([...document.fonts].map(face => face.load())).then(() => 1)")
        if alter is not None:
            page.evaluate(alter)
        return Image.open(BytesIO(page.screenshot())).convert("RGB")

    yield take
    context.close()


def few(picture: Image.Image) -> Image.Image:
    """The picture in 256 colours, which makes its file a third of the size."""
    return picture.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def hold(name: str, picture: Image.Image, accepted: Path, different: Path, bless: bool) -> None:
    """Fail unless a picture looks like the accepted one of that name; with `bless`, accept it.

    Where it does not, a picture of both and their difference is put into the folder `different`.
    """
    file = accepted / f"{name}.png"
    if not file.exists() and not bless:
        pytest.fail(f"There is no accepted picture {name}. Run `{COMMAND}`.", pytrace=False)
    before = Image.open(file).convert("RGB") if file.exists() else None
    found = difference(before, picture) if before else None
    if before and not found:
        return
    if bless:
        accepted.mkdir(exist_ok=True)
        few(picture).save(file, optimize=True)
        return
    assert before is not None and found is not None
    different.mkdir(parents=True, exist_ok=True)
    sheet = different / f"{name}.png"
    side_by_side(before, picture, found).save(sheet)
    pytest.fail(
        f"{name} does not look as accepted:\n  {found}\n"
        f"Before, after and the difference stand side by side in {os.path.relpath(sheet, ROOT)}.\n"
        f"If it is meant to look so, run `{COMMAND}` and commit what it changes.",
        pytrace=False,
    )


@pytest.fixture
def as_accepted(request: pytest.FixtureRequest) -> Compare:
    """Hold a picture against the accepted one of that name; `--bless` accepts it."""
    bless = bool(request.config.getoption("--bless"))
    return partial(hold, accepted=ACCEPTED, different=DIFFERENT, bless=bless)


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_page_looks_as_accepted(
    photographed: Callable[..., Image.Image], as_accepted: Compare, shot: Shot
) -> None:
    """Front page, city, comparison and dossier, in both languages, on a phone and on a desk, light
    and dark."""
    as_accepted(shot.name, photographed(shot))


def sheet(tiny: Path, name: str, number: int) -> Image.Image:
    """A page of a brochure for the screen, 1 pixel a point."""
    pdf = pypdfium2.PdfDocument(tiny / f"dist/site/brochures/{name}.pdf")
    picture: Image.Image = pdf[number - 1].render(scale=1).to_pil().convert("RGB")
    pdf.close()
    return picture


@pytest.mark.parametrize(("name", "number"), SHEETS)
def test_a_sheet_looks_as_accepted(
    tiny: Path, as_accepted: Compare, name: str, number: int
) -> None:
    """The cover of a city's brochure and a page inside."""
    as_accepted(f"brochure-{name}-{number}", sheet(tiny, name, number))


def test_every_accepted_picture_is_looked_at() -> None:
    """No picture is left of a page that nothing compares any more; all weigh 1.5 MB at most."""
    names = {shot.name for shot in SHOTS} | {f"brochure-{name}-{n}" for name, n in SHEETS}
    files = list(ACCEPTED.iterdir())
    assert {file.name for file in files} == {f"{name}.png" for name in names}
    assert sum(file.stat().st_size for file in files) <= 1_500_000


CITY = next(shot for shot in SHOTS if shot.name == "city-en-390-dark")
ALTERED = {
    "a word is gone": """() => {
      const text = document.querySelector('.lead').lastChild
      text.data = text.data.trim().replace(/ \\S+$/, '')
    }""",
    "a line is gone": "() => { document.querySelector('main h2').style.visibility = 'hidden' }",
    "a colour is another": "() => { document.querySelector('main h2').style.color = '#c33' }",
    "a block is two pixels lower": """() => {
      const block = document.querySelector('main section')
      block.style.position = 'relative'
      block.style.top = '2px'
    }""",
    "the ground is a little lighter": """() => {
      document.body.style.backgroundColor = '#333'
    }""",
}


@pytest.fixture(scope="module")
def before(photographed: Callable[..., Image.Image]) -> Image.Image:
    """The picture of a city's page."""
    return photographed(CITY)


def test_one_page_makes_one_picture(
    photographed: Callable[..., Image.Image], before: Image.Image
) -> None:
    """Opened again, a page looks the same to the last pixel."""
    assert ImageChops.difference(photographed(CITY), before).getbbox() is None


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
def test_what_a_person_would_see_is_seen(
    photographed: Callable[..., Image.Image], before: Image.Image, alter: str
) -> None:
    """A page on which one small thing is altered does not pass for the same."""
    assert difference(before, photographed(CITY, alter)) is not None


def moved(picture: Image.Image, by: float) -> Image.Image:
    """The picture a fraction of a pixel further on."""
    return picture.transform(
        picture.size, Image.Transform.AFFINE, (1, 0, by, 0, 1, 0), Image.Resampling.BICUBIC
    )


def test_what_nobody_would_see_is_let_pass(before: Image.Image) -> None:
    """Letters that stand a third of a pixel further on, that are drawn a little bolder, and the
    few colours of an accepted picture's file are no difference."""
    assert difference(before, moved(before, 0.34)) is None
    assert difference(before, ImageEnhance.Contrast(before).enhance(1.06)) is None
    assert difference(before, few(before)) is None


def test_a_failure_can_be_read(before: Image.Image, tmp_path: Path) -> None:
    """It names the page, how much differs and where, the picture of before, after and difference,
    and the command that accepts."""
    before.save(tmp_path / "city.png")
    after = before.copy()
    after.paste((200, 0, 0), (40, 300, 140, 320))
    with pytest.raises(pytest.fail.Exception) as failure:
        hold("city", after, tmp_path, tmp_path / "different", False)
    told = str(failure.value)
    for words in ("city does not", " pixels differ, 0.89% of", "different/city.png", COMMAND):
        assert words in told
    (place,) = re.findall("([0-9]+) x ([0-9]+) pixels at ([0-9]+) .* ([0-9]+) from the top", told)
    width, height, left, top = map(int, place)
    assert 24 <= left < 40 and 284 <= top < 300
    assert 140 < left + width <= 156 and 320 < top + height <= 336
    with Image.open(tmp_path / "different/city.png") as sheet:
        shown = sheet.crop((NEAR, NEAR, NEAR + CITY.width, NEAR + CITY.height))
        assert ImageChops.difference(shown, before).getbbox() is None
        assert sheet.width > 3 * CITY.width
        colours = sheet.getcolors(sheet.width * sheet.height)
        assert colours is not None and (220, 0, 0) in {colour for _, colour in colours}
    hold("city", after, tmp_path, tmp_path / "different", True)
    hold("city", after, tmp_path, tmp_path / "different", False)
