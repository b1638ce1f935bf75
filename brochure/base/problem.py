"""Problems of the input with their places, and the errors of the program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brochure.base.message import Message


@dataclass(frozen=True)
class Problem:
    """One thing wrong at one place.

    `file` is relative to the repository; `line` and `column` count from 1. A warning is reported,
    and the check still passes.
    """

    file: str
    line: int
    column: int
    message: Message
    warning: bool = False

    @property
    def code(self) -> str:
        """The code of the message, as `figure.unknown-unit`."""
        return self.message.code

    @property
    def severity(self) -> str:
        """`warning` or `error`."""
        return "warning" if self.warning else "error"

    def text(self, language: str) -> str:
        """The problem and its correction, in a language."""
        return self.message.text(language)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems sorted by place, each once."""
    return tuple(
        sorted(
            set(problems),
            key=lambda problem: (problem.file, problem.line, problem.column, str(problem)),
        )
    )


class BrochureError(Exception):
    """An expected failure, reported without a traceback; the base of all this program's errors."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def text(self, language: str) -> str:
        """The reason of the failure, in a language."""
        return self.message.text(language)

    def __str__(self) -> str:
        return str(self.message)


class ProblemsError(BrochureError):
    """Problems at places in files; all of them, sorted by place, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(Message("problems.count", errors=len(self.problems), warnings=0))

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class InputError(ProblemsError):
    """The input has problems."""
