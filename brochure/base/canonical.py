"""Values as bytes: values that differ in anything have different bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

_SIMPLE: Mapping[type, Callable[[Any], bytes]] = {
    bool: lambda value: b"o%d" % value,
    date: lambda value: b"a" + value.isoformat().encode(),
    float: lambda value: b"f" + value.hex().encode() + b";",
    int: lambda value: b"i%d;" % value,
    type(None): lambda value: b"n",
}


def canonical(value: Any) -> bytes:
    """A value as bytes.

    It may consist of None, bool, int, float, Decimal, date, str, bytes, lists, tuples, sets,
    mappings (in their order), dataclasses and records of pydantic, all of whose fields count,
    also those that `repr` leaves out. Raises TypeError for anything else.
    """
    parts: list[bytes] = []
    _append(value, parts)
    return b"".join(parts)


def _append(value: Any, parts: list[bytes]) -> None:
    kind = type(value)
    if kind is str:
        data = value.encode("utf-8", "surrogatepass")
        parts.append(b"s%d:%b" % (len(data), data))
    elif kind is bytes:
        parts += (b"b%d:" % len(value), value)
    elif kind in _SIMPLE:
        parts.append(_SIMPLE[kind](value))
    elif kind is Decimal:
        parts += (b"d", str(value).encode(), b";")
    elif kind is list or kind is tuple:
        parts.append(b"%c%d:" % (b"l" if kind is list else b"t", len(value)))
        for item in value:
            _append(item, parts)
    elif kind is set or kind is frozenset:
        parts.append(b"e%d:" % len(value))
        parts += sorted(map(canonical, value))
    elif is_dataclass(kind):
        _append_fields(value, [field.name for field in fields(value)], parts)
    elif (names := getattr(kind, "__pydantic_fields__", None)) is not None:
        _append_fields(value, list(names), parts)
    elif isinstance(value, Mapping):
        parts.append(b"m%d:" % len(value))
        for key, item in value.items():
            _append(key, parts)
            _append(item, parts)
    elif isinstance(value, str | tuple):
        # Of a class of its own, as Markup or a NamedTuple.
        parts.append(b"c")
        _append(_name(kind), parts)
        _append(str.__str__(value) if isinstance(value, str) else tuple(value), parts)
    else:
        raise TypeError(f"{_name(kind)} cannot be written canonically")


def _append_fields(value: Any, names: list[str], parts: list[bytes]) -> None:
    parts.append(b"r%d:" % len(names))
    _append(_name(type(value)), parts)
    for name in names:
        _append(name, parts)
        _append(getattr(value, name), parts)


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
