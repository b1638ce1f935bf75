"""What each command does. Heavy modules are imported where they are needed."""

from __future__ import annotations

import argparse
import gc
import logging
import re
import sys
from typing import TYPE_CHECKING

from brochure.base.problem import InputError, Problem
from brochure.cli.console import Console, Warned, summary
from brochure.cli.output import UNCHANGED, os_error_message, put_out, report_problems
from brochure.incremental.manifest import is_up_to_date

if TYPE_CHECKING:
    from brochure.editing.new_city import Answers
    from brochure.load.audience import Audience


def audience(options: argparse.Namespace) -> Audience:
    """The readers of what a command prints."""
    from brochure.load.audience import Audience

    return Audience(options.root.resolve(), options.language or ())


def run_site(options: argparse.Namespace) -> int:
    """`build.py site`"""
    root = options.root.resolve()
    published = "build/pages" if options.pages else "dist"
    if is_up_to_date(root, root / published):
        print(
            f"바뀐 것이 없습니다. {published}/는 이미 완성되어 있습니다.\n"
            f"Nothing has changed: {published}/ is finished as it is."
        )
        return 0

    # A build makes much and drops little: looking for cycles in it took a fifth of its time.
    gc.disable()

    from brochure.pipeline import build
    from brochure.publish.lock import ReleaseError
    from brochure.publish.site.frames import SiteError

    failures: tuple[type[Exception], ...] = (SiteError, ReleaseError)
    if not options.pages:
        from brochure.publish.print.pdf import PrintError

        failures += (PrintError,)
    console, warned = Console(), Warned()
    logging.getLogger().addHandler(warned)
    logging.captureWarnings(True)
    try:
        report = build(root, console, printed=not options.pages)
    except failures as error:
        console.clear()
        print(f"{error}\n\n{UNCHANGED}", file=sys.stderr)
        return 1
    except OSError as error:
        console.clear()
        print(f"{os_error_message(error, root)}\n\n{UNCHANGED}", file=sys.stderr)
        return 1
    except BaseException:
        console.clear()
        raise
    print(summary(report, warned.lines, published))
    return 0


def run_check(options: argparse.Namespace) -> int:
    """`build.py check`"""
    from brochure.cli.check import examine

    catalog, problems = examine(options.root.resolve())
    if problems or options.format == "json":
        report_problems(problems, options.root, audience(options), options.format)
    if catalog is None:
        return 1
    if options.format == "json":
        return 0
    languages = ", ".join(catalog.settings.locales)
    print(f"{len(catalog.cities)} cities in {languages}: 이상 없음 / nothing wrong")
    return 0


def run_diff(options: argparse.Namespace) -> int:
    """`build.py diff BASE`"""
    from brochure.review.review import NoComparison, review
    from brochure.review.screenshots import NoPictures, pictures

    root = options.root.resolve()
    try:
        found = review(root, options.base)
    except NoComparison as reason:
        put_out(reason.markdown)
        return 1
    put_out(found.markdown)
    if options.pictures:
        try:
            written = pictures(root, found, options.pictures)
        except NoPictures as reason:
            print(reason, file=sys.stderr)
            return 1
        print(f"{options.pictures}: 그림 {written}장 / {written} pictures", file=sys.stderr)
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

    try:
        preview(options.root.resolve(), options.port, lambda line: print(line, flush=True))
    except OSError as error:
        print(f"Port {options.port}: {error.strerror}. Try --port.", file=sys.stderr)
        return 1
    return 0


def run_new_city(options: argparse.Namespace) -> int:
    """`build.py new-city ID`"""
    from brochure.cli.check import check
    from brochure.editing.new_city import ask, new_city, questions

    root = options.root.resolve()
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", options.id):
        print(
            f"‘{options.id}’: 영문 소문자, 숫자, 붙임표만 씁니다.\n"
            f"‘{options.id}’: use small letters, digits and hyphens.",
            file=sys.stderr,
        )
        return 2
    catalog = check(root)
    locales = catalog.settings.locales
    asked = questions(catalog.alliance.edition.year - 1, sorted(catalog.industries))
    taken = [path for path in new_city(options.id, locales, asked, {}) if (root / path).exists()]
    if taken:
        listed = ", ".join(taken)
        print(f"이미 있습니다: {listed}\nAlready there: {listed}", file=sys.stderr)
        return 1
    told: Answers = {}
    if sys.stdin.isatty():
        print(
            "모르는 것은 Enter를 눌러 빈칸으로 남깁니다. 모두 답한 뒤에 파일을 씁니다.\n"
            "Enter leaves a blank. Nothing is written before the last answer.\n"
        )
        try:
            told = ask(asked, locales, input)
        except EOFError:
            raise KeyboardInterrupt from None
    for path, text in new_city(options.id, locales, asked, told).items():
        (root / path).write_text(text, encoding="utf-8")
        print(path)
    print("빈칸을 채우고 make check로 확인하십시오.\nFill the blanks, then run make check.")
    return 0


def run_schema(options: argparse.Namespace) -> int:
    """`build.py schema`"""
    from brochure.editing.json_schema import schemas
    from brochure.editing.reference import references
    from brochure.load.repository import load
    from brochure.model.help import read_manual
    from brochure.validate.validate import read_settings

    root, problems = options.root.resolve(), list[Problem]()
    locales = read_settings(load(root), problems).locales
    if problems:
        raise InputError(problems)
    manual = read_manual()
    for path, text in (schemas(locales, manual) | references(locales, manual)).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
        print(path)
    return 0
