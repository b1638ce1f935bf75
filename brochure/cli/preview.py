"""The live preview: the site on this machine, rebuilt whenever a file changes."""

from __future__ import annotations

import errno
import re
import shutil
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from brochure.base.message import Message
from brochure.base.problem import BrochureError
from brochure.incremental.manifest import PublishedFile
from brochure.pipeline import Publication, cache, publication, publish_pages
from brochure.publish.print.pdf import assets, print_brochures
from brochure.publish.release import Release
from brochure.publish.swap import swap_into_place
from brochure.render.drawing.charts import forget_kinds

# The policy that allows a page no scripts but those in files of the site.
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')

# Seconds between two looks at the watched files.
POLLING = 0.2
WATCHED = ("data", "content", "macros", "charts", "overrides", "mkdocs.yml")


# Receives a message, an expected failure, or a text as it is, such as a traceback.
Report = Callable[[Message | BrochureError | OSError | str], None]


class PortError(BrochureError):
    """The preview cannot listen at its port."""


def preview(root: Path, port: int, report: Report) -> None:
    """Serve the site at `127.0.0.1:port` until interrupted.

    A failure is reported, and the last good site stays. A brochure is printed when it is asked
    for. Raises PortError if the port cannot be used, and OSError for other errors of the system.
    """
    server = _Server(root, port, report)
    for name in WATCHED:
        server.watch(str(root / name))
    server.rebuild()
    report(f"http://127.0.0.1:{port}/")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()


class _Server(LiveReloadServer):
    """MkDocs' preview server, with this program as its builder and brochures on demand."""

    def __init__(self, root: Path, port: int, report: Report) -> None:
        self._repository = root
        self._report = report
        self._port = port
        self._content: Publication | None = None
        self._files: Mapping[str, PublishedFile] = {}
        out = root / "build/preview"
        out.mkdir(parents=True, exist_ok=True)
        super().__init__(self.rebuild, "127.0.0.1", port, str(out), polling_interval=POLLING)

    def rebuild(self) -> None:
        """Build the site; after a failure, report it and keep the last one."""
        forget_kinds()
        root = self._repository
        try:
            content = publication(root)
            stored = cache(root)
            shutil.rmtree(root / "build/next", ignore_errors=True)
            release = Release(root / "build/next/site", Path(self.root), self._files)
            release.put(publish_pages(root, content, stored, root / "build/next/mkdocs"))
        except (BrochureError, OSError) as error:
            self._report(error)
            return
        except Exception:  # noqa: BLE001
            # A mistake in the code of a macro or a chart: the author wants to see where.
            self._report(traceback.format_exc())
            return
        swap_into_place(release.folder, Path(self.root))
        self._content, self._files = content, release.files
        self._report(Message("serve.rebuilt", pages=len(content.pages)))

    def server_bind(self) -> None:
        try:
            super().server_bind()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortError(Message("serve.port-taken", port=str(self._port))) from error
            if error.errno == errno.EACCES:
                raise PortError(Message("serve.port-reserved", port=str(self._port))) from error
            raise

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
                wanted = [brochure for brochure in self._content.brochures if brochure.name == name]
                for _, printed in print_brochures(wanted, assets(root), cache(root)):
                    start_response("200 OK", [("Content-Type", "application/pdf")])
                    return [printed.screen]
            except BrochureError as error:
                self._report(error)
        answer: Iterable[bytes] | None = super()._serve_request(environ, start_response)
        return answer
