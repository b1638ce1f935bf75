"""How it looks where that can be measured: schemes, contrast, and what the charts say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

# Every visible text with its colour and what is behind it, both as they are seen: colours are
# read through a canvas, which knows every notation, and laid over each other by their opacity.
# A text over a pattern of two colours counts with the worse of them.
TEXTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true})
  const known = {}
  const rgba = colour => known[colour] ??= (() => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  })()
  const over = (top, below) =>
    [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1)
  const luminance = colour => {
    const [r, g, b] = colour.slice(0, 3).map(v => v / 255)
      .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    return .2126 * r + .7152 * g + .0722 * b
  }
  const ratio = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p)
    return (x + .05) / (y + .05)
  }
  const grounds = (element, x, y) => {
    const layers = []
    // In a drawing, the shape under the text is its ground.
    if (element.closest('svg')) {
      const shapes = document.elementsFromPoint(x, y)
        .filter(e => e.closest('svg') && !e.matches('svg, g, a, text, tspan'))
      for (const shape of shapes) {
        const style = getComputedStyle(shape)
        if (style.fill === 'none') continue
        const colour = [...rgba(style.fill)]
        colour[3] *= parseFloat(style.fillOpacity) * parseFloat(style.opacity)
        layers.push([colour])
        if (colour[3] > .99) break
      }
    }
    for (let up = element; up; up = up.parentElement) {
      const style = getComputedStyle(up)
      const plain = rgba(style.backgroundColor)
      const dots = (style.backgroundImage.match(/(rgba?|color|oklch|hsla?)\\([^()]*\\)/g) || [])
        .map(rgba).filter(colour => colour[3] > 0)
      layers.push([plain, ...dots.map(dot => plain[3] ? over(dot, plain) : dot)])
      if (plain[3] > .99) break
    }
    let below = [[255, 255, 255, 1]]
    for (const layer of layers.reverse())
      below = layer.flatMap(colour => below.map(ground => over(colour, ground)))
    return below
  }
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement
    if (!node.data.trim() || element.matches('script, style, title, desc')) continue
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue
    if (element.closest('.unseen, .skip')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.width < 1) continue
    const style = getComputedStyle(element)
    const colour = [...rgba(element.closest('svg') ? style.fill : style.color)]
    for (let up = element; up; up = up.parentElement)
      colour[3] *= parseFloat(getComputedStyle(up).opacity)
    const all = grounds(element, box.left + box.width / 2, box.top + box.height / 2)
    const least = Math.min(...all.map(ground => ratio(over(colour, ground), ground)))
    found.push({
      text: node.data.trim().slice(0, 30),
      of: element.tagName.toLowerCase() + '.' + (element.getAttribute('class') || ''),
      ratio: Math.round(least * 100) / 100,
      chart: Boolean(element.closest('svg.chart')),
      key: Boolean(element.closest('.key-figures, .card__figures')),
    })
  }
  return found
}"""

LIGHTNESS = """() => {
  const canvas = document.createElement('canvas').getContext('2d')
  const mean = colour => {
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data
    return (r + g + b) / 3
  }
  const style = getComputedStyle(document.body)
  return {paper: mean(style.backgroundColor), ink: mean(style.color)}
}"""
DRAWN = "document.querySelectorAll('svg.chart text').length"
# Where there are charts: home, the comparison, a study's plots and its similarities.
DRAWING = re.compile("^/(en/)?$|/compare/|/framework/|/explorer/")


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """What a visitor's device prefers."""
    return str(request.param)


@pytest.fixture(scope="module")
def own_tab(tab: Callable[[], Any]) -> Any:
    """A tab beside that of `visitor`, for pages that stay open over several tests."""
    return tab()


@pytest.fixture(scope="module")
def visit(own_tab: Any, one_address: str, scheme: str) -> Any:
    """A page of each kind, opened once for all that is asked of it in this scheme."""
    return own_tab.arrive(one_address, scheme=scheme)


def test_a_visitor_gets_the_scheme_of_their_device(visit: Any, scheme: str) -> None:
    """Who prefers dark gets light text on dark paper, and who prefers light the reverse."""
    seen = visit.run(LIGHTNESS)
    if scheme == "dark":
        assert seen["paper"] < 60 and seen["ink"] > 200
    else:
        assert seen["paper"] > 240 and seen["ink"] < 80


def test_all_text_has_contrast(visit: Any, one_address: str) -> None:
    """Every text, in charts too, has a contrast of 4.5 or more with what is behind it."""
    # All of the page on one screen, so that what lies under a text can be asked for.
    height = int(visit.run("document.documentElement.scrollHeight"))
    visit.page.set_viewport_size({"width": 1280, "height": height + 100})
    texts = visit.run(TEXTS)
    assert len(texts) > 15
    faint = {
        (one["of"], one["ratio"]): one["text"] for one in reversed(texts) if one["ratio"] < 4.5
    }
    assert faint == {}
    if "/cities/" in one_address:
        assert any(one["key"] for one in texts)
    # Whatever is drawn on the page has texts that were looked at.
    assert any(one["chart"] for one in texts) == bool(visit.run(DRAWN))
    if DRAWING.search(one_address):
        assert visit.run(DRAWN)


def test_the_theme_switch_holds(visitor: Callable[..., Any], scheme: str) -> None:
    """A click changes the scheme, it stays over pages and languages, and a click changes back."""
    visit = visitor("/", scheme=scheme)
    page = visit.page
    first = visit.run(LIGHTNESS)
    page.locator("#scheme").click()
    second = visit.run(LIGHTNESS)
    assert abs(first["paper"] - second["paper"]) > 150
    for where in ("/cities/daejeon/", "/en/compare/", "/nowhere/", "/"):
        visit.open(where)
        assert visit.run(LIGHTNESS) == second, where
    page.locator("#scheme").click()
    assert visit.run(LIGHTNESS) == first
    page.reload()
    assert visit.run(LIGHTNESS) == first


CHARTS = """() => [...document.querySelectorAll('svg.chart')].map(svg => ({
  kind: [...svg.classList].find(name => name.startsWith('chart--')),
  title: svg.querySelector(':scope > title')?.textContent.trim() || '',
  desc: svg.querySelector(':scope > desc')?.textContent.trim() || '',
  named: (svg.getAttribute('aria-labelledby') || '').split(' ')
    .map(id => document.getElementById(id)?.textContent.trim() || ''),
  texts: [...svg.querySelectorAll('text')].map(text => text.textContent.trim()),
  rows: [...(svg.closest('figure')?.querySelectorAll('table tr') || [])]
    .map(row => [...row.cells].map(cell => {
      const value = (cell.querySelector('.stated__value') || cell).cloneNode(true);
      value.querySelectorAll('sup').forEach(mark => mark.remove());
      return value.textContent.replaceAll('\u00a0', ' ').trim();
    })),
}))"""


@pytest.fixture(scope="module")
def charts(visitor: Callable[..., Any]) -> Callable[[str], list[dict[str, Any]]]:
    """Gives what each chart of a page says; each page is asked once."""
    said: dict[str, list[dict[str, Any]]] = {}

    def give(where: str) -> list[dict[str, Any]]:
        if where not in said:
            said[where] = list(visitor(where).run(CHARTS))
        return said[where]

    return give


def test_a_chart_says_what_it_shows(
    charts: Callable[[str], list[dict[str, Any]]], kind_address: str
) -> None:
    """A drawing has a title and a description, its text is text, and both name it aloud."""
    drawn = charts(kind_address)
    if DRAWING.search(kind_address):
        assert drawn
    for chart in drawn:
        assert chart["title"] and chart["desc"] and len(chart["desc"]) > len(chart["title"])
        assert chart["named"] == [chart["title"], chart["desc"]]
        assert chart["texts"]


def test_the_map_names_every_member(
    charts: Callable[[str], list[dict[str, Any]]], visitor: Callable[..., Any], home_address: str
) -> None:
    """The map of the front page has the name of each city as text, and so has its description."""
    visit = visitor(home_address)
    names = visit.page.locator(".card__name a").all_inner_texts()
    (chart,) = charts(home_address)
    assert len(names) >= 5
    for name in names:
        assert name in " ".join(chart["texts"])
        assert name in chart["desc"]


def test_the_charts_of_a_city_show_the_numbers_of_their_tables(
    charts: Callable[[str], list[dict[str, Any]]], city_address: str
) -> None:
    """Each number in dots stands in the table beside it, under the same label."""
    for chart in charts(city_address):
        if chart["kind"] != "chart--dots":
            continue
        table = {tuple(row) for row in chart["rows"]}
        values = {value for _, value in table}
        drawn = [text for text in chart["texts"] if text in values]
        assert len(drawn) >= 2
        for label, value in table:
            if value in drawn:
                assert f"{value}" in chart["desc"] and label in chart["desc"]


def test_the_comparison_charts_show_the_numbers_of_the_table(
    charts: Callable[[str], list[dict[str, Any]]], visitor: Callable[..., Any], compare_address: str
) -> None:
    """Each bar chart has exactly the figures of its column of the table, city by city."""
    visit = visitor(compare_address)
    table = visit.run(
        """() => [...document.querySelectorAll('table.comparison thead th')].slice(1)
          .map((head, column) => ({
            title: head.textContent.trim(),
            cities: [...document.querySelectorAll('table.comparison tbody tr')].map(row => ({
              city: row.cells[0].textContent.trim(),
              values: [...row.cells[column + 1].querySelectorAll('.stated__value')]
                .map(value => value.textContent.trim()),
            })).filter(row => row.values.length),
          }))"""
    )
    bars = {one["title"]: one for one in charts(compare_address) if one["kind"] == "chart--bars"}
    assert set(bars) == {column["title"] for column in table}
    for column in table:
        chart = bars[column["title"]]
        for row in column["cities"]:
            assert row["city"] in chart["texts"]
            for value in row["values"]:
                assert value in chart["texts"] and value in chart["desc"]
        names = {row["city"] for column in table for row in column["cities"]}
        shown = [text for text in chart["texts"] if text in names]
        assert sorted(shown) == sorted(row["city"] for row in column["cities"])


def test_the_matrix_shows_the_fields_of_its_table(
    charts: Callable[[str], list[dict[str, Any]]], compare_address: str
) -> None:
    """The matrix names the same fields and cities as the table behind it."""
    (chart,) = [one for one in charts(compare_address) if one["kind"] == "chart--matrix"]
    drawn = " ".join(chart["texts"])
    head, *rows = chart["rows"]
    for name in [*head[1:], *(row[0] for row in rows)]:
        assert name in drawn
