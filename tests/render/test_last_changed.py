"""When a page last changed, from git: on pages, in the sitemap, in the linked data."""

from __future__ import annotations

import os
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support import copy_input, copy_miniature, run_build

from brochure.base.git import head as checkout
from brochure.base.git.log import last_changes
from brochure.cli.check import check
from brochure.incremental import manifest
from brochure.localize.catalog import localize
from brochure.pipeline import publication
from brochure.render.last_changed import last_changed

CITY, TEXT = "data/cities/alba.yaml", "content/cities/alba.en.md"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def git(root: Path, *arguments: str, at: str = "2026-03-02T12:00:00Z") -> str:
    """What git says at `root`, where it is that moment and nobody's settings hold."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(
        ["git", "-C", str(root), *who, *arguments],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | own,
    )
    return done.stdout.strip()


def commit(root: Path, *files: str, at: str) -> None:
    """A commit at that moment, in which each of the files is a little longer."""
    for file in files:
        with (root / file).open("a", encoding="utf-8") as opened:
            opened.write("\n")
    git(root, "add", *(files or ["."]))
    git(root, "commit", "--quiet", "--message", "-", at=at)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tiny repository as the one commit of the branch main, of 2 March."""
    root = copy_input(tmp_path / "root")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, at="2026-03-02T12:00:00Z")
    return root


def test_a_page_is_as_old_as_what_it_says(root: Path) -> None:
    """A city's page changes with its data and its text in that language; a page that speaks of
    all cities with any of them; another city's not. Words of the interface change no page."""
    commit(root, TEXT, at="2026-03-05T12:00:00Z")
    commit(root, CITY, at="2026-03-03T12:00:00Z")
    commit(root, "data/locales/en.yaml", at="2026-03-09T12:00:00Z")
    commit(root, "content/news/2025-12-30-first.en.md", at="2026-03-07T12:00:00Z")
    commit(root, "data/dossiers/study.yaml", at="2026-03-06T12:00:00Z")
    catalog = check(root)
    expected = {
        ("cities/alba", "en"): 5,
        ("cities/alba", "ko"): 3,
        ("cities/bruma", "en"): 2,
        ("pairs/alba/bruma", "en"): 3,
        ("study/pairs", "ko"): 6,
        ("note/index", "ko"): 2,
        ("news/2025-12-30-first", "en"): 7,
        ("news/index", "en"): 7,
        ("news/index", "ko"): 2,
        ("secretariat", "en"): 2,
        ("accessibility", "en"): 2,
        ("compare", "ko"): 6,
        ("index", "en"): 6,
    }
    editions = {locale: localize(catalog, locale) for locale in catalog.settings.locales}
    assert {
        (path, locale): last_changed(editions[locale], path, catalog.last_modified)
        for path, locale in expected
    } == {page: date(2026, 3, day) for page, day in expected.items()}


def test_a_day_is_that_of_the_commit(root: Path) -> None:
    """A day is counted in UTC wherever the committer was; what is not committed has none, and the
    time of a file none either; what a merge settles is a change of the day of the merge."""
    commit(root, CITY, at="2026-03-05T23:30:00-05:00")
    commit(root, TEXT, at="2026-03-05T01:00:00+09:00")
    (root / CITY).write_text("changed", encoding="utf-8")
    (root / "data/cities/new.yaml").touch()
    found = last_changes(root)
    assert found[CITY] == date(2026, 3, 6) and found[TEXT] == date(2026, 3, 4)
    assert "data/cities/new.yaml" not in found

    git(root, "checkout", "--quiet", "--force", "-b", "other", "HEAD~1")
    commit(root, TEXT, "mkdocs.yml", at="2026-03-07T12:00:00Z")
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-commit", "--strategy", "ours", "other")
    (root / TEXT).write_text("as neither had it", encoding="utf-8")
    commit(root, TEXT, at="2026-03-08T12:00:00Z")
    assert last_changes(root)[TEXT] == date(2026, 3, 8)


def shallow(root: Path, tmp_path: Path) -> Path:
    git(root, "clone", "--quiet", "--depth", "1", f"file://{root}", str(tmp_path / "clone"))
    return tmp_path / "clone"


def archive(root: Path, tmp_path: Path) -> Path:
    (root / ".git").rename(tmp_path / "gone")
    return root


def without_commit(root: Path, tmp_path: Path) -> Path:
    archive(root, tmp_path)
    git(root, "init", "--quiet")
    return root


def ignored(root: Path, tmp_path: Path) -> Path:
    (root / ".gitignore").write_text("copy/\n", encoding="utf-8")
    commit(root, ".gitignore", at="2026-03-03T12:00:00Z")
    return copy_input(root / "copy")


@pytest.mark.parametrize("place", [shallow, archive, without_commit, ignored])
def test_without_history_nothing_is_dated(
    place: Callable[[Path, Path], Path], root: Path, tmp_path: Path
) -> None:
    """A clone with only the end of the history, an archive, a repository without a commit, a
    folder within another repository that does not hold it: none takes a day from anywhere."""
    assert last_changes(root)
    assert last_changes(place(root, tmp_path)) == {}


def test_without_git_nothing_is_dated(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git is not installed there are no days."""
    monkeypatch.setenv("PATH", str(root))
    assert last_changes(root) == {}


def test_a_folder_of_a_repository_has_its_days(root: Path) -> None:
    """A publication that is a part of a larger repository is dated by that one's commits."""
    git(root, "mv", "data", "content", "overrides")
    part = root / "overrides"
    git(root, "commit", "--quiet", "--message", "-", at="2026-03-04T12:00:00Z")
    assert last_changes(part)[CITY] == date(2026, 3, 4)
    assert checkout.commit(part) == git(root, "rev-parse", "HEAD")


def test_the_days_are_published(tmp_path: Path, drawn: Path) -> None:
    """A page says when it last changed; the sitemap says the same, a city's data set the day of
    its file. An entry of the news is never older than its day."""
    root = copy_miniature(tmp_path / "root", drawn)
    (root / ".gitignore").write_text("/build\n", encoding="utf-8")
    git(root, "init", "--quiet")
    commit(root, at="2025-03-02T12:00:00Z")
    commit(root, TEXT, at="2026-03-05T12:00:00Z")
    commit(root, CITY, at="2026-03-03T12:00:00Z")
    assert run_build("--root", root, "site", "--pages").returncode == 0
    site = root / "build/pages"
    english = (site / "en/cities/alba/index.html").read_text("utf-8")
    korean = (site / "cities/alba/index.html").read_text("utf-8")
    assert '<time datetime="2026-03-05">Last changed 5 March 2026</time>' in english
    assert '<time datetime="2026-03-03">마지막으로 고친 날: 2026년 3월 3일</time>' in korean
    assert '"dateModified":"2026-03-03"' in english.replace(": ", ":")
    assert '"dateModified":"2026-03-03"' in korean.replace(": ", ":")
    days = {
        url.findtext("s:loc", "", NAMES).removeprefix("https://twin.example"): url.findtext(
            "s:lastmod", "", NAMES
        )
        for url in ET.parse(site / "sitemap.xml").findall("s:url", NAMES)
    }
    assert days["/en/cities/alba/"] == "2026-03-05" and days["/cities/alba/"] == "2026-03-03"
    assert days["/en/news/2025-12-30-first/"] == "2025-12-30"


def test_without_history_nothing_is_said(tmp_path: Path, drawn: Path) -> None:
    """Without git no page says when it changed, and no data set has a day."""
    root = copy_miniature(tmp_path / "root", drawn)
    made = publication(root)
    assert not any(page.changed or page.when for page in made.pages)
    assert not any("dateModified" in page.json_ld for page in made.pages)


# The manifest of a build, which runs no process


def test_the_commit_is_read_from_the_files_of_git(root: Path, tmp_path: Path) -> None:
    """On a branch, packed or not, without one, in a worktree, and in none: the commit is the one
    that git names."""
    assert checkout.commit(tmp_path) == ""
    head = git(root, "rev-parse", "HEAD")
    assert checkout.commit(root) == checkout.commit(root / "data") == head
    git(root, "pack-refs", "--all")
    assert not (root / ".git/refs/heads/main").exists() and checkout.commit(root) == head
    git(root, "worktree", "add", "--quiet", "-b", "side/way", str(tmp_path / "tree"))
    assert checkout.commit(tmp_path / "tree") == head
    commit(tmp_path / "tree", CITY, at="2026-03-03T12:00:00Z")
    assert checkout.commit(tmp_path / "tree") == git(tmp_path / "tree", "rev-parse", "HEAD") != head
    assert checkout.commit(root) == head
    git(root, "checkout", "--quiet", "--detach")
    assert checkout.commit(root) == head
    assert not checkout.shallow(root) and not checkout.shallow(tmp_path / "tree")
    assert checkout.shallow(shallow(root, tmp_path))


def test_a_build_is_up_to_date_at_its_commit_alone(root: Path) -> None:
    """Another commit, even with the same files, means building again; so does a history that has
    come to be whole. Without git, only the files count."""
    (root / "dist").mkdir()
    (root / "build").mkdir()

    def up_to_date() -> bool:
        return manifest.is_up_to_date(root, root / "dist")

    manifest.write_manifest(root, root / "dist", manifest.inputs(root), {})
    assert up_to_date()
    git(root, "commit", "--quiet", "--allow-empty", "--message", "-")
    assert not up_to_date()
    manifest.write_manifest(root, root / "dist", manifest.inputs(root), {})
    assert up_to_date()
    (root / ".git/shallow").touch()
    assert not up_to_date()
    (root / ".git").rename(root.with_name("gone"))
    manifest.write_manifest(root, root / "dist", manifest.inputs(root), {})
    assert up_to_date()
