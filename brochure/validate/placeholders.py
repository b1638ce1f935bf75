"""The check of the placeholders in texts and narratives."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from brochure.base.message import Message, hint
from brochure.base.problem import Problem
from brochure.load.document import Path_, Place
from brochure.load.placeholder_mistakes import stray_placeholders
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
    Vocabulary,
)
from brochure.validate.context import ValidationContext
from brochure.validate.files import ALLIANCE

# The texts of a data file that figures are written into.
_FILLED = frozenset({"about", "description", "items", "lead", "role", "text"})
# What a text with a placeholder has, rightly written or not. Most texts have none.
_SIGNS = re.compile(rf"[{{｛]|\[\[|(?:{'|'.join(PLACEHOLDERS)})\s?[(（]")


def check_calls(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that texts and narratives have only placeholders of figures and charts that exist."""
    vocabulary: Vocabulary | None = context.records.get("data/indicators.yaml")
    for document, holder in context.holders():
        for path, value in document.scalars:
            if isinstance(value, str) and _SIGNS.search(value):
                # Of a text within YAML only the beginning is known.
                place = document.place(path)
                check = _TextCheck(
                    document.file,
                    lambda *_, place=place: place,
                    holder,
                    ("fact", "number") if _is_filled(path) else (),
                    vocabulary,
                )
                yield from check.problems(value)
    alliance: Alliance | None = context.records.get(ALLIANCE)
    cities, dossiers, dossier_files = context.cities, context.dossiers, context.dossier_files
    for narrative_file, _ in context.narratives:
        folder, _, name = narrative_file.page.rpartition("/")
        # Without the record of its city or dossier, which has problems of its own, a narrative
        # cannot be checked.
        owner: Holder | None = alliance
        if folder == "cities":
            owner = cities.get(name)
        elif folder in dossier_files:
            owner = dossiers.get(folder)
        if owner is not None and _SIGNS.search(narrative_file.body):
            file, place_of = narrative_file.file, narrative_file.place
            check = _TextCheck(file, place_of, owner, PLACEHOLDERS, vocabulary)
            yield from check.problems(narrative_file.body)


def _is_filled(path: Path_) -> bool:
    """True if figures are filled into the text at `path`, which ends with its language."""
    names = [part for part in path[:-1] if isinstance(part, str)]
    return path[0] not in ("notes", "terms") and bool(names) and names[-1] in _FILLED


class _TextCheck:
    """The check of one text, of a file and about a record.

    `place_of` gives the place in the file for a line and column of the text; `accepted` are the
    names of the placeholders that are filled in there.
    """

    def __init__(
        self,
        file: str,
        place_of: Callable[[int, int], Place],
        holder: Holder,
        accepted: Collection[str],
        vocabulary: Vocabulary | None,
    ) -> None:
        self._file, self._place_of, self._holder = file, place_of, holder
        self._accepted, self._vocabulary = accepted, vocabulary

    def problems(self, text: str) -> Iterator[Problem]:
        """Yield the problems of the text's placeholders, also of those that Jinja does not see."""
        try:
            parts = parse_placeholders(text)
        except PlaceholderError as error:
            yield self._problem(error.line, error.column, error.message)
            return
        for stray in stray_placeholders(text, PLACEHOLDERS, self._holder.figures):
            before = text[: stray.start]
            message = stray.message if self._accepted else Message("placeholder.only-words")
            yield self._problem(before.count("\n") + 1, stray.start - before.rfind("\n"), message)
        for part in parts:
            if isinstance(part, Placeholder) and (wrong := self._message(part)):
                yield self._problem(part.line, part.column, wrong)

    def _problem(self, line: int, column: int, message: Message) -> Problem:
        return Problem(self._file, *self._place_of(line, column), message)

    def _message(self, placeholder: Placeholder) -> Message | None:
        """The message about the name in a placeholder, or None if the name is right."""
        name, argument = placeholder.name, placeholder.argument
        if name not in self._accepted:
            if not self._accepted:
                return Message("placeholder.only-words")
            return Message("placeholder.only-figures", name=name)
        if name == "chart":
            return self._chart_message(argument)
        if name in BLOCKS:
            return self._block_message(name, argument)
        if argument in self._holder.figures:
            return None
        if key := self._labels().get(argument.casefold()):
            right = f'{{{{ {name}("{key}") }}}}'
            return Message("placeholder.figure-by-label", label=argument, right=right)
        names = self._holder.figures
        return Message("placeholder.unknown-figure", name=argument, hint=hint(argument, names))

    def _chart_message(self, argument: str) -> Message | None:
        if not isinstance(self._holder, City):
            return Message("placeholder.chart-outside-city")
        groups = [group.id for group in self._holder.ecosystem]
        if argument in groups:
            return None
        return Message("placeholder.unknown-chart", name=argument, hint=hint(argument, groups))

    def _block_message(self, name: str, argument: str) -> Message | None:
        if not isinstance(self._holder, Dossier):
            return Message("placeholder.block-outside-dossier", name=name)
        blocks = getattr(self._holder, BLOCKS[name])
        if argument in blocks:
            return None
        for other, entry in BLOCKS.items():
            if argument in getattr(self._holder, entry):
                right = f'{{{{ {other}("{argument}") }}}}'
                return Message("placeholder.block-of-another-kind", name=argument, right=right)
        return Message(
            "placeholder.unknown-block",
            entry=BLOCKS[name],
            name=argument,
            hint=hint(argument, blocks),
        )

    def _labels(self) -> Mapping[str, str]:
        """The key of each figure by its label in any language, without upper case."""
        indicators = self._vocabulary.indicators if self._vocabulary else {}
        labels: dict[str, str] = {}
        for key, figure in self._holder.figures.items():
            indicator = indicators.get(figure.indicator or "")
            for label in (figure.label, indicator.label if indicator else None):
                for text in (label or {}).values():
                    labels.setdefault(text.casefold(), key)
        return labels
