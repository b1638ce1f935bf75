"""Injection: no string of the data becomes markup anywhere in what is published.

Every string of the tiny repository gets a payload, by turns one that would leave an attribute, an
element or a script and begin an element, and one that would only leave an attribute. What `check`
refuses, it refuses with its place; in everything that is made of the rest, each payload stands as
it was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import tinyhtml5
from markdown_it import MarkdownIt
from support import copy_miniature

from brochure.base.cache import Cache
from brochure.base.exact_json import dump_json
from brochure.base.problem import InputError, Problem
from brochure.load.document import Path_
from brochure.load.narrative import parse_narrative
from brochure.load.repository import load
from brochure.load.yaml import parse_yaml
from brochure.pipeline import publication
from brochure.publish.site.frames import SiteError, page_slots
from brochure.publish.site.mkdocs_frame import render_frames
from brochure.publish.site.pages import build_site
from brochure.render import json_ld
from brochure.render.site_frame import FrameContext, MenuItem, frame_context
from brochure.validate.validate import validate

# A string of a file: the file's name, and the way to it there.
Where = tuple[str, Path_]
# Puts a payload of this name into a text.
Payload = Callable[[str, str], str]

_NAME = re.compile("x-inject-[a-j]+")
# A name as a payload has it: behind a sign or before one.
_WHOLE = re.compile('(?<=<)x-inject-[a-j]+|x-inject-[a-j]+(?==")')
# Strings that no page, document or file of the site prints: MkDocs' own, and what stands in the
# metadata of a PDF for the press.
UNPRINTED = {
    ("mkdocs.yml", ("site_name",)),
    ("mkdocs.yml", ("plugins", "i18n", "languages", 0, "name")),
    ("mkdocs.yml", ("plugins", "i18n", "languages", 1, "name")),
    ("data/print.yaml", ("condition", "identifier")),
    ("data/print.yaml", ("condition", "name")),
}
# Strings that `check` leaves to MkDocs, and MkDocs refuses.
OF_MKDOCS: list[Where] = [
    ("mkdocs.yml", ("theme", "static_templates", 0)),
    ("mkdocs.yml", ("plugins", "i18n", "docs_structure")),
    ("mkdocs.yml", ("validation", "nav", "omitted_files")),
]


def element(text: str, name: str) -> str:
    return f'{text}"\'>--></title></script><{name} {name}="'


def element_within(text: str, name: str) -> str:
    """Return the text with the payload before its last character, so that its end is as it was."""
    return element(text[:-1], name) + text[-1:]


def attribute(text: str, name: str) -> str:
    return f'{text}" \' {name}="'


def named(number: int) -> str:
    """Return the name of a payload. It has letters alone: the numbers in a text are checked."""
    return "x-inject-" + "".join("abcdefghij"[int(digit)] for digit in str(number))


def strings(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield every string of plain data with the way to it; keys are none."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from strings(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from strings(child, (*path, index))


def put(value: Any, path: Path_, text: str) -> None:
    """Put a text into plain data."""
    for part in path[:-1]:
        value = value[part]
    value[path[-1]] = text


class Data:
    """The data files, front matter and settings of a repository, for a test to rewrite."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.values: dict[str, Any] = {}
        self.bodies: dict[str, str] = {}
        for file in sorted([*root.glob("data/**/*.yaml"), root / "mkdocs.yml"]):
            name = file.relative_to(root).as_posix()
            self.values[name] = parse_yaml(name, file.read_text(encoding="utf-8")).data
        for file in sorted(root.glob("content/**/*.md")):
            name = file.relative_to(root).as_posix()
            narrative = parse_narrative(name, file.read_text(encoding="utf-8"))
            self.values[name], self.bodies[name] = narrative.front.data, narrative.body
        # The form for editors is made where the data is kept at GitHub.
        self.values["mkdocs.yml"]["extra"]["edit"] = "https://github.com/twin/data/edit/main/"
        self.strings: dict[Where, str] = {
            (name, path): text
            for name, value in self.values.items()
            for path, text in strings(value)
        }
        self.names = {where: named(number) for number, where in enumerate(self.strings)}

    def write(self, payload: Payload, wheres: Iterable[Where]) -> None:
        """Write the files, with a payload in these strings."""
        texts = {where: payload(self.strings[where], self.names[where]) for where in wheres}
        for (name, path), text in {**self.strings, **texts}.items():
            put(self.values[name], path, text)
        for name, value in self.values.items():
            # JSON is YAML, with every string on a line of its own.
            text = dump_json(value, indent=1)
            if name in self.bodies:
                text = f"---\n{text}\n---\n{self.bodies[name]}"
            (self.root / name).write_text(text, encoding="utf-8")

    def places(self) -> dict[tuple[str, int], Where]:
        """Return the strings by the file and the line where they stand as written."""
        found = {}
        for name in self.values:
            text = (self.root / name).read_text(encoding="utf-8")
            document = (
                parse_narrative(name, text).front if name in self.bodies else parse_yaml(name, text)
            )
            for path, (line, _) in document.values.items():
                if (name, path) in self.strings:
                    found[name, line] = (name, path)
        return found

    def accepted(self, payload: Payload, wheres: Iterable[Where]) -> list[Where]:
        """Leave the payload in those of the strings in which `check` accepts it.

        Every problem is at the place of a string that has a payload.
        """
        left = dict.fromkeys(wheres)
        while True:
            self.write(payload, left)
            found, places = problems(self.root), self.places()
            if not found:
                return list(left)
            for where in {places[problem.file, problem.line] for problem in found}:
                del left[where]


def problems(root: Path) -> tuple[Problem, ...]:
    """Return what `check` finds in a repository."""
    try:
        validate(load(root))
    except InputError as error:
        return error.problems
    return ()


def published(root: Path) -> dict[str, bytes]:
    """Return everything with markup that a repository becomes, by name: the site, the drawings of
    its pictures, and the documents as they are handed to the printer."""
    stored = Cache(root / "build/cache")
    content = publication(root, stored)
    contexts = {edition.locale: frame_context(edition) for edition in content.editions}
    preloads = {page.url: () for page in content.pages}
    site = build_site(root, content.pages, preloads, contexts, root / "build/mkdocs", stored)
    return {
        **{file.name: file.make() for file in [*site, *content.files]},
        **{f"{file.name}.svg": file.make() for file in content.pictures},
        **{f"{brochure.name}.html": brochure.html.encode() for brochure in content.brochures},
    }


@dataclass
class Found:
    """What is found of payloads: those that became markup, and the texts that have any."""

    markup: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def read(self, name: str, data: bytes) -> None:
        """Read a file as those do who are given it: HTML as a browser, JSON, XML, Markdown."""
        kind = name.rpartition(".")[2]
        if kind == "html":
            self._elements(name, tinyhtml5.parse(data.decode(), namespace_html_elements=False))
        elif kind in ("svg", "xml"):
            self._elements(name, ET.fromstring(data))
        elif kind in ("json", "webmanifest"):
            self.texts += [text for _, text in strings(json.loads(data))]
        elif kind == "txt":
            self._markdown(name, data.decode())

    def _elements(self, name: str, root: Any) -> None:
        for node in root.iter():
            if not isinstance(node.tag, str):
                self.markup += [f"{name}: comment" for _ in _NAME.findall(node.text or "")]
                continue
            for word in (node.tag, *node.keys()):
                if _NAME.search(word):
                    self.markup.append(f"{name}: {word} of {node.tag}")
            text = node.text or ""
            if node.get("type") == "application/ld+json":
                text = self._json_ld(name, text)
            self.texts += [text, node.tail or "", *node.attrib.values()]

    def _json_ld(self, name: str, text: str) -> str:
        try:
            return "\n".join(value for _, value in strings(json.loads(text)))
        except ValueError:
            self.markup.append(f"{name}: end of JSON-LD")
            return ""

    def _markdown(self, name: str, text: str) -> None:
        for block in MarkdownIt().parse(text):
            for token in (block, *(block.children or ())):
                if token.type.startswith("html"):
                    self.markup.append(f"{name}: {token.content}")
                elif token.type == "text":
                    self.texts.append(token.content)


def injected(files: Mapping[str, bytes]) -> Found:
    """Look for payloads in files."""
    found = Found()
    for name, data in files.items():
        found.read(name, data)
    return found


@pytest.fixture
def data(tmp_path: Path) -> Data:
    """The data of the tiny repository."""
    return Data(copy_miniature(tmp_path / "repository"))


@pytest.mark.parametrize("payload", [element, element_within, attribute])
def test_a_string_of_the_data_is_refused_or_stands_as_written(data: Data, payload: Payload) -> None:
    """Of every string of every data file, locale file, front matter and of the settings, no element
    or attribute comes into a page, a document, a feed, a drawing or a file for machines."""
    wheres = data.accepted(payload, data.strings.keys() - set(OF_MKDOCS))
    assert len(wheres) > 250
    found = injected(published(data.root))
    assert found.markup == []
    for text in found.texts:
        assert _NAME.findall(text) == _WHOLE.findall(text), text
    whole = " ".join(" ".join(found.texts).replace("\u2060", "").split())
    unseen = {
        where for where in wheres if " ".join(payload("", data.names[where]).split()) not in whole
    }
    # Of the interface words, the tiny repository has a use for most, not for each unit and scope.
    words = {where for where in wheres if where[0].startswith("data/locales/")}
    assert unseen - words <= UNPRINTED
    assert len(words - unseen) >= len(words) / 2


def test_interface_words_and_the_acronym_take_no_markup(data: Data) -> None:
    """`check` refuses an element in each of them; quotation marks are accepted in words."""
    words = [where for where in data.strings if where[0].startswith("data/locales/")]
    acronym = ("data/alliance.yaml", ("acronym",))
    assert data.accepted(element, [*words, acronym]) == []
    assert len(data.accepted(attribute, [*words, acronym])) == len(words)


@pytest.mark.parametrize("where", OF_MKDOCS, ids=str)
def test_mkdocs_refuses_its_own_settings(data: Data, where: Where) -> None:
    """What `check` leaves to MkDocs stops the build."""
    data.write(element, [where])
    with pytest.raises(SiteError):
        published(data.root)


def test_the_frame_escapes_every_value(data: Data, tmp_path: Path) -> None:
    """Even of what `check` refuses, nothing becomes markup in the head, header and footer of any
    kind of page, and on the page for unknown addresses."""
    context = frame_context(publication(data.root).editions[0])
    values = json.loads(json.dumps(asdict(context)))
    texts = list(strings(values))
    for number, (path, text) in enumerate(texts):
        put(values, path, element(text, named(number)))
    menus = {
        name: tuple(MenuItem(**item) for item in items)
        for name, items in values.items()
        if isinstance(items, list)
    }
    contexts = dict.fromkeys(("ko", "en"), FrameContext(**values | menus))
    files = render_frames(data.root, tmp_path / "mkdocs", ["index", "cities/x"], contexts)
    html = {
        name: file.replace(page_slots([]).json_ld.encode(), b"{}")
        for name, file in files.items()
        if name.endswith(".html")
    }
    assert set(html) == {
        "404.html", "index.html", "cities/x/index.html", "en/index.html", "en/cities/x/index.html",
    }  # fmt: skip
    found = injected(html)
    assert found.markup == []
    seen = {name for text in found.texts for name in _WHOLE.findall(text)}
    unseen = {path[-1] for n, (path, _) in enumerate(texts) if named(n) not in seen}
    # The feed is for the news alone; a folder and the locale of numbers are compared, not printed.
    assert {name for name in unseen if isinstance(name, str)} == {"feed", "formats", "news"}


# A value of a template for each kind of output: the file and the expression.
VALUES = {
    "frame": ("overrides/site/partials/footer.html", "frame.slogan"),
    "head": ("overrides/site/main.html", "frame.news"),
    "page": ("macros/pages/city.html", "city.lead"),
    "document": ("macros/print/parts.html", "industry.name"),
}


@pytest.mark.parametrize(("file", "value"), VALUES.values(), ids=VALUES)
def test_a_template_that_does_not_escape_is_found(data: Data, file: str, value: str) -> None:
    """The look for payloads finds one that a template lets through."""
    template = data.root / file
    text = template.read_text(encoding="utf-8")
    unescaped = text.replace(f"{{{{ {value} }}}}", f"{{{{ {value} | safe }}}}")
    assert unescaped != text
    template.write_text(unescaped, encoding="utf-8")
    texts = [where for where in data.strings if where[1][-1] in ("ko", "en")]
    data.write(element, [*texts, ("content/news/index.en.md", ("title",))])
    assert injected(published(data.root)).markup


def test_json_ld_that_does_not_escape_is_found(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look for payloads finds one that leaves a script element."""
    monkeypatch.setattr(json_ld, "_GUARDED", {})
    data.write(element, [("data/cities/alba.yaml", ("name", "en"))])
    assert injected(published(data.root)).markup
