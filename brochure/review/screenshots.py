"""Screenshots of the pages and brochures that a change concerns, before and after.

Both states are shown in the present stylesheets, without scripts and without a network.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.base.cache import Cache
from brochure.base.message import Message
from brochure.base.problem import BrochureError
from brochure.pipeline import Publication, cache, publish_pages
from brochure.publish.print.pdf import assets, print_brochures
from brochure.publish.release import Release
from brochure.review.review import Review

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
# At most so many pages: more would show the same kind of change. Widths in CSS pixels.
PAGES, WIDTH, HEIGHT = 30, 1280, 900
# Pixels a point of a brochure's page.
SCALE = 1.25

_SITE = "http://site.invalid/"


class ScreenshotError(BrochureError):
    """Something that screenshots need is not installed."""


def screenshots(root: Path, change: Review, folder: Path) -> int:
    """Write `<page>.<before|after>.png` below `folder`; the result is how many.

    These are the pages that change, at most PAGES of them, and each page of a brochure that looks
    different. Raises ScreenshotError, SiteError and PrintError.
    """
    browser_path = find_browser()
    from playwright.sync_api import sync_playwright

    states = {"before": change.before, "after": change.after}
    urls = [url for _, url, _ in change.published.pages][:PAGES]
    files: list[tuple[str, bytes]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(FLAGS))
        for name, state in states.items():
            own = [url for url in urls if url in {page.url for page in state.pages}]
            files += [
                (f"pages/{_file(url)}.{name}.png", png)
                for url, png in _screenshots_of(root, state, own, browser)
            ]
        browser.close()
    files += _brochures(change, [name for _, name in change.published.brochures], root)
    for name, png in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png)
    return len(files)


def find_browser() -> str:
    """The path of the browser. Raises ScreenshotError if it, or its driver, is not installed."""
    # These packages come with the tests' requirements: a build needs neither.
    for package in ("playwright", "pypdfium2"):
        if find_spec(package) is None:
            raise ScreenshotError(Message("screenshots.missing-package", package=package))
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise ScreenshotError(Message("screenshots.no-browser", names=BROWSERS))
    return path


def _file(url: str) -> str:
    return url.strip("/").replace("/", "-") or "index"


def _screenshots_of(
    root: Path, state: Publication, urls: Iterable[str], browser: Browser
) -> Iterator[tuple[str, bytes]]:
    """Pages of one state as the browser shows them, from top to bottom."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as name:
        site = Path(name) / "site"
        Release(site).put(publish_pages(root, state, cache(root), Path(name) / "mkdocs"))
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            java_script_enabled=False,
            reduced_motion="reduce",
        )
        context.route("**/*", partial(_serve, site))
        page = context.new_page()
        for url in urls:
            page.goto(_SITE + url)
            yield url, page.screenshot(full_page=True)
        context.close()


def _serve(site: Path, route: Route) -> None:
    """Answer a request with a file of the site; refuse any other."""
    address = route.request.url.partition("#")[0].partition("?")[0]
    path = (site / address.removeprefix(_SITE)).resolve()
    if path.is_dir():
        path /= "index.html"
    if address.startswith(_SITE) and path.is_relative_to(site.resolve()) and path.is_file():
        route.fulfill(path=path)
    else:
        route.abort()


def _brochures(change: Review, names: Iterable[str], root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of brochures that look different; a page that is gone has no `after`."""
    wanted, stored, loaded = set(names), cache(root), assets(root)
    # A page that differs in the version alone is not different.
    old, new = (state.editions[0].version for state in (change.before, change.after))
    before, after = (
        _printed(state, wanted, loaded, stored, old, new) for state in (change.before, change.after)
    )
    for name in sorted(wanted):
        both = zip_longest(before.get(name, []), after.get(name, []))
        for number, (was, now) in enumerate(both, 1):
            if was != now:
                place = f"brochures/{name}-{number:02}"
                yield from (
                    (f"{place}.{state}.png", png)
                    for state, png in (("before", was), ("after", now))
                    if png
                )


def _printed(
    state: Publication,
    names: set[str],
    loaded: Mapping[str, bytes],
    stored: Cache,
    old: str,
    new: str,
) -> dict[str, list[bytes]]:
    """The pages of each brochure as pictures."""
    chosen = [
        replace(brochure, html=brochure.html.replace(old, new))
        for brochure in state.brochures
        if brochure.name in names
    ]
    return {
        name: list(_rendered(printed.screen))
        for name, printed in print_brochures(chosen, loaded, stored)
    }


def _rendered(pdf: bytes) -> Iterator[bytes]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        picture = io.BytesIO()
        page.render(scale=SCALE).to_pil().convert("RGB").save(picture, "PNG")
        yield picture.getvalue()
    document.close()
