"""The check of the languages in which the staff reads messages (see `load.audience`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.base.message import Message, hint, languages
from brochure.base.problem import Problem
from brochure.load.document import Document, Path_
from brochure.validate.context import ValidationContext


def check_staff_languages(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that there are messages in the languages of the staff of the alliance and cities."""
    # That mkdocs.yml has the right shape, is checked before all else.
    configuration = context.document("mkdocs.yml")
    path = ("extra", "staff_languages")
    yield from _unknown(configuration, path, configuration.data["extra"].get(path[-1]) or ())
    for name, city in context.cities.items():
        document = context.document(f"data/cities/{name}.yaml")
        yield from _unknown(document, ("languages",), city.languages)


def _unknown(document: Document, path: Path_, names: Sequence[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in languages():
            message = Message("message.unknown-language", name=name, hint=hint(name, languages()))
            yield document.problem((*path, index), message)
