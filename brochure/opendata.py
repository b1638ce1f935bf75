"""Catalog -> the open data: every file below `api/v1/`, as text by its address on the site.

JSON holds everything that is stated, CSV the figures and tables. `datapackage.json` describes the
CSV files, `openapi.json` all paths.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brochure.edition import Edition
from brochure.exact import written
from brochure.links import data_url
from brochure.model import Catalog
from brochure.openapi import openapi
from brochure.records import Records
from brochure.tabular import package, sheets


def open_data(catalog: Catalog, editions: Sequence[Edition]) -> dict[str, str]:
    """The files of the open data. `editions` are those of the catalog, in all its languages."""
    records = Records(catalog, editions)
    tables = sheets(records)
    answers: dict[str, Any] = {
        "alliance.json": records.alliance(),
        "cities.json": {"cities": records.cities()},
        **{f"cities/{name}.json": records.city(name) for name in sorted(catalog.cities)},
        "pairs.json": {"pairs": records.pairs()},
        "dossiers.json": {"dossiers": records.dossiers()},
        **{f"dossiers/{name}.json": records.dossier(name) for name in catalog.dossiers},
        "indicators.json": {"indicators": records.indicators(), "units": records.units()},
        "industries.json": {"industries": records.industries()},
        "sources.json": {"sources": records.sources()},
        "datapackage.json": package(records, tables),
        "openapi.json": openapi(records, tables),
    }
    files = {name: f"{written(answer)}\n" for name, answer in answers.items()}
    files |= {sheet.path: sheet.text for sheet in tables}
    return {data_url(name): text for name, text in files.items()}
