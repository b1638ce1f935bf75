"""Rankings and grids for the tests of charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chart_samples import (
    BLUE,
    GERMAN,
    KOREAN,
    ORANGE,
    TEAL,
    chart,
)

from charts import Chart, canvas


def bar(value: Any, text: str, colour: str = BLUE) -> dict[str, Any]:
    return {"value": value, "text": text, "colour": colour}


def row(label: str, *bars: dict[str, Any]) -> dict[str, Any]:
    return {"label": label, "bars": list(bars)}


def ranked(*rows: dict[str, Any], **more: Any) -> Chart:
    return chart("ranking", {"rows": list(rows), "legend": [], **more})


def cells(*values: Any) -> list[dict[str, Any]]:
    return [{"value": value, "text": str(value)} for value in values]


def gridded(labels: Sequence[str], rows: Mapping[str, list[dict[str, Any]]], **more: Any) -> Chart:
    content = {
        "columns": [{"label": label} for label in labels],
        "rows": [{"label": label, "cells": cells} for label, cells in rows.items()],
        "top": 3,
        "legend": [],
        **more,
    }
    return chart("grid", content)


RANKING = ranked(
    row("맨체스터 광역시", bar(45_200, "45,200달러")),
    row("버밍엄/웨스트미들랜즈주", bar(41_000, "41,000달러", ORANGE)),
    row("대덕연구개발특구", bar(38_700, "38,700달러"), bar(12_000, "12,000달러", TEAL)),
    row(KOREAN, bar(31_200, "31,200달러"), bar(None, "밝히지 않음", TEAL), bar(1, "1달러", ORANGE)),
    row("세종", bar(None, "밝히지 않음")),
    row("벨파스트", bar(0, "0달러")),
    legend=[
        {"label": "대한민국", "colour": BLUE},
        {"label": "영국", "colour": ORANGE},
        {"label": GERMAN, "colour": TEAL},
        {"label": "Republic of Korea", "colour": canvas.MUTED},
    ],
    caption=KOREAN,
)
LONG_RANKING = ranked(
    *(
        row(
            f"Research institutes and companies of Dortmund {n}",
            *(bar(n * 10.0**k, f"{n * 10**k:,} firms") for k in range(3)),
        )
        for n in range(25, 0, -1)
    )
)
GRID = gridded(
    ["Other renewable energy", "5G/IoT/AI", "Advanced manufacturing", "자율주행차"],
    {
        "Greater Manchester": cells(3, 3, 2, 0),
        KOREAN: [*cells(3, 1), {"value": None, "text": ""}, *cells(1.5)],
        GERMAN: [*cells(0, 0, 0), {"value": None}],
    },
    legend=[
        {"value": 0, "label": "0 none"},
        {"value": 1, "label": "1 national infrastructure"},
        {"value": 2, "label": KOREAN},
        {"value": 3, "label": "3 both"},
        {"value": None, "label": "not stated"},
    ],
)
LONG_LABELS = [
    "국제화 전략과 성향",
    "Telecommunications infrastructure",
    "수소",
    "Existing relations",
]
SLANTED_GRID = gridded(LONG_LABELS * 3, {f"{KOREAN} {n}": cells(*[n % 4] * 12) for n in range(25)})
LEVEL = {"ranking": RANKING, "long ranking": LONG_RANKING, "grid": GRID}
CHARTS = {**LEVEL, "slanted grid": SLANTED_GRID}
