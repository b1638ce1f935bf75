"""Build the Edition of one language from the catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from pydantic_core import to_json

from brochure.base.colour import readable_on_white
from brochure.localize.dossiers import localize_dossier
from brochure.localize.edition import (
    Alliance,
    City,
    Edition,
    Field,
    Group,
    Indicator,
    Industry,
    NewsEntry,
    Organisation,
    Photo,
    Row,
    version_of,
)
from brochure.localize.formatter import Formatter
from brochure.model import records as model


def localize(
    catalog: model.Catalog, locale: str, cached_cities: Mapping[str, City] = MappingProxyType({})
) -> Edition:
    """Return the edition of a catalog in the language `locale`.

    `cached_cities` are cities of an earlier edition that the catalog leaves out, by id.
    """
    return _Localizer(catalog, locale).edition(cached_cities)


class _Localizer:
    """Builds the edition of one catalog in one language."""

    def __init__(self, catalog: model.Catalog, locale: str) -> None:
        self.catalog = catalog
        self.locale = locale
        self.formatter = Formatter(catalog, locale)

    def edition(self, cached_cities: Mapping[str, City]) -> Edition:
        catalog = self.catalog
        cities = {name: self._city(name, city) for name, city in catalog.cities.items()}
        members = dict(sorted({**cached_cities, **cities}.items()))
        pages = [page for page, locale in catalog.narratives if locale == self.locale]
        shared = [page for page in pages if not page.startswith("cities/")]
        return Edition(
            locale=self.locale,
            settings=self.catalog.settings,
            language=self.formatter.language,
            alliance=self._alliance(self.catalog.alliance),
            members=members,
            dossiers=[
                localize_dossier(name, dossier, self.formatter)
                for name, dossier in self.catalog.dossiers.items()
            ],
            news=list(self._news()),
            indicators=[
                Indicator(name, self.formatter.text(indicator.label), indicator.compare)
                for name, indicator in self.catalog.vocabulary.indicators.items()
            ],
            fields=list(self.formatter.fields.values()),
            sources=self.formatter.sources(self.catalog.sources),
            narratives={page: self.formatter.narrative(page) for page in shared},
            stated=self._stated(shared),
        )

    def _stated(self, shared: Sequence[str]) -> tuple[bytes, bytes]:
        """Return the JSON of everything but the cities, before and after theirs."""
        catalog = self.catalog
        after = {
            "dossiers": dict(catalog.dossiers),
            "industries": dict(catalog.industries),
            "sources": dict(catalog.sources),
            "narratives": [
                catalog.narratives[page, locale]
                for page in sorted(shared)
                for locale in catalog.settings.locales
            ],
        }
        before = b'{"alliance":' + to_json(catalog.alliance) + b',"cities":'
        return before, b"," + to_json(after)[1:]

    def _news(self) -> Iterator[NewsEntry]:
        """Yield the entries of the news, the newest first."""
        pages = {page for page, _ in self.catalog.narratives if page.startswith("news/2")}
        for page in sorted(pages, reverse=True):
            day = page.removeprefix("news/")[:10]
            source = self.catalog.narratives[page, self.locale].front.source
            assert source is not None
            yield NewsEntry(
                date=date.fromisoformat(day),
                date_text=self.formatter.format_moment(day),
                narrative=self.formatter.narrative(page),
                source=self.formatter.sources([source])[0],
            )

    def _alliance(self, alliance: model.Alliance) -> Alliance:
        notes = self.formatter.notes("alliance", alliance)
        sources = {source.id: source for source in self.formatter.sources([alliance.source])}
        figures = {
            name: self.formatter.figure(name, figure, sources, notes)
            for name, figure in alliance.figures.items()
        }
        founding, secretariat = alliance.founding, alliance.secretariat
        return Alliance(
            name=self.formatter.text(alliance.name),
            other_names=self.formatter.other_languages(alliance.name),
            acronym=alliance.acronym,
            slogan=self.formatter.text(alliance.slogan),
            accent=readable_on_white(alliance.accent),
            about=self.formatter.interpolate(alliance.about, figures),
            figures=figures,
            vision=self.formatter.text(alliance.vision),
            purposes=[self.formatter.text(purpose) for purpose in alliance.purposes],
            goals=[self.formatter.text(goal) for goal in alliance.goals],
            founding_begins=founding.begins,
            founding_ends=founding.ends,
            founding_place=self.formatter.text(founding.place),
            founding_event=self.formatter.text(founding.event),
            founding_text=self.formatter.interpolate(founding.text, figures),
            secretariat_name=self.formatter.text(secretariat.name),
            secretariat_address=self.formatter.text(secretariat.address),
            secretariat_telephone=secretariat.telephone,
            secretariat_notes=[notes[name] for name in secretariat.notes],
            edition=alliance.edition,
            notes=list(notes.values()),
        )

    def _city(self, name: str, city: model.City) -> City:
        notes = self.formatter.notes(name, city)
        cited = [figure.source for figure in city.figures.values()]
        source_ids = dict.fromkeys([city.source, *cited, city.location.source])
        sources = {source.id: source for source in self.formatter.sources(source_ids)}
        figures = {
            key: self.formatter.figure(key, figure, sources, notes)
            for key, figure in city.figures.items()
        }

        def fields(names: Sequence[str]) -> list[Field]:
            return [self.formatter.fields[name] for name in names]

        return City(
            id=name,
            name=self.formatter.text(city.name),
            other_names=self.formatter.other_languages(city.name),
            country=self.formatter.text(city.country),
            accent=readable_on_white(city.accent),
            latitude=float(city.location.latitude),
            longitude=float(city.location.longitude),
            photo=self._photo(city.photo),
            lead=self.formatter.interpolate(city.lead, figures),
            figures=figures,
            key_figures=[figures[key] for key in city.key_figures],
            status=[
                Row(
                    indicator=row.indicator,
                    label=self.formatter.text(
                        self.catalog.vocabulary.indicators[row.indicator].label
                    ),
                    figures=[figures[key] for key in row.figures],
                    items=[self.formatter.interpolate(item, figures) for item in row.items],
                    notes=[notes[key] for key in row.notes],
                )
                for row in city.status
            ],
            industries=[
                Industry(
                    id=industry.id,
                    name=self.formatter.text(industry.name),
                    description=self.formatter.interpolate(industry.description, figures),
                    fields=fields(industry.fields),
                    notes=[notes[key] for key in industry.notes],
                )
                for industry in city.industries
            ],
            ecosystem=[
                Group(
                    id=group.id,
                    name=self.formatter.text(group.name),
                    text=self.formatter.interpolate(group.text, figures),
                    figures=[figures[key] for key in group.figures],
                    organisations=[
                        Organisation(
                            name=self.formatter.text(organisation.name),
                            role=self.formatter.interpolate(organisation.role, figures),
                            fields=fields(organisation.fields),
                        )
                        for organisation in group.organisations
                    ],
                    notes=[notes[key] for key in group.notes],
                )
                for group in city.ecosystem
            ],
            strategic_fields=frozenset(
                field for industry in city.industries for field in industry.fields
            ),
            status_fields=frozenset(field for row in city.status for field in row.fields),
            notes=list(notes.values()),
            source=sources[city.source],
            sources=list(sources.values()),
            narrative=self.formatter.narrative(f"cities/{name}"),
            version=self._city_version(name, city),
            last_modified=self.catalog.last_modified.get(f"data/cities/{name}.yaml"),
        )

    def _city_version(self, name: str, city: model.City) -> str:
        narratives = self.catalog.narratives
        locales = self.catalog.settings.locales
        texts = [narratives[f"cities/{name}", locale] for locale in locales]
        return version_of(to_json([city, texts]))

    def _photo(self, photo: model.Photo | None) -> Photo | None:
        if photo is None:
            return None
        return Photo(
            file=photo.file,
            alt=self.formatter.text(photo.alt),
            credit=self.formatter.text_or_name(photo.credit),
            licence=self.formatter.text_or_name(photo.licence),
        )
