"""The checks of file names: which files there must be, and what they may be called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from brochure.base.message import Message
from brochure.base.problem import Problem
from brochure.load.record import slug_of
from brochure.load.text import whole_file
from brochure.model.records import (
    Alliance,
    Press,
    SkippedWarnings,
    Source,
    StillRight,
    Text,
    Vocabulary,
)
from brochure.model.site_map import (
    PAGES,
    RESERVED,
    RESERVED_FOLDERS,
    SKIPPED_WARNINGS,
    STILL_RIGHT,
)
from brochure.validate.context import ValidationContext, city_id, dossier_id

ALLIANCE = "data/alliance.yaml"
TYPES: dict[str, Any] = {
    ALLIANCE: Alliance,
    "data/indicators.yaml": Vocabulary,
    "data/industries.yaml": dict[str, Text],
    "data/print.yaml": Press,
    "data/sources.yaml": dict[str, Source],
}
# Files that may be there.
OPTIONAL: dict[str, Any] = {STILL_RIGHT: StillRight, SKIPPED_WARNINGS: SkippedWarnings}
# Names that Windows keeps for devices, whatever their ending: nobody there could check them out.
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_NAME = 60


def check_files(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every file the publication needs is there, and at least one city."""
    missing = [name for name in TYPES if name not in context.repository.documents]
    missing += [
        f"data/locales/{locale}.yaml"
        for locale in context.settings.locales
        if f"data/locales/{locale}.yaml" not in context.repository.documents
    ]
    present = [*context.repository.documents, *context.repository.cached_files]
    if not any(name.startswith("data/cities/") for name in present):
        missing.append("data/cities/*.yaml")
    for name in missing:
        if not any(problem.file == name for problem in context.repository.problems):
            yield whole_file(name, Message("file.missing"))


def check_names(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a file's name can be an address and a file everywhere, and is not taken."""
    pages = [page.partition("/")[0] for page in PAGES]
    taken_by_dossiers = sorted({*RESERVED, *RESERVED_FOLDERS, *pages, *context.settings.locales})
    for name in context.repository.documents:
        if name.startswith("data/cities/"):
            identity, taken = city_id(name), list(RESERVED)
        elif name.startswith("data/dossiers/"):
            identity, taken = dossier_id(name), taken_by_dossiers
        else:
            continue
        if (message := _name_message(identity, taken)) is not None:
            yield whole_file(name, message)
    files = [
        *context.repository.documents,
        *(narrative.file for narrative in context.repository.narrative_files),
    ]
    for file in [*files, *(f"data/photos/{name}" for name in context.repository.photos)]:
        if _DEVICES.fullmatch(file.rpartition("/")[2]):
            yield whole_file(file, Message("file.name-of-device", name=file.rpartition("/")[2]))


def _name_message(identity: str, taken: Sequence[str]) -> Message | None:
    """The message about the name of a city's or dossier's file, or None if it is right."""
    if "/" in identity:
        return Message("file.in-folder", name=identity)
    if not _ID.fullmatch(identity):
        slug = slug_of(identity)
        right = Message("hint.nearest", name=f"{slug}.yaml") if _ID.fullmatch(slug) else None
        return Message(
            "file.name-form", name=f"{identity}.yaml", hint=right or Message("hint.none")
        )
    if identity in taken:
        return Message("file.name-reserved", name=identity, names=taken)
    if len(identity) > MAX_NAME:
        return Message("file.name-too-long", name=identity, limit=MAX_NAME)
    return None
