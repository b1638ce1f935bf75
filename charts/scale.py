"""The scale of a unit chart: how many things one dot stands for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

MOST_DOTS = 200


def per(values: Iterable[float]) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, … that gives no value more than 200 dots.

    Values of one unit share it. No values, or only small ones, give 1; a negative value or one
    that is not finite raises ValueError.
    """
    numbers = list(values)
    for number in numbers:
        if not math.isfinite(number) or number < 0:
            raise ValueError(f"a unit chart cannot show {number!r}")
    largest = max(numbers, default=0)
    return next(step for step in _round_numbers() if largest <= MOST_DOTS * step)


def _round_numbers() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50, … without end."""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
