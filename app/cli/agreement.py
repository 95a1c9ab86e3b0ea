"""The `agreement` command's output, of coders and of assessors, as JSON and as tables to read in a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.analysis.agreement import agreement
from app.analysis.agreement_tables import OVERALL
from app.analysis.answer_agreement import answer_agreement, rounds_answered
from app.analysis.assessment import assess
from app.analysis.blind import is_blind
from app.analysis.overview import joined
from app.analysis.todo import count
from app.cli.terminal import columns, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.agreement import Agreement, Measure
    from app.analysis.answer_agreement import AnswerAgreement, AnswerMeasure
    from app.model.document import StudyDocument
    from app.model.evidence import DoubleCoding

_HEADS = ("Code", "Alpha", "Percent", "Both")
_ANSWER_HEADS = ("Principle", "Alpha", "Criteria", "Pairs", "Alike")


def as_text(document: StudyDocument) -> str:
    """Write the figures of every double coding, and of every round that two have answered in, as JSON.

    Alpha is null where it is undefined, percent is 0 to 100. Of two coders who are not both done it says that, and no
    figure.

    Args:
        document: the study, as who asks may see it.
    """
    told = {
        "double_codings": [_double(document, double) for double in document.double_codings],
        "answers": [_answers(document, *place) for place in rounds_answered(document)],
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def as_table(document: StudyDocument) -> str:
    """Write the figures of every double coding, and of every round that two have answered in, as a table each."""
    coders = ["\n".join(_lines(document, double)) for double in document.double_codings]
    assessors = ["\n".join(_answer_lines(document, *place)) for place in rounds_answered(document)]
    return "\n\n".join(
        (
            *(coders or ["Nobody has coded anything twice in this study."]),
            *(assessors or ["No two assessors have answered in the same round of this study."]),
        )
    )


def _measured(document: StudyDocument, rubric: str, in_round: str) -> AnswerAgreement:
    return answer_agreement(document, assess(document, rubric, in_round))


def _answer_lines(document: StudyDocument, rubric: str, in_round: str) -> Iterator[str]:
    found = _measured(document, rubric, in_round)
    names = {assessor.key: assessor.name for assessor in document.assessors}
    people = joined(names[person] for person in found.assessors)
    name = next(each.name for each in document.rounds if each.key == in_round)
    yield printable(f"Answers of {people} to {rubric}, {name}")
    told = [(each.name, each.measure) for each in (found.overall, *found.principles)]
    rows = [_ANSWER_HEADS, *((printable(name), *_answer_cells(measure)) for name, measure in told)]
    yield from columns(rows, figures=True)
    yield found.overall.measure.words
    if found.late:
        yield f"{count(found.late, 'answer', 'answers')} given or changed after the reveal, left out"


def _answer_cells(measure: AnswerMeasure) -> tuple[str, ...]:
    alpha = "-" if measure.alpha is None else f"{measure.alpha:.3f}"
    return (alpha, *(str(number) for number in (measure.units, measure.pairs, measure.same)))


def _answers(document: StudyDocument, rubric: str, in_round: str) -> dict[str, Any]:
    found = _measured(document, rubric, in_round)
    return {
        "rubric": rubric,
        "round": in_round,
        "assessors": list(found.assessors),
        "overall": _answer_measure(found.overall.measure),
        "principles": [{"principle": each.principle, **_answer_measure(each.measure)} for each in found.principles],
        "late": found.late,
    }


def _answer_measure(measure: AnswerMeasure) -> dict[str, Any]:
    return {
        "alpha": None if measure.alpha is None else round(measure.alpha, 4),
        "criteria": measure.units,
        "pairs": measure.pairs,
        "alike": measure.same,
        "why": measure.why,
    }


def _lines(document: StudyDocument, double: DoubleCoding) -> Iterator[str]:
    names = {assessor.key: assessor.name for assessor in document.assessors}
    first, second = names[double.first], names[double.second]
    yield printable(f"{first} and {second}, {count(len(double.sources), 'source', 'sources')}")
    if is_blind(double):
        yield "Not both are done."
        return
    found = agreement(document, double)
    measures = [(OVERALL, found.overall), *((each.name, each.measure) for each in found.codes)]
    heads = (*_HEADS, printable(f"Only {first}"), printable(f"Only {second}"))
    rows = [heads, *((printable(name), *_cells(each)) for name, each in measures)]
    yield from columns(rows, figures=True)
    settled = sum(each.resolution is not None for each in found.differences)
    differences = count(len(found.differences), "difference", "differences")
    yield f"{count(found.lines, 'line', 'lines')}, {differences}, {settled} of them agreed on"


def _cells(measure: Measure) -> tuple[str, ...]:
    alpha = "-" if measure.alpha is None else f"{measure.alpha:.3f}"
    percent = "-" if measure.percent is None else f"{measure.percent:.1f}"
    return (alpha, percent, *(str(number) for number in (measure.both, measure.first, measure.second)))


def _double(document: StudyDocument, double: DoubleCoding) -> dict[str, Any]:
    told: dict[str, Any] = {
        "double_coding": double.key,
        "first": double.first,
        "second": double.second,
        "sources": list(double.sources),
        "first_done": double.first_done_at is not None,
        "second_done": double.second_done_at is not None,
    }
    return told if is_blind(double) else {**told, **_figures(agreement(document, double))}


def _figures(found: Agreement) -> dict[str, Any]:
    return {
        "lines": found.lines,
        "overall": _measure(found.overall),
        "codes": [{"code": each.code, "name": each.name, **_measure(each.measure)} for each in found.codes],
        "differences": [
            {
                "entry": each.entry,
                "code": each.code,
                "coder": each.coder,
                "applies": each.resolution.applies if each.resolution else None,
                "reason": each.resolution.reason if each.resolution else None,
            }
            for each in found.differences
        ],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "alpha": None if measure.alpha is None else round(measure.alpha, 4),
        "percent": None if measure.percent is None else round(measure.percent, 2),
        "both": measure.both,
        "only_first": measure.first,
        "only_second": measure.second,
        "neither": measure.neither,
        "why": measure.why,
    }
