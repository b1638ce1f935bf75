"""Output of messages, problems and system errors."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.base.message import Message, lines
from brochure.base.problem import BrochureError, Problem, ProblemsError

if TYPE_CHECKING:
    from brochure.load.audience import Audience

# The forms of a report: for a person, for GitHub as well, for a machine.
FORMATS = ("text", "github", "json")
# The errors of the system that have a message of their own; others are given in its words.
SYSTEM_ERRORS = {
    errno.EACCES: Message("system.permission-denied"),
    errno.EBUSY: Message("system.busy"),
    errno.EDQUOT: Message("system.quota-exceeded"),
    errno.EEXIST: Message("system.exists"),
    errno.EFBIG: Message("system.file-too-large"),
    errno.EISDIR: Message("system.is-a-folder"),
    errno.ENOENT: Message("system.missing"),
    errno.ENOSPC: Message("system.no-space"),
    errno.ENOTDIR: Message("system.not-a-folder"),
    errno.ENOTEMPTY: Message("system.folder-not-empty"),
    errno.EPERM: Message("system.not-permitted"),
    errno.EROFS: Message("system.read-only"),
    errno.EXDEV: Message("system.other-file-system"),
}


def report_error(
    error: BrochureError | OSError, root: Path, audience: Audience, form: str | None = None
) -> None:
    """Print an expected failure on stderr; problems in a form of `FORMATS`."""
    if isinstance(error, ProblemsError):
        report_problems(error.problems, root, audience, form)
    else:
        message = os_error_message(error, root) if isinstance(error, OSError) else error.message
        print_message(message, audience, error=True)


def report_problems(
    problems: Sequence[Problem], root: Path, audience: Audience, form: str | None = None
) -> None:
    """Print problems and their number in a form of `FORMATS`."""
    from brochure.cli.problem_report import as_annotations, as_json, as_text

    if form == "json":
        print(as_json(problems, root, audience))
        return
    if form == "github" or (form is None and os.environ.get("GITHUB_ACTIONS")):
        print(as_annotations(problems, audience))
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    shown = [Message("problems.count", errors=errors, warnings=warnings)]
    shown += [Message("problems.unchanged")] * bool(errors)
    counted = (" ".join(part.text(language) for part in shown) for language in audience.staff)
    print("\n".join([as_text(problems, root, audience), "", *counted]), file=sys.stderr)


def print_message(message: Message, audience: Audience, *, error: bool = False) -> None:
    """Print a message in the languages of the staff, a line each; an error on stderr."""
    print("\n".join(lines(message, audience.staff)), file=sys.stderr if error else sys.stdout)


def os_error_message(error: OSError, root: Path) -> Message:
    """The message about an error of the system, with the path that it concerns."""
    reason = SYSTEM_ERRORS.get(error.errno or 0, error.strerror or str(error))
    path = str(error.filename or "").removeprefix(f"{root.resolve()}{os.sep}")
    if not path:
        return Message("system.error", reason=reason)
    return Message("system.error-at-path", path=path, reason=reason)


def put_out(text: str) -> None:
    """Write a text for a file or another program: UTF-8, whatever the terminal's encoding is."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()
