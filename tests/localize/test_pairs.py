"""Briefings: what two members share, where they complement each other, and what neither hides."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from support import ROOT

from brochure.cli.check import check
from brochure.localize.catalog import localize
from brochure.localize.edition import City, Edition
from brochure.localize.pairs import MOST_MEMBERS, Briefing, briefing_path, briefings


@pytest.fixture(scope="module")
def edition() -> Edition:
    return localize(check(ROOT), "en")


@pytest.fixture(scope="module")
def met(edition: Edition) -> list[Briefing]:
    return briefings(edition)


def fields(city: City) -> tuple[set[str], set[str]]:
    """The fields that a city calls strategic, and those that it only names; from its data."""
    strategic = {field.id for industry in city.industries for field in industry.fields}
    groups = city.ecosystem
    at_work = {f.id for group in groups for one in group.organisations for f in one.fields}
    return strategic, {*city.status_fields, *at_work} - strategic


def members(edition: Edition, count: int) -> Edition:
    city = edition.cities[0]
    names = [f"city-{n:02}" for n in range(count)]
    return replace(edition, members={name: replace(city, id=name) for name in names})


def test_every_two_members_have_one(edition: Edition, met: list[Briefing]) -> None:
    """Five members make ten briefings, each pair once, each at an address of its own."""
    assert len(edition.cities) == 5 and len(met) == 10
    pairs = {frozenset(city.id for city in one.cities) for one in met}
    assert pairs == {frozenset(pair) for pair in combinations([c.id for c in edition.cities], 2)}
    assert len({one.path for one in met}) == 10


def test_a_field_is_what_both_make_of_it(edition: Edition, met: list[Briefing]) -> None:
    """Shared is what both call strategic; complementary, what one calls strategic and the other
    names; alone, what one calls strategic and the other does not name. Nothing else stands."""
    for one in met:
        first, second = one.cities
        (strategic, named), (other_strategic, other_named) = fields(first), fields(second)
        assert {it.field.id for it in one.shared} == strategic & other_strategic
        complementary = (strategic & other_named) | (named & other_strategic)
        assert {it.field.id for it in one.complementary} == complementary
        alone = [[field.id for field in part] for part in one.exclusive]
        assert set(alone[0]) == strategic - other_strategic - other_named
        assert set(alone[1]) == other_strategic - strategic - named


def test_a_field_stands_once(edition: Edition, met: list[Briefing]) -> None:
    """Each field is in one part of a briefing at most, in the order of the taxonomy; together
    the parts have every field that either city calls strategic."""
    order = [field.id for field in edition.fields]
    for one in met:
        parts = [
            [it.field.id for it in one.shared],
            [it.field.id for it in one.complementary],
            *([field.id for field in part] for part in one.exclusive),
        ]
        listed = [field for part in parts for field in part]
        assert len(listed) == len(set(listed))
        assert all(part == sorted(part, key=order.index) for part in parts)
        assert set(listed) == {f for city in one.cities for f in fields(city)[0]}


def test_what_is_shared_says_why(met: list[Briefing]) -> None:
    """A side that is strategic has its industries, and a side that is not has at least a name:
    the status table's or an organisation's. All of them are of that city and that field."""
    for one in met:
        for meeting in [*one.shared, *one.complementary]:
            assert tuple(side.city for side in meeting.sides) == one.cities
            for side in meeting.sides:
                assert side.industries or side.in_status_table or side.organisations
                for industry in side.industries:
                    assert meeting.field in industry.fields
                for organisation in side.organisations:
                    assert meeting.field in organisation.fields
        for meeting in one.shared:
            assert all(side.industries for side in meeting.sides)
        for meeting in one.complementary:
            assert sum(bool(side.industries) for side in meeting.sides) == 1


def test_it_is_the_same_both_ways(edition: Edition, met: list[Briefing]) -> None:
    """With the cities the other way round, the same fields are shared and complementary."""
    turned = replace(edition, members=dict(reversed(list(edition.members.items()))))
    back = {one.path: one for one in briefings(turned)}
    assert set(back) == {one.path for one in met}
    for one in met:
        other = back[one.path]
        assert one.cities == tuple(reversed(other.cities))
        for kind in ("shared", "complementary"):
            mine, theirs = getattr(one, kind), getattr(other, kind)
            assert [it.field for it in mine] == [it.field for it in theirs]
            assert [it.sides for it in mine] == [it.sides[::-1] for it in theirs]
        assert one.exclusive == other.exclusive[::-1]
        ids = [city.id for city in one.cities]
        assert briefing_path(*ids) == briefing_path(*reversed(ids)) == one.path


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (1, 0), (2, 1), (10, 45)])
def test_every_number_of_members_has_its_pairs(edition: Edition, count: int, expected: int) -> None:
    """Two members have one briefing, ten have 45; one has none."""
    assert len(briefings(members(edition, count))) == expected


def test_too_many_members_have_none(edition: Edition) -> None:
    """Beyond the greatest number of members, there are no briefings instead of hundreds."""
    most = MOST_MEMBERS
    assert len(briefings(members(edition, most))) == most * (most - 1) // 2
    assert briefings(members(edition, most + 1)) == []
