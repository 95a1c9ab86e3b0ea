"""Two rounds compared, as tables for a workbook: the levels, and the answers that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.standing import OVERALL
from app.exchange.tables import Table
from app.scoring.explain import points_text
from app.scoring.offered import answers_to

if TYPE_CHECKING:
    from app.analysis.citations import Citations
    from app.analysis.compare import AnswerMove, ComparedCase, Comparison, Move
    from app.analysis.rounds import Said
    from app.analysis.standing import Stand
    from app.rubric.structure import Rubric


def time_tables(rubric: Rubric, found: Comparison, citations: Citations) -> list[Table]:
    """Write a comparison told in terms of a rubric."""
    then, now = found.then.name, found.now.name
    levels = ("Case", "Principle", then, now, "Change", f"{then}, derived", f"{now}, derived")
    counted = (f"{then}, points", f"{now}, points") if rubric.counts_points else ()
    answers = ("Case", "Principle", "Criterion", "Change", then, now, f"{then}, evidence", f"{now}, evidence")
    return [
        Table(
            "Levels over time",
            (*levels, *counted),
            tuple(_level_row(rubric, case, move) for case in found.cases for move in case.moves),
        ),
        Table(
            "Answers changed",
            answers,
            tuple(_answer_row(rubric, case, each, citations) for case in found.cases for each in case.answers),
        ),
    ]


def _level_row(rubric: Rubric, case: ComparedCase, move: Move) -> tuple[str | None, ...]:
    name = "Overall" if move.part == OVERALL else rubric.principle(move.part).name
    stands = (move.then, move.now)
    counted = tuple(points_text(rubric, stand.points) or None for stand in stands) if rubric.counts_points else ()
    words = tuple(stand.words(rubric) for stand in stands)
    return (case.case.name, name, *words, str(move.change), *(_derived(rubric, each) for each in stands), *counted)


def _derived(rubric: Rubric, stand: Stand) -> str | None:
    return stand.derived_words(rubric) if stand.assessed else None


def _answer_row(rubric: Rubric, case: ComparedCase, move: AnswerMove, citations: Citations) -> tuple[str | None, ...]:
    return (
        case.case.name,
        rubric.principle(move.principle).name,
        rubric.criterion(move.criterion).name,
        str(move.change),
        *move.words(answers_to(rubric, move.criterion)),
        *(_evidence(said, citations) for said in (move.then, move.now)),
    )


def _evidence(said: Said | None, citations: Citations) -> str | None:
    return "; ".join(citations.passage(key) for key in said.evidence) if said and said.evidence else None
