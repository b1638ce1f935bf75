"""Catalog + locale -> words: the texts, figures, notes and sources of one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from brochure.base.language import Language
from brochure.load.placeholders import Placeholder, parse_placeholders
from brochure.localize.edition import Field, Figure, Narrative, Note, Source
from brochure.model import records as model
from brochure.model.records import Holder

# What units count (see data/indicators.yaml) that is not of a certain year: a rank stands with
# its ranking, a length or a floor stays as it is.
UNDATED = ("ranks", "years", "length", "floor")


class Formatter:
    """Chooses texts and formats numbers of one catalog for one locale."""

    def __init__(self, catalog: model.Catalog, locale: str) -> None:
        self.catalog = catalog
        self.locale = locale
        self.language = Language(locale, catalog.words[locale])

    @cached_property
    def fields(self) -> dict[str, Field]:
        return {
            name: Field(name, text[self.locale]) for name, text in self.catalog.industries.items()
        }

    def text(self, text: dict[str, str]) -> str:
        """The text in this language."""
        return text[self.locale]

    def others(self, text: dict[str, str]) -> list[str]:
        """What the text is in the other languages, as far as it is another there."""
        return [one for one in dict.fromkeys(text.values()) if one != text[self.locale]]

    def stated(self, text: dict[str, str] | str) -> str:
        """A text that may be the same in every language."""
        return text if isinstance(text, str) else self.text(text)

    def said(self, text: dict[str, str] | None, figures: Mapping[str, Figure]) -> str:
        """A text with the figures it names written into it."""
        if text is None:
            return ""
        return "".join(
            part if isinstance(part, str) else format_placeholder(part, figures)
            for part in parse_placeholders(text[self.locale])
        )

    def figure(
        self,
        name: str,
        figure: model.Figure,
        sources: Mapping[str, Source],
        notes: Mapping[str, Note],
    ) -> Figure:
        """The figure `name`, with those of `sources` and `notes` that it names."""
        vocabulary = self.catalog.vocabulary
        indicator = vocabulary.indicators[figure.indicator] if figure.indicator else None
        label = figure.label or (indicator.label if indicator else {})
        say = self.language.say
        quantity = self.language.quantity
        scoped = indicator is not None and bool(indicator.scopes)
        if figure.place:
            base = self.text(figure.place)
        elif figure.scope:
            base = say(f"scopes.{figure.scope}")
        else:
            base = say("basis.no-scope") if scoped else ""
        per_head = say("basis.per-head") if indicator and indicator.per_head else ""
        if figure.year:
            year = say("basis.year", year=str(figure.year))
        else:
            year = "" if vocabulary.units[figure.unit] in UNDATED else say("basis.no-year")
        return Figure(
            id=name,
            indicator=figure.indicator,
            label=self.text(label),
            value=Decimal(figure.value),
            text=quantity(figure.value, figure.unit, figure.bound, noun=False),
            phrase=quantity(figure.value, figure.unit, figure.bound, noun=True),
            number=self.language.bounded(self.language.number(figure.value), figure.bound),
            basis=", ".join(filter(None, [base, per_head, year])),
            scope=figure.scope,
            counts=vocabulary.units[figure.unit],
            unit=figure.unit,
            source=sources[figure.source],
            notes=[notes[key] for key in figure.notes],
        )

    def notes(self, owner: str, holder: Holder) -> dict[str, Note]:
        """The notes of a record by name; `owner` makes their ids unique in the edition."""
        return {
            name: Note(
                id=f"{owner}-{name}",
                mark=str(number),
                kind=note.kind,
                kind_label=self.language.say(f"sources.{note.kind}"),
                text=self.text(note.text),
            )
            for number, (name, note) in enumerate(holder.notes.items(), 1)
        }

    def sources(self, names: Mapping[str, object] | Sequence[str]) -> list[Source]:
        """The sources of these names, numbered from 1."""
        say = self.language.say
        sources = []
        for number, name in enumerate(names, 1):
            source = self.catalog.sources[name]
            licence = self.stated(source.licence)
            sources.append(
                Source(
                    id=name,
                    number=number,
                    title=self.text(source.title),
                    publisher=self.text(source.publisher),
                    date=say("sources.unstated")
                    if source.date == "unstated"
                    else self.moment(source.date),
                    licence=say("sources.unstated") if licence == "unstated" else licence,
                    retrieved=say("sources.day", date=source.retrieved),
                    url=source.url,
                    note=self.text(source.note) if source.note else None,
                )
            )
        return sources

    def moment(self, moment: str) -> str:
        """A year, month or day, as exactly as it is known."""
        year, month, day = ([int(part) for part in moment.split("-")] + [1, 1])[:3]
        form = {4: "year", 7: "month", 10: "day"}[len(moment)]
        return self.language.say(f"dates.{form}", date=date(year, month, day))

    def period(self, begins: str, ends: str | None) -> str:
        """From one moment to another, or the one where nothing else is known."""
        if ends is None:
            return self.moment(begins)
        return self.language.say("dates.period", begins=self.moment(begins), ends=self.moment(ends))

    def narrative(self, page: str) -> Narrative:
        """The text of a page, its calls taken apart."""
        narrative = self.catalog.narratives[page, self.locale]
        front: model.FrontMatter = narrative.front
        return Narrative(page, front.title, front.description, parse_placeholders(narrative.body))


def format_placeholder(call: Placeholder, figures: Mapping[str, Figure]) -> str:
    """What a `fact` or `number` call writes."""
    figure = figures[call.argument]
    return figure.phrase if call.name == "fact" else figure.number
