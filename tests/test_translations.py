"""Translations: the numbers that they state, and which of them have gone stale."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import copy_miniature

import build
from brochure.language import Language, numerals
from brochure.quantities import Reader, differing

ALBA, BRUMA = "data/cities/alba.yaml", "data/cities/bruma.yaml"
ALBA_KO, ALBA_EN = "content/cities/alba.ko.md", "content/cities/alba.en.md"


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    """A copy of the tiny repository, for a test to change."""
    return copy_miniature(tmp_path / "miniature")


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def values(locale: str, text: str) -> list[Decimal]:
    return [one.value for one in Reader(numerals(locale)).stated(text)]


@pytest.mark.parametrize(
    ("locale", "text", "stated"),
    [
        ("ko", "2만 5천 명", ["25000"]),
        ("ko", "1,130만", ["11300000"]),
        ("ko", "132.3억 달러", ["13230000000"]),
        ("ko", "1조 2,000억과 3천만", ["1200000000000", "30000000"]),
        ("ko", "4천7백억원, 1억2천5백만", ["470000000000", "125000000"]),
        ("ko", "2천 명과 3만 명", ["2000", "30000"]),
        ("ko", "「조례」 제3조", ["3"]),
        ("ko", "5G와 A4와 3D", []),
        ("ko", "2015~17년", ["2015", "2017"]),
        ("en-GB", "25,000 and 11.3 million", ["25000", "11300000"]),
        ("en-GB", "$13.23 billion", ["13230000000"]),
        ("en-GB", "a 12 million-pound hall, 2015–17", ["12000000", "2015", "2017"]),
        ("en-GB", '{{ fact("x-2000") }} [a](b-3000.md)', []),
        ("de", "1.234 und 2,5 Millionen", ["1234", "2500000"]),
        ("es", "13,2 mil millones", ["13200000000"]),
    ],
)
def test_a_number_in_words_is_read(locale: str, text: str, stated: list[str]) -> None:
    """Digits with their words for thousands and more are one number, by the language's own rules;
    names such as 5G, articles of a law and what a call writes are none."""
    assert values(locale, text) == [Decimal(one) for one in stated]


@given(
    number=st.integers(0, 10**16)
    | st.builds(lambda n, k: n * 10**k, st.integers(1, 9999), st.integers(3, 11))
)
def test_what_is_written_is_read_back(number: int) -> None:
    """Whatever number the publication writes, in whichever language, is read as that number."""
    for locale in ("ko", "en-GB", "de", "es"):
        written = Language(locale, {"language.formats": locale}).number(number)
        assert values(locale, written) == [number], written


@pytest.mark.parametrize(
    ("ko", "en", "told"),
    [
        ("2만 5천 명", "25,000 people", False),
        ("2만 5천 명", "2,500 people", True),
        ("1,130만", "11.3 million", False),
        ("1,130만", "113 million", True),
        ("132.3억 달러", "$13.23 billion", False),
        ("132.3억 달러", "$132.3 billion", True),
        ("5개 도시", "five cities", False),
        ("5개 도시", "6 cities", True),
        ("2만 명", "many people", True),
        ("2024년 9월 4일", "4 September 2024", False),
        ("2024년 9월 4일", "4 October 2024", False),
        ("2024년 9월 4일", "5 September 2024", True),
        ("4차 산업혁명", "the fourth industrial revolution", False),
        ("백만 명당 100만 원", "a million won for each", False),
        ("500만 평", "the five million", False),
        ("같은 해", "in 2024", False),
        ("3.5%", "some per cent", True),
    ],
)
def test_numbers_are_held_against_each_other(ko: str, en: str, told: bool) -> None:
    """Numbers that contradict each other are told, and large ones or fractions that one language
    lacks; not what it says in letters, by a month's name, or leaves to the context."""
    readers = Reader(numerals("ko")), Reader(numerals("en-GB"))
    assert (differing(ko, readers[0], en, readers[1]) is not None) == told
    assert (differing(en, readers[1], ko, readers[0]) is not None) == told


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (BRUMA, "{ko: 안개 낀 도시., en: A city in the mist.}",
         "{ko: 2만 5천이 사는 도시., en: A city of 2500.}", "en: A city of"),
        (ALBA_EN, "**Bold**", "The 25,000 and **3,000**", "25,000"),
        (ALBA_KO, "**굵게**", "2만 5천", "2만 5천"),
    ],
)  # fmt: skip
def test_numbers_that_differ_are_told(
    file: str,
    old: str,
    new: str,
    place: str,
    miniature: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A number that differs between languages is told where it stands; a line of
    `data/still-right.yaml`, which the message gives, says that it is right; until the texts change.
    """
    edit(miniature, file, old, new)
    assert build.main(["--root", str(miniature), "check"]) == 1
    told = capsys.readouterr().err
    lines = (miniature / file).read_text(encoding="utf-8").split("\n")
    line = next(i for i, one in enumerate(lines) if place in one)
    column = lines[line].index(place) + 1 + (4 if place.startswith("en: ") else 0)
    assert told.startswith(f"{file}:{line + 1}:{column}\n"), told
    assert "고칠 곳 1군데" in told
    settled = re.search(r"data/still-right\.yaml — (\S+ \S+: [a-p]{8})", told)
    assert settled
    (miniature / "data/still-right.yaml").write_text(settled[1] + "\n", encoding="utf-8")
    assert build.main(["--root", str(miniature), "check"]) == 0
    edit(miniature, file, new, f"{new} 7,000" if file != BRUMA else new.replace("2500", "2600"))
    assert build.main(["--root", str(miniature), "check"]) == 1
