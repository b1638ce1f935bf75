"""Add `lang` to words in the script of another language, for screen readers (WCAG 2.2, 3.1.2).

Only a script that a single language uses identifies the language. Latin letters do not: texts of
every language contain names in them.
"""

from __future__ import annotations

import re

_SCRIPTS = {"ko": re.compile(r"[가-힣]+(?:[\s·,’‘-]*[가-힣]+)*")}
# Tags, and the elements whose text is no prose or cannot contain elements.
_OPAQUE = re.compile(
    r"(<(svg|script|style|code|title|option)\b.*?</\2>|<!--.*?-->|<[^>]*>)", re.DOTALL
)


def mark_other_languages(html: str, locale: str) -> str:
    """Return the HTML of a page in `locale`, with spans around words in another script."""
    # Most pages have no such word: that is found out without splitting them at their tags.
    if not any(script.search(html) for language, script in _SCRIPTS.items() if language != locale):
        return html
    parts = []
    end = 0
    for opaque in _OPAQUE.finditer(html):
        parts += [_add_spans(html[end : opaque.start()], locale), opaque[0]]
        end = opaque.end()
    return "".join([*parts, _add_spans(html[end:], locale)])


def _add_spans(text: str, locale: str) -> str:
    for language, script in _SCRIPTS.items():
        if language != locale:
            text = script.sub(rf'<span lang="{language}">\g<0></span>', text)
    return text
