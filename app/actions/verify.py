"""Check an open study: the database, its references, and the audit trail down to every row, by plain SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from app.actions.audit import HASHED, START, digest, link_hash, row_digest, side_digest
from app.model.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.model.read import Connection

_NOT_AUDITED = frozenset(
    {"audit", "audit_changes", "holder", "alembic_version", "search_rows", "search_texts"}
    | {f"search_texts_{part}" for part in ("config", "data", "docsize", "idx")}
)
_PAGE = re.compile(r"page (\d+)")
_WORDS = {kind.table: kind.word for kind in KINDS} | {
    "entries": "entry",
    "rubric_levels": "level",
    "rubric_principles": "principle",
    "rubric_criteria": "criterion",
}
_AUDITED = frozenset(
    {"study", "site_policy", "report_setup", *_WORDS} | {part.table for kind in KINDS for part in kind.parts}
)
_UPGRADE = "store.upgrade"


def problems(connection: Connection) -> Iterator[str]:
    """Say, a sentence each, what is wrong with a study; nothing when it is sound.

    Pages are checked against their HMACs, tables and indexes against each other, references, spans against their
    entries, the audit chain's hashes, and every row against what the audit trail says it should be. It finds
    what was changed past the program; whoever has the passphrase could also forge a whole new trail.

    Args:
        connection: open; best inside a transaction, so that all is checked in one state.
    """
    damaged = list(_pages(connection))
    yield from damaged
    if damaged:
        return
    yield from _strange_objects(connection)
    yield from _references(connection)
    yield from _spans(connection)
    yield from _chain(connection)
    yield from _rows(connection)


def _pages(connection: Connection) -> Iterator[str]:
    try:
        for (text,) in connection.execute("PRAGMA cipher_integrity_check"):
            page = _PAGE.search(text)
            yield f"Page {page[1] if page else '?'} of the file was changed or damaged ({text})."
        for (text,) in connection.execute("PRAGMA integrity_check"):
            if text != "ok":
                yield f"The database is damaged: {text}."
    except Exception as problem:  # noqa: BLE001 - whatever the driver says of a damaged file is the finding
        yield f"The database can't be read: {problem}."


def _strange_objects(connection: Connection) -> Iterator[str]:
    """Find what a study does not consist of: a trigger, say, that would change rows as others are written."""
    query = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    for kind, name in connection.execute(query).fetchall():
        if kind in {"trigger", "view"} or (kind == "table" and name not in _AUDITED | _NOT_AUDITED):
            yield f"The {kind} {name} is not part of a study."


def _references(connection: Connection) -> Iterator[str]:
    for table, row, target, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} refers to something missing in {target}."


def _spans(connection: Connection) -> Iterator[str]:
    query = (
        "SELECT passages.key, entries.key FROM spans JOIN entries ON entries.id = entry_id "
        'JOIN passages ON passages.id = passage_id WHERE spans."end" > length(entries.text)'
    )
    for passage, entry in connection.execute(query):
        yield f"Passage {passage} reaches past the end of {entry}."


def _chain(connection: Connection) -> Iterator[str]:
    previous, expected = START, 1
    for row in _dicts(connection, "SELECT * FROM audit ORDER BY seq"):
        seq = row["seq"]
        if seq != expected:
            yield f"The audit trail breaks at action {expected}: it is missing."
        elif row["previous"] != previous:
            yield f"The audit trail breaks at action {seq}: it does not follow the action before it."
        elif row["hash"] != link_hash({name: row[name] for name in HASHED}):
            yield f"The audit trail breaks at action {seq}: it was changed after it was written."
        elif not _sides_match(connection, seq, row["before"], row["after"]):
            yield f"The audit trail breaks at action {seq}: what it did was changed after it was written."
        previous, expected = row["hash"], seq + 1


def _sides_match(connection: Connection, seq: int, before: str, after: str) -> bool:
    """Whether an action's rows are those its digests were taken of, and what undo would bring back is one of them."""
    query = (
        'SELECT "table", row, before, after, row_before, row_after FROM audit_changes WHERE seq = ? ORDER BY ordinal'
    )
    rows = connection.execute(query, (seq,)).fetchall()
    kept = [(text, known) for row in rows for text, known in ((row[4], row[2]), (row[5], row[3])) if text is not None]
    return (
        side_digest((table, key, known) for table, key, known, *_ in rows) == before
        and side_digest((table, key, known) for table, key, _, known, *_ in rows) == after
        and all(digest(text) == known for text, known in kept)
    )


def _rows(connection: Connection) -> Iterator[str]:
    """Compare every row with the last word of the trail on it."""
    known = _last_words(connection)
    for table in sorted(_AUDITED):
        for row in _dicts(connection, f'SELECT * FROM "{table}"'):  # noqa: S608 - the table's own name
            last_word = known.pop((table, row["id"]), None)
            if last_word != row_digest(row):
                yield f"{_name(table, row)} was changed past the program: the audit trail knows nothing of it."
    for (table, row_id), last_word in known.items():
        if last_word is not None:
            yield f"{_word(table).capitalize()} {row_id} was removed past the program: the audit trail still has it."


def _last_words(connection: Connection) -> dict[tuple[str, str], str | None]:
    known: dict[tuple[str, str], str | None] = {}
    query = (
        'SELECT action, "table", row, audit_changes.after, audit_changes.ordinal FROM audit_changes '
        "JOIN audit ON audit.seq = audit_changes.seq ORDER BY audit_changes.seq, ordinal"
    )
    for action, table, row_id, last_word, ordinal in connection.execute(query):
        if action == _UPGRADE and ordinal == 1:  # a migration tells every row anew
            known.clear()
        known[table, row_id] = last_word
    return known


def _dicts(connection: Connection, sql: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def _name(table: str, row: dict[str, Any]) -> str:
    return f"{_word(table).capitalize()} {row.get('key', row['id'])}"


def _word(table: str) -> str:
    return _WORDS.get(table, table.replace("_", " ").removesuffix("s"))
