"""The pages as files: their structure, their languages, and that everything they name exists."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

HOST = "https://gini.example"


class Document(HTMLParser):
    """What a page's file holds: its elements in order, its ids, its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of every element of these names."""
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def levels(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.elements if re.fullmatch("h[1-6]", tag)]

    def alternates(self) -> dict[str, str]:
        """The page in each language, as the head says."""
        return {
            link["hreflang"]: link["href"]
            for link in self.all("link")
            if "alternate" in link.get("rel", "").split() and "hreflang" in link
        }


@pytest.fixture(scope="module")
def document(site: Path) -> Callable[[str], Document]:
    """Gives the page at an address; each file is read once."""
    known: dict[str, Document] = {}

    def give(where: str) -> Document:
        if where not in known:
            known[where] = Document(file_at(site, where).read_text(encoding="utf-8"))
        return known[where]

    return give


def file_at(site: Path, where: str) -> Path:
    """The file that a static host gives for an address of the site."""
    path = site / unquote(where).lstrip("/")
    return path / "index.html" if where.endswith("/") else path


def test_the_site_has_a_page_for_each_text_and_no_other(site: Path, addresses: list[str]) -> None:
    """Every file of content/ is a page in its language, and beside the form nothing else is."""
    made = {f"/{file.parent.relative_to(site).as_posix()}/" for file in site.rglob("index.html")}
    assert {one.replace("/./", "/") for one in made} == {*addresses, "/edit/"}


def test_the_sitemap_lists_every_page(site: Path, addresses: list[str]) -> None:
    """The sitemap names each page once, with the whole address."""
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = [one.text for one in ET.parse(site / "sitemap.xml").findall(".//s:loc", names)]
    assert sorted(listed, key=str) == sorted(HOST + one for one in addresses)


def test_a_page_has_one_title(document: Callable[[str], Document], any_address: str) -> None:
    """A page has exactly one h1, before every other heading."""
    levels = document(any_address).levels
    assert levels.count(1) == 1
    assert levels[0] == 1


def test_no_heading_level_is_skipped(document: Callable[[str], Document], any_address: str) -> None:
    """A heading is at most one level below the one before it."""
    levels = document(any_address).levels
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_a_page_says_its_language(document: Callable[[str], Document], page_address: str) -> None:
    """The lang of a page is the language of its address."""
    (html,) = document(page_address).all("html")
    assert html["lang"] == ("en" if page_address.startswith("/en/") else "ko")


def test_ids_are_unique(document: Callable[[str], Document], any_address: str) -> None:
    """No id stands twice on a page."""
    counts = Counter(document(any_address).ids)
    assert [name for name, count in counts.items() if count > 1] == []


def test_a_page_describes_itself(document: Callable[[str], Document], page_address: str) -> None:
    """A page has a description for search engines and its own canonical address."""
    page = document(page_address)
    (description,) = [m["content"] for m in page.all("meta") if m.get("name") == "description"]
    assert description.strip()
    (canonical,) = [link["href"] for link in page.all("link") if link.get("rel") == "canonical"]
    assert canonical == HOST + page_address


def test_languages_name_each_other(document: Callable[[str], Document], page_address: str) -> None:
    """hreflang has absolute addresses, x-default means Korean, and each pair is mutual."""
    mine = document(page_address).alternates()
    assert set(mine) == {"ko", "en", "x-default"}
    assert all(href.startswith(f"{HOST}/") for href in mine.values())
    assert mine["x-default"] == mine["ko"]
    assert HOST + page_address == mine["en" if page_address.startswith("/en/") else "ko"]
    for language in ("ko", "en"):
        assert document(mine[language].removeprefix(HOST)).alternates() == mine


def test_every_link_arrives(
    document: Callable[[str], Document], site: Path, any_address: str
) -> None:
    """Every link within the site leads to a file, and to an id where it names one."""
    lost = []
    for link in document(any_address).all("a", "area"):
        if "href" not in link:
            continue
        target = urlsplit(urljoin(HOST + any_address, link["href"]))
        if target.netloc != urlsplit(HOST).netloc:
            continue
        if not file_at(site, target.path).is_file() or (
            target.fragment and target.fragment not in document(target.path).ids
        ):
            lost.append(link["href"])
    assert lost == []


def test_everything_a_page_loads_is_of_this_site(
    document: Callable[[str], Document], site: Path, any_address: str
) -> None:
    """Stylesheets, scripts and images are files of the site: a page needs no other host."""
    page = document(any_address)
    named = [one["src"] for one in page.all("script", "img", "iframe", "source") if "src" in one]
    named += [
        link["href"]
        for link in page.all("link")
        if link.get("rel", "").split()[:1] not in (["canonical"], ["alternate"])
    ]
    for name in named:
        target = urlsplit(urljoin(HOST + any_address, name))
        assert target.netloc == urlsplit(HOST).netloc, name
        assert file_at(site, target.path).is_file(), name


def test_stylesheets_load_only_files_of_this_site(site: Path) -> None:
    """Every url() and @import of a stylesheet is inline data or a file of the site."""
    lost = []
    for sheet in site.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        for name in re.findall(r"""url\(\s*["']?([^"')]+)""", text):
            if name.startswith(("data:", "#")):
                continue
            if not (sheet.parent / name.split("?")[0].split("#")[0]).is_file():
                lost.append(f"{sheet.relative_to(site)}: {name}")
    assert lost == []


def test_links_to_other_sites_are_secure(
    document: Callable[[str], Document], any_address: str
) -> None:
    """A link out of the site is https, tel or mailto."""
    schemes = {
        urlsplit(link["href"]).scheme for link in document(any_address).all("a") if "href" in link
    }
    assert schemes <= {"", "https", "tel", "mailto"}
