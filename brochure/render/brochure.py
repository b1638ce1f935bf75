"""A document for print, and its variants: with filler pages, set closer, a chapter alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# The address of the photograph of the cover in a document.
PHOTO = "photo.jpg"
# A page that is left out unless the number of pages needs it.
_FILLER = re.compile(r"<!--filler-->.*?<!--/filler-->\s*", re.DOTALL)
# A chapter of a document, which has a class for its line spacing.
_CHAPTER = re.compile(r"<!--chapter ([a-z0-9-]+)-->(.*?)<!--/chapter-->", re.DOTALL)
_BODY = re.compile(r"(?<=<body class=\"brochure\">).*(?=</body>)", re.DOTALL)


@dataclass(frozen=True)
class Brochure:
    """A document for print: its name (`daejeon-ko`), HTML and stylesheets in order.

    Its number of pages is to be a multiple of `multiple`: see `filled`. `photo` are the bytes of
    the photograph of its cover, which has the address PHOTO.
    """

    name: str
    html: str
    sheets: tuple[str, ...] = ("print.css",)
    multiple: int = 1
    photo: bytes = field(default=b"", repr=False)


def filled(html: str, count: int) -> str:
    """Return the document with only the first `count` of its filler pages.

    A filler is the part from `<!--filler-->` to `<!--/filler-->`; each makes one page.
    """
    fillers = iter(_FILLER.findall(html)[:count])
    return _FILLER.sub(lambda _: next(fillers, ""), html)


def chapters(html: str) -> dict[str, str]:
    """Return each chapter of a document by name, as a document of its own.

    A chapter begins on a new page, so it takes the same pages when it is printed alone. The element
    `<name>-end` marks its end.
    """
    documents = {}
    for chapter in _CHAPTER.finditer(html):
        body = _BODY.search(html)
        assert body is not None
        documents[chapter[1]] = html[: body.start()] + chapter[0] + html[body.end() :]
    return documents


def composed(html: str, closeness: Mapping[str, int]) -> str:
    """Return the document with the chapters set closer, each by its level.

    Level 0, without closer lines, is the default: see `.chapter` in print.css.
    """

    def set_level(chapter: re.Match[str]) -> str:
        level = closeness.get(chapter[1], 0)
        return chapter[0].replace('class="chapter chapter--0"', f'class="chapter chapter--{level}"')

    return _CHAPTER.sub(set_level, html)
