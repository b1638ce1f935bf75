"""Markdown with closed calls -> safe HTML.

Authors have paragraphs, headings, lists, quotations, emphasis and links. Raw HTML is refused before
(see `validate.narratives`); here it would be shown as text, and nh3 stands behind with a short list
of what may remain.
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
    """The HTML of a narrative; its `##` become `<h3>`, or the level `top`, and so on down.

    `fill` gives the HTML of a placeholder, put in after sanitising; `href` turns the target
    of a link into its address. Headings get the ids `anchor`, `anchor_1`, …, which are the same in
    every language.
    """
    calls = [part for part in parts if isinstance(part, Placeholder)]
    # Private-use characters are refused in all input, so a mark can only be one of these.
    marks = iter(f"\ue000{index}\ue001" for index in range(len(calls)))
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
    filled = [fill(call) for call in calls]
    # A block stands between paragraphs, not inside the one that its call made.
    blocks = {n for n, call in enumerate(calls) if call.name in (*BLOCKS, "chart")}

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
