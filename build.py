"""The command line: build the site, check the input, preview it, start a new city."""

from __future__ import annotations

import argparse
import os
import re
import sys
import warnings
from pathlib import Path

from brochure.errors import Refused

ROOT = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the result is the exit status: 0 done, 1 refused, 2 wrong usage."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Refused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
            if os.environ.get("GITHUB_ACTIONS"):
                print(problem.annotation())
        count = len(refused.problems)
        print(
            f"\n고칠 곳 {count}군데. 아무것도 바꾸지 않았습니다.\n"
            f"{count} to correct. Nothing was changed.",
            file=sys.stderr,
        )
        return 1


def parser() -> argparse.ArgumentParser:
    """The commands and what they say of themselves."""
    top = argparse.ArgumentParser(
        prog="build.py",
        description="Makes the site and the brochures of an alliance of cities from data/ and "
        "content/. Problems are told with file, line and column, in Korean and English.",
        epilog="Exit status: 0 done, 1 the input was refused and nothing changed, 2 wrong usage.",
    )
    top.add_argument(
        "--root", type=Path, default=ROOT, metavar="DIR", help="the repository (default: this one)"
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    site = commands.add_parser(
        "site",
        help="build the site and the brochures into dist/",
        description="Builds the site in every language, with its brochures, into dist/site/, and "
        "the files for a print shop into dist/press/. "
        "Everything is made aside and put in place at the end: after an error, dist/ is as before.",
    )
    site.set_defaults(run=run_site)

    check = commands.add_parser(
        "check",
        help="check data and texts, build nothing",
        description="Reads data/, content/ and mkdocs.yml and tells everything that is wrong, "
        "each with file:line:column, what is wrong and what would be right. In a GitHub "
        "workflow the lines are marked in the pull request.",
    )
    check.set_defaults(run=run_check)

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
        description="Writes data/cities/ID.yaml and content/cities/ID.LANGUAGE.md with blanks; "
        "`build.py check` then names each blank. Never overwrites a file.",
        epilog="Example: build.py new-city porto",
    )
    city.add_argument("id", metavar="ID", help="small letters, digits and hyphens: porto, new-york")
    city.set_defaults(run=run_new_city)
    return top


def run_site(options: argparse.Namespace) -> int:
    """`build.py site`"""
    from brochure.program import build
    from brochure.publish.print import PrintError
    from brochure.publish.site import SiteError

    try:
        report = build(options.root.resolve(), Console())
    except (SiteError, PrintError) as error:
        print(f"{error}\n\ndist/는 그대로입니다.\ndist/ was not changed.", file=sys.stderr)
        return 1
    steps = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in report.seconds.items())
    print(f"{report.pages} pages, {report.brochures} documents → dist/ ({steps})")
    return 0


class Console:
    """Says what happens, a line at a time; on a terminal a bar stands below it meanwhile."""

    WIDTH = 30

    def __init__(self) -> None:
        terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self._bar = terminal
        self._colour = terminal and not os.environ.get("NO_COLOR")

    def __call__(self, line: str, share: float | None = None) -> None:
        # A carriage return and the erasure of the line (ECMA-48, EL) take the bar away.
        print(f"\r\x1b[K{line}" if self._bar else line, flush=True)
        if self._bar and share is not None and share < 1:
            print(self.bar(share), end="", flush=True)

    def bar(self, share: float) -> str:
        """A bar filled as far as `share` (0 to 1) says."""
        done = round(self.WIDTH * share)
        on, off = ("\x1b[36m", "\x1b[0m") if self._colour else ("", "")
        return f"  {on}{'━' * done}{off}{'─' * (self.WIDTH - done)} {share:.0%}"


def run_check(options: argparse.Namespace) -> int:
    """`build.py check`"""
    from brochure.program import check

    catalog = check(options.root.resolve())
    languages = ", ".join(catalog.settings.locales)
    print(f"{len(catalog.cities)} cities in {languages}: 이상 없음 / nothing wrong")
    return 0


def run_serve(options: argparse.Namespace) -> int:
    """`build.py serve`"""
    from brochure.preview import preview

    try:
        preview(options.root.resolve(), options.port, lambda line: print(line, flush=True))
    except OSError as error:
        print(f"Port {options.port}: {error.strerror}. Try --port.", file=sys.stderr)
        return 1
    return 0


def run_new_city(options: argparse.Namespace) -> int:
    """`build.py new-city ID`"""
    from brochure.newcity import new_city
    from brochure.program import check

    root = options.root.resolve()
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", options.id):
        print(
            f"‘{options.id}’: 영문 소문자, 숫자, 붙임표만 씁니다.\n"
            f"‘{options.id}’: use small letters, digits and hyphens.",
            file=sys.stderr,
        )
        return 2
    catalog = check(root)
    files = new_city(options.id, catalog.settings.locales, catalog.alliance.edition.year - 1)
    taken = [path for path in files if (root / path).exists()]
    if taken:
        listed = ", ".join(taken)
        print(f"이미 있습니다: {listed}\nAlready there: {listed}", file=sys.stderr)
        return 1
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8")
        print(path)
    print("빈칸을 채우고 make check로 확인하십시오.\nFill the blanks, then run make check.")
    return 0


if __name__ == "__main__":
    # Deprecations inside libraries are for their authors, not for a city's staff.
    warnings.simplefilter("ignore", DeprecationWarning)
    sys.exit(main())
