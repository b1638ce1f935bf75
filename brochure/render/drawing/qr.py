"""QR codes as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup


def qr(address: str, title: str) -> Markup:
    """Return an address as a QR code: an SVG of one dark path, with error correction M.

    The page has to leave the quiet zone around it.
    """
    # Imported only here: the site has no QR codes.
    import segno

    code = segno.make(address, error="m", micro=False)
    rows = [
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(code.matrix)
        for x, length in _runs(row)
    ]
    size = len(code.matrix)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {0} {0}" role="img">'
        '<title>{1}</title><path fill="#16202c" d="{2}"/></svg>'
    ).format(size, title, "".join(rows))


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the start and length of each run of dark modules."""
    start = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield start, length
        start += length
