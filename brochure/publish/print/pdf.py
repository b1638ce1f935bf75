"""HTML -> PDF, through WeasyPrint; the only module that knows the PDF engine.

A document is laid out once, with room for the bleed; both editions are made from that. The
engine reaches nothing but a map in memory: the stylesheets, the fonts, and what the document
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
from brochure.base.program import version
from brochure.load import photo
from brochure.model.records import Press
from brochure.publish.print import cmyk as inks
from brochure.publish.print import pdf_ua as screen
from brochure.publish.print import pdf_x as pressing
from brochure.publish.print import preflight
from brochure.publish.print.content_stream import Finding
from brochure.render.documents import PHOTO, Brochure, chapters, composed, filled

# Beside a document's own stylesheets: the bleed, in every edition.
BLEED_SHEET = "press.css"
# What a document that is scaled down has besides; the size of its text, and the least on paper.
SMALL_SHEET = "small.css"
BODY, LEAST = 9.8, 9.0
_TOOLS = ("weasyprint", "pydyf", "pikepdf", "pillow")
_MODULES = (inks, photo, preflight, pressing, screen)
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
    """The files that printing may load: stylesheets, fonts and colour profiles by their path."""
    folder = root / "overrides/print"
    patterns = ("*.css", "fonts/*.ttf", "profile/*.icc")
    paths = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def print_brochures(
    brochures: Sequence[Brochure],
    assets: Mapping[str, bytes],
    stored: Cache,
    press: Press | None = None,
) -> Iterator[tuple[str, Printed]]:
    """Each document's name and editions, those for the press only with `press`; in order.

    Several are made side by side; an unchanged one comes from the cache, whose key holds the
    document, all that it may load, the settings, the code of the finishing and the versions of
    the tools. Raises PrintError.
    """
    jobs = [_Job(brochure, assets, press) for brochure in brochures]
    keys = [f"brochures/{digest}.zip" for digest in _digests(jobs)]
    # Looked at one by one and read again when its turn comes: all of them would fill the memory.
    lacking = [stored.get(key) is None for key in keys]
    printed = _print_all([job for job, lacks in zip(jobs, lacking, strict=True) if lacks])
    for job, key, lacks in zip(jobs, keys, lacking, strict=True):
        kept = None if lacks else stored.get(key)
        if kept is None:
            # An entry that has gone meanwhile is made here.
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


def _digests(jobs: Sequence[_Job]) -> Iterator[str]:
    """The cache key of each document: a hash of all that its editions depend on."""
    basis = hashlib.sha256()
    for name, data in jobs[0].assets.items() if jobs else ():
        basis.update(name.encode() + len(data).to_bytes(8, "big") + data)
    for tool in _TOOLS:
        basis.update(f"{tool} {version(tool)}\n".encode())
    for path in [__file__, *(module.__file__ for module in _MODULES)]:
        basis.update(Path(str(path)).read_bytes())
    for job in jobs:
        own = basis.copy()
        own.update(repr((job.brochure, job.press)).encode() + job.brochure.photo)
        yield own.hexdigest()


def _print_all(jobs: Sequence[_Job]) -> Iterator[dict[str, bytes]]:
    """The editions of each document in the order given, made on all cores."""
    if len(jobs) < 2:
        yield from map(_editions, jobs)
        return
    # Spawned, not forked: the preview server has threads, which a fork would leave half alive.
    workers = min(os.cpu_count() or 1, len(jobs))
    spawn = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_end_with_parent) as pool:
        # The terminal sends Ctrl-C to everyone; whether to stop is for this process to say.
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
            # Nobody waits for documents that are not wanted any more. They are not cancelled: up
            # to Python 3.11 a pool trips over that when its workers end.
            for worker in active_children():
                worker.terminate()
            raise


def _end_with_parent() -> None:
    """Let this process end when the one that started it does, even if that is killed."""
    parent = parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def _editions(job: _Job) -> dict[str, bytes]:
    """Every edition of one document by file name. Raises PrintError, also for a finding."""
    pictures, finer = _photographs(job.brochure.photo, job.press)
    assets = {**job.assets, **pictures}
    laid_out = _laid_out(job.brochure, assets)
    files = {f"{job.brochure.name}.pdf": screen.screen_edition(laid_out.pdf, laid_out.links)}
    if job.press is None:
        return files
    profile = job.assets.get(f"profile/{job.press.condition.profile}")
    if profile is None:
        missing = f"overrides/print/profile/{job.press.condition.profile}"
        raise PrintError(Message("colour-profile.missing", file=missing))
    own_format = pressing.has_own_format(laid_out.pdf, job.press)
    for size in [None] if own_format else job.press.make:
        name = press_name(job.brochure.name, job.press, size)
        if size and (larger := larger_type(job.press, size)) > 1:
            laid_out = _laid_out(job.brochure, assets, larger)
        files[name] = pressing.press_edition(
            laid_out.pdf, job.press, size, profile, laid_out.folds, finer
        )
        if findings := preflight.preflight(files[name], job.press, size):
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
    """How much larger type is set in a document that is scaled down to a size, else 1.

    So that text is printed at BODY points or more.
    """
    composed = next(iter(press.sizes.values()))
    bleed = 2 * float(press.bleed)
    scale = (float(press.sizes[size].width) + bleed) / (float(composed.width) + bleed)
    return max(1.0, LEAST / (BODY * scale))


def _photographs(
    raw: bytes, press: Press | None
) -> tuple[dict[str, bytes], dict[bytes, Image.Image]]:
    """A photograph as the screen shows it, by its address, and as the press prints it, by that.

    Both are made from the file itself, so that neither bears the losses of the other.
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
    """The file name of a press edition; only a size that documents are scaled to is named."""
    scaled = size is not None and size != next(iter(press.sizes))
    return f"{name}-press-{size}.pdf" if scaled else f"{name}-press.pdf"


class _EngineWarnings(logging.Handler):
    """Collects the engine's warnings: each is an error, since a brochure is right or not made."""

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
    engine_warnings = _EngineWarnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(engine_warnings)
    try:
        fonts = FontConfiguration()
        texts = [assets[name].decode() for name in (*brochure.sheets, BLEED_SHEET)]
        if larger > 1:
            texts += [assets[SMALL_SHEET].decode(), f":root {{ --type: {larger:.4f} }}"]
        sheets = [
            CSS(string=text, base_url="brochure:/", url_fetcher=fetch, font_config=fonts)
            for text in texts
        ]

        def layout(text: str) -> Any:
            source = with_larger_labels(with_described_drawings(text), larger)
            parsed = HTML(string=source, base_url="brochure:/", url_fetcher=fetch)
            return parsed.render(stylesheets=sheets, font_config=fonts)

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
        logger.removeHandler(engine_warnings)
    if engine_warnings.lines:
        warnings = "\n".join(engine_warnings.lines)
        raise PrintError(Message("pdf-engine.warnings", brochure=brochure.name, warnings=warnings))
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
    """On which page, from 0, an anchor stands, and how far down, as a share of the page."""
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
    """The HTML with larger type in the charts that cannot themselves be drawn larger.

    The map keeps its labels apart up to half as large again, the matrix where it is narrow.
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
    """A fetcher that knows the given assets by name, and refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Memory(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix("brochure:/").lstrip("/")
            if name not in assets:
                raise ValueError(f"a brochure may not load {url}")
            return URLFetcherResponse(url, assets[name], {"Content-Type": _mime(name)})

    return Memory()
