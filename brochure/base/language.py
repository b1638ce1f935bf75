"""The messages of a language, and its formats of numbers, quantities and dates.

The only module that uses the locale library (ICU, through icu4py). The messages are ICU messages
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

# The types of the arguments of a message.
Value = int | float | str | Decimal | date | datetime

COMPACT_FROM = 1_000_000
COMPACT_DIGITS = 4


def is_message(pattern: str, locale: str) -> bool:
    """Return whether ICU accepts the pattern as a message."""
    try:
        MessageFormat(pattern, locale)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Numerals:
    """The number format of a locale by CLDR.

    `group` and `point` are the separators (1,234.5); `scales` are the words for thousands and more
    with their values; `months` are the names of January to December.
    """

    formats: str
    group: str
    point: str
    scales: Mapping[str, int]
    months: tuple[str, ...]

    def spelled(self, number: int) -> str:
        """Return a whole number in words: seven. Without the soft hyphens of ICU in German."""
        return _spelled(self.formats, number)


@cache
def _spelled(formats: str, number: int) -> str:
    return MessageFormat("{n, spellout}", formats).format({"n": number}).replace("\u00ad", "")


@cache
def numerals(formats: str) -> Numerals:
    """Return the numerals of a locale, found by formatting some numbers and dates with ICU."""
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
        # As in Korean, where 천 is both a number and the word after a digit, like 백 and 십.
        scales |= {_spelled(formats, number): number for number in (10, 100)}
    # The middle of a month is in that month in every time zone.
    middles = [datetime(2024, number, 15) for number in range(1, 13)]  # noqa: DTZ001
    months = tuple(month.format({"d": middle}) for middle in middles)
    return Numerals(formats, group, point, scales, months)


class UnknownWord(BrochureError, LookupError):
    """Raised for a message that the locale file does not have."""

    def __init__(self, locale: str, key: str) -> None:
        super().__init__(Message("template.unknown-word", locale=locale, key=key))
        self.locale, self.key = locale, key


class Language:
    """The messages of a locale file by dotted keys, and the number formats of its locale."""

    def __init__(self, locale: str, words: Mapping[str, str]) -> None:
        self.locale = locale
        self._words = words
        self.formats = words.get("language.formats", locale)
        self.name = words.get("language.name", locale)
        self._messages: dict[str, MessageFormat] = {}
        self._forms: dict[int, MessageFormat] = {}

    def has(self, key: str) -> bool:
        """Return whether the language has the message `key`."""
        return key in self._words

    def say(self, key: str, /, **values: Value) -> str:
        """Return the message `key` formatted with `values`. Raises UnknownWord."""
        if key not in self._words:
            raise UnknownWord(self.locale, key)
        if key not in self._messages:
            self._messages[key] = MessageFormat(self._words[key], self.formats)
        return self._messages[key].format(values)

    def number(self, value: int | Decimal) -> str:
        """Format a number, never rounded.

        From a million on, the compact form (1,130만, 11.3 million) is used if four digits are
        exact; otherwise all digits are shown, with a stated zero at the end (0.90).
        """
        form = self._compact if is_compact(value) else self._plain(decimals(value))
        return form.format({"n": value})

    def quantity(self, value: int | Decimal, unit: str, bound: str | None, *, noun: bool) -> str:
        """Format a number with its unit; with `noun`, as in a sentence (447 companies)."""
        text = self.say(
            f"units.{unit}.{'long' if noun else 'short'}",
            n=self.number(value),
            value=value,
            compact="yes" if is_compact(value) else "no",
        )
        return self.bounded(text, bound, noun=noun)

    def bounded(self, text: str, bound: str | None, *, noun: bool = True) -> str:
        """Return a formatted quantity with its bound: at least, more than, about."""
        if bound is None:
            return text
        return self.say(f"bounds.{bound}.{'long' if noun else 'short'}", n=text)

    @cached_property
    def _compact(self) -> MessageFormat:
        skeleton = "@" + "#" * (COMPACT_DIGITS - 1)
        return MessageFormat(
            f"{{n, number, ::compact-long {skeleton} group-on-aligned}}", self.formats
        )

    def _plain(self, places: int) -> MessageFormat:
        """Return the format with all digits, at least `places` of them after the point."""
        if places not in self._forms:
            skeleton = f".{'0' * places}+"
            self._forms[places] = MessageFormat(f"{{n, number, ::{skeleton}}}", self.formats)
        return self._forms[places]


def decimals(value: int | Decimal) -> int:
    """Return the number of digits after the point as stated: 2 for 0.90."""
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def is_compact(value: int | Decimal) -> bool:
    """Return whether a number is a million or more and has at most four significant digits."""
    number = abs(Decimal(value))
    digits = "".join(map(str, number.as_tuple().digits)).rstrip("0")
    return number >= COMPACT_FROM and len(digits) <= COMPACT_DIGITS
