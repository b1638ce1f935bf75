"""Build the form at /edit/: the configuration of Decap CMS, and its page.

Every entry of a city becomes a field with its name, help and limits in Korean and English. The id
of a source, a unit and so on is selected from a list. The browser writes the changed file: see
overrides/site/edit/lossless.js and form-values.js.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence

from brochure.base.artifact import GeneratedFile
from brochure.base.language import Language
from brochure.editing.json_schema import Node, schema
from brochure.editing.reference import limits
from brochure.model.help import LANGUAGES, Help, Manual
from brochure.model.records import Catalog
from brochure.render.templates import Templates

_GITHUB = re.compile(r"https://github\.com/([^/]+/[^/]+)/edit/(.+)/")
_PATTERN_HELP = ("이런 꼴로 적습니다", "It has the form")
_EVERY_LANGUAGE = "모든 언어로 적습니다. / Every language is needed."


def form(
    catalog: Catalog, read_manual: Callable[[], Manual], templates: Templates
) -> dict[str, GeneratedFile]:
    """Return the files of the form by address; none if the repository is not at GitHub."""
    match = _GITHUB.fullmatch(catalog.settings.repository)
    if match is None:
        return {}

    def config() -> str:
        values = _config(catalog, read_manual(), *match.groups())
        return json.dumps(values, ensure_ascii=False, indent=1) + "\n"

    def page() -> str:
        languages = [Language(locale, words) for locale, words in catalog.words.items()]
        return templates["pages/edit.html"].render(languages=languages)

    return {"edit/config.json": GeneratedFile(config), "edit/index.html": GeneratedFile(page)}


def _config(catalog: Catalog, manual: Manual, repository: str, branch: str) -> Node:
    backend = {"name": "github", "repo": repository, "branch": branch, "open_authoring": True}
    # Without this address, Decap would use the sign-in service of a third party.
    if catalog.settings.sign_in:
        host, _, path = catalog.settings.sign_in.removeprefix("https://").partition("/")
        backend |= {"base_url": f"https://{host}", "auth_endpoint": path or "auth"}
    cities = {
        "name": "cities",
        "label": "도시 / Cities",
        "label_singular": "도시 / City",
        "folder": "data/cities",
        "extension": "yaml",
        "format": "lossless",
        "create": False,
        "delete": False,
        "identifier_field": "accent",
        "summary": " / ".join(f"{{{{name.{locale}}}}}" for locale in catalog.settings.locales),
        "sortable_fields": [],
        "fields": _Fields(catalog, manual).of_record("City"),
    }
    return {
        "backend": backend,
        "publish_mode": "editorial_workflow",
        "site_url": catalog.settings.site_url,
        "media_folder": "data/photos",
        "editor": {"preview": False},
        "collections": [cities],
    }


class _Fields:
    """The fields of Decap CMS for the records of a city (https://decapcms.org/docs/widgets/)."""

    def __init__(self, catalog: Catalog, manual: Manual) -> None:
        self.manual = manual
        self.locales = catalog.settings.locales
        bare = schema("city", self.locales)
        self.definitions: Mapping[str, Node] = {**bare["$defs"], "City": bare}
        self.languages = [
            {"name": locale, "label": catalog.words[locale]["language.name"]}
            for locale in self.locales
        ]
        # The values of entries of these names, with labels in every language.
        self.choices = {
            "source": _options({key: source.title for key, source in catalog.sources.items()}),
            "fields": _options(catalog.industries),
            "indicator": _options(
                {key: indicator.label for key, indicator in catalog.vocabulary.indicators.items()}
            ),
            "unit": [{"value": unit, "label": unit} for unit in catalog.vocabulary.units],
        }

    def of_record(self, record: str, needed: bool = True) -> list[Node]:
        """Return a field for each entry of a record; with `needed` false, none is required."""
        node = self.definitions[record]
        required = node["required"] if needed else ()
        return [
            self.field(name, self.manual.entry(record, name), child, name in required)
            for name, child in node["properties"].items()
        ]

    def field(self, name: str, help_: Help, node: Node, required: bool) -> Node:
        """Return the field for an entry."""
        choices = [choice for choice in node.get("anyOf", [node]) if choice.get("type") != "null"]
        common = {"name": name, **_label_and_hint(help_, choices[0]), "required": required}
        return common | self.widget(name, choices, required)

    def widget(self, name: str, choices: Sequence[Node], required: bool) -> Node:
        """Return the widget for the values of an entry, with the limits that Decap supports."""
        # For a text in every language or a name that is the same in all, one widget does both.
        node = choices[0]
        record = node.get("$ref", "").rpartition("/")[2]
        if record == "text":
            return self.texts()
        if record:
            # Decap would ask for the required entries of a record that is itself optional.
            fields = self.of_record(record, required)
            return {"widget": "object", "collapsed": True, "fields": fields}
        if "enum" in node:
            labels = {value: self.manual.value(value) for value in node["enum"]}
            return {"widget": "select", "options": _options(labels)}
        if node["type"] == "object":
            return self.by_id(node)
        if node["type"] == "array":
            return self.list_of(name, node)
        if node["type"] in ("number", "integer"):
            limits = {"min": node.get("minimum"), "max": node.get("maximum")}
            kind = "int" if node["type"] == "integer" else "float"
            known = {key: value for key, value in limits.items() if value is not None}
            return {"widget": "number", "value_type": kind, "step": _step(kind), **known}
        if name in self.choices:
            return {"widget": "select", "options": self.choices[name]}
        return {"widget": "string", **_pattern(node)}

    def texts(self) -> Node:
        return {"widget": "texts", "languages": self.languages, "lacking": _EVERY_LANGUAGE}

    def by_id(self, node: Node) -> Node:
        """Return the widget for records by id: a list whose items have the id as a field."""
        ((pattern, inner),) = node["patternProperties"].items()
        id_field = {
            "name": "id",
            **_label_and_hint(self.manual.entry("Industry", "id"), {}),
            "required": True,
            "widget": "string",
            **_pattern({"pattern": pattern}),
        }
        fields = self.of_record(inner["$ref"].rpartition("/")[2])
        return _list(
            {"keyed": True, "summary": "{{fields.id}}", "fields": [id_field, *fields]}, node
        )

    def list_of(self, name: str, node: Node) -> Node:
        """Return the widget for a list of records, of texts, or of names."""
        items = node["items"]
        record = items.get("$ref", "").rpartition("/")[2]
        if record == "text":
            # Decap would look for the entry `text` in each text; `wrapped` adds and removes it.
            field = {"name": "text", "label": "글 / Text", "required": True, **self.texts()}
            return _list({"wrapped": True, "fields": [field]}, node)
        if record:
            fields = self.of_record(record)
            return _list({"fields": fields, **_summary(fields)}, node)
        if name in self.choices:
            return {"widget": "select", "multiple": True, "options": self.choices[name]}
        # Without fields, Decap shows a line of names with commas.
        return _list({}, node)


def _list(more: Node, node: Node) -> Node:
    limits = {"min": node.get("minItems"), "max": node.get("maxItems")}
    known = {key: value for key, value in limits.items() if value is not None}
    return {"widget": "list", "collapsed": True, **more, **known}


def _summary(fields: Sequence[Node]) -> Node:
    """Return the summary of a collapsed record in a list: its id or its indicator."""
    names = [field["name"] for field in fields if field["name"] in ("id", "indicator")]
    return {"summary": f"{{{{fields.{names[0]}}}}}"} if names else {}


def _step(kind: str) -> float:
    # A browser rejects numbers between two steps: this is below the precision of all figures.
    return 1 if kind == "int" else 0.000001


def _label_and_hint(help_: Help, node: Node) -> Node:
    """Return the label and the hint, which has the limits of numbers and lists."""
    limited = node if node.get("type") in ("array", "integer", "number") else {}

    def hint(language: str) -> str:
        suffix = ", ".join(limits(limited, language))
        return f"{help_.text[language]} ({suffix})" if suffix else help_.text[language]

    return {
        "label": " / ".join(help_.name[language] for language in LANGUAGES),
        "hint": " / ".join(hint(language) for language in LANGUAGES),
    }


def _pattern(node: Node) -> Node:
    if "pattern" not in node:
        return {}
    ko, en = _PATTERN_HELP
    pattern = node["pattern"]
    return {"pattern": [pattern, f"{ko}: {pattern} / {en} {pattern}"]}


def _options(labels: Mapping[str, Mapping[str, str]]) -> list[Node]:
    """Return the options of a selection from the labels of each value by language."""
    return [
        {"value": value, "label": " / ".join(dict.fromkeys(texts.values()))}
        for value, texts in labels.items()
    ]
