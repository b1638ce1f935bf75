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


@pytest.mark.parametrize("width", [390, 1280])
def test_a_key_figure_tells_its_base(
    visitor: Callable[..., Any], language: str, width: int
) -> None:
    """Each large figure of a city opens its name, base, year and source by keyboard, and Escape
    closes it again."""
    visit = visitor("/cities/daejeon/" if language == "ko" else "/en/cities/daejeon/", width)
    figures = visit.page.locator(".key-figure")
    assert figures.count() == 4
    for figure in figures.all():
        figure.locator("button").focus()
        visit.page.keyboard.press("Space")
        told = visit.run(OPEN)
        for part in ("dt", ".key-figure__value", ".key-figure__basis"):
            assert " ".join(figure.locator(part).inner_text().split()) in told
        assert visit.page.locator("[popover]:popover-open a").get_attribute("href") in (
            "#source-gini-brochure"
        )
        visit.page.keyboard.press("Escape")
        assert visit.run(OPEN) is None


def test_a_base_opens_under_the_mouse(visitor: Callable[..., Any]) -> None:
    """Under the mouse a figure's base opens without a click, stays while the mouse is on it, and
    closes when it leaves; a click holds it open, and Escape closes it under the mouse."""
    visit = visitor("/en/cities/daejeon/")
    page, opened = visit.page, "document.querySelector('[popover]:popover-open') !== null"
    figure = page.locator(".key-figure button").first
    figure.hover()
    visit.until(opened)
    page.locator("[popover]:popover-open").hover()
    page.wait_for_timeout(400)
    assert visit.run(opened)
    page.mouse.move(5, 5)
    visit.until(f"!({opened})")
    figure.hover()
    visit.until(opened)
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    assert not visit.run(opened)
    page.mouse.move(5, 5)
    figure.hover()
    visit.until(opened)
    figure.click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(400)
    assert visit.run(opened)


@pytest.mark.parametrize(
    ("where", "row"),
    [
        ("cities/daejeon/", "daejeon-status-budget"),
        ("compare/", "row-seattle"),
        ("pairing/framework/", "sizes-belfast"),
        ("pairing/explorer/", "similarity-cities-liverpool-daegu"),
    ],
)
def test_a_row_gives_its_link(
    visitor: Callable[..., Any], context: Any, where: str, row: str
) -> None:
    """The sign beside the head of a row is a link to it, which a click copies, and it leads there
    in either language; who follows it sees which row is meant."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    for prefix in ("/", "/en/"):
        visit = visitor(f"{prefix}{where}")
        head = visit.page.locator(f"tr#{row} > th")
        plain = visit.run(f"getComputedStyle(document.getElementById('{row}')).backgroundColor")
        head.hover()
        head.locator(".anchor").click()
        visit.until(f"location.hash === '#{row}'")
        assert visit.run("navigator.clipboard.readText()") == f"{visit.base}{prefix}{where}#{row}"
        assert plain != visit.run(
            f"getComputedStyle(document.getElementById('{row}')).backgroundColor"
        )
    context.clear_permissions()


def test_every_row_of_a_kind_can_be_linked(visitor: Callable[..., Any]) -> None:
    """The rows of a city's status, of a dossier's tables and of the comparison have ids that are
    the same in every language, and each head its link."""
    for where in ("cities/seattle/", "compare/", "pairing/framework/", "pairing/explorer/"):
        ids = []
        for prefix in ("/", "/en/"):
            rows = visitor(f"{prefix}{where}").run(
                """() => [...document.querySelectorAll(
                    '.status tbody tr, .comparison tbody tr, .data[data-sortable] tbody tr'
                  )].map(row => [row.id, row.querySelector('th .anchor')?.hash])"""
            )
            assert rows and all(row and link == f"#{row}" for row, link in rows)
            ids.append({row for row, _ in rows})
        assert ids[0] == ids[1]


def shown(visit: Any) -> dict[str, list[str]]:
    """The rows of the comparison that show, each with the figures and words of its cells."""
    return dict(
        visit.run(
            """() => [...document.querySelectorAll('.comparison tbody tr')]
              .filter(row => row.checkVisibility()).map(row => [row.id,
                [...row.querySelectorAll('td .stated__value, td .absent')]
                  .filter(one => one.checkVisibility()).map(one => one.textContent)])"""
        )
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_the_comparison_filters(visitor: Callable[..., Any], width: int) -> None:
    """Chosen cities alone are shown, and of each cell the figures of the chosen base; how many
    figures show is told; the table sorts by what shows, and one press shows everything again."""
    visit = visitor("/en/compare/", width)
    page, form = visit.page, visit.page.locator(".filter")
    whole = shown(visit)
    reset = form.get_by_role("button", name="Show everything")
    assert len(whole) == 5 and not reset.is_visible()
    form.get_by_label("Seattle").check()
    form.get_by_label("Dortmund").check()
    assert list(shown(visit)) == ["row-dortmund", "row-seattle"]
    form.get_by_label("Base").select_option("metropolitan area")
    assert shown(visit) == {
        "row-dortmund": [
            "on another base only",
            *["not in the source"] * 2,
            "on another base only",
        ],
        "row-seattle": ["4,044,837", "16,339 km²", "$517.8 billion", "not in the source"],
    }
    assert form.get_by_role("status").inner_text() == "Figures shown: 3"
    if width > 720:
        page.locator(".comparison thead button").nth(2).click()
        assert next(iter(shown(visit))) == "row-seattle"
        page.locator(".comparison thead button").nth(2).click(click_count=2)
    reset.focus()
    page.keyboard.press("Enter")
    visit.until("document.querySelector('.filter [role=status]').textContent === ''")
    assert visit.run("document.activeElement.matches('.filter input')")
    assert shown(visit) == whole and visit.told == []


def test_without_script_the_comparison_is_whole(context: Any, base: str) -> None:
    """Where no script runs, nothing can be chosen, and every row and figure shows."""
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{base}/en/compare/")
    assert not page.locator(".filter").is_visible()
    assert all(one.is_visible() for one in page.locator(".comparison .stated__value").all())
    assert not any(one.is_visible() for one in page.get_by_text("on another base only").all())
    plain.close()


def test_who_does_what_has_room_on_a_phone(visitor: Callable[..., Any], language: str) -> None:
    """On a phone each field of industry lists its cities, as links that a thumb meets, with the
    facts of the table; nothing of it scrolls sideways. On a desk the drawing stands instead."""
    where = "/compare/" if language == "ko" else "/en/compare/"
    desk = visitor(where)
    assert desk.page.locator(".figure--matrix svg").is_visible()
    assert not desk.page.locator(".who").is_visible()
    visit = visitor(where, 390)
    assert not visit.page.locator(".figure--matrix").is_visible()
    table, cards = visit.run(
        """() => {
          const table = document.querySelector('table.matrix')
          const [, ...names] = [...table.tHead.rows[0].cells].map(one => one.textContent)
          const words = [...new Set([...document.querySelectorAll('.who dt')]
            .map(one => one.textContent))]
          return [
            [...table.tBodies[0].rows].map(row => [row.cells[0].textContent, words.flatMap(word =>
              names.filter((_, n) => row.cells[n + 1].textContent === word)
                .map(name => [word, name])).sort()]),
            [...document.querySelectorAll('.who li')].map(card => [
              card.querySelector('h3').firstChild.textContent,
              [...card.querySelectorAll('dd')].map(one =>
                [one.parentElement.querySelector('dt').textContent, one.textContent]).sort()]),
          ]
        }"""
    )
    assert cards == table and len(cards) > 10
    links = visit.page.locator(".who a")
    for box in links.evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())"):
        assert box["height"] >= 24 and box["width"] >= 24
        assert box["left"] >= 0 and box["right"] <= 390


@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_leads_to_the_cities(
    visitor: Callable[..., Any], language: str, width: int
) -> None:
    """On the map each city is one link with its name, which Tab reaches with a line around it and
    a click follows."""
    visit = visitor("/" if language == "ko" else "/en/", width)
    links = visit.page.locator("svg.chart--map a")
    names = visit.page.locator(".card__name a").all_inner_texts()
    labels = links.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert len(labels) == len(names)
    assert all(label.startswith(f"{name}, ") for label, name in zip(labels, names, strict=True))
    visit.page.locator(".front__cities a").last.focus()
    for number in range(len(names)):
        visit.page.keyboard.press("Tab")
        assert visit.run("document.activeElement.getAttribute('aria-label')") == labels[number]
        assert visit.run("getComputedStyle(document.activeElement).outlineStyle") != "none"
    links.last.click()
    visit.until("location.pathname.includes('/cities/')")
    assert visit.page.locator("h1").inner_text() == names[-1]
