"""A browser, the finished site on a local server, and the pages that the site must have."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CONTENT = Path(__file__).parents[2] / "content"
LANGUAGES = ("ko", "en")
Scheme = Literal["light", "dark"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def address(path: str, language: str) -> str:
    """Where a page stands: Korean at the root, the others in a folder; an index at its folder."""
    prefix = "/" if language == LANGUAGES[0] else f"/{language}/"
    folder, _, name = f"/{path}".rpartition("/")
    return prefix + (f"{folder}/{name}/" if name != "index" else f"{folder}/").lstrip("/")


# The pages of each dossier in their order, and the dossiers that are printed for themselves.
_RECORDS = {
    file.stem: yaml.safe_load(file.read_text("utf-8"))
    for file in sorted((CONTENT.parent / "data/dossiers").glob("*.yaml"))
}
DOSSIERS = {
    name: [f"{name}/{page}" for page in record["pages"]] for name, record in _RECORDS.items()
}
PRINTED = [name for name, record in _RECORDS.items() if record.get("printed", "own") == "own"]
CITIES = sorted({file.name.split(".")[0] for file in (CONTENT / "cities").glob("*.md")})
# Each text of content/ is a page, and each pair of cities, in each language: the site must have
# these and no others.
PATHS = sorted(
    {
        *(str(file.relative_to(CONTENT)).split(".")[0] for file in CONTENT.rglob("*.md")),
        *(f"pairs/{one}/{other}" for one, other in combinations(CITIES, 2)),
    }
)
ADDRESSES = [address(path, language) for path in PATHS for language in LANGUAGES]


def longest(call: str) -> str:
    """The page whose text in content/ makes the most calls of a kind, the first of several."""
    texts = {path: CONTENT / f"{path}.en.md" for path in PATHS if not path.startswith("pairs/")}
    return max(texts, key=lambda path: texts[path].read_text("utf-8").count(f"{{{{ {call}("))


# A page of each kind; what holds for every page of a kind is asked of these. The first city has
# all that a city can have, and a dossier's pages are those with the most of something.
KINDS = {
    "home": "index",
    "compare": "compare",
    "city": f"cities/{CITIES[0]}",
    "dossier": "pairing/index",
    "tables and plots": longest("plot"),
    "outlines": longest("outline"),
    "timelines": longest("timeline"),
    "statements": longest("statements"),
    "similarity": longest("similarity"),
    "pair": f"pairs/{CITIES[0]}/{CITIES[1]}",
    "pairs": "pairs",
    "news": "news/index",
    "entry": max(path for path in PATHS if path.startswith("news/2")),
    "data": "data",
    "sources": "sources",
    "secretariat": "secretariat",
}
KIND_ADDRESSES = [
    *(address(path, one) for path in dict.fromkeys(KINDS.values()) for one in LANGUAGES),
    "/404.html",
]
# One language of each, in turn: for what is the same in both.
ONE_EACH = [
    address(path, LANGUAGES[number % 2])
    for number, path in enumerate(dict.fromkeys(KINDS.values()))
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for an address each address of that kind in turn."""
    kinds = {
        "any_address": [*ADDRESSES, "/404.html"],
        "page_address": ADDRESSES,
        "kind_address": KIND_ADDRESSES,
        "kept_address": ONE_EACH,
        "one_address": [*ONE_EACH, "/404.html"],
        "city_address": [one for one in ADDRESSES if "/cities/" in one],
        "compare_address": [one for one in ADDRESSES if one.endswith("/compare/")],
        "home_address": [address("index", language) for language in LANGUAGES],
        "printed": ["index", f"cities/{CITIES[-1]}", *(f"{name}/index" for name in PRINTED)],
        "language": LANGUAGES,
    }
    for name, values in kinds.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, values, scope="module")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as static hosts do: an unknown address gets 404.html with status 404."""

    protocol_version = "HTTP/1.1"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests say what went wrong."""


class Server(http.server.ThreadingHTTPServer):
    """A server whose visitors may leave in the middle of an answer."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that closes drops its connections."""


@dataclass
class Visit:
    """A page in the browser, and everything it complained of since it was opened."""

    page: Page
    base: str
    told: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Write down what the page says, asks for and does not get."""
        page = self.page
        page.on("console", lambda m: self.told.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda r: self.failed.append(f"{r.url}: {r.failure}"))
        page.on(
            "response",
            lambda r: self.failed.append(f"{r.url}: {r.status}") if r.status >= 400 else None,
        )

    def arrive(self, where: str, width: int = 1280, scheme: Scheme = "light") -> Visit:
        """Open an address for somebody who was never here, on a screen of this width."""
        page = self.page
        if page.url.startswith(self.base):
            page.evaluate("localStorage.clear()")
        page.goto("about:blank")
        self.told.clear()
        self.requests.clear()
        self.failed.clear()
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        return self.open(where)

    def open(self, where: str) -> Visit:
        """Go to an address of the site and wait until it stands in its own letters."""
        self.page.goto(self.base + where)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return self

    @property
    def where(self) -> str:
        """The address within the site, with its anchor."""
        return self.page.url.removeprefix(self.base)

    def run(self, script: str, *arguments: Any) -> Any:
        """The value of a function of JavaScript within the page."""
        return self.page.evaluate(script, *arguments)

    def until(self, script: str, *arguments: Any) -> None:
        """Wait until something is true within the page, ten seconds at most.

        Asked from here again and again: the page's policy forbids Playwright's own way, which
        evaluates text in it.
        """
        for _ in range(200):
            if self.run(script, *arguments):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"it did not become true: {script}")


@pytest.fixture(scope="session")
def site(built: Path) -> Path:
    """The folder of the finished site of the five cities."""
    return built


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """A folder on this machine's network alone; the address has no slash at its end."""
    server = Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def served() -> Callable[[Path], AbstractContextManager[str]]:
    """Serves a folder for as long as it is asked to."""
    return serve


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """The address of the finished site on this machine, without a slash at its end."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def tiny_base(tiny: Path) -> Iterator[str]:
    """The same of the tiny repository's site."""
    with serve(tiny / "dist/site") as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail(f"There is no browser: none of {', '.join(names)} is on PATH.")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The system's Chromium, one for all that a worker asks of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor's memory for a module: a window costs more than many pages in it."""
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def tab(context: BrowserContext, base: str) -> Callable[[], Visit]:
    """Gives a new tab that tells what its pages complain of."""

    def give() -> Visit:
        visit = Visit(context.new_page(), base)
        visit.watch()
        return visit

    return give


@pytest.fixture(scope="module")
def visitor(tab: Callable[[], Visit]) -> Callable[..., Visit]:
    """Opens an address for somebody who was never here, in the one tab of this module."""
    visit = tab()

    def give(where: str, width: int = 1280, scheme: Scheme = "light") -> Visit:
        return visit.arrive(where, width, scheme)

    return give


@pytest.fixture(scope="session")
def addresses() -> list[str]:
    """The addresses of all pages, from the files of content/."""
    return ADDRESSES


@pytest.fixture(scope="session")
def address_of() -> Callable[[str, str], str]:
    """Gives the address of a page in a language."""
    return address


@pytest.fixture(scope="session")
def dossiers() -> dict[str, list[str]]:
    """The paths of each dossier's pages, in their order."""
    return DOSSIERS


@pytest.fixture(scope="session")
def page_addresses() -> Callable[[str], list[str]]:
    """Gives the addresses of all pages in a language."""
    return lambda language: [address(path, language) for path in PATHS]


@pytest.fixture(scope="session")
def other_addresses() -> list[str]:
    """The addresses of the pages beside those of KINDS, each in one language, in turn."""
    others = [path for path in PATHS if path not in KINDS.values()]
    return [address(path, LANGUAGES[number % 2]) for number, path in enumerate(others)]
