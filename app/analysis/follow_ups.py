"""Every follow-up of a study in words, by person or by case: where it comes from, when it was asked, how answered."""

from __future__ import annotations

import functools
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from app.analysis.assessment import rubric_of
from app.analysis.citations import Citations
from app.analysis.collection import day_text, local_time
from app.analysis.still_to_ask import asked_in, source_of
from app.model.source import Entry, EntryKind, FollowUp, FollowUpState, SourceStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from app.model.document import StudyDocument
    from app.model.setting import Participant
    from app.model.source import Source

STATE_NAMES: Final = {
    FollowUpState.OPEN: "Open",
    FollowUpState.ASKED: "Asked",
    FollowUpState.ANSWERED: "Answered",
    FollowUpState.DROPPED: "Dropped",
}
_RANKS: Final = {state: rank for rank, state in enumerate(STATE_NAMES)}


class Grouping(StrEnum):
    """What follow-ups are listed by."""

    PERSON = "person"
    CASE = "case"


class Told(Struct, frozen=True):
    """A follow-up in words.

    `origin` says where it comes from, such as "I7 line 12", `criterion` whose question it is, `status` what became of
    it and when, `answer` how it was answered or why it was dropped; each is empty where there is nothing to tell.
    `entry` and `answer_entry` are the keys of the uncertain line and of the one that answers it.
    """

    key: str
    question: str
    state: FollowUpState
    origin: str
    status: str
    answer: str
    person: str
    case: str
    criterion: str = ""
    entry: str = ""
    answer_entry: str = ""


class Group(Struct, frozen=True):
    """The follow-ups for one person or case; `key` is empty for those that are for none."""

    key: str
    name: str
    items: tuple[Told, ...]


class Line(Struct, frozen=True):
    """A line of notes that may be an answer; `time` is that of the source's own clock, such as "10:12"."""

    key: str
    number: int
    time: str
    text: str


def grouped(
    document: StudyDocument, by: Grouping, states: Collection[FollowUpState] = tuple(FollowUpState), words: str = ""
) -> tuple[Group, ...]:
    """List follow-ups for each person or case, in the study's order, those for nobody or no case last.

    Every follow-up is in one group; within it open ones come first. Groups with none are left out.

    Args:
        document: the study.
        by: what they are listed by.
        states: the states of those listed.
        words: each must be somewhere in what is told of one, whatever the case of its letters.
    """
    found: dict[str, list[Told]] = {}
    teller = Teller(document)
    for each in document.follow_ups:
        told = teller.tell(each)
        if each.state in states and _has(told, words):
            found.setdefault(_owner(each, by), []).append(told)
    return tuple(
        Group(key, name, tuple(sorted(found[key], key=lambda told: _RANKS[told.state])))
        for key, name in _owners(document, by)
        if key in found
    )


def counts(document: StudyDocument, words: str = "") -> dict[FollowUpState, int]:
    """Count the follow-ups of each state that have all of `words` in them."""
    teller = Teller(document)
    states = [each.state for each in document.follow_ups if not words.strip() or _has(teller.tell(each), words)]
    return {state: states.count(state) for state in STATE_NAMES}


def person_name(person: Participant) -> str:
    """Name a participant with the role: "P7, IT manager"; once where the pseudonym says the role."""
    return with_role(person.pseudonym, person.role)


def with_role(pseudonym: str, role: str) -> str:
    """Write a pseudonym with the role, once where it says that itself."""
    return pseudonym if role.casefold() in pseudonym.casefold() else f"{pseudonym}, {role}"


def put_in(document: StudyDocument, follow_up: FollowUp) -> Source | None:
    """Find the source a follow-up was put in: one that went on then, rather with its person, then with its case.

    None where it was not put, or nobody knows when. Of several the last to begin is meant.
    """
    asked = msgspec.structs.replace(follow_up, answered_in=None)
    found = [source for source in document.sources if asked_in(source, asked)]
    return max(found, key=lambda source: _fit(source, follow_up), default=None)


def answered_where(document: StudyDocument, follow_up: FollowUp) -> Source | None:
    """Find the source a follow-up was most likely answered in.

    It is where it was answered, else where it was put, else the last one held with its person; else the last one held
    about its case, else the last one held.
    """
    if follow_up.answered_in:
        return source_of(document, follow_up.answered_in)
    put = put_in(document, follow_up)
    held = [source for source in document.sources if source.status is not SourceStatus.PLANNED or source.entries]
    return put or max(reversed(held), key=lambda source: _fit(source, follow_up), default=None)


def answers_offered(document: StudyDocument, follow_up: FollowUp, source_key: str) -> tuple[Line, ...]:
    """List the lines of a source that may answer a follow-up, in order.

    Those noted since it was asked, where it was put in that source; else those under the uncertain line, where it is
    one of that source's; else all. Questions, empty lines and the uncertain line itself are left out; the
    line that answers it by now is in any case among them.

    Raises:
        KeyError: the study has no such source.
    """
    source = source_of(document, source_key)
    put = put_in(document, follow_up)
    since = follow_up.asked_at if put is not None and put.key == source_key else None
    start = 0 if since else _place(source, follow_up.entry)
    return tuple(
        Line(entry.key, number, clock_text(entry.at, source), entry.text)
        for number, entry in enumerate(source.entries, 1)
        if entry.key == follow_up.answer or (number > start and _may_answer(entry, follow_up, since))
    )


def clock_text(at: datetime | None, source: Source) -> str:
    """Write a time of day on a source's own clock: "10:12"; empty where it is not known."""
    return f"{local_time(at, source.zone):%H:%M}" if at else ""


def moment_text(at: datetime, zone: str) -> str:
    """Write a day and time on the clock of a zone: "13 Oct 2022, 10:12"."""
    here = local_time(at, zone)
    return f"{day_text(here)}, {here:%H:%M}"


class Teller:
    """Puts the follow-ups of one study into words."""

    def __init__(self, document: StudyDocument) -> None:
        self._document = document
        self._people = {person.key: person_name(person) for person in document.participants}
        self._cases = {case.key: case.name for case in document.cases}

    @functools.cached_property
    def _citations(self) -> Citations:
        return Citations(self._document)

    @functools.cached_property
    def _texts(self) -> dict[str, str]:
        return {entry.key: entry.text for source in self._document.sources for entry in source.entries}

    def tell(self, each: FollowUp) -> Told:
        """Put one into words."""
        return Told(
            each.key,
            each.question,
            each.state,
            self._origin(each),
            self._status(each, put_in(self._document, each)),
            self._answer(each),
            self._people.get(each.participant or "", ""),
            self._cases.get(each.case or "", ""),
            self._criterion(each),
            each.entry or "",
            each.answer or "",
        )

    def cited(self, entry: str) -> str:
        """Name a line of notes: "I7 line 12"; empty for none."""
        return self._citations.entry(entry) if entry else ""

    def text(self, entry: str) -> str:
        """Give the words of a line of notes; empty for none."""
        return self._texts.get(entry, "")

    def _origin(self, each: FollowUp) -> str:
        origin = ", ".join(filter(None, (self.cited(each.entry or ""), self._criterion(each))))
        return origin[:1].upper() + origin[1:]

    def _criterion(self, each: FollowUp) -> str:
        if each.rubric is None or each.criterion is None:
            return ""
        return rubric_of(self._document, each.rubric).criterion(each.criterion).name

    def _status(self, each: FollowUp, put: Source | None) -> str:
        """Say what became of it: "Asked 13 Oct 2022, 10:12 in I9, answered in M1 line 3"."""
        answered = self._answered(each) if each.state is FollowUpState.ANSWERED else ""
        same = put is not None and put.key == each.answered_in and bool(answered)
        asked = self._asked(each, None if same else put)
        last = {FollowUpState.ANSWERED: answered, FollowUpState.DROPPED: "dropped"}.get(each.state, "")
        told = ", ".join(filter(None, (asked, last))) or STATE_NAMES[each.state]
        return told[0].upper() + told[1:]

    def _asked(self, each: FollowUp, put: Source | None) -> str:
        if each.asked_at is None or each.state is FollowUpState.OPEN:
            return "asked" if each.state is FollowUpState.ASKED else ""
        when = moment_text(each.asked_at, put.zone if put else self._zone(each))
        return f"asked {when}" + (f" in {self._citations.source(put.key)}" if put else "")

    def _zone(self, each: FollowUp) -> str:
        where = each.answered_in
        return source_of(self._document, where).zone if where else self._document.study.zone

    def _answered(self, each: FollowUp) -> str:
        if each.answer:
            return f"answered in {self.cited(each.answer)}"
        return f"answered in {self._citations.source(each.answered_in)}" if each.answered_in else "answered"

    def _answer(self, each: FollowUp) -> str:
        """Say how it was answered, the line first; or why it was dropped."""
        return " \u00b7 ".join(filter(None, (self.text(each.answer or ""), each.resolution)))


def _owner(each: FollowUp, by: Grouping) -> str:
    return (each.participant if by is Grouping.PERSON else each.case) or ""


def _owners(document: StudyDocument, by: Grouping) -> list[tuple[str, str]]:
    if by is Grouping.PERSON:
        return [*((each.key, person_name(each)) for each in document.participants), ("", "Nobody in particular")]
    return [*((each.key, each.name) for each in document.cases), ("", "No case")]


def _has(told: Told, words: str) -> bool:
    parts: Iterable[str] = (told.question, told.origin, told.status, told.answer, told.person, told.case)
    whole = " ".join(parts).casefold()
    return all(word in whole for word in words.casefold().split())


def _fit(source: Source, each: FollowUp) -> tuple[bool, bool, float]:
    """Tell how well a source fits a follow-up, for the best of several."""
    began = source.started_at.timestamp() if source.started_at else 0.0
    return each.participant in source.participants, each.case in source.cases, began


def _place(source: Source, entry: str | None) -> int:
    return next((number for number, each in enumerate(source.entries, 1) if each.key == entry), 0)


def _may_answer(entry: Entry, each: FollowUp, since: datetime | None) -> bool:
    if entry.key == each.entry or entry.kind is EntryKind.QUESTION or not entry.text.strip():
        return False
    return since is None or (entry.at is not None and entry.at >= since)
