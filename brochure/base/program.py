"""The fingerprint of the program as this process runs it: code, Python, machine, packages."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from brochure.base.packages import installed

ROOT = Path(__file__).parents[2]
PROGRAM = ("brochure", "build.py", "charts")

# The digests of files by what tells one state of a file from another: device, inode, size, times.
_digests: dict[tuple[int, ...], str] = {}


@cache
def program() -> str:
    """A digest of the program as this process runs it.

    That is its code, Python, the kind of machine, and the installed packages by name and version.
    """
    packages = [f"{name} {package.version}" for name, package in sorted(installed().items())]
    code = [f"{name} {digest}" for name, digest in sources(ROOT).items()]
    lines = [*platform_version(), *packages, *code]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


@cache
def sources(root: Path) -> Mapping[str, str]:
    """The digest of each file of the program at `root`, as it was when it was first asked for."""
    return {name: content(root / name) for name in files(root, PROGRAM)}


def platform_version() -> tuple[str, str]:
    """The version of Python and the kind of machine."""
    return sys.version, platform.machine()


def content(file: Path) -> str:
    """The digest of a file's bytes."""
    data = file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    _digests[_state(file)] = digest
    return digest


def known_content(file: Path) -> str:
    """The digest of a file that only an upgrade replaces; not read again while its times stand."""
    return _digests.get(_state(file)) or content(file)


def _state(file: Path) -> tuple[int, ...]:
    stat = os.stat(file)
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def files(root: Path, names: Iterable[str]) -> Iterator[str]:
    """Each file below these names, relative to the root, but for compiled code."""
    for name in names:
        if (root / name).is_file():
            yield name
        for place, folders, inside in os.walk(root / name):
            folders[:] = sorted(folder for folder in folders if folder != "__pycache__")
            prefix = Path(place).relative_to(root).as_posix()
            yield from (f"{prefix}/{file}" for file in sorted(inside))
