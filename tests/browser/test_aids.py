"""Aids for readers: the base of a figure, links to copy, files and pictures to take along."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from PIL import Image

OPEN = "document.querySelector('[popover]:popover-open')?.textContent.replace(/\\s+/g, ' ').trim()"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_figure_in_a_sentence_tells_its_base(visitor: Callable[..., Any], width: int) -> None:
    """By mouse or finger, and by keyboard, a figure opens its name, base, year and source, on the
    screen whole; Escape closes it."""
    visit = visitor("/en/cities/daejeon/", width)
    page = visit.page
    figure = page.locator(".said button", has_text="$36.64 billion").first
    figure.click()
    told = visit.run(OPEN)
    assert told.startswith("Gross regional product $36.64 billion, city, 2022 ")
    assert page.locator("[popover]:popover-open a").get_attribute("href") == "#source-gini-brochure"
    box = page.locator("[popover]:popover-open").bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] >= 0 and box["y"] + box["height"] <= 900
    page.keyboard.press("Escape")
    assert visit.run(OPEN) is None
    figure.focus()
    page.keyboard.press("Enter")
    assert visit.run(OPEN) == told


def test_every_figure_has_its_own_base(visitor: Callable[..., Any], city_address: str) -> None:
    """Each button opens one element that exists, and each such element is opened by one."""
    visit = visitor(city_address)
    named, made = visit.run(
        """() => [[...document.querySelectorAll('[popovertarget]')].map(one =>
          one.getAttribute('popovertarget')),
          [...document.querySelectorAll('[popover]')].map(one => one.id)]"""
    )
    assert named and sorted(named) == sorted(made)


def test_a_heading_gives_its_link(visitor: Callable[..., Any], context: Any) -> None:
    """The sign beside a heading is a link to it, which a click copies."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit = visitor("/en/compare/")
    visit.page.locator("h2#matrix .anchor").click()
    visit.until("location.hash === '#matrix'")
    assert visit.run("navigator.clipboard.readText()") == f"{visit.base}/en/compare/#matrix"
    visit.page.locator(".cite summary").click()
    visit.page.locator(".cite button").click()
    cited = visit.run("navigator.clipboard.readText()")
    assert cited.endswith("https://gini.example/en/compare/") and "November 2026" in cited
    context.clear_permissions()


@pytest.mark.parametrize("where", ["/cities/daejeon/", "/en/compare/", "/en/pairing/framework/"])
def test_data_can_be_taken_along(visitor: Callable[..., Any], site: Path, where: str) -> None:
    """A table and a chart lead to files of the open data that are there."""
    visit = visitor(where)
    files = visit.page.locator(".offer a").evaluate_all("all => all.map(a => a.href)")
    assert files
    for file in files:
        assert (site / urljoin(where, file.removeprefix(visit.base)).lstrip("/")).is_file()


def test_a_chart_is_a_picture_to_take_along(visitor: Callable[..., Any], tmp_path: Path) -> None:
    """A chart is saved in the colours of light paper: as SVG whose text is text and whose letters
    are in the file, and as PNG."""
    visit = visitor("/compare/", scheme="dark")
    buttons = visit.page.locator(".picture").first.locator("button")
    with visit.page.expect_download() as saving:
        buttons.nth(0).click()
    saving.value.save_as(tmp_path / "chart.svg")
    root = ET.parse(tmp_path / "chart.svg").getroot()
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "대전" in texts
    style = root.findtext("{http://www.w3.org/2000/svg}style", "")
    assert "url(data:font/woff2" in style and "var(" not in (tmp_path / "chart.svg").read_text(
        "utf-8"
    )
    with visit.page.expect_download() as saving:
        buttons.nth(1).click()
    saving.value.save_as(tmp_path / "chart.png")
    with Image.open(tmp_path / "chart.png") as image:
        assert image.size == tuple(
            int(float(root.get(one, "0"))) * 2 for one in ("width", "height")
        )
        assert image.convert("RGB").getpixel((image.width - 1, 0)) == (255, 255, 255)
    assert visit.told == [] and saving.value.suggested_filename == "인구.png"


def test_the_comparison_sorts(visitor: Callable[..., Any]) -> None:
    """A column of the comparison sorts by its figures, those without one last, and back."""
    visit = visitor("/en/compare/")
    cities = visit.page.locator("table.comparison tbody th")
    before = cities.all_inner_texts()
    button = visit.page.locator("table.comparison thead button").nth(1)
    button.click()
    first = cities.all_inner_texts()
    assert first[0] == "Daejeon" and sorted(first) == sorted(before)
    button.click()
    assert cities.all_inner_texts() == first[::-1]
    button.click()
    assert cities.all_inner_texts() == before
