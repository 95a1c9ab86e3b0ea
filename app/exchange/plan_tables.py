"""What cases lack and the roadmap, as tables for a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.overview import NOT_RATED
from app.analysis.roadmap import EFFORTS, HORIZONS, PROGRESS
from app.exchange.tables import Table
from app.scoring.offered import answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.analysis.gaps import Gap
    from app.analysis.roadmap import Planned
    from app.exchange.tables import Cell
    from app.model.setting import Case


def gap_table(cases: Iterable[tuple[Case, Sequence[Gap]]]) -> Table:
    """Write what each case lacks, principle by principle, in the order to begin in."""
    head = (
        "Case",
        "Principle",
        "Level",
        "Target",
        "For",
        "Criterion",
        "Answer",
        "To be",
        "In the smallest set",
        "Adds",
    )
    rows = tuple(row for case, gaps in cases for gap in gaps for row in _gap_rows(case, gap))
    return Table("Gaps", (*head, "Advice"), rows)


def roadmap_table(steps: Iterable[Planned]) -> Table:
    """Write the next steps in their order."""
    head = ("Case", "Principle", "Criterion", "Step", "To be", "Effort", "Owner", "Horizon", "Progress", "Answers")
    return Table("Roadmap", head, tuple(_step_row(each) for each in steps))


def _gap_rows(case: Case, gap: Gap) -> Iterator[tuple[Cell, ...]]:
    rubric, offered = gap.rubric, answers(gap.rubric, gap.principle)
    level = rubric.level(gap.level).name if gap.level else NOT_RATED
    target = rubric.level(gap.target.level).name if gap.target else None
    aim = rubric.level(gap.aim).name if gap.aim else None
    for need in gap.needs:
        yield (
            case.name,
            gap.principle.name,
            level,
            target,
            rubric.level(need.level).name if need.level else aim,
            need.criterion.name,
            offered.label(need.verdict),
            offered.label(need.becomes),
            "yes" if need.needed else "no",
            float(need.gain) if need.gain is not None else None,
            need.criterion.advice,
        )


def _step_row(planned: Planned) -> tuple[Cell, ...]:
    step = planned.step
    return (
        planned.case.name,
        planned.principle.name,
        planned.criterion.name,
        planned.text,
        planned.becomes,
        EFFORTS[step.effort] if step.effort else None,
        step.owner or None,
        HORIZONS[step.horizon] if step.horizon else None,
        PROGRESS[step.progress],
        planned.caught_up or planned.answered,
    )
