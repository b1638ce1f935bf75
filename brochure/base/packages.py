"""The installed packages: their versions, where a module comes from, and what they require.

Everything is read from the folders that installers leave beside a package. `importlib.metadata`
gives the same, but importing it takes longer than a whole unchanged build.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

# Not compiled here: an unchanged build needs none of them.
_REQUIREMENT = (
    r"(?m)^Requires-Dist: *(?P<name>[\w.-]+) *(?:\[(?P<extras>[^\]]*)\])?"
    r"[^;\n]*(?:;(?P<marker>.*))?$"
)
_EXTRA = r"""\bextra *== *["']([^"']+)["']"""
_ENTRY_POINT_GROUP = r"(?m)^\[([\w-]+)\."


class Package(NamedTuple):
    """An installed package: its version, and the folder `*.dist-info` of its metadata."""

    version: str
    metadata: str

    def read(self, name: str) -> str:
        """The text of a metadata file, empty if the package has none of this name."""
        file = Path(self.metadata, name)
        return file.read_text(encoding="utf-8") if file.is_file() else ""


@cache
def installed() -> Mapping[str, Package]:
    """Every installed package by its normalized name; of two, the one that Python imports."""
    packages = {}
    for folder in reversed(sys.path):
        for entry in os.listdir(folder) if os.path.isdir(folder) else ():
            name, _, number = entry.removesuffix(".dist-info").partition("-")
            if number and entry.endswith(".dist-info"):
                packages[normalized(name)] = Package(number, f"{folder}/{entry}")
    return packages


def normalized(name: str) -> str:
    """The name of a package as indexes compare it: `mkdocs_static_i18n` is `mkdocs-static-i18n`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def version(package: str) -> str:
    """The version of a package by its normalized name, or `absent`."""
    return installed()[package].version if package in installed() else "absent"


@cache
def provider(module: str) -> str:
    """The package that installed a top-level module; the module's own name if none did."""
    if (name := normalized(module)) in installed():
        return name
    # Older tools write the modules of a package into a short file, and all write all of its files
    # into a long one.
    for package, found in sorted(installed().items()):
        if module in found.read("top_level.txt").split():
            return package
    for package, found in sorted(installed().items()):
        record = "\n" + found.read("RECORD")
        if f"\n{module}/" in record or f"\n{module}." in record:
            return package
    return name


def requirements(package: str) -> Iterator[str]:
    """The installed packages that a package may load.

    A package is written with the extras that are asked for: `fonttools[woff]`. Besides what the
    metadata require, these are the plugins: packages with entry points in a group of its name.
    """
    name, _, extras = package.rstrip("]").partition("[")
    if name not in installed():
        return
    wanted = {normalized(extra) for extra in extras.split(",")}
    headers = installed()[name].read("METADATA").partition("\n\n")[0]
    for match in re.finditer(_REQUIREMENT, headers):
        required = normalized(match["name"])
        marked = {normalized(extra) for extra in re.findall(_EXTRA, match["marker"] or "")}
        if required in installed() and (not marked or marked & wanted):
            asked = ",".join(sorted((match["extras"] or "").replace(" ", "").split(",")))
            yield f"{required}[{asked}]" if asked else required
    yield from sorted(_plugins().get(name, ()))


@cache
def _plugins() -> Mapping[str, set[str]]:
    """The plugins of packages: those with entry points in a group of another package's name."""
    plugins: dict[str, set[str]] = {}
    for plugin, found in installed().items():
        for group in re.findall(_ENTRY_POINT_GROUP, found.read("entry_points.txt")):
            if plugin != normalized(group):
                plugins.setdefault(normalized(group), set()).add(plugin)
    return plugins
