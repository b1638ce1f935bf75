"""The whole program: load, validate, localize, render, publish. Data goes this way once."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol

from jinja2 import TemplateSyntaxError

from brochure.base.artifact import GeneratedFile, ReleaseFile, made
from brochure.base.cache import Cache
from brochure.base.language import UnknownWord
from brochure.base.message import Message
from brochure.base.problem import InputError, Problem
from brochure.base.urls import feed_url
from brochure.editing.cms_form import form
from brochure.incremental.cities import Members, cached_days, cached_glyphs
from brochure.incremental.manifest import (
    HISTORY,
    READ,
    inputs,
    invalidate,
    reusable_files,
    write_manifest,
)
from brochure.incremental.pages import Pages
from brochure.load.repository import FONT, Repository, load
from brochure.load.text import read_photo
from brochure.localize.catalog import localize
from brochure.localize.edition import Edition
from brochure.model.help import read_manual
from brochure.model.records import Catalog, Press, Settings
from brochure.publish.audit import AuditError, audit
from brochure.publish.lock import exclusive_build
from brochure.publish.open_data.files import open_data
from brochure.publish.open_data.records import Records
from brochure.publish.release import Release
from brochure.publish.site.bundle import bundles
from brochure.publish.site.feed import feed
from brochure.publish.site.machine_files import machine_files
from brochure.publish.site.pages import build_site
from brochure.publish.site.raster import icons, pixels
from brochure.publish.site.search_index import indices
from brochure.publish.site.webfonts import faces, preloaded, webfonts
from brochure.publish.swap import swap_into_place
from brochure.render.brochure import Brochure
from brochure.render.documents import brochures
from brochure.render.drawing.charts import Drawer
from brochure.render.drawing.social_card import social_cards
from brochure.render.last_changed import last_changed
from brochure.render.page import Page
from brochure.render.pages import drawings, pages
from brochure.render.site_frame import accents, frame_context
from brochure.render.templates import Templates
from brochure.render.views import Draw
from brochure.validate.validate import validate

# The folder of a build of the pages alone.
PAGES = "build/pages"


class Progress(Protocol):
    """Receives what a build is doing; `share` (0 to 1) of the present step is done."""

    def __call__(self, message: Message, share: float | None = None) -> None:
        """Receive a message, and the share that is done if it is known."""


@dataclass(frozen=True)
class Counts:
    """The number of results of a kind that a build made anew, and that it reused."""

    new: int = 0
    reused: int = 0


@dataclass
class Report:
    """The numbers of a build.

    `size` is in bytes, `seconds` are by step: render, site, brochures, audit.
    """

    pages: int = 0
    charts: Counts = Counts()
    brochures: Counts = Counts()
    size: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Publication:
    """Everything rendered and nothing written yet.

    The names of `files` are their addresses on the site; so are those of `pictures`, drawings that
    become PNG. `photo` reads a file of `data/photos/`; `made_from` are the digests of all inputs.
    """

    catalog: Catalog
    editions: Sequence[Edition]
    pages: Sequence[Page]
    files: Sequence[ReleaseFile]
    pictures: Sequence[ReleaseFile]
    templates: Templates
    draw: Draw
    photo: Callable[[str], bytes]
    made_from: Mapping[str, str]

    @cached_property
    def brochures(self) -> Sequence[Brochure]:
        """Every document to print, rendered when first asked for. Raises InputError."""
        with _template_problems():
            return [
                brochure
                for edition in self.editions
                for brochure in brochures(edition, self.templates, self.draw, self.photo)
            ]


def publication(root: Path, stored: Cache | None = None, *, whole: bool = False) -> Publication:
    """Everything that the repository at `root` says, in every language. Raises InputError.

    Charts, unchanged cities and their pages come from `stored`, by default the repository's own
    cache, as far as it holds them. If `whole`, all cities are read, and the catalog has them all.
    """
    stored = stored or cache(root)
    made_from, members, repository = _read_inputs(root, stored, whole)
    catalog = validate(repository)
    templates = Templates(repository.templates, stored)
    drawer = Drawer(made_from, stored)
    locales = catalog.settings.locales
    with _template_problems():
        editions = [localize(catalog, locale, members.editions(locale)) for locale in locales]
        records = Records(catalog, editions, members.records)
        members.keep(editions, records.city_records)
        basis = stored.fingerprint(
            __name__, members.basis, drawer.basis, dict(repository.templates)
        )
        store = Pages(__name__, basis, members.keys, stored)
        rendered = [
            _dated(page, edition, catalog)
            for edition in editions
            for page in pages(edition, templates, drawer.draw, store)
        ]
    files = {
        **open_data(records),
        **{
            feed_url(edition.locale, locales[0]): GeneratedFile(partial(feed, edition))
            for edition in editions
        },
        **form(catalog, read_manual, templates),
        **machine_files(editions, rendered),
        **indices(rendered, list(members.keys)),
        **drawings(editions[0]),
    }
    cards = {url: svg for edition in editions for url, svg in social_cards(edition).items()}
    return Publication(
        catalog,
        editions,
        rendered,
        _release_files(files, basis, members.keys, stored),
        _release_files(cards, basis, members.keys, stored),
        templates,
        drawer.draw,
        lambda name: catalog.photos.get(name) or read_photo(root, root / "data/photos" / name),
        made_from,
    )


def _release_files(
    generated: Mapping[str, GeneratedFile], basis: str, cities: Mapping[str, str], stored: Cache
) -> list[ReleaseFile]:
    """The files by name, each with a fingerprint of all that it is made of.

    `basis` stands for what all of them are made of, `cities` has a fingerprint of each city.
    """
    return [
        ReleaseFile(
            name,
            stored.fingerprint(
                __name__,
                basis,
                file.extra_fingerprint,
                [(city, cities[city]) for city in file.cities],
            ),
            partial(_text, file),
        )
        for name, file in generated.items()
    ]


def _dated(page: Page, edition: Edition, catalog: Catalog) -> Page:
    """The page with the day on which it last changed, which is not stored with it."""
    day = last_changed(edition, page.path, catalog.last_modified)
    return replace(
        page, changed=day, when=edition.language.say("page.changed", date=day) if day else ""
    )


def _text(file: GeneratedFile) -> bytes:
    with _template_problems():
        return file.make().encode()


def _read_inputs(
    root: Path, stored: Cache, whole: bool
) -> tuple[Mapping[str, str], Members, Repository]:
    """The digests of all inputs, the cities that are known by them, and the rest as it was read.

    What is edited while it is read is read again, so that no digest stands for anything else.
    """
    while True:
        made_from = inputs(root)
        days = cached_days(stored, made_from[HISTORY], root)
        members = Members(made_from, days, stored, __name__, none=whole)
        cached_files = members.cached_files
        glyphs = partial(cached_glyphs, stored, made_from.get(FONT, ""))
        repository = load(root, cached_files, glyphs, days)
        if inputs(root, READ, cached_files).items() <= made_from.items():
            return made_from, members, repository


@contextmanager
def _template_problems() -> Iterator[None]:
    """Raise InputError for a template that is wrong or uses a word that is missing."""
    try:
        yield
    except TemplateSyntaxError as error:
        message = Message("template.syntax", reason=error.message or "")
        raise InputError([Problem(f"macros/{error.name}", error.lineno, 1, message)]) from error
    except UnknownWord as error:
        file = f"data/locales/{error.locale}.yaml"
        raise InputError([Problem(file, 1, 1, error.message)]) from error


def publish_pages(
    root: Path, content: Publication, stored: Cache, work: Path
) -> Iterator[ReleaseFile]:
    """The files of the site without its brochures; MkDocs works in the new folder `work`.

    Frames, fonts and pictures come from `stored` as far as it holds them. Raises SiteError.
    """
    first = content.editions[0]
    contexts = {edition.locale: frame_context(edition) for edition in content.editions}
    fonts = webfonts(content.pages, contexts, root, content.made_from, stored)
    preloads = {page.url: preloaded(fonts, page) for page in content.pages}
    yield from build_site(root, content.pages, preloads, contexts, work, stored)
    yield from content.files
    yield made("assets/accents.css", (faces(fonts) + accents(first)).encode())
    yield from bundles(root)
    yield from (made(part.url, part.font) for part in fonts.values())
    yield from pixels([*content.pictures, *icons(root)], root, content.made_from, stored)


def publish_brochures(
    root: Path,
    documents: Sequence[Brochure],
    settings: Press,
    stored: Cache,
    progress: Progress,
) -> Iterator[ReleaseFile]:
    """The documents printed, for the screen and for the press, as files of a release.

    Raises PrintError, also where the preflight finds something that a print shop would object to.
    """
    # Imported only here: the preview of the pages has no use for the PDF engine.
    from brochure.publish.print.pdf import assets, print_brochures

    printed = print_brochures(documents, assets(root), stored, settings)
    for done, (name, editions) in enumerate(printed, 1):
        yield made(f"site/brochures/{name}.pdf", editions.screen)
        for file, pdf in editions.press.items():
            yield made(f"press/{file}", pdf)
        files = [f"{name}.pdf", *editions.press]
        progress(Message("build.printed", files=files), done / len(documents))


def quiet(message: Message, share: float | None = None) -> None:
    """Progress that nobody watches."""


def build(root: Path, progress: Progress = quiet, *, printed: bool = True) -> Report:
    """Make `dist/site/` and `dist/press/` below `root`, both whole or not at all.

    Without `printed`, make the site alone, in `build/pages/`: its brochures are linked to and not
    there. Everything is made in a folder of its own, audited, and swapped into place. Raises
    BrochureError or OSError, and then leaves what is published as it was.
    """
    # A build allocates much and frees little: collecting cycles took a fifth of its time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _build(root, progress, printed)
    finally:
        if collecting:
            gc.enable()


def _build(root: Path, progress: Progress, printed: bool) -> Report:
    report, stored = Report(), cache(root)
    published = root / ("dist" if printed else PAGES)

    @contextmanager
    def step(name: str, message: Message) -> Iterator[None]:
        progress(message)
        start = time.perf_counter()
        yield
        report.seconds[name] = time.perf_counter() - start

    with exclusive_build(root, progress) as making:
        release = Release(making / "dist", published, reusable_files(root, published))
        invalidate(root, published)
        with step("render", Message("build.rendering")):
            content = publication(root, stored)
        with step("site", Message("build.building-site", pages=len(content.pages))):
            site = publish_pages(root, content, stored, making / "mkdocs")
            release.put(site, "site/" if printed else "")
        if printed:
            with step("brochures", Message("build.printing", brochures=len(content.brochures))):
                press = content.catalog.press
                release.put(publish_brochures(root, content.brochures, press, stored, progress))
        with step("audit", Message("build.auditing")):
            _audit(root, release, content.catalog.settings, printed, stored)
        stored.trim()
        report.size = sum(file.size for file in release.files.values())
        report.pages = len(content.pages)
        report.charts, report.brochures = _counts(stored, "charts"), _counts(stored, "brochures")
        swap_into_place(release.folder, published)
        write_manifest(root, published, content.made_from, release.files)
    return report


def _audit(root: Path, release: Release, settings: Settings, printed: bool, stored: Cache) -> None:
    """Audit a finished release. Raises AuditError with all that is wrong in it."""
    place = "" if printed else "site/"
    files = {f"{place}{name}": file.basis for name, file in release.files.items()}
    not_built = () if printed else ("site/brochures/",)

    def read(name: str) -> bytes:
        return (release.folder / name.removeprefix(place)).read_bytes()

    if problems := audit(files, read, settings, not_built, stored):
        folder = release.folder.relative_to(root).as_posix()
        raise AuditError(
            replace(problem, file=f"{folder}/{problem.file.removeprefix(place)}")
            for problem in problems
        )


def _counts(stored: Cache, kind: str) -> Counts:
    """The number of new and of reused results of a kind."""
    new, reused = (sum(key.kind == kind for key in keys) for keys in (stored.made, stored.reused))
    return Counts(new, reused)


def cache(root: Path) -> Cache:
    """The cache of what earlier builds have drawn and printed."""
    return Cache(root / "build/cache")
