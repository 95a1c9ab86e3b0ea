"""What stands between a case and the levels it is meant to reach: foundations first, and never a leap."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from app.model.assessment import NextStep, Target
from app.rubric.structure import Criterion, Principle, Rubric
from app.scoring.choice import options
from app.scoring.offered import answers
from app.scoring.scale import PICKS, Verdict
from app.scoring.whatif import gains, smallest_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.analysis.assessment import JudgedCase, JudgedPrinciple
    from app.model.document import StudyDocument


class Need(Struct, frozen=True):
    """A criterion on the way to a level, or, where levels are picked, the description to come to.

    `verdict` is what is answered now, `becomes` what it is to be brought to, `level` the id of the level it is needed
    for; empty where points are counted and any criterion brings any level nearer. `needed` tells those in the smallest
    set from others that would help as well, `gain` is what it adds to the principle's figure where points are counted,
    and `step` the next step that the roadmap has for it.
    """

    criterion: Criterion
    verdict: Verdict | None
    becomes: Verdict
    level: str
    needed: bool = True
    gain: Fraction | None = None
    step: NextStep | None = None


class Gap(Struct, frozen=True):
    """What one principle of a case lacks.

    `aim` is the id of the level that `needs` lead to: the target's, else the next one above that reached; None on the
    top level and where nothing applies. `reachable` is false where even the best answers would not do.
    """

    rubric: Rubric
    principle: Principle
    level: str | None
    target: Target | None
    aim: str | None
    needs: tuple[Need, ...] = ()
    reachable: bool = True

    @property
    def reached(self) -> bool:
        """Whether answers already bring it to the target that is set."""
        if self.target is None or self.level is None:
            return False
        return self.rubric.rank(self.level) >= self.rubric.rank(self.target.level)

    @property
    def needed(self) -> tuple[Need, ...]:
        """The smallest set that reaches the aim."""
        return tuple(need for need in self.needs if need.needed)


def targets_of(document: StudyDocument, rubric: str, case: str) -> dict[str, Target]:
    """The targets of a case by principle."""
    return {each.principle: each for each in document.targets if (each.rubric, each.case) == (rubric, case)}


def verdicts_of(judged: Iterable[JudgedPrinciple]) -> dict[str, Verdict]:
    """The verdicts that count, by criterion; one nobody answered is left out."""
    criteria = (each for principle in judged for each in principle.criteria)
    return {each.criterion.id: each.verdict for each in criteria if each.verdict is not None}


def next_level(rubric: Rubric, judged: JudgedPrinciple) -> str | None:
    """The id of the next level that answers could bring; None where there is none, or nothing applies."""
    level = judged.score.level
    if level is None or rubric.rank(level) + 1 >= len(rubric.levels):
        return None
    return judged.score.next_level or rubric.levels[rubric.rank(level) + 1].id


def gap(
    judged: JudgedPrinciple,
    target: Target | None = None,
    steps: Iterable[NextStep] = (),
    *,
    everything: bool = False,
) -> Gap:
    """List what one principle of a case lacks up to its target, or, without one, up to the next level.

    Staged: the unmet criteria, lowest level first. Mean and points: what could bring more, most first, the smallest set
    marked. Choice: the descriptions one after the other.

    Args:
        judged: the principle of the case.
        target: what it is meant to reach.
        steps: the next steps there are on the case, from all its principles.
        everything: list what lies beyond that, too, up to the top.
    """
    rubric, principle = judged.rubric, judged.principle
    aim = target.level if target else next_level(rubric, judged)
    made = Gap(rubric, principle, judged.score.level, target, aim)
    if aim is None or made.level is None or (made.reached and not everything):
        return made
    verdicts = verdicts_of([judged])
    smallest = smallest_set(rubric, principle, verdicts, aim)
    find = {"staged": _gating, "choice": _descriptions}.get(rubric.rule, _bringing)
    known = {(step.criterion, step.verdict): step for step in steps}
    last = rubric.levels[-1].id if everything else aim
    found = find(judged, verdicts, last, frozenset(smallest or ()))
    needs = tuple(replace(need, step=known.get((need.criterion.id, need.becomes))) for need in found)
    return replace(made, needs=needs, reachable=smallest is not None)


def case_gaps(document: StudyDocument, judged: JudgedCase, *, everything: bool = False) -> tuple[Gap, ...]:
    """The gaps of a case, principle by principle in the rubric's order; see `gap`."""
    rubric, case = judged.rubric.id, judged.case.key
    targets = targets_of(document, rubric, case)
    steps = [step for step in document.next_steps if (step.rubric, step.case) == (rubric, case)]
    return tuple(gap(each, targets.get(each.principle.id), steps, everything=everything) for each in judged.principles)


_Verdicts = dict[str, Verdict]
_Smallest = frozenset[tuple[str, Verdict]]


def _gating(judged: JudgedPrinciple, _verdicts: _Verdicts, last: str, smallest: _Smallest) -> Iterator[Need]:
    rubric, best = judged.rubric, answers(judged.rubric, judged.principle).best
    for each in judged.score.blocking:
        if rubric.rank(each.level) <= rubric.rank(last):
            needed = (each.criterion, best) in smallest
            yield Need(rubric.criterion(each.criterion), each.verdict, best, each.level, needed)


def _bringing(judged: JudgedPrinciple, verdicts: _Verdicts, _last: str, smallest: _Smallest) -> Iterator[Need]:
    rubric, best = judged.rubric, answers(judged.rubric, judged.principle).best
    for key, gain in gains(rubric, judged.principle, verdicts).items():
        yield Need(rubric.criterion(key), verdicts.get(key), best, "", (key, best) in smallest, gain)


def _descriptions(judged: JudgedPrinciple, verdicts: _Verdicts, last: str, smallest: _Smallest) -> Iterator[Need]:
    """The descriptions above where it stands, up to the first that counts as the last level wanted."""
    rubric, (criterion, *_) = judged.rubric, judged.principle.criteria
    reached = rubric.rank(str(judged.score.level))
    for option in options(rubric, judged.principle):
        first, counts_as = rubric.rank(option[0].id), rubric.rank(option[-1].id)
        if reached < counts_as and first <= rubric.rank(last):
            pick = PICKS[counts_as]
            needed = (criterion.id, pick) in smallest
            yield Need(criterion, verdicts.get(criterion.id), pick, option[-1].id, needed)
