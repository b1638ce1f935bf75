"""The audit of a finished release: everything in it that a visitor would stumble over.

It reads files alone and shares no code with what made them.
"""

from __future__ import annotations

import json
import pickle
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, product
from typing import Any
from urllib.parse import unquote

from lxml import etree

from brochure.base.cache import Cache
from brochure.base.message import Message
from brochure.base.problem import Problem, ProblemsError, in_order
from brochure.model.records import Settings
from brochure.publish.audit_html import nesting

# The one page without an address of its own: it answers at any.
_NOT_FOUND = "404.html"
_INDEX, _SITEMAP = "index.html", "sitemap.xml"
# The sections that the search of a language looks through.
_SEARCH = re.compile(r"site/search/(.+)\.json")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STYLE_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+"([^"]*)\""""
)
_ADDRESSES = etree.XPath("//@href|//@src|//@srcset|//@poster|//@data|//@action")
_STYLES = etree.XPath("//@*[contains(., 'url(')]|//style/text()")
_IDS = etree.XPath("//@id", smart_strings=False)
_ALTERNATES = etree.XPath("/html/head/link[@hreflang]")
_CANONICAL = etree.XPath("/html/head/link[@rel='canonical']/@href")
_LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
# A page that asks not to be found has one address, and is in no list of pages.
_UNLISTED = etree.XPath("/html/head/meta[@name='robots' and contains(@content, 'noindex')]")
_DATA = etree.XPath("//script[contains(@type, 'json')]")
# Another size may be set in larger type, on more pages.
_PRESS_NAME = re.compile(r"press/(.+)-press\.pdf")


class AuditError(ProblemsError):
    """A finished release that would let a visitor down: its problems, at places in its files."""


@dataclass
class _Reading:
    """The contents of a file: addresses with their lines, anchors, and `faults` with their lines.

    `targets` are the files of the release, with an anchor or without, that the addresses lead to,
    each with every line and form in which it is named. `canonical` and `alternates` (by
    language) are a page's, `length` is a PDF's, in pages, and `listed` are the addresses of a
    sitemap with their lines. An `unlisted` page asks not to be found.
    """

    links: list[tuple[int, str]] = field(default_factory=list)
    targets: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()
    canonical: str = ""
    alternates: Mapping[str, str] = field(default_factory=dict)
    length: int = 0
    listed: dict[str, int] = field(default_factory=dict)
    unlisted: bool = False
    faults: list[tuple[int, Message]] = field(default_factory=list)


def audit(
    files: Mapping[str, str],
    read: Callable[[str], bytes],
    settings: Settings,
    not_built: tuple[str, ...] = (),
    stored: Cache | None = None,
) -> list[Problem]:
    """Everything wrong in a release, each once, sorted by place.

    `files` are the paths of a release (`site/…`, `press/…`) with what stands for the content of
    each, and `read` gives a file's bytes. Links into the folders `not_built` are accepted. The
    reading of a file comes from `stored` where the same was read before.
    """
    readings = {
        file: _reading(stored, file, files[file], partial(read, file), settings)
        for file in sorted(files)
        if posixpath.splitext(file)[1] in _READERS
    }
    pages = {
        _address(file): reading
        for file, reading in readings.items()
        if file.endswith(".html") and file != f"site/{_NOT_FOUND}" and not reading.unlisted
    }
    found = chain(
        ((file, *fault) for file, reading in readings.items() for fault in reading.faults),
        _missing(files),
        _dead(files, readings, not_built),
        _languages(pages, settings),
        _sitemap(pages, readings, settings),
        _lengths(readings),
    )
    return list(in_order(Problem(file, line, 1, message) for file, line, message in found))


Found = tuple[str, int, Message]


def _reading(
    stored: Cache | None, file: str, basis: str, read: Callable[[], bytes], settings: Settings
) -> _Reading:
    """The contents of a file: from an earlier reading of the same, or read now."""
    key = stored.key("readings", __name__, settings, file, basis) if stored else None
    if stored and key and (kept := stored.get(key)) is not None:
        remembered: _Reading = pickle.loads(kept)
        return remembered
    reading = _READERS[posixpath.splitext(file)[1]](file, read(), settings)
    for line, link in reading.links:
        if (target := _target(file, link, settings)) is not None:
            reading.targets.setdefault(target, []).append((line, link))
    reading.links.clear()
    if stored and key:
        stored.put(key, pickle.dumps(reading))
    return reading


def _target(file: str, link: str, settings: Settings) -> str | None:
    """The file of the release that a link leads to, with its anchor; None if elsewhere."""
    address = _resolved(link, _address(file), settings)
    if address is None:
        return None
    path, _, anchor = address.partition("#")
    target = "site/" + unquote(path.partition("?")[0])
    target += _INDEX if target.endswith("/") else ""
    if file == f"site/{_NOT_FOUND}" and link.startswith("#"):
        target = file
    name = unquote(anchor) if target.endswith(".html") else ""
    return f"{target}#{name}" if name and name != "top" else target


def _page(file: str, data: bytes, settings: Settings) -> _Reading:
    html = data.decode()
    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    ids = _IDS(root)
    reading = _Reading(
        ids=frozenset(ids),
        canonical="".join(_CANONICAL(root)),
        alternates={link.get("hreflang"): link.get("href", "") for link in _ALTERNATES(root)},
        unlisted=bool(_UNLISTED(root)),
    )
    for value in _ADDRESSES(root):
        parts = value.split(",") if value.attrname == "srcset" else [value]
        line = value.getparent().sourceline
        reading.links += [(line, str(part).split()[0] if part.strip() else "") for part in parts]
    for value in _STYLES(root) if "url(" in html or "@import" in html else ():
        reading.links += [(value.getparent().sourceline, url) for _, url in _urls(value)]
    for script in _DATA(root):
        text = script.text or ""
        reading.links += _data_links(text, script.sourceline, settings, reading)
    for name, count in Counter(ids).items():
        if count > 1:
            line = next(element.sourceline for element in root.iter() if element.get("id") == name)
            reading.faults.append((line, Message("audit.duplicate-id", id=name, count=count)))
    for image in root.iter("img"):
        if image.get("alt") is None:
            reading.faults.append((image.sourceline, Message("audit.missing-alt-text")))
    reading.faults += nesting(html)
    if file == f"site/{_NOT_FOUND}":
        reading.faults += [
            (line, Message("audit.relative-link-on-404", link=link))
            for line, link in reading.links
            if not link.startswith(("/", "#")) and not _ELSEWHERE.match(link)
        ]
    return reading


def _style(file: str, data: bytes, settings: Settings) -> _Reading:
    text = data.decode()
    blanked = _STYLE_COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    links = [(blanked.count("\n", 0, place) + 1, url) for place, url in _urls(blanked)]
    return _Reading(links)


def _urls(style: str) -> Iterator[tuple[int, str]]:
    """The addresses in a style, with their places."""
    for match in _STYLE_URL.finditer(style) if "url(" in style or "@import" in style else ():
        yield match.start(), next(filter(None, match.groups()), "")


def _data(file: str, data: bytes, settings: Settings) -> _Reading:
    reading = _Reading()
    try:
        value = json.loads(data)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        reading.faults.append((line, Message("audit.not-json", reason=str(error))))
        return reading
    if match := _SEARCH.fullmatch(file):
        home = "" if match[1] == settings.locales[0] else f"{match[1]}/"
        pages = [address for address, _ in value["pages"]]
        for page, anchor, *_ in value["sections"]:
            part = f"#{anchor}" if anchor else ""
            address = settings.site_url + home + pages[page] + part
            reading.targets[f"site/{home}{pages[page]}{_INDEX}{part}"] = [(1, address)]
    else:
        reading.links += [(1, link) for link in _named(value, settings)]
    return reading


def _data_links(
    text: str, line: int, settings: Settings, reading: _Reading
) -> Iterator[tuple[int, str]]:
    """The addresses in a script in `line` that is data."""
    try:
        value = json.loads(text)
    except ValueError as error:
        reading.faults.append((line, Message("audit.not-json", reason=str(error))))
        return
    for link in _named(value, settings):
        yield line, link


def _named(value: Any, settings: Settings) -> Iterator[str]:
    """The addresses on this site in a JSON value, and those that follow from its standards.

    That is, `path` of a resource (Data Package) and each path of a description, with every value
    that its parameters may take (OpenAPI).
    """
    if isinstance(value, str):
        # What follows # is there the name of a thing, not a place on a page (JSON-LD, "@id").
        if value.startswith(settings.site_url) and not re.search(r"[\s{]", value):
            yield value.partition("#")[0]
    elif isinstance(value, list):
        for item in value:
            yield from _named(item, settings)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "servers":
                yield from _named(item, settings)
        for resource in _listed(value, "resources"):
            yield from [resource["path"]] if isinstance(resource.get("path"), str) else []
        if "openapi" in value:
            (server,) = value["servers"]
            for path, item in value["paths"].items():
                parameters = item["get"].get("parameters", [])
                choices = [parameter["schema"]["enum"] for parameter in parameters]
                for chosen in product(*choices):
                    filled = path
                    for parameter, choice in zip(parameters, chosen, strict=True):
                        filled = filled.replace(f"{{{parameter['name']}}}", choice)
                    yield server["url"] + filled


def _listed(value: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    items = value.get(key)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _xml(file: str, data: bytes, settings: Settings) -> _Reading:
    reading = _Reading()
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        reading.faults.append((error.lineno or 1, Message("audit.not-xml", reason=error.msg)))
        return reading
    for element in root.iter(etree.Element):
        named = [element.get("href"), element.get("src"), (element.text or "").strip()]
        reading.links += [(element.sourceline, link) for link in named[:2] if link is not None]
        if named[2].startswith(settings.site_url):
            reading.links.append((element.sourceline, named[2]))
        if element.tag == _LOCATION:
            reading.listed[named[2]] = element.sourceline
    return reading


def _pdf(file: str, data: bytes, settings: Settings) -> _Reading:
    # Imported only here: a site without its brochures has no PDF.
    from brochure.publish.print.page_count import page_count

    try:
        length = page_count(data)
    except ValueError as error:
        return _Reading(faults=[(1, Message("audit.pdf-unreadable", reason=str(error)))])
    if not length:
        return _Reading(faults=[(1, Message("audit.pdf-without-pages"))])
    return _Reading(length=length)


_READERS: Mapping[str, Callable[[str, bytes, Settings], _Reading]] = {
    ".html": _page, ".css": _style, ".json": _data, ".xml": _xml, ".pdf": _pdf
}  # fmt: skip


def _missing(files: Collection[str]) -> Iterator[Found]:
    for name in (_INDEX, _NOT_FOUND, _SITEMAP):
        if f"site/{name}" not in files:
            yield f"site/{name}", 1, Message("audit.missing-file")


def _dead(
    files: Collection[str], readings: Mapping[str, _Reading], not_built: tuple[str, ...]
) -> Iterator[Found]:
    """Links to a file or an anchor of this site that is not there."""
    anchors = (f"{file}#{name}" for file, reading in readings.items() for name in reading.ids)
    known = {*files, *anchors}
    for file, reading in readings.items():
        for target in reading.targets.keys() - known:
            path, _, anchor = target.partition("#")
            if path not in known and path.startswith(not_built):
                continue
            for line, link in reading.targets[target]:
                if path in known:
                    yield file, line, Message("audit.dead-anchor", anchor=anchor, link=link)
                else:
                    yield file, line, Message("audit.dead-link", link=link)


def _address(file: str) -> str:
    """The address of a file of the site, relative to its root."""
    return file.removeprefix("site/").removesuffix(_INDEX)


def _resolved(link: str, base: str, settings: Settings) -> str | None:
    """The address that a link at `base` leads to, relative to the site's root; None if elsewhere.

    What lies on the site's host but outside the site keeps its slash, and so is never found.
    """
    site = settings.site_url
    if link.startswith(site):
        return None if link.startswith(settings.repository) else link.removeprefix(site)
    if _ELSEWHERE.match(link):
        return None
    if not link or link.startswith(("#", "?")):
        return base + link
    path = re.split("[?#]", link, maxsplit=1)[0]
    home = "/" + site.split("/", 3)[3]
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(home + base), path))
    if joined != "/" and (path.endswith("/") or path.rpartition("/")[2] in (".", "..")):
        joined += "/"
    return (joined.removeprefix(home) if joined.startswith(home) else joined) + link[len(path) :]


def _languages(pages: Mapping[str, _Reading], settings: Settings) -> Iterator[Found]:
    """Pages that do not say their own address, or not rightly their versions in all languages."""
    expected = {*settings.locales, "x-default"}
    by_url = {settings.site_url + address: page for address, page in pages.items()}
    for url, page in by_url.items():
        file = "site/" + url.removeprefix(settings.site_url)
        file += _INDEX if file.endswith("/") else ""
        named = page.alternates
        if page.canonical != url:
            yield file, 1, Message("audit.wrong-canonical", url=page.canonical)
        if missing := sorted(expected - named.keys()):
            yield file, 1, Message("audit.hreflang-missing", languages=missing)
        if unknown := sorted(named.keys() - expected):
            yield file, 1, Message("audit.hreflang-unknown", languages=unknown)
        if not missing and not unknown:
            if named["x-default"] != named[settings.locales[0]]:
                yield file, 1, Message("audit.hreflang-wrong-default", url=named["x-default"])
            if url not in named.values():
                yield file, 1, Message("audit.hreflang-without-own-page", url=url)
        for locale, other in named.items():
            if other in by_url and by_url[other].alternates != named:
                yield file, 1, Message("audit.hreflang-mismatch", language=locale, url=other)


def _sitemap(
    pages: Mapping[str, _Reading],
    readings: Mapping[str, _Reading],
    settings: Settings,
) -> Iterator[Found]:
    """Pages that the sitemap lacks, and addresses in it that are none of a page."""
    file = f"site/{_SITEMAP}"
    if file not in readings or readings[file].faults:
        return
    listed, urls = readings[file].listed, {settings.site_url + address for address in pages}
    for url in sorted(urls - listed.keys()):
        yield file, 1, Message("audit.sitemap-without-page", url=url)
    for url in sorted(listed.keys() - urls):
        yield file, listed[url], Message("audit.sitemap-unknown-page", url=url)


def _lengths(readings: Mapping[str, _Reading]) -> Iterator[Found]:
    """Press editions that have not as many pages as what is read on a screen."""
    for file, reading in readings.items():
        if reading.length and (match := _PRESS_NAME.fullmatch(file)):
            screen = readings.get(f"site/brochures/{match[1]}.pdf", _Reading())
            if screen.length != reading.length:
                yield (
                    file,
                    1,
                    Message("audit.page-count", press=reading.length, screen=screen.length),
                )
