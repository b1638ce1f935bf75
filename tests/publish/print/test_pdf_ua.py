"""The screen editions: PDFs that a screen reader reads and that may be mailed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from support import ROOT, verapdf

FONTS = {"Pretendard", "Pretendard-Semi-Bold", "Pretendard-Ultra-Bold"}


@pytest.fixture(scope="module")
def brochures(built: Path) -> list[Path]:
    """Every screen edition of the publication."""
    return sorted((built / "brochures").glob("*.pdf"))


@pytest.fixture(scope="module")
def untagged(brochures: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A brochure without its structure tree."""
    path = tmp_path_factory.mktemp("untagged") / "untagged.pdf"
    with pikepdf.open(brochures[0]) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(path)
    return path


@pytest.fixture(scope="module")
def verdicts(brochures: list[Path], untagged: Path) -> dict[str, str]:
    """What veraPDF says of each file, asked in one process: it takes long to start."""
    report = verapdf("ua1,2a", [*brochures, untagged])
    parts = re.findall(r"^(?:PASS|FAIL) .*\n(?:    .*\n)*", report, re.MULTILINE)
    said: dict[str, str] = {}
    for part in parts:
        name = part.split("\n")[0].rpartition("/")[2]
        said[name] = said.get(name, "") + part
    return said


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The structure elements of a tagged PDF, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        yield element
        kids: pikepdf.Object | list[pikepdf.Object] = element.get("/K", [])
        listed = list(kids.as_list()) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [
            kid for kid in reversed(listed) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        ]


def test_every_screen_edition_conforms_to_pdfua_1_and_pdfa_2a(
    brochures: list[Path], verdicts: dict[str, str]
) -> None:
    """veraPDF finds nothing against PDF/UA-1 and PDF/A-2a in any brochure or leaflet."""
    assert brochures
    for file in brochures:
        said = verdicts[file.name]
        assert re.findall("^[A-Z]+ [a-z0-9]+", said, re.MULTILINE) == ["PASS ua1", "PASS 2a"], said


def test_verapdf_finds_a_file_that_does_not_conform(
    untagged: Path, verdicts: dict[str, str]
) -> None:
    """The validation is a real one: without its structure tree a brochure is refused."""
    assert "FAIL ua1" in verdicts[untagged.name]


def test_a_reader_is_told_title_and_language(brochures: list[Path]) -> None:
    """Each file says its language, and a window shows its title, which Info and XMP agree on."""
    for path in brochures:
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == path.stem.rpartition("-")[2]
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            with pdf.open_metadata() as metadata:
                assert metadata["dc:title"] == str(pdf.docinfo["/Title"]) != ""


def test_every_drawing_has_words_for_it(brochures: list[Path]) -> None:
    """Every figure has an alternative text."""
    for path in brochures:
        with pikepdf.open(path) as pdf:
            figures = [one for one in elements(pdf) if one.S == "/Figure"]
            assert figures
            assert all(str(figure.get("/Alt", "")).strip() for figure in figures), path.name


def test_every_header_cell_says_what_it_heads(brochures: list[Path]) -> None:
    """A header cell has a scope: its column in the head of a table, else its row."""
    for path in brochures:
        with pikepdf.open(path) as pdf:
            headers = [one for one in elements(pdf) if one.S == "/TH"]
            assert {str(one.A.Scope) for one in headers} <= {"/Row", "/Column"}, path.name


def test_links_lead_somewhere(brochures: list[Path]) -> None:
    """A link goes to an https address, or to a place that the same file has."""
    for path in brochures:
        with pikepdf.open(path) as pdf:
            names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
            places = {str(one) for one in list(names.Names)[::2]} if names is not None else set()
            for page in pdf.pages:
                for link in page.get("/Annots", []):
                    if "/A" in link:
                        assert str(link.A.URI).startswith(("https://", "mailto:", "tel:"))
                    else:
                        assert str(link.Dest) in places, (path.name, str(link.Dest))


def test_a_link_is_described_by_its_words(brochures: list[Path]) -> None:
    """What is said of a link is what it reads on the page, not the name of its target."""
    for path in brochures:
        with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as document:
            for page, shown in zip(pdf.pages, document, strict=True):
                text = shown.get_textpage()
                for link in page.get("/Annots", []):
                    left, one, right, other = (float(side) for side in link.Rect)
                    box = (left - 1, min(one, other), right + 1, max(one, other))
                    there = "".join(text.get_text_bounded(*box).replace("\u2060", "").split())
                    said = "".join(str(link.Contents).split())
                    # A link that goes on on the next line has its words on both; in the contents
                    # the number of a page belongs to the link.
                    parts = (said in there, there in said, said[:3] in there, said[-3:] in there)
                    assert said and there, path.name
                    assert any(parts) or there.isdigit(), (path.name, said, there)


def test_brochures_have_bookmarks(brochures: list[Path]) -> None:
    """A brochure's parts are bookmarked, in words without invisible characters."""
    for path in brochures:
        if "leaflet" in path.name:
            continue
        with pypdfium2.PdfDocument(path) as document:
            titles = [one.get_title() for one in document.get_toc()]
        assert len(titles) >= 4, path.name
        assert not any("\u2060" in title for title in titles)


def test_a_city_brochure_can_be_mailed(brochures: list[Path]) -> None:
    """No brochure of a city is larger than 1 MB; nor is any other."""
    assert all(path.stat().st_size < 1_000_000 for path in brochures)


def test_pages_are_cut_at_the_trim(brochures: list[Path]) -> None:
    """A page on the screen has no bleed and no marks: A4, or a leaflet's sheet of 210 mm height."""
    for path in brochures:
        with pikepdf.open(path) as pdf:
            for page in pdf.pages:
                left, bottom, right, top = (float(side) for side in page.mediabox.as_list())
                height = 210 if "leaflet" in path.name else 297
                assert top - bottom == pytest.approx(height / 25.4 * 72, abs=0.01)
                assert right - left > 590
                assert "/TrimBox" not in page.obj and "/BleedBox" not in page.obj


def test_fonts_are_exactly_the_intended_ones(brochures: list[Path]) -> None:
    """Text is set in the three weights of Pretendard, embedded as subsets, and in nothing else."""
    for path in brochures:
        with pikepdf.open(path) as pdf:
            used = {
                str(font.BaseFont)[1:].partition("+")[2]
                for page in pdf.pages
                for font in page.resources.get("/Font", pikepdf.Dictionary()).as_dict().values()
            }
        assert used <= FONTS and used, (path.name, used)


def test_dates_are_the_editions(brochures: list[Path]) -> None:
    """Files are dated by the edition that `data/alliance.yaml` states, not by the clock."""
    edition = (ROOT / "data/alliance.yaml").read_text().partition("edition: ")[2][:10]
    for path in brochures:
        with pikepdf.open(path) as pdf:
            wanted = f"D:{edition.replace('-', '')}"
            assert str(pdf.docinfo["/CreationDate"]).startswith(wanted)
            assert str(pdf.docinfo["/ModDate"]).startswith(wanted)
