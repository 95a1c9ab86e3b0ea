"""Appendix: the publications the rubric draws on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.report.blocks import Section
from app.report.grid import Cell, Grid, Row
from app.report.style import COLUMN, GUTTER, TEXT, TEXT_NOTE, TEXT_SMALL, TEXT_SMALL_STRONG
from app.report.text import paragraph

if TYPE_CHECKING:
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Source


def sections(material: Material) -> list[Section]:
    """Make the section, where the rubric names its sources."""
    found = material.assessment.rubric.sources if material.assessment else ()
    return [Section("sources", "Sources of the rubric", lambda: _flow(found), room=220, appendix=True)] if found else []


def _flow(sources: tuple[Source, ...]) -> list[Flowable]:
    return [Grid([COLUMN, TEXT], [_row(each) for each in sources], gap=GUTTER, closed=True)]


def _row(source: Source) -> Row:
    title = f"{source.title}. {source.year}" if source.year else source.title
    body = [paragraph(title, style=TEXT_SMALL)]
    body += [paragraph(text, style=TEXT_NOTE) for text in (source.note, source.url) if text]
    return Row([Cell([paragraph(source.id, style=TEXT_SMALL_STRONG)]), Cell(body)])
