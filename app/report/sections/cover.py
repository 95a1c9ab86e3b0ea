"""The cover: what this is, of whom and when, for whom it is and how it may be handled, and what is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.analysis.collection import period
from app.model.disclosure import Stage
from app.report.blocks import gap
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, Stack
from app.report.pdf import Flowable
from app.report.reader import assessors_text, reader_text
from app.report.sheet import Anchor, PageOf
from app.report.style import (
    ACCENT,
    BODY,
    COLUMN,
    GREY,
    GUTTER,
    HAIR,
    INK,
    LARGE,
    LINE,
    MM,
    RULE,
    TEXT,
    TEXT_BODY,
    TEXT_NOTE,
    TEXT_STRONG,
    TEXT_TITLE,
    TITLE,
    WHITE,
    WIDTH,
    Style,
    pdf_colour,
)
from app.report.text import line, paragraph
from app.report.wording import count, cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.report.blocks import Section
    from app.report.material import Material

    Contents = Sequence[tuple[str, Section]]

_MARKING: Final = Style(LARGE, 17.5, Face.SEMIBOLD, WHITE)
_STAGE: Final = Style(LARGE, 17.5, Face.REGULAR, WHITE)
_TITLES: Final = (Style(34, 39, Face.SEMIBOLD), Style(TITLE, 28, Face.SEMIBOLD), Style(LARGE, 17.5, Face.SEMIBOLD))
_TITLE_HIGH: Final = 120.0
_NUMBER: Final = Style(colour=ACCENT)
_ORGANISATION: Final = Style(LARGE, 17.5, colour=GREY)
_NAMED_CASES: Final = 6
_LONGEST: Final = 170
_BAR: Final = 3.2
_LEAST_GAP: Final = 8 * MM
_AIR: Final = 50 * MM  # what a cover leaves empty, or its contents stand on a page of their own
_ACROSS: Final = 3


class _Bar(Flowable):
    """A short thick rule, as wide as a column of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.spaceBefore = self.spaceAfter = 0.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the rule's height."""
        self.width, self.height = COLUMN, _BAR
        return self.width, self.height

    def draw(self) -> None:
        """Draw the rule."""
        self.canv.setFillColor(pdf_colour(ACCENT))
        self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)


class _Fact(NamedTuple):
    """Something the cover tells: under a label, over so many columns."""

    label: str
    words: str
    span: int = 1


def flow(material: Material, contents: Contents) -> list[Flowable]:
    """Set the cover; `contents` are the sections with their numbers, on a page of their own where they are many."""
    top, facts = _top(material), _told(material)
    foot = _row([paragraph(f"Made with Fieldquill {material.snapshot.version}", style=TEXT_NOTE)])
    listed = _contents(contents)
    room = _room(material, [*top, *facts, listed, foot])
    if room >= _AIR:
        return _spread(top, [*facts, gap(room * 0.2), listed], foot, room * 0.8)
    return [*_spread(top, facts, foot, _room(material, [*top, *facts, foot])), *_contents_page(contents)]


def _room(material: Material, parts: Sequence[Flowable]) -> float:
    """Measure what is left of the page."""
    return max(material.height - sum(Stack([each], WIDTH).height for each in parts) - 2, 0.0)


def _spread(top: Sequence[Flowable], facts: Sequence[Flowable], foot: Flowable, room: float) -> list[Flowable]:
    """Set the title a third down the room that is left, and the facts at the foot of the page."""
    last = min(_LEAST_GAP, room / 4)
    above = (room - last) / 3
    return [*top[:-1], gap(above), top[-1], gap(room - last - above), *facts, gap(last), foot]


# What it is


def _top(material: Material) -> list[Flowable]:
    study = material.document.study
    name = study.organisation.name
    named = [] if name.casefold() in study.title.casefold() else [paragraph(name, style=_ORGANISATION, before=9)]
    return [*_band(material), _row([_Bar(), gap(5 * MM), _title(study.title), *named])]


def _title(title: str) -> Flowable:
    """Set a title as large as a few lines hold it."""
    set_ = [paragraph(title, style=style) for style in _TITLES]
    fits = (each for each in set_ if Stack([each], TEXT).height <= _TITLE_HIGH)
    return next(fits, set_[-1])


def _band(material: Material) -> list[Flowable]:
    """Set the site's marking white on black, and beside it whether this is a draft."""
    marking, stage = line(material.document.site_policy.marking), _stage(material)
    if not marking:
        return [_row([paragraph(stage, style=Style(LARGE, 17.5, Face.SEMIBOLD, ACCENT))])]
    cells = [Cell([paragraph(stage, style=_STAGE)]), Cell([paragraph(marking, style=_MARKING)])]
    inner = Grid([COLUMN - 4 * MM, TEXT], [Row(cells, rule=0, above=0, below=0)], gap=GUTTER)
    bar = Cell([inner], tint=INK, pad=4 * MM)
    return [Grid([WIDTH], [Row([bar], rule=0, above=7, below=8)])]


def _stage(material: Material) -> str:
    return "Final" if material.setup.stage is Stage.FINAL else "Draft"


# What it tells of itself


def _told(material: Material) -> list[Flowable]:
    blocks = {"This report": list(_of_report(material)), "Assessment": list(_of_assessment(material))}
    return [_block(label, [fact for fact in facts if fact.words]) for label, facts in blocks.items()]


def _of_report(material: Material) -> Iterator[_Fact]:
    setup, organisation = material.setup, material.organisation
    yield _Fact("Status", _stage(material))
    yield _Fact("Version", setup.version)
    yield _Fact("Date of issue", material.issued)
    yield _Fact("Copy number", f"Copy {material.snapshot.copy} of {setup.copies}" if setup.copies > 1 else "")
    yield _Fact("For", setup.recipient, _ACROSS)
    yield _Fact("Profile", reader_text(material.profile, organisation), _ACROSS)


def _of_assessment(material: Material) -> Iterator[_Fact]:
    study, assessment = material.document.study, material.assessment
    yield _Fact("Round", material.round.name if material.round else "")
    yield _Fact("Data collected", material.period(period(material.document, material.round)))
    yield _Fact("Sector", study.organisation.sector)
    yield _Fact("Cases", _cases(material), _ACROSS)
    yield _Fact("Assessors", assessors_text(material.profile, material.document.assessors), _ACROSS)
    rubric = f"{assessment.rubric.title}, version {assessment.rubric.version}" if assessment else "None chosen yet"
    yield _Fact("Rubric", rubric, _ACROSS)


def _cases(material: Material) -> str:
    cases = material.document.cases
    names = ", ".join(case.name for case in cases)
    return names if len(cases) <= _NAMED_CASES and len(names) <= _LONGEST else count(len(cases), "case")


def _block(label: str, facts: Sequence[_Fact]) -> Flowable:
    """Set facts in columns, short ones side by side, under a rule."""
    lines: list[list[_Fact]] = [[]]
    for fact in facts:
        if sum(each.span for each in lines[-1]) + fact.span > _ACROSS:
            lines.append([])
        lines[-1].append(fact)
    rows = [
        Row([_fact(fact) for fact in each], rule=0, above=0 if not n else 5, below=0) for n, each in enumerate(lines)
    ]
    inner = Grid([COLUMN] * _ACROSS, rows, gap=GUTTER)
    cells = [Cell([paragraph(label, style=TEXT_STRONG)]), Cell([inner])]
    return Grid([COLUMN, TEXT], [Row(cells, rule=HAIR, rule_colour=RULE, above=6, below=9)], gap=GUTTER)


def _fact(fact: _Fact) -> Cell:
    words = paragraph(cut(fact.words, _LONGEST * fact.span), style=TEXT_BODY)
    return Cell([paragraph(fact.label, style=TEXT_NOTE), words], span=fact.span)


# What is inside


def _contents_page(contents: Contents) -> list[Flowable]:
    """Set the contents on pages of their own."""
    from reportlab.platypus import PageBreak

    rows = [Row([Cell(), *row.cells], 0, above=row.above + 1.4, below=2.2) for row in _lines(contents)]
    title = [Cell([Anchor("contents", "Contents", running=True)]), Cell([paragraph("Contents", style=TEXT_TITLE)])]
    return [
        PageBreak(),
        Grid([COLUMN, TEXT], [Row(title, rule=LINE, rule_colour=ACCENT, above=7, below=14)], gap=GUTTER),
        gap(6 * MM),
        Grid([COLUMN + GUTTER, *_contents_columns()], rows),
    ]


def _contents(contents: Contents) -> Flowable:
    inner = Grid(_contents_columns(), list(_lines(contents)))
    cells = [Cell([paragraph("Contents", style=TEXT_STRONG)]), Cell([inner])]
    return Grid([COLUMN, TEXT], [Row(cells, rule=HAIR, rule_colour=RULE, above=6, below=0)], gap=GUTTER)


def _contents_columns() -> list[float]:
    return [7 * MM, TEXT - 19 * MM, 12 * MM]


def _lines(contents: Contents) -> Iterator[Row]:
    """Set a line for each section, with some room before the appendices."""
    appendices = False
    for number, section in contents:
        first, appendices = section.appendix and not appendices, section.appendix
        cells = [
            Cell([paragraph(number, style=_NUMBER)]),
            Cell([paragraph(section.title, style=TEXT_BODY)]),
            Cell([PageOf(section.key, BODY, TEXT_BODY.leading)]),
        ]
        yield Row(cells, rule=0, above=9 if first else 0.8, below=0.8)


def _row(body: Sequence[Flowable]) -> Flowable:
    return Grid([COLUMN, TEXT], [Row([Cell(), Cell(body)], rule=0, above=0, below=0)], gap=GUTTER)
