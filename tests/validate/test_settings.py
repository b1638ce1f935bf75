"""The settings in mkdocs.yml."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import Slip, assert_told

from brochure.base.message import Message

SLIPS = {
    "a hook": Slip(
        "mkdocs.yml",
        "strict: true\n",
        "strict: true\n‸hooks: [evil.py]\n",
        Message("entry.unknown", name="hooks"),
    ),
    "another configuration": Slip(
        "mkdocs.yml",
        "strict: true\n",
        "strict: true\n‸INHERIT: ../x.yml\n",
        Message("entry.unknown", name="INHERIT"),
    ),
    "a plugin": Slip(
        "mkdocs.yml",
        "plugins:\n",
        "plugins:\n  ‸macros: {a: b}\n",
        Message("entry.unknown", name="macros"),
    ),
    "an extension of Markdown": Slip(
        "mkdocs.yml",
        "markdown_extensions: []",
        "markdown_extensions: ‸[pymdownx.snippets]",
        Message("list.too-long", limit=0),
    ),
    "a script of a third party": Slip(
        "mkdocs.yml",
        "plugins:\n",
        "‸extra_javascript: ['https://evil.example/x.js']\nplugins:\n",
        Message("entry.unknown", name="extra_javascript"),
    ),
    "templates from elsewhere": Slip(
        "mkdocs.yml",
        "custom_dir: overrides/site",
        "custom_dir: ‸data",
        Message("value.not-accepted", value="data"),
    ),
    "a language without its words": Slip(
        "mkdocs.yml",
        "build: true}\n\n",
        "build: true}\n      - {locale: fr, name: Français, build: true}\n\n",
        Message("file.missing"),
        told="data/locales/fr.yaml",
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_the_settings_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each mistake is told at its line and column, with what would be right."""
    assert_told(slip, checked, alone=slip is not SLIPS["a language without its words"])
