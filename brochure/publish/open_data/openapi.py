"""Describe the files of the open data with OpenAPI (https://spec.openapis.org/oas/v3.1.0).

The schema of a record is that of its type in `brochure.model`, with the keys that `records.py`
adds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from brochure.model import records as model
from brochure.publish.open_data.records import Records
from brochure.publish.open_data.sheets import Sheet, join_languages

_REF = "#/components/schemas/{model}"
# The schema that pydantic generates for a Text.
_TEXT = {"additionalProperties": {"type": "string"}, "type": "object"}


def openapi(records: Records, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return `openapi.json`: every path with the schema of its response."""
    alliance = records.catalog.alliance
    return {
        "openapi": "3.1.0",
        "info": {
            "title": join_languages(alliance.name),
            "description": join_languages(records.message("data.form"), "\n"),
            "version": "1",
        },
        "servers": [{"url": records.file_url("").removesuffix("/")}],
        "paths": {
            path: {"get": _operation(records, path, response, values)}
            for path, response, values in _paths(records, sheets)
        },
        "components": {"schemas": _schemas(records.catalog.settings.locales)},
    }


def _paths(
    records: Records, sheets: Sequence[Sheet]
) -> list[tuple[str, JsonSchemaValue | None, Mapping[str, list[str]]]]:
    """Return each path, the schema of its response (None for CSV), and the values of parameters."""
    catalog = records.catalog
    cities, dossiers = list(records.city_records), list(catalog.dossiers)
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
        ("/indicators.json", _list("indicators", _ref("Indicator"), units=_array_of("Unit")), {}),
        ("/industries.json", _list("industries", _ref("FieldOfIndustry")), {}),
        ("/sources.json", _list("sources", _ref("Source")), {}),
        *((f"/{sheet.path}", None, {}) for sheet in sheets if "/" not in sheet.path),
    ]
    for name in dossiers:
        if tables := list(catalog.dossiers[name].tables):
            paths.append((f"/tables/{name}/{{table}}.csv", None, {"table": tables}))
    anything: JsonSchemaValue = {"type": "object"}
    return [*paths, ("/datapackage.json", anything, {}), ("/openapi.json", anything, {})]


def _operation(
    records: Records, path: str, response: JsonSchemaValue | None, values: Mapping[str, list[str]]
) -> dict[str, Any]:
    """Return the operation of a path; its summary is the text of the page about the open data."""
    parts = path.strip("/").partition(".")[0].split("/")
    topic = "table" if parts[0] == "tables" else [*values, parts[0]][0]
    kind = "text/csv" if response is None else "application/json"
    names = [part.strip("{}") for part in parts]
    return {
        "operationId": "-".join(["get", *names, path.rpartition(".")[2]]),
        "summary": join_languages(records.message(f"data.of-{topic}")),
        **(
            {
                "parameters": [
                    {"name": name, "in": "path", "required": True,
                     "schema": {"type": "string", "enum": ids}}
                    for name, ids in values.items()
                ]
            }
            if values
            else {}
        ),
        "responses": {
            "200": {
                "description": join_languages(records.message(f"data.of-{topic}")),
                "content": {kind: {"schema": response or {"type": "string"}}},
            }
        },
    }  # fmt: skip


class _OutputSchema(GenerateJsonSchema):
    """Generates the schemas of the output: every key is required, and a Decimal is a number."""

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
    """Return the schemas of all records by name."""
    types = (model.Alliance, model.City, model.Dossier, model.Indicator, model.Source)
    _, generated = TypeAdapter.json_schemas(
        [(type_.__name__, "validation", TypeAdapter(type_)) for type_ in types],
        ref_template=_REF,
        schema_generator=_OutputSchema,
    )
    schemas: dict[str, JsonSchemaValue] = _refer_to_texts(generated["$defs"])
    text, address = _ref("Text"), {"type": "string", "format": "uri"}
    identity = {"id": {"type": "string"}, "url": text}
    sources = {"sources": _by_id(_ref("SourceOf"))}
    # The keys that `Records` adds to those of the data files, or changes.
    schemas["Figure"]["properties"]["label"] = text
    properties = schemas["Source"]["properties"]
    properties["date"] = {"type": ["string", "null"]}
    properties["licence"] = {"anyOf": [text, {"type": "null"}]}
    schemas["SourceOf"] = schemas["Source"]
    schemas["Source"] = _extended(schemas["Source"], {"id": identity["id"]})
    schemas["Indicator"] = _extended(schemas["Indicator"], {"id": identity["id"]})
    schemas["City"] = _extended(schemas["City"], identity | sources)
    schemas["Dossier"] = _extended(schemas["Dossier"], identity | sources)
    schemas["Alliance"] = _extended(schemas["Alliance"], {"url": text} | sources)
    schemas["DossierPage"] = _extended(
        schemas["DossierPage"], {"url": text, "title": text, "description": text}
    )
    # The type of a cell depends on its column, which a schema cannot express.
    schemas["Table"]["properties"]["rows"] = _by_id(_by_id(_ref("Cell")))
    ids = {"type": "array", "items": {"type": "string"}}
    matches = _array_of("Meeting")
    short = identity | {"data": address, "name": text}
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
        "Unit": _object({"id": identity["id"], "counts": {"type": "string"}}),
        "FieldOfIndustry": _object({"id": identity["id"], "label": text}),
        "Pair": _object(
            {
                "cities": ids,
                "url": text,
                "shared": matches,
                "complementary": matches,
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
            {"strategic": ids, "named": {"type": "boolean"}, "organisations": _array_of("Text")}
        ),
    }


def _refer_to_texts(schema: Any) -> Any:
    """Return the schema with a reference in place of each schema of a Text."""
    if schema == _TEXT:
        return _ref("Text")
    if isinstance(schema, dict):
        return {key: _refer_to_texts(child) for key, child in schema.items()}
    if isinstance(schema, list):
        return [_refer_to_texts(child) for child in schema]
    return schema


def _object(properties: Mapping[str, JsonSchemaValue]) -> JsonSchemaValue:
    """Return the schema of an object with exactly these properties."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _extended(
    schema: JsonSchemaValue, properties: Mapping[str, JsonSchemaValue]
) -> JsonSchemaValue:
    """Return the schema of an object with more required properties."""
    extended = {**properties, **schema["properties"]}
    return schema | {"properties": extended, "required": list(extended)}


def _by_id(schema: JsonSchemaValue) -> JsonSchemaValue:
    """Return the schema of an object with any keys and these values."""
    return {"type": "object", "additionalProperties": schema}


def _ref(name: str) -> JsonSchemaValue:
    return {"$ref": _REF.format(model=name)}


def _array_of(name: str) -> JsonSchemaValue:
    return {"type": "array", "items": _ref(name)}


def _list(key: str, items: JsonSchemaValue, **more: JsonSchemaValue) -> JsonSchemaValue:
    """Return the schema of an object with a list under `key`, and `more` properties."""
    return _object({key: {"type": "array", "items": items}, **more})
