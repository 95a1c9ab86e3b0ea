"""Lay a source out as one text, a line an entry, and say where in it its passages are."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from app.actions.lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.actions.lines import Line
    from app.model.evidence import Span
    from app.model.source import Source


class Layout:
    """A source's text as it is written, and the place of each entry in it, in code points."""

    def __init__(self, source: Source) -> None:
        self._lines: dict[str, list[tuple[Line, int]]] = {}
        texts, at = [], 0
        for line in lines_of(source):
            self._lines.setdefault(line.entry, []).append((line, at))
            texts.append(line.text)
            at += len(line.text) + 1
        self.text = "\n".join(texts)

    def selections(self, spans: Iterable[Span]) -> list[tuple[int, int]]:
        """Give where spans lie, those that follow each other as one; nothing for one that holds but line breaks."""
        found: list[tuple[int, int]] = []
        for start, end in sorted((self._place(s.entry, s.start), self._place(s.entry, s.end)) for s in spans):
            if found and not self.text[found[-1][1] : start].strip("\n"):
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return [(start, end) for start, end in found if self.text[start:end].strip("\n")]

    def _place(self, entry: str, position: int) -> int:
        lines = self._lines[entry]
        line, at = lines[max(bisect_right(lines, position, key=lambda each: each[0].start) - 1, 0)]
        return at + max(0, min(position - line.start, len(line.text)))
