"""The checks that every page and language has its narrative."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from brochure.base.problem import Problem, nearest
from brochure.model.records import (
    is_day,
)
from brochure.model.site_map import PAGES
from brochure.validate.draft import Draft, known

# An entry of the news: its day, and a name of its own.
_ENTRY = re.compile(r"news/(20[0-9]{2}-[0-9]{2}-[0-9]{2})-[a-z0-9]+(-[a-z0-9]+)*")


def check_narratives(draft: Draft) -> Iterator[Problem]:
    """Ensure that every page has its narrative in every language, and no narrative lacks a page."""
    present = draft.narrated
    refused = {problem.file for problem in draft.repository.problems}
    pages = [*PAGES, *(f"cities/{name}" for name in draft.city_files)]
    pages += [f"{name}/{page}" for name, one in draft.dossiers.items() for page in one.pages]
    pages += sorted({page for page, _ in present if _ENTRY.fullmatch(page)})
    # The pages of a dossier whose file is refused are those that there are texts for.
    unread = draft.dossier_files - set(draft.dossiers)
    pages += sorted({page for page, _ in present if page.partition("/")[0] in unread})
    expected = frozenset(pages)
    for page in pages:
        for locale in draft.settings.locales:
            file = f"content/{page}.{locale}.md"
            if (page, locale) not in present and file not in refused:
                yield Problem(file, 1, 1, "글이 없습니다.", "The narrative is missing.")
    for manuscript in draft.repository.manuscripts:
        if manuscript.page not in expected:
            ko, en = nearest(manuscript.page, pages)
            yield Problem(
                manuscript.file,
                1,
                1,
                f"그런 쪽이 없습니다: ‘{manuscript.page}’.{ko}",
                f"There is no page ‘{manuscript.page}’.{en}",
            )
        elif manuscript.locale not in draft.settings.locales:
            yield Problem(
                manuscript.file,
                1,
                1,
                f"mkdocs.yml에 없는 언어입니다: ‘{manuscript.locale}’.",
                f"mkdocs.yml does not list the language ‘{manuscript.locale}’.",
            )


def check_news(draft: Draft) -> Iterator[Problem]:
    """Ensure that an entry of the news has a day that exists and a source, and nothing else has."""
    sources: Mapping[str, Any] = draft.records.get("data/sources.yaml") or {}
    for manuscript, front in draft.narratives:
        entry = _ENTRY.fullmatch(manuscript.page)
        if entry is None:
            # An entry without a day is no page, which check_narratives tells.
            if front.source is not None and not manuscript.page.startswith("news/"):
                yield manuscript.front.problem(
                    ("source",),
                    "출처는 소식의 글에만 적습니다. 수치의 출처는 자료 파일에 있습니다.",
                    "Only an entry of the news names its source; figures name theirs in data/.",
                )
            continue
        if not is_day(entry[1]):
            yield Problem(
                manuscript.file,
                1,
                1,
                f"없는 날짜입니다: {entry[1]}.",
                f"There is no such day: {entry[1]}.",
            )
        if front.source is None:
            yield manuscript.front.problem(
                (), "소식에는 출처(source)가 있어야 합니다.", "An entry of the news needs a source."
            )
        elif sources:
            at = ("source",)
            yield from known(manuscript.front, at, front.source, sources, "출처가", "source")
