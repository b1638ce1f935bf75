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
from collections.abc import Iterator, Mapping, Sequence
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
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import validate as validate_openapi
from support import ROOT, contents, copy_miniature
from test_facts import (
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
    page,
    paper,
    said,
)
from test_numbers import NUMBERS, Reader, reader

from brochure.calls import phrase
from brochure.edition import Edition, Table
from brochure.exact import written
from brochure.feed import feed
from brochure.linked import linked
from brochure.localize import localize
from brochure.model import Figure
from brochure.opendata import open_data
from brochure.program import publication, publish_pages
from brochure.records import Records
from brochure.tabular import Column, Sheet
from brochure.views import Page

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
        return {value_of(*one.groups(), self.numbers) for one in self.pattern.finditer(text)}


def printed(site: Path, name: str) -> str:
    """The text of a brochure."""
    return "\n".join(paper(site, name))


def shown(site: Path, path: str, locale: str) -> str:
    """The text of a page."""
    return "\n".join(page(site, path, locale).pages)


def numbers_of(locale: str) -> Reader:
    return reader(catalog().words[locale]["language.formats"])


def around(
    text: str, locale: str, figures: Mapping[str, Figure]
) -> Iterator[tuple[str, Place]]:
    """Each figure that a text calls, with a few words around it."""
    parts = phrase(text)
    for index, part in enumerate(parts):
        if isinstance(part, str) or part.name not in ("fact", "number"):
            continue
        before, after = (
            one if isinstance(one, str) else ""
            for one in (parts[index - 1] if index else "", (*parts, "")[index + 1])
        )
        # No further than a sign of Markdown or the end of a line.
        before = re.search(r"[^*\[\]()#`\n]{0,12}\Z", before)[0]
        after = re.match(r"[^*\[\]()#`\n]{0,12}", after)[0]
        form = called(part, locale, figures)
        yield part.argument, Place(before, form, after, figures[part.argument], locale)


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
    """A line for each place in these texts that does not have the published number, or has any other as well."""
    lines = [f"{name} stands nowhere" for name, places in found.items() if not places]
    for name, places in found.items():
        value = Decimal(published[name])
        for ways, (where, text) in product(places, media.items()):
            read = {one for way in ways for one in way.read(text)}
            if value not in read:
                lines.append(f"{where}: {name}: {value} is not among {read}")
            # The reading would not have found just any number.
            if value * 10 + 7 in read:
                lines.append(f"{where}: {name}: cannot be told from another number")
    return lines


@pytest.mark.parametrize("name", CITIES)
def test_every_number_of_a_city_is_the_same_everywhere(built: Path, name: str) -> None:
    """YAML, JSON and CSV write each figure with the same digits, and in every language its page
    and its brochure, read back, say that number."""
    stated = source_file(f"data/cities/{name}.yaml")
    published = {key: one["value"] for key, one in answer(built, f"cities/{name}.json")["figures"].items()}
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


def test_every_number_of_the_alliance_is_the_same_everywhere(built: Path) -> None:
    """So does every figure of the alliance, on the front page and in its brochure."""
    published = {key: one["value"] for key, one in answer(built, "alliance.json")["figures"].items()}
    stated = source_file("data/alliance.yaml")["figures"]
    assert published == {key: one["value"] for key, one in stated.items()}
    for locale in LOCALES:
        found = places_of(catalog().alliance, ["index"], locale)
        media = {"page": shown(built, "index", locale), "brochure": printed(built, f"gini-{locale}")}
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
            key: [[Place(f"{label_of(figure, locale)} ", forms(figure, locale)[0], "", figure, locale)]]
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
        body = re.search(rf'<tr id="{table.id}-{row.id}">(.*?)</tr>', text, re.DOTALL)[1]
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
            read.append([value_of(digits, word, numbers) for digits, word in zip(found, found, strict=True)])
        if values not in read:
            misread.append(f"{table.id}, {row.id}: {read} for {values}")
    return misread
