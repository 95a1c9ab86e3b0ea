"""One page for a manager: the levels as a heat map, what limits each case and comes next, and how much is known."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, Final

from app.analysis.overview import NOT_RATED, team_level, team_overall
from app.analysis.roadmap import OVER, roadmap
from app.report.blocks import Section, captioned, labelled, lead, level_name, opened, overall_level, strong
from app.report.fonts import Face, width_of
from app.report.grid import Cell, Grid, Row, Stack, beside, shares, table
from app.report.label import cut_inside
from app.report.marks import Marked, level_mark
from app.report.sections.review import unresolved_text
from app.report.style import (
    COLUMN,
    GUTTER,
    SMALL,
    TEXT,
    TEXT_BODY,
    TEXT_LABEL,
    TEXT_NOTE,
    TEXT_SMALL,
    TEXT_SMALL_STRONG,
    TEXT_STRONG,
    WIDTH,
    Style,
    level_tint,
    text_on,
)
from app.report.text import Run, Words, paragraph
from app.report.wording import DASH, count, cut, listed, percent, sentence
from app.scoring.explain import points_brief

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.analysis.assessment import Assessment, JudgedCase, JudgedPrinciple
    from app.model.assessment import Override
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Rubric

_HEAD_ROOM: Final = 56
_AT_ONCE: Final = 5
_NAMED: Final = 90
_BRIEF_NAME: Final = 52
_LONGEST_ABOUT: Final = 900
_PAD: Final = 7.0
_CLOSE_PAD: Final = 4.0
_MARK: Final = 15.0  # the sign before a level, with its gap
_LEAST_SIZE: Final = 6.4
_TITLE: Final = "Level of each case by principle, and overall"


class Density(Enum):
    """How close the map of levels is set: `BRIEF` leaves out how much is answered, `CLOSE` has a line for each case."""

    FULL = "full"
    BRIEF = "brief"
    CLOSE = "close"


def sections(material: Material) -> list[Section]:
    """Make the section."""
    return [Section("summary", "Summary", lambda: _flow(material))]


def _flow(material: Material) -> list[Flowable]:
    assessment = material.assessment
    if assessment is None or not assessment.cases or not material.answered:
        return [lead(_nothing_yet(material)), *_about(material)]
    number = material.caption(_TITLE)
    opening = [lead(_opening(material, assessment)), *_unresolved(material)]
    full, brief, close = ([*opening, *heat_map(material, assessment, number, how=how)] for how in Density)
    counts = [*opening, *_counts(material, assessment, number)]
    limits, reasons = what_limits(assessment), what_limits(assessment, findings=False)
    steps = _first_steps(material, assessment)
    stepped, brief_steps = (what_limits(assessment, findings=each, steps=steps) for each in (True, False))
    challenges, about = _challenges(material, assessment), _about(material)
    return _fitting(
        material.height,
        [*full, *stepped, *challenges, *about],
        [*brief, *stepped, *challenges, *about],
        [*full, *brief_steps, *challenges, *about],
        [*full, *limits, *challenges, *about],
        [*brief, *limits, *challenges, *about],
        [*full, *reasons, *challenges, *about],
        [*full, *limits, *about],
        [*brief, *limits, *about],
        [*full, *reasons, *about],
        [*brief, *reasons, *about],
        [*close, *reasons, *about],
        [*full, *challenges, *about],
        [*full, *about],
        [*brief, *about],
        [*close, *about],
        [*counts, *challenges, *about],
        [*counts, *about],
    )


def _fitting(height: float, *variants: list[Flowable]) -> list[Flowable]:
    """Choose the first that fits on a page, else the last."""
    fits = (each for each in variants if Stack(each, WIDTH).height < height - _HEAD_ROOM)
    return next(fits, variants[-1])


def _nothing_yet(material: Material) -> str:
    if material.assessment is None:
        return "Nothing has been assessed yet: this study has no rubric."
    if not material.document.cases:
        return "Nothing has been assessed yet: this study has no cases."
    return "Nothing has been answered yet, so no level is known."


def _opening(material: Material, assessment: Assessment) -> str:
    """Say what was assessed, on what grounds, which levels came of it, and what holds most cases back."""
    collected, rubric = material.collection, assessment.rubric
    basis = f" from {count(collected.interviews, 'interview')}" if collected.interviews else ""
    what = f"{count(len(assessment.cases), 'case')} at {material.organisation}"
    principles = count(len(rubric.principles), "principle")
    verb = "was" if len(assessment.cases) == 1 else "were"
    first = f"{what} {verb} assessed on {principles}{basis}."
    return " ".join(filter(None, [first, _levels_text(rubric, assessment.cases), _held_text(assessment)]))


def _levels_text(rubric: Rubric, cases: Sequence[JudgedCase]) -> str:
    def rank(case: JudgedCase) -> int:
        return rubric.rank(case.score.overall.level) if case.score.overall.level else -1

    parts: list[str] = []
    for place, group in groupby(sorted(cases, key=rank, reverse=True), key=rank):
        names = [case.case.name for case in group]
        who = listed(names) if len(names) < 2 or len(listed(names)) < _NAMED else count(len(names), "case")
        name = rubric.levels[place].name if place >= 0 else "not rated"
        parts.append(f"{who} {'is' if len(names) == 1 else 'are'} {name}{' overall' if not parts else ''}")
    return f"{listed(parts)}."


def _held_text(assessment: Assessment) -> str:
    """Say which principle holds back most cases."""
    held = [key for case in assessment.cases for key in case.score.overall.limiting_all]
    total = len(assessment.cases)
    most = max(dict.fromkeys(held), key=held.count, default="")
    number = held.count(most)
    if total < 2 or 2 * number <= total:
        return ""
    every = "both" if total == 2 else f"all {total}"
    who = every if number == total else f"{number} of {total}"
    return f"{assessment.rubric.principle(most).short} holds back {who} cases."


def heat_map(
    material: Material, assessment: Assessment, number: int, *, title: str = "", how: Density = Density.FULL
) -> Iterator[Flowable]:
    """Set the levels of all cases as a map, under the table's number."""
    rubric = assessment.rubric
    for start in range(0, len(rubric.principles), _AT_ONCE):
        last = start + _AT_ONCE >= len(rubric.principles) and rubric.overall != "none"
        grid = _map_grid(assessment, start, last=last, how=how)
        grid.number, grid.title = number, f"{title or _TITLE}, continued"
        yield from [grid] if start else captioned(material, title or _TITLE, grid, number=number)
    yield _legend(rubric)
    if how is Density.CLOSE and any(part.in_force for case in assessment.cases for part in case.principles):
        words = "In brackets: the level derived, where the team set another."
        yield beside([], [paragraph(words, style=TEXT_NOTE)], before=2)
    elif any(case.team for case in assessment.cases):
        words = "Overall levels follow from the derived ones. Below them: what follows with those the team set."
        yield beside([], [paragraph(words, style=TEXT_NOTE)], before=2)


def _map_grid(assessment: Assessment, start: int, *, last: bool, how: Density) -> Grid:
    rubric = assessment.rubric
    principles = rubric.principles[start : start + _AT_ONCE]
    names = [principle.short for principle in principles] + (["Overall"] if last else [])
    width = (TEXT + 2) / len(names) - 2
    size = _level_size(assessment, width - 2 * _PAD - _MARK)
    heads = [paragraph(name, style=_head_style(name, width)) for name in ["", *names]]
    head = Row([Cell([each], pad=_PAD if place else 0) for place, each in enumerate(heads)], rule=0)
    rows = []
    for case in assessment.cases:
        limiting = case.score.overall.limiting_all
        shown = case.principles[start : start + _AT_ONCE]
        if how is Density.CLOSE:
            cells = [_close_cell(rubric, each.score.level, each.score.at_most, each.in_force) for each in shown]
            overall = _close_cell(rubric, case.score.overall.level, case.score.overall.at_most)
        else:
            cells = [_level_cell(rubric, each, size, limits=each.principle.id in limiting) for each in shown]
            overall = _overall_cell(rubric, case, size)
        rows.append(_map_row(case, [*cells, *([overall] if last else [])], how))
    return Grid([COLUMN + GUTTER - 2, *(width for _ in names)], rows, head=[head], gap=2)


def _map_row(case: JudgedCase, cells: Sequence[Cell], how: Density) -> Row:
    if how is Density.CLOSE:
        style = TEXT_SMALL_STRONG
        name = paragraph(cut_inside(case.case.name, style.face, style.size, COLUMN + GUTTER - 4), style=style)
        return Row([Cell([name], middle=True), *cells], rule=0, above=1.2, below=2)
    if how is Density.BRIEF:
        name = paragraph(cut(case.case.name, _BRIEF_NAME), style=TEXT_SMALL_STRONG)
        return Row([Cell([name], middle=True), *cells], rule=0, above=3, below=4)
    known = f"{percent(case.score.coverage)} of criteria answered"
    names = [paragraph(case.case.name, style=TEXT_STRONG), paragraph(known, style=TEXT_NOTE)]
    return Row([Cell(names, middle=True), *cells], rule=0, above=5, below=6)


def _close_cell(rubric: Rubric, reached: str | None, at_most: str | None, team: Override | None = None) -> Cell:
    """Set a level in one line: "Low to High" where it is open, the derived one in brackets where the team set one."""
    words = level_name(rubric, reached)
    if at_most != reached:
        words = f"{words} to {level_name(rubric, at_most)}"
    if team is not None:
        words = f"{level_name(rubric, team.level)} ({words})"
        reached = at_most = team.level
    if reached is None:
        return Cell([paragraph(words, style=TEXT_NOTE)], middle=True, pad=_CLOSE_PAD)
    ground = level_tint(rubric.rank(reached), len(rubric.levels))
    text = paragraph(words, style=Style(SMALL, 10.4, Face.MEDIUM, text_on(ground)))
    mark = level_mark(rubric, reached, at_most, ground=ground, size=SMALL * 0.9)
    return Cell([Marked(mark, text, size=SMALL)], tint=ground, middle=True, pad=_CLOSE_PAD)


def _level_cell(rubric: Rubric, judged: JudgedPrinciple, size: float, *, limits: bool) -> Cell:
    counted = points_brief(rubric, judged.score.points)
    more = "".join([f"\n{counted}" if counted else "", "\nlimits the case" if limits else ""])
    if judged.in_force is not None:
        derived = f"\nset by the team\nderived: {level_name(rubric, judged.score.level)}{more}"
        return _tinted(rubric, judged.in_force.level, judged.in_force.level, size, derived)
    team = team_level(rubric, judged)  # one that has lapsed: one that holds stands above
    lapsed = f"\n{team.brief}" if team else ""
    return _tinted(rubric, judged.score.level, judged.score.at_most, size, f"{lapsed}{more}")


def _overall_cell(rubric: Rubric, case: JudgedCase, size: float) -> Cell:
    overall, team = case.score.overall, team_overall(rubric, case)
    counted = points_brief(rubric, overall.points)
    more = "".join([f"\n{counted}" if counted else "", f"\n{team.brief}" if team else ""])
    return _tinted(rubric, overall.level, overall.at_most, size, more, face=Face.SEMIBOLD)


def _tinted(
    rubric: Rubric, reached: str | None, at_most: str | None, size: float, more: str = "", face: Face = Face.MEDIUM
) -> Cell:
    if reached is None:
        return Cell([paragraph(NOT_RATED, style=TEXT_NOTE)], middle=True, pad=7)
    ground = level_tint(rubric.rank(reached), len(rubric.levels))
    colour = text_on(ground)
    words: list[Words] = [Run(level_name(rubric, reached), face)]
    if at_most != reached:
        more = f"\nat most {level_name(rubric, at_most)}{more}"
    text = paragraph(*words, style=Style(size, size * 1.4, colour=colour))
    mark = level_mark(rubric, reached, at_most, ground=ground, size=size * 0.94)
    small = [paragraph(more.strip(), style=Style(SMALL, 10.4, colour=colour))] if more else []
    return Cell([Marked(mark, text, size=size), *small], tint=ground, middle=True, pad=_PAD)


def _head_style(name: str, width: float) -> Style:
    size = _fitting_size(name, TEXT_LABEL.face, width - 2 * _PAD, TEXT_LABEL.size)
    return replace(TEXT_LABEL, size=size)


def _level_size(assessment: Assessment, room: float) -> float:
    """Choose the one size of all levels' names: each stands on one line where that can still be read, else in words."""
    cases = assessment.cases
    levels = {case.score.overall.level for case in cases} | {each.level for case in cases for each in case.principles}
    names = (level_name(assessment.rubric, each) for each in levels if each)
    return min((_name_size(name, room) for name in names), default=TEXT_BODY.size)


def _name_size(name: str, room: float) -> float:
    on_one_line = TEXT_BODY.size * room / max(width_of(name, Face.SEMIBOLD, TEXT_BODY.size), room)
    return on_one_line if on_one_line >= SMALL * 0.9 else _fitting_size(name, Face.SEMIBOLD, room)


def _fitting_size(name: str, face: Face, room: float, most: float = TEXT_BODY.size) -> float:
    """Choose the size, `most` at most, at which no word of a name is broken."""
    widest = max((width_of(word, face, most) for word in name.split()), default=0.0)
    return most if widest <= room else max(most * room / widest, _LEAST_SIZE)


def _legend(rubric: Rubric) -> Flowable:
    cells = [
        Cell([Marked(level_mark(rubric, each.id, size=7.2), paragraph(each.name, style=TEXT_NOTE), size=SMALL)])
        for each in rubric.levels
    ]
    width = min(TEXT / len(cells) - 2, 62.0)
    return Grid([COLUMN + GUTTER + 5, *(width for _ in cells)], [Row([Cell(), *cells], rule=0, above=2)], gap=2)


def what_limits(
    assessment: Assessment, *, findings: bool = True, steps: Mapping[str, Sequence[Words]] = {}
) -> list[Flowable]:
    """Say for each case what its level is and what limits it, in one or two sentences; without findings in one.

    `steps` are what comes next, by the key of the case.
    """
    rows = []
    for case in assessment.cases:
        label = [
            paragraph(case.case.name, style=TEXT_STRONG),
            *overall_level(assessment.rubric, case, TEXT_SMALL),
        ]
        found = _limit(assessment.rubric, case, TEXT_SMALL if steps else TEXT_BODY) if findings else []
        step = [paragraph(*words, style=TEXT_SMALL, before=2) for words in [steps.get(case.case.key)] if words]
        body = [paragraph(case.overall_reason, style=TEXT_BODY), *found, *step]
        rows.append(Row([Cell(label), Cell(body)], above=5, below=6))
    return opened([labelled("What limits each case", before=13)], Grid([COLUMN, TEXT], rows, gap=GUTTER, before=3))


def _limit(rubric: Rubric, case: JudgedCase, style: Style) -> list[Flowable]:
    limiting = case.score.overall.limiting
    found = case.principle(limiting).finding if limiting else None
    if limiting is None or found is None:
        return []
    words = (strong(f"{rubric.principle(limiting).short}: "), sentence(found.text))
    return [paragraph(*words, style=style, before=2)]


def _first_steps(material: Material, assessment: Assessment) -> dict[str, Sequence[Words]]:
    """Tell the first step agreed on for each case that is still to be done, unless next steps are left out."""
    if not material.prints("next-steps"):
        return {}
    found: dict[str, Sequence[Words]] = {}
    for planned in roadmap(material.document, assessment):
        if planned.step.progress not in OVER:
            found.setdefault(planned.case.key, (strong("Next step: "), sentence(planned.text)))
    return found


def _challenges(material: Material, assessment: Assessment) -> list[Flowable]:
    lines = [
        paragraph(
            strong(f"{principle.short}: "), "; ".join(each.title for each in challenges), style=TEXT_SMALL, after=2
        )
        for principle in assessment.rubric.principles
        if (challenges := material.challenges(principle.id))
    ]
    return [labelled("Challenges", *lines, before=13)] if lines else []


def _counts(material: Material, assessment: Assessment, number: int) -> list[Flowable]:
    """Count the cases on each level of each principle, where there are too many to be named on a page."""
    rubric = assessment.rubric
    names = [each.name for each in rubric.levels] + [NOT_RATED]
    rows = [
        _counts_row(rubric, part.short, [case.principle(part.id).level for case in assessment.cases])
        for part in rubric.principles
    ]
    if rubric.overall != "none":
        rows.append(_counts_row(rubric, "Overall", [case.score.overall.level for case in assessment.cases]))
    grid = table(
        shares(WIDTH, 3, *(1.0 for _ in names)),
        ["Number of cases by level", *names],
        rows,
        figures=range(1, len(names) + 1),
    )
    where = "The level of each case stands in the sections on the principles."
    return [
        *captioned(material, "How many cases are on each level", grid, number=number),
        beside([], [paragraph(where, style=TEXT_NOTE)], before=4),
    ]


def _counts_row(rubric: Rubric, name: str, levels: Sequence[str | None]) -> Row:
    numbers = [levels.count(each) for each in [*(level.id for level in rubric.levels), None]]
    cells = [Cell([paragraph(str(each) if each else DASH, style=TEXT_SMALL)]) for each in numbers]
    return Row([Cell([paragraph(name, style=TEXT_SMALL_STRONG)]), *cells], above=2, below=3)


def _unresolved(material: Material) -> list[Flowable]:
    """Say what insiders dispute and nobody has resolved."""
    words = unresolved_text(material)
    return [beside([], [paragraph(strong(words))], before=2)] if words else []


def _about(material: Material) -> list[Flowable]:
    about = about_text(material)
    return [labelled("About this study", paragraph(about, style=TEXT_NOTE), before=13)] if about else []


def about_text(material: Material) -> str:
    """Say where the study comes from; a long text stands in the section on the method instead."""
    about = material.document.study.about
    return about if len(about) <= _LONGEST_ABOUT else ""
