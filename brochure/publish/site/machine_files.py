"""Files for other programs: robots.txt, sitemap, llms.txt, web app manifests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from brochure.base.artifact import GeneratedFile
from brochure.base.exact_json import dump_json
from brochure.base.urls import data_url, feed_url, manifest_url, page_url
from brochure.localize.edition import Edition
from brochure.publish.site.icons import ICONS, MASKABLE, icon_url
from brochure.publish.site.sitemap import sitemap
from brochure.render.page import Page

# Characters that begin a link, a code span or HTML in Markdown, and the one that escapes them.
_MARKDOWN = re.compile(r"[\\`\[\]<>]")


def machine_files(editions: Sequence[Edition], pages: Sequence[Page]) -> dict[str, GeneratedFile]:
    """Return the files by their addresses on the site."""
    first = editions[0]
    sitemap_url = f"{first.settings.site_url}sitemap.xml"
    return {
        "robots.txt": GeneratedFile(lambda: f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n"),
        "sitemap.xml": GeneratedFile(
            lambda: sitemap(editions, pages),
            extra_fingerprint=" ".join(str(page.changed) for page in pages),
        ),
        "llms.txt": GeneratedFile(lambda: "\n".join(_overview(editions)), list(first.members)),
        **{
            manifest_url(edition.locale, first.locale): GeneratedFile(partial(_manifest, edition))
            for edition in editions
        },
    }


def _overview(editions: Sequence[Edition]) -> Iterator[str]:
    """Yield the lines of llms.txt, an overview for language models, a part for each language.

    It is Markdown (https://llmstxt.org/).
    """
    first = editions[0]
    yield f"# {first.alliance.acronym}"
    for edition in editions:
        alliance, say, default = edition.alliance, edition.language.say, first.locale
        site, narratives = edition.settings.site_url, edition.narratives

        def line(name: str, path: str, text: str, of: Edition = edition) -> str:
            address = page_url(path, of.locale, of.settings.locales[0])
            return f"- [{_text(name)}]({of.settings.site_url}{address}): {_text(text)}"

        def heading(key: str, of: Edition = edition) -> str:
            return f"## {_text(of.language.name)}: {_text(of.language.say(key))}"

        about = f"{alliance.name}. {alliance.about} {say('page.footer')}"
        yield from ("", f"> {_text(about)}")
        yield from ("", heading("navigation.cities"), "")
        for city in edition.cities:
            yield line(city.name, f"cities/{city.id}", city.lead)
        yield from ("", heading("navigation.topics"), "")
        for dossier in edition.dossiers:
            front = dossier.pages[0]
            yield line(dossier.name, front.path, front.narrative.description)
        for path in ("compare", "pairs", "news/index", "sources", "secretariat", "accessibility"):
            yield line(narratives[path].title, path, narratives[path].description)
        yield from ("", heading("navigation.data"), "")
        yield line(narratives["data"].title, "data", narratives["data"].description)
        for file in ("cities.json", "observations.csv", "openapi.json"):
            topic = file.partition(".")[0]
            yield f"- [{file}]({site}{data_url(file)}): {_text(say(f'data.of-{topic}'))}"
        yield f"- [feed.xml]({site}{feed_url(edition.locale, default)}): {_text(say('news.feed'))}"
    yield ""


def _text(text: str) -> str:
    """Return a text of the data as Markdown that shows just that, in one line."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))


def _manifest(edition: Edition) -> str:
    """Return the web app manifest of a language (https://www.w3.org/TR/appmanifest/)."""
    home = "/" + edition.settings.site_url.split("/", 3)[3]
    icons = [
        {"src": home + icon_url(side), "sizes": f"{side}x{side}", "type": "image/png"}
        for side in ICONS
    ]
    largest = f"{ICONS[-1]}x{ICONS[-1]}"
    return dump_json(
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
