"""Every page is valid HTML by the checker that the W3C runs (the Nu Html Checker)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from support import contents, tool

JAR = tool("vnu-jar/build/dist/vnu.jar")


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
    """No page of the publication has an error."""
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 20
    assert objections(pages) == []


def test_the_checker_checks(built: Path, tmp_path: Path) -> None:
    """A page that is spoilt is found: an element that may not stand where it does, a doubled id,
    an unclosed element, an attribute that does not exist."""
    page = contents(built)["en/compare/index.html"].decode()
    faults = {
        "<ul><p>x</p></ul>": "not allowed as child",
        '<p id="content">x</p>': "Duplicate ID",
        "<div>": "Unclosed element",
        '<p colour="red">x</p>': "not allowed on element",
    }
    files = [tmp_path / f"spoilt-{n}.html" for n in range(len(faults))]
    for file, fault in zip(files, faults, strict=True):
        file.write_text(page.replace("</main>", f"{fault}</main>"), encoding="utf-8")
    found = objections(files)
    for file, words in zip(files, faults.values(), strict=True):
        assert any(file.name in line and words in line for line in found), words
