"""What is printed: sizes, ink and letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import ALBA_EN, BRUMA, PRINT, Slip, assert_told

SLIPS = {
    "a size that is not listed": Slip(
        PRINT, "make: [a4]", "make: [a4, ‸b6]", ("그런 판형", "There is no size ‘b6’")
    ),
    "a size of another shape": Slip(
        PRINT,
        "make: [a4]\nsizes:\n  a4: {width: 210, height: 297}\n  a5: {width: 148,",
        "make: [‸a5]\nsizes:\n  a4: {width: 210, height: 297}\n  a5: {width: 158,",
        ("가로세로비", "shape by more than 1 %"),
    ),
    "no size to make": Slip(PRINT, "make: [a4]", "make: ‸[]", "1"),
    "more bleed than artwork": Slip(PRINT, "bleed: 3", "bleed: ‸5", ("3 이하", "3 or less")),
    "a size in words": Slip(
        PRINT, "width: 148", "width: ‸small", ("숫자여야", "A number is expected")
    ),
    "a size in metres": Slip(PRINT, "width: 148", "width: ‸0.148", ("50 이상", "50 or more")),
    "little ink": Slip(PRINT, "ink: 300", "ink: ‸100", ("200 이상", "200 or more")),
    "a coarse resolution": Slip(PRINT, "resolution: 300", "resolution: ‸60", "72"),
    "a condition without its registry": Slip(
        PRINT, "  registry: http://www.color.org\n", "", "‘registry’", told=PRINT
    ),
    "a profile in another folder": Slip(
        PRINT, "profile: fogra39.icc", "profile: ‸../fogra39.icc", "fogra39"
    ),
    "a letter that the font lacks in a text": Slip(
        BRUMA, "en: A city in the mist.", "en: ‸A city in the 漢.", "U+6F22"
    ),
    "a letter that the font lacks in a narrative": Slip(ALBA_EN, "**Bold**", "‸漢", "U+6F22"),
    "a letter that the font lacks in a title": Slip(
        ALBA_EN, "title: From the port", "title: ‸漢", "U+6F22"
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_what_cannot_be_printed_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)
