"""What is coded in the notes of one source, as whoever is working may see it: codes by passage, cases by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.analysis.blind import hidden_passages
from ui.desk import same_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.analysis.coding import CodingIndex
    from app.model.document import StudyDocument
    from app.model.evidence import Coding
    from ui.desk import Desk
    from ui.notebook.sheet import Sheet

_READ = ("codings", "codes", "cases", "assessors")


@dataclass(frozen=True)
class Sign:
    """A code on a passage: its name, its own colour or that of what it stands under ("" for none), and who put it on.

    `told` says all of it, a line for each who put it on.
    """

    passage: str
    code: str
    name: str
    colour: str
    told: tuple[str, ...]


class Coded:
    """Knows the codings of one source; learned anew when the study changes, never while a key is pressed."""

    def __init__(self, sheet: Sheet) -> None:
        self.version = 0  # another number each time something was learned
        self.hidden: frozenset[str] = frozenset()  # passages that are not to be painted
        self.index: CodingIndex | None = None
        self._sheet = sheet
        self._source = ""
        self._read: StudyDocument | None = None  # what was read last
        self._cases: dict[str, str] = {}
        self._signs: dict[str, tuple[Sign, ...]] = {}

    def learn(self, desk: Desk, source: str) -> None:
        """Read them anew, where anything that is told of them changed."""
        document = desk.seen
        hidden = hidden_passages(desk.document, desk.study.who)
        same = self._read is not None and same_tables(self._read, document, _READ)
        if same and source == self._source and hidden == self.hidden:
            return
        self._source, self._read, self.hidden = source, document, hidden
        self.version += 1
        self._cases = {case.key: case.name for case in document.cases}
        self.index = desk.index
        self._signs = signs(self.index, source)

    def __bool__(self) -> bool:
        """Whether anything is coded."""
        return bool(self._signs)

    def on(self, passage: str) -> tuple[Sign, ...]:
        """List the codes on a passage."""
        return self._signs.get(passage, ())

    def case(self, place: int) -> str:
        """Name the case that the row at `place` is about; "" for none."""
        return self._cases.get(self._sheet.line(place).case or "", "")


def signs(index: CodingIndex, source: str) -> dict[str, tuple[Sign, ...]]:
    """List the codes on each passage of a source, in the order of the codebook."""
    document = index.document
    cases = {case.key: case.name for case in document.cases}
    people = {each.key: each.name for each in document.assessors}
    found: dict[str, tuple[Sign, ...]] = {}
    for passage in index.in_source(source):
        told: dict[str, list[str]] = {}
        for coding in index.codings_of(passage.key):
            told.setdefault(coding.code, []).append(_told(coding, people, cases))
        if told:
            found[passage.key] = tuple(_sign(index, passage.key, key, words) for key, words in told.items())
    return found


def _sign(index: CodingIndex, passage: str, code: str, told: list[str]) -> Sign:
    return Sign(passage, code, index.codes[code].name, index.colour(code), tuple(told))


def _told(coding: Coding, people: Mapping[str, str], cases: Mapping[str, str]) -> str:
    about = cases[coding.case] if coding.case else "the organisation"
    memo = f": {coding.memo}" if coding.memo else ""
    return f"{people[coding.assessor]}, about {about}{memo}"
