"""What is still to be asked in one interview, live: follow-ups for its people and cases, criteria without evidence."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.assessment import rubric_of
from app.analysis.citations import Citations
from app.analysis.guide import guide_of, principle_of, rubrics_of
from app.analysis.overview import joined
from app.model.questions import question_from
from app.model.source import Clock, FollowUp, FollowUpState, Question
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.model.document import StudyDocument
    from app.model.source import Source
    from app.rubric.structure import Criterion, Rubric

_DAY: Final = timedelta(days=1)


class ItemKind(StrEnum):
    """Where a question comes from."""

    FOLLOW_UP = "follow_up"
    CRITERION = "criterion"


class ItemState(StrEnum):
    """How far a question has come in this interview."""

    OPEN = "open"
    ASKED = "asked"
    ANSWERED = "answered"


class Item(Struct, frozen=True):
    """One question still to be asked.

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

    First the open follow-ups for its people or cases, then those asked in it without an answer, then the criteria
    that no evidence was found for yet, in its round and for its cases, in the rubric's order; criteria that were put
    in it already come last. An interview about the organisation is about all cases. A criterion that does not apply
    to a case needs no evidence for it.

    Raises:
        KeyError: the study has no such source.
    """
    source = source_of(document, source_key)
    here = _Here(document, source)
    criteria = list(here.criteria())
    shown = {item.follow_up for item in criteria}
    follow_ups = [
        here.follow_up(each) for each in document.follow_ups if here.is_wanted(each) and each.key not in shown
    ]
    open_first = sorted(follow_ups, key=lambda item: item.state is not ItemState.OPEN)
    put_last = sorted(criteria, key=lambda item: item.state is not ItemState.OPEN)
    return (*open_first, *put_last)


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


class _Here:
    """One interview, and what the study holds about its people and cases."""

    def __init__(self, document: StudyDocument, source: Source) -> None:
        self._document = document
        self._source = source
        self._names = {case.key: case.name for case in document.cases}
        self._cases = source.cases or tuple(self._names)
        self._lines = {entry.key for entry in source.entries}
        self._settled = set(self._settle())
        own = [each for each in document.follow_ups if self._is_criterions_own(each)]
        self._put = {_place(each): each for each in sorted(own, key=lambda each: each.state is not FollowUpState.OPEN)}

    @functools.cached_property
    def _citations(self) -> Citations:
        return Citations(self._document)

    def _settle(self) -> Iterator[tuple[str, str, str]]:
        """Name (rubric, criterion, case) wherever the round has evidence, or all say that it does not apply."""
        verdicts: dict[tuple[str, str, str], set[Verdict | None]] = {}
        for answer in self._document.answers:
            if answer.round == self._source.round:
                place = (answer.rubric, answer.criterion, answer.case)
                verdicts.setdefault(place, set()).add(answer.verdict)
                if answer.evidence:
                    yield place
        for agreed in self._document.consensus:
            if agreed.round == self._source.round:
                verdicts[agreed.rubric, agreed.criterion, agreed.case] = {agreed.verdict}
        yield from (place for place, found in verdicts.items() if found - {None} == {Verdict.NOT_APPLICABLE})

    # Follow-ups

    def is_wanted(self, each: FollowUp) -> bool:
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
            rubric_of(self._document, each.rubric).principle_of(criterion.id).short if criterion else "",
            each.criterion or "",
            (each.case,) if each.case else (),
            ItemState.ASKED if asked else ItemState.OPEN,
            each.key,
        )

    def _criterion(self, each: FollowUp) -> Criterion | None:
        if each.rubric is None or each.criterion is None:
            return None
        return rubric_of(self._document, each.rubric).criterion(each.criterion)

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

    def criteria(self) -> Iterator[Item]:
        """Make an item of each criterion that lacks evidence for a case here."""
        for frozen in self._document.rubrics if self._cases else ():
            rubric = rubric_of(self._document, frozen.key)
            for principle in rubric.principles:
                for criterion in principle.criteria:
                    if cases := self._lacking(rubric, criterion):
                        yield self._item(rubric, principle.short, criterion, cases)

    def _lacking(self, rubric: Rubric, criterion: Criterion) -> tuple[str, ...]:
        return tuple(case for case in self._cases if (rubric.id, criterion.id, case) not in self._settled)

    def _item(self, rubric: Rubric, principle: str, criterion: Criterion, cases: tuple[str, ...]) -> Item:
        put = self._put_as(rubric, criterion, cases)
        return Item(
            ItemKind.CRITERION,
            criterion.id,
            criterion.question,
            self._without(cases),
            rubric.id,
            principle,
            criterion.id,
            cases,
            self._state(put),
            put.key if put else "",
        )

    def _put_as(self, rubric: Rubric, criterion: Criterion, cases: tuple[str, ...]) -> FollowUp | None:
        """Find the follow-up a criterion's question was put as: of one of the cases that lack it, or of none."""
        places = [(rubric.id, criterion.id, case) for case in (*cases, None)]
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

    def _without(self, cases: tuple[str, ...]) -> str:
        if len(cases) == len(self._names) > 2:
            return "no evidence for any case"
        return f"no evidence for {joined(self._names[case] for case in cases)}"


def _place(each: FollowUp) -> tuple[str | None, str | None, str | None]:
    return (each.rubric, each.criterion, each.case)


def _principle_name(question: Question, rubrics: Mapping[str, Rubric]) -> str:
    principle = principle_of(question, rubrics)
    return rubrics[question.rubric].principle(principle).short if question.rubric and principle else ""
