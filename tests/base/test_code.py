"""The code that a result depends on: nothing is missing from it, and nothing unrelated is in it."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT

from brochure.base import code, native_libraries, packages
from brochure.base.code import dependencies, import_graph, module_file, reachable
from brochure.base.program import sources


@pytest.fixture(scope="module")
def graph() -> dict[str, list[str]]:
    """The graph of this program."""
    return import_graph()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A program of a few modules, for a test to fill."""
    for name in ("brochure/__init__.py", "brochure/a.py", "brochure/b.py", "charts/__init__.py",
                 "charts/bars.py", "charts/land.json", "fonts/a.ttf", "build.py"):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    yield tmp_path
    sources.cache_clear()


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("import brochure.b", {"brochure/__init__.py", "brochure/b.py"}),
        ("from brochure import b", {"brochure/__init__.py", "brochure/b.py"}),
        ("from brochure.b import thing", {"brochure/__init__.py", "brochure/b.py"}),
        ("from . import b", {"brochure/__init__.py", "brochure/b.py"}),
        ("from .b import thing", {"brochure/__init__.py", "brochure/b.py"}),
        ("from brochure.b import (  # two names (of it)\n    one,\n    two,\n)",
         {"brochure/__init__.py", "brochure/b.py"}),
        ("def f():\n    from brochure import b", {"brochure/__init__.py", "brochure/b.py"}),
        ("class C:\n    def f(self):\n        if x:\n            import charts.bars",
         {"charts/__init__.py", "charts/bars.py"}),
        ("import importlib\nimportlib.import_module(f'charts.{kind}')",
         {"charts/__init__.py", "charts/bars.py"}),
        ("from importlib import import_module\nimport_module('charts.bars')",
         {"charts/__init__.py", "charts/bars.py"}),
        ("from pathlib import Path\nX = Path(__file__).parent.parent / 'charts' / 'land.json'",
         {"charts/land.json"}),
        ("from pathlib import Path as P\nX = P(__file__).resolve().parents[1] / 'fonts'",
         {"fonts/"}),
        ("from pathlib import Path\nX = Path(__file__).with_name('b.py')", {"brochure/b.py"}),
        ("from pathlib import Path\nROOT = Path(__file__).parents[1]", set()),
        ("import json, yaml\nfrom PIL import Image", {"package pyyaml", "package pillow"}),
        ("def f():\n    import not_installed", {"package not-installed"}),
        ('"""import brochure.b and more"""', set()),
    ],
)  # fmt: skip
def test_what_a_module_names_is_found(source: str, needed: set[str], small: Path) -> None:
    """Imports of all forms, also within functions, of a whole package by computed names, and data
    files that a module finds beside itself."""
    assert dependencies("brochure/a.py", source.encode(), small) == needed


@pytest.mark.parametrize(
    "source",
    [
        "import importlib\nimportlib.import_module(name)",
        "import importlib\nimportlib.import_module(f'{package}.bars')",
        "import os\nX = os.path.dirname(__file__)",
        "import os\nX = open(__file__, 'rb')",
    ],
)
def test_what_cannot_be_found_is_an_error(source: str, small: Path) -> None:
    """A module whose dependencies only a run would tell is refused, with its place."""
    with pytest.raises(ValueError, match=r"^brochure/a\.py:2:\d+: .*cannot be told"):
        dependencies("brochure/a.py", source.encode(), small)


def test_no_import_of_the_program_is_missed(graph: dict[str, list[str]]) -> None:
    """The statements that are picked out of each module's text are all that its syntax tree has."""
    for file in sources(ROOT):
        if file.endswith(".py"):
            source = (ROOT / file).read_bytes()
            tree = code._Names(file, sources(ROOT))
            tree.visit(ast.parse(source))
            picked = code._Names(file, sources(ROOT))
            picked.visit(code._imports(source))
            assert picked.modules == tree.modules, file
            assert picked.paths == tree.paths, file


def test_what_a_build_opens_and_imports_is_in_the_graph(
    tiny: Path, graph: dict[str, list[str]]
) -> None:
    """Of the program's own files, a build reads none that the modules which make it do not name;
    and it imports no package that they do not name or require."""
    program = (
        "import sys, json; sys.path.insert(0, sys.argv[1]); opened = set()\n"
        # What the environment loads before any program is not meant.
        "before = set(sys.modules)\n"
        "from pathlib import Path; from brochure.base.cache import Cache\n"
        # To read all files for their digests is not meant.
        "from brochure.base.program import program; program()\n"
        "sys.addaudithook(lambda name, given: name == 'open' and opened.add(str(given[0])))\n"
        "from brochure import pipeline\n"
        "content = pipeline.publication(Path(sys.argv[2]), Cache(Path(sys.argv[3])))\n"
        "files = [file.make() for file in content.files]\n"
        "print(json.dumps([sorted(opened), sorted(set(sys.modules) - before)]))"
    )
    folder = tiny / "build/anew"
    done = subprocess.run(
        [sys.executable, "-c", program, str(ROOT), str(tiny), str(folder)],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    opened, modules = json.loads(done.stdout)
    own = {
        Path(file).relative_to(ROOT).as_posix() for file in opened if file.startswith(f"{ROOT}/")
    }
    read = {
        file for file in own if not file.endswith((".py", ".pyc")) and "/.git" not in f"/{file}"
    }
    needed = reachable(graph, module_file("brochure.pipeline"))
    folders = tuple(node for node in needed if node.endswith("/"))
    assert {file for file in read if not file.startswith(folders)} <= needed
    assert "charts/land.json" in read
    tops = {module.partition(".")[0] for module in modules} - sys.stdlib_module_names
    by_module = importlib.metadata.packages_distributions()
    imported = {
        f"package {packages.normalized(name)}" for top in tops for name in by_module.get(top, ())
    }
    bare = {node.partition("[")[0] for node in needed}
    assert {"package jinja2", "package matplotlib", "package pyyaml"} <= imported <= bare


@pytest.mark.parametrize(
    ("module", "inside", "outside"),
    [
        (
            "brochure.publish.print.pdf",
            {"brochure/render/brochure.py", "brochure/publish/print/preflight.py",
             "brochure/load/photo.py", "package weasyprint", "package pyphen", "package brotli",
             "library pango", "library harfbuzz-subset"},
            {"brochure/cli/console.py", "brochure/render/views.py", "charts/bars.py",
             "brochure/publish/site/pages.py", "package mkdocs", "package matplotlib"},
        ),
        (
            "brochure.render.drawing.charts",
            {"charts/bars.py", "charts/scale.py", "charts/land.json", "overrides/print/fonts/",
             "package matplotlib", "package numpy"},
            {"brochure/cli/console.py", "brochure/publish/print/pdf.py", "package weasyprint"},
        ),
        (
            "brochure.publish.site.webfonts",
            {"package fonttools", "package brotli"},
            {"brochure/cli/console.py", "package weasyprint", "package mkdocs"},
        ),
        (
            "brochure.publish.site.pages",
            {"brochure/publish/site/frames.py", "brochure/publish/site/mkdocs_frame.py",
             "package mkdocs", "package mkdocs-material", "package mkdocs-static-i18n"},
            {"brochure/cli/console.py", "brochure/render/views.py", "package weasyprint"},
        ),
        (
            "brochure.pipeline",
            {"brochure/render/views.py", "brochure/validate/facts.py", "brochure/model/help.yaml",
             "brochure/localize/catalog.py", "package icu4py"},
            {"brochure/cli/console.py", "brochure/review/review.py", "build.py"},
        ),
    ],
)  # fmt: skip
def test_a_result_depends_on_its_own_code_alone(
    module: str, inside: set[str], outside: set[str], graph: dict[str, list[str]]
) -> None:
    """What makes a result is among its dependencies, and a change elsewhere leaves it alone."""
    needed = reachable(graph, module_file(module))
    assert inside <= needed
    assert not outside & needed


def test_a_module_that_does_not_exist_is_an_error() -> None:
    """A misspelled module is no part of a key."""
    with pytest.raises(KeyError):
        module_file("brochure.publish.print.pfd")


# Packages and libraries


def test_packages_are_read_as_their_metadata_are() -> None:
    """Versions, the packages of modules and their requirements are those that Python's own reader
    of metadata finds."""
    found = {
        packages.normalized(each.metadata["Name"]): each
        for each in reversed(list(importlib.metadata.distributions()))
    }
    assert {name: packages.version(name) for name in found} == {
        name: each.version for name, each in found.items()
    }
    by_module = importlib.metadata.packages_distributions()
    for module in ("PIL", "fontTools", "icu4py", "jinja2", "lxml", "markdown", "resvg_py", "yaml"):
        assert packages.provider(module) == packages.normalized(by_module[module][0])
    for name in ("jinja2", "matplotlib", "mkdocs", "weasyprint"):
        required = {
            packages.normalized(re.split(r"[^\w.-]", line)[0])
            for line in found[name].requires or ()
            if "extra" not in line
        }
        direct = {node.partition("[")[0] for node in packages.requirements(name)}
        assert required & found.keys() <= direct
    assert packages.version("not-installed") == "absent"


def test_extras_and_plugins_are_requirements() -> None:
    """What a package needs for an extra counts where that is asked for, and plugins of a package,
    which it finds by itself, always."""
    assert "brotli" in packages.requirements("fonttools[woff]")
    assert "brotli" not in packages.requirements("fonttools")
    assert {"mkdocs-material", "mkdocs-static-i18n"} <= {*packages.requirements("mkdocs")}


def test_libraries_state_the_versions_that_weasyprint_finds() -> None:
    """The libraries that are asked for their versions are those which WeasyPrint has loaded."""
    from weasyprint.text import ffi

    number = ffi.pango.pango_version()
    pango = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    assert native_libraries.library_version("pango") == pango
    libraries = native_libraries.LOADED_BY["weasyprint"]
    versions = {name: native_libraries.library_version(name) for name in libraries}
    assert "absent" not in versions.values()
    assert all(re.search(r"\d", version) for version in versions.values())
    loaded = Path("/proc/self/maps")
    if loaded.exists():
        # None of them is loaded twice, from two places.
        for stem in ("libpango-1.0", "libharfbuzz", "libfontconfig", "libfreetype"):
            files = {line.split()[-1] for line in loaded.read_text().splitlines()
                     if re.search(rf"/{re.escape(stem)}\.so", line)}  # fmt: skip
            assert len(files) == 1, files


def test_a_library_that_is_missing_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that cannot be loaded has no version; the build goes on until it is needed."""
    missing = (("libnowhere.so.0", "libnowhere.0.dylib"), native_libraries._glib)
    monkeypatch.setitem(native_libraries._LIBRARIES, "nowhere", missing)
    assert native_libraries.library_version("nowhere") == "absent"
