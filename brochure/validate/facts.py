"""The checks of figures, units and sources, and of the references between records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from brochure.base.message import Message
from brochure.base.problem import Problem
from brochure.load.document import Document, Path_
from brochure.model.records import (
    Alliance,
    City,
    Figure,
    Indicator,
    Source,
    Vocabulary,
)
from brochure.validate.context import ValidationContext, check_limits, check_reference
from brochure.validate.files import ALLIANCE


def check_units(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every unit has its words in every language."""
    vocabulary = context.records.get("data/indicators.yaml")
    if vocabulary is None:
        return
    document = context.document("data/indicators.yaml")
    for unit in vocabulary.limits:
        at = ("limits", unit)
        yield from check_reference(
            document, at, unit, vocabulary.units, "figure.unknown-unit", key=True
        )
    for unit in vocabulary.units:
        for locale, words in context.words.items():
            if f"units.{unit}.short" not in words or f"units.{unit}.long" not in words:
                file = f"data/locales/{locale}.yaml"
                message = Message("unit.without-words", name=unit, file=file)
                yield document.problem(("units", unit), message)
    for name, indicator in vocabulary.indicators.items():
        if indicator.unit is not None:
            path = ("indicators", name, "unit")
            yield from check_reference(
                document, path, indicator.unit, vocabulary.units, "figure.unknown-unit"
            )


def check_figures(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every figure has a name, a known unit within its limits, and a base that fits.

    Unless it is projected, its year is not after that of the edition.
    """
    vocabulary: Vocabulary | None = context.records.get("data/indicators.yaml")
    if vocabulary is None:
        return
    alliance: Alliance | None = context.records.get(ALLIANCE)
    for document, holder in context.holders():
        for name, figure in holder.figures.items():
            path = ("figures", name)
            yield from _check_figure(document, path, figure, vocabulary)
            future = alliance is not None and (figure.year or 0) > alliance.edition.year
            if alliance is not None and future and not figure.projected:
                message = Message(
                    "figure.future-year", year=str(figure.year), edition=str(alliance.edition)
                )
                yield document.problem((*path, "year"), message)


def _check_figure(
    document: Document, path: Path_, figure: Figure, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if figure.indicator is None and figure.label is None:
        yield document.problem(path, Message("figure.without-name"))
    elif figure.indicator is not None and figure.label is not None:
        yield document.problem(path, Message("figure.two-names"))
    yield from check_reference(
        document, (*path, "unit"), figure.unit, vocabulary.units, "figure.unknown-unit"
    )
    yield from check_limits(document, (*path, "value"), figure.value, figure.unit, vocabulary)
    if figure.indicator is None:
        return
    at = (*path, "indicator")
    yield from check_reference(
        document, at, figure.indicator, vocabulary.indicators, "figure.unknown-indicator"
    )
    indicator = vocabulary.indicators.get(figure.indicator)
    if indicator is None:
        return
    if indicator.unit != figure.unit and figure.unit in vocabulary.units:
        yield document.problem((*path, "unit"), _unit_of_another(figure, indicator))
    if figure.scope is not None and figure.scope not in indicator.scopes:
        message = (
            Message(
                "figure.scope-of-another-indicator",
                indicator=figure.indicator,
                scopes=indicator.scopes,
            )
            if indicator.scopes
            else Message("figure.indicator-without-scope", indicator=figure.indicator)
        )
        yield document.problem((*path, "scope"), message)


def _unit_of_another(figure: Figure, indicator: Indicator) -> Message:
    """A figure's unit is not that of its indicator, which may be of words alone."""
    name = str(figure.indicator)
    if indicator.unit is None:
        return Message("figure.indicator-without-unit", indicator=name)
    return Message(
        "figure.unit-of-another-indicator", indicator=name, unit=indicator.unit, written=figure.unit
    )


def check_sources(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a source was not read before it was published."""
    sources: Mapping[str, Source] = context.records.get("data/sources.yaml") or {}
    for name, source in sources.items():
        read = source.retrieved.isoformat()
        if source.date != "unstated" and source.date > read[: len(source.date)]:
            message = Message("source.read-before-published", date=source.date, read=read)
            yield context.document("data/sources.yaml").problem((name, "date"), message)


def check_references(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every name of a source, a note, a figure or a field exists."""
    sources: Mapping[str, Any] = context.records.get("data/sources.yaml") or {}
    fields: Mapping[str, Any] = context.records.get("data/industries.yaml") or {}
    vocabulary = context.records.get("data/indicators.yaml")
    indicators: Mapping[str, Any] = vocabulary.indicators if vocabulary else {}
    members = context.city_files
    for document, holder in context.holders():
        names_of: dict[str, tuple[Collection[str], str]] = {
            "source": (sources, "source.unknown"),
            "notes": (holder.notes, "note.unknown"),
            "figures": (holder.figures, "figure.unknown"),
            "key_figures": (holder.figures, "figure.unknown"),
            "fields": (fields, "industry.unknown-field"),
            "cities": (members, "city.unknown"),
            "city": (members, "city.unknown"),
        }
        for path, value in document.scalars:
            # The columns of a table say what its cells name (see check_tables).
            if path[2:3] in (("rows",), ("cell_notes",)):
                continue
            # A name stands as the value of its key, or in a list under it.
            part = path[-2] if isinstance(path[-1], int) and len(path) > 1 else path[-1]
            names, code = names_of.get(str(part), ((), ""))
            if names and isinstance(value, str):
                yield from check_reference(document, path, value, names, code)
        if isinstance(holder, City):
            for index, row in enumerate(holder.status):
                path = ("status", index, "indicator")
                if indicators:
                    yield from check_reference(
                        document, path, row.indicator, indicators, "figure.unknown-indicator"
                    )


def check_identities(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that the ids within a city's lists are unique, so that links reach one place."""
    for document, holder in context.holders():
        if not isinstance(holder, City):
            continue
        lists: dict[str, list[str]] = {
            "industries": [industry.id for industry in holder.industries],
            "ecosystem": [group.id for group in holder.ecosystem],
            "status": [row.indicator for row in holder.status],
        }
        for name, ids in lists.items():
            for index, identity in enumerate(ids):
                if identity in ids[:index]:
                    yield document.problem((name, index), Message("list.twice", name=identity))
