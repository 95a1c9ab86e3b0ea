"""The `score` command's output, as JSON and as a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.analysis.assessment import Assessment, JudgedCase, JudgedPrinciple, assess
from app.analysis.overview import team_level, team_overall
from app.cli.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.model.document import StudyDocument
    from app.scoring.scale import Verdict


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
    rows = [[printable(judged.case.name), *map(_level, judged.principles), _overall(assessment, judged)]
            for judged in assessment.cases]  # fmt: skip
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in [heads, *rows]]  # fmt: skip
    reasons = [printable(f"{judged.case.name}: {judged.overall_reason}") for judged in assessment.cases]
    return "\n".join([*lines, "", *reasons, *map(printable, _set_by_the_team(assessment))])


def _level(judged: JudgedPrinciple) -> str:
    """Write a derived level, and beside it the one the team set: "Moderate (team: High)"."""
    team = team_level(judged.rubric, judged)
    return f"{judged.interval} ({team.brief})" if team else judged.interval


def _overall(assessment: Assessment, judged: JudgedCase) -> str:
    overall, team = judged.score.overall, team_overall(assessment.rubric, judged)
    if overall.level is None or overall.at_most is None:
        return "Not rated"
    level, at_most = (assessment.rubric.level(key).name for key in (overall.level, overall.at_most))
    derived = level if overall.certain else f"{level}, at most {at_most}"
    return f"{derived} ({team.brief})" if team else derived


def _set_by_the_team(assessment: Assessment) -> Iterator[str]:
    """Say of each level that the team set why, or what made it lapse."""
    for case in assessment.cases:
        for judged in case.principles:
            if judged.override is not None:
                level = assessment.rubric.level(judged.override.level).name
                lapsed = f" Lapsed: {judged.changed}." if judged.lapsed else ""
                place = f"{case.case.name}, {judged.principle.short}"
                yield f"{place}: set to {level} by the team: {judged.override.reason}{lapsed}"


def _case(judged: JudgedCase) -> dict[str, Any]:
    overall = judged.score.overall
    return {
        "case": judged.case.key,
        "overall": {
            "level": overall.level,
            "at_most": overall.at_most,
            "limiting": overall.limiting,
            "team": {"level": judged.team.level, "at_most": judged.team.at_most} if judged.team else None,
        },
        "principles": [_principle(principle) for principle in judged.principles],
    }


def _principle(judged: JudgedPrinciple) -> dict[str, Any]:
    score = judged.score
    return {
        "principle": score.principle,
        "level": score.level,
        "at_most": score.at_most,
        "override": override_of(judged),
        "coverage": round(score.coverage, 4),
        "blocking": [
            {"criterion": blocking.criterion, "answer": _verdict(blocking.verdict)} for blocking in score.next_blocking
        ],
    }


def override_of(judged: JudgedPrinciple) -> dict[str, Any] | None:
    """Give the level the team set, and which answers have changed since, so that it no longer counts."""
    override = judged.override
    if override is None:
        return None
    changed = [{"criterion": each.criterion, "then": _verdict(each.then), "now": _verdict(each.now)}
               for each in judged.moved]  # fmt: skip
    return {
        "level": override.level,
        "assessor": override.assessor,
        "reason": override.reason,
        "lapsed": judged.lapsed is not None,
        "changed": changed,
    }


def _verdict(verdict: Verdict | None) -> str:
    return str(verdict or "unanswered")
