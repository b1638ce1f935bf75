"""Tables of dossiers: how they sort in the browser, by mouse and keyboard, and without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

# Every table that sorts: its heads and its rows, each cell with what it sorts by.
STATE = """table => ({
  heads: [...table.tHead.rows[0].cells].map(head => ({
    text: head.textContent.trim(),
    number: head.classList.contains('number'),
    sorted: head.getAttribute('aria-sort'),
  })),
  rows: [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.dataset.order)),
})"""
TABLES = f"[...document.querySelectorAll('table[data-sortable]')].map({STATE})"
# The same after each of three presses of each head; with the cells of a column in the order of the
# page's language, and what the head holds.
PRESSED = f"""() => [...document.querySelectorAll('table[data-sortable]')].map(table => {{
  const state = {STATE}
  return [...table.tHead.rows[0].cells].map((head, column) => {{
    const button = head.querySelector(':scope > button')
    const orders = state(table).rows.map(row => row[column])
    return {{
      column,
      ordered: [...new Set(orders)].sort(
        (a, b) => a.localeCompare(b, document.documentElement.lang)),
      says: button.textContent.trim(),
      title: button.title,
      links: [button.querySelectorAll('a').length, head.querySelectorAll(':scope > sup a').length],
      before: state(table),
      after: [1, 2, 3].map(() => {{ button.click(); return state(table) }}),
    }}
  }})
}})"""
HEAD = "table[data-sortable] >> nth={} >> thead th >> nth={} >> button"


@pytest.fixture(scope="module")
def sorting(site: Path) -> list[str]:
    """The addresses of pages with a table that sorts: every other one of each language."""
    found = sorted(
        f"/{file.parent.relative_to(site).as_posix()}/"
        for file in site.rglob("index.html")
        if "data-sortable" in file.read_text(encoding="utf-8")
    )
    korean = [where for where in found if not where.startswith("/en/")]
    english = [where for where in found if where.startswith("/en/")]
    assert korean and english
    return [*korean[::2], *english[1::2]]


@pytest.fixture(scope="module")
def pressed(visitor: Callable[..., Any], sorting: list[str]) -> list[dict[str, Any]]:
    """What each press of each head of each such page makes of its table."""
    found = []
    for where in sorting:
        visit = visitor(where)
        found += [{**head, "where": where} for table in visit.run(PRESSED) for head in table]
        assert visit.told == []
    return found


def test_every_column_sorts(pressed: list[dict[str, Any]]) -> None:
    """A press on a head sorts by it, numbers from the largest, words and terms from the first; a
    second press turns the order round; a third restores the source's. Rows without a value come
    last both ways, equal ones keep the source's order, and one head says that it sorts."""
    absent = 0
    for one in pressed:
        column, before, (first, second, third) = one["column"], one["before"], one["after"]
        head = before["heads"][column]
        stated = [row for row in before["rows"] if row[column] != ""]
        without = [row for row in before["rows"] if row[column] == ""]
        absent += len(without)
        rank: dict[str, float] = {order: place for place, order in enumerate(one["ordered"])}
        if head["number"]:
            rank = {row[column]: float(row[column]) for row in stated}
        up = sorted(stated, key=lambda row: rank[row[column]])
        down = sorted(stated, key=lambda row: rank[row[column]], reverse=True)
        steps = [("ascending", up), ("descending", down)]
        steps = steps[::-1] if head["number"] else steps
        for now, (said, expected) in zip((first, second), steps, strict=True):
            assert now["rows"] == expected + without, (one["where"], head["text"], said)
            marks = [said if number == column else None for number in range(len(now["heads"]))]
            assert [it["sorted"] for it in now["heads"]] == marks
        assert third == before
    assert absent > 0, "no table has a cell without a value"
    assert {one["where"].startswith("/en/") for one in pressed} == {True, False}


def test_a_head_keeps_its_notes(pressed: list[dict[str, Any]]) -> None:
    """The button of a head has its words and base and says what it does; the mark of a note stays
    a link beside it."""
    assert all(one["says"] and one["title"] and one["links"][0] == 0 for one in pressed)
    assert sum(one["links"][1] for one in pressed) > 0


def test_another_head_begins_anew(visitor: Callable[..., Any], sorting: list[str]) -> None:
    """Pressing a second head sorts by that one alone, and takes the mark from the first."""
    visit = visitor(sorting[0])
    before = visit.run(TABLES)[0]
    visit.page.locator(HEAD.format(0, 1)).click()
    visit.page.locator(HEAD.format(0, 0)).click()
    after = visit.run(TABLES)[0]
    assert [bool(head["sorted"]) for head in after["heads"]][:2] == [True, False]
    assert sorted(map(str, after["rows"])) == sorted(map(str, before["rows"]))


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_it_sorts_by_keyboard(visitor: Callable[..., Any], sorting: list[str], key: str) -> None:
    """Tab reaches each head in turn, with a line around it; Enter and Space press it, and the
    focus stays."""
    visit = visitor(sorting[0])
    heads = visit.run(TABLES)[0]["heads"]
    visit.page.locator(HEAD.format(0, 0)).focus()
    visit.page.keyboard.press("Shift+Tab")
    for number in range(len(heads)):
        visit.page.keyboard.press("Tab")
        while not visit.run("document.activeElement.matches('th button')"):
            # The mark of a note stands between two heads.
            assert visit.run("document.activeElement.closest('thead, .block__scroll') !== null")
            visit.page.keyboard.press("Tab")
        assert visit.run(
            "parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2"
            " && getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        )
        visit.page.keyboard.press(key)
        marks = [head["sorted"] for head in visit.run(TABLES)[0]["heads"]]
        assert [bool(mark) for mark in marks] == [one == number for one in range(len(heads))]
        assert visit.run("document.activeElement.closest('th').cellIndex") == number


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_without_script_a_table_is_as_in_the_source(
    scriptless: Page, base: str, site: Path, sorting: list[str]
) -> None:
    """Where no script runs, every row stands, in the order of the page's file, and no head
    promises to sort."""
    for where in sorting:
        scriptless.goto(base + where)
        shown = scriptless.locator("table[data-sortable] tbody th").all_inner_texts()
        file = (site / where.strip("/") / "index.html").read_text(encoding="utf-8")
        tables = re.findall(r"<table[^>]*data-sortable.*?</table>", file, re.DOTALL)
        heads = [
            re.sub("<[^>]+>", "", head)
            for table in tables
            for head in re.findall(r'<th scope="row"[^>]*>(.*?)</th>', table, re.DOTALL)
        ]
        assert shown and len(shown) == len(heads)
        assert [" ".join(one.split()) for one in shown] == [
            " ".join(one.replace("&amp;", "&").split()) for one in heads
        ]
        assert scriptless.locator("table[data-sortable] button").count() == 0
