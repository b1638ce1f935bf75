"""Read the repository from disk, once: every later step works on what this one returns.

YAML is read as events, before anything is built from it, so that size, depth, aliases and tags
are refused first. Types follow the YAML 1.2 core schema, but for what no fact needs (0x1F, .inf;
https://yaml.org/spec/1.2.2/#103-core-schema): `no` is a word, `012` is twelve, `1:30` is text.
Every value remembers its line and column.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from brochure.base.git.log import last_changes
from brochure.base.problem import Problem, Refused
from brochure.load.characters import misencoded, strange
from brochure.load.yaml_hints import UNQUOTED_CALL, explained

Path_ = tuple[str | int, ...]
Place = tuple[int, int]

# Where the web falls back on another font, print cannot: this one has to have every character.
FONT = "overrides/print/fonts/Pretendard-Regular.ttf"

MAX_BYTES, MAX_PHOTO = 1_000_000, 40_000_000
# The endings of photographs. What a file is, its content says.
PHOTOS = frozenset({".jpg", ".jpeg", ".png"})
# Markdown's time grows faster than what a paragraph makes it look for: 20,000 brackets take it
# hours. Within these bounds the worst narrative took 1.5 s.
MAX_NARRATIVE, MAX_LINES, MAX_MARKS = 60_000, 100, 100
_MARKS = "[<>*_`!\\&"
MAX_DEPTH = 20
# So many strange characters of a file are told; the rest will be of their kind.
MAX_STRANGE = 20

# What libyaml takes for the end of a line.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOLEAN = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")


@dataclass(frozen=True)
class Document:
    """One YAML document: plain data, and the place of each value and of each key in it."""

    file: str
    data: Any
    values: Mapping[Path_, Place]
    keys: Mapping[Path_, Place]

    @cached_property
    def scalars(self) -> Sequence[tuple[Path_, Any]]:
        """Every scalar with its path."""
        return list(scalars((), self.data))

    def place(self, path: Path_) -> Place:
        """Line and column of the value at `path`, or of its nearest parent that exists."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def problem(
        self, path: Path_, ko: str, en: str, *, key: bool = False, warning: bool = False
    ) -> Problem:
        """A problem with the value at `path`, or with its key."""
        line, column = self.keys.get(path) or self.place(path) if key else self.place(path)
        return Problem(self.file, line, column, ko, en, warning)


def scalars(path: Path_, value: Any) -> Iterator[tuple[Path_, Any]]:
    """Every scalar below a value at `path`, with its own."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from scalars((*path, key), child)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from scalars((*path, index), child)
    else:
        yield path, value


@dataclass(frozen=True)
class Manuscript:
    """One Markdown file: its front matter as a document, its body, and where the body starts."""

    file: str
    page: str
    locale: str
    front: Document
    body: str
    first_line: int

    def place(self, line: int, column: int) -> Place:
        """Where a line and column of the body stand in the file."""
        return self.first_line + line - 1, column


@dataclass
class Repository:
    """All that the build reads, keyed by path relative to the repository's root.

    `glyphs` are the characters (code points) that the font of print and charts can set; `changed`
    is the day of the last commit that touched each file of data and texts, where git knows it.
    `settled` are files that are there and were not read, since nothing is wrong with them.
    """

    root: Path
    documents: dict[str, Document] = field(default_factory=dict)
    manuscripts: list[Manuscript] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)
    glyphs: frozenset[int] = frozenset()
    photos: dict[str, bytes] = field(default_factory=dict)
    changed: Mapping[str, date] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    settled: frozenset[str] = frozenset()


def glyphs_of(font: Path) -> frozenset[int]:
    """The characters (code points) that a font has."""
    # Imported only here: whoever remembers them need not load it.
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def load(
    root: Path,
    settled: frozenset[str] = frozenset(),
    glyphs: Callable[[Path], frozenset[int]] = glyphs_of,
    changed: Mapping[str, date] | None = None,
) -> Repository:
    """Read `mkdocs.yml`, `data/`, `content/` and `macros/` below `root`, but for `settled` files.

    `glyphs` tells which characters a font has, and `changed` is asked of git where it is
    not given.

    Problems of single files are collected in the result, for `validate` to tell together with
    its own. Files come in the order of their names, whatever the disk's order is.
    """
    repository = Repository(
        root, settled=settled, changed=last_changes(root) if changed is None else changed
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
            repository.manuscripts.append(parse_manuscript(name, read(root, path)))
    for path in _files(repository, "macros", {".html"}):
        with _collecting(repository.problems):
            name = path.relative_to(root / "macros").as_posix()
            repository.templates[name] = read(root, path)
    font = root / FONT
    if font.is_file():
        repository.glyphs = glyphs(font)
    return repository


class _collecting:
    """Keep the problems of a refused file and go on with the next one."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        if isinstance(error, Refused):
            self.problems.extend(error.problems)
        return isinstance(error, Refused)


def _files(
    repository: Repository, folder: str, suffixes: Collection[str], but: str = "-"
) -> Iterator[Path]:
    """The files to read below a folder, sorted; a link or an unexpected kind is a problem.

    What lies below the folder `but` is left to another call.
    """
    root = repository.root
    if (root / folder).is_symlink():
        repository.problems.append(_link(folder))
        return
    for name in sorted(_names(root, folder)):
        path = root / name
        if name.startswith(f"{but}/") or name in repository.settled:
            continue
        if path.is_symlink():
            repository.problems.append(_link(name))
        elif path.is_dir():
            continue
        elif path.suffix not in suffixes:
            allowed = ", ".join(sorted(suffixes))
            repository.problems.append(
                Problem(
                    name,
                    1,
                    1,
                    f"이 폴더에는 {allowed} 파일만 둘 수 있습니다.",
                    f"Only {allowed} files belong in this folder.",
                )
            )
        else:
            yield path


def _names(root: Path, folder: str) -> Iterator[str]:
    """Everything below a folder, relative to the root; what a link leads to is not looked at."""
    for place, folders, files in os.walk(root / folder):
        inside = Path(place).relative_to(root).as_posix()
        yield from (f"{inside}/{name}" for name in [*folders, *files])


def _link(name: str) -> Problem:
    return Problem(name, 1, 1, "심볼릭 링크는 둘 수 없습니다.", "Symbolic links are not accepted.")


def read(root: Path, path: Path) -> str:
    """A UTF-8 file's text, as `decoded` gives it.

    Raises Refused: missing, a link, too large, in another encoding, with characters that are not
    what they look like.
    """
    name = path.relative_to(root).as_posix()
    if path.is_symlink():
        raise Refused([_link(name)])
    if not path.is_file():
        raise Refused([Problem(name, 1, 1, "파일이 없습니다.", "The file is missing.")])
    raw = path.read_bytes()
    most = MAX_NARRATIVE if path.suffix == ".md" else MAX_BYTES
    if len(raw) > most:
        kb = most // 1000
        raise Refused(
            [Problem(name, 1, 1, f"파일이 {kb}KB보다 큽니다.", f"The file is larger than {kb} KB.")]
        )
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        column = len(before) - before.rfind("\n")
        # Of UTF-16, which has no lines of bytes, nothing is where it seems.
        place = (1, 1) if b"\0" in raw else (before.count("\n") + 1, column)
        raise Refused([Problem(name, *place, *misencoded(raw))]) from None
    problems = [
        Problem(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), ko, en)
        for at, ko, en in islice(strange(text), MAX_STRANGE)
    ]
    if problems:
        raise Refused(problems)
    return text


def decoded(raw: bytes, errors: str = "strict") -> str:
    """The text of UTF-8 bytes: without byte order mark, lines ending in \\n, Unicode's form NFC.

    A file from macOS may hold its Hangul in parts (NFD), which look the same; here they are put
    together. Raises UnicodeDecodeError, also for the zeros of UTF-16.
    """
    if errors == "strict" and b"\0" in raw:
        at = raw.index(b"\0")
        raise UnicodeDecodeError("utf-8", raw, at, at + 1, "a zero")
    text = raw.decode("utf-8-sig", errors=errors).replace("\r\n", "\n")
    return unicodedata.normalize("NFC", text)


def read_photo(root: Path, path: Path) -> bytes:
    """A photograph's bytes, as they are. Raises Refused for more than MAX_PHOTO of them."""
    if path.stat().st_size > MAX_PHOTO:
        name, mb = path.relative_to(root).as_posix(), MAX_PHOTO // 1_000_000
        raise Refused(
            [Problem(name, 1, 1, f"파일이 {mb}MB보다 큽니다.", f"The file is larger than {mb} MB.")]
        )
    return path.read_bytes()


def of_page(file: str) -> tuple[str, str]:
    """Page and locale of a narrative, by its file's name; the page is empty without a locale."""
    page, _, locale = file.removeprefix("content/").removesuffix(".md").rpartition(".")
    return page, locale


def parse_manuscript(file: str, text: str) -> Manuscript:
    """Split a Markdown file into front matter and body; its name says page and locale.

    `content/cities/daejeon.ko.md` is the page `cities/daejeon` in the locale `ko`.
    """
    page, locale = of_page(file)
    lines = text.split("\n")
    if not page:
        raise Refused(
            [
                Problem(
                    file,
                    1,
                    1,
                    "파일 이름에 언어가 없습니다. 예: daejeon.ko.md",
                    "The file name lacks its language, as in daejeon.ko.md.",
                )
            ]
        )
    if lines[0] != "---" or "---" not in lines[1:]:
        raise Refused(
            [
                Problem(
                    file,
                    1,
                    1,
                    "첫머리에 ‘---’로 둘러싼 title과 description이 있어야 합니다.",
                    "The file must open with a title and a description between two lines ‘---’.",
                )
            ]
        )
    end = lines.index("---", 1)
    if problems := list(_overloaded(file, lines[end + 1 :], end + 2)):
        raise Refused(problems)
    front = parse_yaml(file, "\n".join(lines[1:end]), first_line=2)
    return Manuscript(file, page, locale, front, "\n".join(lines[end + 1 :]), end + 2)


def _overloaded(file: str, lines: list[str], first_line: int) -> Iterator[Problem]:
    """A problem for each paragraph that Markdown would not be done with in a reasonable time."""
    start, paragraph = first_line, list[str]()
    for number, line in enumerate([*lines, ""], first_line):
        if line.strip():
            start = start if paragraph else number
            paragraph.append(line)
            continue
        whole = "".join(paragraph)
        if len(paragraph) > MAX_LINES or any(whole.count(mark) > MAX_MARKS for mark in _MARKS):
            yield Problem(
                file,
                start,
                1,
                f"한 문단은 {MAX_LINES}줄, 같은 부호 {MAX_MARKS}개를 넘을 수 없습니다. "
                "빈 줄로 나누십시오.",
                f"A paragraph has at most {MAX_LINES} lines and {MAX_MARKS} marks of a kind. "
                "Divide it by an empty line.",
            )
        paragraph = []


def parse_yaml(file: str, text: str, first_line: int = 1) -> Document:
    """Plain data (str, int, Decimal, bool, None, list, dict) with the place of every part.

    Raises Refused for anything that is not one plain YAML document: syntax errors, a second
    document, anchors, tags, duplicate keys, nesting deeper than MAX_DEPTH.
    """
    return _Composer(file, text, first_line).document()


class _Composer:
    """Builds data from YAML events without recursion, so that depth cannot break it."""

    def __init__(self, file: str, text: str, first_line: int) -> None:
        self.file = file
        self.text = text
        self.offset = first_line - 1
        self.values: dict[Path_, Place] = {}
        self.keys: dict[Path_, Place] = {}
        self.problems: list[Problem] = []
        self.documents = 0
        self.last: yaml.ScalarEvent | None = None

    def document(self) -> Document:
        root: list[Any] = []
        # Each open collection with its path and, for a mapping, the key that waits for a value.
        stack: list[tuple[Any, Path_]] = [(root, ())]
        pending: list[str | None] = [None]
        try:
            for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
                if isinstance(event, yaml.ScalarEvent):
                    self.last = event
                self._step(event, stack, pending)
        except yaml.MarkedYAMLError as error:
            (line, column), ko, en = explained(error, _BREAK.split(self.text), self.last)
            self._refuse((line + 1 + self.offset, column + 1), ko, en)
        except yaml.YAMLError as error:
            self._refuse((1, 1), f"YAML로 읽을 수 없습니다: {error}", f"Not readable YAML: {error}")
        if self.problems:
            raise Refused(self.problems)
        data = root[0] if root else None
        return Document(self.file, data, self.values, self.keys)

    def _step(self, event: Any, stack: list[tuple[Any, Path_]], pending: list[str | None]) -> None:
        place = (event.start_mark.line + 1 + self.offset, event.start_mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(
                    place,
                    "한 파일에는 문서를 하나만 둡니다. ‘---’ 줄을 지우십시오.",
                    "A file holds one document. Remove the line ‘---’.",
                )
        elif isinstance(event, yaml.AliasEvent):
            self._stop(
                place,
                "별칭(*)은 쓸 수 없습니다. 값을 그대로 적으십시오.",
                "Aliases (*) are not accepted. Write the value itself.",
            )
        elif isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            pending.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, place, stack, pending)

    def _node(
        self, event: Any, place: Place, stack: list[tuple[Any, Path_]], pending: list[str | None]
    ) -> None:
        if event.anchor or event.tag:
            self._stop(
                place,
                "앵커(&)와 태그(!)는 쓸 수 없습니다. 그렇게 시작하는 글은 따옴표로 감싸십시오.",
                "Anchors (&) and tags (!) are not accepted. Quote a text that starts with ! or &.",
            )
        parent, path = stack[-1]
        if isinstance(parent, dict) and pending[-1] is None:
            self._key(event, place, parent, path, pending)
            return
        value: Any = (
            resolve(event.value, plain=event.implicit[0])
            if isinstance(event, yaml.ScalarEvent)
            else {}
            if isinstance(event, yaml.MappingStartEvent)
            else []
        )
        if isinstance(parent, dict):
            name = pending[-1]
            assert name is not None
            parent[name], own, pending[-1] = value, (*path, name), None
        else:
            own = (*path, len(parent)) if len(stack) > 1 else ()
            parent.append(value)
        self.values[own] = place
        if not isinstance(event, yaml.ScalarEvent):
            if len(stack) > MAX_DEPTH:
                self._stop(
                    place,
                    f"{MAX_DEPTH}단계보다 깊이 들여쓸 수 없습니다.",
                    f"Nesting deeper than {MAX_DEPTH} levels is not accepted.",
                )
            stack.append((value, own))
            pending.append(None)

    def _key(
        self,
        event: Any,
        place: Place,
        parent: dict[str, Any],
        path: Path_,
        pending: list[str | None],
    ) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            at = event.start_mark.index
            if self.text[at - 1 : at + 1] == "{{":
                self._stop((place[0], place[1] - 1), *UNQUOTED_CALL)
            self._stop(place, "키는 한 낱말이어야 합니다.", "A key must be a single word.")
        if event.value in parent:
            first = self.keys[(*path, event.value)][0]
            self._refuse(
                place,
                f"키 ‘{event.value}’가 {first}행에 이어 두 번 나옵니다. 하나를 지우십시오.",
                f"The key ‘{event.value}’ stands twice, first on line {first}. Remove one.",
            )
        self.keys[(*path, event.value)] = place
        pending[-1] = event.value

    def _refuse(self, place: Place, ko: str, en: str) -> None:
        self.problems.append(Problem(self.file, *place, ko, en))

    def _stop(self, place: Place, ko: str, en: str) -> None:
        self._refuse(place, ko, en)
        raise Refused(self.problems)


def resolve(text: str, *, plain: bool) -> str | int | Decimal | bool | None:
    """The value of a scalar by the YAML 1.2 core schema; a quoted one is always text."""
    if not plain:
        return text
    if _NULL.match(text):
        return None
    if _BOOLEAN.match(text):
        return text[0] in "tT"
    # 40 digits are more than any figure needs; the bound keeps conversion linear.
    if _INTEGER.match(text) and len(text) <= 40:
        return int(text)
    if _FLOAT.match(text) and len(text) <= 40:
        return Decimal(text)
    return text
