"""What the site tells other programs: robots, sitemap, manifests, pictures to share, llms.txt."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from PIL import Image

from brochure.pipeline import publication
from brochure.publish.site.machine_files import machine_files
from brochure.publish.site.webfonts import alphabets
from brochure.render.language_spans import mark_other_languages
from brochure.render.page import Page
from brochure.render.site_frame import FrameContext

SITE = "https://gini.example/"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def size(file: Path) -> tuple[int, int]:
    """Width and height of a picture in pixels."""
    with Image.open(io.BytesIO(file.read_bytes())) as image:
        return image.size


def test_the_sitemap_has_every_version_and_day(built: Path) -> None:
    """Each page has its versions in all languages and the default one, the same for each of them;
    an entry of the news has its own day, every other page that of the edition."""
    urls = ET.parse(built / "sitemap.xml").findall("s:url", NAMES)
    assert len(urls) > 90
    days = set()
    for url in urls:
        place = url.findtext("s:loc", "", NAMES)
        links = {one.get("hreflang"): one.get("href") for one in url.findall("x:link", NAMES)}
        assert set(links) == {"ko", "en", "x-default"}
        assert links["x-default"] == links["ko"] and place in links.values()
        day = url.findtext("s:lastmod", "", NAMES)
        if entry := re.search(r"/news/(\d{4}-\d\d-\d\d)-", place):
            assert day == entry[1]
        else:
            days.add(day)
    assert len(days) == 1


def test_robots_are_shown_the_sitemap(built: Path) -> None:
    """robots.txt forbids nothing and names the sitemap with its whole address."""
    lines = (built / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert f"Sitemap: {SITE}sitemap.xml" in lines
    assert not [line for line in lines if line.startswith("Disallow")]


def test_llms_txt_leads_to_every_city_in_every_language(built: Path) -> None:
    """llms.txt has one title, a summary a language, and links that all lead somewhere."""
    text = (built / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# GINI\n") and text.count("\n# ") == 0
    assert len(re.findall("^> ", text, re.MULTILINE)) == 2
    links = re.findall(rf"\]\({SITE}([^)]*)\)", text)
    assert {"cities/daejeon/", "en/cities/daejeon/", "api/v1/observations.csv"} <= set(links)
    for link in links:
        file = built / link
        assert (file / "index.html" if link.endswith("/") else file).is_file(), link


@pytest.mark.parametrize(("language", "folder"), [("ko", ""), ("en", "en/")])
def test_the_manifest_names_icons_of_their_size(built: Path, language: str, folder: str) -> None:
    """Each language has a web app manifest in its words, whose icons are what it says."""
    manifest = json.loads((built / folder / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["lang"] == language and manifest["name"]
    for icon in manifest["icons"]:
        width, height = size(built / icon["src"].lstrip("/"))
        assert f"{width}x{height}" == icon["sizes"]
    assert {"any", "maskable"} == {icon.get("purpose", "any") for icon in manifest["icons"]}


def found(folder: Path) -> list[Path]:
    """The pages below a folder that are to be found; the form at /edit/ is not."""
    pages = folder.rglob("index.html")
    return [one for one in pages if '"robots" content="noindex"' not in one.read_text("utf-8")]


def test_every_page_has_a_picture_to_share(built: Path) -> None:
    """The picture that a page names is there, 1200 × 630 pixels; a city has its own a language."""
    named = set()
    for page in found(built):
        html = page.read_text(encoding="utf-8")
        (picture,) = re.findall(rf'property="og:image" content="{SITE}([^"]+)"', html)
        named.add(picture)
    assert len(named) == 12
    for picture in named:
        assert size(built / picture) == (1200, 630)
    assert len({(built / picture).read_bytes() for picture in named}) == 12


def test_pages_differ_in_title_and_description(built: Path) -> None:
    """No two pages of a language have the same title or the same description."""
    for pages in (
        [one for one in found(built) if one.relative_to(built).parts[0] != "en"],
        found(built / "en"),
    ):
        for what in (r"<title>(.*?)</title>", r'<meta name="description" content="(.*?)">'):
            said = [re.search(what, one.read_text(encoding="utf-8")) for one in pages]
            words = [one[1] for one in said if one]
            assert len(words) == len(pages) == len(set(words))


def page(path: str, locale: str, text: str) -> Page:
    letters = "".join(sorted(set(text)))
    return Page(path, locale, path, "", "", "", [], letters, "", lambda: text)


def test_a_letter_is_in_one_part_of_the_font() -> None:
    """What several languages use is shared; a language's own letters are parted by whether the
    front page and the cities need them; too few for a part of their own are shared."""
    hangul = [chr(0xAC00 + number) for number in range(300)]
    pages = [
        page("index", "ko", "".join(hangul[:100]) + "é"),
        page("plan/index", "ko", "".join(hangul[:200])),
        page("index", "en", "é" + hangul[0]),
        page("index", "de", "ß"),
    ]
    empty: dict[str, Any] = dict.fromkeys((field.name for field in fields(FrameContext)), "")
    contexts = {
        locale: FrameContext(**empty | {"language": locale}) for locale in ("ko", "en", "de")
    }
    parts = alphabets(pages, contexts, "→")
    assert set(parts) == {"shared", "ko-first", "ko-more"}
    assert parts["ko-first"] == "".join(hangul[1:100])
    assert parts["ko-more"] == "".join(hangul[100:200])
    assert set("aZ09é→ß" + hangul[0]) <= set(parts["shared"])


def test_words_of_another_script_say_their_language() -> None:
    """Hangul is marked on a page that is not Korean, outside tags, drawings and code."""
    html = '<p title="가">a 가경로 나 b<svg><text>가</text></svg><code>가</code></p>'
    assert mark_other_languages(html, "en") == html.replace(
        "가경로 나", '<span lang="ko">가경로 나</span>'
    )
    assert mark_other_languages(html, "ko") == html


def test_a_text_in_the_overview_makes_no_markdown(miniature: Path) -> None:
    """In llms.txt a name with marks of Markdown, or of two lines, is one link with that name."""
    content = publication(miniature)
    edition = content.editions[0]
    name = "[a](https://evil.example/) <b> `c` \\\n## d"
    members = {key: replace(city, name=name) for key, city in edition.members.items()}
    overview = machine_files([replace(edition, members=members)], content.pages)["llms.txt"].make()
    tokens = [token for block in MarkdownIt().parse(overview) for token in block.children or ()]
    assert not any(token.type.startswith(("html", "code")) for token in tokens)
    links = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert links and all(str(link).startswith("https://twin.example/") for link in links)
    shown = [token.content for token in tokens if "evil" in token.content]
    assert shown == [" ".join(name.split())] * len(members)
