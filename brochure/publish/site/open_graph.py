"""Locales of the Open Graph protocol (https://ogp.me/#optional): a language and its territory."""

from __future__ import annotations

from babel.core import get_global, parse_locale


def og_locale(tag: str) -> str | None:
    """Return the Open Graph locale of a language tag: `en_GB` for `en-GB`, `ko_KR` for `ko`.

    A tag without a territory gets the likely one by CLDR. None where there is no territory, as for
    Esperanto, or only a larger region, as in `es-419`.
    """
    try:
        language, territory, script, *_ = parse_locale(tag, sep="-")
    except ValueError:
        return None
    if territory is None:
        likely = get_global("likely_subtags")
        known = likely.get(f"{language}_{script}") or likely.get(language)
        territory = parse_locale(known)[1] if known else None
    return f"{language}_{territory}" if territory and territory.isalpha() else None
