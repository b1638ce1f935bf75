"""The view model of the templates: the publication in one language, with formatted numbers.

An Edition has no texts in several languages and no number that a template would have to format.
Where a chart or a sort order needs the value itself, it is kept beside its text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from pydantic_core import to_json

from brochure.base.language import Language
from brochure.load.placeholders import Placeholder
from brochure.model.records import Settings


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
    """A source of facts; `number` is its position in the list of its page, from 1."""

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
    """A formatted figure.

    `text` is the number with its unit for a table, `phrase` for a sentence, and `number` is without
    the unit. `basis` is the area or base that it is for, and its year ("county, 2024"). `counts` is
    the kind of things that the unit counts.
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
    """The text of a page: Markdown and placeholders in turn."""

    page: str
    title: str
    description: str
    parts: Sequence[str | Placeholder]

    @property
    def charts(self) -> list[str]:
        """The ids of the ecosystem groups whose charts have a placeholder in the text."""
        placeholders = [part for part in self.parts if isinstance(part, Placeholder)]
        return [each.argument for each in placeholders if each.name == "chart"]


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

    `other_names` are its names in the other languages; latitude and longitude are in degrees.
    `strategic_fields` and `status_fields` are ids of fields of the taxonomy: those of its strategic
    industries, and those that its status table names. `version` is eight hexadecimal digits of the
    SHA-256 of its data and texts. `last_modified` is the day of the last commit that changed its
    data file; None without git.
    """

    id: str
    name: str
    other_names: Sequence[str]
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
    strategic_fields: frozenset[str]
    status_fields: frozenset[str]
    notes: Sequence[Note]
    source: Source
    sources: Sequence[Source]
    narrative: Narrative
    version: str
    last_modified: date | None


@dataclass(frozen=True)
class Alliance:
    """The alliance in one language; `other_names` are its names in the other languages."""

    name: str
    other_names: Sequence[str]
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
    """A column of a table; `basis` is the base and year of its numbers if it is `numeric`."""

    id: str
    label: str
    basis: str
    numeric: bool
    notes: Sequence[Note]


@dataclass(frozen=True)
class Cell:
    """A cell: its formatted lines and its sort key `order`; `value` if it is a number.

    A cell without lines is not stated by the source.
    """

    lines: Sequence[str]
    value: Decimal | None
    order: str
    notes: Sequence[Note]


@dataclass(frozen=True)
class TableRow:
    """A row of a table with a cell for each column; `order` is the sort key of its heading."""

    id: str
    heading: str
    order: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """A table of a dossier; `wordy` if its cells hold sentences rather than figures and names."""

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
    """A chart of a table.

    `columns` are the indices of the drawn columns, and `colours` is the index of the column of
    terms that decides the colours, or None.
    """

    id: str
    kind: str
    title: str
    text: str
    table: Table
    columns: Sequence[int]
    colours: int | None


@dataclass(frozen=True)
class Event:
    """An entry of a timeline; `date` is in ISO format, `date_text` formatted."""

    date: str
    date_text: str
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
    """A point of an outline, with its sub-points."""

    title: str
    text: str
    items: Sequence[Item]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Outline:
    """Points in the order of the source."""

    id: str
    title: str
    numbered: bool
    items: Sequence[Item]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Statement:
    """A statement of a person, in reported speech; `city` is the id of a member, or empty."""

    name: str
    office: str
    city: str
    text: str
    notes: Sequence[Note]


@dataclass(frozen=True)
class Statements:
    """The statements of several people on one occasion."""

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
    """Two rows that are compared, and how similar they are.

    `id` is the same in every language. `score` is the similarity in percent, `text` the same
    formatted. `points` are the differences by measure in percentage points of the best value, and
    `shares` the same formatted; "" where one of the two has no value. `published` and `computed`
    are numbers of stars, or None.
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
    """The similarities of the rows of two groups, the most similar pair first.

    Of `compared` ratings that the source publishes, `agreeing` equal the computed ones.
    """

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
    """A page of a dossier: its text, and the figures and notes that are listed on it."""

    path: str
    narrative: Narrative
    cities: Sequence[str]
    figures: Sequence[Figure]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Dossier:
    """A subject with its pages. `blocks` are by the name and argument of their placeholder."""

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
class NewsEntry:
    """An entry of the news."""

    date: date
    date_text: str
    narrative: Narrative
    source: Source


@dataclass(frozen=True)
class Indicator:
    """An indicator of the status tables; `compare` if the comparison shows it."""

    id: str
    label: str
    compare: bool


@dataclass(frozen=True)
class Edition:
    """The whole publication in one language.

    `members` are the cities by id, sorted by id. `narratives` are the texts of all pages but those
    of the cities, by path. Whatever depends on several cities is a property that reads them from
    `members`: incremental builds record which members a page has looked at. `stated` is the JSON of
    everything but the cities, before and after theirs.
    """

    locale: str
    settings: Settings
    language: Language
    alliance: Alliance
    members: Mapping[str, City]
    dossiers: Sequence[Dossier]
    news: Sequence[NewsEntry]
    indicators: Sequence[Indicator]
    fields: Sequence[Field]
    sources: Sequence[Source]
    narratives: Mapping[str, Narrative]
    stated: tuple[bytes, bytes]

    @cached_property
    def cities(self) -> Sequence[City]:
        """The member cities, sorted by id."""
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
