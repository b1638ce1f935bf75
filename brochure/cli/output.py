"""How problems, system errors and results are printed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.base.message import Message
from brochure.base.problem import Problem

if TYPE_CHECKING:
    from brochure.load.audience import Audience

# The forms of a report: for a person, for GitHub as well, for a machine.
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
    lines = (" ".join(part.text(language) for part in shown) for language in audience.staff)
    print("\n".join([as_text(problems, root, audience), "", *lines]), file=sys.stderr)


def os_error_message(error: OSError, root: Path) -> str:
    """What the system refused, and where, in Korean and English."""
    reason = error.strerror or str(error)
    place = str(error.filename or "")
    place = place.removeprefix(f"{root.resolve()}{os.sep}")
    colon = ": " if place else ""
    korean = SYSTEM_KO.get(error.errno or 0, reason)
    return f"{place}{colon}{korean}.\n{place}{colon}{reason}."


def put_out(text: str) -> None:
    """Write a text for a file or another program: UTF-8, whatever the terminal's encoding is."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()
