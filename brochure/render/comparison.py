"""The comparison of the member cities for templates: its figures, charts, sources and remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from brochure.localize.edition import City, Edition, Figure, Indicator, Source
from brochure.render.drawing import chart_data
from brochure.render.drawing.chart_data import figures_for
from charts import Chart


class Comparison:
    """The cities of an edition compared by the indicators that have `compare`."""

    def __init__(self, edition: Edition, draw: Callable[[Chart], Markup]) -> None:
        self._edition = edition
        self._draw = draw

    @property
    def indicators(self) -> list[Indicator]:
        """The compared indicators."""
        return [indicator for indicator in self._edition.indicators if indicator.compare]

    def figures(self, city: City, indicator: Indicator) -> list[Figure]:
        """Return the figures of a city for an indicator, in the order of its data file."""
        return figures_for(city, indicator)

    def chart(self, indicator: Indicator) -> Markup:
        """Return the bar chart of an indicator."""
        return self._draw(chart_data.comparison_chart(self._edition, indicator))

    def matrix(self) -> Markup:
        """Return the chart of the fields of industry by city."""
        return self._draw(chart_data.matrix_chart(self._edition))

    def matrix_rows(self) -> list[tuple[str, Sequence[int]]]:
        """Return the rows of that chart for a table: see `chart_data.matrix_rows`."""
        return chart_data.matrix_rows(self._edition)

    def sources(self) -> list[Source]:
        """Return the sources of all compared figures, each once, in the order of the edition."""
        cited = {figure.source.id for figure in self._all_figures()}
        return [source for source in self._edition.sources if source.id in cited]

    def scopes(self) -> list[str | None]:
        """Return the scopes of all compared figures, each once, in the order of the figures."""
        return list(dict.fromkeys(figure.scope for figure in self._all_figures()))

    def remarks(self, indicator: Indicator) -> list[str]:
        """Return sentences on a chart: which cities have no figure, and which scopes are mixed."""
        say = self._edition.language.say
        figures = {city.name: figures_for(city, indicator) for city in self._edition.cities}
        missing = [name for name, stated in figures.items() if not stated]
        scopes = dict.fromkeys(
            figure.scope for stated in figures.values() for figure in stated if figure.scope
        )
        sentences = []
        if missing:
            cities = ", ".join(missing)
            sentences.append(say("compare.lacking", indicator=indicator.label, cities=cities))
        if len(scopes) > 1:
            names = ", ".join(say(f"scopes.{scope}") for scope in scopes)
            sentences.append(say("compare.mixed", indicator=indicator.label, scopes=names))
        return sentences

    def not_compared(self) -> list[str]:
        """Return a sentence for each indicator that has figures but is not compared."""
        say = self._edition.language.say
        sentences = []
        for indicator in self._edition.indicators:
            cities = [city.name for city in self._edition.cities if figures_for(city, indicator)]
            if cities and not indicator.compare:
                names = ", ".join(cities)
                sentences.append(say("compare.single", indicator=indicator.label, cities=names))
        return sentences

    def _all_figures(self) -> Iterator[Figure]:
        for indicator in self.indicators:
            for city in self._edition.cities:
                yield from figures_for(city, indicator)
