"""Files that are missing, misnamed or of another kind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from slips import ALBA_EN, BRUMA, NEWS_EN, Expected, assert_file_told


def renamed(root: Path, name: str) -> None:
    for file in (BRUMA, "content/cities/bruma.ko.md", "content/cities/bruma.en.md"):
        new = root / file.replace("bruma", name)
        new.parent.mkdir(exist_ok=True)
        (root / file).rename(new)
    for locale in ("ko", "en"):
        for page in ("index", "cities/alba"):
            file = root / f"content/{page}.{locale}.md"
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("bruma.md", f"{name}.md"), encoding="utf-8")


FILES: dict[str, tuple[Callable[[Path], object], str, Expected]] = {
    "a narrative missing": (
        lambda root: (root / ALBA_EN).unlink(), f"{ALBA_EN}:1:1", ("글이 없습니다", "missing"),
    ),
    "a narrative without a page": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/abla.en.md"),
        "content/cities/abla.en.md:1:1",
        "cities/alba",
    ),
    "a narrative in an unknown language": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/alba.fr.md"),
        "content/cities/alba.fr.md:1:1",
        "‘fr’",
    ),
    "a narrative without a language": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/alba.md"),
        "content/cities/alba.md:1:1",
        ".ko.md",
    ),
    "a narrative without front matter": (
        lambda root: (root / ALBA_EN).write_text("Alba\n", encoding="utf-8"),
        f"{ALBA_EN}:1:1",
        "‘---’",
    ),
    "a data file missing": (
        lambda root: (root / "data/sources.yaml").unlink(),
        "data/sources.yaml:1:1",
        ("파일이 없습니다", "The file is missing"),
    ),
    "an unknown data file": (
        lambda root: (root / "data/source.yaml").touch(),
        "data/source.yaml:1:1",
        "data/sources.yaml",
    ),
    "a file of another kind": (
        lambda root: (root / "data/cities/alba.xlsx").touch(),
        "data/cities/alba.xlsx:1:1",
        ".yaml",
    ),
    "an empty file": (
        lambda root: (root / BRUMA).write_text("", encoding="utf-8"),
        f"{BRUMA}:1:1",
        ("묶음", "A mapping"),
    ),
    "no mkdocs.yml": (
        lambda root: (root / "mkdocs.yml").unlink(),
        "mkdocs.yml:1:1",
        ("파일이 없습니다", "The file is missing"),
    ),
    "no city": (
        lambda root: shutil.rmtree(root / "data/cities"),
        "data/cities/*.yaml:1:1",
        ("파일이 없습니다", "The file is missing"),
    ),
    "a city whose name is no address": (
        lambda root: renamed(root, "Bru_Ma"),
        "data/cities/Bru_Ma.yaml:1:1",
        "Bru_Ma",
    ),
    "a city in a folder": (
        lambda root: renamed(root, "b/bruma"), "data/cities/b/bruma.yaml:1:1", "b/bruma",
    ),
    "a city by the name of the front page": (
        lambda root: renamed(root, "index"), "data/cities/index.yaml:1:1", "index",
    ),
    "a city by the name of the alliance’s brochure": (
        lambda root: renamed(root, "gini"), "data/cities/gini.yaml:1:1", "gini",
    ),
    "a city whose name is a device": (
        lambda root: renamed(root, "aux"), "data/cities/aux.yaml:1:1", ("Windows", "Windows"),
    ),
    "a city whose name is too long": (
        lambda root: renamed(root, "b" * 61), f"data/cities/{'b' * 61}.yaml:1:1", "60",
    ),
    "a narrative whose name differs in case": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/Alba.en.md"),
        "content/cities/Alba.en.md:1:1",
        "cities/alba",
    ),
    "a drawing from outside": (
        lambda root: (
            (root / "data/photos").mkdir(exist_ok=True),
            (root / "data/photos/a.svg").write_text("<svg onload='x'/>", encoding="utf-8"),
        ),
        "data/photos/a.svg:1:1",
        ".jpg",
    ),
    "news in one language": (
        lambda root: (root / NEWS_EN).unlink(), f"{NEWS_EN}:1:1", ("글이 없습니다", "missing"),
    ),
    "news of no day": (
        lambda root: shutil.copy(root / NEWS_EN, root / "content/news/2025-02-30-x.en.md"),
        "content/news/2025-02-30-x.en.md:1:1",
        "2025-02-30",
    ),
    "news without a day": (
        lambda root: shutil.copy(root / NEWS_EN, root / "content/news/first.en.md"),
        "content/news/first.en.md:1:1",
        "news/2025-12-30-first",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "place", "fragments"), FILES.values(), ids=FILES)
def test_a_wrong_file_is_told_by_name(
    spoil: Callable[[Path], object], place: str, fragments: Expected, checked: Path
) -> None:
    """A file that is missing or misnamed is told by its name, with what is expected."""
    assert_file_told(spoil, place, fragments, checked)
