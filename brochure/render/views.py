"""The functions and values that templates use while one page of the site is rendered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from brochure.base.urls import art_url, brochure_name, data_url, linked_page, page_url, relative
from brochure.load.placeholders import BLOCKS, Placeholder
from brochure.localize.edition import (
    Alliance,
    Block,
    City,
    Dossier,
    Edition,
    Figure,
    Group,
    Narrative,
    Plot,
    Similarity,
    Table,
)
from brochure.localize.formatter import format_placeholder
from brochure.localize.pairs import Briefing, briefing_path
from brochure.render.comparison import Comparison
from brochure.render.drawing import chart_data
from brochure.render.language_spans import mark_other_languages
from brochure.render.markdown import render_markdown
from brochure.render.page import Page, made_page
from brochure.render.site_frame import breadcrumbs
from brochure.render.templates import Templates
from charts import Chart

Draw = Callable[[Chart], Markup]
# A figure in a sentence, and what follows it without a space.
_SUFFIX_OF_FIGURE = re.compile(r"</button></span>([^\s<]{1,12})(?=[\s<])")


@dataclass(frozen=True)
class Context:
    """The names that every template knows, and the macros that it imports with its context.

    `prose` renders the narrative when it is called, since some pages do not show it. `ancestors`
    are the titles and addresses of the pages above this one.
    """

    edition: Edition
    alliance: Alliance
    narrative: Narrative
    ancestors: Sequence[tuple[str, str]]
    edit_url: str
    comparison: Comparison
    say: Callable[..., str]
    prose: Callable[[], Markup]
    link: Callable[[str], str]
    pair_link: Callable[[str, str], str]
    brochure_link: Callable[[str], str]
    data_link: Callable[[str], str]
    art_link: Callable[[City], str]
    members_map: Callable[[], Markup]
    ecosystem_chart: Callable[[City, Group], Markup | None]


class View:
    """Renders the templates of one page of the site.

    `path` is the page without language; `subject` is the city or the dossier that it belongs to.
    """

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
        self.templates = templates
        self.url = page_url(path, edition.locale, edition.settings.locales[0])
        self.draw = draw

    def context(self, narrative: Narrative) -> Context:
        """Return the names that templates know on the page with this narrative."""
        edition = self.edition
        return Context(
            edition=edition,
            alliance=edition.alliance,
            narrative=narrative,
            ancestors=[(title, self.link(page)) for title, page in breadcrumbs(edition, self.path)],
            edit_url=edition.settings.repository,
            comparison=Comparison(edition, self.draw),
            say=edition.language.say,
            prose=lambda: self.narrative_html(narrative, self.subject),
            link=self.link,
            pair_link=lambda first, second: self.link(briefing_path(first, second)),
            brochure_link=self.brochure_link,
            data_link=lambda name: relative(data_url(name), self.url),
            art_link=lambda city: relative(art_url(city.id), self.url),
            members_map=self.members_map,
            ecosystem_chart=self.ecosystem_chart,
        )

    def render(self, template: str, narrative: Narrative, **names: Any) -> str:
        """Return the HTML of a template, which knows `names` besides the context."""
        return self.templates[template].render(vars(self.context(narrative)) | names)

    def page(self, narrative: Narrative, html: str) -> Page:
        """Return the page with this body, titled by its city or its narrative."""
        title = self.subject.name if isinstance(self.subject, City) else narrative.title
        return self._page(title, narrative.description, html)

    def pair_page(self, briefing: Briefing) -> Page:
        """Return the page of a pair of members, whose texts are those of the locale file."""
        say = self.edition.language.say
        first, second = briefing.cities
        title = say("pair.title", first=first.name, second=second.name)
        description = say("pair.description", first=first.name, second=second.name)
        narrative = self.edition.narratives["pairs"]
        html = self.render("pages/pair.html", narrative, briefing=briefing, title=title)
        return self._page(title, description, html)

    def _page(self, title: str, description: str, html: str) -> Page:
        body = mark_other_languages(html, self.edition.locale)
        return made_page(self.path, title, description, body, self.edition)

    def link(self, path: str) -> str:
        """Return the address of a page relative to this one."""
        target = page_url(path, self.edition.locale, self.edition.settings.locales[0])
        return relative(target, self.url)

    def brochure_link(self, subject: str) -> str:
        """Return the address of the screen edition of a brochure."""
        return relative(f"brochures/{brochure_name(subject, self.edition.locale)}.pdf", self.url)

    def members_map(self) -> Markup:
        """Return the map of the members, whose names lead to their pages."""
        return self.draw(chart_data.members_map(self.edition, self.link))

    def ecosystem_chart(self, city: City, group: Group) -> Markup | None:
        """Return the chart of a group of the ecosystem; None if it has too few figures for one."""
        chart = chart_data.ecosystem_chart(self.edition, city, group)
        return self.draw(chart) if chart else None

    def narrative_html(self, narrative: Narrative, subject: City | Dossier | None) -> Markup:
        """Return the HTML of a narrative, with the figures and blocks of its subject filled in."""
        figures = subject.figures if subject else self.edition.alliance.figures
        # The popovers of the figures stand behind the text.
        popovers: list[Markup] = []

        def fill(placeholder: Placeholder) -> Markup:
            if isinstance(subject, City) and placeholder.name == "chart":
                group = next(part for part in subject.ecosystem if part.id == placeholder.argument)
                chart = self.ecosystem_chart(subject, group) or ""
                return Markup('<figure class="figure">{}</figure>').format(chart)
            if isinstance(subject, Dossier) and placeholder.name in BLOCKS:
                return self._block(subject, placeholder)
            text = format_placeholder(placeholder, figures)
            if isinstance(subject, Dossier):
                # The page of a dossier lists its figures with base, year and source.
                return Markup('<a class="fact" href="#figure-{}">{}</a>').format(
                    placeholder.argument, text
                )
            figure = figures[placeholder.argument] if subject else None
            return self.inline_figure(text, figure, popovers)

        html = render_markdown(
            narrative.parts,
            f"{narrative.page.replace('/', '-')}-part",
            fill,
            lambda target: self._href(narrative.page, target),
            self.heading if isinstance(subject, Dossier) else 3,
        )
        # A particle or a comma behind a figure stays on its line: 366.4억 달러와.
        unbroken = _SUFFIX_OF_FIGURE.sub(r"</button>\1</span>", str(html))
        return Markup(unbroken) + Markup("").join(popovers)

    def inline_figure(self, text: str, figure: Figure | None, popovers: list[Markup]) -> Markup:
        """Return a figure in a sentence.

        With `figure`, it opens a popover with base, year and source, which `popovers` receives.
        """
        if figure is None:
            return Markup('<span class="fact">{}</span>').format(text)
        component: Any = self.templates["components/figure_popover.html"].module
        anchor = f"said-{len(popovers) + 1}"
        popovers.append(Markup(component.basis(figure, anchor)))
        return Markup(component.figure_popover(text, anchor))

    def _block(self, dossier: Dossier, placeholder: Placeholder) -> Markup:
        """Return the HTML of a block, by the component that has the name of the placeholder."""
        block = dossier.blocks[placeholder.name, placeholder.argument]
        component = self._component(
            placeholder.name,
            {
                "edition": self.edition,
                "link": self.link,
                "source_numbers": self.source_numbers(dossier),
            },
        )
        drawing = self._block_chart(dossier, block)
        return Markup(component.block(block, dossier, drawing)) + self.downloads(dossier, block)

    def _component(self, name: str, names: Mapping[str, Any]) -> Any:
        """Return the macros of a component, which know `say` and `names`."""
        context = {"say": self.edition.language.say, **names}
        return self.templates[f"components/{name}.html"].make_module(context)

    def downloads(self, dossier: Dossier, block: Block) -> Markup:
        """Return a link to the CSV file of a table, or of the table of a plot; else nothing."""
        table = block.table if isinstance(block, Plot) else block
        if not isinstance(table, Table):
            return Markup()
        address = relative(data_url(f"tables/{dossier.id}/{table.id}.csv"), self.url)
        component = self._component("download_links", {})
        return Markup(component.download_links([("CSV", address)]))

    def _block_chart(self, dossier: Dossier, block: Block) -> Markup | None:
        if isinstance(block, Plot):
            return self.draw(chart_data.plot_chart(self.edition, dossier, block))
        if isinstance(block, Similarity):
            return self.draw(chart_data.similarity_chart(self.edition, dossier, block))
        return None

    def source_numbers(self, dossier: Dossier) -> dict[str, int]:
        """Return the number of each source of a dossier in the list of its page, by id."""
        return {source.id: source.number for source in dossier.sources}

    def _href(self, page: str, target: str) -> str:
        linked = linked_page(page, target)
        _, mark, anchor = target.partition("#")
        return target if linked is None else self.link(linked) + mark + anchor
