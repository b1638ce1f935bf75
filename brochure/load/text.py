"""Files as text: UTF-8 within bounds, without characters that are not what they look like."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from pathlib import Path

from brochure.base.message import Message
from brochure.base.problem import InputError, Problem
from brochure.load.characters import deceptive_characters, misencoded

MAX_BYTES, MAX_PHOTO = 1_000_000, 40_000_000
# Markdown's time grows faster than what a paragraph makes it look for: 20,000 brackets take it
# hours. Within these bounds the worst narrative took 1.5 s.
MAX_NARRATIVE, MAX_LINES, MAX_MARKS = 60_000, 100, 100
# So many deceptive characters of a file are reported; the rest will be of their kind.
MAX_CHARACTERS = 20
# The lines that git writes around what two people changed at once.
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)


def whole_file(name: str, message: Message) -> Problem:
    """A problem with a file as a whole."""
    return Problem(name, 1, 1, message)


def link(name: str) -> Problem:
    """The problem that a file or folder is a symbolic link."""
    return whole_file(name, Message("file.link"))


def read(root: Path, path: Path) -> str:
    """A UTF-8 file's text, as `decoded` gives it.

    Raises InputError: missing, a link, too large, in another encoding, with characters that are not
    what they look like, or with a conflict that git left.
    """
    name = path.relative_to(root).as_posix()
    if path.is_symlink():
        raise InputError([link(name)])
    if not path.is_file():
        raise InputError([whole_file(name, Message("file.missing"))])
    raw = path.read_bytes()
    most = MAX_NARRATIVE if path.suffix == ".md" else MAX_BYTES
    if len(raw) > most:
        raise InputError([_too_large(name, f"{most // 1000} kB")])
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        column = len(before) - before.rfind("\n")
        # Of UTF-16, which has no lines of bytes, nothing is where it seems.
        place = (1, 1) if b"\0" in raw else (before.count("\n") + 1, column)
        raise InputError([Problem(name, *place, misencoded(raw))]) from None
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise InputError([Problem(name, line, 1, Message("file.conflict-markers"))])
    problems = [
        Problem(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), message)
        for at, message in islice(deceptive_characters(text), MAX_CHARACTERS)
    ]
    if problems:
        raise InputError(problems)
    return text


def _too_large(name: str, size: str) -> Problem:
    return whole_file(name, Message("file.too-large", size=size))


def decoded(raw: bytes, errors: str = "strict") -> str:
    r"""The text of UTF-8 bytes: without byte order mark, lines ending in \n, Unicode's form NFC.

    A file from macOS may hold its Hangul in parts (NFD), which look the same; here they are put
    together. Raises UnicodeDecodeError, also for the zeros of UTF-16.
    """
    if errors == "strict" and b"\0" in raw:
        at = raw.index(b"\0")
        raise UnicodeDecodeError("utf-8", raw, at, at + 1, "a zero")
    text = raw.decode("utf-8-sig", errors=errors).replace("\r\n", "\n")
    return unicodedata.normalize("NFC", text)


def read_photo(root: Path, path: Path) -> bytes:
    """A photograph's bytes, as they are. Raises InputError for more than MAX_PHOTO of them."""
    if path.stat().st_size > MAX_PHOTO:
        name = path.relative_to(root).as_posix()
        raise InputError([_too_large(name, f"{MAX_PHOTO // 1_000_000} MB")])
    return path.read_bytes()
