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
from brochure.validate.context import ValidationContext, check_reference

# An entry of the news: its day, and a name of its own.
_ENTRY = re.compile(r"news/(20[0-9]{2}-[0-9]{2}-[0-9]{2})-[a-z0-9]+(-[a-z0-9]+)*")


def check_narratives(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every page has its narrative in every language, and no narrative lacks a page."""
    present = context.narrated
    input_error = {problem.file for problem in context.repository.problems}
    pages = [*PAGES, *(f"cities/{name}" for name in context.city_files)]
    pages += [f"{name}/{page}" for name, one in context.dossiers.items() for page in one.pages]
    pages += sorted({page for page, _ in present if _ENTRY.fullmatch(page)})
    # The pages of a dossier whose file is refused are those that there are texts for.
    unread = context.dossier_files - set(context.dossiers)
    pages += sorted({page for page, _ in present if page.partition("/")[0] in unread})
    expected = frozenset(pages)
    for page in pages:
        for locale in context.settings.locales:
            file = f"content/{page}.{locale}.md"
            if (page, locale) not in present and file not in input_error:
                yield Problem(file, 1, 1, "글이 없습니다.", "The narrative is missing.")
    for narrative_file in context.repository.narrative_files:
        if narrative_file.page not in expected:
            ko, en = nearest(narrative_file.page, pages)
            yield Problem(
                narrative_file.file,
                1,
                1,
                f"그런 쪽이 없습니다: ‘{narrative_file.page}’.{ko}",
                f"There is no page ‘{narrative_file.page}’.{en}",
            )
        elif narrative_file.locale not in context.settings.locales:
            yield Problem(
                narrative_file.file,
                1,
                1,
                f"mkdocs.yml에 없는 언어입니다: ‘{narrative_file.locale}’.",
                f"mkdocs.yml does not list the language ‘{narrative_file.locale}’.",
            )


def check_news(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that an entry of the news has a day that exists and a source, and nothing else has."""
    sources: Mapping[str, Any] = context.records.get("data/sources.yaml") or {}
    for narrative_file, front in context.narratives:
        entry = _ENTRY.fullmatch(narrative_file.page)
        if entry is None:
            # An entry without a day is no page, which check_narratives tells.
            if front.source is not None and not narrative_file.page.startswith("news/"):
                yield narrative_file.front.problem(
                    ("source",),
                    "출처는 소식의 글에만 적습니다. 수치의 출처는 자료 파일에 있습니다.",
                    "Only an entry of the news names its source; figures name theirs in data/.",
                )
            continue
        if not is_day(entry[1]):
            yield Problem(
                narrative_file.file,
                1,
                1,
                f"없는 날짜입니다: {entry[1]}.",
                f"There is no such day: {entry[1]}.",
            )
        if front.source is None:
            yield narrative_file.front.problem(
                (), "소식에는 출처(source)가 있어야 합니다.", "An entry of the news needs a source."
            )
        elif sources:
            at = ("source",)
            yield from check_reference(
                narrative_file.front, at, front.source, sources, "출처가", "source"
            )
