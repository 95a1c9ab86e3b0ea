"""Ruled room: lines that are numbered through, with a column for the time, and plain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.report.fonts import Face
from app.report.paper import words
from app.report.paper.flow import ALL, PITCH, Block
from app.report.paper.head import legend
from app.report.paper.pen import NUMBERS, SIDE, TIMES, TIMES_END, TINY, WRITING
from app.report.style import GREY, INK, MM, Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.report.paper.flow import Room
    from app.report.paper.pen import Paper, Pen

GROUP: Final = Style(10, 12, Face.SEMIBOLD)
BASELINE: Final = 5.1 * MM
"""Of a group's heading, below the rule above it."""

_TINY: Final = Style(TINY, TINY, colour=GREY)
_HEADING: Final = 6 * MM
_LEAST: Final = 5


def ruled_page(paper: Paper) -> Block:
    """Make a whole page of lines, under the markers."""
    markers = legend(paper)
    least = markers.height + _HEADING
    above = markers.height + (paper.room - least) % PITCH
    below = _notes_head(numbers=True)

    def draw(pen: Pen, top: float) -> None:
        markers.draw(pen, top)
        below(pen, top - above)

    return Block(above + _HEADING, draw, numbered_lines, least=_LEAST, wish=ALL)


def rest_of_page(*, numbers: bool, optional: bool = True) -> Block:
    """Make lines that take what is left of a page; left out where that is next to nothing."""
    lines = numbered_lines if numbers else plain_lines
    head = _notes_head(numbers=numbers)
    return Block(_HEADING, head, lines, least=_LEAST, wish=ALL, before=4 * MM, optional=optional)


def columns(pen: Pen, baseline: float) -> None:
    """Name the columns of numbers and times."""
    pen.text_before(SIDE + NUMBERS, baseline, words.LINE, _TINY)
    pen.text(SIDE + TIMES, baseline, words.TIME, _TINY)


def numbered_lines(pen: Pen, room: Room) -> None:
    """Draw lines with their numbers, and the column for the time."""
    for place in range(room.lines):
        y = room.top - PITCH * (place + 1)
        pen.text_before(SIDE + NUMBERS, y, str(room.first + place), _TINY)
        pen.across(y, SIDE + TIMES, pen.paper.right)
    pen.down(SIDE + TIMES_END, room.top - 1 * MM, room.top - PITCH * room.lines)


def plain_lines(pen: Pen, room: Room) -> None:
    """Draw lines, and nothing but lines."""
    for place in range(room.lines):
        pen.across(room.top - PITCH * (place + 1), SIDE + WRITING, pen.paper.right)


def _notes_head(*, numbers: bool) -> Callable[[Pen, float], None]:
    def draw(pen: Pen, top: float) -> None:
        baseline = top - BASELINE
        pen.across(top, SIDE, pen.paper.right, 0.6, INK)
        if numbers:
            columns(pen, baseline)
        pen.text(SIDE + (WRITING if numbers else 0.0), baseline, words.NOTES, GROUP)

    return draw
