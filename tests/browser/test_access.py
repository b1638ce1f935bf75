"""Pages for everybody: axe, headings, narrow screens, wide spacing, forced colours, no motion."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

# From npm's package `axe-core`, which `make test` puts beside the packages of Python.
AXE = Path(sys.prefix) / "nu/node_modules/axe-core/axe.min.js"
# WCAG 2.2 asks for targets of 24 pixels (2.5.8); axe looks only when it is told to.
RUN = """async () => (await axe.run(document, {
  resultTypes: ['violations'], rules: {'target-size': {enabled: true}},
})).violations
  .flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 120)}`))"""
HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))"""
# WCAG 2.2, 1.4.12: what a reader may set.
SPACING = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`)
  document.adoptedStyleSheets = [sheet]
}"""
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(one => getComputedStyle(one).overflow === 'hidden' && !one.closest('[aria-hidden=true]'))
  .filter(one => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 100))"""
# A word in Hangul among others, or a run of Latin words among Korean, without a lang of its own.
FOREIGN = """() => {
  const found = []
  const page = document.documentElement.lang
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement
    if (element.closest('script, style, [aria-hidden=true]')) continue
    const lang = element.closest('[lang]').lang
    if (lang !== 'ko' && /[\\uac00-\\ud7a3]/.test(node.data)) found.push(node.data.trim())
  }
  return found
}"""


@pytest.fixture(scope="module")
def own_tab(tab: Callable[[], Any]) -> Any:
    """A tab for this module's pages."""
    return tab()


def versions(addresses: list[str]) -> list[tuple[str, str]]:
    """The addresses of each page: one a language."""
    return list(zip(addresses[::2], addresses[1::2], strict=True))


def violations(visit: Any) -> list[str]:
    """What axe finds on the open page."""
    visit.run(AXE.read_text(encoding="utf-8"))
    return list(visit.run(RUN))


SCREENS = [(width, scheme) for width in (390, 1280) for scheme in ("light", "dark")]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
@pytest.mark.parametrize("path", ["index", "cities/daejeon", "compare"])
def test_axe_finds_nothing(
    own_tab: Any,
    address_of: Callable[[str, str], str],
    language: str,
    path: str,
    width: int,
    scheme: str,
) -> None:
    """The pages with the most on them, in every language, on a phone and on a desk, light and
    dark."""
    assert violations(own_tab.arrive(address_of(path, language), width, scheme)) == []


def test_axe_finds_nothing_on_any_page(own_tab: Any, addresses: list[str]) -> None:
    """Every page, in one language and on one of those screens in turn."""
    found = {}
    pages = [pair[number % 2] for number, pair in enumerate(versions(addresses))]
    for number, where in enumerate([*pages, "/404.html"]):
        if wrong := violations(own_tab.arrive(where, *SCREENS[number // 2 % 4])):
            found[where] = wrong
    assert found == {}


def test_axe_finds_nothing_in_the_search(own_tab: Any) -> None:
    """The dialog of the search, with results."""
    visit = own_tab.arrive("/", 390)
    visit.page.locator("#search-open").click()
    visit.page.locator("#query").fill("반도체")
    visit.page.wait_for_selector("#results a")
    assert violations(visit) == []


def test_axe_finds_what_is_wrong(own_tab: Any) -> None:
    """A picture without text, a faint line, a button without a name and two buttons too small and
    too close for a finger are found."""
    visit = own_tab.arrive("/en/compare/")
    visit.run(
        """() => document.querySelector('main').insertAdjacentHTML('beforeend',
          '<img src="../assets/mark.svg"><p class="faint">faint</p><button></button>' +
          '<i role="button" tabindex="0">a</i><i role="button" tabindex="0">b</i>')"""
    )
    visit.run("() => { document.querySelector('.faint').style.color = '#ccc' }")
    kinds = {one.partition(":")[0] for one in violations(visit)}
    assert {"image-alt", "color-contrast", "button-name", "target-size"} <= kinds


def test_headings_go_down_step_by_step(own_tab: Any, kind_address: str) -> None:
    """A page has one h1, first, and no level is skipped on the way down."""
    levels = own_tab.arrive(kind_address).run(HEADINGS)
    assert levels[0] == 1 and levels.count(1) == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_four_times_as_large_and_wide_spaced(own_tab: Any, one_address: str) -> None:
    """At 320 pixels, which is 1280 enlarged four times, a page does not scroll sideways; nor does
    it with the widest spacing that a reader may set (WCAG 2.2, 1.4.10 and 1.4.12), and nothing
    is cut off."""
    visit = own_tab.arrive(one_address, 320)
    assert visit.run("document.documentElement.scrollWidth - innerWidth") <= 0
    visit.run(SPACING)
    assert visit.run("document.documentElement.scrollWidth - innerWidth") <= 0
    assert visit.run(CUT) == []


def test_a_foreign_word_says_its_language(own_tab: Any, one_address: str) -> None:
    """No Hangul stands on a page of another language without being marked as Korean."""
    assert own_tab.arrive(one_address).run(FOREIGN) == []


def test_colours_of_the_reader_are_kept(own_tab: Any) -> None:
    """Where the reader forces colours, focus still shows and the marks of the matrix are drawn."""
    visit = own_tab.arrive("/en/compare/")
    visit.page.emulate_media(forced_colors="active")
    visit.page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement).outlineStyle"
    assert visit.run(style) != "none"
    visit.page.emulate_media(forced_colors="none")


def test_motion_is_reduced(own_tab: Any) -> None:
    """Who asks for less motion gets none: no element has a transition or an animation."""
    visit = own_tab.arrive("/en/")
    moving = """() => [...document.querySelectorAll('*')].filter(one => {
      const style = getComputedStyle(one)
      return parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0
    }).length"""
    assert visit.run(moving) == 0


def test_a_page_states_conformance(
    own_tab: Any, address_of: Callable[[str, str], str], language: str
) -> None:
    """Reached from the footer of every page, it names both guidelines with version and level, how
    they were tested and where it falls short, and whom to tell about a barrier."""
    visit = own_tab.arrive(address_of("index", language))
    with visit.page.expect_navigation():
        visit.page.locator(".colophon a[href$='accessibility/']").click()
    said = visit.page.locator("main").inner_text()
    for guideline in (r"\bWCAG\)? 2\.2", r"\bKWCAG\)? 2\.2", r"\bAA\b"):
        assert re.search(guideline, said), guideline
    assert visit.page.locator("main h3").count() >= 3
    report = visit.page.locator("section:has(h2#report)")
    assert report.locator("a[href^='mailto:'], a[href^='tel:']").count() >= 1
