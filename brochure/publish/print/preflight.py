"""Preflight: what a print shop would send a file back for, found before it is sent.

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
    """Everything wrong with a press file, each finding once a page, in the order of pages.

    `size` is the size of the settings that it should be trimmed to; a document of another format,
    such as a leaflet, has None.
    """
    with pikepdf.open(io.BytesIO(file)) as pdf:
        found = set(_file(pdf, press))
        for number, page in enumerate(pdf.pages, 1):
            found |= {replace(finding, page=number) for finding in _page(page, press, size)}
    return sorted(found, key=lambda finding: (finding.page, finding.code, str(finding.message)))


def _file(pdf: pikepdf.Pdf, press: Press) -> Iterator[Finding]:
    """Ensure what ISO 15930-7, clause 6, wants of the file: its version, its intent, its id."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if metadata.get("pdfxid:GTS_PDFXVersion") != "PDF/X-4":
            yield finding("preflight.not-pdf-x4")
    intents = [
        intent for intent in pdf.Root.get("/OutputIntents", []) if intent.get("/S") == "/GTS_PDFX"
    ]
    if not _has_profile(pdf):
        yield finding("preflight.no-output-intent")
    elif str(intents[0].get("/OutputConditionIdentifier")) != press.condition.identifier:
        yield finding("preflight.wrong-output-intent", expected=press.condition.identifier)
    elif str(intents[0].get("/RegistryName")) != press.condition.registry:
        yield finding("preflight.wrong-registry", expected=press.condition.registry)
    if "/ID" not in pdf.trailer:
        yield finding("preflight.no-id")
    if pdf.is_encrypted:
        yield finding("preflight.encrypted")
    if pdf.docinfo.get("/Trapped") not in (Name("/False"), Name("/True")):
        yield finding("preflight.no-trapping-entry")
    if "/AcroForm" in pdf.Root or any(page.obj.get("/Annots") for page in pdf.pages):
        yield finding("preflight.annotations")


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
        yield finding("preflight.no-box")
        return
    sheet, bleed, trim = (_extent(box) for box in boxes if box is not None)
    if size is not None and not _trimmed(trim, press, size):
        yield finding("preflight.wrong-size", size=size)
    wanted = trim.around(float(press.bleed) * MM)
    if not _same(bleed.sides, wanted.sides):
        yield finding("preflight.wrong-bleed", bleed=press.bleed)
    if not _same(bleed.within(sheet).sides, bleed.sides):
        yield finding("preflight.bleed-outside-sheet")
    if page.obj.get("/Group", Dictionary()).get("/CS") != Name.DeviceCMYK:
        yield finding("preflight.transparency-not-cmyk")
    reader = Reader(press, trim, bleed)
    reader.read(page.obj, State(sheet))
    yield from reader.findings()
    yield from _marks(reader.marks, trim, bleed)


def _extent(box: pikepdf.Object) -> Extent:
    left, bottom, right, top = (float(side) for side in box.as_list())
    return Extent((left, bottom, right, top))


def _same(sides: Sequence[float], others: Sequence[float]) -> bool:
    return all(abs(a - b) < EXACT for a, b in zip(sides, others, strict=True))


def _trimmed(trim: Extent, press: Press, size: str) -> bool:
    left, bottom, right, top = trim.sides
    paper = press.sizes[size]
    return _same((right - left, top - bottom), (float(paper.width) * MM, float(paper.height) * MM))


def _marks(marks: Sequence[tuple[Point, Point]], trim: Extent, bleed: Extent) -> Iterator[Finding]:
    """Ensure that every corner of the trim has its two marks, all of them outside the bleed."""
    left, bottom, right, top = trim.sides
    outside = [line for line in marks if _beyond(line, bleed)]
    upright = [(x0, y0 > top) for (x0, y0), (x1, _) in outside if x0 == x1]
    level = [(y0, x0 > right) for (x0, y0), (_, y1) in outside if y0 == y1]
    for places, wanted in ((upright, (left, right)), (level, (bottom, top))):
        for place in wanted:
            for far in (False, True):
                if not any(abs(at - place) < EXACT and side == far for at, side in places):
                    yield finding("preflight.no-crop-marks")
    if len(outside) < len(marks):
        yield finding("preflight.mark-colour-inside")


def _beyond(line: tuple[Point, Point], box: Extent) -> bool:
    left, bottom, right, top = box.sides
    (x0, y0), (x1, y1) = line
    return max(x0, x1) < left or min(x0, x1) > right or max(y0, y1) < bottom or min(y0, y1) > top
