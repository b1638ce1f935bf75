"""Input as a whole: bad data changes nothing, and odd forms of good data come out right."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from slips import BRUMA
from support import contents, copy_miniature, run_build

from brochure.base.cache import Cache
from brochure.pipeline import publication, publish_brochures, publish_pages, quiet
from brochure.publish.release import Release


@pytest.mark.parametrize("command", ["check", "site"])
def test_bad_input_changes_nothing(command: str, repository: Path) -> None:
    """With bad data in the real repository, `build.py` ends with 1, tells the places, shows no
    traceback, marks the lines in a GitHub workflow, and leaves every byte of `dist/` as it was."""
    old = repository / "dist/site"
    (old / "cities").mkdir(parents=True)
    (old / "index.html").write_text("as it was", encoding="utf-8")
    (old / "cities/a.bin").write_bytes(bytes(range(256)))
    before = contents(repository / "dist")
    city = repository / "data/cities/daejeon.yaml"
    text = city.read_text(encoding="utf-8")
    city.write_text(text.replace("name:", "nmae:", 1), encoding="utf-8")
    line = text[: text.index("name:")].count("\n") + 1
    (repository / "content/cities/seattle.en.md").unlink()

    done = run_build("--root", repository, command)
    assert done.returncode == 1
    assert f"data/cities/daejeon.yaml:{line}:1 entry.unknown\n" in done.stderr
    assert "content/cities/seattle.en.md:1:1 narrative.missing\n" in done.stderr
    assert "‘name’" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "::error" not in done.stdout + done.stderr
    assert contents(repository / "dist") == before

    done = run_build("--root", repository, command, environment={"GITHUB_ACTIONS": "true"})
    assert done.returncode == 1
    marks = [one for one in done.stdout.split("\n") if one.startswith("::error ")]
    assert any(
        one.startswith(
            f"::error file=data/cities/daejeon.yaml,line={line},col=1,title=entry.unknown::"
        )
        for one in marks
    )
    assert (
        "::error file=content/cities/seattle.en.md,line=1,col=1,title=narrative.missing::"
        in "\n".join(marks)
    )
    assert contents(repository / "dist") == before


ODD_NAMES = [
    "O'Higgins & Söhne",
    "C&A",
    "<5 %",
    "$1 \\1",
    "*별*",
    "_a_ `b`",
    "{n} #1",
    "[a](b)",
    "<b>x</b>",
]


def test_an_odd_form_comes_out_right(tmp_path: Path) -> None:
    """CRLF, flow and block style, quotes, a byte order mark, and characters that HTML, Markdown,
    YAML or ICU treat specially are accepted, and stand on the page and in the PDF as written."""
    miniature = copy_miniature(tmp_path / "miniature")
    quoted = [name.replace("'", "''") for name in ODD_NAMES]
    organisations = "".join(
        f"      - name:\n          ko: >-\n            {name}\n          en: '{quote}'\n"
        for name, quote in zip(ODD_NAMES, quoted, strict=True)
    )
    city = miniature / BRUMA
    text = city.read_text(encoding="utf-8").replace(
        "lead: {ko: 안개 낀 도시., en: A city in the mist.}",
        'lead: {"ko": "안개 \\"낀\\" 도시 <5 %", en: \'It\'\'s <5 % & C&A\'}',
    )
    text += (
        "\necosystem:\n  - id: odd\n    name: {ko: 홀수, en: Odd}\n    organisations:\n"
        + organisations
    )
    city.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    narrative = miniature / "content/cities/bruma.en.md"
    narrative.write_bytes(
        narrative.read_bytes().replace(b"\n", b"\r\n")
        + b"\r\nO'Higgins & C&A pay $1 <5 % <\xec\x9a\xb0>.\r\n"
    )
    content = publication(miniature)
    release, site = Release(miniature / "out"), miniature / "out/site"
    stored = Cache(miniature / "build/cache")
    release.put(publish_pages(miniature, content, stored, miniature / "build/mkdocs"), "site/")
    own = [one for one in content.brochures if one.name.startswith("bruma-")]
    press = content.catalog.press
    release.put(publish_brochures(miniature, own, press, stored, quiet))

    for locale, folder in (("ko", ""), ("en", "en/")):
        page = (site / f"{folder}cities/bruma/index.html").read_text(encoding="utf-8")
        # Korean words on an English page are marked as such.
        page = re.sub('<span lang="ko">(.*?)</span>', r"\1", page)
        names = re.findall(r"<li><strong>(.*?)</strong></li>", page)
        assert [unescape(name) for name in names] == ODD_NAMES
        assert not any("<" in name for name in names)
        pdf = pypdfium2.PdfDocument(site / f"brochures/bruma-{locale}.pdf")
        printed = "".join(page.get_textpage().get_text_range() for page in pdf)
        flat = re.sub(r"\s|\u2060", "", printed)
        for name in ODD_NAMES:
            assert name.replace(" ", "") in flat, name
    assert '<p class="lead">It&#39;s &lt;5 % &amp; C&amp;A</p>' in page
    assert "O'Higgins &amp; C&amp;A pay $1 &lt;5 % &lt;우&gt;." in page
    assert "It’s" not in page
