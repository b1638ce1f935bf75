"""Render Markdown with placeholders as safe HTML.

Authors have paragraphs, headings, lists, quotations, emphasis and links. The validation rejects raw
HTML (see `validate.narratives`); here it would be shown as text, and nh3 removes everything but the
allowed tags and attributes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import nh3
from markdown import Markdown
from markdown.extensions.toc import TocExtension
from markupsafe import Markup, escape

from brochure.load.markdown import Authors
from brochure.load.placeholders import BLOCKS, Placeholder

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "strong", "ul",
}  # fmt: skip
# A tag as nh3 writes it, with values in double quotes; or the mark of a placeholder in a text.
_TAG_OR_MARK = re.compile('<[^"<>]*(?:"[^"]*"[^"<>]*)*>|\ue000[0-9]+\ue001')
_MARK = re.compile("\ue000([0-9]+)\ue001")
_ATTRIBUTES = {"a": {"href", "title"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}}


def render_markdown(
    parts: Sequence[str | Placeholder],
    anchor: str,
    fill: Callable[[Placeholder], Markup],
    href: Callable[[str], str],
    top: int = 3,
) -> Markup:
    """Return the HTML of a narrative; `##` becomes a heading of the level `top`, and so on.

    `fill` returns the HTML of a placeholder, inserted after sanitising; `href` returns the address
    of the target of a link. Headings get the ids `anchor`, `anchor_1`, …, which are the same in
    every language.
    """
    placeholders = [part for part in parts if isinstance(part, Placeholder)]
    # The validation rejects private-use characters in all input, so no text contains such a mark.
    marks = iter(f"\ue000{index}\ue001" for index in range(len(placeholders)))
    source = "".join(part if isinstance(part, str) else next(marks) for part in parts)
    markdown = Markdown(
        extensions=[
            Authors(href),
            TocExtension(baselevel=top - 1, slugify=lambda *_: anchor, permalink=False, marker=""),
        ],
        output_format="html",
    )
    html = nh3.clean(
        markdown.convert(source),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https", "mailto", "tel"},
        link_rel=None,
    )
    filled = [fill(placeholder) for placeholder in placeholders]
    # A block replaces the whole paragraph of its placeholder.
    blocks = {
        index
        for index, placeholder in enumerate(placeholders)
        if placeholder.name in (*BLOCKS, "chart")
    }

    def replaced(match: re.Match[str]) -> str:
        """Return the HTML of a placeholder in a text, and of one in an attribute the words."""
        if match[0].startswith("<"):
            return _MARK.sub(lambda mark: escape(filled[int(mark[1])].striptags()), match[0])
        index = int(match[0][1:-1])
        return match[0] if index in blocks else filled[index]

    html = _TAG_OR_MARK.sub(replaced, html)
    for index in blocks:
        html = html.replace(f"<p>\ue000{index}\ue001</p>", filled[index])
    return Markup(html)
