"""Write a source's notes, line by line; passages keep naming the same words, and what was typed stays readable."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, cast

import msgspec
from msgspec import Struct

from app.actions.coding import code_line
from app.actions.errors import NotFoundError, RefusedError
from app.actions.follow_ups import follow_line
from app.actions.marks import put_marks
from app.actions.values import checked
from app.actions.versions import keep_addition, keep_version
from app.model.kinds import BY_TABLE, Part
from app.model.shifting import Mark
from app.model.source import Entry, Original

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.actions.audit import Row
    from app.actions.unit import Unit

_PARTS: dict[str, Part] = {
    part.table: part for part in BY_TABLE["sources"].parts if part.table in {"entries", "originals"}
}
_LABEL = 40
SAY_WHY = "These notes are finished: say why they are changed."


class SetEntry(Struct, frozen=True):
    """Bring the entry of that key to be as `entry` says.

    `marks` are the passages that lie in it then; None lets them shift with its words. `codes` are put on all of it.
    """

    entry: Entry
    marks: tuple[Mark, ...] | None = None
    codes: tuple[str, ...] = ()


class AddEntry(Struct, frozen=True):
    """Write a new entry after the one of the key `after`; "" is the end, None the beginning."""

    entry: Entry
    after: str | None = ""
    marks: tuple[Mark, ...] | None = None
    codes: tuple[str, ...] = ()


class MoveEntry(Struct, frozen=True):
    """Move the entry of that key to stand after the one of the key `after`; "" is the end, None the beginning."""

    key: str
    after: str | None = ""


class RemoveEntry(Struct, frozen=True):
    """Remove the entry of that key; passages left without words are orphaned, not lost."""

    key: str


NotesEdit = SetEntry | AddEntry | MoveEntry | RemoveEntry


def key_of(edit: NotesEdit) -> str:
    """Give the key of the line an edit is of."""
    return edit.entry.key if isinstance(edit, SetEntry | AddEntry) else edit.key


def write(unit: Unit, source: str, edits: Sequence[NotesEdit], *, reason: str = "") -> str:
    """Write some lines of a source's notes, in the order given.

    One line written again and again in one sitting is one action in the audit trail, and one step of undo. What a
    line said when the interview ended is kept as a version of it, with who changed it, when and why.

    Args:
        unit: the work.
        source: its key.
        edits: what to do, line by line.
        reason: why notes are changed that were finished.

    Raises:
        NotFoundError: the source, or an entry edited, is no longer there.
        RefusedError: a line can't be kept: it is too long, or speaks for somebody who took no part; or the notes are
            finished and there is no reason.
    """
    owner = unit.row("sources", unit.id_of("sources", source))
    if owner["status"] == "finished" and not reason.strip():
        raise RefusedError(SAY_WHY)
    _Writing(unit, owner, "entries", reason.strip()).do(edits)
    return _labelled(unit, owner, "entry", edits)


def write_original(unit: Unit, source: str, author: str, edits: Sequence[NotesEdit]) -> str:
    """Write some lines of a second note-taker's own notes, which stand beside the interview's, finished or not.

    Raises:
        NotFoundError: the source, the author, or a line edited, is no longer there.
        RefusedError: a line can't be kept, or the notes are somebody else's own.
    """
    owner = unit.row("sources", unit.id_of("sources", source))
    own = unit.id_of("assessors", author)
    theirs = {row["key"] for row in unit.rows("originals", source_id=owner["id"]) if row["author_id"] != own}
    if author != unit.who or any(key_of(edit) in theirs for edit in edits):
        raise RefusedError("What a note-taker typed is changed by nobody else: say who is working.")
    _Writing(unit, owner, "originals", author=author).do(edits)
    return _labelled(unit, owner, "original", edits)


class _Writing:
    """Edits of one source's lines, kept in one table."""

    def __init__(self, unit: Unit, owner: Row, table: str, reason: str = "", author: str = "") -> None:
        self._unit = unit
        self._owner = owner
        self._table = table
        self._reason = reason
        self._author = author
        self._marks: dict[str, tuple[Mark, ...]] = {}

    def do(self, edits: Sequence[NotesEdit]) -> None:
        """Do all of them, then put passages where they belong by then, and codes."""
        for run in _runs(edits):
            self._do(run)
        if self._marks:
            put_marks(self._unit, self._owner, self._marks)
        for edit in edits:
            if isinstance(edit, SetEntry | AddEntry) and edit.codes and self._table == "entries":
                code_line(self._unit, self._owner, self._line(edit.entry.key), edit.codes)

    def _do(self, run: Sequence[NotesEdit]) -> None:
        edit = run[0]
        if isinstance(edit, RemoveEntry):
            self._remove(self._line(edit.key))
        elif isinstance(edit, MoveEntry):
            row = self._line(edit.key)
            (place,) = self._places(edit.after, 1, row["id"])
            self._unit.update(self._table, row["id"], {"position": place})
        elif isinstance(edit, SetEntry):
            self._mark(self._set(edit), edit)
        else:
            self._add(cast("Sequence[AddEntry]", run))

    def _mark(self, row_id: str, edit: SetEntry | AddEntry) -> None:
        if edit.marks is not None and self._table == "entries":
            self._marks[row_id] = edit.marks

    def _line(self, key: str) -> Row:
        """Read one of the source's own lines."""
        row = self._unit.row(self._table, self._unit.id_of(self._table, key))
        if row["source_id"] != self._owner["id"]:
            raise NotFoundError("The source has no such line of notes.")
        return row

    def _set(self, edit: SetEntry) -> str:
        before = self._line(edit.entry.key)
        new = self._unit.part_row(_PARTS[self._table], self._owner, self._value(edit.entry, before))
        if self._table == "entries":
            keep_version(self._unit, self._owner, before, new, self._reason)
        self._unit.update(self._table, before["id"], new, shifting=edit.marks is None)
        if before["uncertain"] or new["uncertain"]:
            self._follow(before, self._unit.row(self._table, before["id"]))
        return str(before["id"])

    def _add(self, run: Sequence[AddEntry]) -> None:
        """Add lines that stand under each other, all at once: one by one, a long paste would take many times longer."""
        places = self._places(run[0].after, len(run))
        values = [self._value(edit.entry) for edit in run]
        made = self._unit.add_parts(_PARTS[self._table], self._owner, values, places)
        for row_id, edit in zip(made, run, strict=True):
            if self._table == "entries":
                keep_addition(self._unit, self._owner, edit.entry.key, self._reason)
            if edit.entry.uncertain:
                self._follow(None, self._unit.row(self._table, row_id))
            self._mark(row_id, edit)

    def _remove(self, row: Row) -> None:
        if self._table == "entries":
            keep_version(self._unit, self._owner, row, None, self._reason)
        self._follow(row, None)
        self._unit.delete(self._table, row["id"])

    def _follow(self, before: Row | None, after: Row | None) -> None:
        """Bring the follow-up of an uncertain line in step; a second note-taker's lines have none."""
        if self._table == "entries":
            follow_line(self._unit, before, after)

    def _value(self, entry: Entry, before: Row | None = None) -> Entry | Original:
        """Make what is kept: the entry, or the same as a line of the second note-taker's own."""
        if self._table == "entries":
            return checked(entry)
        fields = {name: getattr(entry, name) for name in Original.__struct_fields__ if hasattr(entry, name)}
        line = Original(**{**fields, "author": self._author})
        kept = self._standing(before) if before is not None else {}
        return checked(msgspec.structs.replace(line, **kept))

    def _standing(self, before: Row) -> dict[str, object]:
        """Keep what became of a line, where it is written again."""
        entry = before["entry_id"]
        return {"fate": before["fate"], "entry": entry and self._unit.row("entries", entry)["key"]}

    def _places(self, after: str | None, number: int, moved: str = "") -> list[float]:
        """Find positions between two lines; when halving has left no room between them, number the lines anew."""
        if after == "":
            last = self._edge("max", float("-inf"), moved)
            return [last + place for place in range(1, number + 1)]
        low = 0.0 if after is None else self._after(after)
        high = self._edge("min", low, moved) or low + number + 1
        places = [low + (high - low) * place / (number + 1) for place in range(1, number + 1)]
        if all(one < other for one, other in pairwise((low, *places, high))):
            return places
        self._renumber()
        return self._places(after, number, moved)

    def _after(self, key: str) -> float:
        try:
            return float(self._line(key)["position"])
        except NotFoundError:
            raise NotFoundError("The line to write after is no longer there.") from None

    def _edge(self, which: Literal["min", "max"], low: float, moved: str) -> float:
        """Read the last position of all, or the first beyond `low`; 0 where there is none."""
        from sqlalchemy import func, select

        from app.actions.unit import TABLES

        table = TABLES[self._table]
        own = (table.c.source_id == self._owner["id"], table.c.position > low, table.c.id != moved)
        edge = (func.max if which == "max" else func.min)(table.c.position)
        return float(self._unit.connection.execute(select(edge).where(*own)).scalar() or 0)

    def _renumber(self) -> None:
        for number, row in enumerate(self._unit.rows(self._table, source_id=self._owner["id"]), 1):
            self._unit.update(self._table, row["id"], {"position": float(number)})


def _runs(edits: Iterable[NotesEdit]) -> list[list[NotesEdit]]:
    """Put together new lines of which each stands under the one before; every other edit is alone."""
    runs: list[list[NotesEdit]] = []
    for edit in edits:
        last = runs[-1][-1] if runs else None
        if isinstance(last, AddEntry) and isinstance(edit, AddEntry) and edit.after == last.entry.key:
            runs[-1].append(edit)
        else:
            runs.append([edit])
    return runs


def _labelled(unit: Unit, owner: Row, word: str, edits: Sequence[NotesEdit]) -> str:
    """Name the action; edits of one line alone go on with the action before, where that wrote the same line."""
    keys = {key_of(edit) for edit in edits}
    if len(keys) == 1 and not any(isinstance(edit, RemoveEntry) for edit in edits):
        unit.merge_key = f"{word}/{next(iter(keys))}"
    title = str(owner["title"])
    name = title if len(title) <= _LABEL else f"{title[: _LABEL - 1]}…"
    verb = "Remove" if all(isinstance(edit, RemoveEntry) for edit in edits) else "Write"
    return f"{verb} {'a line' if len(edits) == 1 else f'{len(edits)} lines'} of notes in {name}"
