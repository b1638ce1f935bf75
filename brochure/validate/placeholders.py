"""The check of the placeholders in texts and narratives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from brochure.base.problem import Problem, nearest
from brochure.load.document import Path_, Place
from brochure.load.placeholders import (
    BLOCKS,
    PLACEHOLDERS,
    Placeholder,
    PlaceholderError,
    parse_placeholders,
)
from brochure.model.records import (
    Alliance,
    City,
    Dossier,
    Holder,
)
from brochure.validate.context import ValidationContext
from brochure.validate.files import ALLIANCE

# The texts of a data file that figures are written into.
_FILLED = frozenset({"about", "description", "items", "lead", "role", "text"})


def check_calls(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that texts and narratives make only known calls, to figures and charts that exist."""
    for document, holder in context.holders():
        for path, value in document.scalars:
            # Most texts call nothing.
            if isinstance(value, str) and "{" in value:
                # Of a text within YAML only the beginning is known.
                place = document.place(path)
                calls = ("fact", "number") if _is_filled(path) else ()
                yield from _call_problems(
                    value, lambda *_, place=place: place, document.file, holder, calls
                )
    alliance: Alliance | None = context.records.get(ALLIANCE)
    cities, dossiers, dossier_files = context.cities, context.dossiers, context.dossier_files
    for narrative_file, _ in context.narratives:
        folder, _, name = narrative_file.page.rpartition("/")
        # The narrative of a city or dossier whose file is refused says nothing wrong by itself.
        owner: Holder | None = alliance
        if folder == "cities":
            owner = cities.get(name)
        elif folder in dossier_files:
            owner = dossiers.get(folder)
        if owner is not None:
            yield from _call_problems(
                narrative_file.body, narrative_file.place, narrative_file.file, owner, PLACEHOLDERS
            )


def _is_filled(path: Path_) -> bool:
    """Whether figures are written into the text at `path`, which ends with its language."""
    named = [part for part in path[:-1] if isinstance(part, str)]
    return path[0] not in ("notes", "terms") and bool(named) and named[-1] in _FILLED


def _call_problems(
    text: str, at: Callable[[int, int], Place], file: str, holder: Holder, calls: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with the calls of a text; `at` is where a line and column of it stand."""
    try:
        parts = parse_placeholders(text)
    except PlaceholderError as error:
        yield Problem(file, *at(error.line, error.column), error.ko, error.en)
        return
    for call in parts:
        if not isinstance(call, Placeholder):
            continue
        place = at(call.line, call.column)
        if call.name not in calls:
            yield Problem(
                file,
                *place,
                f"이 글에는 쓸 수 없는 호출입니다: {call.name}. 값을 그대로 적으십시오.",
                f"The call {call.name} is not filled in here. Write the words themselves.",
            )
            continue
        names = _named(holder, call.name)
        if call.argument not in names:
            ko, en = nearest(call.argument, names)
            yield Problem(
                file,
                *place,
                f'가리키는 것이 없습니다: {call.name}("{call.argument}").{ko}',
                f'{call.name}("{call.argument}") names nothing here.{en}',
            )


def _named(holder: Holder, call: str) -> list[str]:
    """What a call may name in texts about `holder`."""
    if call == "chart":
        return [group.id for group in holder.ecosystem] if isinstance(holder, City) else []
    if call in BLOCKS:
        return list(getattr(holder, BLOCKS[call])) if isinstance(holder, Dossier) else []
    return list(holder.figures)
