"""Markdown with closed calls -> safe HTML.

Authors have paragraphs, headings, lists, quotations, emphasis and links. Raw HTML is refused before
(see `validate.narratives`); here it would be shown as text, and nh3 stands behind with a short list
of what may remain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import nh3
from markdown import Markdown
from markdown.extensions.toc import TocExtension
from markupsafe import Markup

from brochure.load.markdown import Authors
from brochure.load.placeholders import BLOCKS, Placeholder

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "strong", "ul",
}  # fmt: skip
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
    for index, call in enumerate(calls):
        mark = f"\ue000{index}\ue001"
        if call.name in (*BLOCKS, "chart"):
            # It stands between paragraphs, not inside the one that its call made.
            mark = f"<p>{mark}</p>"
        html = html.replace(mark, fill(call))
    return Markup(html)
