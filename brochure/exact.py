"""Numbers and records as JSON, digit for digit: what is stored is what is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def digits(value: int | Decimal) -> str:
    """A number in all its digits, without exponent or grouping: `539.73`, `36640000000`."""
    return format(Decimal(value), "f")


def written(value: Any, width: int = 96, margin: str = "") -> str:
    """A value as JSON (RFC 8259), where a Decimal is a number of the same digits.

    A list or mapping that fits into `width` characters stands on one line. Takes mappings, lists,
    text, numbers, booleans and None; a float is none of these.
    """
    inner = margin + "  "
    match value:
        case Mapping():
            parts = [
                f"{quoted(str(key))}: {written(one, width, inner)}" for key, one in value.items()
            ]
            opening, closing = "{}"
        case list() | tuple():
            parts = [written(one, width, inner) for one in value]
            opening, closing = "[]"
        case Decimal():
            return digits(value)
        case None | bool() | int() | str():
            return quoted(value)
        case _:
            raise TypeError(f"not to be written as JSON: {value!r}")
    line = f"{opening}{', '.join(parts)}{closing}"
    if "\n" not in line and len(margin) + len(line) <= width:
        return line
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{margin}{closing}"


def quoted(value: str | int | None) -> str:
    """A plain value as JSON, its letters as they are."""
    return json.dumps(value, ensure_ascii=False)
