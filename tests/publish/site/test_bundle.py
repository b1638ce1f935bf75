"""The stylesheet and the script of the site, joined from parts that a browser could load alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from support import ROOT

from brochure.base.message import Message
from brochure.base.problem import InputError, Problem
from brochure.publish.site.bundle import bundles, script, style_sheet


def repository(folder: Path, **files: str) -> Path:
    """A repository with these files below `overrides/`, named with `__` for a slash."""
    for name, text in files.items():
        stem, _, ending = name.replace("__", "/").rpartition("_")
        file = folder / "overrides" / f"{stem}.{ending}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def test_a_part_of_the_style_sheet_stands_in_its_layer_or_medium(tmp_path: Path) -> None:
    """What the entry says itself stays, each import becomes the part, in the order of the entry."""
    root = repository(
        tmp_path,
        styles__site_css=(
            "@layer low, high;\n"
            '@import "../shared/tokens.css" layer(low);\n'
            '@import "head.css" layer(high);\n'
            '@import "paper.css" print;\n'
        ),
        shared__tokens_css=":root { --a: 1 }\n",
        styles__head_css="h1 { margin: 0 }\n",
        styles__paper_css="h1 { color: black }\n",
    )
    assert style_sheet(root) == (
        "@layer low, high;\n"
        "@layer low {\n:root { --a: 1 }\n}\n"
        "@layer high {\nh1 { margin: 0 }\n}\n"
        "@media print {\nh1 { color: black }\n}\n"
    )


def test_parts_of_the_script_keep_their_names_to_themselves(tmp_path: Path) -> None:
    """Two parts may use the same names, and may fetch a module when it is asked for."""
    root = repository(
        tmp_path,
        scripts__site_js='import "./one.js";\nimport "./other.js";\n',
        scripts__one_js='const root = "one";\nimport("./late.js");\nconsole.log(root);\n',
        scripts__other_js='const root = "other";\nconsole.log(root);\n',
        scripts__late_js="",
    )
    file = root / "overrides/scripts/joined.mjs"
    file.write_text(script(root), encoding="utf-8")
    done = subprocess.run(["node", file], capture_output=True, text=True, check=True)
    assert done.stdout == "one\nother\n"


@pytest.mark.parametrize(
    "line", ['import "./two.js";', 'import { a } from "./two.js";', "export const a = 1;"]
)
def test_a_part_that_imports_or_exports_is_refused(tmp_path: Path, line: str) -> None:
    """Within a block it could not; the error names the line."""
    root = repository(
        tmp_path, scripts__site_js='import "./one.js";\n', scripts__one_js=f"// one\n{line}\n"
    )
    with pytest.raises(InputError) as error:
        script(root)
    message = Message("asset.import-in-part", line=line)
    assert error.value.problems == (Problem("overrides/scripts/one.js", 2, 1, message),)


def test_a_part_of_the_style_sheet_that_imports_is_refused(tmp_path: Path) -> None:
    """A browser would take no heed of an import within a layer."""
    root = repository(
        tmp_path,
        styles__site_css='@import "one.css" layer(base);\n',
        styles__one_css='@import "two.css";\n',
    )
    with pytest.raises(InputError) as error:
        style_sheet(root)
    message = Message("asset.import-in-part", line='@import "two.css";')
    assert error.value.problems == (Problem("overrides/styles/one.css", 1, 1, message),)


def test_a_part_that_is_missing_is_told_where_it_is_imported(tmp_path: Path) -> None:
    """The error names the line of the import."""
    root = repository(tmp_path, styles__site_css='@layer base;\n\n@import "one.css" layer(base);\n')
    with pytest.raises(InputError) as error:
        style_sheet(root)
    message = Message("asset.missing-part", name="one.css")
    assert error.value.problems == (Problem("overrides/styles/site.css", 3, 1, message),)


def test_every_part_of_the_site_is_published_once() -> None:
    """Each file of the folders is joined or published by itself; no import is left."""
    published = {file.name: file.make().decode() for file in bundles(ROOT)}
    styles, scripts = published["assets/site.css"], published["assets/site.js"]
    assert not re.search(r"@import|!important", styles)
    assert not re.search(r"^import\b(?! *\()", scripts, re.MULTILINE)
    folders = ("overrides/shared/*.css", "overrides/styles/*.css", "overrides/scripts/*.js")
    for file in (file for pattern in folders for file in ROOT.glob(pattern)):
        text = file.read_text(encoding="utf-8")
        if file.name not in ("site.css", "site.js"):
            assert sum(joined.count(text) for joined in published.values()) == 1, file


def test_every_layer_is_named_first() -> None:
    """A layer's place among the others is said in one line, before any of them has rules."""
    lines = (ROOT / "overrides/styles/site.css").read_text(encoding="utf-8").splitlines()
    order = next(line for line in lines if line.startswith("@layer"))
    named = re.findall(r"[a-z]+", order.removeprefix("@layer"))
    assert named == ["reset", "base", "components", "utilities"]
    text = style_sheet(ROOT)
    assert set(re.findall(r"@layer ([a-z]+) \{", text)) == set(named)
