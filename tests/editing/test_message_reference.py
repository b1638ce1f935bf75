"""The page of all messages: each code has an example, and the program says so of the example."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import ROOT, copy_input

from brochure.base.message import REFERENCE, catalogue, languages
from brochure.base.problem import Problem
from brochure.cli.check import examine
from brochure.editing.message_reference import Example, examples, message_pages

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
    "asset.": "in a script or stylesheet",
    "audit.": "found in the finished site, which the program makes itself",
    "change.": "a command outside of a git repository, or with an unknown commit",
    "character.control": "a character that no committed file should have",
    "character.direction": "a character that no committed file should have",
    "character.invisible": "a character that no committed file should have",
    "character.private": "a character that no committed file should have",
    "chart.": "a fault of drawing",
    "colour-profile.": "an installation without a part of the program",
    "command.": "an interrupted command",
    "dossier.another-order": "told of a whole file",
    "dossier.not-placed": "told in the dossier, of a line in a narrative",
    "dossier.placed-twice": "told in the dossier, of a line in a narrative",
    "figure.thousandfold": "needs a git history",
    "file.": "about the name or the encoding of a whole file",
    "git.": "a failure of git",
    "link.mail-address": "the tiny repository links to no mail address",
    "link.telephone": "the tiny repository links to no telephone number",
    "link.without-mailto": "the tiny repository links to no mail address",
    "narrative.": "about a whole file, or its first lines",
    "new-city.": "an argument of a command",
    "news.": "about a whole file, or its first lines",
    "pdf-engine.": "found while printing",
    "placeholder.too-long": "more than a page should show",
    "placeholder.too-many": "more than a page should show",
    "plot.without-numbers": "a table of which several cells are edited",
    "photo.": "about a photograph",
    "preflight.": "found in a printed file",
    "print-process.": "found while printing",
    "release.": "about the folder of the release",
    "screenshots.": "needs a computer without a browser",
    "serve.": "about a port of the computer",
    "similarity.nothing-to-compare": "a table of which several cells are edited",
    "similarity.only-zeros": "a table of which several cells are edited",
    "site.": "a failure of MkDocs",
    "skip.": "in a file that the tiny repository does not have",
    "still-right.": "in a file that the tiny repository does not have",
    "table.negative": "a table of which a unit and a cell are edited",
    "system.": "an error of the system",
    "template.": "about a template",
    "unit.without-words": "told in data/indicators.yaml, of a word in data/locales/",
    "words.missing": "told of a whole file",
    "words.unknown-language": "told of a whole file",
    "yaml.not-readable": "what the parser refuses and no other message explains",
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
    """With the wrong form in its place, the check says the message of the example at that very
    line, as an error or as a warning; with the right one it does not."""
    example = MADE[code]
    found = problems_with(example, example.wrong, tiny_input)
    assert (code, example.warning) in {(problem.code, problem.warning) for problem in found}
    assert example.message.text(REFERENCE) in {problem.text(REFERENCE) for problem in found}
    if example.right != example.replaced:
        assert problems_with(example, example.right, tiny_input) == []


def problems_with(example: Example, form: str, root: Path) -> list[Problem]:
    """The problems at the lines of a form that is put into the file of an example for a while."""
    assert example.file
    file = root / example.file
    text = file.read_text(encoding="utf-8")
    assert text.count(example.replaced) == 1, "the form must fit one place"
    first = text[: text.index(example.replaced)].count("\n") + 1
    lines = range(first, first + form.count("\n") + 1)
    file.write_text(text.replace(example.replaced, form), encoding="utf-8", newline="")
    try:
        problems = examine(root).problems
    finally:
        file.write_text(text, encoding="utf-8", newline="")
    return [
        problem for problem in problems if problem.file == example.file and problem.line in lines
    ]


def test_the_examples_are_filled_in() -> None:
    """Each example has its message in every language, with all that fills it."""
    for code, example in examples().items():
        for language in languages():
            assert example.message.text(language).strip(), code
        assert example.wrong != example.right or code == "system.error", code


@pytest.mark.parametrize("language", languages())
def test_the_page_is_what_is_committed(language: str) -> None:
    """`make schema` would write the page that is committed, with a heading for each code."""
    page = (ROOT / f"docs/messages.{language}.md").read_text(encoding="utf-8")
    assert [line[5:-1] for line in page.split("\n") if line.startswith("### ")] == sorted(
        examples()
    )
    assert message_pages()[f"docs/messages.{language}.md"] == page
