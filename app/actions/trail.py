"""Write actions into the audit trail and read back what they did; one per transaction, at its end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from app.actions.audit import START, RowChange, digest, link_hash, row_text, side_digest, squeezed
from app.actions.bulk import insert_values
from app.model.entities import Entity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

_audit = Entity.metadata.tables["audit"]
_changes = Entity.metadata.tables["audit_changes"]


def last(connection: Connection) -> RowMapping | None:
    """Read the newest action."""
    return connection.execute(select(_audit).order_by(_audit.c.seq.desc()).limit(1)).mappings().first()


def stamp(when: datetime) -> str:
    """Write a time, in UTC, as the trail does; of two such the later one sorts behind."""
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def describe(now: datetime, action: str, label: str, **others: Any) -> dict[str, Any]:
    """Give an action's own columns: those not named are empty, and it can't be undone."""
    return {
        "at": stamp(now),
        "who": "",
        "action": action,
        "label": label,
        "subject": "",
        "sitting": "",
        "merge_key": "",
        "undoable": False,
        "undoes": None,
        "redoes": None,
        **others,
    }


def record(connection: Connection, fields: dict[str, Any], changes: Sequence[RowChange], *, keep_rows: bool) -> int:
    """Append an action to the chain; returns its number.

    Args:
        connection: in the transaction that made the changes.
        fields: as `describe` gives them.
        changes: what it did, each row once; never nothing.
        keep_rows: keep the rows themselves beside their digests, so that it can be undone.
    """
    newest = last(connection)
    if newest is not None and _continues(newest, fields):
        merged = squeezed([*changes_of(connection, int(newest["seq"])), *changes])
        if merged:  # else the row is as it was: that is an action of its own, so that both can be taken back
            return _amend(connection, newest, fields, merged)
    seq = newest["seq"] + 1 if newest else 1
    row = {**fields, "seq": seq, "previous": newest["hash"] if newest else START}
    _write(connection, row, changes, keep_rows=keep_rows)
    return seq


def changes_of(connection: Connection, seq: int) -> list[RowChange]:
    """Read what an action did."""
    query = select(_changes).where(_changes.c.seq == seq).order_by(_changes.c.ordinal)
    return [
        RowChange(row["table"], row["row"], _loaded(row["row_before"]), _loaded(row["row_after"]))
        for row in connection.execute(query).mappings()
    ]


def _continues(newest: RowMapping, fields: dict[str, Any]) -> bool:
    same = all(newest[name] == fields[name] for name in ("merge_key", "sitting", "who", "action"))
    return bool(fields["merge_key"]) and same and newest["undoes"] is None and newest["redoes"] is None


def _amend(connection: Connection, newest: RowMapping, fields: dict[str, Any], merged: Sequence[RowChange]) -> int:
    """Go on with the newest action: it is the chain's end, so that nothing has been hashed over it yet."""
    seq = int(newest["seq"])
    connection.execute(delete(_changes).where(_changes.c.seq == seq))
    connection.execute(delete(_audit).where(_audit.c.seq == seq))
    _write(connection, {**newest, "label": fields["label"], "at": fields["at"]}, merged, keep_rows=True)
    return seq


def _write(connection: Connection, row: dict[str, Any], changes: Sequence[RowChange], *, keep_rows: bool) -> None:
    texts = [(_dumped(change.before), _dumped(change.after)) for change in changes]
    sides = [(c.table, c.row, _digest(old), _digest(new)) for c, (old, new) in zip(changes, texts, strict=True)]
    row["before"] = side_digest((table, key, before) for table, key, before, _ in sides)
    row["after"] = side_digest((table, key, after) for table, key, _, after in sides)
    row["hash"] = link_hash(row)
    connection.execute(insert(_audit).values(row))
    kept = texts if keep_rows else [(None, None)] * len(texts)
    rows = [(row["seq"], n, *side, *text) for n, (side, text) in enumerate(zip(sides, kept, strict=True), 1)]
    insert_values(connection, "audit_changes", rows)


def label_of(connection: Connection, seq: int) -> str:
    """Read what an action is called."""
    return str(connection.execute(select(_audit.c.label).where(_audit.c.seq == seq)).scalar() or "")


def _dumped(row: dict[str, Any] | None) -> str | None:
    return None if row is None else row_text(row)


def _digest(text: str | None) -> str | None:
    return None if text is None else digest(text)


def _loaded(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
