"""Results of earlier builds, by a key that holds all that they depend on; safe to delete."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from brochure.base.canonical import canonical
from brochure.base.code import Graph, code_of, import_graph
from brochure.base.program import program

# How many bytes the results of earlier builds may take up. Those of the present build stay,
# however many: the next build needs them all, and would find none if each pushed out another.
MAX_BYTES = 256 * 1024 * 1024

_DIGEST = hashlib.sha256().digest_size


class Key(NamedTuple):
    """The name of a result: its kind, and a fingerprint of all that it depends on.

    Only `Cache.key` makes one.
    """

    kind: str
    fingerprint: str

    @property
    def path(self) -> str:
        """Its file within the folder of a cache."""
        return f"{self.kind}/{self.fingerprint}"


class Cache:
    """Results of earlier builds, in the files of a folder.

    An entry begins with the hash of its key and result, so that a torn, changed or misplaced one
    is recognized, and made again. Several processes may use one folder. `made` and `reused` are
    the keys of the results that this object has been given and has found.

    The folder is trusted as the program is: compiled templates and pickles in it are code. It is
    therefore never a part of the repository.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._codes: dict[str, hashlib._Hash] = {}
        self.made: set[Key] = set()
        self.reused: set[Key] = set()

    def key(self, kind: str, module: str, *inputs: Any) -> Key:
        """The key of a result of a kind that a module makes of these inputs."""
        return Key(kind, self.fingerprint(module, *inputs))

    def fingerprint(self, module: str, *inputs: Any) -> str:
        """A digest of all that a result depends on: the module that makes it, and its inputs.

        The module, by its dotted name, stands for its own code, all that it imports, and the
        versions of the packages and libraries that these use. Raises TypeError for an input that
        `canonical` does not know.
        """
        if module not in self._codes:
            self._codes[module] = hashlib.sha256(code_of(module, self._import_graph).encode())
        whole = self._codes[module].copy()
        whole.update(canonical(inputs))
        return whole.hexdigest()

    @cached_property
    def _import_graph(self) -> Graph:
        """The graph of imports: cached, since finding it takes a sixth as long as a small edit.

        Its key is the only one without a module: the graph is what tells the code of a module.
        """
        key = Key("imports", program())
        kept = self.get(key)
        if kept is None:
            kept = self.put(key, json.dumps(import_graph()).encode())
        graph: Graph = json.loads(kept)
        return graph

    def get(self, key: Key) -> bytes | None:
        """The result kept under a key, or None."""
        path = f"{self._folder}/{key.path}"
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

    def touch(self, key: Key) -> bool:
        """Mark an entry as used without reading it. Returns whether there is one."""
        try:
            os.utime(f"{self._folder}/{key.path}")
        except FileNotFoundError:
            return False
        if key not in self.made:
            self.reused.add(key)
        return True

    def put(self, key: Key, result: bytes) -> bytes:
        """Keep a result, whole or not at all, and return it."""
        self.made.add(key)
        path = Path(self._folder, key.path)
        # If the folder is deleted concurrently, give up after five tries: it is only a cache.
        for _ in range(5):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, _digest(key, result) + result)
                break
            except (FileNotFoundError, FileExistsError):
                continue
        return result

    def trim(self) -> None:
        """Remove the entries that were used longest ago, down to `MAX_BYTES`."""
        needed = {f"{self._folder}/{key.path}" for key in self.made | self.reused}
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
    """The SHA-256 of parts in this order, in hexadecimal digits."""
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files by name as one result (ZIP), to be kept together."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def unpacked(result: bytes) -> dict[str, bytes]:
    """The files of a packed result."""
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _digest(key: Key, result: bytes) -> bytes:
    digest = hashlib.sha256(key.path.encode())
    digest.update(b"\0" + result)
    return digest.digest()


def _write(path: Path, entry: bytes) -> None:
    """Write a file atomically. What a killed process leaves beside it is removed by `trim`."""
    descriptor, aside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(entry)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
