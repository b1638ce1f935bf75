"""The cache: it never gives anything but what was kept, and never outgrows its limit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, contents

from brochure.base import cache as module
from brochure.base.cache import Cache

KEY, RESULT = "charts/a.svg", b"<svg/>" * 1000


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """A cache that holds one entry."""
    cache = Cache(tmp_path / "cache")
    assert cache.put(KEY, RESULT) == RESULT
    return cache


def entry(tmp_path: Path, key: str = KEY) -> Path:
    return tmp_path / "cache" / key


def test_what_was_kept_is_found(tmp_path: Path, cache: Cache) -> None:
    """A result is found by its key, also by another process, and counted as made or reused once."""
    assert cache.get(KEY) == RESULT and cache.get("charts/b.svg") is None
    assert (cache.made, cache.reused) == ({KEY}, set())
    later = Cache(tmp_path / "cache")
    assert later.get(KEY) == later.get(KEY) == RESULT
    assert (later.made, later.reused) == (set(), {KEY})


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes()[:20]),
        lambda path: path.write_bytes(path.read_bytes() + b"\n"),
        lambda path: path.write_bytes(path.read_bytes().replace(b"svg", b"gvs", 1)),
        lambda path: path.write_bytes(RESULT),
        lambda path: (path.unlink(), path.mkdir(), (path / "x").touch()),
        lambda path: path.unlink(),
    ],
    ids=["empty", "short", "torn", "long", "changed", "older form", "folder", "gone"],
)
def test_a_damaged_entry_is_made_again(damage: object, tmp_path: Path, cache: Cache) -> None:
    """An entry that is not byte for byte what was kept is not given out, and can be kept anew."""
    assert callable(damage)
    damage(entry(tmp_path))
    assert cache.get(KEY) is None
    cache.put(KEY, RESULT)
    assert cache.get(KEY) == RESULT


def test_a_foreign_entry_is_not_given_out(tmp_path: Path, cache: Cache) -> None:
    """An entry under another's key, though whole in itself, is not that other's result."""
    cache.put("charts/b.svg", b"another")
    shutil.copy(entry(tmp_path, "charts/b.svg"), entry(tmp_path))
    assert cache.get(KEY) is None


def test_it_may_be_deleted_any_time(tmp_path: Path) -> None:
    """While another process deletes the folder again and again, keeping and finding go on."""
    folder = tmp_path / "cache"
    deleter = f"while :; do rm -rf '{folder}'; done"
    process = subprocess.Popen(["sh", "-c", deleter], stderr=subprocess.DEVNULL)
    try:
        cache = Cache(folder)
        for number in range(300):
            key, result = f"charts/{number}.svg", str(number).encode()
            assert cache.put(key, result) == result
            assert cache.get(key) in (None, result)
            cache.trim()
    finally:
        process.kill()
        process.wait()


def test_two_processes_share_it(tmp_path: Path) -> None:
    """Two processes that keep and find the same keys at once give out whole results only, and
    leave nothing but entries."""
    program = (
        "import sys; from pathlib import Path; from brochure.base.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for n in range(400):\n"
        "    key, result = f'charts/{n % 7}.svg', bytes([n % 7]) * 100_000\n"
        "    assert cache.get(key) in (None, result)\n"
        "    assert cache.keep(key, result) == result\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "cache")]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert sorted(contents(tmp_path / "cache")) == [f"charts/{n}.svg" for n in range(7)]


def test_it_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit, what was used longest ago goes first, with what killed processes left;
    what the present build made or found stays, however much that is."""
    monkeypatch.setattr(module, "LIMIT", 35_000)
    folder = tmp_path / "cache"
    earlier = Cache(folder)
    for number, key in enumerate(("a", "b", "c", "d", "left/behind")):
        earlier.put(key, bytes(10_000))
        os.utime(folder / key, (number, number))
    now = Cache(folder)
    assert now.get("a") is not None
    now.put("e", bytes(10_000))
    now.trim()
    assert sorted(contents(folder)) == ["a", "e", "left/behind"]
    for number in range(9):
        now.put(f"f{number}", bytes(10_000))
    now.trim()
    assert sorted(contents(folder)) == ["a", "e", *(f"f{number}" for number in range(9))]
