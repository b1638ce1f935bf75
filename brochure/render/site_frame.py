"""What all pages of the site share: the words of header and footer, and the accents' colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brochure.base.colour import WHITE, mix, readable_on
from brochure.base.urls import feed_url, manifest_url, page_url
from brochure.localize.edition import Edition
from brochure.localize.pairs import MOST_MEMBERS
from brochure.render.drawing.chart_data import SERIES

# The paper of the dark scheme; on white, accents are readable as they are (`brochure.localize`).
DARK_PAPER = "#10151c"
# Nothing but files of the site itself; what a page says in JSON is not run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'"
)


def accents(edition: Edition) -> str:
    """The stylesheet of the accents: one class a city or dossier, readable on either paper.

    Charts name their colours `--c-rrggbb`; on dark paper each becomes its readable shade.
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


def frame(edition: Edition) -> dict[str, Any]:
    """The words of the site's header and footer, and of the page that is not found."""
    say = edition.language.say
    alliance = edition.alliance
    keys = [
        "page.skip", "page.menu", "page.language", "page.theme", "page.search", "page.footer",
        "page.topics", "page.about", "navigation.cities",
        "page.cite", "page.copy", "page.copied", "page.link", "page.save", "page.picture",
        "search.hint", "search.close", "search.none", "search.some", "search.endings",
        "not-found.title", "not-found.text", "not-found.home",
    ]  # fmt: skip
    dossiers = [_menu_item(one.name, f"{one.id}/index") for one in edition.dossiers]
    return {
        "language": edition.language.name,
        "name": alliance.name,
        "acronym": alliance.acronym,
        "slogan": alliance.slogan,
        "edition": say("page.edition", date=alliance.edition),
        "home": page_url("index", edition.locale, edition.settings.locales[0]),
        "news": f"{alliance.name} – {edition.narratives['news/index'].title}",
        "policy": POLICY,
        "manifest": manifest_url(edition.locale, edition.settings.locales[0]),
        "feed": feed_url(edition.locale, edition.settings.locales[0]),
        "words": {key: say(key) for key in keys},
        # A part of the front page, or a page; and the folders of the pages that belong there.
        "menu": [
            _menu_item(say("navigation.cities"), "#cities", ["cities"]),
            _menu_item(say("navigation.compare"), "compare"),
            _menu_item(say("navigation.pairs"), "pairs"),
            _menu_item(say("navigation.topics"), "#topics", [one.id for one in edition.dossiers]),
            _menu_item(say("navigation.news"), "news/index"),
            _menu_item(say("navigation.data"), "data"),
        ],
        # On every page, so that their number grows with its square: many are left to the menu.
        "cities": [_menu_item(city.name, f"cities/{city.id}") for city in edition.cities]
        if len(edition.cities) <= MOST_MEMBERS
        else [],
        "dossiers": dossiers,
        "about": [
            _menu_item(say(f"navigation.{name}"), name)
            for name in ("secretariat", "sources", "data", "accessibility")
        ],
    }


def breadcrumbs(edition: Edition, path: str) -> list[tuple[str, str]]:
    """The way from the front page to a page: the words and the path of each page above it."""
    if path == "index":
        return []
    above = {
        "pairs": ("pairs", edition.narratives["pairs"].title),
        "news": ("news/index", edition.language.say("navigation.news")),
        **{one.id: (f"{one.id}/index", one.name) for one in edition.dossiers},
    }
    page, name = above.get(path.partition("/")[0], (path, ""))
    between = [] if page == path else [(name, page)]
    return [(edition.alliance.acronym, "index"), *between]


def _menu_item(label: str, path: str, folders: Sequence[str] = ()) -> dict[str, Any]:
    """A stop of a navigation: its words, its address below the language's root, its folders."""
    address = path if path.startswith("#") else page_url(path, "", "")
    return {"label": label, "url": address, "folders": [*folders, path.partition("/")[0]]}
