"""Appendix: the publications the rubric draws on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.report.blocks import Section
from app.report.grid import Cell, Grid, Row
from app.report.style import COLUMN, GUTTER, TEXT, TEXT_NOTE, TEXT_SMALL, TEXT_SMALL_STRONG
from app.report.text import paragraph
from app.report.wording import capital, listed

if TYPE_CHECKING:
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Source

_AUTHORS: Final = 120  # characters that authors take at most; what is longer is a title


def sections(material: Material) -> list[Section]:
    """Make the section, where the rubric names its sources."""
    found = material.assessment.rubric.sources if material.assessment else ()
    return [Section("sources", "Sources of the rubric", lambda: _flow(found), room=220, appendix=True)] if found else []


def _flow(sources: tuple[Source, ...]) -> list[Flowable]:
    return [Grid([COLUMN, TEXT], [_row(each) for each in sources], gap=GUTTER, closed=True)]


def cited(source: Source) -> str:
    """Cite a publication in short, by what stands before the first colon: "Weber et al. 2024", "Google Cloud 2020".

    By its id where no names stand there.
    """
    names, colon, _ = source.title.partition(": ")
    if not colon or len(names) > _AUTHORS:
        return capital(source.id.replace("-", " "))
    first, *others = names.split(", ")
    who = f"{first} et al." if len(others) > 1 else listed([first, *others])
    return f"{who} {source.year}" if source.year else who


def _row(source: Source) -> Row:
    title = f"{source.title}. {source.year}" if source.year else source.title
    body = [paragraph(title, style=TEXT_SMALL)]
    body += [paragraph(text, style=TEXT_NOTE) for text in (source.note, source.url) if text]
    return Row([Cell([paragraph(cited(source), style=TEXT_SMALL_STRONG)]), Cell(body)])
