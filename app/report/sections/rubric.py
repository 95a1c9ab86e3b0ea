"""Appendix: the rubric in full, with each case's answer beside each criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.overview import criteria_by_level
from app.report.blocks import Section, captioned, lead, strong, subhead, verdict
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.marks import Marked, level_mark
from app.report.style import (
    HEIGHT,
    INK,
    LINE,
    SMALL,
    TEXT_LABEL,
    TEXT_NOTE,
    TEXT_SMALL,
    TEXT_SMALL_STRONG,
    WASH,
    WIDTH,
)
from app.report.text import paragraph
from app.report.wording import capital
from app.scoring.explain import begin_text
from app.scoring.offered import answers as offered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.assessment import JudgedCase
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Criterion, Level, Principle, Rubric

_AT_ONCE = 4


def sections(material: Material) -> list[Section]:
    """Make the section, in a study with a rubric."""
    if material.assessment is None:
        return []
    rubric, cases = material.assessment.rubric, material.assessment.cases
    return [
        Section("rubric", "Rubric and answers", lambda: _flow(material, rubric, cases), HEIGHT * 0.6, appendix=True)
    ]


def _flow(material: Material, rubric: Rubric, cases: Sequence[JudgedCase]) -> list[Flowable]:
    return [
        lead(rubric.summary),
        *_levels(material, rubric),
        *(each for principle in rubric.principles for each in _principle(material, rubric, principle, cases)),
    ]


def _levels(material: Material, rubric: Rubric) -> list[Flowable]:
    """Set what each level is like: on each principle, or as a whole where principles don't describe them."""
    if not any(principle.levels for principle in rubric.principles):
        return _levels_as_a_whole(material, rubric)
    columns = shares(WIDTH, 1.1, *(2.2 for _ in rubric.principles))
    rows = [
        Row(
            [
                Cell(
                    [Marked(level_mark(rubric, level.id), paragraph(level.name, style=TEXT_SMALL_STRONG), size=SMALL)]
                ),
                *(Cell([_description(rubric, each, level)]) for each in rubric.principles),
            ]
        )
        for level in rubric.levels
    ]
    head = ["Level", *(principle.short for principle in rubric.principles)]
    return captioned(material, "What each level is like", table(columns, head, rows))


def _description(rubric: Rubric, principle: Principle, level: Level) -> Flowable:
    """What a principle is like on a level; that it is no other than on the one below, where it is not."""
    if level.id in principle.levels:
        return paragraph(principle.levels[level.id], style=TEXT_SMALL)
    below = rubric.levels[max(rubric.rank(level.id) - 1, 0)].name
    return paragraph(f"As {below}.", style=TEXT_NOTE)


def _levels_as_a_whole(material: Material, rubric: Rubric) -> list[Flowable]:
    rows = [
        Row(
            [
                Cell([Marked(level_mark(rubric, each.id), paragraph(each.name, style=TEXT_SMALL_STRONG), size=SMALL)]),
                Cell([paragraph(begin_text(each).capitalize(), style=TEXT_SMALL)]),
                Cell([paragraph(each.summary, style=TEXT_SMALL)]),
            ]
        )
        for each in rubric.levels
    ]
    grid = table(shares(WIDTH, 1.6, 1, 4), ["Level", "Begins", "What it is like"], rows)
    return captioned(material, "What each level is like", grid)


def _principle(
    material: Material, rubric: Rubric, principle: Principle, cases: Sequence[JudgedCase]
) -> Iterator[Flowable]:
    heads = subhead(principle.name, key=f"criteria-{principle.id}")
    for start in range(0, max(len(cases), 1), _AT_ONCE):
        grid = _matrix(rubric, principle, cases[start : start + _AT_ONCE])
        title = f"Criteria of {principle.short.lower()} and answers{', continued' if start else ''}"
        yield from captioned(material, title, grid, *([] if start else heads))


def _matrix(rubric: Rubric, principle: Principle, cases: Sequence[JudgedCase]) -> Grid:
    columns = shares(WIDTH, *([165 - 27 * len(cases)] if cases else [1]), *(27 for _ in cases))
    rows: list[Row] = []
    for level, criteria in criteria_by_level(rubric, principle):
        if level is not None:
            rows.append(_level_row(rubric, level, len(columns)))
        rows += [_criterion_row(rubric, principle, criterion, cases) for criterion in criteria]
    head = [Cell([paragraph(word, style=TEXT_LABEL)]) for word in ["Criterion", *(c.case.name for c in cases)]]
    top = Row(head, LINE, INK, above=4, below=3.4)
    return Grid(columns, rows, head=[top], gap=9, closed=True)


def _level_row(rubric: Rubric, level: Level, across: int) -> Row:
    words = paragraph("Asked for ", strong(level.name), style=TEXT_SMALL)
    return Row(
        [Cell([Marked(level_mark(rubric, level.id, size=7.2), words, size=SMALL)], span=across)], tint=WASH, keep=True
    )


def _criterion_row(rubric: Rubric, principle: Principle, criterion: Criterion, cases: Sequence[JudgedCase]) -> Row:
    text = [
        paragraph(strong(capital(criterion.name)), style=TEXT_SMALL),
        paragraph(criterion.statement, style=TEXT_SMALL),
    ]
    answers = []
    for case in cases:
        judged = case.principle(principle.id)
        blocks = any(each.criterion == criterion.id for each in judged.score.next_blocking)
        given = judged.criterion(criterion.id).verdict
        answers.append(Cell([verdict(offered(rubric, principle), given, blocks=blocks)]))
    return Row([Cell(text), *answers])
