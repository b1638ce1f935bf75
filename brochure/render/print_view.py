"""The functions and values that templates use while a document for print is rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from brochure.base.text_width import em_width
from brochure.base.urls import page_url
from brochure.localize.edition import (
    Block,
    City,
    Dossier,
    DossierPage,
    Figure,
    Industry,
    Narrative,
    Source,
)
from brochure.render.drawing import chart_data
from brochure.render.drawing.cover_art import alliance_artwork, artwork, industry_icon
from brochure.render.drawing.qr import qr
from brochure.render.typesetting import bind_last_words
from brochure.render.views import Context, View


@dataclass(frozen=True)
class PrintContext(Context):
    """The names that templates for print know besides those of the site.

    The functions of artwork take the columns and rows of tiles, and the rows above them.
    """

    city_prose: Callable[[City], Markup]
    page_prose: Callable[[Dossier, DossierPage], Markup]
    figures_of: Callable[[City, Source], list[Figure]]
    bind_last_words: Callable[[str], str]
    title_size: Callable[[str], str]
    art: Callable[..., Markup]
    alliance_art: Callable[..., Markup]
    dossier_art: Callable[..., Markup]
    industry_icon: Callable[[City, Industry], Markup]
    qr: Callable[[str], Markup]


class PrintView(View):
    """Renders the templates of one document for print, whose links lead to the site."""

    heading = 3

    def context(self, narrative: Narrative) -> PrintContext:
        """Return the names that templates know in the document with this narrative."""
        return PrintContext(
            **vars(super().context(narrative)),
            city_prose=lambda city: self.narrative_html(city.narrative, city),
            page_prose=lambda dossier, page: self.narrative_html(page.narrative, dossier),
            figures_of=figures_of,
            bind_last_words=bind_last_words,
            title_size=title_size,
            art=self.art,
            alliance_art=self.alliance_art,
            dossier_art=self.dossier_art,
            industry_icon=lambda city, industry: industry_icon(
                [field.id for field in industry.fields],
                city.accent,
                ", ".join(field.label for field in industry.fields),
            ),
            qr=lambda address: qr(address, self.edition.language.say("print.qr", address=address)),
        )

    def link(self, path: str) -> str:
        """Return the absolute address of a page."""
        settings = self.edition.settings
        return settings.site_url + page_url(path, self.edition.locale, settings.locales[0])

    def members_map(self) -> Markup:
        """Return the map of the members without links."""
        return self.draw(chart_data.members_map(self.edition))

    def inline_figure(self, text: str, figure: Figure | None, popovers: list[Markup]) -> Markup:
        """Return a figure in a sentence, always without a popover."""
        return super().inline_figure(text, None, popovers)

    def downloads(self, dossier: Dossier, block: Block) -> Markup:
        """Return nothing: print has no links to files."""
        return Markup()

    def source_numbers(self, dossier: Dossier) -> dict[str, int]:
        """Return the number of each source in the document by id.

        The brochure of the alliance lists the sources of the whole publication.
        """
        listed = dossier.sources if self.subject is dossier else self.edition.sources
        return {source.id: source.number for source in listed}

    def art(self, city: City, columns: int, rows: int, top: int = 0) -> Markup:
        """Return the artwork of a city."""
        title = self.edition.language.say("print.art", name=city.name)
        return artwork(city, columns, rows, top, title)

    def alliance_art(self, columns: int, rows: int, top: int = 0) -> Markup:
        """Return the artwork of the alliance."""
        return self._shared_art(self.edition.alliance.accent, columns, rows, top)

    def dossier_art(self, dossier: Dossier, columns: int, rows: int, top: int = 0) -> Markup:
        """Return the artwork of the alliance in the colour of a dossier."""
        return self._shared_art(dossier.accent, columns, rows, top)

    def _shared_art(self, accent: str, columns: int, rows: int, top: int) -> Markup:
        title = self.edition.language.say("print.art", name=self.edition.alliance.name)
        return alliance_artwork(self.edition.cities, accent, columns, rows, top, title)


def figures_of(city: City, source: Source) -> list[Figure]:
    """Return the figures of a city from a source, in the order of its data file."""
    return [figure for figure in city.figures.values() if figure.source.id == source.id]


def title_size(text: str) -> str:
    """Return the type size of a title on a cover by its width: `large`, `medium` or `small`."""
    width = em_width(text)
    return "large" if width <= 9 else "medium" if width <= 20 else "small"
