"""The mistakes that authors make in placeholders, each with the form that would be right.

What is written is read leniently: a name, brackets or none, quotation marks of any kind, and what
they hold. The first that is not as in `{{ fact("area") }}` is the mistake.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from brochure.base.message import Message, hint

# Quotation marks of word processors and of other languages.
_QUOTES = "“”„‟‘’‚‛«»‹›「」『』`´"
# Brackets and quotation marks as an East Asian keyboard writes them.
_WIDE = "｛｝（）［］＂＇："
_NARROW = str.maketrans(_WIDE, "{}()[]\"':")
_STRAIGHT = str.maketrans(dict.fromkeys(_QUOTES, '"'))
# What is looked at of a line, in characters: more than the longest placeholder.
_LONGEST = 300

_CALL = re.compile(
    r"""\{*(?P<dash>[-+]?)\s*(?P<name>[^\W\d][\w-]*)\s*(?P<open>[(\[:.]?)\s*
    (?:(?P<opened>["'])(?P<quoted>[^"'()\[\]{}]*)(?P<closed>["']?)|(?P<bare>[\w-]*))\s*
    (?P<close>[)\]]?)(?P<rest>[^{}]*)""",
    re.VERBOSE,
)
_ATTRIBUTES = re.compile(r"\{#[\w-]+\s*\}(?!\})")


@dataclass(frozen=True)
class StrayPlaceholder:
    """A placeholder that is written in a way that Jinja does not see.

    `start` is the index of its first character; `message` has the form that is right.
    """

    start: int
    message: Message


def mistake(source: str, known: Sequence[str]) -> Message:
    """The mistake in a text that begins with `{{`, `{%` or `{#` and with no placeholder.

    `known` are the names of placeholders.
    """
    if source.startswith("{%"):
        return Message("placeholder.template-tag", right=_form("fact", "population"))
    if source.startswith("{#"):
        if match := _ATTRIBUTES.match(source):
            return Message("markup.attribute-list", text=match[0])
        return Message("placeholder.comment")
    right = right_form(source, known)
    if "}}" not in source.partition("\n")[0] or "{{" in source[2 : source.find("}}")]:
        return Message("placeholder.unclosed", right=right)
    return _mistake_within(source[: source.find("}}") + 2], known, right)


def right_form(source: str, known: Sequence[str]) -> str:
    """The placeholder that an author most likely meant: `{{ fact("area") }}`."""
    match = _CALL.match(_plain(source[:_LONGEST]))
    if match is None:
        return _form("fact", "population")
    name, argument = match["name"], (match["quoted"] or match["bare"] or "").strip()
    if name in known:
        return _form(name, argument or "…")
    if not argument:
        return _form("fact", name)
    return _form((get_close_matches(name, known, n=1) or ["fact"])[0], argument)


def _form(name: str, argument: str) -> str:
    return f'{{{{ {name}("{argument}") }}}}'


def _plain(source: str) -> str:
    return source.translate(_NARROW).translate(_STRAIGHT)


def _mistake_within(source: str, known: Sequence[str], right: str) -> Message:
    """The mistake between the braces of `{{ … }}`."""
    match = _CALL.match(_plain(source))
    if match is None or match.end() < len(source) - 2:
        return Message("placeholder.not-one", right=right if match else _form("fact", "population"))
    if match["dash"] or source[-3] in "+-":
        return Message("placeholder.dash", right=right)
    name, rest = match["name"], match["rest"].strip()
    if name not in known:
        if not match["quoted"] and not match["bare"] and not rest:
            return Message("placeholder.without-call", name=name, right=right)
        return Message("placeholder.unknown", name=name, hint=hint(name, known), right=right)
    if any(character in source for character in _WIDE):
        return Message("placeholder.full-width", right=right)
    if any(character in source for character in _QUOTES):
        return Message("placeholder.curly-quotes", right=right)
    if match["open"] == "[" or match["close"] == "]":
        return Message("placeholder.square-brackets", right=right)
    if match["open"] != "(" or (match["close"] != ")" and not rest):
        return Message("placeholder.missing-parentheses", right=right)
    if not match["opened"] or not match["closed"] or rest.strip(")") in ('"', "'"):
        return Message("placeholder.missing-quotes", right=right)
    if rest := rest if match["close"] else rest.removesuffix(")"):
        return Message("placeholder.something-more", rest=rest, right=right)
    return Message("placeholder.not-one", right=right)


def stray_placeholders(
    text: str, known: Sequence[str], figures: Collection[str]
) -> Iterator[StrayPlaceholder]:
    """Yield the placeholders of a text that Jinja does not see, such as `{fact("area")}`.

    `text` has no `{{` but in right placeholders; `figures` are the figures that it may name.
    """
    without = re.sub(r"\{\{.*?\}\}", lambda match: "\ufffc" * len(match[0]), text, flags=re.DOTALL)
    plain = _plain(without)
    names = "|".join(known)
    for match in re.finditer(
        rf"""(?P<brace>\{{\{{?)\s*(?P<name>[^\W\d][\w-]*)(?:\s*[:(\["'\}}]|\s+[\w-]+\s*\}})
        |(?P<square>\[\[\s*(?:{names})\b|\[\s*(?:{names})\s*\(\s*["'])
        |(?<![\w.{{\[])(?:{names})\(\s*["'][\w-]+["']\s*\)""",
        plain,
        re.VERBOSE,
    ):
        start, source = match.start(), plain[match.start() :].partition("\n")[0]
        name = match["name"]
        if name and name not in known and not _is_attempt(match[0], name, figures):
            continue
        right = right_form(source.lstrip("{["), known)
        if match["brace"] and without[start] != "{":
            message = Message("placeholder.full-width", right=right)
        elif match["brace"]:
            message = Message("placeholder.single-brace", right=right)
        elif match["square"]:
            message = Message("placeholder.square-brackets", right=right)
        else:
            message = Message("placeholder.without-braces", right=right)
        yield StrayPlaceholder(start, message)


def _is_attempt(written: str, name: str, figures: Collection[str]) -> bool:
    """True if a word in a brace is meant as a placeholder: {indicator:area}, {population}."""
    if written.endswith("}"):
        return name in figures
    return written[-1] in ":(["
