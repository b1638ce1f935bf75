"""Catalog -> plain records for machines: every language side by side, no number formatted.

A record keeps the names and the shape of its data file. Texts have the figures that they name
filled in; what a source does not state is None.
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
from brochure.localize.pairs import Meeting, briefings
from brochure.model import records as model

# The figures of one record in each language.
Figures = Mapping[str, Mapping[str, Figure]]


class Records:
    """The records of a catalog, whose `editions` are in the order of its languages.

    `of_cities` are those of the members, all that each one's file states, by id. `cached_cities`
    are those that an earlier build made, of cities that the catalog leaves out.
    """

    def __init__(
        self,
        catalog: model.Catalog,
        editions: Sequence[Edition],
        cached_cities: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    ) -> None:
        self.catalog = catalog
        self.editions = editions
        self._wordings = {one.locale: Formatter(catalog, one.locale) for one in editions}
        made = {name: self._city(name) for name in catalog.cities}
        self.of_cities = {name: {**cached_cities, **made}[name] for name in editions[0].members}

    def said(self, key: str) -> dict[str, str]:
        """A word of the interface in every language."""
        return {locale: one.language.say(key) for locale, one in self._wordings.items()}

    def urls(self, page: str) -> dict[str, str]:
        """The address of a page in every language."""
        settings = self.catalog.settings
        return {
            locale: settings.site_url + page_url(page, locale, settings.locales[0])
            for locale in settings.locales
        }

    def data(self, name: str) -> str:
        """The address of a file of the open data."""
        return self.catalog.settings.site_url + data_url(name)

    def cities(self) -> list[dict[str, Any]]:
        """The members in short: enough to choose one and to draw a map."""
        return [
            {
                "id": name,
                "url": self.urls(f"cities/{name}"),
                "data": self.data(f"cities/{name}.json"),
                "name": city["name"],
                "country": city["country"],
                "location": city["location"],
            }
            for name, city in self.of_cities.items()
        ]

    def _city(self, name: str) -> dict[str, Any]:
        """All that a member's file states."""
        same = {one.locale: one.members[name] for one in self.editions}
        figures = {locale: one.figures for locale, one in same.items()}
        used = next(iter(same.values())).sources
        return {
            "id": name,
            "url": self.urls(f"cities/{name}"),
            **self._plain(self.catalog.cities[name], figures),
            "sources": {source.id: self.source(source.id) for source in used},
        }

    def alliance(self) -> dict[str, Any]:
        """All that is stated of the alliance."""
        alliance = self.catalog.alliance
        figures = {one.locale: one.alliance.figures for one in self.editions}
        named = [alliance.source, *(one.source for one in alliance.figures.values())]
        return {
            "url": self.urls("index"),
            **self._plain(alliance, figures),
            "sources": {source: self.source(source) for source in dict.fromkeys(named)},
        }

    def dossiers(self) -> list[dict[str, Any]]:
        """The dossiers in short."""
        return [
            {
                "id": name,
                "url": self.urls(f"{name}/index"),
                "data": self.data(f"dossiers/{name}.json"),
                "name": dossier.name,
                "source": dossier.source,
                "tables": {
                    key: {"title": table.title, "data": self.data(f"tables/{name}/{key}.csv")}
                    for key, table in dossier.tables.items()
                },
            }
            for name, dossier in self.catalog.dossiers.items()
        ]

    def dossier(self, name: str) -> dict[str, Any]:
        """All that a dossier's file states, and the titles and addresses of its pages."""
        same = {e.locale: one for e in self.editions for one in e.dossiers if one.id == name}
        figures = {locale: one.figures for locale, one in same.items()}
        used = next(iter(same.values())).sources
        dossier = self.catalog.dossiers[name]
        pages = {
            page: {
                "url": self.urls(f"{name}/{page}"),
                **{
                    key: {
                        locale: getattr(self._front(f"{name}/{page}", locale), key)
                        for locale in self._wordings
                    }
                    for key in ("title", "description")
                },
                **self._plain(entry),
            }
            for page, entry in dossier.pages.items()
        }
        return {
            "id": name,
            "url": self.urls(f"{name}/index"),
            **self._plain(dossier, figures),
            "pages": pages,
            "sources": {source.id: self.source(source.id) for source in used},
        }

    def indicators(self) -> list[dict[str, Any]]:
        """The indicators that figures of cities are of."""
        indicators = self.catalog.vocabulary.indicators
        return [{"id": name, **self._plain(one)} for name, one in indicators.items()]

    def units(self) -> list[dict[str, str]]:
        """The units of all figures and columns, with what one of each counts."""
        units = self.catalog.vocabulary.units
        return [{"id": name, "counts": counts} for name, counts in units.items()]

    def industries(self) -> list[dict[str, Any]]:
        """The fields of the shared taxonomy of industries."""
        return [{"id": name, "label": text} for name, text in self.catalog.industries.items()]

    def sources(self) -> list[dict[str, Any]]:
        """Every source."""
        return [{"id": name, **self.source(name)} for name in self.catalog.sources]

    def source(self, name: str) -> dict[str, Any]:
        """A source; its licence in every language, its licence and date None if it states none."""
        source = self.catalog.sources[name]
        licence = source.licence
        if isinstance(licence, str):
            licence = {} if licence == "unstated" else dict.fromkeys(self._wordings, licence)
        day = None if source.date == "unstated" else source.date
        return {**self._plain(source), "date": day, "licence": licence or None}

    def pairs(self) -> list[dict[str, Any]]:
        """What every two members share, and where they complement each other, by field."""
        briefed = zip(*(briefings(edition) for edition in self.editions), strict=True)
        return [
            {
                "cities": [city.id for city in same[0].cities],
                "url": self.urls(same[0].path),
                "shared": self._meetings([one.shared for one in same]),
                "complementary": self._meetings([one.complementary for one in same]),
                "alone": {
                    city.id: [field.id for field in fields]
                    for city, fields in zip(same[0].cities, same[0].alone, strict=True)
                },
            }
            for same in briefed
        ]

    def _meetings(self, lists: Sequence[Sequence[Meeting]]) -> list[dict[str, Any]]:
        """The same list in every language as one."""
        return [self._meeting(same) for same in zip(*lists, strict=True)]

    def _meeting(self, same: Sequence[Meeting]) -> dict[str, Any]:
        """A field in which two cities meet, out of its form in every language."""
        return {
            "field": same[0].field.id,
            "cities": {
                side.city.id: {
                    "strategic": [industry.id for industry in side.industries],
                    "named": side.named,
                    "organisations": self._names([one.sides[at].organisations for one in same]),
                }
                for at, side in enumerate(same[0].sides)
            },
        }

    def _names(self, lists: Sequence[Sequence[Organisation]]) -> list[dict[str, str]]:
        """The names of organisations, out of the same list in every language."""
        return [
            {locale: one.name for locale, one in zip(self._wordings, same, strict=True)}
            for same in zip(*lists, strict=True)
        ]

    def _front(self, page: str, locale: str) -> model.FrontMatter:
        return self.catalog.narratives[page, locale].front

    def _plain(self, value: Any, figures: Figures | None = None) -> Any:
        """A record, list, mapping or value of the model as JSON knows it, numbers as they are."""
        # Most values are these, and asking what else they might be takes long.
        if value is None or type(value) in (str, int, bool, Decimal):
            return value
        if isinstance(value, model.Figure) and value.indicator is not None:
            label = self.catalog.vocabulary.indicators[value.indicator].label
            value = value.model_copy(update={"label": label})
        if isinstance(value, model.Record):
            return {
                name: self._plain(getattr(value, name), figures)
                for name, field in type(value).model_fields.items()
                if not field.exclude
            }
        if isinstance(value, Mapping):
            if self._is_text(value):
                return {
                    locale: formatter.said(dict(value), (figures or {}).get(locale, {}))
                    for locale, formatter in self._wordings.items()
                }
            return {key: self._plain(one, figures) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._plain(one, figures) for one in value]
        return value.isoformat() if isinstance(value, date) else value

    def _is_text(self, value: Mapping[Any, Any]) -> bool:
        return set(value) == set(self._wordings) and all(
            isinstance(one, str) for one in value.values()
        )
