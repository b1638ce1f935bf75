"""What is printed: sizes, ink and letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import ALBA_EN, BRUMA, PRINT, Slip, assert_told

from brochure.base.message import Message

SLIPS = {
    "a size that is not listed": Slip(
        PRINT, "make: [a4]", "make: [a4, ‸b6]", Message("print.unknown-size", name="b6")
    ),
    "a size of another shape": Slip(
        PRINT,
        "make: [a4]\nsizes:\n  a4: {width: 210, height: 297}\n  a5: {width: 148,",
        "make: [‸a5]\nsizes:\n  a4: {width: 210, height: 297}\n  a5: {width: 158,",
        Message("print.other-shape", name="a5", first="a4"),
    ),
    "no size to make": Slip(PRINT, "make: [a4]", "make: ‸[]", Message("list.too-short", limit=1)),
    "more bleed than artwork": Slip(
        PRINT, "bleed: 3", "bleed: ‸5", Message("number.too-large", limit="3")
    ),
    "a size in words": Slip(
        PRINT, "width: 148", "width: ‸small", Message("number.expected", value="small")
    ),
    "a size in metres": Slip(
        PRINT, "width: 148", "width: ‸0.148", Message("number.too-small", limit="50")
    ),
    "little ink": Slip(PRINT, "ink: 300", "ink: ‸100", Message("number.too-small", limit="200")),
    "a coarse resolution": Slip(
        PRINT, "resolution: 300", "resolution: ‸60", Message("number.too-small", limit="72")
    ),
    "a condition without its registry": Slip(
        PRINT,
        "  registry: http://www.color.org\n",
        "",
        Message("entry.missing", name="registry"),
        told=PRINT,
    ),
    "a profile in another folder": Slip(
        PRINT,
        "profile: fogra39.icc",
        "profile: ‸../fogra39.icc",
        Message("print.profile", value="../fogra39.icc"),
    ),
    "a letter that the font lacks in a text": Slip(
        BRUMA,
        "en: A city in the mist.",
        "en: ‸A city in the 漢.",
        Message("print.missing-glyph", character="漢", number="U+6F22"),
    ),
    "a letter that the font lacks in a narrative": Slip(
        ALBA_EN, "**Bold**", "‸漢", Message("print.missing-glyph", character="漢", number="U+6F22")
    ),
    "a letter that the font lacks in a title": Slip(
        ALBA_EN,
        "title: From the port",
        "title: ‸漢",
        Message("print.missing-glyph", character="漢", number="U+6F22"),
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_what_cannot_be_printed_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)
