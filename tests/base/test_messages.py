"""The catalogues of messages: whole, alike in every language, and used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from icu4py.messageformat import MessageFormat
from support import ROOT

from brochure.base.message import CATALOGUES, REFERENCE, Message, catalogue, languages

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*")
# Codes whose text is not a message, but says of the language itself what it is called.
OF_LANGUAGE = {"language.name"}
# What ICU calls the parts of a plural or select.
PARAMETER = re.compile(r"[a-z_]+")


def parameters(pattern: str) -> set[str]:
    """The names that stand right behind an opening brace of an ICU message, at any depth."""
    names, stack, quoted, position = set[str](), [""], False, 0
    while position < len(pattern):
        character = pattern[position]
        if character == "'":
            if pattern[position + 1 : position + 2] == "'":
                position += 1
            elif quoted or pattern[position + 1 : position + 2] in ("{", "}", "#", "|"):
                quoted = not quoted
        elif character == "{" and not quoted:
            # Within a plural or select, an opening brace begins a message and not a parameter.
            if stack[-1] == "choice":
                stack.append("message")
            else:
                match = re.compile(r"\s*(\w+)\s*(?:,\s*(\w+)\s*(,?))?").match(pattern, position + 1)
                assert match, pattern
                names.add(match[1])
                stack.append("choice" if match[2] in ("plural", "select") else "value")
        elif character == "}" and not quoted:
            stack.pop()
        position += 1
    return names


@cache
def sources() -> dict[Path, ast.Module]:
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in [ROOT / "build.py", *sorted((ROOT / "brochure").rglob("*.py"))]
    }


def texts_of(node: ast.AST) -> Iterator[str]:
    """The strings within a part of the program."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


@cache
def used() -> dict[str, set[str]]:
    """Every string of the program that has the form of a code, with the files that have it."""
    codes: dict[str, set[str]] = {}
    for path, tree in sources().items():
        for text in texts_of(tree):
            if CODE.fullmatch(text):
                codes.setdefault(text, set()).add(path.relative_to(ROOT).as_posix())
    return codes


def flattened(words: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """The keys of an interface language, as `page.changed`."""
    for key, value in words.items():
        if isinstance(value, dict):
            yield from flattened(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def messages() -> Iterator[tuple[str, str, set[str] | None]]:
    """Every `Message("…", …)` of the program: its place, its code, and the names of its parameters,
    or None if they are not written out."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id != "Message" or not node.args:
                continue
            names = {keyword.arg for keyword in node.keywords if keyword.arg}
            written_out = all(keyword.arg for keyword in node.keywords)
            for code in filter(CODE.fullmatch, texts_of(node.args[0])):
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield place, code, names if written_out else None


def test_there_are_the_languages_of_the_staff() -> None:
    """Messages are in the languages of the member cities' offices."""
    assert set(languages()) >= {"ko", "en", "de", "es"}


@pytest.mark.parametrize("language", languages())
def test_each_catalogue_has_every_code(language: str) -> None:
    """No catalogue lacks a code that another has, and none has an empty text."""
    assert set(catalogue(language)) == set(catalogue(REFERENCE))
    assert [code for code, text in catalogue(language).items() if not text] == ["hint.none"]
    for code in catalogue(language):
        assert CODE.fullmatch(code), code


@pytest.mark.parametrize("language", languages())
def test_no_code_stands_twice_in_a_catalogue(language: str) -> None:
    """YAML would take the last of them and say nothing."""
    document = yaml.compose((CATALOGUES / f"{language}.yaml").read_text(encoding="utf-8"))

    def keys(node: yaml.Node, prefix: str = "") -> Iterator[str]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield f"{prefix}{key.value}"
                yield from keys(value, f"{prefix}{key.value}.")

    found = list(keys(document))
    assert sorted({key for key in found if found.count(key) > 1}) == []


@pytest.mark.parametrize("language", languages())
def test_each_text_is_an_icu_message_with_the_same_parameters(language: str) -> None:
    """ICU accepts each text, and it is filled with what the English one is filled with."""
    for code, pattern in catalogue(language).items():
        MessageFormat(pattern, language)
        assert parameters(pattern) == parameters(catalogue(REFERENCE)[code]), code


def test_every_code_is_used() -> None:
    """A text that the program never shows is deleted from the catalogues."""
    unused = set(catalogue(REFERENCE)) - set(used()) - OF_LANGUAGE
    assert sorted(unused) == []


def test_every_message_of_the_program_is_in_the_catalogues() -> None:
    """Each `Message("…")` has its code in the catalogues, and is filled with the parameters that
    its text has, no more and no fewer."""
    known = catalogue(REFERENCE)
    wrong = []
    for place, code, names in messages():
        if code not in known:
            wrong.append(f"{place}: {code} is in no catalogue")
        elif names is not None and names != parameters(known[code]):
            wrong.append(f"{place}: {code} has {sorted(parameters(known[code]))}, not {names}")
    assert wrong == []


def test_every_code_that_is_passed_on_is_in_the_catalogues() -> None:
    """So has each code that is an argument of a function (`check_reference(…, "note.unknown")`):
    what has the topic of a code and is none, nor an interface word or a file, is misspelt."""
    known = catalogue(REFERENCE)
    topics = {code.partition(".")[0] for code in known}
    words = set(flattened(yaml.safe_load((ROOT / "data/locales/en.yaml").read_text())))
    strange = {
        code: sorted(files)
        for code, files in used().items()
        if code.partition(".")[0] in topics
        and not any(one.startswith(code) for one in (*known, *words))
        and not code.endswith((".py", ".css", ".jpg"))
    }
    assert strange == {}


@pytest.mark.parametrize("language", languages())
def test_every_message_is_said_in_every_language(language: str) -> None:
    """Filled with texts or numbers, each message is said, and nothing of ICU's is left in it."""
    for code, pattern in catalogue(language).items():
        plural = set(re.findall(r"\{(\w+), (?:plural|number)", pattern))
        values = {
            name: 2 if name in plural else Message("hint.none") if name == "hint" else "x"
            for name in parameters(pattern)
        }
        text = Message(code, **values).text(language)
        assert text.strip() or code == "hint.none"
        assert not re.search(rf"\{{({'|'.join(values)})\b|plural,", text) or not values, text


def test_a_quotation_mark_of_another_language_is_none() -> None:
    """Each language quotes with its own marks, so that the reader is at home."""
    marks = {"ko": "„«»", "en": "„«»", "de": "‘’«»", "es": "‘’„"}
    wrong = [
        f"{language} {code}: {text}"
        for language, others in marks.items()
        for code, text in catalogue(language).items()
        if any(mark in text for mark in others)
    ]
    assert wrong == []
