"""The checks of what authors write in Markdown: where links lead, and what is not for them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from html import unescape

from brochure.base.problem import Problem, nearest
from brochure.base.urls import linked_page, relative_links
from brochure.load.characters import strange
from brochure.load.document import NarrativeFile, Place
from brochure.load.markdown import targets
from brochure.validate.context import ValidationContext

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_OUTSIDE = re.compile(r"https://[^\s/?#]+|mailto:[^\s@]+@[^\s@]+$|tel:\+?[0-9-]+$")
# Code spans and calls, in which marks are only letters.
_LITERAL = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\{\{.*?\}\}", re.DOTALL)

# A character by its number or name in HTML: &#8238; &zwnj;
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});")
_HTML = re.compile(r"</?[A-Za-z][\w-]*(?:[\s/][^<>]*)?>|<!--|<[!?][A-Za-z\[]")
_ATTRIBUTES = re.compile(r"\{:?\s*(?:[#.][\w-]+|[\w-]+\s*=)[^{}\n]*\}")
_IMAGE = re.compile(r"!\[[^\]]{0,300}\](?=[(\[])")
# What is not for authors, with what to use instead.
_FORBIDDEN = (
    (
        _HTML,
        "HTML은 쓸 수 없습니다: ‘{0}’. 굵게는 **글**, 기울임은 *글*, 링크는 [글](주소)로 적고, "
        "부등호 ‘<’ 자체는 &lt;로 적으십시오.",
        "HTML is not accepted: ‘{0}’. Write **bold**, *italic* or [a link](address), and &lt; for "
        "the sign ‘<’ itself.",
    ),
    (
        _ATTRIBUTES,
        "속성 목록은 쓸 수 없습니다: ‘{0}’. 지우십시오. 제목의 주소는 저절로 붙고, 모양은 틀이 "
        "정합니다.",
        "Attribute lists are not accepted: ‘{0}’. Delete it. Headings get their addresses by "
        "themselves, and the templates decide how things look.",
    ),
    (
        _IMAGE,
        "글에는 그림을 넣을 수 없습니다. 사진은 도시 파일의 photo에, 차트는 "
        '{{{{ chart("…") }}}}나 {{{{ plot("…") }}}}로 넣으십시오.',
        "A narrative takes no images. A photograph belongs under photo in a city’s file; for a "
        'chart write {{{{ chart("…") }}}} or {{{{ plot("…") }}}}.',
    ),
)


def check_markup(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a narrative has no HTML, no attribute lists, no images, and no reference to a
    character that a file may not have."""
    for narrative_file in context.repository.narrative_files:
        body = _LITERAL.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), narrative_file.body)
        for pattern, ko, en in _FORBIDDEN:
            for match in pattern.finditer(body):
                shown = " ".join(match[0].split())[:60]
                place = _place(narrative_file, match.start())
                yield Problem(narrative_file.file, *place, ko.format(shown), en.format(shown))
        for reference in _REFERENCE.finditer(narrative_file.body):
            for _, ko, en in strange(_referred(reference)):
                place = _place(narrative_file, reference.start())
                yield Problem(narrative_file.file, *place, ko, en)


def check_links(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that a narrative's links lead to a page of the site or to an https, mailto or tel."""
    pages = {page for page, _ in context.narrated}
    for narrative_file in context.repository.narrative_files:
        # Markdown is slow, and most narratives have no link to look for.
        if not re.search(r"[\[<]", narrative_file.body):
            continue
        for target in targets(narrative_file.body):
            if _OUTSIDE.match(target):
                continue
            page = linked_page(narrative_file.page, target)
            if _SCHEME.match(target):
                ko, en = "", ""
            elif page in pages:
                continue
            else:
                ko, en = nearest(target, relative_links(narrative_file.page, pages))
            yield Problem(
                narrative_file.file,
                *_of_target(narrative_file, target),
                f"링크가 가리키는 쪽이 없습니다: ‘{target}’.{ko} 바깥 주소는 https, mailto, tel만 "
                "됩니다.",
                f"The link ‘{target}’ leads to no page.{en} Outside the site only https, mailto "
                "and tel are accepted.",
            )


def anchored(
    narrative_files: Iterable[NarrativeFile],
) -> Iterator[tuple[NarrativeFile, str, str, Place]]:
    """Each link to a part of a page, with the page, the part's id and where the link stands."""
    for narrative_file in narrative_files:
        if ".md#" in narrative_file.body:
            for target in targets(narrative_file.body):
                page, _, part = target.partition("#")
                linked = linked_page(narrative_file.page, page)
                if part and linked is not None:
                    yield narrative_file, linked, part, _of_target(narrative_file, target)


def _referred(reference: re.Match[str]) -> str:
    """Return the characters that a reference stands for in HTML; none for an unknown name."""
    decimal, hexadecimal = reference.groups()
    number = int(decimal) if decimal else int(hexadecimal or "0", 16)
    # Python leaves out control characters, which HTML does not.
    return unescape(reference[0]) or (chr(number) if number <= sys.maxunicode else "")


def _of_target(narrative_file: NarrativeFile, target: str) -> Place:
    """Where a link's target stands; the body's first line where it is written otherwise."""
    body = narrative_file.body
    for mark in ("](", "]: ", "<", ""):
        at = body.find(f"{mark}{target}")
        if at >= 0:
            return _place(narrative_file, at + len(mark))
    for match in re.finditer(r"\]\(\s*<?", body):
        # Its letters may be hidden: &#115; is an s.
        if unescape(body[match.end() : match.end() + 8 * len(target)]).startswith(target):
            return _place(narrative_file, match.end())
    return narrative_file.place(1, 1)


def _place(narrative_file: NarrativeFile, at: int) -> Place:
    before = narrative_file.body[:at]
    return narrative_file.place(before.count("\n") + 1, at - before.rfind("\n"))
