"""Compare every two member cities by the fields of industry that they name.

A field is *shared* where both cities call it strategic. It is *complementary* where one calls it
strategic and the other only names it, in its status table or for an organisation of its ecosystem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from brochure.localize.edition import City, Edition, Field, Industry, Organisation

# The alliance plans for ten members at most (see data/dossiers/governance.yaml). The number of
# pairs grows with the square of the members: with more than this, most pages would be briefings.
MOST_MEMBERS = 24


@dataclass(frozen=True)
class Side:
    """The industries and organisations of one city in a field.

    `in_status_table` is true if the status table of the city names the field too.
    """

    city: City
    industries: Sequence[Industry]
    organisations: Sequence[Organisation]
    in_status_table: bool

    @property
    def weight(self) -> int:
        """2 if the field is strategic for the city, 1 if it is only named, else 0."""
        return 2 if self.industries else int(self.in_status_table or bool(self.organisations))


@dataclass(frozen=True)
class FieldMatch:
    """A field of industry, and what each city of a pair has in it."""

    field: Field
    sides: tuple[Side, Side]


@dataclass(frozen=True)
class Briefing:
    """A pair of cities and their fields.

    `exclusive` are the fields strategic for one city and not named by the other, by city.
    """

    cities: tuple[City, City]
    shared: Sequence[FieldMatch]
    complementary: Sequence[FieldMatch]
    exclusive: tuple[Sequence[Field], Sequence[Field]]

    @property
    def path(self) -> str:
        """The path of its page without language: `pairs/daejeon/dortmund`."""
        return briefing_path(*(city.id for city in self.cities))


def briefing_path(first: str, second: str) -> str:
    """Return the path of the page of two cities, whatever their order."""
    return "/".join(["pairs", *sorted([first, second])])


def briefings(edition: Edition) -> list[Briefing]:
    """Return a briefing for every pair of members; none with more than MOST_MEMBERS members."""
    if len(edition.cities) > MOST_MEMBERS:
        return []
    return [_briefing(edition, *pair) for pair in combinations(edition.cities, 2)]


def _briefing(edition: Edition, first: City, second: City) -> Briefing:
    matches = [
        FieldMatch(field, (_side(first, field), _side(second, field))) for field in edition.fields
    ]
    weights = {match.field.id: tuple(side.weight for side in match.sides) for match in matches}
    return Briefing(
        cities=(first, second),
        shared=[match for match in matches if weights[match.field.id] == (2, 2)],
        complementary=[match for match in matches if sorted(weights[match.field.id]) == [1, 2]],
        exclusive=(
            [match.field for match in matches if weights[match.field.id] == (2, 0)],
            [match.field for match in matches if weights[match.field.id] == (0, 2)],
        ),
    )


def _side(city: City, field: Field) -> Side:
    return Side(
        city=city,
        industries=[industry for industry in city.industries if field in industry.fields],
        organisations=[
            organisation
            for group in city.ecosystem
            for organisation in group.organisations
            if field in organisation.fields
        ],
        in_status_table=field.id in city.status_fields,
    )
