"""The cache: it gives nothing but what was kept under a key, and never outgrows its limit."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT, contents

from brochure.base import cache as module
from brochure.base.cache import Cache, Key

# A module of the program, which stands for any that makes results.
MAKER = "brochure.base.colour"
RESULT = b"<svg/>" * 1000


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def key(cache: Cache) -> Key:
    """The key of the one result that the cache holds."""
    key = cache.key("charts", MAKER, "a")
    assert cache.put(key, RESULT) == RESULT
    return key


def entries(folder: Path) -> list[str]:
    """The files of a cache but for the graph of imports, which comes with the first key."""
    return [path for path in contents(folder) if not path.startswith("imports/")]


def test_what_was_kept_is_found(tmp_path: Path, cache: Cache, key: Key) -> None:
    """A result is found by its key, also by another process, and counted as made or reused once."""
    other = cache.key("charts", MAKER, "b")
    assert cache.get(key) == RESULT and cache.get(other) is None
    assert key in cache.made and key not in cache.reused
    later = Cache(tmp_path / "cache")
    assert later.get(key) == later.get(key) == RESULT
    assert (later.made, later.reused) == (set(), {key})


def test_a_key_holds_the_kind_the_module_and_the_inputs(cache: Cache) -> None:
    """Another kind, module or input, or the same inputs in another order, give another key."""
    keys = [
        cache.key("charts", MAKER, "a", "b"),
        cache.key("pages", MAKER, "a", "b"),
        cache.key("charts", "brochure.base.urls", "a", "b"),
        cache.key("charts", MAKER, "b", "a"),
        cache.key("charts", MAKER, "ab"),
        cache.key("charts", MAKER, ["a", "b"]),
    ]
    assert len({*keys}) == len(keys)
    assert cache.key("charts", MAKER, "a", "b") == keys[0]


def test_there_is_one_way_to_make_a_key() -> None:
    """Nothing but the cache makes a Key, and every result is kept and found by one: mypy checks
    that `get`, `put` and `touch` are given no text."""
    makers = set()
    for file in sorted([*ROOT.glob("brochure/**/*.py"), *ROOT.glob("charts/*.py")]):
        tree = ast.parse(file.read_bytes())
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {getattr(call.func, "attr", getattr(call.func, "id", "")) for call in calls}
        makers |= {file.relative_to(ROOT).as_posix()} if names & {"Key", "_replace"} else set()
    assert makers == {"brochure/base/cache.py"}
    for method in (Cache.get, Cache.put, Cache.touch):
        assert method.__annotations__["key"] == "Key"


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
def test_a_damaged_entry_is_made_again(
    damage: Callable[[Path], object], tmp_path: Path, cache: Cache, key: Key
) -> None:
    """An entry that is not byte for byte what was kept is not given out, and can be kept anew."""
    damage(tmp_path / "cache" / key.path)
    assert cache.get(key) is None
    cache.put(key, RESULT)
    assert cache.get(key) == RESULT


def test_an_entry_of_another_key_is_not_given_out(tmp_path: Path, cache: Cache, key: Key) -> None:
    """An entry in another's place, though whole in itself, is not that other's result."""
    other = cache.key("charts", MAKER, "b")
    cache.put(other, b"another")
    shutil.copy(tmp_path / "cache" / other.path, tmp_path / "cache" / key.path)
    assert cache.get(key) is None


def test_it_may_be_deleted_any_time(tmp_path: Path) -> None:
    """While another process deletes the folder again and again, keeping and finding go on."""
    folder = tmp_path / "cache"
    deleter = f"while :; do rm -rf '{folder}'; done"
    process = subprocess.Popen(["sh", "-c", deleter], stderr=subprocess.DEVNULL)
    try:
        cache = Cache(folder)
        for number in range(300):
            key, result = cache.key("charts", MAKER, number), str(number).encode()
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
        "    key, result = cache.key('charts', sys.argv[2], n % 7), bytes([n % 7]) * 100_000\n"
        "    assert cache.get(key) in (None, result)\n"
        "    assert cache.put(key, result) == result\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "cache"), MAKER]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    keys = [Cache(tmp_path / "cache").key("charts", MAKER, n) for n in range(7)]
    assert entries(tmp_path / "cache") == sorted(key.path for key in keys)


def test_it_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit, what was used longest ago goes first, with what killed processes left;
    what the present build made or found stays, however much that is."""
    monkeypatch.setattr(module, "MAX_BYTES", 35_000)
    folder = tmp_path / "cache"
    earlier = Cache(folder)
    names = ["a", "b", "c", "d", "left"]
    keys = {name: earlier.key("charts", MAKER, name) for name in [*names, "e"]}
    shutil.rmtree(folder / "imports")
    for number, name in enumerate(names):
        earlier.put(keys[name], bytes(10_000))
        os.utime(folder / keys[name].path, (number, number))
    now = Cache(folder)
    assert now.get(keys["a"]) is not None
    now.put(keys["e"], bytes(10_000))
    now.trim()
    kept = {keys["a"].path, keys["e"].path, keys["left"].path}
    assert {*contents(folder)} == kept
    more = [earlier.key("charts", MAKER, number) for number in range(9)]
    for key in more:
        now.put(key, bytes(10_000))
    now.trim()
    assert {*contents(folder)} == {keys["a"].path, keys["e"].path, *(key.path for key in more)}
