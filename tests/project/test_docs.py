"""The documentation names files that exist, and every folder of the program."""

from __future__ import annotations

import re

import pytest
from support import ROOT

# The pages of messages show files as a mistake has them.
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    if not path.name.startswith("messages.")
)
# A folder that the first photograph makes, and names with a part to fill in, are left out.
_NOT_YET = "data/photos/"
_PATH = re.compile(
    r"`((?:bench|brochure|charts|data|docs|macros|overrides|requirements|schema|tests)"
    r"/[\w./-]*[\w/])`"
)


@pytest.mark.parametrize("page", PAGES)
def test_every_path_in_the_documentation_exists(page: str) -> None:
    """A path between backticks is a file or folder of the repository."""
    text = (ROOT / page).read_text(encoding="utf-8")
    missing = [
        path for path in _PATH.findall(text) if path != _NOT_YET and not (ROOT / path).exists()
    ]
    assert not missing


def test_the_architecture_page_has_every_folder_of_the_program() -> None:
    """The first level of the program is twelve entries, and the page describes each."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    entries = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in (ROOT / "brochure").iterdir()
        if path.name not in ("__init__.py", "__pycache__")
    }
    assert len(entries) <= 12
    assert {entry for entry in entries if f"| `{entry}` |" not in text} == set()
