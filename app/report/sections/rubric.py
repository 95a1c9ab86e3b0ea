"""Appendix: the rubric in full, with each case's answer beside each criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.overview import criteria_by_level
from app.report.blocks import Section, captioned, lead, strong, subhead, verdict
from app.report.fonts import width_of
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
from app.report.text import line, paragraph
from app.report.wording import capital, lowered
from app.scoring.explain import begin_text
from app.scoring.offered import answers as offered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.assessment import JudgedCase
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Criterion, Level, Principle, Rubric

_AT_ONCE: Final = 4
_DESCRIBED: Final = 5  # principles in one table
_APART: Final = 9.0
_MARK: Final = 15.0  # the sign before a level, with its gap
_NAMES: Final = 48.0
_MOST_NAMES: Final = 110.0


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
    pieces = range(0, len(rubric.principles), _DESCRIBED)
    return [each for start in pieces for each in _levels_on(material, rubric, start)]


def _levels_on(material: Material, rubric: Rubric, start: int) -> list[Flowable]:
    principles = rubric.principles[start : start + _DESCRIBED]
    rows = [
        Row([Cell([_level(rubric, level)]), *(Cell([_description(rubric, each, level)]) for each in principles)])
        for level in rubric.levels
    ]
    first = _names_across(rubric)
    columns = [first, *shares(WIDTH - first - _APART, *(1.0 for _ in principles), gap=_APART)]
    head = ["Level", *(principle.short for principle in principles)]
    title = f"What each level is like{', continued' if start else ''}"
    return captioned(material, title, table(columns, head, rows, gap=_APART))


def _names_across(rubric: Rubric) -> float:
    """Measure how wide the column of the levels' names is, so that no word of one is broken."""
    style = TEXT_SMALL_STRONG
    words = (word for level in rubric.levels for word in level.name.split())
    widest = max((width_of(line(word), style.face, style.size) for word in words), default=0.0)
    return min(max(widest + _MARK, _NAMES), _MOST_NAMES)


def _level(rubric: Rubric, level: Level) -> Flowable:
    name = paragraph(level.name, style=TEXT_SMALL_STRONG)
    return Marked(level_mark(rubric, level.id), name, size=SMALL)


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
                Cell([_level(rubric, each)]),
                Cell([paragraph(capital(begin_text(each)), style=TEXT_SMALL)]),
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
        title = f"Criteria of {lowered(principle.short)} and answers{', continued' if start else ''}"
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
