"""The catalogues of messages -> a page for people: every code with an example and its mend."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    """A mistake, its correction and the message about it; `file` is one of the tests, if any."""

    message: Message
    wrong: str
    right: str
    file: str | None = None

    @property
    def severity(self) -> str:
        """`warning` or `error`."""
        return "warning" if self.message.code in (*WARNINGS, "skip.unused") else "error"


def examples() -> Mapping[str, Example]:
    """The examples by the code of their message, in the order of the codes."""
    entries = yaml.load(EXAMPLES.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        code: Example(
            _message(code, entry.get("parameters", {})),
            entry["wrong"].rstrip("\n"),
            entry["right"].rstrip("\n"),
            entry.get("file"),
        )
        for code, entry in sorted(entries.items())
    }


def _message(code: str, parameters: Mapping[str, Any]) -> Message:
    """A message; a parameter that is one itself is a mapping with its `code`."""
    return Message(
        code,
        **{
            name: _message(value["code"], {key: value[key] for key in value if key != "code"})
            if isinstance(value, dict)
            else value
            for name, value in parameters.items()
        },
    )


def message_pages() -> dict[str, str]:
    """Path and text of the page in each language."""
    return {
        f"docs/messages.{language}.md": "\n".join(_page(language)).rstrip() + "\n"
        for language in languages()
    }


def _page(language: str) -> Iterator[str]:
    def say(name: str) -> str:
        return Message(f"message-page.{name}").text(language)

    yield f"# {say('title')}\n"
    yield f"{say('introduction')}\n"
    for topic, entries in groupby(examples().items(), key=lambda item: item[0].partition(".")[0]):
        yield f"## {topic}\n"
        for code, example in entries:
            place = f" · `{example.file}`" if example.file else ""
            yield f"### `{code}`\n"
            yield f"{say(example.severity)}{place}\n"
            text = _MARKS.sub(r"\\\1", example.message.text(language))
            yield "\n".join(f"> {line}" for line in text.split("\n")) + "\n"
            for label, snippet in (("wrong", example.wrong), ("right", example.right)):
                yield f"{say(label)}:\n"
                yield from _fenced(snippet, example.file)


def _fenced(snippet: str, file: str | None) -> Iterator[str]:
    """A snippet in a code block of Markdown, in the language of its file."""
    kind = {"yaml": "yaml", "yml": "yaml", "md": "markdown"}.get((file or "").rpartition(".")[2])
    longest = max((len(run) for run in re.findall("`+", snippet)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}{kind or 'text'}\n{textwrap.dedent(snippet)}\n{fence}\n"
