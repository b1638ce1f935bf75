"""The command line: build the site, check the input, preview it, start a new city."""

from __future__ import annotations

import argparse
import errno
import gc
import logging
import os
import re
import signal
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from brochure.base.problem import Problem, Refused
from brochure.incremental.manifest import sealed

if TYPE_CHECKING:
    from brochure.editing.new_city import Answers
    from brochure.pipeline import Report

ROOT = Path(__file__).resolve().parent


# How problems are told: to a person, to GitHub as well, to a machine.
FORMATS = ("text", "github", "json")
UNCHANGED = "dist/는 그대로입니다.\ndist/ was not changed."
# What the system says most often, in Korean; it says the rest in its own words.
SYSTEM_KO = {
    errno.ENOSPC: "디스크에 빈 자리가 없습니다",
    errno.EDQUOT: "디스크 할당량을 다 썼습니다",
    errno.EFBIG: "파일이 허용된 크기를 넘습니다",
    errno.EACCES: "권한이 없습니다",
    errno.EPERM: "허용되지 않습니다",
    errno.EROFS: "읽기만 할 수 있는 곳입니다",
    errno.EXDEV: "다른 파일 시스템에 있습니다",
    errno.EBUSY: "사용 중입니다",
    errno.ENOTDIR: "폴더가 아닙니다",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    The result is the exit status: 0 done, 1 refused, 2 wrong usage, 130 or 143 interrupted.
    """
    options = parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, interrupted)
    try:
        return int(options.run(options))
    except OSError as error:
        print(told(error, options.root), file=sys.stderr)
        return 1
    except KeyboardInterrupt as stop:
        print(
            "중단했습니다. dist/에는 마지막으로 완성된 것이 온전히 있습니다.\n"
            "Interrupted. dist/ holds what was last finished, whole.",
            file=sys.stderr,
        )
        return 128 + (stop.args[0] if stop.args else signal.SIGINT)
    except Refused as refused:
        tell(refused.problems, options.root, getattr(options, "format", None))
        return 1


def tell(problems: Sequence[Problem], root: Path, form: str | None = None) -> None:
    """Tell problems and their number in a form of `FORMATS`."""
    from brochure.cli.problem_report import as_annotations, as_json, as_text

    if form == "json":
        print(as_json(problems, root))
        return
    if form == "github" or (form is None and os.environ.get("GITHUB_ACTIONS")):
        print(as_annotations(problems))
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    ko = [f"고칠 곳 {errors}군데"] * bool(errors) + [f"경고 {warnings}건"] * bool(warnings)
    en = [f"{errors} to correct"] * bool(errors) + [f"{warnings} to look at"] * bool(warnings)
    unchanged = (" 아무것도 바꾸지 않았습니다.", " Nothing was changed.") if errors else ("", "")
    print(
        f"{as_text(problems, root)}\n\n"
        f"{', '.join(ko)}.{unchanged[0]}\n{', '.join(en)}.{unchanged[1]}",
        file=sys.stderr,
    )


def interrupted(number: int, frame: FrameType | None) -> None:
    """Stop as Ctrl-C does, so that everything is put away in order."""
    raise KeyboardInterrupt(number)


def told(error: OSError, root: Path) -> str:
    """What the system refused, and where, in Korean and English."""
    reason = error.strerror or str(error)
    place = str(error.filename or "")
    place = place.removeprefix(f"{root.resolve()}{os.sep}")
    colon = ": " if place else ""
    korean = SYSTEM_KO.get(error.errno or 0, reason)
    return f"{place}{colon}{korean}.\n{place}{colon}{reason}."


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


def run_site(options: argparse.Namespace) -> int:
    """`build.py site`"""
    root = options.root.resolve()
    published = "build/pages" if options.pages else "dist"
    if sealed(root, root / published):
        print(
            f"바뀐 것이 없습니다. {published}/는 이미 완성되어 있습니다.\n"
            f"Nothing has changed: {published}/ is finished as it is."
        )
        return 0

    # A build makes much and drops little: looking for cycles in it took a fifth of its time.
    gc.disable()

    from brochure.pipeline import build
    from brochure.publish.release import ReleaseError
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
        print(f"{told(error, root)}\n\n{UNCHANGED}", file=sys.stderr)
        return 1
    except BaseException:
        console.clear()
        raise
    print(summary(report, warned.lines, published))
    return 0


def summary(report: Report, warned: list[str], published: str = "dist") -> str:
    """What a build made, how long its steps took, and what was warned of meanwhile."""
    charts, brochures = report.charts, report.brochures
    seconds = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in report.seconds.items())
    rows = {
        "쪽 / pages": str(report.pages),
        "그림 / charts": f"{charts.new} drawn, {charts.reused} reused",
        "브로슈어 / brochures": f"{brochures.new} printed, {brochures.reused} reused",
        "크기 / size": f"{published}/ {report.size / 1e6:.1f} MB",
        "시간 / time": f"{sum(report.seconds.values()):.1f} s ({seconds})",
        "경고 / warnings": "\n".join([str(len(warned)), *(f"    {line}" for line in warned)]),
    }
    listed = (f"  {name}: {it}" for name, it in rows.items())
    return "\n".join([f"{published}/: 완성 / finished", *listed])


class Warned(logging.Handler):
    """Keeps what libraries warn of, each once, to be told at the end."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = " ".join(record.getMessage().split())
        if line not in self.lines:
            self.lines.append(line)


class Console:
    """Says what happens, a line at a time; on a terminal a bar stands below it meanwhile."""

    WIDTH = 30

    def __init__(self) -> None:
        self._bar = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self._colour = self._bar and not os.environ.get("NO_COLOR")
        self._start = time.monotonic()

    def __call__(self, line: str, share: float | None = None) -> None:
        self.clear()
        print(line, flush=True)
        if share is None:
            self._start = time.monotonic()
        if self._bar and (share is None or share < 1):
            print(self.bar(share or 0, time.monotonic() - self._start), end="", flush=True)

    def clear(self) -> None:
        """Take the bar away: a carriage return and the erasure of the line (ECMA-48, EL)."""
        if self._bar:
            print("\r\x1b[K", end="", flush=True)

    def bar(self, share: float, seconds: float) -> str:
        """A bar filled to `share` (0 to 1), and by the `seconds` that took, those that are left."""
        done = round(self.WIDTH * share)
        on, off = ("\x1b[36m", "\x1b[0m") if self._colour else ("", "")
        left = f" · {round(seconds / share - seconds)} s" if share else ""
        return f"  {on}{'━' * done}{off}{'─' * (self.WIDTH - done)} {share:.0%}{left}"


def run_check(options: argparse.Namespace) -> int:
    """`build.py check`"""
    from brochure.cli.check import examine

    catalog, problems = examine(options.root.resolve())
    if problems or options.format == "json":
        tell(problems, options.root, options.format)
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


def put_out(text: str) -> None:
    """Write a text for a file or another program: UTF-8, whatever the terminal's encoding is."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()


def run_translations(options: argparse.Namespace) -> int:
    """`build.py translations`"""
    from brochure.cli.check import translations
    from brochure.validate.translations.report import as_page

    report = translations(options.root.resolve())
    put_out(f"{report}\n")
    if options.page:
        options.page.parent.mkdir(parents=True, exist_ok=True)
        options.page.write_text(as_page(report), encoding="utf-8")
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
        raise Refused(problems)
    manual = read_manual()
    for path, text in (schemas(locales, manual) | references(locales, manual)).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
        print(path)
    return 0


if __name__ == "__main__":
    # Deprecations inside libraries are for their authors, not for a city's staff.
    warnings.simplefilter("ignore", DeprecationWarning)
    sys.exit(main())
