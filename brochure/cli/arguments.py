"""The commands, their options and their help."""

from __future__ import annotations

import argparse
from pathlib import Path

from brochure.cli.commands import (
    run_check,
    run_diff,
    run_new_city,
    run_schema,
    run_serve,
    run_site,
    run_translations,
)
from brochure.cli.output import FORMATS

ROOT = Path(__file__).resolve().parents[2]


def parser() -> argparse.ArgumentParser:
    """The commands and what they say of themselves."""
    top = argparse.ArgumentParser(
        prog="build.py",
        description="Makes the site and the brochures of an alliance of cities from data/ and "
        "content/. Problems are told with file, line and column, in Korean and English.",
        epilog="Exit status: 0 done, 1 the input was refused and nothing changed, 2 wrong usage, "
        "130 or 143 interrupted.",
    )
    top.add_argument(
        "--root", type=Path, default=ROOT, metavar="DIR", help="the repository (default: this one)"
    )
    top.add_argument(
        "--language",
        action="append",
        metavar="LANGUAGE",
        help="report in this language (ko, en, de, es), once for each; default: what mkdocs.yml "
        "(extra.staff_languages) and each city's file (languages) say",
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    site = commands.add_parser(
        "site",
        help="build the site and the brochures into dist/",
        description="Builds the site in every language, with its brochures, into dist/site/, and "
        "the files for a print shop into dist/press/. "
        "Everything is made aside and put in place at the end: after an error, dist/ is as before.",
    )
    site.add_argument(
        "--pages",
        action="store_true",
        help="only the pages, into build/pages/, to look at: brochures are not printed, and "
        "dist/ stays as it is",
    )
    site.set_defaults(run=run_site)

    check = commands.add_parser(
        "check",
        help="check data and texts, build nothing",
        description="Reads data/, content/ and mkdocs.yml and tells everything that is wrong, "
        "each with file:line:column, the line, what is wrong and what would be right. A warning "
        "is told and refuses nothing.",
        epilog="FORMAT is text (on stderr, for a person), github (the same, and annotations on "
        "stdout, which mark the lines in a pull request; the default in a GitHub workflow) or "
        "json: on stdout an array of objects with file, line, column (from 1), severity (error "
        "or warning), ko, en (what is wrong and what would be right) and source (the line, or "
        "null).",
    )
    check.add_argument("--format", choices=FORMATS, metavar="FORMAT", help="how it is told")
    check.set_defaults(run=run_check)

    diff = commands.add_parser(
        "diff",
        help="tell what the working tree changes since BASE",
        description="Tells in Markdown, in both languages, what a change means: figures, texts by "
        "word, what is added and removed, translations to look at, pages and brochures that "
        "change. The working tree is compared with the commit where it parted from BASE.",
        epilog="Example: build.py diff origin/main --pictures build/pictures",
    )
    diff.add_argument("base", metavar="BASE", help="a commit, branch or tag: origin/main")
    diff.add_argument(
        "--pictures",
        type=Path,
        metavar="DIR",
        help="also write pictures of the changed pages, before and after (needs Chromium)",
    )
    diff.set_defaults(run=run_diff)

    translations = commands.add_parser(
        "translations",
        help="report what is missing or stale in which language",
        description="Prints, in Markdown, per city and language which texts are missing, and which "
        "have gone stale: another language of the text changed in a later commit.",
    )
    translations.add_argument(
        "--page", type=Path, metavar="FILE", help="also write it as a page to open in a browser"
    )
    translations.set_defaults(run=run_translations)

    serve = commands.add_parser(
        "serve",
        help="preview the site; changes show by themselves",
        description="Serves the site on this machine. An edit of data, text, macro, stylesheet "
        "or chart code shows by itself; brochures are printed when asked for. Ctrl-C ends it.",
    )
    serve.add_argument("--port", type=int, default=8000, help="port (default: 8000)")
    serve.set_defaults(run=run_serve)

    city = commands.add_parser(
        "new-city",
        help="start the files of a new city",
        description="Writes data/cities/ID.yaml and content/cities/ID.LANGUAGE.md: on a terminal "
        "with what it asks of the city, and with blanks for what is not told. `build.py check` "
        "then names each blank. Never overwrites a file.",
        epilog="Example: build.py new-city porto",
    )
    city.add_argument("id", metavar="ID", help="small letters, digits and hyphens: porto, new-york")
    city.set_defaults(run=run_new_city)

    schema = commands.add_parser(
        "schema",
        help="write what editors know of the data files, and the reference",
        description="Writes schema/*.json, by which an editor completes and checks the files of "
        "data/, and docs/reference.*.md, which tells people the same; both from the model.",
    )
    schema.set_defaults(run=run_schema)
    return top
