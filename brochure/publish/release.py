"""One build at a time, made aside and put in place at one stroke.

What the published release has already is not made again: the new one shares the file with it.

Published is the folder `dist/`, as a whole. The kernel swaps it with the finished one
(`renameat2` on Linux, `renamex_np` on macOS), so that whoever opens a file finds the former
release or the new one, and nothing between. The former one then stands aside until the next
build, for whoever is still reading in it.
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
        self.files[name] = PublishedFile(basis, made.st_size, made.st_mtime_ns)
