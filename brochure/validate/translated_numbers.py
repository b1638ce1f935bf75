"""The check of translations against each other: that they state the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.base.language import numerals
from brochure.base.problem import Problem
from brochure.load.document import Place
from brochure.model.records import StillRight
from brochure.model.site_map import STILL_RIGHT
from brochure.validate.draft import Draft
from brochure.validate.translations.numbers import Reader, Stated, differing
from brochure.validate.translations.passages import BODY, Passage, passages


def check_numbers(draft: Draft) -> Iterator[Problem]:
    """Ensure that a text states the same numbers in every language.

    Each is held against the default language, unless `data/still-right.yaml` says of the texts, as
    they are, that they are right.
    """
    locales = draft.settings.locales
    readers = {
        locale: Reader(numerals(draft.words.get(locale, {}).get("language.formats", locale)))
        for locale in locales
    }
    record: StillRight | None = draft.records.get(STILL_RIGHT)
    right = record.texts if record else {}
    for passage in passages(draft.repository, locales):
        if locales[0] not in passage.texts or right.get(passage.name) == passage.digest:
            continue
        first = passage.texts[locales[0]]
        for locale in locales[1:]:
            if (second := passage.texts.get(locale)) is not None:
                found = differing(first, readers[locales[0]], second, readers[locale])
                if found is not None:
                    yield _difference(passage, (locales[0], locale), found)


def _difference(
    passage: Passage, locales: tuple[str, str], found: tuple[Sequence[Stated], Sequence[Stated]]
) -> Problem:
    """Told at the second language's number, or at the first's where the second has none."""
    at = locales[1] if found[1] else locales[0]
    number = (found[1] or found[0])[0]
    line, column = passage.places[at]
    if passage.path == (BODY,):
        line, column = _within(passage.texts[at], number.start, line)
    told = "; ".join(
        f"{locale}: {', '.join(one.words.strip() for one in numbers) or '–'}"
        for locale, numbers in zip(locales, found, strict=True)
    )
    settled = f"{STILL_RIGHT} — {passage.name}: {passage.digest}"
    return Problem(
        passage.files[at],
        line,
        column,
        f"언어마다 수가 다릅니다({told}). 틀린 쪽을 고치십시오. 이대로 맞으면 적어 두십시오: "
        f"{settled}",
        f"The numbers differ between languages ({told}). Correct the one that is wrong. If they "
        f"are right as they are, note it: {settled}",
    )


def _within(body: str, start: int, first_line: int) -> Place:
    before = body[:start]
    return first_line + before.count("\n"), start - before.rfind("\n")
