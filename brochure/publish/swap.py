"""Swaps a finished release into place, in one step where the file system can."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

# fcntl.h, linux/fs.h and sys/stdio.h of macOS.
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
# What a kernel or file system that cannot swap answers: not there, not meant, not for this.
_CANNOT_SWAP = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def swap_into_place(made: Path, published: Path) -> None:
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
        former = _fallback_path(published)
        remove_tree(former)
        published.rename(former)
        made.rename(published)
        former.rename(made)


def _fallback_path(published: Path) -> Path:
    """Where the former release stands between the two strokes of a file system without a swap."""
    return published.with_name(f"{published.name}.former")


def restore_after_crash(published: Path) -> None:
    """Finish what was cut between two strokes: a release that is nowhere is published again."""
    former = _fallback_path(published)
    if former.exists():
        if published.exists():
            shutil.rmtree(former)
        else:
            former.rename(published)


def remove_tree(folder: Path) -> None:
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
