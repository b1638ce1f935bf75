"""The scale of a chart of dots: how many things a dot stands for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

MAX_DOTS = 200


def things_per_dot(values: Iterable[float]) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50, … with which no value has more than 200 dots.

    Raises ValueError for a value that is negative or not finite.
    """
    numbers = list(values)
    for number in numbers:
        if not math.isfinite(number) or number < 0:
            raise ValueError(f"a unit chart cannot show {number!r}")
    largest = max(numbers, default=0)
    return next(step for step in _round_numbers() if largest <= MAX_DOTS * step)


def _round_numbers() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50, … without end."""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
