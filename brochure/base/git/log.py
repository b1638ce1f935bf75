"""Read the history of data and texts from git: the commits, and the contents of changed files.

Git runs as a process, once for each function and not for each commit (see `run.py`). Without git or
a repository, there is no history.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from brochure.base.git.head import shallow
from brochure.base.git.run import GitError, run

# The maximum of commits that are read, the last ones first.
MAX_COMMITS = 2000
# The loader accepts no larger file (see `brochure.load.repository`).
MAX_BYTES = 1_000_000
_FOLDERS = ("data", "content")


@dataclass(frozen=True)
class Edit:
    """The ids of the contents of a file before and after a commit; None where it did not exist."""

    file: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Commit:
    """A commit by its id and day (2026-11-22), with its edits of data and texts."""

    id: str
    day: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class History:
    """The commits, oldest first, and the content of each file in the last one, by its id."""

    root: Path
    commits: Sequence[Commit]
    head: dict[str, str]

    def contents(self, ids: Collection[str]) -> dict[str, bytes]:
        """Return the bytes of contents by id, without those that are missing or too large."""
        request = "\n".join([*sorted(set(ids)), ""]).encode()
        sizes = (_git(self.root, "cat-file", "--batch-check", given=request) or b"").decode()
        rows = [row.split(" ") for row in sizes.split("\n")]
        found = [row[0] for row in rows if row[1:2] == ["blob"] and int(row[2]) <= MAX_BYTES]
        request = "\n".join([*found, ""]).encode()
        return dict(_contents(_git(self.root, "cat-file", "--batch", given=request) or b""))


def history(root: Path) -> History | None:
    """Return the history of the repository at `root`, or None if there is none."""
    log = _git(
        root,
        *("log", "--topo-order", "--reverse", "--raw", "-z", "--no-abbrev", "--no-renames"),
        *("--no-ext-diff", "--no-textconv", "--relative", f"--max-count={MAX_COMMITS}"),
        *("--format=%x01%H %cs", "--", *_FOLDERS),
    )
    tree = _git(root, "ls-tree", "-r", "-z", "HEAD", "--", *_FOLDERS)
    if not log or tree is None:
        return None
    head = {}
    for entry in tree.decode("utf-8", errors="replace").split("\0"):
        about, tab, file = entry.partition("\t")
        if tab:
            head[file] = about.split(" ")[2]
    return History(root, list(_commits(log.decode("utf-8", errors="replace"))), head)


def last_changes(root: Path) -> dict[str, date]:
    """Return the day (UTC) of the last commit that changed each file of data and texts, by path.

    Empty without a history, and for a shallow clone, whose oldest commit seems to add all files.
    """
    if shallow(root):
        return {}
    # The resolution of a conflict in a merge (-c) is a change too.
    log = _git(
        root,
        *("log", "-c", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative"),
        *("--format=%x01%ct", "--", *_FOLDERS),
    )
    days: dict[str, date] = {}
    for part in (log or b"").decode("utf-8", errors="replace").split("\x01")[1:]:
        seconds, _, files = part.partition("\0")
        if (day := _day(seconds)) is not None:
            for file in filter(None, files.lstrip("\n").split("\0")):
                days[file] = max(day, days.get(file, day))
    return days


def _day(seconds: str) -> date | None:
    """Return a day by the seconds since 1970; None if it is out of the range of dates."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def content_id(raw: bytes, like: str) -> str:
    """Return the id of a content in git, with the hash function of the id `like`."""
    kind = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return kind(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def _commits(log: str) -> Iterator[Commit]:
    for part in log.split("\x01")[1:]:
        about, _, rest = part.partition("\0")
        fields = rest.lstrip("\n").split("\0")
        edits = []
        for entry, file in zip(fields[::2], fields[1::2], strict=False):
            ids = entry.split(" ")[2:4]
            before, after = (blob if blob.strip("0") else None for blob in ids)
            edits.append(Edit(file, before, after))
        name, _, day = about.partition(" ")
        yield Commit(name, day, tuple(edits))


def _contents(output: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the ids and bytes in the output of `git cat-file --batch`.

    It is a line of id, type and size, the bytes, and a line break for each content.
    """
    start = 0
    while (end := output.find(b"\n", start)) >= 0:
        about = output[start:end].decode("ascii", errors="replace").split(" ")
        start = end + 1
        if len(about) == 3:
            size = int(about[2])
            yield about[0], output[start : start + size]
            start += size + 1


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Return the output of git, or None if it fails."""
    try:
        return run(root, *arguments, given=given)
    except GitError:
        return None
