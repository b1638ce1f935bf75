"""Whether a build would change nothing, so that it need not begin; and what it may take over.

A finished build seals what it published: the digest of each file that it was made from, and of
each file that it made its name, what that was made of, its size and its time. As long as both are
as they were, building again would make the same. Whoever wants it built nevertheless deletes
`dist/`. The commit belongs to it, since pages say when they last changed.

Imports nothing outside the standard library: what a build needs is not even loaded.
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
from brochure.base.program import content as _content
from brochure.base.program import files as _files
from brochure.base.program import program

# Those that are read before anything is made of them.
READ = ("content", "data", "macros", "mkdocs.yml")
# Among the inputs, what stands for the history: no file has this name.
HISTORY = ".git"
INPUTS = ("charts", "content", "data", "macros", "mkdocs.yml", "overrides")


class PublishedFile(NamedTuple):
    """A published file: a name of all that it was made of, its size and its time in ns."""

    basis: str
    size: int
    time: int


def inputs(root: Path, names: Sequence[str] = INPUTS, but: Collection[str] = ()) -> dict[str, str]:
    """Each file that the repository's release is made from, with a digest of its bytes.

    Under HISTORY stands the commit. Asked for are those below `names`, without the files `but`.
    """
    read = {name: _content(root / name) for name in _files(root, names) if name not in but}
    return {HISTORY: _history(root), **read}


def is_up_to_date(root: Path, published: Path) -> bool:
    """Whether `published` is what a build of the repository as it is would make."""
    made_by, made_from, made = _read(root, published)
    if made_by != program() or made_from.pop(HISTORY, None) != _history(root):
        return False
    if set(_files(root, INPUTS)) != made_from.keys():
        return False
    # What was edited last is looked at first: one difference is enough.
    with suppress(OSError):
        names = sorted(made_from, key=lambda name: -os.stat(root / name).st_mtime_ns)
        unchanged = all(_content(root / name) == made_from[name] for name in names)
        return (
            unchanged
            and _unchanged_files(published, made) == made
            and _has_no_strays(published, made)
        )
    return False


def reusable_files(root: Path, published: Path) -> dict[str, PublishedFile]:
    """The files of `published` that are as the build that sealed it left them."""
    return _unchanged_files(published, _read(root, published)[2])


def invalidate(root: Path, published: Path) -> None:
    """Forget the seal: until a build is finished, nothing is certain."""
    _manifest_file(root, published).unlink(missing_ok=True)


def write_manifest(
    root: Path, published: Path, made_from: Mapping[str, str], made: Mapping[str, PublishedFile]
) -> None:
    """Seal what was published, made from inputs with these digests before they were read.

    A disk too full for it does no harm: without a seal, the next build looks at everything.
    """
    with suppress(OSError):
        told = [program(), dict(made_from), dict(made)]
        _manifest_file(root, published).write_text(json.dumps(told), encoding="utf-8")


def _manifest_file(root: Path, published: Path) -> Path:
    return root / "build" / f"{published.name}.seal"


def _read(root: Path, published: Path) -> tuple[str, dict[str, str], dict[str, PublishedFile]]:
    """What a seal says: by what program, from what and what was made; nothing if it is broken."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        made_by, made_from, made = json.loads(_manifest_file(root, published).read_bytes())
        return made_by, made_from, {name: PublishedFile(*one) for name, one in made.items()}
    return "", {}, {}


def _unchanged_files(folder: Path, made: Mapping[str, PublishedFile]) -> dict[str, PublishedFile]:
    """Those of these files that lie in the folder with the same size and time.

    A link in the place of a file, or of the folder, is another thing, even if it leads to the same.
    """
    with suppress(OSError):
        if stat.S_ISDIR(os.lstat(folder).st_mode):
            return {name: one for name, one in made.items() if _is(folder, name, one)}
    return {}


def _is(folder: Path, name: str, one: PublishedFile) -> bool:
    try:
        found = os.lstat(f"{folder}/{name}")
    except OSError:
        return False
    return (
        found.st_mtime_ns == one.time and found.st_size == one.size and stat.S_ISREG(found.st_mode)
    )


def _has_no_strays(folder: Path, made: Mapping[str, PublishedFile]) -> bool:
    """Whether nothing but these files and their folders lies in the folder, and no link."""
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
