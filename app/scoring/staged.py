"""The staged rule: a level counts once every applicable criterion of it and of all below is met.

Met means at least largely achieved. The capability levels of ISO/IEC 33020 are derived alike, but ask for
full achievement of the lower levels; here largely is enough on every level. The overall level is the median
of the principles.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final

from app.errors import FieldquillError
from app.rubric import Criterion, Principle, Rubric
from app.scoring.result import Blocking, CaseScore, LevelTally, Overall, PrincipleScore
from app.scoring.scale import Verdict, passes

Verdicts = Mapping[str, Verdict]
"""The effective verdicts of a case by criterion id; a criterion without one is unanswered."""


class UnknownCriterionError(FieldquillError):
    """An answer to a criterion the rubric does not have."""

    code = "scoring.unknown-criterion"


def score_principle(rubric: Rubric, principle: Principle, verdicts: Verdicts) -> PrincipleScore:
    """Score one principle from the verdicts on its criteria.

    Verdicts on the rubric's other principles may be among them; UnknownCriterionError for any other.
    """
    _refuse_unknown(rubric, verdicts)
    return _score(rubric, principle, verdicts)


def score_case(rubric: Rubric, verdicts: Verdicts) -> CaseScore:
    """Score every principle and overall; UnknownCriterionError for a verdict on none of its criteria."""
    _refuse_unknown(rubric, verdicts)
    scores = tuple(_score(rubric, principle, verdicts) for principle in rubric.principles)
    return CaseScore(scores, overall(rubric, scores))


def overall(rubric: Rubric, scores: Sequence[PrincipleScore]) -> Overall:
    """The overall level from the scores of the principles, given in the rubric's order."""
    ranks = {level.id: rank for rank, level in enumerate(rubric.levels)}
    rated = [(ranks[score.level], score) for score in scores if score.level is not None]
    if not rated:
        return Overall(None, None, None, ())
    level = _lower_median([rank for rank, _ in rated])
    at_most = _lower_median([ranks[score.at_most] for score in scores if score.at_most is not None])
    lowest = min(rank for rank, _ in rated)
    held = lowest < len(rubric.levels) - 1
    limiting = tuple(score.principle for rank, score in rated if rank == lowest and held)
    return Overall(rubric.levels[level].id, rubric.levels[at_most].id, limiting[0] if limiting else None, limiting)


def _lower_median(ranks: list[int]) -> int:
    return sorted(ranks)[(len(ranks) - 1) // 2]


def _refuse_unknown(rubric: Rubric, verdicts: Verdicts) -> None:
    known = {criterion.id for principle in rubric.principles for criterion in principle.criteria}
    strangers = sorted(verdicts.keys() - known)
    if strangers:
        raise UnknownCriterionError(
            f'Nothing was scored: rubric "{rubric.id}" {rubric.version} has no criterion "{strangers[0]}".'
        )


def _score(rubric: Rubric, principle: Principle, verdicts: Verdicts) -> PrincipleScore:
    gates = [(level.id, principle.criteria_for(level.id)) for level in rubric.levels[1:]]
    tallies = tuple(_tally(level_id, criteria, verdicts) for level_id, criteria in gates)
    applicable = sum(tally.applicable for tally in tallies)
    if not applicable:
        return PrincipleScore(principle.id, None, None, 1.0, (), tallies)
    reached = _steps(tally.blocking == 0 for tally in tallies)
    possible = _steps(tally.failed == 0 for tally in tallies)
    return PrincipleScore(
        principle.id,
        rubric.levels[reached].id,
        rubric.levels[possible].id,
        sum(tally.passed + tally.failed for tally in tallies) / applicable,
        tuple(_blocking(gates[reached:], verdicts)),
        tallies,
    )


def _steps(passed: Iterable[bool]) -> int:
    """How many levels above the lowest are reached, one after the other."""
    return sum(1 for _ in takewhile(bool, passed))


def _blocking(gates: Iterable[tuple[str, tuple[Criterion, ...]]], verdicts: Verdicts) -> Iterator[Blocking]:
    for level_id, criteria in gates:
        for criterion in criteria:
            verdict = verdicts.get(criterion.id)
            if not passes(verdict) and verdict != Verdict.NOT_APPLICABLE:
                yield Blocking(criterion.id, level_id, verdict)


def _tally(level_id: str, criteria: Iterable[Criterion], verdicts: Verdicts) -> LevelTally:
    counts = Counter(_COUNTED_AS[verdicts.get(criterion.id)] for criterion in criteria)
    return LevelTally(level_id, **counts)


_COUNTED_AS: Final[Mapping[Verdict | None, str]] = {
    Verdict.FULLY: "passed",
    Verdict.LARGELY: "passed",
    Verdict.PARTIALLY: "failed",
    Verdict.NOT_ACHIEVED: "failed",
    Verdict.NOT_APPLICABLE: "not_applicable",
    Verdict.UNKNOWN: "unknown",
    Verdict.WITHHELD: "withheld",
    None: "unanswered",
}
