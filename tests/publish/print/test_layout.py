"""Where text stands on the finished pages, of the real cities and of one that has too much of all.

Positions come from the PDFs of the screen edition; lengths are in points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest
from markupsafe import Markup
from support import ROOT

from brochure.base.cache import Cache
from brochure.incremental.manifest import inputs
from brochure.load.repository import load
from brochure.localize.catalog import localize
from brochure.localize.edition import City, Edition
from brochure.publish.print.pdf import assets, print_brochures
from brochure.render import leaflet
from brochure.render.brochure import Brochure, chapters, composed, filled
from brochure.render.documents import brochures
from brochure.render.drawing.charts import Drawer
from brochure.render.templates import Templates
from brochure.validate.validate import validate

MM = 72 / 25.4
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunter"[:60]


@dataclass(frozen=True)
class Line:
    """A piece of a line of text and the box of its letters, from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def documents_of(edition: Edition, stored: Cache) -> dict[str, Brochure]:
    """The documents of an edition by name, not printed yet."""
    repository = load(ROOT)
    templates, photo = Templates(repository.templates), repository.photos.__getitem__
    made = brochures(edition, templates, Drawer(inputs(ROOT), stored).draw, photo)
    return {one.name: one for one in made}


def stressed(city: City) -> City:
    """A city with names three times as long, 40 status rows, 25 industries, no ecosystem, and a
    word of 60 letters wherever there are words."""
    row = next(row for row in city.status if row.figures)
    words = replace(row, figures=[], items=[f"{city.lead} {WORD}"], indicator="words")
    rows = [
        replace(one, label=f"{one.label} {one.label} {one.label}") for one in (row, row, row, words)
    ]
    industry = city.industries[0]
    return replace(
        city,
        name=" ".join([city.name] * 3),
        country=" ".join([city.country] * 3),
        lead=f"{city.lead} {WORD}",
        status=rows * 10,
        industries=[
            replace(
                industry,
                id=f"industry-{n}",
                name=f"{industry.name} {industry.name} {WORD if n % 5 == 0 else industry.name}",
                description=f"{industry.description} {WORD if n % 4 == 0 else ''}",
            )
            for n in range(25)
        ],
        ecosystem=[],
        narrative=replace(city.narrative, parts=[f"{city.lead} {WORD}\n\n{city.lead}"]),
    )


@pytest.fixture(scope="module", params=["ko", "en"])
def edition(request: pytest.FixtureRequest) -> Edition:
    return localize(validate(load(ROOT)), request.param)


@pytest.fixture(scope="module")
def documents(edition: Edition, built: Path) -> dict[str, bytes]:
    """The screen editions of the publication in one language, by name."""
    files = (built / "brochures").glob(f"*-{edition.locale}.pdf")
    return {path.stem: path.read_bytes() for path in sorted(files)}


@pytest.fixture(scope="module")
def stress(edition: Edition, drawn: Path) -> dict[str, bytes]:
    """The brochure of a city with too much of everything, and a leaflet in which it stands."""
    stored = Cache(drawn)
    cities = [stressed(edition.cities[3]), *edition.cities[:2]]
    members = {city.id: city for city in cities}
    made = documents_of(replace(edition, members=members, dossiers=[]), stored)
    names = (f"{cities[0].id}-{edition.locale}", f"gini-leaflet-{edition.locale}")
    printed = print_brochures([made[name] for name in names], assets(ROOT), stored)
    return {name: done.screen for name, done in printed}


def opened(pdf: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf)


def text_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """Every piece of text on a page; what is set too small to be seen is left out."""
    text = page.get_textpage()
    boxes = [text.get_rect(n) for n in range(text.count_rects())]
    found = [
        Line(left, bottom, right, top, text.get_text_bounded(left, bottom, right, top))
        for left, bottom, right, top in boxes
    ]
    return [one for one in found if one.top - one.bottom > 1 and one.text.strip()]


def overlapping(lines: Sequence[Line]) -> Iterator[str]:
    """Pairs of pieces of text that share more than a sixth of the smaller one's box."""
    for one, other in combinations(lines, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.top, other.top) - max(one.bottom, other.bottom)
        smaller = min((x.right - x.left) * (x.top - x.bottom) for x in (one, other))
        if across > 0 and down > 0 and across * down > smaller / 6:
            yield f"{one.text!r} over {other.text!r}"


def strays(page: pypdfium2.PdfPage, margin: float) -> Iterator[str]:
    """Pieces of text that come nearer to the trim than `margin` mm."""
    width, height = page.get_size()
    for line in text_lines(page):
        edge = min(line.left, line.bottom, width - line.right, height - line.top)
        if edge < margin * MM - 0.5:
            yield f"{line.text!r} is {edge / MM:.1f} mm from the edge"


def faults(pdf: bytes, margin: float) -> list[str]:
    """What overlaps or leaves the pages of a document."""
    return [
        f"page {number}: {fault}"
        for number, page in enumerate(opened(pdf), 1)
        for fault in [*strays(page, margin), *overlapping(text_lines(page))]
    ]


def panel_faults(pdf: bytes) -> list[str]:
    """Text that leaves its panel's margins: 8 mm at the foot, `SIDES` at the folds."""
    found = []
    for number, page in enumerate(opened(pdf), 1):
        for line in text_lines(page):
            index = int((line.left + line.right) / 2 / MM // leaflet.WIDTH)
            left = (index * leaflet.WIDTH + leaflet.SIDES) * MM - 0.5
            right = ((index + 1) * leaflet.WIDTH - leaflet.SIDES) * MM + 0.5
            if line.left < left or line.right > right or line.bottom < 7 * MM:
                found.append(f"page {number}, panel {index + 1}: {line.text!r}")
    return found


def test_nothing_overlaps_or_leaves_the_page(
    documents: dict[str, bytes],
) -> None:
    """In every document no text lies over other text or nearer than 8 mm to the trim."""
    found = {name: faults(pdf, 8) for name, pdf in documents.items()}
    assert found == {name: [] for name in documents}


def test_stress_city_neither_overlaps_nor_leaves_the_page(
    edition: Edition, stress: Mapping[str, bytes]
) -> None:
    """A city with far too much of everything still makes a sound brochure and a sound panel."""
    city = edition.cities[3].id
    for name in (f"{city}-{edition.locale}", f"gini-leaflet-{edition.locale}"):
        assert faults(stress[name], 8) == []
    assert panel_faults(stress[f"gini-leaflet-{edition.locale}"]) == []


def test_panels_hold_their_text(edition: Edition, documents: dict[str, bytes]) -> None:
    """On the leaflet every line stays on its panel: 4 panels a side, 396 x 210 mm, two sides."""
    pdf = documents[f"gini-leaflet-{edition.locale}"]
    assert [[round(x / MM) for x in page.get_size()] for page in opened(pdf)] == [[396, 210]] * 2
    assert panel_faults(pdf) == []


def test_counts_of_pages(edition: Edition, documents: dict[str, bytes]) -> None:
    """A city's brochure has 4, 6 or 8 pages; the alliance's a multiple of four, for stitching."""
    pages = {name: len(opened(pdf)) for name, pdf in documents.items()}
    assert all(pages[f"{city.id}-{edition.locale}"] in (4, 6, 8) for city in edition.cities)
    assert pages[f"gini-{edition.locale}"] % 4 == 0


def test_contents_name_the_right_pages(edition: Edition, documents: dict[str, bytes]) -> None:
    """In the alliance's contents each city stands with the page on which it opens; the comparison
    is a spread, so it begins on an even page."""
    document = opened(documents[f"gini-{edition.locale}"])
    # Read aloud, a title comes before its page.
    text = document[1].get_textpage().get_text_range().replace("\u2060", "")
    listed = dict(re.findall(r"^(.+) (\d+)\s*$", text, re.MULTILINE))
    starts = {
        mark.get_title().replace("\u2060", ""): mark.get_dest().get_index() + 1
        for mark in document.get_toc()
    }
    say = edition.language.say
    titles = {
        say(key): say(key) for key in ("navigation.compare", "compare.matrix", "city.sources")
    }
    titles |= {city.name: f"{city.name} {city.country}" for city in edition.cities}
    assert {name: int(listed[line]) for name, line in titles.items()} == {
        name: starts[name] for name in titles
    }
    assert starts[say("navigation.compare")] % 2 == 0


def test_korean_words_are_whole(edition: Edition, documents: dict[str, bytes], drawn: Path) -> None:
    """Every word of a Korean narrative stands unbroken on one line of the brochure."""
    if edition.locale != "ko":
        pytest.skip("about Korean")
    made = documents_of(edition, Cache(drawn))
    for city in edition.cities:
        html = made[f"{city.id}-ko"].html.replace("\u2060", "")
        (prose,) = re.findall(r'<div class="prose">(.*?)</div>', html, re.DOTALL)
        words = Counter(Markup(prose.replace("</p>", " </p>")).striptags().split())
        pages = opened(documents[f"{city.id}-ko"])
        text = " ".join(page.get_textpage().get_text_range() for page in pages)
        there = Counter(text.replace("\u2060", "").split())
        assert {word for word in words if there[word] < words[word]} == set()


def set_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines of a page from top to bottom, each column's for themselves; pieces that stand
    within 12 points of each other on one base line are one line."""
    found: list[Line] = []
    for one in sorted(text_lines(page), key=lambda one: one.left):
        middle = (one.bottom + one.top) / 2
        for n, line in enumerate(found):
            if line.bottom < middle < line.top and -2 < one.left - line.right < 12:
                found[n] = Line(
                    line.left,
                    min(line.bottom, one.bottom),
                    max(line.right, one.right),
                    max(line.top, one.top),
                    line.text + one.text,
                )
                break
        else:
            found.append(one)
    return sorted(found, key=lambda one: -one.top)


def bare(text: str) -> str:
    """A text without what may stand or fall at the end of a line."""
    return re.sub(r"[\s\u2060\u00ad\u0002-]", "", text)


def test_no_last_line_is_lonely(edition: Edition, documents: dict[str, bytes], drawn: Path) -> None:
    """The last line of a narrative's paragraph is no single short word, no column begins with the
    last line of a paragraph, and none ends with the first of one that goes on."""
    made = documents_of(edition, Cache(drawn))
    size = 9.8
    for city in edition.cities:
        name = f"{city.id}-{edition.locale}"
        (prose,) = re.findall(r'<div class="prose">(.*?)</div>', made[name].html, re.DOTALL)
        found = re.findall("<p>(.*?)</p>", prose, re.DOTALL)
        paragraphs = [bare(Markup(one).striptags()) for one in found]
        (page,) = [
            page
            for page in opened(documents[name])
            if paragraphs[0][:8] in bare(page.get_textpage().get_text_range())
            and paragraphs[0][-8:] in bare(page.get_textpage().get_text_range())
        ]
        lines = [line for line in set_lines(page) if line.bottom > 24 * MM]
        middle = page.get_size()[0] / 2
        for right in (False, True):
            column = [line for line in lines if (line.left > middle) == right]
            text = [line for line in column if any(bare(line.text) in one for one in paragraphs)]
            assert len(text) > 5, name
            for one in text:
                last = any(
                    paragraph.endswith(bare(one.text)) and paragraph != bare(one.text)
                    for paragraph in paragraphs
                )
                assert not last or one.right - one.left > 3 * size, (name, one.text)
                assert not (last and one is text[0]), (name, one.text)
            going_on = [
                paragraph.startswith(bare(text[-1].text)) and paragraph != bare(text[-1].text)
                for paragraph in paragraphs
            ]
            assert not any(going_on), (name, text[-1].text)


def test_fillers_are_kept_in_order() -> None:
    """Of a document's filler pages as many are kept as are wanted, from the first on."""
    html = "a<!--filler-->1<!--/filler-->b<!--filler-->2<!--/filler-->c"
    assert [re.sub("<.*?>", "", filled(html, n)) for n in (0, 1, 2, 3)] == [
        "abc", "a1bc", "a1b2c", "a1b2c",
    ]  # fmt: skip


def reach(page: pypdfium2.PdfPage) -> float:
    """How far down the text block the last line of a page stands, from 0 to 1."""
    _, height = page.get_size()
    top, foot = height - 22 * MM, 24 * MM
    lowest = min(line.bottom for line in text_lines(page) if line.bottom > foot)
    return float((top - lowest) / (top - foot))


def inner(document: pypdfium2.PdfDocument) -> dict[int, pypdfium2.PdfPage]:
    """The pages of a brochure by number, without its sheets: those have no white margin."""
    found = {}
    for number, page in enumerate(document, 1):
        shown = page.render(scale=0.2).to_pil()
        if shown.getpixel((shown.width // 40, shown.height * 3 // 4)) == (255, 255, 255):
            found[number] = page
    return found


def test_no_page_is_nearly_empty(documents: dict[str, bytes]) -> None:
    """Every page of a brochure but its sheets of art is filled to a quarter, and more."""
    for name, pdf in documents.items():
        if "leaflet" not in name:
            reached = {number: reach(page) for number, page in inner(opened(pdf)).items()}
            assert len(reached) >= 3 and min(reached.values()) > 0.25, (name, reached)


def test_every_inner_page_is_numbered(documents: dict[str, bytes]) -> None:
    """Its outer foot says which page of how many it is; a sheet has no number."""
    for name, pdf in documents.items():
        if "leaflet" in name:
            continue
        document = opened(pdf)
        pages = inner(document)
        for number, page in enumerate(document, 1):
            foot = [one for one in text_lines(page) if one.top < 24 * MM]
            found = [one for one in foot if re.fullmatch(r"\s*\d+ / \d+\s*", one.text)]
            assert bool(found) == (number in pages), (name, number)
            for one in found:
                assert one.text.split() == [str(number), "/", str(len(document))]
                middle = page.get_size()[0] / 2
                assert one.left > middle if number % 2 else one.right < middle


def test_a_chapter_stands_alone_and_closer() -> None:
    """A chapter can be laid out by itself, and one chapter composed closer than another."""
    one, other = (
        f'<!--chapter {name}--><div class="chapter chapter--0">{name}</div><!--/chapter-->'
        for name in ("alba", "bruma")
    )
    html = f'<html><body class="brochure">cover{one}{other}back</body></html>'
    alone = chapters(html)
    assert alone["bruma"] == f'<html><body class="brochure">{other}</body></html>'
    assert list(alone) == ["alba", "bruma"]
    closer = composed(html, {"bruma": 2})
    assert closer == html.replace(other, other.replace("chapter--0", "chapter--2"))
    assert composed(html, {}) == html
