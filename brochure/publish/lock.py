"""A lock that lets only one build at a time work in a repository."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from brochure.base.message import Message
from brochure.base.problem import BrochureError
from brochure.publish.swap import remove_tree, restore_after_crash

# The folders of a release; the build must not delete anything else beside them.
PARTS = ("site", "press")


class ReleaseError(BrochureError):
    """`dist/` cannot be replaced; the message says why."""


@contextmanager
def exclusive_build(root: Path, report: Callable[[Message], None]) -> Iterator[Path]:
    """An empty folder to build in, for this process alone; what an earlier build left is gone.

    A second build reports that it waits, and waits. The lock is the kernel's: it ends with the
    process, however that ends. Raises ReleaseError.
    """
    folder = root / "build"
    folder.mkdir(exist_ok=True)
    lock = _locked(folder / "lock", report)
    try:
        _refuse_obstacles(root / "dist")
        making = folder / "making"
        restore_after_crash(root / "dist")
        remove_tree(making)
        making.mkdir()
        try:
            yield making
        except OSError:
            # A full disk is not left full; all else stays until the next build, to be looked at.
            shutil.rmtree(making, ignore_errors=True)
            raise
    finally:
        os.close(lock)


def _locked(path: Path, report: Callable[[Message], None]) -> int:
    """The descriptor of the lock file, which is this process's until it is closed."""
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report(Message("build.waiting"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        # `make clean` may have taken the file away meanwhile: then this is a lock on nothing.
        if path.exists() and os.path.samestat(os.fstat(lock), path.stat()):
            return lock
        os.close(lock)


def _refuse_obstacles(published: Path) -> None:
    """Raise at once for what would keep the finished release from being put in place."""
    if published.is_symlink() or (published.exists() and not published.is_dir()):
        raise ReleaseError(Message("release.not-a-folder", folder=published.name))
    for folder in (published.parent, published):
        if folder.exists() and not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    if not published.exists():
        return
    # Names with a dot are a desktop's own, as .DS_Store.
    names = [path.name for path in published.iterdir() if not path.name.startswith(".")]
    others = sorted(f"{published.name}/{name}" for name in names if name not in PARTS)
    if others:
        raise ReleaseError(
            Message("release.foreign-files", files=others, folder=f"{published.name}/")
        )
