"""What the tests share: copies of the repository, one build of it, and the golden files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support import (
    ROOT,
    contents,
    copy_input,
    copy_inputs,
    copy_miniature,
    differences,
    once,
    run_build,
)

GOLDEN = ROOT / "tests/golden"

# The same examples in every run, on a slow machine as on a fast one.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless", action="store_true", help="accept the output as it is: golden files, pictures"
    )
    parser.addoption(
        "--kills", type=int, default=8, help="at how many moments a build is killed (default: 8)"
    )


# The files that take longest, in the order in which they begin; what needs the whole publication
# stands apart at first, since it is being printed then.
LONGEST = (
    "test_pdf_ua", "test_reuse", "test_build", "test_languages", "test_photo", "test_release",
    "test_pdf_x", "test_access", "test_pages", "test_navigation", "test_layout", "test_preview",
    "test_review", "test_lighthouse", "test_pictures",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes long begin early: a file stays with one worker, and the last one alone would
    keep the other waiting."""
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share, empty when the run begins."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


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
        done = run_build("--root", copy_inputs(folder, drawn), "site")
        assert done.returncode == 0, done.stdout + done.stderr

    return once(shared / "built", make) / "dist/site"


@pytest.fixture(scope="session")
def tiny(shared: Path, drawn: Path) -> Path:
    """The tiny repository, built once; a test that changes it copies it for itself."""

    def make(folder: Path) -> None:
        done = run_build("--root", copy_miniature(folder, drawn), "site")
        assert done.returncode == 0, done.stdout + done.stderr

    return once(shared / "tiny", make)


@pytest.fixture
def miniature(tmp_path: Path, tiny: Path) -> Path:
    """A copy of the tiny repository's inputs, for a test to change; what is drawn and printed of
    them as they are is in its cache."""
    return copy_miniature(tmp_path / "miniature", tiny / "build/cache")


@pytest.fixture
def checked(tmp_path: Path) -> Path:
    """A copy of the tiny repository, for a test to change and `check` to read."""
    return copy_input(tmp_path / "miniature")


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
