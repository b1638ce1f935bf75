"""Search: how it opens, what it finds first, and that its results lead somewhere."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

OPEN = "document.getElementById('search').open"
SHOWN = "asked => document.getElementById('search').dataset.shown === asked"
RESULTS = """() => [...document.querySelectorAll('#results a')].map(link => ({
  where: link.pathname + link.hash,
  place: link.querySelector('.search__place').textContent,
  title: link.querySelector('.search__title').textContent,
  text: link.querySelector('.search__text').textContent,
}))"""


def words_of(site: Path, where: str) -> str:
    """The text of a page's content, in small letters without accents."""
    text = (site / where.lstrip("/") / "index.html").read_text(encoding="utf-8")
    content = re.search(r"<main.*?</main>", text, re.DOTALL)
    assert content is not None
    return plain(html.unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", content[0], flags=re.DOTALL)))


def plain(text: str) -> str:
    """A text in small letters without accents."""
    letters = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(one for one in letters if not "\u0300" <= one <= "\u036f")
    return unicodedata.normalize("NFC", kept)


@pytest.fixture(scope="module")
def search(tab: Callable[[], Any]) -> Callable[[str, str], list[dict[str, str]]]:
    """Gives the results of a query, asked from the front page of a language."""
    visit = tab()

    def ask(home: str, query: str) -> list[dict[str, str]]:
        page = visit.page
        if visit.where != home:
            visit.arrive(home)
            page.locator("#search-open").click()
            visit.until(OPEN)
        page.locator("#query").fill(query)
        visit.until(SHOWN, query)
        return list(visit.run(RESULTS))

    return ask


@pytest.mark.parametrize("width", [390, 1280])
def test_a_click_opens_it_and_escape_closes_it(
    visitor: Callable[..., Any], home_address: str, width: int
) -> None:
    """A click on the button opens the search with the cursor in it; Escape closes it, and the
    button has the focus again."""
    visit = visitor(home_address, width)
    page = visit.page
    page.locator("#search-open").click()
    visit.until(OPEN)
    assert visit.run("document.activeElement.id") == "query"
    page.keyboard.press("Escape")
    visit.until(f"!{OPEN}")
    assert visit.run("document.activeElement.id") == "search-open"
    assert visit.told == []


@pytest.mark.parametrize("key", ["/", "s"])
def test_a_key_opens_it(visitor: Callable[..., Any], home_address: str, key: str) -> None:
    """“/” and “s” open the search with the cursor in it, and do not stand in it."""
    visit = visitor(home_address)
    page = visit.page
    page.keyboard.press(key)
    visit.until(OPEN)
    page.keyboard.type("2")
    assert page.locator("#query").input_value() == "2"


# What somebody asks, in Korean and in English, and where the first answer stands. A city's
# sections are named by what they hold; a part of its narrative, which an editor may put
# elsewhere, counts as its page.
FIRST: dict[str, dict[str, str | None]] = {
    "/": {
        "대전": "cities/daejeon/",
        "말라가": "cities/malaga/",
        "몽고메리카운티": "cities/montgomery/",
        # particles
        "말라가에는": "cities/malaga/",
        "반도체를": "cities/daejeon/#daejeon-industry-semiconductors",
        "시애틀의": "cities/seattle/",
        # inside other words
        "생명과학": "cities/seattle/#seattle-industry-life-sciences",
        "방산": "plan/",
        "산업 비교": "compare/",
        "전략산업": "cities/daejeon/#industries",
        "양자": "cities/daejeon/#daejeon-industry-quantum",
        "수소": "cities/dortmund/#dortmund-industry-hydrogen",
        "우주항공": "cities/daejeon/#daejeon-industry-aerospace",
        "사이버보안": "cities/malaga/#malaga-industry-cybersecurity",
        # organisations, in either language and by their letters
        "국립보건원": "cities/montgomery/",
        "NIH": "cities/montgomery/",
        "National Institutes of Health": "cities/montgomery/",
        "보잉": "cities/seattle/",
        "Boeing": "cities/seattle/",
        "카네기": None,
        "프라운호퍼": "cities/dortmund/",
        "fraunhofer": "cities/dortmund/",
        "테크파크": "cities/malaga/#malaga-ecosystem-techpark",
        # Latin without accents, numbers
        "malaga": "cities/malaga/",
        "17604": "cities/daejeon/",
        "17,604": "cities/daejeon/",
        "366.4억": "cities/daejeon/",
        # pages
        "사무국": "secretariat/",
        "출처": "sources/",
        "고양시": "visits/",
        "세계경제과학도시연합": "",
    },
    "/en/": {
        "Daejeon": "cities/daejeon/",
        "Malaga": "cities/malaga/",
        "málaga": "cities/malaga/",
        "Seattle's": "cities/seattle/",
        "semiconductors": "cities/daejeon/#daejeon-industry-semiconductors",
        "hydrogen": "cities/dortmund/#dortmund-industry-hydrogen",
        "cybersecurity": "cities/malaga/#malaga-industry-cybersecurity",
        "NIH": "cities/montgomery/",
        "국립보건원": "cities/montgomery/",
        "Picasso": "cities/malaga/",
        "1,063,881": "cities/montgomery/",
        "36.64 billion": "cities/daejeon/",
        "Innovation Twins": "pairing/",
        "secretariat": "secretariat/",
        "open data": "data/",
        "대전": "cities/daejeon/",
    },
}


@pytest.mark.parametrize(
    ("home", "query", "first"),
    [(home, query, first) for home, asked in FIRST.items() for query, first in asked.items()],
)
def test_the_first_result_is_the_expected_one(
    search: Callable[[str, str], list[dict[str, str]]], home: str, query: str, first: str | None
) -> None:
    """What is asked for comes first, in the language of the page, or there is nothing."""
    results = search(home, query)
    if first is None:
        assert results == []
        return
    where = results[0]["where"]
    expected = home + first
    assert where == expected or ("#" not in expected and where.partition("#")[0] == expected)


def test_a_result_says_where_it_stands(
    search: Callable[[str, str], list[dict[str, str]]],
) -> None:
    """A section is named with its city, and quoted around the word that was asked for."""
    first = search("/", "반도체를")[0]
    assert (first["place"], first["title"]) == ("대전", "반도체")
    (top,) = [one for one in search("/en/", "Picasso") if one["where"].endswith("#status")]
    assert top["place"] == "Málaga" and "Picasso" in top["text"]


@pytest.mark.parametrize(
    ("speech", "query"),
    [("ko", "국립보건원"), ("ko", "클러스터"), ("en", "NIH"), ("en", "secretariat")],
)
def test_it_finds_a_word_wherever_it_stands(
    search: Callable[[str, str], list[dict[str, str]]],
    site: Path,
    page_addresses: Callable[[str], list[str]],
    address_of: Callable[[str, str], str],
    speech: str,
    query: str,
) -> None:
    """Every page with the word in its text is found, as far as results are shown."""
    results = search(address_of("index", speech), query)
    pages = {one["where"].partition("#")[0] for one in results}
    word = re.compile(plain(query) if speech == "ko" else rf"\b{plain(query)}\b")
    having = {one for one in page_addresses(speech) if word.search(words_of(site, one))}
    assert having
    assert len(results) == 30 or having - pages == set()


def test_results_lead_somewhere(visitor: Callable[..., Any], site: Path) -> None:
    """Every result names a page of the site and an id on it; by keyboard alone one gets there:
    open, type, down to the first result, Enter."""
    visit = visitor("/en/compare/")
    page = visit.page
    page.keyboard.press("/")
    visit.until(OPEN)
    page.keyboard.type("research")
    visit.until(SHOWN, "research")
    results = visit.run(RESULTS)
    assert len(results) > 10
    for one in results:
        where, _, anchor = one["where"].partition("#")
        text = (site / where.lstrip("/") / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in text, one
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == results[0]["where"].partition("#")[0])
    assert visit.told == []


@pytest.mark.parametrize(("start", "word"), [("/", "없습니다"), ("/en/", "Nothing found")])
def test_it_says_when_there_is_nothing(visitor: Callable[..., Any], start: str, word: str) -> None:
    """A query without a result says so in the language of the page."""
    visit = visitor(start)
    visit.page.locator("#search-open").click()
    visit.page.locator("#query").fill("qqxxzz")
    visit.until(SHOWN, "qqxxzz")
    assert word in visit.page.locator("#search [role=status]").inner_text()


def test_nothing_is_fetched_before_it_is_asked_for(visitor: Callable[..., Any]) -> None:
    """The index of the search is loaded with the first search and not with a page."""
    visit = visitor("/")
    visit.page.wait_for_load_state("networkidle")
    assert [one for one in visit.requests if "/search" in one] == []
    visit.page.locator("#search-open").click()
    visit.until(OPEN)
    assert [one for one in visit.requests if one.endswith("/search/ko.json")]
