"""Run git only for reading: without network, and without programs that its configuration names."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from brochure.base.message import Message
from brochure.base.problem import BrochureError

_SECONDS = 60
_GIT = (
    "git",
    "--no-pager",
    "--no-replace-objects",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "log.showSignature=false"),
    *("-c", "protocol.allow=never"),
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}


class GitError(BrochureError):
    """Git failed, is not installed or took too long; `reason` is in its own words."""

    def __init__(self, reason: str) -> None:
        super().__init__(Message("git.failed", reason=reason))
        self.reason = reason


def run(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return the output of git in the repository at `root`, with `given` on its standard input.

    Raises GitError.
    """
    try:
        done = subprocess.run(
            [*_GIT, "-C", str(root), *arguments],
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            env=os.environ | _ENVIRONMENT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(str(error)) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()
        raise GitError(reason or f"exit status {done.returncode}")
    return done.stdout
