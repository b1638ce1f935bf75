"""Whether the elements of a published page are nested as they must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.base.message import Message

# A tag; a comment and an element whose text may look like tags are taken whole.
_MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|textarea|title)\b[^>]*>.*?</\1\s*>"
    r"""|<(/?)([a-zA-Z][^\s/>]*)([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>""",
    re.DOTALL | re.IGNORECASE,
)
# The same where nothing is wrong: an element that holds text alone, one without an end tag, and one
# in a drawing that a slash closes.
_LEAF = re.compile(r"<([a-zA-Z][^\s/<>]*)(?:\s[^<>]*)?(?<!/)>[^<]*</\1>")
_UNREAD = re.compile(r"<!--.*?-->|<(script|style|textarea|title)\b[^>]*>.*?</\1\s*>", re.DOTALL)
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_CLOSED = re.compile(r"<[^<>]*/>")
# Elements without an end tag (HTML Standard, 13.1.2).
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
     "track", "wbr")
)  # fmt: skip
_SINGLE = re.compile(
    r"<!DOCTYPE[^<>]*>|<(?:" + "|".join(sorted(_VOID)) + r")\b[^<>]*>", re.IGNORECASE
)


def nesting(html: str) -> Iterator[tuple[int, Message]]:
    """Line and fault of the first element that is not closed, or closed where it is not open.

    Stricter than HTML, which closes some by itself: what this program makes, it closes.
    """
    if _is_nested(html):
        return
    waiting: list[tuple[str, int]] = []
    drawing = 0
    for tag in _MARKUP.finditer(html):
        _, end, name, rest = tag.groups()
        if name is None or (name := name.lower()) in _VOID:
            continue
        if end:
            if waiting and waiting[-1][0] == name:
                waiting.pop()
                drawing -= name == "svg"
                continue
            inner, start = waiting[-1] if waiting else (name, tag.start())
            line = html.count("\n", 0, tag.start()) + 1
            yield (
                html.count("\n", 0, start) + 1,
                Message("audit.element-not-closed-before", element=inner, end=name, line=str(line)),
            )
            return
        # Only in a drawing does a slash close an element.
        if not (drawing and rest.endswith("/")):
            waiting.append((name, tag.start()))
            drawing += name == "svg"
    for name, start in waiting[-1:]:
        yield html.count("\n", 0, start) + 1, Message("audit.element-not-closed", element=name)


def _is_nested(html: str) -> bool:
    """Whether it is certain that every element is closed: taken off from within, none is left."""
    rest = _UNREAD.sub("", html)
    rest = _DRAWING.sub(lambda drawing: _CLOSED.sub("", drawing[0]), rest)
    rest, found = _SINGLE.sub("", rest), 1
    while found:
        rest, found = _LEAF.subn("", rest)
    return "<" not in rest
