"""Build the files of the open data below `api/v1/`.

JSON has all data, CSV the figures and tables. `datapackage.json` describes the CSV files,
`openapi.json` all paths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from brochure.base.artifact import GeneratedFile
from brochure.base.exact_json import dump_json
from brochure.base.urls import data_url
from brochure.publish.open_data.data_package import data_package
from brochure.publish.open_data.records import Records
from brochure.publish.open_data.sheets import Sheet, sheets


def open_data(records: Records) -> dict[str, GeneratedFile]:
    """Return the files of the open data by their addresses on the site."""
    tables, catalog = sheets(records), records.catalog
    cities = list(records.city_records)
    files = {
        "alliance.json": _json_file(records.alliance),
        "cities.json": _json_file(lambda: {"cities": records.cities()}, cities),
        **{
            f"cities/{name}.json": _json_file(partial(dict, record), [name])
            for name, record in records.city_records.items()
        },
        "pairs.json": _json_file(lambda: {"pairs": records.pairs()}, cities),
        "dossiers.json": _json_file(lambda: {"dossiers": records.dossiers()}),
        **{
            f"dossiers/{name}.json": _json_file(partial(records.dossier, name))
            for name in catalog.dossiers
        },
        "indicators.json": _json_file(
            lambda: {"indicators": records.indicators(), "units": records.units()}
        ),
        "industries.json": _json_file(lambda: {"industries": records.industries()}),
        "sources.json": _json_file(lambda: {"sources": records.sources()}),
        "datapackage.json": _json_file(partial(data_package, records, tables), cities),
        "openapi.json": _json_file(partial(_openapi, records, tables)),
    }
    files |= {
        sheet.path: GeneratedFile(sheet.text, cities if sheet.about_cities else ())
        for sheet in tables
    }
    return {data_url(name): file for name, file in files.items()}


def _json_file(build: Callable[[], Mapping[str, Any]], cities: Sequence[str] = ()) -> GeneratedFile:
    """Return a JSON file with the value that `build` returns; it depends on these cities."""
    return GeneratedFile(lambda: f"{dump_json(build())}\n", cities)


def _openapi(records: Records, tables: Sequence[Sheet]) -> Mapping[str, Any]:
    # Imported only here: it loads pydantic's JSON Schema, and the file rarely changes.
    from brochure.publish.open_data.openapi import openapi

    return openapi(records, tables)
