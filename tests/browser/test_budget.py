"""What a visitor has to load, and whether anything moves while it comes."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

# Already packed: a host does not pack them again.
PACKED = (".woff2", ".png")
SHIFTS = """() => new Promise(done => {
  let sum = 0
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value
  }).observe({type: 'layout-shift', buffered: true})
  setTimeout(() => done(sum), 300)
})"""


def weight(site: Path, address: str) -> int:
    """The bytes of a file as a host that packs sends it (gzip, RFC 1952)."""
    path = site / urlsplit(address).path.lstrip("/")
    file = path / "index.html" if path.is_dir() else path
    raw = file.read_bytes()
    return len(raw) if file.suffix in PACKED else len(gzip.compress(raw, 9))


@pytest.mark.parametrize(
    ("path", "most"), [("index", 150_000), ("cities/daejeon", 200_000), ("plan/index", 200_000)]
)
def test_a_first_view_is_light(
    tab: Callable[[], Any],
    site: Path,
    address_of: Callable[[str, str], str],
    language: str,
    path: str,
    most: int,
) -> None:
    """On a phone, the front page asks for 150 kB at most and another page for 200 kB, with fonts
    and all; no file twice."""
    # In a tab of its own: what the page before asks for late would be counted here.
    visit = tab().arrive(address_of(path, language), 390)
    visit.page.wait_for_load_state("networkidle")
    visit.page.close()
    assert len(visit.requests) == len(set(visit.requests))
    weights = {one: weight(site, one) for one in visit.requests}
    assert any(one.endswith(".woff2") for one in weights)
    assert sum(weights.values()) <= most, weights


@pytest.mark.parametrize("where", ["/", "/en/cities/malaga/", "/compare/", "/en/plan/"])
def test_nothing_moves(visitor: Callable[..., Any], where: str) -> None:
    """While a page comes, nothing that was shown is shifted (Cumulative Layout Shift 0)."""
    assert visitor(where, 390).run(SHIFTS) == 0


def test_what_moves_is_seen(visitor: Callable[..., Any]) -> None:
    """A block that comes late and pushes the rest down is a shift."""
    visit = visitor("/en/", 390)
    visit.run(
        """() => new Promise(done => requestAnimationFrame(() => {
          const late = document.createElement('p')
          late.style.height = '300px'
          document.querySelector('main').prepend(late)
          requestAnimationFrame(() => done())
        }))"""
    )
    assert visit.run(SHIFTS) > 0


def test_letters_are_those_of_the_site(visitor: Callable[..., Any], one_address: str) -> None:
    """Every letter that a page shows is in the fonts that it loads."""
    visit = visitor(one_address)
    lacking = visit.run(
        """() => {
          const text = document.body.innerText
          const faces = [...document.fonts].filter(face => face.status === 'loaded')
          const inside = (range, code) => {
            const [from, to = from] = range.trim().slice(2).split('-').map(one => parseInt(one, 16))
            return from <= code && code <= to
          }
          const ranges = faces.flatMap(face => face.unicodeRange.split(','))
          return [...new Set(text)].filter(letter => letter.trim() &&
            !ranges.some(range => inside(range, letter.codePointAt(0))))
        }"""
    )
    assert lacking == []


def test_only_what_is_used_is_published(site: Path) -> None:
    """No source maps, no code of a theme, no part of a joined file, no script beside the site's."""
    assert {file.name for file in (site / "assets").rglob("*.js")} == {
        "boot.js", "search-dialog.js", "search.js", "site.js",
    }  # fmt: skip
    assert {file.name for file in (site / "assets").rglob("*.css")} == {"accents.css", "site.css"}
    assert [file.name for file in site.rglob("*.map")] == []
    assert [file for file in site.rglob("*") if "lunr" in file.name or "bundle" in file.name] == []


def test_a_page_without_script_is_whole(context: Any, base: str) -> None:
    """Without script the front page has its text and its links, and no button that does nothing."""
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{base}/en/compare/")
    assert page.locator("main h1").is_visible()
    assert page.locator("table.comparison tbody tr").count() >= 5
    assert page.locator("#search-open, #scheme").evaluate_all("all => all.length") == 2
    assert not page.locator("#search-open").is_visible()
    assert not page.locator("#scheme").is_visible()
    plain.close()


def test_a_foreign_script_does_not_run(visitor: Callable[..., Any]) -> None:
    """What is put into a page, a script or a style, is refused by its policy."""
    visit = visitor("/en/")
    visit.run(
        """() => {
          const script = document.createElement('script')
          script.textContent = 'window.foreign = true'
          document.body.append(script)
          document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color:red">x</p>')
        }"""
    )
    assert visit.run("window.foreign === undefined")
    assert (
        visit.run("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"
    )
    assert any("Content Security Policy" in line for line in visit.told)


# Where each part of the navigation is, on the screen.
PRINTED = ("/", "/en/cities/malaga/", "/en/plan/vision/")
PARTS = {
    ".masthead": PRINTED,
    ".colophon": PRINTED,
    "nav.contents": PRINTED[1:],
    ".siblings": PRINTED[2:],
    ".button": PRINTED[1:2],
}


@pytest.mark.parametrize("where", PRINTED)
def test_paper_gets_the_text_alone(visitor: Callable[..., Any], where: str) -> None:
    """Printed by the browser, a page is without its navigation, in dark letters on white."""
    visit = visitor(where, scheme="dark")
    visit.page.emulate_media(media="print", color_scheme="dark")
    for part, wheres in PARTS.items():
        found = visit.page.locator(part).all()
        assert found or where not in wheres, part
        assert not any(one.is_visible() for one in found), part
    ink, paper = visit.run(
        "[getComputedStyle(document.querySelector('h1')).color,"
        " getComputedStyle(document.body).backgroundColor]"
    )
    assert (ink, paper) == ("rgb(22, 32, 44)", "rgb(255, 255, 255)")
    visit.page.emulate_media(media="screen")
