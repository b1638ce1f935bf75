"""What templates may call while a page is rendered, for the site and for print."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from brochure.base.text_width import ems
from brochure.base.urls import art_url, data_url, linked_page, page_url, relative
from brochure.load.placeholders import BLOCKS, Placeholder
from brochure.localize.edition import (
    Block,
    City,
    Dossier,
    Edition,
    Figure,
    Group,
    Narrative,
    Plot,
    Similarity,
    Source,
    Table,
)
from brochure.localize.formatter import format_placeholder
from brochure.localize.pairs import Briefing, briefing_path
from brochure.render.drawing import chart_data as charting
from brochure.render.drawing.cover_art import alliance_artwork, artwork, emblem
from brochure.render.drawing.qr import qr
from brochure.render.language_spans import mark_other_languages
from brochure.render.markdown import render_markdown
from brochure.render.page import Page, made_page
from brochure.render.site_frame import breadcrumbs
from brochure.render.templates import Templates
from brochure.render.typesetting import held
from charts import Chart

Draw = Callable[[Chart], Markup]
# A figure in a sentence, and what follows it without a space.
_WRITTEN_ON = re.compile(r"</button></span>([^\s<]{1,12})(?=[\s<])")


class View:
    """What templates may call while one page of the site is rendered."""

    # The level of the headings in the text of a dossier, whose page has no other sections.
    heading = 2

    def __init__(
        self,
        edition: Edition,
        path: str,
        templates: Templates,
        draw: Draw,
        subject: City | Dossier | None = None,
    ) -> None:
        self.edition = edition
        self.path = path
        self.subject = subject
        self._templates = templates
        self.url = page_url(path, edition.locale, edition.settings.locales[0])
        self._draw = draw
        # The bases of the figures that the text tells: they stand behind it.
        self._bases: list[Markup] = []

    def names(self, narrative: Narrative) -> dict[str, Any]:
        """The names that every template knows."""
        edition = self.edition
        return {
            "edition": edition,
            "alliance": edition.alliance,
            "say": edition.language.say,
            "link": self.link,
            "brochure": self.brochure,
            "data": lambda name: relative(data_url(name), self.url),
            "ancestors": [
                (words, self.link(page)) for words, page in breadcrumbs(edition, self.path)
            ],
            "narrative": narrative,
            "prose": self.narrative_html(narrative, self.subject),
            "members_map": lambda: self._draw(charting.members_map(edition, self.link)),
            "comparison": lambda indicator: self._draw(charting.comparison(edition, indicator)),
            "comparable": [one for one in edition.indicators if one.compare],
            "stated": charting.stated,
            "compared_sources": lambda: charting.compared_sources(edition),
            "compared_bases": lambda: charting.compared_bases(edition),
            "remarks": lambda indicator: charting.remarks(edition, indicator),
            "incomparable": lambda: charting.incomparable(edition),
            "matrix": lambda: self._draw(charting.matrix(edition)),
            "matrix_rows": lambda: charting.matrix_rows(edition),
            "counted": self.counted,
            "art_strip": lambda city: relative(art_url(city.id), self.url),
            "edit": edition.settings.repository,
            "pair_link": lambda one, other: self.link(briefing_path(one, other)),
        }

    def page(self, narrative: Narrative, html: str) -> Page:
        """The page with this body."""
        title = self.subject.name if isinstance(self.subject, City) else narrative.title
        return self._made(title, narrative.description, html)

    def briefing(self, meeting: Briefing) -> Page:
        """The page of a pair of members; its words are those of the locale file."""
        say = self.edition.language.say
        first, second = meeting.cities
        title = say("pair.title", first=first.name, second=second.name)
        description = say("pair.description", first=first.name, second=second.name)
        names = self.names(self.edition.narratives["pairs"]) | {"briefing": meeting, "title": title}
        html = self._templates["pages/pair.html"].render(names)
        return self._made(title, description, html)

    def _made(self, title: str, description: str, html: str) -> Page:
        whole = mark_other_languages(html, self.edition.locale)
        return made_page(self.path, title, description, whole, self.edition)

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

    def narrative_html(self, narrative: Narrative, subject: City | Dossier | None) -> Markup:
        """The narrative's HTML, its calls filled with the figures and blocks of its subject."""
        figures = subject.figures if subject else self.edition.alliance.figures

        def fill(call: Placeholder) -> Markup:
            if isinstance(subject, City) and call.name == "chart":
                group = next(group for group in subject.ecosystem if group.id == call.argument)
                drawn = self.counted(subject, group) or ""
                return Markup('<figure class="figure">{}</figure>').format(drawn)
            if isinstance(subject, Dossier) and call.name in BLOCKS:
                return self._block(subject, call)
            said = format_placeholder(call, figures)
            if isinstance(subject, Dossier):
                # Where a page has no table of figures, each leads to its base, year and source.
                return Markup('<a class="fact" href="#figure-{}">{}</a>').format(
                    call.argument, said
                )
            return self._said(said, figures[call.argument], subject)

        anchor = f"{narrative.page.replace('/', '-')}-part"
        text = render_markdown(
            narrative.parts,
            anchor,
            fill,
            lambda target: self._href(narrative.page, target),
            self.heading if isinstance(subject, Dossier) else 3,
        )
        # What is written on to a figure stays on its line: 366.4억 달러와.
        held = _WRITTEN_ON.sub(r"</button>\1</span>", str(text))
        return Markup(held) + Markup("").join(self._bases)

    def _block(self, dossier: Dossier, call: Placeholder) -> Markup:
        """What a call places on a page: the component of its name, filled."""
        block = dossier.blocks[call.name, call.argument]
        names = {
            "say": self.edition.language.say,
            "link": self.link,
            "cities": self.edition.members,
            "numbers": self.numbers(dossier),
        }
        component: Any = self._templates[f"components/{call.name}.html"].module
        made = Markup(component.block(block, dossier, names | self._drawings(dossier, block)))
        return made + self._offered(dossier, block)

    def _said(self, words: str, figure: Figure, subject: City | None) -> Markup:
        """A figure in a sentence; on a city's page, its base, year and source open beside it."""
        if subject is None:
            return Markup('<span class="fact">{}</span>').format(words)
        component: Any = self._templates["components/figure_popover.html"].module
        name = f"said-{len(self._bases) + 1}"
        self._bases.append(Markup(component.basis(figure, name)))
        return Markup(component.figure_popover(words, name))

    def _offered(self, dossier: Dossier, block: Block) -> Markup:
        """Where a table or the table behind a plot can be had as a file."""
        table = block.table if isinstance(block, Plot) else block
        if not isinstance(table, Table):
            return Markup()
        address = relative(data_url(f"tables/{dossier.id}/{table.id}.csv"), self.url)
        component: Any = self._templates["components/download_links.html"].module
        return Markup(component.download_links([("CSV", address)], self.edition.language.say))

    def _drawings(self, dossier: Dossier, block: Block) -> dict[str, Markup]:
        if isinstance(block, Plot):
            return {"drawing": self._draw(charting.plotted(self.edition, dossier, block))}
        if isinstance(block, Similarity):
            return {"drawing": self._draw(charting.alike(self.edition, dossier, block))}
        return {}

    def numbers(self, dossier: Dossier) -> dict[str, int]:
        """The number of each source where the page lists them."""
        return {source.id: source.number for source in dossier.sources}

    def _href(self, page: str, target: str) -> str:
        linked = linked_page(page, target)
        _, mark, anchor = target.partition("#")
        return target if linked is None else self.link(linked) + mark + anchor


class PrintView(View):
    """The same for print, where a link leads to the site."""

    heading = 3

    def link(self, path: str) -> str:
        """The address of a page on the web."""
        settings = self.edition.settings
        return settings.site_url + page_url(path, self.edition.locale, settings.locales[0])

    def names(self, narrative: Narrative) -> dict[str, Any]:
        """The names that templates for print know besides."""
        say = self.edition.language.say
        return super().names(narrative) | {
            "members_map": lambda: self._draw(charting.members_map(self.edition)),
            "prose_of": lambda city: self.narrative_html(city.narrative, city),
            "page_of": lambda dossier, page: self.narrative_html(page.narrative, dossier),
            "figures_of": figures_of,
            "held": held,
            "title_size": title_size,
            "art": self.art,
            "alliance_art": self.alliance_art,
            "dossier_art": self.dossier_art,
            "emblem": lambda city, industry: emblem(
                [field.id for field in industry.fields],
                city.accent,
                ", ".join(field.label for field in industry.fields),
            ),
            "qr": lambda address: qr(address, say("print.qr", address=address)),
        }

    def _said(self, words: str, figure: Figure, subject: City | None) -> Markup:
        return Markup('<span class="fact">{}</span>').format(words)

    def _offered(self, dossier: Dossier, block: Block) -> Markup:
        return Markup()

    def numbers(self, dossier: Dossier) -> dict[str, int]:
        """The number of each source in the document: the alliance's lists all there are."""
        listed = dossier.sources if self.subject is dossier else self.edition.sources
        return {source.id: source.number for source in listed}

    def art(self, city: City, columns: int, rows: int, top: int = 0) -> Markup:
        """The art of a city."""
        title = self.edition.language.say("print.art", name=city.name)
        return artwork(city, columns, rows, top, title)

    def alliance_art(self, columns: int, rows: int, top: int = 0) -> Markup:
        """The art of the alliance."""
        return self._shared_art(self.edition.alliance.accent, columns, rows, top)

    def dossier_art(self, dossier: Dossier, columns: int, rows: int, top: int = 0) -> Markup:
        """The art of the alliance in the colour of a dossier."""
        return self._shared_art(dossier.accent, columns, rows, top)

    def _shared_art(self, accent: str, columns: int, rows: int, top: int) -> Markup:
        title = self.edition.language.say("print.art", name=self.edition.alliance.name)
        return alliance_artwork(self.edition.cities, accent, columns, rows, top, title)


def figures_of(city: City, source: Source) -> list[Figure]:
    """The figures of a city that come from a source, in the order of its file."""
    return [figure for figure in city.figures.values() if figure.source.id == source.id]


def title_size(text: str) -> str:
    """How large a cover sets a title: `large`, `medium` or `small`, by the room it needs."""
    width = ems(text)
    return "large" if width <= 9 else "medium" if width <= 20 else "small"


def brochure_name(subject: str, locale: str) -> str:
    """The name of a brochure's file, without its ending."""
    return f"{subject}-{locale}"
