"""How long an interview has taken and has left, and how soon after it its notes were complete; pure."""

from __future__ import annotations

import statistics
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.collection import local_time
from app.analysis.guide import guide_of
from app.model.source import Clock, SourceKind, SourceStatus

if TYPE_CHECKING:
    from app.model.document import StudyDocument
    from app.model.source import Entry, Source

USUAL: Final = 45  # minutes, where neither the interview nor its guide says
_NONE: Final = timedelta()


class CompletionData(Struct, frozen=True):
    """How soon the notes of a study's interviews were complete.

    `finished` counts the interviews with notes that are finished, `known` those of them whose gap between the end of
    the interview and completion is known; `median` and `longest` are of these gaps, None where there is none.
    `same_day` counts those completed on the day the interview ended, by the source's own clock.
    """

    finished: int
    known: int
    same_day: int
    median: timedelta | None
    longest: timedelta | None


def elapsed(source: Source, now: datetime) -> timedelta:
    """Tell how long an interview has been going on, or went on, without its pauses; never negative."""
    until = _until(source, now)
    if source.started_at is None or until is None:
        return _NONE
    return max(_NONE, until - source.started_at - timedelta(seconds=source.paused))


def planned_minutes(document: StudyDocument, source: Source) -> int:
    """Tell how many minutes an interview is to take: as planned, else as its guide's questions do, else 45."""
    guide = guide_of(document, source)
    asking = sum(question.minutes for question in guide.questions) if guide else 0
    return source.planned or asking or USUAL


def remaining(document: StudyDocument, source: Source, now: datetime) -> timedelta:
    """Tell how much of the time planned is left; negative when it is over."""
    return timedelta(minutes=planned_minutes(document, source)) - elapsed(source, now)


def completion_gap(source: Source) -> timedelta | None:
    """Tell how long after its end an interview's notes were complete; None when either is not known."""
    if source.ended_at is None or source.finished_at is None:
        return None
    return max(_NONE, source.finished_at - source.ended_at)


def later(source: Source, entry: Entry) -> bool:
    """Whether a line was noted after the interview's end; not while it goes on, nor where its time is not known."""
    if source.ended_at is None or source.clock is not Clock.STOPPED or entry.at is None:
        return False
    return entry.at > source.ended_at


def completion(document: StudyDocument) -> CompletionData:
    """Tell how soon the notes of a study's interviews were complete."""
    done = [source for source in document.sources if _is_complete(source)]
    gaps = [gap for source in done if (gap := completion_gap(source)) is not None]
    median = statistics.median(gap.total_seconds() for gap in gaps) if gaps else 0
    return CompletionData(
        len(done),
        len(gaps),
        sum(_on_the_day(source) for source in done),
        timedelta(seconds=median) if gaps else None,
        max(gaps, default=None),
    )


def gap_text(gap: timedelta) -> str:
    """Write a duration for people, to the minute: "35 min", "1 h 5 min"; from two days on in days."""
    minutes = round(gap / timedelta(minutes=1))
    if minutes >= 2 * 24 * 60:
        return f"{round(minutes / (24 * 60))} days"
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")))


def _is_complete(source: Source) -> bool:
    held = source.kind is SourceKind.INTERVIEW and source.status is SourceStatus.FINISHED
    return held and bool(source.entries)


def _on_the_day(source: Source) -> bool:
    if source.ended_at is None or source.finished_at is None:
        return False
    ended, finished = (local_time(time, source.zone).date() for time in (source.ended_at, source.finished_at))
    return finished <= ended


def _until(source: Source, now: datetime) -> datetime | None:
    """Give the time up to which an interview's clock has counted; None before it is held, and where none ran."""
    if source.clock is Clock.RUNNING:
        return now
    if source.clock is Clock.PAUSED:
        return source.paused_at
    return None if source.status is SourceStatus.PLANNED else source.ended_at
