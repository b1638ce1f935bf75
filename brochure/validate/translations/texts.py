"""The texts that are written in several languages, in data files and narratives.

In a data file such a text is a mapping of languages to strings; the title, the description and the
body of a narrative are one text each.
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

    `owner` is a data file, or a page of `content/` without its language; `path` leads to the text
    there.
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

    @property
    def acknowledgement(self) -> str:
        """The line of `data/still-right.yaml` that says that the texts are right as they are."""
        return f"{self.name}: {self.digest}"


def fingerprint(text: str) -> str:
    """Eight letters that stand for a text but for its spaces and line breaks.

    Letters only: YAML would take 1e234567 for a number.
    """
    digest = hashlib.sha256(" ".join(text.split()).encode(errors="replace"))
    return digest.hexdigest()[:8].translate(_LETTERS)


def translatable_texts(
    repository: Repository, locales: Collection[str]
) -> Iterator[TranslatableText]:
    """Yield every text of the data files and the narratives, in their order."""
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
    """Yield the texts of a data file: the mappings whose keys are languages."""
    for path, texts in _texts((), document.data, locales):
        places = {locale: document.place((*path, locale)) for locale in texts}
        files = dict.fromkeys(texts, document.file)
        yield TranslatableText(document.file, path, texts, files, places)


def of_page(page: str, versions: Iterable[NarrativeFile]) -> Iterator[TranslatableText]:
    """Yield the texts of a page: its title, description and body."""
    by_locale = {version.locale: version for version in versions}
    files = {locale: version.file for locale, version in by_locale.items()}
    for key in ("title", "description"):
        fronts = {locale: version.front for locale, version in by_locale.items()}
        texts = {
            locale: str(front.data.get(key) or "")
            for locale, front in fronts.items()
            if isinstance(front.data, dict)
        }
        places = {locale: fronts[locale].place((key,)) for locale in texts}
        yield TranslatableText(f"content/{page}", (key,), texts, files, places)
    texts = {locale: version.body for locale, version in by_locale.items()}
    places = {locale: (version.first_line, 1) for locale, version in by_locale.items()}
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
