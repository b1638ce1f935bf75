"""The checks of figures, units and sources, and of what records say of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from brochure.base.problem import Problem
from brochure.load.document import Document, Path_
from brochure.model.records import (
    Alliance,
    City,
    Figure,
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
        yield from check_reference(document, at, unit, vocabulary.units, "단위가", "unit", key=True)
    for unit in vocabulary.units:
        for locale, words in context.words.items():
            if f"units.{unit}.short" not in words or f"units.{unit}.long" not in words:
                yield document.problem(
                    ("units", unit),
                    f"data/locales/{locale}.yaml에 이 단위의 short와 long이 없습니다: ‘{unit}’.",
                    f"data/locales/{locale}.yaml lacks short and long of the unit ‘{unit}’.",
                )
    for name, indicator in vocabulary.indicators.items():
        if indicator.unit is not None:
            path = ("indicators", name, "unit")
            yield from check_reference(
                document, path, indicator.unit, vocabulary.units, "단위가", "unit"
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
                yield document.problem(
                    (*path, "year"),
                    f"이 판({alliance.edition})보다 뒤의 해입니다. 전망한 값이면 "
                    "projected: true를 적으십시오.",
                    f"The year is after this edition ({alliance.edition}). If the number is a "
                    "projection, write projected: true.",
                )


def _check_figure(
    document: Document, path: Path_, figure: Figure, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if (figure.indicator is None) == (figure.label is None):
        yield document.problem(
            path,
            "indicator와 label 가운데 하나만 있어야 합니다.",
            "A figure needs either an indicator or a label, not both.",
        )
    yield from check_reference(
        document, (*path, "unit"), figure.unit, vocabulary.units, "단위가", "unit"
    )
    yield from check_limits(document, (*path, "value"), figure.value, figure.unit, vocabulary)
    if figure.indicator is None:
        return
    at = (*path, "indicator")
    yield from check_reference(
        document, at, figure.indicator, vocabulary.indicators, "지표가", "indicator"
    )
    indicator = vocabulary.indicators.get(figure.indicator)
    if indicator is None:
        return
    if indicator.unit != figure.unit and figure.unit in vocabulary.units:
        yield document.problem(
            (*path, "unit"),
            f"이 지표의 단위는 다릅니다: ‘{indicator.unit}’.",
            f"The indicator ‘{figure.indicator}’ is measured in ‘{indicator.unit}’.",
        )
    if figure.scope is not None and figure.scope not in indicator.scopes:
        listed = ", ".join(indicator.scopes)
        yield document.problem(
            (*path, "scope"),
            f"이 지표가 받는 범위는 다음과 같습니다: {listed}.",
            f"The indicator ‘{figure.indicator}’ is stated for one of: {listed}.",
        )


def check_sources(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a source was not read before it was published."""
    sources: Mapping[str, Source] = context.records.get("data/sources.yaml") or {}
    for name, source in sources.items():
        read = source.retrieved.isoformat()
        if source.date != "unstated" and source.date > read[: len(source.date)]:
            yield context.document("data/sources.yaml").problem(
                (name, "date"),
                f"읽은 날(retrieved: {read})보다 뒤의 날짜입니다.",
                f"The source is dated after the day it was read (retrieved: {read}).",
            )


def check_references(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every name of a source, a note, a figure or a field exists."""
    sources: Mapping[str, Any] = context.records.get("data/sources.yaml") or {}
    fields: Mapping[str, Any] = context.records.get("data/industries.yaml") or {}
    vocabulary = context.records.get("data/indicators.yaml")
    indicators: Mapping[str, Any] = vocabulary.indicators if vocabulary else {}
    members = context.city_files
    for document, holder in context.holders():
        names_of: dict[str, tuple[Collection[str], str, str]] = {
            "source": (sources, "출처가", "source"),
            "notes": (holder.notes, "주석이", "note"),
            "figures": (holder.figures, "수치가", "figure"),
            "key_figures": (holder.figures, "수치가", "figure"),
            "fields": (fields, "산업 분야가", "field of industry"),
            "cities": (members, "회원도시가", "member city"),
            "city": (members, "회원도시가", "member city"),
        }
        for path, value in document.scalars:
            # What stands in a table is named by its columns (see check_tables).
            if path[2:3] in (("rows",), ("cell_notes",)):
                continue
            # A name stands as the value of its key, or in a list under it.
            part = path[-2] if isinstance(path[-1], int) and len(path) > 1 else path[-1]
            names, ko, en = names_of.get(str(part), ((), "", ""))
            if names and isinstance(value, str):
                yield from check_reference(document, path, value, names, ko, en)
        if isinstance(holder, City):
            for index, row in enumerate(holder.status):
                path = ("status", index, "indicator")
                if indicators:
                    yield from check_reference(
                        document, path, row.indicator, indicators, "지표가", "indicator"
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
            for index, one in enumerate(ids):
                if one in ids[:index]:
                    yield document.problem(
                        (name, index),
                        f"이 목록에 두 번 나옵니다: ‘{one}’.",
                        f"‘{one}’ stands twice in this list.",
                    )
