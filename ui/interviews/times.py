"""When a source was held, as people write it: a day, and "10:00-10:45", "10:00" or "45 min"."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from ui.interviews.listing import local

if TYPE_CHECKING:
    from app.model.source import Source

DASH = "\u2013"
_CLOCK = r"(\d{1,2})[:.](\d{2})"
_SPAN = re.compile(rf"^{_CLOCK}(?:\s*[-{DASH}]\s*{_CLOCK})?$")
_MINUTES = re.compile(rf"^(\d{{1,4}})(?:\s*[-{DASH}]\s*(\d{{1,4}}))?\s*(?:min\.?|minutes)?$")
_MIDNIGHT = dt.time()


def day_of(source: Source) -> dt.date | None:
    """The day a source is from, on its own clock."""
    return local(source.started_at, source.zone).date() if source.started_at else None


def clock_text(source: Source) -> str:
    """Write its times, such as "10:00-10:45" with a dash, or how long it took where only that is known."""
    begin = local(source.started_at, source.zone) if source.started_at else None
    if begin is None or (begin.time() == _MIDNIGHT and source.ended_at is None):
        return f"{source.minutes.replace('-', DASH)} min" if source.minutes else ""
    end = local(source.ended_at, source.zone) if source.ended_at else None
    return f"{begin:%H:%M}{DASH}{end:%H:%M}" if end else f"{begin:%H:%M}"


def with_day(source: Source, day: dt.date | None) -> Source:
    """Move a source to another day; its times stay. Without a day it has no times either."""
    if day is None:
        return replace(source, started_at=None, ended_at=None)
    begin = local(source.started_at, source.zone) if source.started_at else None
    end = local(source.ended_at, source.zone) if source.ended_at else None
    started = _at(day, begin.time() if begin else _MIDNIGHT, source.zone)
    length = end - begin if begin and end else None
    return replace(source, started_at=started, ended_at=started + length if length is not None else None)


def with_clock(source: Source, text: str, today: dt.date) -> Source | None:
    """Read times as people write them; None where they make no sense.

    Args:
        source: whose times they are.
        text: "10:00-10:45", "10:00", "45 min", or nothing.
        today: the day meant where the source has none.
    """
    text = text.strip()
    day = day_of(source)
    if not text:
        started = _at(day, _MIDNIGHT, source.zone) if day else None
        return replace(source, started_at=started, ended_at=None, minutes="")
    if found := _MINUTES.match(text):
        return replace(source, minutes="-".join(part for part in found.groups() if part))
    found = _SPAN.match(text)
    if found is None:
        return None
    numbers = [int(part) for part in found.groups() if part is not None]
    return _with_span(source, day or today, numbers)


def _with_span(source: Source, day: dt.date, numbers: list[int]) -> Source | None:
    try:
        times = [dt.time(hour, minute) for hour, minute in zip(numbers[::2], numbers[1::2], strict=True)]
    except ValueError:
        return None
    begin = _at(day, times[0], source.zone)
    end = _at(day, times[1], source.zone) if len(times) == 2 else None
    if end is not None and end < begin:
        end += dt.timedelta(days=1)
    return replace(source, started_at=begin, ended_at=end)


def _at(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    try:
        place: dt.tzinfo = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        place = dt.UTC
    return dt.datetime.combine(day, time, place).astimezone(dt.UTC)
