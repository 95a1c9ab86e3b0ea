"""What is written at the right of a line of notes: the case it is about, and the codes on all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.notebook.sheet import Sheet


class Tagger:
    """Knows the names of cases and codes, and which codes are on the passages of one source."""

    def __init__(self, desk: Desk, sheet: Sheet) -> None:
        self._desk = desk
        self._sheet = sheet
        self._cases: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._codes: dict[str, list[str]] = {}

    def learn(self, source: str) -> None:
        """Read them anew."""
        document = self._desk.seen
        self._cases = {case.key: case.name for case in document.cases}
        self._names = {code.key: code.name for code in document.codes}
        own = {passage.key for passage in document.passages if passage.source == source}
        self._codes = {}
        for coding in document.codings:
            if coding.passage in own:
                self._codes.setdefault(coding.passage, []).append(coding.code)

    def of(self, place: int) -> str:
        """Write the tags of the row at `place`; "" for none."""
        line = self._sheet.line(place)
        codes = dict.fromkeys(line.codes)
        for mark in self._sheet.marks_of(place):
            if mark.whole:
                codes.update(dict.fromkeys(self._codes.get(mark.passage, ())))
        words = [f"#{self._names[code]}" for code in codes if code in self._names]
        case = self._cases.get(line.case or "", "")
        return " · ".join([f"@{case}", *words] if case else words)
