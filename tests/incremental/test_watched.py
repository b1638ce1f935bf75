"""No template can make a stale page: what it reads of a city is recorded while it is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from support import copy_miniature

from brochure.base.cache import Cache
from brochure.incremental.pages import Pages
from brochure.load.repository import load
from brochure.localize.catalog import localize
from brochure.localize.edition import Edition
from brochure.localize.pairs import briefings
from brochure.render.comparison import Comparison
from brochure.render.page import Page
from brochure.render.templates import Templates
from brochure.render.views import View
from brochure.validate.validate import validate
from charts import Chart

# What templates call the functions among their names with.
CALLS = {
    "art_link": ["edition.members.bruma"],
    "briefings": [""],
    "brochure_link": ["'bruma'"],
    "comparison.chart": ["comparison.indicators[0]"],
    "comparison.figures": [
        "edition.members.bruma, comparison.indicators[0]",
        "edition.cities[1], comparison.indicators[0]",
    ],
    "comparison.matrix": [""],
    "comparison.matrix_rows": [""],
    "comparison.not_compared": [""],
    "comparison.remarks": ["comparison.indicators[0]"],
    "comparison.scopes": [""],
    "comparison.sources": [""],
    "data_link": ["'cities/bruma.json'"],
    "ecosystem_chart": [
        "edition.members.alba, edition.members.alba.ecosystem[0]",
        "edition.cities[1], edition.cities[0].ecosystem[0]",
    ],
    "link": ["'cities/bruma'"],
    "members_map": [""],
    "pair_link": ["'alba', 'bruma'"],
    "prose": [""],
    "say": ["'navigation.news'"],
}
LEAVES = (str, bytes, int, float, Decimal, date, type(None))
# What stands in a default `repr`, and is another in every run.
ADDRESS = re.compile(" at 0x[0-9a-f]+")


def drawn(chart: Chart) -> Markup:
    """A drawing that shows all that a chart holds."""
    return Markup("{}").format(repr(chart))


def names(edition: Edition, templates: Templates) -> tuple[View, dict[str, Any]]:
    """The names that the template of a page of no city gets, and the view behind them."""
    view = View(edition, "accessibility", templates, drawn)
    known = view.context(edition.narratives["accessibility"])
    return view, vars(known) | {"briefings": lambda: briefings(edition)}


def expressions(known: Mapping[str, Any]) -> Iterator[str]:
    """A template's expression for each attribute that can be reached from the names.

    An attribute of a type is reached once for each city that the way to it leads through, and once
    without any.
    """
    seen: set[tuple[object, ...]] = set()
    waiting = [(name, value) for name, value in known.items()]
    while waiting:
        way, value = waiting.pop(0)
        yield way
        if callable(value) and not isinstance(value, type):
            yield from (f"{way}({call})" for call in CALLS[way])
        elif isinstance(value, LEAVES):
            continue
        elif isinstance(value, Mapping):
            yield from (f"{way} | length", f"{way}.values() | list", f"{way}.items() | list")
            waiting += [(f"{way}[{key!r}]", item) for key, item in value.items()]
        elif isinstance(value, Sequence | frozenset):
            items = list(value)
            yield from (f"{way} | length", f"{way} | list")
            if isinstance(value, Sequence):
                waiting += [(f"{way}[{at}]", items[at]) for at in {0, len(items) - 1} if items]
        else:
            for attribute in sorted({*dir(type(value)), *vars(value)}):
                cities = tuple(re.findall("alba|bruma|cities.[01]", way))
                reached = (type(value), attribute, cities)
                if attribute.startswith("_") or reached in seen:
                    continue
                seen.add(reached)
                found = getattr(value, attribute)
                name = f"{way}.{attribute}"
                if not callable(found) or name in CALLS:
                    waiting.append((name, found))


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, Edition]:
    """The tiny repository before and after an edit of the file of one city."""
    root = copy_miniature(tmp_path_factory.mktemp("watched") / "root")

    def edition() -> Edition:
        return localize(validate(load(root)), "en")

    before = edition()
    file = root / "data/cities/bruma.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in (("51234", "51235"), ("in the mist", "in the fog"), ("-33.4", "-33.5"),
                     ("Southland", "Westland"), ("aerospace", "maritime")):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return before, edition()


def test_every_attribute_that_a_template_can_reach_is_watched(
    editions: tuple[Edition, Edition], tmp_path: Path
) -> None:
    """For each attribute in turn, a page that prints it is rendered, and asked for again after an
    edit of one city: it has the same bytes as without a cache. Most are not rendered again."""
    before, after = editions
    ways = list(expressions(names(before, Templates({}))[1]))
    assert len(ways) == len({*ways})
    assert {"edition.version", "edition.members['bruma'].lead", "comparison.matrix()"} <= {*ways}
    stored = Cache(tmp_path)
    templates = Templates({way: f"{{{{ {way} }}}}" for way in ways})
    rendered: list[str] = []

    def render(way: str, edition: Edition) -> Page:
        rendered.append(way)
        view, known = names(edition, templates)
        return view.page(edition.narratives["accessibility"], templates[way].render(known))

    def pages(edition: Edition, bruma: str) -> dict[str, str]:
        keys = {"alba": "the same", "bruma": bruma}
        kept = Pages("brochure.render.views", "the same", keys, stored)
        return {
            way: ADDRESS.sub("", kept.page(edition, way, (), None, partial(render, way)).html)
            for way in ways
        }

    first = pages(before, "before")
    rendered.clear()
    second = pages(after, "after")
    again = set(rendered)
    clean = {way: ADDRESS.sub("", render(way, after).html) for way in ways}
    assert [way for way in ways if second[way] != clean[way]] == []
    changed = {way for way in ways if first[way] != second[way]}
    assert (
        {"edition.version", "edition.members['bruma'].lead", "comparison.matrix()"}
        <= changed
        <= again
    )
    assert len(again) < len(ways) / 2


def test_the_functions_that_a_template_gets_are_all_called(
    editions: tuple[Edition, Edition],
) -> None:
    """A function that templates get a name for is among those that are watched above."""
    known = names(editions[0], Templates({}))[1]
    functions = {name for name, value in known.items() if callable(value)}
    methods = {
        f"comparison.{name}"
        for name, value in vars(Comparison).items()
        if callable(value) and not name.startswith("_")
    }
    assert functions | methods == CALLS.keys()
