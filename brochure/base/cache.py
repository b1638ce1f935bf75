"""A folder of results named by the hash of all that they depend on; safe to delete any time."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

# What results of earlier builds may take up, in bytes. Those of the present one stay, however
# much they are: the next build needs them all, and would find none if each pushed out another.
MAX_BYTES = 256 * 1024 * 1024

_DIGEST = hashlib.sha256().digest_size


class Cache:
    """Results of earlier builds. A key names everything that its result depends on.

    An entry begins with the hash of its key and result, so that a torn, changed or misplaced one
    is known, and made again. Several processes may use one folder. `made` and `reused` are the
    keys of the results that this object has been given and has found.

    The folder is trusted as the program is: compiled templates and pickles in it are code. It is
    therefore never a part of the repository.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self.made: set[str] = set()
        self.reused: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """The result kept under `key`, or None."""
        path = f"{self._folder}/{key}"
        try:
            with open(path, "rb") as file:
                entry = file.read()
            os.utime(path)
        except FileNotFoundError:
            return None
        except IsADirectoryError:
            shutil.rmtree(path, ignore_errors=True)
            return None
        result = entry[_DIGEST:]
        if entry[:_DIGEST] != _digest(key, result):
            return None
        if key not in self.made:
            self.reused.add(key)
        return result

    def touch(self, key: str) -> bool:
        """Keep an entry for the next build without reading it; whether there is one."""
        try:
            os.utime(f"{self._folder}/{key}")
        except FileNotFoundError:
            return False
        if key not in self.made:
            self.reused.add(key)
        return True

    def put(self, key: str, result: bytes) -> bytes:
        """Keep a result, whole or not at all, and give it back."""
        self.made.add(key)
        path = Path(self._folder, key)
        # Whoever deletes the folder meanwhile is obeyed after a few tries: it is only a cache.
        for _ in range(5):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, _digest(key, result) + result)
                break
            except (FileNotFoundError, FileExistsError):
                continue
        return result

    def trim(self) -> None:
        """Remove the entries that were used longest ago, as far as `MAX_BYTES` asks."""
        needed = {f"{self._folder}/{key}" for key in self.made | self.reused}
        excess, idle = -MAX_BYTES, []
        for place, _, names in os.walk(self._folder):
            for path in (f"{place}/{name}" for name in names):
                # Another process may trim, or someone delete the folder, at the same time.
                with suppress(FileNotFoundError):
                    stat = os.stat(path)
                    excess += stat.st_size
                    if path not in needed:
                        idle.append((stat.st_mtime_ns, path, stat.st_size))
        for _, path, size in sorted(idle):
            if excess <= 0:
                return
            with suppress(FileNotFoundError):
                os.unlink(path)
            excess -= size


def digest(*parts: bytes | str) -> str:
    """A name for parts in this order, in hexadecimal digits (SHA-256)."""
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as one result: they are kept together or not at all."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def unpacked(result: bytes) -> dict[str, bytes]:
    """The files of a packed result."""
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _digest(key: str, result: bytes) -> bytes:
    digest = hashlib.sha256(key.encode())
    digest.update(b"\0" + result)
    return digest.digest()


def _write(path: Path, entry: bytes) -> None:
    """Write a file in one stroke. What a killed process leaves beside it goes with `trim`."""
    descriptor, aside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(entry)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
