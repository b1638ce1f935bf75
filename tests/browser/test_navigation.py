"""Getting about: by keyboard, between the languages, to the brochures, and back from nowhere."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pypdfium2
import pytest

# The control that has the focus, with the line around it or around what stands for it.
FOCUSED = """() => {
  const e = document.activeElement
  const style = getComputedStyle(e), box = e.getBoundingClientRect()
  return {
    place: [...document.querySelectorAll('*')].indexOf(e),
    tag: e.tagName.toLowerCase(),
    href: e.getAttribute('href'),
    part: e.closest('header.masthead') ? 'masthead' : e.closest('main') ? 'main' : 'other',
    name: (e.getAttribute('aria-label') || e.textContent).replace(/\\s+/g, ' ').trim(),
    kind: e.matches('.skip') ? 'skip' : e.id === 'search-open' ? 'search'
      : e.id === 'scheme' ? 'theme'
      : e.hreflang ? 'language' : e.closest('nav') ? 'menu' : 'link',
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    left: box.left, top: box.top, width: box.width, height: box.height,
  }
}"""
SCHEME = "getComputedStyle(document.body).backgroundColor"
SEARCHING = "document.getElementById('search').open"


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
        *("skip", "link", *["menu"] * 6, "search", "theme", "language")
    ]
    for stop in stops:
        assert stop["name"], stop
        assert stop["outline"] >= 2, stop
        assert stop["width"] > 10 and stop["height"] > 10, stop
        assert stop["left"] >= 0 and stop["top"] >= 0 and stop["left"] < width, stop


def walked(visit: Any) -> tuple[list[dict[str, Any]], bool]:
    """What Tab reaches on a page, and whether it gets out at the end."""
    stops: list[dict[str, Any]] = []
    total = visit.run("document.querySelectorAll('a[href], button, summary, input').length")
    for _ in range(total + 20):
        visit.page.keyboard.press("Tab")
        stop = visit.run(FOCUSED)
        # Out of the page is the browser's own frame, where it has one; else its top again.
        if stop["tag"] == "body" or (stops and stop["place"] == stops[0]["place"]):
            return stops, True
        stops.append(stop)
    return stops, False


def faint(stops: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the stops that have no line around them, or are not on the screen."""
    return [
        stop
        for stop in stops
        if stop["outline"] < 2 or not 0 <= stop["top"] < 900 or stop["width"] == 0
    ]


def test_focus_is_always_visible(visitor: Callable[..., Any], one_address: str) -> None:
    """Tab goes through all of the page in its order and out at the end; whatever it reaches has a
    line around it and is on screen."""
    stops, out = walked(visitor(one_address))
    assert out
    assert len(stops) > 10 and [one["place"] for one in stops] == sorted(
        {one["place"] for one in stops}
    )
    assert faint(stops) == []


def test_a_walk_finds_what_is_wrong(visitor: Callable[..., Any]) -> None:
    """A link without a line around it and a place that Tab cannot leave are found."""
    visit = visitor("/en/secretariat/")
    visit.run(
        """() => {
          const link = document.querySelector('main a[href]')
          link.style.outline = 'none'
          link.id = 'faint'
          link.addEventListener('keydown', event => event.preventDefault())
        }"""
    )
    stops, out = walked(visit)
    assert not out
    link = visit.run("[...document.querySelectorAll('*')].findIndex(one => one.id === 'faint')")
    assert {one["place"] for one in faint(stops)} == {link}


def test_the_skip_link_skips(visitor: Callable[..., Any], one_address: str) -> None:
    """After the skip link, the next Tab is inside the content."""
    visit = visitor(one_address)
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
    visit.until(SEARCHING)
    visit.until("document.activeElement.id === 'query'")


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
    visit.until(f"{SCHEME} !== '{first}'")
    visit.page.keyboard.press(key)
    visit.until(f"{SCHEME} === '{first}'")


def test_the_language_switch_answers_to_the_keyboard(
    visitor: Callable[..., Any], home_address: str
) -> None:
    """Enter on the language switch opens the same page in the other language."""
    visit = visitor(home_address)
    stop = tab_until(visit, "language")
    with visit.page.expect_navigation():
        visit.page.keyboard.press("Enter")
    assert stop["name"] == ("한국어" if home_address.startswith("/en/") else "English")
    assert visit.where == other(home_address)


def other(address: str) -> str:
    """The same page in the other language."""
    return address.removeprefix("/en") if address.startswith("/en/") else f"/en{address}"


def test_the_language_switch_keeps_the_page(visitor: Callable[..., Any], kept_address: str) -> None:
    """On a phone, to the other language and back leads to the page one came from."""
    visit = visitor(kept_address, 390)
    for where in (other(kept_address), kept_address):
        with visit.page.expect_navigation():
            visit.page.locator(".masthead a[hreflang]").click()
        assert visit.where == where
        assert visit.run("document.documentElement.lang") == (
            "en" if where.startswith("/en/") else "ko"
        )
    assert visit.told == []


def test_the_menu_leads_to_every_part(visitor: Callable[..., Any], home_address: str) -> None:
    """Each entry of the menu opens a page of the same language that marks the entry, or a part of
    the front page; from another page too."""
    visit = visitor(home_address + "secretariat/")
    menu = visit.page.locator(".masthead__menu a")
    assert menu.count() == 6
    for number in range(menu.count()):
        word = menu.nth(number).inner_text()
        with visit.page.expect_navigation():
            menu.nth(number).click()
        where, _, part = visit.where.partition("#")
        assert where.startswith("/en/") == home_address.startswith("/en/")
        if part:
            assert where == home_address
            assert visit.page.locator(f"h2#{part}").is_visible()
            visit.open(home_address + "secretariat/")
        else:
            current = visit.page.locator(".masthead__menu a[aria-current=page]")
            assert current.all_inner_texts() == [word]


# What a page's file says of where it stands.


def split(where: str) -> tuple[str, str]:
    """The front page of an address's language, and the path of the page below it."""
    home = "/en/" if where.startswith("/en/") else "/"
    return home, where.removeprefix(home).rstrip("/")


class Places(HTMLParser):
    """The links of a page's navigations: the words, the address, and the mark of each.

    `navs` are by class: `masthead__menu`, `trail`, `contents`, `siblings`; `links` are all.
    """

    def __init__(self, site: Path, where: str) -> None:
        super().__init__()
        self.where = where
        self.navs: dict[str, list[tuple[str, str, str]]] = {}
        self.links: list[str] = []
        self.nav, self.words = "", ""
        self.link: tuple[str, str] | None = None
        self.feed((site / where.lstrip("/") / "index.html").read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "nav":
            self.nav = own.get("class", "")
            self.navs.setdefault(self.nav, [])
        if tag == "a" and "href" in own:
            target = urljoin(self.where, own["href"])
            self.links.append(target)
            self.link = (target, own.get("aria-current") or own.get("rel") or "")
            self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self.nav = ""
        if tag == "a" and self.link and self.nav:
            words = " ".join(self.words.split())
            self.navs[self.nav].append((words, *self.link))
            self.link = None


@pytest.fixture(scope="module")
def places(site: Path, addresses: list[str]) -> dict[str, Places]:
    """What each page of the site leads to."""
    return {where: Places(site, where) for where in addresses}


def test_every_page_is_two_clicks_from_the_front_page(
    places: dict[str, Places],
    page_addresses: Callable[[str], list[str]],
    address_of: Callable[[str, str], str],
    language: str,
) -> None:
    """Whatever there is in a language can be reached with two clicks from its front page."""
    near = {address_of("index", language)}
    for _ in range(2):
        near |= {urlsplit(one).path for where in near for one in places[where].links} & set(places)
    assert set(page_addresses(language)) - near == set()


def test_the_menu_marks_where_a_page_stands(
    places: dict[str, Places], dossiers: dict[str, list[str]]
) -> None:
    """The menu marks the entry that opens the page as the page itself, and the entry that the
    page belongs to as a part; no other, and none on the front page and on those that only the
    footer leads to."""
    for where, one in places.items():
        home, path = split(where)
        top = path.partition("/")[0]
        part = {"cities": "#cities", **dict.fromkeys(dossiers, "#topics")}.get(top, f"{top}/")
        marked = {target: mark for _, target, mark in one.navs["masthead__menu"] if mark}
        if top in ("", "sources", "secretariat", "accessibility"):
            assert marked == {}, where
        else:
            assert marked == {home + part: "page" if path == top and "#" not in part else "true"}


def test_the_trail_leads_back(places: dict[str, Places], dossiers: dict[str, list[str]]) -> None:
    """A page of a dossier, a briefing and an entry of the news name the way to them: the front
    page and the page above, both by links; the page itself is not among them."""
    deep = [*(page for pages in dossiers.values() for page in pages[1:])]
    assert deep
    for where, one in places.items():
        home, path = split(where)
        top = path.partition("/")[0]
        if path in deep or (path != top and top in ("pairs", "news")):
            ((acronym, front, _), (name, above, _)) = one.navs["trail"]
            assert (acronym, front, above) == ("GINI", home, f"{home}{top}/")
            assert name.strip()
        elif top in dossiers or path in ("pairs", "news", "data"):
            assert [target for _, target, _ in one.navs["trail"]] == [home], where


def test_a_dossier_can_be_read_through(
    places: dict[str, Places],
    dossiers: dict[str, list[str]],
    address_of: Callable[[str, str], str],
    language: str,
) -> None:
    """Each page of a dossier lists all of them in order and marks itself; the last line leads to
    the page before and the page after, by their titles; a dossier of one page has neither."""
    for pages in dossiers.values():
        wheres = [address_of(page, language) for page in pages]
        if len(pages) == 1:
            assert {"contents", "siblings"}.isdisjoint(places[wheres[0]].navs)
            continue
        titles = [words for words, _, _ in places[wheres[0]].navs["contents"]]
        for index, where in enumerate(wheres):
            listed = places[where].navs["contents"]
            assert [target for _, target, _ in listed] == wheres
            assert [words for words, _, _ in listed] == titles
            assert [target for _, target, mark in listed if mark == "page"] == [where]
            around = {
                mark: (target, words) for words, target, mark in places[where].navs["siblings"]
            }
            expected = {}
            if index:
                expected["prev"] = index - 1
            if index + 1 < len(pages):
                expected["next"] = index + 1
            assert {mark: target for mark, (target, _) in around.items()} == {
                mark: wheres[one] for mark, one in expected.items()
            }
            for mark, one in expected.items():
                assert around[mark][1].endswith(titles[one])


def test_a_dossier_is_walked_through(
    visitor: Callable[..., Any],
    dossiers: dict[str, list[str]],
    address_of: Callable[[str, str], str],
) -> None:
    """By clicks: on to the next page of a dossier, to a page of its list, up by the trail."""
    pages = max(dossiers.values(), key=len)
    first, second, *_, last = (address_of(page, "ko") for page in pages)
    visit = visitor(first, 390)
    with visit.page.expect_navigation():
        visit.page.locator(".siblings a[rel=next]").click()
    assert visit.where == second
    with visit.page.expect_navigation():
        visit.page.locator("nav.contents a").last.click()
    assert visit.where == last
    with visit.page.expect_navigation():
        visit.page.locator(".trail a").last.click()
    assert visit.where == first
    assert visit.told == []


def test_a_brochure_downloads(
    visitor: Callable[..., Any],
    address_of: Callable[[str, str], str],
    printed: str,
    language: str,
    tmp_path: Path,
) -> None:
    """The button of a city, of a dossier that is printed and of the front page downloads its PDF
    in the page's language."""
    visit = visitor(address_of(printed, language))
    with visit.page.expect_download() as expected:
        visit.page.locator("a[download]").first.click()
    download = expected.value
    path = tmp_path / "brochure.pdf"
    download.save_as(path)
    subject = "gini" if printed == "index" else printed.removeprefix("cities/").split("/")[0]
    assert download.suggested_filename == f"{subject}-{language}.pdf"
    assert path.read_bytes().startswith(b"%PDF-")
    pdf = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    pdf.close()
    hangul = sum("가" <= letter <= "힣" for page in pages for letter in page)
    letters = sum(letter.isalpha() for page in pages for letter in page)
    assert letters > 300
    assert hangul / letters < 0.1 if language == "en" else hangul / letters > 0.5


def test_every_brochure_has_its_button(
    places: dict[str, Places], site: Path, addresses: list[str]
) -> None:
    """Each PDF of the site but the leaflet is linked from a page of its language, and each link
    to a PDF leads to one."""
    linked = {one for place in places.values() for one in place.links if one.endswith(".pdf")}
    made = {f"/brochures/{file.name}" for file in (site / "brochures").glob("*.pdf")}
    assert linked <= made
    assert {one for one in made - linked if "leaflet" not in one} == set()


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
        assert visit.run("getComputedStyle(document.body).fontFamily").count("Innopolis Sans")
        part = visit.page.locator(f"#content [lang={language}]")
        assert part.locator("h2").inner_text().strip()
        with visit.page.expect_navigation():
            part.locator("a").click()
        assert visit.where == home
