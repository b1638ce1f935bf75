"""Build the records of the open data: JSON values with all languages and unformatted numbers.

A record has the keys and the structure of its data file. The placeholders in texts are replaced by
their figures; what a source does not state is None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from brochure.base.urls import data_url, page_url
from brochure.localize.edition import Edition, Figure, Organisation
from brochure.localize.formatter import Formatter
from brochure.localize.pairs import Briefing, FieldMatch, briefings
from brochure.model import records as model

# The figures of one record in each language.
Figures = Mapping[str, Mapping[str, Figure]]


class Records:
    """The records of a catalog; `editions` are in the order of its languages.

    `city_records` are the full records of the members by id. `cached_cities` are those of cities
    that the catalog leaves out, from an earlier build.
    """

    def __init__(
        self,
        catalog: model.Catalog,
        editions: Sequence[Edition],
        cached_cities: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    ) -> None:
        self.catalog = catalog
        self.editions = editions
        self._formatters = {
            edition.locale: Formatter(catalog, edition.locale) for edition in editions
        }
        records = {**cached_cities, **{name: self._city(name) for name in catalog.cities}}
        self.city_records = {name: records[name] for name in editions[0].members}

    def message(self, key: str) -> dict[str, str]:
        """Return a message of the locale files in every language."""
        return {
            locale: formatter.language.say(key) for locale, formatter in self._formatters.items()
        }

    def urls(self, page: str) -> dict[str, str]:
        """Return the address of a page in every language."""
        settings = self.catalog.settings
        return {
            locale: settings.site_url + page_url(page, locale, settings.locales[0])
            for locale in settings.locales
        }

    def file_url(self, name: str) -> str:
        """Return the address of a file of the open data."""
        return self.catalog.settings.site_url + data_url(name)

    def cities(self) -> list[dict[str, Any]]:
        """Return short records of the members: names, addresses and locations."""
        return [
            {
                "id": name,
                "url": self.urls(f"cities/{name}"),
                "data": self.file_url(f"cities/{name}.json"),
                "name": city["name"],
                "country": city["country"],
                "location": city["location"],
            }
            for name, city in self.city_records.items()
        ]

    def _city(self, name: str) -> dict[str, Any]:
        """Return the full record of a member."""
        figures = {edition.locale: edition.members[name].figures for edition in self.editions}
        sources = self.editions[0].members[name].sources
        return {
            "id": name,
            "url": self.urls(f"cities/{name}"),
            **self._json(self.catalog.cities[name], figures),
            "sources": {source.id: self.source(source.id) for source in sources},
        }

    def alliance(self) -> dict[str, Any]:
        """Return the record of the alliance."""
        alliance = self.catalog.alliance
        figures = {edition.locale: edition.alliance.figures for edition in self.editions}
        cited = [alliance.source, *(figure.source for figure in alliance.figures.values())]
        return {
            "url": self.urls("index"),
            **self._json(alliance, figures),
            "sources": {source: self.source(source) for source in dict.fromkeys(cited)},
        }

    def dossiers(self) -> list[dict[str, Any]]:
        """Return short records of the dossiers, with the addresses of their tables."""
        return [
            {
                "id": name,
                "url": self.urls(f"{name}/index"),
                "data": self.file_url(f"dossiers/{name}.json"),
                "name": dossier.name,
                "source": dossier.source,
                "tables": {
                    key: {"title": table.title, "data": self.file_url(f"tables/{name}/{key}.csv")}
                    for key, table in dossier.tables.items()
                },
            }
            for name, dossier in self.catalog.dossiers.items()
        ]

    def dossier(self, name: str) -> dict[str, Any]:
        """Return the full record of a dossier, with the titles and addresses of its pages."""
        localized = {
            edition.locale: next(each for each in edition.dossiers if each.id == name)
            for edition in self.editions
        }
        figures = {locale: dossier.figures for locale, dossier in localized.items()}
        sources = localized[self.editions[0].locale].sources
        dossier = self.catalog.dossiers[name]
        pages = {
            page: {
                "url": self.urls(f"{name}/{page}"),
                **{
                    key: {
                        locale: getattr(self._front(f"{name}/{page}", locale), key)
                        for locale in self._formatters
                    }
                    for key in ("title", "description")
                },
                **self._json(entry),
            }
            for page, entry in dossier.pages.items()
        }
        return {
            "id": name,
            "url": self.urls(f"{name}/index"),
            **self._json(dossier, figures),
            "pages": pages,
            "sources": {source.id: self.source(source.id) for source in sources},
        }

    def indicators(self) -> list[dict[str, Any]]:
        """Return the indicators of the status tables."""
        indicators = self.catalog.vocabulary.indicators
        return [{"id": name, **self._json(record)} for name, record in indicators.items()]

    def units(self) -> list[dict[str, str]]:
        """Return the units of all figures and columns, with the kind of things that each counts."""
        units = self.catalog.vocabulary.units
        return [{"id": name, "counts": counts} for name, counts in units.items()]

    def industries(self) -> list[dict[str, Any]]:
        """Return the fields of the taxonomy of industries."""
        return [{"id": name, "label": text} for name, text in self.catalog.industries.items()]

    def sources(self) -> list[dict[str, Any]]:
        """Return all sources."""
        return [{"id": name, **self.source(name)} for name in self.catalog.sources]

    def source(self, name: str) -> dict[str, Any]:
        """Return a source, its licence in every language; licence and date are None if unstated."""
        source = self.catalog.sources[name]
        licence = source.licence
        if isinstance(licence, str):
            licence = {} if licence == "unstated" else dict.fromkeys(self._formatters, licence)
        day = None if source.date == "unstated" else source.date
        return {**self._json(source), "date": day, "licence": licence or None}

    def pairs(self) -> list[dict[str, Any]]:
        """Return the shared, complementary and exclusive fields of every two members."""
        by_language = [briefings(edition) for edition in self.editions]
        return [self._pair(versions) for versions in zip(*by_language, strict=True)]

    def _pair(self, versions: Sequence[Briefing]) -> dict[str, Any]:
        """Return the record of a pair from its version in each language."""
        briefing = versions[0]
        return {
            "cities": [city.id for city in briefing.cities],
            "url": self.urls(briefing.path),
            "shared": self._matches([version.shared for version in versions]),
            "complementary": self._matches([version.complementary for version in versions]),
            "alone": {
                city.id: [field.id for field in fields]
                for city, fields in zip(briefing.cities, briefing.exclusive, strict=True)
            },
        }

    def _matches(self, lists: Sequence[Sequence[FieldMatch]]) -> list[dict[str, Any]]:
        """Return one list of records from the lists in each language."""
        return [self._match(versions) for versions in zip(*lists, strict=True)]

    def _match(self, versions: Sequence[FieldMatch]) -> dict[str, Any]:
        """Return the record of a field of a pair from its version in each language."""
        return {
            "field": versions[0].field.id,
            "cities": {
                side.city.id: {
                    "strategic": [industry.id for industry in side.industries],
                    "named": side.in_status_table,
                    "organisations": self._names(
                        [version.sides[index].organisations for version in versions]
                    ),
                }
                for index, side in enumerate(versions[0].sides)
            },
        }

    def _names(self, lists: Sequence[Sequence[Organisation]]) -> list[dict[str, str]]:
        """Return the names of organisations in every language from the lists in each."""
        return [
            {
                locale: organisation.name
                for locale, organisation in zip(self._formatters, versions, strict=True)
            }
            for versions in zip(*lists, strict=True)
        ]

    def _front(self, page: str, locale: str) -> model.FrontMatter:
        return self.catalog.narratives[page, locale].front

    def _json(self, value: Any, figures: Figures | None = None) -> Any:
        """Return a value of the model as JSON types, with its placeholders replaced by `figures`.

        Numbers stay int or Decimal.
        """
        # Most values are of these types: a shortcut, since the checks below are slow.
        if value is None or type(value) in (str, int, bool, Decimal):
            return value
        if isinstance(value, model.Figure) and value.indicator is not None:
            label = self.catalog.vocabulary.indicators[value.indicator].label
            value = value.model_copy(update={"label": label})
        if isinstance(value, model.Record):
            return {
                name: self._json(getattr(value, name), figures)
                for name, field in type(value).model_fields.items()
                if not field.exclude
            }
        if isinstance(value, Mapping):
            if self._is_text(value):
                return {
                    locale: formatter.interpolate(dict(value), (figures or {}).get(locale, {}))
                    for locale, formatter in self._formatters.items()
                }
            return {key: self._json(item, figures) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._json(item, figures) for item in value]
        return value.isoformat() if isinstance(value, date) else value

    def _is_text(self, value: Mapping[Any, Any]) -> bool:
        return set(value) == set(self._formatters) and all(
            isinstance(text, str) for text in value.values()
        )
