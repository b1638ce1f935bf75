"""What git remembers of data and texts: which commit changed which file, and what it held.

Git runs as a process, for each question once however long the history is; it reads only, and asks
no network and no program that a configuration names. Without git or a repository, there is no
history.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from brochure.base.git.head import shallow
from brochure.base.git.run import GitError, run

# Commits that are looked at, the last ones first.
MAX_COMMITS = 2000
# A former version that is larger was never accepted (see `brochure.load.repository`).
MAX_BYTES = 1_000_000
_FOLDERS = ("data", "content")


@dataclass(frozen=True)
class Edit:
    """A file as a commit found and left it: the ids of its contents, None where it was not."""

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
        """The bytes of contents by id; left out is what git does not hold, or is too large."""
        asked = "\n".join([*sorted(set(ids)), ""]).encode()
        sizes = (_git(self.root, "cat-file", "--batch-check", given=asked) or b"").decode()
        rows = [row.split(" ") for row in sizes.split("\n")]
        fit = [row[0] for row in rows if row[1:2] == ["blob"] and int(row[2]) <= MAX_BYTES]
        asked = "\n".join([*fit, ""]).encode()
        return dict(_contents(_git(self.root, "cat-file", "--batch", given=asked) or b""))


def history(root: Path) -> History | None:
    """The history of the repository at `root`, or None where there is none to read."""
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
    """The day (UTC) of the last commit that touched each file of data and texts.

    Empty without a history, and where a clone has only the end of one: its oldest commit would
    seem to have made all that is older.
    """
    if shallow(root):
        return {}
    # What a merge made of a conflict (-c) is a change too.
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
    """A day by the seconds since 1970; None where somebody's clock was beyond all calendars."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def content_id(raw: bytes, like: str) -> str:
    """The id that git gives to a file's content, in the form of the id `like`."""
    kind = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return kind(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def _commits(log: str) -> Iterator[Commit]:
    for part in log.split("\x01")[1:]:
        about, _, rest = part.partition("\0")
        fields = rest.lstrip("\n").split("\0")
        edits = []
        for entry, file in zip(fields[::2], fields[1::2], strict=False):
            ids = entry.split(" ")[2:4]
            before, after = (one if one.strip("0") else None for one in ids)
            edits.append(Edit(file, before, after))
        name, _, day = about.partition(" ")
        yield Commit(name, day, tuple(edits))


def _contents(told: bytes) -> Iterator[tuple[str, bytes]]:
    """What `git cat-file --batch` answers: a line of id, type and size, the bytes, a newline."""
    at = 0
    while (end := told.find(b"\n", at)) >= 0:
        about = told[at:end].decode("ascii", errors="replace").split(" ")
        at = end + 1
        if len(about) == 3:
            size = int(about[2])
            yield about[0], told[at : at + size]
            at += size + 1


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """The output of git, or None where there is nothing to read."""
    try:
        return run(root, *arguments, given=given)
    except GitError:
        return None
