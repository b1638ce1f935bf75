"""The facts of `data/` as readers see them, and the text of finished pages and brochures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
from pydantic import BaseModel
from support import ROOT

from brochure.base.language import Language
from brochure.base.urls import page_url
from brochure.cli.check import check
from brochure.load.placeholders import Placeholder, parse_placeholders
from brochure.model.records import Catalog, City, Figure, Record

LOCALES = ("ko", "en")
Path_ = tuple[str | int, ...]


@cache
def catalog() -> Catalog:
    return check(ROOT)


@cache
def language(locale: str) -> Language:
    return Language(locale, catalog().words[locale])


def facts(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every figure, text, date and plain word of a record, with its path."""
    if isinstance(value, Figure):
        yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from facts(getattr(value, name), (*path, name))
    elif isinstance(value, dict) and value and set(value) == set(catalog().settings.locales):
        yield path, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from facts(one, (*path, key))
    elif isinstance(value, list | tuple):
        for index, one in enumerate(value):
            yield from facts(one, (*path, index))
    elif isinstance(value, date):
        yield path, value


def said(text: Mapping[str, str], locale: str, figures: Mapping[str, Figure]) -> str:
    """A text in one language with the figures it names."""
    return "".join(
        part if isinstance(part, str) else called(part, locale, figures)
        for part in parse_placeholders(text[locale])
    )


def called(call: Placeholder, locale: str, figures: Mapping[str, Figure]) -> str:
    _, fact, number = forms(figures[call.argument], locale)
    return fact if call.name == "fact" else number


def forms(figure: Figure, locale: str) -> tuple[str, str, str]:
    """A figure as a table shows it, as a sentence says it, and as a bare number."""
    own = language(locale)
    return (
        own.quantity(figure.value, figure.unit, figure.bound, noun=False),
        own.quantity(figure.value, figure.unit, figure.bound, noun=True),
        own.bounded(own.number(figure.value), figure.bound),
    )


class _Text(HTMLParser):
    """The text that a reader of a page sees: no scripts, no drawings, no marks of notes."""

    HIDDEN = frozenset({"script", "style", "svg", "template", "head"})
    INLINE = frozenset({"a", "button", "span", "strong", "em", "code", "cite"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        starts = tag in self.HIDDEN or ("class", "mark") in attrs
        if tag == self.hidden[-1] if self.hidden else starts:
            self.hidden.append(tag)
        elif tag not in self.INLINE:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None: ...

    def handle_endtag(self, tag: str) -> None:
        if self.hidden and tag == self.hidden[-1]:
            self.hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


@dataclass(frozen=True)
class Medium:
    """Where a fact is looked for: the words there, made comparable, a page each if on paper."""

    pages: tuple[str, ...]
    paper: bool

    def __contains__(self, words: object) -> bool:
        sought = bare(str(words)) if self.paper else spaced(str(words))
        return any(sought in one for one in self.pages) or (
            # A sentence may run over a page's end, which is not the end of what stands there.
            len(sought) >= 15
            and any(
                sought[:cut] in one and sought[cut:] in other
                for one, other in pairwise(self.pages)
                for cut in range(1, len(sought))
            )
        )


def spaced(text: str) -> str:
    """The text with every run of spaces, breaking or not, as one space."""
    return re.sub(r"\s+", " ", text)


def bare(text: str) -> str:
    """The text without anything at which a line may end: spaces, joiners, hyphens."""
    return re.sub(r"[\s\u2060\u00ad\ufffe\x02\u2010-]", "", text)


@cache
def page(site: Path, path: str, locale: str) -> Medium:
    """What a page of the finished site says, without its frame."""
    parser = _Text()
    parser.feed(article(site, path, locale))
    return Medium((spaced("".join(parser.parts)),), paper=False)


@cache
def article(site: Path, path: str, locale: str) -> str:
    """The HTML of a page of the finished site, without its frame."""
    html = (site / page_url(path, locale, LOCALES[0]) / "index.html").read_text(encoding="utf-8")
    return html[html.index("<main") : html.index("</main>")]


@cache
def paper(site: Path, name: str) -> tuple[str, ...]:
    """The text of each page of a brochure, without the running line at its foot."""
    document = pypdfium2.PdfDocument(site / f"brochures/{name}.pdf")
    texts = []
    for number, one in enumerate(document, 1):
        words = one.get_textpage()
        foot = words.search(f"{number} / {len(document)}").get_next()
        above = words.get_charbox(foot[0])[3] + 2 if foot else 0
        texts.append(words.get_text_bounded(bottom=above))
    return tuple(texts)


@cache
def pdf(site: Path, name: str) -> Medium:
    """What a finished brochure says."""
    return Medium(tuple(map(bare, paper(site, name))), paper=True)


def lacking(wanted: Mapping[str, list[str]], media: Mapping[str, Medium]) -> list[str]:
    """A line for each fact that a medium lacks: `wanted` gives each fact its accepted forms."""
    return [
        f"{where}: {what}: {' | '.join(accepted)}"
        for where, medium in media.items()
        for what, accepted in wanted.items()
        if not any(form in medium for form in accepted)
    ]


def wanted_of(record: Record, locale: str) -> dict[str, list[str]]:
    """The texts and dates of a record in one language, by path, each with the forms it may take.

    Figures, with their labels and places, are `figures_of`'s.
    """
    figures = getattr(record, "figures", {})
    wanted = {}
    for path, fact in facts(record):
        if path[0] == "figures":
            continue
        if isinstance(fact, date):
            wanted[".".join(map(str, path))] = [language(locale).say("sources.day", date=fact)]
        else:
            wanted[".".join(map(str, path))] = [said(fact, locale, figures)]
    return wanted


def base_of(figure: Figure, locale: str) -> str:
    """What a figure is of: its place or area, whether it is per head, its year if there is one."""
    say = language(locale).say
    indicator = catalog().vocabulary.indicators.get(figure.indicator or "")
    words = []
    if figure.place or figure.scope:
        words.append(figure.place[locale] if figure.place else say(f"scopes.{figure.scope}"))
    elif indicator and indicator.scopes:
        words.append(say("basis.no-scope"))
    if indicator and indicator.per_head:
        words.append(say("basis.per-head"))
    if figure.year:
        words.append(say("basis.year", year=str(figure.year)))
    return ", ".join(words)


def label_of(figure: Figure, locale: str) -> str:
    label = figure.label or catalog().vocabulary.indicators[figure.indicator or ""].label
    return label[locale]


def nearby(before: str, after: str) -> tuple[str, str]:
    """A few words of the texts before and after a place, no further than a sign of Markdown or the
    end of a line."""
    start = re.search(r"[^*\[\]()#`\n]{0,12}\Z", before)
    end = re.match(r"[^*\[\]()#`\n]{0,12}", after)
    assert start is not None and end is not None
    return start[0], end[0]


def sentences(page: str, locale: str) -> dict[str, list[str]]:
    """Each figure called in a narrative, with a few words around it, after it is filled in."""
    shared = catalog()
    folder, _, name = page.partition("/")
    dossier = shared.dossiers.get(folder)
    owner = shared.cities[name] if folder == "cities" else dossier or shared.alliance
    parts = parse_placeholders(shared.narratives[page, locale].body)
    found: dict[str, list[str]] = {}
    for index, part in enumerate(parts):
        if isinstance(part, str) or part.name not in ("fact", "number"):
            continue
        before, after = (
            one if isinstance(one, str) else ""
            for one in (parts[index - 1], (*parts, "")[index + 1])
        )
        start, end = nearby(before if index else "", after)
        filled = start + called(part, locale, owner.figures) + end
        found.setdefault(part.argument, []).append(filled)
    return found


def figures_of(city: City, page: str, locale: str) -> dict[str, list[str]]:
    """Every place where a figure of a city must stand, with what stands beside it.

    A figure without such a place gets words that stand nowhere.
    """
    in_rows = [name for row in city.status for name in row.figures]
    in_groups = [name for group in city.ecosystem for name in group.figures]
    in_prose = sentences(page, locale)
    texts = [text[locale] for path, text in facts(city) if isinstance(text, dict)]
    in_texts = {
        part.argument
        for text in texts
        for part in parse_placeholders(text)
        if isinstance(part, Placeholder)
    }
    wanted: dict[str, list[str]] = {}
    for name, figure in city.figures.items():
        short = forms(figure, locale)[0]
        if name in [*city.key_figures, *in_groups]:
            wanted[f"{name} in a table"] = [f"{label_of(figure, locale)} {short}"]
        if name in in_rows:
            # On paper, the marks of its notes stand between.
            marks = "".join(str([*city.notes].index(note) + 1) for note in figure.notes)
            base = base_of(figure, locale)
            wanted[f"{name} in the status"] = [f"{short} {base}", f"{short}{marks} {base}"]
        for number, sentence in enumerate(in_prose.get(name, [])):
            wanted[f"{name} in the narrative, {number}"] = [sentence]
        if name not in [*city.key_figures, *in_groups, *in_rows, *in_prose, *in_texts]:
            wanted[f"{name}, used nowhere"] = ["\0"]
        if name in [*city.key_figures, *in_groups, *in_rows]:
            wanted[f"base of {name}"] = [base_of(figure, locale)]
    return wanted


def vocabulary_of(city: City, locale: str) -> dict[str, list[str]]:
    """The words of the shared vocabulary that a city's page must use."""
    shared = catalog()
    wanted = {}
    for row in city.status:
        label = shared.vocabulary.indicators[row.indicator].label
        wanted[f"indicator {row.indicator}"] = [label[locale]]
    for industry in city.industries:
        for field in industry.fields:
            wanted[f"field {field}"] = [shared.industries[field][locale]]
    names = {city.source, city.location.source, *(one.source for one in city.figures.values())}
    return wanted | sources(names, locale)


def sources(names: set[str], locale: str) -> dict[str, list[str]]:
    """What must be said of each of these sources."""
    wanted = {}
    for name in sorted(names):
        source = catalog().sources[name]
        for what, accepted in wanted_of(source, locale).items():
            wanted[f"source {name}.{what}"] = accepted
        if isinstance(source.licence, str) and source.licence != "unstated":
            wanted[f"source {name}.licence"] = [source.licence]
        if "unstated" in (source.licence, source.date):
            wanted[f"source {name}.unstated"] = [language(locale).say("sources.unstated")]
    return wanted


CITIES = sorted(path.stem for path in (ROOT / "data/cities").glob("*.yaml"))
