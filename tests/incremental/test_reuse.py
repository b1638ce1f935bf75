"""What a build may leave out, and that leaving it out changes nothing that is published."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from support import ROOT, contents

from brochure import pipeline
from brochure.base import packages
from brochure.base import program as fingerprint
from brochure.base.artifact import made
from brochure.base.cache import Cache
from brochure.base.problem import InputError
from brochure.incremental import manifest
from brochure.load import narrative, repository
from brochure.load.repository import load
from brochure.load.yaml import parse_yaml
from brochure.localize.pairs import MOST_MEMBERS
from brochure.pipeline import build, publication
from brochure.publish.release import Release
from brochure.publish.site.frames import kind
from brochure.publish.site.search_index import indices
from brochure.render import views
from brochure.render.page import Page, made_page
from brochure.render.search_sections import sections
from brochure.render.site_frame import frame_context
from brochure.validate.validate import validate


def replaced(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text, file
    file.write_text(text.replace(before, after), encoding="utf-8")


# The manifest of a release


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """A repository of one input whose release is finished."""
    root = tmp_path / "finished"
    for name in ("data/a.yaml", "overrides/site/a.css", "build/x"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    release = Release(root / "dist")
    release.put([made("site/index.html", b"front"), made("site/en/index.html", b"page")])
    manifest.write_manifest(root, root / "dist", manifest.inputs(root), release.files)
    assert manifest.is_up_to_date(root, root / "dist")
    return root


def touched(root: Path) -> None:
    os.utime(root / "dist/site/index.html", ns=(0, 0))


def linked(path: Path) -> None:
    """Put a link in the place of a file or folder, to the same elsewhere."""
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


@pytest.mark.parametrize(
    "change",
    [
        touched,
        lambda root: (root / "dist/site/index.html").unlink(),
        lambda root: (root / "dist/site/more.html").touch(),
        lambda root: (root / "dist/site/empty").mkdir(),
        lambda root: shutil.rmtree(root / "dist"),
        lambda root: (root / "dist").rename(root / "d") and (root / "dist").symlink_to(root / "d"),
        lambda root: linked(root / "dist/site/en"),
        lambda root: linked(root / "dist/site/index.html"),
        lambda root: (root / "data/a.yaml").write_text("data/b.yaml", encoding="utf-8"),
        lambda root: (root / "data/a.yaml").rename(root / "data/b.yaml"),
        lambda root: (root / "data/b.yaml").touch(),
        lambda root: (root / "overrides/site/a.css").unlink(),
        lambda root: (root / "build/dist.manifest").write_bytes(b"\xff"),
        lambda root: (root / "build/dist.manifest").write_text(
            '[1, {"a": 2}, 3]', encoding="utf-8"
        ),
        lambda root: (root / "build/dist.manifest").unlink(),
        lambda root: manifest.invalidate(root, root / "dist"),
    ],
)
def test_any_change_means_building_again(change: Callable[[Path], object], finished: Path) -> None:
    """An output that was touched, deleted or added, an input that was changed, renamed, added or
    deleted, and a damaged or deleted manifest: each means that the release is built again."""
    change(finished)
    assert not manifest.is_up_to_date(finished, finished / "dist")


@pytest.mark.parametrize("part", ["package", "code"])
def test_another_program_means_building_again(
    part: str, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of a package, or other code of the program, means building again."""
    known = (fingerprint.program, fingerprint.sources, packages.installed)
    for function in known:
        function.cache_clear()
    if part == "package":
        (tmp_path / "path/jinja2-99.dist-info").mkdir(parents=True)
        monkeypatch.syspath_prepend(str(tmp_path / "path"))
    else:
        monkeypatch.setattr(fingerprint, "PROGRAM", ("brochure",))
    assert not manifest.is_up_to_date(finished, finished / "dist")
    for function in known:
        function.cache_clear()


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
    replaced(root / "macros/components/industries.html", "<h3", '<h3 data-x="1"')


def with_frame(root: Path) -> None:
    replaced(root / "overrides/site/partials/header.html", 'class="skip"', 'class="skip x"')


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


def pages_of(root: Path, *forgotten: str) -> dict[str, bytes]:
    """The site without its brochures as a build makes it that has lost parts of its cache."""
    for part in forgotten:
        shutil.rmtree(root / "build/cache" / part, ignore_errors=True)
    build(root, printed=False)
    return contents(root / "build/pages")


def test_an_edit_gives_the_bytes_of_a_clean_build(miniature: Path, tmp_path: Path) -> None:
    """After each of several edits, in turn, the pages that are made with all that earlier builds
    have left are byte for byte those of a clean build. (Both keep what is drawn: charts, fonts,
    pictures; test_code_changes.py is about those.)"""
    own = miniature / "build/cache"
    drawn = own.resolve()
    own.unlink()
    shutil.copytree(drawn, own)
    cold = tmp_path / "cold"
    shutil.copytree(miniature, cold)
    pages_of(miniature)
    for edit in EDITS:
        edit(miniature)
        edit(cold)
        incremental = pages_of(miniature)
        shutil.rmtree(cold / "build/pages", ignore_errors=True)
        reframed = ["frames"] if edit in REFRAMED else []
        clean = pages_of(cold, "members", "pages", "readings", "templates", *reframed)
        assert list(incremental) == list(clean), edit.__name__
        assert [name for name in clean if clean[name] != incremental[name]] == [], edit.__name__


def test_only_an_edited_city_is_read_again(
    miniature: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an edit of one city no file of the other is read, and its pages are found; rendered
    again are the pages of the edited one, and those that look at it."""
    publication(miniature, Cache(tmp_path / "kept"))
    with_figure(miniature)
    read: set[str] = set()
    rendered: set[str] = set()

    def noted(file: str, *arguments: Any, **options: Any) -> Any:
        read.add(file)
        return parse_yaml(file, *arguments, **options)

    def noted_page(path: str, *arguments: Any) -> Page:
        rendered.add(path)
        return made_page(path, *arguments)

    monkeypatch.setattr(repository, "parse_yaml", noted)
    monkeypatch.setattr(narrative, "parse_yaml", noted)
    monkeypatch.setattr(views, "made_page", noted_page)
    content = publication(miniature, Cache(tmp_path / "kept"))
    assert {file for file in read if "/cities/" in file} == {
        "content/cities/alba.en.md", "content/cities/alba.ko.md", "data/cities/alba.yaml",
    }  # fmt: skip
    assert {"cities/alba", "pairs/alba/bruma", "index", "compare"} <= rendered
    assert not {"cities/bruma", "accessibility", "news/index"} & rendered
    assert {page.path for page in content.pages} > rendered


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("data/cities/alba.yaml", "unit: person", "unit: persons"),
        ("data/cities/alba.yaml", "source: yearbook", "source: bruma"),
        ("data/cities/alba.yaml", "notes: [year]", "notes: [bruma]"),
        ("data/cities/alba.yaml", "name: {ko: 알바, en: Alba}", "name: {ko: 알바}"),
        ("data/cities/alba.yaml", "accent: ", "photo: {file: a.jpg}\naccent: "),
        ("content/cities/alba.en.md", "(bruma.md)", "(brume.md)"),
        ("content/cities/alba.en.md", '{{ chart("campus") }}', '{{ chart("bruma") }}'),
        ("content/cities/alba.en.md", "**Bold**", "**Bold** 12,345"),
        ("content/cities/alba.en.md", "title: From", "titel: From"),
    ],
)
def test_a_city_is_judged_without_the_others(
    file: str, before: str, after: str, miniature: Path
) -> None:
    """What is wrong with a city is the same whether the others are read or are known to be right:
    cities know each other by name alone. So is what is wrong where a narrative is missing."""
    others = frozenset(name for name in manifest.inputs(miniature) if "cities/bruma." in name)
    assert len(others) == 3

    def problems() -> list[str]:
        found = []
        for cached_files in (frozenset(), others):
            with pytest.raises(InputError) as refused:
                validate(load(miniature, cached_files))
            found.append(str(refused.value))
        assert found[0] == found[1]
        return found

    assert validate(load(miniature, others)).cities.keys() == {"alba"}
    replaced(miniature / file, before, after)
    problems()
    (miniature / "content/cities/alba.ko.md").unlink()
    assert "content/cities/alba.ko.md:1:1" in problems()[0]


def test_a_photograph_of_two_cities_is_known_to_both(miniature: Path, tmp_path: Path) -> None:
    """A city may have a photograph that another one has, which is known to be right and not read;
    a brochure has it all the same."""
    photo = "photo: {file: a.jpg, alt: {ko: 글, en: Text}, credit: A, licence: B}\naccent: "
    (miniature / "data/photos").mkdir(exist_ok=True)
    Image.new("RGB", (2600, 2100), "#123456").save(miniature / "data/photos/a.jpg")
    replaced(miniature / "data/cities/alba.yaml", "accent: ", photo)
    publication(miniature, Cache(tmp_path / "kept"))
    replaced(miniature / "data/cities/bruma.yaml", "accent: ", photo)
    content = publication(miniature, Cache(tmp_path / "kept"))
    assert content.catalog.cities.keys() == {"bruma"} and not content.catalog.photos
    covers = {document.name: document.photo for document in content.brochures if document.photo}
    raw = (miniature / "data/photos/a.jpg").read_bytes()
    assert covers == dict.fromkeys(["alba-en", "alba-ko", "bruma-en", "bruma-ko"], raw)


@pytest.mark.parametrize(
    "look",
    [
        "{% for city in edition.cities %}{{ city.lead }}{% endfor %}",
        "{{ edition.members.bruma.lead }}",
    ],
)
def test_a_page_that_looks_at_another_city_follows_it(
    look: str, miniature: Path, tmp_path: Path
) -> None:
    """A template that looks at another city, or at all, is rendered again when that one changes;
    no page is ever stale, whatever a template does."""
    replaced(miniature / "macros/pages/city.html", "</h1>", f"</h1>{look}")
    publication(miniature, Cache(tmp_path / "kept"))
    replaced(miniature / "data/cities/bruma.yaml", "lead: {ko: ", "lead: {ko: 새로운 ")
    content = publication(miniature, Cache(tmp_path / "kept"))
    page = next(page for page in content.pages if (page.path, page.locale) == ("cities/alba", "ko"))
    assert "새로운" in page.html


def test_a_page_whose_text_is_lost_is_rendered_again(miniature: Path, tmp_path: Path) -> None:
    """Where the cache has lost the HTML of a page after that was found, the page is rendered."""
    first = publication(miniature, Cache(tmp_path / "kept"))
    second = publication(miniature, Cache(tmp_path / "kept"))
    shutil.rmtree(tmp_path / "kept")
    assert [page.html for page in second.pages] == [page.html for page in first.pages]


def test_what_is_edited_while_it_is_read_is_read_again(
    miniature: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is saved while the build reads is not kept under the digest of what it was."""
    edits = [with_figure]

    def edited(*arguments: Any) -> Any:
        for edit in edits:
            edit(miniature)
        edits.clear()
        return load(*arguments)

    monkeypatch.setattr(pipeline, "load", edited)
    content = publication(miniature, Cache(tmp_path / "kept"))
    assert content.made_from == manifest.inputs(miniature)


def test_a_file_is_shared_with_the_former_release(miniature: Path) -> None:
    """What is made of the same is one file in both releases; a published file that somebody has
    touched is made again."""
    build(miniature, printed=False)
    site = miniature / "build/pages"
    before = {name: (site / name).stat().st_ino for name in contents(site)}
    (site / "robots.txt").write_text("mine", encoding="utf-8")
    with_figure(miniature)
    build(miniature, printed=False)
    after = {name: (site / name).stat().st_ino for name in contents(site)}
    anew = {name for name in after if after[name] != before[name]}
    assert {"robots.txt", "cities/alba/index.html", "search/ko.json"} <= anew
    assert not {"cities/bruma/index.html", "assets/site.css", "share/en/cities/bruma.png"} & anew
    assert "Sitemap" in (site / "robots.txt").read_text(encoding="utf-8")


def test_files_without_second_names_are_made(
    miniature: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a file system has no second names for a file, every file is made, and is the same."""
    build(miniature, printed=False)
    before = contents(miniature / "build/pages")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "")

    monkeypatch.setattr(os, "link", refused)
    build(miniature, printed=False)
    assert contents(miniature / "build/pages") == before


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
    page = Page("p", "en", "en/p/", "Title", "", "", sections(html, ""), "", "", lambda: html)
    index = json.loads(indices([page], [])["search/en.json"].make())
    assert index == {
        "pages": [["p/", "Title"]],
        "sections": [[0, "", "", "one two"], [0, "a&b", "A B", "x y"], [0, "c", "C", "it's <z>"]],
    }


def test_many_cities_are_not_listed_on_every_page(miniature: Path) -> None:
    """The footer lists the members up to a number: more of them, on as many pages, would grow with
    the square of it."""
    content = publication(miniature)
    edition = content.editions[0]
    city = edition.cities[0]
    many = replace(edition, members={f"city-{n}": city for n in range(MOST_MEMBERS + 1)})
    assert len(frame_context(edition).cities) == len(edition.cities)
    assert frame_context(many).cities == ()
