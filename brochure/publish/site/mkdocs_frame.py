"""Renders the frames of pages and the assets beside them with MkDocs, the only module to do so.

MkDocs and static-i18n are given one empty page of each kind. A plugin, by MkDocs' documented
events, gives them an environment that escapes every value, and the values that templates print.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from brochure.base.message import Message
from brochure.base.problem import InputError, Problem
from brochure.publish.site.frames import SiteError, page_slots
from brochure.publish.site.open_graph import og_locale
from brochure.render.site_frame import FrameContext

# The templates and assets of the frame.
_THEME = "overrides/site"


def render_frames(
    root: Path, folder: Path, kinds: Collection[str], contexts: Mapping[str, FrameContext]
) -> dict[str, bytes]:
    """Return the files of a site without content, by name: frames, assets and the 404 page.

    The site has a frame for each of `kinds` in every language. `contexts` holds the values of the
    frame by locale, the default first. Works in the new folder `folder`. Raises SiteError: a
    warning of MkDocs is an error.
    """
    docs, out = folder / "docs", folder / "out"
    pages = {f"{kind}.{locale}.md": (kind, locale) for kind in kinds for locale in contexts}
    for name in pages:
        file = docs / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    _run(root, docs, out, _FramePlugin(root / _THEME, pages, contexts))
    files = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }
    shutil.rmtree(folder)
    return files


class _FramePlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """A plugin of MkDocs that decides which files are rendered, how, and with which values."""

    def __init__(
        self,
        theme: Path,
        pages: Mapping[str, tuple[str, str]],
        contexts: Mapping[str, FrameContext],
    ) -> None:
        """`theme` is the folder of the templates, `pages` are kind and locale by source file."""
        self._theme = theme
        self._pages = pages
        self._contexts = contexts
        self._default = next(iter(contexts))
        og_locales = {locale: og_locale(context.formats) for locale, context in contexts.items()}
        self._og_locales = {locale: name for locale, name in og_locales.items() if name}
        self._environment: Environment | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Leave the sitemap out, which this program writes itself (see `sitemap.py`)."""
        config.theme.static_templates.discard("sitemap.xml")
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Keep the pages and the site's own assets: Material lends its icons, and no other file."""
        own = (str(self._theme), config.docs_dir)
        return Files([file for file in files if file.src_dir in own])

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Return an environment that escapes every value and refuses unknown names.

        static-i18n builds once per language; templates are compiled for the first alone.
        """
        if self._environment is None:
            env.autoescape = True
            env.undefined = StrictUndefined
            self._environment = env
        return self._environment

    def on_page_context(self, context: Any, /, *, page: Any, **_: Any) -> Any:
        """Add the values of a page's frame."""
        path, locale = self._pages[page.file.src_uri]
        return context | self._names(path, locale) | {"slots": page_slots(self._contexts)}

    def on_template_context(self, context: Any, /, **_: Any) -> Any:
        """Add the values of the 404 page, which has no path and the default language."""
        return context | self._names("", self._default) | {"slots": None}

    def _names(self, path: str, locale: str) -> dict[str, Any]:
        return {
            "path": path,
            "locale": locale,
            "frame": self._contexts[locale],
            "languages": self._contexts,
            "og_locales": self._og_locales,
        }


def _run(root: Path, docs: Path, out: Path, plugin: _FramePlugin) -> None:
    """Build the site of the pages in `docs` into `out`. Raises SiteError."""
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        config = load_config(
            str(root / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(out), strict=True
        )
        config.plugins["frame"] = plugin
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except TemplateSyntaxError as error:
        message = Message("template.syntax", reason=error.message or "")
        file = f"{_THEME}/{error.name}"
        raise InputError([Problem(file, error.lineno, 1, message)]) from error
    except (Abort, MkDocsException, TemplateError) as error:
        reason = "\n".join([*warnings.lines, str(error)])
        raise SiteError(Message("site.mkdocs-failed", reason=reason)) from error
    finally:
        logger.removeHandler(warnings)


class _Warnings(logging.Handler):
    """Collects the warnings of MkDocs, which are reported when it stops."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
