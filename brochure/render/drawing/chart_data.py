"""Build the data of each chart of the publication; `charts.py` draws them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from brochure.localize.edition import (
    City,
    Dossier,
    Edition,
    Figure,
    Group,
    Indicator,
    Plot,
    Similarity,
)
from charts import Chart
from charts.scale import things_per_dot

# The kinds of things that a chart of dots can show.
COUNTABLE = ("people", "organisations")

# The colours of a plot's columns or groups after the colour of its dossier; each is readable in
# the light and in the dark scheme.
SERIES = ("#5b6673", "#b4690e", "#0f766e")


def members_map(edition: Edition, link: Callable[[str], str] | None = None) -> Chart:
    """Return the map of the members; with `link`, their names lead to the addresses it returns."""
    say = edition.language.say
    names = ", ".join(f"{city.name} ({city.country})" for city in edition.cities)
    return Chart(
        id="map",
        kind="map",
        title=say("home.map"),
        description=say("home.map-text", cities=names),
        accent=edition.alliance.accent,
        content={
            "places": [
                {
                    "label": city.name,
                    "note": city.country,
                    "colour": city.accent,
                    "latitude": city.latitude,
                    "longitude": city.longitude,
                }
                | ({"link": link(f"cities/{city.id}")} if link else {})
                for city in edition.cities
            ]
        },
    )


def comparison_chart(edition: Edition, indicator: Indicator) -> Chart:
    """Return the bars of an indicator for the cities that state it, with base and year."""
    say = edition.language.say
    groups = [(city, figures_for(city, indicator)) for city in edition.cities]
    rows = "; ".join(
        say("chart.bar", city=city.name, value=figure.text, basis=figure.basis)
        for city, figures in groups
        for figure in figures
    )
    return Chart(
        id=f"compare-{indicator.id}",
        kind="bars",
        title=indicator.label,
        description=say("chart.bars-text", indicator=indicator.label, rows=rows),
        accent=edition.alliance.accent,
        content={
            "groups": [
                {
                    "label": city.name,
                    "colour": city.accent,
                    "bars": [
                        {
                            "value": float(figure.value),
                            "text": figure.text,
                            "note": figure.basis,
                            "primary": figure.scope not in ("metro", "province", "region"),
                        }
                        for figure in figures
                    ],
                }
                for city, figures in groups
                if figures
            ]
        },
    )


def figures_for(city: City, indicator: Indicator) -> list[Figure]:
    """Return the figures of a city for an indicator, in the order of its data file."""
    return [figure for figure in city.figures.values() if figure.indicator == indicator.id]


def ecosystem_chart(edition: Edition, city: City, group: Group) -> Chart | None:
    """Return the figures of a group of the ecosystem as dots.

    Figures of one kind (people, organisations) have one scale, so that they can be compared. None
    if no kind has two figures.
    """
    by_kind = {
        kind: [figure for figure in group.figures if figure.counts == kind] for kind in COUNTABLE
    }
    by_kind = {kind: figures for kind, figures in by_kind.items() if len(figures) > 1}
    if not by_kind:
        return None
    say = edition.language.say
    figures = [figure for kind in by_kind for figure in by_kind[kind]]
    scales = {
        kind: things_per_dot(float(figure.value) for figure in by_kind[kind]) for kind in by_kind
    }
    rows = ", ".join(say("chart.row", label=each.label, value=each.text) for each in figures)
    return Chart(
        id=f"{city.id}-{group.id}",
        kind="dots",
        title=group.name,
        description=say("chart.dots-text", name=group.name, rows=rows),
        accent=city.accent,
        content={
            "rows": [
                {
                    "label": figure.label,
                    "value": float(figure.value),
                    "text": figure.text,
                    "unit": figure.counts,
                }
                for figure in figures
            ],
            "scales": {
                kind: {
                    "per": size,
                    "text": say(f"chart.dot-{kind}", n=edition.language.number(size), value=size),
                }
                for kind, size in scales.items()
            },
        },
    )


def matrix_chart(edition: Edition) -> Chart:
    """Return the fields of industry by city: strategic, only named, or neither."""
    say = edition.language.say
    rows = matrix_rows(edition)
    top = max(rows, key=lambda row: row[1].count(2))[0]
    return Chart(
        id="matrix",
        kind="matrix",
        title=say("chart.matrix"),
        description=say("chart.matrix-text", fields=len(rows), cities=len(edition.cities), top=top),
        accent=edition.alliance.accent,
        content={
            "columns": [{"label": city.name, "colour": city.accent} for city in edition.cities],
            "rows": [{"label": label, "cells": list(cells)} for label, cells in rows],
            "legend": {"2": say("chart.strategic"), "1": say("chart.named")},
        },
    )


def matrix_rows(edition: Edition) -> list[tuple[str, Sequence[int]]]:
    """Return the label and the levels by city of each field that any city names.

    The level is 2 if the field is strategic for the city, 1 if its status table names it, else 0.
    The fields that most cities share come first.
    """

    def level(city: City, field: str) -> int:
        return 2 if field in city.strategic_fields else int(field in city.status_fields)

    rows = [
        (field.label, [level(city, field.id) for city in edition.cities])
        for field in edition.fields
    ]
    named = [row for row in rows if any(row[1])]
    return sorted(named, key=lambda row: (-row[1].count(2), -row[1].count(1)))


def plot_chart(edition: Edition, dossier: Dossier, plot: Plot) -> Chart:
    """Return the chart of a plot: columns of a table of its dossier."""
    content = _ranking(edition, dossier, plot) if plot.kind == "bars" else _grid(edition, plot)
    return Chart(
        id=f"{dossier.id}-{plot.id}",
        kind="ranking" if plot.kind == "bars" else "grid",
        title=plot.title,
        description=plot.text,
        accent=dossier.accent,
        content=content,
    )


def _ranking(edition: Edition, dossier: Dossier, plot: Plot) -> dict[str, object]:
    """Return bars from the longest to the shortest.

    The colours stand for the columns, or for the terms of the column `plot.colours`.
    """
    series = (dossier.accent, *SERIES)
    columns = [plot.table.columns[index] for index in plot.columns]
    groups: list[str] = []
    if plot.colours is not None:
        cells = [row.cells[plot.colours] for row in plot.table.rows]
        terms = {cell.order: cell.lines[0] for cell in cells if cell.order}
        groups = [terms[order] for order in sorted(terms)]

    def colour(row: int, column: int) -> str:
        if plot.colours is None:
            return series[column % len(series)]
        lines = plot.table.rows[row].cells[plot.colours].lines
        return series[groups.index(lines[0]) % len(series)] if lines else SERIES[0]

    absent = edition.language.say("compare.not-stated")
    rows = [
        {
            "label": row.heading,
            "bars": [
                {
                    "value": None if cell.value is None else float(cell.value),
                    "text": cell.lines[0] if cell.lines else absent,
                    "colour": colour(number, place),
                }
                for place, cell in enumerate(row.cells[index] for index in plot.columns)
            ],
        }
        for number, row in enumerate(plot.table.rows)
    ]
    values = [row.cells[plot.columns[0]].value for row in plot.table.rows]
    order = sorted(range(len(rows)), key=lambda row: (values[row] is None, -(values[row] or 0)))
    labels = groups or ([column.label for column in columns] if len(columns) > 1 else [])
    bases = list(dict.fromkeys(column.basis for column in columns if column.basis))
    return {
        "rows": [rows[row] for row in order],
        "legend": [
            {"label": label, "colour": series[place % len(series)]}
            for place, label in enumerate(labels)
        ],
        "caption": "; ".join(bases),
    }


def _grid(edition: Edition, plot: Plot) -> dict[str, object]:
    """Return the values of several columns as shades of one colour."""
    cells = [row.cells[index] for row in plot.table.rows for index in plot.columns]
    top = max(float(cell.value) for cell in cells if cell.value is not None)
    return {
        "columns": [{"label": plot.table.columns[index].label} for index in plot.columns],
        "rows": [
            {
                "label": row.heading,
                "cells": [
                    {
                        "value": None if cell.value is None else float(cell.value),
                        "text": edition.language.number(cell.value)
                        if cell.value is not None
                        else "",
                    }
                    for cell in (row.cells[index] for index in plot.columns)
                ],
            }
            for row in plot.table.rows
        ],
        "top": top,
        "legend": [],
    }


def similarity_chart(edition: Edition, dossier: Dossier, similarity: Similarity) -> Chart:
    """Return the similarities of two groups as a grid of the one group by the other."""
    firsts = sorted({pair.first for pair in similarity.pairs})
    seconds = sorted({pair.second for pair in similarity.pairs})
    scores = {(pair.first, pair.second): pair for pair in similarity.pairs}
    best = similarity.pairs[0]
    return Chart(
        id=f"{dossier.id}-{similarity.id}",
        kind="grid",
        title=similarity.title,
        description=edition.language.say(
            "similarity.text", first=best.first, second=best.second, share=best.text
        ),
        accent=dossier.accent,
        content={
            "columns": [{"label": label} for label in seconds],
            "rows": [
                {
                    "label": label,
                    "cells": [
                        {
                            "value": float(scores[label, other].score),
                            "text": edition.language.number(scores[label, other].score),
                        }
                        if (label, other) in scores
                        else {"value": None, "text": ""}
                        for other in seconds
                    ],
                }
                for label in firsts
            ],
            "top": 100,
            "legend": [],
        },
    )
