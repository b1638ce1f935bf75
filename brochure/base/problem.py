"""What can be wrong with the input, and how it is told: where, what, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong at one place, in Korean and English.

    `file` is relative to the repository; `line` and `column` count from 1. A warning is told, and
    refuses nothing.
    """

    file: str
    line: int
    column: int
    ko: str
    en: str
    warning: bool = False

    @property
    def severity(self) -> str:
        return "warning" if self.warning else "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}\n  {self.ko}\n  {self.en}"

    def annotation(self) -> str:
        """The same as a GitHub workflow command, which marks the line in a pull request.

        Escapes follow the workflow command syntax of GitHub Actions.
        """
        message = _escaped(f"{self.ko}\n{self.en}")
        file = _escaped(self.file).replace(":", "%3A").replace(",", "%2C")
        place = f"file={file},line={self.line},col={self.column}"
        return f"::{self.severity} {place}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


class InputError(Exception):
    """The input has problems; all of them, sorted by place, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def nearest(name: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint in Korean and English: the known name nearest to `name`, else the whole list."""
    names = sorted(known)
    if close := get_close_matches(name, names, n=1):
        return f" 혹시 ‘{close[0]}’입니까?", f" Did you mean ‘{close[0]}’?"
    if not names:
        return "", ""
    listed = ", ".join(names)
    return f" 쓸 수 있는 이름: {listed}.", f" Known names: {listed}."
