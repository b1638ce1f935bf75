"""The live preview: the site on this machine, made anew whenever a file changes."""

from __future__ import annotations

import re
import shutil
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from brochure.base.problem import InputError
from brochure.incremental.manifest import PublishedFile
from brochure.pipeline import Publication, cache, publication, publish_pages
from brochure.publish.print.pdf import PrintError, assets, print_brochures
from brochure.publish.release import Release
from brochure.publish.site.frames import SiteError
from brochure.publish.swap import swap_into_place
from brochure.render.drawing.charts import forget_kinds

# What forbids a page all scripts but those in files of the site.
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')

# How often files are looked at, in seconds.
POLLING = 0.2
WATCHED = ("data", "content", "macros", "charts", "overrides", "mkdocs.yml")


def preview(root: Path, port: int, tell: Callable[[str], None]) -> None:
    """Serve the site at `127.0.0.1:port` until interrupted.

    An input with problems is told, and the last good site stays. A brochure is printed when
    somebody asks for it. Raises OSError if the port is taken.
    """
    server = _Server(root, port, tell)
    for name in WATCHED:
        server.watch(str(root / name))
    server.rebuild()
    tell(f"http://127.0.0.1:{port}/")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()


class _Server(LiveReloadServer):
    """MkDocs' preview server, with this program as its builder and brochures on demand."""

    def __init__(self, root: Path, port: int, tell: Callable[[str], None]) -> None:
        self._repository = root
        self._tell = tell
        self._content: Publication | None = None
        self._files: Mapping[str, PublishedFile] = {}
        out = root / "build/preview"
        out.mkdir(parents=True, exist_ok=True)
        super().__init__(self.rebuild, "127.0.0.1", port, str(out), polling_interval=POLLING)

    def rebuild(self) -> None:
        """Make the site anew, or tell what is wrong and keep the last one."""
        forget_kinds()
        root = self._repository
        try:
            content = publication(root)
            stored = cache(root)
            shutil.rmtree(root / "build/next", ignore_errors=True)
            release = Release(root / "build/next/site", Path(self.root), self._files)
            release.put(publish_pages(root, content, stored, root / "build/next/mkdocs"))
        except (InputError, SiteError) as error:
            self._tell(str(error))
            return
        except Exception:
            # A slip in the code of a macro or a chart: whoever makes it wants to see where.
            self._tell(traceback.format_exc())
            return
        swap_into_place(release.folder, Path(self.root))
        self._content, self._files = content, release.files
        self._tell(f"{len(content.pages)} pages")

    def _inject_js_into_html(self, content: bytes, epoch: int) -> Any:
        # The policy of a published page would forbid the script that reloads it here.
        return super()._inject_js_into_html(  # type: ignore[no-untyped-call]
            _POLICY.sub(b"", content), epoch
        )

    def _serve_request(
        self, environ: dict[str, Any], start_response: Any
    ) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"]
        if path.startswith("/brochures/") and self._content is not None:
            name = path.removeprefix("/brochures/").removesuffix(".pdf")
            root = self._repository
            try:
                wanted = [one for one in self._content.brochures if one.name == name]
                for _, printed in print_brochures(wanted, assets(root), cache(root)):
                    start_response("200 OK", [("Content-Type", "application/pdf")])
                    return [printed.screen]
            except (PrintError, InputError) as error:
                self._tell(str(error))
        answer: Iterable[bytes] | None = super()._serve_request(environ, start_response)
        return answer
