"""Pages in a browser, on a phone and on a desk: silent, within the screen, named.

One of each kind is asked everything, in both languages; the others once, whether they fit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

WIDER = """() => {
  const found = []
  const kept = element => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up), box = up.getBoundingClientRect()
      if (/auto|scroll/.test(style.overflowX)) return true
      if (style.overflowX === 'hidden' && box.width <= 1) return true
    }
    return false
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue
    const box = element.getBoundingClientRect()
    if (box.width <= 1 || box.height <= 1) continue
    if (box.left >= -1 && box.right <= innerWidth + 1) continue
    // An ornament may be cropped.
    if (kept(element) || element.closest('[aria-hidden=true]')) continue
    found.push(`${element.tagName}.${element.getAttribute('class')} ${element.id}: ` +
      `${Math.round(box.left)} to ${Math.round(box.right)}, ` +
      element.textContent.trim().slice(0, 30))
  }
  return found
}"""

NAMELESS = """() => {
  const found = []
  const text = id => document.getElementById(id)?.textContent.trim() || ''
  const named = element =>
    (element.getAttribute('aria-labelledby') || '').split(/\\s+/).filter(Boolean)
      .map(text).join(' ').trim()
    || (element.getAttribute('aria-label') || '').trim()
  const visible = e => e.checkVisibility({visibilityProperty: true})
  const tell = e => found.push(e.outerHTML.replace(/\\s+/g, ' ').slice(0, 120))
  for (const one of document.querySelectorAll('img'))
    if (!one.hasAttribute('alt')) tell(one)
  for (const one of document.querySelectorAll('svg[role=img], svg[role=group]'))
    if (!named(one)) tell(one)
  for (const one of document.querySelectorAll('svg:not([role=img], [role=group])'))
    if (visible(one) && !one.closest('[aria-hidden=true], a, button, label')) tell(one)
  for (const one of document.querySelectorAll('a[href], button, summary, [role=button]'))
    if (visible(one) && !named(one) && !one.textContent.trim()) tell(one)
  for (const one of document.querySelectorAll('input, select, textarea'))
    if (visible(one) && !named(one) && ![...one.labels].some(l => l.textContent.trim())) tell(one)
  for (const one of document.querySelectorAll('nav'))
    if (visible(one) && !named(one)) tell(one)
  return found
}"""


TWICE = """() => {
  const ids = [...document.querySelectorAll('[id]')].map(one => one.id)
  return ids.filter((id, index) => ids.indexOf(id) !== index)
}"""


@pytest.fixture(scope="module", params=[390, 1280])
def width(request: pytest.FixtureRequest) -> int:
    """The width of a phone and of a desk."""
    return int(request.param)


@pytest.fixture(scope="module")
def own_tab(tab: Callable[[], Any]) -> Any:
    """A tab beside that of `visitor`, for pages that stay open over several tests."""
    return tab()


@pytest.fixture(scope="module")
def visit(own_tab: Any, kind_address: str, width: int) -> Any:
    """A page of each kind, opened once for all that is asked of it at this width."""
    visit = own_tab.arrive(kind_address, width)
    visit.page.wait_for_load_state("networkidle")
    return visit


def test_it_is_silent(visit: Any) -> None:
    """A page writes nothing to the console and no script of it fails."""
    assert visit.told == []


def test_it_gets_all_it_asks_for_and_asks_nobody_else(visit: Any) -> None:
    """A page asks only the site's own host, and every answer is a good one."""
    assert [url for url in visit.requests if not url.startswith((visit.base, "data:"))] == []
    assert visit.failed == []


def test_it_does_not_scroll_sideways(visit: Any) -> None:
    """A page is no wider than the screen."""
    assert visit.run("document.documentElement.scrollWidth - innerWidth") <= 0


def test_nothing_is_cut_off(visit: Any) -> None:
    """Nothing reaches over the screen's sides, except in what scrolls by itself."""
    assert visit.run(WIDER) == []


def test_it_fits_other_screens(visit: Any, width: int) -> None:
    """So it is on the smallest phone, on a tablet and on a large desk."""
    wrong = {}
    for other in (320,) if width == 390 else (768, 1920):
        visit.page.set_viewport_size({"width": other, "height": 900})
        wider = visit.run("document.documentElement.scrollWidth - innerWidth")
        if wider > 0 or (cut := visit.run(WIDER)):
            wrong[other] = [wider, *([] if wider > 0 else cut)]
    visit.page.set_viewport_size({"width": width, "height": 900})
    assert wrong == {}


def test_everything_has_a_name(visit: Any) -> None:
    """Pictures, links, buttons and inputs have names for those who cannot see them."""
    assert visit.run(NAMELESS) == []


def test_no_two_elements_have_one_id(visit: Any) -> None:
    """Every id is of one element, also of those that scripts have made."""
    assert visit.run(TWICE) == []


def test_nothing_is_wider_than_a_screen_in_between(
    visitor: Callable[..., Any], one_address: str
) -> None:
    """On tablets and narrow windows, where a layout is about to give way to the next, no page is
    wider than the screen, and the tools at the end of the header are on it."""
    visit = visitor(one_address)
    for width in (719, 720, 820, 1079, 1080, 1200):
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert visit.run("document.documentElement.scrollWidth - innerWidth") <= 0, width
        end = "document.querySelector('.masthead__tools').getBoundingClientRect().right"
        assert visit.run(end) <= width, width


def test_what_is_wrong_is_found(visitor: Callable[..., Any]) -> None:
    """A page that complains, asks another host, lacks a file, is too wide, and has a button without
    a name and an id twice is found out in each."""
    visit = visitor("/en/secretariat/", 390)
    assert (visit.told, visit.failed, visit.run(WIDER)) == ([], [], [])
    visit.run(
        """() => {
          document.querySelector('main').insertAdjacentHTML('beforeend',
            '<p id="content">x</p><button></button><table id="wide"><td>x</table>')
          document.getElementById('wide').style.width = '500px'
          console.warn('a complaint')
          new Image().src = '/nothing.png'
          fetch('https://elsewhere.example/').catch(() => {})
        }"""
    )
    visit.page.wait_for_load_state("networkidle")
    assert visit.run("document.documentElement.scrollWidth - innerWidth") > 0
    assert any("wide" in one for one in visit.run(WIDER))
    assert visit.run(NAMELESS) == ["<button></button>"]
    assert visit.run(TWICE) == ["content"]
    assert "warning: a complaint" in visit.told
    assert f"{visit.base}/nothing.png: 404" in visit.failed
    # The page's own policy does not let it ask; that it would have is told.
    assert any("elsewhere.example" in one for one in [*visit.told, *visit.requests])


def test_every_other_page_is_silent_and_fits_a_phone(
    visitor: Callable[..., Any], other_addresses: list[str]
) -> None:
    """Whatever page there is: on a phone it is no wider than the screen, nothing of it is cut
    off, it says nothing and gets all that it asks for, in one language or the other in turn."""
    wrong = {}
    assert len(other_addresses) > 20
    for where in other_addresses:
        visit = visitor(where, 390)
        wider = visit.run("document.documentElement.scrollWidth - innerWidth")
        said = [*visit.run(WIDER), *visit.told, *visit.failed]
        if wider > 0 or said:
            wrong[where] = [wider, *said]
    assert wrong == {}


@pytest.fixture(scope="module")
def city_on_a_small_phone(own_tab: Any, city_address: str) -> Any:
    """A city's page on a screen of 360 pixels."""
    return own_tab.arrive(city_address, 360)


def test_a_small_phone_suffices_for_a_city(city_on_a_small_phone: Any) -> None:
    """A city's page fits a screen of 360 pixels."""
    visit = city_on_a_small_phone
    assert visit.run("document.documentElement.scrollWidth - innerWidth") <= 0
    assert visit.run(WIDER) == []


def test_the_status_table_can_be_read_on_a_small_phone(city_on_a_small_phone: Any) -> None:
    """At 360 pixels no cell of the status table spills, and no word is below 12 pixels.

    The numbers of notes are raised, and may be of 10.
    """
    cells = city_on_a_small_phone.run(
        """() => [...document.querySelectorAll('table.status :is(th[scope=row], td)')]
          .map(cell => ({
            text: cell.textContent.trim().slice(0, 40),
            spill: cell.scrollWidth - cell.clientWidth,
            right: Math.max(...[...cell.querySelectorAll('*')]
              .map(e => e.getBoundingClientRect().right - cell.getBoundingClientRect().right), 0),
            size: Math.min(...[cell, ...cell.querySelectorAll('*:not(sup, sup *)')]
              .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
              .map(e => parseFloat(getComputedStyle(e).fontSize))),
            mark: Math.min(...[...cell.querySelectorAll('sup *')]
              .map(e => parseFloat(getComputedStyle(e).fontSize)), 12),
          }))"""
    )
    assert len(cells) >= 8
    assert [cell for cell in cells if cell["spill"] > 0 or cell["right"] > 0.5] == []
    assert [cell for cell in cells if cell["size"] < 12 or cell["mark"] < 10] == []


def test_a_small_phone_suffices_for_the_comparison(
    visitor: Callable[..., Any], compare_address: str
) -> None:
    """The comparison fits a screen of 360 pixels, its tables opened."""
    visit = visitor(compare_address, 360)
    visit.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert visit.run("document.documentElement.scrollWidth - innerWidth") <= 0
    assert visit.run(WIDER) == []
