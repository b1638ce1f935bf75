"""The checks of what is printed: glyphs, page sizes, photographs."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.base.message import Message
from brochure.base.problem import Problem
from brochure.load.text import whole_file
from brochure.model.records import (
    Press,
    Trim,
)
from brochure.validate.context import ValidationContext, check_reference

# Line breaks and tabs, which print has no glyphs for.
_BREAKS = frozenset(map(ord, "\n\t"))


def check_glyphs(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that the font of print has every character, as it has no Chinese ones."""
    glyphs = context.repository.glyphs
    if not glyphs:
        return
    for document in context.repository.documents.values():
        for path, value in document.scalars:
            if isinstance(value, str) and (lacking := _lacking(value, glyphs)):
                yield document.problem(path, _unprintable(lacking[0]))
    for narrative_file in context.repository.narrative_files:
        for path, value in narrative_file.front.scalars:
            if isinstance(value, str) and (lacking := _lacking(value, glyphs)):
                yield narrative_file.front.problem(path, _unprintable(lacking[0]))
        for number, line in enumerate(narrative_file.body.split("\n"), narrative_file.first_line):
            if lacking := _lacking(line, glyphs):
                column = line.index(lacking[0]) + 1
                yield Problem(narrative_file.file, number, column, _unprintable(lacking[0]))


def _lacking(text: str, glyphs: frozenset[int]) -> list[str]:
    if glyphs.issuperset(map(ord, text)):
        return []
    return [character for character in text if ord(character) not in glyphs | _BREAKS]


def _unprintable(character: str) -> Message:
    return Message("print.missing-glyph", character=character, number=f"U+{ord(character):04X}")


def check_print(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every size to make is known and has the shape that brochures are composed in."""
    press: Press | None = context.records.get("data/print.yaml")
    if press is None:
        return
    document = context.document("data/print.yaml")
    first = next(iter(press.sizes.values()))

    def shape(size: Trim) -> float:
        return float(size.width) / float(size.height)

    for index, name in enumerate(press.make):
        path = ("make", index)
        yield from check_reference(document, path, name, press.sizes, "print.unknown-size")
        size = press.sizes.get(name, first)
        # A page is scaled to cover the sheet: what the shapes differ by is cut off.
        if abs(shape(size) / shape(first) - 1) > 0.01:
            composed = next(iter(press.sizes))
            yield document.problem(path, Message("print.other-shape", name=name, first=composed))


def check_photos(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every photo that a city names is there, sound and fine enough, and no other."""
    press: Press | None = context.records.get("data/print.yaml")
    photos = context.repository.photos
    # A refused file is reported already, and nothing is wrong with those that are not read again.
    checked = {
        problem.file for problem in context.repository.problems
    } | context.repository.cached_files
    named = set()
    for name, document in context.repository.documents.items():
        data = document.data
        photo = data.get("photo") if isinstance(data, dict) else None
        file = photo.get("file") if isinstance(photo, dict) else None
        if not name.startswith("data/cities/") or not isinstance(file, str):
            continue
        named.add(file)
        if file in photos:
            for fault in _photo_faults(photos[file], press):
                message = Message("photo.unusable", file=file, fault=fault)
                yield document.problem(("photo", "file"), message)
        # A city without a record has a problem already, such as a malformed file name.
        elif f"data/photos/{file}" not in checked and name in context.records:
            yield from check_reference(document, ("photo", "file"), file, photos, "photo.unknown")
    for file in sorted(set(photos) - named):
        yield whole_file(f"data/photos/{file}", Message("photo.not-used"))


def _photo_faults(raw: bytes, press: Press | None) -> Iterator[Message]:
    """Yield why a photograph cannot be printed on a cover, if it cannot."""
    # Imported only here: there are few photographs, and each is looked at once.
    from brochure.load.photo import COVER, Unusable, pixels, upright

    try:
        has = upright(raw).size
    except Unusable as fault:
        yield fault.message
        return
    if press is None:
        return
    needs = pixels(press.resolution * press.enlargement)
    if has[0] < needs[0] or has[1] < needs[1]:
        place = f"{COVER[0]:.0f} × {COVER[1]:.0f} mm"
        yield Message(
            "photo.too-few-pixels",
            pixels=f"{has[0]} × {has[1]}",
            needed=f"{needs[0]} × {needs[1]}",
            place=place,
            resolution=str(press.resolution),
        )
