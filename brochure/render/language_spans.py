"""Words of another script in a page's text: they say their language, so that they are read aloud
as what they are (WCAG 2.2, 3.1.2).

Only a script that is one language's alone tells the language. Latin letters tell none: names in
them stand in every language.
"""

from __future__ import annotations

import re

_SCRIPTS = {"ko": re.compile(r"[가-힣]+(?:[\s·,’‘-]*[가-힣]+)*")}
# Tags, and the elements whose text is not prose or has no room for an element.
_OPAQUE = re.compile(
    r"(<(svg|script|style|code|title|option)\b.*?</\2>|<!--.*?-->|<[^>]*>)", re.DOTALL
)


def mark_other_languages(html: str, locale: str) -> str:
    """The HTML of a page in `locale`, its words in the script of another language marked."""
    # Most pages have none, and to find that out takes no look at their tags.
    if not any(script.search(html) for one, script in _SCRIPTS.items() if one != locale):
        return html
    parts = []
    at = 0
    for opaque in _OPAQUE.finditer(html):
        parts += [_marked(html[at : opaque.start()], locale), opaque[0]]
        at = opaque.end()
    return "".join([*parts, _marked(html[at:], locale)])


def _marked(text: str, locale: str) -> str:
    for language, script in _SCRIPTS.items():
        if language != locale:
            text = script.sub(rf'<span lang="{language}">\g<0></span>', text)
    return text
