"""Build the dossiers of one language: their pages, tables, plots, timelines and outlines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from brochure.base.colour import readable_on_white
from brochure.load.placeholders import BLOCKS, Placeholder, parse_placeholders
from brochure.localize import similarity
from brochure.localize.edition import (
    Block,
    Cell,
    Column,
    Dossier,
    DossierPage,
    Event,
    Figure,
    Item,
    Note,
    Outline,
    Plot,
    Similarity,
    SimilarityMeasure,
    SimilarityPair,
    Source,
    Statement,
    Statements,
    Table,
    TableRow,
    Timeline,
)
from brochure.localize.formatter import Formatter
from brochure.model import records as model

# A table with a line longer than this (in characters) holds sentences: it is not sortable.
WORDY = 30


def localize_dossier(name: str, record: model.Dossier, formatter: Formatter) -> Dossier:
    """Return the dossier `name` in the language of `formatter`."""
    return _Localizer(name, record, formatter).dossier()


class _Localizer:
    """Builds one dossier in one language."""

    def __init__(self, name: str, record: model.Dossier, formatter: Formatter) -> None:
        self.name = name
        self.record = record
        self.formatter = formatter
        self.notes: Mapping[str, Note] = formatter.notes(name, record)
        cited = [figure.source for figure in record.figures.values()]
        cited += [table.source for table in record.tables.values() if table.source]
        sources = formatter.sources(dict.fromkeys([record.source, *cited]))
        self.sources: Mapping[str, Source] = {source.id: source for source in sources}
        self.figures: Mapping[str, Figure] = {
            key: formatter.figure(key, figure, self.sources, self.notes)
            for key, figure in record.figures.items()
        }
        self.tables = {key: self._table(key, table) for key, table in record.tables.items()}

    def dossier(self) -> Dossier:
        builders: dict[str, Callable[[str, Any], Block]] = {
            "table": lambda key, _: self.tables[key],
            "plot": self._plot,
            "timeline": self._timeline,
            "outline": self._outline,
            "statements": self._statements,
            "similarity": self._similarity,
        }
        return Dossier(
            id=self.name,
            name=self.formatter.text(self.record.name),
            accent=readable_on_white(self.record.accent or self.formatter.catalog.alliance.accent),
            printed=self.record.printed,
            pages=list(self._pages()),
            figures=self.figures,
            blocks={
                (kind, key): builders[kind](key, block)
                for kind, entry in BLOCKS.items()
                for key, block in getattr(self.record, entry).items()
            },
            notes=list(self.notes.values()),
            sources=list(self.sources.values()),
        )

    def _pages(self) -> Iterator[DossierPage]:
        """Yield each page with the figures and notes that its text and blocks refer to.

        A note that nothing refers to is about the whole dossier and goes to the first page.
        """
        notes: dict[str, dict[str, None]] = {}
        figures: dict[str, dict[str, None]] = {}
        for page in self.record.pages:
            narrative = self.formatter.narrative(f"{self.name}/{page}")
            placeholders = [part for part in narrative.parts if isinstance(part, Placeholder)]
            blocks = [
                getattr(self.record, BLOCKS[placeholder.name])[placeholder.argument]
                for placeholder in placeholders
                if placeholder.name in BLOCKS
            ]
            names = [
                placeholder.argument
                for placeholder in placeholders
                if placeholder.name not in BLOCKS
            ]
            names += [name for block in blocks for name in _figure_names(block.model_dump())]
            figures[page] = dict.fromkeys(names)
            notes[page] = dict.fromkeys(
                [name for block in blocks for name in _note_names(block.model_dump())]
                + [note for name in names for note in self.record.figures[name].notes]
            )
        referenced = {name for names in notes.values() for name in names}
        first = next(iter(self.record.pages))
        notes[first] |= dict.fromkeys(name for name in self.notes if name not in referenced)
        for page, entry in self.record.pages.items():
            path = f"{self.name}/{page}"
            yield DossierPage(
                path=path,
                narrative=self.formatter.narrative(path),
                cities=entry.cities,
                figures=[self.figures[key] for key in figures[page]],
                notes=[note for name, note in self.notes.items() if name in notes[page]],
            )

    def _notes(self, names: Sequence[str]) -> list[Note]:
        return [self.notes[name] for name in names]

    def _interpolate(self, text: dict[str, str] | None) -> str:
        return self.formatter.interpolate(text, self.figures)

    def _table(self, name: str, table: model.Table) -> Table:
        columns = {
            key: Column(
                id=key,
                label=self.formatter.text(column.label),
                basis=self._basis(column),
                numeric=column.unit is not None,
                notes=self._notes(column.notes),
            )
            for key, column in table.columns.items()
        }
        rows = []
        for row, cells in table.rows.items():
            notes = table.cell_notes.get(row, {})
            row_cells = [
                self._cell(column, cells[key], notes.get(key, []))
                for key, column in table.columns.items()
            ]
            if table.of is None:
                first, *row_cells = row_cells
                rows.append(TableRow(row, ", ".join(first.lines), first.order, row_cells))
            else:
                terms = self.record.terms[table.of]
                order = f"{list(terms).index(row):04}"
                rows.append(TableRow(row, self.formatter.text(terms[row]), order, row_cells))
        shown = list(columns.values())
        heading = self.formatter.text(table.heading) if table.heading else shown.pop(0).label
        lengths = [len(line) for row in rows for cell in row.cells for line in cell.lines]
        return Table(
            id=name,
            title=self.formatter.text(table.title),
            heading=heading,
            columns=shown,
            rows=rows,
            wordy=max(lengths, default=0) > WORDY,
            notes=self._notes(table.notes),
            source=self.sources[table.source or self.record.source],
        )

    def _basis(self, column: model.Column) -> str:
        say = self.formatter.language.say
        scope = say(f"scopes.{column.scope}") if column.scope else ""
        year = say("basis.year", year=str(column.year)) if column.year else ""
        return ", ".join(filter(None, [scope, year]))

    def _cell(self, column: model.Column, cell: Any, note_names: Sequence[str]) -> Cell:
        notes = self._notes(note_names)
        if cell is None:
            return Cell([], None, "", notes)
        if column.unit is not None:
            text = self.formatter.language.quantity(cell, column.unit, None, noun=False)
            return Cell([text], Decimal(cell), str(cell), notes)
        parts = cell if isinstance(cell, list) else [cell]
        if column.terms is not None:
            terms = self.record.terms[column.terms]
            lines = [self.formatter.text(terms[part]) for part in parts]
            return Cell(lines, None, f"{list(terms).index(parts[0]):04}", notes)
        lines = [self._interpolate(part) for part in parts]
        return Cell(lines, None, lines[0], notes)

    def _plot(self, name: str, plot: model.Plot) -> Plot:
        table = self.record.tables[plot.table]
        # Without `of`, the first column is the heading of the rows and no column of the Table.
        keys = list(table.columns)[0 if table.of else 1 :]
        return Plot(
            id=name,
            kind=plot.kind,
            title=self.formatter.text(plot.title),
            text=self._interpolate(plot.text),
            table=self.tables[plot.table],
            columns=[keys.index(column) for column in plot.columns],
            colours=keys.index(plot.colours) if plot.colours else None,
        )

    def _timeline(self, name: str, timeline: model.Timeline) -> Timeline:
        return Timeline(
            id=name,
            title=self.formatter.text(timeline.title),
            events=[
                Event(
                    date=event.date,
                    date_text=self.formatter.format_period(event.date, event.until),
                    title=self.formatter.text(event.title),
                    place=self.formatter.text(event.place) if event.place else "",
                    text=self._interpolate(event.text),
                    cities=event.cities,
                    notes=self._notes(event.notes),
                )
                for event in timeline.events
            ],
            notes=self._notes(timeline.notes),
        )

    def _outline(self, name: str, outline: model.Outline) -> Outline:
        return Outline(
            id=name,
            title=self.formatter.text(outline.title),
            numbered=outline.numbered,
            items=[self._item(item) for item in outline.items],
            notes=self._notes(outline.notes),
        )

    def _item(self, item: model.Item) -> Item:
        return Item(
            title=self.formatter.text(item.title),
            text=self._interpolate(item.text),
            items=[self._item(child) for child in item.items],
            notes=self._notes(item.notes),
        )

    def _statements(self, name: str, record: model.Statements) -> Statements:
        return Statements(
            id=name,
            title=self.formatter.text(record.title),
            statements=[
                Statement(
                    name=self.formatter.text(statement.name),
                    office=self.formatter.text(statement.office),
                    city=statement.city or "",
                    text=self._interpolate(statement.text),
                    notes=self._notes(statement.notes),
                )
                for statement in record.statements
            ],
            notes=self._notes(record.notes),
        )

    def _similarity(self, name: str, record: model.Similarity) -> Similarity:
        (first_group, firsts), (second_group, seconds) = record.groups.items()
        indicators = [self._indicator(record, measure) for measure in record.measures]
        pairs = similarity.similarities(firsts, seconds, indicators)
        published = self._published(record, firsts, seconds)
        computed = similarity.assign_stars_by_rank(pairs, published)
        terms = self.record.terms[record.of]
        agreeing = sum(computed[pair] == published[pair] for pair in computed)

        def localize_pair(pair: similarity.Pair) -> SimilarityPair:
            key = (pair.first, pair.second)
            return SimilarityPair(
                id=f"{pair.first}-{pair.second}",
                first=self.formatter.text(terms[pair.first]),
                second=self.formatter.text(terms[pair.second]),
                score=_percent(pair.similarity),
                text=self._share(pair.similarity),
                shares=[
                    "" if difference is None else self._share(difference, points=True)
                    for difference in pair.differences
                ],
                points=[
                    Decimal(0) if difference is None else _percent(difference)
                    for difference in pair.differences
                ],
                published=published.get(key),
                computed=computed.get(key),
            )

        return Similarity(
            id=name,
            title=self.formatter.text(record.title),
            labels=(
                self.formatter.text(record.labels[first_group]),
                self.formatter.text(record.labels[second_group]),
            ),
            measures=[
                SimilarityMeasure(
                    label=self.formatter.text(
                        self.record.tables[measure.table].columns[measure.column].label
                    ),
                    weight=self.formatter.language.number(measure.weight),
                    smallest_leads=measure.smallest_leads,
                    table=self.tables[measure.table].title,
                )
                for measure in record.measures
            ],
            pairs=[localize_pair(pair) for pair in pairs],
            agreeing=agreeing,
            compared=len(computed),
            notes=self._notes(record.notes),
        )

    def _indicator(self, record: model.Similarity, measure: model.Measure) -> similarity.Indicator:
        rows = self.record.tables[measure.table].rows
        members = [row for group in record.groups.values() for row in group]
        values = {row: rows[row][measure.column] if row in rows else None for row in members}
        return similarity.Indicator(values, Decimal(measure.weight), measure.smallest_leads)

    def _published(
        self, record: model.Similarity, firsts: Sequence[str], seconds: Sequence[str]
    ) -> dict[tuple[str, str], int]:
        """Return the stars that the source gives, for the pairs that it rates."""
        if record.published is None:
            return {}
        table, column = record.published
        rows = self.record.tables[table].rows
        return {
            (first, second): int(rows[f"{first}-{second}"][column])
            for first in firsts
            for second in seconds
            if f"{first}-{second}" in rows and rows[f"{first}-{second}"][column] is not None
        }

    def _share(self, share: Fraction, *, points: bool = False) -> str:
        unit = "points" if points else "percent"
        return self.formatter.language.quantity(_percent(share), unit, None, noun=False)


def _percent(share: Fraction) -> Decimal:
    """Return a share of 1 in percent, rounded to one decimal: it is computed, not stated."""
    exact = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def _figure_names(value: Any) -> Iterator[str]:
    """Yield the names of the figures in the texts of a record, once for each language."""
    if isinstance(value, str):
        for part in parse_placeholders(value):
            if isinstance(part, Placeholder):
                yield part.argument
    elif isinstance(value, Mapping):
        for child in value.values():
            yield from _figure_names(child)
    elif isinstance(value, Sequence):
        for child in value:
            yield from _figure_names(child)


def _note_names(value: Any, under: str = "") -> Iterator[str]:
    """Yield the names of the notes of a record and its parts."""
    if isinstance(value, Mapping):
        for key, child in value.items():
            inside = "cell_notes" if under == "cell_notes" else str(key)
            yield from _note_names(child, inside)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from _note_names(child, under)
    elif under in ("notes", "cell_notes") and isinstance(value, str):
        yield value
