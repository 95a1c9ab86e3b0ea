"""Tables of who changed what and when, and of who holds the file just now."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.model.entities.base import Entity, Text, UtcTime


class AuditRow(Entity):
    """One action: a link of the hash chain (see app/actions/audit.py for what the hash covers)."""

    __tablename__ = "audit"
    __table_args__ = (
        CheckConstraint("undoes IS NULL OR undoes < seq", name="undoes_the_past"),
        CheckConstraint("redoes IS NULL OR redoes < seq", name="redoes_the_past"),
        CheckConstraint("undoes IS NULL OR redoes IS NULL", name="one_direction"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[UtcTime]
    who: Mapped[Text]
    action: Mapped[Text]
    label: Mapped[Text]
    subject: Mapped[Text]
    sitting: Mapped[Text]
    merge_key: Mapped[Text]
    undoable: Mapped[bool]
    undoes: Mapped[int | None]
    redoes: Mapped[int | None]
    before: Mapped[str] = mapped_column(String(64))
    after: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditChangeRow(Entity):
    """What one action did to one row: digests before and after, and the rows themselves for undo."""

    __tablename__ = "audit_changes"

    seq: Mapped[int] = mapped_column(
        ForeignKey("audit.seq", deferrable=True, initially="DEFERRED"), primary_key=True, autoincrement=False
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table: Mapped[str] = mapped_column(String(64))
    row: Mapped[str] = mapped_column(String(64), index=True)
    before: Mapped[str | None] = mapped_column(String(64))
    after: Mapped[str | None] = mapped_column(String(64))
    row_before: Mapped[str | None]
    row_after: Mapped[str | None]


class HolderRow(Entity):
    """Who has the file open for writing just now; one row at most."""

    __tablename__ = "holder"
    __table_args__ = (CheckConstraint("only = 1", name="one_row"),)

    only: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    who: Mapped[Text]
    host: Mapped[Text]
    process: Mapped[int]
    since: Mapped[UtcTime]
