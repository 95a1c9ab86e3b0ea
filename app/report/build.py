"""The whole report: from a study to the bytes of a PDF, and safely into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.disclosure.profiles import INTERNAL, disclose
from app.report.blocks import section_head
from app.report.material import Material, gather
from app.report.save import write_file
from app.report.sections import (
    change,
    cover,
    evidence_list,
    factors,
    literature,
    method,
    next_steps,
    other_rubrics,
    principle,
    review,
    rubric,
    summary,
)
from app.report.sheet import Metadata, Sheets, write_pdf
from app.report.text import line

if TYPE_CHECKING:
    from pathlib import Path

    from app.model.document import StudyDocument
    from app.report.blocks import Section
    from app.report.pdf import Flowable

PARTS: Final = (
    summary.sections,
    method.sections,
    principle.sections,
    change.sections,
    factors.sections,
    other_rubrics.sections,
    next_steps.sections,
    review.sections,
    rubric.sections,
    evidence_list.sections,
    literature.sections,
)
"""What stands in the report, in order; each part makes no section, one or several."""


def build_report(document: StudyDocument, profile: str = INTERNAL, *, version: str) -> bytes:
    """Set a study as a report and return the PDF: the same study and version give the same bytes.

    Args:
        document: the study, whole, its rubric's text included.
        profile: what may be shown; only "internal" for now.
        version: Fieldquill's own, printed small and named in the file.

    Raises:
        ProfileNotReadyError: the profile comes with the disclosure check.
        UnknownProfileError: there is no such profile.
    """
    material = gather(disclose(document, profile), version)
    return write_pdf(_story(material), _sheets(material), _metadata(material))


def save_report(document: StudyDocument, path: Path, profile: str = INTERNAL, *, version: str) -> None:
    """Write a report to a file, wholly or not at all.

    Raises:
        ReportNotSavedError: the file could not be written; what was there before is untouched.
    """
    write_file(path, build_report(document, profile, version=version))


def numbered(sections: list[Section]) -> list[tuple[str, Section]]:
    """Number sections 1, 2, 3 and appendices A, B, C."""
    chapters = [section for section in sections if not section.appendix]
    appendices = [section for section in sections if section.appendix]
    numbers = [*map(str, range(1, len(chapters) + 1)), *(chr(65 + at) for at in range(len(appendices)))]
    return list(zip(numbers, [*chapters, *appendices], strict=True))


def _story(material: Material) -> list[Flowable]:
    contents = numbered([section for part in PARTS for section in part(material)])
    body = (flowable for number, section in contents for flowable in (*section_head(number, section), *section.flow()))
    return [*cover.flow(material, contents), *body]


def _sheets(material: Material) -> Sheets:
    study = material.document.study
    title = line(f"{study.organisation.name} · {study.title}")
    return Sheets(title, line(material.document.site_policy.marking))


def _metadata(material: Material) -> Metadata:
    study = material.document.study
    subject = f"Assessment of {study.organisation.name}"
    if material.round:
        subject = f"{subject}, {material.round.name}"
    author = ", ".join(assessor.name for assessor in material.document.assessors)
    return Metadata(line(study.title), line(subject), line(author), f"Fieldquill {material.version}")
