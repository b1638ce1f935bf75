"""The placeholders that texts may have."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slips import MARKS

from brochure.base.message import languages
from brochure.load.placeholder_mistakes import stray_placeholders
from brochure.load.placeholders import PLACEHOLDERS as KNOWN
from brochure.load.placeholders import PlaceholderError, parse_placeholders

PLACEHOLDERS = st.lists(
    st.sampled_from(
        [
            *("{{", "}}", "{%", "%}", "{#", "#}", "(", ")", "[", "]", '"', "'", ".", "|", ",", "="),
            *("fact", "number", "chart", "raw", "endraw", "for", "in", "end", "a", "b-c", "가"),
            *("1", "+", "-", "~", "%", "_", "*", "\\", " ", "\n"),
        ]
    )
).map("".join)


@given(text=PLACEHOLDERS | MARKS)
@example(text="{{ " + "(" * 20_000)
@example(text="{{ " + "-" * 20_000 + "1 }}")
@example(text="{{ " + "9" * 5_000 + " }}")
@example(text='{{ fact("\\N{nothing}") }}')
@example(text="{% raw %}{{ x }}{% endraw %}")
@example(text="{{ fact(fact('a')) }}")
@example(text="{{ 1 }}" * 2_000)
def test_any_text_has_placeholders_or_is_refused(text: str) -> None:
    """No text breaks the parser; what it accepts are known placeholders with a plain name. What it
    refuses has a message in every language."""
    try:
        parts = parse_placeholders(text)
    except PlaceholderError as error:
        assert 1 <= error.line <= len(re.split(r"\r\n|\r|\n", text))
        assert all(error.message.text(language) for language in languages())
        return
    for part in parts:
        assert isinstance(part, str) or (
            part.name in ("fact", "number", "chart") and isinstance(part.argument, str)
        )
    if "{" not in text:
        assert parts == (text,)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ('{fact("area")}', 'fact("area")'),
        ("{fact('area')}}", 'fact("area")'),
        ("{ number: area }", 'number("area")'),
        ("{indicator:area", 'fact("area")'),
        ("{fact area}", 'fact("area")'),
        ("{area}", 'fact("area")'),
        ("[[ fact(“area”) ]]", 'fact("area")'),
        ('[fact("area")]', 'fact("area")'),
        ("｛｛ fact（＂area＂） ｝｝", 'fact("area")'),
        ('so fact("area") is', 'fact("area")'),
    ],
)
def test_what_is_meant_as_a_placeholder_is_found(written: str, right: str) -> None:
    """A placeholder that would be printed as it stands is found, with the form that is right."""
    parse_placeholders(written)
    (stray,) = stray_placeholders(written, KNOWN, {"area"})
    assert dict(stray.message.parameters)["right"] == f"{{{{ {right} }}}}"
    assert written[stray.start] in "{[｛f"


@pytest.mark.parametrize(
    "text",
    [
        "{n} #1",
        "a {b} c",
        "a set {1, 2}",
        "in [brackets](x.md) and [[1]]",
        "the number (2) and the table (3)",
        '{{ fact("area") }} and {{ number("area") }}',
    ],
)
def test_ordinary_braces_and_brackets_are_none(text: str) -> None:
    """Braces and brackets that are not meant as a placeholder are only characters."""
    assert list(stray_placeholders(text, KNOWN, {"area"})) == []


@given(text=PLACEHOLDERS | MARKS)
def test_any_text_can_be_searched(text: str) -> None:
    """No text breaks the search, and each find is within the text and has its messages."""
    for stray in stray_placeholders(text, KNOWN, {"a"}):
        assert 0 <= stray.start < len(text)
        assert all(stray.message.text(language) for language in languages())
