"""Break a source's notes into lines as other programs get them: one an entry, or more where a text has breaks in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.model.source import Source

BREAK = re.compile(r"\r\n|\r|\n")
MARK = "\ufeff"  # at the beginning of a text it would be taken for a mark of its byte order


class Line(Struct, frozen=True):
    """A line: where in which entry it begins, in code points, and what it says."""

    entry: str
    start: int
    text: str


def lines_of(source: Source) -> Iterator[Line]:
    """Give a source's lines in order, without a mark of byte order at the very beginning."""
    first = True
    for entry in source.entries:
        start = len(entry.text) - len(entry.text.lstrip(MARK)) if first else 0
        first = False
        for found in BREAK.finditer(entry.text, start):
            yield Line(entry.key, start, entry.text[start : found.start()])
            start = found.end()
        yield Line(entry.key, start, entry.text[start:])
