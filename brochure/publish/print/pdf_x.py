"""The press edition: a laid out document as PDF/X-4 in CMYK, with bleed and crop marks.

PDF/X-4 is ISO 15930-7:2010, on PDF 1.6. Everything a print shop asks for is put in here, and
looked for, by other code, in `brochure.publish.print.preflight`.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Stream, String
from PIL import Image

from brochure.model.records import Press
from brochure.publish.print.cmyk import RGB, Inks

MM = 72 / 25.4
# From the bleed's edge: where the marks begin and end, and where the sheet ends, in mm.
MARK_BEGINS, MARK_ENDS, SHEET_ENDS = 1, 6, 7
MARK_WIDTH = 0.25  # points

# What the PDF engine writes for colours, and what it becomes.
_RGB_OPERATORS = {"rg": "k", "RG": "K", "g": "k", "G": "K"}
_TAGS = {"BDC", "BMC", "EMC", "DP", "MP"}


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From the left side to the right, in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From the bottom to the top, in points."""
        return self.top - self.bottom

    def grown(self, by: float) -> Box:
        """The box with `by` points more on every side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def array(self) -> Array:
        """The box as PDF writes it, to a ten-thousandth of a point."""
        return Array([_decimal(side) for side in (self.left, self.bottom, self.right, self.top)])


def has_own_format(laid_out: bytes, press: Press) -> bool:
    """Whether a document is not composed at the settings' first size, as a leaflet."""
    with pikepdf.open(io.BytesIO(laid_out)) as pdf:
        return _extent(pdf.pages[0].trimbox) != _points(press, next(iter(press.sizes)))


def press_edition(
    laid_out: bytes,
    press: Press,
    size: str | None,
    profile: bytes,
    folds: Sequence[float] = (),
    finer: Mapping[bytes, Image.Image] = MappingProxyType({}),
) -> bytes:
    """A laid out document for the press, scaled to one of the settings' sizes, bleed to bleed.

    With None as its size a document keeps its own format. `profile` is the ICC profile of the
    printing condition; `folds` are in mm from the left trim edge. `finer` has what takes the place
    of a picture of the document, by that picture's file. The same document gives the same bytes.
    """
    inks = Inks(profile)
    with pikepdf.open(io.BytesIO(laid_out)) as pdf:
        width, height = _points(press, size) if size else _extent(pdf.pages[0].trimbox)
        margin = (float(press.bleed) + SHEET_ENDS) * MM
        trim = Box(margin, margin, margin + width, margin + height)
        _separate(pdf, inks, press.ink, finer)
        for page in pdf.pages:
            _mount(pdf, page, trim, press, folds)
        _declare(pdf, press, profile)
        _identify(pdf, hashlib.sha256(laid_out + (size or "").encode()).digest())
        pdf.remove_unreferenced_resources()
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            force_version="1.6",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue()


def _points(press: Press, size: str) -> tuple[float, float]:
    """Width and height of a size in points, as exact as the boxes are written."""
    trim = press.sizes[size]
    return round(float(trim.width) * MM, 4), round(float(trim.height) * MM, 4)


def _extent(box: Array) -> tuple[float, float]:
    placed = Box(*(float(side) for side in box.as_list()))
    return round(placed.width, 4), round(placed.height, 4)


# --- colours --------------------------------------------------------------------------------------


def _separate(pdf: pikepdf.Pdf, inks: Inks, limit: int, finer: Mapping[bytes, Image.Image]) -> None:
    """Turn every colour of the file into inks: in pages, drawings, patterns, shadings, pictures."""
    for page in pdf.pages:
        page.obj[Name.Contents] = Stream(pdf, _separated(page, inks))
        page.obj[Name.Group] = _group()
    masks = {item.SMask.objgen for item in pdf.objects if _is_image(item) and Name.SMask in item}
    for item in pdf.objects:
        if isinstance(item, Stream):
            if item.get(Name.Subtype) == Name.Form or item.get(Name.PatternType) == 1:
                item.write(_separated(item, inks))
            elif _is_image(item) and item.objgen not in masks:
                picture = finer.get(item.read_raw_bytes()) or pikepdf.PdfImage(item).as_pil_image()
                _ink_picture(item, inks.image(picture, limit))
        if isinstance(item, Dictionary | Stream):
            if Name.Group in item:
                item[Name.Group] = _group()
            if Name.ShadingType in item and item[Name.ColorSpace] != Name.DeviceGray:
                item[Name.ColorSpace] = Name.DeviceCMYK
                _separate_function(item[Name.Function], inks)
            if isinstance(item.get(Name.Resources), Dictionary):
                _drop(item[Name.Resources], "/ColorSpace")


def _is_image(item: pikepdf.Object) -> bool:
    return isinstance(item, Stream) and item.get(Name.Subtype) == Name.Image


def _group() -> Dictionary:
    """A transparency group that blends in inks (ISO 32000-1, 11.6.6)."""
    return Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True)


def _separated(content: pikepdf.Page | Stream, inks: Inks) -> bytes:
    """A content stream with its colours in inks and without tags, which point at a removed tree."""
    instructions: list[pikepdf.ContentStreamInstruction] = []
    for instruction in pikepdf.parse_content_stream(content):
        operator = str(instruction.operator)
        if operator in _TAGS:
            continue
        if operator in _RGB_OPERATORS:
            assert isinstance(instruction, pikepdf.ContentStreamInstruction)
            colour = _channels([float(value) for value in instruction.operands])
            inked = Operator(_RGB_OPERATORS[operator])
            instructions.append(pikepdf.ContentStreamInstruction(_operands(inks, colour), inked))
        else:
            instructions.append(instruction)  # type: ignore[arg-type]
    return pikepdf.unparse_content_stream(instructions)


def _channels(values: Sequence[float]) -> RGB:
    """Red, green and blue, 0 to 255, of one grey or three channels from 0 to 1."""
    red, *others = (round(value * 255) for value in values)
    green, blue = others or (red, red)
    return red, green, blue


def _operands(inks: Inks, colour: RGB) -> list[Decimal]:
    return [Decimal(ink) / 100 for ink in inks.mixed(colour)]


def _separate_function(function: pikepdf.Object, inks: Inks) -> None:
    """Turn the ends of a gradient's functions (types 2 and 3) into inks."""
    for part in function.get(Name.Functions, []):
        _separate_function(part, inks)
    for end in (Name.C0, Name.C1):
        if end in function:
            colour = _channels([float(value) for value in function[end].as_list()])
            function[end] = Array(_operands(inks, colour))


def _ink_picture(picture: Stream, image: Image.Image) -> None:
    """Put an image in inks in the place of a picture's; its mask stays."""
    picture.write(image.tobytes())
    picture[Name.Width], picture[Name.Height] = image.size
    picture[Name.ColorSpace] = Name.DeviceCMYK
    picture[Name.BitsPerComponent] = 8
    _drop(picture, "/Decode", "/Intent")


# --- sheets ---------------------------------------------------------------------------------------


def _mount(
    pdf: pikepdf.Pdf, page: pikepdf.Page, trim: Box, press: Press, folds: Sequence[float]
) -> None:
    """Put a page on its sheet: scaled to cover it, cut at the bleed, marks around it.

    Bleed falls on bleed, so that artwork fills it at every size; the trim is then cut a little
    inside the page that was composed (0.9 mm from A4 to A5).
    """
    over = float(press.bleed) * MM
    page_box = Box(*(float(side) for side in page.trimbox.as_list())).grown(over)
    bleed = trim.grown(over)
    scale = max(bleed.width / page_box.width, bleed.height / page_box.height)
    if abs(scale - 1) < 0.0001:
        scale = 1
    across = (bleed.left + bleed.right - scale * (page_box.left + page_box.right)) / 2
    up = (bleed.bottom + bleed.top - scale * (page_box.bottom + page_box.top)) / 2
    sheet = bleed.grown(SHEET_ENDS * MM)
    place = " ".join(map(str, map(_decimal, (scale, 0, 0, scale, across, up))))
    before = f"q {_rectangle(bleed)} W n {place} cm\n".encode()
    marks = "\nQ\n" + crop_marks(trim, bleed, folds)
    page.obj[Name.Contents] = Stream(
        pdf, before + page.obj[Name.Contents].read_bytes() + marks.encode()
    )
    page.obj[Name.MediaBox] = sheet.array()
    page.obj[Name.BleedBox], page.obj[Name.TrimBox] = bleed.array(), trim.array()
    _drop(page.obj, "/Annots", "/StructParents", "/Tabs", "/CropBox")
    page.obj.Resources[Name.ColorSpace] = Dictionary(All=_all_plates())


def _all_plates() -> Array:
    """The colour that prints on every plate (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def crop_marks(trim: Box, bleed: Box, folds: Sequence[float]) -> str:
    """Lines outside the bleed that show where to cut and, dashed, where to fold."""
    begins, ends = MARK_BEGINS * MM, MARK_ENDS * MM
    cuts = [trim.left, trim.right]
    creases = [trim.left + fold * MM for fold in folds]
    across = [
        (y, side + sign * begins, side + sign * ends)
        for y in (trim.bottom, trim.top)
        for side, sign in ((bleed.left, -1), (bleed.right, 1))
    ]

    def upright(places: Iterable[float]) -> str:
        return "".join(
            f"{_decimal(x)} {_decimal(side + sign * begins)} m "
            f"{_decimal(x)} {_decimal(side + sign * ends)} l S\n"
            for x in places
            for side, sign in ((bleed.bottom, -1), (bleed.top, 1))
        )

    level = "".join(
        f"{_decimal(begin)} {_decimal(y)} m {_decimal(end)} {_decimal(y)} l S\n"
        for y, begin, end in across
    )
    dashed = f"[2 1.5] 0 d\n{upright(creases)}" if creases else ""
    return f"q /All CS 1 SCN {MARK_WIDTH} w\n{level}{upright(cuts)}{dashed}Q\n"


def _rectangle(box: Box) -> str:
    sides = (box.left, box.bottom, box.width, box.height)
    return " ".join(str(_decimal(side)) for side in sides) + " re"


def _decimal(number: float) -> Decimal:
    """A number to a ten-thousandth of a point, without idle zeros."""
    return Decimal(f"{number:.4f}".rstrip("0").rstrip("."))


# --- the file -------------------------------------------------------------------------------------


def _declare(pdf: pikepdf.Pdf, press: Press, profile: bytes) -> None:
    """Keep what is for the press, the pages, and declare the printing condition."""
    _drop(pdf.Root, "/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/AcroForm")
    stream = Stream(pdf, profile, N=4, Alternate=Name.DeviceCMYK)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier=String(press.condition.identifier),
                OutputCondition=String(press.condition.name),
                Info=String(press.condition.name),
                RegistryName=String(press.condition.registry),
                DestOutputProfile=pdf.make_indirect(stream),
            )
        ]
    )


def _identify(pdf: pikepdf.Pdf, digest: bytes) -> None:
    """Say that this is PDF/X-4, of which date, and under which fixed id (ISO 15930-7, 6.8)."""
    pdf.docinfo[Name.Trapped] = Name("/False")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key in ("pdfaid:part", "pdfaid:conformance"):
            if key in metadata:
                del metadata[key]
        metadata["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
        metadata["pdf:Trapped"] = "False"
        metadata["xmp:MetadataDate"] = metadata["xmp:ModifyDate"]
        metadata["xmpMM:DocumentID"] = f"uuid:{UUID(bytes=digest[:16], version=4)}"
        metadata["xmpMM:VersionID"] = "1"
        metadata["xmpMM:RenditionClass"] = "default"


def _drop(dictionary: pikepdf.Object, *keys: str) -> None:
    """Remove keys that may be there."""
    for key in keys:
        if key in dictionary:
            del dictionary[key]
