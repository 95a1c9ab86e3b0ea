"""Follow-ups: put a question in an interview, link its answer, let it go; an uncertain line's follows the line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from app.actions.errors import NotFoundError, RefusedError
from app.actions.keys import next_key
from app.actions.reading import frozen_rubric
from app.actions.values import cell, checked
from app.model.clusters import cut_at_word
from app.model.questions import question_from
from app.model.source import FollowUp

if TYPE_CHECKING:
    from app.actions.audit import Row
    from app.actions.unit import Unit

_LABEL = 60
_UNSAID = {"answered_in_id": None, "answer_id": None, "resolution": ""}


# In an interview


def put(unit: Unit, source: str, follow_up: str) -> str:
    """Put a question to the people of an interview.

    Raises:
        NotFoundError: the interview or the follow-up is no longer there.
        RefusedError: it has its answer already, or was dropped.
    """
    row = _row(unit, follow_up)
    if row["state"] in {"answered", "dropped"}:
        raise RefusedError(f"That question was {row['state']}: open it again first.")
    unit.update("follow_ups", row["id"], {"state": "asked", "asked_at": asked_time(unit, source)})
    return f"Ask: {_name(row)}"


def put_criterion(unit: Unit, source: str, rubric: str, criterion: str, case: str | None = None) -> str:
    """Put a criterion's question to the people of an interview; `case` where exactly one is without evidence.

    A question of that criterion and case that was put before, and has no answer yet, is put again.

    Raises:
        NotFoundError: the study has no such interview, rubric, criterion or case.
    """
    criterion_id = unit.id_of("rubric_criteria", criterion, rubric)
    question = question_from(frozen_rubric(unit, rubric).criterion(criterion).question)
    wanted = {"criterion_id": criterion_id, "question": question, "case_id": case and unit.id_of("cases", case)}
    for row in unit.rows("follow_ups", criterion_id=criterion_id):
        if all(row[name] == value for name, value in wanted.items()) and row["state"] in {"open", "asked"}:
            return put(unit, source, row["key"])
    key = next_key(unit, "follow_ups", "f", "")
    unit.add(FollowUp(key=key, question=question, rubric=rubric, criterion=criterion, case=case))
    return put(unit, source, key)


def answered(unit: Unit, follow_up: str, source: str, entry: str | None = None, resolution: str = "") -> str:
    """Note where a question was answered: in which interview, in which of its lines, and how.

    Raises:
        NotFoundError: the follow-up, the interview or the line is not there.
        RefusedError: the question was dropped, or the line is the uncertain one itself.
    """
    row = _row(unit, follow_up)
    if row["state"] == "dropped":
        raise RefusedError("That question was dropped: open it again first.")
    answer = None if entry is None else _line_of(unit, source, entry)
    if answer is not None and answer == row["entry_id"]:
        raise RefusedError("A line can't be the answer to its own question.")
    new = {
        "state": "answered",
        "asked_at": row["asked_at"] or asked_time(unit, source),
        "answered_in_id": unit.id_of("sources", source),
        "answer_id": answer,
        "resolution": _told(row, resolution),
    }
    unit.update("follow_ups", row["id"], new)
    return f"Answer: {_name(row)}"


def not_answered(unit: Unit, follow_up: str) -> str:
    """Take back that a question was answered; it is asked again, or open where nobody knows when it was asked.

    Raises:
        NotFoundError: the follow-up is no longer there.
        RefusedError: it has no answer.
    """
    row = _row(unit, follow_up)
    if row["state"] != "answered":
        raise RefusedError("That question has no answer to take back.")
    unit.update("follow_ups", row["id"], {**_UNSAID, "state": "asked" if row["asked_at"] else "open"})
    return f"Take back the answer: {_name(row)}"


def drop(unit: Unit, follow_up: str, reason: str) -> str:
    """Let go of a question, for a reason.

    Raises:
        NotFoundError: the follow-up is no longer there.
        RefusedError: there is no reason, or the question has its answer.
    """
    row = _row(unit, follow_up)
    if row["state"] == "answered":
        raise RefusedError("That question was answered: take the answer back first.")
    if not reason.strip():
        raise RefusedError("Say why the question is dropped.")
    unit.update("follow_ups", row["id"], {"state": "dropped", "resolution": _told(row, reason.strip())})
    return f"Drop: {_name(row)}"


def reopen(unit: Unit, follow_up: str) -> str:
    """Open a question again, as if it had never been asked.

    Raises:
        NotFoundError: the follow-up is no longer there.
    """
    row = _row(unit, follow_up)
    unit.update("follow_ups", row["id"], {**_UNSAID, "state": "open", "asked_at": None})
    return f"Open again: {_name(row)}"


def asked_time(unit: Unit, source: str) -> str:
    """Say when something was asked that is noted now: now, or within the interview where that is over."""
    row = unit.row("sources", unit.id_of("sources", source))
    if not row["ended_at"] or row["clock"] != "stopped":
        return unit.now_text
    began, ended = (msgspec.convert(row[name], datetime) for name in ("started_at", "ended_at"))
    return str(cell(max(began, min(unit.now, ended))))


# From an uncertain line


def follow_line(unit: Unit, before: Row | None, after: Row | None) -> None:
    """Bring the follow-up of a line in step with the line.

    An uncertain line has one. While it is open and still asks what the line said, it goes on asking what the line
    says; it goes when the line is no longer uncertain, or has gone. What somebody made of it otherwise stays.

    Args:
        unit: the work.
        before: the line's row as it was; None when it is new.
        after: as it is; None when it is about to be removed.
    """
    line = after or before
    if line is None:
        return
    standing = unit.rows("follow_ups", entry_id=line["id"])
    now = _asked_by(after)
    if not standing:
        if now:
            _open(unit, line, now)
        return
    for row in standing:
        if before is not None and row["state"] == "open" and row["question"] == _asked_by(before):
            _follow(unit, row, before, after if now else None)


def _asked_by(line: Row | None) -> str:
    """Give the question that an uncertain line asks; "" where it asks none."""
    return question_from(line["text"]) if line is not None and line["uncertain"] else ""


def _open(unit: Unit, line: Row, question: str) -> None:
    unit.add(
        FollowUp(
            key=next_key(unit, "follow_ups", "f", ""),
            question=question,
            entry=line["key"],
            participant=line["speaker_id"] and unit.row("participants", line["speaker_id"])["key"],
            case=line["case_id"] and unit.row("cases", line["case_id"])["key"],
        )
    )


def _follow(unit: Unit, row: Row, before: Row, after: Row | None) -> None:
    people = {"participant_id": "speaker_id", "case_id": "case_id"}
    if after is not None:
        moved = {own: after[name] for own, name in people.items() if row[own] == before[name]}
        unit.update("follow_ups", row["id"], {"question": _asked_by(after), **moved})
    elif row["criterion_id"] is None and all(row[own] == before[name] for own, name in people.items()):
        unit.delete("follow_ups", row["id"])


def _row(unit: Unit, follow_up: str) -> Row:
    return unit.row("follow_ups", unit.id_of("follow_ups", follow_up))


def _line_of(unit: Unit, source: str, entry: str) -> str:
    row = unit.row("entries", unit.id_of("entries", entry))
    if row["source_id"] != unit.id_of("sources", source):
        raise NotFoundError("The interview has no such line of notes.")
    return str(row["id"])


def _told(row: Row, resolution: str) -> str:
    return checked(FollowUp(key=row["key"], question=row["question"], resolution=resolution)).resolution


def _name(row: Row) -> str:
    return cut_at_word(row["question"], _LABEL)
