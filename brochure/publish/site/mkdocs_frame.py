"""A site without its pages, through MkDocs: the frame of each kind of page, and its assets.

The only module that knows MkDocs. MkDocs and static-i18n are given one page of each kind, whose
words are marks (see `frames.py`); what neither of them does right is put right afterwards, here.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from brochure.base.message import Message
from brochure.base.problem import InputError, Problem
from brochure.publish.site.frames import SiteError, mark

# What a page puts into its frame, beside the addresses of its versions.
MARKS = ("title", "description", "url", "share", "fonts", "linked", "changed", "html")


def build_shell(
    root: Path, folder: Path, kinds: Collection[str], frames: Mapping[str, Any], edition: date
) -> dict[str, bytes]:
    """The files of a site whose pages are marks, one of each of `kinds` in every language.

    `frames` holds, for each locale, the words of header and footer; `edition` is the date that
    MkDocs takes for today's. Works in the new folder `folder`. Raises SiteError: a warning of
    MkDocs is an error.
    """
    docs, out = folder / "docs", folder / "out"
    _stage(docs, kinds, list(frames))
    _run(root, docs, out, frames, edition)
    files = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith("sitemap.xml")
    }
    shutil.rmtree(folder)
    return files


def _stage(docs: Path, kinds: Iterable[str], locales: list[str]) -> None:
    """Write a page of each kind, whose front matter holds the marks that its template prints."""
    for kind in kinds:
        for locale in locales:
            front = {name: mark(name) for name in MARKS}
            alternates = [{"locale": one, "url": mark(f"url-{one}")} for one in locales]
            meta = {**front, "locale": locale, "path": kind, "alternates": alternates}
            # JSON is YAML, and needs no thought about quoting.
            head = "\n".join(f"{key}: {json.dumps(value)}" for key, value in meta.items())
            file = docs / f"{kind}.{locale}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"---\n{head}\n---\n", encoding="utf-8")


def _run(root: Path, docs: Path, out: Path, frames: Mapping[str, Any], edition: date) -> None:
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
        # static-i18n builds once a language: the theme's templates are compiled for the first.
        config.theme.get_env = cache(config.theme.get_env)  # type: ignore[method-assign]
        # Material lends its templates and icons; what is published beside pages is our own.
        own = Environment(loader=FileSystemLoader(root / "overrides/site"))
        config.theme.get_env().list_templates = own.list_templates  # type: ignore[method-assign]
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except TemplateSyntaxError as error:
        message = Message("template.syntax", reason=error.message or "")
        file = f"overrides/site/{error.name}"
        raise InputError([Problem(file, error.lineno, 1, message)]) from error
    except (Abort, MkDocsException, TemplateError) as error:
        reason = "\n".join([*warnings.lines, str(error)])
        raise SiteError(Message("site.mkdocs-failed", reason=reason)) from error
    finally:
        logger.removeHandler(warnings)
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


class _Warnings(logging.Handler):
    """Collects the warnings of MkDocs, to be reported when it stops."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
