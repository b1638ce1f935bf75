"""How alike two cities are, by the indicators that a report publishes of both.

After the appendix of the UK–Korea Innovation Twins report (2021, part 1 of its method): "each
city's score is relative to the leading city's (= 1); final similarity sums the differences over
all indicators", those of present performance at half weight. The report does not print its
scores, so this is a computation of our own, with the indicators its tables still hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Indicator:
    """The values of one indicator by row (None: not stated), its weight, and which end leads."""

    values: Mapping[str, Decimal | None]
    weight: Decimal
    smallest_leads: bool = False


@dataclass(frozen=True)
class Pair:
    """Two rows, one of each group; `differences` are 0 to 1 an indicator, None where one lacks."""

    first: str
    second: str
    differences: tuple[Fraction | None, ...]
    similarity: Fraction


def relative(indicator: Indicator) -> dict[str, Fraction | None]:
    """Each value as a share of the leader's, from 0 to 1; the leader's own is 1.

    Where the smallest value leads, it is the leader's value that is divided.
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
    """Every pair of a row of `first` and a row of `second`, the most alike first.

    Similarity is 1 less the weighted mean of the differences over the indicators that both rows
    have; a pair that shares none is left out. Equal pairs keep the order of the groups.
    """
    shares = [relative(indicator) for indicator in indicators]
    pairs = []
    for one in first:
        for other in second:
            differences = tuple(
                None if (a := share[one]) is None or (b := share[other]) is None else abs(a - b)
                for share in shares
            )
            weights = [
                Fraction(indicator.weight) if difference is not None else Fraction(0)
                for indicator, difference in zip(indicators, differences, strict=True)
            ]
            if total := sum(weights):
                distance = sum(w * (d or 0) for w, d in zip(weights, differences, strict=True))
                pairs.append(Pair(one, other, differences, 1 - Fraction(distance) / total))
    return sorted(pairs, key=lambda pair: -pair.similarity)


def assign_stars_by_rank(
    pairs: Sequence[Pair], published: Mapping[tuple[str, str], int]
) -> dict[tuple[str, str], int]:
    """Stars for the pairs that a report rates too: as many of each number as the report gives,
    dealt in the order of similarity, so that no threshold of ours decides."""
    rated = [(pair.first, pair.second) for pair in pairs if (pair.first, pair.second) in published]
    stars = sorted((published[pair] for pair in rated), reverse=True)
    return dict(zip(rated, stars, strict=True))
