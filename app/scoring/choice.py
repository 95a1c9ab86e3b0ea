"""The choice rule: the level whose description was picked for a principle.

Where neighbouring levels are described alike they can't be told apart, and the pick counts as the highest of them: what
that one asks of the principle is met. So a case that is all that a level describes never scores below it.
"""

from itertools import pairwise

from app.rubric import Level, Principle, Rubric
from app.scoring.result import Blocking, LevelTally, PrincipleScore
from app.scoring.scale import Verdict, rank_of
from app.scoring.staged import Verdicts, tally

_OPEN = (Verdict.UNKNOWN, Verdict.WITHHELD)


def options(rubric: Rubric, principle: Principle) -> tuple[tuple[Level, ...], ...]:
    """The descriptions there are to pick from, lowest first: for each the levels, lowest first, that it holds for."""
    begins = [rank for rank, level in enumerate(rubric.levels) if level.id in principle.levels or not rank]
    return tuple(rubric.levels[begin:end] for begin, end in pairwise([*begins, len(rubric.levels)]))


class Choice:
    """Scores one principle of a rubric whose levels are picked."""

    def __init__(self, rubric: Rubric, principle: Principle) -> None:
        self._principle = principle.id
        self._criterion = principle.criteria[0].id
        self._options = options(rubric, principle)
        self._of_rank = [option for option in self._options for _ in option]

    def score(self, verdicts: Verdicts) -> PrincipleScore:
        """The principle's score; verdicts on other principles may be among those given."""
        verdict = verdicts.get(self._criterion)
        if verdict is Verdict.NOT_APPLICABLE:
            return PrincipleScore(self._principle, None, None, 1.0, (), (tally("", (self._criterion,), verdicts),))
        picked = self._picked(verdict)
        low, high = picked or self._options[0], picked or self._options[-1]
        return PrincipleScore(
            self._principle,
            low[-1].id,
            high[-1].id,
            1.0 if picked else 0.0,
            self._blocking(low, verdict),
            (self._tally(picked, verdict),),
            alike=tuple(level.id for level in picked) if picked and len(picked) > 1 else (),
        )

    def _picked(self, verdict: Verdict | None) -> tuple[Level, ...] | None:
        rank = rank_of(verdict)
        return self._of_rank[rank] if rank is not None and rank < len(self._of_rank) else None

    def _blocking(self, standing: tuple[Level, ...], verdict: Verdict | None) -> tuple[Blocking, ...]:
        """What would raise it: the next description; nothing where there is none."""
        place = self._options.index(standing) + 1
        if place == len(self._options):
            return ()
        return (Blocking(self._criterion, self._options[place][-1].id, verdict),)

    def _tally(self, picked: tuple[Level, ...] | None, verdict: Verdict | None) -> LevelTally:
        if picked is None:
            return tally("", (self._criterion,), {self._criterion: verdict} if verdict in _OPEN else {})
        best = picked == self._options[-1]
        return LevelTally("", passed=int(best), failed=int(not best))
