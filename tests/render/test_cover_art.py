"""The art on the covers: drawn from the data alone, another for every city, the same every time."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from support import ROOT

from brochure.cli.check import check
from brochure.localize.catalog import localize
from brochure.localize.edition import City, Edition, Field
from brochure.render.drawing.cover_art import (
    MAX_RADIUS,
    MIN_RADIUS,
    TILE,
    alliance_artwork,
    artwork,
    disc,
    field_counts,
    industry_icon,
    tiles,
)
from brochure.render.drawing.motifs import MOTIFS, TileColours, motif

SVG = "{http://www.w3.org/2000/svg}"
INKS = TileColours("#000001", "#000002", "#000003")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return localize(check(ROOT), "ko")


@pytest.fixture(scope="module")
def city(edition: Edition) -> City:
    return edition.cities[0]


def peopled(city: City, people: int | None) -> City:
    """The city with another population, or with none."""
    figures = {key: one for key, one in city.figures.items() if one.indicator != "population"}
    if people is not None:
        figures["population"] = replace(city.figures["population"], value=Decimal(people))
    return replace(city, figures=figures)


def test_the_same_in_every_process_and_language() -> None:
    """The art has the same bytes in another process, whatever its hash seed, in every language."""
    program = (
        "import hashlib, sys; from pathlib import Path\n"
        "from brochure.render.drawing.cover_art import artwork\n"
        "from brochure.localize.catalog import localize; from brochure.cli.check import check\n"
        "cities = localize(check(Path('.')), sys.argv[1]).cities\n"
        "print(hashlib.sha256(''.join(artwork(c, 5, 4, 3) for c in cities).encode()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program, locale],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for locale, seed in (("ko", "1"), ("en", "2"))
    }
    assert len(made) == 1


def test_another_for_every_city(edition: Edition) -> None:
    """No two cities share their art, even where only the shapes are compared."""
    drawn = [re.sub("#[0-9a-f]{6}", "", artwork(city, 5, 4, 3)) for city in edition.cities]
    assert len(set(drawn)) == len(edition.cities)


def test_every_tile_is_a_field_that_the_data_names(city: City) -> None:
    """All fields of a city are in its art, none that it does not name, the most named largest."""
    wanted = field_counts(city)
    placed = tiles(city.id, wanted, 5, 4)
    assert {tile.field for tile in placed} == set(wanted)
    large = [tile for tile in placed if tile.side == 2 * TILE]
    assert [wanted[tile.field] for tile in large] == [max(wanted.values())]


@pytest.mark.parametrize("grid", [(3, 1), (3, 4), (5, 2), (5, 4), (5, 7), (10, 1)])
def test_tiles_cover_the_grid_once(city: City, grid: tuple[int, int]) -> None:
    """The tiles lie side by side: each cell is covered, none twice."""
    columns, rows = grid
    half = TILE // 2
    covered = Counter(
        (x, y)
        for tile in tiles(city.id, field_counts(city), columns, rows, 2)
        for x in range(tile.x, tile.x + tile.side, half)
        for y in range(tile.y, tile.y + tile.side, half)
    )
    assert set(covered.values()) == {1}
    assert set(covered) == {
        (x * half, y * half) for x in range(2 * columns) for y in range(4, 4 + 2 * rows)
    }


def test_naming_a_field_once_more_shows(city: City) -> None:
    """Another strategic industry changes the art."""
    more = replace(city.industries[0], fields=[Field("tourism", "")])
    assert artwork(replace(city, industries=[*city.industries, more]), 5, 4) != artwork(city, 5, 4)


def test_area_of_the_disc_is_the_population(city: City) -> None:
    """Four times the people have a disc of twice the radius."""
    small, large = (
        disc(peopled(city, 500_000), 0, 0, 5, 4),
        disc(peopled(city, 2_000_000), 0, 0, 5, 4),
    )
    assert small and large
    assert large.radius == pytest.approx(2 * small.radius, abs=1)


@pytest.mark.parametrize(("people", "tiles_wide"), [(1, MIN_RADIUS), (40_000_000, MAX_RADIUS)])
def test_disc_stays_in_bounds(city: City, people: int, tiles_wide: float) -> None:
    """A village still has a disc that can be seen, a megacity leaves room for the tiles."""
    found = disc(peopled(city, people), 0, 0, 5, 4)
    assert found and found.radius == round(tiles_wide * TILE)


def test_disc_lies_where_the_city_lies(city: City) -> None:
    """East is right, north is up."""
    here = disc(city, 0, 0, 5, 4)
    west = disc(replace(city, longitude=city.longitude - 90), 0, 0, 5, 4)
    north = disc(replace(city, latitude=city.latitude + 20), 0, 0, 5, 4)
    assert here and west and north
    assert west.x < here.x and west.y == here.y
    assert north.y < here.y and north.x == here.x


def test_city_without_population_has_art_without_a_disc(city: City) -> None:
    """What the data does not say is not drawn."""
    art = artwork(peopled(city, None), 5, 4)
    assert "clipPath" not in art and "<path" in art


def test_colours_are_shades_of_the_accent(city: City) -> None:
    """The art knows the accent, its tints and its shades, black and white, and six digits only."""
    colours = set(re.findall(r'(?:fill|stroke)="([^"]*)"', artwork(city, 5, 4))) - {"none"}
    assert city.accent in colours
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


def test_alliance_shows_every_member(edition: Edition) -> None:
    """The cover of the alliance holds the accent of every member and is well-formed."""
    art = alliance_artwork(edition.cities, edition.alliance.accent, 5, 4, 3, "제목 <&>")
    ET.fromstring(art)
    assert ET.fromstring(art).findtext(f"{SVG}title") == "제목 <&>"
    assert len(re.findall("<g transform=.translate", art)) == 20


def test_every_field_of_the_taxonomy_has_a_motif_of_its_own() -> None:
    """No two fields look alike, and a field that is new to the taxonomy is drawn as well."""
    fields = list(check(ROOT).industries)
    drawn = {field: motif(field, INKS) for field in [*fields, "fisheries", "film"]}
    assert set(fields) == set(MOTIFS)
    assert len(set(drawn.values())) == len(drawn)
    for one in drawn.values():
        ET.fromstring(f"<svg>{one}</svg>")


@pytest.mark.parametrize("count", range(1, 7))
def test_an_industry_icon_shows_up_to_four_fields(count: int) -> None:
    """The icon of an industry is one square, however many fields it has, and names them."""
    art = ET.fromstring(industry_icon(list(MOTIFS)[:count], "#0b57d0", "로봇"))
    assert art.get("viewBox") == "0 0 100 100"
    assert art.findtext(f"{SVG}title") == "로봇"
    assert len(art.findall(f"{SVG}g")) == (1 if count == 1 else 4)
