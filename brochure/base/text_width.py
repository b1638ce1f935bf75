"""Estimate the width of texts in print, and split figures for alignment by their digits."""

from __future__ import annotations

import unicodedata

# Upper bounds of an advance in Pretendard, in em: Hangul and Han, capitals, everything else.
_WIDE, _CAPITAL, _NARROW = 0.9, 0.7, 0.57


def split_at_unit(text: str) -> tuple[str, str]:
    """Return a figure up to its last digit, and its unit with no-break spaces: 1,277 and km².

    A column of figures aligns the digits on the right, and the units stand outside of it.
    """
    end = max((n for n, character in enumerate(text, 1) if character.isdecimal()), default=0)
    return text[:end], text[end:].replace(" ", "\u00a0")


def em_width(text: str) -> float:
    """Return an upper bound of the width of a text, in em."""
    return sum(_advance(character) for character in text)


def line_count(text: str, width: float) -> int:
    """Return an upper bound of the lines that a text takes in a column of `width` em.

    Lines break between words; a word wider than a line is broken inside.
    """
    count, left = 1, width
    for word in text.split():
        need = em_width(word)
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
