"""Paper and pen: the size of a sheet, where its columns stand, and the strokes that forms are drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.report.fonts import CAPITALS, Face, shortened, width_of
from app.report.style import GREY, INK, MM, Colour, Style, pdf_colour
from app.report.text import line, note, paragraph
from app.report.wording import cut

if TYPE_CHECKING:
    from app.report.pdf import Canvas, Flowable

SIDE: Final = 18 * MM
HEAD: Final = 24 * MM
FOOT: Final = 19 * MM
HEAD_LINE: Final = 14 * MM
FOOT_LINE: Final = 11 * MM

# From the left margin: numbers of lines end, times begin and end, writing begins. Everything set stands on these.
NUMBERS: Final = 6 * MM
TIMES: Final = 8 * MM
TIMES_END: Final = 22 * MM
WRITING: Final = 25 * MM

WRITTEN: Final = Colour.of("#8b9199")
"""Lines to write on: light beside ink, and still a line on a printer that knows no grey."""

TINY: Final = 6.8
SMALL: Final = 8.0
PLAIN: Final = 11.0
TEXT: Final = Style(PLAIN, 14.6)
TEXT_STRONG: Final = Style(PLAIN, 14.6, Face.SEMIBOLD)
FINE: Final = Style(SMALL, 10.6, colour=GREY)
TITLE: Final = Style(18, 22, Face.SEMIBOLD)

BOX: Final = 3.6 * MM
LONGEST: Final = 240
"""Characters of a prefilled text; the whole of it stands in the study."""


class PageSize(StrEnum):
    """The papers there are."""

    A4 = "a4"
    LETTER = "letter"


_SIZES: Final = {PageSize.A4: (210 * MM, 297 * MM), PageSize.LETTER: (612.0, 792.0)}


@dataclass(frozen=True)
class Paper:
    """A size of paper, with the room between its margins; in points."""

    size: PageSize

    @property
    def width(self) -> float:
        """From edge to edge."""
        return _SIZES[self.size][0]

    @property
    def height(self) -> float:
        """From edge to edge."""
        return _SIZES[self.size][1]

    @property
    def across(self) -> float:
        """Between the margins."""
        return self.width - 2 * SIDE

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.width - SIDE

    @property
    def top(self) -> float:
        """The height that what is set begins at."""
        return self.height - HEAD

    @property
    def room(self) -> float:
        """Between the head and the foot."""
        return self.height - HEAD - FOOT


class Pen:
    """Draws on the page of a canvas; all places are points from the lower left corner."""

    def __init__(self, canvas: Canvas, paper: Paper) -> None:
        self.canvas = canvas
        self.paper = paper

    def text(self, x: float, y: float, text: str, style: Style = TEXT) -> None:
        """Set one line from x on, on a baseline."""
        self._ready(style, text)
        self.canvas.drawString(x, y, text)

    def text_before(self, x: float, y: float, text: str, style: Style = TEXT) -> None:
        """Set one line that ends at x."""
        self._ready(style, text)
        self.canvas.drawRightString(x, y, text)

    def text_around(self, x: float, y: float, text: str, style: Style = TEXT) -> None:
        """Set one line, centred on x."""
        self._ready(style, text)
        self.canvas.drawCentredString(x, y, text)

    def fitted(self, x: float, y: float, text: str, style: Style, room: float) -> None:
        """Set one line in a room, cut at its end where it is too long."""
        self.text(x, y, shortened(text, style.face, style.size, room), style)

    def set(self, words: Flowable, x: float, top: float) -> None:
        """Set a measured paragraph, from a top downwards."""
        words.drawOn(self.canvas, x, top - words.height)

    def across(self, y: float, left: float, right: float, weight: float = 0.4, colour: Colour = WRITTEN) -> None:
        """Draw a line across."""
        self._stroke(weight, colour)
        self.canvas.line(left, y, right, y)

    def down(self, x: float, top: float, bottom: float, weight: float = 0.4, colour: Colour = WRITTEN) -> None:
        """Draw a line down."""
        self._stroke(weight, colour)
        self.canvas.line(x, top, x, bottom)

    def box(self, x: float, y: float, width: float = BOX, height: float = BOX, *, crossed: bool = False) -> None:
        """Draw a box to cross, from its lower left corner."""
        self._stroke(0.6, INK)
        self.canvas.rect(x, y, width, height, stroke=1, fill=0)
        if crossed:
            self.canvas.line(x + 1.6, y + 1.6, x + width - 1.6, y + height - 1.6)
            self.canvas.line(x + 1.6, y + height - 1.6, x + width - 1.6, y + 1.6)

    def option(self, right: float, y: float, word: str, style: Style = FINE, *, crossed: bool = False) -> float:
        """Set a box and its word so that they end at `right`, on a baseline; gives where they begin."""
        left = right - width_of(word, style.face, style.size)
        self.text(left, y, word, style)
        left -= BOX + 1.2 * MM
        self.box(left, y + style.size * CAPITALS / 2 - BOX / 2, crossed=crossed)
        return left

    def _ready(self, style: Style, text: str) -> None:
        note(self.canvas, text)
        self.canvas.setFont(style.face.value, style.size)
        self.canvas.setFillColor(pdf_colour(style.colour))

    def _stroke(self, weight: float, colour: Colour) -> None:
        self.canvas.setStrokeColor(pdf_colour(colour))
        self.canvas.setLineWidth(weight)


def one_line(text: str, longest: int = LONGEST) -> str:
    """Give a user's text as one line, cut where it is of absurd length."""
    return cut(line(text), longest)


def measured(text: str, width: float, style: Style = TEXT, *, longest: int = LONGEST) -> Flowable:
    """Set a user's text as a paragraph of a width, its height known; line ends in it become spaces."""
    words = paragraph(one_line(text, longest), style=style)
    words.wrap(width, 10_000)
    return words
