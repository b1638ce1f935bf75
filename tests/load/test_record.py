"""Records: what is said of an entry that is missing, unknown or of another kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import ALBA, BRUMA, Slip, assert_told

SLIPS = {
    "a number in quotes": Slip(
        BRUMA, "value: 51234", "value: ‸'51,234'", ("숫자여야", "A number is expected")
    ),
    "a number with commas": Slip(
        BRUMA, "value: 51234", "value: 51,‸234", ("모르는 항목", "not a known entry")
    ),
    "a number with commas on its own line": Slip(
        ALBA, "value: 8400", "value: ‸8,400", ("숫자여야", "A number is expected")
    ),
    "a truth for a number": Slip(
        BRUMA, "value: 51234", "value: ‸true", ("숫자여야", "A number is expected")
    ),
    "a number for a text": Slip(
        BRUMA, "name: {ko: 브루마, en: Bruma}", "name: {ko: ‸1, en: Bruma}", ("글이어야", "Text")
    ),
    "a text for a list": Slip(
        BRUMA, "key_figures: [population]", "key_figures: ‸population", ("목록", "A list")
    ),
    "too many key figures": Slip(
        ALBA,
        "key_figures: [population, per-head, history, growth]",
        "key_figures: ‸[population, per-head, history, growth, area]",
        "4",
    ),
    "no key figure": Slip(BRUMA, "key_figures: [population]", "key_figures: ‸[]", "1"),
    "a colour by name": Slip(BRUMA, "accent: '#b3401a'", "accent: ‸red", "red"),
    "a latitude beyond the pole": Slip(
        BRUMA, "latitude: -33.4", "latitude: ‸-90.5", ("-90 이상", "-90 or more")
    ),
    "an unknown key": Slip(
        BRUMA, "unit: person", "‸unti: person", ("‘unti’", "Did you mean ‘unit’?")
    ),
    "an unknown key at the top": Slip(
        BRUMA, "accent:", "‸acent:", ("‘accent’입니까", "Did you mean ‘accent’?")
    ),
    "a key left out": Slip(
        BRUMA, "{indicator: population, value: 51234, ", "‸{indicator: population, ", "‘value’"
    ),
    "a scope that does not exist": Slip(
        ALBA, "year: 2025, scope: city", "year: 2025, scope: ‸cite", "‘city’"
    ),
    "a bound that does not exist": Slip(ALBA, "bound: about", "bound: ‸abut", "‘about’"),
    "a year as text": Slip(ALBA, "year: 2025", "year: ‸about 2025", ("숫자", "number")),
    "a year out of range": Slip(ALBA, "year: 2025", "year: ‸20255", "2100"),
    "a year to come of a projection’s text": Slip(
        ALBA, "year: 2025", "projected: ‸soon, year: 2027", ("true 또는", "true or false")
    ),
    "a year long ago": Slip(ALBA, "year: 2025", "year: ‸1899", "1900"),
    "a source without a licence": Slip(
        "data/sources.yaml", "  licence: CC BY 4.0\n", "", "‘licence’", told="data/sources.yaml"
    ),
    "a source without a date": Slip(
        "data/sources.yaml", "  date: 2025-06-01\n", "", "‘date’", told="data/sources.yaml"
    ),
    "a text without a language": Slip(
        BRUMA, "name: {ko: 브루마, en: Bruma}", "name: ‸{ko: 브루마}", "en"
    ),
    "a text that is blank": Slip(
        BRUMA, "name: {ko: 브루마, en: Bruma}", "name: ‸{ko: 브루마, en: ' '}", "en"
    ),
    "a text in a language too many": Slip(
        BRUMA, "name: {ko: 브루마, en: Bruma}", "name: ‸{ko: 브루마, en: Bruma, de: Bruma}", "de"
    ),
    "a date in words": Slip("data/sources.yaml", "date: 2024-12-31", "date: ‸31 December", "2026-"),
    "a date that does not exist": Slip(
        "data/alliance.yaml", "begins: 2025-12-30", "begins: ‸2025-12-32", "2026-"
    ),
    "an address that is not https": Slip(
        "data/sources.yaml", "url: https:", "url: ‸http:", "http://gazetteer.example/"
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_an_entry_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)
