"""The checks of the interface words in data/locales/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brochure.base.language import is_message
from brochure.base.message import Message, hint
from brochure.base.problem import Problem
from brochure.load.document import Document, Path_
from brochure.validate.context import ValidationContext

# The values that fill a message; a unit's may have any of three (see Language.quantity).
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
        problems.append(document.problem(path, _text_expected(path, value)))
        value = ""
    return {".".join(map(str, path)): value}


def check_words(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every locale file has the default language's keys, each an ICU message without
    markup."""
    default = context.words.get(context.settings.locales[0] if context.settings.locales else "", {})
    for locale, words in context.words.items():
        document = context.document(f"data/locales/{locale}.yaml")
        if locale not in context.settings.locales:
            known = hint(locale, context.settings.locales)
            yield document.problem((), Message("words.unknown-language", name=locale, hint=known))
        first = f"data/locales/{context.settings.locales[0]}.yaml"
        for key in sorted(set(default) - set(words)):
            yield document.problem((), Message("words.missing", name=key, file=first))
        for key in sorted(set(words) - set(default)):
            known = hint(key, default)
            message = Message("words.unknown", name=key, file=first, hint=known)
            yield document.problem(tuple(key.split(".")), message, key=True)
        for key, pattern in words.items():
            expected = {*_VALUE.findall(default.get(key, pattern)), *_OF_QUANTITIES}
            for name in sorted({*_VALUE.findall(pattern)} - expected):
                message = Message("words.unknown-value", name=name, hint=hint(name, expected))
                yield document.problem(tuple(key.split(".")), message)
            if sign := re.search("[<>]", pattern):
                message = Message("words.markup", sign=sign[0])
                yield document.problem(tuple(key.split(".")), message)
            if not is_message(pattern, locale):
                yield document.problem(tuple(key.split(".")), Message("words.braces"))


def _text_expected(path: Path_, value: Any) -> Message:
    name = str(path[-1]) if path else ""
    if value is None:
        return Message("entry.empty", name=name) if path else Message("file.empty")
    if isinstance(value, list):
        return Message("value.is-list", name=name)
    return Message("text.needs-quotes", value=str(value).lower())
