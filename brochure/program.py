"""The whole program: load, validate, localize, render, publish. Data goes this way once."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from jinja2 import TemplateSyntaxError

from brochure.cache import Cache
from brochure.drawing import Drawer
from brochure.edition import Edition
from brochure.errors import Problem, Refused
from brochure.feed import feed
from brochure.frame import accents, frame
from brochure.language import UnknownWord
from brochure.linked import linked
from brochure.links import feed_url
from brochure.load import load
from brochure.localize import localize
from brochure.model import Catalog, Press
from brochure.opendata import open_data
from brochure.publish.print import assets, print_brochures
from brochure.publish.site import build_site, put, stage
from brochure.render import Brochure, brochures, pages
from brochure.validate import validate
from brochure.views import Page, Templates


class Progress(Protocol):
    """Is told what happens; `share` (0 to 1) says how much of the present step is done."""

    def __call__(self, line: str, share: float | None = None) -> None: ...


@dataclass
class Report:
    """What a build made, and how long each step took, in seconds."""

    pages: int = 0
    brochures: int = 0
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


def publication(root: Path) -> Publication:
    """Everything that the repository at `root` says, in every language. Raises Refused."""
    repository = load(root)
    catalog = validate(repository)
    templates = Templates(repository.templates)
    draw = Drawer(root, cache(root)).draw
    try:
        editions = [localize(catalog, locale) for locale in catalog.settings.locales]
        return Publication(
            editions,
            [
                replace(page, linked=linked(page, edition, catalog))
                for edition in editions
                for page in pages(edition, templates, draw)
            ],
            open_data(catalog, editions) | _feeds(editions),
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


def publish_pages(root: Path, content: Publication, out: Path) -> None:
    """Make the site without its brochures in the folder `out`. Raises SiteError."""
    first, docs = content.editions[0], root / "build/docs"
    stage(content.pages, first.settings, {"accents.css": accents(first)}, docs)
    frames = {edition.locale: frame(edition) for edition in content.editions}
    build_site(root, docs, out, frames, first.alliance.edition)
    put(content.files, out)


def publish_brochures(
    root: Path, content: Publication, screen: Path, press: Path, progress: Progress
) -> None:
    """Print every document into two folders: for the screen and for the press.

    Raises PrintError, also where the preflight finds something that a print shop would object to.
    """
    for folder in (screen, press):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    printed = print_brochures(content.brochures, assets(root), cache(root), content.press)
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

    Everything is made below `build/` and put in place at the end. Raises Refused, SiteError or
    PrintError, and then leaves `dist/` as it was.
    """
    report = Report()
    site, press = root / "build/site", root / "build/press"

    def timed(step: str, start: float) -> float:
        now = time.perf_counter()
        report.seconds[step] = now - start
        return now

    clock = time.perf_counter()
    progress("Reading, checking, rendering")
    content = publication(root)
    clock = timed("render", clock)
    progress(f"Building the site: {len(content.pages)} pages")
    publish_pages(root, content, site)
    clock = timed("site", clock)
    progress(f"Printing {len(content.brochures)} brochures")
    publish_brochures(root, content, site / "brochures", press, progress)
    clock = timed("brochures", clock)
    swap(site, root / "dist/site")
    swap(press, root / "dist/press")
    report.pages, report.brochures = len(content.pages), len(content.brochures)
    return report


def cache(root: Path) -> Cache:
    """What earlier builds have drawn and printed."""
    return Cache(root / "build/cache")


def swap(made: Path, published: Path) -> None:
    """Put the folder `made` in the place of `published`."""
    published.parent.mkdir(parents=True, exist_ok=True)
    former = made.with_name("former")
    shutil.rmtree(former, ignore_errors=True)
    if published.exists():
        published.rename(former)
    made.rename(published)
    shutil.rmtree(former, ignore_errors=True)
