"""The commands. Heavy modules are imported where they are needed."""

from __future__ import annotations

import argparse
import logging
import re
import sys
from typing import TYPE_CHECKING

from brochure.base.message import Message, lines, plain_text
from brochure.base.problem import InputError, Problem
from brochure.cli.console import Console, WarningCollector, summary
from brochure.cli.output import print_message, put_out, report_error, report_problems
from brochure.incremental.manifest import is_up_to_date
from brochure.model.site_map import SKIPPED_WARNINGS

if TYPE_CHECKING:
    from brochure.base.problem import BrochureError
    from brochure.editing.new_city import Answers
    from brochure.load.audience import Audience


def audience(options: argparse.Namespace) -> Audience:
    """The readers of what a command prints."""
    from brochure.load.audience import Audience

    return Audience(options.root.resolve(), _chosen(options))


def _chosen(options: argparse.Namespace) -> list[str]:
    """The languages that were asked for, before the name of the command and after it."""
    return list(dict.fromkeys([*options.language, *options.command_language]))


def run_site(options: argparse.Namespace) -> int:
    """`build.py site`"""
    root = options.root.resolve()
    published = "build/pages" if options.pages else "dist"
    readers = audience(options)
    if is_up_to_date(root, root / published):
        code = "build.pages-up-to-date" if options.pages else "build.release-up-to-date"
        print("\n".join(plain_text(code, language) for language in readers.staff))
        return 0

    from brochure.pipeline import build

    console, warnings = Console(readers.staff), WarningCollector()
    logging.getLogger().addHandler(warnings)
    logging.captureWarnings(True)
    try:
        report = build(root, console, printed=not options.pages)
    finally:
        console.clear()
    print(summary(report, warnings.lines, readers.staff, published))
    return 0


def run_check(options: argparse.Namespace) -> int:
    """`build.py check`"""
    from brochure.cli.check import examine

    catalog, problems, skipped = examine(options.root.resolve())
    if problems or options.format == "json":
        report_problems(problems, options.root, audience(options), options.format)
    if skipped:
        message = Message("skip.count", count=skipped, file=SKIPPED_WARNINGS)
        print_message(message, audience(options), error=True)
    if catalog is None:
        return 1
    if options.format != "json":
        locales = list(catalog.settings.locales)
        message = Message("check.nothing-wrong", cities=len(catalog.cities), languages=locales)
        print_message(message, audience(options))
    return 0


def run_diff(options: argparse.Namespace) -> int:
    """`build.py diff BASE`"""
    from brochure.review.review import ComparisonError, review
    from brochure.review.screenshots import screenshots

    root = options.root.resolve()
    try:
        result = review(root, options.base, _chosen(options))
    except ComparisonError as error:
        # A reviewer reads this answer where they would read the other one.
        put_out(error.markdown)
        return 1
    put_out(result.markdown)
    if options.pictures:
        count = screenshots(root, result, options.pictures)
        message = Message("screenshots.written", folder=str(options.pictures), count=count)
        print_message(message, audience(options), error=True)
    return 0


def run_translations(options: argparse.Namespace) -> int:
    """`build.py translations`"""
    from brochure.cli.check import translations

    report = translations(options.root.resolve(), audience(options).staff)
    put_out(f"{report.markdown()}\n")
    if options.page:
        options.page.parent.mkdir(parents=True, exist_ok=True)
        options.page.write_text(report.page(), encoding="utf-8")
    return 0


def run_serve(options: argparse.Namespace) -> int:
    """`build.py serve`"""
    from brochure.cli.preview import preview

    root = options.root.resolve()

    def report(result: Message | BrochureError | OSError | str) -> None:
        # Whoever edits while the preview runs may change the languages as well.
        if isinstance(result, Message):
            print_message(result, audience(options))
        elif isinstance(result, str):
            print(result)
        else:
            report_error(result, root, audience(options))
        sys.stdout.flush()

    preview(root, options.port, report)
    return 0


def run_new_city(options: argparse.Namespace) -> int:
    """`build.py new-city ID`"""
    from brochure.cli.check import check
    from brochure.editing.new_city import ask, new_city, questions

    root, readers = options.root.resolve(), audience(options)
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", options.id):
        print_message(Message("new-city.bad-id", id=options.id), readers, error=True)
        return 2
    catalog = check(root)
    locales = catalog.settings.locales
    asked = questions(catalog.alliance.edition.year - 1, sorted(catalog.industries))
    files = new_city(options.id, locales, asked, {}, readers.staff)
    if taken := [path for path in files if (root / path).exists()]:
        print_message(Message("new-city.files-exist", files=taken), readers, error=True)
        return 1
    if sys.stdin.isatty():
        print("\n".join(lines(Message("new-city.introduction"), readers.staff)), end="\n\n")
        try:
            answers: Answers = ask(asked, locales, input, readers.staff)
        except EOFError:
            raise KeyboardInterrupt from None
        files = new_city(options.id, locales, asked, answers, readers.staff)
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8")
        print(path)
    print_message(Message("new-city.next-step"), readers)
    return 0


def run_schema(options: argparse.Namespace) -> int:
    """`build.py schema`"""
    from brochure.editing.json_schema import schemas
    from brochure.editing.message_reference import message_pages
    from brochure.editing.reference import references
    from brochure.load.repository import load
    from brochure.model.help import read_manual
    from brochure.validate.validate import read_settings

    root, problems = options.root.resolve(), list[Problem]()
    locales = read_settings(load(root), problems).locales
    if problems:
        raise InputError(problems)
    manual = read_manual()
    files = schemas(locales, manual) | references(locales, manual) | message_pages()
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
        print(path)
    return 0
