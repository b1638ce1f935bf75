"""Files as text: what is said of those that are none, or hold what they do not show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slips import (
    ALBA_EN,
    BRUMA,
    MARKS,
    STUDY,
    Slip,
    accepted_or_refused,
    assert_file_told,
    assert_told,
    edited,
)

from brochure.base.message import Message
from brochure.load.document import Document
from brochure.load.text import read
from brochure.load.yaml import parse_yaml


@given(raw=st.binary() | MARKS.map(str.encode) | MARKS.map(lambda t: t.encode("utf-16")))
@example(raw=b"\xff\xfea\x00")
@example(raw=b"a: \xc0\xeb\xc0\xfc\n")
@example(raw=b"#" * 1_000_001)
def test_any_bytes_are_text_or_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    """No bytes break the reader: they are UTF-8 text, or are refused."""
    file = tmp_path_factory.getbasetemp() / "x.yaml"
    file.write_bytes(raw)
    text = accepted_or_refused(lambda: read(file.parent, file), str)
    if isinstance(text, str):
        accepted_or_refused(lambda: parse_yaml("x.yaml", text), Document)


SLIPS = {
    "a Cyrillic letter": Slip(
        BRUMA,
        "en: A city in the mist.",
        "en: A cit‸у in the mist.",
        Message(
            "character.other-alphabet",
            word="citу",
            letter="у",
            position="4",
            number="U+0443",
            alphabet=Message("alphabet.cyrillic"),
        ),
    ),
    "a Greek letter in a narrative": Slip(
        ALBA_EN,
        "**Bold**",
        "‸Βold",
        Message(
            "character.other-alphabet",
            word="Βold",
            letter="Β",
            position="1",
            number="U+0392",
            alphabet=Message("alphabet.greek"),
        ),
    ),
    "digits of full width": Slip(
        BRUMA,
        "en: A city in the mist.",
        "en: A city of ‸５ parts.",
        Message("character.look-alike", character="５", number="U+FF15", plain="5"),
    ),
    "a soft hyphen": Slip(
        BRUMA,
        "A city in the mist.",
        "A ci‸\u00adty",
        Message("character.invisible", number="U+00AD, soft hyphen"),
    ),
    "a filler": Slip(
        BRUMA,
        "안개 낀 도시.",
        "안개‸\u3164도시.",
        Message("character.invisible", number="U+3164, hangul filler"),
    ),
    "text that turns round": Slip(
        BRUMA,
        "A city in the mist.",
        "A ‸\u202ecity",
        Message("character.direction", number="U+202E, right-to-left override"),
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_deceptive_character_is_told_where_it_stands(slip: Slip, checked: Path) -> None:
    """Each is told at its line and column, with what to write."""
    assert_told(slip, checked)


def not_utf8(root: Path) -> None:
    (root / BRUMA).write_bytes("name: x\n# 브루마".encode("cp949"))


def recoded(root: Path, encoding: str) -> None:
    (root / BRUMA).write_text((root / BRUMA).read_text(encoding="utf-8"), encoding=encoding)


def link(root: Path) -> None:
    (root / BRUMA).rename(root / "bruma.yaml")
    (root / BRUMA).symlink_to(root / "bruma.yaml")


def linked_folder(root: Path) -> None:
    (root / "data/cities/more").symlink_to(root / "content", target_is_directory=True)


def behind_a_link(path: Path, name: str) -> None:
    """Give a file or folder another name, and put a link to it in its place."""
    moved = path.rename(path.with_name(name))
    path.symlink_to(moved, target_is_directory=moved.is_dir())


FILES: dict[str, tuple[Callable[[Path], object], str, Message]] = {
    "not UTF-8": (
        not_utf8,
        f"{BRUMA}:2:3",
        Message("file.not-utf-8", encoding="CP949 (EUC-KR)", command="iconv -f CP949 -t UTF-8"),
    ),
    "UTF-16 without a mark": (
        lambda root: recoded(root, "utf-16-le"),
        f"{BRUMA}:1:1",
        Message("file.not-utf-8", encoding="UTF-16", command="iconv -f UTF-16LE -t UTF-8"),
    ),
    "Latin-1": (
        lambda root: (root / BRUMA).write_bytes("# x\nname: Málaga".encode("latin-1")),
        f"{BRUMA}:2:8",
        Message(
            "file.not-utf-8",
            encoding="Latin-1 (Windows-1252)",
            command="iconv -f WINDOWS-1252 -t UTF-8",
        ),
    ),
    "UTF-16": (
        lambda root: recoded(root, "utf-16"),
        f"{BRUMA}:1:1",
        Message("file.not-utf-8", encoding="UTF-16", command="iconv -f UTF-16 -t UTF-8"),
    ),
    "a symbolic link": (link, f"{BRUMA}:1:1", Message("file.link")),
    "a symbolic link to a folder": (
        linked_folder,
        "data/cities/more:1:1",
        Message("file.link"),
    ),
    "a file that is too large": (
        lambda root: (root / BRUMA).write_text("#" * 1_000_001, encoding="utf-8"),
        f"{BRUMA}:1:1",
        Message("file.too-large", size="1000 kB"),
    ),
    "a narrative that is too large": (
        lambda root: edited(root / ALBA_EN, "**Bold**", "가" * 20_001),
        f"{ALBA_EN}:1:1",
        Message("file.too-large", size="60 kB"),
    ),
    "a folder that is a link": (
        lambda root: behind_a_link(root / "content", "texts"),
        "content:1:1",
        Message("file.link"),
    ),
    "settings that are a link": (
        lambda root: behind_a_link(root / "mkdocs.yml", "other.yml"),
        "mkdocs.yml:1:1",
        Message("file.link"),
    ),
    "a dossier that is not UTF-8": (
        lambda root: (root / STUDY).write_bytes("name: x\n# 연구".encode("cp949")),
        f"{STUDY}:2:3",
        Message("file.not-utf-8", encoding="CP949 (EUC-KR)", command="iconv -f CP949 -t UTF-8"),
    ),
    "a hidden character": (
        lambda root: (root / BRUMA).write_text("# a\n# b\u202e\n", encoding="utf-8"),
        f"{BRUMA}:2:4",
        Message("character.direction", number="U+202E, right-to-left override"),
    ),
    "a conflict that git left": (
        lambda root: (root / BRUMA).write_text(
            "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n", encoding="utf-8"
        ),
        f"{BRUMA}:2:1",
        Message("file.conflict-markers"),
    ),
    "a conflict in a narrative": (
        lambda root: edited(root / ALBA_EN, "**Bold**", "\n>>>>>>> other\n"),
        f"{ALBA_EN}:6:1",
        Message("file.conflict-markers"),
    ),
}


@pytest.mark.parametrize(("spoil", "place", "expected"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_text_is_told(
    spoil: Callable[[Path], object], place: str, expected: Message, checked: Path
) -> None:
    """A file that is not text, too large or a link is told by its name."""
    assert_file_told(spoil, place, expected, checked)
