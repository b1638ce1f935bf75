"""Records -> the open data: every file below `api/v1/`, by its address on the site.

JSON holds everything that is stated, CSV the figures and tables. `datapackage.json` describes the
CSV files, `openapi.json` all paths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from brochure.base.artifact import GeneratedFile
from brochure.base.exact_json import dump_json
from brochure.base.urls import data_url
from brochure.publish.open_data.data_package import package
from brochure.publish.open_data.records import Records
from brochure.publish.open_data.sheets import sheets


def open_data(records: Records) -> dict[str, GeneratedFile]:
    """The files of the open data."""
    tables, catalog = sheets(records), records.catalog

    def answer(made: Callable[[], Mapping[str, Any]], *cities: str) -> GeneratedFile:
        return GeneratedFile(lambda: f"{dump_json(made())}\n", cities)

    def description() -> Mapping[str, Any]:
        # Imported only here: it is seldom another, and making it loads pydantic's other half.
        from brochure.publish.open_data.openapi import openapi

        return openapi(records, tables)

    every = list(records.of_cities)
    files = {
        "alliance.json": answer(records.alliance),
        "cities.json": answer(lambda: {"cities": records.cities()}, *every),
        **{
            f"cities/{name}.json": answer(lambda city=city: city, name)  # type: ignore[misc]
            for name, city in records.of_cities.items()
        },
        "pairs.json": answer(lambda: {"pairs": records.pairs()}, *every),
        "dossiers.json": answer(lambda: {"dossiers": records.dossiers()}),
        **{
            f"dossiers/{name}.json": answer(lambda name=name: records.dossier(name))  # type: ignore[misc]
            for name in catalog.dossiers
        },
        "indicators.json": answer(
            lambda: {"indicators": records.indicators(), "units": records.units()}
        ),
        "industries.json": answer(lambda: {"industries": records.industries()}),
        "sources.json": answer(lambda: {"sources": records.sources()}),
        "datapackage.json": answer(lambda: package(records, tables), *every),
        "openapi.json": answer(description),
    }
    files |= {
        sheet.path: GeneratedFile(lambda sheet=sheet: sheet.text, every if sheet.of_cities else ())  # type: ignore[misc]
        for sheet in tables
    }
    return {data_url(name): file for name, file in files.items()}
