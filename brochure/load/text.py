"""Files as text: UTF-8 within bounds, without characters that are not what they look like."""

from __future__ import annotations

import unicodedata
from itertools import islice
from pathlib import Path

from brochure.base.problem import InputError, Problem
from brochure.load.characters import misencoded, strange

MAX_BYTES, MAX_PHOTO = 1_000_000, 40_000_000
# Markdown's time grows faster than what a paragraph makes it look for: 20,000 brackets take it
# hours. Within these bounds the worst narrative took 1.5 s.
MAX_NARRATIVE, MAX_LINES, MAX_MARKS = 60_000, 100, 100
# So many strange characters of a file are told; the rest will be of their kind.
MAX_STRANGE = 20


def link(name: str) -> Problem:
    return Problem(name, 1, 1, "심볼릭 링크는 둘 수 없습니다.", "Symbolic links are not accepted.")


def read(root: Path, path: Path) -> str:
    """A UTF-8 file's text, as `decoded` gives it.

    Raises InputError: missing, a link, too large, in another encoding, with characters that are not
    what they look like.
    """
    name = path.relative_to(root).as_posix()
    if path.is_symlink():
        raise InputError([link(name)])
    if not path.is_file():
        raise InputError([Problem(name, 1, 1, "파일이 없습니다.", "The file is missing.")])
    raw = path.read_bytes()
    most = MAX_NARRATIVE if path.suffix == ".md" else MAX_BYTES
    if len(raw) > most:
        kb = most // 1000
        raise InputError(
            [Problem(name, 1, 1, f"파일이 {kb}KB보다 큽니다.", f"The file is larger than {kb} KB.")]
        )
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        column = len(before) - before.rfind("\n")
        # Of UTF-16, which has no lines of bytes, nothing is where it seems.
        place = (1, 1) if b"\0" in raw else (before.count("\n") + 1, column)
        raise InputError([Problem(name, *place, *misencoded(raw))]) from None
    problems = [
        Problem(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), ko, en)
        for at, ko, en in islice(strange(text), MAX_STRANGE)
    ]
    if problems:
        raise InputError(problems)
    return text


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
        name, mb = path.relative_to(root).as_posix(), MAX_PHOTO // 1_000_000
        raise InputError(
            [Problem(name, 1, 1, f"파일이 {mb}MB보다 큽니다.", f"The file is larger than {mb} MB.")]
        )
    return path.read_bytes()
