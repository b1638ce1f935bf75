"""The form at /edit/: a change made there is the change of the file, and nothing besides.

Decap CMS works on a real git repository on this machine through decap-server, as it would work at
GitHub. The published page knows nothing of that: the tests tell the browser where the server is.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from support import ROOT, copy_inputs, run_build, tool

from brochure.model.help import LANGUAGES, read_manual
from brochure.model.records import City

FORM = "edit/"
CITIES = sorted(path.stem for path in (ROOT / "data/cities").glob("*.yaml"))


def git(folder: Path, *arguments: str) -> str:
    """What git says in a repository."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with the inputs of the build."""
    folder = copy_inputs(tmp_path_factory.mktemp("kept"))
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "editor")
    git(folder, "config", "user.email", "editor@gini.example")
    git(folder, "-c", "core.compression=0", "add", "--all")
    git(folder, "commit", "--quiet", "--message=as it was")
    return folder


@pytest.fixture(scope="module")
def server(kept: Path) -> Iterator[str]:
    """The address of decap-server for that repository."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api/v1"
    environment = os.environ | {
        "BIND_HOST": "127.0.0.1", "GIT_REPO_DIRECTORY": str(kept), "LOG_LEVEL": "error",
        "MODE": "git", "PORT": str(port),
    }  # fmt: skip
    script = tool("decap-server/dist/index.js")
    with subprocess.Popen(["node", str(script)], env=environment, cwd=kept) as process:
        ask = urllib.request.Request(
            url, b'{"action": "info"}', {"Content-Type": "application/json"}
        )
        while process.poll() is None:
            try:
                urllib.request.urlopen(ask, timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield url
        process.terminate()


@pytest.fixture
def form(browser: Browser, base: str, server: str) -> Iterator[Page]:
    """The form on that repository, after signing in.

    The server is reached through the site's own address, so that the page's policy stays as it is.
    """
    page = browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(20_000)

    def told_where(route: Route) -> None:
        config = route.fetch().json()
        route.fulfill(json=config | {"local_backend": {"url": f"{base}/api/v1"}})

    page.route("**/edit/config.json", told_where)
    page.route("**/api/v1", lambda route: route.fulfill(response=route.fetch(url=server)))
    page.goto(f"{base}/{FORM}")
    page.get_by_role("button", name="Login").click()
    yield page
    page.unroute_all(behavior="ignoreErrors")
    page.context.close()


def opened(form: Page, city: str = "Daejeon") -> Page:
    """The form with a city's file open."""
    form.get_by_text(re.compile(city)).first.click()
    form.locator(".texts").first.wait_for()
    return form


def branch(city: str) -> str:
    """Where Decap CMS keeps the change of a city's file until it is published."""
    return f"cms/cities/{city}"


def save(form: Page, kept: Path, city: str) -> list[str]:
    """Save, and give the lines of the change on its branch, without their context."""
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_text("Entry saved")).to_be_visible()
    diff = git(kept, "diff", "--unified=0", "main", branch(city))
    return [line for line in diff.split("\n") if re.match(r"[-+](?![-+]{2} )", line)]


def test_a_word_that_is_changed_is_a_line_that_changes(form: Page, kept: Path) -> None:
    """Daejeon is opened, one word of its English introduction is changed, and it is saved: the
    change on its branch is that line, and `check` passes with it.
    """
    box = opened(form).locator("textarea[id^=lead-field][lang=en]")
    before = box.input_value()
    box.fill(before.replace("largest", "greatest"))
    lines = save(form, kept, "daejeon")
    assert len(lines) == 2, lines
    removed, added = lines
    assert removed == f"-  en: {before}"
    assert added == f"+  en: {before.replace('largest', 'greatest')}"
    git(kept, "checkout", "--quiet", branch("daejeon"))
    done = run_build("--root", kept, "check")
    git(kept, "checkout", "--quiet", "main")
    assert done.returncode == 0, done.stderr


def test_the_form_has_every_entry_of_a_city_in_both_languages(form: Page) -> None:
    """Every entry of the model is a field with its name and its help in Korean and English, and a
    text has a box for each language, side by side.
    """
    opened(form)
    shown = form.locator("body").inner_text().lower()
    manual = read_manual()
    for entry in City.model_fields:
        told = manual.entry("City", entry)
        for language in LANGUAGES:
            assert told.name[language].lower() in shown, (entry, language)
    for entry in ("name", "lead"):
        boxes = form.locator(f"textarea[id^={entry}-field]")
        ko, en = (boxes.nth(number).bounding_box() for number in (0, 1))
        assert ko and en and ko["y"] == en["y"] and ko["x"] + ko["width"] <= en["x"]


def test_a_text_that_lacks_a_language_is_not_saved(form: Page, kept: Path) -> None:
    """A text that lacks a language is told of in Korean and English, and nothing is saved."""
    opened(form, "Dortmund").locator("textarea[id^=name-field][lang=en]").first.fill("")
    form.get_by_role("button", name="Save", exact=True).click()
    told = form.get_by_text("모든 언어로 적습니다. / Every language is needed.")
    expect(told.first).to_be_visible()
    assert git(kept, "branch", "--list", branch("dortmund")) == ""


# What the form makes of a file


@pytest.fixture(scope="module")
def plain(context: BrowserContext, base: str) -> Iterator[Page]:
    """The published page as it is, and what it asked for."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}/{FORM}")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(f"{base}/")] == []
    yield page
    page.close()


def test_the_published_form_asks_nobody_else_and_says_that_it_waits(plain: Page) -> None:
    """The page loads from its own site alone. While nobody runs a service for signing in, it says
    so in every language; no test's setting is in it.
    """
    assert plain.locator("main").is_visible()
    assert plain.locator("section").count() == 2
    config = plain.evaluate("fetch('config.json').then(answer => answer.json())")
    assert "local_backend" not in config
    assert config["backend"] == {
        "name": "github", "repo": "gini-innopolis/brochure", "branch": "main",
        "open_authoring": True,
    }  # fmt: skip
    assert config["publish_mode"] == "editorial_workflow"


SAVED = """async ([text, change]) => {
    const { fileFormat } = await import('/edit/lossless.js');
    const config = await (await fetch('config.json')).json();
    const format = fileFormat(window.libraries.YAML, config.collections[0].fields);
    const values = JSON.parse(JSON.stringify(format.fromFile(text)));
    new Function('city', change)(values);
    return format.toFile(values);
}"""


def changed(plain: Page, text: str, change: str) -> list[str]:
    """The lines that a change of the form's values changes in a file."""
    after = plain.evaluate(SAVED, [text, change])
    lines = difflib.unified_diff(text.split("\n"), after.split("\n"), lineterm="", n=0)
    return [line for line in lines if re.match(r"[-+](?![-+]{2} )", line)]


@pytest.mark.parametrize("city", CITIES)
def test_what_is_not_edited_stays_as_it_was_written(plain: Page, city: str) -> None:
    """With the libraries of the page: a file that is saved as it was opened is the same to the
    byte, however it is laid out, and an edit changes its own lines. What an edit can be is tried
    without a browser, in tests/js/.
    """
    text = (ROOT / f"data/cities/{city}.yaml").read_text("utf-8")
    assert changed(plain, text, "") == []
    odd = text.replace("{ko:", "{  ko:  ").replace("\nlead:", "\n\n\n# a note\nlead:   # here")
    assert changed(plain, odd, "") == []
    assert len(changed(plain, odd, "city.accent = '#123456'")) == 2
    assert len(changed(plain, text, "city.key_figures.push('area')")) == 2


def test_the_libraries_are_those_that_are_told_of() -> None:
    """The bundle is the one whose parts and licences vendor.txt lists, and each part has one."""
    folder = ROOT / "overrides/site/edit"
    told = (folder / "vendor.txt").read_text("utf-8")
    digest = hashlib.sha256((folder / "vendor.js").read_bytes()).hexdigest()
    assert told.startswith(f"vendor.js sha256 {digest}\n")
    parts = re.findall(r"^(\S+) [0-9][^ :]*: (.+)$", told.partition("\n---")[0], re.MULTILINE)
    assert {"decap-cms-core", "react", "yaml"} <= {name for name, _ in parts}
    free = re.compile("MIT|ISC|BSD|Apache|MPL|WTFPL|see below")
    assert [part for part in parts if not free.search(part[1])] == []
