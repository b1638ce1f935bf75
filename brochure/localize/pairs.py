"""What two members share and where they complement each other, from the taxonomy of industries.

A field is *shared* where both call it strategic; *complementary* where one calls it strategic and
the other names it, among its main industries or with an organisation of its ecosystem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from brochure.localize.edition import City, Edition, Field, Industry, Organisation

# The alliance means to stay within ten members (see data/dossiers/governance.yaml). Pairs grow with
# the square of the members: beyond this many, briefings would outgrow all other pages.
MOST_MEMBERS = 24


@dataclass(frozen=True)
class Side:
    """What one city has in a field; `named` where its status table names the field besides."""

    city: City
    industries: Sequence[Industry]
    organisations: Sequence[Organisation]
    named: bool

    @property
    def weight(self) -> int:
        """2 where the field is strategic, 1 where it is only named, 0 where it is not."""
        return 2 if self.industries else int(self.named or bool(self.organisations))


@dataclass(frozen=True)
class Meeting:
    """A field in which two cities can meet."""

    field: Field
    sides: tuple[Side, Side]


@dataclass(frozen=True)
class Briefing:
    """A pair of members. `alone` are the fields that only the one, and only the other, has."""

    cities: tuple[City, City]
    shared: Sequence[Meeting]
    complementary: Sequence[Meeting]
    alone: tuple[Sequence[Field], Sequence[Field]]

    @property
    def path(self) -> str:
        """Its page: `pairs/daejeon/dortmund`."""
        return briefing_path(*(city.id for city in self.cities))


def briefing_path(first: str, second: str) -> str:
    """The page of the pair of these two cities, in either order."""
    return "/".join(["pairs", *sorted([first, second])])


def briefings(edition: Edition) -> list[Briefing]:
    """Every pair of members, or none where there are too many members for that."""
    if len(edition.cities) > MOST_MEMBERS:
        return []
    return [_briefing(edition, *pair) for pair in combinations(edition.cities, 2)]


def _briefing(edition: Edition, first: City, second: City) -> Briefing:
    meetings = [
        Meeting(field, (_side(first, field), _side(second, field))) for field in edition.fields
    ]
    weights = {one.field.id: (one.sides[0].weight, one.sides[1].weight) for one in meetings}
    return Briefing(
        cities=(first, second),
        shared=[one for one in meetings if weights[one.field.id] == (2, 2)],
        complementary=[one for one in meetings if sorted(weights[one.field.id]) == [1, 2]],
        alone=(
            [one.field for one in meetings if weights[one.field.id] == (2, 0)],
            [one.field for one in meetings if weights[one.field.id] == (0, 2)],
        ),
    )


def _side(city: City, field: Field) -> Side:
    return Side(
        city=city,
        industries=[one for one in city.industries if field in one.fields],
        organisations=[
            one for group in city.ecosystem for one in group.organisations if field in one.fields
        ],
        named=field.id in city.named,
    )
