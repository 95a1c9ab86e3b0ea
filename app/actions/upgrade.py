"""Note in the audit trail that a migration changed rows, so that the trail still accounts for every row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.actions.audit import RowChange

if TYPE_CHECKING:
    from sqlalchemy import Connection


def note_upgrade(connection: Connection, version: int) -> None:
    """Append an action that takes every row from what the trail last knew to what the migration made of it.

    Args:
        connection: in the migration's transaction.
        version: the schema version the file had.
    """
    from app.actions import trail
    from app.actions.unit import TABLES, Unit

    unit = Unit(connection, now=datetime.now(UTC))
    changes = [
        RowChange(table, row["id"], None, row)
        for table in sorted(TABLES)
        if "id" in TABLES[table].c
        for row in unit.rows(table)
    ]
    label = f"Bring the study up to date from version {version}"
    trail.record(connection, trail.describe(unit.now, "store.upgrade", label), changes, keep_rows=False)
