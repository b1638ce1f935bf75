"""The description of the CSV files as a Data Package (https://datapackage.org)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from brochure.publish.open_data.records import Records
from brochure.publish.open_data.sheets import Sheet, side_by_side

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def package(records: Records, listed: Sequence[Sheet]) -> dict[str, Any]:
    """The description of the CSV files as a Data Package.

    A licence stands with the source that states it; the package as a whole has none.
    """
    alliance = records.catalog.alliance
    name = re.sub(r"[^a-z0-9]+", "-", alliance.acronym.lower()).strip("-")
    return {
        "$schema": _PROFILE,
        **({"name": name} if name else {}),
        "title": side_by_side(alliance.name),
        "description": side_by_side(records.said("data.form"), "\n"),
        "homepage": records.catalog.settings.site_url,
        "version": records.editions[0].version,
        "created": f"{alliance.edition.isoformat()}T00:00:00Z",
        "sources": [_source(one) for one in records.sources()],
        "resources": [
            {
                "name": sheet.name,
                "type": "table",
                "path": sheet.path,
                "title": side_by_side(sheet.title),
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"lineTerminator": "\n"},
                **(
                    {"sources": [_source({"id": one, **records.source(one)})
                                 for one in sheet.sources]}
                    if sheet.sources
                    else {}
                ),
                "schema": {
                    "fields": [
                        {"name": one.name, "type": one.type, **one.more} for one in sheet.columns
                    ],
                    "missingValues": [""],
                    "primaryKey": list(sheet.key),
                    "foreignKeys": [
                        {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
                        for column, other in sheet.refers.items()
                    ],
                },
            }
            for sheet in listed
        ],
    }  # fmt: skip


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    """A source as a Data Package names it, with the licence as far as it states one."""
    path = {"path": source["url"]} if source["url"] else {}
    licence = {"licence": side_by_side(source["licence"])} if source["licence"] else {}
    return {"id": source["id"], "title": side_by_side(source["title"]), **path, **licence}
