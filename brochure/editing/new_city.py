"""The files that a new city starts with: the answers about it, and blanks for the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from brochure.base.message import Message, joined, lines
from brochure.editing.json_schema import head
from brochure.load.yaml import resolve
from brochure.model.records import Colour, Id, Location, Number, Year

# The answers about a city by question: texts by their language, or a value as it is written.
Answers = Mapping[str, Mapping[str, str] | str]

_YAML = """\
{head}
# {id}: {comments[file]}

name: {name}
country: {country}
accent: '{accent}' # {comments[colour]}
source: gini-brochure # data/sources.yaml
location: {{latitude: {latitude}, longitude: {longitude}, source: geonames}}
lead: {lead}
key_figures: [population] # 1–4

figures: # {comments[numbers]}
  population:
    indicator: population
    value: {population}
    unit: person
    year: {year}
    scope: city
    source: gini-brochure # data/sources.yaml

status: # {comments[rows]}
  - indicator: population
    figures: [population]
  - indicator: main-industries
    items:
      - {main_industries}

industries:
  - id: first
    fields: [{field}] # data/industries.yaml
    name: {industry}
    description: {description}
"""

_MARKDOWN = """\
---
title: {title}
description: {summary}
---

"""


@dataclass(frozen=True)
class Question:
    """A question about a new city.

    `kind` is the type of the model that the answer must have, and `choices` are the values that it
    may have; without a kind it is a text in every language.
    """

    name: str
    message: Message
    kind: Any = None
    default: str = ""
    choices: Collection[str] = field(default=())


def questions(year: int, fields: Sequence[str]) -> list[Question]:
    """The questions in order. `fields` are the ids of the shared fields of industry."""
    degrees = Location.model_fields
    return [
        Question("name", Message("new-city.ask-name")),
        Question("country", Message("new-city.ask-country")),
        Question(
            "latitude", Message("new-city.ask-latitude"),
            kind=_annotated(degrees["latitude"]),
        ),
        Question(
            "longitude", Message("new-city.ask-longitude"),
            kind=_annotated(degrees["longitude"]),
        ),
        Question("accent", Message("new-city.ask-colour"), Colour, "#2f5597"),
        Question("lead", Message("new-city.ask-lead")),
        Question("population", Message("new-city.ask-population"), Number),
        Question("year", Message("new-city.ask-year"), Year, str(year)),
        Question("main_industries", Message("new-city.ask-main-industries")),
        Question("industry", Message("new-city.ask-industry")),
        Question("field", Message("new-city.ask-field"), Id, "digital", fields),
        Question("description", Message("new-city.ask-description")),
        Question("title", Message("new-city.ask-title")),
        Question("summary", Message("new-city.ask-summary")),
    ]  # fmt: skip


def _annotated(entry: FieldInfo) -> Any:
    """The type of an entry with its limits."""
    return Annotated[(entry.annotation, *entry.metadata)]


def ask(
    asked: Sequence[Question],
    locales: Sequence[str],
    answer: Callable[[str], str],
    languages: Sequence[str],
) -> dict[str, Mapping[str, str] | str]:
    """Ask each question until its answer has the right form; an empty one leaves a blank.

    `answer` shows a prompt and returns what was typed. `locales` are the languages of the
    publication, `languages` those in which to ask.
    """
    answers: dict[str, Mapping[str, str] | str] = {}
    for question in asked:
        if question.kind is None:
            prompt = joined(question.message, languages)
            answers[question.name] = {
                locale: answer(f"{prompt} ({locale}): ").strip() for locale in locales
            }
        else:
            answers[question.name] = _value(question, answer, languages)
    return answers


def _value(question: Question, answer: Callable[[str], str], languages: Sequence[str]) -> str:
    prompt = joined(question.message, languages)
    if question.choices:
        prompt += f"\n  {', '.join(question.choices)}\n "
    prompt += f" [{question.default}]: " if question.default else ": "
    while True:
        typed = answer(prompt).strip() or question.default
        if not typed or is_answer(question, typed):
            return typed
        prompt = f"  {joined(Message('new-city.ask-again', answer=typed), languages)}: "


def is_answer(question: Question, typed: str) -> bool:
    """Whether the model accepts a value, as it would be written in the file."""
    if question.choices and typed not in question.choices:
        return False
    value: Any = resolve(typed, plain=question.kind not in (Colour, Id))
    try:
        TypeAdapter(question.kind).validate_python(value)
    except ValidationError:
        return False
    return True


def new_city(
    name: str,
    locales: Sequence[str],
    asked: Sequence[Question],
    answers: Answers,
    languages: Sequence[str],
) -> dict[str, str]:
    """Path and text of each file of the city `name`, relative to the repository.

    Without an answer a text is empty quotes, a number nothing. `locales` are the languages of the
    publication, `languages` those of the comments in the file.
    """
    values: dict[str, Any] = {}
    for question in asked:
        if question.kind is not None:
            values[question.name] = answers.get(question.name, question.default)
        else:
            texts = answers.get(question.name, {})
            assert isinstance(texts, Mapping)
            values[question.name] = {locale: quoted(texts.get(locale, "")) for locale in locales}
    page = {key: values.pop(key) for key in ("title", "summary")}
    flat = {
        key: "{" + ", ".join(f"{locale}: {text}" for locale, text in value.items()) + "}"
        if isinstance(value, Mapping)
        else value
        for key, value in values.items()
    }
    path = f"data/cities/{name}.yaml"
    comments = {
        "file": "\n# ".join(lines(Message("new-city.comment-file"), languages)),
        "colour": joined(Message("new-city.comment-colour"), languages),
        "numbers": joined(Message("new-city.comment-numbers"), languages),
        "rows": joined(Message("new-city.comment-rows"), languages),
    }
    return {path: _YAML.format(head=head(path), id=name, comments=comments, **flat)} | {
        f"content/cities/{name}.{locale}.md": _MARKDOWN.format(
            title=page["title"][locale], summary=page["summary"][locale]
        )
        for locale in locales
    }


def quoted(text: str) -> str:
    """A text in single quotes, which YAML reads back (https://yaml.org/spec/1.2.2/#732)."""
    return "'" + text.replace("'", "''") + "'"
