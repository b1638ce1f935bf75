"""Read formatted numbers back.

The reader uses neither the program nor ICU: it takes the symbols of each language from Babel's copy
of CLDR, and rejects numbers that are not grouped as the language groups them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel import Locale
from hypothesis import strategies as st

WHOLE = st.integers(-(10**15), 10**15)
# Round numbers are rare among random ones, and it is these that get a compact form.
ROUND = st.builds(
    lambda digits, zeros: digits * 10**zeros, st.integers(-99999, 99999), st.integers(0, 13)
)
BROKEN = st.decimals(-(10**12), 10**12, places=6) | st.decimals(-100, 100, places=6)
NUMBERS = WHOLE | ROUND | BROKEN


class Reader:
    """Reads the numbers of a locale."""

    def __init__(self, formats: str) -> None:
        locale = Locale.parse(formats, sep="-")
        symbols = locale.number_symbols["latn"]
        self.group, self.decimal = symbols["group"], symbols["decimal"]
        forms = locale.compact_decimal_formats
        # Where CLDR has no long forms, the short ones stand for them.
        named = forms["long"] if "long" in forms else forms["short"]
        # What one of a word is: 만 is 10,000 and million is 1,000,000.
        self.words: dict[str, int] = {}
        for patterns in named.values():
            for power, pattern in patterns.items():
                if match := re.fullmatch(r"(0+)(\D+)", pattern.pattern):
                    word = plain_spaces(match[2])
                    self.words[word] = int(power) // 10 ** (len(match[1]) - 1)
        words = "|".join(map(re.escape, sorted(self.words, key=len, reverse=True)))
        group, decimal = re.escape(self.group), re.escape(self.decimal)
        digits = rf"(?:[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+)(?:{decimal}[0-9]+)?"
        self.pattern = re.compile(rf"([+-]?)({digits})({words}|)")

    def find(self, text: str) -> list[Decimal]:
        """Every number of a text."""
        return [self._value(match) for match in self.pattern.finditer(plain_spaces(text))]

    def read(self, text: str) -> Decimal:
        """The number that is the whole text."""
        match = self.pattern.fullmatch(plain_spaces(text))
        assert match, f"{text!r} is no number of this language"
        return self._value(match)

    def _value(self, match: re.Match[str]) -> Decimal:
        sign, digits, word = match.groups()
        plain = digits.replace(self.group, "").replace(self.decimal, ".")
        return Decimal(f"{sign}{plain}") * self.words.get(word, 1)


def plain_spaces(text: str) -> str:
    """The text with an ordinary space before a word, where CLDR has one that does not break."""
    return text.replace("\xa0", " ")


@cache
def reader(formats: str) -> Reader:
    return Reader(formats)
