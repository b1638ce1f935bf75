"""Characters that are not what they look like, and files that are not UTF-8.

A text that looks right and is not would be found by no search, printed as a box, or read as
something else than a reviewer sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from fontTools.unicodedata import script

from brochure.base.message import Message

# Control, zero-width and bidirectional characters, fillers, variation selectors, tags, and those
# for private use or for nothing: no text needs them, and they can hide what a text says.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    r"\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# Letters and digits of ASCII in another shape: full width, or for mathematics.
_SHAPED = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]")
# A run of letters, and the letters of alphabets that share shapes with the Latin one. Latin ones
# beside Hangul are everyday Korean (KAIST의), and Greek ones stand for quantities (μm, kΩ).
_LETTERS = re.compile(r"[^\W\d_]+")
_ELSEWHERE = re.compile(
    r"[\u0370-\u058f\u10a0-\u10ff\u13a0-\u13ff\u1c80-\u1cbf\u1f00-\u1fff"
    r"\u2c80-\u2d2f\ua4d0-\ua4ff\ua640-\ua69f\uab70-\uabbf]"
)
_ALPHABETS = {"Latn", "Cyrl", "Grek", "Armn", "Cher", "Copt", "Geor", "Lisu"}
_QUANTITIES = "μΩαβγδλπσΔ"
_ALPHABET_NAMES = {
    "Cyrl": "alphabet.cyrillic",
    "Grek": "alphabet.greek",
    "Latn": "alphabet.latin",
}
_KINDS = {
    "Co": "character.private",
    "Cn": "character.private",
    "Cc": "character.control",
}
_TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI")


def deceptive_characters(text: str) -> Iterator[tuple[int, Message]]:
    """The characters of a text that are not what they look like: where each stands, and why."""
    for match in _INVISIBLE.finditer(text):
        yield match.start(), _invisible(match[0])
    if text.isascii():
        return
    for match in _SHAPED.finditer(text):
        plain = unicodedata.normalize("NFKC", match[0])
        yield (
            match.start(),
            Message(
                "character.look-alike", character=match[0], number=_number(match[0]), plain=plain
            ),
        )
    if _ELSEWHERE.search(text) is None:
        return
    for match in _LETTERS.finditer(text):
        if _ELSEWHERE.search(match[0]):
            yield from ((match.start() + at, message) for at, message in _alike(match[0]))


def _alike(word: str) -> Iterator[tuple[int, Message]]:
    """The first letter of a word that is of another alphabet than most of it."""
    alphabets = [script(letter) for letter in word]
    mixed = _ALPHABETS.intersection(alphabets)
    if len(mixed) < 2:
        return
    own = max(sorted(mixed), key=alphabets.count)
    for at, (letter, alphabet) in enumerate(zip(word, alphabets, strict=True)):
        if alphabet in mixed - {own} and letter not in _QUANTITIES:
            yield (
                at,
                Message(
                    "character.other-alphabet",
                    word=word,
                    letter=letter,
                    position=str(at + 1),
                    number=_number(letter),
                    alphabet=Message(_ALPHABET_NAMES.get(alphabet, "alphabet.other")),
                ),
            )
            return


def _invisible(character: str) -> Message:
    code = _KINDS.get(unicodedata.category(character), "character.invisible")
    if unicodedata.bidirectional(character) in _TURNING:
        code = "character.direction"
    name = unicodedata.name(character, "").lower()
    number = f"{_number(character)}, {name}" if name else _number(character)
    return Message(code, number=number)


def _number(character: str) -> str:
    return f"U+{ord(character):04X}"


def misencoded(raw: bytes) -> Message:
    """The encoding that bytes seem to have that are not UTF-8, and how to convert them."""
    name, codec = _encoding(raw)
    return Message("file.not-utf-8", encoding=name, command=f"iconv -f {codec} -t UTF-8")


def _encoding(raw: bytes) -> tuple[str, str]:
    """The most likely encoding of bytes: its name, and its name for iconv."""
    if raw.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32", "UTF-32"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16", "UTF-16"
    if b"\0" in raw:
        even, odd = raw[::2].count(0), raw[1::2].count(0)
        return "UTF-16", "UTF-16BE" if even > odd else "UTF-16LE"
    # Hangul stands in pairs of high bytes; accented letters mostly stand alone among others.
    runs = re.findall(rb"[\x80-\xff]+", raw)
    paired = sum(len(run) % 2 == 0 for run in runs)
    if 2 * paired >= len(runs):
        try:
            raw.decode("cp949")
        except UnicodeDecodeError:
            pass
        else:
            return "CP949 (EUC-KR)", "CP949"
    return "Latin-1 (Windows-1252)", "WINDOWS-1252"
