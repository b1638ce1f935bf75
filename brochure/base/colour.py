"""Mix colours, compute contrasts by WCAG 2.2, and find readable shades of an accent."""

from __future__ import annotations

from functools import cache

RGB = tuple[int, int, int]

WHITE = "#ffffff"
# The minimum for text (https://www.w3.org/TR/WCAG22/#contrast-minimum).
MIN_CONTRAST = 4.5


def rgb(colour: str) -> RGB:
    """Return the channels, 0 to 255, of `#rrggbb`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@cache
def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` mixed with a share (0 to 1) of `other`, as `#rrggbb`."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@cache
def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    linear = [
        channel / 255 / 12.92
        if channel / 255 <= 0.04045
        else ((channel / 255 + 0.055) / 1.055) ** 2.4
        for channel in rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def readable_on(accent: str, paper: str, ratio: float = MIN_CONTRAST) -> str:
    """Return the shade of `accent` nearest to it that has the contrast `ratio` on `paper`."""
    towards = "#000000" if luminance(paper) > 0.18 else "#ffffff"
    shades = (mix(accent, towards, step / 50) for step in range(51))
    return next((shade for shade in shades if contrast(shade, paper) >= ratio), towards)


def readable_on_white(accent: str) -> str:
    """Return the nearest shade of an accent that is readable on white, as white is on it."""
    return readable_on(accent, WHITE)
