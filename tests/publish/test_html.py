"""Every page is valid HTML by the checker that the W3C runs (the Nu Html Checker)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from support import JAVA, tool

JAR = tool("vnu-jar/build/dist/vnu.jar")


FAULTS = {
    "<ul><p>x</p></ul>": "not allowed as child",
    '<p id="content">x</p>': "Duplicate ID",
    "<div>": "Unclosed element",
    '<p colour="red">x</p>': "not allowed on element",
}


def objections(files: Iterable[Path]) -> list[str]:
    """The checker's errors: page, line, what is wrong, and the passage."""
    command = [
        *JAVA,
        "-Xss8m",
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--exit-zero-always",
        "--stdout",
    ]
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


@pytest.fixture(scope="module")
def spoilt(built: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A page with each of the faults."""
    page = (built / "en/compare/index.html").read_text(encoding="utf-8")
    assert "</main>" in page
    folder = tmp_path_factory.mktemp("spoilt")
    files = [folder / f"spoilt-{n}.html" for n in range(len(FAULTS))]
    for file, fault in zip(files, FAULTS, strict=True):
        file.write_text(page.replace("</main>", f"{fault}</main>"), encoding="utf-8")
    return files


@pytest.fixture(scope="module")
def found(built: Path, spoilt: list[Path]) -> list[str]:
    """What the checker says of every page of the publication and of the spoilt ones, asked in one
    process: it takes long to start."""
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 20
    return objections([*pages, *spoilt])


def test_every_page_is_valid(found: list[str]) -> None:
    """No page of the publication has an error."""
    assert [line for line in found if "/spoilt-" not in line] == []


def test_the_checker_checks(found: list[str], spoilt: list[Path]) -> None:
    """A page that is spoilt is found: an element that may not stand where it does, a doubled id,
    an unclosed element, an attribute that does not exist."""
    for file, words in zip(spoilt, FAULTS.values(), strict=True):
        assert any(file.name in line and words in line for line in found), words
