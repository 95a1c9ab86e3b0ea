"""Where a case stands in one round, and what became of that in another: rose, fell, became known."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from app.scoring.result import Points

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.analysis.assessment import JudgedCase, JudgedPrinciple
    from app.rubric.structure import Rubric
    from app.scoring.result import CaseScore, Overall, PrincipleScore

OVERALL: Final = "overall"
"""What stands for the overall level where principles are named by their ids."""

_UP: Final = 1
_DOWN: Final = -1


class Change(StrEnum):
    """What became of a level from one round to another; the value is what people read.

    A level is an interval while answers are open. It rose or fell where both its ends did; where the later interval
    lies within the earlier it became known, where it reaches further it became uncertain. Answers are told apart by the
    same words. What is not rated, or not applicable, in one of the two has changed, and neither risen nor fallen.
    """

    ROSE = "rose"
    FELL = "fell"
    KNOWN = "became known"
    UNKNOWN = "became uncertain"
    OTHER = "changed"
    NEW = "new"
    GONE = "not assessed any more"
    SAME = "the same"
    NEITHER = "not assessed"


_CHANGES: Final = {(0, 0): Change.SAME, (_UP, _UP): Change.ROSE, (_DOWN, _DOWN): Change.FELL}


class Stand(Struct, frozen=True):
    """Where a principle of a case, or the case overall, stands in a round.

    `low` and `high` are the places, from 0, of the level the team stands by and of the one at most reached; None where
    nothing is rated. `derived_low` and `derived_high` are those that follow from the answers, others only where an
    override holds. `points` are None where the rule counts none. `assessed` is whether anybody has said anything.
    """

    low: int | None = None
    high: int | None = None
    derived_low: int | None = None
    derived_high: int | None = None
    points: Points | None = None
    assessed: bool = False

    @property
    def overridden(self) -> bool:
        """Whether the team stands by another level than the answers give."""
        return (self.low, self.high) != (self.derived_low, self.derived_high)

    def words(self, rubric: Rubric) -> str:
        """The level in words: "Low", "Low, at most High", "not rated", "not assessed"."""
        return _words(rubric, self.low, self.high) if self.assessed else "not assessed"

    def derived_words(self, rubric: Rubric) -> str:
        """The level that follows from the answers, in words."""
        return _words(rubric, self.derived_low, self.derived_high)


def short_name(rubric: Rubric, part: str) -> str:
    """Name a principle in short, or "Overall", by its id or `OVERALL`."""
    return "Overall" if part == OVERALL else rubric.principle(part).short


def _words(rubric: Rubric, low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return "not rated"
    name = rubric.levels[low].name
    return name if low == high else f"{name}, at most {rubric.levels[high].name}"


def change_between(then: Stand, now: Stand) -> Change:
    """Tell what became of a level."""
    if not (then.assessed and now.assessed):
        return _appeared(then, now)
    if then.low is None or then.high is None or now.low is None or now.high is None:
        return Change.SAME if then.low == now.low else Change.OTHER
    return _moved(now.low - then.low, now.high - then.high)


def _appeared(then: Stand, now: Stand) -> Change:
    return Change.GONE if then.assessed else Change.NEW if now.assessed else Change.NEITHER


def _moved(low: int, high: int) -> Change:
    """Tell a change from how far the two ends of an interval moved."""
    ends = ((low > 0) - (low < 0), (high > 0) - (high < 0))
    return _CHANGES.get(ends) or (Change.KNOWN if ends[0] >= ends[1] else Change.UNKNOWN)


def stands(judged: JudgedCase) -> dict[str, Stand]:
    """Tell where a case stands on every principle, by id, and, under `OVERALL`, overall."""
    each = {part.principle.id: _stand(part) for part in judged.principles}
    assessed = any(stand.assessed for stand in each.values())
    return {**each, OVERALL: _overall(judged.rubric, judged.score.overall, judged.team, assessed=assessed)}


def derived_stands(rubric: Rubric, score: CaseScore, answered: Collection[str]) -> dict[str, Stand]:
    """Tell where a case stands by its answers alone; `answered` are the criteria with any, by id."""
    each = {
        part.principle: _derived(rubric, part, assessed=any(each.id in answered for each in principle.criteria))
        for principle, part in zip(rubric.principles, score.principles, strict=True)
    }
    return {**each, OVERALL: _overall(rubric, score.overall, None, assessed=bool(answered))}


def _stand(judged: JudgedPrinciple) -> Stand:
    answered = any(criterion.verdict is not None for criterion in judged.criteria)
    override = judged.in_force
    derived = _derived(judged.rubric, judged.score, assessed=answered or override is not None)
    if override is None:
        return derived
    held = judged.rubric.rank(override.level)
    return replace(derived, low=held, high=held)


def _derived(rubric: Rubric, score: PrincipleScore, *, assessed: bool) -> Stand:
    ranks = _ranks(rubric, score)
    return Stand(*ranks, *ranks, score.points, assessed)


def _overall(rubric: Rubric, score: Overall, team: Overall | None, *, assessed: bool) -> Stand:
    held = team or score
    return Stand(*_ranks(rubric, held), *_ranks(rubric, score), held.points, assessed)


def _ranks(rubric: Rubric, score: PrincipleScore | Overall) -> tuple[int | None, int | None]:
    if score.level is None or score.at_most is None:
        return None, None
    return rubric.rank(score.level), rubric.rank(score.at_most)
