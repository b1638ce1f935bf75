"""Markdown as authors may write it: without HTML; and where its links lead."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE


class _Links(Treeprocessor):
    """Rewrites the address of every link."""

    def __init__(self, md: Markdown, href: Callable[[str], str]) -> None:
        super().__init__(md)
        self._href = href

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            link.set("href", self._href(link.get("href", "")))


class Authors(Extension):
    """Takes raw HTML away from Markdown and hands its links to `href`."""

    def __init__(self, href: Callable[[str], str]) -> None:
        super().__init__()
        self._href = href

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 named by Markdown
        """Take out what makes HTML of HTML, and register what rewrites links."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_Links(md, self._href), "links", 0)


def targets(body: str) -> list[str]:
    """The target of every link of a narrative, as Markdown finds them: each once, in order."""
    found: dict[str, None] = {}

    def note(target: str) -> str:
        # Markdown hides the letters of a mail address behind its own mark for `&`.
        found[unescape(target.replace(AMP_SUBSTITUTE, "&"))] = None
        return target

    Markdown(extensions=[Authors(note)]).convert(body)
    return list(found)
