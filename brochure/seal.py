"""Whether a build would change nothing, so that it need not begin.

A finished build seals what it published: a digest of all that it was made from, and one of what
then lay in the published folder. As long as both are as they were, building again would make the
same. Whoever wants it built nevertheless deletes `dist/`.

Imports nothing outside the standard library: what a build needs is not even loaded.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

INPUTS = ("charts", "content", "data", "macros", "mkdocs.yml", "overrides")
PROGRAM = ("brochure", "build.py", "charts")


def basis(root: Path) -> str:
    """A digest of everything that the repository's release depends on.

    That is each input's name and bytes, the program's own code, Python and the machine's kind,
    and the names of the installed packages with their versions.
    """
    digest = hashlib.sha256()
    for place, names in ((root, INPUTS), (Path(__file__).parents[1], PROGRAM)):
        for path in (place / name for name in names):
            for file in [path] if path.is_file() else _files(path):
                data = file.read_bytes()
                digest.update(f"{file.relative_to(place)}\0{len(data)}\0".encode() + data)
    digest.update(f"{sys.version}\0{platform.machine()}\0".encode())
    for folder in sys.path:
        if os.path.isdir(folder):
            packages = (name for name in os.listdir(folder) if name.endswith(".dist-info"))
            digest.update("\0".join(sorted(packages)).encode())
    return digest.hexdigest()


def sealed(root: Path, published: Path) -> bool:
    """Whether `published` is what a build of the repository as it is would make."""
    try:
        return _seal(root, published).read_text() == f"{basis(root)}\n{_state(published)}\n"
    except (OSError, ValueError):
        return False


def unseal(root: Path, published: Path) -> None:
    """Forget the seal: until a build is finished, nothing is certain."""
    _seal(root, published).unlink(missing_ok=True)


def seal(root: Path, published: Path, basis: str) -> None:
    """Seal what was published of inputs whose digest was `basis` before they were read."""
    _seal(root, published).write_text(f"{basis}\n{_state(published)}\n")


def _seal(root: Path, published: Path) -> Path:
    return root / "build" / f"{published.name}.seal"


def _state(folder: Path) -> str:
    """A digest of what lies in a folder: each name, its kind, size and time of change."""
    digest = hashlib.sha256()
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in [*folders, *sorted(names)]:
            stat = os.lstat(os.path.join(place, name))
            # The time of a folder is that of its entries, which are looked at themselves.
            told = (0, 0) if name in folders else (stat.st_size, stat.st_mtime_ns)
            digest.update(
                f"{place}\0{name}\0{stat.st_mode}\0{told}\n".encode("utf-8", "surrogateescape")
            )
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder in the order of their names, but for compiled code."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(place, name) for name in sorted(names))
