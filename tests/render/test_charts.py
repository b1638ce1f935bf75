"""Charts: what every kind promises, then what each kind promises for itself."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from chart_samples import (
    BARS,
    BLUE,
    CHARTS,
    DOTS,
    KOREAN,
    MAP,
    MATRIX,
    ORANGE,
    SVG,
    TEAL,
    bar,
    chart,
    drawn,
    number,
    path_areas,
    path_points,
    strings,
    text_areas,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.transforms import IdentityTransform
from support import ROOT

from charts import Chart, bars, canvas, dots, scale
from charts import map as world
from charts.canvas import MissingGlyph, Weight, measure, wrap

each_chart = pytest.mark.parametrize("what", CHARTS.values(), ids=CHARTS)

# --- every kind -----------------------------------------------------------------------------------


@each_chart
def test_an_svg_is_one_plain_element(what: Chart) -> None:
    """One `<svg>` that scales: a viewBox, no size, prolog, comment, metadata, style or script."""
    svg = drawn(what)
    root = ET.fromstring(svg)
    assert svg.startswith("<svg ") and svg.endswith("</svg>")
    assert root.tag == f"{SVG}svg"
    assert not {"width", "height"} & set(root.keys())
    assert root.get("class") == f"chart chart--{what.kind}"
    assert not re.search(r"<\?|<!|<style|style=|<metadata|xlink|<g|<script", svg)


@each_chart
def test_an_svg_names_itself(what: Chart) -> None:
    """Title and description are there, whole, and are what `aria-labelledby` points to."""
    root = ET.fromstring(drawn(what))
    assert root.get("role") == "img"
    labels = (root.get("aria-labelledby") or "").split()
    texts = {element.get("id"): element.text for element in root}
    assert [texts[label] for label in labels] == [what.title, what.description]


@each_chart
def test_ids_are_unique_and_prefixed(what: Chart) -> None:
    """Charts with different ids can stand on one page."""
    root = ET.fromstring(drawn(replace(what, id="other")))
    ids = [element.get("id", "") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(found.startswith("other-") for found in ids)


@each_chart
def test_every_text_is_text(what: Chart) -> None:
    """Every text of the content can be found, selected and copied; lines follow each other."""
    texts = [element.text or "" for element in ET.fromstring(drawn(what)).iter(f"{SVG}text")]
    joined = " ".join(texts)
    for wanted in strings(what.content):
        assert wanted in joined


@each_chart
def test_nothing_leaves_the_sheet(what: Chart) -> None:
    """All texts, as wide as Pretendard makes them, and all shapes lie inside the viewBox."""
    root = ET.fromstring(drawn(what))
    left, top, width, height = map(float, (root.get("viewBox") or "").split())
    for area in [*text_areas(root), *path_areas(root)]:
        assert area.left >= left - 0.01 and area.right <= left + width + 0.01, area
        assert area.top >= top - 0.01 and area.bottom <= top + height + 0.01, area


@pytest.mark.parametrize("what", [BARS, DOTS, MAP, MATRIX], ids=lambda what: what.kind)
def test_texts_do_not_overlap(what: Chart) -> None:
    """No text stands on another, in Korean, English or German."""
    areas = list(text_areas(ET.fromstring(drawn(what))))
    assert not [(a, b) for a, b in combinations(areas, 2) if a.meets(b)]


@each_chart
def test_sizes_and_colours_are_as_promised(what: Chart) -> None:
    """Text is at least 11.5 px; colours are lowercase `#rrggbb`, so that a page can swap them."""
    root = ET.fromstring(drawn(what))
    for element in root.iter(f"{SVG}text"):
        assert number(element, "font-size") >= 11.5
    for element in root.iter():
        for name in ("fill", "stroke"):
            assert re.fullmatch(r"#[0-9a-f]{6}|none", element.get(name, "none"))


@each_chart
def test_an_svg_is_small(what: Chart) -> None:
    """Charts are cheap to send: below 60 kB before compression."""
    assert len(drawn(what).encode()) < 60_000


def test_equal_bytes_everywhere(tmp_path: Path) -> None:
    """Hash seed, time zone, locale and the user's matplotlibrc leave no trace in the bytes."""
    (tmp_path / "matplotlibrc").write_text(
        "svg.fonttype: path\nlines.scale_dashes: True\npatch.linewidth: 5\ntext.color: red\n"
        "savefig.bbox: tight\npath.sketch: 2, 10, 1\nfont.size: 30\naxes.unicode_minus: False\n"
    )
    program = (
        "import sys; from chart_samples import CHARTS, drawn\n"
        "for what in CHARTS.values(): sys.stdout.buffer.write(drawn(what).encode())"
    )
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Seoul", "LC_ALL": "C", "MATPLOTLIBRC": str(tmp_path)},
    ]
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", **given},
            capture_output=True,
            check=True,
        ).stdout
        for given in surroundings
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0] == "".join(map(drawn, CHARTS.values())).encode()


def test_drawing_leaves_matplotlib_as_it_was() -> None:
    """Settings are local: other code's matplotlib is not touched."""
    before = dict(matplotlib.rcParams)
    drawn(BARS)
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("kind", ["bars", "dots", "map", "matrix"])
def test_a_missing_glyph_is_an_error(kind: str) -> None:
    """A character Pretendard lacks is named, with its text and chart, instead of left out."""
    contents: dict[str, dict[str, Any]] = {
        "bars": {"groups": [{"label": "大漢", "colour": BLUE, "bars": [bar(1, "1", "x")]}]},
        "dots": {
            "rows": [{"label": "大漢", "value": 1, "text": "1", "unit": "u"}],
            "scales": {"u": {"per": 1, "text": "one"}},
        },
        "map": {"places": [{"label": "大漢", "colour": BLUE, "latitude": 0, "longitude": 0}]},
        "matrix": {
            "columns": [{"label": "a", "colour": BLUE}],
            "rows": [{"label": "大漢", "cells": [1]}],
            "legend": {"1": "one"},
        },
    }
    with pytest.raises(MissingGlyph, match=r"(?s)kanji.*U\+5927 大.*大漢"):
        drawn(chart(kind, contents[kind], name="kanji"))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -1, "7", None, True])
def test_a_number_that_is_none_is_an_error(value: Any) -> None:
    """NaN, infinity, negative counts and non-numbers are refused, not drawn as nothing."""
    with pytest.raises(ValueError, match="population"):
        drawn(
            chart(
                "bars", {"groups": [{"label": "a", "colour": BLUE, "bars": [bar(value, "?", "")]}]}
            )
        )
    row = {"label": "a", "value": value, "text": "?", "unit": "u"}
    with pytest.raises(ValueError, match="population"):
        drawn(chart("dots", {"rows": [row], "scales": {"u": {"per": 1, "text": "one"}}}))


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(math.nan, 0), (0, math.inf), (91, 0), (0, 181)]
)
def test_a_place_off_the_earth_is_an_error(latitude: float, longitude: float) -> None:
    """A coordinate that is no place is refused."""
    place = {"label": "a", "colour": BLUE, "latitude": latitude, "longitude": longitude}
    with pytest.raises(ValueError, match="population"):
        drawn(chart("map", {"places": [place]}))


def test_a_dollar_is_a_dollar() -> None:
    """Text between dollar signs is not read as mathematics, nor markup as markup."""
    label = r"$x^2$ & <b>\alpha</b>"
    what = chart("bars", {"groups": [{"label": label, "colour": BLUE, "bars": [bar(1, "$1", "")]}]})
    assert label in [element.text for element in ET.fromstring(drawn(what)).iter()]


def test_what_is_referenced_keeps_its_id() -> None:
    """A kind may use matplotlib's markers and clips: their ids stay, prefixed, and are found."""
    with canvas.canvas(100, 100) as figure:
        line = Line2D([0.2, 0.8], [0.5, 0.5], marker="s", color=BLUE, markeredgewidth=0)
        line.set_transform(figure.transFigure)
        figure.add_artist(line)
        line.set_clip_path(Circle((50, 50), 40, transform=IdentityTransform()))
        svg = canvas.svg(figure, BARS)
    root = ET.fromstring(svg)
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    wanted = set(re.findall(r'(?:url\(|href=")#([^)"]+)', svg))
    assert wanted and wanted < ids
    assert ids - wanted == {"population-title", "population-desc"}
    assert all(use.get("fill") == BLUE for use in root.iter(f"{SVG}use"))
    assert len(list(root.iter(f"{SVG}use"))) == 2


# --- measuring and wrapping -----------------------------------------------------------------------


@given(st.lists(st.text("가나다라abcäß-/", min_size=1, max_size=12), max_size=12))
def test_wrapping_keeps_words_and_width(words: list[str]) -> None:
    """No line is too wide, no character lost, and a word is cut only if it fits no line."""
    string = " ".join(words)
    lines = wrap(string, 90, 14)
    assert all(measure(line, 14) <= 90 for line in lines)
    assert "".join(lines).replace(" ", "") == string.replace(" ", "")
    if all(measure(word, 14) <= 90 for word in words):
        assert " ".join(lines) == string


def test_wrapping_leaves_no_lonely_word() -> None:
    """Lines of a label are about equally long."""
    widths = [measure(line, 14) for line in wrap(KOREAN, 330, 14)]
    assert len(widths) == 2
    assert min(widths) > 0.6 * max(widths)


def test_widths_come_from_pretendard() -> None:
    """Hangul is about 0.86 em wide, whatever its weight, and size scales widths."""
    assert measure("대전", 100) == pytest.approx(172.9, abs=1)
    assert measure("대전", 10, Weight.SEMI_BOLD) == pytest.approx(17.3, abs=0.1)
    assert measure("", 14) == 0


# --- bars -----------------------------------------------------------------------------------------


def test_bars_are_proportional_from_zero() -> None:
    """Every bar starts at the left edge, and lengths are to each other as the values are."""
    values = [1_400_000, 612_065, 11_300_000, 9_000_000]
    root = ET.fromstring(drawn(BARS))
    lengths = [
        max(x for x, _ in points)
        for points in (list(path_points(path.get("d", ""))) for path in root.iter(f"{SVG}path"))
        if min(x for x, _ in points) == 0
    ]
    assert len(lengths) == len(values)
    for length, value in zip(lengths, values, strict=True):
        assert length / lengths[2] == pytest.approx(value / 11_300_000, abs=1e-4)


def test_only_the_primary_base_is_solid() -> None:
    """A wider region's bar is tinted and outlined, so that bases are not taken for each other."""
    fills = [
        (path.get("fill"), path.get("fill-opacity"), path.get("stroke"))
        for path in ET.fromstring(drawn(BARS)).iter(f"{SVG}path")
    ]
    assert fills[:4] == [
        (BLUE, None, None),
        (ORANGE, None, None),
        (ORANGE, "0.16", None),
        ("none", None, ORANGE),
    ]


@given(st.lists(st.just(0.0) | st.floats(1e-3, 1e15), min_size=1, max_size=8))
def test_each_bar_leaves_its_value_room(values: list[float]) -> None:
    """Whatever the values, bar and value together fit the sheet."""
    group = [bar(value, f"{value:,.0f}", "") for value in values]
    unit = bars.pixels_per_unit(group, "x")
    for each in group:
        width = measure(each["text"], bars.VALUE, Weight.SEMI_BOLD)
        assert each["value"] * unit <= bars.WIDTH + 0.01
        if width <= bars.MAX_VALUE_WIDTH and each["value"]:
            assert each["value"] * unit + bars.GAP_VALUE + width <= bars.WIDTH + 0.01


# --- dots -----------------------------------------------------------------------------------------


@given(st.lists(st.floats(0, 1e12), min_size=1))
def test_per_is_the_smallest_round_number_that_will_do(values: list[float]) -> None:
    """`per` is 1, 2 or 5 times a power of ten; it gives 200 dots at most, the next below more."""
    per = scale.things_per_dot(values)
    assert str(per).rstrip("0") in ("1", "2", "5")
    assert max(values) / per <= scale.MAX_DOTS
    if per > 1:
        below = per * 2 // 5 if str(per).startswith("5") else per // 2
        assert max(values) / below > scale.MAX_DOTS


@pytest.mark.parametrize(
    ("values", "per"), [([], 1), ([200], 1), ([201], 2), ([447, 26], 5), ([91_886, 17_604], 500)]
)
def test_per_of_known_values(values: list[float], per: int) -> None:
    """The scales of the Daedeok figures, and the limits of a step."""
    assert scale.things_per_dot(values) == per


@pytest.mark.parametrize("value", [math.nan, math.inf, -1])
def test_per_refuses_what_cannot_be_counted(value: float) -> None:
    """A negative or infinite number has no dots."""
    with pytest.raises(ValueError, match="cannot show"):
        scale.things_per_dot([1, value])


@settings(max_examples=50)
@given(st.integers(0, 2000))
def test_a_line_of_dashes_is_its_dots(count: int) -> None:
    """Strokes of dots hold as many dots as were asked for, none beyond the sheet."""
    lines = dots.dashed_lines(count, (dots.RADIUS, 0))
    here = [int((end[0] - start[0]) / dots.PITCH) + 1 for start, end in lines]
    assert sum(here) == count
    assert all(
        start[0] + (n - 1) * dots.PITCH + dots.RADIUS <= dots.WIDTH
        for n, (start, _) in zip(here, lines, strict=True)
    )


def test_part_of_a_dot_is_part_of_a_dot() -> None:
    """447 things at 5 a dot are 89 dots and two fifths of one; exact multiples leave no rest."""
    assert dots.dots(447, 5) == pytest.approx((89, 0.4))
    assert dots.dots(450, 5) == (90, 0)
    assert dots.dots(0, 5) == (0, 0)


def test_rows_of_a_unit_stand_together() -> None:
    """Rows follow their scale's text, and a scale is told once."""
    texts = [element.text or "" for element in ET.fromstring(drawn(DOTS)).iter(f"{SVG}text")]
    assert texts[:4] == ["점 하나는 기관 5곳", "447", "연구소기업", "26"]
    assert texts.count("점 하나는 기관 5곳") == 1


# --- map ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (0, 0, 0, 0),
        (180, 0, 2.7066299836960748, 0),
        (-180, 0, -2.7066299836960748, 0),
        (0, 90, 0, 1.3173627591574133),
        (180, 90, 1.6035886482840513, 1.3173627591574133),
    ],
)
def test_equal_earth_is_equal_earth(longitude: float, latitude: float, x: float, y: float) -> None:
    """The equator's ends and the poles lie where Equal Earth puts them."""
    assert world.project(longitude, latitude) == pytest.approx((x, y))


@given(st.floats(-89, 88), st.floats(-179, 179))
def test_projection_keeps_order_and_can_be_undone(latitude: float, longitude: float) -> None:
    """North stays above south, east right of west, and a northing gives its latitude back."""
    x, y = world.project(longitude, latitude)
    assert world.project(longitude + 1, latitude)[0] > x
    assert world.project(longitude, latitude + 1)[1] > y
    assert world.latitude_at(y) == pytest.approx(latitude, abs=1e-6)


@given(st.floats(-80, 80))
def test_projection_keeps_areas(latitude: float) -> None:
    """A small field has the area on the map that it has on the globe."""
    step = 1e-4
    (x0, y0), (x1, _) = world.project(10, latitude), world.project(10 + step, latitude)
    y1 = world.project(10, latitude + step)[1]
    field = math.radians(step) ** 2 * math.cos(math.radians(latitude))
    assert (x1 - x0) * (y1 - y0) == pytest.approx(field, rel=1e-3)


@pytest.mark.parametrize(
    ("longitude", "latitude", "land"),
    [
        (127.4, 36.3, True),
        (-77.2, 39.1, True),
        (20, 0, True),
        (-30, 30, False),
        (51, 42, False),
        (100, -16.3, False),
        (134, -25, True),
    ],
)
def test_land_is_land(longitude: float, latitude: float, land: bool) -> None:
    """Cities stand on land; the Atlantic, the Caspian and the Indian Ocean are water."""
    edges = world.crossings(world._land(), latitude)
    assert any(a <= longitude <= b for a, b in zip(edges[::2], edges[1::2], strict=True)) == land


def test_no_outline_jumps_across_the_map() -> None:
    """Rings are cut at the 180th meridian, so that no row of dots crosses an ocean."""
    for ring in world._land():
        for (before, _), (after, _) in pairwise([*ring, ring[0]]):
            assert abs(after - before) < 90


@given(st.sets(st.integers(0, 60)))
def test_runs_hold_the_same_numbers(numbers: set[int]) -> None:
    """Runs are as few as can be and hold exactly what was given."""
    runs = world.runs(sorted(numbers))
    assert [n for first, last in runs for n in range(first, last + 1)] == sorted(numbers)
    assert all(first - last > 1 for (_, last), (first, _) in pairwise(runs))


def test_labels_keep_off_each_other_when_enlarged() -> None:
    """The five members' labels are free of labels and points at one and a half times their size."""
    places = MAP.content["places"]
    projected = [world.project(place["longitude"], place["latitude"]) for place in places]
    shown = world.frame(projected)
    points = [shown.place(*point) for point in projected]
    sheet = world.Box(0, 0, world.WIDTH, shown.height)
    labels = world.place_labels(points, [(p["label"], p["note"]) for p in places], sheet)
    marks = [
        world.Box(x - world.RING, y - world.RING, x + world.RING, y + world.RING) for x, y in points
    ]
    for label in labels:
        others = [other for other in labels if other is not label]
        assert world.crowding(label, others, marks, sheet) == 0


def test_neighbours_take_different_sides() -> None:
    """Two places side by side get labels that do not meet; the first has the first choice."""
    sheet = world.Box(0, 0, 720, 360)
    first, second = world.place_labels(
        [(300, 100), (330, 100)], [("Dortmund", ""), ("Bochum", "")], sheet
    )
    assert first.enlarged.overlap(second.enlarged) == 0
    assert (first.align, second.align) == ("right", "left")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=6))
def test_every_place_is_on_the_map(coordinates: list[tuple[float, float]]) -> None:
    """The map widens until it holds every place, and shows the whole world for a single one."""
    projected = [world.project(east, north) for north, east in coordinates]
    shown = world.frame(projected)
    for x, y in (shown.place(*point) for point in projected):
        assert world.MARGIN - 0.01 <= x <= world.WIDTH - world.MARGIN + 0.01
        assert world.MARGIN - 1 <= y <= shown.height - world.MARGIN + 1
    assert shown.scale <= world.frame([]).scale


# --- matrix ---------------------------------------------------------------------------------------


def test_cells_have_their_signs() -> None:
    """2 is filled in the column's colour, 1 a ring in it, 0 a light dot; one path for each."""
    root = ET.fromstring(drawn(MATRIX))
    signs = {
        (path.get("stroke"), path.get("stroke-width")): path.get("d", "").count("M")
        for path in root.iter(f"{SVG}path")
    }
    filled, ring, absent = "16", "2", "3.5"
    assert signs[(BLUE, filled)] == signs[(ORANGE, filled)] == signs[(TEAL, filled)] == 1
    assert signs[(BLUE, ring)] == signs[(TEAL, ring)] == 1
    assert signs[(canvas.LAND, absent)] == 4


@pytest.mark.parametrize("cells", [[1], [1, 2, 3], [1, 2, 0, 0], [True, 0, 0], [None, 0, 0]])
def test_a_row_must_fit_its_columns(cells: list[Any]) -> None:
    """A missing, surplus or unknown cell is refused, with the row's name."""
    content = {**MATRIX.content, "rows": [{"label": "반도체", "cells": cells}]}
    with pytest.raises(ValueError, match="반도체"):
        drawn(chart("matrix", content))


@pytest.mark.parametrize("columns", range(2, 13))
def test_headings_stand_over_their_columns(columns: int) -> None:
    """From 2 to 12 columns, headings are inside the sheet and off each other."""
    labels = ["Montgomery County", "대전", "Málaga"] * 4
    content = {
        "columns": [{"label": label, "colour": BLUE} for label in labels[:columns]],
        "rows": [{"label": "로봇", "cells": [2] * columns}],
        "legend": {"2": "yes"},
    }
    root = ET.fromstring(drawn(chart("matrix", content)))
    assert max(area.right for area in text_areas(root)) <= 720
    level = [text for text in root.iter(f"{SVG}text") if not text.get("transform")]
    if len(level) > 2:
        areas = list(text_areas(root))
        assert not [(a, b) for a, b in combinations(areas, 2) if a.meets(b)]
