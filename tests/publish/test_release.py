"""All or nothing: whatever happens to a build, what is published is whole, the last or the new."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT, contents, copy_miniature

from brochure.base.message import Message
from brochure.publish import swap
from brochure.publish.lock import exclusive_build
from brochure.publish.swap import swap_into_place

# From sys/prctl.h and linux/capability.h.
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


FILES = ("site/index.html", "site/en/index.html", "press/a.pdf")


def folder(at: Path, text: str) -> Path:
    """A release in which every file says `text`."""
    for name in FILES:
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(text, encoding="utf-8")
    return at


def said(at: Path) -> set[bytes]:
    """What the files of a release say; of a whole one, one thing."""
    return set(contents(at).values())


# The switch


def cannot_swap(one: Path, other: Path) -> None:
    """A file system that cannot swap, as NFS."""
    raise OSError(errno.EINVAL, "Invalid argument")


@pytest.fixture(params=["swap", "no swap"])
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Once with this kernel's swap, once without."""
    if request.param == "no swap":
        monkeypatch.setattr(swap, "_swap", cannot_swap)
    return str(request.param)


def test_a_switch_replaces_the_whole(tmp_path: Path, kernel: str) -> None:
    """The finished folder is published, first where nothing was, then in the former's place, which
    stands whole where the finished one was; nothing else is left."""
    published = tmp_path / "dist"
    swap_into_place(folder(tmp_path / "made", "one"), published)
    assert said(published) == {b"one"}
    swap_into_place(folder(tmp_path / "made", "two"), published)
    assert said(published) == {b"two"} and said(tmp_path / "made") == {b"one"}
    assert {path.name for path in tmp_path.iterdir()} == {"dist", "made"}
    assert published.is_dir() and not published.is_symlink()


def test_this_kernel_swaps(tmp_path: Path) -> None:
    """On Linux and macOS the swap is the kernel's, so that the tests above have tried it."""
    swap._swap(folder(tmp_path / "a", "a"), folder(tmp_path / "b", "b"))
    assert said(tmp_path / "a") == {b"b"} and said(tmp_path / "b") == {b"a"}


def test_a_reader_never_meets_half(tmp_path: Path) -> None:
    """Whoever opens the published folder while it is switched to and fro a thousand times finds
    each time a whole release: every file is there, and all are of one."""
    published, made = folder(tmp_path / "dist", "a"), folder(tmp_path / "made", "b")
    program = (
        "import sys; from pathlib import Path\n"
        "from brochure.publish.swap import swap_into_place\n"
        "for _ in range(1000): swap_into_place(*map(Path, sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, str(made), str(published)]
    seen = set()
    with subprocess.Popen(command, cwd=ROOT) as process:
        while process.poll() is None:
            # A folder that is open stays the same folder, whatever its name comes to mean.
            opened = os.open(published, os.O_RDONLY)
            files = [os.open(name, os.O_RDONLY, dir_fd=opened) for name in FILES]
            texts = {os.read(file, 9) for file in files}
            for descriptor in (opened, *files):
                os.close(descriptor)
            assert len(texts) == 1
            seen |= texts
    assert process.returncode == 0 and seen == {b"a", b"b"}


def test_killed_between_two_strokes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no swap, a build may be killed when nothing is published: the next one puts
    the former release back before anything else."""
    published = folder(tmp_path / "dist", "former")
    finished = folder(tmp_path / "made", "new")
    monkeypatch.setattr(swap, "_swap", cannot_swap)
    rename, calls = Path.rename, list[Path]()

    def killed(self: Path, target: Path) -> Path:
        if calls:
            raise SystemExit
        calls.append(self)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", killed)
    with pytest.raises(SystemExit):
        swap_into_place(finished, published)
    assert not published.exists()
    monkeypatch.setattr(Path, "rename", rename)
    with exclusive_build(tmp_path, print):
        assert said(published) == {b"former"}
    assert {path.name for path in tmp_path.iterdir()} == {"build", "dist", "made"}


# One build at a time


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    """Two builds of one repository do not run at once: the second reports that it waits,
    and goes on when the first has ended."""
    holder = (
        "import sys, time; from pathlib import Path\n"
        "from brochure.publish.lock import exclusive_build\n"
        "with exclusive_build(Path(sys.argv[1]), print): print('in', flush=True); time.sleep(30)"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT
    )
    assert first.stdout is not None and first.stdout.readline() == b"in\n"
    messages: list[Message] = []

    def report(message: Message) -> None:
        messages.append(message)
        # Killed, it cannot give back its lock: the kernel does.
        first.kill()

    with exclusive_build(tmp_path, report):
        assert first.wait() == -signal.SIGKILL
    first.stdout.close()
    assert messages == [Message("build.waiting")]
    with exclusive_build(tmp_path, messages.append):
        assert len(messages) == 1


def test_a_lock_that_was_deleted_locks_nobody_out(tmp_path: Path) -> None:
    """Where `make clean` takes the lock away under a build that waits for it, that build locks
    the new file, as every later one does."""
    (tmp_path / "build").mkdir()
    path = tmp_path / "build/lock"
    held = os.open(path, os.O_RDWR | os.O_CREAT)
    fcntl.flock(held, fcntl.LOCK_EX)

    def cleaned(message: Message) -> None:
        path.unlink()
        os.close(held)

    with exclusive_build(tmp_path, cleaned):
        other = os.open(path, os.O_RDWR)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(other)


def test_a_build_begins_with_nothing_of_the_last(tmp_path: Path) -> None:
    """What a killed build left aside is gone when the next one begins."""
    folder(tmp_path / "build/making", "half")
    with exclusive_build(tmp_path, print) as making:
        assert list(making.iterdir()) == []


# What cannot be written


@pytest.fixture
def miniature(miniature: Path) -> Path:
    """A copy of the tiny repository, with something published."""
    folder(miniature / "dist", "former")
    return miniature


def as_anyone() -> None:
    """Let the permissions of files bind this process, though it be root's."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def refused(root: Path, *before: str, prepare: Callable[[], None] | None = None) -> str:
    """What a build says that is refused by the system, and changes nothing."""
    done = subprocess.run(
        [*before, sys.executable, str(ROOT / "build.py"), "--root", str(root), "site"],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        preexec_fn=prepare,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "dist/는 그대로입니다." in done.stderr and "dist/ was not changed." in done.stderr
    assert said(root / "dist") == {b"former"}
    return done.stderr


@pytest.mark.parametrize("name", ["dist", ".", "build"])
def test_an_unwritable_folder(name: str, miniature: Path) -> None:
    """A folder in which the build may not write is named, with the reason in both languages."""
    (miniature / name).chmod(0o555)
    told = refused(miniature, prepare=as_anyone)
    (miniature / name).chmod(0o755)
    assert "권한이 없습니다" in told and "Permission denied" in told
    assert (miniature / name).name in told.splitlines()[0]


def test_a_full_disk(miniature: Path) -> None:
    """A disk that is full in the middle of a build is told in both languages, and the half of a
    release does not keep it full."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a small disk")
    making = miniature / "build/making"
    script = (
        f"set -e; cache=$(readlink {miniature}/build/cache); "
        f"mount -t tmpfs -o size=3m none {miniature}/build; "
        f"ln -s $cache {miniature}/build/cache; "
        f'code=0; "$@" || code=$?; test ! -e {making} || exit 99; exit $code'
    )
    told = refused(miniature, "unshare", "-rm", "sh", "-c", script, "sh")
    assert "빈 자리가 없습니다" in told and "No space left on device" in told


def test_a_file_that_may_not_grow(miniature: Path) -> None:
    """A limit on the size of files is told as a full disk is."""
    limit = (resource.RLIMIT_FSIZE, (200_000, 200_000))
    told = refused(miniature, prepare=lambda: resource.setrlimit(*limit))
    assert "허용된 크기" in told and "File too large" in told


def test_a_file_in_the_place_of_dist(miniature: Path) -> None:
    """Something of the user's own in `dist/`, or in its place, is named and left alone."""
    (miniature / "dist/notes.txt").write_bytes(b"former")
    assert "dist/notes.txt" in refused(miniature)
    (miniature / "dist").rename(miniature / "elsewhere")
    (miniature / "dist").symlink_to("elsewhere")
    told = refused(miniature)
    assert "보통 폴더" in told and "ordinary folder" in told
    assert (miniature / "dist").is_symlink()


# What is stopped or killed


def started(root: Path) -> subprocess.Popen[str]:
    """A build, in a process group of its own, that has begun to print."""
    process = subprocess.Popen(
        [sys.executable, "-u", str(ROOT / "build.py"), "--root", str(root), "site"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        start_new_session=True,
        # Whoever runs the tests in the background has told its children to ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout is not None
    assert any(line.startswith("Printing") for line in process.stdout)
    return process


def members(group: int) -> list[str]:
    """The processes of a group that still run."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pgid=,stat=,args="], capture_output=True, encoding="utf-8", check=True
    )
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return [args for own, state, args in rows if int(own) == group and not state.startswith("Z")]


@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGKILL", -9)])
def test_a_build_is_stopped_in_the_middle(name: str, status: int, tmp_path: Path) -> None:
    """Ctrl-C, which the terminal sends to every process of the build, an order to end and a kill
    stop it within seconds, with all who print for it; the first two are answered in both
    languages, without a traceback. What is published stays."""
    root = copy_miniature(tmp_path / "miniature")
    folder(root / "dist", "former")
    process = started(root)
    until = time.monotonic() + 60
    while len(members(process.pid)) < 3 and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1)
    number = getattr(signal, name)
    if name == "SIGINT":
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    try:
        _, errors = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    assert process.returncode == status
    assert "Traceback" not in errors
    if name != "SIGKILL":
        assert "중단했습니다" in errors and "Interrupted" in errors
    assert said(root / "dist") == {b"former"}
    until = time.monotonic() + 30
    while members(process.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert members(process.pid) == []


def test_a_build_is_killed_at_any_moment(
    tmp_path: Path, tiny: Path, request: pytest.FixtureRequest
) -> None:
    """A build that is killed at moments spread over its length leaves what is published as it
    was, or, where it had just been switched, wholly new; the next one ends as if nothing had
    been. `--kills` says at how many moments."""
    root = copy_miniature(tmp_path / "miniature", tiny / "build/cache")
    kills = request.config.getoption("--kills")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/killed.py"), str(root), str(kills)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *rows, last = map(json.loads, done.stdout.splitlines())
    assert len(rows) == kills
    assert [row for row in rows if row["published"] not in (0, 1)] == []
    # Killed after the switch, a build has published; before, it has not.
    assert sum(row["published"] == row["expected"] for row in rows) >= 0.8 * kills
    # Most were killed in time, and some with half a release made.
    assert sum(row["killed"] for row in rows) >= 0.5 * kills
    assert any(row["killed"] and row["left"] > 0 for row in rows)
    assert last["cured"]
