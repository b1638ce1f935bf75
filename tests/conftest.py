"""What the tests share: copies of the repository, one build of it, and the golden files."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
# All that the build reads.
INPUTS = ("charts", "content", "data", "macros", "mkdocs.yml", "overrides")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless", action="store_true", help="accept the output as it is as the golden files"
    )


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share, empty when the run begins."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """`folder` as `make` fills it, made by the worker that comes first; the others wait."""
    done = folder.with_name(f"{folder.name}.done")
    try:
        folder.mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.05)
    else:
        try:
            make(folder)
        except BaseException as error:
            done.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
            raise
        done.touch()
    if failure := done.read_text(encoding="utf-8"):
        pytest.fail(f"another worker could not make {folder.name}: {failure}")
    return folder


def copy_inputs(to: Path, cache: Path | None = None) -> Path:
    """A copy of the repository's inputs in the folder `to`.

    With `cache`, it shares drawings and brochures with every other copy that has the same; a key
    of the cache holds all that a result depends on, so that sharing cannot change a result.
    """
    to.mkdir(parents=True, exist_ok=True)
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to / name)
    if cache is not None:
        cache.mkdir(exist_ok=True)
        (to / "build").mkdir()
        (to / "build/cache").symlink_to(cache, target_is_directory=True)
    return to


@pytest.fixture(scope="session")
def drawn(shared: Path) -> Path:
    """The cache of drawings and brochures that this run's builds share; empty when it begins."""
    return shared / "cache"


@pytest.fixture
def repository(tmp_path: Path, drawn: Path) -> Path:
    """A copy of the repository's inputs, for a test to change."""
    return copy_inputs(tmp_path / "repository", drawn)


@pytest.fixture(scope="session")
def built(shared: Path, drawn: Path) -> Path:
    """The finished site of the repository as it is, built once; its root is `built.parents[1]`."""

    def make(folder: Path) -> None:
        done = run_build("--root", str(copy_inputs(folder, drawn)), "site")
        assert done.returncode == 0, done.stdout + done.stderr

    return once(shared / "built", make) / "dist/site"


def run_build(
    *arguments: str, environment: Mapping[str, str] | None = None, umask: int = -1
) -> subprocess.CompletedProcess[str]:
    """`build.py` with these arguments, as a process of its own."""
    own = {key: value for key, value in os.environ.items() if key != "GITHUB_ACTIONS"}
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        env=own | {"PYTHONIOENCODING": "utf-8"} | dict(environment or {}),
        capture_output=True,
        encoding="utf-8",
        umask=umask,
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path within."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Mapping[str, str]], None]:
    """Hold texts against the golden files below `tests/golden/<name>/`; `--bless` rewrites them."""

    def compare(name: str, texts: Mapping[str, str]) -> None:
        folder = GOLDEN / name
        if request.config.getoption("--bless"):
            shutil.rmtree(folder, ignore_errors=True)
            for path, text in texts.items():
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="")
            return
        accepted = {path: raw.decode() for path, raw in contents(folder).items()}
        lines = list(differences(accepted, texts))
        if lines:
            rest = "" if len(lines) <= 200 else f"\n… and {len(lines) - 200} lines more"
            pytest.fail(
                f"The output differs from tests/golden/{name}/. If it is meant to, run "
                "`make bless` and commit what it changes.\n" + "\n".join(lines[:200]) + rest,
                pytrace=False,
            )

    return compare


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """The lines of a unified diff between two sets of files."""
    for path in sorted({*before, *after}):
        if before.get(path) != after.get(path):
            yield from difflib.unified_diff(
                _lines(before.get(path)),
                _lines(after.get(path)),
                f"golden/{path}" if path in before else "(no golden file)",
                f"output/{path}" if path in after else "(no longer made)",
                lineterm="",
            )


def _lines(text: str | None) -> Sequence[str]:
    return (text or "").split("\n")
