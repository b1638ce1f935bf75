"""The schemas by which an editor completes and checks the data files, and the reference."""

from __future__ import annotations

import copy
import functools
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from support import ROOT, copy_inputs, run_build

from brochure.editing.json_schema import KINDS, head, records, schema
from brochure.load.document import Document
from brochure.load.record import parse_record
from brochure.load.repository import load
from brochure.load.yaml import parse_yaml
from brochure.model.help import LANGUAGES, read_manual

LOCALES = ("ko", "en")
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yaml"))
# One of each sort of value that YAML has, right and wrong in many places.
VALUES: list[Any] = [
    None, True, 0, -91, 2024, 10**6, Decimal("0.5"), "", " ", "word", "Not An Id", "about",
    "2024-09-03", "2024-9", "https://gini.example/", "#0b57d0", [], ["word"], [["word"]], {},
    {"ko": "글"}, {"ko": "글", "en": "text"}, {"ko": "글", "en": " "}, {"word": "word"},
    {"ko": "글", "en": "text", "fr": "texte"},
]  # fmt: skip


@functools.cache
def committed_schema(kind: str) -> dict[str, Any]:
    """The committed schema of a kind of file."""
    loaded: dict[str, Any] = json.loads((ROOT / f"schema/{kind}.json").read_text("utf-8"))
    return loaded


@functools.cache
def validator(kind: str) -> Draft7Validator:
    return Draft7Validator(committed_schema(kind))


def document(name: str) -> Document:
    """A data file as the build reads it."""
    return parse_yaml(name, (ROOT / name).read_text("utf-8"))


def kind_of(name: str) -> str:
    """The kind of a data file, by its first line."""
    first = (ROOT / name).read_text("utf-8").split("\n", 1)[0]
    return Path(first.partition("$schema=")[2]).stem


ENTRIES = {entry for _, entry in read_manual().entries} | {"fields", "id", "name", "notes", "title"}
ENTRIES |= {"accent", "cities", "description", "label", "scope", "source", "text", "unit", "year"}


def shortened(value: Any) -> Any:
    """A document with one of each several entries alike, the one with the most in it."""
    if isinstance(value, list):
        return [shortened(one) for one in sorted(value, key=lambda one: -len(str(one)))[:1]]
    if not isinstance(value, dict):
        return value
    if not set(value) <= {*ENTRIES, *LOCALES}:
        value = dict(sorted(value.items(), key=lambda item: -len(str(item[1])))[:1])
    return {key: shortened(one) for key, one in value.items()}


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of everything in a document."""
    yield path
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(one, (*path, key))


def changed(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """A copy of a document with another value at a path."""
    if not path:
        return value
    result = copy.deepcopy(data)
    inner = result
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return result


def lacking(data: Any, path: tuple[str | int, ...]) -> Any:
    """A copy of a document without the entry at a path."""
    result = copy.deepcopy(data)
    inner = result
    for part in path[:-1]:
        inner = inner[part]
    del inner[path[-1]]
    return result


def test_what_is_committed_is_current(tmp_path: Path) -> None:
    """`make schema` would write the schemas and the reference that are committed, and no others."""
    done = run_build("--root", copy_inputs(tmp_path), "schema")
    assert done.returncode == 0, done.stderr
    made = done.stdout.split()
    committed = [
        *(ROOT / "schema").iterdir(),
        *(ROOT / "docs").glob("reference.*"),
        *(ROOT / "docs").glob("messages.*"),
    ]
    assert sorted(made) == sorted(path.relative_to(ROOT).as_posix() for path in committed)
    for name in made:
        assert (tmp_path / name).read_bytes() == (ROOT / name).read_bytes(), (
            f"{name} is not current: run `make schema`"
        )


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_one(kind: str) -> None:
    """A schema is valid by its own dialect, and leads to nothing outside itself."""
    text = (ROOT / f"schema/{kind}.json").read_text("utf-8")
    Draft7Validator.check_schema(json.loads(text))
    assert all(ref.startswith("#/$defs/") for ref in re.findall(r'"\$ref": "([^"]*)"', text))
    assert re.findall(r'https?://[^"]*', text.replace("^http", ""))[0].startswith(
        "http://json-schema.org/draft-07/"
    )


@pytest.mark.parametrize("name", FILES)
def test_data_file_names_its_schema_and_keeps_it(name: str) -> None:
    """Each data file's first line leads to the schema of its kind, which finds nothing wrong."""
    first = (ROOT / name).read_text("utf-8").split("\n", 1)[0]
    assert first == head(name)
    target = (ROOT / name).parent / first.partition("$schema=")[2]
    assert target.resolve().is_relative_to(ROOT / "schema") and target.is_file()
    wrong = [error.message for error in validator(kind_of(name)).iter_errors(document(name).data)]
    assert not wrong


def nested(value: Any, within_rows: bool = False) -> bool:
    """Whether a cell of a table holds a list within its list."""
    if isinstance(value, dict):
        return any(nested(one, within_rows or key == "rows") for key, one in value.items())
    within = isinstance(value, list) and within_rows
    return within and any(isinstance(one, list) for one in value)


@pytest.mark.parametrize("kind", [kind for kind, (_, type_) in KINDS.items() if type_ is not None])
def test_schema_and_model_agree(kind: str) -> None:
    """Whatever stands in whatever place of a data file: the schema refuses what the model does.

    Beyond the schema are days that no calendar has, which are not among the values. Of a list
    within a cell, the schema says what `check_tables` says after the model.
    """
    type_, seen, differing = KINDS[kind][1], 0, []
    done: set[tuple[str | int, ...]] = set()
    for name in (one for one in FILES if kind_of(one) == kind):
        whole = shortened(document(name).data)
        for path in places(whole):
            # What is neither needed nor changed would only be read again.
            needed = {*committed_schema(kind).get("required", whole), *path[:1]}
            data = {key: value for key, value in whole.items() if key in needed}
            place = tuple(part if part in ENTRIES else "*" for part in path)
            if place in done:
                continue
            done.add(place)
            cases = [("is", value, changed(data, path, value)) for value in VALUES]
            if path and isinstance(path[-1], str):
                cases.append(("lacks", path[-1], lacking(data, path)))
                cases.append(("besides", "xyz", changed(data, (*path[:-1], "xyz"), "word")))
                cases.append(("besides", "Not An Id", changed(data, (*path[:-1], "A b"), None)))
            for how, what, case in cases:
                one = Document(name, case, {}, {})
                try:
                    refused = bool(parse_record(type_, one, LOCALES)[1])
                except Exception as error:
                    pytest.fail(f"{name} {path} {how} {what!r}: {error!r}")
                refused |= nested(case)
                if refused == validator(kind).is_valid(case):
                    differing.append(f"{name} {path} {how} {what!r}: model refuses: {refused}")
                seen += 1
    assert seen > len(VALUES)
    assert not differing, "\n".join(differing)


def test_manual_tells_of_every_entry_and_of_nothing_else() -> None:
    """Every record, entry and value of the model has its help in both languages, and the manual
    tells of none that the model lacks.
    """
    manual, there = read_manual(), set()
    for kind in KINDS:
        bare = schema(kind, LOCALES)
        there.add((bare["title"], "self"))
        for record, node in records(bare):
            there |= {(record, entry) for entry in ("self", *node["properties"])}
            for entry in node["properties"]:
                told = manual.entry(record, entry)
                assert all(told.name[one] and told.text[one] for one in LANGUAGES)
    assert manual.entries <= there
    assert {record for record, _ in there} == {record for record, _ in manual.entries}


@pytest.mark.parametrize("language", LANGUAGES)
def test_reference_tells_of_every_entry(language: str) -> None:
    """The reference has a row for every entry of every record, and its links arrive."""
    text = (ROOT / f"docs/reference.{language}.md").read_text("utf-8")
    rows = {row for kind in KINDS for _, node in records(schema(kind, LOCALES))
            for row in node["properties"]}  # fmt: skip
    assert rows <= set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE))
    anchors = set(re.findall(r'<a id="([a-z]+)">', text))
    assert set(re.findall(r"\]\(#([a-z]+)\)", text)) <= anchors


def test_editor_settings_are_read_by_an_editor() -> None:
    """The settings for VS Code are JSON but for their comments, and recommend the YAML extension
    that reads a file's first line.
    """
    for name in ("settings", "extensions"):
        text = (ROOT / f".vscode/{name}.json").read_text("utf-8")
        read = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
        assert read
    assert read["recommendations"] == ["redhat.vscode-yaml"]


def test_every_kind_of_file_is_known() -> None:
    """Every data file of the repository is of a kind that has a schema."""
    documents = load(ROOT).documents
    assert {kind_of(name) for name in documents if name != "mkdocs.yml"} == set(KINDS)
