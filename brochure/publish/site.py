"""Pages -> a static site: each page in its frame, the search index, the sitemap.

The frames and the theme's files are MkDocs' (see `shell.py`), and are kept as long as nothing
that they are made from changes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from brochure.cache import Cache, packed, unpacked
from brochure.model import Settings
from brochure.publish.frames import SEARCH, Frames, kind
from brochure.publish.search import index
from brochure.views import Page

# What makes the frames, beside this program.
_TOOLS = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "jinja2", "markdown", "babel")
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def build_site(
    root: Path,
    pages: Sequence[Page],
    settings: Settings,
    frames: Mapping[str, Any],
    edition: date,
    aside: Path,
    stored: Cache,
) -> dict[str, bytes]:
    """The files of the site by path: the pages, and what MkDocs makes for all of them.

    `frames` holds, for each locale, the words of header and footer; `edition` dates the sitemap,
    so that the same input gives the same bytes on any day. MkDocs works in the new folder `aside`.
    Raises SiteError.
    """
    kinds = sorted({kind(page.path) for page in pages})
    shell = _shell(root, kinds, frames, edition, aside, stored)
    shown = Frames(shell, settings.locales[0])
    versions: dict[str, dict[str, str]] = {}
    for page in pages:
        versions.setdefault(page.path, {})[page.locale] = page.url
    texts = {f"{page.url}index.html": shown.filled(page, versions[page.path]) for page in pages}
    config = json.loads(shell[SEARCH])["config"]
    texts[SEARCH] = index(pages, config, settings.locales)
    sitemap = _sitemap(versions.values(), settings, edition)
    framed = {name for name in shell if name.endswith("index.html")}
    return {
        **{name: data for name, data in shell.items() if name not in framed},
        **{name: text.encode() for name, text in texts.items()},
        "sitemap.xml": sitemap,
        "sitemap.xml.gz": gzip.compress(sitemap, mtime=0),
    }


def put(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files below a folder, by their paths within."""
    made = set()
    for name, data in files.items():
        file = folder / name
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_bytes(data)


def _shell(
    root: Path,
    kinds: Sequence[str],
    frames: Mapping[str, Any],
    edition: date,
    aside: Path,
    stored: Cache,
) -> dict[str, bytes]:
    """The empty site: found, or made where anything that it depends on is another."""
    sources = [root / "mkdocs.yml", *sorted((root / "overrides/site").rglob("*.*"))]
    sources += [Path(__file__).with_name(name) for name in ("frames.py", "shell.py")]
    digest = hashlib.sha256(repr((kinds, frames, edition)).encode())
    digest.update("".join(f"{tool} {version(tool)}\n" for tool in _TOOLS).encode())
    for path in sources:
        data = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    key = f"shell/{digest.hexdigest()}.zip"
    if (kept := stored.get(key)) is not None:
        return unpacked(kept)
    # Imported only here: most builds change no frame, and MkDocs costs half a second.
    from brochure.publish.shell import build_shell

    made = build_shell(root, aside, kinds, frames, edition)
    return unpacked(stored.keep(key, packed(made)))


def _sitemap(versions: Iterable[Mapping[str, str]], settings: Settings, edition: date) -> bytes:
    """Every page in every language, each with its versions (https://www.sitemaps.org)."""
    ET.register_namespace("", _SITEMAP)
    ET.register_namespace("xhtml", _XHTML)
    top = ET.Element(f"{{{_SITEMAP}}}urlset")
    for urls in versions:
        for url in urls.values():
            entry = ET.SubElement(top, f"{{{_SITEMAP}}}url")
            ET.SubElement(entry, f"{{{_SITEMAP}}}loc").text = settings.site_url + url
            ET.SubElement(entry, f"{{{_SITEMAP}}}lastmod").text = edition.isoformat()
            for locale, other in urls.items():
                ET.SubElement(
                    entry,
                    f"{{{_XHTML}}}link",
                    rel="alternate",
                    hreflang=locale,
                    href=settings.site_url + other,
                )
    ET.indent(top)
    text: bytes = ET.tostring(top, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
