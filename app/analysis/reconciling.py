"""How far the notes of two note-takers of one interview are reconciled, line beside line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.alignment import align
from app.analysis.still_to_ask import source_of
from app.model.source import Entry, Fate, Original, Part

if TYPE_CHECKING:
    from app.model.document import StudyDocument
    from app.model.source import Source


class Row(Struct, frozen=True):
    """Two lines that say the same, or one alone, and the lines of the agreed notes that they went into, in order."""

    left: Original | None
    right: Original | None
    lines: tuple[Entry, ...]

    @property
    def decided(self) -> bool:
        """Whether somebody has said what becomes of it."""
        return all(side is None or side.fate is not Fate.OPEN for side in (self.left, self.right))


class Reconciling(Struct, frozen=True):
    """All rows of two note-takers, in order."""

    rows: tuple[Row, ...]

    @property
    def decided(self) -> int:
        """How many rows are decided."""
        return sum(row.decided for row in self.rows)


def rows(document: StudyDocument, source_key: str, left_author: str, right_author: str) -> Reconciling:
    """Put the lines of two note-takers side by side, with what became of them.

    Raises:
        KeyError: the study has no such source.
    """
    source = source_of(document, source_key)
    left, right = ([line for line in source.originals if line.author == who] for who in (left_author, right_author))
    return Reconciling(
        tuple(Row(pair.left, pair.right, _agreed(source, pair.left, pair.right)) for pair in align(left, right))
    )


def authors(source: Source) -> tuple[str, ...]:
    """List who took notes of an interview: those who took part first, in their order, then the others."""
    usual = usual_author(source)
    found = {who for entry in source.entries if (who := entry.author or usual)}
    found |= {line.author for line in source.originals}
    attending = [person.assessor for person in source.assessors if person.assessor in found]
    return (*attending, *sorted(found - set(attending)))


def usual_author(source: Source) -> str | None:
    """Say who a line is by that names nobody: the first observer, else the first assessor who took part."""
    people = sorted(source.assessors, key=lambda person: person.part is not Part.OBSERVER)
    return people[0].assessor if people else None


def begun(source: Source) -> bool:
    """Whether reconciling has begun: some note-taker's line is tied to the agreed notes, or decided."""
    return any(line.entry is not None or line.fate is not Fate.OPEN for line in source.originals)


def reconciled(source: Source) -> bool:
    """Whether at least two people's notes of an interview were reconciled, every line of them decided."""
    writers = {line.author for line in source.originals}
    return len(writers) > 1 and all(line.fate is not Fate.OPEN for line in source.originals)


def _agreed(source: Source, *sides: Original | None) -> tuple[Entry, ...]:
    keys = {side.entry for side in sides if side is not None}
    return tuple(entry for entry in source.entries if entry.key in keys)
