"""The records made so far, for the checks to look at, and parts that several checks share."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from brochure.base.message import Message, hint
from brochure.base.problem import Problem
from brochure.load.document import Document, NarrativeFile, Path_
from brochure.load.narrative import of_page
from brochure.load.repository import Repository
from brochure.model.records import City, Dossier, FrontMatter, Holder, Settings, Vocabulary


@dataclass
class ValidationContext:
    """The records made so far, for the checks to look at."""

    repository: Repository
    settings: Settings
    records: dict[str, Any] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    narratives: list[tuple[NarrativeFile, FrontMatter]] = field(default_factory=list)

    @property
    def cities(self) -> dict[str, City]:
        """The cities whose files were read and have the right shape, by id."""
        return {
            city_id(name): record for name, record in self.records.items() if type(record) is City
        }

    @property
    def city_files(self) -> set[str]:
        """The ids of all cities, also of those whose files are refused or not read again."""
        return {city_id(name) for name in self._files() if name.startswith("data/cities/")}

    @property
    def dossiers(self) -> dict[str, Dossier]:
        """The dossiers whose files have the right shape, by id."""
        return {
            dossier_id(name): record
            for name, record in self.records.items()
            if type(record) is Dossier
        }

    @property
    def dossier_files(self) -> set[str]:
        """The ids of all dossiers, also of those whose files are refused."""
        return {dossier_id(name) for name in self._files() if name.startswith("data/dossiers/")}

    def _files(self) -> Iterator[str]:
        repository = self.repository
        refused = (problem.file for problem in repository.problems)
        names = [*repository.documents, *repository.cached_files, *refused]
        return (name for name in names if name.endswith(".yaml"))

    @property
    def narrated(self) -> set[tuple[str, str]]:
        """Page and locale of each narrative that exists and has not been refused."""
        cached_files = [name for name in self.repository.cached_files if name.endswith(".md")]
        return {
            *map(of_page, cached_files),
            *((file.page, file.locale) for file in self.repository.narrative_files),
        }

    def document(self, name: str) -> Document:
        """The document of a file by its name."""
        return self.repository.documents[name]

    def holders(self) -> Iterator[tuple[Document, Holder]]:
        """The records that hold figures and notes, with their documents."""
        for name, record in self.records.items():
            if isinstance(record, Holder):
                yield self.document(name), record


def city_id(name: str) -> str:
    """`data/cities/daejeon.yaml` is the city `daejeon`."""
    return name.removeprefix("data/cities/").removesuffix(".yaml")


def dossier_id(name: str) -> str:
    """`data/dossiers/plan.yaml` is the dossier `plan`."""
    return name.removeprefix("data/dossiers/").removesuffix(".yaml")


def check_reference(
    document: Document,
    path: Path_,
    name: str,
    names: Collection[str],
    code: str,
    *,
    key: bool = False,
) -> Iterator[Problem]:
    """Yield a problem if `name`, the value at `path` or its key, is none of `names`.

    `code` is that of the message, which has the parameters `name` and `hint`.
    """
    if name not in names:
        yield document.problem(path, Message(code, name=name, hint=hint(name, names)), key=key)


def check_limits(
    document: Document, path: Path_, value: int | Decimal, unit: str, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield a problem if a number, the value at `path`, is beyond the limits of its unit."""
    limits = vocabulary.limits_of(unit)
    if value < limits.least:
        least = Message("figure.below-limit", unit=unit, limit=str(limits.least))
        yield document.problem(path, least)
    if limits.most is not None and value > limits.most:
        most = Message("figure.above-limit", unit=unit, limit=str(limits.most))
        yield document.problem(path, most)
