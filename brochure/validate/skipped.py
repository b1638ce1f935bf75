"""The warnings that are skipped, by the list in `data/skipped-warnings.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from brochure.base.message import REFERENCE, Message, catalogue, hint
from brochure.base.problem import Problem
from brochure.load.document import Document
from brochure.load.record import parse_record
from brochure.load.repository import Repository
from brochure.model.records import SkippedWarning, SkippedWarnings
from brochure.model.site_map import SKIPPED_WARNINGS
from brochure.validate.context import ValidationContext
from brochure.validate.warnings import WARNINGS


def check_skipped(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that only warnings are skipped, and that the files named exist."""
    record: SkippedWarnings | None = context.records.get(SKIPPED_WARNINGS)
    if record is None:
        return
    document, files = context.document(SKIPPED_WARNINGS), _files(context.repository)
    for index, entry in enumerate(record.skip):
        if entry.code not in WARNINGS:
            yield document.problem(("skip", index, "code"), _code_message(entry.code))
        if entry.file is not None and entry.file not in files:
            message = Message("skip.unknown-file", file=entry.file, hint=hint(entry.file, files))
            yield document.problem(("skip", index, "file"), message)


def _code_message(code: str) -> Message:
    if code in catalogue(REFERENCE):
        return Message("skip.not-a-warning", name=code, names=WARNINGS)
    return Message("skip.unknown-code", name=code, hint=hint(code, WARNINGS))


def _files(repository: Repository) -> Collection[str]:
    """The files that a warning may be about."""
    narratives = (narrative_file.file for narrative_file in repository.narrative_files)
    return {*repository.documents, *narratives, *repository.cached_files}


class SkippedProblems:
    """The entries of `data/skipped-warnings.yaml`, applied to problems."""

    def __init__(self, repository: Repository) -> None:
        self._document = repository.documents.get(SKIPPED_WARNINGS)
        self._entries = _entries(self._document)
        self._unused = set(range(len(self._entries)))
        self.count = 0

    def without(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems that are not skipped, and count the others."""
        for problem in problems:
            matching = {
                index
                for index, entry in enumerate(self._entries)
                if problem.warning
                and entry.code == problem.code
                and entry.file in (None, problem.file)
            }
            self._unused -= matching
            if matching:
                self.count += 1
            else:
                yield problem

    def unused(self, codes: Collection[str]) -> Iterator[Problem]:
        """Yield a warning for each entry of these codes that has skipped nothing."""
        for index in sorted(self._unused):
            entry = self._entries[index]
            if self._document is not None and entry.code in codes:
                message = Message("skip.unused", name=entry.code)
                yield self._document.problem(("skip", index), message, warning=True)


def _entries(document: Document | None) -> list[SkippedWarning]:
    """The entries of the file; none if it is missing or has problems."""
    record = parse_record(SkippedWarnings, document, ())[0] if document else None
    return record.skip if isinstance(record, SkippedWarnings) else []
