"""Hold an interview: start, pause and end it, put the guide's questions, and finish its notes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from app.actions.errors import NotFoundError, RefusedError
from app.actions.follow_ups import asked_time
from app.actions.values import cell, checked
from app.analysis.collection import local_time
from app.model.clusters import cut_at_word
from app.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.actions.audit import Row
    from app.actions.unit import Unit

_LABEL = 60


# The clock


def start(unit: Unit, source: str, minutes: int | None = None) -> str:
    """Let the clock of an interview run.

    It starts now, whenever it was planned for. Two starts are kept: that of an interview under way, whose notes were
    begun earlier on the same day without a clock; and that of one which was ended and now goes on, where the time in
    between counts as a pause.

    Args:
        unit: the work.
        source: its key.
        minutes: how long it is to take; as planned before where it is None.

    Raises:
        NotFoundError: it is no longer there.
        RefusedError: its clock is started already, its notes are finished, or the minutes can't be kept.
    """
    row = _open_row(unit, source)
    if row["clock"] != "stopped":
        raise RefusedError("The interview has been started already.")
    new = {"status": "open", "clock": "running", "ended_at": None, **_beginning(unit, row)}
    if minutes is not None:
        new["planned"] = _checked(row, planned=minutes).planned
    unit.update("sources", row["id"], new)
    return f"Start {_name(row)}"


def pause(unit: Unit, source: str) -> str:
    """Let the clock of an interview stand still.

    Raises:
        NotFoundError: it is no longer there.
        RefusedError: its clock does not run.
    """
    row = _row(unit, source)
    if row["clock"] != "running":
        raise RefusedError("The interview is not going on, so it can't pause.")
    unit.update("sources", row["id"], {"clock": "paused", "paused_at": unit.now_text})
    return f"Pause {_name(row)}"


def resume(unit: Unit, source: str) -> str:
    """Let the clock of an interview run on after a pause.

    Raises:
        NotFoundError: it is no longer there.
        RefusedError: it is not paused.
    """
    row = _row(unit, source)
    if row["clock"] != "paused":
        raise RefusedError("The interview is not paused.")
    unit.update("sources", row["id"], {"clock": "running", **_pause_over(unit, row)})
    return f"Resume {_name(row)}"


def end(unit: Unit, source: str) -> str:
    """End an interview: what is typed from now on is typed later.

    Raises:
        NotFoundError: it is no longer there.
        RefusedError: its clock was not started.
    """
    row = _row(unit, source)
    if row["clock"] == "stopped":
        raise RefusedError("The interview is not going on, so it can't end.")
    _end(unit, row)
    return f"End {_name(row)}"


def finish(unit: Unit, source: str, by: str | None = None) -> str:
    """Seal the notes of a source: from now on a change needs a reason. A clock that still runs is stopped first.

    Any source with notes can be finished, whether or not it was held with a clock.

    Args:
        unit: the work.
        source: its key.
        by: the assessor who says so; who is working, where it is None.

    Raises:
        NotFoundError: the source or the assessor is no longer there.
        RefusedError: the notes are finished already, or there are none.
    """
    row = _open_row(unit, source)
    if not any(line["text"].strip() for line in unit.rows("entries", source_id=row["id"])):
        raise RefusedError("There are no notes to finish yet.")
    if row["clock"] != "stopped":
        _end(unit, row)
    who = by or unit.who
    sealed = {
        "status": "finished",
        "finished_at": unit.now_text,
        "finished_by_id": unit.id_of("assessors", who) if who else None,
    }
    unit.update("sources", row["id"], sealed)
    return f"Finish the notes of {_name(row)}"


def _beginning(unit: Unit, row: Row) -> Row:
    """Say when an interview that starts now began, and how long it has stood still since."""
    if row["status"] == "open" and row["ended_at"]:
        return {"paused": row["paused"] + _seconds(row["ended_at"], unit.now)}
    if row["status"] == "open" and row["started_at"] and _earlier_today(row, unit.now):
        return {}
    return {"started_at": unit.now_text, "paused": 0}


def _earlier_today(row: Row, now: datetime) -> bool:
    began = _time(row["started_at"])
    return began <= now and local_time(began, row["zone"]).date() == local_time(now, row["zone"]).date()


def _end(unit: Unit, row: Row) -> None:
    over = _pause_over(unit, row) if row["clock"] == "paused" else {}
    ended = max(unit.now, _time(row["started_at"]))  # a laptop's clock may have been set back
    unit.update("sources", row["id"], {"clock": "stopped", "ended_at": cell(ended), **over})


def _pause_over(unit: Unit, row: Row) -> Row:
    return {"paused_at": None, "paused": row["paused"] + _seconds(row["paused_at"], unit.now)}


def _seconds(since: str, now: datetime) -> int:
    return max(0, round((now - _time(since)) / timedelta(seconds=1)))


# What is asked once, at the end


def set_particulars(
    unit: Unit,
    source: str,
    *,
    participants: Sequence[str] | None = None,
    minutes: str | None = None,
    consent: str | None = None,
    allowed: str | None = None,
) -> str:
    """Say who took part, how long it took, what they agreed to and what the site allowed; None leaves one as it is.

    Raises:
        NotFoundError: the source or a participant is no longer there.
        RefusedError: a value can't be kept, or somebody left out speaks in the notes.
    """
    row = _row(unit, source)
    given = {"minutes": minutes, "consent": consent, "allowed": allowed}
    said = {name: value for name, value in given.items() if value is not None}
    kept = _checked(row, **said)
    if participants is not None:
        _set_participants(unit, row, participants)
    unit.update("sources", row["id"], {name: getattr(kept, name) for name in said})
    return f"Complete the particulars of {_name(row)}"


def _set_participants(unit: Unit, row: Row, participants: Sequence[str]) -> None:
    standing = {each["participant_id"]: each for each in unit.rows("source_participants", source_id=row["id"])}
    wanted = dict.fromkeys(unit.id_of("participants", key) for key in participants)
    for person in standing.keys() - wanted.keys():
        _refuse_speaker(unit, row, person)
        unit.delete("source_participants", standing[person]["id"])
    for position, person in enumerate(wanted, 1):
        if person in standing:
            unit.update("source_participants", standing[person]["id"], {"position": float(position)})
            continue
        made = unit.made_id("source_participants", f"{row['id']}/{person}")
        new = {"id": made, "source_id": row["id"], "participant_id": person, "position": float(position)}
        unit.insert("source_participants", new)


def _refuse_speaker(unit: Unit, row: Row, person: str) -> None:
    if any(unit.rows(table, source_id=row["id"], speaker_id=person) for table in ("entries", "originals")):
        raise RefusedError("Somebody left out speaks in the notes, and so took part.")


# The guide's questions


def ask_question(unit: Unit, source: str, question: str, *, answered: bool = False) -> str:
    """Note that a question of the interview's guide is put now; one that was put before keeps its time.

    Raises:
        NotFoundError: the source is no longer there, or its guide has no such question.
        RefusedError: the notes are finished.
    """
    row = _open_row(unit, source)
    question_id = _question(unit, row, question)
    standing = unit.rows("asked_questions", source_id=row["id"])
    put = next((each for each in standing if each["question_id"] == question_id), None)
    if put is not None:
        unit.update("asked_questions", put["id"], {"answered": int(answered)})
    else:
        new = {
            "id": unit.made_id("asked_questions", f"{row['id']}/{question}"),
            "source_id": row["id"],
            "question_id": question_id,
            "at": asked_time(unit, source),
            "answered": answered,
            "position": max((float(each["position"]) for each in standing), default=0.0) + 1,
        }
        unit.insert("asked_questions", new)
    return f"{'Answer' if answered else 'Ask'} {question} in {_name(row)}"


def answer_question(unit: Unit, source: str, question: str) -> str:
    """Note that a question of the guide has its answer; it counts as put now, if nobody noted that it was.

    Raises:
        NotFoundError: the source is no longer there, or its guide has no such question.
        RefusedError: the notes are finished.
    """
    return ask_question(unit, source, question, answered=True)


def take_back_question(unit: Unit, source: str, question: str) -> str:
    """Take back that a question of the guide was put.

    Raises:
        NotFoundError: the source is no longer there, or the question was not put in it.
        RefusedError: the notes are finished.
    """
    row = _open_row(unit, source)
    question_id = unit.id_of("questions", question)
    put = unit.rows("asked_questions", source_id=row["id"], question_id=question_id)
    if not put:
        raise NotFoundError(f"{question} was not asked in this interview.")
    unit.delete("asked_questions", put[0]["id"])
    return f"Take back {question} in {_name(row)}"


def _question(unit: Unit, row: Row, question: str) -> str:
    question_id = unit.id_of("questions", question)
    if unit.row("questions", question_id)["guide_id"] != row["guide_id"]:
        raise NotFoundError("The interview's guide has no such question.")
    return question_id


# Shared


def _row(unit: Unit, source: str) -> Row:
    return unit.row("sources", unit.id_of("sources", source))


def _open_row(unit: Unit, source: str) -> Row:
    row = _row(unit, source)
    if row["status"] == "finished":
        raise RefusedError("These notes are finished.")
    return row


def _time(cell_text: str) -> datetime:
    return msgspec.convert(cell_text, datetime)


def _checked(row: Row, **fields: object) -> Source:
    """Check some fields of a source as they would be kept."""
    whole = Source(key=row["key"], title=row["title"], round="-")
    return checked(msgspec.structs.replace(whole, **fields))


def _name(row: Row) -> str:
    return cut_at_word(row["title"], _LABEL)
