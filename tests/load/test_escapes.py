"""Escapes: no way of writing brings a character into a text that a file may not have."""

from __future__ import annotations

import pytest

from brochure.base.problem import InputError
from brochure.load.yaml import parse_yaml

# A control character, one that turns the direction of text, one for private use, one of no width.
HIDDEN = [r"\x1b", r"\0", r"\u202e", r"\uE000", r"\u200b", r"\U000E0041"]


@pytest.mark.parametrize("escape", HIDDEN)
@pytest.mark.parametrize("text", ['a: 1\nb: "{}"', 'a: 1\n"{}": b', 'a:\n- ["{}"]'])
def test_an_escape_of_a_hidden_character_is_refused(escape: str, text: str) -> None:
    """In a value, a key and a list; the problem is where the scalar begins."""
    source = text.format(f"x{escape}y")
    with pytest.raises(InputError) as raised:
        parse_yaml("data/a.yaml", source)
    (problem,) = raised.value.problems
    line = source.split("\n")[problem.line - 1]
    assert line[problem.column - 1 :].startswith('"x\\')


def test_escapes_of_other_characters_are_read() -> None:
    """Line breaks, quotation marks and letters may be written as escapes."""
    assert parse_yaml("data/a.yaml", r'"a\tb\n\"\u00e9\uac00"').data == 'a\tb\n"é가'


def test_a_backslash_is_no_escape_in_single_quotes() -> None:
    """There it stands for itself."""
    assert parse_yaml("data/a.yaml", r"'\u202e'").data == r"\u202e"
