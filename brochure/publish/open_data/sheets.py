"""Records -> CSV (RFC 4180) and its description as a Data Package (https://datapackage.org).

A cell without a value is empty; several values in one stand between bars. A text that a
spreadsheet would take for a formula gets an apostrophe before it; numbers and JSON never do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from brochure.base.exact_json import format_digits
from brochure.model import records as model
from brochure.publish.open_data.records import Records

BETWEEN = " | "
# What makes a spreadsheet calculate, in the wide forms of East Asian keyboards too
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Column:
    """A column of a CSV file: its name, its type in a Table Schema, and what else that says."""

    name: str
    type: str = "string"
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A CSV file. `name` is its own in the package, `key` are columns that tell its rows apart.

    `refers` gives columns whose values are ids of another sheet, by that sheet's name. A sheet
    `of_cities` has what the members' files state.
    """

    name: str
    path: str
    title: dict[str, str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    key: Sequence[str]
    refers: Mapping[str, str] = field(default_factory=dict)
    of_cities: bool = False
    sources: Sequence[str] = ()

    @property
    def text(self) -> str:
        """The file."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows([[_cell(one) for one in row] for row in self.rows])
        return out.getvalue()


def sheets(records: Records) -> list[Sheet]:
    """Every CSV file, those that others refer to first."""
    return [
        *_references(records),
        _observations(records),
        *(
            _table(records, name, key, stated)
            for name, stated in ((one, records.dossier(one)) for one in records.catalog.dossiers)
            for key in stated["tables"]
        ),
        _terms(records),
    ]


def _references(records: Records) -> Iterator[Sheet]:
    """The lists of what has an id of its own."""

    def sheet(name: str, rows: Sequence[Sequence[Any]], *columns: Column, **more: Any) -> Sheet:
        return Sheet(name, f"{name}.csv", records.said(f"data.of-{name}"), columns, rows, **more)

    def text(name: str) -> list[Column]:
        return _texts(records, name)

    key = ["id"]
    own = Column("id", more=_REQUIRED)
    yield sheet(
        "sources",
        [
            [one["id"], *_said(records, one["title"]), *_said(records, one["publisher"]),
             one["date"], *_said(records, one["licence"]), one["retrieved"], one["url"],
             *_said(records, one["note"])]
            for one in records.sources()
        ],
        own, *text("title"), *text("publisher"), Column("date"), *text("licence"),
        Column("retrieved", "date"), Column("url"), *text("note"),
        key=key,
    )  # fmt: skip
    yield sheet(
        "units",
        [[one["id"], one["counts"]] for one in records.units()],
        own,
        Column("counts"),
        key=key,
    )
    yield sheet(
        "indicators",
        [
            [one["id"], *_said(records, one["label"]), one["unit"], one["scopes"],
             one["per_head"], one["compare"]]
            for one in records.indicators()
        ],
        own, *text("label"), Column("unit"), Column("scopes"), Column("per_head", "boolean"),
        Column("compare", "boolean"),
        key=key,
        refers={"unit": "units"},
    )  # fmt: skip
    yield sheet(
        "industries",
        [[one["id"], *_said(records, one["label"])] for one in records.industries()],
        own,
        *text("label"),
        key=key,
    )
    yield sheet(
        "cities",
        [
            [one["id"], *_said(records, one["name"]), *_said(records, one["country"]),
             *(one["location"][part] for part in ("latitude", "longitude", "source"))]
            for one in records.cities()
        ],
        own, *text("name"), *text("country"), Column("latitude", "number"),
        Column("longitude", "number"), Column("location_source"),
        key=key,
        refers={"location_source": "sources"},
        of_cities=True,
    )  # fmt: skip


def _observations(records: Records) -> Sheet:
    """The figures of all members, a row each."""
    rows = [
        [
            city["id"], name, one["indicator"], *_said(records, one["label"]), one["value"],
            one["bound"], one["unit"], one["scope"], *_said(records, one["place"]), one["year"],
            one["source"], one["notes"],
        ]
        for city in records.of_cities.values()
        for name, one in city["figures"].items()
    ]  # fmt: skip
    columns = [
        Column("city", more=_REQUIRED),
        Column("figure", more=_REQUIRED),
        Column("indicator"),
        *_texts(records, "label"),
        Column("value", "number", _REQUIRED),
        Column("bound", more=_one_of(model.Bound)),
        Column("unit", more=_REQUIRED),
        Column("scope", more=_one_of(model.Scope)),
        *_texts(records, "place"),
        Column("year", "year"),
        Column("source", more=_REQUIRED),
        Column("notes"),
    ]
    return Sheet(
        name="observations",
        path="observations.csv",
        title=records.said("data.of-observations"),
        columns=columns,
        rows=rows,
        key=["city", "figure"],
        refers={
            "city": "cities", "indicator": "indicators", "unit": "units", "source": "sources",
        },
        of_cities=True,
        sources=list(dict.fromkeys(row[-2] for row in rows)),
    )  # fmt: skip


def _table(records: Records, name: str, key: str, stated: Mapping[str, Any]) -> Sheet:
    """The table `key` of a dossier, whose record is `stated`: the row's id, then each column.

    A name stands as its id and in every language, a text in every language. What is no column of
    the source has an underscore in its name, which no id has.
    """
    dossier = records.catalog.dossiers[name]
    table = dossier.tables[key]
    head = [] if table.of is None else _texts(records, "row_label")
    labels = {} if table.of is None else stated["terms"][table.of]
    rows = []
    for row, cells in stated["tables"][key]["rows"].items():
        heading = [] if table.of is None else _said(records, labels[row])
        made = [
            one
            for column_id, column in table.columns.items()
            for one in _cells(records, column, cells[column_id], stated["terms"])
        ]
        noted = table.cell_notes.get(row, {})
        notes = [f"{column}: {note}" for column, names in noted.items() for note in names]
        rows.append([row, *heading, *made, notes])
    columns = [
        made
        for column_id, column in table.columns.items()
        for made in _columns(records, column_id, column)
    ]
    return Sheet(
        name=f"tables.{name}.{key}",
        path=f"tables/{name}/{key}.csv",
        title=table.title,
        columns=[Column("row_id", more=_REQUIRED), *head, *columns, Column("cell_notes")],
        rows=rows,
        key=["row_id"],
        sources=[table.source or dossier.source],
    )


def _columns(records: Records, name: str, column: model.Column) -> list[Column]:
    """The columns of a CSV file that hold a column of a table."""
    title = {"title": side_by_side(column.label)}
    stated = {"unit": column.unit, "year": column.year, "scope": column.scope}
    if column.unit is not None:
        more = {key: value for key, value in stated.items() if value is not None}
        return [Column(name, "number", title | more)]
    if column.terms is not None:
        return [Column(name, more=title), *_texts(records, f"{name}_label")]
    return _texts(records, name, title)


def _cells(
    records: Records, column: model.Column, cell: Any, terms: Mapping[str, Mapping[str, Any]]
) -> list[Any]:
    """The cells of a CSV file that hold a cell of a table, one for each of `_columns`."""
    if column.unit is not None:
        return [cell]
    if column.terms is not None:
        labels = terms[column.terms]
        return [cell, *_said(records, [labels[one] for one in _listed(cell)])]
    return _said(records, cell)


def _terms(records: Records) -> Sheet:
    """The names that tables choose from, in their order (the best first, the largest first)."""
    return Sheet(
        name="terms",
        path="terms.csv",
        title=records.said("data.of-terms"),
        columns=[
            *(Column(one, more=_REQUIRED) for one in ("dossier", "list")),
            Column("position", "integer", _REQUIRED),
            Column("id", more=_REQUIRED),
            *_texts(records, "label"),
        ],
        rows=[
            [name, terms, position, one, *_said(records, label)]
            for name, dossier in records.catalog.dossiers.items()
            for terms, labels in dossier.terms.items()
            for position, (one, label) in enumerate(labels.items(), 1)
        ],
        key=["dossier", "list", "id"],
    )


_REQUIRED = {"constraints": {"required": True}}


def _one_of(values: Any) -> dict[str, Any]:
    return {"constraints": {"enum": list(values.__args__)}}


def _texts(records: Records, name: str, more: Mapping[str, Any] | None = None) -> list[Column]:
    """The columns that hold a text, one a language."""
    locales = records.catalog.settings.locales
    return [Column(f"{name}_{locale}", more=more or {}) for locale in locales]


def _said(records: Records, text: Any) -> list[Any]:
    """The cells of a text, or of a list of texts, one a language."""
    parts = _listed(text)
    return [[part[locale] for part in parts] for locale in records.catalog.settings.locales]


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Decimal):
        return format_digits(value)
    text = BETWEEN.join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def side_by_side(text: Mapping[str, str], between: str = " / ") -> str:
    """A text in all languages, where only one is asked for."""
    return between.join(dict.fromkeys(text.values()))
