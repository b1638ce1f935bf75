"""HTML -> PDF, through WeasyPrint; the only module that knows the PDF engine.

The engine reaches nothing but a map in memory: the stylesheet, the fonts, and what the document
itself holds. A second edition of a brochure, for the press, is another stylesheet and other
options here.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import Any

from brochure.cache import Cache
from brochure.render import Brochure


class PrintError(Exception):
    """A brochure that would not come out right: a missing font, an address it may not reach."""


def assets(root: Path) -> dict[str, bytes]:
    """What a brochure may load: the stylesheets and the fonts of `overrides/print/`."""
    folder = root / "overrides/print"
    paths = [*sorted(folder.glob("*.css")), *sorted((folder / "fonts").glob("*.ttf"))]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def print_brochures(
    brochures: Sequence[Brochure], assets: Mapping[str, bytes], stored: Cache
) -> Iterator[tuple[str, bytes]]:
    """The screen edition of each brochure, as name and PDF, in the order given.

    Several are rendered side by side; an unchanged one comes from the cache, whose key holds the
    document, the stylesheets, the fonts and the engine's version. Raises PrintError.
    """
    basis = hashlib.sha256(version("weasyprint").encode() + version("pydyf").encode())
    for name, data in assets.items():
        basis.update(name.encode() + len(data).to_bytes(8, "big") + data)
    keys = {}
    for brochure in brochures:
        key = basis.copy()
        key.update("\0".join([brochure.html, *brochure.sheets]).encode())
        keys[brochure.name] = f"brochures/{key.hexdigest()}.pdf"
    kept = {name: stored.get(key) for name, key in keys.items()}
    missing = [brochure for brochure in brochures if kept[brochure.name] is None]
    made = _printed(missing, assets)
    for brochure in brochures:
        pdf = kept[brochure.name] or stored.keep(keys[brochure.name], next(made))
        yield brochure.name, pdf


def _printed(brochures: Sequence[Brochure], assets: Mapping[str, bytes]) -> Iterator[bytes]:
    """The PDFs in the order given, rendered on all cores."""
    if len(brochures) < 2:
        yield from (_pdf(brochure, assets) for brochure in brochures)
        return
    # Spawned, not forked: the preview server has threads, which a fork would leave half alive.
    workers = min(cpu_count() or 1, len(brochures))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_pdf, brochures, [dict(assets)] * len(brochures))


class _Complaints(logging.Handler):
    """Turns the engine's warnings into an error: a brochure is right, or it is not made."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _pdf(brochure: Brochure, assets: Mapping[str, bytes]) -> bytes:
    """One document as a tagged PDF. Raises PrintError where the engine warns."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fetch = _fetcher(assets)
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        fonts = FontConfiguration()
        sheets = [
            CSS(
                string=assets[name].decode(),
                base_url="brochure:/",
                url_fetcher=fetch,
                font_config=fonts,
            )
            for name in brochure.sheets
        ]
        document = HTML(string=brochure.html, base_url="brochure:/", url_fetcher=fetch).render(
            stylesheets=sheets, font_config=fonts
        )
        pdf: bytes = document.write_pdf(
            pdf_tags=True, pdf_identifier=hashlib.sha256(brochure.html.encode()).digest()[:16]
        )
    finally:
        logger.removeHandler(complaints)
    if complaints.lines:
        raise PrintError("\n".join(f"{brochure.name}: {line}" for line in complaints.lines))
    return pdf


@cache
def _mime(name: str) -> str:
    return {"css": "text/css", "ttf": "font/ttf"}[name.rpartition(".")[2]]


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
