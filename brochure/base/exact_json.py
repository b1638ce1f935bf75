"""Numbers and records as JSON, with the digits that they are stated with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import simplejson


def format_digits(value: int | Decimal) -> str:
    """A number in all its digits, without exponent or grouping: `539.73`, `36640000000`."""
    return format(Decimal(value), "f")


def dump_json(value: Any, indent: int | None = 2) -> str:
    """A value as JSON (RFC 8259), on one line without `indent`; a Decimal keeps its digits."""
    text: str = simplejson.dumps(
        value, use_decimal=True, ensure_ascii=False, allow_nan=False, indent=indent
    )
    return text
