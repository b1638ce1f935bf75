"""Every page is valid HTML by the checker that the W3C runs (the Nu Html Checker)."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from support import contents, tool

JAR = tool("vnu-jar/build/dist/vnu.jar")

# What Material's own frame does, or its script asks of ours, and browsers take well.
ACCEPTED = (
    # base.html: the checkboxes that open the search and the menu.
    r'“autocomplete” is only allowed when.*id="__(drawer|search)"',
    # Its script opens the search by the label of a checkbox; a keyboard reaches it as a button.
    r'“(role|aria-label)” attribute must not be used on any “label”.*for="__search"',
)


def objections(files: Iterable[Path]) -> list[str]:
    """The checker's errors: page, line, what is wrong, and the passage."""
    command = ["java", "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--stdout"]
    done = subprocess.run(
        [*command, "--errors-only", *map(str, files)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [
        f"{one['url']}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')}"
        for one in json.loads(done.stdout)["messages"]
    ]


def test_every_page_is_valid(built: Path) -> None:
    """No page of the publication has an error but the two that Material makes."""
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 20
    wrong = [
        line
        for line in objections(pages)
        if not any(re.search(accepted, line, re.DOTALL) for accepted in ACCEPTED)
    ]
    assert wrong == []


def test_the_checker_checks(built: Path, tmp_path: Path) -> None:
    """A page that is spoilt is found: an element that may not stand where it does, a doubled id,
    an unclosed element, an attribute that does not exist."""
    page = contents(built)["en/compare/index.html"].decode()
    for fault, words in {
        "<ul><p>x</p></ul>": "not allowed as child",
        '<p id="content">x</p>': "Duplicate ID",
        "<div>": "Unclosed element",
        '<p colour="red">x</p>': "not allowed on element",
    }.items():
        spoilt = tmp_path / "spoilt.html"
        spoilt.write_text(page.replace("</article>", f"{fault}</article>"), encoding="utf-8")
        assert any(words in line for line in objections([spoilt])), fault
