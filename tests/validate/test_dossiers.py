"""Dossiers: tables, plots, timelines, similarities, and the narratives that place them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from slips import (
    ALBA_EN,
    ALBA_KO,
    LIST,
    PAIRS_EN,
    STUDY,
    STUDY_EN,
    Slip,
    assert_file_told,
    assert_told,
    at,
    edited,
    nearest,
)

from brochure.base.message import Message

SLIPS = {
    "an unknown dossier": Slip(
        LIST,
        "[study, note]",
        "[study, ‸noet]",
        Message("dossier.unknown", name="noet", hint=nearest("note")),
    ),
    "a dossier twice": Slip(
        LIST, "[study, note]", "[study, note, ‸note]", Message("dossier.listed-twice", name="note")
    ),
    "a dossier that is not listed": Slip(
        LIST, "[study, note]", "‸[study]", Message("dossier.not-listed", name="note")
    ),
    "a dossier that begins elsewhere": Slip(
        STUDY,
        "  index: {cities: [alba]}\n  pairs: {}",
        "  ‸pairs: {}\n  index: {cities: [alba]}",
        Message("dossier.first-page"),
    ),
    "a dossier printed nowhere": Slip(
        STUDY,
        "pages:\n",
        "printed: ‸nowhere\npages:\n",
        Message("value.not-accepted", value="nowhere"),
    ),
    "an unknown key in a dossier": Slip(
        STUDY,
        "accent: '#6a2c70'",
        "‸acent: '#6a2c70'",
        Message("entry.unknown", name="acent", hint=nearest("accent")),
    ),
    "an unknown key in a plot": Slip(
        STUDY,
        "colours: stage}",
        "‸colour: stage}",
        Message("entry.unknown", name="colour", hint=nearest("colours")),
    ),
    "an unknown key in an event": Slip(
        STUDY,
        "  place: {ko: 알바",
        "  ‸palce: {ko: 알바",
        Message("entry.unknown", name="palce", hint=nearest("place")),
    ),
    "a name of a table in capitals": Slip(
        STUDY,
        "  rated:\n",
        "  ‸Rated:\n",
        Message("name.form", name="Rated", hint=nearest("rated")),
    ),
    "an unknown member on a page": Slip(
        STUDY,
        "cities: [alba]}",
        "cities: [‸abla]}",
        Message("city.unknown", name="abla", hint=nearest("alba")),
    ),
    "an unknown member in an event": Slip(
        STUDY,
        "[alba, bruma]",
        "[alba, ‸burma]",
        Message("city.unknown", name="burma", hint=nearest("bruma")),
    ),
    "an unknown member who speaks": Slip(
        STUDY,
        "city: alba",
        "city: ‸abla",
        Message("city.unknown", name="abla", hint=nearest("alba")),
    ),
    "an unknown source of a dossier": Slip(
        STUDY,
        "source: handbook\naccent",
        "source: ‸handbok\naccent",
        Message("source.unknown", name="handbok", hint=nearest("handbook")),
    ),
    "an unknown source of a table": Slip(
        STUDY,
        "    source: yearbook\n",
        "    source: ‸yaerbook\n",
        Message("source.unknown", name="yaerbook", hint=nearest("yearbook")),
    ),
    "an unknown note of a table": Slip(
        STUDY,
        "notes: [read]\n    source",
        "notes: [‸raed]\n    source",
        Message("note.unknown", name="raed", hint=nearest("read")),
    ),
    "an unknown note of a column": Slip(
        STUDY,
        "year: 2023, notes: [lost]",
        "year: 2023, notes: [‸lsot]",
        Message("note.unknown", name="lsot", hint=nearest("lost")),
    ),
    "an unknown unit of a dossier’s figure": Slip(
        STUDY,
        "value: 7, unit: company",
        "value: 7, unit: ‸compnay",
        Message("figure.unknown-unit", name="compnay", hint=nearest("company")),
    ),
    "terms without a heading": Slip(
        STUDY,
        "title: {ko: 세 항구, en: Three ports}\n    of: places\n    heading: {ko: 항구, en: Port}",
        "‸title: {ko: 세 항구, en: Three ports}\n    of: places",
        Message("table.of-without-heading"),
    ),
    "a heading without terms": Slip(
        STUDY,
        "    title: {ko: 짝의 별점, en: Pairs rated}\n",
        "    ‸title: {ko: 짝의 별점, en: Pairs rated}\n    heading: {ko: 짝, en: Pair}\n",
        Message("table.heading-without-of"),
    ),
    "an unknown list of terms": Slip(
        STUDY,
        "of: places\n    heading",
        "of: ‸palces\n    heading",
        Message("term.unknown-list", name="palces", hint=nearest("places")),
    ),
    "an unknown list of a column’s terms": Slip(
        STUDY,
        "terms: stage",
        "terms: ‸satge",
        Message("term.unknown-list", name="satge", hint=nearest("stage")),
    ),
    "a row that is no term": Slip(
        STUDY,
        "      east: {stage",
        "      ‸esat: {stage",
        Message("term.unknown", name="esat", hint=nearest("east")),
    ),
    "a unit and terms": Slip(
        STUDY,
        "stage: {label: {ko: 단계, en: Stage}, terms: stage}",
        "stage: ‸{label: {ko: 단계, en: Stage}, terms: stage, unit: rank}",
        Message("table.unit-and-terms"),
    ),
    "an unknown unit of a column": Slip(
        STUDY,
        "en: People}, unit: person",
        "en: People}, unit: ‸preson",
        Message("figure.unknown-unit", name="preson", hint=nearest("person")),
    ),
    "a cell left out": Slip(
        STUDY,
        "south: {stage: young, people: null, rank: 2, trade: null}",
        "south: ‸{stage: young, people: null, rank: 2}",
        Message("table.missing-cell", name="trade"),
    ),
    "a cell of no column": Slip(
        STUDY,
        "rank: 3, trade: {",
        "rank: 3, ‸trad: {",
        Message("table.unknown-column", name="trad", hint=nearest("trade")),
    ),
    "a cell in quotes": Slip(
        STUDY,
        "people: 1250",
        "people: ‸'1,250'",
        Message("number.with-commas", value="1,250", number="1250"),
    ),
    "a truth in a cell": Slip(
        STUDY, "people: 1250", "people: ‸true", Message("number.expected", value="true")
    ),
    "a list of numbers in a cell": Slip(
        STUDY, "people: 1250", "people: ‸[1250]", Message("value.is-list", name="people")
    ),
    "an unknown term": Slip(
        STUDY,
        "east: {stage: grown",
        "east: {stage: ‸grwon",
        Message("term.unknown", name="grwon", hint=nearest("grown")),
    ),
    "an unknown term among others": Slip(
        STUDY,
        "east: {stage: grown",
        "east: {stage: [young, ‸grwon]",
        Message("term.unknown", name="grwon", hint=nearest("grown")),
    ),
    "a text where a term should be": Slip(
        STUDY,
        "east: {stage: grown",
        "east: {stage: ‸{ko: 성숙, en: Grown}",
        Message("term.id-expected", names=["grown", "young"]),
    ),
    "a word where a text should be": Slip(
        STUDY,
        "trade: {ko: 조선, en: Ships}",
        "trade: ‸ships",
        Message("table.cell-without-languages"),
    ),
    "a word among texts": Slip(
        STUDY,
        "trade: [{ko: 어업, en: Fish},",
        "trade: [‸fish,",
        Message("table.cell-without-languages"),
    ),
    "a cell’s text without a language": Slip(
        STUDY,
        "trade: {ko: 조선, en: Ships}",
        "trade: ‸{ko: 조선}",
        Message("text.language-missing", languages=["en"]),
    ),
    "a cell’s text in a language too many": Slip(
        STUDY,
        "trade: [{ko: 어업, en: Fish},",
        "trade: [‸{ko: 어업, en: Fish, de: Fisch},",
        Message("text.unknown-language", languages=["de"]),
    ),
    "an empty list in a cell": Slip(
        STUDY, "trade: {ko: 조선, en: Ships}", "trade: ‸[]", Message("list.too-short", limit=1)
    ),
    "a row without its head": Slip(
        STUDY,
        "north-east: {pair: {ko: 북항–동항, en: Northport–Eastport}",
        "north-east: {pair: ‸null",
        Message("table.empty-first-cell"),
    ),
    "a note on no row": Slip(
        STUDY,
        "cell_notes:\n      south:",
        "cell_notes:\n      ‸suoth:",
        Message("table.unknown-row", name="suoth", hint=nearest("south")),
    ),
    "a note on no column": Slip(
        STUDY,
        "south: {people: [lost]}",
        "south: {‸poeple: [lost]}",
        Message("table.unknown-column", name="poeple", hint=nearest("people")),
    ),
    "an unknown note on a cell": Slip(
        STUDY,
        "south: {people: [lost]}",
        "south: {people: [‸lsot]}",
        Message("note.unknown", name="lsot", hint=nearest("lost")),
    ),
    "a plot of no table": Slip(
        STUDY,
        "kind: bars, table: ports",
        "kind: bars, table: ‸prots",
        Message("table.unknown", name="prots", hint=nearest("ports")),
    ),
    "a plot of no column": Slip(
        STUDY,
        "columns: [people], title",
        "columns: [‸poeple], title",
        Message("table.unknown-number-column", name="poeple", hint=nearest("people")),
    ),
    "a plot of words": Slip(
        STUDY,
        "columns: [rank], title",
        "columns: [‸trade], title",
        Message("table.unknown-number-column", name="trade"),
    ),
    "a plot of the rows’ heads": Slip(
        STUDY,
        "table: ports, columns: [rank], title",
        "table: rated, columns: [‸pair], title",
        Message("table.unknown-number-column", name="pair"),
    ),
    "a plot of an unknown kind": Slip(
        STUDY,
        "kind: grid",
        "kind: ‸gird",
        Message("value.not-accepted", value="gird", hint=nearest("grid")),
    ),
    "a plot in the colours of numbers": Slip(
        STUDY,
        "colours: stage}",
        "colours: ‸rank}",
        Message("table.unknown-term-column", name="rank"),
    ),
    "a negative number in a plot": Slip(
        STUDY,
        "people: 1250",
        "people: ‸-1250",
        Message("figure.below-limit", unit="person", limit="0"),
    ),
    "an event before the last": Slip(
        STUDY,
        "- date: 2023-02-26",
        "- date: ‸2021-02-26",
        Message("timeline.out-of-order", date="2021-02-26", former="2022"),
    ),
    "an event that ends before it begins": Slip(
        STUDY,
        "until: 2023-03-03",
        "until: ‸2023-02-03",
        Message("timeline.ends-before-it-begins", until="2023-02-03", date="2023-02-26"),
    ),
    "an event on no day": Slip(
        STUDY,
        "- date: 2023-02-26",
        "- date: ‸2023-02-30",
        Message("date.no-such-day", date="2023-02-30"),
    ),
    "an event in no month": Slip(
        STUDY, "until: 2023-03-03", "until: ‸2023-13", Message("date.no-such-day", date="2023-13")
    ),
    "an event’s day in words": Slip(
        STUDY,
        "- date: 2023-02-26",
        "- date: ‸26 February 2023",
        Message("date.other-form", value="26 February 2023", date="2023-02-26"),
    ),
    "an event in a year of two digits": Slip(
        STUDY, "date: 2022", "date: ‸22", Message("date.expected", value="22")
    ),
    "a similarity of no terms": Slip(
        STUDY,
        "of: places\n    groups",
        "of: ‸palces\n    groups",
        Message("term.unknown-list", name="palces", hint=nearest("places")),
    ),
    "an unknown row in a group": Slip(
        STUDY,
        "[south, east]}",
        "[south, ‸esat]}",
        Message("term.unknown", name="esat", hint=nearest("east")),
    ),
    "a row twice in groups": Slip(
        STUDY, "[south, east]}", "[south, ‸north]}", Message("similarity.row-twice", name="north")
    ),
    "an empty group": Slip(STUDY, "[south, east]}", "‸[]}", Message("list.too-short", limit=1)),
    "three groups": Slip(
        STUDY,
        "groups: {first: [north], others: [south, east]}",
        "groups: ‸{first: [north], others: [south], more: [east]}",
        Message("list.too-long", limit=2),
    ),
    "labels of other groups": Slip(
        STUDY,
        "labels: {first: {ko: 하나",
        "labels: ‸{firts: {ko: 하나",
        Message("similarity.labels-of-other-groups", names=["first", "others"]),
    ),
    "a measure of no table": Slip(
        STUDY,
        "- {table: ports, column: people}",
        "- {table: ‸prots, column: people}",
        Message("table.unknown", name="prots", hint=nearest("ports")),
    ),
    "a measure of words": Slip(
        STUDY,
        "{table: ports, column: people}",
        "{table: ports, column: ‸trade}",
        Message("table.unknown-number-column", name="trade"),
    ),
    "a measure that weighs nothing": Slip(
        STUDY, "weight: 0.5", "weight: ‸0", Message("number.not-above", limit="0")
    ),
    "a measure that weighs too much": Slip(
        STUDY, "weight: 0.5", "weight: ‸1.5", Message("number.too-large", limit="1")
    ),
    "a zero that leads": Slip(
        STUDY, "people: null, rank: 2", "people: null, rank: ‸0", Message("similarity.zero-leads")
    ),
    "stars of no table": Slip(
        STUDY,
        "[rated, stars]",
        "[‸ratde, stars]",
        Message("table.unknown", name="ratde", hint=nearest("rated")),
    ),
    "stars of no column": Slip(
        STUDY,
        "[rated, stars]",
        "[rated, ‸pair]",
        Message("table.unknown-number-column", name="pair"),
    ),
    "stars without a column": Slip(
        STUDY, "[rated, stars]", "‸[rated]", Message("list.too-short", limit=2)
    ),
    "half a star": Slip(
        STUDY, "stars: 3}", "stars: ‸2.5}", Message("similarity.stars-not-whole", value="2.5")
    ),
    "a table that no text places": Slip(
        STUDY_EN,
        '{{ table("ports") }}\n\n',
        "",
        Message(
            "dossier.not-placed",
            right='{{ table("ports") }}',
            files=["content/study/index.en.md", "content/study/pairs.en.md"],
        ),
        told=at(STUDY, "title: {ko: 세 항구"),
    ),
    "a table placed twice": Slip(
        STUDY_EN,
        "",
        '\n{{ table("ports") }}\n',
        Message(
            "dossier.placed-twice",
            right='{{ table("ports") }}',
            files=["content/study/index.en.md", "content/study/pairs.en.md"],
        ),
        told=at(STUDY, "title: {ko: 세 항구"),
    ),
    "plots in another order": Slip(
        STUDY_EN,
        '{{ plot("people") }}\n\n{{ plot("ranks") }}',
        '{{ plot("ranks") }}\n\n{{ plot("people") }}',
        Message(
            "dossier.another-order",
            file="content/study/index.ko.md",
            names=[
                'table("ports")',
                'plot("people")',
                'plot("ranks")',
                'timeline("way")',
                'outline("aims")',
                'statements("said")',
            ],
        ),
        told=f"{STUDY_EN}:1:1",
    ),
    "an unknown table": Slip(
        STUDY_EN,
        '{{ table("ports") }}',
        '‸{{ table("prots") }}',
        Message("placeholder.unknown-block", entry="tables", name="prots", hint=nearest("ports")),
    ),
    "a plot that is a table": Slip(
        STUDY_EN,
        '{{ table("ports") }}',
        '‸{{ plot("ports") }}',
        Message("placeholder.block-of-another-kind", name="ports", right='{{ table("ports") }}'),
    ),
    "a table in a text on a city": Slip(
        ALBA_EN,
        '{{ chart("campus") }}',
        '‸{{ table("ports") }}',
        Message("placeholder.block-outside-dossier", name="table"),
    ),
    "a chart in a dossier": Slip(
        STUDY_EN,
        '{{ table("ports") }}',
        '{{ table("ports") }}\n\n‸{{ chart("campus") }}',
        Message("placeholder.chart-outside-city"),
    ),
    "a table within a sentence": Slip(
        STUDY_EN,
        '{{ table("ports") }}',
        'See ‸{{ table("ports") }}.',
        Message("placeholder.not-alone", name="table"),
    ),
    "a table close to a heading": Slip(
        STUDY_EN,
        "## Tables\n\n{{ table",
        "## Tables\n‸{{ table",
        Message("placeholder.not-alone", name="table"),
    ),
    "a chart within a paragraph": Slip(
        ALBA_KO,
        '\n{{ chart("campus") }}',
        '가\n‸{{ chart("campus") }}',
        Message("placeholder.not-alone", name="chart"),
    ),
    "an unknown fact of a dossier": Slip(
        STUDY_EN,
        '{{ fact("boats") }}',
        '‸{{ fact("botas") }}',
        Message("placeholder.unknown-figure", name="botas", hint=nearest("boats")),
    ),
    "an unknown fact in an event": Slip(
        STUDY,
        "'With {{ fact(\"boats\") }}.'",
        "‸'With {{ fact(\"botas\") }}.'",
        Message("placeholder.unknown-figure", name="botas", hint=nearest("boats")),
    ),
    "a fact in a title": Slip(
        STUDY,
        "title: {ko: 첫째, en: First}",
        """title: {ko: 첫째, en: ‸'{{ fact("boats") }}'}""",
        Message("placeholder.only-words"),
    ),
    "a fact in a term": Slip(
        STUDY,
        "en: Northport}",
        """en: ‸'{{ fact("boats") }}'}""",
        Message("placeholder.only-words"),
    ),
    "a fact in a cell": Slip(
        STUDY, "en: Ships}", """en: ‸'{{ fact("boats") }}'}""", Message("placeholder.only-words")
    ),
    "a fact in a note": Slip(
        STUDY,
        "Lost in the source.",
        """‸'{{ fact("boats") }}'""",
        Message("placeholder.only-words"),
    ),
    "a broken link between pages of a dossier": Slip(
        PAIRS_EN,
        "(index.md)",
        "(‸idnex.md)",
        Message("link.unknown-page", target="idnex.md", hint=nearest("index.md")),
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_a_dossier_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked)


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


FILES: dict[str, tuple[Callable[[Path], object], str, Message]] = {
    "a page of a dossier missing": (
        lambda root: (root / PAIRS_EN).unlink(),
        f"{PAIRS_EN}:1:1",
        Message("narrative.missing", page="study/pairs", locale="en"),
    ),
    "a page that a dossier does not list": (
        lambda root: shutil.copy(root / PAIRS_EN, root / "content/study/pair.en.md"),
        "content/study/pair.en.md:1:1",
        Message("narrative.unknown-page", name="study/pair", hint=nearest("study/pairs")),
    ),
    "a folder of no dossier": (
        lambda root: shutil.copytree(root / "content/note", root / "content/ntoe"),
        "content/ntoe/index.en.md:1:1",
        Message("narrative.unknown-page", name="ntoe/index", hint=nearest("note/index")),
    ),
    "an empty dossier": (
        lambda root: (root / STUDY).write_text("", encoding="utf-8"),
        f"{STUDY}:1:1",
        Message("file.empty"),
    ),
    "a dossier by the name of a page": (
        lambda root: of_note(root, "sources"),
        "data/dossiers/sources.yaml:1:1",
        Message(
            "file.name-reserved",
            name="sources",
        ),
    ),
    "a dossier by the name of a folder": (
        lambda root: of_note(root, "api"),
        "data/dossiers/api.yaml:1:1",
        Message(
            "file.name-reserved",
            name="api",
        ),
    ),
    "a dossier by the name of a language": (
        lambda root: of_note(root, "en"),
        "data/dossiers/en.yaml:1:1",
        Message(
            "file.name-reserved",
            name="en",
        ),
    ),
    "a dossier whose name is no address": (
        lambda root: of_note(root, "my_note"),
        "data/dossiers/my_note.yaml:1:1",
        Message("file.name-form", name="my_note.yaml", hint=nearest("my-note.yaml")),
    ),
    "a negative change in a plot": (
        shrinking,
        at(STUDY, "1250, rank"),
        Message("table.negative", value="-12.5"),
    ),
    "nothing to draw": (
        nothing_to_draw,
        at(STUDY, "[rank], title"),
        Message("plot.without-numbers"),
    ),
    "nothing to compare": (
        nothing_to_compare,
        at(STUDY, "- {table: ports, column: people}"),
        Message("similarity.nothing-to-compare"),
    ),
    "only zeros to compare": (
        only_zeros,
        at(STUDY, "people}\n      - "),
        Message("similarity.only-zeros", name="people"),
    ),
}


@pytest.mark.parametrize(("spoil", "place", "expected"), FILES.values(), ids=FILES)
def test_a_wrong_file_of_a_dossier_is_told_by_name(
    spoil: Callable[[Path], object], place: str, expected: Message, checked: Path
) -> None:
    """A file that is missing or misnamed is told by its name, with what is expected."""
    assert_file_told(spoil, place, expected, checked)
