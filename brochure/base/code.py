"""The code that makes a result: what a module imports, directly and indirectly.

The graph of what imports what is read from the sources. A node is a file of this program
(`brochure/base/cache.py`, `charts/land.json`), an installed package (`package weasyprint`), or a
library of the system (`library pango`).
"""

from __future__ import annotations

import ast
import hashlib
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from brochure.base.native_libraries import LOADED_BY, library_version
from brochure.base.packages import provider, requirements, version
from brochure.base.program import ROOT, files, known_content, platform_version, sources

Graph = Mapping[str, Sequence[str]]

# Data that no result depends on: the texts of errors. Where there is an error, nothing is kept.
_IN_NO_RESULT = PurePosixPath("brochure/base/messages")
_PACKAGE, _LIBRARY = "package ", "library "
# A statement that imports, as `ruff format` leaves it: on lines of its own.
_IMPORT = re.compile(
    rb"^[ \t]*((?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?:\([^)]*\)[^\n]*|[^\n(]+))$", re.MULTILINE
)
# What the statements alone do not show: imports by a computed name, and files beside the module.
_COMPUTED = re.compile(rb"import_module|__import__|__file__")


def import_graph(root: Path = ROOT) -> dict[str, list[str]]:
    """The dependencies of each file of the program at `root`, and of each package that it needs.

    Raises ValueError, with file and line, for an import by a name that only a run would tell, and
    for a use of `__file__` that is no path made of constants.
    """
    graph = {
        file: sorted(dependencies(file, (root / file).read_bytes(), root))
        if file.endswith(".py")
        else []
        for file in sources(root)
    }
    waiting = {node for nodes in graph.values() for node in nodes} - graph.keys()
    while waiting:
        node = waiting.pop()
        graph[node] = list(_needed_by(node))
        waiting |= {*graph[node]} - graph.keys()
    return graph


def dependencies(file: str, source: bytes, root: Path = ROOT) -> set[str]:
    """The nodes that a module's source names: modules, packages, and the data that it reads.

    Imports within functions count. Raises ValueError as `import_graph` does.
    """
    known = sources(root)
    found = _Names(file, known)
    found.visit(_imports(source))
    modules = {module for name in found.modules for module in _modules(name, known)}
    tops = {name.partition(".")[0] for name in found.modules} - sys.stdlib_module_names
    foreign = {top for top in tops if not any(_modules(top, known))}
    data = {node for path in found.paths if (node := _data(path, file, root))}
    return (modules | data | {f"{_PACKAGE}{provider(top)}" for top in foreign}) - {file}


def reachable(graph: Graph, file: str) -> set[str]:
    """The file and every node that it depends on, directly or indirectly."""
    reached: set[str] = set()
    waiting = [file]
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += graph[node]
    return reached


def module_file(module: str, root: Path = ROOT) -> str:
    """The file of a module of the program. Raises KeyError if it has no such module."""
    *_, (name, file) = [("", ""), *_named_modules(module, sources(root))]
    if name != module:
        raise KeyError(module)
    return file


def code_of(module: str, graph: Graph, root: Path = ROOT) -> str:
    """A digest of a module, all that it depends on, Python's version and the kind of machine."""
    nodes = sorted(reachable(graph, module_file(module, root)))
    lines = [*platform_version(), *(f"{node} {_state(node, root)}" for node in nodes)]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _needed_by(node: str) -> Iterator[str]:
    """The packages and libraries that a node depends on."""
    if node.startswith(_PACKAGE):
        package = node.removeprefix(_PACKAGE)
        yield from (f"{_PACKAGE}{required}" for required in requirements(package))
        yield from (f"{_LIBRARY}{library}" for library in LOADED_BY.get(_bare(package), ()))


def _state(node: str, root: Path) -> str:
    """The state of a node: a version, or a digest of its contents."""
    if node.startswith(_PACKAGE):
        return version(_bare(node.removeprefix(_PACKAGE)))
    if node.startswith(_LIBRARY):
        return library_version(node.removeprefix(_LIBRARY))
    if node.endswith("/"):
        return " ".join(f"{file} {known_content(root / file)}" for file in files(root, [node[:-1]]))
    return sources(root).get(node) or known_content(root / node)


def _bare(package: str) -> str:
    """The name of a package without the extras that are asked for."""
    return package.partition("[")[0]


def _imports(source: bytes) -> ast.Module:
    """The import statements of a module, or all of it where they alone would not do.

    To parse every module as a whole takes twenty times as long.
    """
    if not _COMPUTED.search(source):
        with suppress(SyntaxError):
            return ast.parse(b"\n".join(_IMPORT.findall(source)))
    return ast.parse(source)


def _named_modules(name: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """The modules of the program that the import of a dotted name runs, with their files."""
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        path = "/".join(parts[:end])
        for file in (f"{path}/__init__.py", f"{path}.py"):
            if file in known:
                yield ".".join(parts[:end]), file


def _modules(name: str, known: Collection[str]) -> Iterator[str]:
    return (file for _, file in _named_modules(name, known))


def _data(path: PurePosixPath, file: str, root: Path) -> str | None:
    """The node of a file or folder that a module reads; None for a folder that the module is in."""
    if path == _IN_NO_RESULT or path in PurePosixPath(file).parents:
        return None
    return f"{path}/" if (root / path).is_dir() else str(path)


class _Names(ast.NodeVisitor):
    """Collects the modules that a module's syntax tree imports, and the paths from `__file__`."""

    def __init__(self, file: str, known: Collection[str]) -> None:
        self._file, self._known = PurePosixPath(file), known
        self.modules: set[str] = set()
        self.paths: set[PurePosixPath] = set()

    def visit(self, node: ast.AST) -> None:
        """Look at a node, and at those in it unless it is a path."""
        path = self._path(node)
        if path is not None:
            self.paths.add(path)
        else:
            super().visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        """`import a.b`."""
        self.modules |= {alias.name for alias in node.names}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """`from a import b`, where b may be a module or a name in it."""
        package = node.module or ""
        if node.level:
            parents = list(self._file.parents)[node.level - 1].parts
            package = ".".join([*parents, *filter(None, [package])])
        self.modules |= {package, *(f"{package}.{alias.name}" for alias in node.names)}

    def visit_Call(self, node: ast.Call) -> None:
        """`import_module("a.b")`, and of `import_module(f"a.{name}")` all modules of `a`."""
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called in ("import_module", "__import__"):
            match node.args:
                case [ast.Constant(value=str(name))]:
                    self.modules.add(name)
                case [ast.JoinedStr(values=[ast.Constant(value=str(start)), *_])] if start.endswith(
                    "."
                ):
                    folder = start.replace(".", "/")
                    self.modules |= {
                        file.removesuffix(".py").replace("/", ".")
                        for file in self._known
                        if file.startswith(folder) and file.endswith(".py")
                    }
                case _:
                    raise self._unknown(node, "Import a literal name, or one in a literal package")
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """`__file__` that is no part of a path which `_path` knows."""
        if node.id == "__file__":
            raise self._unknown(node, "Write Path(__file__), then .parent, .with_name or / names")

    def _path(self, node: ast.AST | None) -> PurePosixPath | None:
        """The path of an expression on `__file__`, relative to the root; None for any other."""
        match node:
            case ast.Call(func=ast.Name(), args=[ast.Name(id="__file__")]):
                return self._file
            case ast.Call(func=ast.Attribute(value=value, attr="resolve"), args=[]):
                return self._path(value)
            case ast.Call(
                func=ast.Attribute(value=value, attr="with_name"),
                args=[ast.Constant(value=str(name))],
            ):
                path = self._path(value)
                return path and path.with_name(name)
            case ast.Attribute(value=value, attr="parent"):
                path = self._path(value)
                return path and path.parent
            case ast.Subscript(
                value=ast.Attribute(value=value, attr="parents"), slice=ast.Constant(value=int(up))
            ):
                path = self._path(value)
                return path and path.parents[up]
            case ast.BinOp(left=left, op=ast.Div(), right=ast.Constant(value=str(name))):
                path = self._path(left)
                return path and path / name
        return None

    def _unknown(self, node: ast.expr, advice: str) -> ValueError:
        return ValueError(
            f"{self._file}:{node.lineno}:{node.col_offset + 1}: the files that this depends on "
            f"cannot be told from the source. {advice}."
        )
