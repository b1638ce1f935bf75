"""Two states of the publication -> what is different: facts, texts, entries, other values.

Pure. Both states are whole and valid. A place is named as in its file: `industries.quantum.name`;
an entry of a list without ids by its number from 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, TypeGuard, get_args

from brochure.localize.edition import Alliance, City, Dossier, Edition, Figure, Table
from brochure.model import records as model

# What one language says, by locale; empty where there is nothing.
Texts = Mapping[str, str]
# How entries of a list are told apart where they have one of these, and it is theirs alone.
_KEYS = ("id", "indicator")
# What an entry is called.
_NAMES = ("name", "title", "label")


@dataclass(frozen=True)
class Stated:
    """A number as one language states it. `text` has its unit, `basis` its base and year."""

    label: str
    text: str
    basis: str
    source: str
    value: Decimal | None
    unit: str
    counts: str


@dataclass(frozen=True)
class Place:
    """Where a value stands: its file, what that file is about in each language, and its key."""

    file: str
    name: tuple[tuple[str, str], ...]
    key: str = ""

    def at(self, part: str | int) -> Place:
        """The place of an entry: of a mapping by its key, of a list by its number."""
        step = f"[{part}]" if isinstance(part, int) else f".{part}" if self.key else part
        return Place(self.file, self.name, self.key + step)


@dataclass(frozen=True)
class Fact:
    """A number that changed, in every language; without `before` it is new, else gone."""

    place: Place
    before: Mapping[str, Stated]
    after: Mapping[str, Stated]


@dataclass(frozen=True)
class Rewording:
    """A text that changed in some language; `label` says of which cell of a table."""

    place: Place
    before: Texts
    after: Texts
    label: Texts

    @property
    def stale(self) -> tuple[list[str], list[str]]:
        """The languages that changed and those that did not, where there are both."""
        both = [locale for locale in self.after if locale in self.before]
        same = [one for one in both if self.before[one].split() == self.after[one].split()]
        changed = [one for one in both if one not in same]
        return (changed, same) if changed and same else ([], [])


@dataclass(frozen=True)
class Entry:
    """An entry of a list or mapping, or a whole file, that is new or gone. What it says follows."""

    place: Place
    name: Texts
    added: bool


@dataclass(frozen=True)
class Setting:
    """Anything else: a name, a date, an order; None where there is no value."""

    place: Place
    before: str | None
    after: str | None


Change = Fact | Rewording | Entry | Setting


def changes(
    before: model.Catalog,
    after: model.Catalog,
    former: Sequence[Edition],
    present: Sequence[Edition],
) -> list[Change]:
    """Everything that is different, by file and within it in the order of the file.

    `former` and `present` are the editions of the two catalogs in all their languages.
    """
    locales = {*before.settings.locales, *after.settings.locales}
    old, new = _files(before), _files(after)
    told: list[Change] = []
    for file in sorted({*old, *new}):
        name = _named(new.get(file, old.get(file)), locales)
        walk = _Walk(locales, _stated(file, former), _stated(file, present))
        place = Place(file, tuple(name.items()))
        told += walk.compared(place, old.get(file), new.get(file))
    return told


def _files(catalog: model.Catalog) -> dict[str, Any]:
    """All that a catalog states by file; the languages of a narrative count as one file."""
    files: dict[str, Any] = {
        "data/alliance.yaml": catalog.alliance,
        "data/indicators.yaml": catalog.vocabulary,
        "data/industries.yaml": dict(catalog.industries),
        "data/print.yaml": catalog.press,
        "data/sources.yaml": dict(catalog.sources),
        "mkdocs.yml": {
            "site_url": catalog.settings.site_url,
            "edit": catalog.settings.repository,
            "languages": list(catalog.settings.locales),
        },
    }
    files |= {f"data/cities/{name}.yaml": city for name, city in catalog.cities.items()}
    files |= {f"data/dossiers/{name}.yaml": one for name, one in catalog.dossiers.items()}
    files |= {
        f"data/photos/{name}": f"{len(raw):,} B, SHA-256 {hashlib.sha256(raw).hexdigest()[:12]}"
        for name, raw in catalog.photos.items()
    }
    words = {key for one in catalog.words.values() for key in one}
    files["data/locales"] = {
        key: {locale: one[key] for locale, one in catalog.words.items() if key in one}
        for key in sorted(words)
    }
    for page in sorted({page for page, _ in catalog.narratives}):
        versions = {
            locale: catalog.narratives[page, locale]
            for locale in catalog.settings.locales
            if (page, locale) in catalog.narratives
        }
        files[f"content/{page}.md"] = {
            "title": {locale: one.front.title for locale, one in versions.items()},
            "description": {locale: one.front.description for locale, one in versions.items()},
            "source": next(iter(versions.values())).front.source,
            "body": {locale: one.body.strip() for locale, one in versions.items()},
        }
    return files


@dataclass(frozen=True)
class _Numbers:
    """The figures and tables of a file in every language of one state."""

    figures: Mapping[str, Mapping[str, Figure]]
    tables: Mapping[str, Mapping[str, Table]]

    def stated(self, name: str) -> dict[str, Stated]:
        """The figure `name`, where there is one."""
        return {
            locale: Stated(
                figure.label,
                figure.text,
                figure.basis,
                figure.source.title,
                figure.value,
                figure.unit,
                figure.counts,
            )
            for locale, figures in self.figures.items()
            if (figure := figures.get(name))
        }

    def cell(self, name: str, row: str, column: str) -> dict[str, Stated]:
        """A cell of the table `name`, as it is printed."""
        found = {}
        for locale, tables in self.tables.items():
            table = tables[name]
            line = next(one for one in table.rows if one.id == row)
            for head, cell in zip(table.columns, line.cells, strict=True):
                if head.id == column:
                    label = f"{table.title} · {line.heading} · {head.label}"
                    found[locale] = Stated(
                        label,
                        "\n".join(cell.lines),
                        head.basis,
                        table.source.title,
                        cell.value,
                        "",
                        "",
                    )
            # The first column of a table heads its rows where no list of terms does.
            found.setdefault(
                locale, Stated(table.title, line.heading, "", table.source.title, None, "", "")
            )
        return found


def _stated(file: str, editions: Sequence[Edition]) -> _Numbers:
    """The numbers of a file as editions state them."""
    figures: dict[str, Mapping[str, Figure]] = {}
    tables: dict[str, Mapping[str, Table]] = {}
    for edition in editions:
        holders: dict[str, Alliance | City | Dossier] = {"data/alliance.yaml": edition.alliance}
        holders |= {f"data/cities/{one.id}.yaml": one for one in edition.cities}
        holders |= {f"data/dossiers/{one.id}.yaml": one for one in edition.dossiers}
        holder = holders.get(file)
        if holder is not None:
            figures[edition.locale] = holder.figures
        if isinstance(holder, Dossier):
            tables[edition.locale] = {
                name: block
                for (_, name), block in holder.blocks.items()
                if isinstance(block, Table)
            }
    return _Numbers(figures, tables)


def _named(value: Any, locales: set[str]) -> dict[str, str]:
    """What an entry is called in each language, or nothing."""
    named = value if isinstance(value, Mapping) else getattr(value, "__dict__", {})
    texts = [*(named.get(name) for name in _NAMES), value]
    return next((dict(text) for text in texts if _is_text(text, locales)), {})


def _is_text(value: Any, locales: set[str]) -> TypeGuard[Mapping[str, str]]:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and set(value) <= locales
        and all(isinstance(one, str) for one in value.values())
    )


def _same(before: Any, after: Any) -> bool:
    """Whether two values are stated alike: 0.90 is not 0.9, and another order is another."""
    return before == after and repr(before) == repr(after)


@dataclass(frozen=True)
class _Walk:
    """Goes through the two states of a file side by side."""

    locales: set[str]
    former: _Numbers
    present: _Numbers

    def compared(self, place: Place, before: Any, after: Any) -> Iterator[Change]:
        """What is different between two values at the same place; None is no value."""
        if _same(before, after):
            return
        there = after if before is None else before
        if isinstance(there, model.Figure):
            yield from self._fact(place, before, after)
        elif _is_text(there, self.locales) and (after is None or _is_text(after, self.locales)):
            yield Rewording(place, before or {}, after or {}, {})
        elif isinstance(there, get_args(_Container)) and (
            before is None or after is None or _alike(before, after)
        ):
            yield from self._entries(place, before, after)
        else:
            yield Setting(place, _shown(before), _shown(after))

    def _fact(
        self, place: Place, before: model.Figure | None, after: model.Figure | None
    ) -> Iterator[Change]:
        name = place.key.rpartition(".")[2]
        old = self.former.stated(name) if before else {}
        new = self.present.stated(name) if after else {}
        told = old != new
        if told:
            yield Fact(place, old, new)
        if before is None or after is None:
            return
        # What the number's statement does not show, and texts, whose languages may part.
        for field in model.Figure.model_fields:
            if field in ("indicator", "label", "place", "notes") or not told:
                yield from self._within(
                    place.at(field), getattr(before, field), getattr(after, field)
                )

    def _entries(self, place: Place, before: Any, after: Any) -> Iterator[Change]:
        """What is different within two records, mappings or lists."""
        there = after if before is None else before
        if before is None or after is None:
            yield Entry(place, _named(there, self.locales), before is None)
        if isinstance(there, model.Table):
            yield from self._table(place, before, after)
        elif isinstance(there, model.Record):
            yield from self._fields(place, before, after)
        elif isinstance(there, Mapping):
            yield from self._order(place, before, after)
            for name, old, new in _by_key(before or {}, after or {}):
                yield from self._within(place.at(name), old, new)
        else:
            yield from self._order(place, before, after)
            for number, old, new in _paired(before or [], after or []):
                yield from self._within(place.at(number), old, new)

    def _fields(
        self, place: Place, before: model.Record | None, after: model.Record | None
    ) -> Iterator[Change]:
        record = before or after
        assert record is not None
        for name, field in type(record).model_fields.items():
            if name in _KEYS and (before is None or after is None):
                # The place of an entry says it.
                continue
            missing = None if field.is_required() else field.default
            yield from self._within(
                place.at(name), getattr(before, name, missing), getattr(after, name, missing)
            )

    def _within(self, place: Place, before: Any, after: Any) -> Iterator[Change]:
        """The same; a list or mapping that comes or goes whole is told by its entries."""
        there = after if before is None else before
        if isinstance(there, list | Mapping) and not _is_text(there, self.locales):
            empty: Any = [] if isinstance(there, list) else {}
            before = empty if before is None else before
            after = empty if after is None else after
        yield from self.compared(place, before, after)

    def _order(self, place: Place, before: Any, after: Any) -> Iterator[Change]:
        """Another order of the entries that both have."""
        if before is None or after is None:
            return
        old, new = _names(before), _names(after)
        kept = [name for name in old if name in new]
        if kept != [name for name in new if name in old]:
            yield Setting(place, ", ".join(old), ", ".join(new))

    def _table(
        self, place: Place, before: model.Table | None, after: model.Table | None
    ) -> Iterator[Change]:
        """A table's rows are told as they are printed."""
        for name in model.Table.model_fields:
            old, new = getattr(before, name, None), getattr(after, name, None)
            if name != "rows":
                yield from self._within(place.at(name), old, new)
                continue
            rows = place.at("rows")
            if before and after:
                yield from self._order(rows, old, new)
            for row, was, now in _by_key(old or {}, new or {}):
                if before and after and (was is None or now is None):
                    yield Entry(rows.at(row), self._heading(place, row, now is not None), not was)
                for column, cell, other in _by_key(was or {}, now or {}):
                    if not _same(cell, other):
                        old_row, new_row = column in (was or {}), column in (now or {})
                        yield self._cell(rows.at(row).at(column), old_row, new_row)

    def _heading(self, place: Place, row: str, present: bool) -> Texts:
        table = place.key.rpartition(".")[2]
        tables = (self.present if present else self.former).tables
        return {
            locale: line.heading
            for locale, own in tables.items()
            for line in own[table].rows
            if line.id == row
        }

    def _cell(self, place: Place, was: bool, now: bool) -> Change:
        """A cell of a table, which stood or stands there."""
        _, table, _, row, column = place.key.split(".")
        old = self.former.cell(table, row, column) if was else {}
        new = self.present.cell(table, row, column) if now else {}
        if any(stated.value is not None for stated in [*old.values(), *new.values()]):
            return Fact(place, old, new)
        label = {locale: one.label for locale, one in (new or old).items()}
        return Rewording(place, _texts(old), _texts(new), label)


def _texts(stated: Mapping[str, Stated]) -> dict[str, str]:
    return {locale: one.text for locale, one in stated.items()}


_Container = model.Record | Mapping | list  # type: ignore[type-arg]


def _alike(before: Any, after: Any) -> bool:
    """Whether two containers can be held against each other entry by entry."""
    if isinstance(before, list) and isinstance(after, list):
        return any(isinstance(one, model.Record | Mapping) for one in [*before, *after])
    return isinstance(after, type(before))


def _by_key(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """The entries of two mappings by key, in the order of the later one; gone ones last."""
    for name in dict.fromkeys([*after, *before]):
        yield name, before.get(name), after.get(name)


def _key(entry: Any) -> str | None:
    """What tells an entry from the others of its list, where it has an id."""
    return next((str(getattr(entry, name)) for name in _KEYS if hasattr(entry, name)), None)


def _names(entries: Any) -> list[str]:
    """The keys of a mapping, or of a list whose entries have different ids; else nothing."""
    if isinstance(entries, Mapping):
        return list(entries)
    keys = [_key(one) for one in entries]
    return [key for key in keys if key] if None not in keys and len(set(keys)) == len(keys) else []


def _paired(before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[str | int, Any, Any]]:
    """The entries of two lists that are meant to be the same ones, in the order of the later.

    By their ids where all have one; else by their names, and where names changed, by position.
    """
    old, new = _names(before), _names(after)
    if (old or not before) and (new or not after):
        earlier, later = (dict(zip(*one, strict=True)) for one in ((old, before), (new, after)))
        yield from _by_key(earlier, later)
        return
    heads, others = ([_head(one) for one in entries] for entries in (before, after))
    for tag, i, j, k, m in SequenceMatcher(None, heads, others, autojunk=False).get_opcodes():
        pairs = zip_longest(range(i, j), range(k, m))
        for first, second in pairs:
            number = first if second is None else second
            assert number is not None, tag
            yield (
                number + 1,
                None if first is None else before[first],
                None if second is None else after[second],
            )


def _head(entry: Any) -> str:
    """What an entry begins with: its name or title, or all of it."""
    return next(
        (repr(getattr(entry, name)) for name in _NAMES if hasattr(entry, name)), repr(entry)
    )


def _shown(value: Any) -> str | None:
    """A value as it stands in its file."""
    if value is None:
        return None
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
