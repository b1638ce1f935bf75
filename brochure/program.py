"""The whole program: load, validate, localize, render, publish. Data goes this way once."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from jinja2 import TemplateSyntaxError

from brochure.cache import Cache
from brochure.drawing import Drawer
from brochure.edition import Edition
from brochure.errors import Problem, Refused
from brochure.feed import feed
from brochure.form import form
from brochure.frame import accents, frame
from brochure.language import UnknownWord
from brochure.linked import linked
from brochure.links import feed_url
from brochure.load import load
from brochure.localize import localize
from brochure.manual import read_manual
from brochure.model import Catalog, Press, Settings
from brochure.opendata import open_data
from brochure.publish.print import assets, print_brochures
from brochure.publish.proof import proof
from brochure.publish.release import alone, switch
from brochure.publish.site import build_site, put, stage
from brochure.render import Brochure, brochures, pages
from brochure.validate import validate
from brochure.views import Page, Templates


class Progress(Protocol):
    """Is told what happens; `share` (0 to 1) says how much of the present step is done."""

    def __call__(self, line: str, share: float | None = None) -> None: ...


@dataclass(frozen=True)
class Made:
    """How many things of a kind a build made anew, and how many it found made."""

    new: int = 0
    reused: int = 0


@dataclass
class Report:
    """What a build made, the bytes of all of it, and how long each step took, in seconds."""

    pages: int = 0
    charts: Made = Made()
    brochures: Made = Made()
    size: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Publication:
    """Everything rendered and nothing written yet; `files` are by their address on the site."""

    editions: Sequence[Edition]
    pages: Sequence[Page]
    files: Mapping[str, str]
    brochures: Sequence[Brochure]
    press: Press


def check(root: Path) -> Catalog:
    """The catalog of the repository at `root`. Raises Refused with everything that is wrong."""
    return validate(load(root))


def publication(root: Path, stored: Cache | None = None) -> Publication:
    """Everything that the repository at `root` says, in every language. Raises Refused.

    Charts come from `stored`, by default the repository's own cache, as far as it holds them.
    """
    repository = load(root)
    catalog = validate(repository)
    templates = Templates(repository.templates)
    draw = Drawer(root, stored or cache(root)).draw
    try:
        editions = [localize(catalog, locale) for locale in catalog.settings.locales]
        return Publication(
            editions,
            [
                replace(page, linked=linked(page, edition, catalog))
                for edition in editions
                for page in pages(edition, templates, draw)
            ],
            open_data(catalog, editions)
            | _feeds(editions)
            | form(catalog, read_manual(), templates),
            [one for edition in editions for one in brochures(edition, templates, draw)],
            catalog.press,
        )
    except TemplateSyntaxError as error:
        ko, en = f"틀의 문법이 틀렸습니다: {error.message}", f"Template syntax: {error.message}"
        raise Refused([Problem(f"macros/{error.name}", error.lineno, 1, ko, en)]) from error
    except UnknownWord as word:
        file = f"data/locales/{word.locale}.yaml"
        ko, en = f"빠진 키가 있습니다: ‘{word.key}’.", f"‘{word.key}’ is missing."
        raise Refused([Problem(file, 1, 1, ko, en)]) from word


def _feeds(editions: Sequence[Edition]) -> dict[str, str]:
    default = editions[0].locale
    return {feed_url(edition.locale, default): feed(edition) for edition in editions}


def publish_pages(root: Path, content: Publication, docs: Path, out: Path) -> None:
    """Make the site without its brochures in the folder `out`, by way of the folder `docs`.

    Raises SiteError.
    """
    first = content.editions[0]
    stage(content.pages, first.settings, {"accents.css": accents(first)}, docs)
    frames = {edition.locale: frame(edition) for edition in content.editions}
    build_site(root, docs, out, frames, first.alliance.edition)
    put(content.files, out)


def publish_brochures(
    root: Path,
    content: Publication,
    stored: Cache,
    screen: Path,
    press: Path,
    progress: Progress,
) -> None:
    """Print every document into two new folders: for the screen and for the press.

    Raises PrintError, also where the preflight finds something that a print shop would object to.
    """
    for folder in (screen, press):
        folder.mkdir(parents=True)
    printed = print_brochures(content.brochures, assets(root), stored, content.press)
    for done, (name, editions) in enumerate(printed, 1):
        (screen / f"{name}.pdf").write_bytes(editions.screen)
        for file, pdf in editions.press.items():
            (press / file).write_bytes(pdf)
        listed = ", ".join([f"{name}.pdf", *editions.press])
        progress(f"  {listed}", done / len(content.brochures))


def quiet(line: str, share: float | None = None) -> None:
    """Progress that nobody watches."""


def build(root: Path, progress: Progress = quiet) -> Report:
    """Make `dist/site/` and `dist/press/` below `root`, both whole or not at all.

    Everything is made aside, read once more, and put in place at one stroke. Raises Refused,
    SiteError, PrintError, ReleaseError or OSError, and then leaves `dist/` as it was.
    """
    report, stored = Report(), cache(root)

    @contextmanager
    def step(name: str, line: str) -> Iterator[None]:
        progress(line)
        start = time.perf_counter()
        yield
        report.seconds[name] = time.perf_counter() - start

    with alone(root, progress) as making:
        release = making / "dist"
        with step("render", "Reading, checking, rendering"):
            content = publication(root, stored)
        with step("site", f"Building the site: {len(content.pages)} pages"):
            publish_pages(root, content, making / "docs", release / "site")
        with step("brochures", f"Printing {len(content.brochures)} brochures"):
            screen, press = release / "site/brochures", release / "press"
            publish_brochures(root, content, stored, screen, press, progress)
        with step("proof", "Reading the finished site"):
            report.size = _read(release, root, content.editions[0].settings)
        stored.trim()
        report.pages = len(content.pages)
        report.charts, report.brochures = _made(stored, "charts/"), _made(stored, "brochures/")
        switch(release, root / "dist")
    return report


def _read(release: Path, root: Path, settings: Settings) -> int:
    """The size of a finished release in bytes. Raises Refused with all that is wrong in it."""
    files = {
        path.relative_to(release).as_posix(): path for path in release.rglob("*") if path.is_file()
    }
    if wrong := proof(files, lambda name: files[name].read_bytes(), settings):
        place = release.relative_to(root).as_posix()
        raise Refused(replace(one, file=f"{place}/{one.file}") for one in wrong)
    return sum(path.stat().st_size for path in files.values())


def _made(stored: Cache, kind: str) -> Made:
    """How many of the results whose keys begin with `kind` are new, and how many were found."""
    new, reused = (
        sum(key.startswith(kind) for key in keys) for keys in (stored.made, stored.reused)
    )
    return Made(new, reused)


def cache(root: Path) -> Cache:
    """What earlier builds have drawn and printed."""
    return Cache(root / "build/cache")
