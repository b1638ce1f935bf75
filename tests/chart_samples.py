"""Charts of every kind but rankings and grids, and functions that read their SVG back."""

from __future__ import annotations

import importlib
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charts import Chart
from charts.canvas import Weight, measure

SVG = "{http://www.w3.org/2000/svg}"
BLUE, ORANGE, TEAL = "#1d4ed8", "#b45309", "#0f766e"

GERMAN = "Grundstücksverkehrsgenehmigung und Wirtschaftsförderungsgesellschaft der Stadt Dortmund"
KOREAN = "대덕연구개발특구 안에 있는 정부출연연구기관과 연구소기업과 첨단기술기업 모두"


def chart(kind: str, content: Mapping[str, Any], name: str = "population") -> Chart:
    return Chart(name, kind, "인구 <&> Population", 'Five "cities"', BLUE, content)


def drawn(what: Chart) -> str:
    svg = importlib.import_module(f"charts.{what.kind}").draw(what)
    assert isinstance(svg, str)
    return svg


def bar(value: float, text: str, note: str, primary: bool = True) -> dict[str, Any]:
    return {"value": value, "text": text, "note": note, "primary": primary}


BARS = chart(
    "bars",
    {
        "groups": [
            {"label": "대전", "colour": BLUE, "bars": [bar(1_400_000, "140만 명", "시, 2022")]},
            {
                "label": "Dortmund",
                "colour": ORANGE,
                "bars": [
                    bar(612_065, "612,065", GERMAN),
                    bar(11_300_000, "11.3 million", KOREAN, primary=False),
                    bar(0, "0", "nothing"),
                ],
            },
            {
                "label": GERMAN,
                "colour": TEAL,
                "bars": [bar(9e6, "neun Millionen Einwohnerinnen und Einwohner, geschätzt", "x")],
            },
        ],
        "caption": KOREAN,
    },
)
DOTS = chart(
    "dots",
    {
        "rows": [
            {"label": "연구소기업", "value": 447, "text": "447", "unit": "organisation"},
            {"label": GERMAN, "value": 91_886, "text": "91,886", "unit": "person"},
            {"label": KOREAN, "value": 26, "text": "26", "unit": "organisation"},
            {"label": "none", "value": 0, "text": "0", "unit": "organisation"},
            {"label": KOREAN, "value": 7, "text": "siebentausendfünfhundert", "unit": "person"},
        ],
        "scales": {
            "organisation": {"per": 5, "text": "점 하나는 기관 5곳"},
            "person": {"per": 500, "text": f"One dot: {GERMAN}"},
        },
    },
)
MAP = chart(
    "map",
    {
        "places": [
            {"label": label, "colour": BLUE, "latitude": north, "longitude": east, "note": note}
            for label, north, east, note in [
                ("대전", 36.35, 127.38, "대한민국"),
                ("Dortmund", 51.51, 7.47, "Bundesrepublik Deutschland"),
                ("Málaga", 36.72, -4.42, "Spain"),
                ("Montgomery County", 39.14, -77.2, "Maryland, United States"),
                ("Seattle", 47.61, -122.33, ""),
            ]
        ]
    },
)
MATRIX = chart(
    "matrix",
    {
        "columns": [
            {"label": "대전", "colour": BLUE},
            {"label": "Dortmund", "colour": ORANGE},
            {"label": "Montgomery County", "colour": TEAL},
        ],
        "rows": [
            {"label": "반도체", "cells": [2, 0, 1]},
            {"label": GERMAN, "cells": [0, 0, 0]},
            {"label": KOREAN, "cells": [1, 2, 2]},
        ],
        "legend": {"2": "strategic industry", "1": KOREAN},
    },
)
WIDE_MATRIX = chart(
    "matrix",
    {
        "columns": [
            {"label": label, "colour": BLUE}
            for label in ["Wirtschaftsförderung Rheda-Wiedenbrück", "대전", "Montgomery County"] * 4
        ],
        "rows": [{"label": f"{KOREAN} {n}", "cells": [n % 3] * 12} for n in range(40)],
        "legend": {"2": "strategic", "1": "named", "0": "not named"},
    },
)
CHARTS = {"bars": BARS, "dots": DOTS, "map": MAP, "matrix": MATRIX, "wide matrix": WIDE_MATRIX}


# --- reading an SVG back --------------------------------------------------------------------------


@dataclass(frozen=True)
class Area:
    what: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.01
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.01
        )


def number(element: ET.Element, name: str, default: float = 0) -> float:
    return float(element.get(name, default=str(default)).removesuffix("px"))


def text_areas(root: ET.Element) -> Iterator[Area]:
    """The room of each text, from its baseline up to its capitals and down to its descenders."""
    for element in root.iter(f"{SVG}text"):
        size, weight = (
            number(element, "font-size"),
            Weight(int(number(element, "font-weight", 400))),
        )
        width = measure(element.text or "", size, weight)
        x, y = number(element, "x"), number(element, "y")
        left = x - width * {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0)
        corners = [
            (across - x, down)
            for across in (left, left + width)
            for down in (-0.73 * size, 0.2 * size)
        ]
        turn = re.match(r"rotate\((-?[\d.]+)", element.get("transform", ""))
        angle = math.radians(float(turn.group(1))) if turn else 0
        xs = [x + across * math.cos(angle) - down * math.sin(angle) for across, down in corners]
        ys = [y + across * math.sin(angle) + down * math.cos(angle) for across, down in corners]
        yield Area(element.text or "", min(xs), min(ys), max(xs), max(ys))


def path_points(d: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for command, arguments in re.findall(r"([MLHCZ])([^A-Z]*)", d):
        values = [float(value) for value in arguments.split()]
        pairs = (
            [(values[0], y)]
            if command == "H"
            else list(zip(values[::2], values[1::2], strict=True))
        )
        for x, y in pairs:
            yield x, y


def path_areas(root: ET.Element) -> Iterator[Area]:
    for element in root.iter(f"{SVG}path"):
        stroke = number(element, "stroke-width", 1) / 2 if element.get("stroke") else 0
        level = element.get("stroke-linecap") != "round"
        for x, y in path_points(element.get("d", "")):
            # A level line with butt caps is thick across only.
            along = 0 if level and element.get("fill") == "none" else stroke
            yield Area("path", x - along, y - stroke, x + along, y + stroke)


def strings(value: Any, key: str = "") -> Iterator[str]:
    """Every text of a chart's content that a reader is to see."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from strings(part, str(name))
    elif isinstance(value, str):
        if key not in ("colour", "unit") and value:
            yield value
    elif isinstance(value, Sequence):
        for part in value:
            yield from strings(part, key)
