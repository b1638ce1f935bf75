"""The files of the open data as an OpenAPI description (https://spec.openapis.org/oas/v3.1.0).

The form of a record is that of its type in `brochure.model`, with what `records.py` adds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from brochure.model import records as model
from brochure.publish.open_data.records import Records
from brochure.publish.open_data.sheets import Sheet, side_by_side

_REF = "#/components/schemas/{model}"
# What pydantic makes of a Text.
_TEXT = {"additionalProperties": {"type": "string"}, "type": "object"}


def openapi(records: Records, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """The description of every path, with the form of each answer."""
    alliance = records.catalog.alliance
    return {
        "openapi": "3.1.0",
        "info": {
            "title": side_by_side(alliance.name),
            "description": side_by_side(records.said("data.form"), "\n"),
            "version": "1",
        },
        "servers": [{"url": records.data("").removesuffix("/")}],
        "paths": {
            path: {"get": _operation(records, path, answer, choices)}
            for path, answer, choices in _paths(records, sheets)
        },
        "components": {"schemas": _schemas(records.catalog.settings.locales)},
    }


def _paths(
    records: Records, sheets: Sequence[Sheet]
) -> list[tuple[str, JsonSchemaValue | None, Mapping[str, list[str]]]]:
    """Each path, the schema of its answer (None for a table), and the values that fill it in."""
    catalog = records.catalog
    cities, dossiers = list(records.of_cities), list(catalog.dossiers)
    paths: list[tuple[str, JsonSchemaValue | None, Mapping[str, list[str]]]] = [
        ("/alliance.json", _ref("Alliance"), {}),
        ("/cities.json", _list("cities", _ref("CityInShort")), {}),
        ("/cities/{city}.json", _ref("City"), {"city": cities}),
        ("/pairs.json", _list("pairs", _ref("Pair")), {}),
        ("/dossiers.json", _list("dossiers", _ref("DossierInShort")), {}),
    ]
    if dossiers:
        paths.append(("/dossiers/{dossier}.json", _ref("Dossier"), {"dossier": dossiers}))
    paths += [
        ("/indicators.json", _list("indicators", _ref("Indicator"), units=_listed("Unit")), {}),
        ("/industries.json", _list("industries", _ref("FieldOfIndustry")), {}),
        ("/sources.json", _list("sources", _ref("Source")), {}),
        *((f"/{one.path}", None, {}) for one in sheets if "/" not in one.path),
    ]
    for name in dossiers:
        if tables := list(catalog.dossiers[name].tables):
            paths.append((f"/tables/{name}/{{table}}.csv", None, {"table": tables}))
    anything: JsonSchemaValue = {"type": "object"}
    return [*paths, ("/datapackage.json", anything, {}), ("/openapi.json", anything, {})]


def _operation(
    records: Records, path: str, answer: JsonSchemaValue | None, choices: Mapping[str, list[str]]
) -> dict[str, Any]:
    """What one path answers; it has the words of the page about the open data."""
    parts = path.strip("/").partition(".")[0].split("/")
    topic = "table" if parts[0] == "tables" else [*choices, parts[0]][0]
    kind = "text/csv" if answer is None else "application/json"
    names = [part.strip("{}") for part in parts]
    return {
        "operationId": "-".join(["get", *names, path.rpartition(".")[2]]),
        "summary": side_by_side(records.said(f"data.of-{topic}")),
        **(
            {
                "parameters": [
                    {"name": name, "in": "path", "required": True,
                     "schema": {"type": "string", "enum": ids}}
                    for name, ids in choices.items()
                ]
            }
            if choices
            else {}
        ),
        "responses": {
            "200": {
                "description": side_by_side(records.said(f"data.of-{topic}")),
                "content": {kind: {"schema": answer or {"type": "string"}}},
            }
        },
    }  # fmt: skip


class _Published(GenerateJsonSchema):
    """The schema of what is written: every key is there, and a Decimal is a number."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "number"}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_is_present(self, field: Any) -> bool:
        """Leave out what records exclude, as the open data do."""
        return not field.get("serialization_exclude")

    def field_is_required(self, *_: Any, **__: Any) -> bool:
        return True

    def field_title_should_be_set(self, *_: Any) -> bool:
        return False


def _schemas(locales: Sequence[str]) -> dict[str, JsonSchemaValue]:
    """The schemas of all records by name."""
    types = (model.Alliance, model.City, model.Dossier, model.Indicator, model.Source)
    _, made = TypeAdapter.json_schemas(
        [(one.__name__, "validation", TypeAdapter(one)) for one in types],
        ref_template=_REF,
        schema_generator=_Published,
    )
    schemas: dict[str, JsonSchemaValue] = _with_texts(made["$defs"])
    text, address = _ref("Text"), {"type": "string", "format": "uri"}
    own = {"id": {"type": "string"}, "url": text}
    sources = {"sources": _by_id(_ref("SourceOf"))}
    # What records add to the data file or make plain (see brochure.records).
    schemas["Figure"]["properties"]["label"] = text
    stated = schemas["Source"]["properties"]
    stated["date"] = {"type": ["string", "null"]}
    stated["licence"] = {"anyOf": [text, {"type": "null"}]}
    schemas["SourceOf"] = schemas["Source"]
    schemas["Source"] = _extended(schemas["Source"], {"id": own["id"]})
    schemas["Indicator"] = _extended(schemas["Indicator"], {"id": own["id"]})
    schemas["City"] = _extended(schemas["City"], own | sources)
    schemas["Dossier"] = _extended(schemas["Dossier"], own | sources)
    schemas["Alliance"] = _extended(schemas["Alliance"], {"url": text} | sources)
    schemas["DossierPage"] = _extended(
        schemas["DossierPage"], {"url": text, "title": text, "description": text}
    )
    # A cell is what its column says it is: only a look at both could say more.
    schemas["Table"]["properties"]["rows"] = _by_id(_by_id(_ref("Cell")))
    ids = {"type": "array", "items": {"type": "string"}}
    meetings = _listed("Meeting")
    short = own | {"data": address, "name": text}
    return schemas | {
        "Text": _object({locale: {"type": "string"} for locale in locales}),
        "Cell": {
            "anyOf": [
                text,
                {"type": ["string", "number", "null"]},
                {"type": "array", "items": {"anyOf": [text, {"type": "string"}]}},
            ]
        },
        "CityInShort": _object(short | {"country": text, "location": _ref("Location")}),
        "DossierInShort": _object(
            short
            | {
                "source": {"type": "string"},
                "tables": _by_id(_object({"title": text, "data": address})),
            }
        ),
        "Unit": _object({"id": own["id"], "counts": {"type": "string"}}),
        "FieldOfIndustry": _object({"id": own["id"], "label": text}),
        "Pair": _object(
            {
                "cities": ids,
                "url": text,
                "shared": meetings,
                "complementary": meetings,
                "alone": _by_id(ids),
            }
        ),
        "Meeting": _object(
            {
                "field": {"type": "string"},
                "cities": _by_id(_ref("Side")),
            }
        ),
        "Side": _object(
            {"strategic": ids, "named": {"type": "boolean"}, "organisations": _listed("Text")}
        ),
    }


def _with_texts(schema: Any) -> Any:
    """The schema with a reference wherever a Text is described."""
    if schema == _TEXT:
        return _ref("Text")
    if isinstance(schema, dict):
        return {key: _with_texts(one) for key, one in schema.items()}
    return [_with_texts(one) for one in schema] if isinstance(schema, list) else schema


def _object(properties: Mapping[str, JsonSchemaValue]) -> JsonSchemaValue:
    """An object with these properties and no other."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _extended(
    schema: JsonSchemaValue, properties: Mapping[str, JsonSchemaValue]
) -> JsonSchemaValue:
    """The schema of an object with more properties."""
    every = {**properties, **schema["properties"]}
    return schema | {"properties": every, "required": list(every)}


def _by_id(schema: JsonSchemaValue) -> JsonSchemaValue:
    """An object of such values, whatever their keys."""
    return {"type": "object", "additionalProperties": schema}


def _ref(name: str) -> JsonSchemaValue:
    return {"$ref": _REF.format(model=name)}


def _listed(name: str) -> JsonSchemaValue:
    return {"type": "array", "items": _ref(name)}


def _list(key: str, items: JsonSchemaValue, **more: JsonSchemaValue) -> JsonSchemaValue:
    return _object({key: {"type": "array", "items": items}, **more})
