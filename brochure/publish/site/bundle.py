"""Joins the stylesheet and the script of the site from their parts.

`overrides/styles/site.css` and `overrides/scripts/site.js` import their parts as browsers know it.
They are published as one file each, since a first view would otherwise wait for twenty requests.
A part imports nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from brochure.base.artifact import ReleaseFile, made
from brochure.base.message import Message
from brochure.base.problem import InputError, Problem

# Published as they are: what runs before the first paint, and what only the search asks for.
_ALONE = ("boot.js", "search-dialog.js", "search.js")
_STYLE_IMPORT = re.compile(r'@import "([^"]+)" (?:layer\(([a-z]+)\)|print);')
_SCRIPT_IMPORT = re.compile(r'import "([^"]+)";')
# `import()` is a call, and may stand in a part.
_NESTED = re.compile(r"@import\b|import\b(?!\s*\()|export\b")


def bundles(root: Path) -> Iterator[ReleaseFile]:
    """The stylesheet and the scripts of the site, in `assets/`. Raises InputError."""
    yield made("assets/site.css", style_sheet(root).encode())
    yield made("assets/site.js", script(root).encode())
    for name in _ALONE:
        yield made(f"assets/{name}", (root / "overrides/scripts" / name).read_bytes())


def style_sheet(root: Path) -> str:
    """The stylesheet, each part in the layer or medium of its import. Raises InputError."""

    def opening(found: re.Match[str]) -> str:
        return f"@layer {found[2]} {{" if found[2] else "@media print {"

    return _joined(root, root / "overrides/styles/site.css", _STYLE_IMPORT, opening)


def script(root: Path) -> str:
    """The script, each part in a block that keeps its names to itself. Raises InputError."""
    return _joined(root, root / "overrides/scripts/site.js", _SCRIPT_IMPORT, lambda _: "{")


def _joined(
    root: Path, entry: Path, imported: re.Pattern[str], opening: Callable[[re.Match[str]], str]
) -> str:
    """The text of `entry`, with the part in braces in place of each line that imports one."""
    lines = []
    for number, line in enumerate(_lines(entry), start=1):
        if (found := imported.fullmatch(line)) is None:
            lines.append(line)
            continue
        part = (entry.parent / found[1]).resolve()
        if not part.is_file():
            place = entry.relative_to(root).as_posix()
            message = Message("asset.missing-part", name=found[1])
            raise InputError([Problem(place, number, 1, message)])
        lines += [opening(found), *_part(root, part), "}"]
    return "".join(f"{line}\n" for line in lines)


def _part(root: Path, part: Path) -> Iterator[str]:
    """The lines of a part. Raises InputError where it imports or exports something."""
    for number, line in enumerate(_lines(part), start=1):
        if _NESTED.match(line):
            place = part.relative_to(root.resolve()).as_posix()
            message = Message("asset.import-in-part", line=line.strip())
            raise InputError([Problem(place, number, 1, message)])
        yield line


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()
