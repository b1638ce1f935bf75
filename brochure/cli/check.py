"""What can be told of a repository without building it: all that is wrong, missing or stale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from brochure.base.git.log import history
from brochure.base.problem import Problem, Refused, nearest
from brochure.load.repository import Repository, load
from brochure.localize.catalog import localize
from brochure.model.records import Catalog
from brochure.render.pages import pages
from brochure.render.templates import Templates
from brochure.validate.narratives import anchored
from brochure.validate.translations.report import report
from brochure.validate.translations.staleness import stale
from brochure.validate.validate import read_settings, validate
from brochure.validate.warnings import doubts


def check(root: Path) -> Catalog:
    """The catalog of the repository at `root`. Raises Refused with everything that is wrong."""
    return validate(load(root))


def examine(root: Path) -> tuple[Catalog | None, tuple[Problem, ...]]:
    """The catalog of the repository at `root`, if nothing is wrong, and all that is to be told.

    To what is wrong come the warnings that the git history gives rise to.
    """
    repository = load(root)
    problems: list[Problem] = []
    catalog = None
    locales = read_settings(repository, []).locales
    try:
        catalog = validate(repository)
    except Refused as refused:
        problems.extend(refused.problems)
    if catalog is not None and (astray := list(_astray(catalog, repository))):
        catalog = None
        problems.extend(astray)
    problems.extend(doubts(root, repository, locales))
    return catalog, tuple(sorted(set(problems)))


def _astray(catalog: Catalog, repository: Repository) -> Iterator[Problem]:
    """A problem for each link to a part that its page has not; only pages know their parts."""
    links = list(anchored(repository.manuscripts))
    templates = Templates(repository.templates)
    for locale in {manuscript.locale for manuscript, *_ in links}:
        edition = localize(catalog, locale)
        made = pages(edition, templates, lambda _: Markup("<svg></svg>"))
        parts = {page.path: re.findall(r'\sid="([^"]+)"', page.html) for page in made}
        for manuscript, page, part, place in links:
            if manuscript.locale == locale and part not in parts.get(page, ()):
                ko, en = nearest(part, parts.get(page, ()))
                yield Problem(
                    manuscript.file,
                    *place,
                    f"‘{page}’ 쪽에 그런 자리가 없습니다: ‘#{part}’.{ko}",
                    f"The page ‘{page}’ has no part ‘#{part}’.{en}",
                )


def translations(root: Path) -> str:
    """A report in Markdown on what is missing or stale in which language.

    It is made of what can be read, also where `check` finds something wrong.
    """
    repository, past = load(root), history(root)
    locales = read_settings(repository, []).locales
    behind = stale(root, repository, locales, past)
    return report(repository, locales, behind, dated=past is not None)
