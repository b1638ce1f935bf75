"""Pages -> a static site, through MkDocs; the only module that knows MkDocs.

The pages are staged as Markdown files whose body is finished HTML, on the paths of `content/`.
MkDocs adds the frame, the search index and the sitemap; static-i18n puts each language in its
place. What neither of them does right is put right afterwards, here.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from brochure.model import Settings
from brochure.views import Page

_HANGUL = re.compile(r"[가-힣]{3,}")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")


class SiteError(Exception):
    """MkDocs refused to build the site; the text is its own account."""


def stage(
    pages: Iterable[Page], settings: Settings, assets: Mapping[str, str], folder: Path
) -> None:
    """Write the pages as Markdown files for MkDocs, and the generated assets beside them."""
    shutil.rmtree(folder, ignore_errors=True)
    by_path: dict[str, dict[str, Page]] = {}
    for page in pages:
        by_path.setdefault(page.path, {})[page.locale] = page
    for path, versions in by_path.items():
        alternates = [
            {"locale": locale, "url": versions[locale].url} for locale in settings.locales
        ]
        for locale, page in versions.items():
            front = {
                "title": page.title,
                "description": page.description,
                "locale": locale,
                "path": path,
                "alternates": alternates,
                "linked": page.linked,
            }
            # JSON is YAML, and needs no thought about quoting.
            head = "\n".join(f"{key}: {json.dumps(value)}" for key, value in front.items())
            file = folder / f"{path}.{locale}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"---\n{head}\n---\n\n{page.html}\n", encoding="utf-8")
    put({f"assets/{name}": text for name, text in assets.items()}, folder)


def put(files: Mapping[str, str], folder: Path) -> None:
    """Write texts below a folder, by their paths within, to the byte as they are."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")


def build_site(root: Path, docs: Path, out: Path, frames: Mapping[str, Any], edition: date) -> None:
    """Run MkDocs on the staged pages. Raises SiteError: a warning of MkDocs is an error.

    `frames` holds, for each locale, the words of header and footer; `edition` dates the sitemap,
    so that the same input gives the same bytes on any day.
    """
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    midnight = datetime(edition.year, edition.month, edition.day, tzinfo=UTC)
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
    try:
        config = load_config(
            str(root / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(out), strict=True
        )
        config.extra["frames"] = frames
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except TemplateSyntaxError as error:
        place = f"overrides/site/{error.name}:{error.lineno}:1"
        raise SiteError(f"{place}\n  {error.message}") from error
    except (Abort, MkDocsException, TemplateError) as error:
        raise SiteError("\n".join([*warnings.lines, str(error)])) from error
    finally:
        logger.removeHandler(warnings)
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
    _widen_search(out / "search/search_index.json")
    _name_language(out / "404.html", next(iter(frames)))
    _drop_unused(out, config.plugins["material/search"].config.lang or [])


def _name_language(page: Path, locale: str) -> None:
    """Give a page that belongs to no language its own: MkDocs takes the one it built last."""
    html = page.read_text(encoding="utf-8")
    named = re.sub(r'(<html lang=")[^"]*', rf"\g<1>{locale}", html, count=1)
    page.write_text(named, encoding="utf-8")


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of, to be told when it stops."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _widen_search(index: Path) -> None:
    """Let search find a Korean word inside another, and a Latin word without its accents.

    Material's search (lunr) finds the beginnings of words only, so 산업 would miss 전략산업. Each
    entry gets the ends of its Hangul words, and the plain forms of its accented words, as tags,
    which the theme does not show.
    """
    data = json.loads(index.read_text(encoding="utf-8"))
    for entry in data["docs"]:
        text = re.sub(r"<[^>]+>", " ", f"{entry['title']} {entry['text']}")
        entry["tags"] = sorted(_ends(text) | _plain(text))
    data["config"]["fields"]["tags"]["boost"] = 1.0
    index.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _ends(text: str) -> set[str]:
    """The ends, two syllables or longer, of all Hangul words of three syllables or more."""
    words = _HANGUL.findall(text)
    return {word[start:] for word in words for start in range(1, len(word) - 1)}


def _plain(text: str) -> set[str]:
    """The accented Latin words of a text without their accents."""
    words = {word for word in _LATIN.findall(text) if not word.isascii()}
    return {
        "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
        for word in words
    }


def _drop_unused(out: Path, languages: Iterable[str]) -> None:
    """Remove source maps and the search languages that the site does not speak."""
    kept = {f"lunr.{language}.min.js" for language in languages}
    kept |= {"lunr.multi.min.js", "lunr.stemmer.support.min.js"}
    for path in out.rglob("*.map"):
        path.unlink()
    for path in (out / "assets/javascripts/lunr").rglob("*.js"):
        if path.name not in kept:
            path.unlink()
