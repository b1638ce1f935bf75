"""What is not wrong, and still wants to be looked at: warnings, most of them from the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import floor
from pathlib import Path
from typing import Any

from brochure.base.colour import ENOUGH, WHITE, contrast, inked
from brochure.base.problem import Problem, Refused
from brochure.base.git.log import Edit, History, content_id, history
from brochure.load.repository import (
    Document,
    Path_,
    Repository,
    decoded,
    parse_manuscript,
    parse_yaml,
    scalars,
)
from brochure.model.records import COLOUR, StillRight
from brochure.validate.translations.passages import Passage, fingerprint, of_document, of_page, passages
from brochure.validate.translations.replay import Behind, States, Texts, followed
from brochure.validate.translated_numbers import STILL_RIGHT
from brochure.load.record import typed

# Edits of one file that are looked back at.
MAX_EDITS = 100
# A number that was so many times as much, or as little, has probably lost or gained three zeros.
FACTOR = 500

# What is behind, by the owner of the passages (see Passage) and their path.
Stale = Mapping[str, States]


def doubts(root: Path, repository: Repository, locales: Sequence[str]) -> Iterator[Problem]:
    """Warnings: stale translations, numbers a thousand times off, idle lines of still-right.yaml,
    faint accents.

    Without a git history only the last two.
    """
    yield from _faint(repository)
    right = still_right(repository).texts
    own = list(passages(repository, locales))
    past = history(root)
    numbers = list(_jumps(root, repository, past)) if past else []
    yield from _idle(repository, right, [*own, *(one for one, _ in numbers)])
    if past is None:
        return
    behind = stale(root, repository, locales, past)
    for passage in own:
        state = behind.get(passage.owner, {}).get(passage.path)
        if state is not None and right.get(passage.name) != passage.digest:
            yield from _stale_problems(passage, state)
    for passage, was in numbers:
        if was is not None and right.get(passage.name) != passage.digest:
            yield _jump_problem(passage, was)


def stale(
    root: Path, repository: Repository, locales: Sequence[str], past: History | None
) -> Stale:
    """Which passages are behind in which languages, by owner and path; empty without history.

    Edits that are not committed count as one more commit. Those up to the day that
    `data/still-right.yaml` names are taken as looked at.
    """
    if past is None:
        return {}
    until = still_right(repository).until
    edits: dict[str, list[tuple[str, str, list[Edit]]]] = {}
    for commit in past.commits:
        if until and commit.day <= until.isoformat():
            continue
        by_owner: dict[str, list[Edit]] = {}
        for edit in commit.edits:
            if owner := _owner(edit.file):
                by_owner.setdefault(owner, []).append(edit)
        for owner, changed in by_owner.items():
            edits.setdefault(owner, []).append((commit.id[:7], commit.day, changed))
    for file in [*repository.documents, *(one.file for one in repository.manuscripts)]:
        known = past.head.get(file)
        if known and (owner := _owner(file)):
            now = content_id((root / file).read_bytes(), known)
            if now != known:
                edits.setdefault(owner, []).append(("", "", [Edit(file, known, _NOW)]))
    recent = {owner: own[-MAX_EDITS:] for owner, own in edits.items()}
    ids = {
        content
        for own in recent.values()
        for _, _, changed in own
        for edit in changed
        for content in (edit.before, edit.after)
        if content and content != _NOW
    }
    contents = past.contents(ids)
    result: dict[str, States] = {}
    for owner, own in recent.items():
        states: States = {}
        for name, day, changed in own:
            before: dict[Path_, dict[str, str]] = {}
            after: dict[Path_, dict[str, str]] = {}
            for edit in changed:
                _add(before, _texts(root, edit.file, edit.before, contents, locales))
                _add(after, _texts(root, edit.file, edit.after, contents, locales))
            if owner.startswith("content/"):
                # A file that a commit did not touch holds what it held.
                everywhere = set(locales)
                for path in after:
                    for locale in everywhere - {_locale(edit.file) for edit in changed}:
                        before.setdefault(path, {})[locale] = after[path][locale] = _SAME
            states = followed(states, before, after, name, day)
        result[owner] = states
    return result


# Stands for the content of a file on the disk, and for a text that nothing was done to.
_NOW, _SAME = "now", "same"


def _owner(file: str) -> str | None:
    if file.startswith("content/") and file.endswith(".md"):
        return file.removesuffix(".md").rpartition(".")[0] or None
    data = file.startswith("data/") and file.endswith(".yaml")
    return file if data and not file.startswith("data/locales/") else None


def _locale(file: str) -> str:
    return file.removesuffix(".md").rpartition(".")[2]


def _add(texts: dict[Path_, dict[str, str]], more: Texts) -> None:
    for path, by_locale in more.items():
        texts.setdefault(path, {}).update(by_locale)


def _texts(
    root: Path,
    file: str,
    content: str | None,
    contents: Mapping[str, bytes],
    locales: Sequence[str],
) -> Texts:
    """What stands for the texts of a file as it was; nothing where it could not be read."""
    raw = (root / file).read_bytes() if content == _NOW else contents.get(content or "")
    if raw is None:
        return {}
    try:
        text = decoded(raw)
        if file.endswith(".md"):
            manuscript = parse_manuscript(file, text)
            found = of_page(manuscript.page, [manuscript])
        else:
            found = of_document(parse_yaml(file, text), locales)
        return {one.path: {key: fingerprint(t) for key, t in one.texts.items()} for one in found}
    except (Refused, UnicodeDecodeError):
        return {}


def _stale_problems(passage: Passage, state: Behind) -> Iterator[Problem]:
    ahead = ", ".join(sorted(set(passage.texts) - state.locales))
    settled = f"{STILL_RIGHT} — {passage.name}: {passage.digest}"
    when_ko = f"{state.day}({state.commit})에" if state.commit else "커밋하지 않은 수정에서"
    when_en = f"on {state.day} ({state.commit})" if state.commit else "in what is not committed yet"
    for locale in sorted(state.locales & set(passage.texts)):
        yield Problem(
            passage.files[locale],
            *passage.places[locale],
            f"{when_ko} {ahead} 글만 바뀌고 {locale} 글은 그대로입니다. 맞추어 고치십시오. 그대로 "
            f"맞으면 적어 두십시오: {settled}",
            f"The text changed in {ahead} {when_en}, and not in {locale}. Bring it up to date. If "
            f"it is still right, note it: {settled}",
            warning=True,
        )


def still_right(repository: Repository) -> StillRight:
    """What `data/still-right.yaml` says; nothing where it is not there or not right itself."""
    document = repository.documents.get(STILL_RIGHT)
    record = typed(StillRight, document, ())[0] if document else None
    return record if isinstance(record, StillRight) else StillRight()


def _faint(repository: Repository) -> Iterator[Problem]:
    """A warning for each accent that is not used as it is, since it could not be read on white."""
    for document in repository.documents.values():
        accent = document.data.get("accent") if isinstance(document.data, dict) else None
        if not isinstance(accent, str) or not COLOUR.fullmatch(accent) or inked(accent) == accent:
            continue
        # Rounded down: 4.499 is not 4.5.
        has = floor(contrast(accent, WHITE) * 100) / 100
        yield document.problem(
            ("accent",),
            f"흰 바탕에서 색 {accent}의 명도 대비는 {has} 대 1입니다. 글자에는 {ENOUGH} 대 1이 "
            f"필요합니다(WCAG 2.2, 1.4.3). 쪽과 브로슈어에는 더 짙은 색을 씁니다: {inked(accent)}.",
            f"The accent {accent} has a contrast of {has} to 1 on white; text needs {ENOUGH} (WCAG "
            f"2.2, 1.4.3). Pages and brochures use the darker shade {inked(accent)}.",
            warning=True,
        )


def _idle(
    repository: Repository, right: Mapping[str, str], known: Sequence[Passage]
) -> Iterator[Problem]:
    """A warning for each line of still-right.yaml that is of no text as it now is."""
    digests = {passage.name: passage.digest for passage in known}
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
) -> Iterator[tuple[Passage, int | Decimal | None]]:
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
        except (Refused, UnicodeDecodeError):
            continue
        numbers = dict(_numbers(before))
        for path, (value, unit) in _numbers(document):
            was, was_in = numbers.get(path, (value, unit))
            times = abs(Decimal(value) / Decimal(was)) if was and value else Decimal(1)
            far = was_in == unit and not Decimal(1) / FACTOR < times < FACTOR
            place = {"": document.place(path)}
            passage = Passage(file, path, {"": str(value)}, {"": file}, place)
            yield passage, was if far else None


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


def _jump_problem(passage: Passage, was: int | Decimal) -> Problem:
    settled = f"{STILL_RIGHT} — {passage.name}: {passage.digest}"
    value = passage.texts[""]
    return Problem(
        passage.files[""],
        *passage.places[""],
        f"앞의 값({was})과 천 배쯤 다릅니다: {value}. 0의 개수와 단위를 살펴보십시오. 맞으면 적어 "
        f"두십시오: {settled}",
        f"{value} is about a thousand times off the former value ({was}). Check the zeros and the "
        f"unit. If it is right, note it: {settled}",
        warning=True,
    )
