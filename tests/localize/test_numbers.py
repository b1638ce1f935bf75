"""Numbers: what a language prints is read back as exactly the number that is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import example, given
from number_reader import NUMBERS, plain_spaces, reader
from support import ROOT

from brochure.base.language import Language
from brochure.cli.check import check
from brochure.model.records import Catalog, Figure, Holder

FORMATS = ("ko", "en-GB", "de", "es", "fr", "ja")


@cache
def language(formats: str) -> Language:
    """A language of which only the number forms are used."""
    return Language(formats, {"language.name": formats, "language.formats": formats})


@cache
def catalog() -> Catalog:
    return check(ROOT)


def quantities() -> Iterator[tuple[str, str, Figure]]:
    """Every figure of the repository with its holder and name."""
    holders: dict[str, Holder] = {"gini": catalog().alliance, **catalog().cities}
    for holder, record in holders.items():
        for name, figure in record.figures.items():
            yield holder, name, figure


@pytest.mark.parametrize("formats", FORMATS)
@given(number=NUMBERS)
@example(number=0)
@example(number=1_063_881)
@example(number=36_640_000_000)
@example(number=1_000_000)
@example(number=1_000_001)
@example(number=999_999)
@example(number=10**15)
@example(number=-1_130_000)
@example(number=Decimal("0.000001"))
@example(number=Decimal("1234567.891234"))
@example(number=Decimal("0.12345678901234567890123"))
def test_a_number_is_never_rounded(formats: str, number: int | Decimal) -> None:
    """What a language prints for a number is read back as exactly that number."""
    printed = language(formats).number(number)
    assert reader(formats).read(printed) == number, printed


@pytest.mark.parametrize(
    ("formats", "number", "printed"),
    [
        ("ko", 1_400_000, "140만"),
        ("ko", 36_640_000_000, "366.4억"),
        ("ko", 1_063_881, "1,063,881"),
        ("en-GB", 36_640_000_000, "36.64 billion"),
        ("en-GB", 11_300_000, "11.3 million"),
        ("de", 36_640_000_000, "36,64 Milliarden"),
        ("de", 1_063_881, "1.063.881"),
        ("es", 1234, "1234"),
        ("fr", 1_063_881, "1\u202f063\u202f881"),
        ("ja", 1_400_000, "140万"),
    ],
)
def test_a_number_looks_as_its_language_writes_it(formats: str, number: int, printed: str) -> None:
    """Grouping, decimal sign and the words for large numbers are those of the language."""
    assert plain_spaces(language(formats).number(number)) == printed


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_figure_says_its_number(locale: str) -> None:
    """Each figure of the data, with its unit and bound, holds its number and no other."""
    words = catalog().words[locale]
    own, numbers = Language(locale, words), reader(words["language.formats"])
    for holder, name, figure in quantities():
        for noun in (False, True):
            text = own.quantity(figure.value, figure.unit, figure.bound, noun=noun)
            assert numbers.find(text) == [Decimal(figure.value)], f"{holder} {name}: {text}"


@pytest.mark.parametrize("noun", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("locale", ["ko", "en"])
@given(number=NUMBERS)
@example(number=Decimal("0.000001"))
@example(number=Decimal("-1234.567891"))
@example(number=1)
@example(number=36_640_000_000)
def test_a_quantity_is_never_rounded(locale: str, noun: bool, number: int | Decimal) -> None:
    """No unit rounds: the number in its words is exactly the one that is stored.

    Ranks, editions and years are whole numbers; every other unit may measure in decimals.
    """
    words = catalog().words[locale]
    own, numbers = Language(locale, words), reader(words["language.formats"])
    for unit in catalog().vocabulary.units:
        if unit not in ("edition", "rank", "year") or number == int(number):
            text = own.quantity(number, unit, None, noun=noun)
            form = words[f"units.{unit}.{'long' if noun else 'short'}"]
            # What the unit is of ("per 10,000 people") stands in its words.
            base = [] if "{value" in form else numbers.find(form.replace("{n}", " "))
            found = Counter(numbers.find(text))
            assert found == Counter([number, *base]), f"{unit}: {text}"
