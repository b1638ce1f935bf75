"""Open data: what machines read is what people read, and stands as its descriptions say.

The files are those of the finished site. Numbers are compared as they are written: a test that
took them as floats could not tell 539.73 from 539.7300001.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import frictionless
import jsonschema
import pytest
import yaml
from expected_facts import (
    CITIES,
    LOCALES,
    bare,
    base_of,
    called,
    catalog,
    facts,
    forms,
    label_of,
    language,
    nearby,
    page,
    paper,
    said,
)
from hypothesis import given
from hypothesis import strategies as st
from number_reader import NUMBERS, Reader, reader
from openapi_spec_validator import validate as validate_openapi
from support import ROOT, contents, copy_miniature

from brochure.base.cache import Cache
from brochure.base.exact_json import dump_json
from brochure.base.urls import page_url
from brochure.load.placeholders import parse_placeholders
from brochure.localize.catalog import localize
from brochure.localize.edition import Edition, Table
from brochure.model.records import Catalog, Figure
from brochure.pipeline import publication, publish_pages
from brochure.publish.open_data.files import open_data
from brochure.publish.open_data.records import Records
from brochure.publish.open_data.sheets import Column, Sheet
from brochure.publish.release import Release
from brochure.publish.site.feed import feed
from brochure.render.json_ld import json_ld

DOSSIERS = sorted(path.stem for path in (ROOT / "data/dossiers").glob("*.yaml"))
ATOM = "{http://www.w3.org/2005/Atom}"


@cache
def editions() -> list[Edition]:
    return [localize(catalog(), locale) for locale in catalog().settings.locales]


@cache
def files(site: Path) -> dict[str, str]:
    """Every file of the open data, by its name below `api/v1/`."""
    return {name: raw.decode("utf-8") for name, raw in contents(site / "api/v1").items()}


def answer(site: Path, name: str) -> Any:
    """A JSON file, its numbers as the digits that stand there."""
    return json.loads(files(site)[name], parse_int=str, parse_float=str)


def rows(site: Path, name: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(files(site)[name]), strict=True))


def source_file(path: str) -> Any:
    """A file of `data/` as it is written, every value as its letters."""
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


# The numbers


# What may stand between two letters that follow each other, where a line ends on paper.
GAP = r"[\s\u2060\u00ad\ufffe\x02\u2010-]*"


def loose(words: str) -> str:
    """A pattern of these words, wherever their lines end."""
    return GAP.join(map(re.escape, bare(words)))


def number(numbers: Reader) -> str:
    """A pattern of a number and of the word for its size."""
    words = "|".join(map(loose, numbers.words))
    return rf"([+-]?\d(?:[\d.,]*\d)?)(\s*(?:{words})|)"


def value_of(digits: str, word: str, numbers: Reader) -> Decimal | None:
    """What that pattern has found, or None if it is no number, as 5,0781 with a note's mark."""
    named = {bare(one): one for one in numbers.words}
    text = digits + named.get(bare(word), "")
    return numbers.read(text) if numbers.pattern.fullmatch(text) else None


def taken_apart(form: str, value: Decimal, numbers: Reader) -> tuple[str, str]:
    """What stands before and after its number in a quantity."""
    form = form.replace("\xa0", " ")
    spans = [match.span() for match in numbers.pattern.finditer(form)]
    start, end = spans[numbers.find(form).index(value)]
    return form[:start], form[end:]


class Place:
    """A figure's number and what stands around it, on a page or in a brochure."""

    def __init__(self, before: str, form: str, after: str, figure: Figure, locale: str) -> None:
        self.numbers = numbers_of(locale)
        first, last = taken_apart(form, Decimal(figure.value), self.numbers)
        # Without words around it, a number must not be a part of a longer one.
        start = rf"{loose(before + first)}\s*" if bare(before + first) else r"(?<![\d.,])"
        end = rf"\s*{loose(last + after)}" if bare(last + after) else r"(?!\d)"
        self.pattern = re.compile(start + number(self.numbers) + end)

    def read(self, text: str) -> set[Decimal | None]:
        """Every number that stands there between these words."""
        return {value_of(one[1], one[2], self.numbers) for one in self.pattern.finditer(text)}


def printed(site: Path, name: str) -> str:
    """The text of a brochure."""
    return "\n".join(paper(site, name))


def shown(site: Path, path: str, locale: str) -> str:
    """The text of a page."""
    return "\n".join(page(site, path, locale).pages)


def numbers_of(locale: str) -> Reader:
    return reader(catalog().words[locale]["language.formats"])


def around(text: str, locale: str, figures: Mapping[str, Figure]) -> Iterator[tuple[str, Place]]:
    """Each figure that a text calls, with a few words around it."""
    parts = parse_placeholders(text)
    for index, part in enumerate(parts):
        if isinstance(part, str) or part.name not in ("fact", "number"):
            continue
        before, after = (
            one if isinstance(one, str) else ""
            for one in (parts[index - 1] if index else "", (*parts, "")[index + 1])
        )
        start, end = nearby(before, after)
        form = called(part, locale, figures)
        yield part.argument, Place(start, form, end, figures[part.argument], locale)


def places_of(holder: Any, narratives: Sequence[str], locale: str) -> dict[str, list[list[Place]]]:
    """Every place where a figure stands; each in the ways in which it may stand there."""
    figures: Mapping[str, Figure] = holder.figures
    found: dict[str, list[list[Place]]] = {name: [] for name in figures}
    groups = getattr(holder, "ecosystem", [])
    labelled = [*getattr(holder, "key_figures", []), *(n for g in groups for n in g.figures)]
    in_rows = [name for row in getattr(holder, "status", []) for name in row.figures]
    for name, figure in figures.items():
        short = forms(figure, locale)[0]
        # On paper, the marks of its notes stand behind it.
        marks = "".join(str([*holder.notes].index(note) + 1) for note in figure.notes)
        ends = dict.fromkeys(["", marks])
        if name in labelled:
            label = f"{label_of(figure, locale)} "
            found[name].append([Place(label, short, end, figure, locale) for end in ends])
        if name in in_rows:
            base = f" {base_of(figure, locale)}"
            found[name].append([Place("", short, end + base, figure, locale) for end in ends])
    texts = [text[locale] for path, text in facts(holder) if isinstance(text, dict)]
    texts += [catalog().narratives[one, locale].body for one in narratives]
    for text in texts:
        for name, place in around(text, locale, figures):
            found[name].append([place])
    return found


def differing(
    found: Mapping[str, list[list[Place]]],
    published: Mapping[str, str],
    media: Mapping[str, str],
) -> list[str]:
    """A line for each place that does not have the published number in one of these texts."""
    lines = [f"{name} stands nowhere" for name, places in found.items() if not places]
    for name, places in found.items():
        value = Decimal(published[name])
        for ways, (where, text) in product(places, media.items()):
            read = {one for way in ways for one in way.read(text)}
            if value not in read:
                lines.append(f"{where}: {name}: {value} is not among {read}")
    return lines


@pytest.mark.parametrize("name", CITIES)
def test_every_number_of_a_city_is_the_same_everywhere(built: Path, name: str) -> None:
    """YAML, JSON and CSV write each figure with the same digits, and in every language its page
    and its brochure, read back, say that number."""
    stated = source_file(f"data/cities/{name}.yaml")
    published = {
        key: one["value"] for key, one in answer(built, f"cities/{name}.json")["figures"].items()
    }
    assert published == {key: one["value"] for key, one in stated["figures"].items()}
    observed = [row for row in rows(built, "observations.csv") if row["city"] == name]
    assert published == {row["figure"]: row["value"] for row in observed}
    for locale in LOCALES:
        found = places_of(catalog().cities[name], [f"cities/{name}"], locale)
        media = {
            f"page {locale}": shown(built, f"cities/{name}", locale),
            f"brochure {locale}": printed(built, f"{name}-{locale}"),
        }
        assert not differing(found, published, media)


def test_another_number_is_noticed(built: Path) -> None:
    """The reading above sees what is printed: other numbers are missed at every single place."""
    city = catalog().cities[CITIES[0]]
    found = places_of(city, [f"cities/{CITIES[0]}"], "en")
    others = {name: str(Decimal(figure.value) * 10 + 7) for name, figure in city.figures.items()}
    lines = differing(found, others, {"page": shown(built, f"cities/{CITIES[0]}", "en")})
    assert len(lines) == sum(map(len, found.values())) >= len(city.figures)


def test_every_number_of_the_alliance_is_the_same_everywhere(built: Path) -> None:
    """So does every figure of the alliance, on the front page and in its brochure."""
    published = {
        key: one["value"] for key, one in answer(built, "alliance.json")["figures"].items()
    }
    stated = source_file("data/alliance.yaml")["figures"]
    assert published == {key: one["value"] for key, one in stated.items()}
    for locale in LOCALES:
        found = places_of(catalog().alliance, ["index"], locale)
        media = {
            "page": shown(built, "index", locale),
            "brochure": printed(built, f"gini-{locale}"),
        }
        assert not differing(found, published, media)


@pytest.mark.parametrize("name", DOSSIERS)
def test_every_figure_of_a_dossier_is_the_same_everywhere(built: Path, name: str) -> None:
    """YAML and JSON write each figure with the same digits; read back from the lists of figures on
    its pages and in the brochure that prints the dossier, it is that number."""
    dossier = catalog().dossiers[name]
    stated = source_file(f"data/dossiers/{name}.yaml").get("figures", {})
    record = answer(built, f"dossiers/{name}.json")["figures"]
    published = {key: one["value"] for key, one in record.items()}
    assert published == {key: one["value"] for key, one in stated.items()}
    brochure = name if dossier.printed == "own" else "gini"
    for locale in LOCALES:
        found = {
            key: [
                [
                    Place(
                        f"{label_of(figure, locale)} ", forms(figure, locale)[0], "", figure, locale
                    )
                ]
            ]
            for key, figure in dossier.figures.items()
        }
        pages = [f"{name}/{one}".removesuffix("/index") for one in dossier.pages]
        media = {
            f"pages {locale}": "\n".join(shown(built, one, locale) for one in pages),
            f"brochure {locale}": printed(built, f"{brochure}-{locale}"),
        }
        assert not differing(found, published, media)


@pytest.mark.parametrize("name", DOSSIERS)
def test_every_number_of_a_table_is_the_same_everywhere(built: Path, name: str) -> None:
    """YAML, JSON and CSV write each cell of numbers with the same digits; the table on its page
    and the one on paper have, row by row, just these numbers, and a word where there is none."""
    stated = source_file(f"data/dossiers/{name}.yaml").get("tables", {})
    record = answer(built, f"dossiers/{name}.json")["tables"]
    for key, table in catalog().dossiers[name].tables.items():
        numeric = [one for one, column in table.columns.items() if column.unit is not None]
        lines = {row["row_id"]: row for row in rows(built, f"tables/{name}/{key}.csv")}
        assert list(lines) == list(stated[key]["rows"]) == list(record[key]["rows"])
        for row, cells in stated[key]["rows"].items():
            for column in numeric:
                # BaseLoader reads null as its letters.
                value = None if cells[column] in ("null", "~", "") else cells[column]
                assert record[key]["rows"][row][column] == value, (key, row, column)
                assert lines[row][column] == (value or ""), (key, row, column)
    for edition in editions():
        dossier = next(one for one in edition.dossiers if one.id == name)
        for key in catalog().dossiers[name].tables:
            block = dossier.blocks["table", key]
            assert isinstance(block, Table)
            published = record[key]["rows"]
            assert not _misread_on_page(built, name, block, published, edition)
            brochure = name if catalog().dossiers[name].printed == "own" else "gini"
            text = printed(built, f"{brochure}-{edition.locale}")
            assert not _misread_on_paper(text, block, published, edition)


def _numeric(table: Table) -> list[int]:
    return [index for index, column in enumerate(table.columns) if column.numeric]


def _misread_on_page(
    site: Path, name: str, table: Table, published: Mapping[str, Any], edition: Edition
) -> list[str]:
    """The rows of a table whose numbers on the page are others than those of its record."""
    folder = site if edition.locale == catalog().settings.locales[0] else site / edition.locale
    text = "".join(
        one.read_text(encoding="utf-8") for one in sorted((folder / name).rglob("index.html"))
    )
    absent, misread = language(edition.locale).say("table.absent"), []
    for row in table.rows:
        (body,) = re.findall(rf'<tr id="{table.id}-{row.id}">(.*?)</tr>', text, re.DOTALL)
        cells = re.findall(r"<td\b[^>]*>(.*?)</td>", re.sub(r"<sup.*?</sup>", "", body), re.DOTALL)
        for index in _numeric(table):
            value = published[row.id][table.columns[index].id]
            said = html.unescape(re.sub(r"<[^>]+>", "", cells[index])).strip()
            read = None if said == absent else numbers_of(edition.locale).find(said)
            if read != (None if value is None else [Decimal(value)]):
                misread.append(f"{table.id}, {row.id}: {said} for {value}")
    return misread


def _misread_on_paper(
    text: str, table: Table, published: Mapping[str, Any], edition: Edition
) -> list[str]:
    """The same for paper, where a row is its heading and its cells, one after the other."""
    numbers = numbers_of(edition.locale)
    absent, misread = language(edition.locale).say("table.absent"), []
    for row in table.rows:
        parts, values = [loose(row.heading)], []
        for index, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            if index in _numeric(table) and cell.lines:
                value = Decimal(published[row.id][column.id])
                first, last = taken_apart(cell.lines[0], value, numbers)
                parts += [loose(first), number(numbers), loose(last)]
                values.append(value)
            else:
                parts.append(loose("".join(cell.lines) or absent))
            parts.append("".join(note.mark for note in cell.notes))
        if not values:
            continue
        pattern = r"\s*".join(filter(None, parts))
        read = []
        for match in re.finditer(pattern, text):
            found = iter(match.groups())
            read.append(
                [value_of(digits, word, numbers) for digits, word in zip(found, found, strict=True)]
            )
        if values not in read:
            misread.append(f"{table.id}, {row.id}: {read} for {values}")
    return misread


# The records


def answered(value: Any, figures: Mapping[str, Figure]) -> Any:
    """A text or date of the catalog as a JSON record has it."""
    if isinstance(value, dict):
        return {locale: said(value, locale, figures) for locale in value}
    return value.isoformat()


@pytest.mark.parametrize("name", [*CITIES, *DOSSIERS, "alliance"])
def test_a_record_says_all_that_its_file_states(built: Path, name: str) -> None:
    """Every entry of a data file stands in its record at the same place: texts in all languages
    with their figures filled in, everything else as it is written; what is absent is null."""
    shared = catalog()
    folder, holder = (
        ("cities/", shared.cities[name])
        if name in shared.cities
        else ("dossiers/", shared.dossiers[name])
        if name in shared.dossiers
        else ("", shared.alliance)
    )
    record = answer(built, f"{folder}{name}.json")
    for path, fact in facts(holder):
        found: Any = record
        for part in path:
            found = found[part]
        if isinstance(fact, Figure):
            assert set(found) == set(type(fact).model_fields)
            assert found["label"] == {one: label_of(fact, one) for one in LOCALES}
        else:
            assert found == answered(fact, holder.figures), path
    stated = source_file(f"data/{folder}{name}.yaml")
    # In which languages the staff reads messages is no fact.
    stated.pop("languages", None)
    assert not _lost(stated, record, ())


def _lost(stated: Any, record: Any, path: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Where a record differs from its file, but for texts, which are compared as such."""
    if isinstance(stated, dict) and set(stated) == set(LOCALES):
        return []
    if isinstance(stated, dict):
        lacking = [(*path, key) for key in stated if key not in record]
        return lacking + [
            one
            for key in stated
            if key in record
            for one in _lost(stated[key], record[key], (*path, key))
        ]
    if isinstance(stated, list):
        if len(stated) != len(record):
            return [path]
        pairs = zip(stated, record, strict=True)
        return [one for at, two in enumerate(pairs) for one in _lost(*two, (*path, at))]
    # BaseLoader has only letters.
    plain = {None: "null", True: "true", False: "false"}.get(record, record)
    return [] if stated == plain else [path]


def test_pairs_are_those_of_the_briefings(built: Path) -> None:
    """Every two members have a record with what their page says: each field they share and each
    that complements stands on it, by its name, with the industries and organisations named."""
    pairs = answer(built, "pairs.json")["pairs"]
    assert len(pairs) == len(CITIES) * (len(CITIES) - 1) // 2
    for pair, locale in product(pairs, LOCALES):
        assert pair["url"][locale] in addresses(built)
        text = shown(built, f"pairs/{'/'.join(pair['cities'])}", locale)
        for meeting in [*pair["shared"], *pair["complementary"]]:
            assert catalog().industries[meeting["field"]][locale] in text
            for city, side in meeting["cities"].items():
                names = {one.id: one.name[locale] for one in catalog().cities[city].industries}
                assert all(names[one] in text for one in side["strategic"])
                assert all(one[locale] in text for one in side["organisations"])
        assert all(
            len([side for side in one["cities"].values() if side["strategic"]]) == count
            for count, key in ((2, "shared"), (1, "complementary"))
            for one in pair[key]
        )
        for city, fields in pair["alone"].items():
            own = {field for one in catalog().cities[city].industries for field in one.fields}
            assert set(fields) <= own


def test_a_source_without_a_licence_has_none(built: Path) -> None:
    """Licences and dates stand where a source states them, and are null elsewhere; no licence is
    claimed for the package or the paths."""
    for one in answer(built, "sources.json")["sources"]:
        source = catalog().sources[one["id"]]
        assert (one["licence"] is None) == (source.licence == "unstated")
        assert (one["date"] is None) == (source.date == "unstated")
        if isinstance(source.licence, str) and one["licence"]:
            assert set(one["licence"].values()) == {source.licence}
    assert "licenses" not in answer(built, "datapackage.json")
    assert "license" not in answer(built, "openapi.json")["info"]


def addresses(site: Path) -> set[str]:
    """The address of every page of the site."""
    root = catalog().settings.site_url
    pages = (path.relative_to(site).parent.as_posix() for path in site.rglob("index.html"))
    return {root if one == "." else f"{root}{one}/" for one in pages}


def test_every_address_leads_somewhere(built: Path) -> None:
    """Every address below the site's own that a record gives is that of a page or a file."""
    root = catalog().settings.site_url
    pages = addresses(built)
    for name, text in files(built).items():
        for address in re.findall(rf'"({re.escape(root)}[^"]*)"', text):
            known = address in pages or (built / address.removeprefix(root)).is_file()
            # The server of the OpenAPI description is the folder itself.
            assert known or address == f"{root}api/v1", (name, address)


# The descriptions


def problems(folder: Path) -> list[str]:
    """What frictionless finds wrong with a Data Package."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [" ".join(map(str, one)) for one in report.flatten(["name", "type", "message"])] + [
        str(error) for error in report.errors
    ]


def test_the_data_package_is_valid(built: Path, tmp_path: Path) -> None:
    """frictionless accepts package and tables; it refuses a figure of no known city, a number that
    is none, a row that stands twice. So keys and types are what it checks."""
    assert not problems(built / "api/v1")
    for old, new, told in [
        ("daejeon,area", "atlantis,area", "foreign-key"),
        (",539.73,", ",some,", "type-error"),
        ("daejeon,area", "daejeon,population", "primary-key"),
    ]:
        folder = tmp_path / told
        for name, text in files(built).items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            changed = text.replace(old, new, 1) if name == "observations.csv" else text
            file.write_text(changed, encoding="utf-8", newline="")
        assert any(told in one for one in problems(folder)), told


def test_every_kind_of_cell_is_valid(hostile: Path) -> None:
    """Cells without a value, with several, and with markup are valid, and records as described."""
    assert not problems(hostile / "api/v1")
    for name, text in files(hostile).items():
        if name.endswith(".json"):
            assert not flaws(hostile, name, json.loads(text)), name


def test_the_data_package_lists_every_table(built: Path) -> None:
    """Each CSV file is a resource, with a column in its schema for each in its first line."""
    resources = answer(built, "datapackage.json")["resources"]
    listed = {one["path"]: [c["name"] for c in one["schema"]["fields"]] for one in resources}
    tables = {name: text for name, text in files(built).items() if name.endswith(".csv")}
    assert listed == {name: next(csv.reader(io.StringIO(text))) for name, text in tables.items()}
    assert len({one["name"] for one in resources}) == len(resources)


def paths_of(description: Mapping[str, Any]) -> dict[str, str]:
    """Each file that a description's paths come to, with its path."""
    found: dict[str, str] = {}
    for path, item in description["paths"].items():
        parameters = item["get"].get("parameters", [])
        for values in product(*(one["schema"]["enum"] for one in parameters)):
            names = [one["name"] for one in parameters]
            name = path.format(**dict(zip(names, values, strict=True)))
            assert name not in found
            found[name.removeprefix("/")] = path
    return found


def test_the_openapi_description_covers_every_file(built: Path) -> None:
    """The description is valid OpenAPI 3.1; its paths, filled in, are exactly the files."""
    description = answer(built, "openapi.json")
    validate_openapi(json.loads(files(built)["openapi.json"]))
    assert set(paths_of(description)) == set(files(built))
    kinds = {".json": "application/json", ".csv": "text/csv"}
    for name, path in paths_of(description).items():
        content = description["paths"][path]["get"]["responses"]["200"]["content"]
        assert list(content) == [kinds[Path(name).suffix]]


def flaws(site: Path, name: str, record: Any) -> list[str]:
    """Where a record differs from what the description says of its path."""
    description = json.loads(files(site)["openapi.json"])
    operation = description["paths"][paths_of(description)[name]]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    validator = jsonschema.Draft202012Validator(
        schema | {"components": description["components"]},
        format_checker=jsonschema.FormatChecker(),
    )
    return [error.message for error in validator.iter_errors(record)]


def test_every_record_is_as_described(built: Path) -> None:
    """Each JSON file has the form that the description gives it; the form is strict enough to
    refuse a record that lacks an entry, has one more, or holds text for a number."""
    records = {
        name: json.loads(text) for name, text in files(built).items() if name.endswith(".json")
    }
    for name, record in records.items():
        assert not flaws(built, name, record), name
    name = f"cities/{CITIES[0]}.json"
    spoilers: list[Callable[[dict[str, Any]], object]] = [
        lambda figure: figure.pop("unit"),
        lambda figure: figure.update(more=1),
        lambda figure: figure.update(value=str(figure["value"])),
        lambda figure: figure.update(label=None),
    ]
    for spoil in spoilers:
        record = deepcopy(records[name])
        spoil(next(iter(record["figures"].values())))
        assert flaws(built, name, record)


# The bytes


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | NUMBERS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=20,
    ),
    st.none() | st.integers(0, 4),
)
def test_json_is_exact(value: Any, indent: int | None) -> None:
    """Whatever is written reads back as the same, digit for digit."""

    def exact(one: Any) -> Any:
        if isinstance(one, dict):
            return {key: exact(each) for key, each in one.items()}
        if isinstance(one, list):
            return [exact(each) for each in one]
        number = isinstance(one, int | Decimal) and not isinstance(one, bool)
        return Decimal(one) if number else one

    text = dump_json(value, indent)
    assert json.loads(text, parse_int=Decimal, parse_float=Decimal) == exact(value)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["C"]) | st.sampled_from('",\n=+-@＝＋－＠|')),
        min_size=1,
        max_size=4,
    )
)
def test_a_text_comes_through_a_table(texts: list[str]) -> None:
    """A cell reads back as its text; one that a spreadsheet would calculate has an apostrophe
    before it, and no other cell has anything added."""
    columns = [Column(f"c{at}") for at in range(len(texts) + 1)]
    sheet = Sheet("s", "s.csv", {}, columns, [["-1", *texts], [Decimal(-1), *texts]], [])
    _, first, second = csv.reader(io.StringIO(sheet.text(), newline=""), strict=True)
    guarded = [f"'{one}" if one.startswith(tuple("=+-@＝＋－＠")) else one for one in texts]
    assert first == ["'-1", *guarded]
    assert second == ["-1", *guarded]


def test_the_files_are_plain(built: Path) -> None:
    """UTF-8 without a mark, lines that end with a newline alone; no stated text holds the bars
    that stand between several values of a cell."""
    for name, text in files(built).items():
        assert text.endswith("\n") and "\r" not in text and not text.startswith("\ufeff"), name
    for holder in (*catalog().cities.values(), *catalog().dossiers.values()):
        texts = [text for _, text in facts(holder) if isinstance(text, dict)]
        assert not [text for text in texts if any(" | " in one for one in text.values())]


def stated(of: Catalog) -> dict[str, str]:
    """The open data of a catalog."""
    made = [localize(of, locale) for locale in of.settings.locales]
    return {name: file.make() for name, file in open_data(Records(of, made)).items()}


def test_the_order_of_files_does_not_show(built: Path) -> None:
    """The same data gives the same bytes, in whatever order its cities were read."""
    turned = replace(catalog(), cities=dict(reversed(list(catalog().cities.items()))))
    assert stated(turned) == {f"api/v1/{name}": text for name, text in files(built).items()}


def test_languages_follow_the_settings(built: Path) -> None:
    """Languages stand in the order of the site, and the first is at its root; nothing else knows
    which they are."""
    settings = replace(catalog().settings, locales=tuple(reversed(LOCALES)))
    turned = replace(catalog(), settings=settings)
    again = stated(turned)
    root, (first, second) = settings.site_url, settings.locales
    city = json.loads(again[f"api/v1/cities/{CITIES[0]}.json"])
    assert list(city["name"].items()) == [*reversed(catalog().cities[CITIES[0]].name.items())]
    assert city["url"] == {
        first: f"{root}cities/{CITIES[0]}/",
        second: f"{root}{second}/cities/{CITIES[0]}/",
    }
    assert f"label_{first},label_{second}" in again["api/v1/observations.csv"]
    assert f"label_{second},label_{first}" in files(built)["observations.csv"]


# The page


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site on this machine, by its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def html_of(site: Path, path: str, locale: str) -> str:
    """A page as it is published."""
    folder = site if locale == catalog().settings.locales[0] else site / locale
    return (folder / path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_links_every_file(built: Path, locale: str) -> None:
    """The page about the open data leads to each of its files, and to none that is not there."""
    text = html_of(built, "data", locale)
    start = catalog().settings.site_url + page_url("data", locale, LOCALES[0])
    folder = catalog().settings.site_url + "api/v1/"
    linked_files = {urljoin(start, one) for one in re.findall(r'href="([^"]+)"', text)}
    assert {one for one in linked_files if one.startswith(folder)} == {
        folder + name for name in files(built)
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_the_example_works(built: Path, locale: str) -> None:
    """The page's example, run as it stands but on this machine's server, prints each city's
    population with year and base; the address that is fetched by curl is that of a file."""
    curl, python = [
        html.unescape(one)
        for one in re.findall(r"<pre[^>]*><code>([^<]*)</code>", html_of(built, "data", locale))
    ]
    root = catalog().settings.site_url
    command, option, address = curl.split()
    assert (command, option) == ("curl", "-O")
    assert (built / address.removeprefix(root)).is_file()
    assert python.count("\n") <= 7 and root in python
    with served(built) as here:
        done = subprocess.run(
            [sys.executable, "-c", python.replace(root, here)],
            capture_output=True, encoding="utf-8", check=False, env={"PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{name} {figure.value} {figure.year or ''} {figure.scope or ''}"
        for name, city in sorted(catalog().cities.items())
        for figure in city.figures.values()
        if figure.indicator == "population"
    ]


# Linked data


def graph(text: str) -> dict[str, Any]:
    """What a page says to search engines, by type; numbers as the digits that stand there."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert len(blocks) <= 1
    said = [json.loads(one, parse_int=str, parse_float=str) for one in blocks]
    return {thing["@type"]: thing for one in said for thing in one["@graph"]}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", CITIES)
def test_a_city_is_described_by_its_own_data(built: Path, name: str, locale: str) -> None:
    """A city's page names the place, where it lies, every figure with the digits of the data, and
    files that are there."""
    city, root = catalog().cities[name], catalog().settings.site_url
    things = graph(html_of(built, f"cities/{name}", locale))
    (place,) = (thing for kind, thing in things.items() if kind != "BreadcrumbList")
    scopes = {figure.scope for figure in city.figures.values()}
    assert place["@type"] == ("City" if "city" in scopes else "AdministrativeArea")
    assert place["name"] == city.name[locale]
    assert place["alternateName"] == [one for key, one in city.name.items() if key != locale]
    assert place["url"] in addresses(built)
    location = source_file(f"data/cities/{name}.yaml")["location"]
    assert (place["geo"]["latitude"], place["geo"]["longitude"]) == (
        location["latitude"], location["longitude"],
    )  # fmt: skip
    stated = source_file(f"data/cities/{name}.yaml")["figures"]
    assert {
        one["propertyID"]: (one["value"], one["unitText"]) for one in place["additionalProperty"]
    } == {key: (one["value"], one["unit"]) for key, one in stated.items()}
    assert {one["propertyID"]: one["name"] for one in place["additionalProperty"]} == {
        key: label_of(figure, locale) for key, figure in city.figures.items()
    }
    for download in place["subjectOf"]["distribution"]:
        assert (built / download["contentUrl"].removeprefix(root)).is_file()
    assert place["subjectOf"]["url"] in addresses(built)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_front_page_describes_the_alliance(built: Path, locale: str) -> None:
    """The front page names the alliance, its founding and its address; cities refer to it."""
    things = graph(html_of(built, "", locale))
    assert list(things) == ["Organization"]
    alliance, record = things["Organization"], catalog().alliance
    assert alliance["name"] == record.name[locale]
    assert record.acronym in alliance["alternateName"]
    assert alliance["foundingDate"] == record.founding.begins.isoformat()
    assert alliance["telephone"] == record.secretariat.telephone
    city = graph(html_of(built, f"cities/{CITIES[0]}", locale))
    creators = [one["subjectOf"]["creator"] for one in city.values() if "subjectOf" in one]
    assert creators == [{"@id": alliance["@id"]}]


def test_trails_say_where_pages_stand(built: Path) -> None:
    """Every page but the front pages has the way to it, of pages that are there; where the page
    shows a trail, it is the same, word for word."""
    trails = 0
    for file in sorted(built.rglob("index.html")):
        text = file.read_text(encoding="utf-8")
        here = catalog().settings.site_url + file.relative_to(built).parent.as_posix() + "/"
        # The front pages, and the form, which is no page of the publication.
        if 'class="page page--home"' in text or file.parent.name == "edit":
            continue
        steps = graph(text)["BreadcrumbList"]["itemListElement"]
        assert [one["position"] for one in steps] == [str(at) for at in range(1, len(steps) + 1)]
        assert {one["item"] for one in steps} <= addresses(built)
        assert steps[-1]["item"] == here
        if shown_trail := re.search(r'<nav class="trail".*?</nav>', text, re.DOTALL):
            trails += 1
            stops = re.findall(r'<a href="([^"]+)">(.*?)</a>', shown_trail[0])
            assert [(urljoin(here, one), html.unescape(words)) for one, words in stops] == [
                (one["item"], one["name"]) for one in steps[:-1]
            ]
    assert trails > 20


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, drawn: Path) -> Path:
    """A site where the name of a city and the title of an entry of the news are markup."""
    root = copy_miniature(tmp_path_factory.mktemp("hostile"), drawn)
    city = root / "data/cities/alba.yaml"
    text = city.read_text(encoding="utf-8")
    assert "name: {ko: 알바, en: Alba}" in text
    name = "name: {ko: '</script><b>알바', en: '</script><script>alert(1)</script>&'}"
    city.write_text(text.replace("name: {ko: 알바, en: Alba}", name, 1), encoding="utf-8")
    entry = next((root / "content/news").glob("2*.en.md"))
    text = re.sub(r"(?m)^title: .*$", 'title: "]]><b>&amp;"', entry.read_text(encoding="utf-8"))
    entry.write_text(text, encoding="utf-8")
    stored = Cache(root / "build/cache")
    pages = publish_pages(root, publication(root), stored, root / "build/mkdocs")
    Release(root / "dist/site").put(pages)
    return root / "dist/site"


def test_a_name_cannot_break_out(hostile: Path) -> None:
    """A name that ends a script element, or opens one, is a name: the page has no script but its
    own, and what it says to search engines reads back as the name."""
    text = (hostile / "en/cities/alba/index.html").read_text(encoding="utf-8")
    assert "alert(1)</script>" not in text
    place = next(one for one in graph(text).values() if "geo" in one)
    assert place["name"] == "</script><script>alert(1)</script>&"
    assert place["alternateName"] == ["</script><b>알바"]


@given(st.text())
def test_linked_data_holds_no_markup(name: str) -> None:
    """Whatever a page is called, what it says is JSON, with no sign that HTML would act on."""
    edition = editions()[0]
    text = json_ld("compare", name, edition)
    assert not set("<>&\u2028\u2029\n") & set(text)
    assert json.loads(text)["@graph"][0]["itemListElement"][-1]["name"] == name


# The feeds


@pytest.mark.parametrize("locale", LOCALES)
def test_the_feed_tells_the_news(built: Path, locale: str) -> None:
    """A feed has what Atom asks for, and each entry of the news once, from the newest on, dated by
    its own day, with the words of its page and an address that leads there."""
    folder = built if locale == catalog().settings.locales[0] else built / locale
    root = ET.parse(folder / "news/feed.xml").getroot()
    assert root.tag == f"{ATOM}feed"
    pages = addresses(built)
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links["alternate"] in pages
    assert links["self"] == root.findtext(f"{ATOM}id") == f"{links['alternate']}feed.xml"
    author = root.findtext(f"{ATOM}author/{ATOM}name")
    assert author == catalog().alliance.name[locale]
    entries = root.findall(f"{ATOM}entry")
    front = {
        page: narrative.front
        for (page, language_), narrative in catalog().narratives.items()
        if language_ == locale and page.startswith("news/2")
    }
    assert len(front) > 1
    told = []
    for entry in entries:
        (link,) = entry.findall(f"{ATOM}link")
        address = link.get("href", "")
        path = "news/" + address.rstrip("/").rpartition("/")[2]
        told.append(path)
        assert address in pages and entry.findtext(f"{ATOM}id") == address
        assert entry.findtext(f"{ATOM}updated") == f"{path[5:15]}T00:00:00Z"
        assert entry.findtext(f"{ATOM}title") == front[path].title
        assert entry.findtext(f"{ATOM}summary") == front[path].description
    assert told == sorted(front, reverse=True)
    assert root.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")


@pytest.mark.parametrize("locale", LOCALES)
def test_news_pages_name_their_feed(built: Path, locale: str) -> None:
    """The list of the news and each entry lead readers of feeds to the feed of their language."""
    root = catalog().settings.site_url
    folder = built if locale == catalog().settings.locales[0] else built / locale
    news = sorted((folder / "news").rglob("index.html"))
    assert len(news) > 1
    for file in news:
        head = file.read_text(encoding="utf-8").partition("</head>")[0]
        (link,) = re.findall(r'<link rel="alternate ?" type="application/atom\+xml"[^>]*>', head)
        (address,) = re.findall(r'href="([^"]+)"', link)
        assert built / address.removeprefix(root) == folder / "news/feed.xml"
    assert "atom+xml" not in (folder / "index.html").read_text(encoding="utf-8")


def test_markup_in_the_news_stays_text(hostile: Path) -> None:
    """A title that looks like markup is a title in the feed."""
    root = ET.parse(hostile / "en/news/feed.xml").getroot()
    assert "]]><b>&amp;" in [one.text for one in root.iter(f"{ATOM}title")]


def test_a_feed_without_news_is_dated_by_the_edition() -> None:
    """An alliance without news has a feed all the same, dated by the edition."""
    edition = replace(editions()[0], news=[])
    root = ET.fromstring(feed(edition).encode())
    day = catalog().alliance.edition.isoformat()
    assert root.findtext(f"{ATOM}updated") == f"{day}T00:00:00Z"
    assert root.find(f"{ATOM}entry") is None
