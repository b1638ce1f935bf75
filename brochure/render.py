"""Edition -> HTML: pages for the site, documents for print. Pure: names and texts, no disk."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import segno
from jinja2 import DictLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from brochure import charting, leaflet
from brochure.artwork import alliance_artwork, artwork, emblem
from brochure.calls import Call
from brochure.colour import mix, readable
from brochure.drawing import themed
from brochure.links import linked_page, page_url, relative
from brochure.localize import City, Edition, Figure, Group, Narrative, Source, called
from brochure.prose import prose
from brochure.typeset import ems, held, joined
from charts import Chart

Draw = Callable[[Chart], Markup]

# What a document calls the photograph of its cover.
PHOTO = "photo.jpg"
# A page of a document that may be left out, so that the count of pages comes right.
_FILLER = re.compile(r"<!--filler-->.*?<!--/filler-->\s*", re.DOTALL)
# A chapter of a document, and its class that says how close it is composed.
_CHAPTER = re.compile(r"<!--chapter ([a-z0-9-]+)-->(.*?)<!--/chapter-->", re.DOTALL)
_BODY = re.compile(r"(?<=<body class=\"brochure\">).*(?=</body>)", re.DOTALL)

# The paper of the two colour schemes, and what the charts' own colours become on the dark one.
LIGHT_PAPER, DARK_PAPER = "#ffffff", "#10151c"


@dataclass(frozen=True)
class Page:
    """A page of the site in one language.

    `path` is the page without language (`cities/daejeon`, `index`); `url` is relative to the
    site's root. `source` is the narrative it was made from.
    """

    path: str
    locale: str
    url: str
    title: str
    description: str
    html: str


@dataclass(frozen=True)
class Brochure:
    """A document to print: its name (`daejeon-ko`), its HTML, and its stylesheets in order.

    The number of its pages is a multiple of `multiple`: see `filled`. `photo` is the file of the
    photograph that its cover shows under the address PHOTO.
    """

    name: str
    html: str
    sheets: tuple[str, ...] = ("print.css",)
    multiple: int = 1
    photo: bytes = field(default=b"", repr=False)


class Templates:
    """The macros of `macros/`, compiled once for all pages and languages."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._environment = ImmutableSandboxedEnvironment(
            loader=DictLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def __getitem__(self, name: str) -> Template:
        return self._environment.get_template(name)


def pages(edition: Edition, templates: Templates, draw: Draw) -> Iterator[Page]:
    """Every page of the site in the edition's language."""

    def drawn(chart: Chart) -> Markup:
        return themed(draw(chart))

    for path in ("index", "compare", "secretariat", "sources"):
        narrative = edition.narratives[path]
        view = _View(edition, path, drawn)
        yield view.page(narrative, templates[f"pages/{path}.html"].render(view.names(narrative)))
    for index, city in enumerate(edition.cities):
        view = _View(edition, f"cities/{city.id}", drawn, city)
        names = view.names(city.narrative) | {
            "city": city,
            "previous": edition.cities[index - 1],
            "next": edition.cities[(index + 1) % len(edition.cities)],
        }
        yield view.page(city.narrative, templates["pages/city.html"].render(names))


def brochures(edition: Edition, templates: Templates, draw: Draw) -> Iterator[Brochure]:
    """The brochure of every city and of the alliance, and the leaflet, in one language."""
    for city in edition.cities:
        view = _PrintView(edition, f"cities/{city.id}", draw, city)
        names = view.names(city.narrative) | {"city": city, "photo_file": PHOTO}
        html = templates["print/city.html"].render(names)
        photo = city.photo.raw if city.photo else b""
        name = brochure_name(city.id, edition.locale)
        yield Brochure(name, joined(html), multiple=2, photo=photo)
    view = _PrintView(edition, "index", draw)
    names = view.names(edition.narratives["index"])
    html = templates["print/alliance.html"].render(names)
    yield Brochure(brochure_name("gini", edition.locale), joined(html), multiple=4)
    html = templates["print/leaflet.html"].render(names | _sheet(edition))
    yield Brochure(brochure_name("gini-leaflet", edition.locale), joined(html), ("leaflet.css",))


def _sheet(edition: Edition) -> dict[str, Any]:
    """The measures and the panels of the leaflet."""
    outer, inner = (
        [leaflet.panel(one) if isinstance(one, City) else one for one in side]
        for side in leaflet.sides(edition.cities)
    )
    return {
        "sheet": {leaflet.OUTER: outer, leaflet.INNER: inner},
        "width": leaflet.WIDTH,
        "height": leaflet.HEIGHT,
        "folds": leaflet.folds(len(edition.cities)),
    }


def filled(html: str, count: int) -> str:
    """The document with the first `count` of its filler pages, and without the others.

    A filler is what stands from `<!--filler-->` to `<!--/filler-->`; each makes one page.
    """
    fillers = iter(_FILLER.findall(html)[:count])
    return _FILLER.sub(lambda _: next(fillers, ""), html)


def chapters(html: str) -> dict[str, str]:
    """Each chapter of a document by name, as a document of its own.

    A chapter begins on a new page, so that it falls into the same pages alone. It ends at the
    element `<name>-end`.
    """
    return {
        match[1]: _BODY.sub(lambda _, own=match[0]: own, html)  # type: ignore[misc]
        for match in _CHAPTER.finditer(html)
    }


def composed(html: str, closeness: Mapping[str, int]) -> str:
    """The document with chapters composed closer: 0 is the usual, see `.chapter` in print.css."""

    def closer(match: re.Match[str]) -> str:
        level = closeness.get(match[1], 0)
        return match[0].replace('class="chapter chapter--0"', f'class="chapter chapter--{level}"')

    return _CHAPTER.sub(closer, html)


def qr(address: str, title: str) -> Markup:
    """The address as a QR code, error correction M, quiet zone left to the page; one dark path."""
    code = segno.make(address, error="m", micro=False)
    rows = [
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(code.matrix)
        for x, length in _runs(row)
    ]
    size = len(code.matrix)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {0} {0}" role="img">'
        '<title>{1}</title><path fill="#16202c" d="{2}"/></svg>'
    ).format(size, title, "".join(rows))


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    start = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield start, length
        start += length


def brochure_name(subject: str, locale: str) -> str:
    """The name of a brochure's file, without its ending."""
    return f"{subject}-{locale}"


def accents(edition: Edition) -> str:
    """The stylesheet of the accents: one class a city, readable on light paper and on dark.

    Charts name their colours `--c-rrggbb`; on dark paper each becomes its readable shade.
    """
    slate = "[data-md-color-scheme=slate]"
    colours = {f".of-{city.id}": city.accent for city in edition.cities}
    # A page of no city, and the frame of every page, have the accent of the alliance.
    rules = [f":root {{ {_shades(edition.alliance.accent, LIGHT_PAPER, 4.5)} }}\n"]
    rules += [f"{slate} {{ {_shades(edition.alliance.accent, DARK_PAPER, 6)} }}\n"]
    for name, accent in colours.items():
        light = readable(accent, LIGHT_PAPER)
        rules += [f"{name} {{ {_shades(accent, LIGHT_PAPER, 4.5)} --solid: {light}; }}\n"]
        rules += [f"{slate} {name} {{ {_shades(accent, DARK_PAPER, 6)} }}\n"]
    charts = "".join(
        f"  --c-{accent[1:]}: {readable(accent, DARK_PAPER, 5)};\n"
        for accent in sorted({edition.alliance.accent, *colours.values()})
    )
    roles = {
        "16202c": "#e8edf3",
        "5b6673": "#9fabb9",
        "d5dae1": "#333d49",
        "c3cad3": mix(DARK_PAPER, "#ffffff", 0.22),
        "ffffff": DARK_PAPER,
    }
    charts += "".join(f"  --c-{role}: {shade};\n" for role, shade in roles.items())
    return "".join(rules) + f"{slate} {{\n{charts}}}\n"


def _shades(accent: str, paper: str, ratio: float) -> str:
    return f"--accent: {readable(accent, paper, ratio)};"


def frame(edition: Edition) -> dict[str, Any]:
    """The words of the site's header and footer, and of the page that is not found."""
    say = edition.language.say
    alliance = edition.alliance
    keys = [
        "page.skip", "page.menu", "page.language", "page.theme", "page.search", "page.footer",
        "navigation.cities", "navigation.compare", "navigation.secretariat", "navigation.sources",
        "not-found.title", "not-found.text", "not-found.home",
    ]  # fmt: skip
    return {
        "language": edition.language.name,
        "name": alliance.name,
        "acronym": alliance.acronym,
        "slogan": alliance.slogan,
        "edition": say("page.edition", date=alliance.edition),
        "home": page_url("index", edition.locale, edition.settings.locales[0]),
        "words": {key: say(key) for key in keys},
        "cities": [{"name": city.name, "path": f"cities/{city.id}"} for city in edition.cities],
    }


class _View:
    """What templates may call while one page of the site is rendered."""

    def __init__(self, edition: Edition, path: str, draw: Draw, city: City | None = None) -> None:
        self.edition = edition
        self.path = path
        self.city = city
        self.url = page_url(path, edition.locale, edition.settings.locales[0])
        self._draw = draw

    def names(self, narrative: Narrative) -> dict[str, Any]:
        """The names that every template knows."""
        edition = self.edition
        return {
            "edition": edition,
            "alliance": edition.alliance,
            "say": edition.language.say,
            "link": self.link,
            "brochure": self.brochure,
            "narrative": narrative,
            "prose": self.prose(narrative, self.city),
            "members_map": lambda: self._draw(charting.members_map(edition)),
            "comparison": lambda indicator: self._draw(charting.comparison(edition, indicator)),
            "comparable": [one for one in edition.indicators if one.compare],
            "stated": charting.stated,
            "compared_sources": lambda: charting.compared_sources(edition),
            "remarks": lambda indicator: charting.remarks(edition, indicator),
            "incomparable": lambda: charting.incomparable(edition),
            "matrix": lambda: self._draw(charting.matrix(edition)),
            "matrix_rows": lambda: charting.matrix_rows(edition),
            "counted": self.counted,
            "art_strip": lambda city: artwork(city, 16, 2),
            "edit": edition.settings.repository,
        }

    def page(self, narrative: Narrative, html: str) -> Page:
        """The page with this body."""
        city = self.city
        title = city.name if city else narrative.title
        return Page(self.path, self.edition.locale, self.url, title, narrative.description, html)

    def link(self, path: str) -> str:
        """The address of a page, as seen from this one."""
        target = page_url(path, self.edition.locale, self.edition.settings.locales[0])
        return relative(target, self.url)

    def brochure(self, subject: str) -> str:
        """The address of a brochure's screen edition."""
        return relative(f"brochures/{brochure_name(subject, self.edition.locale)}.pdf", self.url)

    def counted(self, city: City, group: Group) -> Markup | None:
        """The drawing of a part of the ecosystem, where there is something to draw."""
        chart = charting.counted(self.edition, city, group)
        return self._draw(chart) if chart else None

    def prose(self, narrative: Narrative, city: City | None) -> Markup:
        """The narrative's HTML, its calls filled with the figures of its city."""
        figures: Mapping[str, Figure] = city.figures if city else self.edition.alliance.figures

        def fill(call: Call) -> Markup:
            if call.name == "chart" and city is not None:
                group = next(group for group in city.ecosystem if group.id == call.argument)
                drawn = self.counted(city, group) or ""
                return Markup('<figure class="figure">{}</figure>').format(drawn)
            return Markup('<span class="fact">{}</span>').format(called(call, figures))

        anchor = f"{posixpath.basename(narrative.page)}-part"
        return prose(
            narrative.parts, anchor, fill, lambda target: self._href(narrative.page, target)
        )

    def _href(self, page: str, target: str) -> str:
        linked = linked_page(page, target)
        _, mark, anchor = target.partition("#")
        return target if linked is None else self.link(linked) + mark + anchor


class _PrintView(_View):
    """The same for print, where a link leads to the site."""

    def link(self, path: str) -> str:
        """The address of a page on the web."""
        settings = self.edition.settings
        return settings.site_url + page_url(path, self.edition.locale, settings.locales[0])

    def names(self, narrative: Narrative) -> dict[str, Any]:
        """The names that templates for print know besides."""
        say = self.edition.language.say
        return super().names(narrative) | {
            "prose_of": lambda city: self.prose(city.narrative, city),
            "figures_of": figures_of,
            "held": held,
            "title_size": title_size,
            "art": self.art,
            "alliance_art": self.alliance_art,
            "emblem": lambda city, industry: emblem(
                [field.id for field in industry.fields],
                city.accent,
                ", ".join(field.label for field in industry.fields),
            ),
            "qr": lambda address: qr(address, say("print.qr", address=address)),
        }

    def art(self, city: City, columns: int, rows: int, top: int = 0) -> Markup:
        """The art of a city."""
        title = self.edition.language.say("print.art", name=city.name)
        return artwork(city, columns, rows, top, title)

    def alliance_art(self, columns: int, rows: int, top: int = 0) -> Markup:
        """The art of the alliance."""
        alliance = self.edition.alliance
        title = self.edition.language.say("print.art", name=alliance.name)
        return alliance_artwork(self.edition.cities, alliance.accent, columns, rows, top, title)


def figures_of(city: City, source: Source) -> list[Figure]:
    """The figures of a city that come from a source, in the order of its file."""
    return [figure for figure in city.figures.values() if figure.source.id == source.id]


def title_size(text: str) -> str:
    """How large a cover sets a title: `large`, `medium` or `small`, by the room it needs."""
    width = ems(text)
    return "large" if width <= 9 else "medium" if width <= 20 else "small"
