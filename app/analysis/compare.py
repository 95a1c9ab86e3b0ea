"""Rounds of a study compared, like with like: what rose, fell and became known, and the answers behind it."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from itertools import chain
from operator import is_
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.assessment import Judge, current_round, rubric_of
from app.analysis.overview import joined
from app.analysis.rounds import Said, answered, told, way_to
from app.analysis.standing import OVERALL, Change, Stand, change_between, stands
from app.analysis.todo import count
from app.model.setting import Case, Round
from app.rubric.mapping import known_as
from app.rubric.structure import Rubric
from app.scoring.offered import answers
from app.scoring.scale import is_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.assessment import Assessment, JudgedCase
    from app.analysis.rounds import Told, Way
    from app.model.document import StudyDocument
    from app.scoring.offered import Answers

Place = tuple[str, str]
"""The key of a case, and the id of a principle or `standing.OVERALL`."""


class Direction(StrEnum):
    """Which way a level went since it was last assessed; none where open answers, or no answers, leave that open."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NONE = "none"


_DIRECTIONS: Final = {Change.ROSE: Direction.UP, Change.FELL: Direction.DOWN, Change.SAME: Direction.SAME}


class Trend(Struct, frozen=True):
    """Which way a level went, and in words what it was: "was Low in Round 1"; no words where it was not assessed."""

    direction: Direction = Direction.NONE
    words: str = ""


_NO_TREND: Final = Trend()


class Trends:
    """Tells which way levels went, again and again; cases of which nothing has changed are told as before."""

    def __init__(self) -> None:
        self._judge = Judge()
        self._known: dict[str, tuple[tuple[object, ...], dict[str, Trend]]] = {}

    def of(self, document: StudyDocument, assessment: Assessment) -> dict[Place, Trend]:
        """Tell which way every level of an assessment went; see `trends`."""
        rounds = _answered_before(document, assessment)
        before = [self._judge.assess(document, assessment.rubric.id, each.key, assessment.by).cases for each in rounds]
        return {
            (judged.case.key, part): trend
            for judged, *then in zip(assessment.cases, *before, strict=True)
            for part, trend in self._of_case(judged, list(zip(rounds, then, strict=True))).items()
        }

    def _of_case(self, judged: JudgedCase, earlier: list[tuple[Round, JudgedCase]]) -> dict[str, Trend]:
        parts = (judged, *chain.from_iterable(earlier))
        known = self._known.get(judged.case.key)
        if known is None or len(known[0]) != len(parts) or not all(map(is_, known[0], parts)):
            self._known[judged.case.key] = known = (parts, _trends_of(judged, earlier))
        return known[1]


def _trends_of(judged: JudgedCase, earlier: list[tuple[Round, JudgedCase]]) -> dict[str, Trend]:
    before = [(in_round, stands(then)) for in_round, then in earlier]
    return {
        part: _trend(judged.rubric, now, [(in_round, then[part]) for in_round, then in before])
        for part, now in stands(judged).items()
    }


def trends(document: StudyDocument, assessment: Assessment) -> dict[Place, Trend]:
    """Tell which way every level went since the last round before in which it was assessed against the same rubric.

    Args:
        document: the study, as who asks may see it.
        assessment: of that study, in the round that is looked at.
    """
    return Trends().of(document, assessment)


def _answered_before(document: StudyDocument, assessment: Assessment) -> list[Round]:
    """List the rounds before an assessment's that have answers to its rubric, the latest first."""
    answered = {each.round for each in document.answers if each.rubric == assessment.rubric.id}
    keys = [each.key for each in document.rounds]
    here = keys.index(assessment.round.key) if assessment.round else 0
    return [each for each in document.rounds[:here] if each.key in answered][::-1]


def _trend(rubric: Rubric, now: Stand, earlier: list[tuple[Round, Stand]]) -> Trend:
    found = next(((each, then) for each, then in earlier if then.assessed), None)
    if found is None or not now.assessed:
        return _NO_TREND
    in_round, then = found
    change = change_between(then, now)
    comma, too = "" if then.low == then.high else ",", ", too" if change is Change.SAME else ""
    words = f"was {then.words(rubric)}{comma} in {in_round.name}{too}"
    return Trend(_DIRECTIONS.get(change, Direction.NONE), words)


# Two rounds


class Move(Struct, frozen=True):
    """What became of one level of a case; `part` is a principle's id, or `standing.OVERALL`."""

    case: str
    part: str
    then: Stand
    now: Stand

    @property
    def change(self) -> Change:
        """Whether it rose, fell, became known or unknown, or stayed."""
        return change_between(self.then, self.now)


class AnswerMove(Struct, frozen=True):
    """An answer that is another one now, or was given in one of the two rounds only.

    `asked` is, for then and now, whether it was asked at all: by another version of the rubric it may not have been.
    """

    case: str
    principle: str
    criterion: str
    then: Said | None
    now: Said | None
    change: Change
    asked: tuple[bool, bool] = (True, True)

    def words(self, offered: Answers) -> tuple[str, str]:
        """Name both answers in the words of those that are offered."""
        then, now = self.then, self.now
        return _answer_words(offered, then, self.asked[0]), _answer_words(offered, now, self.asked[1])


def _answer_words(offered: Answers, said: Said | None, asked: bool) -> str:  # noqa: FBT001 - one of a pair
    return offered.label(said.verdict if said else None) if asked else NOT_ASKED


NOT_ASKED: Final = "Not asked"


class ComparedCase(Struct, frozen=True):
    """One case in two rounds: its principles in the rubric's order, overall, and the answers that changed.

    `overall` is None where the rubric has no overall level. The answers stand in the order of `standing.Change`, those
    that rose first, and within it in the rubric's.
    """

    case: Case
    principles: tuple[Move, ...]
    overall: Move | None
    answers: tuple[AnswerMove, ...]
    whole: Change

    @property
    def moves(self) -> tuple[Move, ...]:
        """Its principles and, where the rubric has an overall level, that one last."""
        return (*self.principles, *((self.overall,) if self.overall else ()))

    @property
    def in_both(self) -> bool:
        """Whether it was assessed in both rounds."""
        return self.whole not in (Change.NEW, Change.GONE, Change.NEITHER)

    def principle(self, key: str) -> Move:
        """Find one principle's by its id; KeyError where there is none."""
        return {each.part: each for each in self.principles}[key]


class Comparison(Struct, frozen=True):
    """Two rounds, compared in terms of one rubric; without cases where that can't be done, and `why_not` says why.

    `answered` are the rubrics that were answered then and now: others than `rubric` where a mapping was needed, and
    `through` then says whose answers it carries over.
    """

    then: Round
    now: Round
    rubric: Rubric | None = None
    answered: tuple[Rubric, ...] = ()
    cases: tuple[ComparedCase, ...] = ()
    why_not: str = ""
    through: str = ""

    def case(self, key: str) -> ComparedCase:
        """Find one case by its key; KeyError where there is none."""
        return {each.case.key: each for each in self.cases}[key]

    @property
    def counts(self) -> dict[Change, int]:
        """How many principles changed in which way, of the cases that were assessed in both rounds."""
        found = Counter(move.change for case in self.cases if case.in_both for move in case.principles)
        return {change: found[change] for change in Change if found[change]}

    @property
    def words(self) -> str:
        """What changed, counted: "2 rose, 1 became known, 1 case new"; "Nothing changed" where nothing did."""
        told = [f"{number} {change}" for change, number in self.counts.items() if change not in _UNCHANGED]
        for change in (Change.NEW, Change.GONE):
            number = sum(case.whole is change for case in self.cases)
            told += [f"{count(number, 'case', 'cases')} {change}"] if number else []
        return ", ".join(told) or "Nothing changed"


_UNCHANGED: Final = (Change.SAME, Change.NEITHER)


def compare(document: StudyDocument, first_round: str, second_round: str, rubric: str | None = None) -> Comparison:
    """Compare what two rounds say of every case, like with like.

    Args:
        document: the study, as who asks may see it.
        first_round: key of the round that is "then".
        second_round: key of the round that is "now".
        rubric: key of the rubric that must have the answers of one of them at least; by default any may.

    Raises:
        KeyError: the study has no such round or rubric.
    """
    rounds = {each.key: each for each in document.rounds}
    then, now = rounds[first_round], rounds[second_round]
    wanted = rubric_of(document, rubric) if rubric is not None else None
    ways = _ways(document, then, now, wanted)
    if ways is None:
        return Comparison(then, now, why_not=_why_not(document, then, now, wanted))
    before, after = told(document, then, ways[0]), told(document, now, ways[1])
    target = ways[0].target
    cases = tuple(_compared(target, case, before, after) for case in document.cases)
    sources = (ways[0].source, ways[1].source)
    return Comparison(then, now, target, sources, cases, through=_through(before, after))


def change_since(document: StudyDocument, rubric: str) -> Comparison | None:
    """Compare the last round answered against a rubric with the one before it; None where nothing can be compared.

    The one before is the latest that has answers to the rubric, or to others that a mapping leads from.
    """
    now = current_round(document, rubric)
    keys = [each.key for each in document.rounds]
    earlier = keys[: keys.index(now.key)] if now else []
    found = (compare(document, key, now.key, rubric) for key in reversed(earlier) if now)
    return next((each for each in found if each.rubric is not None), None)


def _ways(document: StudyDocument, then: Round, now: Round, wanted: Rubric | None) -> tuple[Way, Way] | None:
    """Find a rubric in terms of which both rounds can be told, if need be by a mapping; None where there is none."""
    targets = {each.id: each for each in (*answered(document, now.key), *answered(document, then.key))}
    found = []
    for target in targets.values():
        first, second = (way_to(document, each.key, target) for each in (then, now))
        if first and second and (wanted is None or wanted.id in (target.id, first.source.id, second.source.id)):
            found.append((first, second))
    return min(found, key=lambda pair: sum(way.mapping is not None for way in pair), default=None)


def _compared(rubric: Rubric, case: Case, before: Told, after: Told) -> ComparedCase:
    then, now = before.stands[case.key], after.stands[case.key]
    moves = {part: Move(case.key, part, then[part], now[part]) for part in then}
    overall = moves.pop(OVERALL)
    answers = sorted(_answers(rubric, case, before, after), key=lambda each: _ORDER[each.change])
    shown = None if rubric.overall == "none" else overall
    return ComparedCase(case, tuple(moves.values()), shown, tuple(answers), overall.change)


_ORDER: Final = {change: place for place, change in enumerate(Change)}


def _answers(rubric: Rubric, case: Case, before: Told, after: Told) -> Iterator[AnswerMove]:
    """List the answers to a case's criteria that changed, in the rubric's order."""
    for principle in rubric.principles:
        offered = answers(rubric, principle)
        for criterion in principle.criteria:
            then, now = (each.said[case.key].get(criterion.id) for each in (before, after))
            change = _answer_change(offered, then, now)
            if change not in _UNCHANGED:
                asked = (before.asks(criterion.id), after.asks(criterion.id))
                yield AnswerMove(case.key, principle.id, criterion.id, then, now, change, asked)


def _answer_change(offered: Answers, then: Said | None, now: Said | None) -> Change:
    if then is None or now is None:
        return Change.NEW if now else Change.GONE if then else Change.NEITHER
    before, after = offered.rank(then.verdict), offered.rank(now.verdict)
    if before is not None and after is not None:
        return Change.ROSE if after > before else Change.FELL if after < before else Change.SAME
    if then.verdict == now.verdict:
        return Change.SAME
    if before is not None and is_open(now.verdict):
        return Change.UNKNOWN
    return Change.KNOWN if after is not None and is_open(then.verdict) else Change.OTHER


def _why_not(document: StudyDocument, then: Round, now: Round, wanted: Rubric | None) -> str:
    """Say in one sentence why two rounds can't be compared."""
    rubrics = {each.key: answered(document, each.key) for each in (then, now)}
    empty = [each.name for each in {each.key: each for each in (then, now)}.values() if not rubrics[each.key]]
    if empty:
        return (
            f"{empty[0]} has no answers yet."
            if len(empty) == 1
            else f"Neither {empty[0]} nor {empty[1]} has answers yet."
        )
    if wanted is not None:
        rubrics = {key: [each for each in found if each.id == wanted.id] or found for key, found in rubrics.items()}
    if wanted is not None and not any(each.id == wanted.id for found in rubrics.values() for each in found):
        return f"Neither {then.name} nor {now.name} was answered against {named(wanted)}."
    first, second = (joined(named(each) for each in rubrics[one.key]) for one in (then, now))
    told_by = f"{then.name} was answered against {first}, {now.name} against {second}"
    return f"{told_by}, and no mapping leads from one to the other."


def _through(*both: Told) -> str:
    carried = next((each for each in both if each.way.mapping is not None), None)
    if carried is None:
        return ""
    source, target = named(carried.way.source), named(carried.way.target)
    return (
        f"{carried.round.name} was answered against {source}: its answers are carried over to {target} "
        "as far as a mapping leads, and what the team set by an override is not."
    )


def named(rubric: Rubric) -> str:
    """Name a rubric and its version: "mlops-maturity 1.0"."""
    return f"{known_as(rubric)[-1]} {rubric.version}"


# All rounds


class TrendPoint(Struct, frozen=True):
    """Where a level stood in a round: the places, from 0, of the level and of the one at most reached, else None."""

    round: Round
    low: int | None
    high: int | None


def trend(document: StudyDocument, rubric: str | None = None) -> dict[Place, tuple[TrendPoint, ...]]:
    """Tell where every level of every case stood in every round that has answers, in the study's order.

    A round answered against another version of the rubric is carried over by a mapping; one from which none leads there
    is left out.

    Args:
        document: the study, as who asks may see it.
        rubric: key of one of its rubrics; by default its first.

    Raises:
        KeyError: the study has no such rubric.
    """
    model = rubric_of(document, rubric)
    parts = (*(principle.id for principle in model.principles), OVERALL)
    ways = [(each, way_to(document, each.key, model)) for each in document.rounds]
    known = [(each, told(document, each, way).stands) for each, way in ways if way is not None]
    return {
        (case.key, part): tuple(_point(each, kept[case.key][part]) for each, kept in known)
        for case in document.cases
        for part in parts
    }


def _point(in_round: Round, stand: Stand) -> TrendPoint:
    return TrendPoint(in_round, stand.low, stand.high) if stand.assessed else TrendPoint(in_round, None, None)
