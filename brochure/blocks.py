"""The checks of dossiers: that tables hold what their columns say, and that narratives place all.

Each is one of the flat list in `brochure.validate`, and like the others only yields problems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from brochure.calls import BLOCKS, Call, MalformedCall, phrase
from brochure.draft import Draft, known
from brochure.errors import Problem
from brochure.load import Document, Manuscript, Path_
from brochure.model import Alliance, Column, Dossier, Table

# A call by itself on its line.
_ALONE = re.compile(r"\{\{[^{}]*\}\}")


def check_dossiers(draft: Draft) -> Iterator[Problem]:
    """Ensure that the alliance lists every dossier once, and that a dossier begins with `index`."""
    alliance: Alliance | None = draft.records.get("data/alliance.yaml")
    if alliance is not None:
        document = draft.document("data/alliance.yaml")
        for index, name in enumerate(alliance.dossiers):
            path = ("dossiers", index)
            yield from known(document, path, name, draft.dossier_files, "자료집이", "dossier")
            if name in alliance.dossiers[:index]:
                yield document.problem(
                    path, f"두 번 적혀 있습니다: ‘{name}’.", f"‘{name}’ stands twice in this list."
                )
        for name in sorted(draft.dossier_files - set(alliance.dossiers)):
            yield document.problem(
                ("dossiers",),
                f"자료집의 차례에 빠져 있습니다: ‘{name}’.",
                f"The order of dossiers lacks ‘{name}’.",
            )
    for document, dossier in _dossiers(draft):
        if next(iter(dossier.pages)) != "index":
            yield document.problem(
                ("pages",),
                "첫 쪽은 index여야 합니다.",
                "The first page of a dossier must be index.",
            )


def check_tables(draft: Draft) -> Iterator[Problem]:
    """Ensure that each row has a cell for every column, and each cell is what its column says."""
    vocabulary = draft.records.get("data/indicators.yaml")
    units = vocabulary.units if vocabulary else {}
    for document, dossier in _dossiers(draft):
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
                yield from known(document, at, table.of, dossier.terms, "낱말 목록이", "term list")
                for row in table.rows:
                    at = (*path, "rows", row)
                    terms = dossier.terms.get(table.of, {})
                    yield from known(document, at, row, terms, "낱말이", "term")
            for key, column in table.columns.items():
                at = (*path, "columns", key)
                if column.unit is not None and column.terms is not None:
                    yield document.problem(
                        at,
                        "unit과 terms 가운데 하나만 쓸 수 있습니다.",
                        "A column has a unit or terms, not both.",
                    )
                if column.unit is not None and units:
                    yield from known(document, (*at, "unit"), column.unit, units, "단위가", "unit")
                if column.terms is not None:
                    yield from known(
                        document, (*at, "terms"), column.terms, dossier.terms, "낱말 목록이",
                        "term list",
                    )  # fmt: skip
            for row in table.rows:
                yield from _row_problems(draft, document, dossier, table, (*path, "rows", row))
            yield from _cell_note_problems(document, dossier, table, (*path, "cell_notes"))


def _row_problems(
    draft: Draft, document: Document, dossier: Dossier, table: Table, path: Path_
) -> Iterator[Problem]:
    cells = table.rows[str(path[-1])]
    for key in table.columns:
        if key not in cells:
            yield document.problem(
                path,
                f"칸이 빠졌습니다: ‘{key}’. 원문에 없으면 null로 적습니다.",
                f"The cell ‘{key}’ is missing. Write null where the source states nothing.",
            )
    for key, cell in cells.items():
        column = table.columns.get(key)
        if column is None:
            yield from known(document, (*path, key), key, table.columns, "열이", "column")
        elif cell is not None:
            yield from _cell_problems(draft, document, dossier, column, (*path, key), cell)


def _cell_problems(
    draft: Draft, document: Document, dossier: Dossier, column: Column, path: Path_, cell: Any
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
            terms = dossier.terms.get(column.terms, {})
            yield from known(document, at, str(one), terms, "낱말이", "term")
        else:
            yield from _text_problems(draft, document, at, one)


def _text_problems(draft: Draft, document: Document, path: Path_, text: Any) -> Iterator[Problem]:
    wanted = set(draft.settings.locales)
    if not isinstance(text, dict) or not all(isinstance(one, str) for one in text.values()):
        yield document.problem(
            path,
            "언어마다 글이 있어야 합니다. 예: {ko: …, en: …}",
            "A text in every language is expected, as in {ko: …, en: …}.",
        )
        return
    if lacking := sorted(wanted - {key for key, one in text.items() if one.strip()}):
        listed = ", ".join(lacking)
        yield document.problem(
            path, f"글에 빠진 언어가 있습니다: {listed}.", f"The text lacks: {listed}."
        )
    if unknown := sorted(set(text) - wanted):
        listed = ", ".join(unknown)
        yield document.problem(
            path,
            f"mkdocs.yml에 없는 언어입니다: {listed}.",
            f"Not a language of mkdocs.yml: {listed}.",
        )


def _cell_note_problems(
    document: Document, dossier: Dossier, table: Table, path: Path_
) -> Iterator[Problem]:
    for row, columns in table.cell_notes.items():
        yield from known(document, (*path, row), row, table.rows, "행이", "row")
        for key, notes in columns.items():
            at = (*path, row, key)
            yield from known(document, at, key, table.columns, "열이", "column")
            for index, note in enumerate(notes):
                yield from known(document, (*at, index), note, dossier.notes, "주석이", "note")


def check_blocks(draft: Draft) -> Iterator[Problem]:
    """Ensure that a plot draws numbers that exist, and that a timeline runs forward."""
    for document, dossier in _dossiers(draft):
        for name, plot in dossier.plots.items():
            path: Path_ = ("plots", name)
            at = (*path, "table")
            yield from known(document, at, plot.table, dossier.tables, "표가", "table")
            if table := dossier.tables.get(plot.table):
                for index, column in enumerate(plot.columns):
                    at = (*path, "columns", index)
                    yield from known(
                        document, at, column, _numeric(table), "숫자 열이", "column of numbers"
                    )
                if plot.colours is not None:
                    named = [key for key, one in table.columns.items() if one.terms is not None]
                    at = (*path, "colours")
                    yield from known(
                        document, at, plot.colours, named, "낱말 열이", "column of terms"
                    )
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


def check_similarities(draft: Draft) -> Iterator[Problem]:
    """Ensure that a similarity measures rows and columns of numbers that exist."""
    for document, dossier in _dossiers(draft):
        for name, one in dossier.similarities.items():
            path: Path_ = ("similarities", name)
            at = (*path, "of")
            yield from known(document, at, one.of, dossier.terms, "낱말 목록이", "term list")
            for group, rows in one.groups.items():
                for index, row in enumerate(rows):
                    at = (*path, "groups", group, index)
                    terms = dossier.terms.get(one.of, {})
                    yield from known(document, at, row, terms, "낱말이", "term")
            if set(one.labels) != set(one.groups):
                yield document.problem(
                    (*path, "labels"),
                    "groups와 같은 이름을 가져야 합니다.",
                    "It needs the same names as groups.",
                )
            for index, measure in enumerate(one.measures):
                at = (*path, "measures", index)
                yield from known(
                    document, (*at, "table"), measure.table, dossier.tables, "표가", "table"
                )
                if table := dossier.tables.get(measure.table):
                    yield from known(
                        document, (*at, "column"), measure.column, _numeric(table), "숫자 열이",
                        "column of numbers",
                    )  # fmt: skip
            if one.published is not None:
                at = (*path, "published")
                yield from known(
                    document, (*at, 0), one.published[0], dossier.tables, "표가", "table"
                )
                if table := dossier.tables.get(one.published[0]):
                    yield from known(
                        document, (*at, 1), one.published[1], _numeric(table), "숫자 열이",
                        "column of numbers",
                    )  # fmt: skip


def check_placed(draft: Draft) -> Iterator[Problem]:
    """Ensure that narratives place every block of their dossier once, alike in each language."""
    for document, dossier in _dossiers(draft):
        folder = document.file.removeprefix("data/dossiers/").removesuffix(".yaml")
        placed: dict[str, Counter[tuple[str, str]]] = {}
        orders: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for manuscript, _ in draft.narratives:
            if manuscript.page.partition("/")[0] != folder:
                continue
            calls = [call for call in _calls(manuscript) if call.name in BLOCKS]
            names = [(call.name, call.argument) for call in calls]
            placed.setdefault(manuscript.locale, Counter()).update(names)
            orders.setdefault(manuscript.page, {})[manuscript.locale] = names
        for locale, counts in placed.items():
            for call, entry in BLOCKS.items():
                for name in getattr(dossier, entry):
                    if counts[call, name] != 1:
                        times = counts[call, name]
                        yield document.problem(
                            (entry, name),
                            f'글(.{locale}.md)이 {call}("{name}")을 {times}번 부릅니다. '
                            "꼭 한 번 불러야 합니다.",
                            f'The narratives (.{locale}.md) call {call}("{name}") {times} times, '
                            "and have to call it once.",
                        )
        for page, versions in orders.items():
            first, *others = versions
            for locale in others:
                if versions[locale] != versions[first]:
                    yield Problem(
                        f"content/{page}.{locale}.md",
                        1,
                        1,
                        f"{first} 글과 표나 그림의 순서가 다릅니다.",
                        f"Its tables and plots come in another order than those in {first}.",
                    )


def check_paragraphs(draft: Draft) -> Iterator[Problem]:
    """Ensure that what is as large as a paragraph stands in one of its own."""
    for manuscript, _ in draft.narratives:
        lines = ["", *manuscript.body.split("\n"), ""]
        for call in _calls(manuscript):
            if call.name not in (*BLOCKS, "chart"):
                continue
            before, own, after = lines[call.line - 1 : call.line + 2]
            if before.strip() or after.strip() or not _ALONE.fullmatch(own.rstrip()):
                yield Problem(
                    manuscript.file,
                    manuscript.first_line + call.line - 1,
                    1,
                    f"{call.name} 호출은 위아래를 비우고 한 줄에 홀로 두어야 합니다.",
                    f"The call {call.name} must stand alone on its line, between empty lines.",
                )


def _calls(manuscript: Manuscript) -> list[Call]:
    try:
        return [part for part in phrase(manuscript.body) if isinstance(part, Call)]
    except MalformedCall:  # Told by check_calls.
        return []


def _numeric(table: Table) -> list[str]:
    return [key for key, column in table.columns.items() if column.unit is not None]


def _dossiers(draft: Draft) -> Iterator[tuple[Document, Dossier]]:
    for name, dossier in draft.dossiers.items():
        yield draft.document(f"data/dossiers/{name}.yaml"), dossier
