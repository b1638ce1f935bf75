"""The report on translations: per city and language, what is missing and what has gone stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import nh3
from markdown import Markdown

from brochure.load.document import Place
from brochure.load.repository import Repository
from brochure.validate.translations.replay import Behind
from brochure.validate.translations.staleness import Stale, still_right
from brochure.validate.translations.texts import TranslatableText, translatable_texts

_PAGE = """<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>번역 / Translations</title>
<style>
body {{ font: 1rem/1.6 sans-serif; max-width: 60rem; margin: 3rem auto; color-scheme: light dark; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8886; text-align: left; }}
</style>
{}
</html>
"""
# Where a text is, what it is called, and why it is listed.
_Line = tuple[str, Place, str, str]


def report(repository: Repository, locales: Sequence[str], behind: Stale, *, dated: bool) -> str:
    """Markdown in Korean and English; `dated` says whether there was a history to read."""
    groups: dict[str, list[TranslatableText]] = {}
    for translatable in translatable_texts(repository, locales):
        groups.setdefault(_group(translatable.owner), []).append(translatable)
    right = still_right(repository).texts
    lines: dict[tuple[str, str], list[_Line]] = {
        (group, locale): [
            line for translatable in own for line in _lines(translatable, locale, behind, right)
        ]
        for group, own in groups.items()
        for locale in locales
    }
    return "\n".join(_report(groups, locales, lines, dated))


def as_page(report: str) -> str:
    """The report as an HTML page that stands alone; what it names of the input stays text."""
    return _PAGE.format(nh3.clean(Markdown(extensions=["tables"]).convert(report)))


def _group(owner: str) -> str:
    """`cities/daejeon` for a city, `plan` for a dossier; for all else its own file or page."""
    name = owner.removeprefix("data/").removeprefix("content/").removesuffix(".yaml")
    if name.startswith("dossiers/"):
        return name.removeprefix("dossiers/")
    return name if name.startswith("cities/") else name.partition("/")[0]


def _lines(
    translatable: TranslatableText, locale: str, behind: Stale, right: Mapping[str, str]
) -> Iterator[_Line]:
    if not translatable.texts.get(locale, "").strip():
        file, place = next(
            (
                (translatable.files[other], translatable.places[other])
                for other in translatable.texts
            ),
            (translatable.owner, (1, 1)),
        )
        yield file, place, translatable.name, "없음 / missing"
        return
    state = behind.get(translatable.owner, {}).get(translatable.path)
    if state and locale in state.locales and right.get(translatable.name) != translatable.digest:
        yield (
            translatable.files[locale],
            translatable.places[locale],
            translatable.name,
            _since(state),
        )


def _since(state: Behind) -> str:
    since = f"{state.day}, {state.commit}" if state.commit else "커밋 전 / not committed"
    return f"낡음 / stale ({since})"


def _report(
    groups: Mapping[str, Sequence[TranslatableText]],
    locales: Sequence[str],
    lines: Mapping[tuple[str, str], Sequence[_Line]],
    dated: bool,
) -> Iterator[str]:
    yield "# 번역 / Translations\n"
    if not dated:
        yield "git 기록이 없어 낡은 글은 가리지 못했다. / Without a git history nothing is stale.\n"
    yield f"|  | 글 / texts | {' | '.join(locales)} |"
    yield f"| --- | ---: |{' --- |' * len(locales)}"
    for group, own in groups.items():
        cells = [_counted(lines[group, locale]) for locale in locales]
        yield f"| {group} | {len(own)} | {' | '.join(cells)} |"
    for (group, locale), listed in lines.items():
        if listed:
            yield f"\n## {group} · {locale}\n"
            for file, (line, column), name, why in listed:
                yield f"- {file}:{line}:{column} — `{name}`: {why}"


def _counted(lines: Sequence[_Line]) -> str:
    missing = sum(why.endswith("missing") for *_, why in lines)
    stale = len(lines) - missing
    told = [f"없음 {missing} / {missing} missing"] * bool(missing)
    told += [f"낡음 {stale} / {stale} stale"] * bool(stale)
    return ", ".join(told) or "✓"
