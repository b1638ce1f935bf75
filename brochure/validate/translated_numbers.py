"""The check of translations against each other: that they state the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.base.language import numerals
from brochure.base.message import Message
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

    Each language is compared with the default one, unless `data/still-right.yaml` says that the
    texts are right as they are.
    """
    locales = context.settings.locales
    readers = {
        locale: Reader(numerals(context.words.get(locale, {}).get("language.formats", locale)))
        for locale in locales
    }
    record: StillRight | None = context.records.get(STILL_RIGHT)
    acknowledged = record.texts if record else {}
    for translatable in translatable_texts(context.repository, locales):
        if (
            locales[0] not in translatable.texts
            or acknowledged.get(translatable.name) == translatable.digest
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
    """The problem at the second language's number, or at the first's if the second has none."""
    at = locales[1] if found[1] else locales[0]
    number = (found[1] or found[0])[0]
    line, column = translatable.places[at]
    if translatable.path == (BODY,):
        line, column = _within(translatable.texts[at], number.start, line)
    numbers = [
        f"{locale}: {', '.join(number.words.strip() for number in stated) or '–'}"
        for locale, stated in zip(locales, found, strict=True)
    ]
    return Problem(
        translatable.files[at],
        line,
        column,
        Message(
            "translation.numbers-differ",
            numbers="; ".join(numbers),
            acknowledgement=translatable.acknowledgement,
            file=STILL_RIGHT,
        ),
    )


def _within(body: str, start: int, first_line: int) -> Place:
    before = body[:start]
    return first_line + before.count("\n"), start - before.rfind("\n")
