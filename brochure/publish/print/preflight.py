"""Preflight: everything that a print shop would send a file back for.

An independent reading of a finished press file (PDF/X-4, ISO 15930-7:2010): it shares no code
with what makes the file but the settings, and judges colours by the numbers in the file alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pikepdf
from pikepdf import Dictionary, Name

from brochure.model.records import Press
from brochure.publish.print.content_stream import (
    EXACT,
    MM,
    Extent,
    Finding,
    Point,
    Reader,
    State,
    finding,
)


def preflight(file: bytes, press: Press, size: str | None = None) -> list[Finding]:
    """Everything wrong with a press file, each thing once a page, in the order of pages.

    `size` is the size of the settings that it should be trimmed to; a document of another format,
    such as a leaflet, has None.
    """
    with pikepdf.open(io.BytesIO(file)) as pdf:
        found = set(_file(pdf, press))
        for number, page in enumerate(pdf.pages, 1):
            found |= {replace(each, page=number) for each in _page(page, press, size)}
    return sorted(found)


def _file(pdf: pikepdf.Pdf, press: Press) -> Iterator[Finding]:
    """Ensure what ISO 15930-7, clause 6, wants of the file: its version, its intent, its id."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if metadata.get("pdfxid:GTS_PDFXVersion") != "PDF/X-4":
            yield finding("PDF/X-4라는 표시가 없습니다.", "It does not say that it is PDF/X-4.")
    intents = [
        intent for intent in pdf.Root.get("/OutputIntents", []) if intent.get("/S") == "/GTS_PDFX"
    ]
    if not _has_profile(pdf):
        yield finding(
            "인쇄 조건(출력 인텐트)과 CMYK 프로파일이 없습니다.",
            "The output intent with a CMYK profile is missing.",
        )
    elif str(intents[0].get("/OutputConditionIdentifier")) != press.condition.identifier:
        yield finding(
            f"출력 인텐트는 {press.condition.identifier}이어야 합니다.",
            f"The output intent is not {press.condition.identifier}.",
        )
    elif str(intents[0].get("/RegistryName")) != press.condition.registry:
        yield finding(
            "출력 인텐트에 등록처가 없습니다.", "The output intent does not name its registry."
        )
    if "/ID" not in pdf.trailer or pdf.is_encrypted:
        yield finding(
            "식별자가 없거나 암호가 걸려 있습니다.", "The file has no ID, or it is encrypted."
        )
    if pdf.docinfo.get("/Trapped") not in (Name("/False"), Name("/True")):
        yield finding("트래핑 여부가 없습니다.", "It does not say whether it is trapped.")
    if "/AcroForm" in pdf.Root or any(page.obj.get("/Annots") for page in pdf.pages):
        yield finding("주석이나 링크가 남아 있습니다.", "There are annotations or links.")


def _has_profile(pdf: pikepdf.Pdf) -> bool:
    """Whether the output intent of the file brings a CMYK profile."""
    profiles = [
        intent.get("/DestOutputProfile")
        for intent in pdf.Root.get("/OutputIntents", [])
        if intent.get("/S") == "/GTS_PDFX"
    ]
    return any(profile is not None and profile.get("/N") == 4 for profile in profiles)


def _page(page: pikepdf.Page, press: Press, size: str | None) -> Iterator[Finding]:
    """Ensure that a page is cut, inked and set as a press needs it."""
    boxes = [page.obj.get(name) for name in ("/MediaBox", "/BleedBox", "/TrimBox")]
    if any(box is None for box in boxes):
        yield finding(
            "재단 상자나 도련 상자가 없습니다.", "The trim box or the bleed box is missing."
        )
        return
    sheet, bleed, trim = (_extent(box) for box in boxes if box is not None)
    if size is not None and not _trimmed(trim, press, size):
        yield finding(f"재단 크기가 {size}가 아닙니다.", f"The trim size is not {size}.")
    wanted = trim.around(float(press.bleed) * MM)
    if not _same(bleed.sides, wanted.sides):
        yield finding(
            f"도련이 사방 {press.bleed}mm가 아닙니다.",
            f"The bleed is not {press.bleed} mm on every side.",
        )
    if not _same(bleed.within(sheet).sides, bleed.sides):
        yield finding("도련이 종이 밖에 있습니다.", "The bleed lies outside the sheet.")
    if page.obj.get("/Group", Dictionary()).get("/CS") != Name.DeviceCMYK:
        yield finding(
            "투명 효과를 섞는 색 공간이 CMYK가 아닙니다.", "Transparency is not blended in CMYK."
        )
    reader = Reader(press, trim, bleed)
    reader.read(page.obj, State(sheet))
    yield from reader.findings()
    yield from _marks(reader.marks, trim, bleed)


def _extent(box: pikepdf.Object) -> Extent:
    left, bottom, right, top = (float(side) for side in box.as_list())
    return Extent((left, bottom, right, top))


def _same(first: Sequence[float], second: Sequence[float]) -> bool:
    return all(abs(a - b) < EXACT for a, b in zip(first, second, strict=True))


def _trimmed(trim: Extent, press: Press, size: str) -> bool:
    left, bottom, right, top = trim.sides
    paper = press.sizes[size]
    return _same((right - left, top - bottom), (float(paper.width) * MM, float(paper.height) * MM))


def _marks(marks: Sequence[tuple[Point, Point]], trim: Extent, bleed: Extent) -> Iterator[Finding]:
    """Ensure that every corner of the trim has its two marks, all of them outside the bleed."""
    left, bottom, right, top = trim.sides
    outside = [mark for mark in marks if _beyond(mark, bleed)]
    upright = [(mark[0][0], mark[0][1] > top) for mark in outside if mark[0][0] == mark[1][0]]
    level = [(mark[0][1], mark[0][0] > right) for mark in outside if mark[0][1] == mark[1][1]]
    for places, wanted in ((upright, (left, right)), (level, (bottom, top))):
        for place in wanted:
            for far in (False, True):
                if not any(abs(at - place) < EXACT and side == far for at, side in places):
                    yield finding("재단선이 빠져 있습니다.", "Crop marks are missing.")
    if len(outside) < len(marks):
        yield finding(
            "재단선의 색(모든 판)이 도련 안에 있습니다.",
            "Something inside the bleed is in the colour of the marks, on all plates.",
        )


def _beyond(line: tuple[Point, Point], box: Extent) -> bool:
    left, bottom, right, top = box.sides
    (x0, y0), (x1, y1) = line
    return max(x0, x1) < left or min(x0, x1) > right or max(y0, y1) < bottom or min(y0, y1) > top
