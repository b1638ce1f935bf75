"""Files of the publication, made when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

from brochure.base.cache import digest


@dataclass(frozen=True)
class GeneratedFile:
    """A text file: `make` returns its text, and `cities` are the ids of those it is made of.

    It may also depend on anything that belongs to no city. `extra_fingerprint` stands for what it
    depends on that is in no file.
    """

    make: Callable[[], str]
    cities: Collection[str] = ()
    extra_fingerprint: str = ""


class ReleaseFile(NamedTuple):
    """A file of a release: its name, the fingerprint of all that it is made of, its maker."""

    name: str
    basis: str
    make: Callable[[], bytes]


def made(name: str, data: bytes) -> ReleaseFile:
    """A file whose bytes are known; its fingerprint is their digest."""
    return ReleaseFile(name, digest(data), lambda: data)
