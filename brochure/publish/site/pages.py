"""Static site: each page in its frame.

The frames are rendered by MkDocs (see `mkdocs_frame.py`), and reused as long as nothing that they
are made from changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from brochure.base.artifact import ReleaseFile, made
from brochure.base.cache import Cache, packed, unpacked
from brochure.publish.site.frames import Frames, kind
from brochure.render.page import Page
from brochure.render.site_frame import FrameContext


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
        values = (page.digest, page.url, page.when, page.changed, fonts, urls)
        basis = stored.fingerprint(__name__, frames.digest(page), values)
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
    files = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in sources if path.is_file()
    }
    key = stored.key("frames", __name__, kinds, contexts, files)
    if (kept := stored.get(key)) is not None:
        return unpacked(kept)
    # Imported only here: most builds change no frame, and MkDocs costs half a second.
    from brochure.publish.site.mkdocs_frame import render_frames

    rendered = render_frames(root, aside, kinds, contexts)
    return unpacked(stored.put(key, packed(rendered)))
