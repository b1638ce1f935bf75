"""Swaps a finished release into place, in one step where the file system can.

The kernel swaps the two folders (`renameat2` on Linux, `renamex_np` on macOS), so that whoever
opens a file finds the former release or the new one. The former one stays in the other folder
until the next build, for those who are still reading in it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

# fcntl.h, linux/fs.h and sys/stdio.h of macOS.
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
# The errors of a kernel or file system that cannot swap folders.
_CANNOT_SWAP = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def swap_into_place(finished: Path, published: Path) -> None:
    """Put the folder `finished` in the place of `published`; the former one takes its place.

    This is one step, also where nothing is published yet. Where the file system cannot swap, it is
    two: a build that is killed between them leaves nothing published, and the next build restores
    it.
    """
    if not published.exists():
        finished.rename(published)
        return
    try:
        _swap(finished, published)
    except OSError as error:
        if error.errno not in _CANNOT_SWAP:
            raise
        former = _fallback_path(published)
        remove_tree(former)
        published.rename(former)
        finished.rename(published)
        former.rename(finished)


def _fallback_path(published: Path) -> Path:
    """The place of the former release between the two steps on a file system without a swap."""
    return published.with_name(f"{published.name}.former")


def restore_after_crash(published: Path) -> None:
    """Publish the former release again if a build was killed between the two steps."""
    former = _fallback_path(published)
    if former.exists():
        if published.exists():
            shutil.rmtree(former)
        else:
            former.rename(published)


def remove_tree(folder: Path) -> None:
    """Delete a folder with all that is in it, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)


def _swap(first: Path, second: Path) -> None:
    """Swap two folders. Raises OSError, with an errno of `_CANNOT_SWAP` where it is impossible."""
    libc = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(first), os.fsencode(second)
    try:
        if sys.platform == "darwin":
            failed = libc.renamex_np(*paths, _RENAME_SWAP)
        else:
            failed = libc.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE)
    except AttributeError as error:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(second))
