"""Narratives: their calls, links and markup, and the entries of the news."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import ALBA, ALBA_EN, ALBA_KO, BRUMA, NEWS_EN, Slip, assert_told, nearest

from brochure.base.message import Message

SLIPS = {
    "an unknown fact in a narrative": Slip(
        ALBA_EN,
        '{{ fact("population") }}',
        '‸{{ fact("popluation") }}',
        Message("placeholder.unknown-figure", name="popluation", hint=nearest("population")),
    ),
    "an unknown fact in a text": Slip(
        ALBA,
        """en: 'A port that ranks {{ fact("port-rank") }}'""",
        """en: ‸'A port that ranks {{ fact("port-rnak") }}'""",
        Message("placeholder.unknown-figure", name="port-rnak", hint=nearest("port-rank")),
    ),
    "an unknown chart": Slip(
        ALBA_KO,
        '{{ chart("campus") }}',
        '‸{{ chart("campsu") }}',
        Message("placeholder.unknown-chart", name="campsu", hint=nearest("campus")),
    ),
    "an expression": Slip(
        ALBA_EN,
        "**Bold**",
        "‸{{ 1+1 }}",
        Message("placeholder.not-one", right='{{ fact("population") }}'),
    ),
    "an attribute": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{ fact("population").__class__ }}',
        Message("placeholder.something-more", rest=".__class__", right='{{ fact("population") }}'),
    ),
    "a call that takes space away": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{- fact("population") -}}',
        Message("placeholder.dash", right='{{ fact("population") }}'),
    ),
    "a call that is too long": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{ fact("population"' + " " * 200 + ") }}",
        Message("placeholder.too-long", most=200, right='{{ fact("population") }}'),
    ),
    "calls without number": Slip(
        ALBA_EN,
        "**Bold**",
        '{{ number("population") }}\n\n' * 999 + '‸{{ fact("population") }}',
        Message("placeholder.too-many", most=1000),
    ),
    "a filter": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{ fact("population") | upper }}',
        Message("placeholder.something-more", rest="| upper", right='{{ fact("population") }}'),
    ),
    "a name": Slip(
        ALBA_EN,
        "**Bold**",
        "‸{{ config }}",
        Message("placeholder.without-call", name="config", right='{{ fact("config") }}'),
    ),
    "a loop": Slip(
        ALBA_EN,
        "**Bold**",
        "‸{% for x in [1] %}a{% endfor %}",
        Message("placeholder.template-tag", right='{{ fact("population") }}'),
    ),
    "an include": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{% include "x" %}',
        Message("placeholder.template-tag", right='{{ fact("population") }}'),
    ),
    "a comment": Slip(ALBA_EN, "**Bold**", "‸{# a #}", Message("placeholder.comment")),
    "an unknown call": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{ fcat("population") }}',
        Message(
            "placeholder.unknown",
            name="fcat",
            hint=nearest("fact"),
            right='{{ fact("population") }}',
        ),
    ),
    "a call without its end": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{ fact("population")',
        Message("placeholder.unclosed", right='{{ fact("population") }}'),
    ),
    "an expression in a text": Slip(
        BRUMA,
        "en: A city in the mist.",
        "en: ‸'{{ 1+1 }}'",
        Message("placeholder.not-one", right='{{ fact("population") }}'),
    ),
    "a broken link": Slip(
        ALBA_EN,
        "(bruma.md)",
        "(‸burma.md)",
        Message("link.unknown-page", target="burma.md", hint=nearest("bruma.md")),
    ),
    "a link out of the site": Slip(
        ALBA_EN,
        "[Bruma](bruma.md)",
        "[Bruma](‸../../../etc/passwd.md)",
        Message("link.unknown-page", target="../../../etc/passwd.md"),
    ),
    "a link that runs code": Slip(
        ALBA_EN,
        "[Bruma](bruma.md)",
        "[Bruma](‸javascript:alert(1))",
        Message("link.scheme", target="javascript:alert(1)"),
    ),
    "a link to no part of a page": Slip(
        ALBA_EN,
        "(../compare.md#matrix)",
        "(‸../compare.md#matirx)",
        Message("anchor.unknown", page="compare", anchor="matirx", hint=nearest("matrix")),
    ),
    "a link that is not https": Slip(
        ALBA_EN,
        "https://example.org/",
        "‸http://example.org/",
        Message("link.http", target="http://example.org/", right="https://example.org/"),
    ),
    "a link to the web without https": Slip(
        ALBA_EN,
        "https://example.org/",
        "‸//example.org/",
        Message("link.without-https", target="//example.org/", right="https://example.org/"),
    ),
    "an address that is no link": Slip(
        ALBA_EN,
        "**Bold**",
        "<‸http://a.b/>",
        Message("link.http", target="http://a.b/", right="https://a.b/"),
    ),
    "a link whose letters are hidden": Slip(
        ALBA_EN,
        "(bruma.md)",
        "(‸java&#115;cript:alert(1))",
        Message("link.scheme", target="javascript:alert(1)"),
    ),
    "a link without a host": Slip(
        ALBA_EN,
        "https://example.org/",
        "‸https:///x",
        Message("link.without-host", target="https:///x"),
    ),
    "a figure with one brace": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{fact("area")}',
        Message("placeholder.single-brace", right='{{ fact("area") }}'),
    ),
    "a figure with one brace in a text": Slip(
        BRUMA,
        "en: A city in the mist.",
        "en: ‸'{fact(\"population\")} in the mist.'",
        Message("placeholder.single-brace", right='{{ fact("population") }}'),
    ),
    "a name in one brace": Slip(
        ALBA_EN,
        "**Bold**",
        "It has ‸{population}",
        Message("placeholder.single-brace", right='{{ fact("population") }}'),
    ),
    "an indicator in one brace left open": Slip(
        ALBA_EN,
        "**Bold**",
        "It has ‸{indicator:area today",
        Message("placeholder.single-brace", right='{{ fact("area") }}'),
    ),
    "an indicator with a colon": Slip(
        ALBA_EN,
        "**Bold**",
        "‸{{ indicator:area }}",
        Message("placeholder.unknown", name="indicator", right='{{ fact("area") }}'),
    ),
    "a call closed by one brace": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{ fact("area") } and {{ fact("students") }}',
        Message("placeholder.unclosed", right='{{ fact("area") }}'),
    ),
    "curly quotation marks": Slip(
        ALBA_EN,
        "**Bold**",
        "‸{{ fact(“area”) }}",
        Message("placeholder.curly-quotes", right='{{ fact("area") }}'),
    ),
    "German quotation marks": Slip(
        ALBA_EN,
        "**Bold**",
        "‸{{ fact(„area“) }}",
        Message("placeholder.curly-quotes", right='{{ fact("area") }}'),
    ),
    "square brackets around a name": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{ fact["area"] }}',
        Message("placeholder.square-brackets", right='{{ fact("area") }}'),
    ),
    "square brackets in place of braces": Slip(
        ALBA_EN,
        "**Bold**",
        '‸[[ fact("area") ]]',
        Message("placeholder.square-brackets", right='{{ fact("area") }}'),
    ),
    "no quotation marks": Slip(
        ALBA_EN,
        "**Bold**",
        "‸{{ fact(area) }}",
        Message("placeholder.missing-quotes", right='{{ fact("area") }}'),
    ),
    "one quotation mark": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{ fact(area") }}',
        Message("placeholder.missing-quotes", right='{{ fact("area") }}'),
    ),
    "no parentheses": Slip(
        ALBA_EN,
        "**Bold**",
        "‸{{fact area}}",
        Message("placeholder.missing-parentheses", right='{{ fact("area") }}'),
    ),
    "one parenthesis": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{ fact("area" }}',
        Message("placeholder.missing-parentheses", right='{{ fact("area") }}'),
    ),
    "no braces": Slip(
        ALBA_EN,
        "**Bold**",
        'Alba has ‸fact("area")',
        Message("placeholder.without-braces", right='{{ fact("area") }}'),
    ),
    "full-width brackets": Slip(
        ALBA_KO,
        "**굵게**",
        "‸{{ fact（＂area＂） }}",
        Message("placeholder.full-width", right='{{ fact("area") }}'),
    ),
    "full-width braces": Slip(
        ALBA_KO,
        "**굵게**",
        '‸｛｛ fact("area") ｝｝',
        Message("placeholder.full-width", right='{{ fact("area") }}'),
    ),
    "a figure by its label": Slip(
        ALBA_KO,
        "**굵게**",
        '‸{{ fact("항만 순위") }}',
        Message("placeholder.figure-by-label", label="항만 순위", right='{{ fact("port-rank") }}'),
    ),
    "a figure by the label of its indicator": Slip(
        ALBA_EN,
        '{{ fact("population") }}',
        '‸{{ fact("Population") }}',
        Message("placeholder.figure-by-label", right='{{ fact("population") }}'),
    ),
    "two names": Slip(
        ALBA_EN,
        "**Bold**",
        '‸{{ fact("area", "population") }}',
        Message("placeholder.something-more", rest=', "population"'),
    ),
    "a chart in a text of a data file": Slip(
        BRUMA,
        "en: A city in the mist.",
        "en: ‸'{{ chart(\"campus\") }}'",
        Message("placeholder.only-figures", name="chart"),
    ),
    "a figure with one brace in a name": Slip(
        BRUMA,
        "en: Bruma}",
        "en: ‸'{fact(\"population\")}'}",
        Message("placeholder.only-words"),
    ),
    "an id of a heading": Slip(
        ALBA_EN,
        "## Research",
        "## Research ‸{#research}",
        Message("markup.attribute-list", text="{#research}"),
    ),
    "a heading without a space": Slip(
        ALBA_EN,
        "## Research",
        "‸##Research",
        Message("heading.without-space", right="## Research"),
    ),
    "a link with a space": Slip(
        ALBA_EN,
        "[Bruma](bruma.md)",
        "‸[Bruma] (bruma.md)",
        Message("link.space", right="[Bruma](bruma.md)"),
    ),
    "a link the wrong way round": Slip(
        ALBA_EN,
        "[Bruma](bruma.md)",
        "‸(Bruma)[bruma.md]",
        Message("link.reversed", right="[Bruma](bruma.md)"),
    ),
    "a link left open": Slip(
        ALBA_EN,
        "[Bruma](bruma.md) and",
        "‸[Bruma](bruma.md and",
        Message("link.unclosed", right="[Bruma](bruma.md)"),
    ),
    "a link to www": Slip(
        ALBA_EN,
        "https://example.org/",
        "‸www.example.org/a",
        Message(
            "link.without-https", target="www.example.org/a", right="https://www.example.org/a"
        ),
    ),
    "a link to a domain": Slip(
        ALBA_EN,
        "https://example.org/",
        "‸example.de",
        Message("link.without-https", right="https://example.de"),
    ),
    "a link to a mail address": Slip(
        ALBA_EN,
        "https://example.org/",
        "‸info@example.org",
        Message("link.without-mailto", right="mailto:info@example.org"),
    ),
    "a link to half a mail address": Slip(
        ALBA_EN,
        "https://example.org/",
        "‸mailto:info",
        Message("link.mail-address", target="mailto:info"),
    ),
    "a link to a telephone number with brackets": Slip(
        ALBA_EN,
        "https://example.org/",
        "‸tel:+82.42.865",
        Message("link.telephone", target="tel:+82.42.865"),
    ),
    "a link by the address of a page": Slip(
        ALBA_EN,
        "(bruma.md)",
        "(‸/en/cities/bruma/)",
        Message("link.unknown-page", hint=nearest("bruma.md")),
    ),
    "a link without its ending": Slip(
        ALBA_EN,
        "(bruma.md)",
        "(‸bruma)",
        Message("link.unknown-page", hint=nearest("bruma.md")),
    ),
    "raw HTML": Slip(ALBA_EN, "**Bold**", "‸<b>Bold", Message("markup.html", text="<b>")),
    "a script": Slip(
        ALBA_EN, "- One", "‸<script >alert(1)", Message("markup.html", text="<script >")
    ),
    "a comment in HTML": Slip(
        ALBA_EN, "**Bold**", "‸<!-- a -->", Message("markup.html", text="<!--")
    ),
    "HTML over two lines": Slip(
        ALBA_EN,
        "**Bold**",
        "‸<img\nsrc=x onerror=a>",
        Message("markup.html", text="<img src=x onerror=a>"),
    ),
    "an attribute list": Slip(
        ALBA_EN,
        "## Research",
        "## Research ‸{ #__config }",
        Message("markup.attribute-list", text="{ #__config }"),
    ),
    "an attribute list after a word": Slip(
        ALBA_EN,
        "**Bold**",
        "**Bold**‸{: onclick=alert(1) }",
        Message("markup.attribute-list", text="{: onclick=alert(1) }"),
    ),
    "a paragraph of brackets": Slip(
        ALBA_EN,
        "- One",
        "‸" + "[ " * 101 + "\n\n- One",
        Message("narrative.long-paragraph", lines=100, marks=100),
    ),
    "a paragraph of many lines": Slip(
        ALBA_EN,
        "- One",
        "‸---\n" + "---\n" * 100 + "\n- One",
        Message("narrative.long-paragraph", lines=100, marks=100),
    ),
    "an image": Slip(ALBA_EN, "**Bold**", "‸![a](b.png)", Message("markup.image", text="![a]")),
    "a broken link by reference": Slip(
        ALBA_EN,
        "",
        "\nSee [Bruma][b].\n\n[b]: ‸burma.md\n",
        Message("link.unknown-page", target="burma.md", hint=nearest("bruma.md")),
    ),
    "an unknown entry in the front matter": Slip(
        ALBA_EN,
        "title: From",
        "‸titel: From",
        Message("entry.unknown", name="titel", hint=nearest("title")),
    ),
    "news without a source": Slip(
        NEWS_EN,
        "title: The first meeting\ndescription: The first meeting was held\nsource: handbook\n",
        "‸title: The first meeting\ndescription: The first meeting was held\n",
        Message("news.without-source"),
    ),
    "news of an unknown source": Slip(
        NEWS_EN,
        "source: handbook",
        "source: ‸handbok",
        Message("source.unknown", name="handbok", hint=nearest("handbook")),
    ),
    "a source of what is no news": Slip(
        "content/note/index.en.md",
        "title: A note\n",
        "title: A note\nsource: ‸handbook\n",
        Message("news.source-of-another-page"),
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_a_narrative_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)
