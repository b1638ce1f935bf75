"""YAML: what the loader makes of any file, and what is said of one that is no YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slips import BRUMA, MARKS, Slip, accepted_or_refused, assert_told
from yaml_writer import DATA, Plain, dump

from brochure.base.message import Message, languages
from brochure.base.problem import InputError, Problem
from brochure.load.document import Document
from brochure.load.yaml import parse_yaml, resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("NO", "NO"),
        ("true", True),
        ("False", False),
        ("tRUE", "tRUE"),
        ("null", None),
        ("~", None),
        ("", None),
        ("nil", "nil"),
        ("0", 0),
        ("-17", -17),
        ("+5", 5),
        ("012", 12),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("1:30", "1:30"),
        ("190:20:30", "190:20:30"),
        ("0x10", "0x10"),
        ("0b11", "0b11"),
        ("0o14", "0o14"),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("1e3", Decimal(1000)),
        ("-2.50", Decimal("-2.50")),
        ("6.8523015e+5", Decimal("685230.15")),
        (".", "."),
        ("1.2.3", "1.2.3"),
        (".nan", ".nan"),
        ("2026-11-22", "2026-11-22"),
        ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
        ("+82-42-865-0550", "+82-42-865-0550"),
        ("=", "="),
        ("<<", "<<"),
        ("١٢", "١٢"),
        ("12\n", "12\n"),
    ],
)
def test_a_plain_scalar_is_what_it_looks_like(text: str, value: object) -> None:
    """Types follow YAML 1.2: no Norway, no octal, no sexagesimal, no dates; a decimal is exact.

    Hexadecimal, octal and infinite numbers, which no figure needs, stay text.
    """
    made = resolve(text, plain=True)
    assert (type(made), made) == (type(value), value)
    assert resolve(text, plain=False) == text


@given(data=DATA, flow=st.booleans())
def test_what_is_written_as_yaml_is_read_back(data: Any, flow: bool) -> None:
    """Plain data survives a YAML writer and the loader, in block and in flow style."""
    assert parse_yaml("x.yaml", dump(data, flow=flow)).data == data


@given(
    shape=st.recursive(
        st.none(),
        lambda one: (
            st.lists(one, min_size=1, max_size=4)
            | st.dictionaries(st.integers(), one, min_size=1, max_size=4)
        ),
        max_leaves=12,
    ),
    flow=st.booleans(),
    first_line=st.integers(1, 50),
)
def test_a_place_is_where_the_word_stands(shape: Any, flow: bool, first_line: int) -> None:
    """Line and column of every key and value lead to its own letters in the file."""
    words: Iterator[str] = (f"낱말{number}" for number in range(1000))

    def named(one: Any) -> Any:
        if isinstance(one, dict):
            return {next(words): named(child) for child in one.values()}
        return [named(child) for child in one] if isinstance(one, list) else next(words)

    text = dump(named(shape), flow=flow, dumper=Plain)
    document = parse_yaml("x.yaml", text, first_line)
    lines = text.split("\n")

    def at(place: tuple[int, int]) -> str:
        match = re.match(r"낱말[0-9]+", lines[place[0] - first_line][place[1] - 1 :])
        assert match
        return match[0]

    def check(path: tuple[str | int, ...], value: Any) -> None:
        if isinstance(value, dict):
            for key, child in value.items():
                assert at(document.keys[(*path, key)]) == key
                check((*path, key), child)
        elif isinstance(value, list):
            for index, child in enumerate(value):
                check((*path, index), child)
        else:
            assert at(document.values[path]) == value

    check((), document.data)


@given(text=MARKS)
@example(text="a: " + "[" * 30)
@example(text="a: b\n" * 2)
@example(text="? [a]\n: b")
@example(text="[" * 100_000)
@example(text="? " * 5_000)
@example(text="- " * 5_000)
@example(text="9" * 100_000)
@example(text="a: 1e999999999999")
def test_any_text_is_a_document_or_refused(text: str) -> None:
    """No text breaks the YAML reader: it is one plain document, or it is refused with a place."""
    accepted_or_refused(lambda: parse_yaml("x.yaml", text), Document)


SLIPS = {
    "a key twice": Slip(
        BRUMA,
        "",
        "‸name: {ko: 가, en: a}\n",
        Message("yaml.duplicate-entry", name="name", line="2"),
    ),
    "a tab": Slip(BRUMA, "status:\n  - indicator", "status:\n‸\t- indicator", Message("yaml.tab")),
    "a bracket left open": Slip(
        BRUMA,
        "key_figures: [population]",
        "key_figures: ‸[",
        Message("yaml.unclosed-bracket", mark="[", closing="]"),
    ),
    "a quotation mark left open": Slip(
        BRUMA, "name: {ko: 브루마, en", "name: {ko: ‸'브루마, en", Message("yaml.unclosed-quote")
    ),
    "a quotation mark left open in a line": Slip(
        BRUMA,
        "lead: {ko: 안개 낀 도시., en: A city in the mist.}",
        'lead:\n  ko: 안개 낀 도시.\n  en: ‸"A city',
        Message("yaml.unclosed-quote"),
    ),
    "an apostrophe within quotes": Slip(
        BRUMA,
        "en: A city in the mist.",
        "en: 'It'‸s a city.'",
        Message("yaml.apostrophe-within-text"),
    ),
    "a colon in a text": Slip(
        BRUMA,
        "lead: {ko: 안개 낀 도시., en: A city in the mist.}",
        "lead:\n  ko: 안개 낀 도시.\n  en: A city‸: misty",
        Message("yaml.colon-within-text"),
    ),
    "a text that starts with a mark": Slip(
        BRUMA, "en: A city in the mist.", "en: ‸@alba", Message("yaml.starts-with-mark", mark="@")
    ),
    "a call without quotes": Slip(
        BRUMA,
        "lead: {ko: 안개 낀 도시., en: A city in the mist.}",
        'lead:\n  ko: ‸{{ fact("population") }}\n  en: A city.',
        Message("yaml.placeholder-without-quotes", example="'{{ fact(\"population\") }}'"),
    ),
    "a call without quotes before words": Slip(
        BRUMA,
        "lead: {ko: 안개 낀 도시., en: A city in the mist.}",
        'lead:\n  ko: ‸{{ fact("population") }} 도시\n  en: A city.',
        Message("yaml.placeholder-without-quotes", example="'{{ fact(\"population\") }}'"),
    ),
    "a line without a colon": Slip(BRUMA, "", "‸more\n", Message("yaml.line-without-colon")),
    "a wrong indentation": Slip(
        BRUMA, "    name: {ko: 하늘", "   ‸name: {ko: 하늘", Message("yaml.wrong-indentation")
    ),
    "an anchor": Slip(BRUMA, "lead: {", "lead: ‸&a {", Message("yaml.starts-with-mark", mark="&")),
    "an alias": Slip(
        BRUMA, "accent: '#b3401a'", "accent: ‸*a", Message("yaml.starts-with-mark", mark="*")
    ),
    "a tag": Slip(
        BRUMA,
        "accent: '#b3401a'",
        "accent: ‸!!python/name:os.system",
        Message("yaml.starts-with-mark", mark="!"),
    ),
    "a merge": Slip(BRUMA, "", "‸<<: {a: b}\n", Message("entry.unknown", name="<<")),
    "a second document": Slip(BRUMA, "", "‸---\na: b\n", Message("yaml.second-document")),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_yaml_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)


def problem_of(text: str) -> Problem:
    """The one problem of a text that is no YAML."""
    with pytest.raises(InputError) as refused:
        parse_yaml("x.yaml", text)
    (problem,) = refused.value.problems
    return problem


MARK = "yaml.starts-with-mark"
SYNTAX: dict[str, Message] = {
    # Colons, commas and spaces
    "name‸:Alba\nsource: a\n": Message("yaml.no-space-after-colon"),
    "a: b\nsource‸:handbook\n": Message("yaml.no-space-after-colon"),
    "name: {ko‸:알바, en: Alba}": Message("yaml.no-space-after-colon"),
    "name‸：Alba\nsource: a\n": Message("yaml.full-width-colon"),
    "name‸：{ko: 알바}\n": Message("yaml.full-width-colon"),
    "name: {ko‸：알바, en: Alba}": Message("yaml.full-width-colon"),
    "name: {ko: 알바‸， en: Alba}": Message("yaml.full-width-comma", mark="，"),
    "name: {ko: 알바 ‸en: Alba}\nlead: {ko: a, en: b}": Message("yaml.comma-missing", name="en"),
    "name: {ko: 알바; ‸en: Alba}\nlead: {ko: a, en: b}": Message("yaml.comma-missing", name="en"),
    "name:\n‸\u00a0 ko: 알바\n\u00a0 en: Alba": Message("yaml.other-space"),
    "name:\n‸\u3000ko: 알바\n\u3000en: Alba": Message("yaml.other-space"),
    "a: b\nsource:‸\u00a0handbook\n": Message("yaml.other-space"),
    "name:\n‸\tko: 알바\n": Message("yaml.tab"),
    "name: a\n ‸lead: b\n": Message("yaml.wrong-indentation"),
    "a:\n    b: c\n   ‸d: e\n": Message("yaml.wrong-indentation"),
    # Quotation marks
    "name: ‸“Alba: a city”": Message("yaml.curly-quote", mark="“"),
    "name: {ko: 알바, en: ‸„Alba: a city“}": Message("yaml.curly-quote", mark="„"),
    "‸“name”: Alba": Message("yaml.curly-quote", mark="“"),
    'name: "Alba" ‸city': Message("yaml.quotation-mark-within-text"),
    "name: 'It'‸s'": Message("yaml.apostrophe-within-text"),
    "name: {ko: ‸'알바, en: Alba}\nlead: b": Message("yaml.unclosed-quote"),
    'name: "C:‸\\Alba"': Message("yaml.backslash"),
    # Brackets
    "name: ‸{ko: 알바, en: Alba\nlead: a": Message(
        "yaml.unclosed-bracket", mark="{", closing="}"
    ),
    "names: ‸[a, b\nlead: a": Message("yaml.unclosed-bracket", mark="[", closing="]"),
    "name: {ko: 알바, en: Alba}‸}\nlead: a": Message("yaml.surplus-bracket", mark="}"),
    "name: {ko: 알바, en: Alba ‸{port}}": Message("yaml.bracket-within-text", mark="{"),
    # Texts with a mark that YAML knows
    "name: {ko: 알바, en: Alba‸: a city}": Message("yaml.colon-within-text"),
    "name: {ko: 알바, en: Hall ‸#1}": Message("yaml.comment-within-text"),
    "name: {ko: 알바, en: Hall ‸# 1}": Message("yaml.comment-within-text"),
    "name: Hall ‸#1\nlead: a": Message("yaml.comment-within-text"),
    "accent: ‸#b3401a\nlead: a": Message("yaml.comment-within-text"),
    'lead: {ko: ‸{fact("boats")} 척}': Message(
        "placeholder.single-brace", right='{{ fact("boats") }}'
    ),
    **{
        template.replace("…", f"‸{text}"): Message(MARK, mark=text[0])
        for text in (
            "@a", "%a", "*a", "*a*", "&a", "!a", "`a`", "- a", "? a", "| a", "> a", "[a] b",
            "{a} b",
        )
        for template in ("en: …\nlead: a", "name: {ko: 알바, en: …}")
    },
    # Numbers that YAML cuts in two, or takes for something else
    "{value: ‸1,400,000, unit: a}": Message(
        "number.with-commas", value="1,400,000", number="1400000"
    ),
    "{value: ‸1,400,400, unit: a}": Message(
        "number.with-commas", value="1,400,400", number="1400400"
    ),
    "{value: ‸1,4, unit: a}": Message("number.decimal-comma", value="1,4", number="1.4"),
    "{value: ‸1.400,5}": Message("number.with-points", value="1.400,5", number="1400.5"),
    "value: ‸>500\nunit: a": Message(
        "number.with-bound", value=">500", number="500", bound="more-than"
    ),
    "{value: ‸>=500, unit: a}": Message(
        "number.with-bound", value=">=500", number="500", bound="at-least"
    ),
    # Lines that are none
    "a: b\n‸more\nc: d": Message("yaml.line-without-colon"),
    "a: b\n‸source = x\nc: d": Message("yaml.line-without-colon"),
    "‸// a comment\na: b": Message("yaml.other-comment"),
    "‸<!-- a comment -->\na: b": Message("yaml.other-comment"),
    "a: b\n‸---\na: b\n": Message("yaml.second-document"),
    "a: b\n‸a: c\n": Message("yaml.duplicate-entry", name="a", line="1"),
}  # fmt: skip


@pytest.mark.parametrize("text", SYNTAX)
def test_a_slip_of_syntax_has_its_own_message(text: str) -> None:
    """The message names the mistake that was made, at its place; nothing else is reported."""
    before = text[: text.index("‸")]
    problem = problem_of(text.replace("‸", ""))
    assert problem.message == SYNTAX[text]
    assert (problem.line, problem.column) == (
        before.count("\n") + 1,
        len(before) - before.rfind("\n"),
    )
    for language in languages():
        assert problem.text(language)


@pytest.mark.parametrize(
    "text",
    [
        "source: handbook # of its words\n",
        "# Hall #1\nname: a\n",
        "name: 'Hall #1'\n",
        "name: Hall#1\n",
        "url: https://a.example/b:c\n",
        'name: {"ko":"알바", en: "Alba: a city"}\n',
        "names: [1,2]\n",
        "lead: “A city”\n",
    ],
)
def test_what_is_meant_is_left_alone(text: str) -> None:
    """Comments, addresses, tight quotes and quotations are no mistakes."""
    parse_yaml("x.yaml", text)
