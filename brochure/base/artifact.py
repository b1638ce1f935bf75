"""A file of the publication that is made when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Asset:
    """A text: `make` gives it, and `cities` are those that it is made of.

    Whatever is no city's, it may be made of besides; `told` stands for what is in no file.
    """

    make: Callable[[], str]
    cities: Collection[str] = ()
    told: str = ""
