"""Chart kinds: one module a kind, found by its name; a Chart's content in, SVG text out.

A kind is a module `charts/<kind>.py` with one function

    draw(chart: Chart) -> str

that returns one `<svg>` element, ready to stand inside an HTML page. The package is a leaf: it
imports nothing of `brochure`, and `brochure` imports it only when a chart has to be drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Chart:
    """What to draw, in one language: every number is already formatted, every text chosen.

    `id` is unique on a page and prefixes every id inside the SVG. `title` and `description`
    become the SVG's `<title>` and `<desc>`. `accent` is the colour (`#rrggbb`) of the city the
    chart belongs to, or of the alliance. `content` is plain data (mappings, lists, strings,
    numbers) whose shape each kind states in its module docstring.
    """

    id: str
    kind: str
    title: str
    description: str
    accent: str
    content: Mapping[str, Any]
