"""The live preview, as somebody sees it who keeps a page open while they write."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support import ROOT, copy_miniature

# Long enough for the slowest machine: nothing here is about speed.
PATIENCE = 60.0


@dataclass
class Preview:
    """A running `build.py serve` and what it has printed so far."""

    root: Path
    base: str
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def edit(self, path: str, change: Callable[[str], str]) -> str:
        """Change a file of the repository; the result is what it was."""
        file = self.root / path
        before = file.read_text(encoding="utf-8")
        after = change(before)
        assert after != before
        file.write_text(after, encoding="utf-8")
        return before


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, drawn: Path) -> Iterator[Preview]:
    """A preview of a copy of the tiny repository, with the copy's own code of charts."""
    root = copy_miniature(tmp_path_factory.mktemp("preview") / "repository", drawn)
    shutil.copy(ROOT / "build.py", root)
    shutil.copytree(
        ROOT / "brochure", root / "brochure", ignore=shutil.ignore_patterns("__pycache__")
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-u", "build.py", "serve", "--port", str(port)],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        # Who runs the tests in the background ignores Ctrl-C, and so would their children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    preview = Preview(root, f"http://127.0.0.1:{port}", process)
    assert process.stdout is not None
    output = process.stdout
    reader = threading.Thread(target=lambda: preview.lines.extend(output), daemon=True)
    reader.start()
    try:
        until(
            lambda: preview.base in preview.said or process.poll() is not None,
            "The preview did not start.",
        )
        assert process.poll() is None, preview.said
        yield preview
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(timeout=PATIENCE)
        output.close()


@pytest.fixture(scope="module")
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """The front page, opened once: no test reloads it."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(f"{preview.base}/")
    yield page
    context.close()


def appears(page: Page, script: str) -> None:
    """Wait until something is true on the open page."""
    page.wait_for_function(script, timeout=PATIENCE * 1000)


def test_the_page_comes_up(page: Page) -> None:
    """The preview serves the front page at the address it prints."""
    assert page.locator("h1").count() == 1


def test_an_edit_of_data_shows_by_itself(preview: Preview, page: Page) -> None:
    """A changed fact in YAML appears on the open page."""
    before = preview.edit(
        "data/alliance.yaml",
        lambda text: re.sub(
            r"(slogan:\s*(?:\{\s*|\n\s+)ko:\s*)[^\n,}]+", r"\1자료를 고침", text, count=1
        ),
    )
    appears(page, "document.querySelector('.front__slogan')?.textContent.includes('자료를 고침')")
    (preview.root / "data/alliance.yaml").write_text(before, encoding="utf-8")
    appears(page, "!document.querySelector('.front__slogan')?.textContent.includes('자료를 고침')")


def test_an_edit_of_text_shows_by_itself(preview: Preview, page: Page) -> None:
    """A changed sentence in Markdown appears on the open page."""
    preview.edit("content/index.ko.md", lambda text: f"{text}\n\n원고에 한 줄을 더함.\n")
    appears(page, "document.body?.textContent.includes('원고에 한 줄을 더함.')")


def test_an_edit_of_a_macro_shows_by_itself(preview: Preview, page: Page) -> None:
    """A changed macro appears on the open page."""
    preview.edit(
        "macros/components/city_card.html",
        lambda text: text.replace('class="card__name"', 'class="card__name card__edited"', 1),
    )
    appears(page, "document.querySelectorAll('.card__edited').length >= 2")


def test_an_edit_of_the_stylesheet_shows_by_itself(preview: Preview, page: Page) -> None:
    """A changed stylesheet changes the look of the open page."""
    preview.edit("overrides/styles/base.css", lambda text: f"{text}\nh1 {{ tab-size: 23 }}\n")
    appears(page, "getComputedStyle(document.querySelector('h1')).tabSize === '23'")


def test_an_edit_of_a_chart_shows_by_itself(preview: Preview, page: Page) -> None:
    """Changed code of a chart draws the chart of the open page anew."""
    preview.edit(
        "charts/map.py",
        lambda text: (
            f"{text}\n\n_as_before = draw\n\n\ndef draw(chart):\n"
            "    return _as_before(chart).replace('<svg', '<svg data-edited=\"yes\"', 1)\n"
        ),
    )
    appears(page, "document.querySelector('svg.chart--map[data-edited]')")


@pytest.mark.parametrize(
    ("file", "broken", "told"),
    [
        ("data/cities/alba.yaml", lambda text: f"{text}\nnonsense: 1\n", "nonsense"),
        ("data/cities/alba.yaml", lambda text: f"{text}\n  : [\n", "alba.yaml"),
        ("content/index.ko.md", lambda text: f"{text}\n{{{{ nothing() }}}}\n", "index.ko.md"),
        (
            "macros/components/city_card.html",
            lambda text: f"{text}\n{{% if %}}\n",
            "macros/components/city_card",
        ),
        ("charts/map.py", lambda text: f"{text}\n\ndef draw(:\n", "charts/map.py"),
        ("mkdocs.yml", lambda text: f"{text}\n  : [\n", "mkdocs.yml"),
        ("overrides/site/main.html", lambda text: f"{text}\n{{% if %}}\n", "main.html"),
    ],
    ids=["field", "yaml", "markdown", "macro", "chart", "settings", "frame"],
)
def test_a_broken_edit_is_told_and_the_last_good_page_stays(
    preview: Preview, page: Page, file: str, broken: Callable[[str], str], told: str
) -> None:
    """A mistake is printed with its file, the page stays as it was, and the next edit is seen."""
    known = len(preview.lines)
    before = preview.edit(file, broken)
    try:
        until(
            lambda: told in "".join(preview.lines[known:]),
            f"The mistake in {file} is not told:\n{preview.said}",
        )
        with urllib.request.urlopen(f"{preview.base}/", timeout=PATIENCE) as answer:
            assert answer.status == 200
            assert "<h1>" in answer.read().decode()
        page.wait_for_selector("h1")
    finally:
        (preview.root / file).write_text(before, encoding="utf-8")
    mark = f"다시 고침 {known}"
    preview.edit("content/index.ko.md", lambda text: f"{text}\n\n{mark}.\n")
    appears(page, f"document.body?.textContent.includes('{mark}.')")


def test_a_brochure_is_printed_when_asked_for(preview: Preview, page: Page) -> None:
    """A brochure's link answers with a PDF, though no edit has printed it."""
    link = page.locator("a[download]").first.evaluate("link => link.href")
    with urllib.request.urlopen(link, timeout=PATIENCE) as answer:
        assert answer.status == 200
        assert answer.headers.get_content_type() == "application/pdf"
        assert answer.read(5) == b"%PDF-"


def test_it_stops_when_told(preview: Preview) -> None:
    """Ctrl-C ends the preview in order, without a traceback."""
    known = len(preview.lines)
    preview.process.send_signal(signal.SIGINT)
    assert preview.process.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in "".join(preview.lines[known:])
