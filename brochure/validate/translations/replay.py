"""The rule by which translations go stale: one language of a text changed, and another did not.

A commit that changes a text in some languages leaves the others behind; a later one that changes
those catches up. So a text is up to date when all its languages were changed together, or one
after the other, in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from brochure.load.document import Path_

# The texts of a file or page by path, each by language; or their fingerprints.
Texts = Mapping[Path_, Mapping[str, str]]


@dataclass(frozen=True)
class Behind:
    """The languages that did not follow a change, and the commit and day that changed the rest."""

    locales: frozenset[str]
    commit: str
    day: str


States = Mapping[Path_, Behind]


def followed(states: States, before: Texts, after: Texts, commit: str, day: str) -> States:
    """The stale languages after a commit that changed the texts `before` to `after`.

    A text is recognised by its path, or where that has moved (a row was inserted above), by a
    language that did not change.
    """
    result: dict[Path_, Behind] = {}
    for path, source in _matched(before, after):
        state = states.get(source)
        old, new = before[source], after[path]
        changed = {locale for locale in new if new[locale] != old.get(locale)}
        behind = state.locales if state else frozenset()
        if changed <= behind | (set(new) - set(old)):
            if state and (left := behind - changed):
                result[path] = replace(state, locales=left)
        elif left := frozenset(set(new) - changed):
            result[path] = Behind(left, commit, day)
    return result


def _matched(before: Texts, after: Texts) -> Iterator[tuple[Path_, Path_]]:
    """Yield each path after a commit with the path of the same text before it, if there was one."""
    gone = {path for path in before if before[path] != after.get(path)}
    by_text: dict[tuple[Path_, str, str], list[Path_]] = {}
    for path in sorted(gone, key=str):
        for locale, text in before[path].items():
            by_text.setdefault((_shape(path), locale, text), []).append(path)
    for path, texts in after.items():
        if path in before and any(before[path].get(locale) == texts[locale] for locale in texts):
            yield path, path
            continue
        found = [
            source
            for locale, text in texts.items()
            for source in by_text.get((_shape(path), locale, text), ())
        ]
        if found:
            yield path, found[0]
        elif path in before and not any(isinstance(part, int) for part in path):
            yield path, path


def _shape(path: Path_) -> Path_:
    """A path without the positions in its lists."""
    return tuple("*" if isinstance(part, int) else part for part in path)
