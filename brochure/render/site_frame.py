"""Values that all pages of the site share: the context of their frame, and the accents' colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from brochure.base.colour import WHITE, mix, readable_on
from brochure.base.urls import feed_url, manifest_url, page_url
from brochure.localize.edition import Edition
from brochure.localize.pairs import MOST_MEMBERS
from brochure.render.drawing.chart_data import SERIES

# The background of the dark scheme; on white, accents are readable as they are
# (`brochure.localize`).
DARK_PAPER = "#10151c"


def accents(edition: Edition) -> str:
    """Return the stylesheet of the accents: one class per city or dossier, with a light and a
    dark shade.

    Charts name their colours `--c-rrggbb`; in the dark scheme each becomes its readable shade.
    """
    colours = {f".of-{city.id}": city.accent for city in edition.cities}
    colours |= {f".of-{dossier.id}": dossier.accent for dossier in edition.dossiers}
    # A page of no city, and the frame of every page, have the accent of the alliance.
    rules = [f":root {{ {_shades(edition.alliance.accent)} }}\n"]
    for name, accent in colours.items():
        rules += [f"{name} {{ {_shades(accent)} --solid: {accent}; }}\n"]
    drawn = {
        accent[1:]: readable_on(accent, DARK_PAPER, 5)
        for accent in sorted({edition.alliance.accent, *colours.values(), *SERIES})
    }
    drawn |= {
        "16202c": "#e8edf3",
        "5b6673": "#9fabb9",
        "d5dae1": "#333d49",
        "c3cad3": mix(DARK_PAPER, WHITE, 0.22),
        "ffffff": DARK_PAPER,
    }
    charts = "".join(f"  --c-{on}: light-dark(#{on}, {dark});\n" for on, dark in drawn.items())
    return "".join(rules) + f":root {{\n{charts}}}\n"


def _shades(accent: str) -> str:
    return f"--accent: light-dark({accent}, {readable_on(accent, DARK_PAPER, 6)});"


@dataclass(frozen=True)
class MenuItem:
    """A link of the menu or of the footer.

    `url` is relative to the home page of the language. `folders` are the first parts of the paths
    of the pages on which the menu shows the link as the current one.
    """

    label: str
    url: str
    folders: tuple[str, ...]


@dataclass(frozen=True)
class FrameContext:
    """Values of one language that the templates of the frame print: head, header and footer.

    `language` is the language's own name, and `formats` the locale of its dates and numbers
    (`en-GB`). `home`, `manifest` and `feed` are addresses relative to the site's root. `words` are
    messages by their keys in `data/locales/`.
    """

    language: str
    formats: str
    name: str
    acronym: str
    slogan: str
    edition: str
    home: str
    news: str
    manifest: str
    feed: str
    words: Mapping[str, str]
    menu: tuple[MenuItem, ...]
    cities: tuple[MenuItem, ...]
    dossiers: tuple[MenuItem, ...]
    about: tuple[MenuItem, ...]


_WORDS = (
    "page.skip", "page.menu", "page.language", "page.theme", "page.search", "page.footer",
    "page.topics", "page.about", "navigation.cities",
    "page.cite", "page.copy", "page.copied", "page.link", "page.save", "page.picture",
    "search.hint", "search.close", "search.none", "search.some", "search.endings",
    "not-found.title", "not-found.text", "not-found.home",
)  # fmt: skip


def frame_context(edition: Edition) -> FrameContext:
    """Return the values of the frame, and of the page for unknown addresses, in one language.

    Raises UnknownWord.
    """
    say, alliance = edition.language.say, edition.alliance
    default = edition.settings.locales[0]
    # The list is on every page, so its total size grows with the square of the number of members:
    # of many members, only the front page and the menu list the cities.
    cities = edition.cities if len(edition.cities) <= MOST_MEMBERS else []
    return FrameContext(
        language=edition.language.name,
        formats=edition.language.formats,
        name=alliance.name,
        acronym=alliance.acronym,
        slogan=alliance.slogan,
        edition=say("page.edition", date=alliance.edition),
        home=page_url("index", edition.locale, default),
        news=f"{alliance.name} – {edition.narratives['news/index'].title}",
        manifest=manifest_url(edition.locale, default),
        feed=feed_url(edition.locale, default),
        words={key: say(key) for key in _WORDS},
        menu=_menu(edition),
        cities=_items((city.name, f"cities/{city.id}") for city in cities),
        dossiers=_items((dossier.name, f"{dossier.id}/index") for dossier in edition.dossiers),
        about=_items(
            (say(f"navigation.{page}"), page)
            for page in ("secretariat", "sources", "data", "accessibility")
        ),
    )


def _menu(edition: Edition) -> tuple[MenuItem, ...]:
    """Return the main menu: each item leads to a section of the front page, or to a page."""
    say = edition.language.say
    topics = [dossier.id for dossier in edition.dossiers]
    return (
        _menu_item(say("navigation.cities"), "#cities", ["cities"]),
        _menu_item(say("navigation.compare"), "compare"),
        _menu_item(say("navigation.pairs"), "pairs"),
        _menu_item(say("navigation.topics"), "#topics", topics),
        _menu_item(say("navigation.news"), "news/index"),
        _menu_item(say("navigation.data"), "data"),
    )


def _items(pages: Iterable[tuple[str, str]]) -> tuple[MenuItem, ...]:
    """Return a link to each page of these labels and paths."""
    return tuple(_menu_item(label, path) for label, path in pages)


def _menu_item(label: str, path: str, folders: Sequence[str] = ()) -> MenuItem:
    """Return the link to the page `path`, or to a section (`#cities`) of the front page."""
    address = path if path.startswith("#") else page_url(path, "", "")
    return MenuItem(label, address, (*folders, path.partition("/")[0]))


def breadcrumbs(edition: Edition, path: str) -> list[tuple[str, str]]:
    """Return the label and the path of each page above `path`, from the front page down."""
    if path == "index":
        return []
    above = {
        "pairs": ("pairs", edition.narratives["pairs"].title),
        "news": ("news/index", edition.language.say("navigation.news")),
        **{dossier.id: (f"{dossier.id}/index", dossier.name) for dossier in edition.dossiers},
    }
    page, name = above.get(path.partition("/")[0], (path, ""))
    between = [] if page == path else [(name, page)]
    return [(edition.alliance.acronym, "index"), *between]
