"""A folder of results named by the hash of all that they depend on; safe to delete any time."""

from __future__ import annotations

import os
from pathlib import Path


class Cache:
    """Results of earlier builds. A key names everything that its result depends on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """The result kept under `key`, or None."""
        try:
            return (self._folder / key).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, key: str, result: bytes) -> bytes:
        """Keep a result, whole or not at all, and give it back."""
        path = self._folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        aside.write_bytes(result)
        aside.replace(path)
        return result
