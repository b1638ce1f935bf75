"""Records: what is said of an entry that is missing, unknown or of another kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from slips import ALBA, BRUMA, Slip, assert_told, nearest
from support import ROOT

from brochure.base.message import Message
from brochure.load.document import Document
from brochure.load.record import FORMS, parse_record
from brochure.load.yaml import parse_yaml
from brochure.model.records import (
    Alliance,
    City,
    Configuration,
    Dossier,
    FrontMatter,
    Press,
    Source,
    StillRight,
    Vocabulary,
)

SLIPS = {
    "a number in quotes": Slip(
        BRUMA,
        "value: 51234",
        "value: ‸'51,234'",
        Message("number.with-commas", value="51,234", number="51234"),
    ),
    "a number with commas": Slip(
        BRUMA, "value: 51234", "value: ‸51,234", Message("number.with-commas", number="51234")
    ),
    "a number with commas on its own line": Slip(
        ALBA,
        "value: 8400",
        "value: ‸8,400",
        Message("number.with-commas", value="8,400", number="8400"),
    ),
    "a truth for a number": Slip(
        BRUMA, "value: 51234", "value: ‸true", Message("number.expected", value="true")
    ),
    "a number for a text": Slip(
        BRUMA,
        "name: {ko: 브루마, en: Bruma}",
        "name: {ko: ‸1, en: Bruma}",
        Message("text.needs-quotes", value="1"),
    ),
    "a text for a list": Slip(
        BRUMA,
        "key_figures: [population]",
        "key_figures: ‸population",
        Message("list.expected", name="key_figures", value="population"),
    ),
    "too many key figures": Slip(
        ALBA,
        "key_figures: [population, per-head, history, growth]",
        "key_figures: ‸[population, per-head, history, growth, area]",
        Message("list.too-long", limit=4),
    ),
    "no key figure": Slip(
        BRUMA, "key_figures: [population]", "key_figures: ‸[]", Message("list.too-short", limit=1)
    ),
    "a colour by name": Slip(
        BRUMA, "accent: '#b3401a'", "accent: ‸red", Message("colour.form", value="red")
    ),
    "a latitude beyond the pole": Slip(
        BRUMA, "latitude: -33.4", "latitude: ‸-90.5", Message("number.too-small", limit="-90")
    ),
    "an unknown key": Slip(
        BRUMA,
        "unit: person",
        "‸unti: person",
        Message("entry.unknown", name="unti", hint=nearest("unit")),
    ),
    "an unknown key at the top": Slip(
        BRUMA,
        "accent:",
        "‸acent:",
        Message("entry.unknown", name="acent", hint=nearest("accent")),
    ),
    "a key left out": Slip(
        BRUMA,
        "{indicator: population, value: 51234, ",
        "‸{indicator: population, ",
        Message("entry.missing", name="value"),
    ),
    "a scope that does not exist": Slip(
        ALBA,
        "year: 2025, scope: city",
        "year: 2025, scope: ‸cite",
        Message("value.not-accepted", value="cite", hint=nearest("city")),
    ),
    "a bound that does not exist": Slip(
        ALBA,
        "bound: about",
        "bound: ‸abut",
        Message("value.not-accepted", value="abut", hint=nearest("about")),
    ),
    "a year as text": Slip(
        ALBA,
        "year: 2025",
        "year: ‸about 2025",
        Message("year.with-words", value="about 2025", year="2025"),
    ),
    "a year out of range": Slip(
        ALBA, "year: 2025", "year: ‸20255", Message("number.too-large", limit="2100")
    ),
    "a year to come of a projection’s text": Slip(
        ALBA, "year: 2025", "projected: ‸soon, year: 2027", Message("truth.expected", value="soon")
    ),
    "a year long ago": Slip(
        ALBA, "year: 2025", "year: ‸1899", Message("number.too-small", limit="1900")
    ),
    "a source without a licence": Slip(
        "data/sources.yaml",
        "  licence: CC BY 4.0\n",
        "",
        Message("entry.missing", name="licence"),
        told="data/sources.yaml",
    ),
    "a source without a date": Slip(
        "data/sources.yaml",
        "  date: 2025-06-01\n",
        "",
        Message("entry.missing", name="date"),
        told="data/sources.yaml",
    ),
    "a text without a language": Slip(
        BRUMA,
        "name: {ko: 브루마, en: Bruma}",
        "name: ‸{ko: 브루마}",
        Message("text.language-missing", languages=["en"]),
    ),
    "a text that is blank": Slip(
        BRUMA,
        "name: {ko: 브루마, en: Bruma}",
        "name: ‸{ko: 브루마, en: ' '}",
        Message("text.language-empty", languages=["en"]),
    ),
    "a text in a language too many": Slip(
        BRUMA,
        "name: {ko: 브루마, en: Bruma}",
        "name: ‸{ko: 브루마, en: Bruma, de: Bruma}",
        Message("text.unknown-language", languages=["de"]),
    ),
    "a date in words": Slip(
        "data/sources.yaml",
        "date: 2024-12-31",
        "date: ‸31 December",
        Message("date.expected", value="31 December"),
    ),
    "a date that does not exist": Slip(
        "data/alliance.yaml",
        "begins: 2025-12-30",
        "begins: ‸2025-12-32",
        Message("date.no-such-day", date="2025-12-32"),
    ),
    "an address that is not https": Slip(
        "data/sources.yaml",
        "url: https:",
        "url: ‸http:",
        Message("address.not-https", value="http://gazetteer.example/"),
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_an_entry_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)


# Edits of the tiny city: what is replaced, by what, and what is said of it at ‸.
EDITS = {
    # Values of another type
    ("name: {ko: 브루마, en: Bruma}", "name: ‸Bruma"): Message(
        "text.without-languages", name="name", example="{ko: …, en: …}"
    ),
    ("name: {ko: 브루마, en: Bruma}", "name:‸"): Message("entry.empty", name="name"),
    ("{ko: 브루마, en", "{ko: ‸, en"): Message("entry.empty", name="ko"),
    ("en: Bruma}", "en: ‸true}"): Message("text.needs-quotes", value="true"),
    ("en: Bruma}", "en: ‸2026}"): Message("text.needs-quotes", value="2026"),
    ("en: Bruma}", "en: ‸[Bruma]}"): Message("value.is-list", name="en"),
    ("value: 51234", "value: ‸[51234]"): Message("value.is-list", name="value"),
    ("value: 51234", "value: ‸{of: 51234}"): Message("value.is-entries", name="value"),
    ("value: 51234", "value: ‸"): Message("entry.empty", name="value"),
    ("value: 51234", "value: ‸'51234'"): Message("number.in-quotes", number="51234"),
    ("value: 51234", "value: ‸60%"): Message(
        "number.with-percent-sign", value="60%", number="60"
    ),
    ("value: 51234", "value: ‸140만"): Message(
        "number.with-scale-word", value="140만", number="1400000"
    ),
    ("value: 51234", "value: ‸약 140만"): Message(
        "number.with-bound", value="약 140만", number="1400000", bound="about"
    ),
    ("value: 51234", "value: ‸12 km²"): Message(
        "number.with-unit", value="12 km²", number="12", unit="km²"
    ),
    ("unit: person", "unit: person, year: ‸2022년"): Message(
        "year.with-words", value="2022년", year="2022"
    ),
    ("unit: person", "unit: person, projected: ‸ja"): Message(
        "truth.other-word", value="ja", truth="true"
    ),
    ("unit: person", "unit: person, projected: ‸'true'"): Message(
        "truth.in-quotes", truth="true"
    ),
    ("key_figures: [population]", "key_figures: ‸population"): Message(
        "list.expected", name="key_figures", value="population"
    ),
    ("key_figures: [population]", "key_figures: ‸［population］"): Message(
        "yaml.full-width-bracket", mark="［"
    ),
    ("key_figures: [population]", "key_figures: [‸population、area]"): Message(
        "yaml.full-width-comma", mark="、"
    ),
    ("  - id: sky\n", "    ‸id: sky\n"): Message("list.is-entries", name="industries"),
    ("  population: {indicator", "  ‸- population: {indicator"): Message(
        "entry.is-list", name="figures"
    ),
    ("location: {latitude: -33.4, longitude: -70.6, source: gazetteer}", "location: ‸here"):
        Message("entry.without-entries", name="location", value="here"),
    # Languages
    ("name: {ko: 브루마", "name: ‸{kr: 브루마"): Message(
        "text.unknown-language", languages=["kr"]
    ),
    # Names and forms
    ("key_figures: [population]", "key_figures: [‸Population]"): Message(
        "name.form", name="Population", hint=nearest("population")
    ),
    ("key_figures: [population]", "key_figures: [‸per_head]"): Message(
        "name.form", name="per_head", hint=nearest("per-head")
    ),
    ("key_figures: [population]", "key_figures: [‸인구]"): Message(
        "name.form", name="인구", hint=Message("hint.none")
    ),
    ("key_figures: [population]", "key_figures: [‸“population”]"): Message(
        "value.curly-quotes", value="“population”", bare="population"
    ),
    ("unit: person", "unit: ‸km²"): Message("name.form", name="km²", hint=nearest("km2")),
    ("accent: '#b3401a'", "accent: ‸'#B3401A'"): Message("colour.form", value="#B3401A"),
    ("accent: '#b3401a'", "accent: ‸“#b3401a”"): Message(
        "value.curly-quotes", value="“#b3401a”", bare="#b3401a"
    ),
    ("accent: '#b3401a'", "‸Accent: '#b3401a'"): Message(
        "entry.unknown", name="Accent", hint=nearest("accent")
    ),
    # Indentation
    ("status:\n", "    ‸key_figures: [population]\nstatus:\n"): Message(
        "entry.indented-too-far", name="key_figures"
    ),
    ("name: {ko: 브루마, en: Bruma}", "name:\n‸ko: 브루마\nen: Bruma"): Message(
        "entry.indented-too-little", name="ko"
    ),
    ("source: handbook}\n", "source: handbook}\n  ‸scope: city\n"): Message(
        "entry.indented-too-little", name="scope"
    ),
    ("    figures: [population]\n\n", "    figures: [population]\n‸items: []\n\n"): Message(
        "entry.indented-too-little", name="items"
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_a_slip_in_a_city_has_its_own_message(edit: tuple[str, str]) -> None:
    """The message names the mistake that was made, at its place, and nothing else is reported."""
    old, new = edit
    text = (ROOT / "tests/fixtures/miniature" / BRUMA).read_text(encoding="utf-8")
    if edit[0].startswith("status"):
        # An entry of a figure that is written in lines.
        figure = (
            "  population: {indicator: population, value: 51234, unit: person, source: handbook}"
        )
        text = text.replace(figure, figure.replace("{", "\n    ").replace(", ", "\n    ")[:-1])
        text = text.replace("key_figures: [population]\n", "").replace(
            "handbook\n\nstatus", "handbook\nstatus"
        )
    assert text.count(old) == 1
    text = text.replace(old, new)
    before = text[: text.index("‸")]
    document = parse_yaml(BRUMA, text.replace("‸", ""))
    record, problems = parse_record(City, document, ("ko", "en"))
    assert record is None
    (problem,) = set(problems)
    assert problem.message == EDITS[edit]
    assert (problem.line, problem.column) == (
        before.count("\n") + 1,
        len(before) - before.rfind("\n"),
    )


def source(date: str = "unstated", retrieved: str = "2026-01-01") -> Document:
    """A source with these dates; `retrieved` stands on the last line."""
    return parse_yaml(
        "x.yaml",
        "title: {ko: 가}\npublisher: {ko: 가}\nlicence: a\n"
        f"date: {date}\nretrieved: {retrieved}\n",
    )


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("22.11.2026", Message("date.other-form", value="22.11.2026", date="2026-11-22")),
        ("2026/11/22", Message("date.other-form", value="2026/11/22", date="2026-11-22")),
        ("20261122", Message("date.other-form", value="20261122", date="2026-11-22")),
        ("2026년 11월", Message("date.day-expected", value="2026년 11월")),
        ("2026-11", Message("date.day-expected", value="2026-11")),
        ("2026-11-31", Message("date.no-such-day", date="2026-11-31")),
        ("", Message("entry.empty", name="retrieved")),
    ],
)
def test_a_day_is_written_in_one_form(day: str, message: Message) -> None:
    """A day in another form is told in the right one; a day that does not exist is told as that."""
    _, problems = parse_record(Source, source(retrieved=day), ("ko",))
    (problem,) = problems
    assert problem.message == message
    assert problem.line == 5


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("2026년 11월", Message("date.other-form", value="2026년 11월", date="2026-11")),
        ("2026.11", Message("date.other-form", value="2026.11", date="2026-11")),
        ("November 2026", Message("date.other-form", value="November 2026", date="2026-11")),
        ("2026-13", Message("date.no-such-day", date="2026-13")),
        ("last year", Message("date.expected", value="last year")),
    ],
)
def test_a_date_may_be_a_month(date: str, message: Message) -> None:
    """Where a month is enough, the right form of a month is told."""
    _, problems = parse_record(Source, source(date=date), ("ko",))
    (problem,) = problems
    assert problem.message == message


def test_an_empty_file_is_told_as_one() -> None:
    """A file without any entry is told as empty."""
    _, problems = parse_record(City, parse_yaml("x.yaml", "# nothing\n"), ("ko",))
    assert [problem.message for problem in problems] == [Message("file.empty")]


def patterns(schema: Any) -> set[str]:
    """Every pattern in a JSON schema."""
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*map(patterns, schema.values()))
    return set[str]().union(*map(patterns, schema)) if isinstance(schema, list) else set()


@pytest.mark.parametrize(
    "kind",
    [City, Alliance, Dossier, Vocabulary, Press, Source, StillRight, FrontMatter, Configuration],
)
def test_each_form_has_its_message(kind: type[BaseModel]) -> None:
    """Each pattern of a record is told by a code of its own, never as a pattern."""
    days = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    assert patterns(kind.model_json_schema()) - {days} <= set(FORMS)
