"""What the publication is made of: the types of every record in `data/` and `content/`.

A Catalog is valid as a whole: it is made by `brochure.validate` alone, and everything after it
may rely on that. It is independent of language: numbers are numbers, a text holds all languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, ValidationInfo
from pydantic_core import PydanticCustomError

Scope = Literal["city", "county", "metro", "province", "region"]
Bound = Literal["at-least", "more-than", "about"]
Unstated = Literal["unstated"]


def _in_every_language(text: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    wanted = set((info.context or {}).get("locales", text))
    lacking = sorted(wanted - set(text)) + sorted(key for key in text if not text[key].strip())
    if lacking:
        raise PydanticCustomError("text_missing", "missing", {"languages": ", ".join(lacking)})
    if unknown := sorted(set(text) - wanted):
        raise PydanticCustomError("text_unknown", "unknown", {"languages": ", ".join(unknown)})
    return text


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[dict[str, str], AfterValidator(_in_every_language)]
Words = Annotated[str, Field(pattern=r"\S")]
Number = Annotated[int, Strict()] | Annotated[Decimal, Strict(), Field(allow_inf_nan=False)]
Day = Annotated[date, Strict(False)]
Year = Annotated[int, Field(ge=1900, le=2100)]


class Record(BaseModel):
    """A record of a data file: unknown keys are errors, values are never converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Source(Record):
    """Where facts come from. `unstated` says that the source itself does not tell."""

    title: Text
    publisher: Text
    date: Day | Unstated
    licence: Text | str
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


class Vocabulary(Record):
    """`data/indicators.yaml`: units, with what one of each counts, and indicators."""

    units: dict[Id, Id]
    indicators: dict[Id, Indicator]


class Note(Record):
    """Something a reader should know of how a fact was read from its source."""

    kind: Literal["repaired", "doubtful", "missing"]
    text: Text


class Figure(Record):
    """One stated number, with what makes it one: unit, year, base and source.

    Either `indicator` names what it measures, or `label` says it.
    """

    indicator: Id | None = None
    label: Text | None = None
    value: Number
    bound: Bound | None = None
    unit: Id
    year: Year | None = None
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

    file: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*\.(jpg|jpeg|png)$", max_length=80)]
    alt: Text
    credit: Text | Words
    licence: Text | Words


Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class City(Record):
    """`data/cities/<id>.yaml`: all that is stated of one member.

    `source` is where its words come from; each figure names its own.
    """

    name: Text
    country: Text
    accent: Colour
    source: Id
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
    acronym: str
    slogan: Text
    accent: Colour
    source: Id
    edition: Day
    about: Text
    figures: dict[Id, Figure]
    vision: Text
    purposes: list[Text]
    goals: list[Text]
    founding: Founding
    secretariat: Secretariat
    notes: dict[Id, Note] = {}


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
        """How much larger than composed a brochure is made at most; 1 where none is enlarged."""
        composed = next(iter(self.sizes.values()))
        made = [self.sizes.get(name, composed) for name in self.make]
        return max(1.0, *(float(size.width) / float(composed.width) for size in made))


class FrontMatter(Record):
    """The head of a narrative: all that it may set."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    description: Annotated[str, Field(min_length=1, max_length=300)]


class _Open(BaseModel):
    """A part of `mkdocs.yml`: what is not ours there is MkDocs' to check."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class ConfiguredLanguage(_Open):
    """A language of the site."""

    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
    default: bool = False
    build: bool = True


class _Languages(_Open):
    languages: Annotated[list[ConfiguredLanguage], Field(min_length=1)]


class _Plugins(_Open):
    i18n: _Languages


class _Extra(_Open):
    edit: Annotated[str, Field(pattern=r"^https://.+/$")]


class Configuration(_Open):
    """What the program itself reads of `mkdocs.yml`."""

    site_url: Annotated[str, Field(pattern=r"^https?://.+/$")]
    plugins: _Plugins
    extra: _Extra


@dataclass(frozen=True)
class Narrative:
    """One page's text in one language: Markdown with closed calls."""

    page: str
    locale: str
    front: FrontMatter
    body: str


@dataclass(frozen=True)
class Settings:
    """What `mkdocs.yml` says of the site: its address, its languages, where it is edited.

    The first of `locales` is the default: its pages stand at the root of the site.
    """

    site_url: str
    repository: str
    locales: tuple[str, ...]


@dataclass(frozen=True)
class Catalog:
    """Everything the publication states, in all its languages; complete and consistent."""

    settings: Settings
    alliance: Alliance
    cities: Mapping[str, City]
    vocabulary: Vocabulary
    industries: Mapping[str, dict[str, str]]
    sources: Mapping[str, Source]
    words: Mapping[str, Mapping[str, str]]
    narratives: Mapping[tuple[str, str], Narrative]
    press: Press
    photos: Mapping[str, bytes]
