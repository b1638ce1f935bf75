"""A sixth city and a third language need data and texts alone.

German joins a copy of the repository by what a translator would bring: an entry in mkdocs.yml,
`tests/german/de.yaml`, and German texts (here the English ones behind a mark, `[de] `); the city is
`tests/german/atlantis.yaml`. No Python, template or stylesheet is touched.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pypdfium2
import pytest
import yaml
from support import ROOT, contents, copy_inputs, once, run_build

LANGUAGES = {"ko": "", "en": "en/", "de": "de/"}
GERMAN = ROOT / "tests/german"
CITIES = sorted([*(path.stem for path in (ROOT / "data/cities").glob("*.yaml")), "atlantis"])
PATHS = ["index", "compare", "secretariat", "sources", *(f"cities/{name}" for name in CITIES)]


def translated(value: Any) -> Any:
    """Data whose texts have a German version: the English one behind a mark."""
    if isinstance(value, list):
        return [translated(one) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"ko", "en"}:
        return value | {"de": f"[de] {value['en']}"}
    return {key: translated(one) for key, one in value.items()}


def join(root: Path) -> None:
    """Add the language and the city to a copy of the repository."""
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    entry = re.search(r"^( *)- \{locale: en,.*\}\n", text, re.MULTILINE)
    assert entry
    german = f"{entry[1]}- {{locale: de, name: Deutsch, build: true}}\n"
    settings.write_text(text.replace(entry[0], entry[0] + german), encoding="utf-8")
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
            '{{ fact("population") }}, {{ fact("schools") }}, {{ fact("grdp") }}\n',
            encoding="utf-8",
        )


@pytest.fixture(scope="module")
def site(shared: Path, drawn: Path) -> Path:
    """The finished site in three languages with six cities."""

    def make(folder: Path) -> None:
        join(copy_inputs(folder, drawn))
        done = run_build("--root", folder, "site")
        assert done.returncode == 0, done.stdout + done.stderr

    return once(shared / "german", make) / "dist/site"


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
        if tag == "link" and own.get("rel", "").strip() == "alternate":
            self.page.alternates[own["hreflang"]] = own["href"]
        if tag == "nav":
            self.switching = "languages" in own.get("class", "")
        if tag == "a" and "href" in own:
            self.page.links.append(own["href"])
            if self.switching:
                self.page.switch[own["hreflang"]] = own["href"]


def address(path: str, locale: str) -> str:
    return LANGUAGES[locale] + ("" if path == "index" else f"{path}/")


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


@pytest.mark.parametrize("path", PATHS)
def test_every_page_leads_to_its_other_languages(site: Path, path: str) -> None:
    """Each page says its language, names its versions to search engines, the default one besides,
    and its switch leads to the same page in the two other languages."""
    base = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["site_url"]
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
            assert file.is_file(), f"{path}: {href}"
            if target.fragment:
                assert f'id="{target.fragment}"' in file.read_text(encoding="utf-8"), href
            if href not in one.switch.values() and file.suffix == ".html":
                assert target.path.startswith(f"/{LANGUAGES[locale]}"), f"{path}: {href}"
                if locale == "ko":
                    assert not target.path.startswith(("/en/", "/de/")), f"{path}: {href}"


def test_the_missing_page_is_in_every_language(site: Path) -> None:
    """The page that is not found speaks German too."""
    text = (site / "404.html").read_text(encoding="utf-8")
    for words in ("찾으시는 쪽이 없습니다", "Page not found", "Seite nicht gefunden"):
        assert words in text


def test_numbers_are_german(site: Path) -> None:
    """German pages group with points, divide with commas and say Milliarden; nothing of English
    or Korean form is left."""
    text = html(site, "cities/atlantis", "de").replace("\xa0", " ")
    for words in ("1.063.881 Personen", "36,64 Milliarden US-$", "1.234,5 km²", "mind. 3"):
        assert words in text, words
    assert "1.063.881" in html(site, "compare", "de")
    for path in PATHS:
        body = re.sub(r"<svg.*?</svg>", "", html(site, path, "de"), flags=re.DOTALL)
        values = re.findall(r'class="(?:stated__value|key-figure__value|fact)">(.*?)<', body)
        assert values or not path.startswith("cities/")
        for value in values:
            assert not re.search(
                r"\d,\d{3}\b(?!,)(?! (?:Mi|Bi))|million\b|billion\b|만|억", value
            ), value


def test_words_are_german(site: Path) -> None:
    """Headings, menus and dates of a German page come from its locale file, texts from its data."""
    text = html(site, "cities/daejeon", "de")
    for words in ("Innovationsökosystem", "Zum Inhalt springen", "22. November 2026", "Vergleich"):
        assert words in text
    assert "<h1>[de] Daejeon</h1>" in text
    for words in ("Innovation ecosystem", "Skip to content", "혁신생태계", "Key figures"):
        assert words not in text.replace("[de] Innovation ecosystem", "")


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_new_city_is_everywhere(site: Path, locale: str) -> None:
    """The new city stands on the front page and its map, in the comparison, its charts and
    matrix, among the corrections and the sources, and in the sitemap."""
    name = {"ko": "아틀란티스", "en": "Atlantis", "de": "Atlantis"}[locale]
    home, compare = html(site, "index", locale), html(site, "compare", locale)
    assert re.search(rf'class="card__name"><a [^>]*cities/atlantis/[^>]*>{name}</a>', home)
    drawings = re.findall(r"<svg\b.*?</svg>", home, re.DOTALL)
    assert any(name in drawing for drawing in drawings)
    table = re.search(r'<table class="comparison">.*?</table>', compare, re.DOTALL)
    matrix = re.search(r'<table class="matrix">.*?</table>', compare, re.DOTALL)
    assert table and f'<th scope="row">{name}</th>' in table[0]
    assert matrix and f'<th scope="col">{name}</th>' in matrix[0]
    charts = re.findall(r"<svg\b.*?</svg>", compare, re.DOTALL)
    assert sum(name in chart for chart in charts) >= 4
    for path in ("secretariat", "sources"):
        assert re.search(rf'<a href="[^"]*cities/atlantis/">{name}</a>', html(site, path, locale))
    assert f"/{address('cities/atlantis', locale)}" in (site / "sitemap.xml").read_text()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_new_brochures_are_there(site: Path, locale: str) -> None:
    """Every city and the alliance have a brochure in every language, in that language; the
    alliance's has the new city."""
    texts = {}
    for name in [*CITIES, "gini"]:
        pdf = pypdfium2.PdfDocument(site / f"brochures/{name}-{locale}.pdf")
        text = "".join(one.get_textpage().get_text_range() for one in pdf)
        texts[name] = text.replace("\u2060", "").replace("\xa0", " ")
    figure = {"ko": "366.4억 달러", "en": "$36.64 billion", "de": "36,64 Milliarden US-$"}[locale]
    colophon = {"ko": "발행.", "en": "Published by", "de": "Herausgegeben von"}[locale]
    for name in ("atlantis", "gini"):
        assert figure in texts[name]
    for name, text in texts.items():
        assert colophon in text, name


def test_search_knows_german(site: Path) -> None:
    """The search index holds the German pages, and search has what it needs to take them apart."""
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    locations = {entry["location"] for entry in index["docs"]}
    assert {address(path, "de") for path in PATHS} <= locations
    assert "de" in index["config"]["lang"]
    assert (site / "assets/javascripts/lunr/min/lunr.de.min.js").is_file()
