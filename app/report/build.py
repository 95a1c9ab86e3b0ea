"""The whole report: from a snapshot of a study to the story it tells, and to the bytes of a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.model.disclosure import Stage
from app.report.blocks import section_head
from app.report.contents import sections
from app.report.hyphens import usually
from app.report.material import gather
from app.report.sections import cover
from app.report.sheet import Metadata, Sheets, write_pdf
from app.report.style import PAGES
from app.report.text import line
from app.report.wording import capital

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.disclosure.printed import Printed
    from app.report.blocks import Section
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.report.snapshot import Snapshot


@dataclass(frozen=True)
class Composed:
    """A report told once, for whatever writes it: what stands on the cover, and its sections with their numbers.

    Flowables keep what they measured: compose anew for each format.
    """

    material: Material
    cover: list[Flowable]
    sections: list[tuple[str, Section, list[Flowable]]]
    metadata: Metadata


@dataclass(frozen=True)
class Report:
    """A finished PDF, every string that stands in it, and a digest of each page by which changed ones are told."""

    content: bytes
    printed: tuple[Printed, ...]
    pages: tuple[str, ...]


def compose(snapshot: Snapshot, step: Callable[[str], object] = str) -> Composed:
    """Tell a study as a report.

    `step` is told of each section that is begun, "section 3", and may stop it all by raising.
    """
    material = gather(snapshot)
    contents = numbered(sections(material))
    told = []
    with usually(material.document.study.language):
        for number, section in contents:
            step(f"section {number}")
            told.append((number, section, section.flow()))
        return Composed(material, cover.flow(material, contents), told, _metadata(material))


def make_report(snapshot: Snapshot, step: Callable[[str], object] = str) -> Report:
    """Set a report as a PDF: the same snapshot gives the same bytes.

    `step` is told of each section that is begun and each page that is done, "page 12", and may stop it by raising.
    """
    composed = compose(snapshot, step)
    sheets = _sheets(composed.material)
    sheets.turned = lambda page: step(f"page {page}")
    content = write_pdf(_story(composed), sheets, composed.metadata)
    return Report(content, tuple(sheets.printed), tuple(sheets.digests))


def numbered(sections: list[Section]) -> list[tuple[str, Section]]:
    """Number sections 1, 2, 3 and appendices A, B, C."""
    chapters = [section for section in sections if not section.appendix]
    appendices = [section for section in sections if section.appendix]
    numbers = [*map(str, range(1, len(chapters) + 1)), *(chr(65 + at) for at in range(len(appendices)))]
    return list(zip(numbers, [*chapters, *appendices], strict=True))


def _story(composed: Composed) -> list[Flowable]:
    body = (each for number, section, flow in composed.sections for each in (*section_head(number, section), *flow))
    return [*composed.cover, *body]


def _sheets(material: Material) -> Sheets:
    study = material.document.study
    title = line(f"{study.organisation.name} · {study.title}")
    marking = line(material.document.site_policy.marking)
    setup = material.setup
    return Sheets(title, marking, PAGES[setup.paper], notice(material.snapshot), line(setup.watermark))


def notice(snapshot: Snapshot) -> str:
    """Say which copy this is and whose, and whether it may still change: "Copy 2 of 5 · Ms Doe · Draft 1.2"."""
    setup = snapshot.setup
    stage = "Draft" if setup.stage is Stage.DRAFT else "Version" if setup.version else ""
    recipient = setup.recipient if _copy(snapshot) or not setup.recipient else f"For {setup.recipient}"
    parts = (capital(_copy(snapshot)), recipient, f"{stage} {setup.version}".strip())
    return line(" · ".join(filter(None, parts)))


def _copy(snapshot: Snapshot) -> str:
    """Number a copy, where there are several: "copy 2 of 5"."""
    copies = snapshot.setup.copies
    return f"copy {snapshot.copy} of {copies}" if copies > 1 else ""


def _metadata(material: Material) -> Metadata:
    study = material.document.study
    subject = f"Assessment of {material.organisation}"
    if material.round:
        subject = f"{subject}, {material.round.name}"
    author = ", ".join(assessor.name for assessor in material.document.assessors)
    creator = f"Fieldquill {material.snapshot.version}"
    return Metadata(line(study.title), line(subject), line(author), creator, _copy(material.snapshot))
