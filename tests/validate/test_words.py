"""The words of the interface, in data/locales/."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import EN, KO, Slip, assert_told, nearest

from brochure.base.message import Message

SLIPS = {
    "a message with a brace too many": Slip(
        EN, "at-least: {short: '{n}+'", "at-least: {short: ‸'{n+'", Message("words.braces")
    ),
    "a message with a value that is never given": Slip(
        EN,
        "visit: 'Visit {city}'",
        "visit: ‸'Visit {town}'",
        Message("words.unknown-value", name="town"),
    ),
    "a word missing": Slip(
        EN,
        "  skip: Skip to content\n",
        "",
        Message("words.missing", name="page.skip", file="data/locales/ko.yaml"),
    ),
    # Whether the one language has a word too many or the other lacks it cannot be told.
    "a word missing in the default language": Slip(
        KO,
        "  skip: 본문으로 건너뛰기\n",
        "",
        Message("words.unknown", name="page.skip", hint=nearest("page.save")),
        told=EN,
    ),
    "a word too many": Slip(
        EN,
        "  skip: Skip",
        "  ‸skpi: a\n  skip: Skip",
        Message("words.unknown", name="page.skpi", hint=nearest("page.skip")),
    ),
    "a word that is a number": Slip(
        EN, "  city: city\n", "  city: ‸1\n", Message("text.needs-quotes", value="1")
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_the_words_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)
