"""Markdown of narratives -> HTML: where placeholders are filled in, and with what."""

from __future__ import annotations

import pytest
from lxml import html
from markupsafe import Markup

from brochure.load.placeholders import Placeholder, parse_placeholders
from brochure.render.markdown import render_markdown

FILLED = Markup('<b class="fact" title="a &gt; b">1 &lt; 2 &amp; "3"</b>')


def rendered(body: str) -> str:
    """Return the HTML of a narrative, each placeholder filled with FILLED."""

    def fill(placeholder: Placeholder) -> Markup:
        return FILLED

    return str(render_markdown(parse_placeholders(body), "part", fill, str))


@pytest.mark.parametrize(
    "body", ['a {{ fact("x") }} b', '[{{ fact("x") }}](https://a.example/)', '`{{ fact("x") }}`']
)
def test_a_placeholder_in_a_text_is_filled_with_html(body: str) -> None:
    """In a sentence, in the words of a link, and in code."""
    assert FILLED in rendered(body)


@pytest.mark.parametrize(
    ("body", "attribute", "value"),
    [
        ('[a](https://a.example/ "b {{ fact("x") }} c")', "title", 'b 1 < 2 & "3" c'),
        ('[a](<https://a.example/{{ fact("x") }}>)', "href", 'https://a.example/1 < 2 & "3"'),
    ],
    ids=["title", "address"],
)
def test_a_placeholder_in_an_attribute_is_filled_with_words(
    body: str, attribute: str, value: str
) -> None:
    """The HTML of a figure would end the attribute, and begin elements of its own."""
    (paragraph,) = html.fragments_fromstring(rendered(body))
    (link,) = paragraph
    assert set(link.keys()) <= {"href", "title"} and len(link) == 0
    assert link.get(attribute) == value


def test_a_block_stands_between_paragraphs() -> None:
    """The paragraph that its call made gives way to it."""
    assert rendered('a\n\n{{ table("x") }}\n\nb') == f"<p>a</p>\n{FILLED}\n<p>b</p>"
