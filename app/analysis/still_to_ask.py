"""What is still to be asked in one interview, live: follow-ups for its people and cases, and what criteria lack."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from app.analysis.assessment import assess
from app.analysis.citations import Citations
from app.analysis.collection import day_text, local_time
from app.analysis.guide import guide_of, principle_of, rubrics_of
from app.analysis.needs import OPEN, Lack, needs
from app.analysis.overview import joined
from app.analysis.words import Words
from app.model.questions import question_from
from app.model.source import Clock, FollowUp, FollowUpState, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.analysis.needs import Need
    from app.model.document import StudyDocument
    from app.model.source import Source
    from app.rubric.structure import Criterion, Rubric

_DAY: Final = timedelta(days=1)
_TOLD: Final = {
    Lack.UNANSWERED: "unanswered for {}",
    Lack.UNKNOWN: "unknown for {}",
    Lack.NO_EVIDENCE: "no evidence for {}",
    Lack.SAID_BY_ONE: "said by one source alone for {}: ask for a second, or to be shown",
    Lack.ONE_SOURCE: "one source alone for {}: ask for a second",
    Lack.ONLY_SAID: "only said for {}: ask to be shown",
}
_PRESSING: Final = {**dict.fromkeys(OPEN, 0), Lack.NO_EVIDENCE: 1}  # the rest of what is lacking comes after
_LAST: Final = 2


class ItemKind(StrEnum):
    """Where a question comes from."""

    FOLLOW_UP = "follow_up"
    CRITERION = "criterion"
    WITHHELD = "withheld"


class ItemState(StrEnum):
    """How far a question has come in this interview; what was withheld is told, and not asked again."""

    OPEN = "open"
    ASKED = "asked"
    ANSWERED = "answered"
    WITHHELD = "withheld"


class Item(Struct, frozen=True):
    """One question still to be asked, or one that is not to be asked again.

    `key` is the follow-up's, or the criterion's id; `principle` its short name, `why` a few words for people; `cases`
    are the keys of the cases it is for. `follow_up` is the key of the follow-up that the question is, or was put as;
    empty for a criterion that has not been put.
    """

    kind: ItemKind
    key: str
    question: str
    why: str
    rubric: str = ""
    principle: str = ""
    criterion: str = ""
    cases: tuple[str, ...] = ()
    state: ItemState = ItemState.OPEN
    follow_up: str = ""


class GuideLine(Struct, frozen=True):
    """One question of the guide in one interview; `until` is how many minutes the guide plans up to its end."""

    question: Question
    principle: str
    asked: bool
    answered: bool
    at: datetime | None
    minutes: int
    until: int


def still_to_ask(document: StudyDocument, source_key: str) -> tuple[Item, ...]:
    """List what is still to be asked in an interview.

    First the open follow-ups for its people or cases, then those asked in it without an answer; then the criteria that
    are unanswered or unknown for its cases in its round, the main rubric's first and among them those that would decide
    a level first; then those without evidence, and those that a top level rests on with one source alone, or with
    nothing but what was said. Criteria that were put in it already come later, and last what was withheld. What the
    guide asks, or a follow-up on the same criterion, is not asked twice. An interview about the organisation is about
    all cases. A criterion that does not apply to a case needs nothing for it.

    Args:
        document: the study, as whoever asks may see it (`app.analysis.blind.seen_by`).
        source_key: the interview's key.

    Raises:
        KeyError: the study has no such source.
    """
    source = source_of(document, source_key)
    here = _Here(document, source)
    criteria = here.criteria()
    shown = {item.follow_up for item in criteria}
    follow_ups = [here.follow_up(each) for each in here.wanted if each.key not in shown]
    open_first = sorted(follow_ups, key=lambda item: item.state is not ItemState.OPEN)
    put_last = sorted(criteria, key=lambda item: item.state is not ItemState.OPEN)
    return (*open_first, *put_last, *here.withheld())


def guide_state(document: StudyDocument, source: Source) -> tuple[GuideLine, ...]:
    """List the questions of an interview's guide, in order, with what became of each; none without a guide."""
    guide = guide_of(document, source)
    rubrics = rubrics_of(document) if guide else {}
    asked = {each.question: each for each in source.asked}
    lines: list[GuideLine] = []
    for question in guide.questions if guide else ():
        put = asked.get(question.key)
        until = question.minutes + (lines[-1].until if lines else 0)
        name = _principle_name(question, rubrics)
        done, at = (put.answered, put.at) if put else (False, None)
        lines.append(GuideLine(question, name, put is not None, done, at, question.minutes, until))
    return tuple(lines)


def asked_in(source: Source, follow_up: FollowUp) -> bool:
    """Whether a question was put in an interview: it was answered in it, or asked while it went on."""
    if follow_up.answered_in is not None:
        return follow_up.answered_in == source.key
    if follow_up.asked_at is None or source.started_at is None or follow_up.asked_at < source.started_at:
        return False
    if source.clock is not Clock.STOPPED:
        return True
    return follow_up.asked_at <= (source.ended_at or source.started_at + _DAY)


def source_of(document: StudyDocument, key: str) -> Source:
    """Find a source by its key.

    Raises:
        KeyError: the study has none of that key.
    """
    for source in document.sources:
        if source.key == key:
            return source
    raise KeyError(key)


_Lacking = tuple[tuple[str, str], tuple["Need", ...]]  # rubric and criterion, and what it lacks


class _Here:
    """One interview, and what the study holds about its people and cases."""

    def __init__(self, document: StudyDocument, source: Source) -> None:
        self._document = document
        self._source = source
        self._names = {case.key: case.name for case in document.cases}
        self._cases = source.cases or tuple(self._names)
        self._lines = {entry.key for entry in source.entries}
        self._rubrics = rubrics_of(document)
        self.wanted = [each for each in document.follow_ups if self._is_wanted(each)]
        own = [each for each in document.follow_ups if self._is_criterions_own(each)]
        self._put = {_place(each): each for each in sorted(own, key=lambda each: each.state is not FollowUpState.OPEN)}
        self._lacking = self._find_lacking()

    @functools.cached_property
    def _citations(self) -> Citations:
        return Citations(self._document)

    # Follow-ups

    def _is_wanted(self, each: FollowUp) -> bool:
        """Whether a follow-up has no answer yet, and is for somebody here, a case here, or from a line of here."""
        if each.state not in {FollowUpState.OPEN, FollowUpState.ASKED}:
            return False
        if asked_in(self._source, each) or each.participant in self._source.participants or each.entry in self._lines:
            return True
        if each.case is not None:
            return each.case in self._cases
        return each.participant is None and not self._source.cases

    def follow_up(self, each: FollowUp) -> Item:
        """Make the item of a follow-up."""
        asked = each.state is FollowUpState.ASKED and asked_in(self._source, each)
        criterion = self._criterion(each)
        return Item(
            ItemKind.FOLLOW_UP,
            each.key,
            each.question,
            self._reason(each, criterion),
            each.rubric or "",
            self._rubrics[each.rubric or ""].principle_of(criterion.id).short if criterion else "",
            each.criterion or "",
            (each.case,) if each.case else (),
            ItemState.ASKED if asked else ItemState.OPEN,
            each.key,
        )

    def _criterion(self, each: FollowUp) -> Criterion | None:
        if each.rubric is None or each.criterion is None:
            return None
        return self._rubrics[each.rubric].criterion(each.criterion)

    def _reason(self, each: FollowUp, criterion: Criterion | None) -> str:
        """Say in a few words where a follow-up comes from: "uncertain in I7 line 12, for ML-P2"."""
        before = each.state is FollowUpState.ASKED and not asked_in(self._source, each)
        parts = [
            "asked before" if before else "",
            f"uncertain in {self._citations.entry(each.entry)}" if each.entry else criterion.name if criterion else "",
            f"for {self._names[each.case]}" if each.case else "",
        ]
        return ", ".join(filter(None, parts))

    # Criteria

    def criteria(self) -> list[Item]:
        """Make an item of each criterion that lacks something for a case here, the most needed first."""
        lacking = [
            (place, here)
            for place, needed in self._lacking.items()
            if (here := [need for need in needed if need.lack is not Lack.WITHHELD])
        ]
        left = [(place, tuple(self._not_asked_otherwise(*place, here))) for place, here in lacking]
        found = sorted(((place, here) for place, here in left if here), key=lambda each: self._urgency(*each))
        return [self._item(self._rubrics[rubric], criterion, here) for (rubric, criterion), here in self._once(found)]

    def _once(self, found: Iterable[_Lacking]) -> Iterator[_Lacking]:
        """Leave out what an earlier criterion asks in the same words for the same case: versions of a rubric do."""
        seen: dict[str, set[str]] = {}
        for (rubric, criterion), needed in found:
            cases = seen.setdefault(_plain(self._rubrics[rubric].criterion(criterion).question), set())
            here = tuple(need for need in needed if need.case not in cases)
            cases.update(need.case for need in here)
            if here:
                yield (rubric, criterion), here

    def withheld(self) -> Iterator[Item]:
        """Make an item of each criterion on which an answer was withheld for a case here; with the day it was."""
        for (rubric, criterion), needed in self._lacking.items():
            here = [need for need in needed if need.lack is Lack.WITHHELD]
            if here:
                why = ", ".join(map(self._withheld, here))
                yield _item(ItemKind.WITHHELD, self._rubrics[rubric], criterion, here, why, ItemState.WITHHELD)

    def _find_lacking(self) -> dict[tuple[str, str], list[Need]]:
        """Sort what the cases here lack by rubric and criterion."""
        found: dict[tuple[str, str], list[Need]] = {}
        here = {*self._cases}
        document = msgspec.structs.replace(
            self._document, cases=tuple(case for case in self._document.cases if case.key in here)
        )
        source_of_passage = Words(document).source
        for rubric in self._rubrics if document.cases else ():
            for case in assess(document, rubric, self._source.round).cases:
                for need in needs(case, source_of_passage, self._source.key):
                    found.setdefault((rubric, need.criterion), []).append(need)
        return found

    @functools.cached_property
    def _asked(self) -> tuple[set[tuple[str | None, ...]], set[str]]:
        """Name what the guide and the follow-ups here ask, but for criteria's own: by places, and by words."""
        guide = guide_of(self._document, self._source)
        questions = guide.questions if guide else ()
        others = [each for each in self.wanted if not self._is_criterions_own(each)]
        places: set[tuple[str | None, ...]] = {(each.rubric, each.criterion, None) for each in questions}
        places |= {_place(each) for each in others}
        return places, {_plain(each.text) for each in questions} | {_plain(each.question) for each in others}

    def _not_asked_otherwise(self, rubric: str, criterion: str, here: Iterable[Need]) -> Iterator[Need]:
        """Leave out the cases for which the guide or a follow-up asks the same."""
        places, words = self._asked
        same = _plain(question_from(self._rubrics[rubric].criterion(criterion).question)) in words
        if not same and (rubric, criterion, None) not in places:
            yield from (need for need in here if (rubric, criterion, need.case) not in places)

    def _urgency(self, place: tuple[str, str], here: Iterable[Need]) -> tuple[int, int, int]:
        """Sort what is lacking: the rubric, how pressing it is, and how many levels up it counts."""
        rubric, _criterion = place
        first = min((_PRESSING.get(need.lack, _LAST), need.stake.steps) for need in here)
        return (list(self._rubrics).index(rubric), *first)

    def _item(self, rubric: Rubric, criterion: str, here: Sequence[Need]) -> Item:
        put = self._put_as(rubric, criterion, tuple(need.case for need in here))
        return _item(
            ItemKind.CRITERION, rubric, criterion, here, self._why(here), self._state(put), put.key if put else ""
        )

    def _why(self, here: Iterable[Need]) -> str:
        """Say what is lacking: "unanswered for ML-P1 and ML-P3, unknown for ML-P2"."""
        cases: dict[Lack, list[str]] = {}
        for need in here:
            cases.setdefault(need.lack, []).append(need.case)
        return ", ".join(_TOLD[lack].format(self._cases_text(cases[lack])) for lack in _TOLD if lack in cases)

    def _withheld(self, need: Need) -> str:
        """Say what was withheld: "withheld for ML-P1 on 3 Oct 2022"."""
        day = day_text(local_time(need.at, self._document.study.zone)) if need.at else ""
        return f"withheld for {self._names[need.case]}{f' on {day}' if day else ''}"

    def _put_as(self, rubric: Rubric, criterion: str, cases: tuple[str, ...]) -> FollowUp | None:
        """Find the follow-up a criterion's question was put as: of one of the cases that lack it, or of none."""
        places = [(rubric.id, criterion, case) for case in (*cases, None)]
        found = [self._put[place] for place in places if place in self._put]
        return min(found, key=lambda each: self._state(each) is ItemState.OPEN, default=None)

    def _is_criterions_own(self, each: FollowUp) -> bool:
        """Whether a follow-up is nothing but a criterion's question, and open, or put in this interview."""
        criterion = self._criterion(each)
        if criterion is None or each.entry or each.question != question_from(criterion.question):
            return False
        return each.state is FollowUpState.OPEN or (
            each.state is not FollowUpState.DROPPED and asked_in(self._source, each)
        )

    def _state(self, put: FollowUp | None) -> ItemState:
        if put is None or put.state is FollowUpState.OPEN:
            return ItemState.OPEN
        return ItemState.ANSWERED if put.state is FollowUpState.ANSWERED else ItemState.ASKED

    def _cases_text(self, cases: Sequence[str]) -> str:
        if len(cases) == len(self._names) > 2:
            return "all cases"
        return joined(self._names[case] for case in cases)


def _item(
    kind: ItemKind, rubric: Rubric, criterion: str, here: Iterable[Need], why: str, state: ItemState, put: str = ""
) -> Item:
    principle, found = rubric.principle_of(criterion).short, rubric.criterion(criterion)
    cases = tuple(need.case for need in here)
    return Item(kind, criterion, found.question, why, rubric.id, principle, criterion, cases, state, put)


def _plain(words: str) -> str:
    """Give a question so that one that says the same is equal to it."""
    return " ".join(words.casefold().split())


def _place(each: FollowUp) -> tuple[str | None, str | None, str | None]:
    return (each.rubric, each.criterion, each.case)


def _principle_name(question: Question, rubrics: Mapping[str, Rubric]) -> str:
    principle = principle_of(question, rubrics)
    return rubrics[question.rubric].principle(principle).short if question.rubric and principle else ""
