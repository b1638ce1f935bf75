"""Sizes and addresses of the icons."""

from __future__ import annotations

# The sides of the square icons in pixels; the largest is also made to be cut to any shape.
ICONS = (180, 192, 512)
MASKABLE = "assets/icons/maskable.png"


def icon_url(side: int) -> str:
    """Return the address of an icon relative to the site's root."""
    return f"assets/icons/{side}.png"
