"""Read the repository from disk, once: every later step works on the result."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from brochure.base.git.log import last_changes
from brochure.base.message import Message
from brochure.base.problem import InputError, Problem
from brochure.load.document import Document, NarrativeFile
from brochure.load.narrative import parse_narrative
from brochure.load.text import link, read, read_photo, whole_file
from brochure.load.yaml import parse_yaml

# Where the web falls back on another font, print cannot: this one has to have every character.
FONT = "overrides/print/fonts/Pretendard-Regular.ttf"
# The endings of photographs. What a file is, its content says.
PHOTOS = frozenset({".jpg", ".jpeg", ".png"})
# Files that operating systems put into folders.
_OF_SYSTEMS = ("thumbs.db", "desktop.ini")


@dataclass
class Repository:
    """All that the build reads, keyed by path relative to the repository's root.

    `glyphs` are the characters (code points) that the font of print and charts can set; `changed`
    is the day of the last commit that touched each file of data and texts, where git knows it.
    `cached_files` are files that are there and were not read, since nothing is wrong with them.
    """

    root: Path
    documents: dict[str, Document] = field(default_factory=dict)
    narrative_files: list[NarrativeFile] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)
    glyphs: frozenset[int] = frozenset()
    photos: dict[str, bytes] = field(default_factory=dict)
    changed: Mapping[str, date] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cached_files: frozenset[str] = frozenset()


def glyphs_of(font: Path) -> frozenset[int]:
    """The characters (code points) that a font has."""
    # Imported only here: a build that remembers them need not load it.
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def load(
    root: Path,
    cached_files: frozenset[str] = frozenset(),
    glyphs: Callable[[Path], frozenset[int]] = glyphs_of,
    changed: Mapping[str, date] | None = None,
) -> Repository:
    """Read `mkdocs.yml`, `data/`, `content/` and `macros/` below `root`, but for `cached_files`.

    `glyphs` tells which characters a font has, and `changed` is asked of git where it is
    not given.

    Problems of single files are collected in the result, for `validate` to report together with
    its own. Files come in the order of their names, whatever the disk's order is.
    """
    repository = Repository(
        root, cached_files=cached_files, changed=last_changes(root) if changed is None else changed
    )
    with _collecting(repository.problems):
        repository.documents["mkdocs.yml"] = parse_yaml(
            "mkdocs.yml", read(root, root / "mkdocs.yml")
        )
    for path in _files(repository, "data", {".yaml"}, but="data/photos"):
        with _collecting(repository.problems):
            name = path.relative_to(root).as_posix()
            repository.documents[name] = parse_yaml(name, read(root, path))
    for path in _files(repository, "data/photos", PHOTOS):
        with _collecting(repository.problems):
            name = path.relative_to(root / "data/photos").as_posix()
            repository.photos[name] = read_photo(root, path)
    for path in _files(repository, "content", {".md"}):
        with _collecting(repository.problems):
            name = path.relative_to(root).as_posix()
            repository.narrative_files.append(parse_narrative(name, read(root, path)))
    for path in _files(repository, "macros", {".html"}):
        with _collecting(repository.problems):
            name = path.relative_to(root / "macros").as_posix()
            repository.templates[name] = read(root, path)
    font = root / FONT
    if font.is_file():
        repository.glyphs = glyphs(font)
    return repository


class _collecting:  # noqa: N801 used like a function
    """Keep the problems of a refused file and go on with the next one."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        if isinstance(error, InputError):
            self.problems.extend(error.problems)
        return isinstance(error, InputError)


def _files(
    repository: Repository, folder: str, suffixes: Collection[str], but: str = "-"
) -> Iterator[Path]:
    """The files to read below a folder, sorted; a link or an unexpected kind is a problem.

    What lies below the folder `but` is left to another call.
    """
    root = repository.root
    if (root / folder).is_symlink():
        repository.problems.append(link(folder))
        return
    for name in sorted(_names(root, folder)):
        path = root / name
        if name.startswith(f"{but}/") or name in repository.cached_files:
            continue
        if path.is_symlink():
            repository.problems.append(link(name))
        elif path.is_dir():
            continue
        elif path.suffix not in suffixes:
            repository.problems.append(whole_file(name, _unexpected(path, suffixes)))
        else:
            yield path


def _unexpected(path: Path, suffixes: Collection[str]) -> Message:
    """The message about a file whose ending is none of `suffixes`."""
    if path.name.startswith((".", "~$")) or path.name.lower() in _OF_SYSTEMS:
        return Message("file.of-the-computer", name=path.name)
    name, first = path.name, min(suffixes)
    stem, ending = path.stem, path.suffix.lower()
    if stem.endswith(tuple(suffixes)):
        # data.yaml.txt, as Windows hides the last ending.
        return Message("file.wrong-ending", name=name, right=stem)
    if ending in suffixes:
        return Message("file.wrong-ending", name=name, right=stem + ending)
    if ending in (".yml", ".txt", ".markdown", "") and len(suffixes) == 1:
        return Message("file.wrong-ending", name=name, right=stem + first)
    return Message("file.of-another-kind", endings=sorted(suffixes))


def _names(root: Path, folder: str) -> Iterator[str]:
    """Everything below a folder, relative to the root; links are not followed."""
    for place, folders, files in os.walk(root / folder):
        inside = Path(place).relative_to(root).as_posix()
        yield from (f"{inside}/{name}" for name in [*folders, *files])
