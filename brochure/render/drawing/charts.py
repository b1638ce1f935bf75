"""Chart -> SVG: finds the kind by name, draws what the cache does not hold, colours it."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Mapping

from markupsafe import Markup

from brochure.base.cache import Cache
from brochure.base.message import Message
from brochure.base.problem import InputError, Problem
from charts import Chart

_SOURCE = re.compile(r"charts/|overrides/print/fonts/.+\.ttf$")
_HEX = re.compile(r'(?<==")(#[0-9a-f]{6})(?=")')


class Drawer:
    """Draws each chart once, and finds it in the cache from then on.

    `basis` is the fingerprint of all that drawings depend on beside the chart itself.
    """

    def __init__(self, inputs: Mapping[str, str], cache: Cache) -> None:
        """`inputs` are the digests of the repository's files."""
        self._cache = cache
        # The live preview reads the code of charts anew, while the program's stays as it began.
        sources = {name: inputs[name] for name in sorted(inputs) if _SOURCE.match(name)}
        self.basis = cache.fingerprint(__name__, sources)

    def draw(self, chart: Chart) -> Markup:
        """The chart as one `<svg>` element in the colours of print.

        Raises InputError if a font lacks a glyph: better no page than one with empty boxes.
        """
        key = self._cache.key("charts", __name__, self.basis, chart)
        kept = self._cache.get(key) or self._cache.put(key, self._drawn(chart).encode())
        return Markup(kept.decode())

    def _drawn(self, chart: Chart) -> str:
        # Imported only here: matplotlib costs most of a second, and most builds draw nothing.
        try:
            module = importlib.import_module(f"charts.{chart.kind}")
            return str(module.draw(chart))
        except (ValueError, SyntaxError) as error:
            message = Message(
                "chart.cannot-be-drawn", title=chart.title, id=chart.id, reason=str(error)
            )
            raise InputError([Problem(f"charts/{chart.kind}.py", 1, 1, message)]) from error


def forget_kinds() -> None:
    """Let the next drawing read the code of `charts/` anew, for the live preview."""
    for name in [name for name in sys.modules if name.startswith("charts.")]:
        del sys.modules[name]


def themed(svg: Markup) -> Markup:
    """The same drawing for the web: each colour becomes a variable that a scheme can change."""
    return Markup(_HEX.sub(lambda match: f"var(--c-{match[1][1:]}, {match[1]})", svg))
