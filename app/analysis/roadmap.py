"""A study's roadmap: the next steps of all cases in their order, and which of them the answers have caught up with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.todo import count
from app.model.assessment import Effort, Horizon, NextStep, Progress
from app.model.setting import Case, Round
from app.rubric.structure import Criterion, Principle
from app.scoring.offered import answers
from app.scoring.scale import Verdict, passes, rank_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.assessment import Assessment, JudgedCase
    from app.model.document import StudyDocument
    from app.rubric.structure import Rubric

EFFORTS: Final = {Effort.SMALL: "Small", Effort.MEDIUM: "Medium", Effort.LARGE: "Large"}
HORIZONS: Final = {
    Horizon.QUARTER: "This quarter",
    Horizon.HALF_YEAR: "Half a year",
    Horizon.YEAR: "A year",
    Horizon.LATER: "Later",
}
OVER: Final = (Progress.DONE, Progress.DROPPED)
"""What a step is that nobody waits for any more."""
PROGRESS: Final = {
    Progress.PLANNED: "Planned",
    Progress.UNDER_WAY: "Under way",
    Progress.DONE: "Done",
    Progress.DROPPED: "Dropped",
}


class Planned(Struct, frozen=True):
    """A next step with what it is about.

    `verdict` is what is answered now, in `round`; `becomes` are the words of the answer that the step is to make true.
    """

    step: NextStep
    case: Case
    principle: Principle
    criterion: Criterion
    becomes: str
    verdict: Verdict | None
    answered: str
    reached: bool
    round: Round | None

    @property
    def text(self) -> str:
        """What is to be done: the step's own words, else the criterion's advice."""
        return self.step.text or self.criterion.advice

    @property
    def about(self) -> str:
        """The criterion, and where levels are picked the one to come to: "working together: Level 3"."""
        name = self.criterion.name
        return name if rank_of(self.step.verdict) is None else f"{name}: {self.becomes}"

    @property
    def caught_up(self) -> str:
        """Such as "reached: answered fully achieved in Round 2"; empty where answers don't say so yet."""
        if not self.reached:
            return ""
        where = f" in {self.round.name}" if self.round else ""
        return f"reached: answered {self.answered[:1].lower()}{self.answered[1:]}{where}"


def roadmap(document: StudyDocument, assessment: Assessment, case: str = "") -> tuple[Planned, ...]:
    """The next steps against the rubric assessed, in the study's order; of one case only where one is named."""
    rubric = assessment.rubric
    cases = {judged.case.key: judged for judged in assessment.cases}
    return tuple(
        _planned(rubric, assessment.round, cases[step.case], step)
        for step in document.next_steps
        if step.rubric == rubric.id and step.case in cases and case in ("", step.case)
    )


def summary(steps: Sequence[Planned]) -> str:
    """Such as "5 next steps, 1 under way, 2 done"; empty where there are none."""
    if not steps:
        return ""
    counts = {each: sum(planned.step.progress is each for planned in steps) for each in Progress}
    shown = (f"{number} {PROGRESS[each].lower()}" for each, number in counts.items() if number)
    told = [] if counts[Progress.PLANNED] == len(steps) else list(shown)
    return ", ".join([count(len(steps), "next step", "next steps"), *told])


def is_met(rubric: Rubric, criterion: str, verdict: Verdict | None, wanted: Verdict) -> bool:
    """Whether an answer is at least the one wanted; under the staged rule it is enough that the criterion passes."""
    offered = answers(rubric, rubric.principle_of(criterion))
    now, then = offered.rank(verdict), offered.rank(wanted)
    enough = rubric.rule == "staged" and passes(verdict) and passes(wanted)
    return enough or (now is not None and then is not None and now >= then)


def _planned(rubric: Rubric, in_round: Round | None, judged: JudgedCase, step: NextStep) -> Planned:
    criterion, principle = rubric.criterion(step.criterion), rubric.principle_of(step.criterion)
    found = judged.principle(principle.id).criterion(step.criterion)
    offered = answers(rubric, principle)
    return Planned(
        step,
        judged.case,
        principle,
        criterion,
        offered.label(step.verdict),
        found.verdict,
        offered.label(found.verdict),
        is_met(rubric, step.criterion, found.verdict, step.verdict),
        in_round,
    )
