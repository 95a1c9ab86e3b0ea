"""The index of a study's words, inside its encrypted file: built at the first search, then kept in step.

`search_rows` maps the id of a study's row to the number its words have in `search_texts` (FTS5). One row of it stands
for the index itself and says how far that is: begun, or built. As long as it is not there, nothing is indexed and
nothing kept in step.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

from app.store.cipher import sqlcipher
from app.store.errors import OpenedReadOnly
from app.store.failures import unwritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from app.actions.audit import RowChange
    from app.store.study_file import StudyFile

# What people write words into, by table; the columns are called as the values' fields are.
TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "entries": ("text",),
    "originals": ("text",),
    "codings": ("memo",),
    "answers": ("rationale",),
    "consensus": ("reason",),
    "dissents": ("reason",),
    "overrides": ("reason",),
    "targets": ("reason",),
    "next_steps": ("text", "owner"),
    "findings": ("text",),
    "challenges": ("title", "text"),
    "influences": ("memo",),
    "follow_ups": ("question", "resolution"),
    "reviews": ("remark",),
    "review_items": ("comment", "resolution"),
}
_INDEX: Final = "index"  # the row that stands for the index; no id is so short
_BEGUN: Final = "begun"
_BUILT: Final = "built"
_ROWS: Final = 500  # of a chunk, at most
_SIGNS: Final = 120_000  # of a chunk, about: a twentieth of a second's work
_ENTER: Final = 'INSERT INTO search_rows ("table", row) VALUES (?, ?)'
_WRITE: Final = "INSERT OR REPLACE INTO search_texts (rowid, text) VALUES (?, ?)"


def joined(texts: Iterable[str | None]) -> str:
    """Give the words of one thing as they are indexed, and searched where there is no index; empty where none are."""
    text = "\n".join(filter(None, texts))
    return text if text.strip() else ""


def is_built(connection: Any) -> bool:
    """Whether everything is in the index.

    Args:
        connection: to the study; anything with `execute`.
    """
    row = connection.execute('SELECT "table" FROM search_rows WHERE row = ?', (_INDEX,)).fetchone()
    return row is not None and row[0] == _BUILT


# Keeping in step


def note(connection: Connection, changes: Iterable[RowChange]) -> None:
    """Take what an action did into the index, inside its transaction; nothing to do before the first search.

    Args:
        connection: in the transaction that made the changes.
        changes: each row once.
    """
    reworded = {change.row: (change.table, text) for change in changes for text in _new_words(change)}
    if not reworded or not _numbers(connection, [_INDEX]):
        return
    known = _numbers(connection, list(reworded))
    for row, (table, text) in reworded.items():
        _put(connection, table, row, known.get(row), text)


def _new_words(change: RowChange) -> list[str]:
    """Give what a row says now, where that is something else than before; nothing for a row without words."""
    columns = TEXTS.get(change.table, ())
    before, after = (_words(columns, side) for side in (change.before, change.after))
    return [after] if before != after else []


def _words(columns: tuple[str, ...], row: Mapping[str, Any] | None) -> str:
    return "" if row is None else joined(row[column] for column in columns)


def _numbers(connection: Connection, rows: list[str]) -> dict[str, int]:
    """Look up which numbers rows have in the index."""
    known: dict[str, int] = {}
    for first in range(0, len(rows), _ROWS):
        some = tuple(rows[first : first + _ROWS])
        sql = f"SELECT row, id FROM search_rows WHERE row IN ({', '.join('?' * len(some))})"  # noqa: S608
        known.update((row, number) for row, number in connection.exec_driver_sql(sql, some))
    return known


def _put(connection: Connection, table: str, row: str, number: int | None, text: str) -> None:
    """Give a row of the study the words `text`; none take it out."""
    if text:
        if number is None:
            number = connection.exec_driver_sql(_ENTER, (table, row)).lastrowid
        connection.exec_driver_sql(_WRITE, (number, text))
    elif number is not None:
        connection.exec_driver_sql("DELETE FROM search_texts WHERE rowid = ?", (number,))
        connection.exec_driver_sql("DELETE FROM search_rows WHERE id = ?", (number,))


# Building


def build(file: StudyFile) -> Iterator[tuple[int, int]]:
    """Build the index, chunk by chunk: each step gives how many rows are done, and of how many.

    Whoever stops asking cancels it: what is done stays and is kept in step, and the next time goes on from there.
    Changes may be made between two steps.

    Raises:
        OpenedReadOnly: this window may only read.
        NotWritten: a chunk could not be written; what was done before stays.
    """
    if file.read_only:
        raise OpenedReadOnly(f"{file.path.name} is open for reading only, so no index can be written in it.")
    if is_built(file.connection):
        return
    with _writing(file) as connection:
        connection.execute('INSERT OR IGNORE INTO search_rows ("table", row) VALUES (?, ?)', (_BEGUN, _INDEX))
        totals = {table: _count(connection, table) for table in TEXTS}
    done, total = 0, sum(totals.values())
    yield 0, total
    for table in TEXTS:
        after = 0
        while True:
            with _writing(file) as connection:
                rows = _chunk(connection, table, after)
                _enter(connection, table, rows)
            if not rows:
                break
            after = rows[-1][0]
            done += len(rows)
            yield min(done, total), total
    with _writing(file) as connection:
        connection.execute('UPDATE search_rows SET "table" = ? WHERE row = ?', (_BUILT, _INDEX))


def rebuild(file: StudyFile) -> Iterator[tuple[int, int]]:
    """Throw the index away, whatever is wrong with it, and build it anew; as `build`."""
    with _writing(file) as connection:
        connection.execute("DELETE FROM search_rows")
        connection.execute("INSERT INTO search_texts (search_texts) VALUES ('delete-all')")
    yield from build(file)


def _chunk(connection: Any, table: str, after: int) -> list[tuple[int, str, str]]:
    """Read the next rows of a table: their place in it, their id, their words."""
    names = ", ".join(f'"{column}"' for column in TEXTS[table])
    sql = f"SELECT rowid, id, {names} FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT {_ROWS}"  # noqa: S608
    rows, signs = [], 0
    for place, row, *texts in connection.execute(sql, (after,)):
        rows.append((place, row, joined(texts)))
        signs += len(rows[-1][2])
        if signs > _SIGNS:
            break
    return rows


def _enter(connection: Any, table: str, rows: list[tuple[int, str, str]]) -> None:
    """Write rows into the index; those that came in with a change meanwhile are there."""
    for _, row, text in rows:
        if text and not connection.execute("SELECT 1 FROM search_rows WHERE row = ?", (row,)).fetchone():
            number = connection.execute(_ENTER, (table, row)).lastrowid
            connection.execute(_WRITE, (number, text))


def _count(connection: Any, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - a name of ours


@contextlib.contextmanager
def _writing(file: StudyFile) -> Iterator[Any]:
    """Write one chunk, all of it or nothing."""
    connection = file.connection
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    except sqlcipher.Error as problem:
        raise unwritten(problem, file.path.name, "the index for searching") from None
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
