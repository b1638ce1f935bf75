"""Find the commit that a folder has checked out, by reading the files of git.

It runs no process and imports only the standard library, since every build begins with it (see
`brochure.incremental.manifest`).
"""

from __future__ import annotations

from pathlib import Path

# A reference may name another, as HEAD does; git follows at most so many.
_LINKS = 5


def commit(root: Path) -> str:
    """Return the commit of the repository that contains `root`; "" if there is none."""
    if (folder := _folder(root)) is None:
        return ""
    name = "HEAD"
    for _ in range(_LINKS):
        value = _reference(folder, name)
        if not value.startswith("ref: "):
            return value
        name = value.removeprefix("ref: ")
    return ""


def shallow(root: Path) -> bool:
    """Return whether the repository that contains `root` is a shallow clone."""
    folder = _folder(root)
    return folder is not None and (_common(folder) / "shallow").exists()


def _folder(root: Path) -> Path | None:
    """Return the folder in which git keeps the files of this worktree."""
    root = root.resolve()
    for place in (root, *root.parents):
        entry = place / ".git"
        if entry.is_dir():
            return entry
        # A linked worktree has a file, which names the folder.
        if text := _read(entry):
            return place / text.removeprefix("gitdir: ")
    return None


def _common(folder: Path) -> Path:
    """Return the folder in which git keeps the files of all worktrees."""
    return folder / (_read(folder / "commondir") or ".")


def _reference(folder: Path, name: str) -> str:
    """Return the value of a reference: a commit, or `ref: ` and another reference."""
    shared = _common(folder)
    if value := _read(folder / name) or _read(shared / name):
        # With reftables, HEAD names no reference; the list of tables changes with every commit.
        tables = _read(folder / "reftable/tables.list") + _read(shared / "reftable/tables.list")
        return tables or value
    for line in _read(shared / "packed-refs").splitlines():
        value, _, packed = line.partition(" ")
        if packed == name:
            return value
    return ""


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="surrogateescape").strip()
    except OSError:
        return ""
