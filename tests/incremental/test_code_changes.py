"""A result is made anew when any code that it passes through has changed, and only then."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, cast

import pytest
from support import ROOT, contents, copy_miniature

from brochure import pipeline
from brochure.base import code
from brochure.base.cache import Cache, Key
from brochure.base.code import code_of, import_graph
from brochure.base.program import content, sources
from brochure.publish.audit import audit
from brochure.publish.print.pdf import assets, print_brochures

# Every kind of result, with a function that it certainly passes through.
KINDS = {
    "brochures": ("brochure/render/brochure.py", "filled"),
    "charts": ("charts/canvas.py", "svg"),
    "days": ("brochure/base/git/log.py", "last_changes"),
    "glyphs": ("brochure/load/repository.py", "glyphs_of"),
    "members": ("brochure/localize/catalog.py", "_city"),
    "pages/cities": ("brochure/render/views.py", "context"),
    "pixels": ("brochure/publish/site/raster.py", "_rasterized"),
    "readings": ("brochure/publish/audit.py", "_page"),
    "frames": ("brochure/publish/site/mkdocs_frame.py", "render_frames"),
    "templates": ("brochure/render/templates.py", "dump_bytecode"),
    "webfonts": ("brochure/publish/site/webfonts.py", "_cut"),
}
# What is kept of a page beside the cities that it looked at, under keys of the same module.
WITH_PAGES = {"pages/html", "pages/fields"}


class Recorded(Cache):
    """A cache that records which code runs from a result that is not found until it is kept.

    `passed` are the places of that code, a file and a line, and `makers` the modules, by kind.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.passed: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self.makers: dict[str, set[str]] = defaultdict(set)
        self.running: set[Key] = set()

    def key(self, kind: str, module: str, *inputs: Any) -> Key:
        self.makers[kind].add(module)
        return super().key(kind, module, *inputs)

    def get(self, key: Key) -> bytes | None:
        found = super().get(key)
        if found is None:
            self.running.add(key)
        return found

    def put(self, key: Key, result: bytes) -> bytes:
        self.running.discard(key)
        return super().put(key, result)

    def trace(self, frame: FrameType, event: str, argument: object) -> None:
        """Called by Python for each function that begins."""
        file = frame.f_code.co_filename
        if file.startswith((f"{ROOT}/brochure/", f"{ROOT}/charts/")):
            place = file[len(str(ROOT)) + 1 :], frame.f_code.co_firstlineno
            for key in self.running:
                self.passed[key.kind].add(place)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """The record of everything that is cached, made from nothing: the site of the tiny repository,
    audited, and one of its documents for screen and press."""
    root = copy_miniature(tmp_path_factory.mktemp("recorded") / "root")
    committed(root)
    stored = Recorded(root / "build/cache")
    before = sys.gettrace()
    sys.settrace(stored.trace)
    try:
        made = pipeline.publication(root, stored)
        site = list(pipeline.publish_pages(root, made, stored, root / "build/mkdocs"))
        files = {f"site/{file.name}": file.make() for file in site}
        bases = {f"site/{file.name}": file.basis for file in site}
        audit(bases, files.__getitem__, made.catalog.settings, stored=stored)
        documents = [document for document in made.brochures if document.name == "alba-en"]
        list(print_brochures(documents, assets(root), stored, made.catalog.press))
    finally:
        sys.settrace(before)
    return stored


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, for tests to edit."""
    return copy_program(tmp_path_factory.mktemp("program"))


def committed(root: Path) -> None:
    """Make a repository of git of a folder, with one commit: without any, no days are kept."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(root)]
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "First"]):
        subprocess.run([*git, *arguments], check=True)


def copy_program(to: Path) -> Path:
    """A copy of the program's code and of the fonts that it draws with."""
    for name in ("brochure", "charts", "overrides"):
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", to)
    return to


def first_line(node: ast.AST) -> int:
    """The line on which a statement begins, with its decorators."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([cast(ast.stmt, node).lineno, *(each.lineno for each in decorators)])


def functions_by_line(source: str) -> dict[int, ast.FunctionDef]:
    """The innermost function of each line of a module that is in one."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return {
        line: function
        for function in sorted(functions, key=first_line)
        for line in range(first_line(function), cast(int, function.end_lineno) + 1)
    }


def edited(source: str, function: ast.FunctionDef | None) -> str:
    """A module with a harmless statement at the end of a function, or of the module."""
    if function is None:
        return f"{source}\n_edited = True\n"
    last = function.body[-1]
    lines = source.splitlines(keepends=True)
    line = lines[first_line(last) - 1].encode()
    before, after = line[: last.col_offset].decode(), line[last.col_offset :].decode()
    # A body may stand on the line of its function.
    end = "; " if before.strip() else f"\n{before}"
    lines[first_line(last) - 1] = f"{before}_edited = True{end}{after}"
    return "".join(lines)


def test_every_kind_of_result_is_recorded(recorded: Recorded) -> None:
    """No kind of result is left out below, each is made by one module, and what runs while it is
    made is seen."""
    assert recorded.makers.keys() - WITH_PAGES == KINDS.keys()
    assert {len(modules) for modules in recorded.makers.values()} == {1}
    assert recorded.makers["pages/html"] == recorded.makers["pages/cities"]
    assert not recorded.running
    for kind, (file, name) in KINDS.items():
        functions = functions_by_line((ROOT / file).read_text(encoding="utf-8"))
        lines = [line for passed, line in recorded.passed[kind] if passed == file]
        assert name in {functions[line].name for line in lines if line in functions}, kind


def test_an_edit_of_a_function_changes_the_keys_of_what_passes_through_it(
    recorded: Recorded, program: Path
) -> None:
    """Every function that ran while a result was made is edited in turn: each kind of result that
    passed through it has another key, hence is made anew."""
    graph = import_graph(program)
    digests = cast(dict[str, str], sources(program))
    modules = {kind: next(iter(recorded.makers[kind])) for kind in KINDS}
    before = {kind: code_of(module, graph, program) for kind, module in modules.items()}
    edits, unchanged = 0, []
    for file in sorted({file for kind in KINDS for file, _ in recorded.passed[kind]}):
        source, kept = (ROOT / file).read_text(encoding="utf-8"), digests[file]
        functions = functions_by_line(source)
        passing: dict[ast.FunctionDef | None, set[str]] = defaultdict(set)
        for kind in KINDS:
            for passed, line in recorded.passed[kind]:
                if passed == file:
                    passing[functions.get(line)].add(kind)
        for function, kinds in passing.items():
            changed = edited(source, function)
            compile(changed, file, "exec")
            (program / file).write_text(changed, encoding="utf-8")
            digests[file] = content(program / file)
            name = function.name if function else "the module"
            unchanged += [
                (kind, file, name)
                for kind in kinds
                if code_of(modules[kind], graph, program) == before[kind]
            ]
            edits += 1
        (program / file).write_text(source, encoding="utf-8")
        digests[file] = kept
    assert unchanged == []
    assert edits > 500


@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        ("brochure/cli/console.py", set()),
        ("brochure/review/review.py", set()),
        ("build.py", set()),
        ("brochure/render/views.py", {"members", "pages/cities"}),
        ("charts/bars.py", {"charts", "members", "pages/cities"}),
        ("charts/land.json", {"charts", "members", "pages/cities"}),
        ("brochure/publish/print/preflight.py", {"brochures", "members", "pages/cities"}),
        ("brochure/base/cache.py", {*KINDS}),
    ],
)
def test_an_edit_elsewhere_changes_no_key(
    file: str, kinds: set[str], recorded: Recorded, program: Path
) -> None:
    """What an edit of a file makes anew is what depends on it: no PDF because of the console."""
    graph = import_graph(program)
    digests = cast(dict[str, str], sources(program))
    modules = {kind: next(iter(recorded.makers[kind])) for kind in KINDS}
    before = {kind: code_of(module, graph, program) for kind, module in modules.items()}
    kept, digests[file] = digests[file], "another"
    after = {kind: code_of(module, graph, program) for kind, module in modules.items()}
    digests[file] = kept
    assert {kind for kind in KINDS if after[kind] != before[kind]} == kinds


@pytest.mark.parametrize(
    ("function", "name", "kinds"),
    [
        ("version", "weasyprint", {"brochures", "members", "pages/cities"}),
        ("version", "pyphen", {"brochures", "members", "pages/cities"}),
        ("version", "matplotlib", {"charts", "members", "pages/cities"}),
        ("version", "resvg-py", {"pixels", "members", "pages/cities"}),
        ("version", "mkdocs-material", {"frames", "members", "pages/cities"}),
        ("version", "pytest", set()),
        ("library_version", "pango", {"brochures", "members", "pages/cities"}),
        ("library_version", "harfbuzz-subset", {"brochures", "members", "pages/cities"}),
    ],
)
def test_another_version_changes_the_keys_of_what_it_makes(
    function: str,
    name: str,
    kinds: set[str],
    recorded: Recorded,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another version of a package or of a system's library makes anew what it is used for."""
    graph = import_graph()
    modules = {kind: next(iter(recorded.makers[kind])) for kind in KINDS}
    before = {kind: code_of(module, graph) for kind, module in modules.items()}
    ask = getattr(code, function)
    monkeypatch.setattr(code, function, lambda asked: "99" if asked == name else ask(asked))
    after = {kind: code_of(module, graph) for kind, module in modules.items()}
    assert {kind for kind in KINDS if after[kind] != before[kind]} == kinds


def test_another_python_changes_every_key(
    recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that another version of Python has made is reused."""
    graph = import_graph()
    modules = {module for modules in recorded.makers.values() for module in modules}
    before = {module: code_of(module, graph) for module in modules}
    monkeypatch.setattr(code, "platform_version", lambda: ("99", "machine"))
    assert not {*before.values()} & {code_of(module, graph) for module in modules}


# Whole builds with edited programs


@dataclass(frozen=True)
class Edit:
    """An edit of the program, and what of the output it must change."""

    file: str
    before: str
    after: str
    changes: str = field(default="")


PRINTED = {
    "no filler pages": Edit(
        "brochure/render/brochure.py",
        "fillers = iter(_FILLER.findall(html)[:count])",
        "fillers = iter(_FILLER.findall(html)[:0])",
    ),
    "chapters closer": Edit(
        "brochure/render/brochure.py",
        "level = closeness.get(chapter[1], 0)",
        "level = 2",
    ),
}
PRINT = (
    "import sys; sys.path.insert(0, sys.argv[1])\n"
    "from pathlib import Path; from brochure import pipeline\n"
    "from brochure.publish.print.pdf import assets, print_brochures\n"
    "root, names = Path(sys.argv[2]), sys.argv[3:]\n"
    "made, stored = pipeline.publication(root), pipeline.cache(root)\n"
    "documents = [document for document in made.brochures if document.name in names]\n"
    "for name, printed in print_brochures(documents, assets(root), stored):\n"
    "    (root / f'{name}.pdf').write_bytes(printed.screen)\n"
)


def run(*arguments: str | Path) -> None:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def own(tmp_path: Path, tiny: Path) -> tuple[Path, Path]:
    """A copy of the program, and one of the tiny repository with a cache of its own."""
    root = copy_miniature(tmp_path / "root")
    shutil.copytree((tiny / "build/cache").resolve(), root / "build/cache")
    return copy_program(tmp_path / "program"), root


def edit(program: Path, change: Edit) -> None:
    file = program / change.file
    source = file.read_text(encoding="utf-8")
    assert change.before in source
    file.write_text(source.replace(change.before, change.after), encoding="utf-8")


@pytest.mark.parametrize("change", PRINTED.values(), ids=PRINTED)
def test_an_edited_program_prints_what_it_would_print_from_nothing(
    change: Edit, own: tuple[Path, Path]
) -> None:
    """With all that the former program has left, an edited program prints the same bytes as with
    nothing left; they differ from the former ones."""
    program, root = own
    name = "alba-en"

    def printed() -> bytes:
        run("-c", PRINT, program, root, name)
        return (root / f"{name}.pdf").read_bytes()

    former = printed()
    edit(program, change)
    with_cache = printed()
    shutil.rmtree(root / "build/cache/brochures")
    assert with_cache == printed()
    assert with_cache != former


PUBLISHED = {
    "font weights": Edit(
        "brochure/publish/site/webfonts.py",
        "LIGHTEST, BOLDEST = 400, 800",
        "LIGHTEST, BOLDEST = 100, 900",
        ".woff2",
    ),
    "what a frame is filled with": Edit(
        "brochure/publish/site/frames.py",
        '"title": escape(page.title)',
        '"title": escape(page.title.upper())',
        ".html",
    ),
    "what is drawn for sharing": Edit(
        "brochure/publish/site/raster.py",
        'fill="#ffffff"',
        'fill="#eeeeee"',
        ".png",
    ),
}


@pytest.mark.parametrize("change", PUBLISHED.values(), ids=PUBLISHED)
def test_an_edited_program_publishes_what_it_would_publish_from_nothing(
    change: Edit, own: tuple[Path, Path]
) -> None:
    """With all that the former program has left, its published files among it, an edited program
    publishes the same bytes as with nothing left; they differ where the edit means them to."""
    program, root = own

    def published() -> dict[str, bytes]:
        run(program / "build.py", "--root", root, "site", "--pages")
        return contents(root / "build/pages")

    former = published()
    edit(program, change)
    with_cache = published()
    # Charts, which take longest, are not what is looked at here.
    for path in [root / "build/pages", *(root / "build/cache").iterdir()]:
        if path.name != "charts":
            shutil.rmtree(path)
    assert with_cache == published()
    changed = {name for name in with_cache if with_cache[name] != former.get(name)}
    assert any(name.endswith(change.changes) for name in changed)
