"""The press editions: what a print shop gets, and the preflight that looks for what it would mind.

Each fault is planted in a finished file that is otherwise clean, and must be found.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from support import ROOT

from brochure.base.cache import Cache
from brochure.base.message import Message, languages
from brochure.cli.check import check
from brochure.model.records import Press
from brochure.pipeline import publication
from brochure.publish.print.cmyk import Inks
from brochure.publish.print.pdf import assets, larger_type, print_brochures
from brochure.publish.print.preflight import preflight

MM = 72 / 25.4
PROFILE = (ROOT / "overrides/print/profile/fogra39.icc").read_bytes()


@pytest.fixture(scope="module")
def press() -> Press:
    """The settings of `data/print.yaml`."""
    return check(ROOT).press


@pytest.fixture(scope="module")
def files(built: Path) -> list[Path]:
    """Every press edition of the publication."""
    return sorted((built.parent / "press").glob("*.pdf"))


@pytest.fixture(scope="module")
def clean(built: Path) -> bytes:
    """The first two pages of a press edition, with nothing wrong."""
    file = (built.parent / "press/seattle-en-press.pdf").read_bytes()

    def cut(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[2:]

    return changed(file, cut)


def changed(file: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The file with something changed in it."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def drawing(content: str, **resources: object) -> Callable[[pikepdf.Pdf], None]:
    """A change that draws on the second page, with resources by kind and name (`XObject__X`)."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        for key, value in resources.items():
            kind, _, name = key.partition("__")
            if f"/{kind}" not in page.resources:
                page.resources[f"/{kind}"] = Dictionary()
            made = value(pdf) if callable(value) else value
            page.resources[f"/{kind}"][f"/{name}"] = made
        page.contents_add(Stream(pdf, f"q {content} Q".encode()))

    return change


def picture(pixels: int, space: str, channels: int) -> Callable[[pikepdf.Pdf], Stream]:
    """A square grey picture."""

    def make(pdf: pikepdf.Pdf) -> Stream:
        return Stream(
            pdf,
            b"\x20" * (pixels * pixels * channels),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=pixels,
            Height=pixels,
            BitsPerComponent=8,
            ColorSpace=Name(space),
        )

    return make


def form(content: bytes) -> Callable[[pikepdf.Pdf], Stream]:
    """A form XObject that draws this."""

    def make(pdf: pikepdf.Pdf) -> Stream:
        return Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 99])

    return make


def srgb(pdf: pikepdf.Pdf) -> Array:
    return Array([Name.ICCBased, Stream(pdf, b"profile", N=3)])


def shading(_: pikepdf.Pdf) -> Dictionary:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 0, 0], N=1)
    return Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1], Function=function
    )


def without_box(name: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[1].obj[name]

    return change


def with_bleed(mm: float) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        left, bottom, right, top = (float(side) for side in pdf.pages[1].trimbox.as_list())
        by = mm * MM
        pdf.pages[1].obj[Name.BleedBox] = Array([left - by, bottom - by, right + by, top + by])

    return change


def without_font_file(pdf: pikepdf.Pdf) -> None:
    fonts = pdf.pages[1].resources["/Font"].as_dict()
    descriptor = next(iter(fonts.values())).DescendantFonts[0].FontDescriptor
    del descriptor.FontFile2


def without_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def with_link(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
    pdf.pages[1].obj[Name.Annots] = Array([pdf.make_indirect(link)])


def without_marks(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1]
    content = page.obj.Contents.read_bytes()
    page.obj.Contents = Stream(pdf, content[: content.rindex(b"q /All CS")])


TEXT = "BT /{font} {size} Tf {colour} 100 100 Td <0001> Tj ET"


def text(colour: str, size: float = 9) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        font = next(iter(pdf.pages[1].resources["/Font"].as_dict()))[1:]
        drawing(TEXT.format(font=font, colour=colour, size=size))(pdf)

    return change


SQUARE = "100 0 0 100 100 100 cm /X Do"
FAULTS = {
    "rgb fill": (
        drawing("1 0 0 rg 99 99 9 9 re f"),
        Message("preflight.not-cmyk", space="/DeviceRGB"),
    ),
    "rgb stroke": (
        drawing("1 0 0 RG 99 99 m 109 99 l S"),
        Message("preflight.not-cmyk", space="/DeviceRGB"),
    ),
    "grey fill": (
        drawing("0.5 g 99 99 9 9 re f"),
        Message("preflight.not-cmyk", space="/DeviceGray"),
    ),
    "rgb by profile": (
        drawing("/S cs 1 0 0 sc 99 99 9 9 re f", ColorSpace__S=srgb),
        Message("preflight.not-cmyk", space="/ICCBased"),
    ),
    "rgb in a form": (
        drawing("/X Do", XObject__X=form(b"0 1 0 rg 0 0 9 9 re f")),
        Message("preflight.not-cmyk", space="/DeviceRGB"),
    ),
    "rgb gradient": (
        drawing("/G sh", Shading__G=shading),
        Message("preflight.not-cmyk", space="/DeviceRGB"),
    ),
    "rgb picture": (
        drawing(SQUARE, XObject__X=picture(420, "/DeviceRGB", 3)),
        Message("preflight.not-cmyk", space="/DeviceRGB"),
    ),
    "coarse picture": (
        drawing(SQUARE, XObject__X=picture(100, "/DeviceCMYK", 4)),
        Message("preflight.coarse-picture", resolution=72, least=300),
    ),
    "heavy ink": (
        drawing("0.9 0.9 0.9 0.6 k 99 99 9 9 re f"),
        Message("preflight.too-much-ink", total=330, limit=300),
    ),
    "marks' colour inside": (
        drawing("/All CS 1 SCN 99 99 m 109 99 l S"),
        Message("preflight.mark-colour-inside"),
    ),
    "black text in four inks": (
        text("0.7 0.6 0.5 0.9 k"),
        Message("preflight.black-text-in-colour", inks="C70 M60 Y50 K90"),
    ),
    "grey text in three inks": (
        text("0.4 0.31 0.31 0 k"),
        Message("preflight.black-text-in-colour", inks="C40 M31 Y31 K0"),
    ),
    "black text on the edge of colour": (
        text("0.2 0.15 0.12 0.6 k"),
        Message("preflight.black-text-in-colour", inks="C20 M15 Y12 K60"),
    ),
    "small type": (
        text("0 0 0 1 k", 5.5),
        Message("preflight.small-type", size=Decimal("5.5"), least=6),
    ),
    "no trim box": (without_box("/TrimBox"), Message("preflight.no-box")),
    "no bleed box": (without_box("/BleedBox"), Message("preflight.no-box")),
    "little bleed": (with_bleed(2.9), Message("preflight.wrong-bleed", bleed=Decimal(3))),
    "artwork without bleed": (
        drawing("0 1 0 0 k 28.3465 300 200 50 re f"),
        Message("preflight.artwork-without-bleed"),
    ),
    "no output intent": (without_intent, Message("preflight.no-output-intent")),
    "a link": (with_link, Message("preflight.annotations")),
    "no marks": (without_marks, Message("preflight.no-crop-marks")),
}


def test_every_press_edition_is_clean(files: list[Path], press: Press) -> None:
    """The preflight finds nothing in any finished file, brochure or leaflet."""
    found = {path.name: preflight(path.read_bytes(), press) for path in files}
    assert found and not any(found.values()), found


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, clean: bytes, press: Press) -> None:
    """The preflight names the fault, on its page, and nothing that is not there."""
    change, message = FAULTS[fault]
    findings = preflight(changed(clean, change), press, "a4")
    assert message in [finding.message for finding in findings], findings
    # A font is shared by the pages; everything else is drawn on the second.
    assert {finding.page for finding in findings} <= {0, 1, 2}
    for finding in findings:
        assert len({finding.message.text(language) for language in languages()}) > 2


def test_a_font_that_is_not_embedded_is_named(clean: bytes, press: Press) -> None:
    """The finding has the name of the font, as the file writes it."""
    (message,) = {found.message for found in preflight(changed(clean, without_font_file), press)}
    assert message.code == "preflight.font-not-embedded"
    assert "Pretendard" in message.text("es")


def test_without_a_fault_nothing_is_found(clean: bytes, press: Press) -> None:
    """The file that the faults are planted in has none."""
    assert preflight(clean, press, "a4") == []


def test_artwork_may_end_inside_the_page_and_in_the_bleeds_end(clean: bytes, press: Press) -> None:
    """A rectangle that stays inside the trim, or reaches the bleed's end, is no finding."""
    inside = changed(clean, drawing("0 1 0 0 k 60 300 200 50 re f"))
    through = changed(clean, drawing("0 1 0 0 k 19.8425 300 200 50 re f"))
    assert preflight(inside, press) == preflight(through, press) == []


def test_the_wrong_size_is_found(clean: bytes, press: Press) -> None:
    """A file of A4 is not taken for one of A5."""
    assert "preflight.wrong-size" in {finding.code for finding in preflight(clean, press, "a5")}


def test_a_page_has_the_boxes_of_its_size(clean: bytes) -> None:
    """A4: the trim is 595.2756 × 841.8898 points, the bleed 3 mm more on every side."""
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(side) for side in page.obj.TrimBox.as_list())
            assert (round(right - left, 4), round(top - bottom, 4)) == (595.2756, 841.8898)
            bleed = [float(side) for side in page.obj.BleedBox.as_list()]
            by = 3 * MM
            assert bleed == pytest.approx([left - by, bottom - by, right + by, top + by], abs=1e-3)


@pytest.fixture(scope="module")
def smaller(press: Press, drawn: Path) -> dict[str, bytes]:
    """The press editions of two brochures for A5 and B5, by file name."""
    made = press.model_copy(update={"make": ["a5", "b5"]})
    names = ("daejeon-ko", "malaga-en")
    wanted = [brochure for brochure in publication(ROOT).brochures if brochure.name in names]
    printed = print_brochures(wanted, assets(ROOT), Cache(drawn), made)
    return {name: file for _, done in printed for name, file in done.press.items()}


@pytest.mark.parametrize(("size", "width", "height"), [("a5", 148, 210), ("b5", 176, 250)])
def test_other_sizes_are_scaled_bleed_to_bleed(
    size: str, width: int, height: int, smaller: dict[str, bytes], press: Press
) -> None:
    """A brochure is made at A5 and B5, exactly trimmed and bled, and clean in the preflight."""
    for name in (f"daejeon-ko-press-{size}.pdf", f"malaga-en-press-{size}.pdf"):
        assert preflight(smaller[name], press, size) == []
        with pikepdf.open(io.BytesIO(smaller[name])) as pdf:
            assert len(pdf.pages) % 2 == 0
            for page in pdf.pages:
                left, bottom, right, top = (float(side) for side in page.trimbox.as_list())
                assert right - left == pytest.approx(width * MM, abs=1e-3)
                assert top - bottom == pytest.approx(height * MM, abs=1e-3)
                bleed = [float(side) for side in page.obj.BleedBox.as_list()]
                by = 3 * MM
                wanted = [left - by, bottom - by, right + by, top + by]
                assert bleed == pytest.approx(wanted, abs=1e-3)


def points(page: pypdfium2.PdfPage) -> Counter[float]:
    """How many letters of a page are set in each size, in points on paper; hidden ones are not."""
    text, sizes = page.get_textpage(), Counter[float]()
    matrix = pdfium.FS_MATRIX()
    for n in range(text.count_chars()):
        if pdfium.FPDFText_GetUnicode(text, n) > 32:
            pdfium.FPDFText_GetMatrix(text, n, matrix)
            size = pdfium.FPDFText_GetFontSize(text, n) * math.hypot(matrix.c, matrix.d)
            sizes[round(size, 1)] += size > 1
    return +sizes


@pytest.mark.parametrize("size", ["a5", "b5"])
def test_small_sizes_have_larger_type(size: str, smaller: dict[str, bytes]) -> None:
    """On the smaller sheet most text is of 9 pt or more, and nothing is below 6 pt."""
    for name in (f"daejeon-ko-press-{size}.pdf", f"malaga-en-press-{size}.pdf"):
        pages = [points(page) for page in pypdfium2.PdfDocument(smaller[name])]
        assert min(min(page) for page in pages if page) >= 6.0, name
        # The narrative is the third page.
        assert pages[2].most_common(1)[0][0] >= 9.0, name


def test_type_grows_only_where_pages_shrink(press: Press) -> None:
    """At the size of composition, and at a larger one, type is as it is composed."""
    sizes = press.sizes | {"a3": press.sizes["a4"].model_copy(update={"width": 420})}
    settings = press.model_copy(update={"sizes": sizes})
    assert [larger_type(settings, size) for size in ("a4", "a3")] == [1, 1]
    assert larger_type(settings, "a5") > larger_type(settings, "b5") > 1


def test_fonts_are_exactly_the_intended_ones(files: list[Path]) -> None:
    """Text is set in the three weights of Pretendard, as in the screen edition."""
    for path in files:
        with pikepdf.open(path) as pdf:
            used = {
                str(font.BaseFont)[1:].partition("+")[2]
                for page in pdf.pages
                for font in page.resources["/Font"].as_dict().values()
            }
        assert used <= {"Pretendard", "Pretendard-Semi-Bold", "Pretendard-Ultra-Bold"}


def test_both_editions_have_the_same_pages(files: list[Path], built: Path) -> None:
    """A press edition says on each page what the screen edition says."""
    for path in files:
        name = path.name.replace("-press", "")
        with (
            pypdfium2.PdfDocument(path) as press_file,
            pypdfium2.PdfDocument(built / "brochures" / name) as screen_file,
        ):
            assert len(press_file) == len(screen_file)
            for one, other in zip(press_file, screen_file, strict=True):
                texts = [page.get_textpage().get_text_bounded() for page in (one, other)]
                assert texts[0].split() == texts[1].split(), path.name


def test_nothing_for_the_press_is_published(built: Path) -> None:
    """The site holds no press edition."""
    assert not list(built.rglob("*press*.pdf"))


class TestInks:
    """Screen colours as inks."""

    inks = Inks(PROFILE)

    def test_white_is_paper(self) -> None:
        """White prints nothing."""
        assert self.inks.mixed((255, 255, 255)) == (0, 0, 0, 0)

    @pytest.mark.parametrize("colour", ["16202c", "5b6673", "c9d0d8", "000000", "808080"])
    def test_greys_are_black_ink_alone(self, colour: str) -> None:
        """Text, rules and greys of the design come from one plate."""
        c, m, y, k = self.inks.mixed(tuple(bytes.fromhex(colour)))
        assert (c, m, y) == (0, 0, 0) and k > 0

    def test_darker_greys_take_more_ink(self) -> None:
        """The order of greys is kept."""
        blacks = [self.inks.mixed((v, v, v))[3] for v in range(0, 256, 15)]
        assert blacks == sorted(blacks, reverse=True)

    def test_a_pale_accent_keeps_its_hue(self) -> None:
        """A tint of an accent does not turn grey."""
        c, _, y, _ = self.inks.mixed((238, 243, 252))
        assert c > y

    def test_no_colour_exceeds_the_limit(self) -> None:
        """All four inks of any colour add up to at most 300 %."""
        steps = range(0, 256, 51)
        totals = [sum(self.inks.mixed((r, g, b))) for r in steps for g in steps for b in steps]
        assert max(totals) <= 300
