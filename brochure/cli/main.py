"""The command line: build the site, check the input, preview it, start a new city."""

from __future__ import annotations

import signal
import sys
from types import FrameType

from brochure.base.problem import InputError
from brochure.cli.arguments import parser
from brochure.cli.commands import audience
from brochure.cli.output import os_error_message, report_problems


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    The result is the exit status: 0 done, 1 refused, 2 wrong usage, 130 or 143 interrupted.
    """
    options = parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, interrupted)
    try:
        return int(options.run(options))
    except OSError as error:
        print(os_error_message(error, options.root), file=sys.stderr)
        return 1
    except KeyboardInterrupt as stop:
        print(
            "중단했습니다. dist/에는 마지막으로 완성된 것이 온전히 있습니다.\n"
            "Interrupted. dist/ holds what was last finished, whole.",
            file=sys.stderr,
        )
        return 128 + (stop.args[0] if stop.args else signal.SIGINT)
    except InputError as error:
        report_problems(
            error.problems, options.root, audience(options), getattr(options, "format", None)
        )
        return 1


def interrupted(number: int, frame: FrameType | None) -> None:
    """Stop as Ctrl-C does, so that everything is put away in order."""
    raise KeyboardInterrupt(number)
