"""Python on a machine whose file system lists every folder the other way round."""

from __future__ import annotations

import os
from typing import Any

_listdir, _scandir = os.listdir, os.scandir


class _Reversed:
    """What `os.scandir` gives, from the end."""

    def __init__(self, path: Any = ".") -> None:
        with _scandir(path) as entries:
            self._entries = reversed(sorted(entries, key=lambda entry: entry.name))

    def __enter__(self) -> _Reversed:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> _Reversed:
        return self

    def __next__(self) -> Any:
        return next(self._entries)

    def close(self) -> None:
        """Nothing is open any more."""


os.listdir = lambda path=".": sorted(_listdir(path), reverse=True)  # type: ignore[assignment]
os.scandir = _Reversed  # type: ignore[assignment, misc]
