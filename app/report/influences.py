"""The figure of factors: facilitating on one side, inhibiting on the other, as wide as cases show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.analysis.factors import NOT_JUDGED, ORGANISATION, STRENGTHS, STRONG, cases_in
from app.model.assessment import Strength
from app.report.fonts import CAPITALS, Face, register
from app.report.grid import Cell, Grid, Row, Stack, shares
from app.report.marks import Marked, StrengthMark
from app.report.pdf import Canvas, Flowable
from app.report.style import (
    ACCENT,
    GREY,
    INK,
    LINE,
    SMALL,
    TEXT_LABEL,
    TEXT_NOTE,
    TEXT_SMALL,
    WASH,
    WHITE,
    WIDTH,
    Colour,
    pdf_colour,
)
from app.report.text import note, of_drawing, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.factors import Bar, Figure, Segment

_HIGH: Final = 9.0  # of a block
_NUMBER: Final = 13.0  # room for the number beside a bar
_WIDEST: Final = 22.0  # of one case
_STRIPES: Final = 2.6  # between the lines of a hatching
_LEAST: Final = 17.0  # of a row
_PAD: Final = 6.0
_ASIDE: Final = 4.0  # of the organisation's words from the edge of its tint
_APART: Final = 0.9  # of a block from the one before
_SIDES: Final = {Strength.STRONGLY_INHIBITS: "Inhibits", Strength.STRONGLY_FACILITATES: "Facilitates"}


@dataclass(frozen=True)
class Block:
    """One case of a bar: filled where the factor works strongly, hatched where it works somewhat."""

    strong: bool
    colour: Colour
    width: float = 12.0

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw with the left edge at x, centred on y."""
        low = y - _HIGH / 2
        canvas.setFillColor(pdf_colour(self.colour if self.strong else WHITE))
        canvas.setStrokeColor(pdf_colour(self.colour))
        canvas.setLineWidth(0.6)
        canvas.rect(x, low, self.width, _HIGH, stroke=1, fill=1)
        if not self.strong:
            self._hatch(canvas, x, low)

    def _hatch(self, canvas: Canvas, x: float, low: float) -> None:
        """Draw strokes that rise to the right, cut off at the edges."""
        start = _STRIPES - _HIGH
        while start < self.width:
            left, right = max(start, 0.0), min(start + _HIGH, self.width)
            canvas.line(x + left, low + left - start, x + right, low + right - start)
            start += _STRIPES


class Sides(Flowable):
    """Both sides of one bar about the axis; `most` cases fill a side."""

    def __init__(self, bar: Bar, most: int, height: float) -> None:
        super().__init__()
        self.bar = bar
        self.most = most
        self.height = height
        self.spaceBefore = self.spaceAfter = 0.0

    @property
    def said(self) -> str:
        """What the blocks show, in words: "strongly inhibits 2, somewhat facilitates 1"."""
        return ", ".join(segment.words for segment in (*self.bar.inhibiting, *self.bar.facilitating))

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take all the width."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw the axis, and on each side a block for each case, with their number."""
        middle, y = self.width / 2, self.height / 2
        unit = min((middle - _NUMBER) / self.most, _WIDEST)
        self._draw_side(self.bar.inhibiting, middle, y, -unit)
        self._draw_side(self.bar.facilitating, middle, y, unit)
        self.canv.setStrokeColor(pdf_colour(INK))
        self.canv.setLineWidth(LINE)
        self.canv.line(middle, 0, middle, self.height)

    def _draw_side(self, segments: Sequence[Segment], middle: float, y: float, unit: float) -> None:
        """Draw blocks away from the axis; `unit` is the width of one, below 0 to the left."""
        at, colour = middle, ACCENT if unit > 0 else INK
        for segment in segments:
            block = Block(segment.strength in STRONG, colour, max(abs(unit) - 1.8, abs(unit) / 2))
            for _case in segment.cases:
                block.draw(self.canv, at + _APART if unit > 0 else at - _APART - block.width, y)
                at += unit
        if segments:
            self._draw_number(cases_in(segments), at, y, leftwards=unit < 0)

    def _draw_number(self, number: int, at: float, y: float, *, leftwards: bool) -> None:
        register()
        self.canv.setFont(Face.MEDIUM.value, SMALL)
        self.canv.setFillColor(pdf_colour(INK))
        draw = self.canv.drawRightString if leftwards else self.canv.drawString
        draw(at - 3 if leftwards else at + 3, y - SMALL * CAPITALS / 2, str(number))
        note(self.canv, str(number))


def figure_grid(drawn: Figure) -> Grid:
    """Set the figure as rows: the factor, its bar, what is neither, and the organisation visibly apart."""
    columns = shares(WIDTH, 1.3, 1.6, 0.9, 0.75)
    rows = [_row(bar, drawn.most, columns) for bar in drawn.bars]
    return Grid(columns, rows, head=[_head(columns)], gap=9.0, closed=True)


def figure_legend() -> Grid:
    """Say what the blocks mean."""
    marks = {"strongly": Block(strong=True, colour=GREY), "somewhat": Block(strong=False, colour=GREY)}
    cells = [Cell([paragraph("Each block is a case:", style=TEXT_NOTE)])]
    cells += [Cell([Marked(mark, paragraph(words, style=TEXT_NOTE), size=SMALL)]) for words, mark in marks.items()]
    return of_drawing(Grid([86.0, 58.0, 70.0], [Row(cells, rule=0, above=5)], gap=2))


def _head(columns: Sequence[float]) -> Row:
    sides = [
        Cell([Marked(StrengthMark(strength), paragraph(word, style=TEXT_LABEL), size=SMALL)])
        for strength, word in _SIDES.items()
    ]
    both = Grid([columns[1] / 2] * 2, [Row(sides, rule=0, above=0, below=0)])
    factor, others, organisation = (
        Cell([paragraph(word, style=TEXT_LABEL)]) for word in ("Factor", "Other cases", ORGANISATION)
    )
    cells = [factor, Cell([both]), others, replace(organisation, pad=_ASIDE)]
    return Row(cells, rule=LINE, rule_colour=INK, above=4, below=3.4)


def _row(bar: Bar, most: int, columns: Sequence[float]) -> Row:
    """Set one factor as high as its words need, so that the axis goes through."""
    name = paragraph(bar.factor.name, style=TEXT_SMALL)
    others = paragraph(bar.aside, style=TEXT_NOTE)
    organisation = strength_words(bar.organisation)
    words = ((name, columns[0]), (others, columns[2]), (organisation, columns[3] - 2 * _ASIDE))
    height = max(_LEAST, *(Stack([each], width).height + _PAD for each, width in words))
    cells = [
        Cell([name], middle=True),
        Cell([Sides(bar, most, height)]),
        Cell([others], middle=True),
        Cell([organisation], middle=True, tint=WASH, pad=_ASIDE),
    ]
    return Row(cells, above=0, below=0)


def strength_words(strength: Strength | None) -> Flowable:
    """Set a strength as sign and word; None is not judged."""
    if strength is None:
        return paragraph(NOT_JUDGED, style=TEXT_NOTE)
    return Marked(StrengthMark(strength), paragraph(STRENGTHS[strength], style=TEXT_SMALL), size=SMALL)
