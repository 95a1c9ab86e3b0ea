"""The rules that count points: a principle's mean, or its sum, and the level in whose range that falls.

Points: the sum over the criteria, as Breck et al. (The ML Test Score, 2017) count their tests. A criterion that is not
applicable, which they don't know, is left out, and the others count for the whole: the sum, times all criteria, by
those that apply; so that nobody loses for what can't apply to them. Mean: the mean over the criteria that apply. All is
counted in hundredths, so that no threshold is missed by rounding.
"""

from fractions import Fraction
from typing import Final

from app.rubric import Level, Principle, Rubric
from app.scoring.result import Blocking, LevelTally, Points, PrincipleScore
from app.scoring.scale import Verdict
from app.scoring.staged import Verdicts

_UNIT: Final = 100


class PointsRule:
    """Scores one principle of a rubric that counts points."""

    def __init__(self, rubric: Rubric, principle: Principle) -> None:
        self._principle = principle.id
        self._criteria = tuple(each.id for each in principle.criteria)
        self._points = {Verdict(offer.verdict.value): round(offer.points * _UNIT) for offer in rubric.answers}
        self._best, self._worst = max(self._points.values()), min(self._points.values())
        self._bands = Bands(rubric.levels)
        self._levels = tuple(level.id for level in rubric.levels)
        self._whole = len(self._criteria) if rubric.rule == "points" else 1

    def score(self, verdicts: Verdicts) -> PrincipleScore:
        """The principle's score; verdicts on other principles may be among those given."""
        given = [(criterion, verdicts.get(criterion)) for criterion in self._criteria]
        counted, tally = self._count([verdict for _, verdict in given])
        if not tally.applicable:
            return PrincipleScore(self._principle, None, None, 1.0, (), (tally,))
        points = Points(
            *(
                Fraction(each * self._whole, tally.applicable * _UNIT)
                for each in (
                    counted + tally.open * self._worst,
                    counted + tally.open * self._best,
                    tally.applicable * self._best,
                )
            )
        )
        low = self._bands.rank(points.low)
        following = self._levels[min(low + 1, len(self._levels) - 1)]
        return PrincipleScore(
            self._principle,
            self._levels[low],
            self._levels[self._bands.rank(points.high)],
            (tally.passed + tally.failed) / tally.applicable,
            tuple(Blocking(criterion, following, verdict) for criterion, verdict in given if self._may_rise(verdict))
            if low < len(self._levels) - 1
            else (),
            (tally,),
            points,
        )

    def gains(self, verdicts: Verdicts) -> dict[str, Fraction]:
        """What the best answer to each criterion that applies would add to the figure, where that is anything."""
        given = {each: verdicts.get(each, Verdict.UNKNOWN) for each in self._criteria}
        applicable = sum(verdict is not Verdict.NOT_APPLICABLE for verdict in given.values())
        return {
            each: Fraction((self._best - self._points.get(verdict, self._worst)) * self._whole, applicable * _UNIT)
            for each, verdict in given.items()
            if self._may_rise(verdict)
        }

    def _count(self, given: list[Verdict | None]) -> tuple[int, LevelTally]:
        """Add up what was answered, in hundredths; what the rubric does not offer counts as unanswered."""
        counted = passed = failed = unknown = withheld = unanswered = not_applicable = 0
        for verdict in given:
            points = self._points.get(verdict) if verdict is not None else None
            if points is not None:
                counted += points
                passed += points == self._best
                failed += points != self._best
            elif verdict is Verdict.UNKNOWN:
                unknown += 1
            elif verdict is Verdict.WITHHELD:
                withheld += 1
            elif verdict is Verdict.NOT_APPLICABLE:
                not_applicable += 1
            else:
                unanswered += 1
        return counted, LevelTally("", passed, failed, unknown, withheld, unanswered, not_applicable)

    def _may_rise(self, verdict: Verdict | None) -> bool:
        if verdict is None:
            return True
        return verdict is not Verdict.NOT_APPLICABLE and self._points.get(verdict) != self._best


class Bands:
    """Where levels begin, under a rule that counts points."""

    def __init__(self, levels: tuple[Level, ...]) -> None:
        begins = filter(None, (level.begins for level in levels))  # all but the lowest level have one
        self._begins = tuple((Fraction(str(figure)), above) for figure, above in begins)

    def rank(self, figure: Fraction) -> int:
        """The place, from 0, of the level in whose range a figure falls."""
        rank = 0
        for place, (begin, above) in enumerate(self._begins, 1):
            if figure > begin or (figure == begin and not above):
                rank = place
        return rank
