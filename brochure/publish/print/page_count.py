"""The number of pages of a finished PDF."""

from __future__ import annotations

import io

import pikepdf


def page_count(pdf: bytes) -> int:
    """The number of pages of a PDF. Raises ValueError, with the reason, if it cannot be opened."""
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened:
            return len(opened.pages)
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error
