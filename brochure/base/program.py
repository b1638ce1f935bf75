"""The fingerprint of the program as this process runs it: code, Python, machine, packages."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PROGRAM = ("brochure", "build.py", "charts")


@cache
def program() -> str:
    """A digest of the program as this process runs it.

    That is its code, Python, the kind of machine, and the installed packages by name and version.
    """
    packages = [f"{name} {number}" for name, number in sorted(_packages().items())]
    root = Path(__file__).parents[2]
    code = [f"{name} {content(root / name)}" for name in files(root, PROGRAM)]
    lines = [sys.version, platform.machine(), *packages, *code]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def version(package: str) -> str:
    """The version of an installed package, by its name. Raises KeyError if it is not installed."""
    return _packages()[package]


@cache
def _packages() -> dict[str, str]:
    """The version of each installed package by name, as the names of their folders tell it.

    To read it out of each, as importlib.metadata does, would take as long as loading them.
    """
    found = {}
    for folder in reversed(sys.path):
        for entry in os.listdir(folder) if os.path.isdir(folder) else ():
            name, _, number = entry.removesuffix(".dist-info").partition("-")
            if number and entry.endswith(".dist-info"):
                found[re.sub(r"[-_.]+", "-", name).lower()] = number
    return found


def content(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def files(root: Path, names: Iterable[str]) -> Iterator[str]:
    """Each file below these names, relative to the root, but for compiled code."""
    for name in names:
        if (root / name).is_file():
            yield name
        for place, folders, names_ in os.walk(root / name):
            folders[:] = sorted(one for one in folders if one != "__pycache__")
            inside = Path(place).relative_to(root).as_posix()
            yield from (f"{inside}/{one}" for one in sorted(names_))
