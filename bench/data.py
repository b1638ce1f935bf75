"""Generate an alliance of any size, with the same facts for this program, MkDocs and Hugo.

A city has a status table, six industries, an ecosystem table and 400 words in each language. The
random generator has a seed, so that every run measures the same.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCALES = {"ko": "한국어", "en": "English"}
# The paths that are copied from the real repository; the rest is generated.
TAKEN = ("charts", "macros", "overrides", "mkdocs.yml", "data/locales", "data/print.yaml",
         "data/industries.yaml")  # fmt: skip
PAGES = (
    "index", "compare", "secretariat", "sources", "pairs", "data", "accessibility", "news/index",
)  # fmt: skip
FIELDS = ("aerospace", "bio-health", "semiconductors", "digital", "ai", "robotics", "logistics")
_KOREAN = (
    "도시 강변 연구 산업 항구 시민 대학 기술 시장 공원 거리 나무 바람 언덕 바다 전통 음악 협력 "
    "교육 문화 실험실 공장 정책 청년 교류 창업 과학 미래 지역 자연"
)
_ENGLISH = (
    "city river research industry harbour people university science market park street "
    "tree wind hill sea custom music work school culture laboratory plant policy youth "
    "exchange venture study future region nature"
)
WORDS = {"ko": _KOREAN.split(), "en": _ENGLISH.split()}
ACCENTS = ("#0b57d0", "#b3401a", "#8a6100", "#0f7b4f", "#7a3fb0")

Narratives = Mapping[str, str]


def population(number: int, edits: int = 0) -> int:
    """Return the population of a city: six digits, different for each city and each edit."""
    return 100_003 + 811 * number + 7 * edits


def shown(value: int) -> str:
    """Return a number below a million in the format of both languages."""
    return f"{value:,}"


def city_ids(count: int) -> list[str]:
    """Return the ids of the cities: `city-0001` and so on."""
    return [f"city-{number:04}" for number in range(1, count + 1)]


def city(number: int) -> tuple[dict[str, Any], Narratives]:
    """Return the data of a city and its narratives, in which `@` stands for its population."""
    chance = random.Random(number)

    def text(count: int) -> dict[str, str]:
        return {locale: " ".join(chance.choices(WORDS[locale], k=count)) for locale in LOCALES}

    def figure(indicator: str, value: float, unit: str) -> dict[str, Any]:
        scope = {} if indicator == "area" else {"scope": "city"}
        return {"indicator": indicator, "value": value, "unit": unit, "year": 2024,
                **scope, "source": "made-up"}  # fmt: skip

    facts = {
        "name": {"ko": f"도시 {number}", "en": f"City {number}"},
        "country": {"ko": "어느 나라", "en": "Some country"},
        "accent": ACCENTS[number % len(ACCENTS)],
        "source": "made-up",
        "location": {
            "latitude": round(chance.uniform(-55, 65), 2),
            "longitude": round(chance.uniform(-170, 170), 2),
            "source": "made-up",
        },
        "lead": text(12),
        "key_figures": ["population", "area"],
        "figures": {
            "population": figure("population", population(number), "person"),
            "area": figure("area", round(chance.uniform(50, 900), 2), "km2"),
        },
        "status": [
            {"indicator": "population", "figures": ["population"]},
            {"indicator": "area", "figures": ["area"]},
            {"indicator": "district", "items": [text(4)]},
            {"indicator": "location", "items": [text(6)]},
        ],
        "industries": [
            {
                "id": f"industry-{place}",
                "fields": [chance.choice(FIELDS)],
                "name": text(2),
                "description": text(20),
            }
            for place in range(6)
        ],
        "ecosystem": [
            {
                "id": f"part-{place}",
                "name": text(2),
                "text": text(8),
                "organisations": [{"name": text(2), "role": text(6)} for _ in range(3)],
            }
            for place in range(4)
        ],
    }
    narratives = {
        locale: "\n\n".join(
            f"## {' '.join(chance.choices(words, k=3))}\n\n"
            + "\n\n".join(" ".join(chance.choices(words, k=50)) + "." for _ in range(2))
            for _ in range(4)
        )
        + "\n\n@.\n"
        for locale, words in WORDS.items()
    }
    return facts, narratives


def _dump(value: Any) -> str:
    """Return data as YAML with an entry on each line, its innermost values as JSON."""
    lines: list[str] = []

    def walk(value: Any, indent: str) -> Iterator[str]:
        if isinstance(value, dict) and any(
            isinstance(item, dict | list) for item in value.values()
        ):
            for key, item in value.items():
                if isinstance(item, dict | list) and not _flat(item):
                    yield f"{indent}{key}:"
                    yield from walk(item, indent + "  ")
                else:
                    yield f"{indent}{key}: {json.dumps(item, ensure_ascii=False)}"
        elif isinstance(value, list):
            for item in value:
                first, *rest = walk(item, indent + "  ")
                yield f"{indent}- {first.lstrip()}"
                yield from rest
        else:
            yield f"{indent}{json.dumps(value, ensure_ascii=False)}"

    lines.extend(walk(value, ""))
    return "\n".join(lines) + "\n"


def _flat(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    return not any(isinstance(part, dict | list) for part in parts)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def ours(folder: Path, count: int) -> None:
    """Write a repository of this program with `count` cities."""
    for name in TAKEN:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            _write(folder, {name: (ROOT / name).read_text(encoding="utf-8")})
    said = {"ko": "도시 연합", "en": "Alliance of cities"}
    alliance = {
        "name": said, "acronym": "BENCH", "slogan": said, "accent": "#1f3a8a",
        "source": "made-up", "edition": "2026-03-01", "dossiers": [], "about": said,
        "figures": {}, "vision": said, "purposes": [said], "goals": [said],
        "founding": {"begins": "2025-12-30", "ends": "2026-01-02", "place": said,
                     "event": said, "text": said},
        "secretariat": {"name": said, "address": said, "telephone": "+00-1-2345"},
    }  # fmt: skip
    units = {"person": "people", "km2": "area"}
    indicators = {
        "population": {"label": said, "unit": "person", "scopes": ["city"]},
        "area": {"label": said, "unit": "km2"},
        "district": {"label": said},
        "location": {"label": said},
    }
    source = {"title": said, "publisher": said, "date": "unstated", "licence": "unstated",
              "retrieved": "2026-03-01"}  # fmt: skip
    files = {
        "data/alliance.yaml": _dump(alliance),
        "data/indicators.yaml": _dump({"units": units, "indicators": indicators}),
        "data/sources.yaml": _dump({"made-up": source}),
    }
    for locale in LOCALES:
        for page in PAGES:
            files[f"content/{page}.{locale}.md"] = _page(page, page, said[locale])
    for number, name in enumerate(city_ids(count), 1):
        facts, narratives = city(number)
        files[f"data/cities/{name}.yaml"] = _dump(facts)
        for locale, text in narratives.items():
            body = text.replace("@", '{{ fact("population") }}')
            files[f"content/cities/{name}.{locale}.md"] = _page(
                facts["name"][locale], facts["lead"][locale], body
            )
    _write(folder, files)


def _page(title: str, description: str, body: str) -> str:
    return f"---\ntitle: {title}\ndescription: {description}\n---\n\n{body}\n"


def edit(data: Path, name: str, number: int, edits: int) -> None:
    """Change the population of a city in its data file, the `edits`-th time."""
    text = data.read_text(encoding="utf-8")
    before, after = population(number, edits - 1), population(number, edits)
    assert str(before) in text, name
    data.write_text(text.replace(str(before), str(after)), encoding="utf-8")


STOCK = """\
site_name: Bench
site_url: https://bench.example/
use_directory_urls: true
theme:
  name: material
  font: false
  language: en
plugins:
  search: {}
  i18n:
    docs_structure: suffix
    fallback_to_default: false
    languages:
      - {locale: ko, name: 한국어, default: true, build: true}
      - {locale: en, name: English, build: true}
  macros:
    include_dir: parts
    include_yaml:
"""
STOCK_CITY = """\
{% set city = NAME %}{% set locale = "LOCALE" %}
# {{ city.name[locale] }}

{{ city.lead[locale] }}

{% include "status.md" %}

BODY

{% include "industries.md" %}

{% include "ecosystem.md" %}
"""
STOCK_PARTS = {
    "status.md": """\
## Status

| Indicator | Value |
| --- | --- |
{% for row in city.status %}| {{ row.indicator }} | {% for key in row.get("figures", []) %}\
{{ "{:,}".format(city.figures[key]["value"]) }} {{ city.figures[key].unit }}, \
{{ city.figures[key].year }} {% endfor %}{% for item in row.get("items", []) %}{{ item[locale] }}\
{% endfor %} |
{% endfor %}
""",
    "industries.md": """\
## Industries

{% for industry in city.industries %}
### {{ industry.name[locale] }}

{{ industry.description[locale] }}
{% endfor %}
""",
    "ecosystem.md": """\
## Ecosystem

| Part | About | Organisations |
| --- | --- | --- |
{% for group in city.ecosystem %}| {{ group.name[locale] }} | {{ group.text[locale] }} | \
{% for organisation in group.organisations %}{{ organisation.name[locale] }}: \
{{ organisation.role[locale] }}; {% endfor %} |
{% endfor %}
""",
    "index.md": """\
# Bench

| City | Population |
| --- | --- |
{% for city in cities %}| [{{ city.name[locale] }}](cities/{{ city.id }}.md) | \
{{ "{:,}".format(city.figures.population.value) }} |
{% endfor %}
""",
}


def stock(folder: Path, count: int) -> None:
    """Write the same for MkDocs with Material, static-i18n and the macros plugin."""
    names = city_ids(count)
    included = [f"      - {name.replace('-', '_')}: data/{name}.yaml\n" for name in names]
    files = {"mkdocs.yml": STOCK + "".join(included)}
    files |= {f"parts/{name}": text for name, text in STOCK_PARTS.items()}
    for locale in LOCALES:
        listed = ", ".join(name.replace("-", "_") for name in names)
        files[f"docs/index.{locale}.md"] = (
            f'{{% set locale = "{locale}" %}}{{% set cities = [{listed}] %}}'
            '{% include "index.md" %}\n'
        )
    for number, name in enumerate(names, 1):
        facts, narratives = city(number)
        files[f"data/{name}.yaml"] = _dump({"id": name, **facts})
        for locale, text in narratives.items():
            body = text.replace("@", '{{ "{:,}".format(city.figures.population.value) }}')
            page = STOCK_CITY.replace("NAME", name.replace("-", "_"))
            files[f"docs/cities/{name}.{locale}.md"] = page.replace("LOCALE", locale).replace(
                "BODY", body
            )
    _write(folder, files)


HUGO = """\
baseURL: https://bench.example/
title: Bench
defaultContentLanguage: ko
disableKinds: [taxonomy, term, RSS]
outputs: {home: [HTML, JSON]}
languages:
  ko: {languageName: 한국어, weight: 1}
  en: {languageName: English, weight: 2}
"""
HUGO_LAYOUTS = {
    "_default/baseof.html": """\
<!doctype html><html lang="{{ .Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>
</head><body><main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "index.html": """\
{{ define "main" }}<h1>Bench</h1><table>
{{ $lang := .Lang }}{{ range .Site.RegularPages }}{{ $city := index hugo.Data .Params.city }}
<tr><td><a href="{{ .RelPermalink }}">{{ index $city.name $lang }}</a></td>
<td>{{ lang.FormatNumberCustom 0 $city.figures.population.value }}</td></tr>{{ end }}
</table>{{ end }}
""",
    "index.json": """\
[{{ range $i, $page := .Site.RegularPages }}{{ if $i }},{{ end }}
{{ dict "title" .Title "location" .RelPermalink "text" .Plain | jsonify }}{{ end }}]
""",
    "_default/single.html": """\
{{ define "main" }}{{ $lang := .Lang }}{{ $city := index hugo.Data .Params.city }}
<h1>{{ index $city.name $lang }}</h1><p>{{ index $city.lead $lang }}</p>
<h2>Status</h2><table>{{ range $city.status }}<tr><td>{{ .indicator }}</td><td>
{{ range .figures }}{{ with index $city.figures . }}{{ lang.FormatNumberCustom 0 .value }}
{{ .unit }}, {{ .year }}{{ end }}{{ end }}
{{ range .items }}{{ index . $lang }}{{ end }}</td></tr>{{ end }}</table>
{{ .Content }}
<h2>Industries</h2>{{ range $city.industries }}<h3>{{ index .name $lang }}</h3>
<p>{{ index .description $lang }}</p>{{ end }}
<h2>Ecosystem</h2><table>{{ range $city.ecosystem }}<tr><td>{{ index .name $lang }}</td>
<td>{{ index .text $lang }}</td><td>{{ range .organisations }}{{ index .name $lang }}:
{{ index .role $lang }}; {{ end }}</td></tr>{{ end }}</table>{{ end }}
""",
    "shortcodes/fact.html": """\
{{- $city := index hugo.Data .Page.Params.city -}}
{{- lang.FormatNumberCustom 0 (index $city.figures (.Get 0)).value -}}
""",
}


def hugo(folder: Path, count: int) -> None:
    """Write the same for Hugo, with its own layouts and a list of all texts as search index."""
    files = {"hugo.yaml": HUGO}
    files |= {f"layouts/{name}": text for name, text in HUGO_LAYOUTS.items()}
    for number, name in enumerate(city_ids(count), 1):
        facts, narratives = city(number)
        files[f"data/{name}.yaml"] = _dump(facts)
        for locale, text in narratives.items():
            body = text.replace("@", '{{< fact "population" >}}')
            title = facts["name"][locale]
            files[f"content/cities/{name}.{locale}.md"] = (
                f"---\ntitle: {title}\ncity: {name}\n---\n\n{body}\n"
            )
    _write(folder, files)
