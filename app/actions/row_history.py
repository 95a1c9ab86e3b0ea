"""What became of one row of a study, field by field, read from the audit trail."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from app.actions.open_study import OpenStudy

_CHANGES: Final = """
    SELECT at, who, row_before, row_after FROM audit JOIN audit_changes USING (seq)
    WHERE "table" = ? AND row = ? ORDER BY seq
"""


class Step(Struct, frozen=True):
    """One change: when (UTC), by whom ("" where nobody said), and what became of which field, a line each."""

    at: datetime
    who: str
    words: tuple[str, ...]


def told(study: OpenStudy, table: str, row: UUID | None, fields: Mapping[str, str]) -> tuple[Step, ...]:
    """Tell what became of a row, the first change first; changes of other fields are left out.

    Args:
        study: open.
        table: name of the row's table.
        row: its id.
        fields: the names of columns, and how they are called.

    Raises:
        StoreError: the file can't be read.
    """
    with study.file.reading():
        rows = study.file.connection.execute(_CHANGES, (table, str(row))).fetchall()
    steps = (
        Step(datetime.fromisoformat(at), who, tuple(_words(_loaded(before), _loaded(after), fields)))
        for at, who, before, after in rows
    )
    return tuple(step for step in steps if step.words)


def _words(before: Mapping[str, Any], after: Mapping[str, Any], fields: Mapping[str, str]) -> Iterator[str]:
    for field, name in fields.items():
        then, now = before.get(field) or "", after.get(field) or ""
        if then != now:
            yield f"{name}: {now}" if now else f"{name} taken back: {then}"


def _loaded(row: str | None) -> dict[str, Any]:
    return dict(json.loads(row)) if row else {}
