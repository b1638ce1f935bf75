"""The checks of what is printed: glyphs, page sizes, photographs."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.base.problem import Problem
from brochure.model.records import (
    Press,
    Trim,
)
from brochure.validate.context import ValidationContext, check_reference


def check_glyphs(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that the font of print has every character, as it has no Chinese ones."""
    glyphs = context.repository.glyphs
    if not glyphs:
        return
    for document in context.repository.documents.values():
        for path, value in document.scalars:
            if isinstance(value, str) and (lacking := _lacking(value, glyphs)):
                yield document.problem(path, *_unprintable(lacking[0]))
    for narrative_file in context.repository.narrative_files:
        for path, value in narrative_file.front.scalars:
            if isinstance(value, str) and (lacking := _lacking(value, glyphs)):
                yield narrative_file.front.problem(path, *_unprintable(lacking[0]))
        for number, line in enumerate(narrative_file.body.split("\n"), narrative_file.first_line):
            if lacking := _lacking(line, glyphs):
                column = line.index(lacking[0]) + 1
                yield Problem(narrative_file.file, number, column, *_unprintable(lacking[0]))


def _lacking(text: str, glyphs: frozenset[int]) -> list[str]:
    if glyphs.issuperset(map(ord, text)):
        return []
    return [one for one in text if ord(one) not in glyphs and one not in "\n\t"]


def _unprintable(character: str) -> tuple[str, str]:
    code = f"‘{character}’(U+{ord(character):04X})"
    return (
        f"인쇄 글꼴에 없는 글자입니다: {code}. 한자는 한글로 적으십시오.",
        f"The font of print lacks {code}. Write it in letters that it has.",
    )


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
        yield from check_reference(document, path, name, press.sizes, "판형이", "size")
        size = press.sizes.get(name, first)
        # A page is scaled to cover the sheet: what the shapes differ by is cut off.
        if abs(shape(size) / shape(first) - 1) > 0.01:
            yield document.problem(
                path,
                f"‘{name}’의 가로세로비가 첫 판형과 1% 넘게 다릅니다. 비슷한 판형을 고르십시오.",
                f"‘{name}’ differs from the first size's shape by more than 1 %. Choose another.",
            )


def check_photos(context: ValidationContext) -> Iterator[Problem]:
    """Ensure that every photo that a city names is there, sound and fine enough, and no other."""
    press: Press | None = context.records.get("data/print.yaml")
    photos = context.repository.photos
    # What is refused is told already; nothing is wrong with what is settled.
    judged = {
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
            for ko, en in _photo_faults(photos[file], press):
                yield document.problem(("photo", "file"), f"{file}: {ko}", f"{file}: {en}")
        elif f"data/photos/{file}" not in judged:
            yield from check_reference(document, ("photo", "file"), file, photos, "사진이", "photo")
    for file in sorted(set(photos) - named):
        yield Problem(
            f"data/photos/{file}",
            1,
            1,
            "이 사진을 쓰는 도시가 없습니다. 도시 파일의 photo에 적거나 지우십시오.",
            "No city uses this photo. Name it under photo in a city’s file, or delete it.",
        )


def _photo_faults(raw: bytes, press: Press | None) -> Iterator[tuple[str, str]]:
    """Why a photograph cannot be printed on a cover."""
    # Imported only here: there are few photographs, and each is looked at once.
    from brochure.load.photo import COVER, Unusable, pixels, upright

    try:
        has = upright(raw).size
    except Unusable as fault:
        yield fault.ko, fault.en
        return
    if press is None:
        return
    needs = pixels(press.resolution * press.enlargement)
    if has[0] < needs[0] or has[1] < needs[1]:
        place = f"{COVER[0]:.0f}×{COVER[1]:.0f}"
        yield (
            f"사진이 {has[0]}×{has[1]}픽셀입니다. 표지({place}mm)에 {press.resolution}dpi로 "
            f"찍으려면 적어도 {needs[0]}×{needs[1]}픽셀이어야 합니다.",
            f"The photo has {has[0]} × {has[1]} pixels. On the cover ({place} mm), "
            f"{press.resolution} dpi take at least {needs[0]} × {needs[1]}.",
        )
