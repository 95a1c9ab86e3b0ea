"""How the answers to each criterion spread over the cases: where an organisation as a whole is weak; pure."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.todo import count
from app.model.setting import Case
from app.rubric.structure import Criterion, Principle, Rubric
from app.scoring.effective import Reason
from app.scoring.offered import answers
from app.scoring.scale import PICKS, Verdict, is_achievement, step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.analysis.assessment import Assessment

_REST = (Verdict.UNKNOWN, Verdict.WITHHELD, None, Verdict.NOT_APPLICABLE)
"""What is no achievement, in the order in which it is shown; None is unanswered."""


class Offered(Struct, frozen=True):
    """One answer that cases may have; `verdict` None is "unanswered".

    `rank` is its place among the answers that say how far, from 0 for the worst; None for all others.
    """

    verdict: Verdict | None
    short: str
    label: str
    rank: int | None


class Spread(Struct, frozen=True):
    """How one criterion is answered: for each answer of the distribution, the cases that have it.

    `missing` is how far the cases together fall short of the best answer: 0 for a case that has it, 1 for one that has
    the worst, and nothing for one of which nobody can say. `differing` are the keys of cases on which assessors
    differ; they stand under "unknown".
    """

    principle: Principle
    criterion: Criterion
    cases: tuple[tuple[Case, ...], ...]
    missing: Fraction
    differing: tuple[str, ...] = ()


class Distribution(Struct, frozen=True):
    """Every criterion of a rubric with its cases, in the rubric's order.

    `answers` are those that say how far, best first, then what is open or not applicable as far as it occurs.
    """

    rubric: Rubric
    answers: tuple[Offered, ...]
    spreads: tuple[Spread, ...]

    @property
    def steps(self) -> int:
        """How many of the answers say how far."""
        return sum(each.rank is not None for each in self.answers)

    def of(self, principle: str) -> tuple[Spread, ...]:
        """The criteria of one principle; of all where it is empty."""
        return tuple(each for each in self.spreads if principle in ("", each.principle.id))

    def words(self, spread: Spread) -> str:
        """All of a criterion in a line: "Fully achieved 1, Not achieved 2"; "No cases" where there are none."""
        told = (f"{offer.label} {len(here)}" for offer, here in zip(self.answers, spread.cases, strict=True) if here)
        return ", ".join(told) or "No cases"


def distribution(assessment: Assessment) -> Distribution:
    """Sort the cases of an assessment by their answer to each criterion.

    Where levels are picked that a principle can't tell apart, a case stands at the highest of them, as which it counts.
    """
    places = [(principle, each) for principle in assessment.rubric.principles for each in principle.criteria]
    found = [_sorted(assessment, principle, criterion) for principle, criterion in places]
    given = {verdict for here, _ in found for verdict in here}
    offered = (*_steps(assessment.rubric), *(_rest(verdict) for verdict in _REST if verdict in given))
    return Distribution(
        assessment.rubric,
        offered,
        tuple(
            _spread(assessment.rubric, principle, criterion, here, offered, differing)
            for (principle, criterion), (here, differing) in zip(places, found, strict=True)
        ),
    )


def weakest_first(spreads: Iterable[Spread]) -> tuple[Spread, ...]:
    """Put first what the cases together miss most of; what they miss alike stays in its order."""
    return tuple(sorted(spreads, key=lambda each: -each.missing))


def lacking(spread: Spread, offered: Sequence[Offered]) -> str:
    """Say how many cases fall short of the best answer: "2 of 3 cases fall short"; empty where nothing is known."""
    known = [len(here) for offer, here in zip(offered, spread.cases, strict=True) if offer.rank is not None]
    if not sum(known):
        return ""
    short = sum(known[1:])
    return f"{short} of {count(sum(known), 'case', 'cases')} {'falls' if short == 1 else 'fall'} short"


Here = dict[Verdict | None, list[Case]]


def _sorted(assessment: Assessment, principle: Principle, criterion: Criterion) -> tuple[Here, tuple[str, ...]]:
    """Give the cases by their answer to one criterion, and those on which assessors differ."""
    here: Here = {}
    differing = []
    offered = answers(assessment.rubric, principle)
    for case in assessment.cases:
        judged = case.principle(principle.id).criterion(criterion.id)
        verdict = judged.verdict
        counts = offered.step(verdict).verdict if verdict is not None and is_achievement(verdict) else verdict
        here.setdefault(counts, []).append(case.case)
        if judged.effective.reason is Reason.DIFFER:
            differing.append(case.case.key)
    return here, tuple(differing)


def _steps(rubric: Rubric) -> tuple[Offered, ...]:
    """The answers that say how far, best first: the same for every criterion, whatever its principle describes."""
    if rubric.rule == "choice":
        levels = enumerate(rubric.levels)
        return tuple(Offered(PICKS[rank], level.name, level.name, rank) for rank, level in levels)[::-1]
    offered = answers(rubric, rubric.principles[0])
    told = [each for each in offered.steps if is_achievement(each.verdict)]
    return tuple(Offered(each.verdict, each.short, each.label, offered.rank(each.verdict)) for each in told)


def _rest(verdict: Verdict | None) -> Offered:
    if verdict is None:
        return Offered(None, "Unanswered", "Unanswered", None)
    return Offered(verdict, step(verdict).short, step(verdict).label, None)


def _spread(
    rubric: Rubric,
    principle: Principle,
    criterion: Criterion,
    here: Here,
    offered: Sequence[Offered],
    differing: tuple[str, ...],
) -> Spread:
    told = answers(rubric, principle)
    top = max(told.rank(told.best) or 0, 1)
    ranks = ((told.rank(verdict), len(cases)) for verdict, cases in here.items())
    missing = sum((Fraction(top - rank, top) * many for rank, many in ranks if rank is not None), Fraction(0))
    cases = tuple(tuple(here.get(offer.verdict, ())) for offer in offered)
    return Spread(principle, criterion, cases, missing, differing)
