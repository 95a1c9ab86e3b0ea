"""How a study's data was gathered: rounds, interviews by role, other sources; counted, never named."""

from __future__ import annotations

import functools
from collections import Counter
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from app.model.disclosure import Dates
from app.model.setting import Round
from app.model.source import SourceKind, SourceStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.model.document import StudyDocument
    from app.model.source import Source

_DASH: Final = "\N{EN DASH}"
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class RoleCount(Struct, frozen=True):
    """How many people of one role were interviewed."""

    role: str
    count: int


class OtherSource(Struct, frozen=True):
    """Sources of one title that are no interviews, and what they were used for."""

    kind: SourceKind
    title: str
    remark: str
    count: int = 1


class RoundData(Struct, frozen=True):
    """What one round gathered.

    `interviews` counts those held, `planned` those still to come. `minutes` is "45" or "30-45" with an en dash,
    empty where no duration is known; `roles` are in the order they were first met; `two_assessors` counts
    interviews with at least two assessors.
    """

    round: Round
    timeline: str
    interviews: int
    planned: int
    minutes: str
    roles: tuple[RoleCount, ...]
    other: tuple[OtherSource, ...]
    two_assessors: int


class Collection(Struct, frozen=True):
    """What all rounds gathered; `lines` counts the lines of notes, `passages` the passages marked in them.

    `on_paper` counts the interviews that were written on paper sheets and typed in afterwards.
    """

    rounds: tuple[RoundData, ...]
    lines: int
    passages: int
    on_paper: int = 0

    @property
    def interviews(self) -> int:
        """The number of interviews held in all rounds."""
        return sum(each.interviews for each in self.rounds)

    @property
    def other(self) -> int:
        """The number of sources that are no interviews."""
        return sum(source.count for each in self.rounds for source in each.other)

    @property
    def two_assessors(self) -> int:
        """The number of interviews with at least two assessors."""
        return sum(each.two_assessors for each in self.rounds)


def collect(document: StudyDocument, dates: Dates = Dates.MONTH) -> Collection:
    """Count what a study's rounds gathered; `dates` says how exactly their timelines are told."""
    roles = {person.key: person.role for person in document.participants}
    rounds = (_round(each, document, roles, dates) for each in document.rounds)
    lines = sum(len(source.entries) for source in document.sources)
    return Collection(tuple(rounds), lines, len(document.passages), sum(_on_paper(each) for each in document.sources))


def period(document: StudyDocument, of: Round | None) -> tuple[date, date] | None:
    """First and last day of a round: as it is set, else of its sources; of the whole study where `of` is None."""
    here = [source for source in document.sources if of is None or source.round == of.key]
    set_days = [] if of is None else [day for day in (of.starts, of.ends) if day]
    days = set_days or [day for source in here if _took_place(source) for day in source_days(source) or ()]
    return (min(days), max(days)) if days else None


def from_paper(source: Source) -> bool:
    """Whether a source was written on a paper sheet and typed in afterwards."""
    return bool(source.sheet.strip())


def source_days(source: Source) -> tuple[date, date] | None:
    """First and last day of a source, where it was held; None where its time is not known."""
    times = [local_time(time, source.zone).date() for time in (source.started_at, source.ended_at) if time]
    return (min(times), max(times)) if times else None


def period_text(days: tuple[date, date] | None, dates: Dates = Dates.MONTH) -> str:
    """A period by its months, such as "Oct 2022" or "Sep \N{EN DASH} Nov 2021"; empty where there is none.

    It is told by its months also where days may be told, and by its years where no more may.
    """
    if days is None:
        return ""
    first, last = (day_text(day, Dates.YEAR if dates is Dates.YEAR else Dates.MONTH) for day in days)
    if first == last:
        return first
    begun = first.removesuffix(f" {days[0].year}") if days[0].year == days[1].year else first
    return f"{begun} {_DASH} {last}"


def day_text(day: date, dates: Dates = Dates.DAY) -> str:
    """A day, such as "3 Oct 2022"; only its month, or its year, where no more may be told."""
    month = "" if dates is Dates.YEAR else f"{_MONTHS[day.month - 1]} "
    return f"{f'{day.day} ' if dates is Dates.DAY else ''}{month}{day.year}"


def minutes_text(sources: Iterable[Source]) -> str:
    """How many minutes sources took, "45" or a range with an en dash; empty where none is known."""
    known = [number for source in sources for number in _minutes(source)]
    if not known:
        return ""
    low, high = min(known), max(known)
    return f"{low}" if low == high else f"{low}{_DASH}{high}"


def _round(of: Round, document: StudyDocument, roles: dict[str, str], dates: Dates) -> RoundData:
    here = [source for source in document.sources if source.round == of.key]
    interviews = [source for source in here if source.kind is SourceKind.INTERVIEW]
    held = [source for source in interviews if _took_place(source)]
    other = Counter((s.kind, s.title, s.remark) for s in here if s.kind is not SourceKind.INTERVIEW)
    return RoundData(
        of,
        period_text(period(document, of), dates),
        len(held),
        len(interviews) - len(held),
        minutes_text(held),
        _roles(held, roles),
        tuple(OtherSource(*what, times) for what, times in other.items()),
        sum(len({person.assessor for person in source.assessors}) > 1 for source in held),
    )


def _took_place(source: Source) -> bool:
    return source.status is not SourceStatus.PLANNED


def _on_paper(source: Source) -> bool:
    return source.kind is SourceKind.INTERVIEW and _took_place(source) and from_paper(source)


def _roles(interviews: Iterable[Source], roles: dict[str, str]) -> tuple[RoleCount, ...]:
    people = dict.fromkeys(person for source in interviews for person in source.participants)
    counts = Counter(roles[person] for person in people)
    return tuple(RoleCount(role, count) for role, count in counts.items())


def _minutes(source: Source) -> tuple[int, ...]:
    if source.minutes:
        return tuple(int(part) for part in source.minutes.split("-"))
    if source.started_at and source.ended_at:
        return (max(0, round(((source.ended_at - source.started_at).total_seconds() - source.paused) / 60)),)
    return ()


def local_time(time: datetime, zone: str) -> datetime:
    """Give a time as the clock of its own zone showed it; in UTC where this machine does not know the zone."""
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(_zone(zone))


@functools.cache
def _zone(name: str) -> tzinfo:
    """Find a time zone; UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
