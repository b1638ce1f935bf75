"""Reports on a repository without a build: all that is wrong, missing or stale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from brochure.base.git.log import history
from brochure.base.message import Message, hint
from brochure.base.problem import InputError, Problem, in_order
from brochure.load.repository import Repository, load
from brochure.localize.catalog import localize
from brochure.model.records import Catalog
from brochure.render.pages import pages
from brochure.render.templates import Templates
from brochure.validate.narratives import anchored
from brochure.validate.skipped import SkippedProblems
from brochure.validate.translations.report import TranslationReport
from brochure.validate.translations.staleness import stale
from brochure.validate.validate import read_settings, validate
from brochure.validate.warnings import HISTORY_WARNINGS, WARNINGS, find_warnings


def check(root: Path) -> Catalog:
    """The catalog of the repository at `root`. Raises InputError with everything that is wrong."""
    return validate(load(root))


class Examination(NamedTuple):
    """The result of a check.

    The catalog is None if something is wrong. Among the problems are the warnings, without the
    `skipped` ones.
    """

    catalog: Catalog | None
    problems: tuple[Problem, ...]
    skipped: int


def examine(root: Path) -> Examination:
    """Check the repository at `root`, with the warnings that follow from its git history."""
    repository = load(root)
    problems: list[Problem] = []
    catalog = None
    locales = read_settings(repository, []).locales
    try:
        catalog = validate(repository)
    except InputError as input_error:
        problems.extend(input_error.problems)
    if catalog is not None and (dead := list(_dead_anchors(catalog, repository))):
        catalog = None
        problems.extend(dead)
    past, skipped = history(root), SkippedProblems(repository)
    problems.extend(skipped.without(find_warnings(root, repository, locales, past)))
    if catalog is not None:
        problems.extend(skipped.unused(set(WARNINGS) - set(() if past else HISTORY_WARNINGS)))
    return Examination(catalog, in_order(problems), skipped.count)


def _dead_anchors(catalog: Catalog, repository: Repository) -> Iterator[Problem]:
    """Yield a problem for each link to a part of a page that the rendered page does not have."""
    links = list(anchored(repository.narrative_files))
    templates = Templates(repository.templates)
    for locale in {narrative_file.locale for narrative_file, *_ in links}:
        edition = localize(catalog, locale)
        rendered = pages(edition, templates, lambda _: Markup("<svg></svg>"))
        parts = {page.path: re.findall(r'\sid="([^"]+)"', page.html) for page in rendered}
        for narrative_file, page, part, place in links:
            if narrative_file.locale == locale and part not in parts.get(page, ()):
                message = Message(
                    "anchor.unknown", page=page, anchor=part, hint=hint(part, parts.get(page, ()))
                )
                yield Problem(narrative_file.file, *place, message)


def translations(root: Path, languages: Sequence[str]) -> TranslationReport:
    """The report on what is missing or stale in which language, for readers of `languages`.

    It is made of what can be read, also where `check` finds something wrong.
    """
    repository, past = load(root), history(root)
    locales = read_settings(repository, []).locales
    behind = stale(root, repository, locales, past)
    return TranslationReport(repository, locales, behind, languages, dated=past is not None)
