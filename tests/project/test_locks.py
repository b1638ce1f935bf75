"""What is installed is what was locked: by version and hash, from wherever a machine gets it."""

from __future__ import annotations

import json
import re

import pytest
from support import ROOT

FOLDER = ROOT / "requirements"
PYTHON = sorted(path.name for path in FOLDER.glob("*.txt"))
NPM = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("package-lock.json"))


@pytest.mark.parametrize("name", PYTHON)
def test_python_packages_are_locked(name: str) -> None:
    """Each package has one version and hashes, and no line names an address to get it from."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    entries = re.findall(r"^[^\s#].*(?:\n    --hash.*)*", text, re.MULTILINE)
    assert len(entries) > 3
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", entry) and "--hash=sha256:" in entry, entry
    assert not re.search(r"--(extra-)?index.url|--find-links|://", re.sub("#.*", "", text))


def test_the_form_is_tried_with_the_yaml_library_that_is_bundled() -> None:
    """The tests and the bundle of the form ask for the same version of the package."""
    files = [FOLDER / "package.json", FOLDER / "editor/package.json"]
    asked = [json.loads(file.read_text(encoding="utf-8"))["devDependencies"] for file in files]
    assert asked[0]["yaml"] == asked[1]["yaml"]


@pytest.mark.parametrize("name", NPM)
def test_packages_of_npm_are_locked(name: str) -> None:
    """Each package has a version and a hash and names no address; and none asks for a tag such as
    `latest`, which the npm of Debian 12 and those since cannot hold against such a lock alike.

    Where a package itself does (Lighthouse's @paulirish/trace_engine), its entry in the lock is
    given the locked version by hand; npm keeps that.
    """
    packages = json.loads((FOLDER / name).read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 3
    for path, one in packages.items():
        assert "resolved" not in one, path
        assert not path or (one["version"] and one["integrity"].startswith("sha512-")), path
        for wanted, spec in one.get("dependencies", {}).items():
            assert re.search("[0-9*]", spec), f"{path}: {wanted} {spec}"
