"""The checks that every page and language has its narrative."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from brochure.base.message import Message, hint
from brochure.base.problem import Problem
from brochure.load.document import NarrativeFile
from brochure.load.record import slug_of
from brochure.load.text import whole_file
from brochure.model.records import is_day
from brochure.model.site_map import PAGES
from brochure.validate.context import ValidationContext, check_reference

# An entry of the news: its day, and a name of its own.
_ENTRY = re.compile(r"news/(20[0-9]{2}-[0-9]{2}-[0-9]{2})-[a-z0-9]+(-[a-z0-9]+)*")


def check_narratives(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every page has its narrative in every language, and no narrative lacks a page."""
    present = context.narrated
    refused = {problem.file for problem in context.repository.problems}
    pages = [*PAGES, *(f"cities/{name}" for name in context.city_files)]
    pages += [
        f"{name}/{page}" for name, dossier in context.dossiers.items() for page in dossier.pages
    ]
    pages += sorted({page for page, _ in present if _ENTRY.fullmatch(page)})
    # The pages of a dossier whose file is refused are those that there are texts for.
    unread = context.dossier_files - set(context.dossiers)
    pages += sorted({page for page, _ in present if page.partition("/")[0] in unread})
    expected = frozenset(pages)
    for page in pages:
        for locale in context.settings.locales:
            file = f"content/{page}.{locale}.md"
            if (page, locale) not in present and file not in refused:
                yield whole_file(file, Message("narrative.missing", page=page, locale=locale))
    for narrative_file in context.repository.narrative_files:
        if narrative_file.page not in expected:
            yield whole_file(narrative_file.file, _unknown_page(narrative_file, pages))
        elif narrative_file.locale not in context.settings.locales:
            locale = narrative_file.locale
            languages = hint(locale, context.settings.locales)
            yield whole_file(
                narrative_file.file,
                Message("narrative.unknown-language", name=locale, hint=languages),
            )


def check_news(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that an entry of the news has a day that exists and a source, and nothing else has."""
    sources: Mapping[str, Any] = context.records.get("data/sources.yaml") or {}
    for narrative_file, front in context.narratives:
        entry = _ENTRY.fullmatch(narrative_file.page)
        if entry is None:
            # An entry without a day is no page, which check_narratives reports.
            if front.source is not None and not narrative_file.page.startswith("news/"):
                message = Message("news.source-of-another-page")
                yield narrative_file.front.problem(("source",), message)
            continue
        if not is_day(entry[1]):
            yield whole_file(narrative_file.file, Message("date.no-such-day", date=entry[1]))
        if front.source is None:
            yield narrative_file.front.problem((), Message("news.without-source"))
        elif sources:
            at = ("source",)
            yield from check_reference(
                narrative_file.front, at, front.source, sources, "source.unknown"
            )


def _unknown_page(narrative: NarrativeFile, pages: Sequence[str]) -> Message:
    """The message about a narrative that belongs to no page."""
    page = narrative.page
    if page.startswith("news/"):
        return Message("news.file-name", example=f"2026-11-22-name.{narrative.locale}.md")
    folder, _, name = page.rpartition("/")
    right = f"{folder}/{slug_of(name)}".lstrip("/")
    if right != page and right in pages:
        return Message(
            "file.name-form",
            name=narrative.file.rpartition("/")[2],
            hint=Message("hint.nearest", name=f"{right.rpartition('/')[2]}.{narrative.locale}.md"),
        )
    return Message("narrative.unknown-page", name=page, hint=hint(page, pages))
