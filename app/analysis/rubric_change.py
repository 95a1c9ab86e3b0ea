"""What moving a round to another version of its rubric changes: criteria, answers one by one, and levels.

Answers go along by the id of their criterion; nothing of what was said by the version that is left is changed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from app.analysis.assessment import assess, rubric_of
from app.model.assessment import Answer, Ballot, Challenge, Consensus, Finding, FrozenRubric, NextStep, Override, Target
from app.rubric.structure import Criterion, Rubric
from app.rubric.write import write_rubric
from app.scoring.offered import answers_to
from app.scoring.scale import PICKS, Verdict, rank_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from app.analysis.assessment import Assessment, JudgedCase
    from app.model.document import StudyDocument


class What(StrEnum):
    """What became of a criterion."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    UNCHANGED = "unchanged"


class CriterionChange(Struct, frozen=True):
    """A criterion then and now; one that was reworded may have moved, too. `where` says from where to where."""

    id: str
    what: What
    before: Criterion | None
    after: Criterion | None
    where: str = ""


class Fate(StrEnum):
    """What becomes of an answer."""

    KEPT = "kept"
    REWORDED = "reworded"  # goes along only where somebody looked again
    LEFT = "left"


class AnswerChange(Struct, frozen=True):
    """An answer that stands, what becomes of it, and why."""

    answer: Answer
    fate: Fate
    reason: str = ""


class LevelChange(Struct, frozen=True):
    """A case's level on a principle, or overall where that is empty, in words: then, and now; "" where there is none.

    `step` is 1 where it rose, -1 where it fell, 0 where neither can be said.
    """

    case: str
    principle: str
    name: str
    before: str
    after: str
    step: int = 0

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return self.before == self.after


class RubricChange(Struct, frozen=True):
    """All that moving a round to another version of a rubric would change."""

    old: Rubric
    new: Rubric
    criteria: tuple[CriterionChange, ...]
    answers: tuple[AnswerChange, ...]
    levels: tuple[LevelChange, ...]

    def of(self, what: What) -> tuple[CriterionChange, ...]:
        """Give the criteria of which one thing became."""
        return tuple(each for each in self.criteria if each.what is what)


Judgement = Answer | Ballot | Consensus | Override | Finding | Challenge | Target | NextStep
JUDGED = ("answers", "ballots", "consensus", "overrides", "targets", "next_steps", "findings", "challenges")
"""The tables of what goes along."""

_PARTS = ("evidence", "dissents", "members")
_VERDICTS = frozenset(Verdict)  # what is kept in an override may have come from elsewhere


def changes(
    document: StudyDocument, old_key: str, new: Rubric, in_round: str | None, keep: Collection[str] = ()
) -> RubricChange:
    """Work out what moving a round to another version would change.

    Args:
        document: the study, as who asks may see it.
        old_key: key of the rubric that the round is assessed against.
        new: the other version, or any other rubric.
        in_round: key of the round; None in a study without rounds.
        keep: ids of reworded criteria whose answers go along all the same.
    """
    old = rubric_of(document, old_key)
    carrying = Carrying(old, new, new.id, in_round, keep)
    answers = tuple(
        AnswerChange(answer, *carrying.fate(answer))
        for answer in document.answers
        if (answer.rubric, answer.round) == (old.id, in_round)
    )
    return RubricChange(old, new, tuple(_criteria(old, new)), answers, levels(document, old_key, new, in_round, keep))


def levels(
    document: StudyDocument, old_key: str, new: Rubric, in_round: str | None, keep: Collection[str] | None = None
) -> tuple[LevelChange, ...]:
    """Work out every case's levels by the one version and by the other.

    Args:
        document: the study, as who asks may see it.
        old_key: key of the rubric that the round is assessed against.
        new: the other.
        in_round: key of the round.
        keep: ids of reworded criteria whose answers count all the same; by default all do.
    """
    old = rubric_of(document, old_key)
    before = assess(document, old_key, in_round)
    new = replace(new, id=_KEY)
    moved = _moved(document, Carrying(old, new, _KEY, in_round, keep), new)
    after = assess(moved, _KEY, in_round)
    return tuple(_levels(before, after))


_KEY = "-"  # none that a study's rubric can have


def _moved(document: StudyDocument, carrying: Carrying, new: Rubric) -> StudyDocument:
    """The study as if only the new version had ever been there."""
    carried = {table: tuple(carrying.all(getattr(document, table))) for table in JUDGED}
    return replace(document, rubrics=(FrozenRubric(key=_KEY, text=write_rubric(replace(new, id="x"))),), **carried)


class Carrying:
    """Carries what was judged by one rubric over to another, by the ids of its parts.

    Args:
        old: the rubric that things were judged by; its id is its key in the study.
        new: the rubric they go to.
        key: the key of the new one in the study.
        in_round: key of the round that moves.
        keep: ids of reworded criteria whose answers go along all the same; None: all of them.
    """

    def __init__(
        self, old: Rubric, new: Rubric, key: str, in_round: str | None, keep: Collection[str] | None = None
    ) -> None:
        self.old, self.new = old, new
        self._key, self._round = key, in_round
        self.criteria = {each.id for each in new.criteria}
        self.principles = {each.id for each in new.principles}
        self._levels = {each.id for each in new.levels}
        self.reworded = {each.id for each in _criteria(old, new) if each.what is What.REWORDED}
        self._left = self.reworded - set(keep) if keep is not None else set()

    def fate(self, answer: Answer) -> tuple[Fate, str]:
        """Say what becomes of an answer, and why."""
        if answer.criterion not in self.criteria:
            return Fate.LEFT, "the criterion was removed"
        if answer.verdict is not None and self._verdict(answer.criterion, answer.verdict) is None:
            return Fate.LEFT, "the answer is not offered any more"
        if answer.criterion in self.reworded:
            return Fate.REWORDED, "the statement was reworded"
        return Fate.KEPT, ""

    def all(self, things: Iterable[Judgement]) -> Iterator[Judgement]:
        """Give copies of those things that go along, under the new rubric and without ids."""
        for thing in things:
            if thing.rubric == self.old.id and getattr(thing, "round", self._round) == self._round:
                carried = self._carried(thing)
                if carried is not None:
                    yield carried

    def _carried(self, thing: Judgement) -> Judgement | None:
        """A thing under the new rubric; None where what it is about is not there."""
        if not self._is_about_something(thing):
            return None
        changed: dict[str, Any] = {"id": None, "rubric": self._key}
        for name in _PARTS:
            if hasattr(thing, name):
                changed[name] = tuple(replace(part, id=None) for part in getattr(thing, name))
        if isinstance(thing, Answer | Consensus | NextStep) and thing.verdict is not None:
            changed["verdict"] = verdict = self._verdict(thing.criterion, thing.verdict)
            if verdict is None:
                return None
        if isinstance(thing, Override):
            changed["basis"] = self._basis(thing.basis)
        return replace(thing, **changed)

    def _is_about_something(self, thing: Judgement) -> bool:
        if isinstance(thing, NextStep):
            return thing.criterion in self.criteria
        if isinstance(thing, Answer | Consensus):
            return thing.criterion in self.criteria - self._left
        if isinstance(thing, Override | Target) and thing.level not in self._levels:
            return False
        return isinstance(thing, Ballot) or thing.principle in self.principles

    def _verdict(self, criterion: str, verdict: Verdict) -> Verdict | None:
        """The same answer as the new rubric keeps it: levels by their ids; None where it does not offer it."""
        rank = rank_of(verdict)
        if rank is not None:
            level = self.old.levels[rank].id if rank < len(self.old.levels) else ""
            if level not in self._levels or self.new.rule != "choice":
                return None
            verdict = PICKS[self.new.rank(level)]
        offered = answers_to(self.new, criterion)
        return offered.step(verdict).verdict if offered.offers(verdict) else None

    def _basis(self, basis: str) -> str:
        """What an override rests on, with levels as the new rubric counts them."""
        return " ".join(self._pair(pair) for pair in basis.split())

    def _pair(self, pair: str) -> str:
        criterion, _, verdict = pair.partition(":")
        if criterion not in self.criteria or verdict not in _VERDICTS:
            return pair
        return f"{criterion}:{self._verdict(criterion, Verdict(verdict)) or verdict}"


def _criteria(old: Rubric, new: Rubric) -> Iterator[CriterionChange]:
    """Compare criteria, in the new rubric's order, those removed last."""
    then = {criterion.id: criterion for criterion in old.criteria}
    for after in new.criteria:
        before = then.pop(after.id, None)
        if before is None:
            yield CriterionChange(after.id, What.ADDED, None, after)
            continue
        where = _where(old, new, before, after)
        what = What.MOVED if where else What.UNCHANGED
        reworded = _said(old, before) != _said(new, after)
        yield CriterionChange(after.id, What.REWORDED if reworded else what, before, after, where)
    for before in then.values():
        yield CriterionChange(before.id, What.REMOVED, before, None)


def _said(rubric: Rubric, criterion: Criterion) -> tuple[str, ...]:
    """What an answer is an answer to: the statement, and where levels are picked their descriptions."""
    told = rubric.principle_of(criterion.id).levels if rubric.rule == "choice" else {}
    return (" ".join(criterion.statement.split()), *(f"{key} {' '.join(told[key].split())}" for key in sorted(told)))


def _where(old: Rubric, new: Rubric, before: Criterion, after: Criterion) -> str:
    """Say from where to where a criterion moved; "" where it did not."""
    was, now = old.principle_of(before.id), new.principle_of(after.id)
    moves = []
    if was.id != now.id:
        moves.append(f"from {was.short} to {now.short}")
    if before.level and after.level and before.level != after.level:
        moves.append(f"from {old.level(before.level).name} to {new.level(after.level).name}")
    return ", ".join(moves)


def _levels(before: Assessment, after: Assessment) -> Iterator[LevelChange]:
    old, new = before.rubric, after.rubric
    names = {each.id: each.short for each in (*old.principles, *new.principles)}
    ids = dict.fromkeys([*(each.id for each in new.principles), *(each.id for each in old.principles)])
    for was, now in zip(before.cases, after.cases, strict=True):
        for principle in ids:
            then, there = _principle(was, principle), _principle(now, principle)
            step = _step(new, then[1], there[1])
            yield LevelChange(was.case.key, principle, names[principle], then[0], there[0], step)
        then, there = _overall(was), _overall(now)
        yield LevelChange(was.case.key, "", "Overall", then[0], there[0], _step(new, then[1], there[1]))


def _principle(case: JudgedCase, principle: str) -> tuple[str, str | None]:
    """A principle's level in words, with its id."""
    for judged in case.principles:
        if judged.principle.id == principle:
            held = judged.in_force
            return (case.rubric.level(held.level).name if held else judged.interval), judged.level
    return "", None


def _overall(case: JudgedCase) -> tuple[str, str | None]:
    level = (case.team or case.score.overall).level
    return (case.rubric.level(level).name if level else "not rated"), level


def _step(new: Rubric, before: str | None, after: str | None) -> int:
    """Which way a level went: by its place in the new rubric, where both are levels there."""
    places = {level.id: place for place, level in enumerate(new.levels)}
    then, now = places.get(before or ""), places.get(after or "")
    return 0 if then is None or now is None else (now > then) - (now < then)
