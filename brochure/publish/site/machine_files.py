"""What the site tells other programs of itself: robots.txt, sitemap, llms.txt, web app manifests.

The sitemap dates a page by the last commit that touched what stands on it (`render.last_changed`). The
history is part of the commit, so that the same commit gives the same bytes; the clock and the times
of files are not, and are never asked. Where there is no history, or only the end of one, a page is
as old as its edition; an entry of the news is never older than its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from xml.etree import ElementTree as ET

from brochure.base.artifact import Asset
from brochure.base.exact_json import written
from brochure.base.urls import data_url, feed_url, manifest_url, page_url
from brochure.localize.edition import Edition
from brochure.render.views import Page

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
# The sides of the square icons in pixels; the largest is also made to be cut to any shape.
ICONS = (180, 192, 512)
MASKABLE = "assets/icons/maskable.png"


def icon_url(side: int) -> str:
    """The address of an icon relative to the site's root."""
    return f"assets/icons/{side}.png"


def signposts(editions: Sequence[Edition], pages: Sequence[Page]) -> dict[str, Asset]:
    """The files by their addresses on the site."""
    first = editions[0]
    sitemap = f"{first.settings.site_url}sitemap.xml"
    return {
        "robots.txt": Asset(lambda: f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"),
        "sitemap.xml": Asset(
            lambda: _sitemap(editions, pages), told=" ".join(str(page.changed) for page in pages)
        ),
        "llms.txt": Asset(lambda: "\n".join(_overview(editions)), list(first.members)),
        **{
            manifest_url(one.locale, first.locale): Asset(partial(_manifest, one))
            for one in editions
        },
    }


def changed(edition: Edition, page: Page) -> date:
    """The day on which a page last changed, or that of its entry or of the edition."""
    entry = next((one.date for one in edition.news if one.narrative.page == page.path), None)
    if page.changed and entry:
        return max(page.changed, entry)
    return page.changed or entry or edition.alliance.edition


def _sitemap(editions: Sequence[Edition], pages: Sequence[Page]) -> str:
    """The sitemap with every page's versions in other languages (sitemaps.org 0.9)."""
    ET.register_namespace("", _SITEMAP)
    ET.register_namespace("xhtml", _XHTML)
    site = editions[0].settings.site_url
    by_path: dict[str, dict[str, Page]] = {}
    for page in pages:
        by_path.setdefault(page.path, {})[page.locale] = page
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    for versions in by_path.values():
        for edition in editions:
            url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
            ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = site + versions[edition.locale].url
            day = changed(edition, versions[edition.locale]).isoformat()
            ET.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = day
            named = [(other.locale, versions[other.locale].url) for other in editions]
            for locale, address in [*named, ("x-default", named[0][1])]:
                ET.SubElement(
                    url, f"{{{_XHTML}}}link", rel="alternate", hreflang=locale, href=site + address
                )
    ET.indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _overview(editions: Sequence[Edition]) -> Iterator[str]:
    """The publication for a language model (llmstxt.org), a part a language."""
    first = editions[0]
    yield f"# {first.alliance.acronym}"
    for edition in editions:
        alliance, say, default = edition.alliance, edition.language.say, first.locale
        site, narratives = edition.settings.site_url, edition.narratives

        def line(name: str, path: str, text: str, of: Edition = edition) -> str:
            address = page_url(path, of.locale, of.settings.locales[0])
            return f"- [{name}]({of.settings.site_url}{address}): {text}"

        yield from ("", f"> {alliance.name}. {alliance.about} {say('page.footer')}")
        yield from ("", f"## {edition.language.name}: {say('navigation.cities')}", "")
        for city in edition.cities:
            yield line(city.name, f"cities/{city.id}", city.lead)
        yield from ("", f"## {edition.language.name}: {say('navigation.topics')}", "")
        for dossier in edition.dossiers:
            front = dossier.pages[0]
            yield line(dossier.name, front.path, front.narrative.description)
        for path in ("compare", "pairs", "news/index", "sources", "secretariat", "accessibility"):
            yield line(narratives[path].title, path, narratives[path].description)
        yield from ("", f"## {edition.language.name}: {say('navigation.data')}", "")
        yield line(narratives["data"].title, "data", narratives["data"].description)
        for file in ("cities.json", "observations.csv", "openapi.json"):
            topic = file.partition(".")[0]
            yield f"- [{file}]({site}{data_url(file)}): {say(f'data.of-{topic}')}"
        yield f"- [feed.xml]({site}{feed_url(edition.locale, default)}): {say('news.feed')}"
    yield ""


def _manifest(edition: Edition) -> str:
    """The web app manifest of a language (https://www.w3.org/TR/appmanifest/)."""
    home = "/" + edition.settings.site_url.split("/", 3)[3]
    icons = [
        {"src": home + icon_url(side), "sizes": f"{side}x{side}", "type": "image/png"}
        for side in ICONS
    ]
    largest = f"{ICONS[-1]}x{ICONS[-1]}"
    return written(
        {
            "name": edition.alliance.name,
            "short_name": edition.alliance.acronym,
            "description": edition.alliance.slogan,
            "lang": edition.locale,
            "start_url": "./",
            "scope": "./",
            "display": "minimal-ui",
            "background_color": "#ffffff",
            "theme_color": "#ffffff",
            "icons": [
                *icons,
                {"src": home + MASKABLE, "sizes": largest, "type": "image/png",
                 "purpose": "maskable"},
            ],
        }
    )  # fmt: skip
