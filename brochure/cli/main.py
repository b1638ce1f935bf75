"""The command line: build the site, check the input, preview it, start a new city."""

from __future__ import annotations

import signal
from types import FrameType

from brochure.base.message import Message
from brochure.base.problem import BrochureError, ProblemsError
from brochure.cli.arguments import parser
from brochure.cli.commands import audience
from brochure.cli.output import print_message, report_error


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    The result is the exit status: 0 done, 1 refused, 2 wrong usage, 130 or 143 interrupted.
    """
    options = parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, interrupted)
    try:
        return int(options.run(options))
    except (BrochureError, OSError) as error:
        readers = audience(options)
        report_error(error, options.root, readers, getattr(options, "format", None))
        if options.publishes and not isinstance(error, ProblemsError):
            # The report of problems ends with the same in its own words.
            print_message(Message("release.unchanged"), readers, error=True)
        return 1
    except KeyboardInterrupt as stop:
        print_message(Message("command.interrupted"), audience(options), error=True)
        return 128 + (stop.args[0] if stop.args else signal.SIGINT)


def interrupted(number: int, frame: FrameType | None) -> None:
    """Stop as Ctrl-C does, so that files and processes are cleaned up."""
    raise KeyboardInterrupt(number)
