"""Translations: the numbers that they state, and which of them have gone stale."""

from __future__ import annotations

import os
import re
import subprocess
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import copy_input

from brochure.base.git.log import history
from brochure.base.language import Language, numerals
from brochure.base.problem import Problem
from brochure.cli.check import examine
from brochure.cli.main import main
from brochure.validate.translations.numbers import Reader, differing
from brochure.validate.translations.replay import Texts, followed

ALBA, BRUMA = "data/cities/alba.yaml", "data/cities/bruma.yaml"
ALBA_KO, ALBA_EN = "content/cities/alba.ko.md", "content/cities/alba.en.md"


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    """A copy of the tiny repository, for a test to change."""
    return copy_input(tmp_path / "miniature")


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems(root: Path) -> tuple[Problem, ...]:
    return examine(root).problems


def acknowledge(root: Path, problem: Problem) -> None:
    """Write the line that a message names into `data/still-right.yaml`."""
    parameters = dict(problem.message.parameters)
    (root / parameters["file"]).write_text(
        f"texts:\n  {parameters['acknowledgement']}\n", encoding="utf-8"
    )
    assert f"data/still-right.yaml: {parameters['acknowledgement']}" in problem.text("en")


def values(locale: str, text: str) -> list[Decimal]:
    return [one.value for one in Reader(numerals(locale)).stated(text)]


@pytest.mark.parametrize(
    ("locale", "text", "stated"),
    [
        ("ko", "2만 5천 명", ["25000"]),
        ("ko", "1,130만", ["11300000"]),
        ("ko", "132.3억 달러", ["13230000000"]),
        ("ko", "1조 2,000억과 3천만", ["1200000000000", "30000000"]),
        ("ko", "4천7백억원, 1억2천5백만", ["470000000000", "125000000"]),
        ("ko", "2천 명과 3만 명", ["2000", "30000"]),
        ("ko", "「조례」 제3조", ["3"]),
        ("ko", "5G와 A4와 3D", []),
        ("ko", "2015~17년", ["2015", "2017"]),
        ("en-GB", "25,000 and 11.3 million", ["25000", "11300000"]),
        ("en-GB", "$13.23 billion", ["13230000000"]),
        ("en-GB", "a 12 million-pound hall, 2015–17", ["12000000", "2015", "2017"]),
        ("en-GB", '{{ fact("x-2000") }} [a](b-3000.md)', []),
        ("de", "1.234 und 2,5 Millionen", ["1234", "2500000"]),
        ("es", "13,2 mil millones", ["13200000000"]),
    ],
)
def test_a_number_in_words_is_read(locale: str, text: str, stated: list[str]) -> None:
    """Digits with their words for thousands and more are one number, by the language's own rules;
    names such as 5G, articles of a law and what a call writes are none."""
    assert values(locale, text) == [Decimal(one) for one in stated]


@given(
    number=st.integers(0, 10**16)
    | st.builds(lambda n, k: n * 10**k, st.integers(1, 9999), st.integers(3, 11))
)
def test_what_is_written_is_read_back(number: int) -> None:
    """Whatever number the publication writes, in whichever language, is read as that number."""
    for locale in ("ko", "en-GB", "de", "es"):
        written = Language(locale, {"language.formats": locale}).number(number)
        assert values(locale, written) == [number], written


@pytest.mark.parametrize(
    ("ko", "en", "told"),
    [
        ("2만 5천 명", "25,000 people", False),
        ("2만 5천 명", "2,500 people", True),
        ("1,130만", "11.3 million", False),
        ("1,130만", "113 million", True),
        ("132.3억 달러", "$13.23 billion", False),
        ("132.3억 달러", "$132.3 billion", True),
        ("5개 도시", "five cities", False),
        ("5개 도시", "6 cities", True),
        ("2만 명", "many people", True),
        ("2024년 9월 4일", "4 September 2024", False),
        ("2024년 9월 4일", "4 October 2024", False),
        ("2024년 9월 4일", "5 September 2024", True),
        ("4차 산업혁명", "the fourth industrial revolution", False),
        ("백만 명당 100만 원", "a million won for each", False),
        ("500만 평", "the five million", False),
        ("같은 해", "in 2024", False),
        ("3.5%", "some per cent", True),
    ],
)
def test_numbers_are_held_against_each_other(ko: str, en: str, told: bool) -> None:
    """Numbers that contradict each other are told, and large ones or fractions that one language
    lacks; not what it says in letters, by a month's name, or leaves to the context."""
    readers = Reader(numerals("ko")), Reader(numerals("en-GB"))
    assert (differing(ko, readers[0], en, readers[1]) is not None) == told
    assert (differing(en, readers[1], ko, readers[0]) is not None) == told


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (BRUMA, "{ko: 안개 낀 도시., en: A city in the mist.}",
         "{ko: 2만 5천이 사는 도시., en: A city of 2500.}", "en: A city of"),
        (ALBA_EN, "**Bold**", "The 25,000 and **3,000**", "25,000"),
        (ALBA_KO, "**굵게**", "2만 5천", "2만 5천"),
    ],
)  # fmt: skip
def test_numbers_that_differ_are_told(
    file: str,
    old: str,
    new: str,
    place: str,
    miniature: Path,
) -> None:
    """A number that differs between languages is told where it stands; a line of
    `data/still-right.yaml`, which the message gives, says that it is right; until the texts change.
    """
    edit(miniature, file, old, new)
    (problem,) = problems(miniature)
    lines = (miniature / file).read_text(encoding="utf-8").split("\n")
    line = next(i for i, one in enumerate(lines) if place in one)
    column = lines[line].index(place) + 1 + (4 if place.startswith("en: ") else 0)
    assert (problem.file, problem.line, problem.column) == (file, line + 1, column)
    assert (problem.code, problem.severity) == ("translation.numbers-differ", "error")
    acknowledge(miniature, problem)
    assert problems(miniature) == ()
    edit(miniature, file, new, f"{new} 7,000" if file != BRUMA else new.replace("2500", "2600"))
    assert {found.code for found in problems(miniature)} == {
        "translation.numbers-differ",
        "translation.idle-line",
    }


P, Q, R = ("a",), ("list", 0), ("list", 1)


@pytest.mark.parametrize(
    ("versions", "behind"),
    [
        ([{P: "k1 e1"}], {}),
        ([{P: "k1 e1"}, {P: "k2 e1"}], {P: {"en"}}),
        ([{P: "k1 e1"}, {P: "k1 e2"}], {P: {"ko"}}),
        ([{P: "k1 e1"}, {P: "k2 e2"}], {}),
        ([{P: "k1 e1"}, {P: "k2 e1"}, {P: "k2 e2"}], {}),
        ([{P: "k1 e1"}, {P: "k2 e1"}, {P: "k3 e1"}], {P: {"en"}}),
        ([{P: "k1 e1"}, {P: "k2 e1"}, {P: "k2 e2"}, {P: "k2 e3"}], {P: {"ko"}}),
        ([{P: "k1 e1"}, {P: "k2 e1"}, {P: "k3 e2"}], {}),
        ([{P: "k1 e1"}, {P: "k2 e1"}, {}, {P: "k2 e1"}], {}),
        ([{Q: "k1 e1"}, {Q: "k0 e0", R: "k1 e1"}], {}),
        ([{Q: "k1 e1"}, {Q: "k0 e0", R: "k2 e1"}], {R: {"en"}}),
        ([{Q: "k1 e1"}, {Q: "k2 e1"}, {Q: "k0 e0", R: "k2 e1"}], {R: {"en"}}),
        ([{Q: "k1 e1", R: "k9 e9"}, {Q: "k1 e2", R: "k9 e9"}, {Q: "k9 e9"}], {}),
        ([{P: "k1 e1"}, {P: "k1 e1 d1"}], {}),
        ([{P: "k1 e1 d1"}, {P: "k2 e1 d1"}, {P: "k2 e2 d1"}], {P: {"de"}}),
        ([{P: "k1 e1 d1"}, {P: "k2 e1 d1"}, {P: "k3 e2 d1"}], {P: {"de"}}),
    ],
)
def test_a_language_falls_behind_and_catches_up(
    versions: list[dict[tuple[str | int, ...], str]],
    behind: dict[tuple[str | int, ...], set[str]],
) -> None:
    """What one commit changes in some languages only leaves the others behind, until they change
    too; wherever in a list the text has moved meanwhile."""

    def texts(version: dict[tuple[str | int, ...], str]) -> Texts:
        locales = ("ko", "en", "de")
        return {
            path: dict(zip(locales, whole.split(), strict=False)) for path, whole in version.items()
        }

    states = followed({}, {}, texts(versions[0]), "0", "")
    for number, (before, after) in enumerate(pairwise(versions), 1):
        states = followed(states, texts(before), texts(after), str(number), "")
    assert {path: set(state.locales) for path, state in states.items()} == behind


def git(root: Path, *arguments: str, day: str = "2026-03-02") -> None:
    who = {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@b.example",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    who |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in who.items()}
    dates = {f"GIT_{one}_DATE": f"{day}T12:00:00Z" for one in ("AUTHOR", "COMMITTER")}
    subprocess.run(
        ["git", "-C", str(root), *arguments], check=True, capture_output=True,
        env=os.environ | who | dates,
    )  # fmt: skip


def commit(root: Path, day: str = "2026-03-02") -> None:
    git(root, "add", "data", "content", "mkdocs.yml", day=day)
    git(root, "commit", "-qm", "x", day=day)


@pytest.fixture
def committed(miniature: Path) -> Path:
    """The tiny repository as the first commit of a git repository."""
    git(miniature, "init", "-q")
    commit(miniature)
    return miniature


def warnings(root: Path) -> dict[str, Problem]:
    """The warnings of a check that finds nothing wrong, by place."""
    examination = examine(root)
    assert examination.catalog is not None
    return {
        f"{problem.file}:{problem.line}:{problem.column}": problem
        for problem in examination.problems
    }


def test_a_stale_text_is_told_until_it_follows(committed: Path) -> None:
    """A text that changed in one language is a warning at the other, committed or not, also where
    both stand on one line; it ends when that changes, or a line of still-right.yaml says that it
    is right, and that line is told when it has become idle."""
    assert warnings(committed) == {}
    edit(committed, BRUMA, "ko: 안개 낀 도시.", "ko: 안개가 걷힌 도시.")
    ((place, warning),) = warnings(committed).items()
    lines = (committed / BRUMA).read_text(encoding="utf-8").split("\n")
    line = next(number for number, text in enumerate(lines) if text.startswith("lead:"))
    assert place == f"{BRUMA}:{line + 1}:{lines[line].index('A city') + 1}"
    assert "in an edit that is not committed yet" in warning.text("en")
    commit(committed, "2026-03-03")
    (warning,) = warnings(committed).values()
    assert (warning.code, warning.severity) == ("translation.stale", "warning")
    parameters = dict(warning.message.parameters)
    assert (parameters["changed"], parameters["locale"]) == (("ko",), "en")
    assert "changed in ko on 2026-03-03 (" in warning.text("en")
    assert "wurde am 2026-03-03 (" in warning.text("de")

    acknowledge(committed, warning)
    assert warnings(committed) == {}
    edit(committed, BRUMA, "en: A city in the mist.", "en: A city without mist.")
    (warning,) = warnings(committed).values()
    assert warning.code == "translation.idle-line"
    right = committed / "data/still-right.yaml"
    right.write_text("until: 2026-03-03\n", encoding="utf-8")
    edit(committed, BRUMA, "en: A city without mist.", "en: A city in the mist.")
    assert warnings(committed) == {}


def test_a_stale_narrative_is_told(committed: Path) -> None:
    """A narrative whose body or title changed in one language is a warning at the other's."""
    edit(committed, ALBA_EN, "**Bold**", "**Bolder**")
    edit(committed, ALBA_KO, "title: 항구에서", "title: 부두에서")
    commit(committed, "2026-03-03")
    told = {
        problem.file: dict(problem.message.parameters)["acknowledgement"].split()[1]
        for problem in warnings(committed).values()
    }
    assert told == {ALBA_EN: "title:", ALBA_KO: "body:"}
    edit(committed, ALBA_KO, "**굵게**", "**더 굵게**")
    commit(committed, "2026-03-04")
    (told_now,) = warnings(committed)
    assert told_now.startswith(ALBA_EN)


def test_a_number_a_thousand_times_off_is_told(committed: Path) -> None:
    """A number that has lost or gained three zeros since the last edit is a warning where it
    stands; one in another unit, or that grew a little, is none."""
    edit(committed, BRUMA, "value: 51234", "value: 51234000")
    edit(committed, ALBA, "value: 8400", "value: 9100")
    edit(committed, ALBA, "value: 539.73, unit: km2", "value: 2, unit: km2")
    ((place, warning),) = warnings(committed).items()
    assert place.startswith(f"{BRUMA}:")
    assert warning.code == "figure.thousandfold"
    assert {("value", "51234000"), ("former", "51234")} <= set(warning.message.parameters)
    commit(committed, "2026-03-03")
    assert "figure.thousandfold" in {problem.code for problem in warnings(committed).values()}
    acknowledge(committed, warning)
    assert "figure.thousandfold" not in {problem.code for problem in warnings(committed).values()}


def test_without_git_nothing_is_held_against_the_past(
    miniature: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder without a repository, without a commit, or without git, `check` works alike."""
    assert history(miniature) is None
    git(miniature, "init", "-q")
    assert history(miniature) is None
    commit(miniature)
    assert history(miniature) is not None
    monkeypatch.setenv("PATH", str(miniature))
    assert history(miniature) is None
    assert warnings(miniature) == {}


def test_a_broken_past_does_not_matter(committed: Path) -> None:
    """Former versions that are no YAML, no text, or of another shape are passed over."""
    whole = (committed / BRUMA).read_bytes()
    for raw in (b"a: [", b"\xff\xfe", b"- 1", b"figures: {population: 1}", b""):
        (committed / BRUMA).write_bytes(raw)
        (committed / ALBA_EN).write_bytes(raw)
        commit(committed)
    (committed / BRUMA).write_bytes(whole)
    git(committed, "checkout", "HEAD~5", "--", ALBA_EN)
    commit(committed)
    assert warnings(committed) == {}


def test_the_report_names_what_lacks(committed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`translations` counts, per city and language, the texts that are missing or stale, and lists
    them with their places; also where `check` refuses the data for it. A page says the same."""
    edit(committed, BRUMA, "ko: 안개 낀 도시.", "ko: 안개가 걷힌 도시.")
    commit(committed, "2026-03-03")
    edit(committed, ALBA, "{ko: 북국, en: Northland}", "{en: Northland}")
    (committed / ALBA_KO).unlink()
    page = committed / "report/page.html"
    assert main(["--root", str(committed), "translations", "--page", str(page)]) == 0
    told = capsys.readouterr().out
    written = page.read_text(encoding="utf-8")
    assert "<td>낡음 1 / 1 stale</td>" in written and f"<code>{ALBA} country</code>" in written
    rows = {
        cells[1]: cells[3:5]
        for line in told.split("\n")
        if len(cells := [cell.strip() for cell in line.split("|")]) > 4
    }
    assert rows["cities/bruma"] == ["✓", "낡음 1 / 1 stale"]
    assert rows["cities/alba"] == ["없음 4 / 4 missing", "✓"]
    assert rows["study"] == ["✓", "✓"]
    assert re.search(
        rf"^- {BRUMA}:7:\d+ — `{BRUMA} lead`: 낡음\(2026-03-03, ([0-9a-f]{{7}})\) / "
        r"stale \(2026-03-03, \1\)$",
        told,
        re.MULTILINE,
    )
    assert f"`{ALBA} country`: 없음 / missing" in told
    assert "content/cities/alba body`: 없음 / missing" in told


@pytest.mark.parametrize(
    ("language", "title", "counts"),
    [
        ("ko", "# 번역", ["없음 4", "✓"]),
        ("en", "# Translations", ["4 missing", "✓"]),
        ("de", "# Übersetzungen", ["4 fehlen", "✓"]),
        ("es", "# Traducciones", ["faltan 4", "✓"]),
    ],
)
def test_the_report_is_in_the_language_of_its_reader(
    language: str,
    title: str,
    counts: list[str],
    committed: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Asked for in one language, the report has no word of another."""
    edit(committed, ALBA, "{ko: 북국, en: Northland}", "{en: Northland}")
    (committed / ALBA_KO).unlink()
    page = committed / "page.html"
    arguments = ["--root", str(committed), "--language", language, "translations"]
    assert main([*arguments, "--page", str(page)]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[0] == title
    (row,) = [line for line in lines if line.startswith("| cities/alba |")]
    assert [cell.strip() for cell in row.split("|")][3:5] == counts
    written = page.read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in written and f"<h1>{title[2:]}</h1>" in written
