"""Rounds of a study compared, like with like: what rose, fell and became known, and the answers behind it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.assessment import Judge
from app.analysis.standing import Change, Stand, change_between, stands

if TYPE_CHECKING:
    from app.analysis.assessment import Assessment
    from app.model.document import StudyDocument
    from app.model.setting import Round
    from app.rubric.structure import Rubric

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
    """Tells which way levels went, again and again; earlier rounds of which nothing has changed are known."""

    def __init__(self) -> None:
        self._judge = Judge()

    def of(self, document: StudyDocument, assessment: Assessment) -> dict[Place, Trend]:
        """Tell which way every level of an assessment went; see `trends`."""
        rubric, by = assessment.rubric, assessment.by
        rounds = _answered_before(document, assessment)
        before = [(each, self._judge.assess(document, rubric.id, each.key, by).cases) for each in rounds]
        earlier = [(each, {judged.case.key: stands(judged) for judged in cases}) for each, cases in before]
        return {
            (judged.case.key, part): _trend(
                rubric, now, [(each, kept[judged.case.key][part]) for each, kept in earlier]
            )
            for judged in assessment.cases
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
