"""What Lighthouse says of pages as on a phone: accessibility, best practices, and being found.

Its fourth score, performance, is of a clock and therefore of `make bench ARGS=--lighthouse`.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, tool

CATEGORIES = ("accessibility", "best-practices", "seo")
# Each kind of page once, the front page in every language.
ASKED = [
    *(("index", language) for language in ("ko", "en")),
    ("cities/daejeon", "ko"), ("compare", "en"), ("plan/vision", "ko"), ("pairing/framework", "en"),
]  # fmt: skip
# What Lighthouse gives no points for here, and why; whatever else it leaves out is told.
# `is-on-https` is not among them: this machine counts as safe, so that it always holds.
UNJUDGED = {
    "redirects-http": "whether http leads to https is the host's matter",
    "has-hsts": "a header of the host",
    "csp-xss": "looks for the policy in the host's header; ours stands in the page",
    "origin-isolation": "a header of the host",
    "clickjacking-mitigation": "a header of the host",
    "trusted-types-xss": "a header of the host",
    "js-libraries": "a list of libraries, of which the site has none",
    "image-alt": "of pages that have a picture",
    "structured-data": "left to people; tests/publish/open_data/test_open_data.py reads it",
}
SPOILT = """<!doctype html><html lang="en"><head><title>Spoilt</title>
<meta name="robots" content="noindex"></head>
<body><img src="mark.svg"><a href="/">click here</a><script>undefined.x</script></body></html>"""


def audited(chromium: str, addresses: list[str]) -> Iterator[dict[str, Any]]:
    """What Lighthouse says of each address, in their order."""
    program = ROOT / "tests/lighthouse/audit.mjs"
    done = subprocess.run(
        ["node", program, tool(""), chromium, ",".join(CATEGORIES), *addresses],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    yield from map(json.loads, done.stdout.splitlines())


@pytest.fixture(scope="module")
def spoilt(served: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The address of a page with a fault in each category."""
    folder = tmp_path_factory.mktemp("spoilt")
    (folder / "index.html").write_text(SPOILT, encoding="utf-8")
    with served(folder) as base:
        yield f"{base}/"


@pytest.fixture(scope="module")
def reports(
    chromium: str, base: str, spoilt: str, address_of: Callable[[str, str], str]
) -> dict[str, dict[str, Any]]:
    """What Lighthouse says, by address; one browser opens all."""
    wheres = [address_of(path, language) for path, language in ASKED]
    found = list(audited(chromium, [*(base + where for where in wheres), spoilt]))
    return dict(zip([*wheres, "spoilt"], found, strict=True))


@pytest.mark.parametrize(("path", "spoken"), ASKED)
def test_lighthouse_finds_nothing(
    reports: dict[str, dict[str, Any]],
    address_of: Callable[[str, str], str],
    path: str,
    spoken: str,
) -> None:
    """Front page, city, comparison and pages of dossiers score 100 in every category, in one
    language or the other."""
    found = reports[address_of(path, spoken)]
    assert found["lost"] == []
    assert found["scores"] == dict.fromkeys(CATEGORIES, 100)
    # What is not judged costs nothing, and would hide behind the full score.
    assert set(found["unjudged"]) <= set(UNJUDGED)


def test_lighthouse_finds_what_is_wrong(reports: dict[str, dict[str, Any]]) -> None:
    """A picture without text, a script that fails and a page that asks not to be found cost points,
    each in its category."""
    found = reports["spoilt"]
    assert all(found["scores"][category] < 100 for category in CATEGORIES)
    lost = {one["id"] for one in found["lost"]}
    assert {"image-alt", "errors-in-console", "is-crawlable", "viewport"} <= lost
