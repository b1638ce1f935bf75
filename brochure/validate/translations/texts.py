"""The texts that stand in several languages, wherever they stand: the translations.

In a data file a passage is a mapping of languages to texts; of a narrative its title, its
description and its body are one passage each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from brochure.load.document import Document, NarrativeFile, Path_, Place
from brochure.load.repository import Repository

BODY = "body"
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@dataclass(frozen=True)
class TranslatableText:
    """A text by language, with the file and the place of each.

    `owner` is a data file, or a page of `content/` without its language; `path` leads to the
    passage there.
    """

    owner: str
    path: Path_
    texts: Mapping[str, str]
    files: Mapping[str, str]
    places: Mapping[str, Place]

    @property
    def name(self) -> str:
        """`data/cities/daejeon.yaml lead`, `content/cities/daejeon body`"""
        return f"{self.owner} {'.'.join(map(str, self.path))}"

    @property
    def digest(self) -> str:
        """Eight letters that stand for the texts as they are, but for line breaks and spaces."""
        return fingerprint("\0".join(f"{key} {self.texts[key]}" for key in sorted(self.texts)))


def fingerprint(text: str) -> str:
    """Eight letters that stand for a text but for its spaces and line breaks.

    Letters only: YAML would take 1e234567 for a number.
    """
    digest = hashlib.sha256(" ".join(text.split()).encode(errors="replace"))
    return digest.hexdigest()[:8].translate(_LETTERS)


def translatable_texts(
    repository: Repository, locales: Collection[str]
) -> Iterator[TranslatableText]:
    """Every passage of the data files and the narratives, in their order."""
    for name, document in repository.documents.items():
        if name.startswith("data/") and not name.startswith("data/locales/"):
            yield from of_document(document, locales)
    pages: dict[str, list[NarrativeFile]] = {}
    for narrative_file in repository.narrative_files:
        if narrative_file.locale in locales:
            pages.setdefault(narrative_file.page, []).append(narrative_file)
    for page, versions in pages.items():
        yield from of_page(page, versions)


def of_document(document: Document, locales: Collection[str]) -> Iterator[TranslatableText]:
    """The passages of a data file: mappings whose keys are languages."""
    for path, texts in _texts((), document.data, locales):
        places = {locale: document.place((*path, locale)) for locale in texts}
        files = dict.fromkeys(texts, document.file)
        yield TranslatableText(document.file, path, texts, files, places)


def of_page(page: str, versions: Iterable[NarrativeFile]) -> Iterator[TranslatableText]:
    """The passages of a page: its title, description and body."""
    by_locale = {one.locale: one for one in versions}
    files = {locale: one.file for locale, one in by_locale.items()}
    for key in ("title", "description"):
        fronts = {locale: one.front for locale, one in by_locale.items()}
        texts = {
            locale: str(front.data.get(key) or "")
            for locale, front in fronts.items()
            if isinstance(front.data, dict)
        }
        places = {locale: fronts[locale].place((key,)) for locale in texts}
        yield TranslatableText(f"content/{page}", (key,), texts, files, places)
    texts = {locale: one.body for locale, one in by_locale.items()}
    places = {locale: (one.first_line, 1) for locale, one in by_locale.items()}
    yield TranslatableText(f"content/{page}", (BODY,), texts, files, places)


def _texts(
    path: Path_, data: Any, locales: Collection[str]
) -> Iterator[tuple[Path_, dict[str, str]]]:
    if isinstance(data, dict):
        if data and set(data) <= set(locales):
            if all(isinstance(text, str) for text in data.values()):
                yield path, data
            return
        for key, child in data.items():
            yield from _texts((*path, key), child, locales)
    elif isinstance(data, list):
        for index, child in enumerate(data):
            yield from _texts((*path, index), child, locales)
