"""The commands, their options and their help."""

from __future__ import annotations

import argparse
from pathlib import Path

from brochure.base.message import languages
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
_HIGHEST_PORT = 65_535


def parser() -> argparse.ArgumentParser:
    """The parser of the command line, with the help of each command."""
    top = argparse.ArgumentParser(
        prog="build.py",
        description="Builds the site and the brochures of an alliance of cities from data/ and "
        "content/. Problems are reported with file, line and column, in the languages of those "
        "who read them.",
        epilog="Exit status: 0 done, 1 the input was refused and nothing changed, 2 wrong usage, "
        "130 or 143 interrupted.",
    )
    top.add_argument(
        "--root", type=Path, default=ROOT, metavar="DIR", help="the repository (default: this one)"
    )
    _add_language(top, "language")
    top.set_defaults(publishes=False)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    site = commands.add_parser(
        "site",
        help="build the site and the brochures into dist/",
        description="Builds the site in every language, with its brochures, into dist/site/, and "
        "the files for a print shop into dist/press/. The build works in build/ and replaces "
        "dist/ when all is finished: after an error, dist/ is as before.",
    )
    site.add_argument(
        "--pages",
        action="store_true",
        help="build only the pages, into build/pages/, to look at them: brochures are not "
        "printed, and dist/ stays as it is",
    )
    site.set_defaults(run=run_site, publishes=True)

    check = commands.add_parser(
        "check",
        help="check data and texts, build nothing",
        description="Reads data/, content/ and mkdocs.yml and reports every problem: "
        "`file:line:column code`, what is wrong and what to write instead in each language of the "
        "readers, and the line with a mark under the place. A warning is reported; the check "
        "still passes.",
        epilog="FORMAT is text (on stderr, for a person), github (the same, and annotations on "
        "stdout, which mark the lines in a pull request; the default in a GitHub workflow) or "
        "json: on stdout an array of objects with file, line, column (from 1), severity (error "
        "or warning), code (such as figure.unknown-unit), messages (an object: the text by "
        "language) and source (the line, or null).",
    )
    check.add_argument(
        "--format", choices=FORMATS, metavar="FORMAT", help="the form of the report: see below"
    )
    check.set_defaults(run=run_check)

    diff = commands.add_parser(
        "diff",
        help="describe what the working tree changes since BASE",
        description="Describes a change in Markdown, in the languages of the staff and of the "
        "cities that it concerns: figures, texts word by word, entries added and removed, "
        "translations to check, and the pages and brochures that change. The working tree is "
        "compared with the commit at which it branched off from BASE.",
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
        description="Prints, in Markdown, for each city and language which texts are missing, and "
        "which are stale: another language of the text changed in a later commit.",
    )
    translations.add_argument(
        "--page", type=Path, metavar="FILE", help="also write it as a page to open in a browser"
    )
    translations.set_defaults(run=run_translations)

    serve = commands.add_parser(
        "serve",
        help="preview the site; it reloads after each edit",
        description="Serves the site on this machine. After an edit of data, a text, a template, "
        "a stylesheet or the code of a chart, the open page reloads by itself; a brochure is "
        "printed when it is asked for. Ctrl-C ends it.",
    )
    serve.add_argument(
        "--port", type=_port, default=8000, metavar="PORT", help="port (default: 8000)"
    )
    serve.set_defaults(run=run_serve)

    city = commands.add_parser(
        "new-city",
        help="start the files of a new city",
        description="Writes data/cities/ID.yaml and content/cities/ID.LANGUAGE.md. On a terminal "
        "it asks for the facts first; what is not answered is left blank, and `build.py check` "
        "names each blank. Never overwrites a file.",
        epilog="Example: build.py new-city porto",
    )
    city.add_argument("id", metavar="ID", help="small letters, digits and hyphens: porto, new-york")
    city.set_defaults(run=run_new_city)

    schema = commands.add_parser(
        "schema",
        help="write the schemas for editors, the reference and the page of messages",
        description="Writes schema/*.json, by which an editor completes and checks the files of "
        "data/, and docs/reference.*.md, the same for people; both are generated from the model. "
        "Also writes docs/messages.*.md, every message with an example.",
    )
    schema.set_defaults(run=run_schema)
    for command in commands.choices.values():
        _add_language(command, "command_language")
    return top


def _add_language(parser: argparse.ArgumentParser, name: str) -> None:
    """Add `--language`, which is accepted before and after the name of the command."""
    parser.add_argument(
        "--language",
        type=_language,
        action="append",
        default=[],
        dest=name,
        metavar="LANGUAGE",
        help=f"report in this language ({', '.join(languages())}); may be given several times; "
        "default: extra.staff_languages in mkdocs.yml, and `languages` of a city for its files",
    )


def _language(text: str) -> str:
    if text not in languages():
        known = ", ".join(languages())
        raise argparse.ArgumentTypeError(f"no messages in ‘{text}’; there are: {known}")
    return text


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"‘{text}’ is no port; write a number up to 65535")
    return int(text)
