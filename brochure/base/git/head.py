"""At which commit a folder stands, as the files of git tell it.

No process is run and nothing outside the standard library is imported, so that it can be asked
before anything else (see `brochure.incremental.manifest`).
"""

from __future__ import annotations

from pathlib import Path

# A reference may name another one, as HEAD does; git follows as many.
_LINKS = 5


def commit(root: Path) -> str:
    """The commit of the repository that holds `root`; "" where there is none to be found."""
    if (folder := _folder(root)) is None:
        return ""
    name = "HEAD"
    for _ in range(_LINKS):
        told = _reference(folder, name)
        if not told.startswith("ref: "):
            return told
        name = told.removeprefix("ref: ")
    return ""


def shallow(root: Path) -> bool:
    """Whether the history of the repository that holds `root` was cut off when it was cloned."""
    folder = _folder(root)
    return folder is not None and (_common(folder) / "shallow").exists()


def _folder(root: Path) -> Path | None:
    """Where git keeps what is this checkout's own."""
    root = root.resolve()
    for place in (root, *root.parents):
        entry = place / ".git"
        if entry.is_dir():
            return entry
        # A worktree has a file, which names the folder.
        if told := _read(entry):
            return place / told.removeprefix("gitdir: ")
    return None


def _common(folder: Path) -> Path:
    """Where git keeps what all worktrees share."""
    return folder / (_read(folder / "commondir") or ".")


def _reference(folder: Path, name: str) -> str:
    """What a reference says: a commit, or `ref: ` and another reference."""
    shared = _common(folder)
    if told := _read(folder / name) or _read(shared / name):
        # Where references are kept in tables, HEAD leads nowhere; a table is never written twice.
        tables = _read(folder / "reftable/tables.list") + _read(shared / "reftable/tables.list")
        return tables or told
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
