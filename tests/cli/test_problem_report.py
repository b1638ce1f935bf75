"""Reports of problems: as text with the line and a mark under it, to GitHub, to a machine."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from support import copy_input

from brochure.base.message import Message
from brochure.base.problem import Problem
from brochure.cli.main import main
from brochure.cli.problem_report import as_annotations, as_json, as_text, excerpt
from brochure.load.audience import Audience
from brochure.load.repository import load
from brochure.load.yaml import parse_yaml

BRUMA = "data/cities/bruma.yaml"


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    """A copy of the tiny repository with an unknown unit."""
    root = copy_input(tmp_path / "miniature")
    file = root / BRUMA
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("unit: person", "unit: persons"), encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("line", "column", "shown", "mark"),
    [
        ("a: bc", 4, "a: bc", "   ^^"),
        ("이름: 대전", 5, "이름: 대전", "      ^^^^"),
        ("\ta: 'b c'", 5, "    a: 'b c'", "       ^^^^^"),
        ("a: b", 5, "a: b", "    ^"),
        ("", 1, "", "^"),
        ("a: \u202eb", 4, "a: \ufffdb", "   ^"),
        ("e\u0301a: b", 5, "e\u0301a: b", "   ^"),
        ('{{ fact("x") }}이', 1, '{{ fact("x") }}이', "^" * 15),
    ],
)
def test_the_mark_stands_under_the_word(line: str, column: int, shown: str, mark: str) -> None:
    """A wide character moves the mark by two columns, a tab by four, a combining one by none; what
    cannot be seen is shown as a box."""
    assert excerpt(line, column) == (shown, mark)


@pytest.mark.parametrize("before", ["가" * 500, "a " * 500, ""])
@pytest.mark.parametrize("after", ["나" * 500, ""])
def test_a_long_line_is_cut_around_the_mark(before: str, after: str) -> None:
    """Of a paragraph a terminal's width is shown, and the mark stands under its word there."""
    shown, mark = excerpt(f"{before}‘{after}", len(before) + 1)
    widths = [2 if unicodedata.east_asian_width(letter) == "W" else 1 for letter in shown]
    assert sum(widths) <= 82
    at = next(i for i in range(len(shown)) if sum(widths[:i]) == len(mark) - 1)
    assert shown[at] == "‘"
    assert shown.startswith("...") == bool(before) and shown.endswith("...") == bool(after)


def test_the_line_is_shown(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` shows each problem with its line and a mark, and ends with how many there are."""
    assert main(["--root", str(miniature), "check"]) == 1
    shown = capsys.readouterr()
    assert not shown.out
    lines = shown.err.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(BRUMA))
    place, code = lines[at].split(" ")
    number = place.split(":")[1]
    assert re.fullmatch(r"[a-z-]+\.[a-z-]+|legacy", code)
    assert lines[at + 3].startswith(f"  {number} |   population: {{indicator: population")
    start = lines[at + 3].index("persons")
    assert lines[at + 4] == " " * (3 + len(number)) + "|" + " " * (start - len(number) - 4) + (
        "^" * 7
    )
    assert lines[-3:-1] == [
        "고칠 곳 1군데. 아무것도 바꾸지 않았습니다.",
        "1 problem. Nothing was changed.",
    ]


def test_a_machine_reads_problems(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --format json` gives an array of objects on stdout and nothing else; empty if all is
    well."""
    assert main(["--root", str(miniature), "check", "--format", "json"]) == 1
    shown = capsys.readouterr()
    assert not shown.err
    (problem,) = json.loads(shown.out)
    assert set(problem) == {
        "file", "line", "column", "severity", "code", "messages", "source"
    }  # fmt: skip
    assert (problem["file"], problem["severity"]) == (BRUMA, "error")
    assert problem["source"][problem["column"] - 1 :].startswith("persons")
    assert list(problem["messages"]) == ["ko", "en"]
    assert all("‘person’" in text for text in problem["messages"].values())

    file = miniature / BRUMA
    file.write_text(file.read_text(encoding="utf-8").replace("persons", "person"), encoding="utf-8")
    assert main(["--root", str(miniature), "check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_github_is_told_on_request(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --format github` prints the annotations on stdout, and words for the log on stderr."""
    assert main(["--root", str(miniature), "check", "--format", "github"]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith(f"::error file={BRUMA},line=") and shown.out.count("\n") == 1
    assert "persons" in shown.err


def test_a_warning_is_told_as_one(tmp_path: Path) -> None:
    """A warning says that it is one, in words, to GitHub and to a machine."""
    problem = Problem("a.yaml", 1, 1, Message("audit.missing-file"), warning=True)
    readers = Audience(tmp_path, ["ko", "en"])
    text = as_text([problem], tmp_path, readers)
    assert "  경고: 파일이 없습니다.\n  Warning: The file is missing." in text
    assert as_annotations([problem], readers).startswith("::warning file=a.yaml")
    assert json.loads(as_json([problem], tmp_path, readers))[0]["severity"] == "warning"


def test_input_commands_no_terminal_and_no_runner(tmp_path: Path) -> None:
    """Neither a file's name, a value nor a line of it can move the cursor, or begin a line that
    GitHub's runner takes as a command."""
    (tmp_path / "a.yaml").write_text("##[error]\x1b[2J::error::x\n", encoding="utf-8")
    hostile = "‘\r\n::error::a ##[debug]\x1b]0;x\x07’"
    text = as_text(
        [
            Problem("a.yaml", 1, 1, Message("audit.dead-link", link=hostile)),
            Problem("b\n::error::b.yaml", 1, 1, Message("audit.dead-link", link="가" * 10_000)),
        ],
        tmp_path,
        Audience(tmp_path, ["ko", "en"]),
    )
    assert "\x1b" not in text and "\x07" not in text and "##[d" not in text
    assert not any(line.lstrip().startswith("::") for line in text.split("\n"))
    assert len(text) < 3_000


def test_the_line_of_a_link_is_not_shown(tmp_path: Path) -> None:
    """What a symbolic link leads to is never printed."""
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    root = tmp_path / "root"
    (root / "data").mkdir(parents=True)
    (root / "data/a.yaml").symlink_to(tmp_path / "secret")
    (root / "more").symlink_to(tmp_path, target_is_directory=True)
    files = ("data/a.yaml", "more/secret", "../secret")
    problems = [Problem(file, 1, 1, Message("audit.missing-file")) for file in files]
    text = as_text(problems, root, Audience(root))
    assert "secret" not in text.replace("more/secret", "").replace("../secret", "")


def test_hangul_in_parts_is_put_together(tmp_path: Path) -> None:
    """A file from macOS whose Hangul is in parts (NFD) is accepted, and its text comes out whole;
    columns count whole letters."""
    root = copy_input(tmp_path / "miniature")
    file = root / BRUMA
    text = file.read_text(encoding="utf-8")
    file.write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    assert file.read_bytes() != text.encode()
    repository = load(root)
    assert not repository.problems
    assert repository.documents[BRUMA] == parse_yaml(BRUMA, text)
