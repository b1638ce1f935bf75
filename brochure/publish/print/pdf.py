"""HTML -> PDF, through WeasyPrint; the only module that knows the PDF engine.

A document is laid out once, with room for the bleed; both editions are made from that. The
engine can load nothing but files in memory: the stylesheets, the fonts, and what the document
itself holds.
"""

from __future__ import annotations

import hashlib
import html
import logging
import os
import re
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any

from PIL import Image

from brochure.base.cache import Cache, packed, unpacked
from brochure.base.message import Message
from brochure.base.problem import BrochureError
from brochure.load import photo
from brochure.model.records import Press
from brochure.publish.print.content_stream import Finding
from brochure.publish.print.pdf_ua import screen_edition
from brochure.publish.print.pdf_x import has_own_format, press_edition
from brochure.publish.print.preflight import preflight
from brochure.render.brochure import PHOTO, Brochure, chapters, composed, filled

# Before a document's own stylesheets: what all share; and after them the bleed, in every edition.
_SHARED_SHEETS = ("tokens.css", "hanging.css", "fonts.css")
BLEED_SHEET = "press.css"
# The stylesheet that a document has besides where it is scaled down; the size of its text, and the
# smallest on paper, in pt.
SMALL_SHEET = "small.css"
BODY, LEAST = 9.8, 9.0
# A last page that ends above this share of its height is thin; the tighter levels to try.
FULL, TIGHTER = 0.5, (1, 2)
# The two charts that are as wide as the page at every size, and a size of type in a drawing.
_WIDE_CHART = re.compile(r"<svg\b[^>]*\bchart--(?:map|matrix)\b.*?</svg>", re.DOTALL)
_DRAWN_SIZE = re.compile(r'(?<=font-size=")([0-9.]+)(?=px")')
_DRAWING_WORDS = re.compile(r"<title([^>]*)>([^<]*)</title>\s*<desc[^>]*>([^<]*)</desc>")


class PrintError(BrochureError):
    """A brochure that would not come out right: a missing font, an address it may not reach,
    a finding of the preflight."""


@dataclass(frozen=True)
class Printed:
    """A document's finished editions: for the screen, and for the press by file name."""

    screen: bytes
    press: Mapping[str, bytes]


def assets(root: Path) -> dict[str, bytes]:
    """The files that printing may load, by name: stylesheets, fonts and colour profiles.

    They are those of `overrides/print/`, and the stylesheets that the site shares.
    """
    shared, own = root / "overrides/shared", root / "overrides/print"
    wanted = ((shared, "*.css"), (own, "*.css"), (own, "fonts/*.ttf"), (own, "profile/*.icc"))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for folder, pattern in wanted
        for path in sorted(folder.glob(pattern))
    }


def print_brochures(
    brochures: Sequence[Brochure],
    assets: Mapping[str, bytes],
    stored: Cache,
    press: Press | None = None,
) -> Iterator[tuple[str, Printed]]:
    """Each document's name and editions, those for the press only with `press`; in order.

    Several are made side by side; an unchanged one comes from the cache. Raises PrintError.
    """
    jobs = [_Job(brochure, assets, press) for brochure in brochures]
    # The fonts among the assets are large: their digest is made once for all documents.
    loaded = stored.fingerprint(__name__, assets)
    keys = [stored.key("brochures", __name__, loaded, job.brochure, press) for job in jobs]
    # Looked up in turn, and read again when they are needed: all of them would fill the memory.
    lacking = [stored.get(key) is None for key in keys]
    printed = _print_all([job for job, lacks in zip(jobs, lacking, strict=True) if lacks])
    for job, key, lacks in zip(jobs, keys, lacking, strict=True):
        kept = None if lacks else stored.get(key)
        if kept is None:
            # An entry that was deleted meanwhile is made here.
            kept = stored.put(key, packed(next(printed) if lacks else _editions(job)))
        files = unpacked(kept)
        screen_file = files.pop(f"{job.brochure.name}.pdf")
        yield job.brochure.name, Printed(screen_file, files)


@dataclass(frozen=True)
class _Job:
    """One document to print, with all it needs in a process of its own."""

    brochure: Brochure
    assets: Mapping[str, bytes]
    press: Press | None


def _print_all(jobs: Sequence[_Job]) -> Iterator[dict[str, bytes]]:
    """The editions of each document in the order given, made on all cores. Raises PrintError."""
    if len(jobs) < 2:
        yield from map(_editions, jobs)
        return
    # Spawned, not forked: the preview server has threads, which a fork would leave half alive.
    workers = min(os.cpu_count() or 1, len(jobs))
    spawn = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_end_with_parent) as pool:
        # The terminal sends Ctrl-C to every process; this one decides whether to stop.
        unblocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            futures = [pool.submit(_editions, job) for job in jobs]
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, unblocked)
        try:
            for future in futures:
                yield future.result()
        except BrokenProcessPool as error:
            raise PrintError(Message("print-process.ended")) from error
        except BaseException:
            # The remaining documents are not needed any more. Their futures are not cancelled: up
            # to Python 3.11, the pool then fails when its workers end.
            for worker in active_children():
                worker.terminate()
            raise


def _end_with_parent() -> None:
    """End this process when the one that started it ends, even if that is killed."""
    parent = parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def _editions(job: _Job) -> dict[str, bytes]:
    """Every edition of one document by file name. Raises PrintError, also where preflight fails."""
    pictures, finer = _photographs(job.brochure.photo, job.press)
    assets = {**job.assets, **pictures}
    laid_out = _laid_out(job.brochure, assets)
    files = {f"{job.brochure.name}.pdf": screen_edition(laid_out.pdf, laid_out.links)}
    if job.press is None:
        return files
    profile = job.assets.get(f"profile/{job.press.condition.profile}")
    if profile is None:
        missing = f"overrides/print/profile/{job.press.condition.profile}"
        raise PrintError(Message("colour-profile.missing", file=missing))
    own_format = has_own_format(laid_out.pdf, job.press)
    for size in [None] if own_format else job.press.make:
        name = press_name(job.brochure.name, job.press, size)
        if size and (larger := larger_type(job.press, size)) > 1:
            laid_out = _laid_out(job.brochure, assets, larger)
        files[name] = press_edition(laid_out.pdf, job.press, size, profile, laid_out.folds, finer)
        if findings := preflight(files[name], job.press, size):
            raise PrintError(_rejection(name, findings))
    return files


def _rejection(file: str, findings: Iterable[Finding]) -> Message:
    """The message about a press file with findings."""
    on_pages = [
        Message("preflight.on-page", page=finding.page, finding=finding.message)
        if finding.page
        else finding.message
        for finding in findings
    ]
    return Message("preflight.rejected", file=file, findings=on_pages)


def larger_type(press: Press, size: str) -> float:
    """The factor by which type is set larger in a document that is scaled down to a size, or 1.

    It keeps printed text at LEAST points or more.
    """
    composed = next(iter(press.sizes.values()))
    bleed = 2 * float(press.bleed)
    scale = (float(press.sizes[size].width) + bleed) / (float(composed.width) + bleed)
    return max(1.0, LEAST / (BODY * scale))


def _photographs(
    raw: bytes, press: Press | None
) -> tuple[dict[str, bytes], dict[bytes, Image.Image]]:
    """A photograph for the screen, by its address, and for the press, by the bytes of the former.

    Both are made from the file itself, so that neither has the losses of the other.
    """
    if not raw:
        return {}, {}
    upright = photo.upright(raw)
    mailed = photo.mailed(photo.fitted(upright, photo.pixels(photo.SCREEN)))
    if press is None:
        return {PHOTO: mailed}, {}
    fine = photo.pixels(press.resolution * press.enlargement)
    return {PHOTO: mailed}, {mailed: photo.fitted(upright, fine)}


def press_name(name: str, press: Press, size: str | None) -> str:
    """The file name of a press edition, with its size only if documents are scaled to that."""
    scaled = size is not None and size != next(iter(press.sizes))
    return f"{name}-press-{size}.pdf" if scaled else f"{name}-press.pdf"


class _Warnings(logging.Handler):
    """Collects the engine's warnings: a document with any is not published."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@dataclass(frozen=True)
class _Layout:
    """A document as a tagged PDF with room for the bleed.

    `folds` are in mm from the left trim edge, as the document's `<meta name="folds">` lists them;
    `links` are the words of each page's links.
    """

    pdf: bytes
    folds: tuple[float, ...]
    links: tuple[tuple[str, ...], ...]


def _laid_out(brochure: Brochure, assets: Mapping[str, bytes], larger: float = 1) -> _Layout:
    """A document laid out, its type `larger` by this factor.

    Raises PrintError where the engine warns.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fetch = _fetcher(assets)
    warnings = _Warnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(warnings)
    try:
        fonts = FontConfiguration()
        sheets = (*_SHARED_SHEETS, *brochure.sheets, BLEED_SHEET)
        texts = [assets[name].decode() for name in sheets]
        if larger > 1:
            texts += [assets[SMALL_SHEET].decode(), f":root {{ --type: {larger:.4f} }}"]
        styles = [
            CSS(string=text, base_url="brochure:/", url_fetcher=fetch, font_config=fonts)
            for text in texts
        ]

        def layout(text: str) -> Any:
            source = with_larger_labels(with_described_drawings(text), larger)
            parsed = HTML(string=source, base_url="brochure:/", url_fetcher=fetch)
            return parsed.render(stylesheets=styles, font_config=fonts)

        document = layout(filled(brochure.html, 0))
        tightened = _tightened(brochure.html, document, layout)
        text = composed(brochure.html, {name: chapter.level for name, chapter in tightened.items()})
        # How many pages lack to a multiple is known only of a document that is laid out.
        saved = sum(chapter.saved for chapter in tightened.values())
        lacking = -(len(document.pages) - saved) % brochure.multiple
        if tightened or lacking:
            document = layout(filled(text, lacking))
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/a-2a",
            pdf_identifier=hashlib.sha256(brochure.html.encode()).digest()[:16],
        )
    finally:
        logger.removeHandler(warnings)
    if warnings.lines:
        listed = "\n".join(warnings.lines)
        raise PrintError(Message("pdf-engine.warnings", brochure=brochure.name, warnings=listed))
    folds = document.metadata.custom.get("folds", "")
    return _Layout(
        pdf,
        tuple(float(fold) for fold in folds.split(",") if fold.strip()),
        tuple(tuple(_words(box) for *_, box in page.links) for page in document.pages),
    )


def _words(link: Any) -> str:
    """The text of a link."""
    return " ".join("".join(link.element.itertext()).replace("\u2060", "").split())


@dataclass(frozen=True)
class _Tightening:
    """A chapter that is set tighter: by which level, and how many pages that saves."""

    level: int
    saved: int


def _tightened(html: str, document: Any, layout: Callable[[str], Any]) -> dict[str, _Tightening]:
    """The chapters of a laid out document that are better set tighter.

    A chapter whose last page is not half full is tried tighter, and takes the level whose last
    page is the fullest; of equal ones the most open.
    """
    chosen = {}
    for name, alone in chapters(html).items():
        first, (last, end) = _place(document, f"{name}-chapter")[0], _place(document, f"{name}-end")
        if end >= FULL:
            continue
        tried = {0: (end, last - first)}
        for level in TIGHTER:
            last, end = _place(layout(composed(alone, {name: level})), f"{name}-end")
            tried[level] = (end, last)
        level = max(tried, key=lambda candidate: tried[candidate][0])
        if level:
            chosen[name] = _Tightening(level, tried[0][1] - tried[level][1])
    return chosen


def _place(document: Any, anchor: str) -> tuple[int, float]:
    """The page of an anchor, from 0, and how far down it stands, as a share of the page."""
    return next(
        (number, float(page.anchors[anchor][1]) / page.height)
        for number, page in enumerate(document.pages)
        if anchor in page.anchors
    )


def with_described_drawings(document: str) -> str:
    """The HTML with each drawing's description in its title.

    The engine takes the title of an SVG as its alternative text, and nothing else.
    """

    def joined(match: re.Match[str]) -> str:
        attributes, title, description = match.groups()
        text = f"{html.unescape(title).strip()}. {html.unescape(description).strip()}"
        return f"<title{attributes}>{html.escape(text, quote=False)}</title>"

    return _DRAWING_WORDS.sub(joined, document)


def with_larger_labels(document: str, larger: float) -> str:
    """The HTML with larger type in the charts that are as wide as the page at every size.

    The labels of the map stay apart up to half as large again, those of the matrix where it is
    narrow.
    """

    def larger_size(match: re.Match[str]) -> str:
        return f"{float(match[1]) * larger:g}"

    def larger_type(match: re.Match[str]) -> str:
        return _DRAWN_SIZE.sub(larger_size, match[0])

    return _WIDE_CHART.sub(larger_type, document) if larger > 1 else document


@cache
def _mime(name: str) -> str:
    return {"css": "text/css", "ttf": "font/ttf", "jpg": "image/jpeg"}[name.rpartition(".")[2]]


def _fetcher(assets: Mapping[str, bytes]) -> Any:
    """A fetcher that loads the given assets by name, and refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Memory(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix("brochure:/").lstrip("/")
            if name not in assets:
                raise ValueError(f"a brochure may not load {url}")
            return URLFetcherResponse(url, assets[name], {"Content-Type": _mime(name)})

    return Memory()
