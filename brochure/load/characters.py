"""Characters that are not what they look like, and files that are not UTF-8.

A text that looks right and is not would be found by no search, printed as a box, or read as
something else than a reviewer sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from fontTools.unicodedata import script

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
    "Cyrl": ("키릴 문자", "a Cyrillic letter"),
    "Grek": ("그리스 문자", "a Greek letter"),
    "Latn": ("로마자", "a Latin letter"),
}

_KINDS = {
    "control": ("제어 문자", "control character"),
    "direction": ("글의 방향을 바꾸는 문자", "character that turns the direction of text"),
    "private": ("뜻이 정해지지 않은 문자", "character without a meaning of its own"),
    "invisible": ("보이지 않는 문자", "invisible character"),
}


def strange(text: str) -> Iterator[tuple[int, str, str]]:
    """Where a text has a character that is not what it looks like; why, in Korean and English."""
    if text.isascii():
        found = _INVISIBLE.finditer(text)
        yield from ((match.start(), *_invisible(match[0])) for match in found)
        return
    for match in _INVISIBLE.finditer(text):
        yield match.start(), *_invisible(match[0])
    for match in _SHAPED.finditer(text):
        plain = unicodedata.normalize("NFKC", match[0])
        yield (
            match.start(),
            f"모양만 비슷한 문자입니다: ‘{match[0]}’({_code(match[0])}). ‘{plain}’로 적으십시오.",
            f"‘{match[0]}’ ({_code(match[0])}) only looks like ‘{plain}’. Write ‘{plain}’.",
        )
    if _ELSEWHERE.search(text) is None:
        return
    for match in _LETTERS.finditer(text):
        if _ELSEWHERE.search(match[0]):
            yield from ((match.start() + at, ko, en) for at, ko, en in _alike(match[0]))


def _alike(word: str) -> Iterator[tuple[int, str, str]]:
    """The letters of a word that are of another alphabet than most of it; they look the same."""
    alphabets = [script(one) for one in word]
    mixed = _ALPHABETS.intersection(alphabets)
    if len(mixed) < 2:
        return
    own = max(sorted(mixed), key=alphabets.count)
    for at, (letter, alphabet) in enumerate(zip(word, alphabets, strict=True)):
        if alphabet in mixed - {own} and letter not in _QUANTITIES:
            ko, en = _ALPHABET_NAMES.get(alphabet, ("다른 문자", "a letter of another alphabet"))
            yield (
                at,
                f"‘{word}’의 {at + 1}번째 글자 ‘{letter}’({_code(letter)})는 모양만 비슷한 "
                f"{ko}입니다. 낱말을 다시 치십시오.",
                f"Letter {at + 1} of ‘{word}’, ‘{letter}’ ({_code(letter)}), is {en} that only "
                "looks alike. Type the word again.",
            )
            return


def _invisible(character: str) -> tuple[str, str]:
    kind = {"Co": "private", "Cn": "private", "Cc": "control"}.get(unicodedata.category(character))
    if unicodedata.bidirectional(character) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"):
        kind = "direction"
    ko, en = _KINDS[kind or "invisible"]
    name = unicodedata.name(character, "").lower()
    code = f"{_code(character)}, {name}" if name else _code(character)
    return (
        f"{ko}가 있습니다: {code}. 지우십시오.",
        f"There is a{'n' if en[0] in 'aeiou' else ''} {en}: {code}. Delete it.",
    )


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def misencoded(raw: bytes) -> tuple[str, str]:
    """What bytes that are not UTF-8 seem to be, and how to make them so."""
    name, codec = _encoding(raw)
    return (
        f"UTF-8이 아니라 {name} 파일입니다. 메모장에서는 ‘다른 이름으로 저장’의 인코딩에서 "
        f"UTF-8을 고르고, 그 밖에는 다음으로 바꾸십시오: iconv -f {codec} -t UTF-8",
        f"This file is {name}, not UTF-8. In Notepad choose UTF-8 as the encoding in “Save as”; "
        f"elsewhere convert it with: iconv -f {codec} -t UTF-8",
    )


def _encoding(raw: bytes) -> tuple[str, str]:
    """The encoding that bytes have most likely: its name, and what iconv calls it."""
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
            return "CP949(EUC-KR)", "CP949"
    return "Latin-1(Windows-1252)", "WINDOWS-1252"
