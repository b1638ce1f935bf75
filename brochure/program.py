"""The whole program: load, validate, localize, render, publish. Data goes this way once."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from brochure.cache import Cache
from brochure.drawing import Drawer
from brochure.load import load
from brochure.localize import localize
from brochure.model import Catalog
from brochure.publish.print import assets, print_brochures
from brochure.publish.site import build_site, stage
from brochure.render import Templates, accents, brochures, frame, pages
from brochure.validate import validate

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Report:
    """What a build made, and how long each step took, in seconds."""

    pages: int
    brochures: int
    seconds: dict[str, float]


def check(root: Path) -> Catalog:
    """The catalog of the repository at `root`. Raises Refused with everything that is wrong."""
    return validate(load(root))


def build(root: Path, progress: Progress = lambda _: None) -> Report:
    """Make `dist/site/` below `root`, whole or not at all.

    Everything is made below `build/` and put in place at the end. Raises Refused, SiteError or
    PrintError, and then leaves `dist/` as it was.
    """
    clock = _Clock(progress)
    work, out = root / "build", root / "build/site"
    with clock("check"):
        repository = load(root)
        catalog = validate(repository)
    with clock("render"):
        editions = [localize(catalog, locale) for locale in catalog.settings.locales]
        templates = Templates(repository.templates)
        cache = Cache(work / "cache")
        draw = Drawer(root, cache).draw
        site = [page for edition in editions for page in pages(edition, templates, draw)]
        prints = [one for edition in editions for one in brochures(edition, templates, draw)]
    with clock("site"):
        stage(site, catalog.settings, {"accents.css": accents(editions[0])}, work / "docs")
        frames = {edition.locale: frame(edition) for edition in editions}
        build_site(root, work / "docs", out, frames, catalog.alliance.edition)
    with clock("brochures"):
        (out / "brochures").mkdir()
        for name, pdf in print_brochures(prints, assets(root), cache):
            (out / "brochures" / f"{name}.pdf").write_bytes(pdf)
            progress(f"  {name}.pdf")
    with clock("publish"):
        swap(out, root / "dist/site")
    return Report(len(site), len(prints), clock.seconds)


def swap(made: Path, published: Path) -> None:
    """Put the folder `made` in the place of `published`."""
    published.parent.mkdir(parents=True, exist_ok=True)
    former = made.with_name("former")
    shutil.rmtree(former, ignore_errors=True)
    if published.exists():
        published.rename(former)
    made.rename(published)
    shutil.rmtree(former, ignore_errors=True)


class _Clock:
    """Tells each step when it starts and keeps how long it took."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.seconds: dict[str, float] = {}

    def __call__(self, step: str) -> _Clock:
        self._step = step
        return self

    def __enter__(self) -> None:
        self._progress(self._step)
        self._start = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.seconds[self._step] = time.perf_counter() - self._start
