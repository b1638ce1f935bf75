"""Files that are missing, misnamed or of another kind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from slips import ALBA_EN, BRUMA, NEWS_EN, assert_file_told, nearest

from brochure.base.message import Message


def renamed(root: Path, name: str) -> None:
    for old in (BRUMA, "content/cities/bruma.ko.md", "content/cities/bruma.en.md"):
        new = root / old.replace("bruma", name)
        new.parent.mkdir(exist_ok=True)
        (root / old).rename(new)
    for locale in ("ko", "en"):
        for page in ("index", "cities/alba"):
            narrative = root / f"content/{page}.{locale}.md"
            text = narrative.read_text(encoding="utf-8")
            narrative.write_text(text.replace("bruma.md", f"{name}.md"), encoding="utf-8")


def drawn_outside(root: Path) -> None:
    (root / "data/photos").mkdir(exist_ok=True)
    (root / "data/photos/a.svg").write_text("<svg onload='x'/>", encoding="utf-8")


FILES: dict[str, tuple[Callable[[Path], object], str, Message]] = {
    "a narrative missing": (
        lambda root: (root / ALBA_EN).unlink(),
        f"{ALBA_EN}:1:1",
        Message("narrative.missing", page="cities/alba", locale="en"),
    ),
    "a narrative without a page": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/abla.en.md"),
        "content/cities/abla.en.md:1:1",
        Message(
            "narrative.unknown-page",
            name="cities/abla",
            hint=nearest("cities/alba"),
        ),
    ),
    "a narrative in an unknown language": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/alba.fr.md"),
        "content/cities/alba.fr.md:1:1",
        Message("narrative.unknown-language", name="fr"),
    ),
    "a narrative without a language": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/alba.md"),
        "content/cities/alba.md:1:1",
        Message("file.without-language", example="alba.ko.md"),
    ),
    "a narrative without front matter": (
        lambda root: (root / ALBA_EN).write_text("Alba\n", encoding="utf-8"),
        f"{ALBA_EN}:1:1",
        Message("narrative.without-front-matter"),
    ),
    "a data file missing": (
        lambda root: (root / "data/sources.yaml").unlink(),
        "data/sources.yaml:1:1",
        Message("file.missing"),
    ),
    "an unknown data file": (
        lambda root: (root / "data/source.yaml").touch(),
        "data/source.yaml:1:1",
        Message(
            "file.unknown",
            name="data/source.yaml",
            hint=nearest("data/sources.yaml"),
        ),
    ),
    "a file of another kind": (
        lambda root: (root / "data/cities/alba.xlsx").touch(),
        "data/cities/alba.xlsx:1:1",
        Message("file.of-another-kind", endings=[".yaml"]),
    ),
    "an empty file": (
        lambda root: (root / BRUMA).write_text("", encoding="utf-8"),
        f"{BRUMA}:1:1",
        Message("file.empty"),
    ),
    "no mkdocs.yml": (
        lambda root: (root / "mkdocs.yml").unlink(),
        "mkdocs.yml:1:1",
        Message("file.missing"),
    ),
    "no city": (
        lambda root: shutil.rmtree(root / "data/cities"),
        "data/cities/*.yaml:1:1",
        Message("file.missing"),
    ),
    "a city whose name is no address": (
        lambda root: renamed(root, "Bru_Ma"),
        "data/cities/Bru_Ma.yaml:1:1",
        Message("file.name-form", name="Bru_Ma.yaml", hint=nearest("bru-ma.yaml")),
    ),
    "a city in a folder": (
        lambda root: renamed(root, "b/bruma"),
        "data/cities/b/bruma.yaml:1:1",
        Message("file.in-folder", name="b/bruma"),
    ),
    "a city by the name of the front page": (
        lambda root: renamed(root, "index"),
        "data/cities/index.yaml:1:1",
        Message("file.name-reserved", name="index", names=["index", "gini", "gini-leaflet"]),
    ),
    "a city by the name of the alliance’s brochure": (
        lambda root: renamed(root, "gini"),
        "data/cities/gini.yaml:1:1",
        Message("file.name-reserved", name="gini", names=["index", "gini", "gini-leaflet"]),
    ),
    "a city whose name is a device": (
        lambda root: renamed(root, "aux"),
        "data/cities/aux.yaml:1:1",
        Message("file.name-of-device", name="aux.yaml"),
    ),
    "a city whose name is too long": (
        lambda root: renamed(root, "b" * 61),
        f"data/cities/{'b' * 61}.yaml:1:1",
        Message(
            "file.name-too-long",
            name="bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            limit=60,
        ),
    ),
    "a narrative whose name differs in case": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/Alba.en.md"),
        "content/cities/Alba.en.md:1:1",
        Message("file.name-form", name="Alba.en.md", hint=nearest("alba.en.md")),
    ),
    "a drawing from outside": (
        drawn_outside,
        "data/photos/a.svg:1:1",
        Message("file.of-another-kind", endings=[".jpeg", ".jpg", ".png"]),
    ),
    "news in one language": (
        lambda root: (root / NEWS_EN).unlink(),
        f"{NEWS_EN}:1:1",
        Message("narrative.missing", page="news/2025-12-30-first", locale="en"),
    ),
    "news of no day": (
        lambda root: shutil.copy(root / NEWS_EN, root / "content/news/2025-02-30-x.en.md"),
        "content/news/2025-02-30-x.en.md:1:1",
        Message("date.no-such-day", date="2025-02-30"),
    ),
    "news without a day": (
        lambda root: shutil.copy(root / NEWS_EN, root / "content/news/first.en.md"),
        "content/news/first.en.md:1:1",
        Message("news.file-name", example="2026-11-22-name.en.md"),
    ),
    "a city with another ending": (
        lambda root: (root / BRUMA).rename(root / "data/cities/bruma.yml"),
        "data/cities/bruma.yml:1:1",
        Message("file.wrong-ending", name="bruma.yml", right="bruma.yaml"),
    ),
    "a city with an ending in capitals": (
        lambda root: (root / BRUMA).rename(root / "data/cities/bruma.YAML"),
        "data/cities/bruma.YAML:1:1",
        Message("file.wrong-ending", name="bruma.YAML", right="bruma.yaml"),
    ),
    "a city with an ending that Windows hides": (
        lambda root: (root / BRUMA).rename(root / "data/cities/bruma.yaml.txt"),
        "data/cities/bruma.yaml.txt:1:1",
        Message("file.wrong-ending", name="bruma.yaml.txt", right="bruma.yaml"),
    ),
    "a narrative with another ending": (
        lambda root: (root / ALBA_EN).rename(root / "content/cities/alba.en.txt"),
        "content/cities/alba.en.txt:1:1",
        Message("file.wrong-ending", name="alba.en.txt", right="alba.en.md"),
    ),
    "a city with a space and capitals": (
        lambda root: renamed(root, "Bruma City"),
        "data/cities/Bruma City.yaml:1:1",
        Message("file.name-form", name="Bruma City.yaml", hint=nearest("bruma-city.yaml")),
    ),
    "a city with an accent": (
        lambda root: renamed(root, "málaga"),
        "data/cities/málaga.yaml:1:1",
        Message("file.name-form", name="málaga.yaml", hint=nearest("malaga.yaml")),
    ),
    "a city in Hangul": (
        lambda root: renamed(root, "대전"),
        "data/cities/대전.yaml:1:1",
        Message("file.name-form", name="대전.yaml", hint=Message("hint.none")),
    ),
    "a narrative with a space": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/alba .en.md"),
        "content/cities/alba .en.md:1:1",
        Message("file.name-form", name="alba .en.md", hint=nearest("alba.en.md")),
    ),
    "a file of the computer’s own": (
        lambda root: (root / "content/.DS_Store").touch(),
        "content/.DS_Store:1:1",
        Message("file.of-the-computer", name=".DS_Store"),
    ),
    "front matter behind an empty line": (
        lambda root: (root / ALBA_EN).write_text(
            "\n" + (root / ALBA_EN).read_text(encoding="utf-8"), encoding="utf-8"
        ),
        f"{ALBA_EN}:1:1",
        Message("narrative.front-matter-not-first"),
    ),
    "front matter without an end": (
        lambda root: (root / ALBA_EN).write_text("---\ntitle: Alba\n", encoding="utf-8"),
        f"{ALBA_EN}:1:1",
        Message("narrative.front-matter-not-closed"),
    ),
}


@pytest.mark.parametrize(("spoil", "place", "expected"), FILES.values(), ids=FILES)
def test_a_wrong_file_is_told_by_name(
    spoil: Callable[[Path], object], place: str, expected: Message, checked: Path
) -> None:
    """A file that is missing or misnamed is told by its name, with what is expected."""
    assert_file_told(spoil, place, expected, checked)
