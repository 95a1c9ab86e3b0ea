"""The staged rule: a level counts once every applicable criterion of it and of all below is met.

Met means at least largely achieved. The capability levels of ISO/IEC 33020 are derived alike, but ask for
full achievement of the lower levels; here largely is enough on every level. A level that nothing gates comes with
the one below it.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Final

from app.rubric import Principle, Rubric
from app.scoring.result import Blocking, LevelTally, PrincipleScore
from app.scoring.scale import PICKS, Verdict

Verdicts = Mapping[str, Verdict]
"""The effective verdicts of a case by criterion id; a criterion without one is unanswered."""

_Gate = tuple[str, tuple[str, ...]]  # a level's id and those of the criteria that gate it


class Staged:
    """Scores one principle of a staged rubric."""

    def __init__(self, rubric: Rubric, principle: Principle) -> None:
        self._principle = principle.id
        self._levels = tuple(level.id for level in rubric.levels)
        self._gates: tuple[_Gate, ...] = tuple(
            (level, tuple(each.id for each in principle.criteria if each.level == level)) for level in self._levels[1:]
        )

    def score(self, verdicts: Verdicts) -> PrincipleScore:
        """The principle's score; verdicts on other principles may be among those given."""
        tallies = tuple(tally(level, criteria, verdicts) for level, criteria in self._gates)
        applicable = sum(each.applicable for each in tallies)
        if not applicable:
            return PrincipleScore(self._principle, None, None, 1.0, (), tallies)
        reached = _steps(each.blocking == 0 for each in tallies)
        possible = _steps(each.failed == 0 for each in tallies)
        return PrincipleScore(
            self._principle,
            self._levels[reached],
            self._levels[possible],
            sum(each.passed + each.failed for each in tallies) / applicable,
            tuple(_blocking(self._gates[reached:], verdicts)),
            tallies,
        )


def tally(level: str, criteria: Iterable[str], verdicts: Verdicts) -> LevelTally:
    """Count how criteria are answered."""
    counts = [0] * 6
    for criterion in criteria:
        counts[_COUNTED_AS[verdicts.get(criterion)]] += 1
    return LevelTally(level, *counts)


def _steps(passed: Iterable[bool]) -> int:
    """How many levels above the lowest are reached, one after the other."""
    return sum(1 for _ in takewhile(bool, passed))


def _blocking(gates: Iterable[_Gate], verdicts: Verdicts) -> Iterator[Blocking]:
    for level, criteria in gates:
        for criterion in criteria:
            verdict = verdicts.get(criterion)
            if verdict not in _LETS_PASS:
                yield Blocking(criterion, level, verdict)


_LETS_PASS: Final = frozenset({Verdict.FULLY, Verdict.LARGELY, Verdict.NOT_APPLICABLE})
_FIELDS: Final = ("passed", "failed", "unknown", "withheld", "unanswered", "not_applicable")  # of LevelTally
_COUNTED_AS: Final[Mapping[Verdict | None, int]] = {
    verdict: _FIELDS.index(field)
    for verdict, field in (
        (Verdict.FULLY, "passed"),
        (Verdict.LARGELY, "passed"),
        (Verdict.PARTIALLY, "failed"),
        (Verdict.NOT_ACHIEVED, "failed"),
        (Verdict.NOT_APPLICABLE, "not_applicable"),
        (Verdict.UNKNOWN, "unknown"),
        (Verdict.WITHHELD, "withheld"),
        (None, "unanswered"),
        *((pick, "unanswered") for pick in PICKS),  # a staged rubric does not offer them
    )
}
