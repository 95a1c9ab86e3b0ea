"""What lifts a score to the rubric's top level: the answers that count for it, with what speaks for them; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.evidence import Stance
from app.scoring.offered import answers
from app.scoring.scale import is_achievement, passes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.analysis.assessment import JudgedCriterion, JudgedPrinciple
    from app.model.assessment import Answer
    from app.model.evidence import Evidence
    from app.scoring.scale import Verdict

Support = tuple["Answer", "Evidence"]
"""An answer, and something that speaks for it."""


def is_on_top(judged: JudgedPrinciple) -> bool:
    """Whether the level the team stands by is the rubric's highest."""
    return judged.level == judged.rubric.levels[-1].id


def lifting(judged: JudgedPrinciple) -> tuple[Support, ...]:
    """List what speaks for meeting the criteria of the top level; for meeting any, where nothing does for these.

    Under a rule that gates no level by criteria, every answer that counts for something lifts. An answer that a
    criterion is not met lifts nothing, whatever speaks for it; but where all are such, the team set the level, and it
    rests on what they had.
    """
    top = judged.rubric.levels[-1].id
    counts = _counting(judged)
    gating = [each for each in judged.criteria if each.criterion.level == top]
    met = _speaking(gating, counts) or _speaking(judged.criteria, counts)
    return met or _speaking(judged.criteria, is_achievement)


def _counting(judged: JudgedPrinciple) -> Callable[[Verdict | None], bool]:
    """Give what tells whether an answer brings a principle up, by the rubric's own rule."""
    if not judged.rubric.counts_points:
        return passes if judged.rubric.rule == "staged" else is_achievement
    offered = answers(judged.rubric, judged.principle)
    return lambda verdict: verdict is not None and bool(offered.step(verdict).points)


def _speaking(criteria: Iterable[JudgedCriterion], counts: Callable[[Verdict | None], bool]) -> tuple[Support, ...]:
    given = (answer for each in criteria for answer in each.answers if counts(answer.verdict))
    return tuple((answer, each) for answer in given for each in answer.evidence if each.stance is Stance.SUPPORTS)
