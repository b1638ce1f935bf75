"""The checks of the interface words in data/locales/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brochure.base.language import is_message
from brochure.base.problem import Problem, nearest
from brochure.load.document import Document, Path_
from brochure.validate.context import ValidationContext

# What a message is filled with; a unit's may take any of the three (see Language.quantity).
_VALUE = re.compile(r"\{\s*([a-z_]+)\s*[,}]")
_OF_QUANTITIES = {"n", "value", "compact"}


def flatten(document: Document, path: Path_, value: Any, problems: list[Problem]) -> dict[str, str]:
    """A locale file's words under dotted keys; anything but text is a problem."""
    if isinstance(value, dict):
        words: dict[str, str] = {}
        for key, child in value.items():
            words |= flatten(document, (*path, key), child, problems)
        return words
    if not isinstance(value, str):
        problems.append(document.problem(path, "글이어야 합니다.", "Text is expected."))
        value = ""
    return {".".join(map(str, path)): value}


def check_words(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every locale file has the default language's keys, each an ICU message without
    markup."""
    default = context.words.get(context.settings.locales[0] if context.settings.locales else "", {})
    for locale, words in context.words.items():
        document = context.document(f"data/locales/{locale}.yaml")
        if locale not in context.settings.locales:
            yield document.problem(
                (),
                f"mkdocs.yml에 없는 언어입니다: ‘{locale}’.",
                f"mkdocs.yml does not list the language ‘{locale}’.",
            )
        for key in sorted(set(default) - set(words)):
            yield document.problem((), f"빠진 키가 있습니다: ‘{key}’.", f"‘{key}’ is missing.")
        for key in sorted(set(words) - set(default)):
            ko, en = nearest(key, default)
            path = tuple(key.split("."))
            yield document.problem(
                path, f"모르는 키입니다: ‘{key}’.{ko}", f"‘{key}’ is not a known key.{en}", key=True
            )
        for key, pattern in words.items():
            expected = {*_VALUE.findall(default.get(key, pattern)), *_OF_QUANTITIES}
            for name in sorted({*_VALUE.findall(pattern)} - expected):
                ko, en = nearest(name, expected)
                yield document.problem(
                    tuple(key.split(".")),
                    f"채울 값이 없는 자리입니다: {{{name}}}.{ko}",
                    f"Nothing fills {{{name}}}.{en}",
                )
            if sign := re.search("[<>]", pattern):
                yield document.problem(
                    tuple(key.split(".")),
                    f"화면에 나오는 말에는 ‘{sign[0]}’를 쓸 수 없습니다. HTML은 틀에만 둡니다.",
                    f"‘{sign[0]}’ is not accepted in interface words: HTML is for templates.",
                )
            if not is_message(pattern, locale):
                yield document.problem(
                    tuple(key.split(".")),
                    "ICU 메시지가 아닙니다. 중괄호의 짝을 살펴보십시오.",
                    "This is not an ICU message. Check that the braces match.",
                )
