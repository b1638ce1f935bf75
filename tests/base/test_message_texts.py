"""The texts of messages that no other test renders: with real parameters, in every language."""

from __future__ import annotations

import ast
from decimal import Decimal

import pytest
from support import ROOT

from brochure.base.message import Message, joined, languages, lines

MESSAGES = [
    Message("anchor.unknown", page="cities/alba", anchor="x", hint=Message("hint.none")),
    Message("asset.import-in-part", line="export const a = 1;"),
    Message("asset.missing-part", name="one.css"),
    Message("audit.duplicate-id", id="content", count=2),
    Message("audit.hreflang-without-own-page", url="https://twin.example/"),
    Message("audit.page-count", press=1, screen=12),
    Message("audit.pdf-without-pages"),
    Message("build.auditing"),
    Message("build.building-site", pages=1),
    Message("build.printing", brochures=18),
    Message("build.rendering"),
    Message("build.waiting"),
    Message("change.former-state-refused"),
    Message("change.nothing"),
    Message("chart.cannot-be-drawn", title="Ports", id="study-ports", reason="no glyph"),
    Message("colour-profile.missing", file="overrides/print/profile/x.icc"),
    Message("command.interrupted"),
    Message("git.failed", reason="exit status 128"),
    Message("new-city.bad-id", id="Porto"),
    Message("new-city.files-exist", files=["data/cities/porto.yaml", "content/cities/porto.en.md"]),
    Message("new-city.next-step"),
    Message("pdf-engine.warnings", brochure="alba-ko", warnings="Ignored `colour: red`"),
    Message("preflight.bleed-outside-sheet"),
    Message("preflight.encrypted"),
    Message("preflight.font-not-subset", font="Pretendard"),
    Message("preflight.inline-image"),
    Message("preflight.no-id"),
    Message("preflight.no-trapping-entry"),
    Message("preflight.not-pdf-x4"),
    Message("preflight.transparency-not-cmyk"),
    Message("preflight.wrong-output-intent", expected="FOGRA39"),
    Message("preflight.wrong-registry", expected="http://www.color.org"),
    Message("print-process.ended"),
    Message("release.foreign-files", files=["dist/notes.txt"], folder="dist/"),
    Message("serve.rebuilt", pages=96),
    Message("site.mkdocs-failed", reason="unknown option"),
    Message("template.syntax", reason="unexpected end of template"),
    Message("template.unknown-word", locale="de", key="nav.cities"),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.code)
def test_a_message_has_a_text_in_each_language(message: Message) -> None:
    """Each language has a text of its own, with what the message is about."""
    texts = lines(message, languages())
    assert len(texts) == len(languages()), texts
    for text in texts:
        assert "{" not in text and "}" not in text
        for value in dict(message.parameters).values():
            if isinstance(value, str):
                assert value in text


@pytest.mark.parametrize(
    ("count", "texts"),
    [
        (1, ["그림 1장", "1 picture", "1 Bild", "1 imagen"]),
        (1_200, ["그림 1,200장", "1,200 pictures", "1.200 Bilder", "1.200 imágenes"]),
    ],
)
def test_what_is_counted_has_its_plural_form(count: int, texts: list[str]) -> None:
    """A count is written as each language counts."""
    message = Message("screenshots.written", folder="build/pictures", count=count)
    assert [message.text(language) for language in ("ko", "en", "de", "es")] == [
        f"build/pictures: {text}" for text in texts
    ]


def test_a_list_is_joined_by_commas_and_messages_stand_on_lines() -> None:
    """A list of texts is one sentence; each of several findings has its own line."""
    findings = [
        Message("preflight.on-page", page=3, finding=Message("preflight.no-crop-marks")),
        Message("preflight.small-type", size=Decimal("5.5"), least=6),
    ]
    message = Message("preflight.rejected", file="alba-de-press.pdf", findings=findings)
    assert message.text("de").splitlines() == [
        "alba-de-press.pdf: Eine Druckerei würde diese Datei zurückschicken.",
        "Seite 3: Schneidemarken fehlen.",
        "Schrift von 5,5 pt ist kleiner als 6 pt.",
    ]
    files = Message("build.printed", files=["a.pdf", "a-press.pdf"])
    assert lines(files, languages()) == ["  a.pdf, a-press.pdf"]


def test_languages_are_joined_on_one_line() -> None:
    """What reads alike in several languages is given once."""
    assert joined(Message("change.changed"), ["ko", "en"]) == "바뀜 / changed"
    assert joined(Message("change.photo", size=5, digest="a"), ["ko", "en"]) == "5 B, SHA-256 a"


def test_every_error_of_the_program_is_a_brochure_error() -> None:
    """One base class for all expected failures, so that one place reports them."""
    expected = {"BrochureError"}
    classes = [
        (path.name, node.name, {base.id for base in node.bases if isinstance(base, ast.Name)})
        for path in sorted((ROOT / "brochure").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    while more := {name for _, name, bases in classes if bases & expected} - expected:
        expected |= more
    errors = {"Exception", "ValueError", "LookupError", "RuntimeError", "OSError", "TypeError"}
    others = [
        f"{file}: {name}"
        for file, name, bases in classes
        if bases & errors and name not in expected
    ]
    assert others == [], others
    assert {"InputError", "AuditError", "PrintError", "GitError", "UnknownWord"} <= expected
