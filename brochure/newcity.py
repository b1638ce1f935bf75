"""The files that a new city starts with: every entry it needs, with blanks to fill in."""

from __future__ import annotations

from collections.abc import Sequence

_YAML = """\
# {id}: 이 도시에 관한 모든 사실. 빈 따옴표를 채우고 `make check`로 확인한다.
# All facts of this city. Fill the empty quotes, then run `make check`.

name: {text}
country: {text}
accent: '#2f5597' # 도시의 색 / the city's colour
source: gini-brochure # data/sources.yaml
location: {{latitude: 0, longitude: 0, source: geonames}}
lead: {text}
key_figures: [population] # 1–4

figures: # 숫자는 따옴표와 쉼표 없이 / numbers without quotes or commas
  population:
    indicator: population
    value: 0
    unit: person
    year: {year}
    scope: city
    source: gini-brochure # data/sources.yaml

status: # 현황표의 행 / rows of the status table
  - indicator: population
    figures: [population]
  - indicator: main-industries
    items:
      - {text}

industries:
  - id: first
    fields: [digital] # data/industries.yaml
    name: {text}
    description: {text}
"""

_MARKDOWN = """\
---
title: ''
description: ''
---

"""


def new_city(name: str, locales: Sequence[str], year: int) -> dict[str, str]:
    """Path and text of each file of the city `name`, relative to the repository.

    `year` is the year its first figures are expected to be of.
    """
    blanks = "{" + ", ".join(f"{locale}: ''" for locale in locales) + "}"
    files = {f"data/cities/{name}.yaml": _YAML.format(id=name, text=blanks, year=year)}
    return files | {f"content/cities/{name}.{locale}.md": _MARKDOWN for locale in locales}
