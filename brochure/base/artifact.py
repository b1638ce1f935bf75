"""Files of the publication that are made when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

from brochure.base.cache import digest


@dataclass(frozen=True)
class Asset:
    """A text: `make` gives it, and `cities` are those that it is made of.

    Whatever is no city's, it may be made of besides; `told` stands for what is in no file.
    """

    make: Callable[[], str]
    cities: Collection[str] = ()
    told: str = ""


class File(NamedTuple):
    """A file of a release: its name in it, what stands for all that it is made of, its maker."""

    name: str
    basis: str
    make: Callable[[], bytes]


def made(name: str, data: bytes) -> File:
    """A file that is made already: it stands for itself."""
    return File(name, digest(data), lambda: data)
