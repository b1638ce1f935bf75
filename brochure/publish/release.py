"""A release that is being made in a folder of its own.

A file that the published release already has is not made again: the new release shares it (a hard
link). The finished folder is then swapped into place as a whole (`swap.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from brochure.base.artifact import ReleaseFile
from brochure.incremental.manifest import PublishedFile


class Release:
    """A release in the making, in a new folder.

    `former` are the files of the folder `published` that may be shared: as long as a file is not
    written to, which nobody does to what is published, it can lie in both.
    """

    def __init__(
        self,
        folder: Path,
        published: Path = Path(),
        former: Mapping[str, PublishedFile] = MappingProxyType({}),
    ) -> None:
        self.folder = folder
        self.files: dict[str, PublishedFile] = {}
        self._published, self._former = published, former
        self._folders: set[str] = set()

    def put(self, files: Iterable[ReleaseFile], place: str = "") -> None:
        """Add files, below the folder `place` (`site/`) if there is one."""
        for file in files:
            self._put(place + file.name, file.basis, file.make)

    def _put(self, name: str, basis: str, make: Callable[[], bytes]) -> None:
        parent = name.rpartition("/")[0]
        if parent not in self._folders:
            os.makedirs(f"{self.folder}/{parent}", exist_ok=True)
            self._folders.add(parent)
        file = f"{self.folder}/{name}"
        former = self._former.get(name)
        if former is not None and former.basis == basis:
            # Not every file system has two names for one file.
            with suppress(OSError):
                os.link(f"{self._published}/{name}", file, follow_symlinks=False)
                self.files[name] = former
                return
        with open(file, "xb") as opened:
            opened.write(make())
        status = os.stat(file)
        self.files[name] = PublishedFile(basis, status.st_size, status.st_mtime_ns)
