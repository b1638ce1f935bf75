"""One build at a time, made aside and put in place at one stroke.

What the published release has already is not made again: the new one shares the file with it.

Published is the folder `dist/`, as a whole. The kernel swaps it with the finished one
(`renameat2` on Linux, `renamex_np` on macOS), so that whoever opens a file finds the former
release or the new one, and nothing between. The former one then stands aside until the next
build, for whoever is still reading in it.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from brochure.base.cache import digest
from brochure.incremental.manifest import Published

# What a release holds; whatever else stands beside it is not the build's to throw away.
PARTS = ("site", "press")

# fcntl.h, linux/fs.h and sys/stdio.h of macOS.
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
# What a kernel or file system that cannot swap answers: not there, not meant, not for this.
_CANNOT_SWAP = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


class ReleaseError(Exception):
    """`dist/` cannot be replaced; the text says why, in Korean and English."""


class File(NamedTuple):
    """A file of a release: its name in it, what stands for all that it is made of, its maker."""

    name: str
    basis: str
    make: Callable[[], bytes]


def made(name: str, data: bytes) -> File:
    """A file that is made already: it stands for itself."""
    return File(name, digest(data), lambda: data)


class Release:
    """A release in the making, in a new folder.

    `former` are the files of the folder `published` that may be shared: as long as a file is not
    written to, which nobody does to what is published, it can lie in both.
    """

    def __init__(
        self,
        folder: Path,
        published: Path = Path(),
        former: Mapping[str, Published] = MappingProxyType({}),
    ) -> None:
        self.folder = folder
        self.files: dict[str, Published] = {}
        self._published, self._former = published, former
        self._folders: set[str] = set()

    def put(self, files: Iterable[File], place: str = "") -> None:
        """Add files, in the folder `place` (`site/`) if that is told."""
        for file in files:
            self._put(place + file.name, file.basis, file.make)

    def _put(self, name: str, basis: str, make: Callable[[], bytes]) -> None:
        parent = name.rpartition("/")[0]
        if parent not in self._folders:
            os.makedirs(f"{self.folder}/{parent}", exist_ok=True)
            self._folders.add(parent)
        file = f"{self.folder}/{name}"
        known = self._former.get(name)
        if known is not None and known.basis == basis:
            # Not every file system has two names for one file.
            with suppress(OSError):
                os.link(f"{self._published}/{name}", file, follow_symlinks=False)
                self.files[name] = known
                return
        with open(file, "xb") as opened:
            opened.write(make())
        made = os.stat(file)
        self.files[name] = Published(basis, made.st_size, made.st_mtime_ns)


@contextmanager
def alone(root: Path, tell: Callable[[str], None]) -> Iterator[Path]:
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
        _put_back(root / "dist")
        _removed(making)
        making.mkdir()
        try:
            yield making
        except OSError:
            # A full disk is not left full; all else stays until the next build, to be looked at.
            shutil.rmtree(making, ignore_errors=True)
            raise
    finally:
        os.close(lock)


def switch(made: Path, published: Path) -> None:
    """Put the folder `made` in the place of `published`; the former one takes its place.

    One stroke, also where nothing is published yet. Where the file system cannot swap, it is two:
    a build that is killed between them leaves nothing published, which the next one puts back.
    """
    if not published.exists():
        made.rename(published)
        return
    try:
        _swap(made, published)
    except OSError as error:
        if error.errno not in _CANNOT_SWAP:
            raise
        former = _parked(published)
        _removed(former)
        published.rename(former)
        made.rename(published)
        former.rename(made)


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


def _parked(published: Path) -> Path:
    """Where the former release stands between the two strokes of a file system without a swap."""
    return published.with_name(f"{published.name}.former")


def _put_back(published: Path) -> None:
    """Finish what was cut between two strokes: a release that is nowhere is published again."""
    former = _parked(published)
    if former.exists():
        if published.exists():
            shutil.rmtree(former)
        else:
            former.rename(published)


def _removed(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _swap(one: Path, other: Path) -> None:
    """Swap two folders. Raises OSError, with an errno of `_CANNOT_SWAP` where that is not had."""
    libc = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = libc.renamex_np(*paths, _RENAME_SWAP)
        else:
            failed = libc.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE)
    except AttributeError as error:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(other))
