"""Getting about: by keyboard, between the languages, to the brochures, and back from nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

# The control that has the focus, with the line around it or around what stands for it.
FOCUSED = """() => {
  const e = document.activeElement
  const drawn = e.matches('.md-option') ? e.nextElementSibling : e
  const style = getComputedStyle(drawn), box = drawn.getBoundingClientRect()
  return {
    tag: e.tagName.toLowerCase(),
    href: e.getAttribute('href'),
    part: e.closest('header.masthead') ? 'masthead' : e.closest('main') ? 'main' : 'other',
    name: (e.getAttribute('aria-label') || e.textContent).replace(/\\s+/g, ' ').trim(),
    kind: e.matches('.skip') ? 'skip' : e.matches('[for=__search]') ? 'search'
      : e.matches('[name=__palette]') || e.closest('[data-md-component=palette]') ? 'theme'
      : e.hreflang ? 'language' : e.closest('nav') ? 'menu' : 'link',
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    left: box.left, top: box.top, width: box.width, height: box.height,
  }
}"""
SCHEME = "document.body.dataset.mdColorScheme"
SEARCHING = "document.getElementById('__search').checked"


def tab_until(visit: Any, kind: str) -> dict[str, Any]:
    """Press Tab from the top of the page until a control of this kind has the focus."""
    for _ in range(20):
        visit.page.keyboard.press("Tab")
        stop = visit.run(FOCUSED)
        if stop["kind"] == kind:
            return dict(stop)
    pytest.fail(f"Tab never reaches the {kind} control.")


@pytest.mark.parametrize("width", [390, 1280])
def test_tab_goes_through_the_masthead_in_order(
    visitor: Callable[..., Any], home_address: str, width: int
) -> None:
    """Tab reaches the skip link, the name, the menu, search, theme and language, each visibly."""
    visit = visitor(home_address, width)
    stops: list[dict[str, Any]] = []
    while len(stops) < 20 and (not stops or stops[-1]["part"] == "masthead"):
        visit.page.keyboard.press("Tab")
        stops.append(visit.run(FOCUSED))
    stops = [stop for stop in stops if stop["part"] == "masthead"]
    assert [stop["kind"] for stop in stops] == [
        *("skip", "link", "menu", "menu", "menu", "menu", "search", "theme", "language")
    ]
    for stop in stops:
        assert stop["name"], stop
        assert stop["outline"] >= 2, stop
        assert stop["width"] > 10 and stop["height"] > 10, stop
        assert stop["left"] >= 0 and stop["top"] >= 0 and stop["left"] < width, stop


def test_focus_is_always_visible(visitor: Callable[..., Any], any_address: str) -> None:
    """Whatever Tab reaches, down to the end of the page, has a line around it and is on screen."""
    visit = visitor(any_address)
    faint = []
    total = visit.run("document.querySelectorAll('a[href], button, summary, input').length")
    for _ in range(total + 5):
        visit.page.keyboard.press("Tab")
        stop = visit.run(FOCUSED)
        if stop["tag"] == "body":
            break
        if stop["outline"] < 2 or not 0 <= stop["top"] < 900 or stop["width"] == 0:
            faint.append(stop)
    assert faint == []


def test_the_skip_link_skips(visitor: Callable[..., Any], any_address: str) -> None:
    """After the skip link, the next Tab is inside the content."""
    visit = visitor(any_address)
    tab_until(visit, "skip")
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    stop = visit.run(FOCUSED)
    inside = visit.run("document.activeElement.closest('#content, footer') !== null")
    assert inside, stop


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_search_button_answers_to_the_keyboard(
    visitor: Callable[..., Any], home_address: str, key: str
) -> None:
    """Enter and Space on the search button open the search with the cursor in it."""
    visit = visitor(home_address)
    tab_until(visit, "search")
    visit.page.keyboard.press(key)
    visit.page.wait_for_function(SEARCHING, timeout=5000)
    visit.page.wait_for_function("document.activeElement.name === 'query'", timeout=5000)


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_switch_answers_to_the_keyboard(
    visitor: Callable[..., Any], home_address: str, scheme: str, key: str
) -> None:
    """Enter and Space on the theme switch change the scheme, and again change it back."""
    visit = visitor(home_address, scheme=scheme)
    first = visit.run(SCHEME)
    tab_until(visit, "theme")
    visit.page.keyboard.press(key)
    visit.page.wait_for_function(f"{SCHEME} !== '{first}'", timeout=5000)
    visit.page.keyboard.press(key)
    visit.page.wait_for_function(f"{SCHEME} === '{first}'", timeout=5000)


def test_the_language_switch_answers_to_the_keyboard(
    visitor: Callable[..., Any], page_address: str
) -> None:
    """Enter on the language switch opens the same page in the other language."""
    visit = visitor(page_address)
    stop = tab_until(visit, "language")
    with visit.page.expect_navigation():
        visit.page.keyboard.press("Enter")
    assert stop["name"] == ("한국어" if page_address.startswith("/en/") else "English")
    assert visit.where == other(page_address)


def other(address: str) -> str:
    """The same page in the other language."""
    return address.removeprefix("/en") if address.startswith("/en/") else f"/en{address}"


def test_the_language_switch_keeps_the_page(visitor: Callable[..., Any], page_address: str) -> None:
    """On a phone, to the other language and back leads to the page one came from."""
    visit = visitor(page_address, 390)
    for where in (other(page_address), page_address):
        with visit.page.expect_navigation():
            visit.page.locator(".masthead a[hreflang]").click()
        assert visit.where == where
        assert visit.run("document.documentElement.lang") == (
            "en" if where.startswith("/en/") else "ko"
        )
    assert visit.told == []


def test_the_menu_leads_to_every_part(visitor: Callable[..., Any], home_address: str) -> None:
    """Each entry of the menu opens a page of the same language that marks the entry."""
    visit = visitor(home_address)
    menu = visit.page.locator(".masthead__menu a")
    assert menu.count() == 4
    for number in range(1, menu.count()):
        word = menu.nth(number).inner_text()
        with visit.page.expect_navigation():
            menu.nth(number).click()
        assert visit.where.startswith("/en/") == home_address.startswith("/en/")
        current = visit.page.locator(".masthead__menu a[aria-current=page]")
        assert current.all_inner_texts() == [word]


def test_a_brochure_downloads(
    visitor: Callable[..., Any], printed_address: str, tmp_path: Path
) -> None:
    """The button of a city and of the front page downloads its PDF in the page's language."""
    visit = visitor(printed_address)
    with visit.page.expect_download() as expected:
        visit.page.locator("a[download]").first.click()
    download = expected.value
    path = tmp_path / "brochure.pdf"
    download.save_as(path)
    english = printed_address.startswith("/en/")
    city = printed_address.rstrip("/").rpartition("/")[2] if "/cities/" in printed_address else ""
    assert download.suggested_filename == f"{city or 'gini'}-{'en' if english else 'ko'}.pdf"
    assert path.read_bytes().startswith(b"%PDF-")
    pdf = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    pdf.close()
    hangul = sum("가" <= letter <= "힣" for page in pages for letter in page)
    letters = sum(letter.isalpha() for page in pages for letter in page)
    assert letters > 300
    assert hangul / letters < 0.1 if english else hangul / letters > 0.5


@pytest.mark.parametrize("where", ["/nowhere/", "/en/nowhere/", "/cities/atlantis/x/y.html"])
@pytest.mark.parametrize("width", [390, 1280])
def test_an_address_that_does_not_exist_is_answered_in_both_languages(
    visitor: Callable[..., Any], where: str, width: int
) -> None:
    """The 404 page has styles at any depth and a way home in each language."""
    visit = visitor(where, width)
    assert visit.failed == [f"{visit.base}{where}: 404"]
    for language, home in (("ko", "/"), ("en", "/en/")):
        visit.open(where)
        assert visit.run("getComputedStyle(document.body).fontFamily").count("Pretendard")
        part = visit.page.locator(f"#content [lang={language}]")
        assert part.locator("h2").inner_text().strip()
        with visit.page.expect_navigation():
            part.locator("a").click()
        assert visit.where == home
