"""The types of all records in `data/` and `content/`.

Only `brochure.validate` creates a Catalog, so every Catalog is valid as a whole. It does not depend
on a language: numbers are not formatted, and a text has all languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetPydanticSchema,
    Strict,
    Tag,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

Scope = Literal["city", "county", "metro", "province", "region"]
Bound = Literal["at-least", "more-than", "about"]

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
COLOUR = re.compile("#[0-9a-f]{6}")
PHOTO_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.(jpg|jpeg|png)")
_MOMENT = re.compile("(19|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?")


def _in_every_language(text: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    required = set((info.context or {}).get("locales", text))
    missing = sorted(required - set(text)) + sorted(key for key in text if not text[key].strip())
    if missing:
        raise PydanticCustomError("text_missing", "missing", {"languages": ", ".join(missing)})
    if unknown := sorted(set(text) - required):
        raise PydanticCustomError("text_unknown", "unknown", {"languages": ", ".join(unknown)})
    return text


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
# `brochure.editing.json_schema` has the schemas that the values of `format` stand for.
Text = Annotated[
    dict[str, str], AfterValidator(_in_every_language), WithJsonSchema({"format": "text"})
]
Words = Annotated[str, Field(pattern=r"\S")]
_Decimal = Annotated[
    Decimal, Strict(), Field(allow_inf_nan=False), WithJsonSchema({"type": "number"})
]
Number = Annotated[int, Strict()] | _Decimal


def _check_day(value: Any) -> Any:
    """Return the value if it is a day: pydantic would take 20240903 for seconds since 1970."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("date_type", "not a day", {})
    return value


Day = Annotated[
    date,
    Strict(False),
    BeforeValidator(_check_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY.pattern}$"}),
]
Year = Annotated[int, Field(ge=1900, le=2100)]


def _kind(value: Any) -> str:
    """Return the tag of the type that a value is meant to have, to report its errors only once."""
    return "texts" if isinstance(value, dict) else "other"


# A text in every language, or a name that is the same in all.
TextOrName = Annotated[
    Annotated[Text, Tag("texts")] | Annotated[Words, Tag("other")], Discriminator(_kind)
]
_Word = Annotated[
    Annotated[Text, Tag("texts")] | Annotated[Any, Tag("other")], Discriminator(_kind)
]
_OneOrMore = Annotated[
    Annotated[list[_Word], Field(min_length=1), Tag("list")] | Annotated[_Word, Tag("one")],
    Discriminator(lambda value: "list" if isinstance(value, list) else "one"),
]
# A number, the id of a term, a text in every language, several of these, or None, depending on the
# column (see `check_tables`).
Cell = Annotated[
    Any,
    GetPydanticSchema(lambda _, schema: schema(_OneOrMore)),
    WithJsonSchema({"format": "cell"}),
]


def is_day(moment: str) -> bool:
    """Return whether a year, month or day (2024, 2024-09, 2024-09-03) exists."""
    try:
        date.fromisoformat(moment + "-01-01"[len(moment) - 4 :])
    except ValueError:
        return False
    return True


def _check_moment(moment: str) -> str:
    if not _MOMENT.fullmatch(moment):
        raise PydanticCustomError("moment_form", "not a moment", {})
    if not is_day(moment):
        raise PydanticCustomError("moment", "no such day", {})
    return moment


# A year, a month or a day: 2024, 2024-09, 2024-09-03.
Moment = Annotated[
    str,
    BeforeValidator(lambda value: str(value) if type(value) is int else value),
    AfterValidator(_check_moment),
    WithJsonSchema({"format": "moment"}),
]
MomentOrUnstated = Annotated[
    Annotated[Literal["unstated"], Tag("unstated")] | Annotated[Moment, Tag("moment")],
    Discriminator(lambda value: "unstated" if value == "unstated" else "moment"),
]


class Record(BaseModel):
    """A record of a data file: unknown keys are errors, values are never converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Source(Record):
    """Where facts come from. `unstated` says that the source itself does not tell."""

    title: Text
    publisher: Text
    date: MomentOrUnstated
    licence: TextOrName
    retrieved: Day
    url: Annotated[str, Field(pattern=r"^https://")] | None = None
    note: Text | None = None


class Indicator(Record):
    """A row of the status tables; with a unit, its figures can be compared between cities."""

    label: Text
    unit: Id | None = None
    scopes: list[Scope] = []
    per_head: bool = False
    compare: bool = False


class Limits(Record):
    """What no number of a unit can be below or above."""

    least: Number = 0
    most: Number | None = None


class Vocabulary(Record):
    """`data/indicators.yaml`: units, with what one of each counts, and indicators.

    A unit that `limits` does not name is zero or more.
    """

    units: dict[Id, Id]
    limits: dict[Id, Limits] = {}
    indicators: dict[Id, Indicator]

    def limits_of(self, unit: str) -> Limits:
        """Return the limits of the numbers of a unit."""
        return self.limits.get(unit, Limits())


class Note(Record):
    """Something a reader should know of how a fact was read from its source."""

    kind: Literal["repaired", "doubtful", "missing"]
    text: Text


class Figure(Record):
    """One stated number, with what makes it one: unit, year, base and source.

    Either `indicator` names what it measures, or `label` says it. Only what is `projected` has a
    year to come.
    """

    indicator: Id | None = None
    label: Text | None = None
    value: Number
    bound: Bound | None = None
    unit: Id
    year: Year | None = None
    projected: bool = False
    scope: Scope | None = None
    place: Text | None = None
    source: Id
    notes: list[Id] = []


class Row(Record):
    """A row of a city's status table: figures, statements in words, or both."""

    indicator: Id
    figures: list[Id] = []
    items: list[Text] = []
    fields: list[Id] = []
    notes: list[Id] = []


class Industry(Record):
    """A strategic industry in the city's words, and its fields of the shared taxonomy."""

    id: Id
    fields: Annotated[list[Id], Field(min_length=1)]
    name: Text
    description: Text
    notes: list[Id] = []


class Organisation(Record):
    """An organisation, cluster or site of a city's ecosystem."""

    name: Text
    role: Text | None = None
    fields: list[Id] = []


class Group(Record):
    """A part of a city's ecosystem: figures that belong together, organisations, or both."""

    id: Id
    name: Text
    text: Text | None = None
    figures: list[Id] = []
    organisations: list[Organisation] = []
    notes: list[Id] = []


class Location(Record):
    """Where the map shows a city, in degrees north and east."""

    latitude: Annotated[Number, Field(ge=-90, le=90)]
    longitude: Annotated[Number, Field(ge=-180, le=180)]
    source: Id


class Photo(Record):
    """A photograph for the cover of a city's brochure: a file in `data/photos/`."""

    file: Annotated[str, Field(pattern=f"^{PHOTO_NAME.pattern}$", max_length=80)]
    alt: Text
    credit: TextOrName
    licence: TextOrName


# A language by its BCP 47 tag.
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
Colour = Annotated[str, Field(pattern=f"^{COLOUR.pattern}$")]


class City(Record):
    """`data/cities/<id>.yaml`: all that is stated of one member.

    `source` is where its words come from; each figure names its own.
    """

    name: Text
    country: Text
    accent: Colour
    source: Id
    # For the staff of the city, and no part of what is published.
    languages: Annotated[list[LanguageTag], Field(exclude=True)] = []
    location: Location
    photo: Photo | None = None
    lead: Text
    key_figures: Annotated[list[Id], Field(min_length=1, max_length=4)]
    figures: dict[Id, Figure]
    status: Annotated[list[Row], Field(min_length=1)]
    industries: Annotated[list[Industry], Field(min_length=1)]
    ecosystem: list[Group] = []
    notes: dict[Id, Note] = {}


class Founding(Record):
    """When, where and how the alliance was founded."""

    begins: Day
    ends: Day
    place: Text
    event: Text
    text: Text


class Secretariat(Record):
    """Where to write and whom to call."""

    name: Text
    address: Text
    telephone: Annotated[str, Field(pattern=r"^\+[0-9][0-9-]+$")]
    notes: list[Id] = []


class Alliance(Record):
    """`data/alliance.yaml`: what the alliance is. `edition` dates the publication."""

    name: Text
    acronym: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.&-]*$", max_length=20)]
    slogan: Text
    accent: Colour
    source: Id
    edition: Day
    dossiers: list[Id] = []
    about: Text
    figures: dict[Id, Figure]
    vision: Text
    purposes: list[Text]
    goals: list[Text]
    founding: Founding
    secretariat: Secretariat
    notes: dict[Id, Note] = {}


class Column(Record):
    """A column of a table: numbers of a `unit`, names out of a list of `terms`, or else words."""

    label: Text
    unit: Id | None = None
    terms: Id | None = None
    year: Year | None = None
    scope: Scope | None = None
    notes: list[Id] = []


class Table(Record):
    """A table of a source.

    With `of`, the rows are the terms of that list, their keys its ids, and `heading` stands above
    them; without, the first column heads the row. A cell is what its column says it is (see
    `check_tables`), a list of texts, or null where the source states nothing. `cell_notes` are by
    row, then by column.
    """

    title: Text
    of: Id | None = None
    heading: Text | None = None
    columns: Annotated[dict[Id, Column], Field(min_length=1)]
    rows: Annotated[dict[Id, dict[Id, Cell]], Field(min_length=1)]
    cell_notes: dict[Id, dict[Id, list[Id]]] = {}
    notes: list[Id] = []
    source: Id | None = None


class Plot(Record):
    """A drawing of a table's numeric columns; `text` tells what it shows, for who cannot see it.

    `bars` draws every column beside its row from zero; `grid` shades a cell by its value.
    """

    kind: Literal["bars", "grid"]
    table: Id
    columns: Annotated[list[Id], Field(min_length=1)]
    title: Text
    text: Text
    colours: Id | None = None


class Event(Record):
    """An entry of a timeline. `cities` are members that it touches."""

    date: Moment
    until: Moment | None = None
    title: Text
    place: Text | None = None
    text: Text | None = None
    cities: list[Id] = []
    notes: list[Id] = []


class Timeline(Record):
    """What happened or is planned, in the order of its dates."""

    title: Text
    events: Annotated[list[Event], Field(min_length=1)]
    notes: list[Id] = []


class Item(Record):
    """A point of an outline, with the points under it."""

    title: Text
    text: Text | None = None
    items: list[Item] = []
    notes: list[Id] = []


class Outline(Record):
    """Points in a stated order, as deep as the source orders them; `numbered` where it counts."""

    title: Text
    numbered: bool = False
    items: Annotated[list[Item], Field(min_length=1)]
    notes: list[Id] = []


class Statement(Record):
    """What somebody said, in reported speech."""

    name: Text
    office: Text
    city: Id | None = None
    text: Text
    notes: list[Id] = []


class Statements(Record):
    """What several people said on one occasion."""

    title: Text
    statements: Annotated[list[Statement], Field(min_length=1)]
    notes: list[Id] = []


class Measure(Record):
    """An indicator of a similarity: a column of a table, and its weight.

    Each value is taken relative to the leading row's, which is 1; where the smallest value leads
    (a rank), the leader's value is divided by it instead.
    """

    table: Id
    column: Id
    weight: Annotated[Number, Field(gt=0, le=1)] = 1
    smallest_leads: bool = False


class Similarity(Record):
    """How alike the rows of two groups are, by this publication's own computation.

    `published` names a table of pairs and its column with the source's own stars; the table's rows
    are keyed `<first>-<second>`.
    """

    title: Text
    of: Id
    groups: Annotated[
        dict[Id, Annotated[list[Id], Field(min_length=1)]], Field(min_length=2, max_length=2)
    ]
    labels: dict[Id, Text]
    measures: Annotated[list[Measure], Field(min_length=1)]
    published: Annotated[list[Id], Field(min_length=2, max_length=2)] | None = None
    notes: list[Id] = []


class DossierPage(Record):
    """A page of a dossier: the members it is about."""

    cities: list[Id] = []


class Dossier(Record):
    """`data/dossiers/<id>.yaml`: what one source states of one subject, for narratives to place.

    Its pages are `content/<id>/<page>.<locale>.md`, in the order of `pages`; `index` comes first.
    `name` is short, for menus; the title stands in the narrative. `printed` says whether it makes a
    brochure of its own or a part of the alliance's.
    """

    name: Text
    source: Id
    accent: Colour | None = None
    printed: Literal["own", "alliance"] = "own"
    pages: Annotated[dict[Id, DossierPage], Field(min_length=1)]
    terms: dict[Id, dict[Id, Text]] = {}
    figures: dict[Id, Figure] = {}
    tables: dict[Id, Table] = {}
    plots: dict[Id, Plot] = {}
    timelines: dict[Id, Timeline] = {}
    outlines: dict[Id, Outline] = {}
    statements: dict[Id, Statements] = {}
    similarities: dict[Id, Similarity] = {}
    notes: dict[Id, Note] = {}


# A record that holds figures and notes.
Holder = City | Alliance | Dossier


class Trim(Record):
    """A paper size after trimming, in mm."""

    width: Annotated[Number, Field(ge=50, le=1000)]
    height: Annotated[Number, Field(ge=50, le=1000)]


class Condition(Record):
    """A printing condition of the ICC's registry, and the profile that stands for it."""

    identifier: Annotated[str, Field(min_length=1, max_length=60)]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    registry: Annotated[str, Field(pattern=r"^http://www\.color\.org/?$")]
    profile: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.icc$")]


class Press(Record):
    """`data/print.yaml`: what a print shop gets. `ink` is in percent of all four.

    `bleed` is in mm, and at most the 3 that artwork is drawn for. Brochures are composed at the
    first of `sizes`; `make` names the sizes they are printed in.
    """

    bleed: Annotated[Number, Field(ge=0, le=3)]
    make: Annotated[list[Id], Field(min_length=1)]
    sizes: Annotated[dict[Id, Trim], Field(min_length=1)]
    condition: Condition
    ink: Annotated[int, Field(ge=200, le=400)]
    resolution: Annotated[int, Field(ge=72, le=1200)]

    @property
    def enlargement(self) -> float:
        """The greatest factor by which a brochure is enlarged for a size; at least 1."""
        composed = next(iter(self.sizes.values()))
        sizes = [self.sizes.get(name, composed) for name in self.make]
        return max(1.0, *(float(size.width) / float(composed.width) for size in sizes))


class StillRight(Record):
    """`data/still-right.yaml`: translations that were looked at and are right as they are.

    Every change up to the day `until` was; `texts` names single ones, each with eight letters that
    stand for what was looked at (see `validate.translations`): when that changes, the line is idle.
    """

    until: Day | None = None
    texts: dict[
        Annotated[str, Field(max_length=300)], Annotated[str, Field(pattern=r"^[a-p]{8}$")]
    ] = {}


class SkippedWarning(Record):
    """Warnings that `check` leaves out: those of a code, in one file or in all."""

    code: Annotated[str, Field(max_length=100)]
    file: Annotated[str, Field(max_length=300)] | None = None
    reason: Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]


class SkippedWarnings(Record):
    """`data/skipped-warnings.yaml`: the warnings that `check` leaves out, each with a reason."""

    skip: list[SkippedWarning] = []


class FrontMatter(Record):
    """The head of a narrative: all that it may set. Only an entry of the news names its source."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    description: Annotated[str, Field(min_length=1, max_length=300)]
    source: Id | None = None


class _Section(BaseModel):
    """A part of `mkdocs.yml`; MkDocs checks the other keys in it."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class ConfiguredLanguage(_Section):
    """A language of the site."""

    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
    default: bool = False
    build: bool = True


class _Languages(_Section):
    languages: Annotated[list[ConfiguredLanguage], Field(min_length=1)]


class _Plugins(Record):
    i18n: _Languages


class _Theme(_Section):
    name: Literal["material"] = "material"
    custom_dir: Literal["overrides/site"] = "overrides/site"


class _Extra(_Section):
    edit: Annotated[str, Field(pattern=r'^https://[^\s"<>]+/$')]
    staff_languages: list[LanguageTag] = []
    sign_in: Annotated[str, Field(pattern=r'^https://[^\s"<>/]+(/[^\s"<>]+)?$')] | None = None


class Configuration(Record):
    """`mkdocs.yml`: the allowed settings of MkDocs.

    Nothing in it can run code or include a file: neither hooks nor further plugins or extensions
    of Markdown, nor another configuration to inherit from.
    """

    site_name: Any = None
    site_description: Any = None
    site_author: Any = None
    copyright: Any = None
    site_url: Annotated[str, Field(pattern=r'^https?://[^\s"<>]+/$')]
    strict: bool = True
    use_directory_urls: Literal[True] = True
    theme: _Theme = _Theme()
    extra: _Extra
    plugins: _Plugins
    markdown_extensions: Annotated[list[Any], Field(max_length=0)] = []
    validation: Any = None


@dataclass(frozen=True)
class Narrative:
    """The text of a page in one language: Markdown with placeholders."""

    page: str
    locale: str
    front: FrontMatter
    body: str


@dataclass(frozen=True)
class Settings:
    """The settings in `mkdocs.yml`: the address of the site, its languages, where it is edited.

    The first of `locales` is the default, with its pages at the root of the site. `sign_in` is the
    service through which editors of the form sign in, if the alliance runs one.
    """

    site_url: str
    repository: str
    locales: tuple[str, ...]
    sign_in: str | None = None


@dataclass(frozen=True)
class Catalog:
    """All data and texts of the publication in all its languages; complete and consistent.

    `last_modified` is the day of the last commit that changed a file, by its path; empty without
    git. `cities` are without those whose files were not read (see `brochure.load.repository`).
    """

    settings: Settings
    alliance: Alliance
    cities: Mapping[str, City]
    dossiers: Mapping[str, Dossier]
    vocabulary: Vocabulary
    industries: Mapping[str, dict[str, str]]
    sources: Mapping[str, Source]
    words: Mapping[str, Mapping[str, str]]
    narratives: Mapping[tuple[str, str], Narrative]
    press: Press
    photos: Mapping[str, bytes]
    last_modified: Mapping[str, date]
