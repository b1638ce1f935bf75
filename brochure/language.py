"""One language of the publication: its words, and how it writes numbers, quantities and dates.

The only module that knows the locale library (ICU, through icu4py). Words are ICU messages
(https://unicode-org.github.io/icu/userguide/format_parse/messages/) from `data/locales/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from icu4py.messageformat import MessageFormat

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


class UnknownWord(LookupError):
    """A message that the locale file does not have."""

    def __init__(self, locale: str, key: str) -> None:
        super().__init__(f"{locale}: {key}")
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

    def say(self, key: str, **values: Value) -> str:
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
