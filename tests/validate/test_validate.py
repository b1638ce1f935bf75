"""The checks as a whole: any value is refused or published, and all mistakes are told at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from slips import ALBA, ALBA_EN, BRUMA, EN, STUDY, Slip, accepted_or_refused, says, told
from support import ROOT
from yaml_writer import dump

from brochure.base.message import Message
from brochure.load.repository import Repository, load
from brochure.load.yaml import parse_yaml
from brochure.localize.catalog import localize
from brochure.model.records import Catalog
from brochure.render.documents import brochures
from brochure.render.pages import pages
from brochure.render.templates import Templates
from brochure.validate.validate import validate
from charts import Chart, grid, ranking


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


SLIPS = (
    Slip(BRUMA, "accent:", "‸acent:", Message("entry.unknown", name="acent")),
    Slip(ALBA, "unit: rank", "unit: ‸rnak", Message("figure.unknown-unit", name="rnak")),
    Slip(
        ALBA_EN,
        '{{ fact("population") }}',
        '‸{{ fact("popluation") }}',
        Message("placeholder.unknown-figure", name="popluation"),
    ),
    Slip(ALBA_EN, "(bruma.md)", "(‸burma.md)", Message("link.unknown-page", target="burma.md")),
    Slip(EN, "  skip: Skip to content\n", "", Message("words.missing", name="page.skip")),
)


def test_everything_wrong_is_told_at_once(checked: Path) -> None:
    """Mistakes in different files are all told in one go, sorted by place, each once."""
    expected = {slip.make(checked): slip.says for slip in SLIPS}
    shutil.copy(checked / ALBA_EN, checked / "content/cities/abla.en.md")
    problems = told(checked)
    for place, message in expected.items():
        assert any(
            where.startswith(place) and says(found, message) for where, found in problems.items()
        ), place
    assert "content/cities/abla.en.md:1:1" in problems
