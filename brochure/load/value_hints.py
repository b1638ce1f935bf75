"""Messages about values that are no number, year, date or truth, with the right form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from brochure.base.message import Message, languages

_QUOTES = "'\"‘’“”„«»"
# Digits in whatever groups, with what stands before and behind them.
_DIGITS = r"[-−–]?\d(?:[\d.,'’\s]*\d)?"
_AROUND = re.compile(rf"(?P<before>\D*?)(?P<digits>{_DIGITS})(?P<after>\D*|\s?[A-Za-z]{{1,3}}[23])")
_RANGE = re.compile(rf"({_DIGITS})\s*(?:[-–—~∼〜]|to|bis|a|hasta|에서)\s*({_DIGITS})\D*")
# Hangul adds parts of a number up: 1억 2000만.
_PART = re.compile(rf"({_DIGITS})\s*([^\d\s]+)\s*")
# How the groups of a number are set apart.
_GROUPED = (
    ("number.with-commas", re.compile(r"\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?"), ",", "."),
    ("number.with-points", re.compile(r"\d{1,3}(\.\d{3}){2,}|\d{1,3}(\.\d{3})+,\d+"), ".", ","),
    ("number.with-spaces", re.compile(r"\d{1,3}(\s\d{3})+([.,]\d+)?"), " ", ",."),
    ("number.with-apostrophes", re.compile(r"\d{1,3}(['’]\d{3})+([.,]\d+)?"), "'", ",."),
    ("number.decimal-comma", re.compile(r"\d+,\d+"), "", ","),
)
_PLAIN = re.compile(r"\d+(\.\d+)?")
# One point before three digits: a thousand in German and Spanish, decimals in Korean and English.
_ONE_POINT = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])")

# Words for powers of ten beside those of Unicode's locale data.
_ABBREVIATIONS = {
    "k": 1000, "tsd.": 1000, "tsd": 1000, "thousand": 1000, "mn": 10**6,
    "mio.": 10**6, "mio": 10**6, "mill.": 10**6, "million": 10**6, "millions": 10**6,
    "bn": 10**9, "billion": 10**9, "billions": 10**9, "mrd.": 10**9, "mrd": 10**9,
}  # fmt: skip
# Words that say how exact a number is, by what `bound` calls it; the last has no such name.
# A `_` stands for a space.
_BOUNDS = {
    "about": "약 대략 정도 가량 쯤 내외 안팎 about approximately approx. around circa ca. ca "
    "roughly etwa rund ungefähr zirka unos unas aprox. aproximadamente alrededor_de ≈ ~ ∼ ≒ ±",
    "more-than": "> 초과 over above more_than über mehr_als más_de superior_a",
    "at-least": "≥ >= => + 이상 최소 적어도 여 at_least minimum min. mindestens wenigstens ab "
    "al_menos por_lo_menos como_mínimo",
    "": "< ≤ <= =< 이하 미만 최대 under below less_than at_most up_to no_more_than not_more_than "
    "unter weniger_als nicht_mehr_als höchstens bis_zu bis maximal max. menos_de no_más_de hasta "
    "como_máximo",
}
_BOUND_OF = {
    word.replace("_", " "): bound for bound, words in _BOUNDS.items() for word in words.split()
}
_BOUND = re.compile(
    "|".join(
        rf"(?<!\w){re.escape(word)}(?!\w)" if word[0].isalpha() else re.escape(word)
        for word in sorted(_BOUND_OF, key=lambda word: (-len(word), word))
    ),
    re.IGNORECASE,
)
_TRUTHS = {
    "true": "true yes y on ja si sí s 예 네 참 있음 o 1 verdadero wahr",
    "false": "false no n off nein 아니오 아니요 아님 거짓 없음 x 0 falso falsch",
}
_TRUTH_OF = {word: truth for truth, words in _TRUTHS.items() for word in words.split()}

_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_YEAR_FIRST = re.compile(
    rf"{_YEAR}[./년 -]+(?P<month>[0-9]{{1,2}})(?:[./월 -]+(?P<day>[0-9]{{1,2}})일?)?[.월]?"
)
_YEAR_LAST = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?P<mark>[./ -]+)(?P<month>[0-9]{{1,2}})[./ -]+{_YEAR}"
)
_COMPACT = re.compile(rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})")


def number_message(text: str) -> Message:
    """The message about a text in place of a number; it has the number, where that is clear."""
    written = text.strip()
    bare = written.strip(_QUOTES).strip()
    value = {"value": text.strip()}
    if _RANGE.fullmatch(bare):
        return Message("number.range", **value)
    if _ONE_POINT.search(bare):
        return Message("number.ambiguous-point", **value)
    if _is_number(bare):
        return Message("number.in-quotes", number=bare)
    match = _AROUND.fullmatch(bare)
    if match is None:
        number = _sum_of_parts(bare)
        return (
            Message("number.with-scale-word", **value, number=_shown(number))
            if number is not None
            else Message("number.expected", **value)
        )
    number, code = _read(match["digits"])
    if number is None:
        return Message("number.expected", **value)
    after = match["after"].strip()
    if re.match(r"Billion(?!en)", after):
        # A thousand times more in German than in English.
        return Message("number.with-billion", **value)
    factor, after = _factor(after)
    number = number * factor if factor != 1 else number
    bounds, unit = _bounds(f"{match['before']} {after}")
    shown = {**value, "number": _shown(number) if factor != 1 else f"{number:f}"}
    if "" in bounds:
        return Message("number.with-upper-bound", **shown)
    if bounds:
        return Message("number.with-bound", **shown, bound=bounds[0])
    if factor != 1:
        return Message("number.with-scale-word", **shown)
    if unit[:1] in ("%", "％") or unit in ("퍼센트", "percent", "Prozent", "por ciento"):
        return Message("number.with-percent-sign", **shown)
    if unit:
        return Message("number.with-unit", **shown, unit=unit)
    return Message(code, **shown) if code else Message("number.in-quotes", number=shown["number"])


def year_message(text: str) -> Message:
    """The message about a text in place of a year."""
    if re.fullmatch(r"\d{4}", text):
        return Message("number.in-quotes", number=text)
    years = re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)
    if len(years) == 1 and re.fullmatch(r"\D*\d{4}\D*", text):
        return Message("year.with-words", value=text.strip(), year=years[0])
    if len(years) == 1 and iso_date(text):
        return Message("year.with-month", value=text.strip(), year=years[0])
    return Message("year.expected", value=text.strip())


def date_message(text: str, *, day: bool) -> Message:
    """The message about a text in place of a date; `day` where a month is not enough."""
    written = iso_date(text)
    if written is not None and (len(written) == len("2026-11-22") or not day):
        return Message("date.other-form", value=text.strip(), date=written)
    return Message("date.day-expected" if day else "date.expected", value=text.strip())


def truth_message(text: str) -> Message:
    """The message about a text in place of true or false."""
    if text in ("true", "false"):
        return Message("truth.in-quotes", truth=text)
    truth = _TRUTH_OF.get(text.strip().casefold())
    if truth is None:
        return Message("truth.expected", value=text.strip())
    return Message("truth.other-word", value=text.strip(), truth=truth)


def iso_date(text: str) -> str | None:
    """A date as 2026-11-22 or 2026-11, if it is clear which a text means, and on the calendar."""
    text = text.strip().strip(_QUOTES)
    parts: Mapping[str, str | None]
    if (match := _YEAR_FIRST.fullmatch(text)) or (match := _COMPACT.fullmatch(text)):
        parts = match.groupdict()
    elif match := _YEAR_LAST.fullmatch(text):
        parts = match.groupdict()
        day, month = int(match["day"]), int(match["month"])
        if "." not in match["mark"] and day <= 12 and month <= 12 and day != month:
            # Day or month may come first.
            return None
        if month > 12:
            parts = {**parts, "day": match["month"], "month": match["day"]}
    else:
        parts = _with_name_of_month(text)
    if not parts.get("year") or not parts.get("month"):
        return None
    day_of = parts.get("day")
    try:
        found = date(int(parts["year"] or 0), int(parts["month"] or 0), int(day_of or 1))
    except ValueError:
        return None
    return found.isoformat() if day_of else found.isoformat()[:7]


def _with_name_of_month(text: str) -> Mapping[str, str | None]:
    """Year, month and day of a date whose month is written in letters, as far as they are there."""
    names = re.findall(r"[^\W\d_]{3,}", text)
    months = {month for name in names for month in _months_of(name.casefold())}
    year = re.search(rf"(?<!\d){_YEAR}(?!\d)", text)
    days = re.findall(r"(?<!\d)([0-9]{1,2})(?!\d)", text)
    if len(months) != 1 or year is None or len(days) > 1:
        return {}
    return {"year": year["year"], "month": str(months.pop()), "day": days[0] if days else None}


def _months_of(name: str) -> Iterator[int]:
    for names in _names_of_months():
        for number, month in enumerate(names, 1):
            if month.startswith(name):
                yield number


@cache
def _names_of_months() -> tuple[tuple[str, ...], ...]:
    # Imported only here: a build in which nothing is wrong needs no ICU for its input.
    from brochure.base.language import numerals

    return tuple(
        tuple(month.casefold() for month in numerals(language).months) for language in languages()
    )


@cache
def _scales() -> Mapping[str, int]:
    """The words for powers of ten in the languages of the messages, in small letters."""
    from brochure.base.language import numerals

    own = {
        word.casefold(): power
        for language in languages()
        for word, power in numerals(language).scales.items()
    }
    longest_first = sorted({**own, **_ABBREVIATIONS}, key=lambda word: (-len(word), word))
    return {word: _ABBREVIATIONS.get(word) or own[word] for word in longest_first}


def _factor(text: str) -> tuple[int, str]:
    """The product of the words for powers of ten that begin a text, and the rest of the text."""
    factor, rest = 1, text
    if re.match(r"M(?!\w)", text):
        # A small m is a metre.
        return 10**6, text[1:].lstrip()
    while rest:
        for word, power in _scales().items():
            tail = rest[len(word) :]
            # A word in Hangul may be joined to its unit (140만명), others end with a letter.
            ends = not tail[:1].isalpha() or not word.isascii()
            if rest.casefold().startswith(word) and ends:
                factor, rest = factor * power, tail.lstrip()
                break
        else:
            break
    return factor, rest


def _sum_of_parts(text: str) -> Decimal | None:
    """The number that digits with words for powers of ten add up to (1억 2000만), if they do."""
    total, end = Decimal(0), 0
    for match in _PART.finditer(text):
        number, _ = _read(match[1])
        factor, _ = _factor(match[2])
        if match.start() != end or number is None or factor == 1:
            return None
        total, end = total + number * factor, match.end()
    return total if end and not re.search(r"\d", text[end:]) else None


def _bounds(text: str) -> tuple[list[str], str]:
    """The bounds that the words around a number name, and the words besides."""
    bounds = {_BOUND_OF[match[0].casefold()] for match in _BOUND.finditer(text)}
    return sorted(bounds), " ".join(_BOUND.sub(" ", text).split())


def _read(digits: str) -> tuple[Decimal | None, str]:
    """The number that digits in groups stand for, and the code of what is wrong with the groups."""
    sign, other_sign = "-" if digits[0] in "-−–" else "", digits[0] in "−–"
    digits = digits.lstrip("-−–").replace("’", "'")
    if _PLAIN.fullmatch(digits):
        return Decimal(sign + digits), "number.with-other-minus-sign" if other_sign else ""
    for code, pattern, group, points in _GROUPED:
        if pattern.fullmatch(digits):
            bare = re.sub(r"\s", "", digits) if group == " " else digits
            bare = bare.replace(group, "") if group else bare
            for point in points:
                bare = bare.replace(point, ".")
            return Decimal(sign + bare), code
    return None, ""


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?\d+(\.\d+)?", text, re.ASCII) is not None


def _shown(number: Decimal) -> str:
    """A number as YAML has it, without an exponent or zeros that say nothing."""
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
