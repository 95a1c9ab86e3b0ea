"""Write many rows at once, and check what the database can't: the same as one by one, at a fraction of the cost."""

from __future__ import annotations

import contextlib
import functools
import gc
import itertools
from typing import TYPE_CHECKING, Any

from app.actions.audit import Row, RowChange
from app.actions.errors import RefusedError
from app.model.entities import Entity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy import Connection

_TABLES = Entity.metadata.tables
_ASKED = 500  # ids in one statement
_MANY = 50  # rows, from which on one statement for all is quicker
_CELL = "fieldquill_cell"  # the function that a statement asks for cells


def insert_rows(connection: Connection, rows: Iterable[tuple[str, Row]]) -> list[RowChange]:
    """Write new rows, table by table; gives what happened in the order of `rows`.

    Args:
        connection: in a transaction.
        rows: each with its table and its id; columns left out are empty.

    Raises:
        RefusedError: a span lies outside its line, or over another of its passage.
    """
    whole = [(table, _whole(table, row)) for table, row in rows]
    for table, own in _by_table(whole).items():
        insert_values(connection, table, [tuple(row.values()) for row in own])
    require_sound_spans(connection, (row for table, row in whole if table == "spans"))
    return [RowChange(table, row["id"], None, row) for table, row in whole]


def put_back(connection: Connection, rows: Iterable[tuple[str, Row]]) -> None:
    """Write whole rows, table by table, without a look at what they say."""
    for table, own in _by_table(rows).items():
        names = _columns(table)
        insert_values(connection, table, [tuple(row[name] for name in names) for row in own])


def take_out(connection: Connection, rows: Iterable[tuple[str, Row]]) -> None:
    """Remove rows, those of the last table first: what refers goes more quickly before what it refers to."""
    for table, own in reversed(_by_table(rows).items()):
        for some in in_parts([row["id"] for row in own]):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE id IN ({_marks(some)})", some)  # noqa: S608


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Leave the looking for reference cycles be while many values are made that have none: a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def insert_values(connection: Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write new rows, each with all its columns in their order; many in one statement that asks for their cells.

    Row by row, a statement takes memory anew for each cell, index and reference, and SQLCipher locks and wipes what it
    takes: that is four fifths of the time. What is the same in all rows is asked for once.
    """
    if len(rows) < _MANY:
        places = ", ".join("?" * len(_columns(table)))
        connection.exec_driver_sql(f"INSERT INTO {table} ({_names(table)}) VALUES ({places})", list(rows))  # noqa: S608
    else:
        _insert_asking(connection, table, rows)


def _insert_asking(connection: Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    alike = [_is_alike(column) for column in zip(*rows, strict=True)]
    step = alike.count(False)
    cells = [cell for row in rows for cell, same in zip(row, alike, strict=True) if not same]
    places = itertools.count()
    chosen = ", ".join("?" if same else f"{_CELL}(first + {next(places)})" for same in alike)
    sql = (
        f"WITH RECURSIVE each(first, number) AS (VALUES (0, 1) UNION ALL "  # noqa: S608 - names are ours
        f"SELECT first + {step}, number + 1 FROM each WHERE number < {len(rows)}) "
        f"INSERT INTO {table} ({_names(table)}) SELECT {chosen} FROM each"
    )
    driver: Any = connection.connection.driver_connection
    driver.create_function(_CELL, 1, cells.__getitem__)
    try:
        connection.exec_driver_sql(sql, tuple(cell for cell, same in zip(rows[0], alike, strict=True) if same))
    finally:
        driver.create_function(_CELL, 1, None)


def in_parts(ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Part ids into as many as one statement names."""
    for first in range(0, len(ids), _ASKED):
        yield tuple(ids[first : first + _ASKED])


def require_sound_spans(connection: Connection, spans: Iterable[Row]) -> None:
    """Refuse spans that reach past their words, or over each other in one passage.

    Raises:
        RefusedError: one does.
    """
    spans = sorted(spans, key=lambda span: int(span["start"]))
    lengths = _lengths(connection, sorted({span["entry_id"] for span in spans}))
    last: dict[tuple[str, str], int] = {}
    for span in spans:
        place = span["passage_id"], span["entry_id"]
        if span["end"] > lengths.get(span["entry_id"], 0) or span["start"] < last.get(place, 0):
            raise RefusedError("A passage's stretches must lie within their lines, and not over each other.")
        last[place] = span["end"]


def _lengths(connection: Connection, entries: Sequence[str]) -> dict[str, int]:
    """Read how long entries' texts are; for very many, those of all."""
    sql = "SELECT id, length(text) FROM entries"
    asked: tuple[str, ...] = ()
    if len(entries) <= _ASKED:
        sql, asked = f"{sql} WHERE id IN ({_marks(entries)})", tuple(entries)
    return dict(tuple(found) for found in connection.exec_driver_sql(sql, asked).fetchall())


def _marks(values: Collection[str]) -> str:
    """Write the places of values in a query."""
    return ", ".join("?" * len(values))


def _is_alike(column: Sequence[Any]) -> bool:
    """Whether a column holds one number, or nothing, all the way down; a text would be copied for each row."""
    first = column[0]
    return not isinstance(first, str) and first == column[-1] and len(set(column)) == 1


def _by_table(rows: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for table, row in rows:
        found.setdefault(table, []).append(row)
    return found


@functools.cache
def _names(table: str) -> str:
    return ", ".join(f'"{name}"' for name in _columns(table))


@functools.cache
def _columns(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in _TABLES[table].columns)


def _whole(table: str, row: Row) -> Row:
    """Give a row as it would be read back: every column, a choice of two as a number, a place with its fraction."""
    found: Row = dict.fromkeys(_columns(table))
    for name, value in row.items():
        found[name] = int(value) if value is True or value is False else value
    if "position" in found:
        found["position"] = float(found["position"])
    return found
