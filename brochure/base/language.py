"""One language of the publication: its words, and how it writes numbers, quantities and dates.

The only module that knows the locale library (ICU, through icu4py). Words are ICU messages
(https://unicode-org.github.io/icu/userguide/format_parse/messages/) from `data/locales/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property

from icu4py.messageformat import MessageFormat

from brochure.base.message import Message
from brochure.base.problem import BrochureError

# What a message may be filled with.
Value = int | float | str | Decimal | date | datetime

COMPACT_FROM = 1_000_000
COMPACT_DIGITS = 4


def is_message(pattern: str, locale: str) -> bool:
    """Whether ICU accepts the pattern as a message."""
    try:
        MessageFormat(pattern, locale)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Numerals:
    """How a locale writes numbers in its texts, by CLDR.

    `group` and `point` stand between digits (1,234.5); `scales` are its words for thousands and
    more, with what they stand for; `months` are the names of January to December.
    """

    formats: str
    group: str
    point: str
    scales: Mapping[str, int]
    months: tuple[str, ...]

    def spelled(self, number: int) -> str:
        """A whole number in letters: seven. Without the hyphens that ICU hides in German."""
        return _spelled(self.formats, number)


@cache
def _spelled(formats: str, number: int) -> str:
    return MessageFormat("{n, spellout}", formats).format({"n": number}).replace("\u00ad", "")


@cache
def numerals(formats: str) -> Numerals:
    """The numerals of a locale, read off what ICU makes of some numbers and dates."""
    plain, month = (
        MessageFormat(pattern, formats) for pattern in ("{n, number}", "{d, date, ::MMMM}")
    )
    compact = MessageFormat("{n, number, ::compact-long}", formats)
    match = re.fullmatch(
        r"1(?P<group>\D+)234(?P=group)567(\D)5", plain.format({"n": Decimal("1234567.5")})
    )
    group, point = match.groups() if match else (",", ".")
    scales = {}
    for power in range(3, 15):
        for digit in (1, 2):
            number = digit * 10**power
            shown = re.fullmatch(r"([0-9]+)\s?([^0-9\s].*)", compact.format({"n": number}))
            if shown:
                scales[shown[2]] = number // int(shown[1])
    if _spelled(formats, 1000) in scales:
        # As in Korean, where 천 is both the number and the word behind a digit; so are 백 and 십.
        scales |= {_spelled(formats, number): number for number in (10, 100)}
    months = tuple(month.format({"d": datetime(2024, one, 15)}) for one in range(1, 13))
    return Numerals(formats, group, point, scales, months)


class UnknownWord(BrochureError, LookupError):
    """A message that the locale file does not have."""

    def __init__(self, locale: str, key: str) -> None:
        super().__init__(Message("template.unknown-word", locale=locale, key=key))
        self.locale, self.key = locale, key


class Language:
    """The words of a locale file, flattened to dotted keys, and the locale's number forms."""

    def __init__(self, locale: str, words: Mapping[str, str]) -> None:
        self.locale = locale
        self._words = words
        self._formats = words.get("language.formats", locale)
        self.name = words.get("language.name", locale)
        self._messages: dict[str, MessageFormat] = {}
        self._forms: dict[int, MessageFormat] = {}

    def has(self, key: str) -> bool:
        """Whether the language has the message `key`."""
        return key in self._words

    def say(self, key: str, /, **values: Value) -> str:
        """The message `key` with its values filled in. Raises UnknownWord."""
        if key not in self._words:
            raise UnknownWord(self.locale, key)
        if key not in self._messages:
            self._messages[key] = MessageFormat(self._words[key], self._formats)
        return self._messages[key].format(values)

    def number(self, value: int | Decimal) -> str:
        """A number as the language writes it, never rounded.

        From a million on, the compact form (1,130만, 11.3 million) is used where its four digits
        say all; otherwise every digit is shown, a stated zero at the end (0.90) too.
        """
        form = self._compact if is_compact(value) else self._plain(decimals(value))
        return form.format({"n": value})

    def quantity(self, value: int | Decimal, unit: str, bound: str | None, *, noun: bool) -> str:
        """A number with its unit; with `noun`, as a sentence says it (447 companies)."""
        text = self.say(
            f"units.{unit}.{'long' if noun else 'short'}",
            n=self.number(value),
            value=value,
            compact="yes" if is_compact(value) else "no",
        )
        return self.bounded(text, bound, noun=noun)

    def bounded(self, text: str, bound: str | None, *, noun: bool = True) -> str:
        """A quantity with its bound: at least, more than, about."""
        if bound is None:
            return text
        return self.say(f"bounds.{bound}.{'long' if noun else 'short'}", n=text)

    @cached_property
    def _compact(self) -> MessageFormat:
        skeleton = "@" + "#" * (COMPACT_DIGITS - 1)
        return MessageFormat(
            f"{{n, number, ::compact-long {skeleton} group-on-aligned}}", self._formats
        )

    def _plain(self, places: int) -> MessageFormat:
        """The form with all digits, at least so many of them after the point."""
        if places not in self._forms:
            skeleton = f".{'0' * places}+"
            self._forms[places] = MessageFormat(f"{{n, number, ::{skeleton}}}", self._formats)
        return self._forms[places]


def decimals(value: int | Decimal) -> int:
    """The digits that a number is stated with after the point: 2 for 0.90."""
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def is_compact(value: int | Decimal) -> bool:
    """Whether four significant digits say the whole of a number of a million or more."""
    number = abs(Decimal(value))
    digits = "".join(map(str, number.as_tuple().digits)).rstrip("0")
    return number >= COMPACT_FROM and len(digits) <= COMPACT_DIGITS
