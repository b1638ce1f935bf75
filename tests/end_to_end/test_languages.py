"""A further city and a third language need data and texts alone.

German joins a copy of `tests/fixtures/miniature/` by what a translator would bring: an entry in
mkdocs.yml, `tests/fixtures/german/de.yaml`, and German texts (here the English ones behind a
mark, `[de] `); the city is `tests/fixtures/german/atlantis.yaml`. No Python, template or
stylesheet is touched. The real repository is asked only what it lacks when a language joins it
without texts.
"""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pypdfium2
import pytest
import yaml
from support import ROOT, contents, copy_miniature, once, run_build

from brochure.base.cache import Cache
from brochure.pipeline import publication, publish_brochures, publish_pages, quiet
from brochure.publish.release import Release

LANGUAGES = {"ko": "", "en": "en/", "de": "de/"}
GERMAN = ROOT / "tests/fixtures/german"
MINIATURE = ROOT / "tests/fixtures/miniature"
CITIES = sorted([*(path.stem for path in (MINIATURE / "data/cities").glob("*.yaml")), "atlantis"])
PAIRS = [f"pairs/{one}/{other}" for one in CITIES for other in CITIES if one < other]
TEXTS = {
    str(path.relative_to(MINIATURE / "content")).split(".")[0]
    for path in (MINIATURE / "content").rglob("*.md")
}
PATHS = sorted({*TEXTS, *(f"cities/{name}" for name in CITIES), *PAIRS})


def translated(value: Any) -> Any:
    """Data whose texts have a German version: the English one behind a mark."""
    if isinstance(value, list):
        return [translated(one) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"ko", "en"}:
        return value | {"de": f"[de] {value['en']}"}
    return {key: translated(one) for key, one in value.items()}


def listed(root: Path) -> None:
    """Add German to the languages of a copy of the repository."""
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    entry = re.search(r"^( *)- \{locale: en,.*\}\n", text, re.MULTILINE)
    assert entry
    german = f"{entry[1]}- {{locale: de, name: Deutsch, build: true}}\n"
    settings.write_text(text.replace(entry[0], entry[0] + german), encoding="utf-8")


def join(root: Path) -> None:
    """Add the language and the city to a copy of the repository."""
    listed(root)
    for file in sorted((root / "data").rglob("*.yaml")):
        if file.parent.name != "locales":
            data = translated(yaml.safe_load(file.read_text(encoding="utf-8")))
            file.write_text(
                yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8"
            )
    shutil.copy(GERMAN / "de.yaml", root / "data/locales/de.yaml")
    shutil.copy(GERMAN / "atlantis.yaml", root / "data/cities/atlantis.yaml")
    for file in sorted((root / "content").rglob("*.en.md")):
        text = file.read_text(encoding="utf-8")
        marked = re.sub(r'^(title|description): "?', r"\g<0>[de] ", text, flags=re.MULTILINE)
        quoted = re.sub(
            r"^(title|description): (\[de\].*)$", r"\1: '\2'", marked, flags=re.MULTILINE
        )
        file.with_name(file.name.replace(".en.", ".de.")).write_text(quoted, encoding="utf-8")
    for locale in LANGUAGES:
        (root / f"content/cities/atlantis.{locale}.md").write_text(
            f"---\ntitle: Atlantis {locale}\ndescription: Test\n---\n"
            '{{ fact("population") }}, {{ fact("schools") }}, {{ fact("budget") }}\n',
            encoding="utf-8",
        )


@pytest.fixture(scope="module")
def site(shared: Path, drawn: Path) -> Path:
    """The site in three languages with one city more, and its German brochures.

    The brochures in the other languages, which are printed like any, are kept as documents.
    """

    def make(folder: Path) -> None:
        root = copy_miniature(folder, drawn)
        join(root)
        content = publication(root)
        release, stored = Release(root / "made"), Cache(root / "build/cache")
        release.put(publish_pages(root, content, stored, root / "build/mkdocs"), "site/")
        german = [one for one in content.brochures if one.name.endswith("-de")]
        release.put(publish_brochures(root, german, content.catalog.press, stored, quiet))
        for brochure in content.brochures:
            (root / f"made/{brochure.name}.html").write_text(brochure.html, encoding="utf-8")

    return once(shared / "german", make) / "made/site"


@dataclass
class Page:
    """What a page says of itself and its languages."""

    language: str | None = None
    alternates: dict[str, str] = field(default_factory=dict)
    switch: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.switching = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {key: value or "" for key, value in attrs}
        if tag == "html":
            self.page.language = own.get("lang")
        if tag == "link" and own.get("rel", "").strip() == "alternate" and "hreflang" in own:
            self.page.alternates[own["hreflang"]] = own["href"]
        if tag == "nav":
            self.switching = "languages" in own.get("class", "")
        if tag == "a" and "href" in own:
            self.page.links.append(own["href"])
            if self.switching:
                self.page.switch[own["hreflang"]] = own["href"]

    def handle_endtag(self, tag: str) -> None:
        self.switching = self.switching and tag != "nav"


def address(path: str, locale: str) -> str:
    return LANGUAGES[locale] + re.sub("(^|/)index/$", r"\1", f"{path}/")


@cache
def html(site: Path, path: str, locale: str) -> str:
    return (site / address(path, locale) / "index.html").read_text(encoding="utf-8")


def page(site: Path, path: str, locale: str) -> Page:
    reader = _Reader()
    reader.feed(html(site, path, locale))
    return reader.page


def test_only_data_and_texts_are_touched(site: Path) -> None:
    """Beside mkdocs.yml, the copy differs from the repository below data/ and content/ alone."""
    root = site.parents[1]
    for folder in ("charts", "macros", "overrides"):
        theirs = {
            path: raw for path, raw in contents(ROOT / folder).items() if "__pycache__" not in path
        }
        assert contents(root / folder) == theirs


def test_every_page_is_in_every_language(site: Path) -> None:
    """The site has each page of data and texts in three languages, and no other page."""
    made = {f"{file.parent.relative_to(site).as_posix()}/" for file in site.rglob("index.html")}
    expected = {address(path, locale) for path in PATHS for locale in LANGUAGES}
    assert {one.removeprefix("./") for one in made} == expected
    assert {path.partition("/")[0] for path in PATHS} >= {
        "study",
        "note",
        "news",
        "pairs",
        "cities",
    }


@pytest.mark.parametrize("path", PATHS)
def test_every_page_leads_to_its_other_languages(site: Path, path: str) -> None:
    """Each page says its language, names its versions to search engines, the default one besides,
    and its switch leads to the same page in the two other languages."""
    base = yaml.safe_load((MINIATURE / "mkdocs.yml").read_text(encoding="utf-8"))["site_url"]
    for locale in LANGUAGES:
        one = page(site, path, locale)
        assert one.language == locale
        expected = {other: base + address(path, other) for other in LANGUAGES}
        assert one.alternates == expected | {"x-default": base + address(path, "ko")}
        here = f"/{address(path, locale)}"
        switch = {other: urljoin(here, href) for other, href in one.switch.items()}
        assert switch == {
            other: f"/{address(path, other)}" for other in LANGUAGES if other != locale
        }
        for target in switch.values():
            assert (site / target[1:] / "index.html").is_file()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_link_of_a_page_leads_somewhere(site: Path, locale: str) -> None:
    """No link within the site is broken, and none leaves the language but by the switch."""
    for path in PATHS:
        one = page(site, path, locale)
        for href in one.links:
            target = urlsplit(urljoin(f"https://here/{address(path, locale)}", href))
            if target.netloc != "here":
                continue
            file = site / target.path[1:]
            file = file / "index.html" if target.path.endswith("/") else file
            if file.suffix == ".pdf" and locale != "de":
                file = site.parent / f"{file.stem}.html"
            assert file.is_file(), f"{path}: {href}"
            if target.fragment:
                assert f'id="{target.fragment}"' in file.read_text(encoding="utf-8"), href
            if href not in one.switch.values() and file.name == "index.html":
                assert target.path.startswith(f"/{LANGUAGES[locale]}"), f"{path}: {href}"
                if locale == "ko":
                    assert not target.path.startswith(("/en/", "/de/")), f"{path}: {href}"


def test_the_missing_page_is_in_every_language(site: Path) -> None:
    """The page that is not found speaks German too."""
    text = (site / "404.html").read_text(encoding="utf-8")
    for words in ("찾으시는 쪽이 없습니다", "Page not found", "Seite nicht gefunden"):
        assert words in text


def test_numbers_are_german(site: Path) -> None:
    """German pages group with points, divide with commas and say Milliarden, in tables of dossiers
    and briefings too; nothing of English or Korean form is left."""
    text = html(site, "cities/atlantis", "de").replace("\xa0", " ")
    for words in ("1.063.881 Personen", "36,64 Milliarden US-$", "1.234,5 km²", "mind. 3"):
        assert words in text, words
    for path in ("compare", "pairs/alba/atlantis"):
        assert "1.063.881" in html(site, path, "de")
    dossier = html(site, "study/index", "de").replace("\xa0", " ")
    for words in ("3,4 Millionen", "1.250", "rund 12 Unternehmen", "Metropolregion, 2023"):
        assert words in dossier, words
    for path in PATHS:
        body = re.sub(r"<svg.*?</svg>", "", html(site, path, "de"), flags=re.DOTALL)
        values = re.findall(r'class="(?:stated__value|key-figure__value|fact)"[^>]*>(.*?)<', body)
        values += re.findall(r'<td class="number"[^>]*>([^<]+)', body)
        assert values or not path.startswith(("cities/", "pairs/", "study/"))
        for value in values:
            assert not re.search(
                r"\d,\d{3}\b(?!,)(?! (?:Mi|Bi))|million\b|billion\b|만|억", value
            ), value


@pytest.mark.parametrize(
    ("path", "own", "foreign"),
    [
        (
            "cities/alba",
            ["Innovationsökosystem", "Zum Inhalt springen", "Ausgabe vom 1. März 2026", "Vergleich",
             "<h1>[de] Alba</h1>", "Gespräche mit anderen Mitgliedern"],
            ["Innovation ecosystem", "Skip to content", "혁신생태계", "Key figures", "Briefings"],
        ),
        (
            "study/index",
            ["[de] Three ports", "Nach dieser Spalte ordnen", "nicht angegeben", "Quelle 2",
             "26. Februar 2023 – 3. März 2023", "Betroffene Mitgliedsstädte", "Nächste Seite"],
            ["not stated", "Sort by", "26 February", "Next page", "Source 2", "밝히지"],
        ),
        (
            "study/pairs",
            ["Rechenweg", "Ähnlichkeit", "der kleinste Wert", "0,5", "Sterne im Bericht"],
            ["Similarity", "How it is computed", "smallest value", "닮은"],
        ),
        (
            "pairs/alba/atlantis",
            ["<h1>[de] Alba und Atlantis</h1>", "In beiden strategisch", "Zahlen nebeneinander",
             "Eine Branche ist", "Das Meer"],
            ["Strategic to both", "side by side", "Alba and Atlantis", "와 아틀란티스"],
        ),
        ("pairs", ["Alle Paare", "[de] Alba und [de] Bruma"], ["All pairs", "Strategic to"]),
        ("news/index", ["[de] The first meeting", "30. Dezember 2025", "Feed abonnieren"],
         ["Subscribe", "30 December 2025"]),
        ("news/2025-12-30-first", ["<h1>[de] The first meeting</h1>", "Eingesehen"],
         ["Consulted", "첫 모임"]),
        ("data", ["Dateien", "Inhalt", "Die gemeinsame Ordnung der Branchen"],
         ["What they hold", "내려받"]),
    ],
)  # fmt: skip
def test_words_are_german(site: Path, path: str, own: list[str], foreign: list[str]) -> None:
    """Headings, menus and dates of a German page come from its locale file, texts from its data."""
    text = html(site, path, "de").replace("\xa0", " ")
    assert [words for words in own if words not in text] == []
    # What the data says in English stands there behind its mark.
    unmarked = re.sub(r"\[de\] [^<]*", "", text)
    assert [words for words in foreign if words in unmarked] == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_new_city_is_everywhere(site: Path, locale: str) -> None:
    """The new city stands on the front page and its map, in the comparison, its charts and
    matrix, in a briefing with each other member, among the corrections and the sources, and in
    the sitemap."""
    name = {"ko": "아틀란티스", "en": "Atlantis", "de": "Atlantis"}[locale]
    home, compare = html(site, "index", locale), html(site, "compare", locale)
    assert re.search(rf'class="card__name"><a [^>]*cities/atlantis/[^>]*>{name}</a>', home)
    drawings = re.findall(r"<svg\b.*?</svg>", home, re.DOTALL)
    assert any(name in drawing for drawing in drawings)
    table = re.search(r'<table class="comparison"[^>]*>.*?</table>', compare, re.DOTALL)
    matrix = re.search(r'<table class="matrix">.*?</table>', compare, re.DOTALL)
    assert table and re.search(rf'<th scope="row"[^>]*>{name}</th>', table[0])
    assert matrix and f'<th scope="col">{name}</th>' in matrix[0]
    charts = re.findall(r"<svg\b.*?</svg>", compare, re.DOTALL)
    assert sum(name in chart for chart in charts) >= 4
    for path in ("secretariat", "sources"):
        assert re.search(rf'<a href="[^"]*cities/atlantis/">{name}</a>', html(site, path, locale))
    for path in (one for one in PAIRS if "atlantis" in one):
        assert name in html(site, path, locale)
        assert f'href="{path.removeprefix("pairs/")}/"' in html(site, "pairs", locale)
    assert f"/{address('cities/atlantis', locale)}" in (site / "sitemap.xml").read_text()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_new_brochures_are_there(site: Path, locale: str) -> None:
    """Every city, the dossier that is printed and the alliance have a brochure in every language,
    in that language; the alliance's has the new city."""
    texts = {}
    names = [*CITIES, "study", "gini", "gini-leaflet"]
    made = {file.stem for file in site.parent.glob(f"*-{locale}.html")}
    assert made == {f"{name}-{locale}" for name in names}
    for name in names:
        if locale == "de":
            pdf = pypdfium2.PdfDocument(site / f"brochures/{name}-{locale}.pdf")
            text = "".join(one.get_textpage().get_text_range() for one in pdf)
        else:
            document = (site.parent / f"{name}-{locale}.html").read_text(encoding="utf-8")
            text = unescape(re.sub("<[^>]+>", "", document))
        texts[name] = text.replace("\u2060", "").replace("\xa0", " ")
    figure = {"ko": "366.4억 달러", "en": "$36.64 billion", "de": "36,64 Milliarden US-$"}[locale]
    for name in ("atlantis", "gini"):
        assert figure in texts[name]
    people = {"ko": "340만", "en": "3.4 million", "de": "3,4 Millionen"}[locale]
    assert people in texts["study"]
    colophon = {"ko": "발행.", "en": "Published by", "de": "Herausgegeben von"}[locale]
    for name, text in texts.items():
        assert colophon in text or name == "gini-leaflet", name


def test_search_knows_german(site: Path) -> None:
    """The German index of the search has the German pages in German words, by the addresses that
    they have below each language's root, and the search of every page asks it too."""
    index = json.loads((site / "search/de.json").read_text(encoding="utf-8"))
    pages = dict(index["pages"])
    assert {address(path, "de").removeprefix("de/") for path in PATHS} == set(pages)
    assert any("[de] " in text for _, _, _, text in index["sections"])
    page = (site / "index.html").read_text(encoding="utf-8")
    assert 'data-locales="ko en de"' in page


def test_the_news_are_told_in_german(site: Path) -> None:
    """The feed of each language has its entries in that language, and leads to its pages."""
    for locale, title in (("ko", "첫 모임"), ("en", "The first meeting"), ("de", "[de] The first")):
        feed = ET.parse(site / address("news/index", locale) / "feed.xml").getroot()
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == locale
        text = ET.tostring(feed, encoding="unicode")
        assert title in text
        assert f"/{address('news/2025-12-30-first', locale)}" in text


def test_the_open_data_has_german(site: Path) -> None:
    """Every text of the open data has its German version beside the others."""

    def texts(value: Any) -> Iterator[dict[str, Any]]:
        inner = value.values() if isinstance(value, dict) else value
        if isinstance(value, dict) and {"ko", "en"} <= set(value):
            yield value
        elif isinstance(value, dict | list):
            for one in inner:
                yield from texts(one)

    for name in ("alliance", "cities/atlantis", "cities/alba", "dossiers/study", "sources"):
        found = list(texts(json.loads((site / f"api/v1/{name}.json").read_text(encoding="utf-8"))))
        assert found, name
        assert all(set(one) == set(LANGUAGES) for one in found), name


# What a language lacks


def texts_of(value: Any) -> int:
    """How many texts a data file has."""
    if isinstance(value, list):
        return sum(map(texts_of, value))
    if not isinstance(value, dict):
        return 0
    return 1 if set(value) == {"ko", "en"} else sum(map(texts_of, value.values()))


def test_a_language_without_texts_is_told_each_of_them(repository: Path) -> None:
    """With German in mkdocs.yml and nowhere else, `check` names each text that the real data
    lacks, cells of tables too, each narrative, the file of words, and nothing besides."""
    listed(repository)
    done = run_build("--root", repository, "check", "--format", "json")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    found = [(problem["file"], problem["code"]) for problem in json.loads(done.stdout)]
    lacking = Counter(file for file, code in found if code == "text.language-missing")
    counts = {
        file.relative_to(repository).as_posix(): texts_of(yaml.safe_load(file.read_bytes()))
        for file in (repository / "data").rglob("*.yaml")
        if file.parent.name != "locales"
    }
    assert lacking == Counter(counts)
    assert lacking.total() > 1000
    narratives = {
        re.sub(r"\.[a-z]+\.md$", ".de.md", file.relative_to(repository).as_posix())
        for file in (repository / "content").rglob("*.md")
    }
    rest = Counter(file for file, code in found if code != "text.language-missing")
    assert rest == Counter({*narratives, "data/locales/de.yaml"})
