"""Data as YAML, for tests to read back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import yaml
from hypothesis import strategies as st

from brochure.load.characters import deceptive_characters


class Dumper(yaml.SafeDumper):
    """Writes data so that a reader of YAML 1.2 finds the same: every text is quoted."""

    quote: str | None = '"'

    def ignore_aliases(self, data: Any) -> bool:
        return True


Dumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, dumper.quote)
)
Dumper.add_representer(
    Decimal, lambda dumper, n: dumper.represent_scalar("tag:yaml.org,2002:float", f"{n:.6f}")
)


class Plain(Dumper):
    """The same without quotes."""

    quote = None


def dump(data: Any, *, flow: bool = False, dumper: type[Dumper] = Dumper) -> str:
    return yaml.dump(
        data, Dumper=dumper, allow_unicode=True, default_flow_style=flow, sort_keys=False
    )


# Without characters that no file may have: a YAML writer makes escapes of some, which are refused.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"])).filter(
    lambda text: not any(deceptive_characters(text))
)
SCALARS = (
    WORDS
    | st.integers(-(10**30), 10**30)
    | st.decimals(-(10**9), 10**9, places=6)
    | st.booleans()
    | st.none()
)
DATA = st.recursive(
    SCALARS,
    lambda one: st.lists(one, max_size=4) | st.dictionaries(WORDS, one, max_size=4),
    max_leaves=12,
)
