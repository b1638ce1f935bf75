"""The checks of the Markdown of narratives: links, and markup that is not accepted."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from html import unescape

from brochure.base.message import Message, hint
from brochure.base.problem import Problem
from brochure.base.urls import linked_page, relative_links
from brochure.load.characters import deceptive_characters
from brochure.load.document import NarrativeFile, Place
from brochure.load.markdown import targets
from brochure.validate.context import ValidationContext

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_OUTSIDE = re.compile(r"https://[^\s/?#]+|mailto:[^\s@]+@[^\s@]+$|tel:\+?[0-9-]+$")
_DOMAIN = re.compile(r"(?://)?(?:www\.[^\s/]+|(?:[\w-]+\.)+(?:com|org|net|eu|int|[a-z]{2}))(?=/|$)")
_MAIL = re.compile(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+")
# Code spans and placeholders, in which marks are only letters.
_LITERAL = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\{\{.*?\}\}", re.DOTALL)
# The characters of the input that a message quotes.
_SHOWN = 60

# A character by its number or name in HTML: &#8238; &zwnj;
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});")
# Markup that is not accepted, with the code of its message.
_MARKUP = (
    (
        re.compile(r"</?[A-Za-z][\w-]*(?:[\s/][^<>]*)?>|<!--|<[!?][A-Za-z\[]"),
        "markup.html",
    ),
    (
        re.compile(r"\{:?\s*(?:[#.][\w-]+|[\w-]+\s*=)[^{}\n]*\}"),
        "markup.attribute-list",
    ),
    (re.compile(r"!\[[^\]]{0,300}\](?=[(\[])"), "markup.image"),
)
# Headings and links that are written in a way that Markdown does not see.
_HEADING = re.compile(r"^(?P<level>#{1,6})(?P<title>[^#\s].*)$", re.MULTILINE)
_ADDRESS = r"(?:https?://|www\.|mailto:|(?:\.\./|[\w-]+/)*[\w-]+\.md\b)"
_SPACE = re.compile(rf"\[(?P<text>[^\[\]\n]{{1,300}})\][ \t]+\((?P<url>{_ADDRESS}[^\s()]*)\)")
_REVERSED = re.compile(rf"\((?P<text>[^()\n]{{1,300}})\)\[(?P<url>{_ADDRESS}[^\s\[\]]*)\]")
_UNCLOSED = re.compile(
    rf"(?<!!)\[(?P<text>[^\[\]\n]{{1,300}})\]\((?P<url>{_ADDRESS}[^\s()]*)(?=\s*$|\s+[^\s\"')])",
    re.MULTILINE,
)
_MISWRITTEN = (
    (_SPACE, "link.space"),
    (_REVERSED, "link.reversed"),
    (_UNCLOSED, "link.unclosed"),
)


def check_markup(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a narrative has no HTML, attribute lists, images or miswritten marks, and no
    reference to a character that a file may not have."""
    for narrative_file in context.repository.narrative_files:
        body = _LITERAL.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), narrative_file.body)
        for pattern, code in _MARKUP:
            for match in pattern.finditer(body):
                text = " ".join(match[0].split())[:_SHOWN]
                yield _problem(narrative_file, match.start(), Message(code, text=text))
        for match in _HEADING.finditer(body):
            right = f"{match['level']} {match['title']}"[:_SHOWN]
            yield _problem(
                narrative_file, match.start(), Message("heading.without-space", right=right)
            )
        for pattern, code in _MISWRITTEN:
            for match in pattern.finditer(body):
                right = f"[{match['text']}]({match['url']})"
                yield _problem(narrative_file, match.start(), Message(code, right=right))
        for reference in _REFERENCE.finditer(narrative_file.body):
            for _, message in deceptive_characters(_referred(reference)):
                yield _problem(narrative_file, reference.start(), message)


def check_links(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a narrative's links lead to a page of the site or to an https, mailto or tel."""
    pages = {page for page, _ in context.narrated}
    for narrative_file in context.repository.narrative_files:
        # Markdown is slow, and most narratives have no link to look for.
        if not re.search(r"[\[<]", narrative_file.body):
            continue
        for target in targets(narrative_file.body):
            if message := _link_message(narrative_file.page, target, pages):
                yield Problem(
                    narrative_file.file, *_place_of_target(narrative_file, target), message
                )


def _link_message(page: str, target: str, pages: set[str]) -> Message | None:
    """The message about a link on a page, or None if it is right. `pages` are those of the site."""
    scheme = _SCHEME.match(target)
    if _OUTSIDE.match(target):
        return None
    if scheme is None:
        if linked_page(page, target) in pages:
            return None
        if _DOMAIN.match(target) and not target.endswith(".md"):
            right = "https://" + target.removeprefix("//")
            return Message("link.without-https", target=target, right=right)
        if _MAIL.fullmatch(target):
            return Message("link.without-mailto", target=target, right=f"mailto:{target}")
        return Message("link.unknown-page", target=target, hint=_page_hint(page, target, pages))
    match scheme[1].lower():
        case "https":
            return Message("link.without-host", target=target)
        case "http":
            return Message("link.http", target=target, right=f"https{target[4:]}")
        case "mailto":
            return Message("link.mail-address", target=target)
        case "tel":
            return Message("link.telephone", target=target)
    return Message("link.scheme", target=target)


def _page_hint(page: str, target: str, pages: set[str]) -> Message:
    """A hint at the page that a link most likely means, if there is one."""
    # As in the address bar of a browser: /en/cities/alba/.
    address = target.strip("/").removesuffix(".html").removesuffix("/index")
    for other in sorted(pages, key=len, reverse=True):
        if f"/{address}".endswith(f"/{other}"):
            return Message("hint.nearest", name=relative_links(page, {other})[0])
    return hint(target, get_close_matches(target, relative_links(page, pages), n=1))


def anchored(
    narrative_files: Iterable[NarrativeFile],
) -> Iterator[tuple[NarrativeFile, str, str, Place]]:
    """Yield each link to a part of a page: its file, the page, the id of the part and its place."""
    for narrative_file in narrative_files:
        if ".md#" in narrative_file.body:
            for target in targets(narrative_file.body):
                page, _, part = target.partition("#")
                linked = linked_page(narrative_file.page, page)
                if part and linked is not None:
                    yield narrative_file, linked, part, _place_of_target(narrative_file, target)


def _referred(reference: re.Match[str]) -> str:
    """Return the characters that a reference stands for in HTML; none for an unknown name."""
    decimal, hexadecimal = reference.groups()
    number = int(decimal) if decimal else int(hexadecimal or "0", 16)
    # Python leaves out control characters, which HTML does not.
    return unescape(reference[0]) or (chr(number) if number <= sys.maxunicode else "")


def _place_of_target(narrative_file: NarrativeFile, target: str) -> Place:
    """The place of a link's target; the first line of the body if it is not found there."""
    body = narrative_file.body
    for mark in ("](", "]: ", "<", ""):
        at = body.find(f"{mark}{target}")
        if at >= 0:
            return _place(narrative_file, at + len(mark))
    for match in re.finditer(r"\]\(\s*<?", body):
        # Its letters may be hidden: &#115; is an s.
        if unescape(body[match.end() : match.end() + 8 * len(target)]).startswith(target):
            return _place(narrative_file, match.end())
    return narrative_file.place(1, 1)


def _problem(narrative_file: NarrativeFile, position: int, message: Message) -> Problem:
    return Problem(narrative_file.file, *_place(narrative_file, position), message)


def _place(narrative_file: NarrativeFile, position: int) -> Place:
    before = narrative_file.body[:position]
    return narrative_file.place(before.count("\n") + 1, position - before.rfind("\n"))
