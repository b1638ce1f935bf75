"""The similarity of two cities: the laws that it keeps, and one worked out by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from brochure.localize.similarity import (
    Indicator,
    Pair,
    assign_stars_by_rank,
    relative,
    similarities,
)

FIRST, SECOND = ("busan", "daegu", "sejong"), ("belfast", "glasgow", "leeds", "york")
ROWS = (*FIRST, *SECOND)

NUMBERS = st.decimals(Decimal("0.001"), 10**9, places=3)
WEIGHTS = st.decimals(Decimal("0.01"), 1, places=2)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    """An indicator of all rows that states at least one of them; a zero where nought can lead."""
    smallest = draw(st.booleans())
    one = NUMBERS if smallest else NUMBERS | st.just(Decimal(0))
    values = {row: draw(st.none() | one) for row in ROWS}
    values[draw(st.sampled_from(ROWS))] = draw(NUMBERS)
    return Indicator(values, draw(WEIGHTS), smallest)


INDICATORS = st.lists(indicators(), min_size=1, max_size=5)


def scores(pairs: list[Pair]) -> dict[frozenset[str], Fraction]:
    """The similarity of each pair, whichever of the two comes first."""
    return {frozenset([pair.first, pair.second]): pair.similarity for pair in pairs}


def test_an_example_worked_by_hand() -> None:
    """Busan is the largest and second in rank, Glasgow half as large and first.

    Size: 1, 1/2, 1/4. Rank, where the first leads, at half weight: 1/2, 1, 1/4. So Busan and
    Glasgow differ by 1/2 and 1/2, that is (1/2 + 1/4) / 1.5 = 1/2; Busan and Leeds by 3/4 and
    1/4, that is (3/4 + 1/8) / 1.5 = 7/12; York has no rank, and differs by 1/4 of size alone.
    """
    size = Indicator(
        {
            "busan": Decimal(200),
            "glasgow": Decimal(100),
            "leeds": Decimal(50),
            "york": Decimal(150),
        },
        Decimal(1),
    )
    rank = Indicator(
        {"busan": Decimal(2), "glasgow": Decimal(1), "leeds": Decimal(4), "york": None},
        Decimal("0.5"),
        smallest_leads=True,
    )
    assert relative(rank)["leeds"] == Fraction(1, 4)
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    assert similarities(["busan"], ["glasgow", "leeds", "york"], [size, rank]) == [
        Pair("busan", "york", (quarter, None), Fraction(3, 4)),
        Pair("busan", "glasgow", (half, half), half),
        Pair("busan", "leeds", (Fraction(3, 4), quarter), Fraction(5, 12)),
    ]


@given(INDICATORS)
def test_a_similarity_is_a_share(given_: list[Indicator]) -> None:
    """Every difference and every similarity lies between 0 and 1, and the leader's share is 1."""
    for pair in similarities(FIRST, SECOND, given_):
        assert 0 <= pair.similarity <= 1
        assert all(part is None or 0 <= part <= 1 for part in pair.differences)
        assert any(part is not None for part in pair.differences)
    for one in given_:
        stated = [share for share in relative(one).values() if share is not None]
        assert max(stated) == 1 and min(stated) >= 0


@given(INDICATORS)
def test_it_is_the_same_both_ways(given_: list[Indicator]) -> None:
    """Which group comes first makes no difference."""
    there, back = similarities(FIRST, SECOND, given_), similarities(SECOND, FIRST, given_)
    assert scores(there) == scores(back)


@given(INDICATORS, st.sampled_from(FIRST), st.sampled_from(SECOND))
def test_what_is_alike_in_all_is_wholly_alike(
    given_: list[Indicator], one: str, other: str
) -> None:
    """Two rows with the same values have a similarity of 1; a list begins with the most alike."""
    twins = [replace(it, values={**it.values, one: it.values[other]}) for it in given_]
    twins = [it for it in twins if any(it.values.values())]
    pairs = similarities(FIRST, SECOND, twins) if twins else []
    if any(it.values[one] is not None for it in twins):
        assert scores(pairs)[frozenset([one, other])] == 1
    assert all(before.similarity >= after.similarity for before, after in pairwise(pairs))


@given(INDICATORS, st.integers(0, 4), NUMBERS)
def test_the_unit_makes_no_difference(given_: list[Indicator], index: int, factor: Decimal) -> None:
    """Pounds or pence: with one indicator in another unit, every number stays the same."""
    index %= len(given_)
    scaled = {
        row: value and Fraction(value) * Fraction(factor)
        for row, value in given_[index].values.items()
    }
    changed = [*given_]
    changed[index] = replace(given_[index], values=scaled)  # type: ignore[arg-type]
    assert similarities(FIRST, SECOND, changed) == similarities(FIRST, SECOND, given_)


@given(INDICATORS, indicators(), st.sampled_from([FIRST, SECOND]))
def test_what_one_group_lacks_does_not_count(
    given_: list[Indicator], more: Indicator, group: tuple[str, ...]
) -> None:
    """An indicator that no two rows of the two groups share changes nothing."""
    values = {row: None if row in group else more.values[row] or Decimal(1) for row in ROWS}
    added = similarities(FIRST, SECOND, [*given_, replace(more, values=values)])
    assert scores(added) == scores(similarities(FIRST, SECOND, given_))
    assert all(pair.differences[-1] is None for pair in added)


@given(INDICATORS, st.integers(0, 4))
def test_half_the_weight_counts_half(given_: list[Indicator], index: int) -> None:
    """An indicator twice at half its weight is the same as once; weights matter as shares only."""
    whole = given_[index % len(given_)]
    rest = [one for one in given_ if one is not whole]
    half = replace(whole, weight=whole.weight / 2)
    once = scores(similarities(FIRST, SECOND, [*rest, whole]))
    assert scores(similarities(FIRST, SECOND, [*rest, half, half])) == once
    all_halved = [replace(one, weight=one.weight / 2) for one in (*rest, whole)]
    assert scores(similarities(FIRST, SECOND, all_halved)) == once


@given(
    INDICATORS,
    st.dictionaries(st.sampled_from([*product(FIRST, SECOND)]), st.integers(0, 3)),
)
def test_stars_are_dealt_as_often_as_published(
    given_: list[Indicator], published: dict[tuple[str, str], int]
) -> None:
    """Each number of stars is given as often as the report gives it to the pairs that both rate,
    and a pair that is more alike never gets fewer."""
    pairs = similarities(FIRST, SECOND, given_)
    stars = assign_stars_by_rank(pairs, published)
    rated = [(pair.first, pair.second) for pair in pairs if (pair.first, pair.second) in published]
    assert list(stars) == rated
    assert Counter(stars.values()) == Counter(published[pair] for pair in rated)
    assert list(stars.values()) == sorted(stars.values(), reverse=True)
