"""Figures, units, sources and what refers to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import ALBA, BRUMA, Slip, assert_told

SLIPS = {
    "an unknown indicator": Slip(
        BRUMA, "indicator: population, value", "indicator: ‸popluation, value", "‘population’"
    ),
    "an unknown indicator of a row": Slip(
        BRUMA, "- indicator: population", "- indicator: ‸popluation", "‘population’"
    ),
    "an unknown unit": Slip(ALBA, "unit: rank", "unit: ‸rnak", "‘rank’"),
    "a unit of another indicator": Slip(BRUMA, "unit: person", "unit: ‸km2", "‘person’"),
    "a scope that does not fit": Slip(
        ALBA, "unit: usd, year: 2025, scope: city", "unit: usd, year: 2025, scope: ‸metro", "city"
    ),
    "an indicator and a label": Slip(
        BRUMA,
        "  population: {indicator",
        "  population: ‸{label: {ko: 가, en: a}, indicator",
        ("하나만", "not both"),
    ),
    "a year to come": Slip(ALBA, "year: 2025", "year: ‸2027", ("뒤의 해", "after this edition")),
    "a share above all": Slip(
        ALBA, "value: 2\n    unit: rank", "value: ‸100.5\n    unit: percent", ("100 이하", "100 or")
    ),
    "a share below nothing": Slip(
        ALBA, "value: 2\n    unit: rank", "value: ‸-1\n    unit: percent", ("0 이상", "0 or more")
    ),
    "people fewer than none": Slip(BRUMA, "51234", "‸-51234", ("0 이상", "0 or more")),
    "a limit of no unit": Slip(
        "data/indicators.yaml", "  percent: {most", "  ‸precent: {most", "‘percent’"
    ),
    "a source from after it was read": Slip(
        "data/sources.yaml", "date: 2025-06-01", "date: ‸2026-03", ("읽은 날", "it was read")
    ),
    "an unknown source": Slip(
        ALBA, "scope: city, source: handbook", "scope: city, source: ‸handbok", "‘handbook’"
    ),
    "an unknown note": Slip(ALBA, "notes: [year]", "notes: [‸yaer]", "‘year’"),
    "an unknown key figure": Slip(
        BRUMA, "key_figures: [population]", "key_figures: [‸area]", "population"
    ),
    "an unknown field": Slip(ALBA, "fields: [aerospace, digital]", "fields: [aerospace, ‸digitl]",
                             "‘digital’"),
    "an industry twice": Slip(ALBA, "  - id: space", "  - ‸id: sea", "‘sea’"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_a_figure_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)
