"""What is shown of two note-takers' lines side by side: pure functions of the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.actions.reconcile import How
from app.analysis.side_by_side import alike, side_by_side
from app.model.source import EntryKind, Fate, Flag
from ui.interviews.listing import local
from ui.notebook.painting import FLAG_ICONS, KIND_ICONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.reconciling import Row
    from app.model.document import StudyDocument
    from app.model.source import Original, Source

HOW_WORDS: Final = {
    How.LEFT: "Taken left",
    How.RIGHT: "Taken right",
    How.BOTH: "Both",
    How.EDIT: "Edited",
    How.NEITHER: "Left out",
}
_OURS: Final = frozenset({EntryKind.REFLECTION, EntryKind.QUESTION})
_FLAG_WORDS: Final = {Flag.CHALLENGE: "challenge", Flag.NEXT_STEP: "next step"}


@dataclass(frozen=True)
class Side:
    """One note-taker's line; `signs` are icons and their inks, `slanted` says that it is the assessor's own thought."""

    text: str
    time: str
    speaker: str
    signs: tuple[tuple[str, str], ...]
    slanted: bool
    words: str


@dataclass(frozen=True)
class Agreed:
    """A line of the agreed notes."""

    key: str
    text: str
    slanted: bool


@dataclass(frozen=True)
class LineRow:
    """Two lines side by side, or one; `how` is what was decided, `agreed` what became of them."""

    keys: tuple[str | None, str | None]
    left: Side | None
    right: Side | None
    agreed: tuple[Agreed, ...]
    how: How | None
    alike: bool
    words: str

    @property
    def key(self) -> str:
        """What tells the row apart: the right line's key, which it has from the first, else the left's."""
        left, right = self.keys
        return right or left or ""

    @property
    def to_edit(self) -> str:
        """The words that editing begins with: the agreed ones, else the left's, else the right's."""
        if self.agreed:
            return " ".join(line.text for line in self.agreed)
        side = self.left or self.right
        return side.text if side else ""

    def offers(self, how: How) -> bool:
        """Whether the row has the lines that a decision needs."""
        needed = {How.LEFT: (self.left,), How.RIGHT: (self.right,), How.BOTH: (self.left, self.right)}
        return None not in needed.get(how, ())


def line_rows(document: StudyDocument, source: Source, between: tuple[str, str]) -> list[LineRow]:
    """List the rows of two note-takers, left and right."""
    people = {person.key: person.pseudonym for person in document.participants}
    speakers = people if len(source.participants) > 1 else {}
    names = tuple(author_name(document, author) for author in between)
    return [_row(row, source.zone, speakers, names) for row in side_by_side(document, source.key, *between).rows]


def author_name(document: StudyDocument, author: str) -> str:
    """Give an assessor's name."""
    return next((each.name for each in document.assessors if each.key == author), author)


def _row(row: Row, zone: str, speakers: dict[str, str], names: tuple[str, ...]) -> LineRow:
    left, right = (_side(line, zone, speakers) for line in (row.left, row.right))
    agreed = tuple(Agreed(line.key, line.text, line.kind in _OURS) for line in row.lines) if _is_telling(row) else ()
    how = _how(row)
    decided = HOW_WORDS[how] if how else "Not decided"
    told = [f"{name}: {side.words if side else 'nothing'}" for name, side in zip(names, (left, right), strict=True)]
    parts = (decided, *(f"Agreed: {line.text}" for line in agreed), *told)
    keys = (row.left.key if row.left else None, row.right.key if row.right else None)
    return LineRow(keys, left, right, agreed, how, alike(row), ". ".join(parts))


def _is_telling(row: Row) -> bool:
    """Whether the agreed lines say more than the lines beside them: all that were decided, or written anew since."""
    said = {side.entry: side.text for side in (row.left, row.right) if side is not None}
    return row.decided or any(said.get(line.key) != line.text for line in row.lines)


def _how(row: Row) -> How | None:
    sides = (row.left, row.right)
    if not row.decided:
        return None
    if any(side is not None and side.fate is Fate.EDITED for side in sides):
        return How.EDIT
    left, right = (side is not None and side.fate is Fate.TAKEN for side in sides)
    if left:
        return How.BOTH if right else How.LEFT
    return How.RIGHT if right else How.NEITHER


def _side(line: Original | None, zone: str, speakers: dict[str, str]) -> Side | None:
    if line is None:
        return None
    time = f"{local(line.at, zone):%H:%M}" if line.at else ""
    speaker = speakers.get(line.speaker or "", "")
    kind = "" if line.kind is EntryKind.PARAPHRASE else str(line.kind)
    about = (time, speaker, kind, _FLAG_WORDS.get(line.flag) if line.flag else "", "uncertain" * line.uncertain)
    words = ", ".join(filter(None, (*about, line.text)))
    return Side(line.text, time, speaker, tuple(_signs(line)), line.kind in _OURS, words)


def _signs(line: Original) -> Iterator[tuple[str, str]]:
    if icon := KIND_ICONS.get(line.kind):
        yield icon, "text_faint"
    if line.flag is not None:
        yield FLAG_ICONS[line.flag], "warning" if line.flag is Flag.CHALLENGE else "accent"
    if line.uncertain:
        yield "circle-help", "warning"
