"""The report on translations: per city and language, which texts are missing and which stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from markdown import Markdown

from brochure.base.message import Message
from brochure.load.document import Place
from brochure.load.repository import Repository
from brochure.validate.translations.replay import Behind
from brochure.validate.translations.staleness import Stale, still_right
from brochure.validate.translations.texts import TranslatableText, translatable_texts

_PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.6 sans-serif; max-width: 60rem; margin: 3rem auto; color-scheme: light dark; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8886; text-align: left; }}
</style>
{body}
</html>
"""


@dataclass(frozen=True)
class _Finding:
    """A text that is missing or stale in a language: where it is, its name, and why it is listed.

    A missing text is at the place of another language.
    """

    file: str
    place: Place
    name: str
    reason: Message

    @property
    def is_missing(self) -> bool:
        return self.reason.code == "translations.missing"


class TranslationReport:
    """The report on a repository, for readers of `languages`.

    `locales` are the languages of the site; `dated` says whether there is a git history, without
    which no text is known to be stale.
    """

    def __init__(
        self,
        repository: Repository,
        locales: Sequence[str],
        behind: Stale,
        languages: Sequence[str],
        *,
        dated: bool,
    ) -> None:
        self._locales, self._languages, self._dated = locales, languages, dated
        self._groups: dict[str, list[TranslatableText]] = {}
        for translatable in translatable_texts(repository, locales):
            self._groups.setdefault(_group(translatable.owner), []).append(translatable)
        acknowledged = still_right(repository).texts
        self._findings: Mapping[tuple[str, str], Sequence[_Finding]] = {
            (group, locale): [
                finding
                for translatable in texts
                for finding in _findings(translatable, locale, behind, acknowledged)
            ]
            for group, texts in self._groups.items()
            for locale in locales
        }

    def markdown(self) -> str:
        """The report in Markdown; each sentence in every language of the readers."""
        return "\n".join(self._lines())

    def page(self) -> str:
        """The report as an HTML page that stands alone; what it quotes of the input stays text."""
        return _PAGE.format(
            language=self._languages[0],
            title=self._say("translations.title"),
            body=nh3.clean(Markdown(extensions=["tables"]).convert(self.markdown())),
        )

    def _say(self, code: str, **parameters: Any) -> str:
        message = Message(code, **parameters)
        return " / ".join(dict.fromkeys(message.text(language) for language in self._languages))

    def _lines(self) -> Iterator[str]:
        yield f"# {self._say('translations.title')}\n"
        if not self._dated:
            yield f"{self._say('translations.without-history')}\n"
        yield f"|  | {self._say('translations.texts')} | {' | '.join(self._locales)} |"
        yield f"| --- | ---: |{' --- |' * len(self._locales)}"
        for group, texts in self._groups.items():
            cells = [self._counts(self._findings[group, locale]) for locale in self._locales]
            yield f"| {group} | {len(texts)} | {' | '.join(cells)} |"
        for (group, locale), findings in self._findings.items():
            if findings:
                yield f"\n## {group} · {locale}\n"
                yield from map(self._line, findings)

    def _line(self, finding: _Finding) -> str:
        line, column = finding.place
        reason = self._say(finding.reason.code, **dict(finding.reason.parameters))
        return f"- {finding.file}:{line}:{column} — `{finding.name}`: {reason}"

    def _counts(self, findings: Sequence[_Finding]) -> str:
        missing = sum(finding.is_missing for finding in findings)
        counts = {
            "translations.count-missing": missing,
            "translations.count-stale": len(findings) - missing,
        }
        shown = [self._say(code, count=count) for code, count in counts.items() if count]
        return ", ".join(shown) or "✓"


def _group(owner: str) -> str:
    """`cities/daejeon` for a city, `plan` for a dossier; for all else its own file or page."""
    name = owner.removeprefix("data/").removeprefix("content/").removesuffix(".yaml")
    if name.startswith("dossiers/"):
        return name.removeprefix("dossiers/")
    return name if name.startswith("cities/") else name.partition("/")[0]


def _findings(
    translatable: TranslatableText, locale: str, behind: Stale, acknowledged: Mapping[str, str]
) -> Iterator[_Finding]:
    if not translatable.texts.get(locale, "").strip():
        file, place = next(
            (
                (translatable.files[other], translatable.places[other])
                for other in translatable.texts
            ),
            (translatable.owner, (1, 1)),
        )
        yield _Finding(file, place, translatable.name, Message("translations.missing"))
        return
    state = behind.get(translatable.owner, {}).get(translatable.path)
    if (
        state
        and locale in state.locales
        and acknowledged.get(translatable.name) != translatable.digest
    ):
        yield _Finding(
            translatable.files[locale],
            translatable.places[locale],
            translatable.name,
            _stale_reason(state),
        )


def _stale_reason(state: Behind) -> Message:
    if state.commit:
        return Message("translations.stale-since", day=state.day, commit=state.commit)
    return Message("translations.stale-uncommitted")
