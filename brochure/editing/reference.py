"""Write the reference of the data files: every kind of file, its entries, their limits and help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from brochure.editing.json_schema import KINDS, Node, records, schema
from brochure.model.help import LANGUAGES, Manual

# The texts of the page besides the manual.
_TEXTS: Mapping[str, Mapping[str, str]] = {
    "title": {"ko": "자료 파일의 항목", "en": "The entries of the data files"},
    "intro": {
        "ko": "`data/`의 파일에 적을 수 있는 모든 항목입니다. `make schema`가 만드는 쪽이므로 "
        "손으로 고치지 않습니다. ‘필수’라고 적힌 항목은 반드시 있어야 합니다.",
        "en": "Everything that the files in `data/` may hold. `make schema` makes this page; it is "
        "not edited by hand. An entry marked “required” must be there.",
    },
    "entry": {"ko": "항목", "en": "Entry"},
    "form": {"ko": "꼴", "en": "Form"},
    "meaning": {"ko": "뜻", "en": "Meaning"},
    "required": {"ko": "필수", "en": "required"},
    "text": {"ko": "모든 언어의 글({})", "en": "text in every language ({})"},
    "cell": {"ko": "칸", "en": "cell"},
    "moment": {"ko": "연도, 연월 또는 날짜", "en": "year, month or day"},
    "words": {"ko": "글의 묶음", "en": "texts under names"},
    "date": {"ko": "날짜(2026-11-22)", "en": "day (2026-11-22)"},
    "string": {"ko": "글", "en": "text"},
    "id": {"ko": "아이디", "en": "id"},
    "number": {"ko": "숫자", "en": "number"},
    "integer": {"ko": "정수", "en": "whole number"},
    "boolean": {"ko": "`true` 또는 `false`", "en": "`true` or `false`"},
    "list": {"ko": "목록: {}", "en": "list: {}"},
    "map": {"ko": "아이디마다: {}", "en": "by id: {}"},
    "named": {"ko": "이름마다: {}", "en": "by name: {}"},
    "or": {"ko": " 또는 ", "en": " or "},
    "pattern": {"ko": "꼴 `{}`", "en": "of the form `{}`"},
    "minimum": {"ko": "{} 이상", "en": "at least {}"},
    "maximum": {"ko": "{} 이하", "en": "at most {}"},
    "exclusiveMinimum": {"ko": "{} 초과", "en": "more than {}"},
    "minLength": {"ko": "길이 {} 이상", "en": "length at least {}"},
    "maxLength": {"ko": "길이 {} 이하", "en": "length at most {}"},
    "minItems": {"ko": "{}개 이상", "en": "at least {}"},
    "maxItems": {"ko": "{}개 이하", "en": "at most {}"},
    "minProperties": {"ko": "{}개 이상", "en": "at least {}"},
    "maxProperties": {"ko": "{}개 이하", "en": "at most {}"},
}
_LIMITS = [key for key in _TEXTS if key.startswith(("min", "max", "exclusive"))]
_NOT_BLANK = r"\S"


def references(locales: Sequence[str], manual: Manual) -> dict[str, str]:
    """Return the page in each language of the manual by path, for data in `locales`."""
    return {
        f"docs/reference.{language}.md": _Page(language, locales, manual).text()
        for language in LANGUAGES
    }


def limits(node: Node, language: str) -> list[str]:
    """Return the limits of a value, each as a text in that language."""
    return [_TEXTS[key][language].format(node[key]) for key in _LIMITS if key in node]


class _Page:
    """The reference in one language."""

    def __init__(self, language: str, locales: Sequence[str], manual: Manual) -> None:
        self.language = language
        self.locales = locales
        self.manual = manual
        # A record of several kinds of file is described once, with the first.
        self.described: set[str] = set()

    def text(self) -> str:
        """Return the whole page as Markdown."""
        lines = chain(
            [f"# {self.say('title')}", "", self.say("intro"), ""],
            *(self.kind(kind, where) for kind, (where, _) in KINDS.items()),
        )
        return "\n".join(lines).rstrip() + "\n"

    def kind(self, kind: str, where: str) -> Iterator[str]:
        """Yield the lines on a kind of file: its own record, then the records in it."""
        bare = schema(kind, self.locales)
        help_ = self.manual.record(bare["title"])
        name, text = help_.name[self.language], help_.text[self.language]
        yield from (f"## `{where}`: {name}", "", text, "")
        if "properties" not in bare:
            inner = self.form(bare["additionalProperties"])
            yield from (self.say("named").format(inner), "")
        for name, record in records(bare):
            if name in self.described:
                continue
            self.described.add(name)
            if record is not bare:
                help_ = self.manual.record(name)
                anchor = f'<a id="{name.lower()}"></a>'
                yield from (f"### {anchor}{help_.name[self.language]}", "")
                yield from (help_.text[self.language], "")
            yield from self.entries(name, record)

    def entries(self, name: str, record: Node) -> Iterator[str]:
        """Yield the lines of the table of the entries of a record."""
        columns = [self.say(key) for key in ("entry", "form", "meaning")]
        yield f"| {' | '.join(columns)} |"
        yield "| --- | --- | --- |"
        for entry, node in record["properties"].items():
            help_ = self.manual.entry(name, entry)
            form = self.form(node)
            if entry in record.get("required", []):
                form += f" ({self.say('required')})"
            name_, text = help_.name[self.language], help_.text[self.language]
            cells = [f"`{entry}`", form, f"**{name_}.** {text}"]
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
        yield ""

    def form(self, node: Any) -> str:
        """Return the type and the limits of a value as text."""
        return ", ".join([self.type_name(node), *limits(node, self.language)])

    def type_name(self, node: Any) -> str:
        """Return the type of a value as text."""
        if "$ref" in node:
            return self.definition_name(node["$ref"].rpartition("/")[2])
        if "anyOf" in node:
            choices = [choice for choice in node["anyOf"] if choice.get("type") != "null"]
            return self.say("or").join(dict.fromkeys(self.form(choice) for choice in choices))
        if "const" in node:
            return f"`{node['const']}`"
        if "enum" in node:
            names = [self.manual.value(value)[self.language] for value in node["enum"]]
            values = zip(node["enum"], names, strict=True)
            return ", ".join(f"`{value}` ({name})" for value, name in values)
        if node["type"] == "array":
            return self.say("list").format(self.form(node["items"]))
        if node["type"] == "object":
            inner = next(iter(node.get("patternProperties", {}).values()), None)
            return self.say("map").format(self.form(inner or node["additionalProperties"]))
        if node["type"] == "string":
            return self.string_name(node)
        return self.say(node["type"])

    def definition_name(self, definition: str) -> str:
        """Return a link to a record, or the name of a type that is no record."""
        if definition == "text":
            return self.say("text").format(", ".join(self.locales))
        if definition in _TEXTS:
            return self.say(definition)
        name = self.manual.record(definition).name[self.language]
        return f"[{name}](#{definition.lower()})"

    def string_name(self, node: Node) -> str:
        """Return the type of a string as text: a day, an id, or a text with its pattern."""
        if node.get("format") == "date":
            return self.say("date")
        pattern = node.get("pattern", _NOT_BLANK)
        if pattern == _NOT_BLANK:
            return self.say("string")
        if pattern.startswith("^[a-z][a-z0-9]*(-"):
            return self.say("id")
        return f"{self.say('string')}, {self.say('pattern').format(pattern)}"

    def say(self, key: str) -> str:
        """Return a text of the page in its language."""
        return _TEXTS[key][self.language]
