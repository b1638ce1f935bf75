"""Markdown files: front matter and body."""

from __future__ import annotations

from hypothesis import example, given
from slips import MARKS, accepted_or_refused

from brochure.load.document import NarrativeFile
from brochure.load.narrative import parse_narrative


@given(text=MARKS)
@example(text="---\n---")
@example(text="---\na: [\n---\nb")
def test_any_text_is_a_manuscript_or_refused(text: str) -> None:
    """No text breaks the reader of narratives, whether or not it has front matter."""
    for whole in (text, f"---\n{text}", f"---\ntitle: a\n---\n{text}"):
        accepted_or_refused(
            lambda whole=whole: parse_narrative("content/a.ko.md", whole),  # type: ignore[misc]
            NarrativeFile,
        )
