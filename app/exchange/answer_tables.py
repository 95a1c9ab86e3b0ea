"""Assessors' answers as tables for spreadsheets: how far they agree, where they differ, and the levels of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.answer_agreement import answer_agreement
from app.analysis.by_assessor import heads, levels_by_assessor
from app.analysis.collection import local_time
from app.analysis.consensus import differences
from app.exchange.tables import Table
from app.scoring.offered import answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.answer_agreement import PrincipleAgreement
    from app.analysis.assessment import Assessment
    from app.analysis.consensus import Differing
    from app.exchange.tables import Cell
    from app.model.document import StudyDocument
    from app.scoring.offered import Answers

_AGREEMENT = ("Principle", "Alpha, ordinal", "Criteria compared", "Pairs of answers", "Alike", "What it says")
_DIFFERENCES = ("Case", "Principle", "Criterion", "Distance")
_AGREED = ("Agreed", "Reason", "Agreed at", "Dissent", "Changed since")


def answer_tables(document: StudyDocument, assessment: Assessment) -> list[Table]:
    """Set out agreement, differences and levels by assessor, in the round and against the rubric of an assessment.

    Args:
        document: the study, as who asks may see it.
        assessment: the team's, of the same document.
    """
    return [
        agreement_table(document, assessment),
        differences_table(document, assessment),
        levels_table(document, assessment),
    ]


def agreement_table(document: StudyDocument, assessment: Assessment) -> Table:
    """Set out how far assessors agreed in their independent answers, overall and by principle."""
    found = answer_agreement(document, assessment)
    return Table("Agreement", _AGREEMENT, tuple(_agreement(each) for each in (found.overall, *found.principles)))


def differences_table(document: StudyDocument, assessment: Assessment) -> Table:
    """Set out where assessors differ, the worst first: what each said and why, and what was agreed."""
    found = differences(document, assessment)
    people = [each for each in document.assessors if any(a.assessor == each.key for d in found for a in d.answers)]
    names = {each.key: each.name for each in document.assessors}
    cases = {each.key: each.name for each in document.cases}
    said = [head for each in people for head in (each.name, f"Why, {each.name}")]
    rows = tuple(
        (
            cases[each.case],
            each.principle.short,
            each.criterion.name,
            each.distance,
            *_said(each, [person.key for person in people], scale := answers(assessment.rubric, each.principle)),
            *_agreed(document, each, scale, names),
        )
        for each in found
    )
    return Table("Differences", (*_DIFFERENCES, *said, *_AGREED), rows)


def levels_table(document: StudyDocument, assessment: Assessment) -> Table:
    """Set out each case's levels by assessor, then the team's."""
    rows = tuple(
        (judged.case.name, row.name, *(each.words for each in row.levels), row.overall.words)
        for judged in assessment.cases
        for row in levels_by_assessor(document, assessment, judged.case.key)
    )
    return Table("Levels by assessor", ("Case", *heads(assessment)), rows)


def _agreement(each: PrincipleAgreement) -> tuple[Cell, ...]:
    found = each.measure
    return (each.name, found.alpha, found.units, found.pairs, found.same, found.words)


def _said(each: Differing, people: list[str], scale: Answers) -> Iterator[Cell]:
    given = {answer.assessor: answer for answer in each.answers}
    for person in people:
        answer = given.get(person)
        yield scale.label(answer.verdict) if answer else None
        yield answer.rationale if answer else None


def _agreed(document: StudyDocument, each: Differing, scale: Answers, names: dict[str, str]) -> tuple[Cell, ...]:
    agreed = each.consensus
    if agreed is None:
        return (None,) * len(_AGREED)
    when = local_time(agreed.agreed_at, document.study.zone) if agreed.agreed_at else None
    dissent = "\n".join(f"{names[one.assessor]}: {one.reason}" for one in agreed.dissents)
    changed = ", ".join(names[answer.assessor] for answer in each.changed)
    return (
        scale.label(agreed.verdict),
        agreed.reason,
        when.isoformat(sep=" ", timespec="minutes") if when else None,
        dissent or None,
        changed or None,
    )
