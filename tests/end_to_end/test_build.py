"""The command line and the build: what it says, what it leaves alone, what it makes twice alike."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import yaml
from support import ROOT, contents, copy_miniature, run_build

from brochure.pipeline import publication

COMMANDS = {
    "site": "dist/",
    "check": "file:line:column",
    "diff": "origin/main",
    "serve": "Ctrl-C",
    "new-city": "Never overwrites",
    "schema": "docs/reference",
}


# The command line


def test_help_names_every_command() -> None:
    """`build.py --help` says what the program is for, its commands, and what its exit tells."""
    done = run_build("--help")
    assert done.returncode == 0 and not done.stderr
    for words in (*COMMANDS, "Exit status", "data/", "content/"):
        assert words in done.stdout


@pytest.mark.parametrize(("command", "words"), COMMANDS.items(), ids=COMMANDS)
def test_a_command_explains_itself(command: str, words: str) -> None:
    """Each command's `--help` says what it does, reads and writes."""
    done = run_build(command, "--help")
    assert done.returncode == 0
    assert words in " ".join(done.stdout.split())
    assert done.stdout.count("\n") > 5


@pytest.mark.parametrize(
    "arguments",
    [(), ("sight",), ("site", "--fast"), ("new-city",), ("serve", "--port", "99999")],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...]) -> None:
    """A command that does not exist, or lacks its argument, ends with 2 and the usage."""
    done = run_build(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: build.py")


def test_check_builds_nothing(repository: Path) -> None:
    """`check` reports that nothing is wrong, in the languages of the staff, and writes no file."""
    before = contents(repository)
    done = run_build("--root", repository, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ("도시 5곳(ko, en): 이상 없음\n5 cities in ko, en: nothing wrong\n")
    assert contents(repository) == before


# What a city's new files leave to be filled in: an empty text, or no number.
BLANK = re.compile(r"''|(latitude|longitude|value): ?(?=,|$)", re.MULTILINE)


def test_a_new_city_lacks_only_its_blanks(repository: Path) -> None:
    """`new-city` writes a city's files, which lack nothing but what is blank in them: `check`
    names each blank and no more, and is content when they are filled."""
    before = contents(repository)
    done = run_build("--root", repository, "new-city", "porto-novo")
    assert done.returncode == 0, done.stderr
    written = {path: raw for path, raw in contents(repository).items() if path not in before}
    assert set(written) == {
        "data/cities/porto-novo.yaml",
        "content/cities/porto-novo.ko.md",
        "content/cities/porto-novo.en.md",
    }
    assert set(written) == set(done.stdout.split("\n")) & set(written)

    done = run_build("--root", repository, "check")
    assert done.returncode == 1
    told = set(re.findall(r"^(\S+):([0-9]+):[0-9]+ [a-z]\S+$", done.stderr, re.MULTILINE))
    blanks = {
        (path, str(number))
        for path, raw in written.items()
        for number, line in enumerate(raw.decode().split("\n"), 1)
        if BLANK.search(line)
    }
    assert told == blanks

    for path, raw in written.items():
        filled = BLANK.sub(lambda blank: f"{blank[1]}: 1" if blank[1] else "'x'", raw.decode())
        (repository / path).write_text(filled, encoding="utf-8")
    done = run_build("--root", repository, "check")
    assert done.returncode == 0, done.stderr


def on_a_terminal(repository: Path, typed: str, *arguments: str) -> tuple[int, str]:
    """The exit status of `build.py` on a terminal where this is typed, and what that showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), "--root", str(repository), *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        # Linux tells the end of the other side by an error.
        with contextlib.suppress(OSError):
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)
    return process.returncode, shown.decode()


ANSWERS = [
    "포르투", "Porto", "포르투갈", "Portugal", "91", "41.15", "-8.61", "blue", "#123abc",
    "다리의 도시", "'t is a city: of bridges", "1,500", "231800", "", "포도주", "Wine", "정보기술",
    "IT", "nothing", "digital", "설명", "What it is", "제목", "Title", "요약", "Summary",
]  # fmt: skip


def test_a_new_city_is_asked_for_on_a_terminal(repository: Path) -> None:
    """On a terminal `new-city` asks, in the languages of the staff, for all that the model
    requires, asks again for what does not fit, and leaves files that lack nothing.
    """
    status, shown = on_a_terminal(repository, "\n".join(ANSWERS) + "\n", "new-city", "porto")
    assert status == 0, shown
    for wrong in ("91", "blue", "1,500", "nothing"):
        assert f"‘{wrong}’: 알맞지 않습니다" in shown
    assert shown.count("does not fit") == 4
    done = run_build("--root", repository, "check")
    assert done.returncode == 0, done.stderr
    written = (repository / "data/cities/porto.yaml").read_text("utf-8")
    assert "name: {ko: '포르투', en: 'Porto'}" in written
    assert "{latitude: 41.15, longitude: -8.61, source: geonames}" in written


def test_a_new_city_that_nobody_finishes_leaves_nothing(repository: Path) -> None:
    """Whoever ends `new-city` in the middle of its questions, by Ctrl-D, leaves no file; and
    whoever answers none has the files with all blanks.
    """
    before = contents(repository)
    assert on_a_terminal(repository, "포르투\n\x04", "new-city", "porto")[0] == 130
    assert contents(repository) == before
    assert on_a_terminal(repository, "\n" * 30, "new-city", "porto")[0] == 0
    told = run_build("--root", repository, "check").stderr
    assert told.count("data/cities/porto.yaml:") > 5


def test_a_city_that_exists_is_left_alone(repository: Path) -> None:
    """`new-city` refuses a name that is taken, even by one file, and changes nothing."""
    (repository / "content/cities/porto.en.md").write_text("mine", encoding="utf-8")
    # A narrative of no city is wrong in itself; what matters is that it stays.
    before = contents(repository)
    for name in ("daejeon", "porto"):
        done = run_build("--root", repository, "new-city", name)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr and done.stderr
        assert contents(repository) == before


@pytest.mark.parametrize("name", ["Porto", "por to", "../porto", "porto/x", "1porto", "포르투", ""])
def test_a_bad_name_of_a_city_is_refused(name: str, repository: Path) -> None:
    """A name that cannot stand in an address is refused with 2, in the languages of the staff."""
    before = contents(repository)
    done = run_build("--root", repository, "new-city", name)
    assert done.returncode == 2
    assert "소문자" in done.stderr and "small letters" in done.stderr
    assert contents(repository) == before


def test_a_new_city_is_asked_for_in_a_chosen_language(repository: Path) -> None:
    """With `--language` the questions, and the comments in the new file, are in that language."""
    status, shown = on_a_terminal(
        repository, "\n".join(ANSWERS) + "\n", "new-city", "porto", "--language", "de"
    )
    assert status == 0, shown
    assert "Breitengrad (dezimal mit Punkt, Süden negativ): " in shown
    assert "„91“ passt nicht. Noch einmal: " in shown
    assert "위도" not in shown and "Latitude" not in shown
    written = (repository / "data/cities/porto.yaml").read_text("utf-8")
    assert "# Zahlen ohne Anführungszeichen und Tausenderpunkte" in written
    assert "Füllen Sie die Lücken" in written and "Fill the blanks" not in written


# The languages of what is printed


@pytest.mark.parametrize(
    "arguments", [("--language", "de", "check"), ("check", "--language", "de")]
)
def test_a_language_is_chosen_before_or_after_the_command(
    arguments: tuple[str, ...], repository: Path
) -> None:
    """`--language` has everything printed in that language alone, wherever it stands."""
    done = run_build("--root", repository, *arguments)
    assert (done.returncode, done.stdout) == (0, "5 Städte in ko, en: keine Fehler\n")


def test_several_languages_are_chosen(repository: Path) -> None:
    """`--language` may be given several times; each language is printed once."""
    several = ("--language", "es", "check", "--language", "de", "--language", "es")
    done = run_build("--root", repository, *several)
    assert done.stdout.splitlines() == [
        "5 ciudades (ko, en): sin errores",
        "5 Städte in ko, en: keine Fehler",
    ]


def test_an_unknown_language_is_wrong_usage() -> None:
    """A language without a catalogue is refused with 2, and those there are are named."""
    for arguments in (("--language", "fr", "check"), ("check", "--language", "fr")):
        done = run_build(*arguments)
        assert done.returncode == 2 and not done.stdout
        assert "‘fr’; there are: de, en, es, ko" in done.stderr


# What a build leaves


def planted(root: Path) -> dict[str, bytes]:
    """An earlier result of the build, of which nothing may be lost."""
    (root / "dist/site/cities").mkdir(parents=True)
    (root / "dist/site/cities/index.html").write_text("as it was", encoding="utf-8")
    (root / "dist/press").mkdir()
    (root / "dist/press/a.pdf").write_bytes(bytes(range(256)))
    return contents(root / "dist")


def with_unknown_option(root: Path) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("no_such_option: true\n")


def with_missing_page(root: Path) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("nav:\n  - missing.md\n")


def with_broken_stylesheet(root: Path) -> None:
    with (root / "overrides/print/print.css").open("a", encoding="utf-8") as file:
        file.write("\n.lead { colour: red; }\n")


def with_outside_picture(root: Path) -> None:
    with (root / "overrides/print/print.css").open("a", encoding="utf-8") as file:
        file.write("\n.lead { background: url(https://example.org/a.png) }\n")


def with_foreign_letter(root: Path) -> None:
    """Thai, which Pretendard does not have."""
    file = root / "data/cities/bruma.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("A city in the mist.", "A city in the mist. \u0e01"), encoding="utf-8"
    )


def with_foreign_name(root: Path) -> None:
    """The same in a name, which the map draws."""
    file = root / "data/cities/bruma.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("en: Bruma", "en: Bruma \u0e01"), encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        with_unknown_option,
        with_missing_page,
        with_broken_stylesheet,
        with_outside_picture,
        with_foreign_letter,
        with_foreign_name,
    ],
)
def test_a_failing_build_changes_nothing(spoil: object, miniature: Path) -> None:
    """What MkDocs or the PDF engine merely warns of, and a letter that the fonts lack, are errors:
    the build ends with 1, says so without a traceback, and `dist/` stays byte for byte."""
    before = planted(miniature)
    assert callable(spoil)
    spoil(miniature)
    done = run_build("--root", miniature, "site")
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "dist/" in done.stderr or "Nothing was changed." in done.stderr
    assert contents(miniature / "dist") == before


def test_a_build_takes_the_place_of_the_last(miniature: Path) -> None:
    """After a build nothing of an earlier one is left, neither below `dist/` nor beside it."""
    planted(miniature)
    done = run_build("--root", miniature, "site")
    assert done.returncode == 0, done.stderr
    published = contents(miniature / "dist")
    assert "site/cities/index.html" not in published and "press/a.pdf" not in published
    assert "site/index.html" in published
    assert {path.name for path in (miniature / "dist").iterdir()} <= {"site", "press"}


def another_clock() -> dict[str, str]:
    """The environment of a process whose clock is 400 days ahead (Debian's libfaketime)."""
    if sys.platform != "linux":
        return {}
    places = [*Path("/usr/lib").glob("*/faketime"), Path("/usr/lib64/faketime")]
    libraries = [place / "libfaketime.so.1" for place in places]
    library = next(path for path in libraries if path.exists())
    return {"LD_PRELOAD": str(library), "FAKETIME": "+400d", "DONT_FAKE_MONOTONIC": "1"}


def on_one_core() -> None:
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, tiny: Path) -> None:
    """One input is published byte for byte alike in another folder, time zone and locale, with
    another home, hash seed, umask, clock and order of files, on one core as on several, from a
    cold cache as from this run's, and from one that was filled under all these differences."""
    here = {"PYTHONHASHSEED": "1", "TZ": "Asia/Seoul", "LC_ALL": "C"}
    there = {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"}
    there |= {
        "PYTHONPATH": str(ROOT / "tests/fixtures/elsewhere"),
        "COLUMNS": "40",
        "HOME": str(tmp_path),
    }
    there |= another_clock()
    one = copy_miniature(tmp_path / "one", tiny / "build/cache")
    other = copy_miniature(tmp_path / "another, longer")
    warm = copy_miniature(tmp_path / "warm", other / "build/cache")
    results = []
    for root, environment, umask, before in (
        (one, here, 0o022, None),
        (other, there, 0o077, on_one_core),
        (warm, here, 0o022, None),
    ):
        done = run_build(
            "--root", root, "site", environment=environment, umask=umask, before=before
        )
        assert done.returncode == 0, done.stderr
        results.append(contents(root / "dist"))
        if root != one:
            assert (": 0 printed" in done.stdout) == (root == warm)
    for result in results[1:]:
        assert list(result) == list(results[0])
        assert [path for path in result if result[path] != results[0][path]] == []


def test_what_is_unchanged_is_not_drawn_again(miniature: Path) -> None:
    """A second build draws no chart and prints no brochure anew, and does not even load what it
    would draw and print with; it publishes the same bytes."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import build; "
        "code = build.main(['--root', sys.argv[2], 'site']); "
        "print('LOADED', code, sorted({'matplotlib', 'weasyprint'} & set(sys.modules)))"
    )

    def run() -> str:
        done = subprocess.run(
            [sys.executable, "-c", program, str(ROOT), str(miniature)],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        (line,) = re.findall("^LOADED.*$", done.stdout, re.MULTILINE)
        return str(line)

    assert run().startswith("LOADED 0")
    first = contents(miniature / "dist")
    kept = contents(miniature / "build/cache")
    # With its manifest, the build would not even begin (tests/incremental/test_reuse.py).
    (miniature / "build/dist.manifest").unlink()
    assert run() == "LOADED 0 []"
    assert contents(miniature / "dist") == first
    assert set(kept) <= set(contents(miniature / "build/cache"))


# What a brochure is

CITIES = sorted(path.stem for path in (ROOT / "data/cities").glob("*.yaml"))
# The dossiers that are printed for themselves.
STUDIES = sorted(
    path.stem
    for path in (ROOT / "data/dossiers").glob("*.yaml")
    if yaml.safe_load(path.read_bytes()).get("printed", "own") == "own"
)
BROCHURES = [
    f"{subject}-{locale}" for subject in [*CITIES, *STUDIES, "gini"] for locale in ("ko", "en")
]


@cache
def opened(site: Path, name: str) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(site / f"brochures/{name}.pdf")


def text_of(page: pypdfium2.PdfPage) -> str:
    """The text of a page, a line a line, without word joiners."""
    text: str = page.get_textpage().get_text_range()
    return text.replace("\r", "").replace("\u2060", "")


@pytest.mark.parametrize("name", BROCHURES)
def test_a_brochure_can_be_found_and_leafed_through(built: Path, name: str) -> None:
    """Each brochure says its title, author, subject and language, has bookmarks in reading order,
    and a number on every page but covers and pages of art."""
    pdf = opened(built, name)
    about = pdf.get_metadata_dict()
    assert about["Title"] and about["Author"] and about["Subject"]
    size = pdfium.FPDFCatalog_GetLanguage(pdf.raw, None, 0)
    language = (pdfium.FPDF_WCHAR * (size // 2))()
    pdfium.FPDFCatalog_GetLanguage(pdf.raw, language, size)
    assert "".join(map(chr, language)).rstrip("\0") == name.rpartition("-")[2]

    bookmarks = list(pdf.get_toc())
    assert len(bookmarks) >= 5
    assert all(bookmark.get_title().strip() for bookmark in bookmarks)
    assert {bookmark.level for bookmark in bookmarks} >= {0, 1}
    pages = [bookmark.get_dest().get_index() for bookmark in bookmarks]
    assert pages == sorted(pages)

    covers = {bookmark.get_dest().get_index() for bookmark in bookmarks if bookmark.level == 0}
    for number, page in enumerate(pdf, 1):
        text = text_of(page)
        if number - 1 not in covers and number < len(pdf) and len(text) > 60:
            assert re.search(rf"\b{number} / {len(pdf)}\b", text), number


def test_every_brochure_is_there(built: Path) -> None:
    """The site has a brochure of each city, of each dossier that is printed for itself and of the
    alliance, and the leaflet, in each language; and no other."""
    expected = {*BROCHURES, "gini-leaflet-ko", "gini-leaflet-en"}
    assert STUDIES and {file.stem for file in (built / "brochures").iterdir()} == expected


@pytest.mark.parametrize("name", BROCHURES)
def test_no_two_elements_of_a_brochure_have_one_id(built: Path, name: str) -> None:
    """Each id of a document is of one element, also where it prints several dossiers, and each
    link within it leads to one of them."""
    ids = re.findall(r'<[a-z][^>]*? id="([^"]+)"', documents(built)[name])
    assert sorted(ids) == sorted(set(ids))
    links = set(re.findall(r'<a [^>]*?href="#([^"]+)"', documents(built)[name]))
    assert links and links <= set(ids)


@pytest.mark.parametrize("name", BROCHURES)
def test_a_brochure_has_no_letter_of_another_font(built: Path, name: str) -> None:
    """All text of a brochure is in Pretendard, embedded; no letter fell back to another font."""
    fonts = {font for page in opened(built, name) for font in fonts_of(page)}
    assert fonts
    for font, embedded in fonts:
        assert re.fullmatch(r"([A-Z]{6}\+)?Pretendard(-[A-Za-z-]+)?", font), font
        assert embedded, font


def fonts_of(page: pypdfium2.PdfPage) -> Iterator[tuple[str, bool]]:
    """Name of each font used on a page, and whether it is embedded."""
    for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=15):
        font = pdfium.FPDFTextObj_GetFont(text.raw)
        size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
        name = pdfium.ctypes.create_string_buffer(size)
        pdfium.FPDFFont_GetBaseFontName(font, name, size)
        yield name.value.decode(), bool(pdfium.FPDFFont_GetIsEmbedded(font))


class _Words(HTMLParser):
    """The Hangul words of a document; only an inline element goes on inside a word."""

    INLINE = frozenset({"a", "span", "strong", "em", "code", "cite", "sup"})
    UNSEEN = frozenset({"style", "title", "desc"})

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen = tag in self.UNSEEN
        self.text.append("" if tag in self.INLINE else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen = False
        self.text.append("" if tag in self.INLINE else "\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.text.append(data.replace("\u2060", ""))


@cache
def documents(site: Path) -> dict[str, str]:
    """The HTML of each brochure."""
    return {one.name: one.html for one in publication(site.parents[1]).brochures}


@pytest.mark.parametrize("name", [name for name in BROCHURES if name.endswith("-ko")])
def test_no_korean_word_is_broken(built: Path, name: str) -> None:
    """No line of a brochure ends inside a Korean word: each run of Hangul in the PDF is one of its
    document, and where a line ends with a run and the next begins with one, they are two words.

    Two words that stand close, as in a list on one line, may come out of the PDF as one; a run of
    more than 20 letters is no word, and may be broken.
    """
    parser = _Words()
    parser.feed(documents(built)[name])
    text = "".join(parser.text)
    listed = re.findall("[가-힣]+", text)
    runs = {*listed, *(one + other for one, other in pairwise(listed))}
    words = {word for word in re.findall(r"\S+", text) if len(word) <= 20}
    broken = []
    for page in opened(built, name):
        lines = [line.strip() for line in text_of(page).split("\n") if line.strip()]
        broken += [run for line in lines for run in re.findall("[가-힣]+", line) if run not in runs]
        for line, following in pairwise(lines):
            end, start = re.search(r"\S+$", line), re.match(r"\S+", following)
            if end and start and re.search("[가-힣]", end[0][-1] + start[0][0]):
                whole = f"{end[0]}{start[0]}"
                apart = rf"{re.escape(end[0])}\s+{re.escape(start[0])}"
                if whole in words and not re.search(apart, text):
                    broken.append(f"{end[0]}|{start[0]}")
    assert broken == []
