"""Run git only for reading: without network, and without programs that its configuration names."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

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


class GitError(Exception):
    """Git failed, is not installed or took too long; the text is its message, or empty."""


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
        raise GitError(done.stderr.decode(errors="replace").strip())
    return done.stdout
