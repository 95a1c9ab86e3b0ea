"""What to do next: for each case the unmet criteria of the next level, in order, and never a leap beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.report.blocks import Section, lead, level_name, room_for, strong
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, beside, shares
from app.report.marks import Marked, level_mark
from app.report.sheet import Anchor
from app.report.style import (
    BODY,
    INK,
    LINE,
    TEXT,
    TEXT_BODY,
    TEXT_NOTE,
    TEXT_SMALL,
    TEXT_STRONG,
)
from app.report.text import Run, paragraph
from app.report.wording import capital
from app.scoring.offered import answers_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.assessment import JudgedCase, JudgedPrinciple
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Rubric
    from app.scoring.result import Blocking


def sections(material: Material) -> list[Section]:
    """Make the section, once anything has been answered."""
    return [Section("next-steps", "Next steps", lambda: _flow(material), room=400)] if material.answered else []


def _flow(material: Material) -> list[Flowable]:
    if material.assessment is None:
        return []
    rubric = material.assessment.rubric
    opening = (
        "For each case, what stands between it and the next level: lower levels first, and nothing beyond the next. "
        "Principles that limit the case come first."
    )
    return [lead(opening), *(each for case in material.assessment.cases for each in _case(rubric, case))]


def _case(rubric: Rubric, case: JudgedCase) -> Iterator[Flowable]:
    anchor = Anchor(f"next-{case.case.key}", case.case.name, 1)
    side = [anchor, paragraph(case.case.name, style=TEXT_STRONG)]
    ordered = sorted(case.principles, key=lambda judged: _rank(rubric, judged))
    steps = [judged for judged in ordered if judged.score.next_level]
    body: list[Flowable] = [_steps(rubric, judged, first=not number) for number, judged in enumerate(steps)]
    done = [judged.principle.short for judged in ordered if judged.score.rated and not judged.score.next_level]
    if done:
        top = rubric.levels[-1].name
        body.append(paragraph(f"{', '.join(done)}: on the highest level, {top}. Keep it there.", before=6))
    yield room_for(150)
    yield beside(side, body or [paragraph("Not rated: no criterion applies.")], rule=LINE, above=8, before=20)


def _rank(rubric: Rubric, judged: JudgedPrinciple) -> int:
    return rubric.rank(judged.score.level) if judged.score.level else len(rubric.levels)


def _steps(rubric: Rubric, judged: JudgedPrinciple, *, first: bool) -> Flowable:
    score = judged.score
    words = (strong(judged.principle.short), f": from {level_name(rubric, score.level)} to ")
    target = Run(level_name(rubric, score.next_level), Face.SEMIBOLD)
    mark = level_mark(rubric, score.next_level, size=BODY * 0.9)
    head = Marked(mark, paragraph(*words, target, style=TEXT_BODY), size=BODY)
    rows = [Row([Cell([head], span=3)], LINE if not first else 0, INK, above=0 if first else 5, keep=True)]
    rows += [_step_row(rubric, number, blocking) for number, blocking in enumerate(score.next_blocking, 1)]
    return Grid(shares(TEXT, 5, 33, 88), rows, gap=9, closed=True, before=0 if first else 12)


def _step_row(rubric: Rubric, number: int, blocking: Blocking) -> Row:
    criterion = rubric.criterion(blocking.criterion)
    name = [
        paragraph(capital(criterion.name), style=TEXT_SMALL),
        paragraph(answers_to(rubric, criterion.id).label(blocking.verdict).lower(), style=TEXT_NOTE),
    ]
    return Row(
        [
            Cell([paragraph(str(number), style=TEXT_NOTE)]),
            Cell(name),
            Cell([paragraph(criterion.advice, style=TEXT_SMALL)]),
        ]
    )
