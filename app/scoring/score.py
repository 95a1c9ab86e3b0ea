"""From answers to levels: a case's principles by the rubric's rule, and the overall level by its overall rule."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final, Protocol

from app.errors import FieldquillError
from app.rubric import Principle, Rubric
from app.scoring.choice import Choice
from app.scoring.points import Bands, PointsRule
from app.scoring.result import CaseScore, Overall, Points, PrincipleScore
from app.scoring.staged import Staged, Verdicts


class UnknownCriterionError(FieldquillError):
    """An answer to a criterion the rubric does not have."""

    code = "scoring.unknown-criterion"


class Rule(Protocol):
    """How the answers on one principle become its level."""

    def score(self, verdicts: Verdicts) -> PrincipleScore:
        """The principle's score; verdicts on other principles may be among those given."""
        ...


_RULES: Final[Mapping[str, Callable[[Rubric, Principle], Rule]]] = {
    "staged": Staged,
    "choice": Choice,
    "mean": PointsRule,
    "points": PointsRule,
}


class Scorer:
    """Scores cases against one rubric; made once, it scores many."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._known = frozenset(criterion.id for criterion in rubric.criteria)
        self._rules = [_RULES[rubric.rule](rubric, principle) for principle in rubric.principles]
        self._overall = _Overall(rubric)

    def case(self, verdicts: Verdicts) -> CaseScore:
        """Score every principle and overall; UnknownCriterionError for a verdict on none of the rubric's criteria."""
        if not self._known.issuperset(verdicts):
            stranger = min(verdicts.keys() - self._known)
            raise UnknownCriterionError(
                f'Nothing was scored: rubric "{self.rubric.id}" {self.rubric.version} has no criterion "{stranger}".'
            )
        scores = tuple(rule.score(verdicts) for rule in self._rules)
        return CaseScore(scores, self._overall.of(scores))


def score_case(rubric: Rubric, verdicts: Verdicts) -> CaseScore:
    """Score every principle and overall; UnknownCriterionError for a verdict on none of its criteria."""
    return Scorer(rubric).case(verdicts)


def score_principle(rubric: Rubric, principle: Principle, verdicts: Verdicts) -> PrincipleScore:
    """Score one principle; UnknownCriterionError for a verdict on none of the rubric's criteria."""
    return score_case(rubric, verdicts).principle(principle.id)


def overall(rubric: Rubric, scores: Sequence[PrincipleScore]) -> Overall:
    """The overall level from the scores of the principles, given in the rubric's order."""
    return _Overall(rubric).of(scores)


class _Overall:
    """The overall rule of one rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self._levels = tuple(level.id for level in rubric.levels)
        self._ranks = {level: rank for rank, level in enumerate(self._levels)}
        self._rule = rubric.overall
        self._bands = Bands(rubric.levels) if rubric.counts_points else None

    def of(self, scores: Sequence[PrincipleScore]) -> Overall:
        rated = [score for score in scores if score.level is not None]
        lows = [self._ranks[score.level] for score in rated if score.level is not None]
        highs = [self._ranks[score.at_most] for score in rated if score.at_most is not None]
        limiting = self._limiting(rated, lows)
        points = self._points(rated)
        if not rated or self._rule == "none":
            return Overall(None, None, limiting[0] if limiting else None, limiting)
        low = self._level(lows, points.low if points else None)
        high = self._level(highs, points.high if points else None)
        return Overall(self._levels[low], self._levels[high], limiting[0] if limiting else None, limiting, points)

    def _limiting(self, rated: Sequence[PrincipleScore], ranks: Sequence[int]) -> tuple[str, ...]:
        """Which rated principles are lowest; none where that is the top."""
        lowest = min(ranks, default=len(self._levels) - 1)
        held = lowest < len(self._levels) - 1
        return tuple(score.principle for score, rank in zip(rated, ranks, strict=True) if rank == lowest and held)

    def _points(self, rated: Sequence[PrincipleScore]) -> Points | None:
        """The principles' points taken together, where the rubric counts them and takes their least or mean."""
        each = [score.points for score in rated if score.points is not None]
        if not each or len(each) < len(rated) or self._rule not in ("minimum", "mean"):
            return None
        take = min if self._rule == "minimum" else _mean
        return Points(*(take([getattr(points, end) for points in each]) for end in ("low", "high", "most")))

    def _level(self, ranks: Sequence[int], figure: Fraction | None) -> int:
        if self._rule == "minimum":
            return min(ranks)
        if self._rule == "median":
            return sorted(ranks)[(len(ranks) - 1) // 2]
        if self._bands is not None and figure is not None:
            return self._bands.rank(figure)
        return sum(ranks) // len(ranks)


def _mean(figures: Sequence[Fraction]) -> Fraction:
    return sum(figures, Fraction()) / len(figures)
