"""Rows and columns: the one way things are put side by side, from a two-column page to a long table.

ReportLab's own table measures everything again at every page; here a row is measured once. A row moves to the next
page whole, unless it is made to flow or is too tall for that; the head is repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.report.pdf import Canvas, Flowable
from app.report.style import (
    COLUMN,
    GUTTER,
    HAIR,
    HEIGHT,
    INK,
    LINE,
    RULE,
    TEXT,
    TEXT_LABEL,
    Colour,
    Style,
    pdf_colour,
)
from app.report.text import Text, divided, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

TALL: Final = HEIGHT * 0.4
LEAST: Final = 56.0
KEPT: Final = 100.0
WHOLE: Final = HEIGHT * 0.24
"""Up to this height a table is not parted from its caption, nor in itself."""
_FUZZ: Final = 0.01


class Stack:
    """Flowables under each other in a given width, measured once."""

    def __init__(self, items: Sequence[Flowable], width: float) -> None:
        self.items = list(items)
        self.width = width
        self.places: list[float] = []
        self.height = 0.0
        below = 0.0
        for item in self.items:
            height = item.wrap(width, HEIGHT)[1]
            place = self.height + max(below, item.getSpaceBefore() if self.places else 0.0)
            self.places.append(place)
            self.height, below = place + height, item.getSpaceAfter()

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw all, from a top downwards."""
        for item, place in zip(self.items, self.places, strict=True):
            item.drawOn(canvas, x, top - place - item.height)

    def split(self, height: float) -> tuple[list[Flowable], list[Flowable]]:
        """Part what fits into a height from the rest; a heading never stays behind alone."""
        upper = [i for i, place in zip(self.items, self.places, strict=True) if place + i.height <= height + _FUZZ]
        rest = self.items[len(upper) :]
        if rest and (halves := divided(rest[0], self.width, height - self.places[len(upper)])):
            return [*upper, halves[0]], [*halves[1:], *rest[1:]]
        while upper and getattr(upper[-1], "keepWithNext", False):
            rest = [upper.pop(), *rest]
        return upper, rest


@dataclass
class Cell:
    """What stands in one cell: flowables under each other, over `span` columns, perhaps on a tint.

    `again` makes what stands there when the row goes on on the next page and nothing of the cell is left.
    """

    items: Sequence[Flowable] = ()
    span: int = 1
    tint: Colour | None = None
    middle: bool = False
    pad: float = 0.0
    again: Callable[[], Sequence[Flowable]] | None = None


@dataclass
class Row:
    """One row: its cells, the rule above it, and how it may be parted from its neighbours.

    `keep` holds it together with the row below, unless it is tall itself; `flows` lets it be split wherever the page
    ends.
    """

    cells: Sequence[Cell]
    rule: float = HAIR
    rule_colour: Colour = RULE
    above: float = 3.4
    below: float = 5.0
    tint: Colour | None = None
    keep: bool = False
    flows: bool = False
    height: float = 0.0
    stacks: list[Stack] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)

    def measure(self, columns: Sequence[float], gap: float) -> None:
        """Measure the cells for the widths of their columns, once."""
        if self.stacks:
            return
        left, column = 0.0, 0
        for cell in self.cells:
            width = sum(columns[column : column + cell.span]) + gap * (cell.span - 1)
            self.stacks.append(Stack(cell.items, width - 2 * cell.pad))
            self.lefts.append(left)
            left += width + gap
            column += cell.span
        self.height = self.above + max((stack.height for stack in self.stacks), default=0.0) + self.below

    def draw(self, canvas: Canvas, top: float, across: float) -> None:
        """Draw the row, from a top downwards."""
        if self.tint is not None:
            canvas.setFillColor(pdf_colour(self.tint))
            canvas.rect(0, top - self.height, across, self.height, stroke=0, fill=1)
        for cell, stack, left in zip(self.cells, self.stacks, self.lefts, strict=True):
            if cell.tint is not None:
                canvas.setFillColor(pdf_colour(cell.tint))
                width = stack.width + 2 * cell.pad
                canvas.rect(left, top - self.height + 1, width, self.height - 2, stroke=0, fill=1)
            spare = self.height - self.above - self.below - stack.height
            stack.draw(canvas, left + cell.pad, top - self.above - (spare / 2 if cell.middle else 0))
        if self.rule:
            draw_rule(canvas, top, across, self.rule, self.rule_colour)

    def split(self, height: float) -> tuple[Row, Row] | None:
        """Split the row so that its first part fits into a height; None where a cell would stay empty."""
        parts = [stack.split(height - self.above - self.below) for stack in self.stacks]
        if any(lower and not upper for upper, lower in parts):
            self.stacks, self.lefts = [], []  # a paragraph that refuses to be split forgets its lines
            return None
        lower = [
            cell.again() if cell.again and not rest else rest for cell, (_, rest) in zip(self.cells, parts, strict=True)
        ]
        return self._with([upper for upper, _ in parts]), replace(self._with(lower), rule=0.0)

    def _with(self, contents: Sequence[Sequence[Flowable]]) -> Row:
        cells = [replace(cell, items=items) for cell, items in zip(self.cells, contents, strict=True)]
        return replace(self, cells=cells, stacks=[], lefts=[], height=0.0)


class Grid(Flowable):
    """Rows in columns of given widths; the head's rows are repeated on every page.

    `number` and `title` are those of its caption, for what is not a PDF; 0 and "" where it has none.
    """

    number: int = 0
    title: str = ""

    def __init__(
        self,
        columns: Sequence[float],
        rows: Sequence[Row],
        *,
        head: Sequence[Row] = (),
        gap: float = 0.0,
        closed: bool = False,
        before: float = 0.0,
        after: float = 0.0,
    ) -> None:
        super().__init__()
        self.columns = columns
        self.rows = rows
        self.head = head
        self.gap = gap
        self.closed = closed
        self.spaceBefore = before
        self.spaceAfter = after

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Measure all rows."""
        for row in (*self.head, *self.rows):
            row.measure(self.columns, self.gap)
        self.width = sum(self.columns) + self.gap * (len(self.columns) - 1)
        self.height = sum(row.height for row in (*self.head, *self.rows))
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Split between two rows, or within one that flows or is too tall to move; no row goes over alone."""
        self.wrap(width, height)
        room = height - sum(row.height for row in self.head) + _FUZZ
        fits = 0
        while fits < len(self.rows) and self.rows[fits].height <= room:
            room -= self.rows[fits].height
            fits += 1
        if fits == len(self.rows):
            return [self]
        if halves := self._part(self.rows[fits], room):
            return self._halves([*self.rows[:fits], halves[0]], [halves[1], *self.rows[fits + 1 :]])
        if fits == len(self.rows) - 1 and fits > 3 and self.rows[fits - 1].height < LEAST:
            fits -= 1
            self.rows = [*self.rows[:fits], replace(self.rows[fits], keep=True), *self.rows[fits + 1 :]]
        fits -= self._kept_before(fits)
        return self._halves(self.rows[:fits], self.rows[fits:]) if fits else []

    def _kept_before(self, place: int) -> int:
        """Count the rows that go over with the one at `place`: no more than leave room for it on any page."""
        kept, height = 0, 0.0
        while kept < place and self.rows[place - kept - 1].keep:
            height += self.rows[place - kept - 1].height
            if height >= KEPT:
                break
            kept += 1
        return kept

    def opening(self, width: float) -> float:
        """Measure the least that stands at the start: the head and the first row, with what is kept to it.

        Of low rows two, of a small table all of it.
        """
        self.wrap(width, HEIGHT)
        if self.height <= WHOLE:
            return self.height
        height, rows = sum(row.height for row in self.head), 0.0
        for row in self.rows:
            before, rows = rows, rows + min(row.height, LEAST if row.flows else TALL)
            if not row.keep and (before or rows >= LEAST):
                break
        return height + rows

    def draw(self) -> None:
        """Draw the head and the rows."""
        top = self.height
        for row in (*self.head, *self.rows):
            row.draw(self.canv, top, self.width)
            top -= row.height
        if self.closed:
            draw_rule(self.canv, 0, self.width)

    def _part(self, row: Row, room: float) -> tuple[Row, Row] | None:
        """Split a row that may be; no less than a few lines go over, where there are any to give."""
        if room < LEAST or not (row.flows or row.height > TALL):
            return None
        halves = row.split(room)
        if halves is None:
            return None
        for half in halves:
            half.measure(self.columns, self.gap)
        more = LEAST - halves[1].height
        room = min(room, halves[0].height)
        return (row.split(room - more) if 0 < more <= room - LEAST else None) or halves

    def _halves(self, upper: Sequence[Row], lower: Sequence[Row]) -> list[Flowable]:
        return [
            Grid(self.columns, rows, head=self.head, gap=self.gap, closed=self.closed, before=before, after=after)
            for rows, before, after in ((upper, self.spaceBefore, 0.0), (lower, 0.0, self.spaceAfter))
        ]


def draw_rule(canvas: Canvas, y: float, width: float, weight: float = HAIR, colour: Colour = RULE) -> None:
    """Draw a line across."""
    canvas.setStrokeColor(pdf_colour(colour))
    canvas.setLineWidth(weight)
    canvas.line(0, y, width, y)


def table(
    columns: Sequence[float],
    head: Sequence[str],
    rows: Sequence[Row],
    *,
    figures: Collection[int] = (),
    style: Style = TEXT_LABEL,
    gap: float = 9.0,
    before: float = 0.0,
    after: float = 0.0,
) -> Grid:
    """Make a table: a strong rule, the head's words, rows parted by hairlines; `figures` are columns of numbers."""
    cells = [Cell([paragraph(word, style=style)]) for word in head]
    top = Row(cells, rule=LINE, rule_colour=INK, above=4, below=3.4)
    for row in (top, *rows):
        if len(row.cells) == len(columns):
            _range(row.cells[at] for at in figures)
    return Grid(columns, rows, head=[top], gap=gap, closed=True, before=before, after=after)


def _range(cells: Iterable[Cell]) -> None:
    """Set the words of cells against the right edge."""
    for cell in cells:
        for item in cell.items:
            if isinstance(item, Text):
                item.ranged = True


def shares(width: float, *parts: float, gap: float = 9.0) -> list[float]:
    """Divide a width among columns, less the gaps between them."""
    room = width - gap * (len(parts) - 1)
    return [room * part / sum(parts) for part in parts]


def beside(
    label: Sequence[Flowable],
    body: Sequence[Flowable],
    *,
    again: Callable[[], Sequence[Flowable]] | None = None,
    rule: float = 0.0,
    before: float = 0.0,
    above: float = 0.0,
) -> Grid:
    """Put a label into the first column of the page and a text into the others; it may go over pages."""
    row = Row([Cell(label, again=again), Cell(body)], rule=rule, above=above, below=0.0, flows=True)
    return Grid([COLUMN, TEXT], [row], gap=GUTTER, before=before)
