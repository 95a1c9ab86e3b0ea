"""Bars of counted things: one stretch for each kind, told apart by hatching and number, not by colour alone."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from app.report.fonts import CAPITALS, Face, register, width_of
from app.report.influences import Block
from app.report.marks import Marked
from app.report.pdf import Canvas, Flowable
from app.report.style import ACCENT, BLACK, INK, SMALL, TEXT_NOTE, WHITE, Colour, pdf_colour, text_on
from app.report.text import note, of_drawing, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.report.marks import Mark

_HIGH: Final = 9.0
_ROOM: Final = 11.2  # height a bar takes: its own and some air
_SIZE: Final = 6.8
_INSIDE: Final = 3.0  # room that a number needs beside itself


class Fill(Enum):
    """How a stretch is filled; dotted is what is open."""

    SOLID = "solid"
    HATCHED = "hatched"
    EMPTY = "empty"
    DOTTED = "dotted"


class Stretch(NamedTuple):
    """So many of one kind; `colour` is the line's, and the ground's of a solid one."""

    label: str
    number: int
    fill: Fill = Fill.SOLID
    colour: Colour = ACCENT

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw with the left edge at x, centred on y."""
        if self.fill is Fill.HATCHED:
            Block(strong=False, colour=self.colour, width=width).draw(canvas, x, y)
            return
        canvas.setStrokeColor(pdf_colour(ACCENT if self.fill is Fill.SOLID else self.colour))
        canvas.setFillColor(pdf_colour(self.colour if self.fill is Fill.SOLID else WHITE))
        canvas.setLineWidth(0.6)
        if self.fill is Fill.DOTTED:
            canvas.setDash(1, 1.4)
        canvas.rect(x, y - _HIGH / 2, width, _HIGH, stroke=1, fill=1)
        canvas.setDash()


class Bar(Flowable):
    """Stretches in a row, as long as their number against `most`; `table()` gives the same in words.

    `numbered` are those that bear their numbers, `beside` those whose numbers stand in words beside them, too.
    """

    def __init__(self, stretches: Sequence[Stretch], most: int, *, numbered: bool = True, beside: bool = False) -> None:
        super().__init__()
        self.stretches = [each for each in stretches if each.number]
        self.all = tuple(stretches)
        self.most = max(most, 1)
        self.numbered = numbered
        self.beside = beside
        self.spaceBefore = self.spaceAfter = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take all the width."""
        self.width, self.height = width, _ROOM
        return self.width, self.height

    def table(self) -> tuple[tuple[str, ...], ...]:
        """Lay the numbers out as rows of words, the first being the head."""
        return (tuple(each.label for each in self.all), tuple(str(each.number) for each in self.all))

    def draw(self) -> None:
        """Draw the stretches, each with its number where there is room for it."""
        x, y, unit = 0.0, self.height - SMALL * (1 - CAPITALS / 2), (self.width - 1) / self.most
        for each in self.stretches:
            each.draw(self.canv, x, y, each.number * unit)
            if self.numbered:
                self._draw_number(each, x + each.number * unit / 2, y, each.number * unit)
            x += each.number * unit

    def _draw_number(self, stretch: Stretch, middle: float, y: float, room: float) -> None:
        register()
        text = str(stretch.number)
        wide = width_of(text, Face.MEDIUM, _SIZE)
        if wide + _INSIDE > room:
            return
        solid = stretch.fill is Fill.SOLID
        if stretch.fill is Fill.HATCHED:
            self.canv.setFillColor(pdf_colour(WHITE))
            self.canv.rect(middle - wide / 2 - 1, y - _HIGH / 2 + 1, wide + 2, _HIGH - 2, stroke=0, fill=1)
        self.canv.setFillColor(pdf_colour(text_on(stretch.colour) if solid else BLACK))
        self.canv.setFont(Face.MEDIUM.value, _SIZE)
        self.canv.drawCentredString(middle, y - _SIZE * CAPITALS / 2, text)
        note(self.canv, text)


class _Sample:
    """A bit of a stretch, for a legend."""

    width = 12.0

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        self.stretch.draw(canvas, x, y, self.width)


def sample(stretch: Stretch) -> Flowable:
    """Set a bit of a stretch before its name, for a legend."""
    mark: Mark = _Sample(stretch)
    return of_drawing(Marked(mark, paragraph(stretch.label, style=TEXT_NOTE), size=SMALL))


def share_bar(label: str, number: int, of: int) -> Bar:
    """Make a bar of one kind against all there are: what is left of them stays empty."""
    return Bar([Stretch(label, number), Stretch("other", of - number, Fill.EMPTY, INK)], of, numbered=False)
