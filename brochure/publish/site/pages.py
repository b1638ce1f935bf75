"""Static site: each page in its frame.

The frames are rendered by MkDocs (see `mkdocs_frame.py`), and reused as long as nothing that they
are made from changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from brochure.base.artifact import ReleaseFile, made
from brochure.base.cache import Cache, digest, packed, unpacked
from brochure.base.program import version
from brochure.publish.site.frames import Frames, kind
from brochure.render.page import Page
from brochure.render.site_frame import FrameContext

# What makes the frames, beside this program.
_TOOLS = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "jinja2", "markdown", "babel")


def build_site(
    root: Path,
    pages: Sequence[Page],
    preloads: Mapping[str, Sequence[str]],
    contexts: Mapping[str, FrameContext],
    aside: Path,
    stored: Cache,
) -> Iterator[ReleaseFile]:
    """Yield the files of the site: the assets of the frames, and each page in its frame.

    `preloads` are the addresses of the fonts that a page needs, by its own; `contexts` are the
    values of the frame by locale, the default first. MkDocs works in the new folder `aside`. Raises
    SiteError.
    """
    kinds = sorted({kind(page.path) for page in pages})
    rendered = _rendered(root, kinds, contexts, aside, stored)
    frames = Frames(rendered, next(iter(contexts)))
    for name, data in rendered.items():
        if not name.endswith("index.html"):
            yield made(name, data)
    versions: dict[str, dict[str, str]] = {}
    for page in pages:
        versions.setdefault(page.path, {})[page.locale] = page.url
    for page in pages:
        urls, fonts = versions[page.path], preloads[page.url]
        values = (page.digest, page.url, page.when, *fonts, *urls.values())
        basis = digest(frames.digest(page), *values)
        filled = partial(frames.filled, page, urls, fonts)
        yield ReleaseFile(f"{page.url}index.html", basis, filled)


def _rendered(
    root: Path,
    kinds: Sequence[str],
    contexts: Mapping[str, FrameContext],
    aside: Path,
    stored: Cache,
) -> dict[str, bytes]:
    """Return the files that `render_frames` makes, from the cache where nothing has changed."""
    sources = [root / "mkdocs.yml", *sorted((root / "overrides/site").rglob("*.*"))]
    sources += [
        Path(__file__).with_name(name) for name in ("frames.py", "mkdocs_frame.py", "open_graph.py")
    ]
    tools = (f"{tool} {version(tool)}" for tool in _TOOLS)
    files = (path for path in sources if path.is_file())
    named = (part for path in files for part in (path.name, path.read_bytes()))
    key = f"frames/{digest(repr((kinds, contexts)), *tools, *named)}.zip"
    if (kept := stored.get(key)) is not None:
        return unpacked(kept)
    # Imported only here: most builds change no frame, and MkDocs costs half a second.
    from brochure.publish.site.mkdocs_frame import render_frames

    rendered = render_frames(root, aside, kinds, contexts)
    return unpacked(stored.put(key, packed(rendered)))
