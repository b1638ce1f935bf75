"""The manifest of a finished build: whether another build would change nothing.

It lists the digest of each input, and of each published file a fingerprint of what it was made of,
its size and its time. While all of them are unchanged, building again would make the same files; to
build nevertheless, delete `dist/`. The commit is one of the inputs, since pages show when they last
changed.

Imports nothing outside the standard library: an unchanged build does not load what a build needs.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from brochure.base.git.head import commit, shallow
from brochure.base.program import content, files, program

# The inputs that are read before anything is made of them.
READ = ("content", "data", "macros", "mkdocs.yml")
# The name that stands for the history among the inputs; no file has it.
HISTORY = ".git"
INPUTS = ("charts", "content", "data", "macros", "mkdocs.yml", "overrides")


class PublishedFile(NamedTuple):
    """A published file: the fingerprint of what it was made of, its size, and its time in ns."""

    basis: str
    size: int
    time: int


def inputs(root: Path, names: Sequence[str] = INPUTS, but: Collection[str] = ()) -> dict[str, str]:
    """The digest of each file below `names` that the release is made from, except the files `but`.

    HISTORY has the commit.
    """
    read = {name: content(root / name) for name in files(root, names) if name not in but}
    return {HISTORY: _history(root), **read}


def is_up_to_date(root: Path, published: Path) -> bool:
    """Whether a build of the repository in its present state would make what is published."""
    made_by, made_from, made = _read(root, published)
    if made_by != program() or made_from.pop(HISTORY, None) != _history(root):
        return False
    if set(files(root, INPUTS)) != made_from.keys():
        return False
    # What was edited last is compared first: one difference is enough.
    with suppress(OSError):
        names = sorted(made_from, key=lambda name: -os.stat(root / name).st_mtime_ns)
        unchanged = all(content(root / name) == made_from[name] for name in names)
        return (
            unchanged
            and _unchanged_files(published, made) == made
            and _has_no_strays(published, made)
        )
    return False


def reusable_files(root: Path, published: Path) -> dict[str, PublishedFile]:
    """The files of `published` that nobody has changed since the build that listed them."""
    return _unchanged_files(published, _read(root, published)[2])


def invalidate(root: Path, published: Path) -> None:
    """Delete the manifest: until a build is finished, no published file is taken to be right."""
    _manifest_file(root, published).unlink(missing_ok=True)


def write_manifest(
    root: Path, published: Path, made_from: Mapping[str, str], made: Mapping[str, PublishedFile]
) -> None:
    """Write the manifest of what was published, with the digests that its inputs had when read.

    A full disk does no harm: without a manifest, the next build checks everything.
    """
    with suppress(OSError):
        entries = [program(), dict(made_from), dict(made)]
        _manifest_file(root, published).write_text(json.dumps(entries), encoding="utf-8")


def _manifest_file(root: Path, published: Path) -> Path:
    return root / "build" / f"{published.name}.manifest"


def _read(root: Path, published: Path) -> tuple[str, dict[str, str], dict[str, PublishedFile]]:
    """The program, the inputs and the published files of a manifest; empty if it is damaged."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        made_by, made_from, made = json.loads(_manifest_file(root, published).read_bytes())
        return made_by, made_from, {name: PublishedFile(*file) for name, file in made.items()}
    return "", {}, {}


def _unchanged_files(folder: Path, made: Mapping[str, PublishedFile]) -> dict[str, PublishedFile]:
    """Those of these files that are in the folder, with the same size and time.

    A link in the place of a file, or of the folder, counts as a change, wherever it leads.
    """
    with suppress(OSError):
        if stat.S_ISDIR(os.lstat(folder).st_mode):
            return {name: file for name, file in made.items() if _is_unchanged(folder, name, file)}
    return {}


def _is_unchanged(folder: Path, name: str, file: PublishedFile) -> bool:
    try:
        found = os.lstat(f"{folder}/{name}")
    except OSError:
        return False
    same = found.st_mtime_ns == file.time and found.st_size == file.size
    return same and stat.S_ISREG(found.st_mode)


def _has_no_strays(folder: Path, made: Mapping[str, PublishedFile]) -> bool:
    """Whether the folder has nothing but these files and their folders, and no link."""
    known = {name[:at] for name in made for at, letter in enumerate(name) if letter == "/"}
    for place, folders, names in os.walk(folder):
        inside = place.removeprefix(str(folder)).lstrip("/")
        prefix = f"{inside}/" if inside else ""
        if any(f"{prefix}{name}" not in made for name in names):
            return False
        if any(f"{prefix}{name}" not in known or os.path.islink(f"{place}/{name}")
               for name in folders):  # fmt: skip
            return False
    return True


def _history(root: Path) -> str:
    return f"{commit(root)} shallow" if shallow(root) else commit(root)
