"""Line breaking in print: characters that forbid breaks in Korean words, numbers and last lines."""

from __future__ import annotations

import re

from brochure.base.text_width import em_width

# The parts that `keep_words_whole` does not change.
_OPAQUE = re.compile(r"(<title>.*?</title>|<svg\b.*?</svg>|<[^>]*>|&[#\w]+;)", re.DOTALL)
# The places inside a Korean word where a line might break.
_WITHIN_WORD = re.compile(r"(?<=[^\s\u2060])(?=[가-힣])|(?<=[가-힣])(?=[^\s\u2060])")
_HANGUL = re.compile("[가-힣]")
# The parts of a long compound: 대전·도르트문트·말라가.
_PIECE = re.compile(r"[^·,/]+[·,/]*|[·,/]+")
_INLINE = re.compile(r"</?(?:a|em|span|strong|sup)\b")
# The space between a number and its unit, or its power of ten, and between a word and its number.
_UNIT = re.compile(
    r"(?<=\d) (?=km²|m²|(?:mm|million|billion|trillion)\b)"
    r"|(?<=[\d만억조]) (?=명|달러)|(?<=약) (?=\d)"
)
# The last words of a paragraph, and the space before them.
_LAST_WORDS = re.compile(r"(?: [^\s<>&]+){1,4}(?=</p>)")
# A run of more characters than this is no word and may break anywhere.
LONGEST_WORD = 20

# The least width of the last line of a paragraph, in em.
_MIN_LAST_LINE = 5.0


def keep_words_whole(html: str) -> str:
    """Return the HTML with U+2060 between the characters of each Korean word.

    WeasyPrint ignores `word-break: keep-all` and would break a word after any syllable. Titles,
    styles and drawings are not changed; a run too long to be a word breaks after its middle dots,
    commas and slashes. No-break spaces join short last words of a paragraph, and a number and its
    unit.
    """
    parts = _OPAQUE.split(_LAST_WORDS.sub(lambda match: bind_last_words(match[0]), html))
    before = " "
    for n, part in enumerate(parts):
        if n % 2:
            before = before if _INLINE.match(part) else " "
        elif part:
            # A word continues across inline tags: `<span>559개</span>가`, `비중<sup>1</sup>`.
            within = not before.isspace() and not part[0].isspace()
            joiner = "\u2060" if within and _HANGUL.search(before + part[0]) else ""
            parts[n] = joiner + re.sub(r"\S+", _join_word, _UNIT.sub("\u00a0", part))
            before = part[-1]
    return "".join(parts)


def _join_word(match: re.Match[str]) -> str:
    word = match[0]
    if len(word) <= LONGEST_WORD:
        return _WITHIN_WORD.sub("\u2060", word)
    # A longer compound may break after its punctuation.
    pieces = _PIECE.findall(word)
    return "".join(
        piece if len(piece) > LONGEST_WORD else _WITHIN_WORD.sub("\u2060", piece)
        for piece in pieces
    )


def bind_last_words(text: str) -> str:
    """Return the text with no-break spaces before short last words, to avoid a short last line."""
    head, space, last = text.rpartition(" ")
    while space and em_width(last) < _MIN_LAST_LINE:
        head, space, before = head.rpartition(" ")
        last = f"{before}\u00a0{last}"
    return f"{head}{space}{last}"
