"""Repository -> Catalog, or every problem at once.

First every record takes its type from `brochure.model`; then a flat list of small checks looks
at what the records say of each other. A check never changes anything; it only yields problems.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from brochure.calls import CALLS, Call, MalformedCall, phrase
from brochure.errors import Problem, Refused, nearest
from brochure.language import is_message
from brochure.links import linked_page, relative_links
from brochure.load import Document, Manuscript, Path_, Repository
from brochure.model import (
    Alliance,
    Catalog,
    City,
    Configuration,
    Figure,
    FrontMatter,
    Narrative,
    Press,
    Record,
    Settings,
    Source,
    Text,
    Trim,
    Vocabulary,
)
from brochure.photo import COVER, Unusable, pixels, upright

# Pages that are not a city's; each needs a narrative in every language.
PAGES = ("index", "compare", "secretariat", "sources")

_TYPES: dict[str, Any] = {
    "data/alliance.yaml": Alliance,
    "data/indicators.yaml": Vocabulary,
    "data/industries.yaml": dict[str, Text],
    "data/print.yaml": Press,
    "data/sources.yaml": dict[str, Source],
}
# The target of a link, in its place or by reference.
_LINK = re.compile(r"(?:\]\(\s*<?|^ {0,3}\[[^\]]+\]:\s*<?)([^)\s>]*)", re.MULTILINE)
# What a message is filled with; a unit's may take any of the three (see Language.quantity).
_VALUE = re.compile(r"\{\s*([a-z_]+)\s*[,}]")
_OF_QUANTITIES = {"n", "value", "compact"}
# The texts of a data file that figures are written into.
_FILLED = frozenset({"about", "description", "items", "lead", "role", "text"})
# Names that the site and the brochures have taken.
RESERVED = ("index", "gini", "gini-leaflet")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass
class Draft:
    """The records made so far, for the checks to look at."""

    repository: Repository
    settings: Settings
    records: dict[str, Any] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    narratives: list[tuple[Manuscript, FrontMatter]] = field(default_factory=list)

    @property
    def cities(self) -> dict[str, City]:
        """The cities whose files have the right shape, by id."""
        return {
            city_id(name): record for name, record in self.records.items() if type(record) is City
        }

    def document(self, name: str) -> Document:
        return self.repository.documents[name]

    def holders(self) -> Iterator[tuple[Document, City | Alliance]]:
        """The records that hold figures and notes: the cities and the alliance."""
        for name, record in self.records.items():
            if isinstance(record, City | Alliance):
                yield self.document(name), record


def validate(repository: Repository) -> Catalog:
    """The Catalog of a repository. Raises Refused with every problem there is."""
    problems = list(repository.problems)
    settings = read_settings(repository, problems)
    if not settings.locales:
        # Without its languages nothing else can be judged.
        raise Refused(problems)
    draft = Draft(repository, settings)
    for name, document in repository.documents.items():
        if name.startswith("data/locales/"):
            words = flatten(document, (), document.data, problems)
            draft.words[name.removeprefix("data/locales/").removesuffix(".yaml")] = words
        elif name != "mkdocs.yml":
            problems.extend(_take(draft, name, document))
    for manuscript in repository.manuscripts:
        front, found = typed(FrontMatter, manuscript.front, settings.locales)
        problems.extend(found)
        if front is not None:
            draft.narratives.append((manuscript, front))
    for check in CHECKS:
        problems.extend(check(draft))
    if problems:
        raise Refused(problems)
    return Catalog(
        settings=settings,
        alliance=draft.records["data/alliance.yaml"],
        cities=draft.cities,
        vocabulary=draft.records["data/indicators.yaml"],
        industries=draft.records["data/industries.yaml"],
        sources=draft.records["data/sources.yaml"],
        words=draft.words,
        narratives={
            (m.page, m.locale): Narrative(m.page, m.locale, front, m.body)
            for m, front in draft.narratives
        },
        press=draft.records["data/print.yaml"],
        photos=repository.photos,
    )


def city_id(name: str) -> str:
    """`data/cities/daejeon.yaml` is the city `daejeon`."""
    return name.removeprefix("data/cities/").removesuffix(".yaml")


def read_settings(repository: Repository, problems: list[Problem]) -> Settings:
    """What `mkdocs.yml` says of address, languages and editing; problems are appended."""
    document = repository.documents.get("mkdocs.yml")
    if document is None:
        return Settings("", "", ())
    config, found = typed(Configuration, document, ())
    problems.extend(found)
    if config is None:
        return Settings("", "", ())
    built = [one for one in config.plugins.i18n.languages if one.build]
    # The default first: a stable sort keeps the rest in their order.
    locales = [one.locale for one in sorted(built, key=lambda one: not one.default)]
    return Settings(config.site_url, config.extra.edit, tuple(locales))


def _take(draft: Draft, name: str, document: Document) -> Iterator[Problem]:
    """Give a document its type, by its place in `data/`."""
    kind = City if name.startswith("data/cities/") else _TYPES.get(name)
    if kind is None:
        ko, en = nearest(name, _TYPES)
        yield document.problem(
            (),
            f"알려진 자료 파일이 아닙니다: ‘{name}’.{ko}",
            f"‘{name}’ is no known data file.{en}",
        )
        return
    record, problems = typed(kind, document, draft.settings.locales)
    yield from problems
    if record is not None:
        draft.records[name] = record


def typed(kind: Any, document: Document, locales: tuple[str, ...]) -> tuple[Any, list[Problem]]:
    """The document as a record of the given type, or None with the problems in the way."""
    try:
        context = {"locales": locales}
        return TypeAdapter(kind).validate_python(document.data, context=context), []
    except ValidationError as error:
        problems = [_explained(kind, document, dict(one)) for one in error.errors()]
        return None, problems


def _explained(kind: Any, document: Document, error: dict[str, Any]) -> Problem:
    """A pydantic error at its place, in words that a city's staff understands."""
    path = _existing(document, error["loc"])
    name = str(error["loc"][-1]) if error["loc"] else document.file
    match error["type"]:
        case "missing":
            return document.problem(
                path,
                f"필요한 항목이 없습니다: ‘{name}’.",
                f"The required entry ‘{name}’ is missing.",
            )
        case "extra_forbidden":
            ko, en = nearest(name, _known_keys(kind, path[:-1]))
            return document.problem(
                path,
                f"모르는 항목입니다: ‘{name}’.{ko}",
                f"‘{name}’ is not a known entry.{en}",
                key=True,
            )
        case "text_missing":
            languages = error["ctx"]["languages"]
            return document.problem(
                path, f"글에 빠진 언어가 있습니다: {languages}.", f"The text lacks: {languages}."
            )
        case "text_unknown":
            languages = error["ctx"]["languages"]
            return document.problem(
                path,
                f"mkdocs.yml에 없는 언어입니다: {languages}.",
                f"Not a language of mkdocs.yml: {languages}.",
            )
        case "literal_error":
            ko, en = nearest(
                str(error["input"]), re.findall(r"'([^']*)'", error["ctx"]["expected"])
            )
            return document.problem(
                path,
                f"쓸 수 없는 값입니다: ‘{error['input']}’.{ko}",
                f"‘{error['input']}’ is not an accepted value.{en}",
            )
        case other:
            ko, en = _EXPECTED.get(other, ("값이 올바르지 않습니다", error["msg"]))
            values = {"input": error["input"], **error.get("ctx", {})}
            return document.problem(path, ko.format(**values) + ".", en.format(**values) + ".")


_NUMBER = (
    "숫자여야 합니다. 따옴표와 쉼표 없이 적으십시오",
    "A number is expected, without quotes or commas",
)
_MAPPING = ("‘키: 값’의 묶음이어야 합니다", "A mapping of keys to values is expected")
_DATE = ("날짜는 2026-11-22처럼 적습니다", "A date is written as 2026-11-22")
_EXPECTED = {
    "int_type": _NUMBER,
    "is_instance_of": _NUMBER,
    "decimal_type": _NUMBER,
    "string_type": (
        "글이어야 합니다. 숫자처럼 보이는 글은 따옴표로 감싸십시오",
        "Text is expected; quote a text that looks like a number",
    ),
    "bool_type": ("true 또는 false여야 합니다", "true or false is expected"),
    "list_type": ("목록이어야 합니다. 예: [a, b]", "A list is expected, as in [a, b]"),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "string_pattern_mismatch": (
        "정해진 꼴({pattern})이 아닙니다: ‘{input}’",
        "‘{input}’ does not have the form {pattern}",
    ),
    "string_too_long": (
        "{max_length}자를 넘을 수 없습니다",
        "At most {max_length} characters are accepted",
    ),
    "string_too_short": ("비워 둘 수 없습니다", "This must not be empty"),
    "too_short": ("적어도 {min_length}개가 있어야 합니다", "At least {min_length} is needed"),
    "too_long": ("많아야 {max_length}개까지 둘 수 있습니다", "At most {max_length} are accepted"),
    "greater_than_equal": ("{ge} 이상이어야 합니다", "It must be {ge} or more"),
    "less_than_equal": ("{le} 이하여야 합니다", "It must be {le} or less"),
    "date_from_datetime_parsing": _DATE,
    "date_type": _DATE,
}


def _existing(document: Document, loc: tuple[str | int, ...]) -> Path_:
    """The part of a pydantic location that exists in the document.

    Pydantic puts the names of union members and the marker of a key into its locations.
    """
    path: Path_ = ()
    for part in loc:
        if (*path, part) in document.values:
            path = (*path, part)
    return path


def _known_keys(kind: Any, path: Path_) -> list[str]:
    """The keys that a record of the given type accepts at a path."""
    for part in path:
        if isinstance(kind, type) and issubclass(kind, Record):
            kind = kind.model_fields[str(part)].annotation
        elif get_origin(kind) in (dict, list):
            kind = get_args(kind)[-1]
    members = [kind, *get_args(kind)]
    records = [one for one in members if isinstance(one, type) and issubclass(one, Record)]
    return [key for record in records for key in record.model_fields]


def flatten(document: Document, path: Path_, value: Any, problems: list[Problem]) -> dict[str, str]:
    """A locale file's words under dotted keys; anything but text is a problem."""
    if isinstance(value, dict):
        words: dict[str, str] = {}
        for key, child in value.items():
            words |= flatten(document, (*path, key), child, problems)
        return words
    if not isinstance(value, str):
        problems.append(document.problem(path, "글이어야 합니다.", "Text is expected."))
        return {}
    return {".".join(map(str, path)): value}


# Checks: each ensures one thing, over all records.


def check_files(draft: Draft) -> Iterator[Problem]:
    """Ensure that every file the publication needs is there, and at least one city."""
    missing = [name for name in _TYPES if name not in draft.repository.documents]
    missing += [
        f"data/locales/{locale}.yaml"
        for locale in draft.settings.locales
        if f"data/locales/{locale}.yaml" not in draft.repository.documents
    ]
    if not any(name.startswith("data/cities/") for name in draft.repository.documents):
        missing.append("data/cities/*.yaml")
    for name in missing:
        if not any(problem.file == name for problem in draft.repository.problems):
            yield Problem(name, 1, 1, "파일이 없습니다.", "The file is missing.")


def check_names(draft: Draft) -> Iterator[Problem]:
    """Ensure that a city's file name can be its address, and is not taken."""
    for name in draft.repository.documents:
        if not name.startswith("data/cities/"):
            continue
        city = city_id(name)
        if not _ID.fullmatch(city) or city in RESERVED:
            taken = ", ".join(RESERVED)
            yield Problem(
                name,
                1,
                1,
                f"도시의 이름으로 쓸 수 없습니다: ‘{city}’. 영문 소문자, 숫자, 붙임표만 쓰며 "
                f"{taken}은(는) 쓸 수 없습니다.",
                f"‘{city}’ cannot name a city: use small letters, digits and hyphens, "
                f"and none of {taken}.",
            )


def check_words(draft: Draft) -> Iterator[Problem]:
    """Ensure that every locale file has the default language's keys, and ICU accepts each."""
    default = draft.words.get(draft.settings.locales[0] if draft.settings.locales else "", {})
    for locale, words in draft.words.items():
        document = draft.document(f"data/locales/{locale}.yaml")
        if locale not in draft.settings.locales:
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
            if not is_message(pattern, locale):
                yield document.problem(
                    tuple(key.split(".")),
                    "ICU 메시지가 아닙니다. 중괄호의 짝을 살펴보십시오.",
                    "This is not an ICU message. Check that the braces match.",
                )


def check_units(draft: Draft) -> Iterator[Problem]:
    """Ensure that every unit has its words in every language."""
    vocabulary = draft.records.get("data/indicators.yaml")
    if vocabulary is None:
        return
    document = draft.document("data/indicators.yaml")
    for unit in vocabulary.units:
        for locale, words in draft.words.items():
            if f"units.{unit}.short" not in words or f"units.{unit}.long" not in words:
                yield document.problem(
                    ("units", unit),
                    f"data/locales/{locale}.yaml에 이 단위의 short와 long이 없습니다: ‘{unit}’.",
                    f"data/locales/{locale}.yaml lacks short and long of the unit ‘{unit}’.",
                )
    for name, indicator in vocabulary.indicators.items():
        if indicator.unit is not None:
            path = ("indicators", name, "unit")
            yield from _known(document, path, indicator.unit, vocabulary.units, "단위", "unit")


def check_figures(draft: Draft) -> Iterator[Problem]:
    """Ensure that every figure has a name, a known unit and source, and a base that fits."""
    vocabulary: Vocabulary | None = draft.records.get("data/indicators.yaml")
    if vocabulary is None:
        return
    for document, holder in draft.holders():
        for name, figure in holder.figures.items():
            yield from _check_figure(document, ("figures", name), figure, vocabulary)


def _check_figure(
    document: Document, path: Path_, figure: Figure, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if (figure.indicator is None) == (figure.label is None):
        yield document.problem(
            path,
            "indicator와 label 가운데 하나만 있어야 합니다.",
            "A figure needs either an indicator or a label, not both.",
        )
    yield from _known(document, (*path, "unit"), figure.unit, vocabulary.units, "단위", "unit")
    if figure.indicator is None:
        return
    at = (*path, "indicator")
    yield from _known(document, at, figure.indicator, vocabulary.indicators, "지표", "indicator")
    indicator = vocabulary.indicators.get(figure.indicator)
    if indicator is None:
        return
    if indicator.unit != figure.unit:
        yield document.problem(
            (*path, "unit"),
            f"이 지표의 단위는 다릅니다: ‘{indicator.unit}’.",
            f"The indicator ‘{figure.indicator}’ is measured in ‘{indicator.unit}’.",
        )
    if figure.scope is not None and figure.scope not in indicator.scopes:
        listed = ", ".join(indicator.scopes)
        yield document.problem(
            (*path, "scope"),
            f"이 지표가 받는 범위는 다음과 같습니다: {listed}.",
            f"The indicator ‘{figure.indicator}’ is stated for one of: {listed}.",
        )


def check_references(draft: Draft) -> Iterator[Problem]:
    """Ensure that every name of a source, a note, a figure or a field exists."""
    sources: Mapping[str, Any] = draft.records.get("data/sources.yaml") or {}
    fields: Mapping[str, Any] = draft.records.get("data/industries.yaml") or {}
    vocabulary = draft.records.get("data/indicators.yaml")
    indicators: Mapping[str, Any] = vocabulary.indicators if vocabulary else {}
    for document, holder in draft.holders():
        known: dict[str, tuple[Mapping[str, Any], str, str]] = {
            "source": (sources, "출처", "source"),
            "notes": (holder.notes, "주석", "note"),
            "figures": (holder.figures, "수치", "figure"),
            "key_figures": (holder.figures, "수치", "figure"),
            "fields": (fields, "산업 분야", "field of industry"),
        }
        for path, value in _walk((), document.data):
            for part, (names, ko, en) in known.items():
                # A name stands as the value of its key, or in a list under it.
                under = path[-1] == part or (path[-2:-1] == (part,) and isinstance(path[-1], int))
                if names and isinstance(value, str) and under:
                    yield from _known(document, path, value, names, ko, en)
        if isinstance(holder, City):
            for index, row in enumerate(holder.status):
                path = ("status", index, "indicator")
                if indicators:
                    yield from _known(
                        document, path, row.indicator, indicators, "지표", "indicator"
                    )


def check_identities(draft: Draft) -> Iterator[Problem]:
    """Ensure that the ids within a city's lists are unique, so that links reach one place."""
    for document, holder in draft.holders():
        if not isinstance(holder, City):
            continue
        lists: dict[str, list[str]] = {
            "industries": [industry.id for industry in holder.industries],
            "ecosystem": [group.id for group in holder.ecosystem],
            "status": [row.indicator for row in holder.status],
        }
        for name, ids in lists.items():
            for index, one in enumerate(ids):
                if one in ids[:index]:
                    yield document.problem(
                        (name, index),
                        f"이 목록에 두 번 나옵니다: ‘{one}’.",
                        f"‘{one}’ stands twice in this list.",
                    )


def check_calls(draft: Draft) -> Iterator[Problem]:
    """Ensure that texts and narratives make only known calls, to figures and charts that exist."""
    for document, holder in draft.holders():
        for path, value in _walk((), document.data):
            if isinstance(value, str):
                line, column = document.place(path)
                filled = "notes" not in path and not _FILLED.isdisjoint(path)
                calls = ("fact", "number") if filled else ()
                yield from _call_problems(document.file, value, line, column, holder, calls)
    alliance: Alliance | None = draft.records.get("data/alliance.yaml")
    for manuscript, _ in draft.narratives:
        of_city = manuscript.page.startswith("cities/")
        # The narrative of a city whose file is refused says nothing wrong by itself.
        owner = draft.cities.get(manuscript.page[7:]) if of_city else alliance
        if owner is not None:
            line = manuscript.first_line
            yield from _call_problems(manuscript.file, manuscript.body, line, 1, owner, CALLS)


def _call_problems(
    file: str, text: str, line: int, column: int, holder: City | Alliance, calls: Collection[str]
) -> Iterator[Problem]:
    try:
        parts = phrase(text)
    except MalformedCall as error:
        yield Problem(file, line + error.line - 1, column, error.ko, error.en)
        return
    for call in parts:
        if not isinstance(call, Call):
            continue
        if call.name not in calls:
            yield Problem(
                file,
                line + call.line - 1,
                column,
                f"이 글에는 쓸 수 없는 호출입니다: {call.name}. 값을 그대로 적으십시오.",
                f"The call {call.name} is not filled in here. Write the words themselves.",
            )
            continue
        charts = [group.id for group in holder.ecosystem] if isinstance(holder, City) else []
        names = charts if call.name == "chart" else list(holder.figures)
        if call.argument not in names:
            ko, en = nearest(call.argument, names)
            yield Problem(
                file,
                line + call.line - 1,
                column,
                f'가리키는 것이 없습니다: {call.name}("{call.argument}").{ko}',
                f'{call.name}("{call.argument}") names nothing here.{en}',
            )


def check_narratives(draft: Draft) -> Iterator[Problem]:
    """Ensure that every page has its narrative in every language, and no narrative lacks a page."""
    present = {(m.page, m.locale) for m in draft.repository.manuscripts}
    refused = {problem.file for problem in draft.repository.problems}
    files = {*draft.repository.documents, *refused}
    cities = [city_id(name) for name in files if name.startswith("data/cities/")]
    pages = [*PAGES, *(f"cities/{name}" for name in cities)]
    for page in pages:
        for locale in draft.settings.locales:
            file = f"content/{page}.{locale}.md"
            if (page, locale) not in present and file not in refused:
                yield Problem(file, 1, 1, "글이 없습니다.", "The narrative is missing.")
    for manuscript in draft.repository.manuscripts:
        if manuscript.page not in pages:
            ko, en = nearest(manuscript.page, pages)
            yield Problem(
                manuscript.file,
                1,
                1,
                f"그런 쪽이 없습니다: ‘{manuscript.page}’.{ko}",
                f"There is no page ‘{manuscript.page}’.{en}",
            )
        elif manuscript.locale not in draft.settings.locales:
            yield Problem(
                manuscript.file,
                1,
                1,
                f"mkdocs.yml에 없는 언어입니다: ‘{manuscript.locale}’.",
                f"mkdocs.yml does not list the language ‘{manuscript.locale}’.",
            )


def check_links(draft: Draft) -> Iterator[Problem]:
    """Ensure that a narrative's links lead to a page of the site or to an https, mailto or tel."""
    pages = {manuscript.page for manuscript in draft.repository.manuscripts}
    for manuscript in draft.repository.manuscripts:
        for number, line in enumerate(manuscript.body.split("\n"), manuscript.first_line):
            for match in _LINK.finditer(line):
                target = match[1]
                if target.startswith(("https://", "mailto:", "tel:")):
                    continue
                page = linked_page(manuscript.page, target)
                if _SCHEME.match(target) or page not in pages:
                    ko, en = nearest(target, relative_links(manuscript.page, pages))
                    yield Problem(
                        manuscript.file,
                        number,
                        match.start(1) + 1,
                        f"링크가 가리키는 쪽이 없습니다: ‘{target}’.{ko}",
                        f"The link ‘{target}’ leads to no page.{en}",
                    )


def check_print(draft: Draft) -> Iterator[Problem]:
    """Ensure that every size to make is known and has the shape that brochures are composed in."""
    press: Press | None = draft.records.get("data/print.yaml")
    if press is None:
        return
    document = draft.document("data/print.yaml")
    first = next(iter(press.sizes.values()))

    def shape(size: Trim) -> float:
        return float(size.width) / float(size.height)

    for index, name in enumerate(press.make):
        path = ("make", index)
        yield from _known(document, path, name, press.sizes, "판형", "size")
        size = press.sizes.get(name, first)
        # A page is scaled to cover the sheet: what the shapes differ by is cut off.
        if abs(shape(size) / shape(first) - 1) > 0.01:
            yield document.problem(
                path,
                f"‘{name}’의 가로세로비가 첫 판형과 1% 넘게 다릅니다. 비슷한 판형을 고르십시오.",
                f"‘{name}’ differs from the first size's shape by more than 1 %. Choose another.",
            )


def check_photos(draft: Draft) -> Iterator[Problem]:
    """Ensure that every photo that a city names is there, sound and fine enough, and no other."""
    press: Press | None = draft.records.get("data/print.yaml")
    photos = draft.repository.photos
    refused = {problem.file for problem in draft.repository.problems}
    named = set()
    for name, document in draft.repository.documents.items():
        data = document.data
        photo = data.get("photo") if isinstance(data, dict) else None
        file = photo.get("file") if isinstance(photo, dict) else None
        if not name.startswith("data/cities/") or not isinstance(file, str):
            continue
        named.add(file)
        if file in photos:
            for ko, en in _photo_faults(photos[file], press):
                yield document.problem(("photo", "file"), f"{file}: {ko}", f"{file}: {en}")
        elif f"data/photos/{file}" not in refused:
            yield from _known(document, ("photo", "file"), file, photos, "사진", "photo")
    for file in sorted(set(photos) - named):
        yield Problem(
            f"data/photos/{file}",
            1,
            1,
            "이 사진을 쓰는 도시가 없습니다. 도시 파일의 photo에 적거나 지우십시오.",
            "No city uses this photo. Name it under photo in a city’s file, or delete it.",
        )


def _photo_faults(raw: bytes, press: Press | None) -> Iterator[tuple[str, str]]:
    """Why a photograph cannot be printed on a cover."""
    try:
        has = upright(raw).size
    except Unusable as fault:
        yield fault.ko, fault.en
        return
    if press is None:
        return
    needs = pixels(press.resolution * press.enlargement)
    if has[0] < needs[0] or has[1] < needs[1]:
        place = f"{COVER[0]:.0f}×{COVER[1]:.0f}"
        yield (
            f"사진이 {has[0]}×{has[1]}픽셀입니다. 표지({place}mm)에 {press.resolution}dpi로 "
            f"찍으려면 적어도 {needs[0]}×{needs[1]}픽셀이어야 합니다.",
            f"The photo has {has[0]} × {has[1]} pixels. On the cover ({place} mm), "
            f"{press.resolution} dpi take at least {needs[0]} × {needs[1]}.",
        )


def _known(
    document: Document, path: Path_, name: str, names: Mapping[str, Any], ko: str, en: str
) -> Iterator[Problem]:
    if name not in names:
        hint_ko, hint_en = nearest(name, names)
        yield document.problem(
            path,
            f"그런 {ko}이(가) 없습니다: ‘{name}’.{hint_ko}",
            f"There is no {en} ‘{name}’.{hint_en}",
        )


def _walk(path: Path_, value: Any) -> Iterator[tuple[Path_, Any]]:
    """Every scalar of a document with its path."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _walk((*path, key), child)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _walk((*path, index), child)
    else:
        yield path, value


CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    check_files,
    check_names,
    check_words,
    check_units,
    check_figures,
    check_references,
    check_identities,
    check_calls,
    check_narratives,
    check_links,
    check_print,
    check_photos,
)
