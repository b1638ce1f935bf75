"""The page of all messages: each code has an example, and the program says so of the example."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import ROOT, copy_input

from brochure.base.message import REFERENCE, Message, catalogue, languages
from brochure.cli.check import examine
from brochure.editing.message_reference import examples

# Topics and codes that report no mistake: parts of sentences, what a build or a report says of
# itself, and what `new-city` asks.
REPORTS = (
    "alphabet.", "build.", "check.", "hint.", "language.", "message-page.", "new-city.ask-",
    "new-city.comment-", "new-city.introduction", "new-city.next-step", "preflight.on-page",
    "problems.", "release.unchanged", "screenshots.written", "serve.rebuilt", "skip.count",
    "summary.", "translation.in-commit", "translation.not-committed", "translations.",
)  # fmt: skip
REPORTS_OF_CHANGES = {
    f"change.{name}"
    for name in (
        "added", "brochures", "brochures-section", "changed", "entries-added", "entries-removed",
        "factor", "figures", "files-section", "former-state-refused", "nothing", "pages",
        "pages-section", "percent", "photo", "refused", "removed", "same", "source",
        "stale-introduction", "stale-title", "texts", "title", "values",
    )
}  # fmt: skip
# Why an example is not made in the tiny repository, by the beginning of its code.
NOT_MADE = {
    "audit.": "found in the finished site, which the program makes itself",
    "change.": "a command outside of a git repository, or with an unknown commit",
    "chart.": "a fault of drawing",
    "colour-profile.": "an installation without a part of the program",
    "command.": "an interrupted command",
    "dossier.not-placed": "told in the dossier, of a line in a narrative",
    "dossier.placed-twice": "told in the dossier, of a line in a narrative",
    "figure.thousandfold": "needs a git history",
    "file.": "about the name or the encoding of a whole file",
    "git.": "a failure of git",
    "narrative.": "about a whole file, or its first lines",
    "new-city.": "an argument of a command",
    "news.": "about a whole file, or its first lines",
    "pdf-engine.": "found while printing",
    "photo.": "about a photograph",
    "preflight.": "found in a printed file",
    "print-process.": "found while printing",
    "release.": "about the folder of the release",
    "screenshots.": "needs a computer without a browser",
    "serve.": "about a port of the computer",
    "site.": "a failure of MkDocs",
    "skip.": "in a file that the tiny repository does not have",
    "still-right.": "in a file that the tiny repository does not have",
    "system.": "an error of the system",
    "template.": "about a template",
    "translation.": "in a file that the tiny repository does not have, or needs a git history",
}
MADE = {code: example for code, example in examples().items() if example.file}


def test_every_code_has_an_example_or_reports_no_mistake() -> None:
    """The page has an example of each message about a mistake."""
    reports = {
        code
        for code in catalogue(REFERENCE)
        if code.startswith(REPORTS) or code in REPORTS_OF_CHANGES
    }
    assert set(catalogue(REFERENCE)) - set(examples()) == reports - set(examples())
    assert set(examples()) <= set(catalogue(REFERENCE)) - reports


def test_an_example_that_is_not_made_has_a_reason() -> None:
    """What can be made in the tiny repository is made there; what cannot is known, by name."""
    without = set(examples()) - set(MADE)
    assert {code for code in without if not code.startswith(tuple(NOT_MADE))} == set()
    assert {start for start in NOT_MADE if not any(code.startswith(start) for code in without)} == (
        set()
    )


@pytest.fixture(scope="module")
def tiny_input(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny repository, each of whose files is put back after it was changed."""
    return copy_input(tmp_path_factory.mktemp("messages") / "miniature")


@pytest.mark.parametrize("code", MADE)
def test_an_example_is_what_the_program_says(code: str, tiny_input: Path) -> None:
    """With the wrong form in the place of the right one, the check says the message of the example
    at that very line, as an error or as a warning."""
    example = MADE[code]
    assert example.file
    file = tiny_input / example.file
    text = file.read_text(encoding="utf-8")
    assert text.count(example.right) == 1, "the right form stands at one place of the file"
    first = text[: text.index(example.right)].count("\n") + 1
    lines = range(first, first + example.wrong.count("\n") + 1)
    file.write_text(text.replace(example.right, example.wrong), encoding="utf-8", newline="")
    try:
        problems = examine(tiny_input).problems
    finally:
        file.write_text(text, encoding="utf-8", newline="")
    found = [
        problem for problem in problems if problem.file == example.file and problem.line in lines
    ]
    assert (code, example.severity) in {(problem.code, problem.severity) for problem in found}
    shown = {problem.text(REFERENCE) for problem in found}
    assert example.message.text(REFERENCE) in shown


def test_the_examples_are_filled_in() -> None:
    """Each example has its message in every language, with all that fills it."""
    for code, example in examples().items():
        for language in languages():
            assert "{" not in Message(code).code
            assert example.message.text(language).strip(), code
        assert example.wrong != example.right or code == "system.error", code


@pytest.mark.parametrize("language", languages())
def test_the_page_is_what_is_committed(language: str) -> None:
    """`make schema` would write the page that is committed, with a heading for each code."""
    page = (ROOT / f"docs/messages.{language}.md").read_text(encoding="utf-8")
    assert [line[5:-1] for line in page.split("\n") if line.startswith("### ")] == sorted(
        examples()
    )
    for code, example in examples().items():
        assert f"### `{code}`" in page
        assert all(line in page for line in example.right.split("\n"))
