"""A document to print, and its versions: with filler pages, composed closer, a chapter alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# What a document calls the photograph of its cover.
PHOTO = "photo.jpg"
# A page of a document that may be left out, so that the count of pages comes right.
_FILLER = re.compile(r"<!--filler-->.*?<!--/filler-->\s*", re.DOTALL)
# A chapter of a document, and its class that says how close it is composed.
_CHAPTER = re.compile(r"<!--chapter ([a-z0-9-]+)-->(.*?)<!--/chapter-->", re.DOTALL)
_BODY = re.compile(r"(?<=<body class=\"brochure\">).*(?=</body>)", re.DOTALL)


@dataclass(frozen=True)
class Brochure:
    """A document to print: its name (`daejeon-ko`), its HTML, and its stylesheets in order.

    The number of its pages is a multiple of `multiple`: see `filled`. `photo` is the file of the
    photograph that its cover shows under the address PHOTO.
    """

    name: str
    html: str
    sheets: tuple[str, ...] = ("print.css",)
    multiple: int = 1
    photo: bytes = field(default=b"", repr=False)


def filled(html: str, count: int) -> str:
    """The document with the first `count` of its filler pages, and without the others.

    A filler is what stands from `<!--filler-->` to `<!--/filler-->`; each makes one page.
    """
    fillers = iter(_FILLER.findall(html)[:count])
    return _FILLER.sub(lambda _: next(fillers, ""), html)


def chapters(html: str) -> dict[str, str]:
    """Each chapter of a document by name, as a document of its own.

    A chapter begins on a new page, so that it falls into the same pages alone. It ends at the
    element `<name>-end`.
    """
    return {
        match[1]: _BODY.sub(lambda _, own=match[0]: own, html)  # type: ignore[misc]
        for match in _CHAPTER.finditer(html)
    }


def composed(html: str, closeness: Mapping[str, int]) -> str:
    """The document with chapters composed closer: 0 is the usual, see `.chapter` in print.css."""

    def closer(match: re.Match[str]) -> str:
        level = closeness.get(match[1], 0)
        return match[0].replace('class="chapter chapter--0"', f'class="chapter chapter--{level}"')

    return _CHAPTER.sub(closer, html)
