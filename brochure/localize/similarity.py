"""Compute the similarity of two cities from the indicators that a report publishes of both.

After the appendix of the UK–Korea Innovation Twins report (2021, part 1 of its method): "each
city's score is relative to the leading city's (= 1); final similarity sums the differences over
all indicators", those of present performance at half weight. The report does not print its
scores, so they are computed here from the indicators in its tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product


@dataclass(frozen=True)
class Indicator:
    """The values of an indicator by row (None: not stated), its weight, and which value is best."""

    values: Mapping[str, Decimal | None]
    weight: Decimal
    smallest_leads: bool = False


@dataclass(frozen=True)
class Pair:
    """Two rows, one of each group, and their similarity, 0 to 1.

    `differences` are 0 to 1 for each indicator, None where a row has no value.
    """

    first: str
    second: str
    differences: tuple[Fraction | None, ...]
    similarity: Fraction


def relative(indicator: Indicator) -> dict[str, Fraction | None]:
    """Return each value divided by the best one, from 0 to 1; None where a row has no value.

    Where the smallest value is the best, as with ranks, the best is divided by each value.
    """
    stated = {row: Fraction(value) for row, value in indicator.values.items() if value is not None}
    lead = (min if indicator.smallest_leads else max)(stated.values())
    shares = {
        row: lead / value if indicator.smallest_leads else value / lead
        for row, value in stated.items()
    }
    return {row: shares.get(row) for row in indicator.values}


def similarities(
    first: Sequence[str], second: Sequence[str], indicators: Sequence[Indicator]
) -> list[Pair]:
    """Return every pair of a row of `first` and a row of `second`, the most similar first.

    The similarity is 1 minus the weighted mean of the differences over the indicators that both
    rows have; a pair without a common indicator is left out. Equal pairs keep their order.
    """
    shares = [relative(indicator) for indicator in indicators]
    pairs = []
    for row, other in product(first, second):
        differences = tuple(
            None if (a := share[row]) is None or (b := share[other]) is None else abs(a - b)
            for share in shares
        )
        weights = [
            Fraction(indicator.weight) if difference is not None else Fraction(0)
            for indicator, difference in zip(indicators, differences, strict=True)
        ]
        if total := sum(weights):
            distance = sum(w * (d or 0) for w, d in zip(weights, differences, strict=True))
            pairs.append(Pair(row, other, differences, 1 - Fraction(distance) / total))
    return sorted(pairs, key=lambda pair: -pair.similarity)


def assign_stars_by_rank(
    pairs: Sequence[Pair], published: Mapping[tuple[str, str], int]
) -> dict[tuple[str, str], int]:
    """Return stars by pair, for the pairs that the report rates (`published`).

    Each number of stars is given as often as in the report, the highest to the most similar
    pairs, so that no threshold has to be chosen. `pairs` are sorted by similarity.
    """
    rated = [(pair.first, pair.second) for pair in pairs if (pair.first, pair.second) in published]
    stars = sorted((published[pair] for pair in rated), reverse=True)
    return dict(zip(rated, stars, strict=True))
