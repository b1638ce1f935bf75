"""Charts of tables: what rankings and grids promise, together and each for itself."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

import pytest
from chart_samples import (
    BLUE,
    GERMAN,
    KOREAN,
    ORANGE,
    SVG,
    TEAL,
    Area,
    drawn,
    number,
    path_areas,
    path_points,
    strings,
    text_areas,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plot_samples import (
    CHARTS,
    LEVEL,
    LONG_LABELS,
    LONG_RANKING,
    RANKING,
    SLANTED_GRID,
    bar,
    cells,
    gridded,
    ranked,
    row,
)
from support import ROOT

from brochure.base.colour import contrast, mix, readable_on
from charts import Chart, canvas, grid, headings, legend, ranking
from charts.canvas import MissingGlyph, Weight, measure

NAN = math.nan


each_chart = pytest.mark.parametrize("what", CHARTS.values(), ids=CHARTS)


def elements(what: Chart, tag: str) -> list[ET.Element]:
    return list(ET.fromstring(drawn(what)).iter(f"{SVG}{tag}"))


def texts(what: Chart) -> list[str]:
    return [element.text or "" for element in elements(what, "text")]


def boxes(what: Chart) -> Iterator[tuple[ET.Element, Area]]:
    """The rectangles of a drawing, each with the path that it belongs to."""
    for element in elements(what, "path"):
        for part in re.findall(r"M[^M]*Z", element.get("d", "")):
            xs, ys = zip(*path_points(part), strict=True)
            yield element, Area("box", min(xs), min(ys), max(xs), max(ys))


# --- both kinds -----------------------------------------------------------------------------------


@each_chart
def test_an_svg_is_plain_and_names_itself(what: Chart) -> None:
    """One `<svg>` that scales, with presentation attributes only, its title and its description."""
    svg = drawn(what)
    root = ET.fromstring(svg)
    assert root.get("class") == f"chart chart--{what.kind}"
    assert not {"width", "height"} & set(root.keys())
    assert not re.search(r"<\?|<!|<style|style=|<metadata|xlink|<g|<script", svg)
    named = {element.get("id"): element.text for element in root}
    labels = (root.get("aria-labelledby") or "").split()
    assert [named[label] for label in labels] == [what.title, what.description]


@each_chart
def test_every_text_is_there(what: Chart) -> None:
    """Whatever the content says stands in the drawing as text, broken between words only."""
    joined = " ".join(texts(what))
    for wanted in strings(what.content):
        assert wanted in joined


@each_chart
def test_nothing_leaves_the_sheet(what: Chart) -> None:
    """All texts, as wide as Pretendard makes them, and all shapes lie inside the viewBox."""
    root = ET.fromstring(drawn(what))
    left, top, width, height = map(float, (root.get("viewBox") or "").split())
    assert width == {"ranking": 400, "grid": 640}[what.kind]
    for area in [*text_areas(root), *path_areas(root)]:
        assert area.left >= left - 0.01 and area.right <= left + width + 0.01, area
        assert area.top >= top - 0.01 and area.bottom <= top + height + 0.01, area


@pytest.mark.parametrize("what", LEVEL.values(), ids=LEVEL)
def test_texts_do_not_overlap(what: Chart) -> None:
    """No text stands on another, in Korean, English or German."""
    areas = list(text_areas(ET.fromstring(drawn(what))))
    assert not [(a, b) for a, b in combinations(areas, 2) if a.meets(b)]


@each_chart
def test_text_can_be_read_on_a_phone(what: Chart) -> None:
    """No text is smaller than 11.5 px."""
    assert min(number(element, "font-size") for element in elements(what, "text")) >= 11.5


@each_chart
def test_every_colour_has_a_dark_shade(what: Chart) -> None:
    """Colours are the accent, those of the content and the sheet's roles: all that pages retint."""
    roles = {canvas.INK, canvas.MUTED, canvas.LINE}
    used = {
        value
        for element in ET.fromstring(drawn(what)).iter()
        for name in ("fill", "stroke")
        if (value := element.get(name, "none")) != "none"
    }
    assert used <= roles | {what.accent, BLUE, ORANGE, TEAL}


@each_chart
def test_an_svg_is_small(what: Chart) -> None:
    """Charts are cheap to send: below 60 kB before compression."""
    assert len(drawn(what).encode()) < 60_000


def test_equal_bytes_everywhere() -> None:
    """Hash seed, time zone and locale leave no trace in the bytes."""
    program = (
        "import sys; from chart_samples import drawn; from plot_samples import CHARTS\n"
        "for what in CHARTS.values(): sys.stdout.buffer.write(drawn(what).encode())"
    )
    expected = "".join(map(drawn, CHARTS.values())).encode()
    for given_ in (
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Seoul", "LC_ALL": "C"},
    ):
        path = f"{ROOT}{os.pathsep}{ROOT / 'tests'}"
        ran = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": path, **given_},
            capture_output=True,
            check=True,
        )
        assert ran.stdout == expected


@pytest.mark.parametrize(
    "what",
    [ranked(row("大漢", bar(1, "1"))), gridded(["a"], {"大漢": cells(1)})],
    ids=lambda what: what.kind,
)
def test_a_missing_glyph_is_an_error(what: Chart) -> None:
    """A character Pretendard lacks is named, with its text and chart, instead of left out."""
    with pytest.raises(MissingGlyph, match=r"(?s)population.*U\+5927 大.*大漢"):
        drawn(what)


@pytest.mark.parametrize("value", [NAN, math.inf, -math.inf, -1, "7", True])
def test_a_number_that_is_none_is_an_error(value: Any) -> None:
    """NaN, infinity, negative and non-numbers are refused, with the chart's and the row's name."""
    with pytest.raises(ValueError, match=r"population.*부산"):
        drawn(ranked(row("부산", bar(value, "?"))))
    with pytest.raises(ValueError, match=r"population.*부산"):
        drawn(gridded(["a"], {"부산": cells(value)}))


def test_legends_flow() -> None:
    """Entries stand side by side while there is room, in order, and none begins beyond the left."""
    entries = legend.legend_entries(["대한민국", "영국", GERMAN, "a", "b"], 10, 400)
    assert [(entry.x, entry.y) for entry in entries[:1]] == [(0, 0)]
    assert entries[1].y == 0 and entries[1].x > measure("대한민국", legend.SIZE)
    assert entries[2].x == 0 and entries[2].y == legend.LINE
    assert len(entries[2].lines) > 1
    assert entries[3].x == 0
    assert entries[3].y == entries[2].y + legend.LINE * len(entries[2].lines)
    assert entries[4].y == entries[3].y
    assert legend.legend_height([]) == 0


# --- ranking --------------------------------------------------------------------------------------


def test_bars_are_proportional_from_one_zero() -> None:
    """Every bar begins at the zero line, and lengths are to each other as the values are."""
    values = [45_200, 41_000, 38_700, 12_000, 31_200, 1]
    left = ranking.label_column(RANKING.content["rows"])
    bars = [area for _, area in boxes(RANKING) if area.bottom - area.top > ranking.SQUARE + 1]
    assert len(bars) == len(values)
    for area, value in zip(bars, values, strict=True):
        assert area.left == pytest.approx(left, abs=0.01)
        ratio = (area.right - area.left) / (bars[0].right - bars[0].left)
        assert ratio == pytest.approx(value / values[0], abs=1e-4)
    line = next(path for path in elements(RANKING, "path") if path.get("stroke") == canvas.LINE)
    ends = [x for x, _ in path_points(line.get("d", ""))]
    assert ends == pytest.approx([left - 0.5] * 2, abs=0.01)


def test_what_is_not_stated_has_words_instead_of_a_bar() -> None:
    """None is no zero: its words are muted and regular; a zero's text is set like any value's."""
    what = ranked(row("세종", bar(None, "밝히지 않음")), row("부산", bar(0, "0")))
    stated = {element.text: element for element in elements(what, "text")}
    assert not list(boxes(what))
    assert stated["밝히지 않음"].get("fill") == canvas.MUTED
    assert number(stated["밝히지 않음"], "font-weight", 400) == Weight.REGULAR
    assert stated["0"].get("fill") == canvas.INK
    assert number(stated["0"], "font-weight") == Weight.SEMI_BOLD
    assert stated["0"].get("x") == stated["밝히지 않음"].get("x")


def test_rows_keep_their_order_and_are_compact() -> None:
    """Rows stand as they are given, 26 px each with one bar, 16 more for each further one."""
    labels = list(texts(ranked(row("b", bar(1, "1")), row("a", bar(2, "2")))))
    assert labels == ["b", "1", "a", "2"]
    heights = [ranking.row_height(row("a", *[bar(1, "1")] * n)) for n in (1, 2, 3)]
    assert heights == [26, 42, 58]


def test_labels_take_what_they_need_and_no_more() -> None:
    """The column of labels is as wide as the longest line, and at most two fifths of the sheet."""
    assert ranking.label_column([row("부산")]) == measure("부산", ranking.LABEL) + ranking.GAP_LABEL
    for what in (RANKING, LONG_RANKING):
        assert ranking.label_column(what.content["rows"]) <= 0.4 * ranking.WIDTH


@given(st.lists(st.just(0.0) | st.none() | st.floats(1e-3, 1e15), min_size=1, max_size=12))
def test_each_bar_leaves_its_value_room(values: list[float | None]) -> None:
    """Whatever the values, bar and value fit the sheet together, with tabular figures too."""
    rows = [row("부산", bar(value, f"{value or 0:,.0f}")) for value in values]
    plot = ranking.WIDTH - ranking.label_column(rows)
    unit = ranking.pixels_per_unit(rows, plot, "x")
    widest = max(measure(figure, ranking.VALUE, Weight.SEMI_BOLD) for figure in "0123456789")
    for each in (one for line in rows for one in line["bars"]):
        separators = measure(re.sub(r"\d", "", each["text"]), ranking.VALUE, Weight.SEMI_BOLD)
        width = widest * len(re.findall(r"\d", each["text"])) + separators
        assert (each["value"] or 0) * unit + ranking.GAP_VALUE + width <= plot + 0.01


def test_a_text_that_leaves_its_bar_no_room_is_an_error() -> None:
    """A bar too short to be compared is refused, with its row and text, instead of drawn."""
    with pytest.raises(ValueError, match=r"population.*부산.*Grundstück.*too long"):
        drawn(ranked(row("부산", bar(1, GERMAN))))


# --- grid -----------------------------------------------------------------------------------------


def test_cells_are_shaded_by_their_value() -> None:
    """More is darker, in the accent; 0 is an empty outlined cell, None a dash without a cell."""
    what = gridded(["a", "b", "c", "d", "e"], {"부산": [*cells(0, 1, 2, 3), {"value": None}]})
    found = sorted(boxes(what), key=lambda box: box[1].left)
    assert len(found) == 4
    empty, *shaded = [element for element, _ in found]
    assert (empty.get("fill"), empty.get("stroke")) == ("none", canvas.LINE)
    assert {(element.get("fill"), element.get("stroke")) for element in shaded} == {(BLUE, None)}
    opacities = [number(element, "fill-opacity", 1) for element in shaded]
    assert opacities == pytest.approx([0.05 + 0.4 / 3, 0.05 + 0.8 / 3, 0.45], abs=1e-4)
    dash = next(element for element in elements(what, "text") if element.text == grid.DASH)
    assert dash.get("fill") == canvas.MUTED


@given(st.floats(0.01, 1e9), st.lists(st.floats(0, 1), min_size=2))
def test_tints_keep_the_order_of_values(top: float, shares: list[float]) -> None:
    """A greater value is never lighter; all tints lie between those of nothing and of the top."""
    tints = [grid.tint(share * top, top) for share in sorted(shares)]
    assert all(a <= b for a, b in pairwise(tints))
    assert tints[0] >= grid.MIN_TINT and tints[-1] <= grid.MAX_TINT + 1e-9


@settings(max_examples=300)
@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_values_can_be_read_on_every_tint(channels: tuple[int, int, int]) -> None:
    """Contrast is 4.5 or more in both schemes, with any accent that has as much on white paper."""
    accent = "#" + "".join(f"{channel:02x}" for channel in channels)
    assume(contrast(accent, "#ffffff") >= 4.5)
    sheet = (ROOT / "tests/golden/pages/assets/accents.css").read_text(encoding="utf-8")
    dark = dict(re.findall(r"--c-([0-9a-f]{6}): light-dark\(#\1, (#[0-9a-f]{6})\);", sheet))
    dark_ink, dark_paper = dark[canvas.INK[1:]], dark[canvas.PAPER[1:]]
    for opacity in (grid.tint(value, 10) for value in range(1, 11)):
        assert contrast(canvas.INK, mix("#ffffff", accent, opacity)) >= 4.5
        lightened = readable_on(accent, dark_paper, 5)
        assert contrast(dark_ink, mix(dark_paper, lightened, opacity)) >= 4.5


def test_shaded_cells_have_ink_on_them() -> None:
    """The colour of a value on a tint is the one whose contrast is known; a zero's is muted."""
    what = gridded(["a", "b", "c"], {"부산": cells(0, 1, 3)})
    fills = {element.text: element.get("fill") for element in elements(what, "text")}
    assert (fills["0"], fills["1"], fills["3"]) == (canvas.MUTED, canvas.INK, canvas.INK)


def test_every_value_stands_in_its_cell() -> None:
    """Values lie within the cell of their row and column; cells keep 2 px of paper between them."""
    what = gridded(["a", "b", "c"], {"부산": cells(1, 2, 3), KOREAN: cells(3, 2, 1)})
    areas = [area for _, area in boxes(what)]
    values = [area for area in text_areas(ET.fromstring(drawn(what))) if area.what in "123"]
    assert len(areas) == len(values) == 6
    for value in values:
        assert len([area for area in areas if area.meets(value)]) == 1
    lefts, rights = ({getattr(area, side) for area in areas} for side in ("left", "right"))
    tops, bottoms = ({getattr(area, side) for area in areas} for side in ("top", "bottom"))
    for begins, ends in ((lefts, rights), (tops, bottoms)):
        gaps = [begin - end for begin, end in zip(sorted(begins)[1:], sorted(ends), strict=False)]
        assert gaps == pytest.approx([2] * len(gaps), abs=0.02) and gaps


def test_an_outlined_cell_is_as_large_as_a_shaded_one() -> None:
    """The outline of 0 lies within its cell."""
    what = gridded(["a", "b"], {"부산": cells(0, 1)})
    (_, empty), (_, full) = boxes(what)
    assert empty.top - 0.5 == full.top and empty.bottom + 0.5 == full.bottom
    assert empty.right - empty.left + 1 == pytest.approx(full.right - full.left, abs=0.02)


@pytest.mark.parametrize("wrong", [cells(1), cells(1, 2, 3), cells(1, 4), cells(1, 3.01)])
def test_a_row_must_fit_its_columns_and_the_scale(wrong: list[Any]) -> None:
    """A missing or surplus cell and a value above the greatest are refused, with the row's name."""
    with pytest.raises(ValueError, match=r"population.*부산"):
        drawn(gridded(["a", "b"], {"부산": wrong}))


def test_a_scale_and_its_legend_must_be_possible() -> None:
    """A greatest value that is none, and a legend of a value beyond it, are refused."""
    for top in (0, -1, NAN, "3", None):
        with pytest.raises(ValueError, match=r"population.*greatest value"):
            drawn(gridded(["a"], {"부산": cells(0)}, top=top))
    with pytest.raises(ValueError, match=r"population.*many.*between 0 and 3"):
        drawn(gridded(["a"], {"부산": cells(0)}, legend=[{"value": 4, "label": "many"}]))


@pytest.mark.parametrize(
    ("labels", "lines"),
    [
        (["수소", "사이버 보안", "자율주행차"], 1),
        (["Hydrogen", "Other renewable energy", "Advanced manufacturing"], 2),
        (["International strategy and appetite", "Synergy of projects and ambitions"] * 3, 3),
    ],
)
def test_headings_stand_level_if_their_words_fit(labels: list[str], lines: int) -> None:
    """Headings are wrapped within their columns, not turned, and keep off each other."""
    rows = {"Greater Manchester": cells(*[1] * len(labels))}
    what = gridded(labels, rows)
    assert not [text for text in elements(what, "text") if text.get("transform")]
    layout = grid.arrange(labels, what.content["rows"], "x")
    assert max(map(len, layout.headings)) == lines
    areas = list(text_areas(ET.fromstring(drawn(what))))
    assert not [(a, b) for a, b in combinations(areas, 2) if a.meets(b)]


def test_row_labels_make_room_for_level_headings() -> None:
    """A label is broken sooner than headings are turned, but never within a word."""
    labels = ["Advanced manufacturing"] * 6
    rows = {"Greater Manchester": cells(*[1] * 6)}
    what = gridded(labels, rows)
    assert not grid.arrange(labels, what.content["rows"], "x").slanted
    assert {"Greater", "Manchester"} < set(texts(what))
    kept = gridded(["수소"] * 6, rows)
    assert "Greater Manchester" in texts(kept)


@pytest.mark.parametrize("columns", range(1, 13))
def test_any_number_of_columns_fits_the_sheet(columns: int) -> None:
    """From 1 to 12 columns, headings, cells and values are inside the sheet."""
    labels = (LONG_LABELS * 3)[:columns]
    what = gridded(labels, {"부산": cells(*[10] * columns)}, top=10)
    root = ET.fromstring(drawn(what))
    for area in [*text_areas(root), *path_areas(root)]:
        assert area.left >= -0.01 and area.right <= grid.WIDTH + 0.01 and area.top >= -0.01, area
    for _, area in boxes(what):
        assert area.right - area.left >= measure("10", grid.VALUE, Weight.SEMI_BOLD) + 4


def test_slanted_headings_keep_off_each_other() -> None:
    """Turned headings, all by 45 degrees, run in parallel, a line of type apart or more."""
    turned = [text for text in elements(SLANTED_GRID, "text") if text.get("transform")]
    assert len(turned) >= 12
    assert {re.sub(r"\((-?\d+).*", r"\1", text.get("transform", "")) for text in turned} == {
        "rotate-45"
    }
    across = sorted((number(t, "x") + number(t, "y")) * headings.SLOPE for t in turned)
    assert min(b - a for a, b in pairwise(across)) >= 0.93 * grid.HEADINGS.size


def test_too_many_columns_are_an_error() -> None:
    """Cells too narrow for their values are refused, with the chart's name."""
    with pytest.raises(ValueError, match=r"population.*60 columns"):
        drawn(gridded(["a"] * 60, {"부산": cells(*[3] * 60)}))
