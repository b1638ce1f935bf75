"""Pages -> a static site: each page in its frame.

The frames are MkDocs' (see `shell.py`), and are kept as long as nothing that they are made from
changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from brochure.cache import Cache, packed, unpacked
from brochure.model import Settings
from brochure.publish.frames import Frames, kind
from brochure.views import Page

# What makes the frames, beside this program.
_TOOLS = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "jinja2", "markdown", "babel")


def build_site(
    root: Path,
    pages: Sequence[Page],
    settings: Settings,
    frames: Mapping[str, Any],
    edition: date,
    aside: Path,
    stored: Cache,
) -> Iterator[tuple[str, bytes]]:
    """The files of the site with their paths: the assets of the frames, and the pages in them.

    `frames` holds, for each locale, the words of header and footer; `edition` is the date that
    MkDocs takes for today's, so that the same input gives the same bytes on any day. MkDocs works
    in the new folder `aside`. Raises SiteError.
    """
    kinds = sorted({kind(page.path) for page in pages})
    shell = _shell(root, kinds, frames, edition, aside, stored)
    shown = Frames(shell, settings.locales[0])
    versions: dict[str, dict[str, str]] = {}
    for page in pages:
        versions.setdefault(page.path, {})[page.locale] = page.url
    for name, data in shell.items():
        if not name.endswith("index.html"):
            yield name, data
    for page in pages:
        yield f"{page.url}index.html", shown.filled(page, versions[page.path]).encode()


def put(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write files below a folder, by their paths within."""
    made = set()
    for name, data in files:
        file = folder / name
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_bytes(data)


def _shell(
    root: Path,
    kinds: Sequence[str],
    frames: Mapping[str, Any],
    edition: date,
    aside: Path,
    stored: Cache,
) -> dict[str, bytes]:
    """The empty site: found, or made where anything that it depends on is another."""
    sources = [root / "mkdocs.yml", *sorted((root / "overrides/site").rglob("*.*"))]
    sources += [Path(__file__).with_name(name) for name in ("frames.py", "shell.py")]
    digest = hashlib.sha256(repr((kinds, frames, edition)).encode())
    digest.update("".join(f"{tool} {version(tool)}\n" for tool in _TOOLS).encode())
    for path in sources:
        data = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    key = f"shell/{digest.hexdigest()}.zip"
    if (kept := stored.get(key)) is not None:
        return unpacked(kept)
    # Imported only here: most builds change no frame, and MkDocs costs half a second.
    from brochure.publish.shell import build_shell

    made = build_shell(root, aside, kinds, frames, edition)
    return unpacked(stored.keep(key, packed(made)))
