"""Values as bytes: whatever differs has different bytes, and what cannot be written is an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from pydantic import BaseModel

from brochure.base.canonical import canonical


@dataclass(frozen=True)
class Point:
    x: int
    y: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True)
class Vector:
    x: int
    y: int = 0


class Pair(NamedTuple):
    x: int
    y: int


class Record(BaseModel):
    x: int
    y: int


# Values that something in them sets apart; many of them are equal by `==` or have the same `repr`.
DIFFERENT: list[Any] = [
    None, True, False, 0, 1, 0.0, 1.0, -0.0, Decimal(0), Decimal(1), Decimal("1.0"), "", "0",
    "1", b"", b"1", "s1:1", [], (), {}, set(), [1], (1,), [[1]], [1, 2], [2, 1], ["12"], ["1", "2"],
    {"a": 1}, {"a": 1, "b": 2}, {"b": 2, "a": 1}, {1: "a"}, {"1": "a"}, {1}, {"1"},
    date(2026, 1, 2), "2026-01-02", Markup("1"), [Markup("1")], ["markupsafe.Markup", "1"],
    Point(1), Point(1, 2),
    Vector(1), Pair(1, 2), (1, 2), Record(x=1, y=2), {"x": 1, "y": 2}, ["x", 1, "y", 2],
]  # fmt: skip


def test_values_that_differ_have_different_bytes() -> None:
    """Type, order and every field count, also a field that a dataclass leaves out of its repr."""
    assert len({canonical(value) for value in DIFFERENT}) == len(DIFFERENT)


def test_equal_values_have_the_same_bytes() -> None:
    """A set has no order, and a read-only mapping is written as the mapping that it shows."""
    assert canonical({"b", "a", "c"}) == canonical({"c", "b", "a"})
    assert canonical(MappingProxyType({"a": [1]})) == canonical({"a": [1]})
    assert canonical(Point(1, 2)) == canonical(Point(1, 2))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.decimals(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_bytes_tell_any_two_values_apart(one: Any, other: Any) -> None:
    """Two values have the same bytes exactly if they are written the same in Python, where every
    part of these values shows."""
    assert (canonical(one) == canonical(other)) == (repr(one) == repr(other))


@pytest.mark.parametrize(
    "value",
    [object(), Path("a"), datetime(2026, 1, 2, tzinfo=UTC), lambda: 1, [{"a": object()}], Point],
)
def test_what_cannot_be_written_is_an_error(value: Any) -> None:
    """Anything else raises TypeError, however deep it is, and is not silently left out."""
    with pytest.raises(TypeError, match="cannot be written canonically"):
        canonical(value)
