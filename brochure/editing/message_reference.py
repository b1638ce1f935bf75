"""The pages that list every message with an example and its correction, from the catalogues."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from brochure.base.message import Message, languages
from brochure.validate.warnings import WARNINGS

EXAMPLES = Path(__file__).with_name("message_examples.yaml")
# Characters that Markdown reads as its own marks.
_MARKS = re.compile(r"([\\`*_\[\]<>#|~$&])")


@dataclass(frozen=True)
class Example:
    """A mistake, its correction and the message about it.

    Where there is a `file`, it is one of the tests, which put `wrong` in the place of `replaced`.
    """

    message: Message
    wrong: str
    right: str
    file: str | None
    replaced: str

    @property
    def warning(self) -> bool:
        """True if the check passes in spite of the mistake."""
        return self.message.code in (*WARNINGS, "skip.unused")


def examples() -> Mapping[str, Example]:
    """The examples by the code of their message, in the order of the codes."""
    entries = yaml.load(EXAMPLES.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        code: Example(
            _message(code, entry.get("parameters", {})),
            entry["wrong"].rstrip("\n"),
            entry["right"].rstrip("\n"),
            entry.get("file"),
            entry.get("replaced", entry["right"]).rstrip("\n"),
        )
        for code, entry in sorted(entries.items())
    }


def _message(code: str, parameters: Mapping[str, Any]) -> Message:
    """A message; a parameter that is one itself is a mapping with its `code`."""
    return Message(code, **{name: _value(value) for name, value in parameters.items()})


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return _message(value["code"], {key: value[key] for key in value if key != "code"})
    return Decimal(str(value)) if isinstance(value, float) else value


def message_pages() -> dict[str, str]:
    """Path and text of the page in each language."""
    return {
        f"docs/messages.{language}.md": "\n".join(_page(language)).rstrip() + "\n"
        for language in languages()
    }


def _page(language: str) -> Iterator[str]:
    def say(code: str) -> str:
        return Message(code).text(language)

    yield f"# {say('message-page.title')}\n"
    yield f"{say('message-page.introduction')}\n"
    for topic, entries in groupby(examples().items(), key=lambda item: item[0].partition(".")[0]):
        yield f"## {topic}\n"
        for code, example in entries:
            severity = say("message-page.warning" if example.warning else "message-page.error")
            yield f"### `{code}`\n"
            yield f"{severity} · `{example.file}`\n" if example.file else f"{severity}\n"
            text = _MARKS.sub(r"\\\1", example.message.text(language))
            yield "\n".join(f"> {line}" for line in text.split("\n")) + "\n"
            yield f"{say('message-page.wrong')}:\n"
            yield _fenced(example.wrong, example.file)
            yield f"{say('message-page.right')}:\n"
            yield _fenced(example.right, example.file)


def _fenced(snippet: str, file: str | None) -> str:
    """A snippet as a code block of Markdown, in the language of its file."""
    ending = (file or "").rpartition(".")[2]
    kind = {"yaml": "yaml", "yml": "yaml", "md": "markdown"}.get(ending, "text")
    longest = max((len(run) for run in re.findall("`+", snippet)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{kind}\n{textwrap.dedent(snippet)}\n{fence}\n"
