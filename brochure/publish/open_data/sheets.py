"""Build the CSV files (RFC 4180) of the open data.

A cell without a value is empty; bars separate several values in a cell. A text that a spreadsheet
would take for a formula gets an apostrophe before it; numbers and JSON never do.
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

SEPARATOR = " | "
# The beginnings of formulas in spreadsheets, also in the wide forms of East Asian keyboards
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Column:
    """A column of a CSV file: its name, and its type and further keys in a Table Schema."""

    name: str
    type: str = "string"
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A CSV file. `name` is its name in the data package, `key` the columns of its primary key.

    `references` are the columns with ids of another sheet, and the name of that sheet. `sources`
    are ids of sources. `about_cities` is true if the rows come from the data files of the members.
    """

    name: str
    path: str
    title: dict[str, str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    key: Sequence[str]
    references: Mapping[str, str] = field(default_factory=dict)
    about_cities: bool = False
    sources: Sequence[str] = ()

    def text(self) -> str:
        """Return the content of the file."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows([[_csv_cell(value) for value in row] for row in self.rows])
        return out.getvalue()


def sheets(records: Records) -> list[Sheet]:
    """Return all CSV files, those that others refer to first."""
    dossiers = {name: records.dossier(name) for name in records.catalog.dossiers}
    return [
        *_lists(records),
        _observations(records),
        *(
            _table(records, name, key, dossier)
            for name, dossier in dossiers.items()
            for key in dossier["tables"]
        ),
        _terms(records),
    ]


def _lists(records: Records) -> Iterator[Sheet]:
    """Yield the lists of records with ids: sources, units, indicators, industries and cities."""

    def sheet(name: str, rows: Sequence[Sequence[Any]], *columns: Column, **more: Any) -> Sheet:
        return Sheet(name, f"{name}.csv", records.message(f"data.of-{name}"), columns, rows, **more)

    def text(name: str) -> list[Column]:
        return _text_columns(records, name)

    key = ["id"]
    id_column = Column("id", more=_REQUIRED)
    yield sheet(
        "sources",
        [
            [source["id"], *_text_cells(records, source["title"]),
             *_text_cells(records, source["publisher"]), source["date"],
             *_text_cells(records, source["licence"]), source["retrieved"], source["url"],
             *_text_cells(records, source["note"])]
            for source in records.sources()
        ],
        id_column, *text("title"), *text("publisher"), Column("date"), *text("licence"),
        Column("retrieved", "date"), Column("url"), *text("note"),
        key=key,
    )  # fmt: skip
    yield sheet(
        "units",
        [[unit["id"], unit["counts"]] for unit in records.units()],
        id_column,
        Column("counts"),
        key=key,
    )
    yield sheet(
        "indicators",
        [
            [indicator["id"], *_text_cells(records, indicator["label"]), indicator["unit"],
             indicator["scopes"], indicator["per_head"], indicator["compare"]]
            for indicator in records.indicators()
        ],
        id_column, *text("label"), Column("unit"), Column("scopes"), Column("per_head", "boolean"),
        Column("compare", "boolean"),
        key=key,
        references={"unit": "units"},
    )  # fmt: skip
    yield sheet(
        "industries",
        [[field["id"], *_text_cells(records, field["label"])] for field in records.industries()],
        id_column,
        *text("label"),
        key=key,
    )
    yield sheet(
        "cities",
        [
            [city["id"], *_text_cells(records, city["name"]),
             *_text_cells(records, city["country"]),
             *(city["location"][key] for key in ("latitude", "longitude", "source"))]
            for city in records.cities()
        ],
        id_column, *text("name"), *text("country"), Column("latitude", "number"),
        Column("longitude", "number"), Column("location_source"),
        key=key,
        references={"location_source": "sources"},
        about_cities=True,
    )  # fmt: skip


def _observations(records: Records) -> Sheet:
    """Return the figures of all members, one in a row."""
    rows = [
        [
            city["id"], name, figure["indicator"], *_text_cells(records, figure["label"]),
            figure["value"], figure["bound"], figure["unit"], figure["scope"],
            *_text_cells(records, figure["place"]), figure["year"], figure["source"],
            figure["notes"],
        ]
        for city in records.city_records.values()
        for name, figure in city["figures"].items()
    ]  # fmt: skip
    columns = [
        Column("city", more=_REQUIRED),
        Column("figure", more=_REQUIRED),
        Column("indicator"),
        *_text_columns(records, "label"),
        Column("value", "number", _REQUIRED),
        Column("bound", more=_one_of(model.Bound)),
        Column("unit", more=_REQUIRED),
        Column("scope", more=_one_of(model.Scope)),
        *_text_columns(records, "place"),
        Column("year", "year"),
        Column("source", more=_REQUIRED),
        Column("notes"),
    ]
    return Sheet(
        name="observations",
        path="observations.csv",
        title=records.message("data.of-observations"),
        columns=columns,
        rows=rows,
        key=["city", "figure"],
        references={
            "city": "cities", "indicator": "indicators", "unit": "units", "source": "sources",
        },
        about_cities=True,
        sources=list(dict.fromkeys(row[-2] for row in rows)),
    )  # fmt: skip


def _table(records: Records, name: str, key: str, record: Mapping[str, Any]) -> Sheet:
    """Return the table `key` of the dossier `name`: the ids of the rows, then each column.

    A term has columns for its id and its label in every language, a text one for every language.
    Added columns have an underscore in their names, which no id has.
    """
    dossier = records.catalog.dossiers[name]
    table = dossier.tables[key]
    head = [] if table.of is None else _text_columns(records, "row_label")
    labels = {} if table.of is None else record["terms"][table.of]
    rows = []
    for row, cells in record["tables"][key]["rows"].items():
        heading = [] if table.of is None else _text_cells(records, labels[row])
        values = [
            value
            for column_id, column in table.columns.items()
            for value in _cells(records, column, cells[column_id], record["terms"])
        ]
        cell_notes = table.cell_notes.get(row, {})
        notes = [f"{column}: {note}" for column, names in cell_notes.items() for note in names]
        rows.append([row, *heading, *values, notes])
    columns = [
        csv_column
        for column_id, column in table.columns.items()
        for csv_column in _columns(records, column_id, column)
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
    """Return the columns of a CSV file for a column of a table."""
    title = {"title": join_languages(column.label)}
    if column.unit is not None:
        basis = {"unit": column.unit, "year": column.year, "scope": column.scope}
        known = {key: value for key, value in basis.items() if value is not None}
        return [Column(name, "number", title | known)]
    if column.terms is not None:
        return [Column(name, more=title), *_text_columns(records, f"{name}_label")]
    return _text_columns(records, name, title)


def _cells(
    records: Records, column: model.Column, cell: Any, terms: Mapping[str, Mapping[str, Any]]
) -> list[Any]:
    """Return the cells of a CSV file for a cell of a table, one for each of `_columns`."""
    if column.unit is not None:
        return [cell]
    if column.terms is not None:
        labels = terms[column.terms]
        return [cell, *_text_cells(records, [labels[term] for term in _as_list(cell)])]
    return _text_cells(records, cell)


def _terms(records: Records) -> Sheet:
    """Return the terms that columns of tables use, in the order of the data files."""
    return Sheet(
        name="terms",
        path="terms.csv",
        title=records.message("data.of-terms"),
        columns=[
            *(Column(name, more=_REQUIRED) for name in ("dossier", "list")),
            Column("position", "integer", _REQUIRED),
            Column("id", more=_REQUIRED),
            *_text_columns(records, "label"),
        ],
        rows=[
            [name, terms, position, term, *_text_cells(records, label)]
            for name, dossier in records.catalog.dossiers.items()
            for terms, labels in dossier.terms.items()
            for position, (term, label) in enumerate(labels.items(), 1)
        ],
        key=["dossier", "list", "id"],
    )


_REQUIRED = {"constraints": {"required": True}}


def _one_of(values: Any) -> dict[str, Any]:
    return {"constraints": {"enum": list(values.__args__)}}


def _text_columns(
    records: Records, name: str, more: Mapping[str, Any] | None = None
) -> list[Column]:
    """Return the columns for a text, one for each language."""
    locales = records.catalog.settings.locales
    return [Column(f"{name}_{locale}", more=more or {}) for locale in locales]


def _text_cells(records: Records, text: Any) -> list[Any]:
    """Return the cells for a text, a list of texts or None, one for each language."""
    texts = _as_list(text)
    return [[each[locale] for each in texts] for locale in records.catalog.settings.locales]


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _csv_cell(value: Any) -> str:
    """Return the text of a cell, not yet quoted."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Decimal):
        return format_digits(value)
    text = SEPARATOR.join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def join_languages(text: Mapping[str, str], between: str = " / ") -> str:
    """Return a text in all languages as one string, each version once."""
    return between.join(dict.fromkeys(text.values()))
