"""Colours that stay readable: contrast by WCAG 2.2, and the shade of an accent that has enough."""

from __future__ import annotations

from functools import cache

RGB = tuple[int, int, int]

WHITE = "#ffffff"
# What text needs (https://www.w3.org/TR/WCAG22/#contrast-minimum).
MIN_CONTRAST = 4.5


def rgb(colour: str) -> RGB:
    """The channels, 0 to 255, of `#rrggbb`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@cache
def mix(colour: str, other: str, share: float) -> str:
    """`colour` with the given share (0 to 1) of `other` in it, as `#rrggbb`."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@cache
def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    linear = [
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(accent: str, paper: str, ratio: float = MIN_CONTRAST) -> str:
    """The shade of `accent` nearest to it that has the contrast `ratio` on `paper`."""
    towards = "#000000" if luminance(paper) > 0.18 else "#ffffff"
    shades = (mix(accent, towards, step / 50) for step in range(51))
    return next((shade for shade in shades if contrast(shade, paper) >= ratio), towards)


def readable_on_white(accent: str) -> str:
    """The shade of an accent that can be read on white paper, and white text on it."""
    return readable_on(accent, WHITE)
