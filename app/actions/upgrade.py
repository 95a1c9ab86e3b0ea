"""Note in the audit trail that a migration changed rows, so that the trail still accounts for every row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.actions.audit import RowChange


def note_upgrade(connection: Any, version: int) -> None:
    """Append an action that takes every row from what the trail last knew to what the migration made of it.

    Args:
        connection: open, in the migration's transaction.
        version: the schema version the file had.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    from app.actions import trail
    from app.actions.unit import TABLES, Unit

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None)
    with engine.connect() as inside:
        unit = Unit(inside, now=datetime.now(UTC))
        changes = [
            RowChange(table, row["id"], None, row)
            for table in sorted(TABLES)
            if "id" in TABLES[table].c
            for row in unit.rows(table)
        ]
        fields = {
            "at": unit.now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "who": "",
            "action": "store.upgrade",
            "label": f"Bring the study up to date from version {version}",
            "subject": "",
            "sitting": "",
            "merge_key": "",
            "undoable": False,
            "undoes": None,
            "redoes": None,
        }
        trail.record(inside, fields, changes, keep_rows=False)
