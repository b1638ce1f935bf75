"""The differences between two states of the publication: figures, texts, entries, other values.

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

from brochure.base.message import Message
from brochure.localize.edition import Alliance, City, Dossier, Edition, Figure, Table
from brochure.model import records as model

# A text by language; empty where there is none.
Texts = Mapping[str, str]
# The fields that identify an entry of a list, where no other entry has the same.
_KEYS = ("id", "indicator")
# The fields with the name of an entry.
_NAMES = ("name", "title", "label")


@dataclass(frozen=True)
class FigureText:
    """A number as one language states it. `text` has its unit, `basis` its base and year."""

    label: str
    text: str
    basis: str
    source: str
    value: Decimal | None
    unit: str
    counts: str


@dataclass(frozen=True)
class ChangePlace:
    """The place of a value: its file, the name of the file's subject by language, and its key."""

    file: str
    name: tuple[tuple[str, str], ...]
    key: str = ""

    def at(self, part: str | int) -> ChangePlace:
        """The place of an entry: of a mapping by its key, of a list by its number."""
        step = f"[{part}]" if isinstance(part, int) else f".{part}" if self.key else part
        return ChangePlace(self.file, self.name, self.key + step)


@dataclass(frozen=True)
class FigureChange:
    """A number that changed, in every language; without `before` it is new, else gone."""

    place: ChangePlace
    before: Mapping[str, FigureText]
    after: Mapping[str, FigureText]


@dataclass(frozen=True)
class TextChange:
    """A text that changed in some language; `label` says of which cell of a table."""

    place: ChangePlace
    before: Texts
    after: Texts
    label: Texts

    @property
    def stale(self) -> tuple[list[str], list[str]]:
        """The languages that changed and those that did not, where there are both."""
        both = [locale for locale in self.after if locale in self.before]
        same = [
            locale for locale in both if self.before[locale].split() == self.after[locale].split()
        ]
        changed = [locale for locale in both if locale not in same]
        return (changed, same) if changed and same else ([], [])


@dataclass(frozen=True)
class EntryChange:
    """An entry of a list or mapping, or a whole file, that is new or gone; its content follows."""

    place: ChangePlace
    name: Texts
    added: bool


@dataclass(frozen=True)
class ValueChange:
    """Anything else: a name, a date, an order, a photograph; None where there is no value."""

    place: ChangePlace
    before: str | Message | None
    after: str | Message | None


Change = FigureChange | TextChange | EntryChange | ValueChange


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
    differences: list[Change] = []
    for file in sorted({*old, *new}):
        name = _named(new.get(file, old.get(file)), locales)
        walk = _Walk(locales, _figure_texts(file, former), _figure_texts(file, present))
        place = ChangePlace(file, tuple(name.items()))
        differences += walk.compared(place, old.get(file), new.get(file))
    return differences


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
    files |= {f"data/dossiers/{name}.yaml": dossier for name, dossier in catalog.dossiers.items()}
    files |= {
        f"data/photos/{name}": Message(
            "change.photo", size=len(raw), digest=hashlib.sha256(raw).hexdigest()[:12]
        )
        for name, raw in catalog.photos.items()
    }
    words = {key for own in catalog.words.values() for key in own}
    files["data/locales"] = {
        key: {locale: own[key] for locale, own in catalog.words.items() if key in own}
        for key in sorted(words)
    }
    for page in sorted({page for page, _ in catalog.narratives}):
        versions = {
            locale: catalog.narratives[page, locale]
            for locale in catalog.settings.locales
            if (page, locale) in catalog.narratives
        }
        files[f"content/{page}.md"] = {
            "title": {locale: version.front.title for locale, version in versions.items()},
            "description": {
                locale: version.front.description for locale, version in versions.items()
            },
            "source": next(iter(versions.values())).front.source,
            "body": {locale: version.body.strip() for locale, version in versions.items()},
        }
    return files


@dataclass(frozen=True)
class _FigureTexts:
    """The figures and tables of a file in every language of one state."""

    figures: Mapping[str, Mapping[str, Figure]]
    tables: Mapping[str, Mapping[str, Table]]

    def of(self, name: str) -> dict[str, FigureText]:
        """The figure `name`, where there is one."""
        return {
            locale: FigureText(
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

    def cell(self, name: str, row: str, column: str) -> dict[str, FigureText]:
        """A cell of the table `name`, as it is printed."""
        texts = {}
        for locale, tables in self.tables.items():
            table = tables[name]
            line = next(line for line in table.rows if line.id == row)
            for head, cell in zip(table.columns, line.cells, strict=True):
                if head.id == column:
                    label = f"{table.title} · {line.heading} · {head.label}"
                    texts[locale] = FigureText(
                        label,
                        "\n".join(cell.lines),
                        head.basis,
                        table.source.title,
                        cell.value,
                        "",
                        "",
                    )
            # The first column of a table heads its rows where no list of terms does.
            texts.setdefault(
                locale, FigureText(table.title, line.heading, "", table.source.title, None, "", "")
            )
        return texts


def _figure_texts(file: str, editions: Sequence[Edition]) -> _FigureTexts:
    """The texts of a file's figures and tables in these editions."""
    figures: dict[str, Mapping[str, Figure]] = {}
    tables: dict[str, Mapping[str, Table]] = {}
    for edition in editions:
        holders: dict[str, Alliance | City | Dossier] = {"data/alliance.yaml": edition.alliance}
        holders |= {f"data/cities/{city.id}.yaml": city for city in edition.cities}
        holders |= {f"data/dossiers/{dossier.id}.yaml": dossier for dossier in edition.dossiers}
        holder = holders.get(file)
        if holder is not None:
            figures[edition.locale] = holder.figures
        if isinstance(holder, Dossier):
            tables[edition.locale] = {
                name: block
                for (_, name), block in holder.blocks.items()
                if isinstance(block, Table)
            }
    return _FigureTexts(figures, tables)


def _named(value: Any, locales: set[str]) -> dict[str, str]:
    """The name of an entry in each language, or nothing."""
    named = value if isinstance(value, Mapping) else getattr(value, "__dict__", {})
    texts = [*(named.get(name) for name in _NAMES), value]
    return next((dict(text) for text in texts if _is_text(text, locales)), {})


def _is_text(value: Any, locales: set[str]) -> TypeGuard[Mapping[str, str]]:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and set(value) <= locales
        and all(isinstance(text, str) for text in value.values())
    )


def _same(before: Any, after: Any) -> bool:
    """Whether two values are stated alike: 0.90 is not 0.9, and another order is another."""
    return before == after and repr(before) == repr(after)


@dataclass(frozen=True)
class _Walk:
    """Goes through the two states of a file side by side."""

    locales: set[str]
    former: _FigureTexts
    present: _FigureTexts

    def compared(self, place: ChangePlace, before: Any, after: Any) -> Iterator[Change]:
        """Yield the differences between two values at the same place; None is no value."""
        if _same(before, after):
            return
        there = after if before is None else before
        if isinstance(there, model.Figure):
            yield from self._fact(place, before, after)
        elif _is_text(there, self.locales) and (after is None or _is_text(after, self.locales)):
            yield TextChange(place, before or {}, after or {}, {})
        elif isinstance(there, get_args(_Container)) and (
            before is None or after is None or _alike(before, after)
        ):
            yield from self._entries(place, before, after)
        else:
            yield ValueChange(place, _shown(before), _shown(after))

    def _fact(
        self, place: ChangePlace, before: model.Figure | None, after: model.Figure | None
    ) -> Iterator[Change]:
        name = place.key.rpartition(".")[2]
        old = self.former.of(name) if before else {}
        new = self.present.of(name) if after else {}
        differs = old != new
        if differs:
            yield FigureChange(place, old, new)
        if before is None or after is None:
            return
        # What a figure's text does not show, and texts, of which one language may change alone.
        for field in model.Figure.model_fields:
            if field in ("indicator", "label", "place", "notes") or not differs:
                yield from self._within(
                    place.at(field), getattr(before, field), getattr(after, field)
                )

    def _entries(self, place: ChangePlace, before: Any, after: Any) -> Iterator[Change]:
        """Yield the differences within two records, mappings or lists."""
        there = after if before is None else before
        if before is None or after is None:
            yield EntryChange(place, _named(there, self.locales), before is None)
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
        self, place: ChangePlace, before: model.Record | None, after: model.Record | None
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

    def _within(self, place: ChangePlace, before: Any, after: Any) -> Iterator[Change]:
        """Yield the same; a list or mapping that comes or goes whole is given by its entries."""
        there = after if before is None else before
        if isinstance(there, list | Mapping) and not _is_text(there, self.locales):
            empty: Any = [] if isinstance(there, list) else {}
            before = empty if before is None else before
            after = empty if after is None else after
        yield from self.compared(place, before, after)

    def _order(self, place: ChangePlace, before: Any, after: Any) -> Iterator[Change]:
        """Yield another order of the entries that both have."""
        if before is None or after is None:
            return
        old, new = _names(before), _names(after)
        kept = [name for name in old if name in new]
        if kept != [name for name in new if name in old]:
            yield ValueChange(place, ", ".join(old), ", ".join(new))

    def _table(
        self, place: ChangePlace, before: model.Table | None, after: model.Table | None
    ) -> Iterator[Change]:
        """Yield the differences of a table, its cells as they are printed."""
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
                    yield EntryChange(
                        rows.at(row), self._heading(place, row, now is not None), not was
                    )
                for column, cell, other in _by_key(was or {}, now or {}):
                    if not _same(cell, other):
                        old_row, new_row = column in (was or {}), column in (now or {})
                        yield self._cell(rows.at(row).at(column), old_row, new_row)

    def _heading(self, place: ChangePlace, row: str, present: bool) -> Texts:
        table = place.key.rpartition(".")[2]
        tables = (self.present if present else self.former).tables
        return {
            locale: line.heading
            for locale, own in tables.items()
            for line in own[table].rows
            if line.id == row
        }

    def _cell(self, place: ChangePlace, was: bool, now: bool) -> Change:
        """A cell of a table, which stood or stands there."""
        _, table, _, row, column = place.key.split(".")
        old = self.former.cell(table, row, column) if was else {}
        new = self.present.cell(table, row, column) if now else {}
        if any(cell.value is not None for cell in [*old.values(), *new.values()]):
            return FigureChange(place, old, new)
        label = {locale: cell.label for locale, cell in (new or old).items()}
        return TextChange(place, _texts(old), _texts(new), label)


def _texts(figures: Mapping[str, FigureText]) -> dict[str, str]:
    return {locale: figure.text for locale, figure in figures.items()}


_Container = model.Record | Mapping | list  # type: ignore[type-arg]


def _alike(before: Any, after: Any) -> bool:
    """Whether two containers can be compared entry by entry."""
    if isinstance(before, list) and isinstance(after, list):
        return any(isinstance(entry, model.Record | Mapping) for entry in [*before, *after])
    return isinstance(after, type(before))


def _by_key(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """The entries of two mappings by key, in the order of the later one; gone ones last."""
    for name in dict.fromkeys([*after, *before]):
        yield name, before.get(name), after.get(name)


def _key(entry: Any) -> str | None:
    """The id of an entry of a list, or None."""
    return next((str(getattr(entry, name)) for name in _KEYS if hasattr(entry, name)), None)


def _names(entries: Any) -> list[str]:
    """The keys of a mapping, or of a list whose entries have different ids; else nothing."""
    if isinstance(entries, Mapping):
        return list(entries)
    keys = [_key(entry) for entry in entries]
    return [key for key in keys if key] if None not in keys and len(set(keys)) == len(keys) else []


def _paired(before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[str | int, Any, Any]]:
    """The entries of two lists that are meant to be the same ones, in the order of the later.

    By their ids where all have one; else by their names, and where names changed, by position.
    """
    old, new = _names(before), _names(after)
    if (old or not before) and (new or not after):
        yield from _by_key(dict(zip(old, before, strict=True)), dict(zip(new, after, strict=True)))
        return
    heads, others = ([_head(entry) for entry in entries] for entries in (before, after))
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
    """The name or title of an entry, or all of it."""
    return next(
        (repr(getattr(entry, name)) for name in _NAMES if hasattr(entry, name)), repr(entry)
    )


def _shown(value: Any) -> str | Message | None:
    """A value as it stands in its file."""
    if value is None or isinstance(value, Message):
        return value
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
