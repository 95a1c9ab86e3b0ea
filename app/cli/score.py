"""The `score` command's output, as JSON and as a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.analysis.assessment import Assessment, JudgedCase, JudgedPrinciple, assess
from app.cli.terminal import printable

if TYPE_CHECKING:
    from app.model.document import StudyDocument


def as_text(document: StudyDocument) -> str:
    """Write the scores as JSON; keys are those of the study JSON and of the rubric, coverage is 0 to 1."""
    scores = {"cases": [_case(judged) for judged in assess(document).cases]}
    return json.dumps(scores, indent=2, ensure_ascii=False)


def as_table(document: StudyDocument) -> str:
    """Write the scores as a table to read in a terminal, with what holds each case back."""
    assessment = assess(document)
    if not assessment.cases:
        return "The study has no cases yet."
    heads = ["Case", *(principle.short for principle in assessment.rubric.principles), "Overall"]
    rows = [[printable(judged.case.name), *(p.interval for p in judged.principles), _overall(assessment, judged)]
            for judged in assessment.cases]  # fmt: skip
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in [heads, *rows]]  # fmt: skip
    reasons = [printable(f"{judged.case.name}: {judged.overall_reason}") for judged in assessment.cases]
    return "\n".join([*lines, "", *reasons])


def _overall(assessment: Assessment, judged: JudgedCase) -> str:
    overall = judged.score.overall
    if overall.level is None or overall.at_most is None:
        return "Not rated"
    level, at_most = (assessment.rubric.level(key).name for key in (overall.level, overall.at_most))
    return level if overall.certain else f"{level}, at most {at_most}"


def _case(judged: JudgedCase) -> dict[str, Any]:
    overall = judged.score.overall
    return {
        "case": judged.case.key,
        "overall": {"level": overall.level, "at_most": overall.at_most, "limiting": overall.limiting},
        "principles": [_principle(principle) for principle in judged.principles],
    }


def _principle(judged: JudgedPrinciple) -> dict[str, Any]:
    score = judged.score
    return {
        "principle": score.principle,
        "level": score.level,
        "at_most": score.at_most,
        "coverage": round(score.coverage, 4),
        "blocking": [
            {"criterion": blocking.criterion, "answer": str(blocking.verdict or "unanswered")}
            for blocking in score.next_blocking
        ],
    }
