"""The calls that texts may make."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st
from slips import MARKS

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
def test_any_text_is_calls_or_refused(text: str) -> None:
    """No text breaks the reader of calls; what it lets pass are known calls with a plain name."""
    try:
        parts = parse_placeholders(text)
    except PlaceholderError as error:
        assert 1 <= error.line <= len(re.split(r"\r\n|\r|\n", text))
        assert error.ko and error.en
        return
    for part in parts:
        assert isinstance(part, str) or (
            part.name in ("fact", "number", "chart") and isinstance(part.argument, str)
        )
    if "{" not in text:
        assert parts == (text,)
