"""Write a source's notes, line by line; passages keep naming the same words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from app.actions.errors import NotFoundError
from app.actions.values import checked
from app.model.kinds import BY_TABLE, Part
from app.model.source import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.actions.audit import Row
    from app.actions.unit import Unit

_ENTRIES: Part = next(part for part in BY_TABLE["sources"].parts if part.field == "entries")
_LABEL = 40


class SetEntry(Struct, frozen=True):
    """Bring the entry of that key to be as `entry` says."""

    entry: Entry


class AddEntry(Struct, frozen=True):
    """Write a new entry after the one of the key `after`; "" is the end, None the beginning."""

    entry: Entry
    after: str | None = ""


class RemoveEntry(Struct, frozen=True):
    """Remove the entry of that key; passages left without words are orphaned, not lost."""

    key: str


NotesEdit = SetEntry | AddEntry | RemoveEntry


def write(unit: Unit, source: str, edits: Sequence[NotesEdit]) -> str:
    """Write some lines of a source's notes, in the order given.

    One line written again and again in one sitting is one action in the audit trail, and one step of undo.

    Raises:
        NotFoundError: the source, or an entry edited, is no longer there.
        RefusedError: a line can't be kept: it is too long, or speaks for somebody who took no part.
    """
    owner = unit.row("sources", unit.id_of("sources", source))
    for edit in edits:
        if isinstance(edit, SetEntry):
            _set(unit, owner, edit.entry)
        elif isinstance(edit, AddEntry):
            _add(unit, owner, edit)
        else:
            unit.delete("entries", _line(unit, owner, edit.key))
    keys = {edit.key if isinstance(edit, RemoveEntry) else edit.entry.key for edit in edits}
    removed = any(isinstance(edit, RemoveEntry) for edit in edits)
    if len(keys) == 1 and not removed:
        unit.merge_key = f"entry/{next(iter(keys))}"
    return _label(owner["title"], edits)


def _line(unit: Unit, owner: Row, key: str) -> str:
    """Find the id of one of the source's own lines."""
    row_id = unit.id_of("entries", key)
    if unit.row("entries", row_id)["source_id"] != owner["id"]:
        raise NotFoundError(f"{owner['title']} has no such line of notes.")
    return row_id


def _set(unit: Unit, owner: Row, entry: Entry) -> None:
    row_id = _line(unit, owner, entry.key)
    unit.update("entries", row_id, unit.part_row(_ENTRIES, owner, checked(entry)))


def _add(unit: Unit, owner: Row, edit: AddEntry) -> None:
    standing = unit.rows("entries", source_id=owner["id"])
    unit.add_part(_ENTRIES, owner, checked(edit.entry), _place(unit, standing, edit.after))


def _place(unit: Unit, standing: list[Row], after: str | None) -> float:
    """Find a position between two lines; when halving has left no room between them, number the lines anew."""
    if not standing:
        return 1.0
    if after == "":
        return float(standing[-1]["position"]) + 1
    keys = [row["key"] for row in standing]
    if after is not None and after not in keys:
        raise NotFoundError("The line to write after is no longer there.")
    index = 0 if after is None else keys.index(after) + 1
    places = [0.0, *(float(row["position"]) for row in standing)]
    places.append(places[-1] + 1)
    low, high = list(pairwise(places))[index]
    middle = (low + high) / 2
    if low < middle < high:
        return middle
    for number, row in enumerate(standing, 1):
        unit.update("entries", row["id"], {"position": float(number)})
    return index + 0.5


def _label(title: str, edits: Sequence[NotesEdit]) -> str:
    name = title if len(title) <= _LABEL else f"{title[: _LABEL - 1]}…"
    count = len(edits)
    verb = "Remove" if all(isinstance(edit, RemoveEntry) for edit in edits) else "Write"
    return f"{verb} {'a line' if count == 1 else f'{count} lines'} of notes in {name}"
