"""Heads of pages: what each must say to browsers, search engines and messengers, and of what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from brochure.publish.site.open_graph import og_locale

SITE = "https://gini.example/"
OG_LOCALES = {"ko": "ko_KR", "en": "en_GB"}
# What a page has once, by the name of its `meta` element.
ONCE = (
    "viewport", "description", "og:type", "og:site_name", "og:title", "og:description", "og:url",
    "og:locale", "og:image", "og:image:width", "og:image:height", "og:image:alt", "twitter:card",
)  # fmt: skip


def heads(site: Path) -> dict[str, Any]:
    """Return the head of each HTML file of a site by its address."""
    return {
        file.relative_to(site).as_posix().removesuffix("index.html"): html.document_fromstring(
            file.read_bytes().decode()
        ).find("head")
        for file in sorted(site.rglob("*.html"))
    }


def metas(head: Any) -> dict[str, list[str]]:
    """Return the contents of the `meta` elements by their name, property or header."""
    found: dict[str, list[str]] = {}
    for meta in head.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv")
        if name:
            found.setdefault(name, []).append(meta.get("content"))
    return found


def links(head: Any, rel: str) -> list[Mapping[str, str]]:
    """Return the attributes of the `link` elements of a relation."""
    return [link.attrib for link in head.iter("link") if link.get("rel") == rel]


def framed(site: Path) -> dict[str, Any]:
    """Return the heads of the pages of the publication: all but 404 and the form for editors."""
    return {url: head for url, head in heads(site).items() if url not in ("404.html", "edit/")}


def test_no_head_has_anything_empty(built: Path) -> None:
    """Neither a title nor an attribute of any element, on any page; and no slot is left."""
    found = heads(built)
    assert len(found) == 98 and "404.html" in found
    for url, head in found.items():
        assert head.findtext("title", "").strip(), url
        for element in head.iterdescendants():
            for name, value in element.items():
                boolean = name in ("crossorigin", "defer")
                assert boolean or value.strip(), f"{url}: {element.tag} {name}"
        text = html.tostring(head, encoding="unicode")
        assert not re.search("[\ue000-\uf8ff]|None|Undefined", text), url


def test_every_page_describes_itself(built: Path) -> None:
    """A description, the card for messengers with a picture that is there, one address."""
    for url, head in framed(built).items():
        found = metas(head)
        assert {name: len(found.get(name, ())) for name in ONCE} == dict.fromkeys(ONCE, 1), url
        assert [link["href"] for link in links(head, "canonical")] == [SITE + url]
        assert found["og:url"] == [SITE + url]
        assert found["og:description"] == found["description"]
        assert found["og:type"] == ["article" if re.search(r"news/\d", url) else "website"]
        assert found["twitter:card"] == ["summary_large_image"]
        assert (built / found["og:image"][0].removeprefix(SITE)).is_file()
        assert head.findtext("title").startswith(found["og:title"][0])
        assert "robots" not in found


def test_every_page_names_its_language_and_the_others(built: Path) -> None:
    """Each version of a page leads to all, itself included, and to the default one for the rest."""
    pages = framed(built)
    for url, head in pages.items():
        locale = head.getparent().get("lang")
        assert locale == ("en" if url.startswith("en/") else "ko")
        path = url.removeprefix("en/")
        versions = {"ko": SITE + path, "x-default": SITE + path, "en": f"{SITE}en/{path}"}
        alternates = {
            link["hreflang"]: link["href"]
            for link in links(head, "alternate")
            if "hreflang" in link
        }
        assert alternates == versions
        assert {address.removeprefix(SITE) for address in alternates.values()} <= set(pages)
        found = metas(head)
        assert found["og:locale"] == [OG_LOCALES[locale]]
        others = [name for other, name in OG_LOCALES.items() if other != locale]
        assert found["og:locale:alternate"] == others


def test_every_page_has_the_parts_of_an_app(built: Path) -> None:
    """Policy, icons, manifest and the colours of both schemes, on the 404 page too; a feed where
    there are news."""
    pages = framed(built) | {"404.html": heads(built)["404.html"]}
    for url, head in pages.items():
        folder = built / url if url != "404.html" else built
        found = metas(head)
        (policy,) = found["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert len(found["theme-color"]) == 2
        for rel in ("icon", "apple-touch-icon", "manifest"):
            (link,) = links(head, rel)
            address = link["href"]
            file = built / address[1:] if address.startswith("/") else folder / address
            assert file.is_file(), f"{url}: {address}"
        feeds = [link["href"] for link in links(head, "alternate") if link.get("type") is not None]
        prefix = "en/" if url.startswith("en/") else ""
        news = url.removeprefix(prefix).startswith("news/")
        assert feeds == ([f"{SITE}{prefix}news/feed.xml"] if news else [])


def test_the_404_page_is_for_no_index(built: Path) -> None:
    """It has no address of its own, and no card."""
    head = heads(built)["404.html"]
    found = metas(head)
    assert found["robots"] == ["noindex"]
    assert not [name for name in found if name.startswith(("og:", "twitter:"))]
    assert links(head, "canonical") == []


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ko", "ko_KR"), ("en", "en_US"), ("en-GB", "en_GB"), ("de", "de_DE"), ("es", "es_ES"),
        ("pt-BR", "pt_BR"), ("zh-Hant", "zh_TW"), ("zh-Hans", "zh_CN"), ("sr-Latn-RS", "sr_RS"),
        ("gsw", "gsw_CH"),
        ("eo", None), ("es-419", None), ("tok", None), ("no such tag", None),
    ],
)  # fmt: skip
def test_the_locale_of_open_graph(tag: str, expected: str | None) -> None:
    """A language with a territory: its own, else the likely one by CLDR; none where that is no
    country."""
    assert og_locale(tag) == expected
