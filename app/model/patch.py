"""Bring a document up to date from the rows an action changed, at a cost that goes with the change alone."""

from __future__ import annotations

import bisect
import functools
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import msgspec

from app.model.kinds import BY_TABLE, EVIDENCE_OWNER, KINDS, PART_OWNER, Kind
from app.model.read import Reader, read_policy, read_setup, read_study

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.model.document import StudyDocument
    from app.model.read import Connection
    from app.model.source import Source

_MANY = 64  # rows put in or moved within one source, from which on reading it whole is quicker
_LINES = frozenset({"entries", "originals"})
_KINDS = {table: (table,) for table in (*BY_TABLE, "study", "site_policy", "report_setup")} | {
    part: (owner,) for part, owner in PART_OWNER.items()
}
_OWNERS = {part.table: part.owner for kind in KINDS for part in kind.parts if part.table != "evidence"}


class Touched(NamedTuple):
    """One row that was changed: None before it was made, None after it was removed."""

    table: str
    row: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def stands(self) -> bool:
        """Whether the row was there before and still is, in the same place of its list."""
        if self.before is None or self.after is None:
            return False
        return bool(self.before.get("position") == self.after.get("position"))


def kinds_of(change: Touched) -> Iterable[str]:
    """Name the kinds of thing a row belongs to."""
    if change.table == "evidence":
        return [kind for owner, kind in EVIDENCE_OWNER.items() if any(row[owner] for row in _rows(change))]
    return _KINDS.get(change.table, ())


def patched(document: StudyDocument, connection: Connection, changes: Sequence[Touched]) -> StudyDocument:
    """Read again what changed, and keep the rest of the document as it is.

    Args:
        document: the study as it was before the changes.
        connection: the open study, after them.
        changes: every row that differs, once.
    """
    reader = Reader(connection)
    fresh: dict[str, Any] = {}
    by_kind: dict[str, list[Touched]] = {}
    for change in changes:
        for kind in kinds_of(change):
            by_kind.setdefault(kind, []).append(change)
    for table, own in by_kind.items():
        if table == "study":
            fresh["study"] = read_study(connection)
        elif table == "site_policy":
            fresh["site_policy"] = read_policy(connection)
        elif table == "report_setup":
            fresh["report"] = read_setup(connection)
        elif table == "sources" and all(change.table in _LINES for change in own):
            fresh[table] = _with_lines(document.sources, reader, own)
        else:
            fresh[table] = _with_things(getattr(document, table), reader, BY_TABLE[table], own)
    return msgspec.structs.replace(document, **fresh)


def _with_things(things: tuple[Any, ...], reader: Reader, kind: Kind, changes: Sequence[Touched]) -> tuple[Any, ...]:
    """Read things again whose rows, or whose parts' rows, changed, and put them in their places."""
    ids = frozenset(found for change in changes for found in _things_of(kind, change))
    if len(ids) > _MANY:
        return reader.read(kind)
    fresh = {thing.id.int: thing for thing in reader.read(kind, ids)}  # type: ignore[union-attr]
    moved = {UUID(each.row).int for each in changes if each.table == kind.table and not (kind.listed and each.stands)}
    kept = list(things)
    if fresh.keys() - moved or any(each.before for each in changes):  # else all that happened is that some were made
        kept = [fresh.get(key, thing) for thing in things if (key := thing.id.int) not in moved]
    place = functools.partial(reader.place, kind.table) if kind.listed else kind.sort_key
    for key in moved & fresh.keys():
        bisect.insort(kept, fresh[key], key=place)
    return tuple(kept)


def _things_of(kind: Kind, change: Touched) -> Iterable[str]:
    """Give the ids of the things of a kind that a row is, or is a part of."""
    if change.table == kind.table:
        return [change.row]
    owner = _OWNERS.get(change.table)
    if owner is None:
        owner = next(column for column, table in EVIDENCE_OWNER.items() if table == kind.table)
    return [str(row[owner]) for row in _rows(change) if row[owner]]


def _with_lines(sources: tuple[Source, ...], reader: Reader, changes: Sequence[Touched]) -> tuple[Source, ...]:
    """Take over changed lines of notes, line by line."""
    by_source: dict[int, list[Touched]] = {}
    for change in changes:
        by_source.setdefault(UUID(_rows(change)[0]["source_id"]).int, []).append(change)
    crowded = [key for key, own in by_source.items() if sum(not change.stands for change in own) > _MANY]
    read: Iterable[Any] = ()
    if crowded:
        read = reader.read(BY_TABLE["sources"], frozenset(str(UUID(int=key)) for key in crowded))
    whole = {source.id.int: source for source in read}
    made: list[Source] = []
    for source in sources:
        key = source.id.int  # type: ignore[union-attr] # what was read has its id
        own = by_source.get(key)
        made.append(source if own is None else whole.get(key) or _with_own_lines(source, reader, own))
    return tuple(made)


def _with_own_lines(source: Source, reader: Reader, changes: Sequence[Touched]) -> Source:
    for table in sorted({change.table for change in changes}):
        own = [change for change in changes if change.table == table]
        lines = list(getattr(source, table))
        _patch_lines(lines, reader, table, own)
        source = msgspec.structs.replace(source, **{table: tuple(lines)})
    return source


def _patch_lines(lines: list[Any], reader: Reader, table: str, changes: Sequence[Touched]) -> None:
    stay = {change.after["key"]: change.after for change in changes if change.stands and change.after}
    gone = {_rows(change)[0]["key"] for change in changes if not change.stands}
    lines[:] = [
        reader.line(table, stay[line.key]) if line.key in stay else line for line in lines if line.key not in gone
    ]
    moved = [change for change in changes if not change.stands]
    for change in sorted((c for c in moved if c.after), key=lambda c: (c.after["position"], c.row)):  # type: ignore[index]
        row: dict[str, Any] = change.after  # type: ignore[assignment]
        above = reader.line_above(table, row)
        place = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].key == above), -1)
        lines.insert(place + 1, reader.line(table, row))


def _rows(change: Touched) -> list[dict[str, Any]]:
    return [row for row in (change.before, change.after) if row]
