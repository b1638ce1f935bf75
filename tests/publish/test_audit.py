"""The audit before publishing: it passes what is right, and names each fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support import contents, run_build

from brochure.base.cache import digest
from brochure.base.message import languages
from brochure.cli.check import check
from brochure.model.records import Settings
from brochure.publish.audit import audit

Files = dict[str, bytes]

PAGE = "site/en/compare/index.html"
UNLISTED = '<meta name="robots" content="noindex">'


@pytest.fixture(scope="module")
def release(tiny: Path) -> Files:
    """Every file of the release."""
    return contents(tiny / "dist")


@pytest.fixture(scope="module")
def settings(tiny: Path) -> Settings:
    return check(tiny).settings


def found(files: Files, settings: Settings) -> list[str]:
    """The findings of the audit in these files: place, code and text in English, a line each.

    Each has a text of its own in every language.
    """
    names = {name: digest(data) for name, data in files.items()}
    problems = audit(names, files.__getitem__, settings)
    for problem in problems:
        assert len({problem.text(language) for language in languages()}) == len(languages())
    return [
        f"{problem.file}:{problem.line}: {problem.code}: {problem.text('en')}"
        for problem in problems
    ]


def changed(files: Files, file: str, old: str, new: str) -> Files:
    """The files with one replacement in one of them; `old` is a regular expression."""
    text = files[file].decode()
    assert re.search(old, text), f"{file} has no {old}"
    return files | {file: re.sub(old, lambda _: new, text, count=1).encode()}


def test_a_finished_release_is_right(release: Files, settings: Settings) -> None:
    """The publication of the tiny repository, as it is built, has nothing wrong."""
    assert found(release, settings) == []


BODY = "</main>"
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "dead link": (PAGE, BODY, f'<a href="../nowhere/">x</a>{BODY}', "leads nowhere: ../nowhere/"),
    "dead link to a folder": (PAGE, BODY, f'<a href="../data">x</a>{BODY}', "leads nowhere"),
    "link above the site": (PAGE, BODY, f'<a href="../../../x">x</a>{BODY}', "leads nowhere"),
    "dead absolute link": (
        PAGE, BODY, f'<a href="https://twin.example/x/">x</a>{BODY}', "leads nowhere"),
    "dead link to a file": (
        PAGE, BODY, f'<a href="/brochures/none.pdf">x</a>{BODY}', "leads nowhere"),
    "dead anchor": (PAGE, BODY, f'<a href="../data/#no">x</a>{BODY}', "no ‘#no’ on that page"),
    "dead own anchor": (PAGE, BODY, f'<a href="#no">x</a>{BODY}', "no ‘#no’ on that page"),
    "missing picture": (PAGE, BODY, f'<img src="x.png" alt="">{BODY}', "leads nowhere: x.png"),
    "missing picture of a set": (
        PAGE, BODY, f'<img srcset="x.png 2x" alt="">{BODY}', "leads nowhere: x.png"),
    "missing script": (PAGE, BODY, f'<script src="x.js"></script>{BODY}', "leads nowhere: x.js"),
    "missing picture of a style": (
        PAGE, BODY, f'<p style="background: url(x.png)">x</p>{BODY}', "leads nowhere: x.png"),
    "missing part of a drawing": (
        PAGE, BODY, f'<svg><path clip-path="url(#no)"/></svg>{BODY}', "no ‘#no’ on that page"),
    "picture without words": (PAGE, BODY, f'<img src="./">{BODY}', "lacks its alt text"),
    "doubled id": (PAGE, BODY, f'<p id="content">x</p>{BODY}', "‘content’ stands 2 times"),
    "unclosed element": (PAGE, BODY, f"<div>{BODY}", "<div> is not closed before </main>"),
    "unclosed word": (PAGE, BODY, f"<p>a<em>b</p>{BODY}", "<em> is not closed before </p>"),
    "element that is not open": (PAGE, BODY, f"</section>{BODY}", "not closed before </section>"),
    "slash that closes nothing": (PAGE, BODY, f"<div/>{BODY}", "<div> is not closed"),
    "canonical of another page": (
        PAGE, r'<link rel="canonical" href="[^"]*">',
        '<link rel="canonical" href="https://twin.example/compare/">', "wrong-canonical"),
    "missing hreflang": (
        PAGE, r'<link rel="alternate" hreflang="ko"[^>]*>', "", "hreflang lacks languages: ko"),
    "missing x-default": (
        PAGE, r'<link rel="alternate" hreflang="x-default"[^>]*>', "",
        "hreflang-missing: hreflang lacks languages: x-default"),
    "hreflang of a language there is not": (
        PAGE, "</head>", '<link rel="alternate" hreflang="de" href="./"></head>',
        "hreflang-unknown: hreflang names languages that the site does not have: de"),
    "hreflang of another page": (
        PAGE, r'hreflang="ko" href="[^"]*"', 'hreflang="ko" href="https://twin.example/data/"',
        "hreflang-mismatch: hreflang does not agree with that of the page in ko"),
    "x-default of another language": (
        PAGE, r'hreflang="x-default" href="[^"]*"',
        'hreflang="x-default" href="https://twin.example/en/compare/"', "hreflang-wrong-default"),
    "data that is none": (
        PAGE, BODY, f'<script type="application/ld+json">{{</script>{BODY}', "not JSON"),
    "dead link in data": (
        PAGE, BODY, f'<script type="application/ld+json">["https://twin.example/x"]</script>{BODY}',
        "leads nowhere: https://twin.example/x"),
    "relative link on the 404 page": (
        "site/404.html", BODY, f'<a href="compare/">x</a>{BODY}', "must begin with /"),
    "page that the sitemap lacks": (
        "site/sitemap.xml", r"<url>\s*<loc>https://twin.example/compare/</loc>[\s\S]*?</url>", "",
        "lacks a page: https://twin.example/compare/"),
    "address in the sitemap that is no page": (
        "site/sitemap.xml", "</urlset>",
        "<url><loc>https://twin.example/assets/site.css</loc></url></urlset>", "lists no page"),
    "broken feed": ("site/news/feed.xml", "</feed>", "", "not XML"),
    "dead link in a feed": (
        "site/news/feed.xml", "</feed>", '<link href="https://twin.example/x/"/></feed>',
        "leads nowhere: https://twin.example/x/"),
    "broken JSON": ("site/api/v1/cities.json", r"\}\s*$", "", "not JSON"),
    "dead link in JSON": (
        "site/api/v1/cities.json", r"\{", '{"x": "https://twin.example/api/v1/x.json",',
        "leads nowhere"),
    "missing table of the data package": (
        "site/api/v1/datapackage.json", r'"path": "[^"]*csv"', '"path": "none.csv"',
        "leads nowhere: none.csv"),
    "missing path of the description": (
        "site/api/v1/openapi.json", '"/cities.json"', '"/towns.json"', "/towns.json"),
    "missing city of the description": (
        "site/api/v1/openapi.json", '"alba"', '"porto"', "cities/porto.json"),
    "dead entry of the search": (
        "site/search/en.json", '"compare/"', '"x/"', "nowhere: https://twin.example/en/x/"),
    "dead anchor of the search": (
        "site/search/ko.json", '"table"', '"no"', "no ‘#no’"),
    "missing picture of a style sheet": (
        "site/assets/site.css", "$", "\np { background: url('x.png') }", "leads nowhere: x.png"),
    "missing style sheet of a style sheet": (
        "site/assets/site.css", "^", '@import "x.css";', "leads nowhere: x.css"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_file_is_found(fault: str, release: Files, settings: Settings) -> None:
    """Each planted fault is found in the file that has it, and reported in every language."""
    file, old, new, words = FAULTS[fault]
    told = found(changed(release, file, old, new), settings)
    assert any(line.startswith(f"{file}:") and words in line for line in told), told


def without(*names: str) -> Callable[[Files], Files]:
    return lambda files: {name: data for name, data in files.items() if name not in names}


BROCHURE = "site/brochures/alba-en.pdf"
LOSSES: dict[str, tuple[Callable[[Files], Files], str]] = {
    "truncated PDF": (
        lambda files: files | {BROCHURE: files[BROCHURE][:-2000]},
        f"{BROCHURE}:1: audit.pdf-unreadable"),
    "empty PDF": (lambda files: files | {BROCHURE: b""}, f"{BROCHURE}:1: audit.pdf-unreadable"),
    "another's PDF": (
        lambda files: files | {BROCHURE: files["site/brochures/gini-leaflet-en.pdf"]},
        "press/alba-en-press.pdf:1: audit.page-count: It has"),
    "missing PDF": (without(BROCHURE), "audit.dead-link"),
    "missing page": (without("site/compare/index.html"), "audit.dead-link"),
    "missing style sheet": (without("site/assets/site.css"), "audit.dead-link"),
    "missing font": (
        lambda files: without(next(name for name in files if name.endswith(".woff2")))(files),
        "audit.dead-link"),
    "missing 404 page": (without("site/404.html"), "site/404.html:1: audit.missing-file"),
    "missing sitemap": (without("site/sitemap.xml"), "site/sitemap.xml:1: audit.missing-file"),
    "page that leads nobody back": (
        lambda files: files | {"site/en/x/index.html": files[PAGE]},
        "site/en/x/index.html:1: audit.wrong-canonical"),
    "page in the sitemap that asks not to be found": (
        lambda files: changed(files, PAGE, "<head>", f"<head>{UNLISTED}"),
        "It lists no page: https://twin.example/en/compare/"),
}  # fmt: skip


def test_a_page_that_asks_not_to_be_found_stands_alone(release: Files, settings: Settings) -> None:
    """Such a page needs no other language, no canonical address and no place in the sitemap; what
    it links to is read as on any page.
    """
    page = f"<!doctype html><html lang=ko><head>{UNLISTED}</head><body>x</body></html>"
    assert found(release | {"site/x/index.html": page.encode()}, settings) == []
    dead = page.replace("x<", '<a href="none/">x</a><')
    assert found(release | {"site/x/index.html": dead.encode()}, settings) != []


@pytest.mark.parametrize("loss", LOSSES)
def test_a_fault_between_files_is_found(loss: str, release: Files, settings: Settings) -> None:
    """A file that is cut, lost or another's is found, by the file itself or by who names it."""
    lose, words = LOSSES[loss]
    told = found(lose(release), settings)
    assert any(words in line for line in told), told


def test_what_leads_elsewhere_is_left_alone(release: Files, settings: Settings) -> None:
    """Addresses outside the site, of mail, data and places to edit are not looked for."""
    links = (
        "https://example.org/x", "//example.org/x", "mailto:a@b.example", "tel:1", "data:,x",
        f"{settings.repository}data/x.yaml", "../data/?x=1", "../data/?x=1#top", "#", "",
        "../../brochures/alba-en.pdf#page=2", "https://twin.example/en/data/#top",
    )  # fmt: skip
    text = "".join(f'<a href="{link}">x</a>' for link in links) + BODY
    assert found(changed(release, PAGE, BODY, text), settings) == []


def test_a_fault_stops_the_build(miniature: Path) -> None:
    """A site with a dead link is not published: the page is named in both languages, where it
    can be looked at, and `dist/` stays as it was."""
    (miniature / "dist/site").mkdir(parents=True)
    (miniature / "dist/site/index.html").write_text("former", encoding="utf-8")
    footer = miniature / "overrides/site/partials/footer.html"
    text = footer.read_text(encoding="utf-8")
    footer.write_text(
        text.replace("</footer>", '<a href="nowhere/">x</a></footer>'), encoding="utf-8"
    )
    done = run_build("--root", miniature, "site")
    assert done.returncode == 1
    assert contents(miniature / "dist") == {"site/index.html": b"former"}
    told = re.findall(
        r"^(build/making/dist/site/\S+):(\d+):\d+ audit\.dead-link\n"
        r"  없는 곳을 .*\n  It leads nowhere: nowhere/",
        done.stderr,
        re.MULTILINE,
    )
    assert "build/making/dist/site/index.html" in dict(told)
    for name, line in told:
        lines = (miniature / name).read_text(encoding="utf-8").split("\n")
        assert 'href="nowhere/"' in lines[int(line) - 1]
    assert "Nothing was changed." in done.stderr


def test_a_dead_link_is_told_wherever_it_stands(release: Files, settings: Settings) -> None:
    """A page that leads nowhere from two of its lines is told of both."""
    dead = '<a href="gone/">x</a>'
    told = found(
        changed(release, "site/en/index.html", "</main>", f"{dead}\n{dead}</main>"), settings
    )
    lines = [line for line in told if "gone/" in line]
    assert len(lines) == 2 and len({line.split(":")[1] for line in lines}) == 2
