"""The leaflet: how many panels, in what order, and what of a city stands on one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import ROOT

from brochure.base.text_width import em_width, line_count, split_at_unit
from brochure.cli.check import check
from brochure.localize.catalog import localize
from brochure.localize.edition import City, Edition
from brochure.render import leaflet
from brochure.render.leaflet import folds, panel, panels_a_side, sides
from brochure.render.typesetting import bind_last_words, keep_words_whole


@pytest.fixture(scope="module", params=["ko", "en"])
def edition(request: pytest.FixtureRequest) -> Edition:
    return localize(check(ROOT), request.param)


def members(city: City, count: int) -> list[City]:
    return [replace(city, id=f"city-{n}") for n in range(count)]


@pytest.mark.parametrize("count", range(1, 13))
def test_every_number_of_cities_fills_two_equal_sides(edition: Edition, count: int) -> None:
    """Cover, about, secretariat and each city have one panel; at most one is left for art."""
    cities = members(edition.cities[0], count)
    outer, inner = sides(cities)
    assert len(outer) == len(inner) == panels_a_side(count)
    together = [*inner, *outer]
    assert [one for one in together if isinstance(one, City)] == cities
    spare = 2 * panels_a_side(count) - count - 3
    words = sorted(one for one in together if isinstance(one, str))
    assert words == ["about", *["art"] * spare, "cover", "secretariat"]
    assert spare in (0, 1)


@pytest.mark.parametrize("count", range(1, 13))
def test_cover_and_secretariat_are_outside_when_folded(edition: Edition, count: int) -> None:
    """The cover tops the folded sheet, and the panel at the back of the pile is the secretariat.

    In an accordion the panels face up and down in turn, beginning with the cover, face up. So the
    last of the pile shows its outer side where their number is even, else its inner side.
    """
    outer, inner = sides(members(edition.cities[0], count))
    assert outer[-1] == "cover"
    back = outer[0] if len(outer) % 2 == 0 else inner[-1]
    assert back == "secretariat"
    assert inner[0] == "about"


def test_five_cities_make_the_sheet_of_the_source_brochure(edition: Edition) -> None:
    """Eight panels, four a side, three folds 99 mm apart."""
    assert panels_a_side(5) == 4
    assert folds(5) == [99, 198, 297]


def test_panel_keeps_the_order_of_the_data(edition: Edition) -> None:
    """Key figures first, then rows with figures, industries, rows in words; each as the data has
    them, and whatever is left out is counted."""
    for city in edition.cities:
        made = panel(city)
        assert list(made.figures) == list(city.key_figures[: leaflet.MAX_FIGURES])
        assert [row for row in city.status if row in made.rows] == list(made.rows)
        assert [row for row in city.status if row in made.words] == list(made.words)
        assert list(city.industries[: len(made.industries)]) == list(made.industries)
        assert made.industries


def test_full_city_says_how_much_is_left_out(edition: Edition) -> None:
    """Of forty rows and twenty-five industries a panel shows a few and counts the others."""
    city = edition.cities[0]
    row = next(row for row in city.status if row.indicator == "area")
    full = replace(city, status=[row] * 40, industries=[city.industries[0]] * 25)
    made = panel(full)
    assert 0 < len(made.rows) <= leaflet.MAX_ROWS
    assert 0 < len(made.industries) <= leaflet.MAX_INDUSTRIES
    assert made.left_out == 40 - len(made.rows) + 25 - len(made.industries)


def test_long_name_is_set_smaller(edition: Edition) -> None:
    """A name takes two lines at most, down to the smallest size, which is still readable."""
    city = edition.cities[0]
    sizes = [panel(replace(city, name="가나다라 " * n)).size for n in (1, 4, 8, 20)]
    assert sizes == sorted(sizes, reverse=True)
    assert min(leaflet.NAME_SIZES) >= 7.5 and min(leaflet.TEXT, leaflet.LABEL) >= 7.5


def test_words_are_joined_within_and_through_tags() -> None:
    """No line can break inside a Korean word, nor where a tag stands in it; between words it can.

    Titles and drawings are left alone.
    """
    html = keep_words_whole(
        "<title>대전</title><p>그 <b>도시</b> <span>559개</span>가 벤처기업이었습니다</p><p>다</p>"
    )
    assert "<title>대전</title>" in html
    assert "559\u2060개</span>\u2060가 벤\u2060처" in html
    assert "<p>다</p>" in html and "<b>도\u2060시</b> " in html
    noted = keep_words_whole(
        '<th>비중<sup class="mark"><a href="#n">19</a></sup> <span>가</span></th>'
    )
    assert '>비\u2060중<sup class="mark"><a href="#n">\u206019</a></sup> <span>가<' in noted


def test_run_too_long_for_a_word_may_break() -> None:
    """Sixty letters without a space have to break somewhere, or they would leave the page."""
    assert "\u2060" not in keep_words_whole("<p>" + "가" * 60 + "</p>")


def test_short_last_word_is_not_left_alone() -> None:
    """Short last words are bound together, and to the one before; a long one can stand alone."""
    assert bind_last_words("to ask for a plan.") == "to ask for\u00a0a\u00a0plan."
    assert bind_last_words("함께 살펴볼 만하다.") == "함께 살펴볼\u00a0만하다."
    assert bind_last_words("a long incomprehensibility") == "a long incomprehensibility"
    assert "살\u2060펴\u2060볼\u00a0만" in keep_words_whole("<p>함께 살펴볼 만하다.</p>")


def test_a_unit_hangs_behind_its_digits() -> None:
    """A figure is parted behind its last digit; what hangs there does not break."""
    assert split_at_unit("1,277 km²") == ("1,277", "\u00a0km²")
    assert split_at_unit("$36.64 billion") == ("$36.64", "\u00a0billion")
    assert split_at_unit("25,000개 이상") == ("25,000", "개\u00a0이상")
    assert split_at_unit("약 200") == ("약 200", "")


def test_room_is_never_underestimated() -> None:
    """More text never needs fewer lines, and a word wider than the line is counted as broken."""
    counts = [line_count("도시 " * n, 10) for n in range(1, 30)]
    assert counts == sorted(counts)
    assert line_count("가" * 60, 10) >= em_width("가" * 60) / 10


def test_number_and_unit_stay_on_one_line() -> None:
    """The space between a number and its unit or its power of ten is no place to break a line."""
    for said in (
        "5 km²",
        "1.4 million people",
        "$36.64 billion",
        "140만 명",
        "366.4억 달러",
        "약 3개",
    ):
        bound = keep_words_whole(f"<p>It has {said} all told in these words.</p>").replace(
            "\u2060", ""
        )
        assert said.replace(" ", "\u00a0", 1) in bound, said
    assert "19 universities" in keep_words_whole(
        "<p>There are 19 universities in it, as it says.</p>"
    )
