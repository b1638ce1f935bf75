"""The numbers that a text states, and whether texts in two languages state the same.

2만 5천 is 25,000, and 132.3억 is 13.23 billion. `base.language` says how a language writes numbers;
this module compares digits and the words for thousands and millions beside them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from brochure.base.language import Numerals

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# The target of a link, an address.
_ADDRESS = re.compile(r"\]\([^)\s]*|\bhttps?://\S*")
_DIGIT = re.compile("[0-9]")
_SPACES = " \u00a0\u202f"
# A smaller number may be written in letters, or be part of a name (5G, 4차 산업혁명).
SMALL = 1000
# A year may stand in one language alone, where the other says “that year”.
_YEARS = range(1800, 2101)


@dataclass(frozen=True)
class Stated:
    """A number as a text states it: its letters, where they begin, and its value."""

    words: str
    start: int
    value: Decimal


class Reader:
    """Reads the numbers in texts of one language."""

    def __init__(self, numerals: Numerals) -> None:
        self._numerals = numerals

    @cached_property
    def _number(self) -> re.Pattern[str]:
        group = self._numerals.group
        groups = f"[{_SPACES}]" if group.strip() == "" else re.escape(group)
        scales = "|".join(map(re.escape, sorted(self._numerals.scales, key=len, reverse=True)))
        # Letters before the digits or a capital behind them make a name: G20, 5G.
        return re.compile(
            rf"(?<![A-Za-z0-9])(?P<digits>[0-9]{{1,3}}(?:{groups}[0-9]{{3}})+(?![0-9])|[0-9]+)"
            rf"(?:{re.escape(self._numerals.point)}(?P<part>[0-9]+))?(?![A-Z])"
            rf"(?P<scales>(?:[{_SPACES}-]?(?:{scales})(?![a-z]))*)"
        )

    @cached_property
    def _scale(self) -> re.Pattern[str]:
        names = sorted(self._numerals.scales, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)))

    def stated(self, text: str) -> list[Stated]:
        """The numbers of a text, without those of placeholders. 2만 5천 is one number."""
        if not _DIGIT.search(text):
            return []
        text = _blanked(_ADDRESS, _blanked(_PLACEHOLDER, text))
        found: list[Stated] = []
        run: list[re.Match[str]] = []
        for match in self._number.finditer(text):
            if run and not self._continues(text, run[-1], match):
                found.append(self._number_of(text, run))
                run = []
            run.append(match)
        return [*found, self._number_of(text, run)] if run else found

    def _scales_of(self, match: re.Match[str]) -> list[int]:
        words = self._scale.findall(match["scales"])
        # 제3조 is an article of a law, and no trillions.
        ordinal = match.string[match.start() - 1 : match.start()] == "제"
        return [] if ordinal else [self._numerals.scales[word] for word in words]

    def _continues(self, text: str, last: re.Match[str], match: re.Match[str]) -> bool:
        """True if a number continues with the next one, as 2만 does with 5천."""
        before, after = self._scales_of(last), self._scales_of(match)
        gap = text[last.end() : match.start()]
        if not before or gap not in ("", " ") or (gap and not after):
            return False
        return before[-1] > (after[0] if after else 0)

    def _number_of(self, text: str, run: list[re.Match[str]]) -> Stated:
        """The number of digits and scales: each myriad (만) multiplies what stands before it."""
        value = section = Decimal(0)
        for match in run:
            part = Decimal(f"{re.sub('[^0-9]', '', match['digits'])}.{match['part'] or 0}")
            for scale in self._scales_of(match):
                if scale < self._closing:
                    section, part = section + part * scale, Decimal(0)
                else:
                    value, section, part = value + (section + part) * scale, Decimal(0), Decimal(0)
            section += part
        start, end = run[0].start(), run[-1].end()
        value += section
        # 2015–17 ends in 2017.
        year = re.search(r"((?:18|19|20)[0-9]{2})[-–~/]$", text[:start])
        if year and value < 100 and end - start == 2:
            value += int(year[1]) // 100 * 100
        return Stated(text[start:end], start, value)

    @cached_property
    def _closing(self) -> int:
        """The least scale that multiplies all before it: 만 in Korean, thousand in English."""
        return 10_000 if 10_000 in self._numerals.scales.values() else 1000

    def has_in_words(self, text: str, number: Decimal) -> bool:
        """True if a text has a number without digits: in letters, or as a month."""
        if number != int(number):
            return False
        lower = text.casefold()
        numerals = self._numerals
        words = [word for word, scale in numerals.scales.items() if scale == number]
        if number <= 100:
            words.append(numerals.spelled(int(number)))
        if 1 <= number <= 12:
            words.append(numerals.months[int(number) - 1])
        for word, scale in numerals.scales.items():
            if number % scale == 0 and 1 <= number // scale <= 100:
                words.append(f"{numerals.spelled(int(number // scale))} {word}")
        return any(re.search(rf"\b{re.escape(word.casefold())}", lower) for word in words)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: "\ufffc" * len(match[0]), text)


def differing(
    first: str, first_reader: Reader, second: str, second_reader: Reader
) -> tuple[list[Stated], list[Stated]] | None:
    """The numbers that only the first and only the second text states, or None if they agree.

    A small number, or a year, that one of them leaves out or writes otherwise is no difference; two
    numbers that contradict each other are.
    """
    in_first, in_second = first_reader.stated(first), second_reader.stated(second)
    only_first = _without(in_first, in_second, second, second_reader)
    only_second = _without(in_second, in_first, first, first_reader)
    if (only_first and only_second) or any(map(_large, [*only_first, *only_second])):
        return only_first, only_second
    return None


def _without(
    numbers: list[Stated], others: Collection[Stated], text: str, reader: Reader
) -> list[Stated]:
    values = {number.value for number in others}
    return [
        number
        for number in numbers
        if number.value not in values and not reader.has_in_words(text, number.value)
    ]


def _large(number: Stated) -> bool:
    value = number.value
    return (value >= SMALL and value not in _YEARS) or value != int(value)
