"""A unit of work: the rows one action writes, all noted down, so that it can be audited and taken back.

It is the only code that writes what users made. Values come in with keys; rows go out with ids.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4, uuid5

import msgspec
from sqlalchemy import ForeignKeyConstraint, Table, func, select
from sqlalchemy import delete as sql_delete
from sqlalchemy import insert as sql_insert
from sqlalchemy import update as sql_update

from app.actions.audit import Row, RowChange
from app.actions.bulk import in_parts, insert_rows, put_back, require_sound_spans, take_out
from app.actions.errors import NotFoundError
from app.actions.values import cell, checked
from app.model.entities import Entity
from app.model.kinds import BY_TYPE, KINDS, Kind, Part, columns, link_table
from app.model.shifting import Edit, edit_between, shift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Connection

    from app.model.base import Thing

T = TypeVar("T", bound="Thing")
TABLES = Entity.metadata.tables
RUBRIC_PARTS = frozenset({"rubric_levels", "rubric_principles", "rubric_criteria"})
# Rows whose optional reference means something else when it is empty: they go with what they refer to.
_NOT_WITHOUT = frozenset({"evidence", "codings", "influences"})
_MEANS_MORE = frozenset({"challenge_cases"})  # see `_keep_meaning`
_AFTER_KEYS = "~"  # sorts behind any sign that a key can have
_WORDS = {kind.table: kind.word for kind in KINDS} | {
    "rubric_levels": "level",
    "rubric_principles": "principle",
    "rubric_criteria": "criterion",
    "entries": "entry",
    "originals": "line",
    "questions": "question",
}


@dataclass(frozen=True)
class Changes:
    """What an action did, for whoever shows the study.

    `tables` names the kinds of thing touched, `touched` each (kind, key); both are empty, and `seq` is None, when it
    changed nothing.
    """

    seq: int | None
    label: str
    tables: frozenset[str]
    touched: frozenset[tuple[str, str]]

    def key_of(self, table: str) -> str:
        """Give the key of the one thing of that kind that was touched."""
        return next(key for kind, key in sorted(self.touched) if kind == table)


class Unit:
    """One action's work, inside its transaction.

    Args:
        connection: in a transaction that takes back everything if the action fails.
        now: when the action happens, UTC.
        who: key of the assessor working; empty where nobody said.
        sitting: tells what is done between one opening of the study and its closing from all else.
        new_id: makes an id for a row from its table and what tells it apart; random by default.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        now: datetime,
        who: str = "",
        sitting: str = "",
        new_id: Callable[[str, str], str] | None = None,
    ) -> None:
        self.connection = connection
        self.now = now
        self.who = who
        self.sitting = sitting
        self.changes: list[RowChange] = []
        self.merge_key = ""
        self.made_id = new_id or (lambda _table, _natural: str(uuid4()))
        self._ids: dict[tuple[str, str], str] = {}

    @property
    def now_text(self) -> str:
        """When the action happens, as a column keeps it."""
        return str(cell(self.now))

    # Finding

    def id_of(self, table: str, key: str, rubric: str = "") -> str:
        """Find a row's id by its key; parts of a rubric are found within `rubric`.

        Raises:
            NotFoundError: there is no such thing.
        """
        if table in RUBRIC_PARTS:
            key = f"{rubric}/{key}"
        if (table, key) not in self._ids:
            self._ids[table, key] = self._look_up(table, key)
        return self._ids[table, key]

    def _look_up(self, table: str, key: str) -> str:
        where = {"key": key}
        if table in RUBRIC_PARTS:
            rubric, _, key = key.partition("/")
            where = {"key": key, "rubric_id": self.id_of("rubrics", rubric)}
        found = self._find(table, where)
        if found is None:
            raise NotFoundError(f'The study has no {_WORDS[table]} "{key}".')
        return found

    def _find(self, table: str, where: Row) -> str | None:
        found = self.connection.exec_driver_sql(_query(table, tuple(where), "id"), tuple(where.values())).scalar()
        return None if found is None else str(found)

    def find(self, thing: Thing) -> str | None:
        """Find the id of the row a thing is kept in, by what tells it apart; None where there is none."""
        kind = BY_TYPE[type(thing)]
        row = self.row_of(thing)
        natural = (name for field, name, _ in _columns(kind.type) if field in kind.natural)
        return self._find(kind.table, {name: row[name] for name in natural})

    def row(self, table: str, row_id: str) -> Row:
        """Read one row.

        Raises:
            NotFoundError: it is not there.
        """
        found = self.rows(table, id=row_id)
        if not found:
            raise NotFoundError(f"The study no longer has that {_WORDS.get(table, 'row')}.")
        return found[0]

    def rows(self, table: str, **where: str) -> list[Row]:
        """Read the rows of a table whose columns have the values given, in order where the table has one."""
        names = TABLES[table].c.keys()
        found = self.connection.exec_driver_sql(_query(table, tuple(where)), tuple(where.values()))
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def keys(self, table: str, stem: str = "") -> set[str]:
        """Read which keys are taken among things of a kind: all, or those that begin with `stem`."""
        key = TABLES[table].c.key
        query = select(key).where(key >= stem, key < f"{stem}{_AFTER_KEYS}")
        return set(self.connection.execute(query).scalars())

    # Writing rows

    def insert(self, table: str, row: Row) -> None:
        """Write a new row."""
        self.connection.execute(sql_insert(TABLES[table]).values(row))
        self.changes.append(RowChange(table, row["id"], None, self.row(table, row["id"])))

    def update(self, table: str, row_id: str, new: Row, *, shifting: bool = True) -> None:
        """Change some columns of a row; nothing is written where nothing differs.

        Passages shift with the words of a line, unless who calls puts them where they belong.
        """
        before = self.row(table, row_id)
        if all(before[name] == value for name, value in new.items()):
            return
        target = TABLES[table]
        self.connection.execute(sql_update(target).where(target.c.id == row_id).values(new))
        after = self.row(table, row_id)
        self.changes.append(RowChange(table, row_id, before, after))
        if table == "entries" and shifting and before["text"] != after["text"]:
            self._shift_spans(row_id, before["text"], after["text"])

    def update_all(self, table: str, rows: Iterable[Row], new: Row) -> None:
        """Change some columns of rows alike, at a fraction of the cost of `update`; never the words of lines.

        Args:
            table: their table.
            rows: as they stand.
            new: values as columns keep them.
        """
        rows = list(rows)
        target = TABLES[table]
        for some in in_parts([row["id"] for row in rows]):
            self.connection.execute(sql_update(target).where(target.c.id.in_(some)).values(new))
        self.changes.extend(RowChange(table, row["id"], row, {**row, **new}) for row in rows)

    def _shift_spans(self, entry_id: str, before: str, after: str) -> None:
        """Move what is marked in a line, from the far end when it grows: no span may land where another still is."""
        edit = edit_between(before, after)
        spans = sorted(self.rows("spans", entry_id=entry_id), key=lambda span: int(span["start"]))
        places = [(span["id"], _shifted(span, edit, after)) for span in spans]
        for span_id, place in places:
            if place is None:
                self.delete("spans", span_id)
        for span_id, place in reversed(places) if edit.inserted > edit.removed else places:
            if place is not None:
                self.update("spans", span_id, {"start": place[0], "end": place[1]})

    def delete(self, table: str, row_id: str) -> None:
        """Remove a row, and with it what can't stand without it."""
        before = self.row(table, row_id)
        for other, link in dependents(table):
            self._release(other, link, before)
        target = TABLES[table]
        self.connection.execute(sql_delete(target).where(target.c.id == row_id))
        self._note_gone(table, before)

    def delete_all(self, table: str, rows: Sequence[Row]) -> None:
        """Remove rows of a kind that nothing refers to, at a fraction of the cost of `delete`."""
        take_out(self.connection, ((table, row) for row in rows))
        self._note_gone(table, *rows)

    def _note_gone(self, table: str, *rows: Row) -> None:
        for row in rows:
            self.changes.append(RowChange(table, row["id"], row, None))
            self._ids.pop((table, str(row.get("key"))), None)

    def _release(self, other: Table, link: ForeignKeyConstraint, row: Row) -> None:
        """Let go of a row about to be removed: forget the reference where it may be empty, else remove what refers."""
        pairs = [(element.parent.name, row[element.column.name]) for element in link.elements]
        optional = [name for name, _ in pairs if other.c[name].nullable and other.name not in _NOT_WITHOUT]
        rows = self.rows(other.name, **dict(pairs))
        if not optional and other.name not in _MEANS_MORE and not dependents(other.name):
            self.delete_all(other.name, rows)
            return
        for found in rows:
            if optional:
                self.update(other.name, found["id"], _without(other.name, found, optional))
            else:
                self.delete(other.name, found["id"])
                self._keep_meaning(other.name, found)

    def _keep_meaning(self, table: str, removed: Row) -> None:
        """Remove a challenge with the last case it was of: without any it would be one across all cases."""
        if table == "challenge_cases" and not self.rows(table, challenge_id=removed["challenge_id"]):
            self.delete("challenges", removed["challenge_id"])

    def restore(self, changes: Sequence[RowChange]) -> None:
        """Bring rows to what `changes` say they are afterwards, exactly.

        All of them go before any comes back, so that no two are in each other's way on the way there.
        """
        take_out(self.connection, ((each.table, each.before) for each in changes if each.before is not None))
        put_back(self.connection, ((each.table, each.after) for each in changes if each.after is not None))
        self.changes.extend(changes)

    # Writing values

    def expect(self, kind: Kind, things: Iterable[Thing]) -> None:
        """Let things refer to others of their kind that are added after them; for ids that are derived, not random."""
        if kind.listed:
            self._ids |= {(kind.table, thing.key): self._id_for(kind, thing) for thing in things}  # type: ignore[attr-defined]

    def add(self, thing: Thing) -> str:
        """Write a new thing, at the end of its list; returns its id.

        Raises:
            RefusedError: a value can't be kept.
        """
        kind = BY_TYPE[type(thing)]
        thing = checked(thing)
        row = self._new_row(kind, thing, self.last_position(kind.table) + 1 if kind.listed else 0)
        self.insert(kind.table, row)
        self._write_parts(kind, row, thing)
        return str(row["id"])

    def add_many(self, things: Iterable[Thing]) -> None:
        """Write new things as `add` does each, at a fraction of its cost: rows are not read back one by one.

        Raises:
            RefusedError: a value can't be kept.
        """
        places: dict[str, float] = {}
        rows: list[tuple[str, Row]] = []
        for given in things:
            kind, thing = BY_TYPE[type(given)], checked(given)
            if kind.listed:
                last = places[kind.table] if kind.table in places else self.last_position(kind.table)
                places[kind.table] = last + 1
            owner = self._new_row(kind, thing, places.get(kind.table, 0))
            rows.append((kind.table, owner))
            for part in kind.parts:
                for position, value in enumerate(getattr(thing, part.field), 1):
                    rows.append((part.table, self._new_part(part, owner, value, position)))
        self.changes.extend(insert_rows(self.connection, rows))

    def change(self, thing: Thing) -> str:
        """Bring the thing that is told apart by the same fields to be as `thing` says; returns its id.

        Raises:
            NotFoundError: there is no such thing.
            RefusedError: a value can't be kept.
        """
        kind = BY_TYPE[type(thing)]
        thing = checked(thing)
        row_id = self.find(thing)
        if row_id is None:
            raise NotFoundError(f"The study no longer has that {kind.word}.")
        self.update(kind.table, row_id, self.row_of(thing))
        self._write_parts(kind, self.row(kind.table, row_id), thing)
        return row_id

    def add_part(self, part: Part, owner: Row, value: Thing | str, position: float) -> str:
        """Write one new part of a thing; returns its id."""
        row = self._new_part(part, owner, value, position)
        self.insert(part.table, row)
        return str(row["id"])

    def add_parts(self, part: Part, owner: Row, values: Iterable[Thing | str], places: Iterable[float]) -> list[str]:
        """Write new parts of a thing, each in its place; gives their ids."""
        made = [self._new_part(part, owner, value, place) for value, place in zip(values, places, strict=False)]
        self.changes.extend(insert_rows(self.connection, [(part.table, row) for row in made]))
        return [str(row["id"]) for row in made]

    def know(self, table: str) -> None:
        """Read the ids of all things of a kind at once, for whoever is about to refer to many of them."""
        found = self.connection.execute(select(TABLES[table].c.key, TABLES[table].c.id))
        self._ids |= {(table, key): row_id for key, row_id in found}

    def last_position(self, table: str, **where: str) -> float:
        """Give the place of the last thing in a list, of those whose columns have the values given; 0 for none."""
        target = TABLES[table]
        own = (target.c[name] == value for name, value in where.items())
        return float(self.connection.execute(select(func.max(target.c.position)).where(*own)).scalar() or 0)

    def _new_row(self, kind: Kind, thing: Thing, position: float) -> Row:
        """Give a new thing its row, with its id and its place; others may refer to it from now on."""
        row = self.row_of(thing)
        row["id"] = self._id_for(kind, thing)
        if kind.listed:
            row["position"] = position
            self._ids[kind.table, row["key"]] = row["id"]
        return row

    def _new_part(self, part: Part, owner: Row, value: Thing | str, position: float) -> Row:
        row = self.part_row(part, owner, value)
        given = None if isinstance(value, str) else value.id
        natural = value if isinstance(value, str) else self._natural(value, part.natural)
        row["id"] = str(given) if given else self.made_id(part.table, f"{owner['id']}/{natural}")
        row["position"] = position
        if "key" in row:
            self._ids[part.table, row["key"]] = row["id"]
        return row

    def _id_for(self, kind: Kind, thing: Thing) -> str:
        return str(thing.id) if thing.id else self.made_id(kind.table, self._natural(thing, kind.natural))

    def _write_parts(self, kind: Kind, owner: Row, thing: Thing) -> None:
        for part in kind.parts:
            self.write_part(part, owner, getattr(thing, part.field))
        if kind.table == "passages":
            self.require_sound_spans(owner["id"])

    def require_sound_spans(self, passage_id: str) -> None:
        """Refuse spans that reach past their words, or over each other."""
        require_sound_spans(self.connection, self.rows("spans", passage_id=passage_id))

    def write_part(self, part: Part, owner: Row, values: Sequence[Any]) -> None:
        """Bring a thing's list to hold these values in this order, touching only what differs."""
        standing = {self._identity(part, row): row["id"] for row in self.rows(part.table, **{part.owner: owner["id"]})}
        wanted = [(self.part_row(part, owner, value), value) for value in values]
        keep = {self._identity(part, row) for row, _ in wanted}
        for identity, row_id in standing.items():
            if identity not in keep:
                self.delete(part.table, row_id)
        for position, (row, value) in enumerate(wanted, 1):
            row_id = standing.get(self._identity(part, row))
            if row_id is None:
                self.add_part(part, owner, value, position)
            else:
                self.update(part.table, row_id, {**row, "position": float(position)})

    def _identity(self, part: Part, row: Row) -> tuple[Any, ...]:
        return tuple(row.get(f"{field}_id", row.get(field)) for field in part.natural)

    def part_row(self, part: Part, owner: Row, value: Thing | str) -> Row:
        """Give the columns a part is kept in, without its id and its place; `value` is checked."""
        if isinstance(value, str):
            row: Row = {f"{part.natural[0]}_id": self.id_of(link_table(part), value)}
        else:
            row = self.row_of(value)
        return {**row, part.owner: owner["id"], **{name: owner[name] for name in part.inherits}}

    def row_of(self, thing: Thing) -> Row:
        """Give the columns a thing is kept in, without its id, its place and its lists; it is checked before."""
        rubric = getattr(thing, "rubric", None) or ""
        row: Row = {}
        for field, name, table in _columns(type(thing)):
            value = getattr(thing, field)
            row[name] = self.id_of(table, value, rubric) if table and value is not None else cell(value)
        return row

    def value_of(self, of: type[T], row: Row) -> T:
        """Make the value that a row keeps, with its id, and without its lists."""
        fields = {"id": row["id"]}
        for column in columns(of):
            value = row[column.name]
            if column.table and value is not None:
                value = self.row(column.table, value)["key"]
            fields[column.field] = bool(value) if column.is_bool else value
        return msgspec.convert(fields, of)

    def _natural(self, thing: Thing, fields: Iterable[str]) -> str:
        return "/".join(str(getattr(thing, field)) for field in fields)


@functools.cache
def _query(table: str, where: tuple[str, ...], wanted: str = "") -> str:
    """Write a query for what columns have the values given, once: SQLAlchemy takes longer for each than SQLite does."""
    known = TABLES[table].c
    names = ", ".join(f'"{name}"' for name in ([wanted] if wanted else known.keys()))
    given = " AND ".join(f'"{known[name].name}" IS ?' for name in where)
    order = ' ORDER BY "position", "id"' if "position" in known and not wanted else ""
    return f"SELECT {names} FROM {table}{f' WHERE {given}' if given else ''}{order}"  # noqa: S608 - names are ours


@functools.cache
def _columns(of: type[Thing]) -> list[tuple[str, str, str | None]]:
    """List the columns of a kind of value as plain tuples, which are taken apart more quickly."""
    return [(column.field, column.name, column.table) for column in columns(of)]


def _shifted(span: Row, edit: Edit, text: str) -> tuple[int, int] | None:
    if span["whole"]:
        return (0, len(text)) if text else None
    return shift(span["start"], span["end"], edit)


def _without(table: str, row: Row, names: Iterable[str]) -> Row:
    """Empty some references of a row; a follow-up that loses where it was answered is open again."""
    new: Row = dict.fromkeys(names)
    if table == "follow_ups" and row["state"] == "answered":
        left = {**row, **new}
        if not (left["resolution"] or left["answered_in_id"] or left["answer_id"]):
            new["state"] = "open"
    return new


def derived_ids(study: UUID) -> Callable[[str, str], str]:
    """Make ids from what tells rows apart, so that importing a document twice gives the same study."""
    return lambda table, natural: str(uuid5(study, f"{table}/{natural}"))


@functools.cache
def dependents(table: str) -> list[tuple[Table, ForeignKeyConstraint]]:
    """List what refers to a table; references through several columns first, since they say more."""
    found = [
        (other, link)
        for other in TABLES.values()
        for link in other.foreign_key_constraints
        if link.referred_table.name == table
    ]
    return sorted(found, key=lambda pair: (-len(pair[1].elements), pair[0].name))
