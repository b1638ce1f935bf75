"""Catalog + locale -> Edition: one language, every number formatted, every text chosen.

An Edition is what templates see. It holds no mapping of languages and no bare number that a
template would have to format; where a chart needs a value, it stands beside its text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from pydantic_core import to_json

from brochure.calls import Call, phrase
from brochure.language import Language
from brochure.model import (
    Alliance as AllianceRecord,
)
from brochure.model import (
    Catalog,
    FrontMatter,
    Settings,
)
from brochure.model import (
    City as CityRecord,
)
from brochure.model import (
    Figure as FigureRecord,
)
from brochure.model import (
    Photo as PhotoRecord,
)

# What units count (see data/indicators.yaml) that is not of a certain year: a rank stands with
# its ranking, a length or a floor stays as it is.
UNDATED = ("ranks", "years", "length", "floor")


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
    parts: Sequence[str | Call]

    @property
    def charts(self) -> list[str]:
        """The parts of the ecosystem whose charts the narrative places itself."""
        calls = [part for part in self.parts if isinstance(part, Call)]
        return [call.argument for call in calls if call.name == "chart"]


@dataclass(frozen=True)
class Photo:
    """The photograph for a city's cover; `raw` is the file as it came."""

    alt: str
    credit: str
    licence: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True)
class City:
    """A member city in one language. `strategic` and `named` are ids of taxonomy fields."""

    id: str
    name: str
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


@dataclass(frozen=True)
class Alliance:
    """The alliance in one language."""

    name: str
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
class Indicator:
    """An indicator that cities may be compared by."""

    id: str
    label: str
    compare: bool


@dataclass(frozen=True)
class Edition:
    """The whole publication in one language."""

    locale: str
    settings: Settings
    language: Language
    alliance: Alliance
    cities: Sequence[City]
    indicators: Sequence[Indicator]
    fields: Sequence[Field]
    sources: Sequence[Source]
    narratives: Mapping[str, Narrative]
    version: str


def localize(catalog: Catalog, locale: str) -> Edition:
    """The edition of a catalog in one of its languages."""
    return _Localizer(catalog, locale).edition()


def data_version(catalog: Catalog) -> str:
    """Eight hexadecimal digits of SHA-256 over all that the catalog states.

    The same in every language, and another as soon as a fact, a text or a source is another.
    """
    stated = to_json(
        {
            "alliance": catalog.alliance,
            "cities": dict(sorted(catalog.cities.items())),
            "industries": dict(catalog.industries),
            "sources": dict(catalog.sources),
            "narratives": [one for _, one in sorted(catalog.narratives.items())],
        }
    )
    return hashlib.sha256(stated).hexdigest()[:8]


class _Localizer:
    """Chooses texts and formats numbers of one catalog for one locale."""

    def __init__(self, catalog: Catalog, locale: str) -> None:
        self.catalog = catalog
        self.locale = locale
        self.language = Language(locale, catalog.words[locale])

    def edition(self) -> Edition:
        return Edition(
            locale=self.locale,
            settings=self.catalog.settings,
            language=self.language,
            alliance=self._alliance(self.catalog.alliance),
            cities=[self._city(name, city) for name, city in sorted(self.catalog.cities.items())],
            indicators=[
                Indicator(name, self._text(indicator.label), indicator.compare)
                for name, indicator in self.catalog.vocabulary.indicators.items()
            ],
            fields=list(self.fields.values()),
            sources=self._sources(self.catalog.sources),
            narratives={
                page: self._narrative(page)
                for page, locale in self.catalog.narratives
                if locale == self.locale
            },
            version=data_version(self.catalog),
        )

    @cached_property
    def fields(self) -> dict[str, Field]:
        return {
            name: Field(name, text[self.locale]) for name, text in self.catalog.industries.items()
        }

    def _text(self, text: dict[str, str]) -> str:
        return text[self.locale]

    def _stated(self, text: dict[str, str] | str) -> str:
        """A text that may be the same in every language."""
        return text if isinstance(text, str) else self._text(text)

    def _said(self, text: dict[str, str] | None, figures: Mapping[str, Figure]) -> str:
        """A text with the figures it names written into it."""
        if text is None:
            return ""
        return "".join(
            part if isinstance(part, str) else called(part, figures)
            for part in phrase(text[self.locale])
        )

    def _alliance(self, alliance: AllianceRecord) -> Alliance:
        notes = self._notes("alliance", alliance)
        sources = {s.id: s for s in self._sources([alliance.source])}
        figures = {
            name: self._figure(name, figure, sources, notes)
            for name, figure in alliance.figures.items()
        }
        founding, secretariat = alliance.founding, alliance.secretariat
        return Alliance(
            name=self._text(alliance.name),
            acronym=alliance.acronym,
            slogan=self._text(alliance.slogan),
            accent=alliance.accent,
            about=self._said(alliance.about, figures),
            figures=figures,
            vision=self._text(alliance.vision),
            purposes=[self._text(purpose) for purpose in alliance.purposes],
            goals=[self._text(goal) for goal in alliance.goals],
            founding_begins=founding.begins,
            founding_ends=founding.ends,
            founding_place=self._text(founding.place),
            founding_event=self._text(founding.event),
            founding_text=self._said(founding.text, figures),
            secretariat_name=self._text(secretariat.name),
            secretariat_address=self._text(secretariat.address),
            secretariat_telephone=secretariat.telephone,
            secretariat_notes=[notes[name] for name in secretariat.notes],
            edition=alliance.edition,
            notes=list(notes.values()),
        )

    def _city(self, name: str, city: CityRecord) -> City:
        notes = self._notes(name, city)
        stated = [figure.source for figure in city.figures.values()]
        used = dict.fromkeys([city.source, *stated, city.location.source])
        sources = {source.id: source for source in self._sources(used)}
        figures = {
            key: self._figure(key, figure, sources, notes) for key, figure in city.figures.items()
        }

        def fields(names: Sequence[str]) -> list[Field]:
            return [self.fields[one] for one in names]

        return City(
            id=name,
            name=self._text(city.name),
            country=self._text(city.country),
            accent=city.accent,
            latitude=float(city.location.latitude),
            longitude=float(city.location.longitude),
            photo=self._photo(city.photo),
            lead=self._said(city.lead, figures),
            figures=figures,
            key_figures=[figures[key] for key in city.key_figures],
            status=[
                Row(
                    indicator=row.indicator,
                    label=self._text(self.catalog.vocabulary.indicators[row.indicator].label),
                    figures=[figures[key] for key in row.figures],
                    items=[self._said(item, figures) for item in row.items],
                    notes=[notes[key] for key in row.notes],
                )
                for row in city.status
            ],
            industries=[
                Industry(
                    id=industry.id,
                    name=self._text(industry.name),
                    description=self._said(industry.description, figures),
                    fields=fields(industry.fields),
                    notes=[notes[key] for key in industry.notes],
                )
                for industry in city.industries
            ],
            ecosystem=[
                Group(
                    id=group.id,
                    name=self._text(group.name),
                    text=self._said(group.text, figures),
                    figures=[figures[key] for key in group.figures],
                    organisations=[
                        Organisation(
                            name=self._text(organisation.name),
                            role=self._said(organisation.role, figures),
                            fields=fields(organisation.fields),
                        )
                        for organisation in group.organisations
                    ],
                    notes=[notes[key] for key in group.notes],
                )
                for group in city.ecosystem
            ],
            strategic=frozenset(f for industry in city.industries for f in industry.fields),
            named=frozenset(f for row in city.status for f in row.fields),
            notes=list(notes.values()),
            source=sources[city.source],
            sources=list(sources.values()),
            narrative=self._narrative(f"cities/{name}"),
        )

    def _photo(self, photo: PhotoRecord | None) -> Photo | None:
        if photo is None:
            return None
        return Photo(
            alt=self._text(photo.alt),
            credit=self._stated(photo.credit),
            licence=self._stated(photo.licence),
            raw=self.catalog.photos[photo.file],
        )

    def _figure(
        self,
        name: str,
        figure: FigureRecord,
        sources: Mapping[str, Source],
        notes: Mapping[str, Note],
    ) -> Figure:
        vocabulary = self.catalog.vocabulary
        indicator = vocabulary.indicators[figure.indicator] if figure.indicator else None
        label = figure.label or (indicator.label if indicator else {})
        say = self.language.say
        quantity = self.language.quantity
        scoped = indicator is not None and bool(indicator.scopes)
        if figure.place:
            base = self._text(figure.place)
        elif figure.scope:
            base = say(f"scopes.{figure.scope}")
        else:
            base = say("basis.no-scope") if scoped else ""
        per_head = say("basis.per-head") if indicator and indicator.per_head else ""
        if figure.year:
            year = say("basis.year", year=str(figure.year))
        else:
            year = "" if vocabulary.units[figure.unit] in UNDATED else say("basis.no-year")
        return Figure(
            id=name,
            indicator=figure.indicator,
            label=self._text(label),
            value=Decimal(figure.value),
            text=quantity(figure.value, figure.unit, figure.bound, noun=False),
            phrase=quantity(figure.value, figure.unit, figure.bound, noun=True),
            number=self.language.bounded(self.language.number(figure.value), figure.bound),
            basis=", ".join(filter(None, [base, per_head, year])),
            scope=figure.scope,
            counts=vocabulary.units[figure.unit],
            unit=figure.unit,
            source=sources[figure.source],
            notes=[notes[key] for key in figure.notes],
        )

    def _notes(self, owner: str, holder: CityRecord | AllianceRecord) -> dict[str, Note]:
        return {
            name: Note(
                id=f"{owner}-{name}",
                mark=str(number),
                kind=note.kind,
                kind_label=self.language.say(f"sources.{note.kind}"),
                text=self._text(note.text),
            )
            for number, (name, note) in enumerate(holder.notes.items(), 1)
        }

    def _sources(self, names: Mapping[str, object] | Sequence[str]) -> list[Source]:
        say = self.language.say
        sources = []
        for number, name in enumerate(names, 1):
            source = self.catalog.sources[name]
            licence = self._stated(source.licence)
            sources.append(
                Source(
                    id=name,
                    number=number,
                    title=self._text(source.title),
                    publisher=self._text(source.publisher),
                    date=say("sources.unstated")
                    if isinstance(source.date, str)
                    else say("sources.day", date=source.date),
                    licence=say("sources.unstated") if licence == "unstated" else licence,
                    retrieved=say("sources.day", date=source.retrieved),
                    url=source.url,
                    note=self._text(source.note) if source.note else None,
                )
            )
        return sources

    def _narrative(self, page: str) -> Narrative:
        narrative = self.catalog.narratives[page, self.locale]
        front: FrontMatter = narrative.front
        return Narrative(page, front.title, front.description, phrase(narrative.body))


def called(call: Call, figures: Mapping[str, Figure]) -> str:
    """What a `fact` or `number` call writes."""
    figure = figures[call.argument]
    return figure.phrase if call.name == "fact" else figure.number
