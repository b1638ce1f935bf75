"""Lets one build at a time work in a repository."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from brochure.publish.swap import remove_tree, restore_after_crash

# What a release holds; whatever else stands beside it is not the build's to throw away.
PARTS = ("site", "press")


class ReleaseError(Exception):
    """`dist/` cannot be replaced; the text says why, in Korean and English."""


@contextmanager
def exclusive_build(root: Path, tell: Callable[[str], None]) -> Iterator[Path]:
    """An empty folder to build in, for this process alone; what an earlier build left is gone.

    A second build tells that it waits, and waits. The lock is the kernel's: it ends with the
    process, however that ends. Raises ReleaseError.
    """
    folder = root / "build"
    folder.mkdir(exist_ok=True)
    lock = _locked(folder / "lock", tell)
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


def _locked(path: Path, tell: Callable[[str], None]) -> int:
    """The descriptor of the lock file, which is this process's until it is closed."""
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("다른 빌드가 끝나기를 기다립니다.\nWaiting for another build to end.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        # `make clean` may have taken the file away meanwhile: then this is a lock on nothing.
        if path.exists() and os.path.samestat(os.fstat(lock), path.stat()):
            return lock
        os.close(lock)


def _refuse_obstacles(published: Path) -> None:
    """Say at once what would keep the finished release from being put in place."""
    if published.is_symlink() or (published.exists() and not published.is_dir()):
        raise ReleaseError(
            "dist는 보통 폴더여야 합니다. 지우거나 옮기고 다시 실행하십시오.\n"
            "dist must be an ordinary folder. Remove or move it and run again."
        )
    for folder in (published.parent, published):
        if folder.exists() and not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    if not published.exists():
        return
    # Names with a dot are a desktop's own, as .DS_Store.
    names = [path.name for path in published.iterdir() if not path.name.startswith(".")]
    if strangers := ", ".join(sorted(f"dist/{name}" for name in names if name not in PARTS)):
        raise ReleaseError(
            f"빌드가 만들지 않은 것이 있습니다: {strangers}. dist/는 통째로 바뀌므로 "
            f"다른 곳으로 옮기십시오.\n"
            f"Not made by the build: {strangers}. dist/ is replaced as a whole: move it elsewhere."
        )
