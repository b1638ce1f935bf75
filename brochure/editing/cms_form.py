"""The model -> the form at /edit/: the configuration of Decap CMS, and the page that it fills.

Every entry of a city becomes a field with its name, help and limits in Korean and English. A name
out of a list of the publication (a source, a unit) is chosen from that list. How a changed file is
written is the browser's part: overrides/site/edit/lossless.js and form-values.js.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from brochure.base.artifact import GeneratedFile
from brochure.base.language import Language
from brochure.editing.json_schema import Node, schema
from brochure.editing.reference import limits
from brochure.model.help import LANGUAGES, Help, Manual
from brochure.model.records import Catalog
from brochure.render.templates import Templates

_GITHUB = re.compile(r"https://github\.com/([^/]+/[^/]+)/edit/(.+)/")
_PATTERN = ("이런 꼴로 적습니다", "It has the form")
_EVERY_LANGUAGE = "모든 언어로 적습니다. / Every language is needed."


def form(
    catalog: Catalog, read_manual: Callable[[], Manual], templates: Templates
) -> dict[str, GeneratedFile]:
    """The form's own files by address; none where the data is not kept at GitHub."""
    match = _GITHUB.fullmatch(catalog.settings.repository)
    if match is None:
        return {}

    def config() -> str:
        made = _config(catalog, read_manual(), *match.groups())
        return json.dumps(made, ensure_ascii=False, indent=1) + "\n"

    def page() -> str:
        languages = [Language(locale, words) for locale, words in catalog.words.items()]
        return templates["pages/edit.html"].render(languages=languages)

    return {"edit/config.json": GeneratedFile(config), "edit/index.html": GeneratedFile(page)}


def _config(catalog: Catalog, manual: Manual, repository: str, branch: str) -> Node:
    backend = {"name": "github", "repo": repository, "branch": branch, "open_authoring": True}
    # Without an address of its own, Decap would sign in through somebody else's service.
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
        # What an entry of this name may be; the labels in every language.
        self.choices = {
            "source": _labelled({key: one.title for key, one in catalog.sources.items()}),
            "fields": _labelled(catalog.industries),
            "indicator": _labelled(
                {key: one.label for key, one in catalog.vocabulary.indicators.items()}
            ),
            "unit": [{"value": unit, "label": unit} for unit in catalog.vocabulary.units],
        }

    def of_record(self, record: str, needed: bool = True) -> list[Node]:
        """A field for each entry of a record; none has to be filled in where that is not needed."""
        node = self.definitions[record]
        required = node["required"] if needed else ()
        return [
            self.field(name, self.manual.entry(record, name), one, name in required)
            for name, one in node["properties"].items()
        ]

    def field(self, name: str, help_: Help, node: Node, required: bool) -> Node:
        """The field for an entry of this name."""
        choices = [one for one in node.get("anyOf", [node]) if one.get("type") != "null"]
        common = {"name": name, **_said(help_, choices[0]), "required": required}
        return common | self.widget(name, choices, required)

    def widget(self, name: str, choices: Sequence[Node], required: bool) -> Node:
        """Which widget takes the values of an entry, with the limits that it knows."""
        # A text in every language, or a name that is the same in all: the widget takes either.
        node = choices[0]
        record = node.get("$ref", "").rpartition("/")[2]
        if record == "text":
            return self.texts()
        if record:
            # Decap asks for what a record requires even where the record itself may be left out.
            fields = self.of_record(record, required)
            return {"widget": "object", "collapsed": True, "fields": fields}
        if "enum" in node:
            named = {one: self.manual.value(one) for one in node["enum"]}
            return {"widget": "select", "options": _labelled(named)}
        if node["type"] == "object":
            return self.by_id(node)
        if node["type"] == "array":
            return self.listed(name, node)
        if node["type"] in ("number", "integer"):
            limits = {"min": node.get("minimum"), "max": node.get("maximum")}
            kind = "int" if node["type"] == "integer" else "float"
            known = {key: value for key, value in limits.items() if value is not None}
            return {"widget": "number", "value_type": kind, "step": _step(kind), **known}
        if name in self.choices:
            return {"widget": "select", "options": self.choices[name]}
        return {"widget": "string", **_patterned(node)}

    def texts(self) -> Node:
        return {"widget": "texts", "languages": self.languages, "lacking": _EVERY_LANGUAGE}

    def by_id(self, node: Node) -> Node:
        """Records by their ids, which the form shows as a list with the ids in it."""
        ((pattern, inner),) = node["patternProperties"].items()
        own = {
            "name": "id",
            **_said(self.manual.entry("Industry", "id"), {}),
            "required": True,
            "widget": "string",
            **_patterned({"pattern": pattern}),
        }
        fields = self.of_record(inner["$ref"].rpartition("/")[2])
        return _list({"keyed": True, "summary": "{{fields.id}}", "fields": [own, *fields]}, node)

    def listed(self, name: str, node: Node) -> Node:
        """A list of records, of texts, or of names."""
        items = node["items"]
        record = items.get("$ref", "").rpartition("/")[2]
        if record == "text":
            # A list of one field would look for that field in a text, and not find it.
            own = {"name": "text", "label": "글 / Text", "required": True, **self.texts()}
            return _list({"wrapped": True, "fields": [own]}, node)
        if record:
            fields = self.of_record(record)
            return _list({"fields": fields, **_summary(fields)}, node)
        if name in self.choices:
            return {"widget": "select", "multiple": True, "options": self.choices[name]}
        # Without fields Decap takes a line of names between commas.
        return _list({}, node)


def _list(more: Node, node: Node) -> Node:
    limits = {"min": node.get("minItems"), "max": node.get("maxItems")}
    known = {key: value for key, value in limits.items() if value is not None}
    return {"widget": "list", "collapsed": True, **more, **known}


def _summary(fields: Sequence[Node]) -> Node:
    """What stands for a record in a list that is folded up: its id or what it is of."""
    named = [one["name"] for one in fields if one["name"] in ("id", "indicator")]
    return {"summary": f"{{{{fields.{named[0]}}}}}"} if named else {}


def _step(kind: str) -> float:
    # The least that any figure is told in; a browser refuses what lies between two steps.
    return 1 if kind == "int" else 0.000001


def _said(help_: Help, node: Node) -> Node:
    """Name and help, with the limits of numbers and lists."""
    limited = node if node.get("type") in ("array", "integer", "number") else {}

    def hint(language: str) -> str:
        told = ", ".join(limits(limited, language))
        return f"{help_.text[language]} ({told})" if told else help_.text[language]

    return {
        "label": " / ".join(help_.name[one] for one in LANGUAGES),
        "hint": " / ".join(hint(one) for one in LANGUAGES),
    }


def _patterned(node: Node) -> Node:
    if "pattern" not in node:
        return {}
    ko, en = _PATTERN
    pattern = node["pattern"]
    return {"pattern": [pattern, f"{ko}: {pattern} / {en} {pattern}"]}


def _labelled(named: Mapping[str, Mapping[str, str]]) -> list[Node]:
    return [{"value": value, "label": _joined(label)} for value, label in named.items()]


def _joined(texts: Mapping[str, str]) -> str:
    def distinct() -> Iterator[str]:
        yield from dict.fromkeys(texts.values())

    return " / ".join(distinct())
