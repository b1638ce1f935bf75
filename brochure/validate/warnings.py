"""What is not wrong, and still wants to be looked at: warnings, most of them from the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import floor
from pathlib import Path
from typing import Any

from brochure.base.colour import MIN_CONTRAST, WHITE, contrast, readable_on_white
from brochure.base.git.log import History, content_id, history
from brochure.base.problem import InputError, Problem
from brochure.load.document import Document, Path_, scalars
from brochure.load.repository import Repository
from brochure.load.text import decoded
from brochure.load.yaml import parse_yaml
from brochure.model.records import COLOUR
from brochure.model.site_map import STILL_RIGHT
from brochure.validate.translations.replay import Behind
from brochure.validate.translations.staleness import _owner, stale, still_right
from brochure.validate.translations.texts import (
    TranslatableText,
    translatable_texts,
)

# A number that was so many times as much, or as little, has probably lost or gained three zeros.
FACTOR = 500


def find_warnings(root: Path, repository: Repository, locales: Sequence[str]) -> Iterator[Problem]:
    """Warnings: stale translations, numbers a thousand times off, idle lines of still-right.yaml,
    faint accents.

    Without a git history only the last two.
    """
    yield from _faint(repository)
    right = still_right(repository).texts
    own = list(translatable_texts(repository, locales))
    past = history(root)
    numbers = list(_jumps(root, repository, past)) if past else []
    yield from _idle(repository, right, [*own, *(one for one, _ in numbers)])
    if past is None:
        return
    behind = stale(root, repository, locales, past)
    for translatable in own:
        state = behind.get(translatable.owner, {}).get(translatable.path)
        if state is not None and right.get(translatable.name) != translatable.digest:
            yield from _stale_problems(translatable, state)
    for translatable, was in numbers:
        if was is not None and right.get(translatable.name) != translatable.digest:
            yield _jump_problem(translatable, was)


def _stale_problems(translatable: TranslatableText, state: Behind) -> Iterator[Problem]:
    ahead = ", ".join(sorted(set(translatable.texts) - state.locales))
    acknowledgement = f"{STILL_RIGHT} — {translatable.name}: {translatable.digest}"
    when_ko = f"{state.day}({state.commit})에" if state.commit else "커밋하지 않은 수정에서"
    when_en = f"on {state.day} ({state.commit})" if state.commit else "in what is not committed yet"
    for locale in sorted(state.locales & set(translatable.texts)):
        yield Problem(
            translatable.files[locale],
            *translatable.places[locale],
            f"{when_ko} {ahead} 글만 바뀌고 {locale} 글은 그대로입니다. 맞추어 고치십시오. 그대로 "
            f"맞으면 적어 두십시오: {acknowledgement}",
            f"The text changed in {ahead} {when_en}, and not in {locale}. Bring it up to date. If "
            f"it is still right, note it: {acknowledgement}",
            warning=True,
        )


def _faint(repository: Repository) -> Iterator[Problem]:
    """A warning for each accent that is not used as it is, since it could not be read on white."""
    for document in repository.documents.values():
        accent = document.data.get("accent") if isinstance(document.data, dict) else None
        if (
            not isinstance(accent, str)
            or not COLOUR.fullmatch(accent)
            or readable_on_white(accent) == accent
        ):
            continue
        shade = readable_on_white(accent)
        # Rounded down: 4.499 is not 4.5.
        has = floor(contrast(accent, WHITE) * 100) / 100
        yield document.problem(
            ("accent",),
            f"흰 바탕에서 색 {accent}의 명도 대비는 {has} 대 1입니다. 글자에는 "
            f"{MIN_CONTRAST} 대 1이 필요합니다(WCAG 2.2, 1.4.3). "
            f"쪽과 브로슈어에는 더 짙은 색을 씁니다: {shade}.",
            f"The accent {accent} has a contrast of {has} to 1 on white; text needs "
            f"{MIN_CONTRAST} (WCAG 2.2, 1.4.3). Pages and brochures use the darker shade {shade}.",
            warning=True,
        )


def _idle(
    repository: Repository, right: Mapping[str, str], known: Sequence[TranslatableText]
) -> Iterator[Problem]:
    """A warning for each line of still-right.yaml that is of no text as it now is."""
    digests = {translatable.name: translatable.digest for translatable in known}
    for name, digest in right.items():
        if digests.get(name) != digest:
            yield repository.documents[STILL_RIGHT].problem(
                ("texts", name),
                "적힌 뒤로 글이 바뀌었거나 없어졌습니다. 이 줄을 지우십시오.",
                "The text has changed since, or is gone. Delete this line.",
                key=True,
                warning=True,
            )


def _jumps(
    root: Path, repository: Repository, past: History
) -> Iterator[tuple[TranslatableText, int | Decimal | None]]:
    """The numbers of data files, each with what it was before the last edit, if that is far off."""
    former: dict[str, str] = {}
    for commit in past.commits:
        for edit in commit.edits:
            if edit.after == past.head.get(edit.file) and edit.before:
                former[edit.file] = edit.before
    for file in repository.documents:
        if file in past.head and _owner(file):
            now = content_id((root / file).read_bytes(), past.head[file])
            if now != past.head[file]:
                former[file] = past.head[file]
    contents = past.contents([former[file] for file in repository.documents if file in former])
    for file, document in repository.documents.items():
        raw = contents.get(former.get(file, ""))
        if raw is None or not _owner(file):
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
    """The numbers of figures and of cells by path, each with its unit."""
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
    acknowledgement = f"{STILL_RIGHT} — {translatable.name}: {translatable.digest}"
    value = translatable.texts[""]
    return Problem(
        translatable.files[""],
        *translatable.places[""],
        f"앞의 값({was})과 천 배쯤 다릅니다: {value}. 0의 개수와 단위를 살펴보십시오. 맞으면 적어 "
        f"두십시오: {acknowledgement}",
        f"{value} is about a thousand times off the former value ({was}). Check the zeros and the "
        f"unit. If it is right, note it: {acknowledgement}",
        warning=True,
    )
