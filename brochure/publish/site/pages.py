"""Pages -> a static site: each page in its frame.

MkDocs makes the frames (see `mkdocs_frame.py`). They are cached as long as nothing that they are
made from changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from brochure.base.artifact import ReleaseFile, made
from brochure.base.cache import Cache, packed, unpacked
from brochure.model.records import Settings
from brochure.publish.site.frames import Frames, kind
from brochure.render.page import Page


def build_site(
    root: Path,
    pages: Sequence[Page],
    preloads: Mapping[str, Sequence[str]],
    settings: Settings,
    frames: Mapping[str, Any],
    edition: date,
    aside: Path,
    stored: Cache,
) -> Iterator[ReleaseFile]:
    """The files of the site: the assets of the frames, and each page in its frame.

    `preloads` are the addresses of the fonts that a page needs, by its own; `frames` holds, for
    each locale, the words of header and footer; `edition` is the date that MkDocs takes for
    today's, so that the same input gives the same bytes on any day. MkDocs works in the new folder
    `aside`. Raises SiteError.
    """
    kinds = sorted({kind(page.path) for page in pages})
    shell = _shell(root, kinds, frames, edition, aside, stored)
    shown = Frames(shell, settings.locales[0])
    for name, data in shell.items():
        if not name.endswith("index.html"):
            yield made(name, data)
    versions: dict[str, dict[str, str]] = {}
    for page in pages:
        versions.setdefault(page.path, {})[page.locale] = page.url
    for page in pages:
        urls, fonts = versions[page.path], preloads[page.url]
        own = (page.digest, page.url, page.when, page.changed, fonts, urls)
        basis = stored.fingerprint(__name__, shown.digest(page), own)
        filled = partial(shown.filled, page, urls, fonts)
        yield ReleaseFile(f"{page.url}index.html", basis, filled)


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
    files = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in sources if path.is_file()
    }
    key = stored.key("shell", __name__, kinds, frames, edition, files)
    if (kept := stored.get(key)) is not None:
        return unpacked(kept)
    # Imported only here: most builds change no frame, and MkDocs costs half a second.
    from brochure.publish.site.mkdocs_frame import build_shell

    made = build_shell(root, aside, kinds, frames, edition)
    return unpacked(stored.put(key, packed(made)))
