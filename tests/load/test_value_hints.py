"""Numbers, years, dates and truths as people write them, and what is said of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.base.message import Message, languages
from brochure.load.value_hints import (
    date_message,
    iso_date,
    number_message,
    truth_message,
    year_message,
)


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("1,400,000", "number.with-commas", "1400000"),
        ("51,234", "number.with-commas", "51234"),
        ("1,40,000", "number.with-commas", "140000"),
        ("1,400,000.5", "number.with-commas", "1400000.5"),
        ("1.400.000", "number.with-points", "1400000"),
        ("1.400.000,5", "number.with-points", "1400000.5"),
        ("1 400 000", "number.with-spaces", "1400000"),
        ("1\u00a0400\u00a0000", "number.with-spaces", "1400000"),
        ("1\u202f400", "number.with-spaces", "1400"),
        ("1'400'000", "number.with-apostrophes", "1400000"),
        ("1’400", "number.with-apostrophes", "1400"),
        ("1,4", "number.decimal-comma", "1.4"),
        ("-3,25", "number.decimal-comma", "-3.25"),
        ("−5", "number.with-other-minus-sign", "-5"),
        ("60%", "number.with-percent-sign", "60"),
        ("0.90 %", "number.with-percent-sign", "0.90"),
        ("60퍼센트", "number.with-percent-sign", "60"),
        ("140만", "number.with-scale-word", "1400000"),
        ("2천", "number.with-scale-word", "2000"),
        ("5천만", "number.with-scale-word", "50000000"),
        ("36조 6400억", "number.with-scale-word", "36640000000000"),
        ("1억2,000만 명", "number.with-scale-word", "120000000"),
        ("1.4 million", "number.with-scale-word", "1400000"),
        ("1.4M", "number.with-scale-word", "1400000"),
        ("$1.4 billion", "number.with-scale-word", "1400000000"),
        ("1,4 Mio.", "number.with-scale-word", "1400000"),
        ("3 Mrd. Euro", "number.with-scale-word", "3000000000"),
        ("2 mil millones", "number.with-scale-word", "2000000000"),
        ("1,5 millones", "number.with-scale-word", "1500000"),
        ("12 km²", "number.with-unit", "12"),
        ("12km2", "number.with-unit", "12"),
        ("500명", "number.with-unit", "500"),
        ("1,400,000명", "number.with-unit", "1400000"),
        ("$500", "number.with-unit", "500"),
        ("200 m", "number.with-unit", "200"),
        ("<500", "number.with-upper-bound", "500"),
        ("at most 500", "number.with-upper-bound", "500"),
        ("no more than 500", "number.with-upper-bound", "500"),
        ("500 이하", "number.with-upper-bound", "500"),
        ("höchstens 1.200.000", "number.with-upper-bound", "1200000"),
        ("“51234”", "number.in-quotes", "51234"),
        ("51234", "number.in-quotes", "51234"),
    ],
)
def test_a_number_is_given_as_it_should_be(text: str, code: str, number: str) -> None:
    """The message names what is wrong with the number, and gives it in the right form."""
    message = number_message(text)
    assert (message.code, dict(message.parameters)["number"]) == (code, number)
    for language in languages():
        assert number in message.text(language)


@pytest.mark.parametrize(
    "text", ["51.234", "591.637 habitantes", "39.700 millones", "rund 51.234", "-1.400"]
)
def test_a_point_that_may_part_thousands_gives_no_number(text: str) -> None:
    """German and Spanish write thousands as others write decimals: no number is proposed."""
    assert number_message(text) == Message("number.ambiguous-point", value=text)


@pytest.mark.parametrize(
    ("text", "number", "bound"),
    [
        ("약 140만", "1400000", "about"),
        ("≈500", "500", "about"),
        ("~500", "500", "about"),
        ("500명 정도", "500", "about"),
        ("about 500", "500", "about"),
        ("ca. 1.400.000", "1400000", "about"),
        ("aprox. 500", "500", "about"),
        (">500", "500", "more-than"),
        ("500 초과", "500", "more-than"),
        ("more than 1,400", "1400", "more-than"),
        ("über 500", "500", "more-than"),
        ("más de 500", "500", "more-than"),
        (">=500", "500", "at-least"),
        ("500+", "500", "at-least"),
        ("500명 이상", "500", "at-least"),
        ("500여 명", "500", "at-least"),
        ("mindestens 500", "500", "at-least"),
        ("al menos 500", "500", "at-least"),
    ],
)
def test_a_word_about_a_number_is_its_bound(text: str, number: str, bound: str) -> None:
    """`about 500` is the number 500 and an entry `bound`, which the message names."""
    message = number_message(text)
    assert message == Message("number.with-bound", value=text, number=number, bound=bound)
    for language in languages():
        assert f"bound: {bound}" in message.text(language)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("many", "number.expected"),
        ("1.2.3", "number.expected"),
        ("", "number.expected"),
        ("10-20", "number.range"),
        ("10 ~ 20명", "number.range"),
        ("10 bis 20", "number.range"),
        # A thousand times more in German than in English.
        ("3 Billion", "number.with-billion"),
    ],
)
def test_no_number_is_guessed(text: str, code: str) -> None:
    """Where it is not clear which number is meant, none is given."""
    message = number_message(text)
    assert message.code == code
    assert "number" not in dict(message.parameters)


@given(number=st.integers(-(10**12), 10**12))
def test_commas_are_taken_out_of_any_number(number: int) -> None:
    """A number with commas is told as the same number without."""
    if abs(number) >= 1000:
        message = number_message(f"{number:,}")
        assert message.code == "number.with-commas"
        assert dict(message.parameters)["number"] == str(number)


@given(text=st.text() | st.text("0123456789.,'’ -%만억~≈<>+abc"))
def test_any_text_has_a_message(text: str) -> None:
    """No text breaks the search for what is wrong with it, and each message can be said."""
    for message in (
        number_message(text),
        year_message(text),
        truth_message(text),
        date_message(text, day=True),
        date_message(text, day=False),
    ):
        assert all(message.text(language) for language in languages())


@pytest.mark.parametrize(
    ("text", "code", "year"),
    [
        ("2022년", "year.with-words", "2022"),
        ("FY2022", "year.with-words", "2022"),
        ("about 2022", "year.with-words", "2022"),
        ("2022-06", "year.with-month", "2022"),
        ("2022년 6월", "year.with-month", "2022"),
        ("2022", "number.in-quotes", None),
        ("2021/22", "year.expected", None),
        ("2021-2022", "year.expected", None),
    ],
)
def test_a_year_is_digits_alone(text: str, code: str, year: str | None) -> None:
    """The year is found among words; where there are two, none is chosen."""
    message = year_message(text)
    assert (message.code, dict(message.parameters).get("year")) == (code, year)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("22.11.2026", "2026-11-22"),
        ("2026/11/22", "2026-11-22"),
        ("2026.11.22.", "2026-11-22"),
        ("2026-1-5", "2026-01-05"),
        ("20261122", "2026-11-22"),
        ("2026년 11월", "2026-11"),
        ("2026년 11월 22일", "2026-11-22"),
        ("2026.11", "2026-11"),
        ("11/22/2026", "2026-11-22"),
        ("22/11/2026", "2026-11-22"),
        # Day and month may be meant either way.
        ("03/04/2026", None),
        ("22 November 2026", "2026-11-22"),
        ("Nov. 22, 2026", "2026-11-22"),
        ("22. März 2026", "2026-03-22"),
        ("22 de noviembre de 2026", "2026-11-22"),
        ("November 2026", "2026-11"),
        ("30.02.2026", None),
        ("31 December", None),
        ("soon", None),
    ],
)
def test_a_date_is_given_as_it_should_be(text: str, date: str | None) -> None:
    """A date in the form of any of the languages is found, if it is clear which day is meant."""
    assert iso_date(text) == date
    message = date_message(text, day=False)
    assert message == (
        Message("date.other-form", value=text, date=date)
        if date
        else Message("date.expected", value=text)
    )


def test_a_month_is_no_day() -> None:
    """Where a day is needed, a month is not taken for one."""
    message = date_message("2026년 11월", day=True)
    assert message == Message("date.day-expected", value="2026년 11월")


@pytest.mark.parametrize(
    ("text", "truth"),
    [("yes", "true"), ("Ja", "true"), ("예", "true"), ("sí", "true"), ("nein", "false"),
     ("아니오", "false"), ("no", "false"), ("off", "false")],
)  # fmt: skip
def test_yes_is_true(text: str, truth: str) -> None:
    """A word for yes or no in any of the languages is told as true or false."""
    assert truth_message(text) == Message("truth.other-word", value=text, truth=truth)
    assert truth_message("soon") == Message("truth.expected", value="soon")
