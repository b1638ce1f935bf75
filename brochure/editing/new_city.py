"""The files that a new city starts with: what was told of it, and blanks for the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from brochure.editing.json_schema import head
from brochure.load.yaml import resolve
from brochure.model.records import Colour, Id, Location, Number, Year

# What is told of a city so far: texts by their language, or a value as it is written.
Answers = Mapping[str, Mapping[str, str] | str]

_YAML = """\
{head}
# {id}: 이 도시에 관한 모든 사실. 빈칸을 채우고 `make check`로 확인한다.
# All facts of this city. Fill the blanks, then run `make check`.

name: {name}
country: {country}
accent: '{accent}' # 도시의 색 / the city's colour
source: gini-brochure # data/sources.yaml
location: {{latitude: {latitude}, longitude: {longitude}, source: geonames}}
lead: {lead}
key_figures: [population] # 1–4

figures: # 숫자는 따옴표와 쉼표 없이 / numbers without quotes or commas
  population:
    indicator: population
    value: {population}
    unit: person
    year: {year}
    scope: city
    source: gini-brochure # data/sources.yaml

status: # 현황표의 행 / rows of the status table
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
    """What is asked of a new city, in Korean and English.

    `kind` is the type of the model that the answer must have, and `choices` are all that it may
    be; without a kind it is a text in every language.
    """

    name: str
    ko: str
    en: str
    kind: Any = None
    default: str = ""
    choices: Collection[str] = field(default=())


def questions(year: int, fields: Sequence[str]) -> list[Question]:
    """What is asked, in order. `fields` are the ids of the shared fields of industry."""
    degrees = Location.model_fields
    return [
        Question("name", "도시 이름", "The city's name"),
        Question("country", "나라", "Its country"),
        Question(
            "latitude", "위도(소수, 남위는 음수)", "Latitude (decimal, south is negative)",
            kind=_annotated(degrees["latitude"]),
        ),
        Question(
            "longitude", "경도(소수, 서경은 음수)", "Longitude (decimal, west is negative)",
            kind=_annotated(degrees["longitude"]),
        ),
        Question("accent", "도시의 색", "The city's colour", Colour, "#2f5597"),
        Question("lead", "도시를 소개하는 한 문장", "The city in a sentence"),
        Question("population", "인구(모든 자리)", "Population (every digit)", Number),
        Question("year", "인구의 기준연도", "The year of that", Year, str(year)),
        Question("main_industries", "주요 산업(현황표의 한 줄)", "Main industries, in one line"),
        Question("industry", "첫 전략산업의 이름", "Name of the first strategic industry"),
        Question("field", "그 산업의 분야", "Its field", Id, "digital", fields),
        Question("description", "그 산업의 설명", "What it is, in a sentence"),
        Question("title", "도시 쪽의 제목", "Title of the city's page"),
        Question("summary", "검색 결과에 나올 요약", "Summary, as search engines show it"),
    ]  # fmt: skip


def _annotated(entry: FieldInfo) -> Any:
    """The type of an entry with its limits."""
    return Annotated[(entry.annotation, *entry.metadata)]


def ask(
    asked: Sequence[Question], locales: Sequence[str], answer: Callable[[str], str]
) -> dict[str, Mapping[str, str] | str]:
    """Ask each question until its answer has the right form; an empty one leaves a blank.

    `answer` shows a prompt and gives what was typed.
    """
    told: dict[str, Mapping[str, str] | str] = {}
    for question in asked:
        if question.kind is None:
            prompt = f"{question.ko} / {question.en}"
            told[question.name] = {
                locale: answer(f"{prompt} ({locale}): ").strip() for locale in locales
            }
        else:
            told[question.name] = _value(question, answer)
    return told


def _value(question: Question, answer: Callable[[str], str]) -> str:
    prompt = f"{question.ko} / {question.en}"
    if question.choices:
        prompt += f"\n  {', '.join(question.choices)}\n "
    prompt += f" [{question.default}]: " if question.default else ": "
    while True:
        typed = answer(prompt).strip() or question.default
        if not typed or is_answer(question, typed):
            return typed
        prompt = f"  ‘{typed}’: 알맞지 않습니다. 다시 / does not fit. Again: "


def is_answer(question: Question, typed: str) -> bool:
    """Whether a value, as it would be written in the file, is what the model takes."""
    if question.choices and typed not in question.choices:
        return False
    value: Any = resolve(typed, plain=question.kind not in (Colour, Id))
    try:
        TypeAdapter(question.kind).validate_python(value)
    except ValidationError:
        return False
    return True


def new_city(
    name: str, locales: Sequence[str], asked: Sequence[Question], told: Answers
) -> dict[str, str]:
    """Path and text of each file of the city `name`, relative to the repository.

    What is not told is blank: empty quotes for a text, nothing for a number.
    """
    values: dict[str, Any] = {}
    for question in asked:
        if question.kind is not None:
            values[question.name] = told.get(question.name, question.default)
        else:
            texts = told.get(question.name, {})
            assert isinstance(texts, Mapping)
            values[question.name] = {one: quoted(texts.get(one, "")) for one in locales}
    page = {one: values.pop(one) for one in ("title", "summary")}
    flat = {
        key: "{" + ", ".join(f"{one}: {text}" for one, text in value.items()) + "}"
        if isinstance(value, Mapping)
        else value
        for key, value in values.items()
    }
    path = f"data/cities/{name}.yaml"
    return {path: _YAML.format(head=head(path), id=name, **flat)} | {
        f"content/cities/{name}.{locale}.md": _MARKDOWN.format(
            title=page["title"][locale], summary=page["summary"][locale]
        )
        for locale in locales
    }


def quoted(text: str) -> str:
    """A text as YAML holds it whatever is in it (https://yaml.org/spec/1.2.2/#732)."""
    return "'" + text.replace("'", "''") + "'"
