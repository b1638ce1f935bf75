"""Stale translations: the texts that changed in one language and not in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from brochure.base.git.log import Edit, History, content_id
from brochure.base.problem import InputError
from brochure.load.document import Path_
from brochure.load.narrative import parse_narrative
from brochure.load.record import parse_record
from brochure.load.repository import Repository
from brochure.load.text import decoded
from brochure.load.yaml import parse_yaml
from brochure.model.records import StillRight
from brochure.model.site_map import STILL_RIGHT
from brochure.validate.translations.replay import States, Texts, followed
from brochure.validate.translations.texts import fingerprint, of_document, of_page

# The last edits of a file that are read.
MAX_EDITS = 100
# The languages that are stale, by the owner of the texts (see TranslatableText) and their path.
Stale = Mapping[str, States]


def stale(
    root: Path, repository: Repository, locales: Sequence[str], past: History | None
) -> Stale:
    """The stale languages of each text, by owner and path; empty without history.

    Edits that are not committed count as one more commit. Those up to the day `until` of
    `data/still-right.yaml` are taken as checked.
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
            if owner := owner_of(edit.file):
                by_owner.setdefault(owner, []).append(edit)
        for owner, changed in by_owner.items():
            edits.setdefault(owner, []).append((commit.id[:7], commit.day, changed))
    for file in [
        *repository.documents,
        *(narrative.file for narrative in repository.narrative_files),
    ]:
        committed = past.head.get(file)
        if committed and (owner := owner_of(file)):
            now = content_id((root / file).read_bytes(), committed)
            if now != committed:
                edits.setdefault(owner, []).append(("", "", [Edit(file, committed, _NOW)]))
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
                for path, texts in after.items():
                    for locale in everywhere - {_locale(edit.file) for edit in changed}:
                        before.setdefault(path, {})[locale] = texts[locale] = _SAME
            states = followed(states, before, after, name, day)
        result[owner] = states
    return result


# Stand for the content of a file on the disk, and for a text that did not change.
_NOW, _SAME = "now", "same"


def owner_of(file: str) -> str | None:
    """The owner of the texts of a file (see TranslatableText); None if it has none."""
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
    """The fingerprints of the texts of a file as it was; empty if it could not be read."""
    raw = (root / file).read_bytes() if content == _NOW else contents.get(content or "")
    if raw is None:
        return {}
    try:
        text = decoded(raw)
        if file.endswith(".md"):
            narrative_file = parse_narrative(file, text)
            found = of_page(narrative_file.page, [narrative_file])
        else:
            found = of_document(parse_yaml(file, text), locales)
        return {
            translatable.path: {key: fingerprint(text) for key, text in translatable.texts.items()}
            for translatable in found
        }
    except (InputError, UnicodeDecodeError):
        return {}


def still_right(repository: Repository) -> StillRight:
    """The record of `data/still-right.yaml`; empty if the file is missing or has problems."""
    document = repository.documents.get(STILL_RIGHT)
    record = parse_record(StillRight, document, ())[0] if document else None
    return record if isinstance(record, StillRight) else StillRight()
