"""Whether a build would change nothing, so that it need not begin.

A finished build seals what it published: a digest of all that it was made from, and one of what
then lay in the published folder. As long as both are as they were, building again would make the
same. The commit belongs to it, since pages say when they last changed. Whoever wants it built
nevertheless deletes `dist/`.

Imports nothing outside the standard library: what a build needs is not even loaded.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from brochure.checkout import commit, shallow

INPUTS = ("charts", "content", "data", "macros", "mkdocs.yml", "overrides")
PROGRAM = ("brochure", "build.py", "charts")


def basis(root: Path) -> str:
    """A digest of everything that a release depends on: the inputs, the history, the program."""
    history = f"{commit(root)} {shallow(root)}"
    return _digest([program(), history, *_contents(root, INPUTS)])


@cache
def program() -> str:
    """A digest of the program as this process runs it.

    That is its code, Python, the kind of machine, and the installed packages by name and version.
    """
    packages = [
        name
        for folder in sys.path
        if os.path.isdir(folder)
        for name in sorted(os.listdir(folder))
        if name.endswith(".dist-info")
    ]
    code = _contents(Path(__file__).parents[1], PROGRAM)
    return _digest([sys.version, platform.machine(), *packages, *code])


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
    """Seal what was published of inputs whose digest was `basis` before they were read.

    A disk too full for it does no harm: without a seal, the next build looks at everything.
    """
    with suppress(OSError):
        _seal(root, published).write_text(f"{basis}\n{_state(published)}\n")


def _seal(root: Path, published: Path) -> Path:
    return root / "build" / f"{published.name}.seal"


def _state(folder: Path) -> str:
    """A digest of what lies in a folder: each name, its kind, size and time of change."""
    # A link in its place is another thing, even if it leads to the same.
    digest = hashlib.sha256(str(os.lstat(folder).st_mode).encode())
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in [*folders, *sorted(names)]:
            stat = os.lstat(os.path.join(place, name))
            # The time of a folder is that of its entries, which are looked at themselves.
            told = (0, 0) if name in folders else (stat.st_size, stat.st_mtime_ns)
            line = f"{place}\0{name}\0{stat.st_mode}\0{told}\n"
            digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _contents(root: Path, names: Iterable[str]) -> Iterator[str]:
    """The name of each file below these names and a digest of its bytes, but for compiled code."""
    for path in (root / name for name in names):
        for file in [path] if path.is_file() else _files(path):
            yield f"{file.relative_to(root)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}"


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(place, name) for name in sorted(names))
