"""What to do next: the roadmap of each case, or the unmet criteria up to its target or the next level, and no leap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.gaps import case_gaps
from app.analysis.roadmap import EFFORTS, HORIZONS, OVER, PROGRESS, roadmap
from app.report.blocks import Section, lead, level_name, room_for, strong
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, beside, shares, table
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
from app.report.wording import capital, lowered, sentence
from app.scoring.explain import figure_text
from app.scoring.offered import answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.assessment import Assessment, JudgedCase
    from app.analysis.gaps import Gap, Need
    from app.analysis.roadmap import Planned
    from app.report.material import Material
    from app.report.pdf import Flowable

_HEAD: Final = ("", "Step", "Effort", "Owner", "By", "Progress")
_CASE: Final = 150.0  # what stands at least of a case
_ROOM: Final = 150.0 + _CASE  # its head and opening, and then a case


def sections(material: Material) -> list[Section]:
    """Make the section, once anything has been answered."""
    return [Section("next-steps", "Next steps", lambda: _flow(material), room=_ROOM)] if material.answered else []


def _flow(material: Material) -> list[Flowable]:
    if material.assessment is None:
        return []
    cases = material.assessment.cases
    return [lead(_opening(material, material.assessment)), *(each for case in cases for each in _case(material, case))]


def _opening(material: Material, assessment: Assessment) -> str:
    """Say what is listed: a roadmap where there is one, else what stands between a case and its level."""
    planned = {each.case.key for each in roadmap(material.document, assessment)}
    if all(judged.case.key in planned for judged in assessment.cases):
        return "For each case, the next steps that were agreed on."
    aimed = any(each.rubric == assessment.rubric.id for each in material.document.targets)
    level = "its target, or the next level where none is set" if aimed else "the next level"
    words = f"what stands between it and {level}: lower levels first, and nothing beyond. "
    start = (
        "For each case, the next steps that were agreed on; where there are none, " if planned else "For each case, "
    )
    return f"{start}{words}Principles that limit the case come first."


def _case(material: Material, case: JudgedCase) -> Iterator[Flowable]:
    assert material.assessment is not None  # noqa: S101 - there are cases
    anchor = Anchor(f"next-{case.case.key}", case.case.name, 1)
    side = [anchor, paragraph(case.case.name, style=TEXT_STRONG)]
    gaps = sorted(case_gaps(material.document, case), key=_rank)
    planned = roadmap(material.document, material.assessment, case.case.key)
    body = [*_targets(gaps), _roadmap(planned)] if planned else list(_advice(gaps))
    yield room_for(_CASE)
    yield beside(side, body or [paragraph("Not rated: no criterion applies.")], rule=LINE, above=8, before=20)


def _rank(gap: Gap) -> int:
    return gap.rubric.rank(gap.level) if gap.level else len(gap.rubric.levels)


# The roadmap


def _targets(gaps: Sequence[Gap]) -> Iterator[Flowable]:
    """Set a line for each target above a roadmap, with the reason where there is one."""
    for gap in gaps:
        if gap.target is not None:
            yield from _from_to(gap)


def _roadmap(steps: Sequence[Planned]) -> Flowable:
    rows = [_planned_row(number, planned) for number, planned in enumerate(steps, 1)]
    return table(shares(TEXT, 4, 62, 14, 22, 19, 17, gap=7.0), _HEAD, rows, gap=7.0, before=8)


def _planned_row(number: int, planned: Planned) -> Row:
    step = planned.step
    about = f"{capital(planned.about)}, {planned.principle.short}"
    words = [paragraph(planned.text, style=TEXT_SMALL), paragraph(about, style=TEXT_NOTE, before=1)]
    if planned.caught_up:
        words.append(paragraph(capital(planned.caught_up), style=TEXT_NOTE))
    effort, horizon = (
        EFFORTS[step.effort] if step.effort else "",
        HORIZONS[step.horizon] if step.horizon else "",
    )
    progress = Run(PROGRESS[step.progress], Face.REGULAR if step.progress in OVER else Face.SEMIBOLD)
    return Row(
        [
            Cell([paragraph(str(number), style=TEXT_NOTE)]),
            Cell(words),
            *(Cell([paragraph(text, style=TEXT_SMALL)]) for text in (effort, step.owner, horizon)),
            Cell([paragraph(progress, style=TEXT_SMALL)]),
        ]
    )


# What stands in the way, where nothing is planned


def _advice(gaps: Sequence[Gap]) -> Iterator[Flowable]:
    for number, gap in enumerate(gap for gap in gaps if gap.needs):
        yield _needs(gap, first=not number)
    for gap in gaps:
        if gap.target is not None and gap.reached:
            words = f"{gap.principle.short}: at {level_name(gap.rubric, gap.level)}, its target is reached."
            yield paragraph(words, before=6)
    done = [gap for gap in gaps if gap.level and gap.aim is None]
    if done:
        top = done[0].rubric.levels[-1].name
        shorts = ", ".join(gap.principle.short for gap in done)
        yield paragraph(f"{shorts}: on the highest level, {top}. Keep it there.", before=6)


def _from_to(gap: Gap) -> list[Flowable]:
    """Set "Monitoring: from Low to Moderate", with the sign of the level to come to, and why it is the target."""
    rubric = gap.rubric
    words = (strong(gap.principle.short), f": from {level_name(rubric, gap.level)} to ")
    target = Run(level_name(rubric, gap.aim), Face.SEMIBOLD)
    ends = (", its target" if gap.target else "", "" if gap.reachable else ", which not even the best answers reach")
    mark = level_mark(rubric, gap.aim, size=BODY * 0.9)
    made: list[Flowable] = [Marked(mark, paragraph(*words, target, "".join(ends), style=TEXT_BODY), size=BODY)]
    if gap.target is not None and gap.target.reason:
        made.append(paragraph(gap.target.reason, style=TEXT_NOTE))
    return made


def _needs(gap: Gap, *, first: bool) -> Flowable:
    """Set what a principle lacks, under points only the fewest criteria that reach the level."""
    needs = gap.needed if gap.rubric.counts_points and gap.reachable else gap.needs
    rows = [Row([Cell(_from_to(gap), span=3)], LINE if not first else 0, INK, above=0 if first else 5, keep=True)]
    rows += [_need_row(gap, number, need) for number, need in enumerate(needs, 1)]
    return Grid(shares(TEXT, 5, 33, 88), rows, gap=9, closed=True, before=0 if first else 12)


def _need_row(gap: Gap, number: int, need: Need) -> Row:
    offered = answers(gap.rubric, gap.principle)
    name = [
        paragraph(capital(need.criterion.name), style=TEXT_SMALL),
        paragraph(", ".join(_notes(gap, need, lowered(offered.label(need.verdict)))), style=TEXT_NOTE),
    ]
    words = need.criterion.advice
    if gap.rubric.rule == "choice":
        words = f"{sentence(gap.principle.told(gap.rubric, need.level))} {words}"
    return Row(
        [
            Cell([paragraph(str(number), style=TEXT_NOTE)]),
            Cell(name),
            Cell([paragraph(words, style=TEXT_SMALL)]),
        ]
    )


def _notes(gap: Gap, need: Need, answered: str) -> Iterator[str]:
    """Say what is answered, what it would add, and for which level it is where that is not the one aimed for."""
    yield answered
    if need.gain is not None:
        yield f"adds {figure_text(need.gain)}"
    if need.level and need.level != gap.aim:
        yield f"for {level_name(gap.rubric, need.level)}"
