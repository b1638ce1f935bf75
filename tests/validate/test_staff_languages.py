"""The languages in which the staff reads messages."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import BRUMA, Slip, assert_told, edited

from brochure.base.message import Message, languages
from brochure.load.audience import Audience

SOURCE = "source: handbook\nlocation: {latitude: -33.4"
KNOWN = Message("hint.known", names=languages())

SLIPS = {
    "in mkdocs.yml": Slip(
        "mkdocs.yml",
        "staff_languages: [ko, en]",
        "staff_languages: [ko, ‸fr]",
        Message("message.unknown-language", name="fr", hint=KNOWN),
    ),
    "of a city": Slip(
        BRUMA,
        SOURCE,
        f"languages: [‸fi]\n{SOURCE}",
        Message("message.unknown-language", name="fi", hint=KNOWN),
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_language_without_messages_is_told_with_those_that_there_are(
    slip: Slip, checked: Path
) -> None:
    """Staff cannot be shown messages in a language that has no catalogue."""
    assert_told(slip, checked)


def test_a_city_reads_in_its_own_languages(checked: Path) -> None:
    """What is wrong in a city's data or text is told in the city's languages, the rest in those of
    the alliance."""
    edited(checked / BRUMA, SOURCE, f"languages: [es, en]\n{SOURCE}")
    audience = Audience(checked)
    assert audience.of(BRUMA) == audience.of("content/cities/bruma.en.md") == ("es", "en")
    assert audience.of("data/cities/alba.yaml") == audience.of("mkdocs.yml") == ("ko", "en")
