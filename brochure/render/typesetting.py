"""Line breaking on paper: what a line may not break."""

from __future__ import annotations

import re

from brochure.base.text_width import ems

# What `joined` leaves alone, and the places inside a Korean word where a line might break.
_OPAQUE = re.compile(r"(<title>.*?</title>|<svg\b.*?</svg>|<[^>]*>|&[#\w]+;)", re.DOTALL)
_WITHIN_WORD = re.compile(r"(?<=[^\s\u2060])(?=[가-힣])|(?<=[가-힣])(?=[^\s\u2060])")
_HANGUL = re.compile("[가-힣]")
# The pieces of a long compound: 대전·도르트문트·말라가.
_PIECE = re.compile(r"[^·,/]+[·,/]*|[·,/]+")
_INLINE = re.compile(r"</?(?:a|em|span|strong|sup)\b")
# The space between a number and its unit, or its power of ten, and between a word and its number.
_UNIT = re.compile(
    r"(?<=\d) (?=km²|m²|(?:mm|million|billion|trillion)\b)"
    r"|(?<=[\d만억조]) (?=명|달러)|(?<=약) (?=\d)"
)
# The last words of a paragraph, and the space before them.
_LAST_WORDS = re.compile(r"(?: [^\s<>&]+){1,4}(?=</p>)")
# A longer run than this is no word: it may break where it must.
LONGEST_WORD = 20

# What is shorter than this, in em, may not be a last line.
_LONELY = 5.0


def joined(html: str) -> str:
    """The HTML with the characters inside each Korean word held together by U+2060.

    The PDF engine ignores `word-break: keep-all` and would break a word after any syllable.
    Titles, styles and drawings stay as they are; a run too long to be a word breaks behind its
    middle dots, commas and slashes. The last words of a paragraph are bound together while they
    are short, and a number to its unit.
    """
    parts = _OPAQUE.split(_LAST_WORDS.sub(lambda match: held(match[0]), html))
    before = " "
    for n, part in enumerate(parts):
        if n % 2:
            before = before if _INLINE.match(part) else " "
        elif part:
            # A word goes on through the tags inside it: `<span>559개</span>가`, `비중<sup>1</sup>`.
            within = not before.isspace() and not part[0].isspace()
            link = "\u2060" if within and _HANGUL.search(before + part[0]) else ""
            parts[n] = link + re.sub(r"\S+", _joined_word, _UNIT.sub("\u00a0", part))
            before = part[-1]
    return "".join(parts)


def _joined_word(match: re.Match[str]) -> str:
    word = match[0]
    if len(word) <= LONGEST_WORD:
        return _WITHIN_WORD.sub("\u2060", word)
    # A longer compound may break behind its own marks.
    pieces = _PIECE.findall(word)
    return "".join(
        piece if len(piece) > LONGEST_WORD else _WITHIN_WORD.sub("\u2060", piece)
        for piece in pieces
    )


def held(text: str) -> str:
    """The text with short last words bound to the one before, so that they never stand alone."""
    head, space, last = text.rpartition(" ")
    while space and ems(last) < _LONELY:
        head, space, before = head.rpartition(" ")
        last = f"{before}\u00a0{last}"
    return f"{head}{space}{last}"
