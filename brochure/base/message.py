"""Messages to people: a stable code and parameters, and its text in a language.

The texts are ICU messages (https://unicode-org.github.io/icu/userguide/format_parse/messages/) in
the catalogues in `messages/`, one file a language; a further file is a further language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from brochure.base.language import Language


CATALOGUES = Path(__file__).with_name("messages")
# The language in which a text is given that another catalogue lacks.
REFERENCE = "en"


@dataclass(frozen=True, init=False)
class Message:
    """A code of the catalogues (`figure.unknown-unit`) with its parameters by name.

    A parameter is a text, a number (written as the language writes it), a message, which becomes a
    part of the sentence in the same language, or a list: of texts, which commas join, or of
    messages, each on a line of its own.
    """

    code: str
    parameters: tuple[tuple[str, Any], ...]

    def __init__(self, code: str, /, **parameters: Any) -> None:
        values = {
            name: tuple(value) if isinstance(value, (list, set, frozenset)) else value
            for name, value in parameters.items()
        }
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "parameters", tuple(values.items()))

    def text(self, language: str) -> str:
        """The message in a language of `languages`. Raises LookupError for an unknown code."""
        catalogue = _catalogue(language)
        if not catalogue.has(self.code):
            catalogue = _catalogue(REFERENCE)
        values = {name: _shown(value, language) for name, value in self.parameters}
        return catalogue.say(self.code, **values)

    def __str__(self) -> str:
        return self.text(REFERENCE)


def _shown(value: Any, language: str) -> str | int | Decimal:
    if isinstance(value, Message):
        return value.text(language)
    if isinstance(value, tuple):
        separator = "\n" if any(isinstance(part, Message) for part in value) else ", "
        return separator.join(str(_shown(part, language)) for part in value)
    return value if isinstance(value, (int, Decimal)) else str(value)


def lines(message: Message, languages: Iterable[str]) -> list[str]:
    """The message in each language; what reads alike in several is given once."""
    return list(dict.fromkeys(message.text(language) for language in languages))


def joined(message: Message, languages: Iterable[str]) -> str:
    """The message in each language on one line: 쪽 / pages."""
    return " / ".join(lines(message, languages))


def plain_text(code: str, language: str) -> str:
    """The text of a message without parameters, read by the standard library alone.

    For a build that has nothing to do: to load YAML and ICU takes longer than to find that out.
    The text stands in single quotes on one line of its section. Raises LookupError.
    """
    section, _, key = code.partition(".")
    text = (CATALOGUES / f"{language}.yaml").read_text(encoding="utf-8")
    match = re.search(rf"^{section}:\n(?: .*\n)*?  {key}: '(.*)'$", text, re.MULTILINE)
    if match is None:
        raise LookupError(f"{language}: {code}")
    return match[1].replace("''", "'")


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, by name."""
    return tuple(sorted(path.stem for path in CATALOGUES.glob("*.yaml")))


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The ICU messages of a language, by code."""
    # Imported only here, as is ICU below: a build that has nothing to do has nothing to say.
    import yaml

    text = (CATALOGUES / f"{language}.yaml").read_text(encoding="utf-8")
    return dict(_flat("", yaml.load(text, Loader=yaml.CSafeLoader)))


def _flat(prefix: str, entries: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in entries.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", value


@cache
def _catalogue(language: str) -> Language:
    from brochure.base.language import Language

    return Language(language, catalogue(language))


def hint(name: str, known: Iterable[str]) -> Message:
    """A hint, as a part of a message: the known name nearest to `name`, else all of them."""
    names = sorted(known)
    if close := get_close_matches(name, names, n=1):
        return Message("hint.nearest", name=close[0])
    return Message("hint.known", names=names) if names else Message("hint.none")
