"""Input: what the loader makes of any file, and what a clerk is told of a mistake.

The mistakes are made in a copy of `tests/fixtures/miniature/`, so that no edit of real data
breaks a test; the last ones are made in a copy of the real repository, with `build.py` as a
process.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from support import ROOT, contents, copy_input, copy_miniature, run_build

from brochure.base.cache import Cache
from brochure.base.problem import InputError, Problem
from brochure.cli.main import main
from brochure.load.characters import strange
from brochure.load.document import Document, NarrativeFile
from brochure.load.narrative import parse_narrative
from brochure.load.placeholders import PlaceholderError, parse_placeholders
from brochure.load.repository import Repository, load
from brochure.load.text import read
from brochure.load.yaml import parse_yaml, resolve
from brochure.localize.catalog import localize
from brochure.model.records import Catalog
from brochure.pipeline import publication, publish_brochures, publish_pages, quiet
from brochure.publish.release import Release
from brochure.render.documents import brochures
from brochure.render.pages import Templates, pages
from brochure.validate.validate import validate
from charts import Chart, grid, ranking

STUDY = "data/dossiers/study.yaml"

# YAML


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


class Dumper(yaml.SafeDumper):
    """Writes data so that a reader of YAML 1.2 finds the same: every text is quoted."""

    quote: str | None = '"'

    def ignore_aliases(self, data: Any) -> bool:
        return True


Dumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, dumper.quote)
)
Dumper.add_representer(
    Decimal, lambda dumper, n: dumper.represent_scalar("tag:yaml.org,2002:float", f"{n:.6f}")
)


class Plain(Dumper):
    """The same without quotes."""

    quote = None


def dump(data: Any, *, flow: bool = False, dumper: type[Dumper] = Dumper) -> str:
    return yaml.dump(
        data, Dumper=dumper, allow_unicode=True, default_flow_style=flow, sort_keys=False
    )


# Without characters that no file may have: a YAML writer makes escapes of some, which are refused.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"])).filter(
    lambda text: not any(strange(text))
)
SCALARS = (
    WORDS
    | st.integers(-(10**30), 10**30)
    | st.decimals(-(10**9), 10**9, places=6)
    | st.booleans()
    | st.none()
)
DATA = st.recursive(
    SCALARS,
    lambda one: st.lists(one, max_size=4) | st.dictionaries(WORDS, one, max_size=4),
    max_leaves=12,
)


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


# What YAML, Markdown and Jinja treat specially, so that fuzzing meets it.
MARKS = st.text(
    st.sampled_from(
        list("abc가 \n\t\r-:?[]{}&*!|>%#'\"\\/,.0129eExX_~@`=()+\x00\x07\x85\u2028\ufeff\ue000")
    )
    | st.characters(codec="utf-8")
)


def accepted_or_refused(make: Callable[[], Any], kind: type) -> Any:
    """What is made, or the refusal, whose every problem has a place and words in two languages."""
    try:
        made = make()
    except InputError as refused:
        assert refused.problems
        for problem in refused.problems:
            assert problem.line >= 1 and problem.column >= 1
            assert problem.ko and problem.en
        return refused
    assert isinstance(made, kind)
    return made


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


@given(text=MARKS)
@example(text="---\n---")
@example(text="---\na: [\n---\nb")
def test_any_text_is_a_manuscript_or_refused(text: str) -> None:
    """No text breaks the reader of narratives, whether or not it has front matter."""
    for whole in (text, f"---\n{text}", f"---\ntitle: a\n---\n{text}"):
        accepted_or_refused(
            lambda whole=whole: parse_narrative("content/a.ko.md", whole),  # type: ignore[misc]
            NarrativeFile,
        )


@given(raw=st.binary() | MARKS.map(str.encode) | MARKS.map(lambda t: t.encode("utf-16")))
@example(raw=b"\xff\xfea\x00")
@example(raw=b"a: \xc0\xeb\xc0\xfc\n")
@example(raw=b"#" * 1_000_001)
def test_any_bytes_are_text_or_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    """No bytes break the reader: they are UTF-8 text, or are refused."""
    file = tmp_path_factory.getbasetemp() / "x.yaml"
    file.write_bytes(raw)
    text = accepted_or_refused(lambda: read(file.parent, file), str)
    if isinstance(text, str):
        accepted_or_refused(lambda: parse_yaml("x.yaml", text), Document)


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


@cache
def tiny() -> Repository:
    """The tiny repository, with the words and the templates of the real one."""
    own, real = load(ROOT / "tests/fixtures/miniature"), load(ROOT)
    assert not own.problems and not real.problems
    rest = {
        name: one
        for name, one in real.documents.items()
        if not name.startswith(("data/cities/", "data/dossiers/"))
    }
    return replace(
        real, documents=rest | own.documents, narrative_files=own.narrative_files, photos=own.photos
    )


@cache
def templates() -> Templates:
    return Templates(tiny().templates)


def places(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every part of a document, itself included."""
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else []
    )
    return [path, *(found for key, child in inner for found in places(child, (*path, key)))]


def replaced(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """The data with the part at `path` replaced, or removed where the value is `...`."""
    if not path:
        return None if value is ... else value
    if isinstance(data, dict):
        changed = {k: replaced(v, path[1:], value) if k == path[0] else v for k, v in data.items()}
        if len(path) == 1 and value is ...:
            del changed[path[0]]
        return changed
    changed_list = [replaced(v, path[1:], value) if i == path[0] else v for i, v in enumerate(data)]
    if len(path) == 1 and value is ...:
        del changed_list[path[0]]  # type: ignore[arg-type]
    return changed_list


# A text where a number stands, a mapping where a list does, names of nothing, and the like; `...`
# takes the value away.
ODD = st.sampled_from(
    [
        *(..., None, "", " ", "a", "daejeon", "handbook", "unstated", "{n}", "{", "{{ 1 }}"),
        *(0, -1, 1, 2026, 10**30, Decimal("0.1"), Decimal("1e30"), True),
        *([], {}, [1], ["a"], {"a": 1}, {"ko": "가", "en": "a"}, {"ko": "가"}, {"ko": 1, "en": 2}),
        *({"ko": "가", "en": "a", "de": "ä"}, {"ko": '{{ fact("x") }}', "en": "a"}),
        *('{{ fact("population") }}', "2026-01-01", "https://a.b/"),
    ]
)


def outcome(name: str, data: Any) -> Any:
    """The catalog of the tiny repository with one document replaced, or the refusal."""
    document = parse_yaml(name, dump(data))
    changed = replace(tiny(), documents=tiny().documents | {name: document})
    return accepted_or_refused(lambda: validate(changed), Catalog)


def published(catalog: Any, draw: Callable[[Chart], Markup]) -> None:
    """Make every page and brochure of a catalog, if it is one."""
    if isinstance(catalog, Catalog):
        for locale in catalog.settings.locales:
            edition = localize(catalog, locale)
            list(pages(edition, templates(), draw))
            list(brochures(edition, templates(), draw, catalog.photos.__getitem__))


def undrawn(_: Chart) -> Markup:
    return Markup("<svg></svg>")


def test_the_tiny_repository_is_in_order() -> None:
    """What the odd values are put into is published as it is."""
    published(validate(tiny()), undrawn)


@settings(max_examples=100)
@given(data=st.data())
def test_one_odd_value_is_refused_or_published(data: st.DataObject) -> None:
    """Whatever one value of the data is changed into: it is refused with a place, or every page
    and brochure is made from it. Nothing else may happen."""
    name = data.draw(st.sampled_from(sorted(tiny().documents)), label="file")
    before = tiny().documents[name].data
    path = data.draw(st.sampled_from(places(before)), label="place")
    value = data.draw(ODD, label="value")
    published(outcome(name, replaced(before, path, value)), undrawn)


def drawn_in_part(chart: Chart) -> Markup:
    """The drawing of a table of a dossier; of the others, none, which are dear."""
    kinds = {"ranking": ranking, "grid": grid}
    return Markup(kinds[chart.kind].draw(chart)) if chart.kind in kinds else undrawn(chart)


@settings(max_examples=120)
@given(data=st.data())
def test_an_odd_value_of_a_dossier_is_refused_or_drawn(data: st.DataObject) -> None:
    """Whatever one value of a dossier is changed into, also into another name of it: it is
    refused with a place, or every table is set and every plot drawn."""
    before = tiny().documents[STUDY].data
    path = data.draw(st.sampled_from(places(before)), label="place")
    names = [key for place in places(before) for key in place if isinstance(key, str)]
    known = st.sampled_from(sorted({*names}))
    value = data.draw(ODD | known | st.lists(known, max_size=3), label="value")
    published(outcome(STUDY, replaced(before, path, value)), drawn_in_part)


@settings(max_examples=100)
@given(data=st.data())
def test_an_odd_setting_is_refused_or_read(data: st.DataObject) -> None:
    """Whatever a value of mkdocs.yml is changed into, reading it ends in settings or a refusal."""
    before = tiny().documents["mkdocs.yml"].data
    path = data.draw(st.sampled_from(places(before)), label="place")
    outcome("mkdocs.yml", replaced(before, path, data.draw(ODD, label="value")))


# What a clerk is told


@dataclass(frozen=True)
class Slip:
    """An edit of one file: `old` gives way to `new`, in which ‸ stands where it is told.

    Without one its file is told, or `told`, another file or place. An `old` of "" puts `new` at the
    end. `says` must be part of the message in both languages, or a pair in either.
    """

    file: str
    old: str
    new: str
    says: str | tuple[str, str]
    told: str | None = None

    def make(self, root: Path) -> str:
        """Make the edit; the result is how the place starts where it is told."""
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        assert not self.old or text.count(self.old) == 1, "the slip must fit one place"
        text = text.replace(self.old, self.new) if self.old else text + self.new
        before, mark, after = re.match("([^‸]*)(‸?)(.*)", text, re.DOTALL).groups()
        path.write_text(before + after, encoding="utf-8", newline="")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        return f"{self.file}:{line}:{column}" if mark else self.told or f"{self.file}:"


ALBA, BRUMA = "data/cities/alba.yaml", "data/cities/bruma.yaml"
ALBA_KO, ALBA_EN = "content/cities/alba.ko.md", "content/cities/alba.en.md"
EN, KO = "data/locales/en.yaml", "data/locales/ko.yaml"

PRINT = "data/print.yaml"
LIST = "data/alliance.yaml"
STUDY_EN, PAIRS_EN = "content/study/index.en.md", "content/study/pairs.en.md"
NEWS_EN = "content/news/2025-12-30-first.en.md"


def at(file: str, words: str) -> str:
    """The place where these words stand in a file of the tiny repository, once."""
    text = (ROOT / "tests/fixtures/miniature" / file).read_text(encoding="utf-8")
    assert text.count(words) == 1
    before = text[: text.index(words)]
    return f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


SLIPS = {
    # Print
    "a size that is not listed": Slip(
        PRINT, "make: [a4]", "make: [a4, ‸b6]", ("그런 판형", "There is no size ‘b6’")
    ),
    "a size of another shape": Slip(
        PRINT,
        "make: [a4]\nsizes:\n  a4: {width: 210, height: 297}\n  a5: {width: 148,",
        "make: [‸a5]\nsizes:\n  a4: {width: 210, height: 297}\n  a5: {width: 158,",
        ("가로세로비", "shape by more than 1 %"),
    ),
    "no size to make": Slip(PRINT, "make: [a4]", "make: ‸[]", "1"),
    "more bleed than artwork": Slip(PRINT, "bleed: 3", "bleed: ‸5", ("3 이하", "3 or less")),
    "a size in words": Slip(
        PRINT, "width: 148", "width: ‸small", ("숫자여야", "A number is expected")
    ),
    "a size in metres": Slip(PRINT, "width: 148", "width: ‸0.148", ("50 이상", "50 or more")),
    "little ink": Slip(PRINT, "ink: 300", "ink: ‸100", ("200 이상", "200 or more")),
    "a coarse resolution": Slip(PRINT, "resolution: 300", "resolution: ‸60", "72"),
    "a condition without its registry": Slip(
        PRINT, "  registry: http://www.color.org\n", "", "‘registry’", told=PRINT
    ),
    "a profile in another folder": Slip(
        PRINT, "profile: fogra39.icc", "profile: ‸../fogra39.icc", "fogra39"
    ),
    # Shapes and names
    "a number in quotes": Slip(
        BRUMA, "value: 51234", "value: ‸'51,234'", ("숫자여야", "A number is expected")
    ),
    "a number with commas": Slip(
        BRUMA, "value: 51234", "value: 51,‸234", ("모르는 항목", "not a known entry")
    ),
    "a number with commas on its own line": Slip(
        ALBA, "value: 8400", "value: ‸8,400", ("숫자여야", "A number is expected")
    ),
    "a truth for a number": Slip(
        BRUMA, "value: 51234", "value: ‸true", ("숫자여야", "A number is expected")
    ),
    "a number for a text": Slip(
        BRUMA, "name: {ko: 브루마, en: Bruma}", "name: {ko: ‸1, en: Bruma}", ("글이어야", "Text")
    ),
    "a text for a list": Slip(
        BRUMA, "key_figures: [population]", "key_figures: ‸population", ("목록", "A list")
    ),
    "too many key figures": Slip(
        ALBA,
        "key_figures: [population, per-head, history, growth]",
        "key_figures: ‸[population, per-head, history, growth, area]",
        "4",
    ),
    "no key figure": Slip(BRUMA, "key_figures: [population]", "key_figures: ‸[]", "1"),
    "a colour by name": Slip(BRUMA, "accent: '#b3401a'", "accent: ‸red", "red"),
    "a latitude beyond the pole": Slip(
        BRUMA, "latitude: -33.4", "latitude: ‸-90.5", ("-90 이상", "-90 or more")
    ),
    "an unknown key": Slip(
        BRUMA, "unit: person", "‸unti: person", ("‘unti’", "Did you mean ‘unit’?")
    ),
    "an unknown key at the top": Slip(
        BRUMA, "accent:", "‸acent:", ("‘accent’입니까", "Did you mean ‘accent’?")
    ),
    "a key left out": Slip(
        BRUMA, "{indicator: population, value: 51234, ", "‸{indicator: population, ", "‘value’"
    ),
    "an unknown indicator": Slip(
        BRUMA, "indicator: population, value", "indicator: ‸popluation, value", "‘population’"
    ),
    "an unknown indicator of a row": Slip(
        BRUMA, "- indicator: population", "- indicator: ‸popluation", "‘population’"
    ),
    "an unknown unit": Slip(ALBA, "unit: rank", "unit: ‸rnak", "‘rank’"),
    "a unit of another indicator": Slip(BRUMA, "unit: person", "unit: ‸km2", "‘person’"),
    "a scope that does not fit": Slip(
        ALBA, "unit: usd, year: 2025, scope: city", "unit: usd, year: 2025, scope: ‸metro", "city"
    ),
    "a scope that does not exist": Slip(
        ALBA, "year: 2025, scope: city", "year: 2025, scope: ‸cite", "‘city’"
    ),
    "a bound that does not exist": Slip(ALBA, "bound: about", "bound: ‸abut", "‘about’"),
    "an indicator and a label": Slip(
        BRUMA,
        "  population: {indicator",
        "  population: ‸{label: {ko: 가, en: a}, indicator",
        ("하나만", "not both"),
    ),
    "a year as text": Slip(ALBA, "year: 2025", "year: ‸about 2025", ("숫자", "number")),
    "a year out of range": Slip(ALBA, "year: 2025", "year: ‸20255", "2100"),
    "a year to come": Slip(ALBA, "year: 2025", "year: ‸2027", ("뒤의 해", "after this edition")),
    "a year to come of a projection’s text": Slip(
        ALBA, "year: 2025", "projected: ‸soon, year: 2027", ("true 또는", "true or false")
    ),
    "a year long ago": Slip(ALBA, "year: 2025", "year: ‸1899", "1900"),
    "a share above all": Slip(
        ALBA, "value: 2\n    unit: rank", "value: ‸100.5\n    unit: percent", ("100 이하", "100 or")
    ),
    "a share below nothing": Slip(
        ALBA, "value: 2\n    unit: rank", "value: ‸-1\n    unit: percent", ("0 이상", "0 or more")
    ),
    "people fewer than none": Slip(BRUMA, "51234", "‸-51234", ("0 이상", "0 or more")),
    "a limit of no unit": Slip(
        "data/indicators.yaml", "  percent: {most", "  ‸precent: {most", "‘percent’"
    ),
    "a source without a licence": Slip(
        "data/sources.yaml", "  licence: CC BY 4.0\n", "", "‘licence’", told="data/sources.yaml"
    ),
    "a source without a date": Slip(
        "data/sources.yaml", "  date: 2025-06-01\n", "", "‘date’", told="data/sources.yaml"
    ),
    "a source from after it was read": Slip(
        "data/sources.yaml", "date: 2025-06-01", "date: ‸2026-03", ("읽은 날", "it was read")
    ),
    "an unknown source": Slip(
        ALBA, "scope: city, source: handbook", "scope: city, source: ‸handbok", "‘handbook’"
    ),
    "an unknown note": Slip(ALBA, "notes: [year]", "notes: [‸yaer]", "‘year’"),
    "an unknown key figure": Slip(
        BRUMA, "key_figures: [population]", "key_figures: [‸area]", "population"
    ),
    "an unknown field": Slip(ALBA, "fields: [aerospace, digital]", "fields: [aerospace, ‸digitl]",
                             "‘digital’"),
    "an industry twice": Slip(ALBA, "  - id: space", "  - ‸id: sea", "‘sea’"),
    "a text without a language": Slip(
        BRUMA, "name: {ko: 브루마, en: Bruma}", "name: ‸{ko: 브루마}", "en"
    ),
    "a text that is blank": Slip(
        BRUMA, "name: {ko: 브루마, en: Bruma}", "name: ‸{ko: 브루마, en: ' '}", "en"
    ),
    "a text in a language too many": Slip(
        BRUMA, "name: {ko: 브루마, en: Bruma}", "name: ‸{ko: 브루마, en: Bruma, de: Bruma}", "de"
    ),
    "a date in words": Slip("data/sources.yaml", "date: 2024-12-31", "date: ‸31 December", "2026-"),
    "a date that does not exist": Slip(
        "data/alliance.yaml", "begins: 2025-12-30", "begins: ‸2025-12-32", "2026-"
    ),
    "an address that is not https": Slip(
        "data/sources.yaml", "url: https:", "url: ‸http:", "http://gazetteer.example/"
    ),
    # Calls
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
    # Links and narratives
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
    # What is not for authors
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
    # YAML
    "a key twice": Slip(BRUMA, "", "‸name: {ko: 가, en: a}\n", "‘name’"),
    "a tab": Slip(BRUMA, "status:\n  - indicator", "status:\n‸\t- indicator", ("탭으로", "tabs")),
    "a bracket left open": Slip(
        BRUMA, "key_figures: [population]", "key_figures: ‸[", ("‘[’가 닫히지", "‘[’ opened here")
    ),
    "a quotation mark left open": Slip(
        BRUMA, "name: {ko: 브루마, en", "name: {ko: ‸'브루마, en", ("연 따옴표", "opened here")
    ),
    "a quotation mark left open in a line": Slip(
        BRUMA, "lead: {ko: 안개 낀 도시., en: A city in the mist.}",
        "lead:\n  ko: 안개 낀 도시.\n  en: ‸\"A city", ("연 따옴표", "opened here"),
    ),
    "an apostrophe within quotes": Slip(
        BRUMA, "en: A city in the mist.", "en: 'It'‸s a city.'", ("두 번(‘''’)", "write ‘''’")
    ),
    "a colon in a text": Slip(
        BRUMA, "lead: {ko: 안개 낀 도시., en: A city in the mist.}",
        "lead:\n  ko: 안개 낀 도시.\n  en: A city‸: misty", ("쌍점", "a colon"),
    ),
    "a text that starts with a mark": Slip(
        BRUMA, "en: A city in the mist.", "en: ‸@alba", ("‘@’로", "starts with ‘@’")
    ),
    "a call without quotes": Slip(
        BRUMA, "lead: {ko: 안개 낀 도시., en: A city in the mist.}",
        'lead:\n  ko: ‸{{ fact("population") }}\n  en: A city.', ("‘{{’로", "starts with ‘{{’"),
    ),
    "a call without quotes before words": Slip(
        BRUMA, "lead: {ko: 안개 낀 도시., en: A city in the mist.}",
        'lead:\n  ko: ‸{{ fact("population") }} 도시\n  en: A city.',
        ("‘{{’로", "starts with ‘{{’"),
    ),
    "a line without a colon": Slip(BRUMA, "", "‸more\n", ("‘키: 값’이 아닌", "no ‘key: value’")),
    "a wrong indentation": Slip(
        BRUMA, "    name: {ko: 하늘", "   ‸name: {ko: 하늘", ("들여쓰기", "indentation")
    ),
    "an anchor": Slip(BRUMA, "lead: {", "lead: ‸&a {", "(&)"),
    "an alias": Slip(BRUMA, "accent: '#b3401a'", "accent: ‸*a", "(*)"),
    "a tag": Slip(BRUMA, "accent: '#b3401a'", "accent: ‸!!python/name:os.system", "(!)"),
    "a merge": Slip(BRUMA, "", "‸<<: {a: b}\n", "‘<<’"),
    "a second document": Slip(BRUMA, "", "‸---\na: b\n", "‘---’"),
    # Characters that are not what they look like
    "a Cyrillic letter": Slip(
        BRUMA, "en: A city in the mist.", "en: A cit‸у in the mist.", ("키릴", "Cyrillic")
    ),
    "a Greek letter in a narrative": Slip(ALBA_EN, "**Bold**", "‸Βold", ("그리스", "Greek")),
    "digits of full width": Slip(
        BRUMA, "en: A city in the mist.", "en: A city of ‸５ parts.", "‘5’"
    ),
    "a soft hyphen": Slip(BRUMA, "A city in the mist.", "A ci‸\u00adty", "U+00AD, soft hyphen"),
    "a filler": Slip(BRUMA, "안개 낀 도시.", "안개‸\u3164도시.", "U+3164"),
    "text that turns round": Slip(
        BRUMA, "A city in the mist.", "A ‸\u202ecity", ("방향", "direction of text")
    ),
    # Words
    "a message with a brace too many": Slip(
        EN, "at-least: {short: '{n}+'", "at-least: {short: ‸'{n+'", "ICU"
    ),
    "a message with a value that is never given": Slip(
        EN, "visit: 'Visit {city}'", "visit: ‸'Visit {town}'", "town"
    ),
    "a word missing": Slip(EN, "  skip: Skip to content\n", "", "‘page.skip’"),
    # Whether the one language has a word too many or the other lacks it cannot be told.
    "a word missing in the default language": Slip(
        KO, "  skip: 본문으로 건너뛰기\n", "", "‘page.skip’", told=EN
    ),
    "a word too many": Slip(EN, "  skip: Skip", "  ‸skpi: a\n  skip: Skip", "‘page.skip’"),
    "a word that is a number": Slip(EN, "  city: city\n", "  city: ‸1\n", ("글이어야", "Text")),
    # What print cannot set
    "a letter that the font lacks in a text": Slip(
        BRUMA, "en: A city in the mist.", "en: ‸A city in the 漢.", "U+6F22"
    ),
    "a letter that the font lacks in a narrative": Slip(ALBA_EN, "**Bold**", "‸漢", "U+6F22"),
    "a letter that the font lacks in a title": Slip(
        ALBA_EN, "title: From the port", "title: ‸漢", "U+6F22"
    ),
    # Dossiers
    "an unknown dossier": Slip(
        LIST, "[study, note]", "[study, ‸noet]", ("그런 자료집", "Did you mean ‘note’")
    ),
    "a dossier twice": Slip(LIST, "[study, note]", "[study, note, ‸note]", "‘note’"),
    "a dossier that is not listed": Slip(LIST, "[study, note]", "‸[study]", "‘note’"),
    "a dossier that begins elsewhere": Slip(
        STUDY,
        "  index: {cities: [alba]}\n  pairs: {}",
        "  ‸pairs: {}\n  index: {cities: [alba]}",
        "index",
    ),
    "a dossier printed nowhere": Slip(STUDY, "pages:\n", "printed: ‸nowhere\npages:\n", "own"),
    "an unknown key in a dossier": Slip(
        STUDY, "accent: '#6a2c70'", "‸acent: '#6a2c70'", ("‘accent’입니까", "mean ‘accent’")
    ),
    "an unknown key in a plot": Slip(
        STUDY, "colours: stage}", "‸colour: stage}", ("‘colours’입니까", "mean ‘colours’")
    ),
    "an unknown key in an event": Slip(
        STUDY, "  place: {ko: 알바", "  ‸palce: {ko: 알바", ("‘place’입니까", "mean ‘place’")
    ),
    "a name of a table in capitals": Slip(
        STUDY, "  rated:\n", "  ‸Rated:\n", ("꼴", "‘Rated’ does not have the form")
    ),
    "an unknown member on a page": Slip(STUDY, "cities: [alba]}", "cities: [‸abla]}", "‘alba’"),
    "an unknown member in an event": Slip(STUDY, "[alba, bruma]", "[alba, ‸burma]", "‘bruma’"),
    "an unknown member who speaks": Slip(STUDY, "city: alba", "city: ‸abla", "‘alba’"),
    "an unknown source of a dossier": Slip(
        STUDY, "source: handbook\naccent", "source: ‸handbok\naccent", "‘handbook’"
    ),
    "an unknown source of a table": Slip(
        STUDY, "    source: yearbook\n", "    source: ‸yaerbook\n", "‘yearbook’"
    ),
    "an unknown note of a table": Slip(
        STUDY, "notes: [read]\n    source", "notes: [‸raed]\n    source", "‘read’"
    ),
    "an unknown note of a column": Slip(
        STUDY, "year: 2023, notes: [lost]", "year: 2023, notes: [‸lsot]", "‘lost’"
    ),
    "an unknown unit of a dossier’s figure": Slip(
        STUDY, "value: 7, unit: company", "value: 7, unit: ‸compnay", "‘company’"
    ),
    # Tables
    "terms without a heading": Slip(
        STUDY,
        "title: {ko: 세 항구, en: Three ports}\n    of: places\n    heading: {ko: 항구, en: Port}",
        "‸title: {ko: 세 항구, en: Three ports}\n    of: places",
        "heading",
    ),
    "a heading without terms": Slip(
        STUDY,
        "    title: {ko: 짝의 별점, en: Pairs rated}\n",
        "    ‸title: {ko: 짝의 별점, en: Pairs rated}\n    heading: {ko: 짝, en: Pair}\n",
        "heading",
    ),
    "an unknown list of terms": Slip(
        STUDY, "of: places\n    heading", "of: ‸palces\n    heading", "‘places’"
    ),
    "an unknown list of a column’s terms": Slip(STUDY, "terms: stage", "terms: ‸satge", "‘stage’"),
    "a row that is no term": Slip(STUDY, "      east: {stage", "      ‸esat: {stage", "‘east’"),
    "a unit and terms": Slip(
        STUDY,
        "stage: {label: {ko: 단계, en: Stage}, terms: stage}",
        "stage: ‸{label: {ko: 단계, en: Stage}, terms: stage, unit: rank}",
        ("하나만", "not both"),
    ),
    "an unknown unit of a column": Slip(
        STUDY, "en: People}, unit: person", "en: People}, unit: ‸preson", "‘person’"
    ),
    "a cell left out": Slip(
        STUDY,
        "south: {stage: young, people: null, rank: 2, trade: null}",
        "south: ‸{stage: young, people: null, rank: 2}",
        "‘trade’",
    ),
    "a cell of no column": Slip(
        STUDY, "rank: 3, trade: {", "rank: 3, ‸trad: {", ("그런 열", "Did you mean ‘trade’")
    ),
    "a cell in quotes": Slip(
        STUDY, "people: 1250", "people: ‸'1,250'", ("숫자여야", "A number is expected")
    ),
    "a truth in a cell": Slip(
        STUDY, "people: 1250", "people: ‸true", ("숫자여야", "A number is expected")
    ),
    "a list of numbers in a cell": Slip(
        STUDY, "people: 1250", "people: ‸[1250]", ("숫자여야", "A number is expected")
    ),
    "an unknown term": Slip(
        STUDY, "east: {stage: grown", "east: {stage: ‸grwon", ("그런 낱말", "mean ‘grown’")
    ),
    "an unknown term among others": Slip(
        STUDY, "east: {stage: grown", "east: {stage: [young, ‸grwon]", "‘grown’"
    ),
    "a text where a term should be": Slip(
        STUDY, "east: {stage: grown", "east: {stage: ‸{ko: 성숙, en: Grown}", "grown"
    ),
    "a word where a text should be": Slip(
        STUDY, "trade: {ko: 조선, en: Ships}", "trade: ‸ships", "{ko: …, en: …}"
    ),
    "a word among texts": Slip(
        STUDY, "trade: [{ko: 어업, en: Fish},", "trade: [‸fish,", "{ko: …, en: …}"
    ),
    "a cell’s text without a language": Slip(
        STUDY, "trade: {ko: 조선, en: Ships}", "trade: ‸{ko: 조선}", "en"
    ),
    "a cell’s text in a language too many": Slip(
        STUDY, "trade: [{ko: 어업, en: Fish},", "trade: [‸{ko: 어업, en: Fish, de: Fisch},", "de"
    ),
    "an empty list in a cell": Slip(
        STUDY, "trade: {ko: 조선, en: Ships}", "trade: ‸[]", ("적어도 1개", "At least 1")
    ),
    "a row without its head": Slip(
        STUDY,
        "north-east: {pair: {ko: 북항–동항, en: Northport–Eastport}",
        "north-east: {pair: ‸null",
        ("비울 수 없", "must not be empty"),
    ),
    "a note on no row": Slip(
        STUDY, "cell_notes:\n      south:", "cell_notes:\n      ‸suoth:", ("그런 행", "‘south’")
    ),
    "a note on no column": Slip(
        STUDY, "south: {people: [lost]}", "south: {‸poeple: [lost]}", ("그런 열", "‘people’")
    ),
    "an unknown note on a cell": Slip(
        STUDY, "south: {people: [lost]}", "south: {people: [‸lsot]}", "‘lost’"
    ),
    # Plots, timelines, similarities
    "a plot of no table": Slip(
        STUDY, "kind: bars, table: ports", "kind: bars, table: ‸prots", ("그런 표", "‘ports’")
    ),
    "a plot of no column": Slip(
        STUDY, "columns: [people], title", "columns: [‸poeple], title", "‘people’"
    ),
    "a plot of words": Slip(
        STUDY, "columns: [rank], title", "columns: [‸trade], title", ("숫자 열", "of numbers")
    ),
    "a plot of the rows’ heads": Slip(
        STUDY,
        "table: ports, columns: [rank], title",
        "table: rated, columns: [‸pair], title",
        ("숫자 열", "of numbers"),
    ),
    "a plot of an unknown kind": Slip(STUDY, "kind: grid", "kind: ‸gird", "‘grid’"),
    "a plot in the colours of numbers": Slip(
        STUDY, "colours: stage}", "colours: ‸rank}", ("낱말 열", "column of terms")
    ),
    "a negative number in a plot": Slip(
        STUDY, "people: 1250", "people: ‸-1250", ("0 이상", "0 or more")
    ),
    "an event before the last": Slip(
        STUDY, "- date: 2023-02-26", "- date: ‸2021-02-26", ("(2022)보다", "before 2022")
    ),
    "an event that ends before it begins": Slip(
        STUDY, "until: 2023-03-03", "until: ‸2023-02-03", ("이른 날짜", "before it begins")
    ),
    "an event on no day": Slip(
        STUDY, "- date: 2023-02-26", "- date: ‸2023-02-30", ("없는 날짜", "no such day: 2023-02-30")
    ),
    "an event in no month": Slip(STUDY, "until: 2023-03-03", "until: ‸2023-13", "2023-13"),
    "an event’s day in words": Slip(
        STUDY, "- date: 2023-02-26", "- date: ‸26 February 2023", "2026-11"
    ),
    "an event in a year of two digits": Slip(STUDY, "date: 2022", "date: ‸22", "2026-11"),
    "a similarity of no terms": Slip(
        STUDY, "of: places\n    groups", "of: ‸palces\n    groups", "‘places’"
    ),
    "an unknown row in a group": Slip(STUDY, "[south, east]}", "[south, ‸esat]}", "‘east’"),
    "a row twice in groups": Slip(STUDY, "[south, east]}", "[south, ‸north]}", "‘north’"),
    "an empty group": Slip(STUDY, "[south, east]}", "‸[]}", ("적어도 1개", "At least 1")),
    "three groups": Slip(
        STUDY,
        "groups: {first: [north], others: [south, east]}",
        "groups: ‸{first: [north], others: [south], more: [east]}",
        "2",
    ),
    "labels of other groups": Slip(
        STUDY, "labels: {first: {ko: 하나", "labels: ‸{firts: {ko: 하나", "groups"
    ),
    "a measure of no table": Slip(
        STUDY, "- {table: ports, column: people}", "- {table: ‸prots, column: people}", "‘ports’"
    ),
    "a measure of words": Slip(
        STUDY, "{table: ports, column: people}", "{table: ports, column: ‸trade}", "people"
    ),
    "a measure that weighs nothing": Slip(
        STUDY, "weight: 0.5", "weight: ‸0", ("0보다 커야", "more than 0")
    ),
    "a measure that weighs too much": Slip(STUDY, "weight: 0.5", "weight: ‸1.5", "1"),
    "a zero that leads": Slip(
        STUDY, "people: null, rank: 2", "people: null, rank: ‸0", ("0이 있을 수 없", "no zero")
    ),
    "stars of no table": Slip(STUDY, "[rated, stars]", "[‸ratde, stars]", "‘rated’"),
    "stars of no column": Slip(STUDY, "[rated, stars]", "[rated, ‸pair]", "stars"),
    "stars without a column": Slip(STUDY, "[rated, stars]", "‸[rated]", "2"),
    "half a star": Slip(STUDY, "stars: 3}", "stars: ‸2.5}", ("정수", "whole numbers")),
    # What narratives of dossiers place
    "a table that no text places": Slip(
        STUDY_EN,
        '{{ table("ports") }}\n\n',
        "",
        ("0번 부릅니다", "0 times"),
        told=at(STUDY, "title: {ko: 세 항구"),
    ),
    "a table placed twice": Slip(
        STUDY_EN, "", '\n{{ table("ports") }}\n', "2", told=at(STUDY, "title: {ko: 세 항구")
    ),
    "plots in another order": Slip(
        STUDY_EN,
        '{{ plot("people") }}\n\n{{ plot("ranks") }}',
        '{{ plot("ranks") }}\n\n{{ plot("people") }}',
        ("순서", "another order"),
        told=f"{STUDY_EN}:1:1",
    ),
    "an unknown table": Slip(STUDY_EN, '{{ table("ports") }}', '‸{{ table("prots") }}', "‘ports’"),
    "a plot that is a table": Slip(
        STUDY_EN, '{{ table("ports") }}', '‸{{ plot("ports") }}', "people"
    ),
    "a table in a text on a city": Slip(
        ALBA_EN, '{{ chart("campus") }}', '‸{{ table("ports") }}', 'table("ports")'
    ),
    "a chart in a dossier": Slip(
        STUDY_EN, '{{ table("ports") }}', '{{ table("ports") }}\n\n‸{{ chart("campus") }}', "campus"
    ),
    "a table within a sentence": Slip(
        STUDY_EN, '{{ table("ports") }}', 'See ‸{{ table("ports") }}.', ("홀로", "alone")
    ),
    "a table close to a heading": Slip(
        STUDY_EN, '## Tables\n\n{{ table', "## Tables\n‸{{ table", ("홀로", "alone")
    ),
    "a chart within a paragraph": Slip(
        ALBA_KO, '\n{{ chart("campus") }}', '가\n‸{{ chart("campus") }}', ("홀로", "alone")
    ),
    "an unknown fact of a dossier": Slip(
        STUDY_EN, '{{ fact("boats") }}', '‸{{ fact("botas") }}', "‘boats’"
    ),
    "an unknown fact in an event": Slip(
        STUDY, "'With {{ fact(\"boats\") }}.'", "‸'With {{ fact(\"botas\") }}.'", "‘boats’"
    ),
    "a fact in a title": Slip(
        STUDY,
        "title: {ko: 첫째, en: First}",
        """title: {ko: 첫째, en: ‸'{{ fact("boats") }}'}""",
        ("쓸 수 없는 호출", "not filled in here"),
    ),
    "a fact in a term": Slip(
        STUDY, "en: Northport}", """en: ‸'{{ fact("boats") }}'}""", ("쓸 수 없는", "not filled in")
    ),
    "a fact in a cell": Slip(
        STUDY, "en: Ships}", """en: ‸'{{ fact("boats") }}'}""", ("쓸 수 없는", "not filled in")
    ),
    "a fact in a note": Slip(
        STUDY, "Lost in the source.", """‸'{{ fact("boats") }}'""", ("쓸 수 없는", "not filled in")
    ),
    "a broken link between pages of a dossier": Slip(
        PAIRS_EN, "(index.md)", "(‸idnex.md)", ("‘index.md’입니까", "Did you mean ‘index.md’")
    ),
    # News
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
    # Settings
    "a hook": Slip("mkdocs.yml", "strict: true\n", "strict: true\n‸hooks: [evil.py]\n", "‘hooks’"),
    "another configuration": Slip(
        "mkdocs.yml", "strict: true\n", "strict: true\n‸INHERIT: ../x.yml\n", "‘INHERIT’"
    ),
    "a plugin": Slip(
        "mkdocs.yml", "plugins:\n", "plugins:\n  ‸macros: {a: b}\n", "‘macros’"
    ),
    "an extension of Markdown": Slip(
        "mkdocs.yml",
        "markdown_extensions: []",
        "markdown_extensions: ‸[pymdownx.snippets]",
        ("많아야 0개", "At most 0"),
    ),
    "a script of a third party": Slip(
        "mkdocs.yml",
        "plugins:\n",
        "‸extra_javascript: ['https://evil.example/x.js']\nplugins:\n",
        "‘extra_javascript’",
    ),
    "templates from elsewhere": Slip(
        "mkdocs.yml", "custom_dir: overrides/site", "custom_dir: ‸data", "overrides/site"
    ),
    "a language without its words": Slip(
        "mkdocs.yml",
        "build: true}\n\n",
        "build: true}\n      - {locale: fr, name: Français, build: true}\n\n",
        ("파일이 없습니다", "The file is missing"),
        told="data/locales/fr.yaml",
    ),
}  # fmt: skip


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    """A copy of the tiny repository, for a test to change and `check` to read."""
    return copy_input(tmp_path / "miniature")


def told(root: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, list[tuple[str, str]]]:
    """The Korean and the English messages of a refused check, by place."""
    assert main(["--root", str(root), "check"]) == 1
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err and not shown.out
    lines = shown.err.split("\n")
    problems: dict[str, list[tuple[str, str]]] = {}
    for number, line in enumerate(lines):
        if re.fullmatch(r"[^\s:]+:[1-9][0-9]*:[1-9][0-9]*", line):
            assert lines[number + 1].startswith("  ") and lines[number + 2].startswith("  ")
            problems.setdefault(line, []).append((lines[number + 1], lines[number + 2]))
    return problems


def says(messages: list[tuple[str, str]], fragments: str | tuple[str, str]) -> bool:
    """Whether a message, in Korean and in English, holds what it must."""
    korean, english = (fragments, fragments) if isinstance(fragments, str) else fragments
    return any(korean in ko and english in en for ko, en in messages)


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_where_it_stands(
    slip: Slip, miniature: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each mistake is told at its file, line and column, in Korean and English, with what would
    be right; and nothing else is told, which would follow from it."""
    place = slip.make(miniature)
    problems = told(miniature, capsys)
    assert any(says(problems[one], slip.says) for one in problems if one.startswith(place)), (
        place,
        problems,
    )
    if slip is not SLIPS["a language without its words"]:
        assert sum(map(len, problems.values())) == 1, "one mistake is told once"
    for messages in problems.values():
        for korean, english in messages:
            assert re.search("[가-힣]", korean), korean
            assert re.search("[A-Za-z]{3}", english), english


def not_utf8(root: Path) -> None:
    (root / BRUMA).write_bytes("name: x\n# 브루마".encode("cp949"))


def recoded(root: Path, encoding: str) -> None:
    (root / BRUMA).write_text((root / BRUMA).read_text(encoding="utf-8"), encoding=encoding)


def link(root: Path) -> None:
    (root / BRUMA).rename(root / "bruma.yaml")
    (root / BRUMA).symlink_to(root / "bruma.yaml")


def linked_folder(root: Path) -> None:
    (root / "data/cities/more").symlink_to(root / "content", target_is_directory=True)


def shrinking(root: Path) -> None:
    """The plot draws changes, one of them below zero."""
    edited(root / STUDY, "unit: person, scope: metro, year: 2023", "unit: change, year: 2023")
    edited(root / STUDY, "people: 1250", "people: -12.5")


def nothing_to_draw(root: Path) -> None:
    """The plot draws a column that states nothing."""
    edited(root / STUDY, "rank: 1,", "rank: null,")
    edited(root / STUDY, "rank: 2,", "rank: null,")
    edited(root / STUDY, "rank: 3,", "rank: null,")
    edited(
        root / STUDY,
        "      - {table: ports, column: rank, weight: 0.5, smallest_leads: true}\n",
        "",
    )


def nothing_to_compare(root: Path) -> None:
    """The similarity has one measure, which nobody of the first group has."""
    edited(root / STUDY, "people: 3400000", "people: null")
    edited(
        root / STUDY,
        "      - {table: ports, column: rank, weight: 0.5, smallest_leads: true}\n",
        "",
    )


def only_zeros(root: Path) -> None:
    """The similarity compares shares of a leader that is zero; the plot has a number elsewhere."""
    edited(root / STUDY, "people: 3400000", "people: 0")
    edited(root / STUDY, "people: 1250", "people: 0")
    edited(root / STUDY, "columns: [people], title", "columns: [people, rank], title")


def edited(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def of_note(root: Path, name: str) -> None:
    """Give the dossier `note` another name, wherever it stands."""
    (root / "data/dossiers/note.yaml").rename(root / f"data/dossiers/{name}.yaml")
    (root / "content/note").rename(root / "content/moved")
    (root / "content" / name).mkdir(exist_ok=True)
    for file in (root / "content/moved").iterdir():
        if not (root / "content" / name / file.name).exists():
            file.rename(root / "content" / name / file.name)
    shutil.rmtree(root / "content/moved")
    edited(root / LIST, "[study, note]", f"[study, {name}]")


def renamed(root: Path, name: str) -> None:
    for file in (BRUMA, "content/cities/bruma.ko.md", "content/cities/bruma.en.md"):
        new = root / file.replace("bruma", name)
        new.parent.mkdir(exist_ok=True)
        (root / file).rename(new)
    for locale in ("ko", "en"):
        for page in ("index", "cities/alba"):
            file = root / f"content/{page}.{locale}.md"
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("bruma.md", f"{name}.md"), encoding="utf-8")


FILES: dict[str, tuple[Callable[[Path], object], str, str | tuple[str, str]]] = {
    "not UTF-8": (not_utf8, f"{BRUMA}:2:3", "iconv -f CP949"),
    "UTF-16 without a mark": (
        lambda root: recoded(root, "utf-16-le"), f"{BRUMA}:1:1", "iconv -f UTF-16LE",
    ),
    "Latin-1": (
        lambda root: (root / BRUMA).write_bytes("# x\nname: Málaga".encode("latin-1")),
        f"{BRUMA}:2:8",
        "iconv -f WINDOWS-1252",
    ),
    "UTF-16": (lambda root: recoded(root, "utf-16"), f"{BRUMA}:1:1", "iconv -f UTF-16"),
    "a symbolic link": (link, f"{BRUMA}:1:1", ("심볼릭 링크", "Symbolic links")),
    "a symbolic link to a folder": (
        linked_folder, "data/cities/more:1:1", ("심볼릭 링크", "Symbolic links"),
    ),
    "a narrative missing": (
        lambda root: (root / ALBA_EN).unlink(), f"{ALBA_EN}:1:1", ("글이 없습니다", "missing"),
    ),
    "a narrative without a page": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/abla.en.md"),
        "content/cities/abla.en.md:1:1",
        "cities/alba",
    ),
    "a narrative in an unknown language": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/alba.fr.md"),
        "content/cities/alba.fr.md:1:1",
        "‘fr’",
    ),
    "a narrative without a language": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/alba.md"),
        "content/cities/alba.md:1:1",
        ".ko.md",
    ),
    "a narrative without front matter": (
        lambda root: (root / ALBA_EN).write_text("Alba\n", encoding="utf-8"),
        f"{ALBA_EN}:1:1",
        "‘---’",
    ),
    "a data file missing": (
        lambda root: (root / "data/sources.yaml").unlink(),
        "data/sources.yaml:1:1",
        ("파일이 없습니다", "The file is missing"),
    ),
    "an unknown data file": (
        lambda root: (root / "data/source.yaml").touch(),
        "data/source.yaml:1:1",
        "data/sources.yaml",
    ),
    "a file of another kind": (
        lambda root: (root / "data/cities/alba.xlsx").touch(),
        "data/cities/alba.xlsx:1:1",
        ".yaml",
    ),
    "an empty file": (
        lambda root: (root / BRUMA).write_text("", encoding="utf-8"),
        f"{BRUMA}:1:1",
        ("묶음", "A mapping"),
    ),
    "a file that is too large": (
        lambda root: (root / BRUMA).write_text("#" * 1_000_001, encoding="utf-8"),
        f"{BRUMA}:1:1",
        "1000",
    ),
    "a narrative that is too large": (
        lambda root: edited(root / ALBA_EN, "**Bold**", "가" * 20_001), f"{ALBA_EN}:1:1", "60",
    ),
    "no mkdocs.yml": (
        lambda root: (root / "mkdocs.yml").unlink(),
        "mkdocs.yml:1:1",
        ("파일이 없습니다", "The file is missing"),
    ),
    "no city": (
        lambda root: shutil.rmtree(root / "data/cities"),
        "data/cities/*.yaml:1:1",
        ("파일이 없습니다", "The file is missing"),
    ),
    "a city whose name is no address": (
        lambda root: renamed(root, "Bru_Ma"),
        "data/cities/Bru_Ma.yaml:1:1",
        "Bru_Ma",
    ),
    "a city in a folder": (
        lambda root: renamed(root, "b/bruma"), "data/cities/b/bruma.yaml:1:1", "b/bruma",
    ),
    "a city by the name of the front page": (
        lambda root: renamed(root, "index"), "data/cities/index.yaml:1:1", "index",
    ),
    "a city by the name of the alliance’s brochure": (
        lambda root: renamed(root, "gini"), "data/cities/gini.yaml:1:1", "gini",
    ),
    "a city whose name is a device": (
        lambda root: renamed(root, "aux"), "data/cities/aux.yaml:1:1", ("Windows", "Windows"),
    ),
    "a city whose name is too long": (
        lambda root: renamed(root, "b" * 61), f"data/cities/{'b' * 61}.yaml:1:1", "60",
    ),
    "a narrative whose name differs in case": (
        lambda root: shutil.copy(root / ALBA_EN, root / "content/cities/Alba.en.md"),
        "content/cities/Alba.en.md:1:1",
        "cities/alba",
    ),
    "a folder that is a link": (
        lambda root: (
            (root / "content").rename(root / "texts"),
            (root / "content").symlink_to(root / "texts", target_is_directory=True),
        ),
        "content:1:1",
        ("심볼릭 링크", "Symbolic links"),
    ),
    "settings that are a link": (
        lambda root: (
            (root / "mkdocs.yml").rename(root / "other.yml"),
            (root / "mkdocs.yml").symlink_to(root / "other.yml"),
        ),
        "mkdocs.yml:1:1",
        ("심볼릭 링크", "Symbolic links"),
    ),
    "a drawing from outside": (
        lambda root: (
            (root / "data/photos").mkdir(exist_ok=True),
            (root / "data/photos/a.svg").write_text("<svg onload='x'/>", encoding="utf-8"),
        ),
        "data/photos/a.svg:1:1",
        ".jpg",
    ),
    "a page of a dossier missing": (
        lambda root: (root / PAIRS_EN).unlink(), f"{PAIRS_EN}:1:1", ("글이 없습니다", "missing"),
    ),
    "a page that a dossier does not list": (
        lambda root: shutil.copy(root / PAIRS_EN, root / "content/study/pair.en.md"),
        "content/study/pair.en.md:1:1",
        "study/pairs",
    ),
    "a folder of no dossier": (
        lambda root: shutil.copytree(root / "content/note", root / "content/ntoe"),
        "content/ntoe/index.en.md:1:1",
        "note/index",
    ),
    "an empty dossier": (
        lambda root: (root / STUDY).write_text("", encoding="utf-8"),
        f"{STUDY}:1:1",
        ("묶음", "A mapping"),
    ),
    "a dossier that is not UTF-8": (
        lambda root: (root / STUDY).write_bytes("name: x\n# 연구".encode("cp949")),
        f"{STUDY}:2:3",
        "UTF-8",
    ),
    "a dossier by the name of a page": (
        lambda root: of_note(root, "sources"), "data/dossiers/sources.yaml:1:1", "sources",
    ),
    "a dossier by the name of a folder": (
        lambda root: of_note(root, "api"), "data/dossiers/api.yaml:1:1", "api",
    ),
    "a dossier by the name of a language": (
        lambda root: of_note(root, "en"), "data/dossiers/en.yaml:1:1", "en",
    ),
    "a dossier whose name is no address": (
        lambda root: of_note(root, "my_note"), "data/dossiers/my_note.yaml:1:1", "my_note",
    ),
    "a negative change in a plot": (
        shrinking, at(STUDY, "1250, rank"), ("음수", "must not be negative"),
    ),
    "nothing to draw": (
        nothing_to_draw, at(STUDY, "[rank], title"), ("그릴 숫자가 없", "to draw"),
    ),
    "nothing to compare": (
        nothing_to_compare, at(STUDY, "- {table: ports, column: people}"), ("두 무리", "groups"),
    ),
    "only zeros to compare": (
        only_zeros, at(STUDY, "people}\n      - "), ("견줄 숫자가 없", "no number in this column"),
    ),
    "news in one language": (
        lambda root: (root / NEWS_EN).unlink(), f"{NEWS_EN}:1:1", ("글이 없습니다", "missing"),
    ),
    "news of no day": (
        lambda root: shutil.copy(root / NEWS_EN, root / "content/news/2025-02-30-x.en.md"),
        "content/news/2025-02-30-x.en.md:1:1",
        "2025-02-30",
    ),
    "news without a day": (
        lambda root: shutil.copy(root / NEWS_EN, root / "content/news/first.en.md"),
        "content/news/first.en.md:1:1",
        "news/2025-12-30-first",
    ),
    "a hidden character": (
        lambda root: (root / BRUMA).write_text("# a\n# b\u202e\n", encoding="utf-8"),
        f"{BRUMA}:2:4",
        "U+202E",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "place", "fragments"), FILES.values(), ids=FILES)
def test_a_wrong_file_is_told_by_name(
    spoil: Callable[[Path], object],
    place: str,
    fragments: str | tuple[str, str],
    miniature: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A file that is missing, misnamed or not text is told by its name, with what is expected."""
    spoil(miniature)
    problems = told(miniature, capsys)
    assert place in problems, problems
    assert says(problems[place], fragments), problems[place]


def test_everything_wrong_is_told_at_once(
    miniature: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mistakes in different files are all told in one go, sorted by place, each once."""
    names = [
        "an unknown key at the top",
        "an unknown unit",
        "an unknown fact in a narrative",
        "a broken link",
        "a word missing",
    ]
    expected = {SLIPS[name].make(miniature) for name in names}
    shutil.copy(miniature / ALBA_EN, miniature / "content/cities/abla.en.md")
    problems = told(miniature, capsys)
    for place in expected:
        assert any(one.startswith(place) for one in problems), place
    assert "content/cities/abla.en.md:1:1" in problems


@pytest.mark.parametrize("command", ["check", "site"])
def test_bad_input_changes_nothing(command: str, repository: Path) -> None:
    """With bad data in the real repository, `build.py` ends with 1, tells the places, shows no
    traceback, marks the lines in a GitHub workflow, and leaves every byte of `dist/` as it was."""
    old = repository / "dist/site"
    (old / "cities").mkdir(parents=True)
    (old / "index.html").write_text("as it was", encoding="utf-8")
    (old / "cities/a.bin").write_bytes(bytes(range(256)))
    before = contents(repository / "dist")
    city = repository / "data/cities/daejeon.yaml"
    text = city.read_text(encoding="utf-8")
    city.write_text(text.replace("name:", "nmae:", 1), encoding="utf-8")
    line = text[: text.index("name:")].count("\n") + 1
    (repository / "content/cities/seattle.en.md").unlink()

    done = run_build("--root", repository, command)
    assert done.returncode == 1
    assert f"data/cities/daejeon.yaml:{line}:1\n" in done.stderr
    assert "content/cities/seattle.en.md:1:1\n" in done.stderr
    assert "‘name’" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "::error" not in done.stdout + done.stderr
    assert contents(repository / "dist") == before

    done = run_build("--root", repository, command, environment={"GITHUB_ACTIONS": "true"})
    assert done.returncode == 1
    marks = [one for one in done.stdout.split("\n") if one.startswith("::error ")]
    assert any(
        one.startswith(f"::error file=data/cities/daejeon.yaml,line={line},col=1::")
        for one in marks
    )
    assert "::error file=content/cities/seattle.en.md,line=1,col=1::" in "\n".join(marks)
    assert contents(repository / "dist") == before


def test_an_annotation_is_one_line() -> None:
    """Whatever a problem says, its workflow command is one line that GitHub reads as it is."""
    problem = Problem("data/a,b:c%.yaml", 3, 4, "100%\r\n다", "a\nb")
    mark = problem.annotation()
    assert mark == "::error file=data/a%2Cb%3Ac%25.yaml,line=3,col=4::100%25%0D%0A다%0Aa%0Ab"


ODD_NAMES = [
    "O'Higgins & Söhne",
    "C&A",
    "<5 %",
    "$1 \\1",
    "*별*",
    "_a_ `b`",
    "{n} #1",
    "[a](b)",
    "<b>x</b>",
]


def test_an_odd_form_comes_out_right(tmp_path: Path) -> None:
    """CRLF, flow and block style, quotes, a byte order mark, and characters that HTML, Markdown,
    YAML or ICU treat specially are accepted, and stand on the page and in the PDF as written."""
    miniature = copy_miniature(tmp_path / "miniature")
    quoted = [name.replace("'", "''") for name in ODD_NAMES]
    organisations = "".join(
        f"      - name:\n          ko: >-\n            {name}\n          en: '{quote}'\n"
        for name, quote in zip(ODD_NAMES, quoted, strict=True)
    )
    city = miniature / BRUMA
    text = city.read_text(encoding="utf-8").replace(
        "lead: {ko: 안개 낀 도시., en: A city in the mist.}",
        'lead: {"ko": "안개 \\"낀\\" 도시 <5 %", en: \'It\'\'s <5 % & C&A\'}',
    )
    text += (
        "\necosystem:\n  - id: odd\n    name: {ko: 홀수, en: Odd}\n    organisations:\n"
        + organisations
    )
    city.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    narrative = miniature / "content/cities/bruma.en.md"
    narrative.write_bytes(
        narrative.read_bytes().replace(b"\n", b"\r\n")
        + b"\r\nO'Higgins & C&A pay $1 <5 % <\xec\x9a\xb0>.\r\n"
    )
    content = publication(miniature)
    release, site = Release(miniature / "out"), miniature / "out/site"
    stored = Cache(miniature / "build/cache")
    release.put(publish_pages(miniature, content, stored, miniature / "build/mkdocs"), "site/")
    own = [one for one in content.brochures if one.name.startswith("bruma-")]
    press = content.catalog.press
    release.put(publish_brochures(miniature, own, press, stored, quiet))

    for locale, folder in (("ko", ""), ("en", "en/")):
        page = (site / f"{folder}cities/bruma/index.html").read_text(encoding="utf-8")
        # Korean words on an English page are marked as such.
        page = re.sub('<span lang="ko">(.*?)</span>', r"\1", page)
        names = re.findall(r"<li><strong>(.*?)</strong></li>", page)
        assert [unescape(name) for name in names] == ODD_NAMES
        assert not any("<" in name for name in names)
        pdf = pypdfium2.PdfDocument(site / f"brochures/bruma-{locale}.pdf")
        printed = "".join(page.get_textpage().get_text_range() for page in pdf)
        flat = re.sub(r"\s|\u2060", "", printed)
        for name in ODD_NAMES:
            assert name.replace(" ", "") in flat, name
    assert '<p class="lead">It&#39;s &lt;5 % &amp; C&amp;A</p>' in page
    assert "O'Higgins &amp; C&amp;A pay $1 &lt;5 % &lt;우&gt;." in page
    assert "It’s" not in page
