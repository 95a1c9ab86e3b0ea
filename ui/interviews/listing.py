"""What the list of sources says of each: pure functions of the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.analysis.citations import Citations
from app.analysis.collection import minutes_text, period, period_text
from app.model.source import SourceKind, SourceStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from app.model.document import StudyDocument
    from app.model.source import Source

KIND_NAMES = {
    SourceKind.INTERVIEW: "Interview",
    SourceKind.MEETING: "Meeting",
    SourceKind.OBSERVATION: "Observation",
    SourceKind.DOCUMENT: "Document",
}
STATUS_NAMES = {SourceStatus.PLANNED: "Planned", SourceStatus.OPEN: "Open", SourceStatus.FINISHED: "Finished"}
STATUS_RANK = {SourceStatus.PLANNED: 0, SourceStatus.OPEN: 1, SourceStatus.FINISHED: 2}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Item:
    """One row: a source, or the head of a round where `citation` is empty; `rank` 0 to 2 is how far it has come."""

    key: str
    title: str
    detail: str
    citation: str = ""
    count: str = ""
    rank: int = 0
    status: str = ""

    @property
    def head(self) -> bool:
        """Whether it heads a round."""
        return not self.citation

    @property
    def words(self) -> str:
        """All of it, for screen readers."""
        return ", ".join(filter(None, (self.citation, self.title, self.detail, self.count, self.status)))


def items(document: StudyDocument, wanted: str = "") -> list[Item]:
    """List sources round by round, those that hold every word of `wanted`; empty rounds are left out."""
    told = _Told(document)
    made: list[Item] = []
    for each in document.rounds:
        here = ((source, _item(told, source)) for source in document.sources if source.round == each.key)
        rows = [row for source, row in here if not wanted or _matches(wanted, row.words, *_names(told, source))]
        if rows:
            made += [Item(each.key, each.name, period_text(period(document, each)), count=str(len(rows))), *rows]
    return made


class _Told:
    """What of a study is told beside its sources."""

    def __init__(self, document: StudyDocument) -> None:
        self.citations = Citations(document)
        self.people = {person.key: person for person in document.participants}
        self.cases = {case.key: case.name for case in document.cases}


def _item(told: _Told, source: Source) -> Item:
    lines = len(source.entries)
    return Item(
        source.key,
        source.title,
        " · ".join(filter(None, (day_text(source), _minutes(source), _roles(told, source)))),
        told.citations.source(source.key),
        f"{lines} {'line' if lines == 1 else 'lines'}" if lines else "no notes",
        STATUS_RANK[source.status],
        STATUS_NAMES[source.status],
    )


def day_text(source: Source) -> str:
    """The day a source is from, such as "13 Oct 2022"; empty where it has none."""
    if source.started_at is None:
        return ""
    day = local(source.started_at, source.zone)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def local(when: datetime, zone: str) -> datetime:
    """Put a time on the clock of a zone; of UTC where the zone is not known."""
    try:
        return when.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return when


def _minutes(source: Source) -> str:
    known = minutes_text([source])
    return f"{known} min" if known else ""


def _roles(told: _Told, source: Source) -> str:
    """Roles of those interviewed, where the title does not say them already."""
    roles = dict.fromkeys(told.people[key].role for key in source.participants if key in told.people)
    return ", ".join(role for role in roles if role.casefold() not in source.title.casefold())


def _names(told: _Told, source: Source) -> Iterator[str]:
    people = (told.people[key] for key in source.participants if key in told.people)
    yield KIND_NAMES[source.kind]
    yield from (f"{person.pseudonym} {person.role}" for person in people)
    yield from (told.cases.get(key, "") for key in source.cases)


def _matches(wanted: str, *texts: str) -> bool:
    whole = " ".join(texts).casefold()
    return all(word in whole for word in wanted.casefold().split())


def first_key(rows: Iterable[Item]) -> str:
    """Key of the last source listed: the one most likely worked on; "" for none."""
    keys = [row.key for row in rows if not row.head]
    return keys[-1] if keys else ""
