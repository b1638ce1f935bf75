"""Changes -> Markdown for a reviewer on GitHub, in the languages of those who read it.

Pure, and the same bytes for the same changes. Text from data and narratives stays
text: it makes no link, no mention, no picture, no HTML (see `plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import Literal

from brochure.base.message import Message, joined, lines
from brochure.base.message import languages as known_languages
from brochure.base.problem import Problem
from brochure.review.compare import (
    Change,
    ChangePlace,
    EntryChange,
    FigureChange,
    FigureText,
    TextChange,
    Texts,
    ValueChange,
)

Kind = Literal["changed", "added", "removed"]

_KINDS: dict[Kind, Message] = {
    "changed": Message("change.changed"),
    "added": Message("change.added"),
    "removed": Message("change.removed"),
}
# For figures that count these, a difference in percent means nothing: a year is not 3 % later.
_NO_SHARE = ("ranks", "years", "editions", "share")

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
    """The published pages (address, title) and brochures, and the other files, that change."""

    pages: Sequence[tuple[Kind, str, str]]
    brochures: Sequence[tuple[Kind, str]]
    files: Sequence[tuple[Kind, str]]


def plain(text: str) -> str:
    """A text from data as Markdown that shows just that, in one line.

    By CommonMark a backslash takes the meaning from any mark; what GitHub does with the finished
    text is broken by a space of no width (https://github.github.com/gfm/#autolinks-extension-).
    """
    line = _LINKED.sub(lambda match: match[0] + _BREAK, " ".join(text.split()))
    return _MARKED.sub(lambda match: _MARKS[match[0]], line)


def code(text: str) -> str:
    """A path or key as Markdown; within a code span only a backtick means something."""
    return "`" + " ".join(text.split()).replace("`", "'") + "`"


def change_report(
    changes: Sequence[Change], published: PublishedChanges, languages: Sequence[str]
) -> str:
    """A change as Markdown, in the languages of its readers."""
    parts = [
        _summary(changes, published, languages),
        *_stale([change for change in changes if isinstance(change, TextChange)], languages),
    ]
    for place, group in groupby(changes, key=lambda change: (change.place.file, change.place.name)):
        parts += ["", f"### {_heading(*place)}", ""]
        for change in group:
            parts += _items(change, languages)
    pages = [(kind, f"{code(f'/{url}')} {plain(title)}") for kind, url, title in published.pages]
    brochures = [(kind, code(f"{name}.pdf")) for kind, name in published.brochures]
    files = [(kind, code(name)) for kind, name in published.files]
    parts += _section(Message("change.pages-section", count=len(pages)), pages, languages)
    parts += _section(
        Message("change.brochures-section", count=len(brochures)), brochures, languages
    )
    parts += _section(Message("change.files-section", count=len(files)), files, languages)
    return "\n".join(parts) + "\n"


def refusal(title: Message, problems: Sequence[Problem], languages: Sequence[str]) -> str:
    """The reasons why there is nothing to compare, as Markdown: each problem with its place."""
    parts = [f"## {joined(title, languages)}", ""]
    for problem in problems:
        parts.append(f"- {code(f'{problem.file}:{problem.line}:{problem.column}')}")
        parts += [f"  - {plain(text)}" for text in lines(problem.message, languages)]
    return "\n".join(parts) + "\n"


def _summary(
    changes: Sequence[Change], published: PublishedChanges, languages: Sequence[str]
) -> str:
    title = f"## {joined(Message('change.title'), languages)}\n\n"
    if not changes and not any((published.pages, published.brochures, published.files)):
        return title + joined(Message("change.nothing"), languages)
    added = [change.added for change in changes if isinstance(change, EntryChange)]
    figures, texts, values = (
        sum(isinstance(change, kind) for change in changes)
        for kind in (FigureChange, TextChange, ValueChange)
    )
    counts = [
        Message("change.figures", count=figures),
        Message("change.texts", count=texts),
        Message("change.entries-added", count=sum(added)),
        Message("change.entries-removed", count=len(added) - sum(added)),
        Message("change.values", count=values),
        Message("change.pages", count=len(published.pages)),
        Message("change.brochures", count=len(published.brochures)),
    ]
    given = [message for message in counts if dict(message.parameters)["count"]]
    rows = (" · ".join(message.text(language) for message in given) for language in languages)
    return title + "  \n".join(dict.fromkeys(rows)) if given else title.rstrip()


def _stale(changes: Sequence[TextChange], languages: Sequence[str]) -> Iterator[str]:
    """Yield the texts of which one language changed and another did not."""
    stale = [change for change in changes if change.stale[0]]
    if not stale:
        return
    yield ""
    yield f"### ⚠️ {joined(Message('change.stale-title'), languages)}"
    yield ""
    yield "  \n".join(lines(Message("change.stale-introduction"), languages))
    yield ""
    for change in stale:
        changed, same = (", ".join(names) for names in change.stale)
        where = code(f"{change.place.file}: {change.place.key}")
        yield (
            f"- {where} – {joined(_KINDS['changed'], languages)}: {changed}; "
            f"{joined(Message('change.same'), languages)}: {same}"
        )


def _heading(file: str, names: tuple[tuple[str, str], ...]) -> str:
    named = " · ".join(dict.fromkeys(plain(name) for _, name in names))
    return f"{named} – {code(file)}" if named else code(file)


def _items(change: Change, languages: Sequence[str]) -> Iterator[str]:
    """A change as items of a list."""
    where = code(change.place.key) if change.place.key else ""
    match change:
        case EntryChange(name=name, added=added):
            called = " · ".join(dict.fromkeys(f"**{plain(text)}**" for text in name.values()))
            kind = joined(_KINDS["added" if added else "removed"], languages)
            yield "- " + " ".join(
                filter(None, [f"{kind}:", called, where or code(change.place.file)])
            )
        case FigureChange(place=place, before=before, after=after):
            yield f"- {where}"
            for locale in dict.fromkeys([*after, *before]):
                line = _figure(locale, languages, place, before.get(locale), after.get(locale))
                yield f"  - {locale}: {line}"
        case TextChange(before=before, after=after, label=label):
            yield f"- {where}"
            yield from _texts(before, after, label, languages)
        case ValueChange(before=before, after=after):
            old, new = _value(before, languages), _value(after, languages)
            if old is None or new is None:
                value = plain(old or new or "")
                yield f"- {where}: {value if old is None else f'<del>{value}</del>'}"
            else:
                yield f"- {where}: {_words(old, new)}"


def _value(value: str | Message | None, languages: Sequence[str]) -> str | None:
    return joined(value, languages) if isinstance(value, Message) else value


def _figure(
    locale: str,
    languages: Sequence[str],
    place: ChangePlace,
    before: FigureText | None,
    after: FigureText | None,
) -> str:
    """A number in one language of the publication: before, after, and the difference.

    The words around it are in that language too, or else in that of the first reader.
    """
    there = after or before
    assert there is not None
    language = locale if locale in known_languages() else languages[0]
    owner = dict(place.name).get(locale, "")
    head = " · ".join(plain(text) for text in (owner, there.label) if text)

    def source(title: str) -> str:
        return Message("change.source", title=title).text(language)

    if before is None or after is None:
        parts = [plain(there.text) or "–", plain(there.basis), source(plain(there.source))]
        line = f"{head}: {', '.join(filter(None, parts))}"
        return line if after else f"<del>{line}</del>"
    parts = [
        _step(before.text, after.text) + _share(before, after, language),
        _step(before.basis, after.basis),
        source(_step(before.source, after.source)),
    ]
    if before.label != after.label:
        head = " · ".join(filter(None, [plain(owner), _step(before.label, after.label)]))
    return f"{head}: {', '.join(filter(None, parts))}"


def _step(before: str, after: str) -> str:
    if before == after:
        return plain(after)
    return f"{plain(before) or '–'} → **{plain(after) or '–'}**"


def _share(before: FigureText, after: FigureText, language: str) -> str:
    """The difference in percent of the former number, or, if it is large, as a factor."""
    old, new = before.value, after.value
    comparable = before.unit == after.unit and after.counts not in _NO_SHARE
    if not comparable or not old or new is None or old == new:
        return ""
    percent = ((new - old) / abs(old) * 100).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    if abs(percent) >= 1000:
        factor = (new / old).quantize(Decimal(1), ROUND_HALF_EVEN)
        message = Message("change.factor", factor=factor)
    else:
        sign = "+" if percent >= 0 else "−"
        message = Message("change.percent", sign=sign, percent=abs(percent))
    return f" ({message.text(language)})"


def _texts(before: Texts, after: Texts, label: Texts, languages: Sequence[str]) -> Iterator[str]:
    for locale in dict.fromkeys([*after, *before]):
        head = f"  - {locale}: " + (f"{plain(label[locale])}: " if label.get(locale) else "")
        old, new = before.get(locale), after.get(locale)
        if old is None or new is None:
            for line in (old or new or "").split("\n"):
                if line.strip():
                    yield head + (plain(line) if old is None else f"<del>{plain(line)}</del>")
        elif old == new:
            # The beginning of a long text would not help.
            text = plain(_cut(new)) if "\n" not in new else ""
            yield f"{head}({joined(Message('change.same'), languages)}) {text}".rstrip()
        else:
            for line in _lines(old, new):
                yield head + line


def _lines(before: str, after: str) -> Iterator[str]:
    """Yield the lines that are different, each with its words marked."""
    old, new = before.split("\n"), after.split("\n")
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for line, other in zip_longest(old[i:j], new[k:m], fillvalue=""):
                if line.strip() or other.strip():
                    yield _words(line, other)


def _words(before: str, after: str) -> str:
    """One line before and after, by word; of what stays, only the words around are shown."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _COMPARABLE:
        return f"<del>{plain(_cut(before))}</del> <ins>{plain(_cut(after))}</ins>"
    parts = []
    runs = list(_runs(old, new))
    for number, (gone, come) in enumerate(runs):
        if gone == come:
            parts.append(_around(come, number == 0, number == len(runs) - 1))
        else:
            parts.append(_marked("del", gone) + _marked("ins", come))
    return "".join(parts).strip()


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield runs of words that stay, the same twice, and runs that change, in turn.

    A space alone does not part two changes.
    """
    gone: list[str] = []
    come: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        unchanged = tag == "equal" and ("".join(new[k:m]).strip() or not (gone or come))
        if unchanged and (gone or come):
            yield gone, come
            gone, come = [], []
        if unchanged:
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
    return lead + plain(text) + trail


def _cut(text: str) -> str:
    words = _WORD.findall(text)
    return text if len(words) <= _BEGINNING else "".join(words[:_BEGINNING]) + " …"


def _section(
    title: Message, items: Sequence[tuple[Kind, str]], languages: Sequence[str]
) -> Iterator[str]:
    """A section that can be folded, its items by what happens to them."""
    if not items:
        return
    yield ""
    yield f"<details><summary>{joined(title, languages)}</summary>"
    yield ""
    for kind, name in _KINDS.items():
        for item in [item for own, item in items if own == kind]:
            yield f"- {joined(name, languages)}: {item}"
    yield ""
    yield "</details>"


def kinds(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[tuple[Kind, str]]:
    """Yield the names that differ with the kind of change, in the order of the later state."""
    for name in dict.fromkeys([*after, *before]):
        if name not in before:
            yield "added", name
        elif name not in after:
            yield "removed", name
        elif before[name] != after[name]:
            yield "changed", name
