"""What a build may leave out, and that leaving it out changes nothing that is published."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support import ROOT, contents

from brochure import program, seal
from brochure.briefing import MOST_MEMBERS
from brochure.cache import Cache
from brochure.program import publication, publish_pages
from brochure.publish.frames import kind
from brochure.searching import indices
from brochure.views import Page


def replaced(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text, file
    file.write_text(text.replace(before, after), encoding="utf-8")


# The seal of a release


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of one input, built and sealed."""
    root = tmp_path / "sealed"
    for name in ("data/a.yaml", "overrides/site/a.css", "dist/site/index.html", "build/x"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    seal.seal(root, root / "dist", seal.basis(root))
    assert seal.sealed(root, root / "dist")
    return root


def touched(root: Path) -> None:
    os.utime(root / "dist/site/index.html", ns=(0, 0))


@pytest.mark.parametrize(
    "change",
    [
        touched,
        lambda root: (root / "dist/site/index.html").unlink(),
        lambda root: (root / "dist/site/more.html").touch(),
        lambda root: (root / "dist/site/empty").mkdir(),
        lambda root: shutil.rmtree(root / "dist"),
        lambda root: (root / "dist").rename(root / "d") and (root / "dist").symlink_to(root / "d"),
        lambda root: (root / "data/a.yaml").write_text("data/b.yaml", encoding="utf-8"),
        lambda root: (root / "data/a.yaml").rename(root / "data/b.yaml"),
        lambda root: (root / "data/b.yaml").touch(),
        lambda root: (root / "overrides/site/a.css").unlink(),
        lambda root: (root / "build/dist.seal").write_bytes(b"\xff"),
        lambda root: (root / "build/dist.seal").unlink(),
        lambda root: seal.unseal(root, root / "dist"),
    ],
)
def test_a_seal_breaks_with_any_change(change: Callable[[Path], object], sealed: Path) -> None:
    """An output that was touched, deleted or added, an input that was changed, renamed, added or
    deleted, and a damaged seal: each means that the release is built again."""
    change(sealed)
    assert not seal.sealed(sealed, sealed / "dist")


@pytest.mark.parametrize("part", ["package", "code"])
def test_a_seal_breaks_with_the_program(
    part: str, sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of a package, or other code of the program, means building again."""
    seal.program.cache_clear()
    if part == "package":
        (tmp_path / "path/jinja2-99.dist-info").mkdir(parents=True)
        monkeypatch.syspath_prepend(str(tmp_path / "path"))
    else:
        monkeypatch.setattr(seal, "PROGRAM", ("brochure",))
    assert not seal.sealed(sealed, sealed / "dist")
    seal.program.cache_clear()


def test_what_has_not_changed_is_not_built(miniature: Path) -> None:
    """A second build of the same says that nothing has changed and leaves every file as it is,
    without loading anything that a build needs; after a change only what it concerns is made."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import build; "
        "code = build.main(['--root', sys.argv[2], 'site', '--pages']); "
        "print('LOADED', code, sorted(set(sys.argv[3:]) & set(sys.modules)))"
    )

    def run() -> str:
        watched = ("jinja2", "matplotlib", "mkdocs", "pydantic", "weasyprint", "yaml")
        done = subprocess.run(
            [sys.executable, "-c", program, str(ROOT), str(miniature), *watched],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    assert "LOADED 0" in run()
    first = contents(miniature / "build/pages")
    said = run()
    assert "바뀐 것이 없습니다" in said and "Nothing has changed" in said
    assert "LOADED 0 []" in said
    replaced(miniature / "content/cities/alba.en.md", "ships", "vessels")
    said = run()
    assert "LOADED 0 ['jinja2', 'pydantic', 'yaml']" in said
    assert contents(miniature / "build/pages") != first
    assert not (miniature / "dist").exists()


# Pages that are kept


def with_figure(root: Path) -> None:
    replaced(root / "data/cities/alba.yaml", "1250", "1251")


def with_sentence(root: Path) -> None:
    replaced(root / "content/cities/alba.en.md", "ships", "vessels")


def with_word(root: Path) -> None:
    replaced(root / "data/locales/en.yaml", "Strategic industries", "Industries of strategy")


def with_template(root: Path) -> None:
    replaced(root / "macros/pages/city.html", "</h1>", "</h1><hr>")


def with_component(root: Path) -> None:
    replaced(root / "macros/industries/macro.html", "<h3", '<h3 data-x="1"')


def with_frame(root: Path) -> None:
    replaced(root / "overrides/site/partials/masthead.html", 'class="skip"', 'class="skip x"')


def with_source(root: Path) -> None:
    replaced(root / "data/sources.yaml", "Statistical yearbook", "Almanac")


def with_settings(root: Path) -> None:
    replaced(root / "mkdocs.yml", "https://twin.example/edit/", "https://twin.example/edits/")


def with_name(root: Path) -> None:
    replaced(root / "data/cities/bruma.yaml", "en: Bruma", "en: Brume")


def with_city(root: Path) -> None:
    for name in (
        "data/cities/bruma.yaml",
        "content/cities/bruma.ko.md",
        "content/cities/bruma.en.md",
    ):
        shutil.copy(root / name, root / name.replace("bruma", "corva"))
    replaced(root / "data/cities/corva.yaml", "브루마, en: Brume", "코르바, en: Corva")


def without_city(root: Path) -> None:
    for name in (
        "data/cities/corva.yaml",
        "content/cities/corva.ko.md",
        "content/cities/corva.en.md",
    ):
        (root / name).unlink()


EDITS = (
    with_figure, with_sentence, with_word, with_template, with_component, with_frame, with_source,
    with_settings, with_name, with_city, without_city,
)  # fmt: skip


# Those that change what stands around a page: MkDocs has to make it anew for a clean build.
REFRAMED = (with_word, with_frame, with_settings, with_name, with_city)


def test_an_edit_gives_the_bytes_of_a_clean_build(
    miniature: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each of several edits, in turn, the pages that are made with what earlier builds have
    left are byte for byte those of a clean build. (Charts are not what is looked at here.)"""
    # So many cities that none has a briefing, which would tell it of the others.
    monkeypatch.setattr("brochure.briefing.MOST_MEMBERS", 1)

    def made(cache: Path) -> dict[str, bytes]:
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        stored = Cache(cache)
        content = publication(miniature, stored)
        publish_pages(miniature, content, stored, tmp_path / "aside", out)
        return contents(out)

    kept, cold = tmp_path / "kept", tmp_path / "cold"
    made(kept)
    for edit in EDITS:
        edit(miniature)
        incremental = made(kept)
        shutil.rmtree(cold / "pages", ignore_errors=True)
        if edit in REFRAMED:
            shutil.rmtree(cold / "shell", ignore_errors=True)
        clean = made(cold)
        assert list(incremental) == list(clean), edit.__name__
        assert [name for name in clean if clean[name] != incremental[name]] == [], edit.__name__


def test_only_an_edited_city_is_rendered_again(
    miniature: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where cities are too many for briefings, an edit of one renders no other's page again."""
    monkeypatch.setattr("brochure.briefing.MOST_MEMBERS", 1)
    publication(miniature, Cache(tmp_path / "kept"))
    with_figure(miniature)
    stored = Cache(tmp_path / "kept")
    publication(miniature, stored)
    made, reused = (
        [key for key in keys if key.startswith("pages/")] for keys in (stored.made, stored.reused)
    )
    assert (len(made), len(reused)) == (2, 2)


def test_a_page_that_looks_at_all_cities_is_not_kept(
    miniature: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template that asks for all cities is rendered in every build, so that it is never stale."""
    monkeypatch.setattr("brochure.briefing.MOST_MEMBERS", 1)
    replaced(miniature / "macros/pages/city.html", "</h1>", "</h1>{{ edition.cities | length }}")
    stored = Cache(tmp_path / "kept")
    publication(miniature, stored)
    assert not [key for key in stored.made if key.startswith("pages/")]


# Frames and search


@pytest.mark.parametrize(
    ("path", "frame"),
    [
        ("index", "index"),
        ("compare", "compare"),
        ("news/index", "news/index"),
        ("news/2025-12-30-first", "news/x"),
        ("cities/alba", "cities/x"),
        ("pairs", "pairs"),
        ("pairs/alba/bruma", "pairs/x/x"),
    ],
)
def test_pages_at_one_depth_of_a_folder_share_a_frame(path: str, frame: str) -> None:
    """A page at the top, and the first of a folder, has a frame of its own; others share one with
    those from which everything is as far and whose place in the menu is the same."""
    assert kind(path) == frame


def test_the_sections_of_a_page_are_found() -> None:
    """Each heading with an id begins a section of the search; drawings and scripts are not text,
    and a tag inside a word does not part it."""
    html = (
        '<h1>T</h1><p class="lead">one <b>t</b>wo</p><script>no()</script>'
        '<section><h2 id="a&amp;b">A <span>B</span></h2><ul><li>x</li><li>y</li></ul><p> </p>'
        '<h3 id="c">C</h3>it&#39;s &lt;z&gt;<svg><path d="M0"/><text>drawn</text></svg></section>'
    )
    page = Page("p", "en", "en/p/", "Title", "", html)
    index = json.loads(dict(indices([page]))["search/en.json"])
    assert index == {
        "pages": [["p/", "Title"]],
        "sections": [[0, "", "", "one two"], [0, "a&b", "A B", "x y"], [0, "c", "C", "it's <z>"]],
    }


def test_many_cities_are_not_listed_on_every_page(miniature: Path) -> None:
    """The footer lists the members up to a number: more of them, on as many pages, would grow with
    the square of it."""
    content = publication(miniature)
    edition = content.editions[0]
    many = replace(edition, cities=list(edition.cities) * MOST_MEMBERS)
    assert len(program.frame(edition)["cities"]) == len(edition.cities)
    assert program.frame(many)["cities"] == []
