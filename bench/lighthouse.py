"""Measure the speed of pages with Lighthouse, which simulates a phone on a slow line.

It measures wall-clock time: on a machine with other work the scores are lower.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "tests/lighthouse/audit.mjs"
PACKAGES = Path(sys.prefix) / "nu/node_modules"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
AIMS = (95, 100, 100, 100)
PAGES = ("", "cities/daejeon/", "compare/", "plan/vision/", "pairing/explorer/")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Files that a host does not compress again.
PACKED = (".woff2", ".png", ".pdf")


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves a folder with gzip, as web hosts do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file, compressed if the browser accepts that."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(404)
            return
        raw = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file.name))
        if file.suffix not in PACKED:
            raw = gzip.compress(raw, 9)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Write no log."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    host = functools.partial(Host, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), host) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _audited(addresses: Sequence[str]) -> list[dict[str, Any]]:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"There is no browser: none of {', '.join(BROWSERS)} is on PATH.")
    command: list[str | Path] = [
        "node", PROGRAM, PACKAGES, browser, ",".join(CATEGORIES), *addresses
    ]  # fmt: skip
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def table(runs: int) -> str:
    """Return a table of the median scores of pages of the real site in each language."""
    program = [sys.executable, str(ROOT / "build.py"), "site", "--pages"]
    subprocess.run(program, check=True, stdout=subprocess.DEVNULL)
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    languages = settings["plugins"]["i18n"]["languages"]
    paths = [
        ("" if language.get("default") else f"{language['locale']}/") + page
        for page in PAGES
        for language in languages
    ]
    rounds = []
    with _served(ROOT / "build/pages") as base:
        for turn in range(runs):
            rounds.append(_audited([base + path for path in paths]))
            print(f"Lighthouse {turn + 1}/{runs}", flush=True)
    aims = ", ".join(f"{name} {aim}" for name, aim in zip(CATEGORIES, AIMS, strict=True))
    lines = [
        f"Lighthouse, phone on a slow line, medians of {runs}; aims: {aims}.",
        "",
        f"| page | {' | '.join(CATEGORIES)} | largest paint, s | blocked, ms |",
        "| --- |" + " ---: |" * (len(CATEGORIES) + 2),
    ]
    for path, found in zip(paths, zip(*rounds, strict=True), strict=True):
        scores = (
            statistics.median(result["scores"][name] for result in found) for name in CATEGORIES
        )
        paint, blocked = (
            statistics.median(result["times"][name] for result in found) for name in ("lcp", "tbt")
        )
        shown = " | ".join(f"{score:.0f}" for score in scores)
        lines.append(f"| /{path} | {shown} | {paint / 1000:.1f} | {blocked:.0f} |")
    return "\n".join(lines) + "\n"
