"""How much room a text needs in print, and how a figure is aligned by its digits."""

from __future__ import annotations

import unicodedata

# Upper bounds of an advance in Pretendard, in em: Hangul and Han, capitals, everything else.
_WIDE, _CAPITAL, _NARROW = 0.9, 0.7, 0.57


def hung(text: str) -> tuple[str, str]:
    """A figure up to its last digit, and its unit, which hangs behind, unbroken: 1,277 and km².

    So that in a column of figures the digits stand below each other, whatever follows them.
    """
    end = max((n for n, character in enumerate(text, 1) if character.isdecimal()), default=0)
    return text[:end], text[end:].replace(" ", "\u00a0")


def ems(text: str) -> float:
    """The width of a text in em; rather too much than too little."""
    return sum(_advance(character) for character in text)


def lines(text: str, width: float) -> int:
    """How many lines of `width` em a text takes at most, set left and broken between words.

    A word wider than a line is broken where it must be.
    """
    count, left = 1, width
    for word in text.split():
        need = ems(word)
        if need > left and left < width:
            count, left = count + 1, width
        while need > left:
            count, need = count + 1, need - left
            left = width
        left -= need + _NARROW / 2
    return count


def _advance(character: str) -> float:
    if unicodedata.combining(character) or character == "\u2060":
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    return _CAPITAL if character.isupper() else _NARROW
