"""Edition -> Chart: what each chart of the publication shows. `charts.py` draws them."""

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
    Source,
)
from charts import Chart
from charts.scale import per

# Things that can be counted one by one; dots show how many there are of each.
COUNTED = ("people", "organisations")

# The colours of a plot's columns or groups after the dossier's own; all stand on either paper.
SERIES = ("#5b6673", "#b4690e", "#0f766e")


def members_map(edition: Edition, link: Callable[[str], str] | None = None) -> Chart:
    """Where the members are; with `link`, which gives addresses, each leads to its page."""
    say = edition.language.say
    return Chart(
        id="map",
        kind="map",
        title=say("home.map"),
        description=say(
            "home.map-text", cities=", ".join(f"{c.name} ({c.country})" for c in edition.cities)
        ),
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


def comparison(edition: Edition, indicator: Indicator) -> Chart:
    """One indicator over the cities that state it, each value with its base and year."""
    say = edition.language.say
    groups = [(city, stated(city, indicator)) for city in edition.cities]
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


def compared_sources(edition: Edition) -> list[Source]:
    """The sources of all compared figures, each once, in the order of `data/sources.yaml`."""
    used = {
        figure.source.id
        for indicator in edition.indicators
        if indicator.compare
        for city in edition.cities
        for figure in stated(city, indicator)
    }
    return [source for source in edition.sources if source.id in used]


def compared_bases(edition: Edition) -> list[str | None]:
    """The bases (scopes) of all compared figures in the order in which they first come."""
    return list(
        dict.fromkeys(
            figure.scope
            for indicator in edition.indicators
            if indicator.compare
            for city in edition.cities
            for figure in stated(city, indicator)
        )
    )


def remarks(edition: Edition, indicator: Indicator) -> list[str]:
    """What has to be said beside a comparison: who is not in it, and where its bases differ."""
    say = edition.language.say
    figures = [figure for city in edition.cities for figure in stated(city, indicator)]
    lacking = [city.name for city in edition.cities if not stated(city, indicator)]
    scopes = list(dict.fromkeys(figure.scope for figure in figures if figure.scope))
    lines = []
    if lacking:
        lines.append(say("compare.lacking", indicator=indicator.label, cities=", ".join(lacking)))
    if len(scopes) > 1:
        words = ", ".join(say(f"scopes.{scope}") for scope in scopes)
        lines.append(say("compare.mixed", indicator=indicator.label, scopes=words))
    return lines


def incomparable(edition: Edition) -> list[str]:
    """The measured indicators that no comparison shows, with the cities that state them."""
    say = edition.language.say
    lines = []
    for indicator in edition.indicators:
        cities = [city.name for city in edition.cities if stated(city, indicator)]
        if cities and not indicator.compare:
            lines.append(say("compare.single", indicator=indicator.label, cities=", ".join(cities)))
    return lines


def stated(city: City, indicator: Indicator) -> list[Figure]:
    """The figures that a city states for an indicator, in the order of its file."""
    return [figure for figure in city.figures.values() if figure.indicator == indicator.id]


def counted(edition: Edition, city: City, group: Group) -> Chart | None:
    """The counts of a part of the ecosystem in dots, or None where fewer than two compare.

    Figures that count alike (people, organisations) share a scale, or they could not be compared.
    """
    alike = {
        kind: [figure for figure in group.figures if figure.counts == kind] for kind in COUNTED
    }
    alike = {kind: figures for kind, figures in alike.items() if len(figures) > 1}
    if not alike:
        return None
    say = edition.language.say
    figures = [figure for kind in alike for figure in alike[kind]]
    scales = {kind: per([float(f.value) for f in alike[kind]]) for kind in alike}
    rows = ", ".join(say("chart.row", label=f.label, value=f.text) for f in figures)
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


def matrix(edition: Edition) -> Chart:
    """Which city calls which field of industry strategic, and which it names besides."""
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
    """A row a field that any city names: its label, and for each city 2 where it is strategic,
    1 where it is only named, 0 where it is not. The most shared fields come first."""
    rows = [
        (
            field.label,
            [2 if field.id in c.strategic else int(field.id in c.named) for c in edition.cities],
        )
        for field in edition.fields
    ]
    named = [row for row in rows if any(row[1])]
    return sorted(named, key=lambda row: (-row[1].count(2), -row[1].count(1)))


def plotted(edition: Edition, dossier: Dossier, plot: Plot) -> Chart:
    """A drawing of columns of a dossier's table."""
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
    """Bars from the longest down; the columns, or else the terms of a column, have the colours."""
    series = (dossier.accent, *SERIES)
    columns = [plot.table.columns[index] for index in plot.columns]
    groups: list[str] = []
    if plot.colours is not None:
        named = {row.cells[plot.colours].order: row for row in plot.table.rows}
        groups = [named[order].cells[plot.colours].lines[0] for order in sorted(named) if order]

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
    lead = [row.cells[plot.columns[0]].value for row in plot.table.rows]
    order = sorted(range(len(rows)), key=lambda one: (lead[one] is None, -(lead[one] or 0)))
    labels = groups or ([column.label for column in columns] if len(columns) > 1 else [])
    bases = list(dict.fromkeys(column.basis for column in columns if column.basis))
    return {
        "rows": [rows[one] for one in order],
        "legend": [
            {"label": label, "colour": series[place % len(series)]}
            for place, label in enumerate(labels)
        ],
        "caption": "; ".join(bases),
    }


def _grid(edition: Edition, plot: Plot) -> dict[str, object]:
    """The values of several columns as shades of one."""
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


def alike(edition: Edition, dossier: Dossier, similarity: Similarity) -> Chart:
    """How alike the rows of two groups are, as a grid of the one group by the other."""
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
