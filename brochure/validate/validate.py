"""Repository -> Catalog, or every problem at once.

First every document becomes a record of its type in `brochure.model`; then a flat list of small
checks compares the records. A check never changes anything; it only yields problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from brochure.base.message import Message, hint
from brochure.base.problem import InputError, Problem
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
from brochure.validate.skipped import check_skipped
from brochure.validate.staff_languages import check_staff_languages
from brochure.validate.translated_numbers import check_numbers
from brochure.validate.words import check_words, flatten


def validate(repository: Repository) -> Catalog:
    """The Catalog of a repository. Raises InputError with every problem there is."""
    problems = list(repository.problems)
    settings = read_settings(repository, problems)
    if not settings.locales:
        # Without its languages nothing else can be checked.
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
            (file.page, file.locale): Narrative(file.page, file.locale, front, file.body)
            for file, front in context.narratives
        },
        press=context.records["data/print.yaml"],
        photos=repository.photos,
        last_modified=repository.changed,
    )


def read_settings(repository: Repository, problems: list[Problem]) -> Settings:
    """The address, languages and editing of the site by `mkdocs.yml`; problems are appended."""
    document = repository.documents.get("mkdocs.yml")
    if document is None:
        return Settings("", "", ())
    config, found = parse_record(Configuration, document, ())
    problems.extend(found)
    if config is None:
        return Settings("", "", ())
    built = [language for language in config.plugins.i18n.languages if language.build]
    # The default first: a stable sort keeps the rest in their order.
    in_order = sorted(built, key=lambda language: not language.default)
    locales = [language.locale for language in in_order]
    extra = config.extra
    return Settings(config.site_url, extra.edit, tuple(locales), extra.sign_in)


def _take(context: ValidationContext, name: str, document: Document) -> Iterator[Problem]:
    """Give a document its type, by its place in `data/`."""
    folder = name.rpartition("/")[0]
    kind = {"data/cities": City, "data/dossiers": Dossier}.get(folder, (TYPES | OPTIONAL).get(name))
    if kind is None:
        known = hint(name, TYPES | OPTIONAL)
        yield document.problem((), Message("file.unknown", name=name, hint=known))
        return
    record, problems = parse_record(kind, document, context.settings.locales)
    yield from problems
    if record is not None:
        context.records[name] = record


CHECKS: tuple[Callable[[ValidationContext], Iterator[Problem]], ...] = (
    check_files,
    check_names,
    check_skipped,
    check_staff_languages,
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
