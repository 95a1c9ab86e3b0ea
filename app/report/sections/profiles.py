"""The profiles of the cases: one small drawing each, and the same levels in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.gaps import targets_of
from app.analysis.overview import overall_standing, standing
from app.analysis.radar import LEAST_AXES, radar_values
from app.report.blocks import Section, captioned, figure_title, lead, opened, overall_level
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.label import cut_inside
from app.report.radar import Told, legend, levels_of
from app.report.style import SMALL, TEXT_NOTE, TEXT_SMALL, TEXT_SMALL_STRONG, WIDTH
from app.report.text import paragraph
from app.report.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.assessment import Assessment, JudgedCase
    from app.analysis.overview import Standing
    from app.analysis.radar import RadarValues
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Rubric

_ACROSS: Final = 3
_MOST_ACROSS: Final = 4
_MOST: Final = 9  # cases with no more than three beside one another
_GAP: Final = 14.0
_ROOM: Final = 420.0
_FULL: Final = 645.0  # of twelve cases with long names, on whatever paper
_HIGHS: Final = {1: 190.0, 2: 170.0}  # of a drawing, by how many rows of them there are
_LOW: Final = 96.0  # of a drawing, where there are more
_NAME: Final = 2.7  # lines of a name: less than three, as lines break between words
_WORDS_ACROSS: Final = 5  # principles in one table


def sections(material: Material) -> list[Section]:
    """Make the section, once anything has been answered."""
    if material.assessment is None or not material.answered:
        return []
    assessment = material.assessment
    room = _ROOM if _lines(len(assessment.cases)) in _HIGHS else _FULL
    return [Section("profiles", "Profiles of the cases", lambda: _flow(material, assessment), room)]


def drawn(material: Material, assessment: Assessment, case: JudgedCase) -> RadarValues:
    """Say what the drawing of a case shows, its targets among it."""
    return radar_values(assessment.rubric, case, targets_of(material.document, assessment.rubric.id, case.case.key))


def _flow(material: Material, assessment: Assessment) -> list[Flowable]:
    values = [drawn(material, assessment, case) for case in assessment.cases]
    return [lead(_opening(assessment)), *_figure(material, assessment, values), *_tables(material, assessment)]


def _opening(assessment: Assessment) -> str:
    cases = count(len(assessment.cases), "case")
    return f"The levels of {cases} on {count(len(assessment.rubric.principles), 'principle')}, drawn alike."


def _figure(material: Material, assessment: Assessment, values: Sequence[RadarValues]) -> list[Flowable]:
    """Draw all cases, so many in a row and as high as leaves the page room for twelve."""
    across, lines = _across(len(values)), _lines(len(values))
    told = _told(len(values[0].axes), lines)
    columns = shares(WIDTH, *(1.0 for _ in range(across)), gap=_GAP)
    cells = [
        Cell([*_head(assessment.rubric, case, columns[0]), levels_of(each, _HIGHS.get(lines, _LOW), told)])
        for case, each in zip(assessment.cases, values, strict=True)
    ]
    rows = [
        Row([*line, *(Cell() for _ in range(across - len(line)))], above=5, below=7)
        for line in (cells[at : at + across] for at in range(0, len(cells), across))
    ]
    caption = figure_title(material, "Levels of each case by principle", after=0)
    return opened([caption, *legend(values, told)], Grid(columns, rows, gap=_GAP, before=6))


def _across(cases: int) -> int:
    return _ACROSS if cases <= _MOST else _MOST_ACROSS


def _lines(cases: int) -> int:
    return -(-cases // _across(cases))


def _told(axes: int, lines: int) -> Told:
    """Choose what stands on the axes: the words that leave a drawing its size."""
    if axes > LEAST_AXES:
        return Told.NUMBERS
    return Told.LEVELS if lines in _HIGHS else Told.NAMES


def _head(rubric: Rubric, case: JudgedCase, room: float) -> list[Flowable]:
    name = cut_inside(case.case.name, TEXT_SMALL_STRONG.face, SMALL, room * _NAME)
    overall = [] if rubric.overall == "none" else overall_level(rubric, case, TEXT_NOTE)[:1]
    return [paragraph(name, style=TEXT_SMALL_STRONG), *overall]


def _tables(material: Material, assessment: Assessment) -> Iterator[Flowable]:
    """Set the same in words, few principles at a time."""
    principles = len(assessment.rubric.principles)
    for start in range(0, principles, _WORDS_ACROSS):
        grid = _words(assessment, range(start, min(start + _WORDS_ACROSS, principles)))
        yield from captioned(material, f"Levels in words{', continued' if start else ''}", grid)


def _words(assessment: Assessment, shown: range) -> Grid:
    rubric = assessment.rubric
    overall = rubric.overall != "none" and shown.stop == len(rubric.principles)
    heads = ["Case", *(rubric.principles[at].short for at in shown), *(["Overall"] if overall else [])]
    rows = []
    for case in assessment.cases:
        told = [standing(rubric, case.principles[at]) for at in shown]
        told += [overall_standing(rubric, case)] if overall else []
        cells = [Cell([paragraph(_told_level(each), style=TEXT_SMALL)]) for each in told]
        rows.append(Row([Cell([paragraph(case.case.name, style=TEXT_SMALL_STRONG)]), *cells]))
    return table(shares(WIDTH, 1.4, *(1.0 for _ in heads[1:])), heads, rows)


def _told_level(shown: Standing) -> str:
    """Say a level in words, with how much is known, and what the team set."""
    team = shown.team.brief if shown.team else ""
    known = "" if shown.rank is None else shown.known
    return ", ".join(filter(None, (shown.name, shown.at_most, known, team)))
