"""The report on a change: it has every difference, and text from data stays text."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from support import copy_miniature

from brochure.base.message import Message, languages
from brochure.base.problem import Problem
from brochure.cli.check import check
from brochure.localize.catalog import localize
from brochure.localize.edition import Edition
from brochure.model import records as model
from brochure.review.compare import (
    Change,
    ChangePlace,
    EntryChange,
    FigureChange,
    FigureText,
    TextChange,
    ValueChange,
    changes,
)
from brochure.review.markdown import PublishedChanges, change_report, plain, refusal

NOTHING = PublishedChanges([], [], [])
BOTH = ("ko", "en")
ALLOWED = {"details", "summary", "del", "ins", "span"}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> model.Catalog:
    """The tiny repository's catalog, which has every kind of record."""
    return check(copy_miniature(tmp_path_factory.mktemp("miniature")))


def between(before: model.Catalog, after: model.Catalog) -> list[Change]:
    """What is different between two catalogs."""
    return changes(before, after, editions(before), editions(after))


def editions(catalog: model.Catalog) -> list[Edition]:
    """Both languages of a catalog."""
    return [localize(catalog, locale) for locale in ("ko", "en")]


def records(catalog: model.Catalog) -> list[Any]:
    """The parts of a catalog that its files state."""
    return [
        catalog.alliance,
        catalog.cities,
        catalog.dossiers,
        catalog.vocabulary,
        catalog.industries,
        catalog.sources,
    ]


def containers(value: Any) -> Iterator[Any]:
    """Every mapping and list within a value, itself too."""
    if isinstance(value, model.Record):
        for name in type(value).model_fields:
            yield from containers(getattr(value, name))
    elif isinstance(value, Mapping | list):
        yield value
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from containers(one)


def texts(catalog: model.Catalog) -> list[dict[str, str]]:
    """Every text of a catalog, to be changed in place."""
    found = [one for part in records(catalog) for one in containers(part)]
    return [one for one in found if isinstance(one, dict) and set(one) == {"ko", "en"}]


def test_equal_states_have_no_changes(catalog: model.Catalog) -> None:
    """Nothing is told of two equal states, and the account says so."""
    assert between(catalog, copy.deepcopy(catalog)) == []
    assert "Nothing changes" in change_report([], NOTHING, BOTH)


@settings(max_examples=20)
@given(data=st.data(), value=st.integers(0, 10**12) | st.decimals(0, 10**6, places=2))
def test_changed_figure_is_told(data: Any, value: Any, catalog: model.Catalog) -> None:
    """Whichever figure changes, its number before and after stands there in every language."""
    after = copy.deepcopy(catalog)
    holders: list[model.Holder] = [
        after.alliance, *after.cities.values(), *after.dossiers.values()
    ]  # fmt: skip
    figures = data.draw(st.sampled_from([holder.figures for holder in holders if holder.figures]))
    name = data.draw(st.sampled_from(sorted(figures)))
    former = figures[name]
    figures[name] = former.model_copy(update={"value": value})
    told = between(catalog, after)
    markdown = change_report(told, NOTHING, BOTH)
    facts = [one for one in told if isinstance(one, FigureChange)]
    if Decimal(value) == former.value and str(value) == str(former.value):
        assert facts == []
        return
    (fact,) = facts
    assert set(fact.before) == set(fact.after) == {"ko", "en"}
    for locale in ("ko", "en"):
        assert plain(fact.before[locale].text) in markdown
        assert plain(fact.after[locale].text) in markdown


def test_changed_text_is_told(catalog: model.Catalog) -> None:
    """Whichever text changes in one language alone, it is told, and that the other did not."""
    after = copy.deepcopy(catalog)
    former_editions = editions(catalog)
    languages = cycle([("ko", "en"), ("en", "ko")])
    for text, (locale, other) in zip(texts(after), languages, strict=False):
        former = text[locale]
        text[locale] = f"{former} Zephyr"
        differing = changes(catalog, after, former_editions, editions(after))
        told = [one for one in differing if isinstance(one, TextChange)]
        assert [one.stale for one in told] == [([locale], [other])], text
        assert re.search(r"<ins>\s?Zephyr</ins>", change_report(told, NOTHING, BOTH)), text
        text[locale] = former


def test_removed_entry_is_told(catalog: model.Catalog) -> None:
    """The first or last of any list or mapping is told when it goes, and as new when it comes."""
    after = copy.deepcopy(catalog)
    former_editions = editions(catalog)
    for part in records(after):
        for one in containers(part):
            if isinstance(one, dict) and set(one) == {"ko", "en"}:
                continue
            keys = list(one) if isinstance(one, dict) else list(range(len(one)))
            for key in dict.fromkeys([*keys[:1], *keys[-1:]]):
                if one[key] is None:
                    # What is not stated is not missed either.
                    continue
                former = copy.copy(one)
                del one[key]
                try:
                    others = editions(after)
                except (LookupError, ValueError, RuntimeError):
                    # Something else needs the entry: no such state would be accepted.
                    others = former_editions
                gone = changes(catalog, after, former_editions, others)
                come = changes(after, catalog, others, former_editions)
                assert gone and come, (part, key)
                assert change_report(gone, NOTHING, BOTH) != change_report(come, NOTHING, BOTH)
                if isinstance(one, dict):
                    one.clear()
                    one.update(former)
                else:
                    one[:] = former


def test_changed_narrative_is_told(catalog: model.Catalog) -> None:
    """A sentence of a narrative is told by its words, in the paragraph where it stands."""
    after = copy.deepcopy(catalog)
    assert isinstance(after.narratives, dict)
    old = catalog.narratives["cities/alba", "en"]
    after.narratives["cities/alba", "en"] = replace(old, body=f"{old.body}\n\nNew *paragraph*.\n")
    (told,) = between(catalog, after)
    assert isinstance(told, TextChange)
    assert told.place.file == "content/cities/alba.md"
    assert told.stale == (["en"], ["ko"])
    assert r"<ins>New \*paragraph\*.</ins>" in change_report([told], NOTHING, BOTH)


def test_cells_are_told_as_printed(catalog: model.Catalog) -> None:
    """A cell is told with its table, row and column; a number as a figure is, words as words."""
    after = copy.deepcopy(catalog)
    rows = after.dossiers["study"].tables["ports"].rows
    rows["north"]["people"] = 3_500_000
    rows["north"]["stage"] = "young"
    markdown = change_report(between(catalog, after), NOTHING, BOTH)
    assert "Study · Three ports · Northport · People: 3.4 million → **3.5 million** (+2.9 %)" in (
        markdown
    )
    assert "en: Three ports · Northport · Stage: <del>Grown</del><ins>Young</ins>" in markdown


def test_other_order_is_told(catalog: model.Catalog) -> None:
    """Entries that change places are told as an order, and as nothing else."""
    after = copy.deepcopy(catalog)
    after.cities["alba"].industries.reverse()
    (told,) = between(catalog, after)
    assert isinstance(told, ValueChange)
    assert (told.place.key, told.before, told.after) == ("industries", "sea, space", "space, sea")


def test_an_inserted_entry_moves_no_other(catalog: model.Catalog) -> None:
    """An entry put before others in a list without ids is one entry added, by its name."""
    after = copy.deepcopy(catalog)
    organisations = after.cities["alba"].ecosystem[1].organisations
    organisations.insert(0, model.Organisation(name={"ko": "새 곳", "en": "New place"}))
    told = between(catalog, after)
    assert [type(one) for one in told] == [EntryChange, TextChange]
    assert "added: **새 곳** · **New place**" in change_report(told, NOTHING, BOTH)


@pytest.mark.parametrize(
    ("before", "after", "counts", "share"),
    [
        ("1400000", "1450000", "people", "(+3.6 %)"),
        ("1450000", "1400000", "people", "(−3.4 %)"),
        ("-2", "-1", "money", "(+50.0 %)"),
        ("1400", "1400000", "people", "(× 1,000)"),
        ("0", "5", "people", ""),
        ("2022", "2024", "years", ""),
        ("3.5", "4.5", "share", ""),
    ],
)
def test_share_of_a_change(before: str, after: str, counts: str, share: str) -> None:
    """By how much a number changed is told in percent, where percent mean something."""
    old, new = (
        FigureText("L", text, "", "S", Decimal(text), "unit", counts) for text in (before, after)
    )
    place = ChangePlace("data/cities/a.yaml", (("en", "A"),), "figures.a")
    markdown = change_report([FigureChange(place, {"en": old}, {"en": new})], NOTHING, BOTH)
    assert f"{plain(before)} → **{plain(after)}**{share and ' ' + share}, source S" in markdown


@pytest.mark.parametrize(
    ("language", "percent", "factor", "source"),
    [
        ("de", "(+3,6 %)", "(× 12.000)", "Quelle S"),
        ("es", "(+3,6 %)", "(× 12.000)", "fuente S"),
        ("ko", "(+3.6 %)", "(× 12,000)", "출처 S"),
        # A language of the publication without a catalogue: the first reader's words.
        ("fr", "(+3.6 %)", "(× 12,000)", "source S"),
    ],
)
def test_a_change_is_written_as_its_language_writes(
    language: str, percent: str, factor: str, source: str
) -> None:
    """Numbers and words around a figure are those of the language that the line is in."""
    place = ChangePlace("data/cities/a.yaml", ((language, "A"),), "figures.a")

    def line(before: str, after: str) -> str:
        old, new = (
            FigureText("L", text, "", "S", Decimal(text), "unit", "people")
            for text in (before, after)
        )
        change = FigureChange(place, {language: old}, {language: new})
        return change_report([change], NOTHING, ["en"])

    assert f"→ **1450000** {percent}, {source}" in line("1400000", "1450000")
    assert f"→ **12000000** {factor}, {source}" in line("1000", "12000000")


def test_the_size_of_a_photo_is_written_in_each_language() -> None:
    """Values that are not texts of the data are given once where the languages agree."""
    place = ChangePlace("data/photos/a.jpg", ())
    change = ValueChange(place, None, Message("change.photo", size=5_678, digest="abc"))
    both = change_report([change], NOTHING, BOTH)
    assert both.endswith(": 5,678 B, SHA-256 abc\n")
    german = change_report([change], NOTHING, ["en", "de"])
    assert german.endswith(": 5,678 B, SHA-256 abc / 5.678 B, SHA-256 abc\n")


def test_words_are_marked() -> None:
    """Changed words are marked, a space alone parts no change, far words are left out."""
    place = ChangePlace("data/alliance.yaml", (), "about")
    before = "one two three " + "far " * 60 + "four"
    after = "one 2 3 " + "far " * 60 + "four five"
    markdown = change_report([TextChange(place, {"en": before}, {"en": after}, {})], NOTHING, BOTH)
    line = next(line for line in markdown.split("\n") if line.startswith("  - en: "))
    assert line.startswith("  - en: one <del>two three</del><ins>2 3</ins> far")
    assert line.endswith("far four<ins> five</ins>")
    assert line.count("far") == 11 and "…" in line


HOSTILE = [
    "@someone and @org/team, #12, GH-7",
    "[a](https://evil.example) ![b](https://evil.example/c.png) <https://evil.example>",
    "www.evil.example https://evil.example mail@evil.example",
    "<script>alert(1)</script><img src=x onerror=alert(1)><!-- <a href=x>y</a>",
    "</del></details># Heading\n\n---\n\n| a | b |\n| - | - |",
    "`code` ``` ~~~ ~~gone~~ **bold** _em_ [^1] [ ] :smile: $x$ $`y`$ \\* &lt; &copy;",
    "- item\n1. item\n> quote\n    code",
]


@settings(max_examples=25)
@given(text=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])))
@example(" ".join(HOSTILE))
def test_text_is_shown_and_never_obeyed(text: str) -> None:
    """Whatever a text of the data holds, the reviewer sees it, and it makes nothing else.

    Rendered with HTML on, tables and struck text, as GitHub does; what GitHub makes of the
    finished text (mentions, bare addresses) finds no beginning.
    """
    place = ChangePlace(f"data/{text}.yaml", (("en", text),), f"about.{text}")
    stated = FigureText(text, text, text, text, Decimal(1), text, text)
    told: list[Change] = [
        EntryChange(place, {"en": text}, True),
        FigureChange(place, {"en": stated}, {"en": replace(stated, text=text * 2)}),
        TextChange(place, {"en": text, "ko": "x"}, {"en": text + " y", "ko": "x"}, {"en": text}),
        ValueChange(place, text, f"{text}!"),
    ]
    published = PublishedChanges([("changed", "en/", text)], [("added", text)], [("removed", text)])
    problem = Problem(text or "x", 1, 1, Message("audit.dead-link", link=text))
    for markdown in (
        change_report(told, published, languages()),
        refusal(Message("change.refused"), [problem], languages()),
    ):
        assert "\u200b" not in text
        held_harmless(markdown)
    rendered = MarkdownIt("commonmark").render(f"x {plain(text)} x")
    said = html.fromstring(rendered).text_content().replace("\u200b", "")
    assert said.split() == f"x {text} x".split()


def held_harmless(markdown: str) -> None:
    """Ensure that Markdown makes no element but the account's own, and no text for GitHub."""
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page = html.fromstring(f"<div>{rendered.render(markdown)}</div>")
    own = {"div", "h2", "h3", "p", "ul", "li", "code", "br", "strong"} | ALLOWED
    assert {one.tag for one in page.iter()} <= own
    assert not any(one.attrib for one in page.iter())
    for code in page.iter("code"):
        code.text = ""
    text = page.text_content()
    assert not re.search(r"(?i)[@#]\w|\bwww\.|:[\w/]+:|://|\bgh-\d", text)


def test_account_is_of_both_languages() -> None:
    """What the account itself says stands in Korean and in English."""
    published = PublishedChanges([("changed", "en/", "T")], [("added", "b")], [("removed", "f")])
    markdown = change_report([], published, BOTH)
    for words in ("변경 내용 / What changes", "쪽 1 / Pages 1", "뺌 / removed: `f`", "`b.pdf`"):
        assert words in markdown
