"""Results as tables for spreadsheets: levels, how answers spread over the cases, how factors work on each level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.factor_levels import level_head
from app.analysis.overview import overall_standing, standing
from app.exchange.tables import Table
from app.scoring.explain import points_text
from app.scoring.offered import answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.assessment import Assessment, JudgedCase, JudgedPrinciple
    from app.analysis.distribution import Distribution
    from app.analysis.factor_levels import FactorLevels
    from app.analysis.overview import Standing
    from app.exchange.tables import Cell

_LEVELS: Final = ("Case", "Principle", "Level", "At most", "Share known", "Points", "Note", "Why")
_SPREAD: Final = ("Principle", "Criterion", "Statement")
_ANSWERS: Final = ("Case", "Principle", "Criterion", "Statement", "Answer", "Assessors differ", "Rationale")


def levels_table(assessment: Assessment) -> Table:
    """Set out every level of every case, and its overall level, with the reason."""
    rows: list[tuple[Cell, ...]] = []
    for case in assessment.cases:
        rows += [_principle_row(case, judged) for judged in case.principles]
        if assessment.rubric.overall != "none":
            rows.append(_overall_row(case))
    return Table("Levels", _LEVELS, tuple(rows))


def spread_table(found: Distribution) -> Table:
    """Set out how many cases have each answer to each criterion, in the rubric's order."""
    head = (*_SPREAD, *(offered.label for offered in found.answers))
    rows: list[tuple[Cell, ...]] = [
        (each.principle.name, each.criterion.name, each.criterion.statement, *map(len, each.cases))
        for each in found.spreads
    ]
    return Table("Criteria", head, tuple(rows))


def answers_table(assessment: Assessment) -> Table:
    """Set out the answer of every case to every criterion, with why it was given."""
    return Table("Answers", _ANSWERS, tuple(row for case in assessment.cases for row in _answers_of(case)))


def factors_table(found: FactorLevels) -> Table:
    """Set out how each factor works on the cases of each level."""
    head = ("Factor", *map(level_head, found.levels))
    rows = (
        (row.factor.name, *(found.words(place, column) for column in range(len(found.levels))))
        for place, row in enumerate(found.rows)
    )
    return Table("Factors by level", head, tuple(rows))


def _answers_of(case: JudgedCase) -> Iterator[tuple[Cell, ...]]:
    for principle in case.principles:
        offered = answers(case.rubric, principle.principle)
        for judged in principle.criteria:
            criterion = judged.criterion
            reasons = dict.fromkeys(answer.rationale for answer in judged.answers if answer.rationale)
            yield (
                *(case.case.name, principle.principle.name, criterion.name, criterion.statement),
                offered.label(judged.verdict),
                "yes" if judged.effective.assessors_differ else "",
                "\n".join(reasons),
            )


def _principle_row(case: JudgedCase, judged: JudgedPrinciple) -> tuple[Cell, ...]:
    told = standing(case.rubric, judged)
    points = points_text(case.rubric, judged.score.points)
    return (case.case.name, judged.principle.name, *_told(told), points, told.note, judged.reason)


def _overall_row(case: JudgedCase) -> tuple[Cell, ...]:
    told = overall_standing(case.rubric, case)
    points = points_text(case.rubric, case.score.overall.points)
    return (case.case.name, "Overall", *_told(told), points, told.note, case.overall_reason)


def _told(told: Standing) -> tuple[Cell, ...]:
    return told.name, told.ceiling_name, round(told.coverage, 4)
