"""Pages -> a static site, through MkDocs; the only module that knows MkDocs.

The pages are staged as Markdown files whose body is finished HTML, on the paths of `content/`.
MkDocs adds the frame, static-i18n puts each language in its place.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from brochure.model import Settings
from brochure.sharing import share_url
from brochure.views import Page


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
                "share": share_url(path, locale),
                "linked": page.linked,
                "fonts": page.fonts,
            }
            # JSON is YAML, and needs no thought about quoting.
            head = "\n".join(f"{key}: {json.dumps(value)}" for key, value in front.items())
            file = folder / f"{path}.{locale}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"---\n{head}\n---\n\n{page.html}\n", encoding="utf-8")
    put({f"assets/{name}": text for name, text in assets.items()}, folder)


def put(files: Mapping[str, str | bytes], folder: Path) -> None:
    """Write texts and bytes below a folder, by their paths within, to the byte as they are."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


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
    # It packs its own sitemap, which ours replaces.
    (out / "sitemap.xml.gz").unlink()


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of, to be told when it stops."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
