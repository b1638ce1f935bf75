"""The whole program: load, validate, localize, render, publish. Data goes this way once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from jinja2 import TemplateSyntaxError
from markupsafe import Markup

from brochure.cache import Cache
from brochure.dated import changed
from brochure.doubts import doubts, stale
from brochure.drawing import Drawer
from brochure.edition import Edition
from brochure.errors import Problem, Refused, nearest
from brochure.feed import feed
from brochure.form import form
from brochure.frame import accents, frame
from brochure.history import history
from brochure.language import UnknownWord
from brochure.linked import linked
from brochure.links import feed_url
from brochure.load import Repository, load
from brochure.localize import localize
from brochure.manual import read_manual
from brochure.model import Catalog, Press, Settings
from brochure.narratives import anchored
from brochure.opendata import open_data
from brochure.publish.proof import proof
from brochure.publish.raster import icons, pixels
from brochure.publish.release import alone, switch
from brochure.publish.site import build_site, put
from brochure.publish.webfonts import faces, preloaded, webfonts
from brochure.render import Brochure, brochures, drawings, pages
from brochure.reuse import Kept
from brochure.seal import basis, program, seal, unseal
from brochure.searching import indices
from brochure.sharing import pictures
from brochure.signposts import signposts
from brochure.translations import report
from brochure.validate import read_settings, validate
from brochure.views import Draw, Page, Templates

# Where the site alone is made, to be looked at.
PAGES = "build/pages"


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
    """Everything rendered and nothing written yet.

    `files` are by their address on the site; so are `pictures`, drawings that become PNG.
    """

    catalog: Catalog
    editions: Sequence[Edition]
    pages: Sequence[Page]
    files: Mapping[str, str]
    pictures: Mapping[str, str]
    press: Press
    templates: Templates
    draw: Draw

    @cached_property
    def brochures(self) -> Sequence[Brochure]:
        """Every document to print, rendered when first asked for. Raises Refused."""
        with _told():
            return [
                one
                for edition in self.editions
                for one in brochures(edition, self.templates, self.draw)
            ]


def check(root: Path) -> Catalog:
    """The catalog of the repository at `root`. Raises Refused with everything that is wrong."""
    return validate(load(root))


def examine(root: Path) -> tuple[Catalog | None, tuple[Problem, ...]]:
    """The catalog of the repository at `root`, if nothing is wrong, and all that is to be told.

    To what is wrong come the warnings, most of which the git history gives rise to.
    """
    repository = load(root)
    problems: list[Problem] = []
    catalog = None
    locales = read_settings(repository, []).locales
    try:
        catalog = validate(repository)
    except Refused as refused:
        problems.extend(refused.problems)
    if catalog is not None and (astray := list(_astray(catalog, repository))):
        catalog = None
        problems.extend(astray)
    problems.extend(doubts(root, repository, locales))
    return catalog, tuple(sorted(set(problems)))


def _astray(catalog: Catalog, repository: Repository) -> Iterator[Problem]:
    """A problem for each link to a part that its page has not; only pages know their parts."""
    links = list(anchored(repository.manuscripts))
    templates = Templates(repository.templates)
    for locale in {manuscript.locale for manuscript, *_ in links}:
        edition = localize(catalog, locale)
        made = pages(edition, templates, lambda _: Markup("<svg></svg>"))
        parts = {page.path: re.findall(r'\sid="([^"]+)"', page.html) for page in made}
        for manuscript, page, part, place in links:
            if manuscript.locale == locale and part not in parts.get(page, ()):
                ko, en = nearest(part, parts.get(page, ()))
                yield Problem(
                    manuscript.file,
                    *place,
                    f"‘{page}’ 쪽에 그런 자리가 없습니다: ‘#{part}’.{ko}",
                    f"The page ‘{page}’ has no part ‘#{part}’.{en}",
                )


def translations(root: Path) -> str:
    """A report in Markdown on what is missing or stale in which language.

    It is made of what can be read, also where `check` finds something wrong.
    """
    repository, past = load(root), history(root)
    locales = read_settings(repository, []).locales
    behind = stale(root, repository, locales, past)
    return report(repository, locales, behind, dated=past is not None)


def publication(root: Path, stored: Cache | None = None) -> Publication:
    """Everything that the repository at `root` says, in every language. Raises Refused.

    Charts, and the pages of unchanged cities, come from `stored`, by default the repository's own
    cache, as far as it holds them.
    """
    repository = load(root)
    catalog = validate(repository)
    stored = stored or cache(root)
    templates = Templates(repository.templates, stored)
    drawer = Drawer(root, stored)
    with _told():
        editions = [localize(catalog, locale) for locale in catalog.settings.locales]
        kept = Kept(
            catalog, [program(), drawer.basis, *map(str, repository.templates.items())], stored
        )
        rendered = [
            _completed(page, edition, catalog)
            for edition in editions
            for page in pages(edition, templates, drawer.draw, kept)
        ]
        return Publication(
            catalog,
            editions,
            rendered,
            open_data(catalog, editions)
            | _feeds(editions)
            | form(catalog, read_manual(), templates)
            | signposts(editions, rendered)
            | dict(indices(rendered))
            | drawings(editions[0]),
            {url: svg for edition in editions for url, svg in pictures(edition).items()},
            catalog.press,
            templates,
            drawer.draw,
        )


def _completed(page: Page, edition: Edition, catalog: Catalog) -> Page:
    """The page with what it says beside its text, which depends on more than the text does."""
    day = changed(catalog, page.path, page.locale)
    when = edition.language.say("page.changed", date=day) if day else ""
    return replace(page, linked=linked(page, edition, catalog), changed=day, when=when)


@contextmanager
def _told() -> Iterator[None]:
    """Tell of a template that is wrong, or asks for a word that is missing, as of any input."""
    try:
        yield
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


def publish_pages(root: Path, content: Publication, stored: Cache, aside: Path, out: Path) -> None:
    """Make the site without its brochures in the folder `out`; MkDocs works in `aside`.

    Frames, fonts and pictures come from `stored` as far as it holds them. Raises SiteError.
    """
    first = content.editions[0]
    frames = {edition.locale: frame(edition) for edition in content.editions}
    fonts = webfonts(content.pages, frames, root, stored)
    every = [replace(page, fonts=tuple(preloaded(fonts, page))) for page in content.pages]
    date = first.alliance.edition
    put(build_site(root, every, first.settings, frames, date, aside, stored), out)
    texts = {**content.files, "assets/accents.css": faces(fonts) + accents(first)}
    put(((name, text.encode()) for name, text in texts.items()), out)
    put(((part.url, part.font) for part in fonts.values()), out)
    put(pixels({**content.pictures, **icons(root)}, root, stored), out)


def publish_brochures(
    root: Path,
    documents: Sequence[Brochure],
    settings: Press,
    stored: Cache,
    screen: Path,
    press: Path,
    progress: Progress,
) -> None:
    """Print documents into two new folders: for the screen and for the press.

    Raises PrintError, also where the preflight finds something that a print shop would object to.
    """
    # Imported only here: the preview of the pages has no use for the PDF engine.
    from brochure.publish.print import assets, print_brochures

    for folder in (screen, press):
        folder.mkdir(parents=True)
    printed = print_brochures(documents, assets(root), stored, settings)
    for done, (name, editions) in enumerate(printed, 1):
        (screen / f"{name}.pdf").write_bytes(editions.screen)
        for file, pdf in editions.press.items():
            (press / file).write_bytes(pdf)
        listed = ", ".join([f"{name}.pdf", *editions.press])
        progress(f"  {listed}", done / len(documents))


def quiet(line: str, share: float | None = None) -> None:
    """Progress that nobody watches."""


def build(root: Path, progress: Progress = quiet, *, printed: bool = True) -> Report:
    """Make `dist/site/` and `dist/press/` below `root`, both whole or not at all.

    Without `printed`, make the site alone, in `build/pages/`: its brochures are linked to and not
    there. Everything is made aside, read once more, and put in place at one stroke. Raises Refused,
    SiteError, PrintError, ReleaseError or OSError, and then leaves what is published as it was.
    """
    report, stored = Report(), cache(root)
    published = root / ("dist" if printed else PAGES)

    @contextmanager
    def step(name: str, line: str) -> Iterator[None]:
        progress(line)
        start = time.perf_counter()
        yield
        report.seconds[name] = time.perf_counter() - start

    with alone(root, progress) as making:
        unseal(root, published)
        made_from = basis(root)
        release = making / "dist"
        with step("render", "Reading, checking, rendering"):
            content = publication(root, stored)
        site = release / "site" if printed else release
        with step("site", f"Building the site: {len(content.pages)} pages"):
            publish_pages(root, content, stored, making / "shell", site)
        if printed:
            with step("brochures", f"Printing {len(content.brochures)} brochures"):
                screen, press = site / "brochures", release / "press"
                publish_brochures(
                    root, content.brochures, content.press, stored, screen, press, progress
                )
        with step("proof", "Reading the finished site"):
            report.size = _read(root, site, content.editions[0].settings, printed, stored)
        stored.trim()
        report.pages = len(content.pages)
        report.charts, report.brochures = _made(stored, "charts/"), _made(stored, "brochures/")
        switch(release, published)
        seal(root, published, made_from)
    return report


def _read(root: Path, site: Path, settings: Settings, printed: bool, stored: Cache) -> int:
    """The size of a finished release in bytes. Raises Refused with all that is wrong in it."""
    folders = {"site": site, "press": site.parent / "press"} if printed else {"site": site}
    files = {
        f"{name}/{path.relative_to(folder).as_posix()}": path
        for name, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file()
    }
    apart = () if printed else ("site/brochures/",)
    if wrong := proof(files, lambda name: files[name].read_bytes(), settings, apart, stored):
        place = site.parent.relative_to(root).as_posix()
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
