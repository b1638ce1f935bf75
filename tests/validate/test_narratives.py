"""Narratives: their calls, links and markup, and the entries of the news."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import ALBA, ALBA_EN, ALBA_KO, BRUMA, NEWS_EN, Slip, assert_told

SLIPS = {
    "an unknown fact in a narrative": Slip(
        ALBA_EN, '{{ fact("population") }}', '‸{{ fact("popluation") }}', "‘population’"
    ),
    "an unknown fact in a text": Slip(
        ALBA, """en: 'A port that ranks {{ fact("port-rank") }}'""",
        """en: ‸'A port that ranks {{ fact("port-rnak") }}'""", "‘port-rank’"
    ),
    "an unknown chart": Slip(
        ALBA_KO, '{{ chart("campus") }}', '‸{{ chart("campsu") }}', "‘campus’"
    ),
    "an expression": Slip(ALBA_EN, "**Bold**", "‸{{ 1+1 }}", "{{ fact("),
    "an attribute": Slip(ALBA_EN, "**Bold**", '‸{{ fact("population").__class__ }}', "{{ fact("),
    "a call that takes space away": Slip(
        ALBA_EN, "**Bold**", '‸{{- fact("population") -}}', "{{ fact("
    ),
    "a call that is too long": Slip(
        ALBA_EN, "**Bold**", '‸{{ fact("population"' + " " * 200 + ") }}", "{{ fact("
    ),
    "calls without number": Slip(
        ALBA_EN,
        "**Bold**",
        '{{ number("population") }}\n\n' * 999 + '‸{{ fact("population") }}',
        "1000",
    ),
    "a filter": Slip(ALBA_EN, "**Bold**", '‸{{ fact("population") | upper }}', "{{ fact("),
    "a name": Slip(ALBA_EN, "**Bold**", "‸{{ config }}", "{{ fact("),
    "a loop": Slip(ALBA_EN, "**Bold**", "‸{% for x in [1] %}a{% endfor %}", "{{ fact("),
    "an include": Slip(ALBA_EN, "**Bold**", '‸{% include "x" %}', "{{ fact("),
    "a comment": Slip(ALBA_EN, "**Bold**", "‸{# a #}", "{{ fact("),
    "an unknown call": Slip(ALBA_EN, "**Bold**", '‸{{ fcat("population") }}', "{{ fact("),
    "a call without its end": Slip(ALBA_EN, "**Bold**", '‸{{ fact("population")', "{{ fact("),
    "an expression in a text": Slip(
        BRUMA, "en: A city in the mist.", "en: ‸'{{ 1+1 }}'", "{{ fact("
    ),
    "a broken link": Slip(
        ALBA_EN, "(bruma.md)", "(‸burma.md)", ("‘bruma.md’입니까", "Did you mean ‘bruma.md’")
    ),
    "a link out of the site": Slip(
        ALBA_EN, "[Bruma](bruma.md)", "[Bruma](‸../../../etc/passwd.md)", "../../../etc/passwd.md"
    ),
    "a link that runs code": Slip(
        ALBA_EN, "[Bruma](bruma.md)", "[Bruma](‸javascript:alert(1))", "javascript:alert"
    ),
    "a link to no part of a page": Slip(
        ALBA_EN, "(../compare.md#matrix)", "(‸../compare.md#matirx)", "‘matrix’"
    ),
    "a link that is not https": Slip(
        ALBA_EN, "https://example.org/", "‸http://example.org/", "http://example.org/"
    ),
    "a link to the web without https": Slip(
        ALBA_EN, "https://example.org/", "‸//example.org/", "//example.org/"
    ),
    "an address that is no link": Slip(ALBA_EN, "**Bold**", "<‸http://a.b/>", "http://a.b/"),
    "a link whose letters are hidden": Slip(
        ALBA_EN, "(bruma.md)", "(‸java&#115;cript:alert(1))", "javascript"
    ),
    "a link without a host": Slip(ALBA_EN, "https://example.org/", "‸https:///x", "https:///x"),
    "raw HTML": Slip(ALBA_EN, "**Bold**", "‸<b>Bold", ("**글**", "**bold**")),
    "a script": Slip(ALBA_EN, "- One", "‸<script >alert(1)", ("HTML", "HTML")),
    "a comment in HTML": Slip(ALBA_EN, "**Bold**", "‸<!-- a -->", ("HTML", "HTML")),
    "HTML over two lines": Slip(ALBA_EN, "**Bold**", "‸<img\nsrc=x onerror=a>", "<img src=x"),
    "an attribute list": Slip(
        ALBA_EN, "## Research", "## Research ‸{ #__config }", ("속성 목록", "Attribute lists")
    ),
    "an attribute list after a word": Slip(
        ALBA_EN, "**Bold**", "**Bold**‸{: onclick=alert(1) }", ("속성 목록", "Attribute lists")
    ),
    "a paragraph of brackets": Slip(
        ALBA_EN, "- One", "‸" + "[ " * 101 + "\n\n- One", ("빈 줄로", "an empty line")
    ),
    "a paragraph of many lines": Slip(
        ALBA_EN, "- One", "‸---\n" + "---\n" * 100 + "\n- One", ("빈 줄로", "an empty line")
    ),
    "an image": Slip(ALBA_EN, "**Bold**", "‸![a](b.png)", ("photo", "photo")),
    "a broken link by reference": Slip(
        ALBA_EN, "", "\nSee [Bruma][b].\n\n[b]: ‸burma.md\n", "burma.md"
    ),
    "an unknown entry in the front matter": Slip(
        ALBA_EN, "title: From", "‸titel: From", ("‘title’입니까", "Did you mean ‘title’")
    ),
    "news without a source": Slip(
        NEWS_EN,
        "title: The first meeting\ndescription: The first meeting was held\nsource: handbook\n",
        "‸title: The first meeting\ndescription: The first meeting was held\n",
        ("출처(source)", "needs a source"),
    ),
    "news of an unknown source": Slip(
        NEWS_EN, "source: handbook", "source: ‸handbok", "‘handbook’"
    ),
    "a source of what is no news": Slip(
        "content/note/index.en.md",
        "title: A note\n",
        "title: A note\nsource: ‸handbook\n",
        ("소식의 글에만", "Only an entry of the news"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_a_narrative_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)
