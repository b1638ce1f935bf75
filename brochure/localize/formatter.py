"""Choose the texts and format the figures, notes and sources of one language of the catalog."""

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

# The kinds of things that units count (see data/indicators.yaml) whose figures need no year: a
# rank belongs to its ranking, and a length or a number of floors does not change.
UNDATED = ("ranks", "years", "length", "floor")


class Formatter:
    """The texts and numbers of a catalog in the language `locale`."""

    def __init__(self, catalog: model.Catalog, locale: str) -> None:
        self.catalog = catalog
        self.locale = locale
        self.language = Language(locale, catalog.words[locale])

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields of the taxonomy of industries by id."""
        return {
            name: Field(name, text[self.locale]) for name, text in self.catalog.industries.items()
        }

    def text(self, text: dict[str, str]) -> str:
        """Return the text in this language."""
        return text[self.locale]

    def other_languages(self, text: dict[str, str]) -> list[str]:
        """Return the versions in other languages that differ from this language's, each once."""
        own = text[self.locale]
        return [version for version in dict.fromkeys(text.values()) if version != own]

    def text_or_name(self, text: dict[str, str] | str) -> str:
        """Return the text in this language, or the name that is the same in every language."""
        return text if isinstance(text, str) else self.text(text)

    def interpolate(self, text: dict[str, str] | None, figures: Mapping[str, Figure]) -> str:
        """Return the text with its placeholders replaced by `figures`; "" for None."""
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
        """Return the figure `name`, with its own of the `sources` and `notes` of its record."""
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
        """Return the notes of a record by name; `owner` makes their ids unique in the edition."""
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
        """Return the sources with these ids, numbered from 1 in their order."""
        say = self.language.say
        sources = []
        for number, name in enumerate(names, 1):
            source = self.catalog.sources[name]
            licence = self.text_or_name(source.licence)
            sources.append(
                Source(
                    id=name,
                    number=number,
                    title=self.text(source.title),
                    publisher=self.text(source.publisher),
                    date=say("sources.unstated")
                    if source.date == "unstated"
                    else self.format_moment(source.date),
                    licence=say("sources.unstated") if licence == "unstated" else licence,
                    retrieved=say("sources.day", date=source.retrieved),
                    url=source.url,
                    note=self.text(source.note) if source.note else None,
                )
            )
        return sources

    def format_moment(self, moment: str) -> str:
        """Format a year, month or day (2024, 2024-09, 2024-09-03) with the precision it has."""
        year, month, day = ([int(part) for part in moment.split("-")] + [1, 1])[:3]
        form = {4: "year", 7: "month", 10: "day"}[len(moment)]
        return self.language.say(f"dates.{form}", date=date(year, month, day))

    def format_period(self, begins: str, ends: str | None) -> str:
        """Format the time from one moment to another; only the first where `ends` is None."""
        begin = self.format_moment(begins)
        if ends is None:
            return begin
        return self.language.say("dates.period", begins=begin, ends=self.format_moment(ends))

    def narrative(self, page: str) -> Narrative:
        """Return the text of a page, with its placeholders parsed."""
        narrative = self.catalog.narratives[page, self.locale]
        front: model.FrontMatter = narrative.front
        return Narrative(page, front.title, front.description, parse_placeholders(narrative.body))


def format_placeholder(placeholder: Placeholder, figures: Mapping[str, Figure]) -> str:
    """Return the text of a `fact` or `number` placeholder: the number with or without its unit."""
    figure = figures[placeholder.argument]
    return figure.phrase if placeholder.name == "fact" else figure.number
