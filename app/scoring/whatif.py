"""What if: the levels a case would have, were some criteria answered otherwise, and the fewest that reach a level.

What does not apply stays so: no improvement makes a criterion applicable. So which principles are rated stays, too.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from app.rubric import Principle, Rubric
from app.scoring.choice import options
from app.scoring.offered import answers
from app.scoring.points import Bands, PointsRule
from app.scoring.result import CaseScore, PrincipleScore
from app.scoring.scale import PICKS, Verdict, passes
from app.scoring.score import score_case, score_principle
from app.scoring.staged import Verdicts

Improvements = tuple[tuple[str, Verdict], ...]
"""Criteria, each with the answer it is brought to, where to start first."""

WHY_EXACT: Final = {
    "staged": "Exact: every criterion up to that level that is not met, and no other, is needed.",
    "choice": "Exact: one description, the lowest that counts as that level.",
    "mean": "Exact: the fewest criteria that reach it, those that bring most first.",
    "points": "Exact: the fewest criteria that reach it, those that bring most first.",
}
"""Why none can be left out of what `smallest_set` gives, by the rubric's rule."""


def what_if(rubric: Rubric, verdicts: Verdicts, changes: Mapping[str, Verdict]) -> CaseScore:
    """Score a case as if some criteria were answered otherwise; UnknownCriterionError for one that is not there."""
    return score_case(rubric, {**verdicts, **changes})


def smallest_set(rubric: Rubric, principle: Principle, verdicts: Verdicts, target: str) -> Improvements | None:
    """The fewest criteria of a principle that bring it to a level, or above; None where nothing can.

    Exact under every rule. Staged: a level needs each applicable criterion up to it, so those not met are all needed,
    and they are enough. Choice: one description. Mean and points: the figure is a sum over the criteria that apply,
    whose number stays, so each criterion adds its own gain whatever becomes of the others; no so many of them add more
    than those with the greatest gains.
    """
    return _smallest(rubric, score_principle(rubric, principle, verdicts), verdicts, rubric.rank(target))


def _smallest(rubric: Rubric, score: PrincipleScore, verdicts: Verdicts, rank: int) -> Improvements | None:
    """The fewest criteria that bring a principle from its score to a level, by the level's place."""
    if score.level is None:
        return None
    principle = rubric.principle(score.principle)
    if rubric.rank(score.level) >= rank:
        return ()
    if rubric.rule == "staged":
        return _staged(rubric, principle, score, rank)
    if score.points is None:
        return _choice(rubric, principle, rank)
    return _fewest(rubric, score.points.low, gains(rubric, principle, verdicts), rank)


def smallest_overall(rubric: Rubric, verdicts: Verdicts, target: str) -> Improvements | None:
    """The fewest criteria of all principles that bring a case to an overall level; None where nothing can.

    Exact: the principles don't touch each other, and `smallest_set` says what each level of one takes. The minimum
    needs them all; the median the cheapest half; the mean of places the cheapest way to their sum. A mean of points is
    a sum over all criteria once more, where the greatest gains do most.
    """
    case = score_case(rubric, verdicts)
    if case.overall.level is None:
        return None
    rank, rated = rubric.rank(target), [score for score in case.principles if score.level is not None]
    if rubric.rank(case.overall.level) >= rank:
        return ()
    if rubric.overall == "mean" and case.overall.points is not None:
        return _mean_of_points(rubric, rated, verdicts, rank)
    if rubric.overall == "mean":
        return _mean_of_ranks(rubric, rated, verdicts, rank)
    return _so_many(rubric, rated, verdicts, rank)


def gains(rubric: Rubric, principle: Principle, verdicts: Verdicts) -> dict[str, Fraction]:
    """What the best answer to each criterion would add to the principle's figure, greatest first, then as asked.

    Only criteria that apply and would add something; none under a rule that counts no points.
    """
    found = PointsRule(rubric, principle).gains(verdicts) if rubric.counts_points else {}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _staged(rubric: Rubric, principle: Principle, score: PrincipleScore, rank: int) -> Improvements | None:
    best = answers(rubric, principle).best
    asked = [level.id for level in rubric.levels[1 : rank + 1]]
    return tuple((each.criterion, best) for each in score.blocking if each.level in asked) if passes(best) else None


def _choice(rubric: Rubric, principle: Principle, rank: int) -> Improvements:
    """The lowest description that counts as the level or as one above it: alike ones count as the highest of them."""
    counted = (rubric.rank(option[-1].id) for option in options(rubric, principle))
    return ((principle.criteria[0].id, PICKS[next(each for each in counted if each >= rank)]),)


def _fewest(rubric: Rubric, figure: Fraction, adding: Mapping[str, Fraction], rank: int) -> Improvements | None:
    """Take criteria, the greatest gain first, until the figure is in the level's range."""
    bands, taken = Bands(rubric.levels), []
    for criterion, gain in sorted(adding.items(), key=lambda item: -item[1]):
        if bands.rank(figure) >= rank:
            break
        figure += gain
        taken.append(criterion)
    if bands.rank(figure) < rank:
        return None
    return tuple((each, answers(rubric, rubric.principle_of(each)).best) for each in taken)


def _mean_of_points(rubric: Rubric, rated: list[PrincipleScore], verdicts: Verdicts, rank: int) -> Improvements | None:
    each_of = [gains(rubric, rubric.principle(score.principle), verdicts) for score in rated]
    adding = {criterion: gain / len(rated) for found in each_of for criterion, gain in found.items()}
    lows = [score.points.low for score in rated if score.points is not None]
    return _fewest(rubric, sum(lows, Fraction()) / len(rated), adding, rank)


def _so_many(rubric: Rubric, rated: list[PrincipleScore], verdicts: Verdicts, rank: int) -> Improvements | None:
    """Bring as many principles to the level as the overall rule asks for, the cheapest ones, in the rubric's order."""
    needed = len(rated) if rubric.overall == "minimum" else len(rated) - (len(rated) - 1) // 2
    ways = [way for score in rated if (way := _smallest(rubric, score, verdicts, rank)) is not None]
    if len(ways) < needed:
        return None
    cheapest = sorted(range(len(ways)), key=lambda place: len(ways[place]))[:needed]
    return tuple(each for place in sorted(cheapest) for each in ways[place])


def _mean_of_ranks(rubric: Rubric, rated: list[PrincipleScore], verdicts: Verdicts, rank: int) -> Improvements | None:
    """The cheapest way to each sum of places, principle after principle; then the cheapest to a sum that is enough."""
    cheapest: dict[int, Improvements] = {0: ()}
    for score in rated:
        longer: dict[int, Improvements] = {}
        for place, way in _ways(rubric, score, verdicts).items():
            for total, before in cheapest.items():
                both = (*before, *way)
                if len(both) < len(longer.get(total + place, (*both, None))):
                    longer[total + place] = both
        cheapest = longer
    enough = (way for total, way in cheapest.items() if total >= rank * len(rated))
    return min(enough, key=len, default=None)


def _ways(rubric: Rubric, score: PrincipleScore, verdicts: Verdicts) -> dict[int, Improvements]:
    """What it takes to bring a principle to each level that can be reached from where it is, by the level's place."""
    reachable = range(rubric.rank(str(score.level)), len(rubric.levels))
    found = {rank: _smallest(rubric, score, verdicts, rank) for rank in reachable}
    return {place: way for place, way in found.items() if way is not None}
