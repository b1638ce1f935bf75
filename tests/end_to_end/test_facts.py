"""One truth: every number and every text of `data/` stands on its page and in its brochure.

The validated data is walked as it is, so that a field added tomorrow is looked for too. A figure
stands in a table beside its label or its base, or in a sentence, between the words around it; one
that stands nowhere is a failure. Texts are compared after the figures they name are filled in. On
paper, spaces, word joiners and hyphens are left out of the comparison, since a line may end
anywhere that they stand.

Not looked for: ids and colours; `counts`, `scopes` and other rules of the vocabulary that no
reader sees; the degrees of a location, which stand as a place on the map
(tests/render/test_charts.py); labels of the vocabulary that no city uses; the words of
narratives, which have no second home.
"""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from expected_facts import (
    CITIES,
    LOCALES,
    Medium,
    article,
    base_of,
    catalog,
    facts,
    figures_of,
    forms,
    label_of,
    lacking,
    language,
    page,
    pdf,
    said,
    sentences,
    sources,
    spaced,
    vocabulary_of,
    wanted_of,
)
from support import ROOT

from brochure.load.placeholders import BLOCKS
from brochure.localize.catalog import localize
from brochure.localize.pairs import briefings
from brochure.model.records import Column, Dossier


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", CITIES)
def test_a_city_says_all_of_its_data(built: Path, name: str, locale: str) -> None:
    """All that a city's file states stands on its page, in its brochure and in the alliance's,
    with the labels, bases and sources that belong to it. So no figure is stored and never shown."""
    city = catalog().cities[name]
    wanted = wanted_of(city, locale) | vocabulary_of(city, locale)
    wanted |= figures_of(city, f"cities/{name}", locale)
    media = {
        "page": page(built, f"cities/{name}", locale),
        "brochure": pdf(built, f"{name}-{locale}"),
        "alliance brochure": pdf(built, f"gini-{locale}"),
    }
    assert not lacking(wanted, media)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", CITIES)
def test_home_introduces_every_city(built: Path, name: str, locale: str) -> None:
    """The front page has of each city its name, country, lead, industries and two key figures."""
    city = catalog().cities[name]
    wanted = {
        "name": [city.name[locale]],
        "country": [city.country[locale]],
        "lead": [said(city.lead, locale, city.figures)],
        **{one.id: [one.name[locale]] for one in city.industries},
        **{one: [forms(city.figures[one], locale)[0]] for one in city.key_figures[:2]},
    }
    assert not lacking(wanted, {"home": page(built, "index", locale)})


@pytest.mark.parametrize("locale", LOCALES)
def test_the_alliance_says_all_of_its_data(built: Path, locale: str) -> None:
    """The front page tells what the alliance is and how it was founded, the secretariat's page
    where it is, the sources' page every note; its brochure tells it all, and the edition's date."""
    alliance = catalog().alliance
    wanted = wanted_of(alliance, locale)
    prose = sentences("index", locale)
    texts = str([text for _, text in facts(alliance)])
    for name in alliance.figures:
        wanted |= {f"{name}, {number}": [one] for number, one in enumerate(prose.get(name, []))}
        assert name in prose or f'("{name}")' in texts, f"{name} is used nowhere"
    wanted["acronym"] = [alliance.acronym]
    wanted["secretariat.telephone"] = [alliance.secretariat.telephone]
    site = (built / "index.html").read_text(encoding="utf-8")
    edition = wanted.pop("edition")
    assert language("ko").say("page.edition", date=alliance.edition) in site
    of_secretariat = {key: wanted.pop(key) for key in [*wanted] if key.startswith("secretariat.")}
    of_notes = {key: wanted.pop(key) for key in [*wanted] if key.startswith("notes.")}
    days = {key: wanted.pop(key) for key in ("founding.begins", "founding.ends")}
    period = [
        language(locale).say(
            "home.period", begins=alliance.founding.begins, ends=alliance.founding.ends
        )
    ]
    assert days
    assert not lacking(wanted | {"period": period}, {"home": page(built, "index", locale)})
    assert not lacking(of_secretariat, {"secretariat": page(built, "secretariat", locale)})
    assert not lacking(of_notes, {"sources": page(built, "sources", locale)})
    everything = wanted | of_secretariat | of_notes | {"period": period, "edition": edition}
    assert not lacking(everything, {"brochure": pdf(built, f"gini-{locale}")})


@pytest.mark.parametrize("locale", LOCALES)
def test_the_comparison_says_all_that_compares(built: Path, locale: str) -> None:
    """The comparison has every figure of a compared indicator with base and year, and every field
    of industry that a city names, on its page and in the alliance's brochure."""
    shared = catalog()
    wanted = {}
    for name, indicator in shared.vocabulary.indicators.items():
        if not indicator.compare:
            continue
        wanted[f"indicator {name}"] = [indicator.label[locale]]
        for city_name, city in shared.cities.items():
            wanted[f"city {city_name}"] = [city.name[locale]]
            for key, figure in city.figures.items():
                if figure.indicator != name:
                    continue
                short = forms(figure, locale)[0]
                wanted[f"{city_name}.{key}"] = [f"{short} {base_of(figure, locale)}"]
    fields = {
        field
        for city in shared.cities.values()
        for named in (
            *(one.fields for one in city.industries),
            *(row.fields for row in city.status),
        )
        for field in named
    }
    wanted |= {f"field {field}": [shared.industries[field][locale]] for field in fields}
    assert not lacking(wanted, {"compare": page(built, "compare", locale)})
    # On paper the fields stand in the drawing alone.
    figures = {key: forms_ for key, forms_ in wanted.items() if not key.startswith("field ")}
    assert not lacking(figures, {"brochure": pdf(built, f"gini-{locale}")})


@pytest.mark.parametrize("locale", LOCALES)
def test_the_sources_page_says_every_source_and_note(built: Path, locale: str) -> None:
    """The page of sources has every source there is and every note of every city; so has the
    alliance's brochure, so that nothing is stored and never shown."""
    wanted = sources(set(catalog().sources), locale)
    for name, city in catalog().cities.items():
        for key, note in city.notes.items():
            wanted[f"{name}.{key}"] = [note.text[locale]]
            wanted[f"{name}.{key} kind"] = [language(locale).say(f"sources.{note.kind}")]
    media = {
        "sources": page(built, "sources", locale),
        "brochure": pdf(built, f"gini-{locale}"),
    }
    assert not lacking(wanted, media)


# Dossiers

DOSSIERS = sorted(path.stem for path in (ROOT / "data/dossiers").glob("*.yaml"))


def printed(site: Path, name: str, locale: str) -> Medium:
    """The document that prints a dossier: its own brochure, or the alliance's."""
    own = catalog().dossiers[name].printed == "own"
    return pdf(site, f"{name if own else 'gini'}-{locale}")


def whole(site: Path, name: str, locale: str) -> Medium:
    """All pages of a dossier."""
    pages = [page(site, f"{name}/{one}", locale) for one in catalog().dossiers[name].pages]
    return Medium(tuple(text for one in pages for text in one.pages), paper=False)


def columns_of(dossier: Dossier, table: str) -> dict[str, Column]:
    """The columns of a table beside the one that heads its rows."""
    record = dossier.tables[table]
    return dict(list(record.columns.items())[0 if record.of else 1 :])


def cell_of(dossier: Dossier, column: Column, cell: Any, locale: str) -> list[str]:
    """The lines of a cell."""
    if cell is None:
        return [language(locale).say("table.absent")]
    if column.unit is not None:
        return [language(locale).quantity(cell, column.unit, None, noun=False)]
    parts = cell if isinstance(cell, list) else [cell]
    terms = dossier.terms[column.terms] if column.terms else {}
    return [
        terms[part][locale] if column.terms else said(part, locale, dossier.figures)
        for part in parts
    ]


def rows_of(dossier: Dossier, table: str, locale: str) -> dict[str, list[list[str]]]:
    """Each row of a table: its head and its cells, a list of lines each."""
    record = dossier.tables[table]
    columns = columns_of(dossier, table)
    rows = {}
    for name, cells in record.rows.items():
        if record.of is None:
            first = next(iter(record.columns))
            head = [", ".join(cell_of(dossier, record.columns[first], cells[first], locale))]
        else:
            head = [dossier.terms[record.of][name][locale]]
        rows[name] = [
            head,
            *(cell_of(dossier, one, cells[key], locale) for key, one in columns.items()),
        ]
    return rows


def lines_of(html: str) -> list[str]:
    """The lines of a cell's HTML, without the marks of notes."""
    html = re.sub(r'<sup class="mark">.*?</sup>', "", html)
    parts = re.findall(r"<li>(.*?)</li>", html, re.DOTALL) or [html]
    return [spaced(unescape(re.sub("<[^>]+>", "", part))).strip() for part in parts]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", DOSSIERS)
def test_a_dossier_says_all_of_its_texts(built: Path, name: str, locale: str) -> None:
    """All that a dossier's file says in words stands on its pages, and in the document that prints
    it: titles, terms, cells, events, points, statements, labels and notes."""
    dossier = catalog().dossiers[name]
    wanted = wanted_of(dossier, locale)
    for figure, record in dossier.figures.items():
        wanted[f"{figure} label"] = [label_of(record, locale)]
    wanted |= sources(
        {dossier.source, *(t.source or dossier.source for t in dossier.tables.values())}, locale
    )
    media = {"pages": whole(built, name, locale), "printed": printed(built, name, locale)}
    assert not lacking(wanted, media)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", DOSSIERS)
def test_a_table_has_every_cell_in_its_place(built: Path, name: str, locale: str) -> None:
    """Each table of a dossier has on its page the heads, the bases, the rows and the cells of its
    data and no others, in their order: every number with its unit under its own head; and each
    cell that has a note has its mark."""
    dossier = catalog().dossiers[name]
    html = "".join(article(built, f"{name}/{one}", locale) for one in dossier.pages)
    for key, table in dossier.tables.items():
        (found,) = re.findall(rf'<figure[^>]* id="table-{key}">.*?</figure>', html, re.DOTALL)
        columns = columns_of(dossier, key)
        heads = [lines_of(one) for one in re.findall(r'<th scope="col".*?</th>', found, re.DOTALL)]
        expected = [base_of_column(one, locale) for one in columns.values()]
        first = table.heading or next(iter(table.columns.values())).label
        assert heads == [[first[locale]], *([one] for one in expected)]
        body = found[found.index("<tbody>") :]
        rows = {
            row: re.findall(r"<t([hd])(.*?)>(.*?)</t\1>", cells, re.DOTALL)
            for row, cells in re.findall(rf'<tr id="{key}-([^"]+)">(.*?)</tr>', body, re.DOTALL)
        }
        assert body.count("<tr") == len(rows)
        wanted = rows_of(dossier, key, locale)
        assert list(rows) == list(wanted)
        for row, cells in rows.items():
            told = [lines_of(cell) for _, _, cell in cells]
            assert told == [[spaced(line) for line in lines] for lines in wanted[row]]
            for column, (_, _, cell) in zip(columns, cells[1:], strict=True):
                noted = table.cell_notes.get(row, {}).get(column, [])
                assert re.findall(r'href="#note-([^"]+)"', cell) == [f"{name}-{n}" for n in noted]


def base_of_column(column: Column, locale: str) -> str:
    """The head of a column, with what its numbers are of."""
    say = language(locale).say
    bases = [say(f"scopes.{column.scope}")] if column.scope else []
    bases += [say("basis.year", year=str(column.year))] if column.year else []
    return " ".join(filter(None, [column.label[locale], ", ".join(bases)]))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", DOSSIERS)
def test_every_number_of_a_table_is_printed(built: Path, name: str, locale: str) -> None:
    """Every cell of every table stands in the document that prints the dossier: numbers with
    their units, row by row."""
    dossier = catalog().dossiers[name]
    wanted = {
        f"{table}.{row}, {place}.{index}": [line]
        for table in dossier.tables
        for row, cells in rows_of(dossier, table, locale).items()
        for place, lines in enumerate(cells)
        for index, line in enumerate(lines)
    }
    assert not lacking(wanted, {"printed": printed(built, name, locale)})


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", DOSSIERS)
def test_a_dossier_says_all_of_its_figures(built: Path, name: str, locale: str) -> None:
    """Every figure of a dossier is named by a text of it, and stands there, and with its label,
    base and source below the text; in print as well. So none is stored and never shown."""
    dossier = catalog().dossiers[name]
    listed = {
        key: f"{label_of(one, locale)} {forms(one, locale)[0]}"
        for key, one in dossier.figures.items()
    }
    texts = str([text for path, text in facts(dossier) if path[0] not in ("figures", "notes")])
    on_paper = {key: [line] for key, line in listed.items()}
    shown = set()
    for one in dossier.pages:
        path = f"{name}/{one}"
        medium = page(built, path, locale)
        prose = sentences(path, locale)
        wanted = {
            f"{key}, {number}": [words]
            for key, found in prose.items()
            for number, words in enumerate(found)
        }
        assert not lacking(wanted, {path: medium})
        on_paper |= wanted
        html = article(built, path, locale)
        for key, (label, value) in _bases(html).items():
            figure = dossier.figures[key]
            assert label == spaced(label_of(figure, locale))
            assert value.startswith(spaced(forms(figure, locale)[0]))
            assert all(part in value for part in base_of(figure, locale).split(", "))
            shown.add(key)
        assert set(prose) <= set(_bases(html)), "a figure in a text leads to its base and source"
    assert shown == set(dossier.figures)
    for key in dossier.figures:
        assert any(f'("{key}")' in one for one in [texts, *_bodies(name, locale)]), key
    assert not lacking(on_paper, {"printed": printed(built, name, locale)})


def _bodies(name: str, locale: str) -> list[str]:
    shared = catalog()
    pages = shared.dossiers[name].pages
    return [shared.narratives[f"{name}/{page}", locale].body for page in pages]


def _bases(html: str) -> dict[str, tuple[str, str]]:
    """Label and value of each figure in the list of a page."""
    return {
        key: (lines_of(label)[0], lines_of(value)[0])
        for key, label, value in re.findall(
            r'<tr id="figure-([^"]+)"><th scope="row">(.*?)</th><td>(.*?)</td></tr>',
            html,
            re.DOTALL,
        )
    }


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", DOSSIERS)
def test_every_block_stands_once(built: Path, name: str, locale: str) -> None:
    """Every table, plot, timeline, outline, list of statements and similarity of a dossier is on
    exactly one of its pages, and no other block is."""
    dossier = catalog().dossiers[name]
    found = [
        block
        for one in dossier.pages
        for block in re.findall(
            r'<(?:figure|section) class="block[^"]*" id="([^"]+)"',
            article(built, f"{name}/{one}", locale),
        )
    ]
    expected = [
        f"{call}-{key}" for call, entry in BLOCKS.items() for key in getattr(dossier, entry)
    ]
    # A similarity is a drawing with tables under it, whose ids begin with its own.
    parts = [
        f"similarity-{key}-{part}"
        for key in dossier.similarities
        for part in ("measures", "pairs", "stars")
    ]
    assert sorted(set(found) - set(parts)) == sorted(expected)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_note_of_a_dossier_is_on_the_page_of_sources(built: Path, locale: str) -> None:
    """The page of sources has every note of every dossier, with its kind, under its name."""
    html = article(built, "sources", locale)
    for name, dossier in catalog().dossiers.items():
        listed = {
            key: lines_of(text)[0]
            for key, text in re.findall(
                rf'<li id="note-({name}-[^"]+)"[^>]*>(.*?)</li>', html, re.DOTALL
            )
        }
        assert listed == {
            f"{name}-{key}": spaced(
                f"{language(locale).say(f'sources.{one.kind}')} {one.text[locale]}"
            )
            for key, one in dossier.notes.items()
        }


@pytest.mark.parametrize("locale", LOCALES)
def test_every_entry_of_the_news_is_listed(built: Path, locale: str) -> None:
    """Each entry stands in the list of the news with its day, title and summary, the newest
    first, and its page has the title, the day and the source."""
    shared = catalog()
    pages = sorted(
        (path for path, one in shared.narratives if path.startswith("news/2") and one == locale),
        reverse=True,
    )
    assert pages
    html = article(built, "news/index", locale)
    places = [html.index(f'href="{path.removeprefix("news/")}/"') for path in pages]
    assert places == sorted(places)
    for path in pages:
        front = shared.narratives[path, locale].front
        assert front.source is not None
        day = date.fromisoformat(path.removeprefix("news/")[:10])
        wanted = {"title": [front.title], "day": [language(locale).say("dates.day", date=day)]}
        own = wanted | sources({front.source}, locale)
        assert not lacking(own, {path: page(built, path, locale)})
        wanted["description"] = [front.description]
        assert not lacking(wanted, {"news": page(built, "news/index", locale)})


@pytest.mark.parametrize("locale", LOCALES)
def test_a_briefing_says_where_two_members_meet(built: Path, locale: str) -> None:
    """The page of each pair has the fields that both call strategic, those that complement, and
    those of one alone, each under its own heading, and the list of pairs has the first two."""
    edition = localize(catalog(), locale)
    assert len(briefings(edition)) == 10
    overview = article(built, "pairs", locale)
    for one in briefings(edition):
        html = article(built, one.path, locale)
        parts = re.split(r'<h2 id="(shared|complementary|alone|figures)">', html)
        sections = dict(zip(parts[1::2], parts[2::2], strict=True))
        for name in ("shared", "complementary"):
            met = [meeting.field for meeting in getattr(one, name)]
            assert re.findall(r'<h3 id="field-([^"]+)">', sections[name]) == [f.id for f in met]
            labels = " · ".join(field.label for field in met)
            assert labels in unescape(overview), one.path
        alone = re.findall(r"<li>(.*?)</li>", sections["alone"])
        assert [*map(unescape, alone)] == [f.label for part in one.exclusive for f in part]
        for city in one.cities:
            assert not lacking(
                {f: [one.text] for f, one in city.figures.items() if _compared(one.indicator)},
                {one.path: page(built, one.path, locale)},
            )


def _compared(indicator: str | None) -> bool:
    return indicator is not None and catalog().vocabulary.indicators[indicator].compare


@pytest.mark.parametrize("locale", LOCALES)
def test_no_call_is_left_unfilled(built: Path, locale: str) -> None:
    """No page and no brochure shows a brace: every call and every message was filled in."""
    paths = {path for path, one in catalog().narratives if one == locale}
    paths |= {one.path for one in briefings(localize(catalog(), locale))}
    # The page of data has a program on it, and its braces are not calls.
    for path in sorted(paths - {"data"}):
        assert not _braces(page(built, path, locale)), path
    for file in sorted((built / "brochures").glob(f"*-{locale}.pdf")):
        assert not _braces(pdf(built, file.stem)), file.stem


def _braces(medium: Medium) -> list[str]:
    return [words for one in medium.pages for words in re.findall(r".{0,30}[{}].{0,30}", one)]
