"""The cover: what this is, of whom and when, how it may be handled, and what is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.collection import period, period_text
from app.report.blocks import gap
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row
from app.report.sheet import PageOf
from app.report.style import (
    BODY,
    COLUMN,
    GUTTER,
    HAIR,
    INK,
    LARGE,
    MM,
    TEXT,
    TEXT_BODY,
    TEXT_GREY,
    TEXT_LARGE,
    TEXT_NOTE,
    TEXT_STRONG,
    TITLE,
    WHITE,
    WIDTH,
    Style,
)
from app.report.text import Words, line, paragraph
from app.report.wording import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.report.blocks import Section
    from app.report.material import Material
    from app.report.pdf import Flowable

_MARKING = Style(LARGE, 17.5, Face.SEMIBOLD, WHITE)
_NAMED_CASES = 6


def flow(material: Material, contents: Sequence[tuple[str, Section]]) -> list[Flowable]:
    """Set the cover; `contents` are the sections with their numbers."""
    study = material.document.study
    title = [
        paragraph(study.title, style=Style(TITLE, 29, Face.SEMIBOLD)),
        paragraph(study.organisation.name, style=TEXT_LARGE, before=8),
    ]
    return [
        *_marking(material),
        gap(34 * MM if len(contents) < 14 else 12 * MM),
        _row(title),
        gap(12 * MM),
        *(_fact(label, words) for label, words in _facts(material) if words),
        gap(14 * MM),
        _contents(contents),
        gap(10 * MM),
        _row([paragraph(f"Made with Fieldquill {material.snapshot.version}", style=TEXT_NOTE)]),
    ]


def _marking(material: Material) -> list[Flowable]:
    marking = line(material.document.site_policy.marking)
    if not marking:
        return []
    indent = COLUMN + GUTTER
    bar = Cell([Grid([indent, TEXT], [Row([Cell(), Cell([paragraph(marking, style=_MARKING)])], rule=0)])], tint=INK)
    return [Grid([WIDTH], [Row([bar], rule=0, above=3, below=3)])]


def _row(body: Sequence[Flowable], label: Sequence[Flowable] = ()) -> Flowable:
    return Grid([COLUMN, TEXT], [Row([Cell(label), Cell(body)], rule=0, above=0, below=0)], gap=GUTTER)


def _fact(label: str, words: Words) -> Flowable:
    cells = [Cell([paragraph(label, style=TEXT_GREY)]), Cell([paragraph(words, style=TEXT_BODY)])]
    return Grid([COLUMN, TEXT], [Row(cells, rule=HAIR, above=3, below=3.6)], gap=GUTTER)


def _facts(material: Material) -> list[tuple[str, str]]:
    study, assessment = material.document.study, material.assessment
    rubric = f"{assessment.rubric.title}, version {assessment.rubric.version}" if assessment else "none chosen yet"
    return [
        ("Sector", study.organisation.sector),
        ("Round", material.round.name if material.round else ""),
        ("Data collected", period_text(period(material.document, material.round))),
        ("Cases", _cases(material)),
        ("Assessors", ", ".join(assessor.name for assessor in material.document.assessors)),
        ("Rubric", rubric),
        ("Profile", "Internal: for the assessing team, not cleared for others"),
    ]


def _cases(material: Material) -> str:
    cases = material.document.cases
    return ", ".join(case.name for case in cases) if len(cases) <= _NAMED_CASES else count(len(cases), "case")


def _contents(contents: Sequence[tuple[str, Section]]) -> Flowable:
    rows = [
        Row(
            [
                Cell([paragraph(number, style=TEXT_GREY)]),
                Cell([paragraph(section.title, style=TEXT_BODY)]),
                Cell([PageOf(section.key, BODY, 13.8)]),
            ],
            rule=0,
            above=0.8,
            below=0.8,
        )
        for number, section in contents
    ]
    inner = Grid([7 * MM, TEXT - 19 * MM, 12 * MM], rows)
    return _row([inner], [paragraph("Contents", style=TEXT_STRONG)])
