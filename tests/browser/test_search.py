"""Search: how it opens, what it finds, and that its results lead somewhere."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

OPEN = "document.getElementById('__search').checked"
READY = """() => {
  const meta = document.querySelector('.md-search-result__meta').textContent.trim()
  return meta && !/초기화|Initializing/.test(meta)
}"""
GROW = """async pages => {
  const list = document.querySelector('.md-search__scrollwrap')
  const frame = () => new Promise(requestAnimationFrame)
  for (let tries = 0; tries < 200; tries++) {
    if (document.querySelectorAll('.md-search-result__item').length >= pages) return
    list.scrollTop = list.scrollHeight - list.clientHeight - 200
    await frame(); await frame()
    list.scrollTop = list.scrollHeight
    await frame(); await frame()
  }
}"""


def words_of(site: Path, where: str) -> str:
    """The text of a page's content, in small letters without accents."""
    text = (site / where.lstrip("/") / "index.html").read_text(encoding="utf-8")
    article = re.search(r"<article.*?</article>", text, re.DOTALL)
    assert article is not None
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", article[0])))


def plain(text: str) -> str:
    """A text in small letters without accents."""
    letters = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(one for one in letters if not "\u0300" <= one <= "\u036f")
    return unicodedata.normalize("NFC", kept)


def search(visit: Any, query: str) -> list[str]:
    """The addresses of all results of a query."""
    page = visit.page
    page.wait_for_function("document.querySelector('.md-search-result__meta')")
    page.locator("label.tool[for=__search]").click()
    page.wait_for_function(OPEN, timeout=5000)
    page.wait_for_function(READY)
    before = page.locator(".md-search-result__meta").inner_text()
    page.locator("input[name=query]").fill(query)
    # Material looks when a key is let go, which filling in does not do.
    page.locator("input[name=query]").press("End")
    page.wait_for_function(
        "before => document.querySelector('.md-search-result__meta').textContent.trim() !== before",
        arg=before.strip(),
    )
    # The list grows whenever one comes to its end, as somebody who scrolls does step by step.
    told = re.search(r"[0-9]+", page.locator(".md-search-result__meta").inner_text())
    pages = int(told[0]) if told else 0
    page.evaluate(GROW, pages)
    assert page.locator(".md-search-result__item").count() == pages
    links = page.locator("a.md-search-result__link")
    return [str(one) for one in links.evaluate_all("links => links.map(link => link.href)")]


def found(visit: Any, query: str) -> set[str]:
    """The pages among the results of a query."""
    return {urlsplit(one).path for one in search(visit, query)}


@pytest.mark.parametrize("width", [390, 1280])
def test_a_click_opens_it_and_escape_closes_it(
    visitor: Callable[..., Any], home_address: str, width: int
) -> None:
    """A click on the button opens the search with the cursor in it; Escape closes it."""
    visit = visitor(home_address, width)
    page = visit.page
    page.locator("label.tool[for=__search]").click()
    page.wait_for_function(OPEN, timeout=5000)
    page.wait_for_function("document.activeElement.name === 'query'", timeout=5000)
    assert page.locator("input[name=query]").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_function(f"!{OPEN}", timeout=5000)
    assert not page.locator("input[name=query]").is_visible()


@pytest.mark.parametrize("key", ["/", "s"])
def test_a_key_opens_it(visitor: Callable[..., Any], home_address: str, key: str) -> None:
    """“/” and “s” open the search with the cursor in it, and Escape closes it."""
    visit = visitor(home_address)
    page = visit.page
    page.keyboard.press(key)
    page.wait_for_function(OPEN, timeout=5000)
    page.wait_for_function("document.activeElement.name === 'query'", timeout=5000)
    page.keyboard.type("2")
    assert page.locator("input[name=query]").input_value() == "2"
    page.keyboard.press("Escape")
    page.wait_for_function(f"!{OPEN}", timeout=5000)


@pytest.mark.parametrize(
    ("start", "query", "where"),
    [
        ("/", "반도체", "/cities/daejeon/"),
        ("/", "나노", "/cities/daejeon/"),
        ("/", "산업", "/cities/daejeon/"),
        ("/", "malaga", "/cities/malaga/"),
        ("/en/", "malaga", "/en/cities/malaga/"),
        ("/en/", "Málaga", "/en/cities/malaga/"),
        ("/", "NIH", "/cities/montgomery/"),
        ("/en/", "NIH", "/en/cities/montgomery/"),
        ("/", "국립보건원", "/cities/montgomery/"),
        ("/", "연구소", "/cities/dortmund/"),
    ],
)
def test_it_finds(visitor: Callable[..., Any], start: str, query: str, where: str) -> None:
    """A word finds the page that it belongs to, with or without accents, inside other words."""
    visit = visitor(start)
    assert where in found(visit, query)


@pytest.mark.parametrize("query", ["반도체", "산업", "국립보건원", "대학", "클러스터", "전략산업"])
def test_it_finds_a_korean_word_wherever_it_stands(
    visitor: Callable[..., Any], site: Path, page_addresses: Callable[[str], list[str]], query: str
) -> None:
    """Every Korean page with the word in its text is found, whatever is written on to it."""
    visit = visitor("/")
    pages = found(visit, query)
    having = {where for where in page_addresses("ko") if query in words_of(site, where)}
    assert having
    assert having - pages == set()


@pytest.mark.parametrize("query", ["malaga", "NIH", "cluster", "university", "secretariat"])
def test_it_finds_an_english_word_wherever_it_stands(
    visitor: Callable[..., Any], site: Path, page_addresses: Callable[[str], list[str]], query: str
) -> None:
    """Every English page with the word in its text is found."""
    visit = visitor("/en/")
    pages = found(visit, query)
    word = re.compile(rf"\b{plain(query)}\b")
    having = {where for where in page_addresses("en") if word.search(words_of(site, where))}
    assert having
    assert having - pages == set()


@pytest.mark.parametrize(
    ("start", "query"), [("/", "반도체"), ("/cities/malaga/", "산업"), ("/en/compare/", "research")]
)
def test_results_lead_somewhere(
    visitor: Callable[..., Any], site: Path, start: str, query: str
) -> None:
    """Every result names a page of the site, and an id on it where it has an anchor."""
    visit = visitor(start)
    results = search(visit, query)
    assert results
    for result in results:
        target = urlsplit(result)
        text = (site / target.path.lstrip("/") / "index.html").read_text(encoding="utf-8")
        assert not target.fragment or f'id="{target.fragment}"' in text, result
    visit.page.locator("a.md-search-result__link").first.click()
    visit.page.wait_for_url(lambda url: urlsplit(url).path == urlsplit(results[0]).path)
    assert visit.told == []


@pytest.mark.parametrize(("start", "word"), [("/", "없습니다"), ("/en/", "No matching documents")])
def test_it_says_when_there_is_nothing(visitor: Callable[..., Any], start: str, word: str) -> None:
    """A query without a result says so in the language of the page."""
    visit = visitor(start)
    assert search(visit, "qqxxzz") == []
    assert word in visit.page.locator(".md-search-result__meta").inner_text()


def test_an_enter_in_the_search_opens_the_first_result(visitor: Callable[..., Any]) -> None:
    """By keyboard alone: open, type, go down to the first result, open it."""
    visit = visitor("/")
    results = search(visit, "말라가")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(lambda url: urlsplit(url).path == urlsplit(results[0]).path)
