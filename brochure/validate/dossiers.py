"""The checks of dossiers: that tables hold what their columns say, and that narratives place all.

Each is in the list of checks in `validate.py`, and like the others only yields problems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from itertools import chain
from typing import Any

from brochure.base.message import Message
from brochure.base.problem import Problem
from brochure.load.document import Document, NarrativeFile, Path_
from brochure.load.placeholders import BLOCKS, Placeholder, PlaceholderError, parse_placeholders
from brochure.load.value_hints import number_message
from brochure.model.records import Alliance, Column, Dossier, Measure, Similarity, Table, Vocabulary
from brochure.validate.context import ValidationContext, check_limits, check_reference, dossier_id

# The code of a list of terms that the dossier does not have.
_UNKNOWN_TERMS = "term.unknown-list"
# A placeholder by itself on its line.
_ALONE = re.compile(r"\{\{[^{}]*\}\}")


def check_dossiers(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that the alliance lists every dossier once, and that a dossier begins with `index`."""
    alliance: Alliance | None = context.records.get("data/alliance.yaml")
    if alliance is not None:
        document = context.document("data/alliance.yaml")
        for index, name in enumerate(alliance.dossiers):
            path = ("dossiers", index)
            yield from check_reference(
                document, path, name, context.dossier_files, "dossier.unknown"
            )
            if name in alliance.dossiers[:index]:
                yield document.problem(path, Message("dossier.listed-twice", name=name))
        unknown = [name for name in alliance.dossiers if name not in context.dossier_files]
        for name in sorted(context.dossier_files - set(alliance.dossiers)):
            # A dossier that is listed under a misspelt name has its problem there.
            if not get_close_matches(name, unknown):
                yield document.problem(("dossiers",), Message("dossier.not-listed", name=name))
    for document, dossier in _dossiers(context):
        if next(iter(dossier.pages)) != "index":
            yield document.problem(("pages",), Message("dossier.first-page"))


def check_tables(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that each row has a cell for every column, and each cell is what its column says."""
    vocabulary: Vocabulary | None = context.records.get("data/indicators.yaml")
    for document, dossier in _dossiers(context):
        for name in dossier.tables:
            yield from _table_problems(document, dossier, vocabulary, name)


def _table_problems(
    document: Document, dossier: Dossier, vocabulary: Vocabulary | None, name: str
) -> Iterator[Problem]:
    table, path = dossier.tables[name], ("tables", name)
    if table.of is not None and table.heading is None:
        yield document.problem(path, Message("table.of-without-heading"))
    elif table.of is None and table.heading is not None:
        yield document.problem(path, Message("table.heading-without-of"))
    if table.of is not None:
        of_path = (*path, "of")
        yield from check_reference(document, of_path, table.of, dossier.terms, _UNKNOWN_TERMS)
        terms = dossier.terms.get(table.of, table.rows)
        for row in table.rows:
            row_path = (*path, "rows", row)
            yield from check_reference(document, row_path, row, terms, "term.unknown", key=True)
    units = vocabulary.units if vocabulary else {}
    # The cells of a column that is wrong itself are not checked.
    wrong = set()
    for key, column in table.columns.items():
        column_path = (*path, "columns", key)
        if problems := list(_column_problems(document, dossier, units, column, column_path)):
            wrong.add(key)
            yield from problems
    head = next(iter(table.columns)) if table.of is None else None
    for row, cells in table.rows.items():
        yield from _row_problems(document, table, (*path, "rows", row))
        for key, cell in cells.items():
            if key not in table.columns or key in wrong:
                continue
            cell_path: Path_ = (*path, "rows", row, key)
            if cell is not None:
                column = table.columns[key]
                yield from _cell_problems(document, dossier, column, cell_path, cell)
                if column.unit and vocabulary and type(cell) in (int, Decimal):
                    yield from check_limits(document, cell_path, cell, column.unit, vocabulary)
            elif key == head:
                yield document.problem(cell_path, Message("table.empty-first-cell"))
    yield from _cell_note_problems(document, dossier, table, (*path, "cell_notes"))


def _column_problems(
    document: Document, dossier: Dossier, units: Collection[str], column: Column, path: Path_
) -> Iterator[Problem]:
    if column.unit is not None and column.terms is not None:
        yield document.problem(path, Message("table.unit-and-terms"))
    elif column.unit is not None and units:
        at = (*path, "unit")
        yield from check_reference(document, at, column.unit, units, "figure.unknown-unit")
    elif column.terms is not None:
        at = (*path, "terms")
        yield from check_reference(document, at, column.terms, dossier.terms, _UNKNOWN_TERMS)


def _row_problems(document: Document, table: Table, path: Path_) -> Iterator[Problem]:
    cells = table.rows[str(path[-1])]
    unknown = [key for key in cells if key not in table.columns]
    for key in unknown:
        yield from check_reference(
            document, (*path, key), key, table.columns, "table.unknown-column", key=True
        )
    for key in table.columns:
        # A cell under a misspelt name has its problem there.
        if key not in cells and not unknown:
            yield document.problem(path, Message("table.missing-cell", name=key))


def _cell_problems(
    document: Document, dossier: Dossier, column: Column, path: Path_, cell: Any
) -> Iterator[Problem]:
    if column.unit is not None:
        if type(cell) not in (int, Decimal):
            yield document.problem(path, _number_expected(cell, str(path[-1])))
        return
    for index, part in enumerate(cell if isinstance(cell, list) else [cell]):
        at = (*path, index) if isinstance(cell, list) else path
        if column.terms is not None:
            terms = dossier.terms[column.terms]
            if isinstance(part, str):
                yield from check_reference(document, at, part, terms, "term.unknown")
            else:
                yield document.problem(at, Message("term.id-expected", names=sorted(terms)))
        elif not isinstance(part, dict):
            yield document.problem(at, Message("table.cell-without-languages"))


def _number_expected(cell: Any, name: str) -> Message:
    """The message about a cell where a number is expected; `name` is that of its column."""
    if isinstance(cell, str):
        return number_message(cell)
    if isinstance(cell, (list, dict)):
        return Message("value.is-list" if isinstance(cell, list) else "value.is-entries", name=name)
    return Message("number.expected", value=str(cell).lower())


def _cell_note_problems(
    document: Document, dossier: Dossier, table: Table, path: Path_
) -> Iterator[Problem]:
    for row, columns in table.cell_notes.items():
        yield from check_reference(
            document, (*path, row), row, table.rows, "table.unknown-row", key=True
        )
        for key, notes in columns.items():
            at = (*path, row, key)
            yield from check_reference(
                document, at, key, table.columns, "table.unknown-column", key=True
            )
            for index, note in enumerate(notes):
                yield from check_reference(
                    document, (*at, index), note, dossier.notes, "note.unknown"
                )


def check_blocks(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a plot draws numbers that can be drawn, and that a timeline runs forward."""
    vocabulary: Vocabulary | None = context.records.get("data/indicators.yaml")
    for document, dossier in _dossiers(context):
        for name in dossier.plots:
            yield from _plot_problems(document, dossier, vocabulary, name)
        for name, timeline in dossier.timelines.items():
            former = ""
            for index, event in enumerate(timeline.events):
                if event.date < former[: len(event.date)]:
                    yield document.problem(
                        ("timelines", name, "events", index, "date"),
                        Message("timeline.out-of-order", date=event.date, former=former),
                    )
                if event.until is not None and event.until < event.date[: len(event.until)]:
                    yield document.problem(
                        ("timelines", name, "events", index, "until"),
                        Message(
                            "timeline.ends-before-it-begins", until=event.until, date=event.date
                        ),
                    )
                former = event.date


def _plot_problems(
    document: Document, dossier: Dossier, vocabulary: Vocabulary | None, name: str
) -> Iterator[Problem]:
    plot = dossier.plots[name]
    path: Path_ = ("plots", name)
    table = dossier.tables.get(plot.table)
    if table is None:
        at = (*path, "table")
        yield from check_reference(document, at, plot.table, dossier.tables, "table.unknown")
        return
    numbers = []
    for index, column in enumerate(plot.columns):
        if column not in _numeric(table):
            at = (*path, "columns", index)
            yield from check_reference(
                document, at, column, _numeric(table), "table.unknown-number-column"
            )
            return
        stated = list(_stated(table, column))
        numbers += [number for _, number in stated]
        yield from _negative(document, table, (plot.table, column), stated, vocabulary)
    if not any(numbers):
        yield document.problem((*path, "columns"), Message("plot.without-numbers"))
    if plot.colours is not None:
        named = [key for key, column in _columns(table).items() if column.terms is not None]
        at = (*path, "colours")
        yield from check_reference(document, at, plot.colours, named, "table.unknown-term-column")


def check_similarities(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a similarity measures rows and columns of numbers that can be measured."""
    vocabulary: Vocabulary | None = context.records.get("data/indicators.yaml")
    for document, dossier in _dossiers(context):
        for name, similarity in dossier.similarities.items():
            path: Path_ = ("similarities", name)
            yield from _group_problems(document, dossier, similarity, path)
            problems = [
                list(
                    _measure_problems(
                        document, dossier, vocabulary, similarity, (*path, "measures", index)
                    )
                )
                for index in range(len(similarity.measures))
            ]
            yield from chain.from_iterable(problems)
            if not any(problems) and not any(
                all(_members(dossier, measure, rows) for rows in similarity.groups.values())
                for measure in similarity.measures
            ):
                yield document.problem(
                    (*path, "measures"), Message("similarity.nothing-to-compare")
                )
            if similarity.published is not None:
                yield from _published_problems(document, dossier, similarity.published, path)


def _group_problems(
    document: Document, dossier: Dossier, similarity: Similarity, path: Path_
) -> Iterator[Problem]:
    at = (*path, "of")
    yield from check_reference(document, at, similarity.of, dossier.terms, _UNKNOWN_TERMS)
    members = [row for rows in similarity.groups.values() for row in rows]
    terms = dossier.terms.get(similarity.of, members)
    seen: set[str] = set()
    for group, rows in similarity.groups.items():
        for index, row in enumerate(rows):
            at = (*path, "groups", group, index)
            yield from check_reference(document, at, row, terms, "term.unknown")
            if row in seen:
                yield document.problem(at, Message("similarity.row-twice", name=row))
            seen.add(row)
    if set(similarity.labels) != set(similarity.groups):
        names = sorted(similarity.groups)
        yield document.problem(
            (*path, "labels"), Message("similarity.labels-of-other-groups", names=names)
        )


def _measure_problems(
    document: Document,
    dossier: Dossier,
    vocabulary: Vocabulary | None,
    similarity: Similarity,
    path: Path_,
) -> Iterator[Problem]:
    measure = similarity.measures[int(path[-1])]
    table = dossier.tables.get(measure.table)
    if table is None:
        at = (*path, "table")
        yield from check_reference(document, at, measure.table, dossier.tables, "table.unknown")
        return
    numeric = _numeric(table)
    at = (*path, "column")
    yield from check_reference(document, at, measure.column, numeric, "table.unknown-number-column")
    if measure.column not in numeric:
        return
    rows = [row for group in similarity.groups.values() for row in group]
    stated = _members(dossier, measure, rows)
    yield from _negative(document, table, (measure.table, measure.column), stated, vocabulary)
    if measure.smallest_leads:
        for row, number in stated:
            if number == 0:
                yield document.problem(
                    ("tables", measure.table, "rows", row, measure.column),
                    Message("similarity.zero-leads"),
                )
    elif not any(number for _, number in stated):
        yield document.problem(at, Message("similarity.only-zeros", name=measure.column))


def _published_problems(
    document: Document, dossier: Dossier, published: Sequence[str], path: Path_
) -> Iterator[Problem]:
    name, column = published
    at = (*path, "published")
    yield from check_reference(document, (*at, 0), name, dossier.tables, "table.unknown")
    if table := dossier.tables.get(name):
        numeric = _numeric(table)
        yield from check_reference(
            document, (*at, 1), column, numeric, "table.unknown-number-column"
        )
        for row, number in _stated(table, column) if column in numeric else ():
            if number != int(number):
                yield document.problem(
                    ("tables", name, "rows", row, column),
                    Message("similarity.stars-not-whole", value=str(number)),
                )


def _members(
    dossier: Dossier, measure: Measure, rows: Sequence[str]
) -> list[tuple[str, int | Decimal]]:
    """The numbers of these rows in the column of a measure."""
    table = dossier.tables[measure.table]
    return [(row, number) for row, number in _stated(table, measure.column) if row in rows]


def _negative(
    document: Document,
    table: Table,
    names: tuple[str, str],
    stated: Sequence[tuple[str, int | Decimal]],
    vocabulary: Vocabulary | None,
) -> Iterator[Problem]:
    """Yield a problem for each number below zero of a table's column, both by name.

    Where the unit itself has no negative numbers, check_tables yields it.
    """
    unit = table.columns[names[1]].unit
    if unit and vocabulary and vocabulary.limits_of(unit).least >= 0:
        return
    for row, number in stated:
        if number < 0:
            yield document.problem(
                ("tables", names[0], "rows", row, names[1]),
                Message("table.negative", value=str(number)),
            )


def check_placed(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that narratives place every block of their dossier once, alike in each language.

    A language is checked where all its narratives are there and place what exists; other checks
    yield what is wrong with a single narrative.
    """
    for document, dossier in _dossiers(context):
        folder = dossier_id(document.file)
        blocks = [
            (call, name) for call, entry in BLOCKS.items() for name in getattr(dossier, entry)
        ]
        orders: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for narrative_file, _ in context.narratives:
            top, _, page = narrative_file.page.partition("/")
            calls = _calls(narrative_file)
            if top == folder and page in dossier.pages and calls is not None:
                names = [(call.name, call.argument) for call in calls if call.name in BLOCKS]
                if set(names) <= set(blocks):
                    orders.setdefault(narrative_file.locale, {})[page] = names
        whole = {
            locale: pages for locale, pages in orders.items() if set(pages) == set(dossier.pages)
        }
        for locale, placed in list(whole.items()):
            counts = Counter(name for names in placed.values() for name in names)
            for call, name in blocks:
                if counts[call, name] != 1:
                    times = counts[call, name]
                    whole.pop(locale, None)
                    yield document.problem(
                        (BLOCKS[call], name),
                        Message(
                            "dossier.not-placed" if times == 0 else "dossier.placed-twice",
                            right=f'{{{{ {call}("{name}") }}}}',
                            files=[
                                f"content/{folder}/{page}.{locale}.md" for page in dossier.pages
                            ],
                        ),
                    )
        locales = [locale for locale in context.settings.locales if locale in whole]
        for locale in locales[1:]:
            first = locales[0]
            for page in dossier.pages:
                if whole[locale][page] != whole[first][page]:
                    yield Problem(
                        f"content/{folder}/{page}.{locale}.md",
                        1,
                        1,
                        Message(
                            "dossier.another-order",
                            file=f"content/{folder}/{page}.{first}.md",
                            names=[f'{call}("{name}")' for call, name in whole[first][page]],
                        ),
                    )


def check_paragraphs(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a placeholder as large as a paragraph stands in a paragraph of its own."""
    for narrative_file, _ in context.narratives:
        lines = ["", *narrative_file.body.split("\n"), ""]
        for call in _calls(narrative_file) or []:
            if call.name not in (*BLOCKS, "chart"):
                continue
            before, own, after = lines[call.line - 1 : call.line + 2]
            if before.strip() or after.strip() or not _ALONE.fullmatch(own.rstrip()):
                yield Problem(
                    narrative_file.file,
                    *narrative_file.place(call.line, call.column),
                    Message("placeholder.not-alone", name=call.name),
                )


def _calls(narrative_file: NarrativeFile) -> list[Placeholder] | None:
    """The placeholders of a narrative, or None where check_calls finds one miswritten."""
    try:
        return [
            part
            for part in parse_placeholders(narrative_file.body)
            if isinstance(part, Placeholder)
        ]
    except PlaceholderError:
        return None


def _columns(table: Table) -> dict[str, Column]:
    """The columns of a table without the one that names its rows."""
    return dict(list(table.columns.items())[0 if table.of else 1 :])


def _numeric(table: Table) -> list[str]:
    return [key for key, column in _columns(table).items() if column.unit is not None]


def _stated(table: Table, column: str) -> Iterator[tuple[str, int | Decimal]]:
    """Yield the numbers of a column by row. Other cells have their problem from check_tables."""
    for row, cells in table.rows.items():
        if type(cells.get(column)) in (int, Decimal):
            yield row, cells[column]


def _dossiers(context: ValidationContext) -> Iterator[tuple[Document, Dossier]]:
    for name, dossier in context.dossiers.items():
        yield context.document(f"data/dossiers/{name}.yaml"), dossier
