"""Reconcile two note-takers' notes of one interview, line by line; what each of them typed is kept."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from app.actions.errors import NotFoundError, RefusedError
from app.actions.keys import next_key, numbered
from app.actions.notes import SAY_WHY, AddEntry, RemoveEntry, SetEntry, write
from app.analysis.alignment import align
from app.model.clusters import cut_at_word
from app.model.source import Entry, Fate, Original, Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.actions.audit import Row
    from app.actions.notes import NotesEdit
    from app.actions.unit import Unit
    from app.analysis.alignment import Pair

_REASON = "Reconciled"
_LABEL = 40


class How(StrEnum):
    """What becomes of two lines that stand side by side; of one alone it is taken or left out."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    EDIT = "edit"
    NEITHER = "neither"


def has_begun(originals: Iterable[Row]) -> bool:
    """Whether anything was decided of note-takers' own lines, given by their rows."""
    return any(line["entry_id"] or line["fate"] != Fate.OPEN for line in originals)


def begin(unit: Unit, source: str, by: str | None = None) -> str:
    """Keep the lines of the notes as their note-takers' own, before another's are taken into them.

    A line that names no author is the first observer's, else the first assessor's. Lines without words are not kept.
    No line of the agreed notes is changed by it, so finished ones need no reason for it.

    Args:
        unit: the work.
        source: its key.
        by: whose lines are that name nobody, where no assessor took part.

    Raises:
        NotFoundError: the source is no longer there.
        RefusedError: reconciling has begun, or only one person took notes.
    """
    owner = _source(unit, source)
    originals = unit.rows("originals", source_id=owner["id"])
    if has_begun(originals):
        raise RefusedError("Reconciling these notes has begun already.")
    usual = _usual_author(unit, owner, by)
    lines = [line for line in unit.rows("entries", source_id=owner["id"]) if line["text"].strip()]
    written_by = {line["id"]: line["author_id"] or usual for line in lines}
    writers = {*written_by.values(), *(line["author_id"] for line in originals)}
    if not lines or not originals or len(writers) < 2:
        raise RefusedError("Notes of two people are needed to reconcile them.")
    if None in writers:
        raise RefusedError("Say first who took part in the interview: some lines name no author.")
    last = float(originals[-1]["position"])
    for number, line in enumerate(lines, 1):
        _keep(unit, owner, line, str(written_by[line["id"]]), last + number)
    return f"Reconcile the notes of {_name(owner)}"


def decide(
    unit: Unit,
    source: str,
    left: str | None,
    right: str | None,
    how: How | str,
    text: str | None = None,
    *,
    beside: str | None = None,
    reason: str = "",
) -> str:
    """Say what becomes of two note-takers' lines that stand side by side; it can be said anew.

    Args:
        unit: the work.
        source: its key.
        left: key of the line of the note-taker whose notes the agreed ones began as; None where there is none.
        right: key of the other's; None where there is none.
        how: `LEFT` and `RIGHT` take one and leave the other out, `BOTH` takes right's after left's, `EDIT` puts `text`
            in place of both, `NEITHER` leaves both out. Passages in a line that goes are orphaned, never lost.
        text: what is agreed, for `EDIT`.
        beside: whose lines the one line stands beside where `left` or `right` is None; the first other note-taker's
            by default. It decides between which lines a line is put that was not in the agreed notes.
        reason: why notes are changed that were finished; their versions carry it.

    Raises:
        NotFoundError: the source, or a line, is no longer there.
        RefusedError: the lines are one person's, or what `how` needs is missing; or the notes are finished and there is
            no reason.
    """
    owner = _source(unit, source)
    why = _why(owner, reason)
    given = {How.LEFT: left, How.RIGHT: right}
    sides = {name: _original(unit, owner, key) for name, key in given.items() if key is not None}
    how = How(how)
    _refuse_missing(sides, how, text)
    _Decision(unit, owner, sides, beside, why).make(how, text or "")
    unit.merge_key = ""
    return f"Reconcile a line of {_name(owner)}"


def _refuse_missing(sides: dict[How, Row], how: How, text: str | None) -> None:
    needed = {How.LEFT: {How.LEFT}, How.RIGHT: {How.RIGHT}, How.BOTH: {How.LEFT, How.RIGHT}}.get(how, set())
    if not sides or needed - sides.keys():
        raise RefusedError("There is no such line to take.")
    if len(sides) > len({side["author_id"] for side in sides.values()}):
        raise RefusedError("Both lines are by the same person.")
    if how is How.EDIT and not (text or "").strip():
        raise RefusedError("Write what was agreed, or leave both lines out.")


class _Decision:
    """Two lines side by side, or one, and the lines of the agreed notes they go into."""

    def __init__(self, unit: Unit, owner: Row, sides: dict[How, Row], beside: str | None, why: str) -> None:
        self._unit = unit
        self._owner = owner
        self._sides = sides
        self._beside = beside
        self._why = why
        linked = [side["entry_id"] for side in sides.values() if side["entry_id"]]
        self._lines: list[str] = list(dict.fromkeys(linked))

    def make(self, how: How, text: str) -> None:
        """Bring the agreed notes, and what became of both lines, to be as was decided."""
        if how is How.NEITHER:
            self._leave_out(0)
        elif how is How.EDIT:
            self._edit(text)
        elif how is How.BOTH:
            self._take_both(self._sides[How.LEFT], self._sides[How.RIGHT])
        else:
            self._lines.sort(key=lambda line: line != self._sides[how]["entry_id"])
            self._leave_out(1, spare=how)
            self._take(self._sides[how], 0)

    def _take_both(self, left: Row, right: Row) -> None:
        if self._lines and not left["entry_id"]:  # right's line stands alone: left's is put above it
            keys = self._keys()
            place = keys.index(self._unit.row("entries", self._lines[0])["key"])
            self._lines.insert(0, self._add(left, keys[place - 1] if place else None))
            self._mark(left, Fate.TAKEN, self._lines[0])
        else:
            self._take(left, 0)
        self._take(right, 1)

    def _edit(self, text: str) -> None:
        self._leave_out(1)
        if not self._lines:
            self._take(next(iter(self._sides.values())), 0)
        line = self._unit.value_of(Entry, self._unit.row("entries", self._lines[0]))
        self._write(SetEntry(msgspec.structs.replace(line, text=text)))
        for side in self._sides.values():
            self._mark(side, Fate.EDITED, self._lines[0])

    def _leave_out(self, count: int, spare: How | None = None) -> None:
        """Keep only the first `count` of the agreed lines, and leave out all sides but one."""
        for line in self._lines[count:]:
            self._write(RemoveEntry(self._unit.row("entries", line)["key"]))
        del self._lines[count:]
        for name, side in self._sides.items():
            if name is not spare:
                self._mark(side, Fate.LEFT_OUT)

    def _take(self, side: Row, place: int) -> None:
        """Let an agreed line say what a note-taker's says; it is left alone where it is that one's already."""
        if place == len(self._lines):
            self._lines.append(self._add(side, self._above(side)))
        elif side["entry_id"] != self._lines[place] or side["fate"] not in {Fate.OPEN, Fate.TAKEN}:
            standing = self._unit.value_of(Entry, self._unit.row("entries", self._lines[place]))
            line = self._entry(side, standing.key)
            self._write(SetEntry(msgspec.structs.replace(line, at=line.at or standing.at)))
        self._mark(side, Fate.TAKEN, self._lines[place])

    def _add(self, side: Row, above: str | None) -> str:
        gone = {version["line"] for version in self._unit.rows("versions", source_id=self._owner["id"])}
        key = numbered(self._owner["key"], "-", self._unit.keys("entries") | gone)
        self._write(AddEntry(self._entry(side, key), above))
        return self._unit.id_of("entries", key)

    def _entry(self, side: Row, key: str) -> Entry:
        said = self._unit.value_of(Original, side)
        shared = set(Entry.__struct_fields__) & set(Original.__struct_fields__) - {"id", "key"}
        return Entry(key=key, **{name: getattr(said, name) for name in shared})

    def _above(self, side: Row) -> str | None:
        """Find the agreed line to write under: the other side's, else that of the nearest row before; None: none is."""
        if self._lines:
            return str(self._unit.row("entries", self._lines[-1])["key"])
        keys, pairs = self._keys(), self._pairs(side)
        here = [pair.left.key if pair.left else "" for pair in pairs].index(side["key"])
        for pair in reversed(pairs[:here]):
            lines = [keys.index(line.entry) for line in (pair.left, pair.right) if line and line.entry]
            if lines:
                return keys[max(lines)]
        return None

    def _keys(self) -> list[str]:
        return [row["key"] for row in self._unit.rows("entries", source_id=self._owner["id"])]

    def _pairs(self, side: Row) -> tuple[Pair[Original], ...]:
        """Put the lines of the two note-takers side by side; the given line's stand left."""
        lines = self._unit.rows("originals", source_id=self._owner["id"])
        others = [each["author_id"] for each in self._sides.values() if each is not side]
        others += [self._unit.id_of("assessors", self._beside)] if self._beside else []
        others += [line["author_id"] for line in lines if line["author_id"] != side["author_id"]]
        mine, theirs = (
            [self._unit.value_of(Original, line) for line in lines if line["author_id"] in who]
            for who in ([side["author_id"]], others[:1])
        )
        return align(mine, theirs)

    def _write(self, edit: NotesEdit) -> None:
        write(self._unit, self._owner["key"], [edit], reason=self._why)

    def _mark(self, side: Row, fate: Fate, line: str | None = None) -> None:
        self._unit.update("originals", side["id"], {"fate": fate.value, "entry_id": line})


def _keep(unit: Unit, owner: Row, line: Row, author: str, position: float) -> None:
    said = {name: line[name] for name in ("text", "kind", "at", "speaker_id", "uncertain", "flag", "case_id")}
    key = next_key(unit, "originals", owner["key"], "-o")
    new = {
        **said,
        "id": unit.made_id("originals", f"{owner['id']}/{key}"),
        "key": key,
        "source_id": owner["id"],
        "author_id": author,
        "fate": Fate.OPEN.value,
        "entry_id": line["id"],
        "position": position,
    }
    unit.insert("originals", new)


def _usual_author(unit: Unit, owner: Row, by: str | None) -> str | None:
    """Say whose the lines are that name nobody; see app.analysis.reconciling.usual_author."""
    people = sorted(unit.rows("source_assessors", source_id=owner["id"]), key=lambda row: row["part"] != Part.OBSERVER)
    if people:
        return str(people[0]["assessor_id"])
    return unit.id_of("assessors", by) if by else None


def _source(unit: Unit, source: str) -> Row:
    return unit.row("sources", unit.id_of("sources", source))


def _why(owner: Row, reason: str) -> str:
    """Word what versions say of why a line was changed; of open notes it needs no saying."""
    if owner["status"] != "finished":
        return _REASON
    if not reason.strip():
        raise RefusedError(SAY_WHY)
    return f"{_REASON}: {reason.strip()}"


def _original(unit: Unit, owner: Row, key: str) -> Row:
    found = unit.rows("originals", source_id=owner["id"], key=key)
    if not found:
        raise NotFoundError("The interview has no such line of a note-taker's own.")
    return found[0]


def _name(owner: Row) -> str:
    return cut_at_word(owner["title"], _LABEL)
