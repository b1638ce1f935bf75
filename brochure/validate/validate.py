"""Repository -> Catalog, or every problem at once.

First every record takes its type from `brochure.model`; then a flat list of small checks looks
at what the records say of each other. A check never changes anything; it only yields problems.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from brochure.base.language import is_message
from brochure.base.problem import Problem, Refused, nearest
from brochure.load.placeholders import BLOCKS, CALLS, Call, MalformedCall, phrase
from brochure.load.record import typed
from brochure.load.repository import Document, Path_, Place, Repository
from brochure.model.records import (
    Alliance,
    Catalog,
    City,
    Configuration,
    Dossier,
    Figure,
    FrontMatter,
    Holder,
    Narrative,
    Press,
    Settings,
    Source,
    StillRight,
    Text,
    Trim,
    Vocabulary,
    is_day,
)
from brochure.model.site_map import PAGES, RESERVED, RESERVED_FOLDERS, STILL_RIGHT
from brochure.validate.dossiers import (
    check_blocks,
    check_dossiers,
    check_paragraphs,
    check_placed,
    check_similarities,
    check_tables,
)
from brochure.validate.draft import Draft, beyond, city_id, dossier_id, known
from brochure.validate.narratives import check_links, check_markup
from brochure.validate.translated_numbers import check_numbers

# An entry of the news: its day, and a name of its own.
_ENTRY = re.compile(r"news/(20[0-9]{2}-[0-9]{2}-[0-9]{2})-[a-z0-9]+(-[a-z0-9]+)*")

_ALLIANCE = "data/alliance.yaml"
_TYPES: dict[str, Any] = {
    _ALLIANCE: Alliance,
    "data/indicators.yaml": Vocabulary,
    "data/industries.yaml": dict[str, Text],
    "data/print.yaml": Press,
    "data/sources.yaml": dict[str, Source],
}
# Files that may be there.
_OPTIONAL: dict[str, Any] = {STILL_RIGHT: StillRight}
# What a message is filled with; a unit's may take any of the three (see Language.quantity).
_VALUE = re.compile(r"\{\s*([a-z_]+)\s*[,}]")
_OF_QUANTITIES = {"n", "value", "compact"}
# The texts of a data file that figures are written into.
_FILLED = frozenset({"about", "description", "items", "lead", "role", "text"})
# Names that Windows keeps for devices, whatever their ending: nobody there could check them out.
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_NAME = 60


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
        alliance=draft.records[_ALLIANCE],
        cities=draft.cities,
        dossiers={name: draft.dossiers[name] for name in draft.records[_ALLIANCE].dossiers},
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
        changed=repository.changed,
    )


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
    extra = config.extra
    return Settings(config.site_url, extra.edit, tuple(locales), extra.sign_in)


def _take(draft: Draft, name: str, document: Document) -> Iterator[Problem]:
    """Give a document its type, by its place in `data/`."""
    folder = name.rpartition("/")[0]
    kind = {"data/cities": City, "data/dossiers": Dossier}.get(
        folder, (_TYPES | _OPTIONAL).get(name)
    )
    if kind is None:
        ko, en = nearest(name, _TYPES | _OPTIONAL)
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


# Checks: each ensures one thing, over all records.


def check_files(draft: Draft) -> Iterator[Problem]:
    """Ensure that every file the publication needs is there, and at least one city."""
    missing = [name for name in _TYPES if name not in draft.repository.documents]
    missing += [
        f"data/locales/{locale}.yaml"
        for locale in draft.settings.locales
        if f"data/locales/{locale}.yaml" not in draft.repository.documents
    ]
    present = [*draft.repository.documents, *draft.repository.settled]
    if not any(name.startswith("data/cities/") for name in present):
        missing.append("data/cities/*.yaml")
    for name in missing:
        if not any(problem.file == name for problem in draft.repository.problems):
            yield Problem(name, 1, 1, "파일이 없습니다.", "The file is missing.")


def check_names(draft: Draft) -> Iterator[Problem]:
    """Ensure that a file's name can be an address and a file everywhere, and is not taken."""
    pages = [page.partition("/")[0] for page in PAGES]
    taken_by_dossiers = sorted({*RESERVED, *RESERVED_FOLDERS, *pages, *draft.settings.locales})
    for name in draft.repository.documents:
        if name.startswith("data/cities/"):
            one, taken = city_id(name), list(RESERVED)
        elif name.startswith("data/dossiers/"):
            one, taken = dossier_id(name), taken_by_dossiers
        else:
            continue
        if not _ID.fullmatch(one) or one in taken or len(one) > MAX_NAME:
            listed = ", ".join(taken)
            yield Problem(
                name,
                1,
                1,
                f"파일 이름으로 쓸 수 없습니다: ‘{one}’. 영문 소문자, 숫자, 붙임표로 "
                f"{MAX_NAME}자까지 쓰며, 다음은 쓸 수 없습니다: {listed}.",
                f"‘{one}’ cannot name this file: use up to {MAX_NAME} small letters, digits and "
                f"hyphens, and none of {listed}.",
            )
    files = [*draft.repository.documents, *(one.file for one in draft.repository.manuscripts)]
    for file in [*files, *(f"data/photos/{name}" for name in draft.repository.photos)]:
        if _DEVICES.fullmatch(file.rpartition("/")[2]):
            yield Problem(
                file,
                1,
                1,
                "Windows에서 쓸 수 없는 파일 이름입니다. 다른 이름을 고르십시오.",
                "Windows reserves this name for a device. Choose another.",
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
    for unit in vocabulary.limits:
        at = ("limits", unit)
        yield from known(document, at, unit, vocabulary.units, "단위가", "unit", key=True)
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
            yield from known(document, path, indicator.unit, vocabulary.units, "단위가", "unit")


def check_figures(draft: Draft) -> Iterator[Problem]:
    """Ensure that every figure has a name, a known unit within its limits, and a base that fits.

    Unless it is projected, its year is not after that of the edition.
    """
    vocabulary: Vocabulary | None = draft.records.get("data/indicators.yaml")
    if vocabulary is None:
        return
    alliance: Alliance | None = draft.records.get(_ALLIANCE)
    for document, holder in draft.holders():
        for name, figure in holder.figures.items():
            path = ("figures", name)
            yield from _check_figure(document, path, figure, vocabulary)
            future = alliance is not None and (figure.year or 0) > alliance.edition.year
            if alliance is not None and future and not figure.projected:
                yield document.problem(
                    (*path, "year"),
                    f"이 판({alliance.edition})보다 뒤의 해입니다. 전망한 값이면 "
                    "projected: true를 적으십시오.",
                    f"The year is after this edition ({alliance.edition}). If the number is a "
                    "projection, write projected: true.",
                )


def _check_figure(
    document: Document, path: Path_, figure: Figure, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if (figure.indicator is None) == (figure.label is None):
        yield document.problem(
            path,
            "indicator와 label 가운데 하나만 있어야 합니다.",
            "A figure needs either an indicator or a label, not both.",
        )
    yield from known(document, (*path, "unit"), figure.unit, vocabulary.units, "단위가", "unit")
    yield from beyond(document, (*path, "value"), figure.value, figure.unit, vocabulary)
    if figure.indicator is None:
        return
    at = (*path, "indicator")
    yield from known(document, at, figure.indicator, vocabulary.indicators, "지표가", "indicator")
    indicator = vocabulary.indicators.get(figure.indicator)
    if indicator is None:
        return
    if indicator.unit != figure.unit and figure.unit in vocabulary.units:
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


def check_sources(draft: Draft) -> Iterator[Problem]:
    """Ensure that a source was not read before it was published."""
    sources: Mapping[str, Source] = draft.records.get("data/sources.yaml") or {}
    for name, source in sources.items():
        read = source.retrieved.isoformat()
        if source.date != "unstated" and source.date > read[: len(source.date)]:
            yield draft.document("data/sources.yaml").problem(
                (name, "date"),
                f"읽은 날(retrieved: {read})보다 뒤의 날짜입니다.",
                f"The source is dated after the day it was read (retrieved: {read}).",
            )


def check_references(draft: Draft) -> Iterator[Problem]:
    """Ensure that every name of a source, a note, a figure or a field exists."""
    sources: Mapping[str, Any] = draft.records.get("data/sources.yaml") or {}
    fields: Mapping[str, Any] = draft.records.get("data/industries.yaml") or {}
    vocabulary = draft.records.get("data/indicators.yaml")
    indicators: Mapping[str, Any] = vocabulary.indicators if vocabulary else {}
    members = draft.city_files
    for document, holder in draft.holders():
        names_of: dict[str, tuple[Collection[str], str, str]] = {
            "source": (sources, "출처가", "source"),
            "notes": (holder.notes, "주석이", "note"),
            "figures": (holder.figures, "수치가", "figure"),
            "key_figures": (holder.figures, "수치가", "figure"),
            "fields": (fields, "산업 분야가", "field of industry"),
            "cities": (members, "회원도시가", "member city"),
            "city": (members, "회원도시가", "member city"),
        }
        for path, value in document.scalars:
            # What stands in a table is named by its columns (see check_tables).
            if path[2:3] in (("rows",), ("cell_notes",)):
                continue
            # A name stands as the value of its key, or in a list under it.
            part = path[-2] if isinstance(path[-1], int) and len(path) > 1 else path[-1]
            names, ko, en = names_of.get(str(part), ((), "", ""))
            if names and isinstance(value, str):
                yield from known(document, path, value, names, ko, en)
        if isinstance(holder, City):
            for index, row in enumerate(holder.status):
                path = ("status", index, "indicator")
                if indicators:
                    yield from known(
                        document, path, row.indicator, indicators, "지표가", "indicator"
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
        for path, value in document.scalars:
            # Most texts call nothing.
            if isinstance(value, str) and "{" in value:
                # Of a text within YAML only the beginning is known.
                place = document.place(path)
                calls = ("fact", "number") if _is_filled(path) else ()
                yield from _call_problems(
                    value, lambda *_, place=place: place, document.file, holder, calls
                )
    alliance: Alliance | None = draft.records.get(_ALLIANCE)
    cities, dossiers, dossier_files = draft.cities, draft.dossiers, draft.dossier_files
    for manuscript, _ in draft.narratives:
        folder, _, name = manuscript.page.rpartition("/")
        # The narrative of a city or dossier whose file is refused says nothing wrong by itself.
        owner: Holder | None = alliance
        if folder == "cities":
            owner = cities.get(name)
        elif folder in dossier_files:
            owner = dossiers.get(folder)
        if owner is not None:
            yield from _call_problems(
                manuscript.body, manuscript.place, manuscript.file, owner, CALLS
            )


def _is_filled(path: Path_) -> bool:
    """Whether figures are written into the text at `path`, which ends with its language."""
    named = [part for part in path[:-1] if isinstance(part, str)]
    return path[0] not in ("notes", "terms") and bool(named) and named[-1] in _FILLED


def _call_problems(
    text: str, at: Callable[[int, int], Place], file: str, holder: Holder, calls: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with the calls of a text; `at` is where a line and column of it stand."""
    try:
        parts = phrase(text)
    except MalformedCall as error:
        yield Problem(file, *at(error.line, error.column), error.ko, error.en)
        return
    for call in parts:
        if not isinstance(call, Call):
            continue
        place = at(call.line, call.column)
        if call.name not in calls:
            yield Problem(
                file,
                *place,
                f"이 글에는 쓸 수 없는 호출입니다: {call.name}. 값을 그대로 적으십시오.",
                f"The call {call.name} is not filled in here. Write the words themselves.",
            )
            continue
        names = _named(holder, call.name)
        if call.argument not in names:
            ko, en = nearest(call.argument, names)
            yield Problem(
                file,
                *place,
                f'가리키는 것이 없습니다: {call.name}("{call.argument}").{ko}',
                f'{call.name}("{call.argument}") names nothing here.{en}',
            )


def _named(holder: Holder, call: str) -> list[str]:
    """What a call may name in texts about `holder`."""
    if call == "chart":
        return [group.id for group in holder.ecosystem] if isinstance(holder, City) else []
    if call in BLOCKS:
        return list(getattr(holder, BLOCKS[call])) if isinstance(holder, Dossier) else []
    return list(holder.figures)


def check_narratives(draft: Draft) -> Iterator[Problem]:
    """Ensure that every page has its narrative in every language, and no narrative lacks a page."""
    present = draft.narrated
    refused = {problem.file for problem in draft.repository.problems}
    pages = [*PAGES, *(f"cities/{name}" for name in draft.city_files)]
    pages += [f"{name}/{page}" for name, one in draft.dossiers.items() for page in one.pages]
    pages += sorted({page for page, _ in present if _ENTRY.fullmatch(page)})
    # The pages of a dossier whose file is refused are those that there are texts for.
    unread = draft.dossier_files - set(draft.dossiers)
    pages += sorted({page for page, _ in present if page.partition("/")[0] in unread})
    expected = frozenset(pages)
    for page in pages:
        for locale in draft.settings.locales:
            file = f"content/{page}.{locale}.md"
            if (page, locale) not in present and file not in refused:
                yield Problem(file, 1, 1, "글이 없습니다.", "The narrative is missing.")
    for manuscript in draft.repository.manuscripts:
        if manuscript.page not in expected:
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


def check_news(draft: Draft) -> Iterator[Problem]:
    """Ensure that an entry of the news has a day that exists and a source, and nothing else has."""
    sources: Mapping[str, Any] = draft.records.get("data/sources.yaml") or {}
    for manuscript, front in draft.narratives:
        entry = _ENTRY.fullmatch(manuscript.page)
        if entry is None:
            # An entry without a day is no page, which check_narratives tells.
            if front.source is not None and not manuscript.page.startswith("news/"):
                yield manuscript.front.problem(
                    ("source",),
                    "출처는 소식의 글에만 적습니다. 수치의 출처는 자료 파일에 있습니다.",
                    "Only an entry of the news names its source; figures name theirs in data/.",
                )
            continue
        if not is_day(entry[1]):
            yield Problem(
                manuscript.file,
                1,
                1,
                f"없는 날짜입니다: {entry[1]}.",
                f"There is no such day: {entry[1]}.",
            )
        if front.source is None:
            yield manuscript.front.problem(
                (), "소식에는 출처(source)가 있어야 합니다.", "An entry of the news needs a source."
            )
        elif sources:
            at = ("source",)
            yield from known(manuscript.front, at, front.source, sources, "출처가", "source")


def check_glyphs(draft: Draft) -> Iterator[Problem]:
    """Ensure that the font of print has every character, as it has no Chinese ones."""
    glyphs = draft.repository.glyphs
    if not glyphs:
        return
    for document in draft.repository.documents.values():
        for path, value in document.scalars:
            if isinstance(value, str) and (lacking := _lacking(value, glyphs)):
                yield document.problem(path, *_unprintable(lacking[0]))
    for manuscript in draft.repository.manuscripts:
        for path, value in manuscript.front.scalars:
            if isinstance(value, str) and (lacking := _lacking(value, glyphs)):
                yield manuscript.front.problem(path, *_unprintable(lacking[0]))
        for number, line in enumerate(manuscript.body.split("\n"), manuscript.first_line):
            if lacking := _lacking(line, glyphs):
                column = line.index(lacking[0]) + 1
                yield Problem(manuscript.file, number, column, *_unprintable(lacking[0]))


def _lacking(text: str, glyphs: frozenset[int]) -> list[str]:
    if glyphs.issuperset(map(ord, text)):
        return []
    return [one for one in text if ord(one) not in glyphs and one not in "\n\t"]


def _unprintable(character: str) -> tuple[str, str]:
    code = f"‘{character}’(U+{ord(character):04X})"
    return (
        f"인쇄 글꼴에 없는 글자입니다: {code}. 한자는 한글로 적으십시오.",
        f"The font of print lacks {code}. Write it in letters that it has.",
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
        yield from known(document, path, name, press.sizes, "판형이", "size")
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
    # What is refused is told already; nothing is wrong with what is settled.
    judged = {problem.file for problem in draft.repository.problems} | draft.repository.settled
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
        elif f"data/photos/{file}" not in judged:
            yield from known(document, ("photo", "file"), file, photos, "사진이", "photo")
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
    # Imported only here: there are few photographs, and each is looked at once.
    from brochure.load.photo import COVER, Unusable, pixels, upright

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


CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    check_files,
    check_names,
    check_words,
    check_units,
    check_figures,
    check_sources,
    check_references,
    check_identities,
    check_dossiers,
    check_tables,
    check_blocks,
    check_similarities,
    check_numbers,
    check_calls,
    check_placed,
    check_paragraphs,
    check_narratives,
    check_news,
    check_glyphs,
    check_markup,
    check_links,
    check_print,
    check_photos,
)
