"""Describe the CSV files as a Data Package (https://datapackage.org)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from brochure.publish.open_data.records import Records
from brochure.publish.open_data.sheets import Sheet, join_languages

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def data_package(records: Records, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return `datapackage.json` for these CSV files.

    Each source has its own licence; the package as a whole has none.
    """
    alliance = records.catalog.alliance
    name = re.sub(r"[^a-z0-9]+", "-", alliance.acronym.lower()).strip("-")
    return {
        "$schema": _PROFILE,
        **({"name": name} if name else {}),
        "title": join_languages(alliance.name),
        "description": join_languages(records.message("data.form"), "\n"),
        "homepage": records.catalog.settings.site_url,
        "version": records.editions[0].version,
        "created": f"{alliance.edition.isoformat()}T00:00:00Z",
        "sources": [_source(source) for source in records.sources()],
        "resources": [
            {
                "name": sheet.name,
                "type": "table",
                "path": sheet.path,
                "title": join_languages(sheet.title),
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"lineTerminator": "\n"},
                **(
                    {"sources": [_source({"id": source, **records.source(source)})
                                 for source in sheet.sources]}
                    if sheet.sources
                    else {}
                ),
                "schema": {
                    "fields": [
                        {"name": column.name, "type": column.type, **column.more}
                        for column in sheet.columns
                    ],
                    "missingValues": [""],
                    "primaryKey": list(sheet.key),
                    "foreignKeys": [
                        {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
                        for column, other in sheet.references.items()
                    ],
                },
            }
            for sheet in sheets
        ],
    }  # fmt: skip


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    """Return a source in the terms of a Data Package, with path and licence if it has them."""
    path = {"path": source["url"]} if source["url"] else {}
    licence = {"licence": join_languages(source["licence"])} if source["licence"] else {}
    return {"id": source["id"], "title": join_languages(source["title"]), **path, **licence}
