"""The `score` command's output, as JSON and as a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from app.analysis.assessment import Assessment, JudgedCase, JudgedPrinciple, assess
from app.analysis.blind import seen_by
from app.analysis.compare import named
from app.analysis.overview import NOT_RATED, team_level, team_overall
from app.cli.known import require, require_rubric
from app.cli.terminal import columns, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.overview import TeamLevel
    from app.model.document import StudyDocument
    from app.rubric.structure import Rubric
    from app.scoring.result import Overall, Points, PrincipleScore
    from app.scoring.scale import Verdict

WIDTH: Final = 160
"""Columns that a table may take; even a wide terminal breaks longer lines where it likes."""

_UNDONE = "Nothing was scored"


def scored(
    document: StudyDocument, rubric: str | None = None, in_round: str | None = None, assessor: str | None = None
) -> Assessment:
    """Score a study as an assessor may see it, or as somebody who has not said who they are.

    Args:
        document: the study.
        rubric: key of one of its rubrics; by default its first.
        in_round: key of a round; by default the last with answers to that rubric.
        assessor: key of the one whose answers alone count; by default the team's do.

    Raises:
        UnknownKeyError: the study has none of such a key, or no rubric.
    """
    require_rubric(document, _UNDONE)
    for table, key in (("rubrics", rubric), ("rounds", in_round), ("assessors", assessor)):
        require(document, table, key, _UNDONE)
    return assess(seen_by(document, assessor or ""), rubric, in_round, assessor or "")


def as_text(assessment: Assessment) -> str:
    """Write the scores as JSON; keys are those of the study JSON and of the rubric, coverage is 0 to 1."""
    scores = {
        "rubric": assessment.rubric.id,
        "version": assessment.rubric.version,
        "round": assessment.round.key if assessment.round else None,
        "assessor": assessment.by or None,
        "cases": [_case(judged) for judged in assessment.cases],
    }
    return json.dumps(scores, indent=2, ensure_ascii=False)


def as_table(document: StudyDocument, assessment: Assessment) -> str:
    """Write the scores as a table to read in a terminal, with what holds each case back and whose answers count."""
    if not assessment.cases:
        return "The study has no cases yet."
    whole = assessment.rubric.overall != "none"
    heads = ["Case", *(principle.short for principle in assessment.rubric.principles), *(["Overall"] if whole else [])]
    rows = [[printable(judged.case.name), *map(_level, judged.principles),
             *([_overall(assessment, judged)] if whole else [])] for judged in assessment.cases]  # fmt: skip
    levels = list(columns([heads, *rows]))
    if max(map(len, levels)) > WIDTH:
        levels = list(_by_case(heads[1:], rows))
    reasons = [printable(f"{judged.case.name}: {judged.overall_reason}") for judged in assessment.cases]
    told = [*reasons, *map(printable, _set_by_the_team(assessment)), "", printable(_whose(document, assessment))]
    return "\n".join([*levels, "", *told])


def _by_case(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    """Write what is too wide for a table below one another, case by case."""
    for place, (name, *levels) in enumerate(rows):
        yield from ("", name) if place else (name,)
        yield from (f"  {line}" for line in columns(list(zip(heads, levels, strict=True))))


def _whose(document: StudyDocument, assessment: Assessment) -> str:
    """Say what was scored against what, and whose answers count."""
    names = {each.key: each.name for each in document.assessors}
    whose = f"the answers of {names[assessment.by]} alone" if assessment.by else "the team's answers"
    where = f", {assessment.round.name}" if assessment.round else ""
    return f"{named(assessment.rubric)}{where}: {whose}."


def _level(judged: JudgedPrinciple) -> str:
    return beside(judged.interval, team_level(judged.rubric, judged))


def _overall(assessment: Assessment, judged: JudgedCase) -> str:
    derived = level_text(assessment.rubric, judged.score.overall)
    return beside(derived, team_overall(assessment.rubric, judged))


def level_text(rubric: Rubric, score: PrincipleScore | Overall) -> str:
    """Name a derived level, with the one at most reached: "Moderate, at most High"."""
    if score.level is None or score.at_most is None:
        return NOT_RATED
    level, most = rubric.level(score.level).name, rubric.level(score.at_most).name
    return level if score.certain else f"{level}, at most {most}"


def beside(derived: str, team: TeamLevel | None) -> str:
    """Put the level that the team set beside a derived one: "Moderate (team: High)"."""
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
            **bounds(overall),
            "limiting": overall.limiting,
            "team": bounds(judged.team) if judged.team else None,
            "points": points(overall.points),
        },
        "principles": [_principle(principle) for principle in judged.principles],
    }


def bounds(score: PrincipleScore | Overall) -> dict[str, str | None]:
    """Give a level and the one at most reached, by their ids."""
    return {"level": score.level, "at_most": score.at_most}


def _principle(judged: JudgedPrinciple) -> dict[str, Any]:
    """Give the level that follows from the answers, and as `team` the one that the team stands by."""
    score = judged.score
    return {
        "principle": score.principle,
        **bounds(score),
        "team": judged.level,
        "override": override_of(judged),
        "coverage": round(score.coverage, 4),
        "points": points(score.points),
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


def points(counted: Points | None) -> dict[str, float] | None:
    """Give points as numbers; None where the rule counts none."""
    if counted is None:
        return None
    return {end: round(float(getattr(counted, end)), 4) for end in ("low", "high", "most")}
