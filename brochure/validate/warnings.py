"""The warnings: faults that are likely and not certain. Most come from the git history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import floor
from pathlib import Path
from typing import Any

from brochure.base.colour import MIN_CONTRAST, WHITE, contrast, readable_on_white
from brochure.base.git.log import History, content_id
from brochure.base.message import Message
from brochure.base.problem import InputError, Problem
from brochure.load.document import Document, Path_, scalars
from brochure.load.repository import Repository
from brochure.load.text import decoded
from brochure.load.yaml import parse_yaml
from brochure.model.records import COLOUR
from brochure.model.site_map import STILL_RIGHT
from brochure.validate.translations.replay import Behind
from brochure.validate.translations.staleness import owner_of, stale, still_right
from brochure.validate.translations.texts import (
    TranslatableText,
    translatable_texts,
)

# The codes of the warnings that can be skipped (see `validate.skipped`); the latter need a history.
HISTORY_WARNINGS = ("figure.thousandfold", "translation.stale")
WARNINGS = ("colour.pale", "translation.idle-line", *HISTORY_WARNINGS)
# A number that grew or shrank by this factor has probably gained or lost three zeros.
FACTOR = 500


def find_warnings(
    root: Path, repository: Repository, locales: Sequence[str], past: History | None
) -> Iterator[Problem]:
    """Yield the warnings: stale translations, numbers that changed a thousandfold, lines of
    still-right.yaml that no longer apply, and pale accents.

    Without a git history only the last two.
    """
    yield from _faint(repository)
    acknowledged = still_right(repository).texts
    own = list(translatable_texts(repository, locales))
    numbers = list(_jumps(root, repository, past)) if past else []
    yield from _idle(repository, acknowledged, [*own, *(number for number, _ in numbers)])
    if past is None:
        return
    behind = stale(root, repository, locales, past)
    for translatable in own:
        state = behind.get(translatable.owner, {}).get(translatable.path)
        if state is not None and acknowledged.get(translatable.name) != translatable.digest:
            yield from _stale_problems(translatable, state)
    for translatable, was in numbers:
        if was is not None and acknowledged.get(translatable.name) != translatable.digest:
            yield _jump_problem(translatable, was)


def _stale_problems(translatable: TranslatableText, state: Behind) -> Iterator[Problem]:
    when = (
        Message("translation.in-commit", day=state.day, commit=state.commit)
        if state.commit
        else Message("translation.not-committed")
    )
    for locale in sorted(state.locales & set(translatable.texts)):
        message = Message(
            "translation.stale",
            changed=sorted(set(translatable.texts) - state.locales),
            when=when,
            locale=locale,
            acknowledgement=translatable.acknowledgement,
            file=STILL_RIGHT,
        )
        place = translatable.places[locale]
        yield Problem(translatable.files[locale], *place, message, warning=True)


def _faint(repository: Repository) -> Iterator[Problem]:
    """Yield a warning for each accent that is replaced by a darker shade, to be read on white."""
    for document in repository.documents.values():
        accent = document.data.get("accent") if isinstance(document.data, dict) else None
        if not isinstance(accent, str) or not COLOUR.fullmatch(accent):
            continue
        shade = readable_on_white(accent)
        if shade == accent:
            continue
        # Rounded down: 4.499 is not 4.5.
        measured = Decimal(floor(contrast(accent, WHITE) * 100)) / 100
        message = Message(
            "colour.pale",
            colour=accent,
            contrast=measured,
            least=Decimal(str(MIN_CONTRAST)),
            shade=shade,
        )
        yield document.problem(("accent",), message, warning=True)


def _idle(
    repository: Repository, acknowledged: Mapping[str, str], texts: Sequence[TranslatableText]
) -> Iterator[Problem]:
    """Yield a warning for each line of still-right.yaml whose text has changed or is gone."""
    digests = {translatable.name: translatable.digest for translatable in texts}
    for name, digest in acknowledged.items():
        if digests.get(name) != digest:
            yield repository.documents[STILL_RIGHT].problem(
                ("texts", name), Message("translation.idle-line"), key=True, warning=True
            )


def _jumps(
    root: Path, repository: Repository, past: History
) -> Iterator[tuple[TranslatableText, int | Decimal | None]]:
    """Yield the numbers of data files, each with its value before the last edit if that differs by
    the factor or more."""
    former: dict[str, str] = {}
    for commit in past.commits:
        for edit in commit.edits:
            if edit.after == past.head.get(edit.file) and edit.before:
                former[edit.file] = edit.before
    for file in repository.documents:
        if file in past.head and owner_of(file):
            now = content_id((root / file).read_bytes(), past.head[file])
            if now != past.head[file]:
                former[file] = past.head[file]
    contents = past.contents([former[file] for file in repository.documents if file in former])
    for file, document in repository.documents.items():
        raw = contents.get(former.get(file, ""))
        if raw is None or not owner_of(file):
            continue
        try:
            before = parse_yaml(file, decoded(raw))
        except (InputError, UnicodeDecodeError):
            continue
        numbers = dict(_numbers(before))
        for path, (value, unit) in _numbers(document):
            was, was_in = numbers.get(path, (value, unit))
            times = abs(Decimal(value) / Decimal(was)) if was and value else Decimal(1)
            far = was_in == unit and not Decimal(1) / FACTOR < times < FACTOR
            place = {"": document.place(path)}
            translatable = TranslatableText(file, path, {"": str(value)}, {"": file}, place)
            yield translatable, was if far else None


def _numbers(document: Document) -> Iterator[tuple[Path_, tuple[int | Decimal, Any]]]:
    """Yield the numbers of figures and of cells by path, each with its unit."""
    data = document.data if isinstance(document.data, dict) else {}
    for kind in ("figures", "tables"):
        for path, value in scalars((kind,), data.get(kind)):
            if type(value) not in (int, Decimal):
                continue
            if kind == "figures" and len(path) == 3 and path[2] == "value":
                yield path, (value, data[kind][path[1]].get("unit"))
            elif kind == "tables" and len(path) == 5 and path[2] == "rows":
                columns = data[kind][path[1]].get("columns")
                column = columns.get(path[4]) if isinstance(columns, dict) else None
                yield path, (value, column.get("unit") if isinstance(column, dict) else None)


def _jump_problem(translatable: TranslatableText, was: int | Decimal) -> Problem:
    message = Message(
        "figure.thousandfold",
        value=translatable.texts[""],
        former=str(was),
        acknowledgement=translatable.acknowledgement,
        file=STILL_RIGHT,
    )
    return Problem(translatable.files[""], *translatable.places[""], message, warning=True)
