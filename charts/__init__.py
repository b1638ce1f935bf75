"""Draw charts as SVG, with a module for each kind of chart, which is found by its name.

A kind is a module `charts/<kind>.py` with one function

    draw(chart: Chart) -> str

that returns an `<svg>` element for an HTML page. The package imports nothing of `brochure`, which
imports a kind only when a chart is not in the cache.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Chart:
    """The data of a chart in one language, with formatted numbers.

    `id` is unique on a page and prefixes every id inside the SVG. `title` and `description`
    become the SVG's `<title>` and `<desc>`. `accent` is the colour (`#rrggbb`) of the city the
    chart belongs to, or of the alliance. `content` is plain data (mappings, lists, strings,
    numbers) whose structure is in the docstring of the module of its kind.
    """

    id: str
    kind: str
    title: str
    description: str
    accent: str
    content: Mapping[str, Any]
