"""A case's levels as each assessor's own answers give them, and as the team's do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.overview import Standing, overall_standing, standing

if TYPE_CHECKING:
    from app.analysis.assessment import Assessment
    from app.model.document import StudyDocument

TEAM = "Team"


class LevelRow(Struct, frozen=True):
    """The levels that somebody's answers give: of each principle, in the rubric's order, and overall.

    `assessor` is "" for the team: what was agreed on, else what all say.
    """

    assessor: str
    name: str
    levels: tuple[Standing, ...]
    overall: Standing


def levels_by_assessor(document: StudyDocument, assessment: Assessment, case: str) -> tuple[LevelRow, ...]:
    """List the levels of a case by each assessor who has answered for it, in the study's order, then the team's.

    Args:
        document: the study, as who asks may see it.
        assessment: the team's, of the same document.
        case: key of the case.
    """
    judged, in_round = assessment.case(case), assessment.round.key if assessment.round else ""
    answers = tuple(each for principle in judged.principles for found in principle.criteria for each in found.answers)
    narrow = replace(document, cases=(judged.case,), answers=answers, findings=(), consensus=(), overrides=())
    people = {each.assessor for each in answers if each.verdict is not None}
    own = ((each.key, each.name) for each in document.assessors if each.key in people)
    rows = (_row(assess(narrow, assessment.rubric.id, in_round, by=key), case, key, name) for key, name in own)
    return (*rows, _row(assessment, case, "", TEAM))


def _row(assessment: Assessment, case: str, assessor: str, name: str) -> LevelRow:
    judged = assessment.case(case)
    levels = tuple(standing(assessment.rubric, each) for each in judged.principles)
    return LevelRow(assessor, name, levels, overall_standing(assessment.rubric, judged))


def heads(assessment: Assessment) -> tuple[str, ...]:
    """Name the columns of such rows: who, each principle, and overall."""
    return ("Assessor", *(principle.short for principle in assessment.rubric.principles), "Overall")
