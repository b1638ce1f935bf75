"""The scripts that need no browser, tried by node's own test runner (tests/js/)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from support import ROOT, tool

from brochure.editing.cms_form import form
from brochure.load.repository import load
from brochure.model.help import read_manual
from brochure.render.templates import Templates
from brochure.validate.validate import validate

FILES = sorted((ROOT / "tests/js").glob("*.test.mjs"))


@pytest.fixture(scope="module")
def fields(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the fields that the form has for a city."""
    documents = load(ROOT)
    made = form(validate(documents), read_manual, Templates(documents.templates))
    config = json.loads(made["edit/config.json"].make())
    file = tmp_path_factory.mktemp("form") / "fields.json"
    file.write_text(json.dumps(config["collections"][0]["fields"]), encoding="utf-8")
    return file


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_scripts(fields: Path, file: Path) -> None:
    """Every test of the file passes; what node says of those that fail is shown."""
    environment = os.environ | {"CITY_FIELDS": str(fields), "NODE_PATH": str(tool(""))}
    done = subprocess.run(
        ["node", "--test", str(file)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # A file without a test would pass as well.
    assert "# fail 0" in done.stdout and "# tests 0" not in done.stdout
