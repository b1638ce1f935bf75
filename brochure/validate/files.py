"""The checks of file names: which files there must be, and what they may be called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brochure.base.problem import Problem
from brochure.model.records import (
    Alliance,
    Press,
    Source,
    StillRight,
    Text,
    Vocabulary,
)
from brochure.model.site_map import PAGES, RESERVED, RESERVED_FOLDERS, STILL_RIGHT
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
OPTIONAL: dict[str, Any] = {STILL_RIGHT: StillRight}
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
            yield Problem(name, 1, 1, "파일이 없습니다.", "The file is missing.")


def check_names(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a file's name can be an address and a file everywhere, and is not taken."""
    pages = [page.partition("/")[0] for page in PAGES]
    taken_by_dossiers = sorted({*RESERVED, *RESERVED_FOLDERS, *pages, *context.settings.locales})
    for name in context.repository.documents:
        if name.startswith("data/cities/"):
            one, taken = city_id(name), list(RESERVED)
        elif name.startswith("data/dossiers/"):
            one, taken = dossier_id(name), taken_by_dossiers
        else:
            continue
        if not _ID.fullmatch(one) or one in taken or len(one) > MAX_NAME:
            listed = ", ".join(taken)
            yield Problem(
                name,
                1,
                1,
                f"파일 이름으로 쓸 수 없습니다: ‘{one}’. 영문 소문자, 숫자, 붙임표로 "
                f"{MAX_NAME}자까지 쓰며, 다음은 쓸 수 없습니다: {listed}.",
                f"‘{one}’ cannot name this file: use up to {MAX_NAME} small letters, digits and "
                f"hyphens, and none of {listed}.",
            )
    files = [
        *context.repository.documents,
        *(one.file for one in context.repository.narrative_files),
    ]
    for file in [*files, *(f"data/photos/{name}" for name in context.repository.photos)]:
        if _DEVICES.fullmatch(file.rpartition("/")[2]):
            yield Problem(
                file,
                1,
                1,
                "Windows에서 쓸 수 없는 파일 이름입니다. 다른 이름을 고르십시오.",
                "Windows reserves this name for a device. Choose another.",
            )
