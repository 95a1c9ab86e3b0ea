"""Turn a text that was exchanged into lines, and positions in it into places on them."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE: Final = 20_000  # code points of an entry
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(content: bytes) -> tuple[str, bool] | None:
    """Read a text's bytes: UTF-8, or UTF-16 with its mark of byte order.

    Returns:
        The text, and whether it had a mark; None where it is no such text.
    """
    mark, encoding = next(((m, name) for m, name in _MARKS if content.startswith(m)), (b"", "utf-8"))
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else (text, bool(mark))


class Lines:
    """A text, broken at line feeds and where a line is longer than an entry can be."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self.texts: list[str] = []
        start = 0
        for line in text.removesuffix("\n").split("\n") if text else ():
            for piece in _pieces(line):
                self._starts.append(start)
                self.texts.append(piece)
                start += len(piece)
            start += 1

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Give what a stretch of the text has on each line: (line, start, end)."""
        number = max(bisect_right(self._starts, start) - 1, 0)
        while number < len(self.texts) and self._starts[number] < end:
            begin, text = self._starts[number], self.texts[number]
            first, last = max(start - begin, 0), min(end - begin, len(text))
            if first < last:
                yield number, first, last
            number += 1


def _pieces(line: str) -> Iterator[str]:
    """Cut a line that is too long, after a blank where there is one."""
    while len(line) > LONGEST_LINE:
        at = line.rfind(" ", LONGEST_LINE // 2, LONGEST_LINE) + 1 or LONGEST_LINE
        yield line[:at]
        line = line[at:]
    yield line
