"""The check of translations against each other: that they state the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.base.language import numerals
from brochure.base.problem import Problem
from brochure.load.document import Place
from brochure.model.records import StillRight
from brochure.model.site_map import STILL_RIGHT
from brochure.validate.context import ValidationContext
from brochure.validate.translations.numbers import Reader, Stated, differing
from brochure.validate.translations.texts import (
    BODY,
    TranslatableText,
    translatable_texts,
)


def check_numbers(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a text states the same numbers in every language.

    Each is held against the default language, unless `data/still-right.yaml` says of the texts, as
    they are, that they are right.
    """
    locales = context.settings.locales
    readers = {
        locale: Reader(numerals(context.words.get(locale, {}).get("language.formats", locale)))
        for locale in locales
    }
    record: StillRight | None = context.records.get(STILL_RIGHT)
    right = record.texts if record else {}
    for translatable in translatable_texts(context.repository, locales):
        if (
            locales[0] not in translatable.texts
            or right.get(translatable.name) == translatable.digest
        ):
            continue
        first = translatable.texts[locales[0]]
        for locale in locales[1:]:
            if (second := translatable.texts.get(locale)) is not None:
                found = differing(first, readers[locales[0]], second, readers[locale])
                if found is not None:
                    yield _difference(translatable, (locales[0], locale), found)


def _difference(
    translatable: TranslatableText,
    locales: tuple[str, str],
    found: tuple[Sequence[Stated], Sequence[Stated]],
) -> Problem:
    """Told at the second language's number, or at the first's where the second has none."""
    at = locales[1] if found[1] else locales[0]
    number = (found[1] or found[0])[0]
    line, column = translatable.places[at]
    if translatable.path == (BODY,):
        line, column = _within(translatable.texts[at], number.start, line)
    told = "; ".join(
        f"{locale}: {', '.join(one.words.strip() for one in numbers) or '–'}"
        for locale, numbers in zip(locales, found, strict=True)
    )
    acknowledgement = f"{STILL_RIGHT} — {translatable.name}: {translatable.digest}"
    return Problem(
        translatable.files[at],
        line,
        column,
        f"언어마다 수가 다릅니다({told}). 틀린 쪽을 고치십시오. 이대로 맞으면 적어 두십시오: "
        f"{acknowledgement}",
        f"The numbers differ between languages ({told}). Correct the one that is wrong. If they "
        f"are right as they are, note it: {acknowledgement}",
    )


def _within(body: str, start: int, first_line: int) -> Place:
    before = body[:start]
    return first_line + before.count("\n"), start - before.rfind("\n")
