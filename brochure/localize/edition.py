"""One language of the publication, as templates see it: every number formatted, every text chosen.

An Edition holds no mapping of languages and no bare number that a template would have to format;
where a chart or a sorting order needs a value, it stands beside its text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from math import ceil

from pydantic_core import to_json

from brochure.base.language import Language
from brochure.base.text_width import ems, hung
from brochure.load.placeholders import Placeholder
from brochure.model.records import Settings

# The room, in em, that the number of a note takes up behind a figure, with a comma before another.
_MARK, _COMMA = 0.45, 0.15
# The width of a key figure's column on paper, in em of its label.
_COLUMN = 14


@dataclass(frozen=True)
class Note:
    """A note on a fact; `mark` is its number on the page, `id` is unique in the edition."""

    id: str
    mark: str
    kind: str
    kind_label: str
    text: str


@dataclass(frozen=True)
class Source:
    """A source as the reader sees it; `number` counts the page's sources from 1."""

    id: str
    number: int
    title: str
    publisher: str
    date: str
    licence: str
    retrieved: str
    url: str | None
    note: str | None


@dataclass(frozen=True)
class Figure:
    """A figure ready to print.

    `text` is number and unit as a table shows them, `phrase` as a sentence says them, `number`
    the bare number; `basis` is its base and year ("county, 2024").
    """

    id: str
    indicator: str | None
    label: str
    value: Decimal
    text: str
    phrase: str
    number: str
    basis: str
    scope: str | None
    counts: str
    unit: str
    source: Source
    notes: Sequence[Note]

    @property
    def long(self) -> bool:
        """Whether its label may need a second line in the column of a key figure."""
        return ems(self.label) > _COLUMN

    @property
    def hung(self) -> tuple[str, str]:
        """The text up to its last digit, and what hangs behind it in a column."""
        return hung(self.text)

    @property
    def hang(self) -> int:
        """The room that unit and notes' numbers need in a column, in halves of an em, up to 16."""
        marks = _MARK * len(self.notes) + _COMMA * max(0, len(self.notes) - 1)
        return min(16, ceil(2 * (ems(self.hung[1]) + marks)))


@dataclass(frozen=True)
class Row:
    """A row of the status table."""

    indicator: str
    label: str
    figures: Sequence[Figure]
    items: Sequence[str]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Field:
    """A field of the shared taxonomy of industries."""

    id: str
    label: str


@dataclass(frozen=True)
class Industry:
    """A strategic industry."""

    id: str
    name: str
    description: str
    fields: Sequence[Field]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Organisation:
    """An organisation, cluster or site of the ecosystem."""

    name: str
    role: str
    fields: Sequence[Field]


@dataclass(frozen=True)
class Group:
    """A part of the ecosystem."""

    id: str
    name: str
    text: str
    figures: Sequence[Figure]
    organisations: Sequence[Organisation]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Narrative:
    """A page's text: Markdown between calls."""

    page: str
    title: str
    description: str
    parts: Sequence[str | Placeholder]

    @property
    def charts(self) -> list[str]:
        """The parts of the ecosystem whose charts the narrative places itself."""
        calls = [part for part in self.parts if isinstance(part, Placeholder)]
        return [call.argument for call in calls if call.name == "chart"]


@dataclass(frozen=True)
class Photo:
    """The photograph for a city's cover: a file of `data/photos/`."""

    file: str
    alt: str
    credit: str
    licence: str


@dataclass(frozen=True)
class City:
    """A member city in one language.

    `also` are its names in the others, latitude and longitude are in degrees, `strategic` and
    `named` are ids of taxonomy fields. `version` is eight hexadecimal digits of SHA-256 over all
    that is stated of it, and `changed` the day on which its data last changed, if git knows it.
    """

    id: str
    name: str
    also: Sequence[str]
    country: str
    accent: str
    latitude: float
    longitude: float
    photo: Photo | None
    lead: str
    figures: Mapping[str, Figure]
    key_figures: Sequence[Figure]
    status: Sequence[Row]
    industries: Sequence[Industry]
    ecosystem: Sequence[Group]
    strategic: frozenset[str]
    named: frozenset[str]
    notes: Sequence[Note]
    source: Source
    sources: Sequence[Source]
    narrative: Narrative
    version: str
    changed: date | None


@dataclass(frozen=True)
class Alliance:
    """The alliance in one language; `also` are its names in the others."""

    name: str
    also: Sequence[str]
    acronym: str
    slogan: str
    accent: str
    about: str
    figures: Mapping[str, Figure]
    vision: str
    purposes: Sequence[str]
    goals: Sequence[str]
    founding_begins: date
    founding_ends: date
    founding_place: str
    founding_event: str
    founding_text: str
    secretariat_name: str
    secretariat_address: str
    secretariat_telephone: str
    secretariat_notes: Sequence[Note]
    edition: date
    notes: Sequence[Note]


@dataclass(frozen=True)
class Column:
    """A column of a table; `basis` is the base and year of its numbers, `numeric` has them."""

    id: str
    label: str
    basis: str
    numeric: bool
    notes: Sequence[Note]


@dataclass(frozen=True)
class Cell:
    """A cell: its lines as they are printed, and how it sorts; `value` where it is a number.

    A cell without lines is what the source does not state.
    """

    lines: Sequence[str]
    value: Decimal | None
    order: str
    notes: Sequence[Note]


@dataclass(frozen=True)
class TableRow:
    """A row of a table, a cell a column; `order` sorts it by its heading."""

    id: str
    heading: str
    order: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """A table of a dossier. `wordy` where cells hold sentences rather than figures and names."""

    id: str
    title: str
    heading: str
    columns: Sequence[Column]
    rows: Sequence[TableRow]
    wordy: bool
    notes: Sequence[Note]
    source: Source


@dataclass(frozen=True)
class Plot:
    """A drawing of columns of a table (their indices); `colours` is a column of terms or None."""

    id: str
    kind: str
    title: str
    text: str
    table: Table
    columns: Sequence[int]
    colours: int | None


@dataclass(frozen=True)
class Event:
    """An entry of a timeline; `date` is machine-readable, `when` is printed."""

    date: str
    when: str
    title: str
    place: str
    text: str
    cities: Sequence[str]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Timeline:
    """Events in the order of their dates."""

    id: str
    title: str
    events: Sequence[Event]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Item:
    """A point of an outline, with those under it."""

    title: str
    text: str
    items: Sequence[Item]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Outline:
    """Points in a stated order."""

    id: str
    title: str
    numbered: bool
    items: Sequence[Item]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Statement:
    """What somebody said, in reported speech; `city` is a member's id, or empty."""

    name: str
    office: str
    city: str
    text: str
    notes: Sequence[Note]


@dataclass(frozen=True)
class Statements:
    """What several people said on one occasion."""

    id: str
    title: str
    statements: Sequence[Statement]
    notes: Sequence[Note]


@dataclass(frozen=True)
class SimilarityMeasure:
    """An indicator of a similarity: its name, its weight, and the table that states it."""

    label: str
    weight: str
    smallest_leads: bool
    table: str


@dataclass(frozen=True)
class SimilarityPair:
    """A pair of a similarity, from the most alike on.

    `id` is the same in every language. `shares` are the differences a measure in percentage points
    of the leader, "" where one of the two has no value, and `points` the same as numbers; `score`
    is what remains of 100. `published` and `computed` are stars, or None.
    """

    id: str
    first: str
    second: str
    score: Decimal
    text: str
    shares: Sequence[str]
    points: Sequence[Decimal]
    published: int | None
    computed: int | None


@dataclass(frozen=True)
class Similarity:
    """How alike the rows of two groups are. `agreeing` of `compared` published ratings recur."""

    id: str
    title: str
    labels: tuple[str, str]
    measures: Sequence[SimilarityMeasure]
    pairs: Sequence[SimilarityPair]
    agreeing: int
    compared: int
    notes: Sequence[Note]


Block = Table | Plot | Timeline | Outline | Statements | Similarity


@dataclass(frozen=True)
class DossierPage:
    """A page of a dossier: its text, and the figures and notes that stand on it."""

    path: str
    narrative: Narrative
    cities: Sequence[str]
    figures: Sequence[Figure]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Dossier:
    """What one source states of one subject. `blocks` are by the call that places them."""

    id: str
    name: str
    accent: str
    printed: str
    pages: Sequence[DossierPage]
    figures: Mapping[str, Figure]
    blocks: Mapping[tuple[str, str], Block]
    notes: Sequence[Note]
    sources: Sequence[Source]


@dataclass(frozen=True)
class Entry:
    """An entry of the news."""

    date: date
    when: str
    narrative: Narrative
    source: Source


@dataclass(frozen=True)
class Indicator:
    """An indicator that cities may be compared by."""

    id: str
    label: str
    compare: bool


@dataclass(frozen=True)
class Edition:
    """The whole publication in one language.

    `members` are the cities by id, in its order; `narratives` are those of no city. Whatever
    depends on several cities is a property that reads them from `members`: the reuse of pages
    records which members a page has looked at (`brochure.incremental.pages`). `stated` is the JSON
    of all that the publication states beside its cities, before and after these.
    """

    locale: str
    settings: Settings
    language: Language
    alliance: Alliance
    members: Mapping[str, City]
    dossiers: Sequence[Dossier]
    news: Sequence[Entry]
    indicators: Sequence[Indicator]
    fields: Sequence[Field]
    sources: Sequence[Source]
    narratives: Mapping[str, Narrative]
    stated: tuple[bytes, bytes]

    @cached_property
    def cities(self) -> Sequence[City]:
        """The member cities in their order."""
        return list(self.members.values())

    @cached_property
    def version(self) -> str:
        """Eight hexadecimal digits of SHA-256 over all that the publication states."""
        before, after = self.stated
        cities = to_json({name: city.version for name, city in self.members.items()})
        return version_of(before + cities + after)


def version_of(stated: bytes) -> str:
    """Eight hexadecimal digits of SHA-256 over JSON of all that is stated.

    The same in every language, and another as soon as a fact, a text or a source is another.
    """
    return hashlib.sha256(stated).hexdigest()[:8]
