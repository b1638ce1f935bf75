"""Changes -> Markdown, as a reviewer on GitHub reads it, in Korean and English.

Pure, and the same bytes for the same changes. Whatever comes from data or texts is shown and
never obeyed: it makes no link, no mention, no picture, no HTML (see `shown`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import Literal

from brochure.base.problem import Problem
from brochure.review.compare import Change, Entry, Fact, Place, Rewording, Setting, Stated, Texts

Kind = Literal["changed", "added", "removed"]

_KINDS = {
    "changed": "바뀜 / changed",
    "added": "더함 / added",
    "removed": "뺌 / removed",
}
# What counts of these are is told by their difference or not at all: a year is not 3 % later.
_NO_SHARE = ("ranks", "years", "editions", "share")
_SOURCE = {"ko": "출처"}

_WORD = re.compile(r"\s+|\w+|[^\w\s]+")
# Unchanged words shown on either side of a change.
_AROUND = 12
# Comparing words takes up to the product of their numbers; beyond this, the beginnings are shown.
_COMPARABLE, _BEGINNING = 4_000_000, 100

_BREAK = "\u200b"
_MARKS = {
    **{mark: f"\\{mark}" for mark in "\\`*_[]~|"},
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    # GitHub looks for mentions, numbers of issues and formulas in the text that remains.
    "@": f"@{_BREAK}",
    "#": f"#{_BREAK}",
    "$": "<span>$</span>",
}
_MARKED = re.compile("[" + re.escape("".join(_MARKS)) + "]")
# Addresses, `:emoji:` and GH-1.
_LINKED = re.compile(r"(?i)(:)(?=[\w/+-])|(\bwww)(?=\.)|(\bgh-)(?=\d)")


@dataclass(frozen=True)
class PublishedChanges:
    """What a change makes of the publication: pages (address, title), brochures, other files."""

    pages: Sequence[tuple[Kind, str, str]]
    brochures: Sequence[tuple[Kind, str]]
    files: Sequence[tuple[Kind, str]]


def shown(text: str) -> str:
    """A text from data as Markdown that shows just that, in one line.

    By CommonMark a backslash takes the meaning from any mark; what GitHub does with the finished
    text is broken by a space of no width (https://github.github.com/gfm/#autolinks-extension-).
    """
    line = _LINKED.sub(lambda match: match[0] + _BREAK, " ".join(text.split()))
    return _MARKED.sub(lambda match: _MARKS[match[0]], line)


def code(text: str) -> str:
    """A path or key as Markdown; within a code span only a backtick means something."""
    return "`" + " ".join(text.split()).replace("`", "'") + "`"


def change_report(told: Sequence[Change], published: PublishedChanges) -> str:
    """What a change means, as Markdown."""
    stale = [one for one in told if isinstance(one, Rewording) and one.stale[0]]
    parts = [_summary(told, published), *_stale(stale)]
    for place, group in groupby(told, key=lambda one: (one.place.file, one.place.name)):
        parts += ["", f"### {_heading(*place)}", ""]
        for change in group:
            parts += _told(change)
    parts += _pages(published.pages)
    parts += _list(
        "브로슈어", "Brochures", [(kind, code(f"{name}.pdf")) for kind, name in published.brochures]
    )
    parts += _list(
        "그 밖의 파일", "Other files", [(kind, code(name)) for kind, name in published.files]
    )
    return "\n".join(parts) + "\n"


def refusal(problems: Sequence[Problem], ko: str, en: str) -> str:
    """Why there is nothing to compare, as Markdown: each problem with its place."""
    parts = [f"## {ko} / {en}", ""]
    for one in problems:
        parts.append(f"- {code(f'{one.file}:{one.line}:{one.column}')}")
        parts += [f"  - {shown(text)}" for text in (one.text("ko"), one.text("en"))]
    return "\n".join(parts) + "\n"


def _summary(told: Sequence[Change], published: PublishedChanges) -> str:
    title = "## 변경 내용 / What changes\n\n"
    if not told and not any((published.pages, published.brochures, published.files)):
        return f"{title}바뀌는 것이 없습니다. / Nothing changes."
    added = [one.added for one in told if isinstance(one, Entry)]
    counts = [
        ("수치", "figures", sum(isinstance(one, Fact) for one in told)),
        ("글", "texts", sum(isinstance(one, Rewording) for one in told)),
        ("더한 항목", "entries added", sum(added)),
        ("뺀 항목", "entries removed", len(added) - sum(added)),
        ("그 밖의 값", "other values", sum(isinstance(one, Setting) for one in told)),
        ("쪽", "pages", len(published.pages)),
        ("브로슈어", "brochures", len(published.brochures)),
    ]
    ko = " · ".join(f"{name} {count}" for name, _, count in counts if count)
    en = " · ".join(f"{name} {count}" for _, name, count in counts if count)
    return f"{title}{ko}  \n{en}" if ko else title.rstrip()


def _stale(stale: Sequence[Rewording]) -> Iterator[str]:
    """Texts of which one language changed and another did not."""
    if not stale:
        return
    yield ""
    yield "### ⚠️ 번역 확인 / Translations to look at"
    yield ""
    yield "한 언어만 바뀐 글입니다. 다른 언어도 아직 맞는지 보십시오.  "
    yield "In these texts only one language changed. See whether the other still says the same."
    yield ""
    for one in stale:
        changed, same = (", ".join(names) for names in one.stale)
        where = code(f"{one.place.file}: {one.place.key}")
        yield f"- {where} – 바뀜 / changed: {changed}; 그대로 / unchanged: {same}"


def _heading(file: str, names: tuple[tuple[str, str], ...]) -> str:
    named = " · ".join(dict.fromkeys(shown(name) for _, name in names))
    return f"{named} – {code(file)}" if named else code(file)


def _told(change: Change) -> Iterator[str]:
    """A change as items of a list."""
    where = code(change.place.key) if change.place.key else ""
    match change:
        case Entry(name=name, added=added):
            called = " · ".join(dict.fromkeys(f"**{shown(one)}**" for one in name.values()))
            kind = _KINDS["added" if added else "removed"]
            yield "- " + " ".join(
                filter(None, [f"{kind}:", called, where or code(change.place.file)])
            )
        case Fact(place=place, before=before, after=after):
            yield f"- {where}"
            for locale in dict.fromkeys([*after, *before]):
                line = _fact(locale, place, before.get(locale), after.get(locale))
                yield f"  - {locale}: {line}"
        case Rewording(before=before, after=after, label=label):
            yield f"- {where}"
            yield from _reworded(before, after, label)
        case Setting(before=before, after=after):
            if before is None or after is None:
                value = shown(before or after or "")
                yield f"- {where}: {value if before is None else f'<del>{value}</del>'}"
            else:
                yield f"- {where}: {_words(before, after)}"


def _fact(locale: str, place: Place, before: Stated | None, after: Stated | None) -> str:
    """One number in one language: what it was, what it is, and how much more that is."""
    there = after or before
    assert there is not None
    owner = dict(place.name).get(locale, "")
    head = " · ".join(shown(one) for one in (owner, there.label) if one)
    source = _SOURCE.get(locale, "source")
    if before is None or after is None:
        parts = [shown(there.text) or "–", shown(there.basis), f"{source} {shown(there.source)}"]
        line = f"{head}: {', '.join(filter(None, parts))}"
        return line if after else f"<del>{line}</del>"
    parts = [
        _step(before.text, after.text) + _share(before, after),
        _step(before.basis, after.basis),
        f"{source} {_step(before.source, after.source)}",
    ]
    if before.label != after.label:
        head = " · ".join(filter(None, [shown(owner), _step(before.label, after.label)]))
    return f"{head}: {', '.join(filter(None, parts))}"


def _step(before: str, after: str) -> str:
    if before == after:
        return shown(after)
    return f"{shown(before) or '–'} → **{shown(after) or '–'}**"


def _share(before: Stated, after: Stated) -> str:
    """By how much a number changed, in percent of the former one: ` (+3.6 %)`."""
    old, new = before.value, after.value
    comparable = before.unit == after.unit and after.counts not in _NO_SHARE
    if not comparable or not old or new is None or old == new:
        return ""
    percent = ((new - old) / abs(old) * 100).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    if abs(percent) >= 1000:
        return f" (× {(new / old).quantize(Decimal(1), ROUND_HALF_EVEN):,})"
    return f" ({'+' if percent >= 0 else '−'}{abs(percent):,} %)"


def _reworded(before: Texts, after: Texts, label: Texts) -> Iterator[str]:
    for locale in dict.fromkeys([*after, *before]):
        head = f"  - {locale}: " + (f"{shown(label[locale])}: " if label.get(locale) else "")
        old, new = before.get(locale), after.get(locale)
        if old is None or new is None:
            for line in (old or new or "").split("\n"):
                if line.strip():
                    yield head + (shown(line) if old is None else f"<del>{shown(line)}</del>")
        elif old == new:
            lines = len(new.split("\n"))
            # Of a long text it does not help to see how it begins.
            yield f"{head}(그대로 / unchanged) {shown(_cut(new)) if lines == 1 else ''}".rstrip()
        else:
            for line in _lines(old, new):
                yield head + line


def _lines(before: str, after: str) -> Iterator[str]:
    """The lines that are different, each with its words marked."""
    old, new = before.split("\n"), after.split("\n")
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for one, other in zip_longest(old[i:j], new[k:m], fillvalue=""):
                if one.strip() or other.strip():
                    yield _words(one, other)


def _words(before: str, after: str) -> str:
    """One line before and after, by word; of what stays, only the words around are shown."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _COMPARABLE:
        return f"<del>{shown(_cut(before))}</del> <ins>{shown(_cut(after))}</ins>"
    parts = []
    runs = list(_runs(old, new))
    for number, (gone, come) in enumerate(runs):
        if gone == come:
            parts.append(_around(come, number == 0, number == len(runs) - 1))
        else:
            parts.append(_marked("del", gone) + _marked("ins", come))
    return "".join(parts).strip()


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Runs of words that stay, the same twice, and runs that change, in turn.

    A space alone does not part two changes.
    """
    gone: list[str] = []
    come: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        kept = tag == "equal" and ("".join(new[k:m]).strip() or not (gone or come))
        if kept and (gone or come):
            yield gone, come
            gone, come = [], []
        if kept:
            yield list(new[k:m]), list(new[k:m])
        else:
            gone += old[i:j]
            come += new[k:m]
    if gone or come:
        yield gone, come


def _around(words: Sequence[str], first: bool, last: bool) -> str:
    """Unchanged words, without those far from a change."""
    if len(words) <= (_AROUND if first or last else 2 * _AROUND) + 1:
        return _spaced(words)
    head = "" if first else _spaced(words[:_AROUND]).rstrip() + " "
    tail = "" if last else " " + _spaced(words[-_AROUND:]).lstrip()
    return f"{head}…{tail}"


def _marked(tag: str, words: Sequence[str]) -> str:
    return f"<{tag}>{_spaced(words)}</{tag}>" if words else ""


def _spaced(words: Sequence[str]) -> str:
    """Words as they are shown, with a space kept at either end."""
    text = "".join(words)
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and text.strip() else ""
    return lead + shown(text) + trail


def _cut(text: str) -> str:
    words = _WORD.findall(text)
    return text if len(words) <= _BEGINNING else "".join(words[:_BEGINNING]) + " …"


def _pages(pages: Sequence[tuple[Kind, str, str]]) -> Iterator[str]:
    items = [(kind, f"{code(f'/{url}')} {shown(title)}") for kind, url, title in pages]
    yield from _list("쪽", "Pages", items)


def _list(ko: str, en: str, items: Sequence[tuple[Kind, str]]) -> Iterator[str]:
    """A section that can be folded, its items by what happens to them."""
    if not items:
        return
    yield ""
    yield f"<details><summary>{ko} {len(items)} / {en} {len(items)}</summary>"
    yield ""
    for kind, name in _KINDS.items():
        for item in [item for own, item in items if own == kind]:
            yield f"- {name}: {item}"
    yield ""
    yield "</details>"


def kinds(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[tuple[Kind, str]]:
    """What became of each name, in the order of the later state; those that stay are left out."""
    for name in dict.fromkeys([*after, *before]):
        if name not in before:
            yield "added", name
        elif name not in after:
            yield "removed", name
        elif before[name] != after[name]:
            yield "changed", name
