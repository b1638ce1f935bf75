"""A folder of results named by the hash of all that they depend on; safe to delete any time."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


class Cache:
    """Makes a result once. The caller's key names everything the result depends on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def holds(self, key: str) -> bool:
        """Whether the result for `key` has been made before."""
        return (self._folder / key).exists()

    def bytes(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The stored result for `key`, or a new one from `make`, stored whole or not at all."""
        path = self._folder / key
        try:
            return path.read_bytes()
        except FileNotFoundError:
            pass
        result = make()
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        aside.write_bytes(result)
        aside.replace(path)
        return result

    def text(self, key: str, make: Callable[[], str]) -> str:
        """The same for text, as UTF-8."""
        return self.bytes(key, lambda: make().encode()).decode()
