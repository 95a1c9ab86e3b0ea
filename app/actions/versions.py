"""Keep what a line of notes said before it was changed after the interview."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from app.actions.audit import digest
from app.model.source import EntryKind

if TYPE_CHECKING:
    from app.actions.audit import Row
    from app.actions.unit import Unit

_SAID = ("text", "kind", "speaker_id")
_ENDED, _FINISHED = "ended", "finished"


def keep_version(unit: Unit, owner: Row, before: Row, after: Row | None, reason: str) -> None:
    """Keep a line as it was, where the interview was over and the line is about to say something else.

    A line is kept once for all that one person does to it in one sitting, before the notes were finished, or after
    for one reason; a line that was added in the same sitting since then is still being typed, and needs no version.

    Args:
        unit: the work.
        owner: the source's row.
        before: the line's row.
        after: what it is about to be; None when it is removed.
        reason: why, where the notes were finished.
    """
    phase = _phase(owner)
    if phase is None or (after is not None and all(before[name] == after[name] for name in _SAID)):
        return
    name, since = phase
    sitting = _sitting(unit, name, reason)
    later = before["at"] is not None and _time(before["at"]) > since
    typing = later and name == _ENDED and _made_here(unit, before["id"])
    if typing or _is_kept(unit, owner, before["key"], sitting):
        return
    said = {name: before[name] for name in _SAID}
    line = {**said, "noted_at": before["at"], "below": _line_above(unit, before), "added": False}
    _insert(unit, owner, before["key"], sitting, {**line, "reason": reason})


def keep_addition(unit: Unit, owner: Row, line: str, reason: str) -> None:
    """Keep who added a line to notes that were finished, when and why; of open notes, the line itself says it all.

    Args:
        unit: the work.
        owner: the source's row.
        line: the key of the line that was added.
        reason: why.
    """
    phase = _phase(owner)
    if phase is None or phase[0] == _ENDED:
        return
    sitting = _sitting(unit, phase[0], reason)
    if _is_kept(unit, owner, line, sitting):  # it was a line already, and went
        return
    nothing = {"text": "", "kind": EntryKind.PARAPHRASE.value, "speaker_id": None, "noted_at": None, "below": ""}
    _insert(unit, owner, line, sitting, {**nothing, "added": True, "reason": reason})


def _insert(unit: Unit, owner: Row, line: str, sitting: str, said: Row) -> None:
    row = {
        **said,
        "id": unit.made_id("versions", f"{owner['id']}/{line}/{sitting}"),
        "source_id": owner["id"],
        "line": line,
        "sitting": sitting,
        "until": unit.now_text,
        "by_id": unit.id_of("assessors", unit.who) if unit.who else None,
    }
    unit.insert("versions", row)


def _sitting(unit: Unit, phase: str, reason: str) -> str:
    """Name the time in which a line is kept once: one person's work in one sitting, for one reason."""
    return digest(f"{unit.sitting or unit.now_text}/{unit.who}/{phase}/{reason}")[:32]


def _phase(owner: Row) -> tuple[str, datetime] | None:
    """Tell how far a source has come, and since when; None while what is typed is typed in the interview."""
    if owner["status"] == "finished":
        return _FINISHED, _time(owner["finished_at"] or owner["ended_at"])
    if owner["status"] == "open" and owner["ended_at"] and owner["clock"] == "stopped":
        return _ENDED, _time(owner["ended_at"])
    return None


def _time(cell_text: str | None) -> datetime:
    """Read a time as a column keeps it; nothing comes after one that is not known."""
    return msgspec.convert(cell_text, datetime) if cell_text else datetime.max.replace(tzinfo=UTC)


def _is_kept(unit: Unit, owner: Row, line: str, sitting: str) -> bool:
    from sqlalchemy import select

    from app.actions.unit import TABLES

    table = TABLES["versions"]
    same = (table.c.source_id == owner["id"], table.c.line == line, table.c.sitting == sitting)
    return unit.connection.execute(select(table.c.id).where(*same)).first() is not None


def _made_here(unit: Unit, row_id: str) -> bool:
    """Whether a row was first written in this sitting; in this very unit, or in an action before it."""
    from sqlalchemy import select

    from app.actions.unit import TABLES

    if any(change.row == row_id and change.before is None for change in unit.changes):
        return True
    changes, audit = TABLES["audit_changes"], TABLES["audit"]
    query = select(audit.c.seq).where(
        changes.c.row == row_id,
        changes.c.before.is_(None),
        audit.c.seq == changes.c.seq,
        audit.c.sitting == unit.sitting,
    )
    return bool(unit.sitting) and unit.connection.execute(query).first() is not None


def _line_above(unit: Unit, line: Row) -> str:
    from sqlalchemy import select

    from app.actions.unit import TABLES

    table = TABLES["entries"]
    query = (
        select(table.c.key)
        .where(table.c.source_id == line["source_id"], table.c.position < line["position"])
        .order_by(table.c.position.desc())
        .limit(1)
    )
    return str(unit.connection.execute(query).scalar() or "")
