"""Figures, units, sources and what refers to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import ALBA, BRUMA, Slip, assert_told, nearest

from brochure.base.message import Message

SLIPS = {
    "an unknown indicator": Slip(
        BRUMA,
        "indicator: population, value",
        "indicator: ‸popluation, value",
        Message(
            "figure.unknown-indicator",
            name="popluation",
            hint=nearest("population"),
        ),
    ),
    "an unknown indicator of a row": Slip(
        BRUMA,
        "- indicator: population",
        "- indicator: ‸popluation",
        Message(
            "figure.unknown-indicator",
            name="popluation",
            hint=nearest("population"),
        ),
    ),
    "an unknown unit": Slip(
        ALBA,
        "unit: rank",
        "unit: ‸rnak",
        Message("figure.unknown-unit", name="rnak", hint=nearest("rank")),
    ),
    "a unit of another indicator": Slip(
        BRUMA,
        "unit: person",
        "unit: ‸km2",
        Message(
            "figure.unit-of-another-indicator", indicator="population", unit="person", written="km2"
        ),
    ),
    "a scope that does not fit": Slip(
        ALBA,
        "unit: usd, year: 2025, scope: city",
        "unit: usd, year: 2025, scope: ‸metro",
        Message("figure.scope-of-another-indicator", indicator="budget", scopes=["city"]),
    ),
    "an indicator and a label": Slip(
        BRUMA,
        "  population: {indicator",
        "  population: ‸{label: {ko: 가, en: a}, indicator",
        Message("figure.two-names"),
    ),
    "a year to come": Slip(
        ALBA,
        "year: 2025",
        "year: ‸2027",
        Message("figure.future-year", year="2027", edition="2026-03-01"),
    ),
    "a share above all": Slip(
        ALBA,
        "value: 2\n    unit: rank",
        "value: ‸100.5\n    unit: percent",
        Message("figure.above-limit", unit="percent", limit="100"),
    ),
    "a share below nothing": Slip(
        ALBA,
        "value: 2\n    unit: rank",
        "value: ‸-1\n    unit: percent",
        Message("figure.below-limit", unit="percent", limit="0"),
    ),
    "people fewer than none": Slip(
        BRUMA, "51234", "‸-51234", Message("figure.below-limit", unit="person", limit="0")
    ),
    "a limit of no unit": Slip(
        "data/indicators.yaml",
        "  percent: {most",
        "  ‸precent: {most",
        Message("figure.unknown-unit", name="precent", hint=nearest("percent")),
    ),
    "a source from after it was read": Slip(
        "data/sources.yaml",
        "date: 2025-06-01",
        "date: ‸2026-03",
        Message("source.read-before-published", date="2026-03", read="2026-02-28"),
    ),
    "an unknown source": Slip(
        ALBA,
        "scope: city, source: handbook",
        "scope: city, source: ‸handbok",
        Message("source.unknown", name="handbok", hint=nearest("handbook")),
    ),
    "an unknown note": Slip(
        ALBA,
        "notes: [year]",
        "notes: [‸yaer]",
        Message("note.unknown", name="yaer", hint=nearest("year")),
    ),
    "an unknown key figure": Slip(
        BRUMA,
        "key_figures: [population]",
        "key_figures: [‸area]",
        Message("figure.unknown", name="area"),
    ),
    "an unknown field": Slip(
        ALBA,
        "fields: [aerospace, digital]",
        "fields: [aerospace, ‸digitl]",
        Message("industry.unknown-field", name="digitl", hint=nearest("digital")),
    ),
    "an industry twice": Slip(
        ALBA, "  - id: space", "  - ‸id: sea", Message("list.twice", name="sea")
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_a_figure_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)
