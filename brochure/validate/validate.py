"""Repository -> Catalog, or every problem at once.

First every record takes its type from `brochure.model`; then a flat list of small checks looks
at what the records say of each other. A check never changes anything; it only yields problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from brochure.base.problem import InputError, Problem, nearest
from brochure.load.document import Document
from brochure.load.record import parse_record
from brochure.load.repository import Repository
from brochure.model.records import (
    Catalog,
    City,
    Configuration,
    Dossier,
    FrontMatter,
    Narrative,
    Settings,
)
from brochure.validate.context import ValidationContext
from brochure.validate.coverage import check_narratives, check_news
from brochure.validate.dossiers import (
    check_blocks,
    check_dossiers,
    check_paragraphs,
    check_placed,
    check_similarities,
    check_tables,
)
from brochure.validate.facts import (
    check_figures,
    check_identities,
    check_references,
    check_sources,
    check_units,
)
from brochure.validate.files import ALLIANCE, OPTIONAL, TYPES, check_files, check_names
from brochure.validate.narratives import check_links, check_markup
from brochure.validate.placeholders import check_calls
from brochure.validate.print import check_glyphs, check_photos, check_print
from brochure.validate.translated_numbers import check_numbers
from brochure.validate.words import check_words, flatten


def validate(repository: Repository) -> Catalog:
    """The Catalog of a repository. Raises InputError with every problem there is."""
    problems = list(repository.problems)
    settings = read_settings(repository, problems)
    if not settings.locales:
        # Without its languages nothing else can be judged.
        raise InputError(problems)
    context = ValidationContext(repository, settings)
    for name, document in repository.documents.items():
        if name.startswith("data/locales/"):
            words = flatten(document, (), document.data, problems)
            context.words[name.removeprefix("data/locales/").removesuffix(".yaml")] = words
        elif name != "mkdocs.yml":
            problems.extend(_take(context, name, document))
    for narrative_file in repository.narrative_files:
        front, found = parse_record(FrontMatter, narrative_file.front, settings.locales)
        problems.extend(found)
        if front is not None:
            context.narratives.append((narrative_file, front))
    for check in CHECKS:
        problems.extend(check(context))
    if problems:
        raise InputError(problems)
    return Catalog(
        settings=settings,
        alliance=context.records[ALLIANCE],
        cities=context.cities,
        dossiers={name: context.dossiers[name] for name in context.records[ALLIANCE].dossiers},
        vocabulary=context.records["data/indicators.yaml"],
        industries=context.records["data/industries.yaml"],
        sources=context.records["data/sources.yaml"],
        words=context.words,
        narratives={
            (m.page, m.locale): Narrative(m.page, m.locale, front, m.body)
            for m, front in context.narratives
        },
        press=context.records["data/print.yaml"],
        photos=repository.photos,
        last_modified=repository.changed,
    )


def read_settings(repository: Repository, problems: list[Problem]) -> Settings:
    """What `mkdocs.yml` says of address, languages and editing; problems are appended."""
    document = repository.documents.get("mkdocs.yml")
    if document is None:
        return Settings("", "", ())
    config, found = parse_record(Configuration, document, ())
    problems.extend(found)
    if config is None:
        return Settings("", "", ())
    built = [one for one in config.plugins.i18n.languages if one.build]
    # The default first: a stable sort keeps the rest in their order.
    locales = [one.locale for one in sorted(built, key=lambda one: not one.default)]
    extra = config.extra
    return Settings(config.site_url, extra.edit, tuple(locales), extra.sign_in)


def _take(context: ValidationContext, name: str, document: Document) -> Iterator[Problem]:
    """Give a document its type, by its place in `data/`."""
    folder = name.rpartition("/")[0]
    kind = {"data/cities": City, "data/dossiers": Dossier}.get(folder, (TYPES | OPTIONAL).get(name))
    if kind is None:
        ko, en = nearest(name, TYPES | OPTIONAL)
        yield document.problem(
            (),
            f"알려진 자료 파일이 아닙니다: ‘{name}’.{ko}",
            f"‘{name}’ is no known data file.{en}",
        )
        return
    record, problems = parse_record(kind, document, context.settings.locales)
    yield from problems
    if record is not None:
        context.records[name] = record


CHECKS: tuple[Callable[[ValidationContext], Iterator[Problem]], ...] = (
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
