"""One section with the levels against the study's other rubrics, where cases were answered against them, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.assessment import assess
from app.analysis.overview import answered
from app.report.blocks import Section, lead, subhead
from app.report.sections.summary import heat_map, what_limits
from app.report.style import TEXT_NOTE
from app.report.text import paragraph
from app.report.wording import count
from app.rubric.reading import rule_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.assessment import Assessment
    from app.report.material import Material
    from app.report.pdf import Flowable


def sections(material: Material) -> list[Section]:
    """Make the section, where the study has answers to more rubrics than its first."""
    found = list(others(material))
    return (
        [Section("other-rubrics", "Against other rubrics", lambda: _flow(material, found), room=410)] if found else []
    )


def others(material: Material) -> Iterator[Assessment]:
    """Assess the cases against the study's other rubrics, those that anything was answered to."""
    for frozen in material.document.rubrics[1:]:
        assessment = assess(material.document, frozen.key)
        if assessment.cases and answered(assessment):
            yield assessment


def _flow(material: Material, found: list[Assessment]) -> list[Flowable]:
    opening = (
        f"The cases were also answered against {count(len(found), 'other rubric')}. Levels of different rubrics are "
        "not the same steps, and are not to be compared by their names."
    )
    return [lead(opening), *(each for assessment in found for each in _one(material, assessment))]


def _one(material: Material, assessment: Assessment) -> Iterator[Flowable]:
    rubric = assessment.rubric
    yield from subhead(f"{rubric.title}, version {rubric.version}", key=f"rubric-{rubric.id}")
    round_text = f" Answered in {assessment.round.name}." if assessment.round else ""
    yield paragraph(f"{rule_text(rubric)}{round_text}", style=TEXT_NOTE)
    title = f"Levels against {rubric.title}"
    yield from heat_map(material, assessment, material.caption(title), title=title)
    yield from what_limits(assessment)
