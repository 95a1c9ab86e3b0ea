"""How a report names a source and a passage: *I7*, *I7 line 12*."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from app.model.source import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.model.document import StudyDocument
    from app.model.evidence import Passage

_LETTERS = {
    SourceKind.INTERVIEW: "I",
    SourceKind.MEETING: "M",
    SourceKind.OBSERVATION: "O",
    SourceKind.DOCUMENT: "D",
}


class Citations:
    """Short names for a study's sources, entries and passages, by their place in the study's order.

    Lines are counted from 1. A passage whose words are all gone is cited by its source alone. A source's lines are
    counted once one of its passages is cited.
    """

    def __init__(self, document: StudyDocument) -> None:
        self._document = document
        self._names: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self._numbers: dict[str, dict[str, int]] = {}  # of each source that a passage was cited from, by line
        counts = dict.fromkeys(SourceKind, 0)
        for place, source in enumerate(document.sources):
            counts[source.kind] += 1
            self._names[source.key] = f"{_LETTERS[source.kind]}{counts[source.kind]}"
            self._places[source.key] = place

    def source(self, key: str) -> str:
        """Name a source: I7 is the seventh interview."""
        return self._names[key]

    def line(self, entry: str) -> int:
        """Number an entry within its source, from 1."""
        return self._lines_of(self._owners[entry])[entry]

    def entry(self, key: str) -> str:
        """Name an entry: "I7 line 12"."""
        return f"{self._names[self._owners[key]]} line {self.line(key)}"

    def passage(self, key: str) -> str:
        """Name a passage: "I7 line 12", "I7 lines 12-13", "I7 lines 12, 40"."""
        passage = self._passages[key]
        return f"{self._names[passage.source]}{self._lines_text(passage)}"

    def order(self, key: str) -> tuple[int, int]:
        """Sort passages as they stand in the study: by source, then by line."""
        passage = self._passages[key]
        lines = self._lines_of(passage.source)
        return self._places[passage.source], min((lines[span.entry] for span in passage.spans), default=0)

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        return {passage.key: passage for passage in self._document.passages}

    @cached_property
    def _owners(self) -> dict[str, str]:
        return {entry.key: source.key for source in self._document.sources for entry in source.entries}

    def _lines_of(self, source: str) -> dict[str, int]:
        if source not in self._numbers:
            entries = self._document.sources[self._places[source]].entries
            self._numbers[source] = {entry.key: number for number, entry in enumerate(entries, 1)}
        return self._numbers[source]

    def _lines_text(self, passage: Passage) -> str:
        lines = self._lines_of(passage.source)
        numbers = sorted({lines[span.entry] for span in passage.spans})
        if not numbers:
            return ""
        if len(numbers) == 1:
            return f" line {numbers[0]}"
        return f" lines {', '.join(_runs(numbers))}"


def _runs(numbers: list[int]) -> Iterator[str]:
    """Write ascending numbers, those that follow each other as a range: 3, 12-14."""
    for _, run in groupby(enumerate(numbers), lambda place: place[1] - place[0]):
        first, *_, last = 2 * [number for _, number in run]
        yield str(first) if first == last else f"{first}-{last}"
