"""The checks of dossiers: that tables hold what their columns say, and that narratives place all.

Each is one of the flat list in `validate.py`, and like the others only yields problems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from itertools import chain
from typing import Any

from brochure.base.problem import Problem
from brochure.load.document import Document, NarrativeFile, Path_
from brochure.load.placeholders import BLOCKS, Placeholder, PlaceholderError, parse_placeholders
from brochure.model.records import Alliance, Column, Dossier, Measure, Similarity, Table, Vocabulary
from brochure.validate.context import ValidationContext, check_limits, check_reference, dossier_id

# A call by itself on its line.
_ALONE = re.compile(r"\{\{[^{}]*\}\}")


def check_dossiers(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that the alliance lists every dossier once, and that a dossier begins with `index`."""
    alliance: Alliance | None = context.records.get("data/alliance.yaml")
    if alliance is not None:
        document = context.document("data/alliance.yaml")
        for index, name in enumerate(alliance.dossiers):
            path = ("dossiers", index)
            yield from check_reference(
                document, path, name, context.dossier_files, "자료집이", "dossier"
            )
            if name in alliance.dossiers[:index]:
                yield document.problem(
                    path, f"두 번 적혀 있습니다: ‘{name}’.", f"‘{name}’ stands twice in this list."
                )
        unknown = [name for name in alliance.dossiers if name not in context.dossier_files]
        for name in sorted(context.dossier_files - set(alliance.dossiers)):
            # One that is listed under a misspelt name is not lacking besides.
            if not get_close_matches(name, unknown):
                yield document.problem(
                    ("dossiers",),
                    f"자료집의 차례에 빠져 있습니다: ‘{name}’.",
                    f"The order of dossiers lacks ‘{name}’.",
                )
    for document, dossier in _dossiers(context):
        if next(iter(dossier.pages)) != "index":
            yield document.problem(
                ("pages",),
                "첫 쪽은 index여야 합니다.",
                "The first page of a dossier must be index.",
            )


def check_tables(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that each row has a cell for every column, and each cell is what its column says."""
    vocabulary: Vocabulary | None = context.records.get("data/indicators.yaml")
    units = vocabulary.units if vocabulary else {}
    for document, dossier in _dossiers(context):
        for name, table in dossier.tables.items():
            path: Path_ = ("tables", name)
            if (table.of is None) != (table.heading is None):
                yield document.problem(
                    path,
                    "of와 heading은 함께 있거나 함께 없어야 합니다.",
                    "`of` and `heading` belong together: give both or neither.",
                )
            if table.of is not None:
                at = (*path, "of")
                yield from check_reference(
                    document, at, table.of, dossier.terms, "낱말 목록이", "term list"
                )
                terms = dossier.terms.get(table.of, table.rows)
                for row in table.rows:
                    at = (*path, "rows", row)
                    yield from check_reference(document, at, row, terms, "낱말이", "term", key=True)
            # What is wrong with a column is not told again of each of its cells.
            wrong = set()
            for key, column in table.columns.items():
                at = (*path, "columns", key)
                if problems := list(_column_problems(document, dossier, units, column, at)):
                    wrong.add(key)
                    yield from problems
            head = next(iter(table.columns)) if table.of is None else None
            for row, cells in table.rows.items():
                at = (*path, "rows", row)
                yield from _row_problems(document, table, at)
                for key, cell in cells.items():
                    if key not in table.columns or key in wrong:
                        continue
                    if cell is not None:
                        column = table.columns[key]
                        yield from _cell_problems(document, dossier, column, (*at, key), cell)
                        if column.unit and vocabulary and type(cell) in (int, Decimal):
                            cell_at = (*at, key)
                            yield from check_limits(
                                document, cell_at, cell, column.unit, vocabulary
                            )
                    elif key == head:
                        yield document.problem(
                            (*at, key),
                            "첫 열은 그 줄의 이름이므로 비울 수 없습니다.",
                            "The first column names the row, and must not be empty.",
                        )
            yield from _cell_note_problems(document, dossier, table, (*path, "cell_notes"))


def _column_problems(
    document: Document, dossier: Dossier, units: Collection[str], column: Column, path: Path_
) -> Iterator[Problem]:
    if column.unit is not None and column.terms is not None:
        yield document.problem(
            path,
            "unit과 terms 가운데 하나만 쓸 수 있습니다.",
            "A column has a unit or terms, not both.",
        )
    elif column.unit is not None and units:
        yield from check_reference(document, (*path, "unit"), column.unit, units, "단위가", "unit")
    elif column.terms is not None:
        at = (*path, "terms")
        yield from check_reference(
            document, at, column.terms, dossier.terms, "낱말 목록이", "term list"
        )


def _row_problems(document: Document, table: Table, path: Path_) -> Iterator[Problem]:
    cells = table.rows[str(path[-1])]
    unknown = [key for key in cells if key not in table.columns]
    for key in unknown:
        yield from check_reference(
            document, (*path, key), key, table.columns, "열이", "column", key=True
        )
    for key in table.columns:
        # A cell under a misspelt name is not missing besides.
        if key not in cells and not unknown:
            yield document.problem(
                path,
                f"칸이 빠졌습니다: ‘{key}’. 원문에 없으면 null로 적습니다.",
                f"The cell ‘{key}’ is missing. Write null where the source states nothing.",
            )


def _cell_problems(
    document: Document, dossier: Dossier, column: Column, path: Path_, cell: Any
) -> Iterator[Problem]:
    if column.unit is not None:
        if type(cell) not in (int, Decimal):
            yield document.problem(
                path,
                "숫자여야 합니다. 따옴표와 쉼표 없이 적으십시오.",
                "A number is expected, without quotes or commas.",
            )
        return
    for index, one in enumerate(cell if isinstance(cell, list) else [cell]):
        at = (*path, index) if isinstance(cell, list) else path
        if column.terms is not None:
            terms = dossier.terms[column.terms]
            yield from check_reference(document, at, str(one), terms, "낱말이", "term")
        elif not isinstance(one, dict):
            yield document.problem(
                at,
                "언어마다 글이 있어야 합니다. 예: {ko: …, en: …}",
                "A text in every language is expected, as in {ko: …, en: …}.",
            )


def _cell_note_problems(
    document: Document, dossier: Dossier, table: Table, path: Path_
) -> Iterator[Problem]:
    for row, columns in table.cell_notes.items():
        yield from check_reference(document, (*path, row), row, table.rows, "행이", "row", key=True)
        for key, notes in columns.items():
            at = (*path, row, key)
            yield from check_reference(document, at, key, table.columns, "열이", "column", key=True)
            for index, note in enumerate(notes):
                yield from check_reference(
                    document, (*at, index), note, dossier.notes, "주석이", "note"
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
                        f"앞의 날짜({former})보다 이릅니다. 날짜 순서로 적으십시오.",
                        f"It comes before {former}, which precedes it. List events by date.",
                    )
                if event.until is not None and event.until < event.date[: len(event.until)]:
                    yield document.problem(
                        ("timelines", name, "events", index, "until"),
                        "시작보다 이른 날짜입니다.",
                        "It ends before it begins.",
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
        yield from check_reference(document, at, plot.table, dossier.tables, "표가", "table")
        return
    numbers = []
    for index, column in enumerate(plot.columns):
        if column not in _numeric(table):
            at = (*path, "columns", index)
            yield from check_reference(
                document, at, column, _numeric(table), "숫자 열이", "column of numbers"
            )
            return
        stated = list(_stated(table, column))
        numbers += [number for _, number in stated]
        yield from _negative(document, table, (plot.table, column), stated, vocabulary)
    if not any(numbers):
        yield document.problem(
            (*path, "columns"),
            "이 열에는 그릴 숫자가 없습니다.",
            "There is no number in these columns to draw.",
        )
    if plot.colours is not None:
        named = [key for key, one in _columns(table).items() if one.terms is not None]
        at = (*path, "colours")
        yield from check_reference(
            document, at, plot.colours, named, "낱말 열이", "column of terms"
        )


def check_similarities(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a similarity measures rows and columns of numbers that can be measured."""
    vocabulary: Vocabulary | None = context.records.get("data/indicators.yaml")
    for document, dossier in _dossiers(context):
        for name, one in dossier.similarities.items():
            path: Path_ = ("similarities", name)
            at = (*path, "of")
            yield from check_reference(
                document, at, one.of, dossier.terms, "낱말 목록이", "term list"
            )
            members = [row for rows in one.groups.values() for row in rows]
            terms = dossier.terms.get(one.of, members)
            seen: set[str] = set()
            for group, rows in one.groups.items():
                for index, row in enumerate(rows):
                    at = (*path, "groups", group, index)
                    yield from check_reference(document, at, row, terms, "낱말이", "term")
                    if row in seen:
                        yield document.problem(
                            at, f"두 번 적혀 있습니다: ‘{row}’.", f"‘{row}’ stands twice."
                        )
                    seen.add(row)
            if set(one.labels) != set(one.groups):
                yield document.problem(
                    (*path, "labels"),
                    "groups와 같은 이름을 가져야 합니다.",
                    "It needs the same names as groups.",
                )
            told = [
                list(
                    _measure_problems(
                        document, dossier, vocabulary, one, (*path, "measures", index)
                    )
                )
                for index in range(len(one.measures))
            ]
            yield from chain.from_iterable(told)
            if not any(told) and not any(
                all(_members(dossier, measure, rows) for rows in one.groups.values())
                for measure in one.measures
            ):
                yield document.problem(
                    (*path, "measures"),
                    "두 무리에 함께 값이 있는 지표가 없습니다.",
                    "No indicator has a value in both groups.",
                )
            if one.published is not None:
                yield from _published_problems(document, dossier, one.published, path)


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
        yield from check_reference(document, at, measure.table, dossier.tables, "표가", "table")
        return
    numeric = _numeric(table)
    at = (*path, "column")
    yield from check_reference(
        document, at, measure.column, numeric, "숫자 열이", "column of numbers"
    )
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
                    "가장 작은 값이 앞서는 지표에는 0이 있을 수 없습니다.",
                    "An indicator whose smallest value leads has no zero.",
                )
    elif not any(number for _, number in stated):
        yield document.problem(
            at, "이 열에는 견줄 숫자가 없습니다.", "There is no number in this column to compare."
        )


def _published_problems(
    document: Document, dossier: Dossier, published: Sequence[str], path: Path_
) -> Iterator[Problem]:
    name, column = published
    at = (*path, "published")
    yield from check_reference(document, (*at, 0), name, dossier.tables, "표가", "table")
    if table := dossier.tables.get(name):
        numeric = _numeric(table)
        yield from check_reference(
            document, (*at, 1), column, numeric, "숫자 열이", "column of numbers"
        )
        for row, number in _stated(table, column) if column in numeric else ():
            if number != int(number):
                yield document.problem(
                    ("tables", name, "rows", row, column),
                    "별점은 정수여야 합니다.",
                    "Stars are whole numbers.",
                )


def _members(
    dossier: Dossier, measure: Measure, rows: Sequence[str]
) -> list[tuple[str, int | Decimal]]:
    """What a measure states of these rows."""
    table = dossier.tables[measure.table]
    return [(row, number) for row, number in _stated(table, measure.column) if row in rows]


def _negative(
    document: Document,
    table: Table,
    names: tuple[str, str],
    stated: Sequence[tuple[str, int | Decimal]],
    vocabulary: Vocabulary | None,
) -> Iterator[Problem]:
    """Problems with the numbers of a table's column, both by name, that are below zero.

    Where the unit itself is never negative, check_tables tells it.
    """
    unit = table.columns[names[1]].unit
    if unit and vocabulary and vocabulary.limits_of(unit).least >= 0:
        return
    for row, number in stated:
        if number < 0:
            yield document.problem(
                ("tables", names[0], "rows", row, names[1]),
                "그리거나 견줄 값은 음수일 수 없습니다.",
                "A number that is drawn or compared must not be negative.",
            )


def check_placed(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that narratives place every block of their dossier once, alike in each language.

    A language is judged where all its narratives are there and call what exists; what is wrong
    with one of them is told by other checks.
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
        whole = {locale: one for locale, one in orders.items() if set(one) == set(dossier.pages)}
        for locale, placed in list(whole.items()):
            counts = Counter(name for names in placed.values() for name in names)
            for call, name in blocks:
                if counts[call, name] != 1:
                    times = counts[call, name]
                    whole.pop(locale, None)
                    yield document.problem(
                        (BLOCKS[call], name),
                        f'글(.{locale}.md)이 {call}("{name}")을 {times}번 부릅니다. '
                        "꼭 한 번 불러야 합니다.",
                        f'The narratives (.{locale}.md) call {call}("{name}") {times} times, '
                        "and have to call it once.",
                    )
        judged = [locale for locale in context.settings.locales if locale in whole]
        for locale in judged[1:]:
            first = judged[0]
            for page in dossier.pages:
                if whole[locale][page] != whole[first][page]:
                    yield Problem(
                        f"content/{folder}/{page}.{locale}.md",
                        1,
                        1,
                        f"{first} 글과 표나 그림의 순서가 다릅니다.",
                        f"Its tables and plots come in another order than those in {first}.",
                    )


def check_paragraphs(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that what is as large as a paragraph stands in one of its own."""
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
                    f"{call.name} 호출은 위아래를 비우고 한 줄에 홀로 두어야 합니다.",
                    f"The call {call.name} must stand alone on its line, between empty lines.",
                )


def _calls(narrative_file: NarrativeFile) -> list[Placeholder] | None:
    """The calls of a narrative, or None where check_calls refuses them."""
    try:
        return [
            part
            for part in parse_placeholders(narrative_file.body)
            if isinstance(part, Placeholder)
        ]
    except PlaceholderError:
        return None


def _columns(table: Table) -> dict[str, Column]:
    """The columns of a table but for the one that heads its rows."""
    return dict(list(table.columns.items())[0 if table.of else 1 :])


def _numeric(table: Table) -> list[str]:
    return [key for key, column in _columns(table).items() if column.unit is not None]


def _stated(table: Table, column: str) -> Iterator[tuple[str, int | Decimal]]:
    """The numbers of a column by row; what is no number is told by check_tables."""
    for row, cells in table.rows.items():
        if type(cells.get(column)) in (int, Decimal):
            yield row, cells[column]


def _dossiers(context: ValidationContext) -> Iterator[tuple[Document, Dossier]]:
    for name, dossier in context.dossiers.items():
        yield context.document(f"data/dossiers/{name}.yaml"), dossier
