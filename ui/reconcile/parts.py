"""Where the parts of lines side by side are: three columns on one grid, and the spots in the middle one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF

from app.actions.reconcile import How
from ui.notebook.wrapping import line_height, text_width
from ui.reconcile.words import height_of
from ui.theme import BODY, MEASURE, SMALL, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QPointF

    from ui.reconcile.rows import LineRow, Side

PAD: Final = 9.0
TIME: Final = 34.0
SIGN: Final = 16.0
SPOT_HIGH: Final = 22.0
NOTES: Final = "notes"  # the spot that leads to the line in the notes
SPOTS: Final = {
    str(How.LEFT): "Left",
    str(How.BOTH): "Both",
    str(How.RIGHT): "Right",
    str(How.EDIT): "Edit",
    str(How.NEITHER): "Out",
    NOTES: "",
}
_META: Final = TIME + SPACE[0] + SIGN + SPACE[0]
_GAP: Final = float(SPACE[4])  # between columns
_LEAST: Final = 150.0  # of words that have their time beside them; narrower, it stands above
_SPOT_PAD, _SPOT_GAP, _ICON = 6.0, 2.0, 24.0


@dataclass(frozen=True)
class Columns:
    """Where the three columns of words begin, and how wide they are; `beside` says that times stand beside words."""

    left: float
    middle: float
    right: float
    width: int
    beside: bool

    @property
    def sheet(self) -> tuple[float, float]:
        """Where the ground of the agreed notes begins and ends."""
        return self.middle - _GAP / 2, self.middle + self.width + _GAP / 2


@dataclass(frozen=True)
class Parts:
    """The places of a row's parts, in the viewport; `editor` is empty where the agreed words are not being edited."""

    left: QRectF
    right: QRectF
    agreed: tuple[QRectF, ...]
    foot: QRectF
    editor: QRectF
    spots: tuple[tuple[str, QRectF], ...]

    def at(self, point: QPointF) -> str:
        """Name the spot under a point, "" for none."""
        return next((name for name, where in self.spots if where.contains(point)), "")


def columns_of(width: float) -> Columns:
    """Share a width out among the columns: words get the same room in all three, and never beyond the measure."""
    room = width - 2 * SPACE[3] - 2 * _GAP
    each = (room - 2 * _META) / 3
    beside = each >= _LEAST
    each = min(each if beside else room / 3, MEASURE)
    meta = _META if beside else 0.0
    left = SPACE[3] + meta
    middle = left + each + _GAP
    return Columns(left, middle, middle + each + _GAP + meta, int(each), beside)


def parts_of(row: LineRow, where: QRectF, columns: Columns, editor: float = 0.0, *, spots: bool = True) -> Parts:
    """Lay out a row; `editor` is the height of the open editor, 0 where it is closed."""
    top = where.top() + PAD
    left, right = (
        QRectF(where.left() + x, top + _above(side, columns), columns.width, _side_height(side, columns))
        for x, side in ((columns.left, row.left), (columns.right, row.right))
    )
    middle = where.left() + columns.middle
    if editor:
        caption = QRectF(middle, top, columns.width, line_height(SMALL))
        return Parts(left, right, (), caption, QRectF(middle - 6, caption.bottom() + 2, columns.width + 6, editor), ())
    agreed = tuple(_stacked(row, middle, top, columns.width))
    level = (SPOT_HIGH - line_height(BODY)) / 2 if spots else 0.0  # so that spots stand on one line with words beside
    down = agreed[-1].bottom() + SPACE[0] if agreed else top - level
    foot = QRectF(middle, down, columns.width, _foot_height(columns.width, spots=spots))
    return Parts(left, right, agreed, foot, QRectF(), tuple(_spots(row, foot)) if spots else ())


def row_height(row: LineRow, columns: Columns, editor: float = 0.0, *, spots: bool = True) -> int:
    """Measure a row: as high as its words need."""
    parts = parts_of(row, QRectF(), columns, editor, spots=spots)
    signs = max((len(side.signs) for side in (row.left, row.right) if side), default=0) if columns.beside else 0
    lowest = max(
        parts.left.bottom(), parts.right.bottom(), parts.foot.bottom(), parts.editor.bottom(), PAD + signs * SIGN
    )
    return round(lowest + PAD)


def _above(side: Side | None, columns: Columns) -> float:
    """How much room what stands above a line's words takes: its speaker, and its time where that has no column."""
    if side is None:
        return 0.0
    told = side.speaker or (not columns.beside and (side.time or side.signs))
    return line_height(SMALL) if told else 0.0


def _side_height(side: Side | None, columns: Columns) -> float:
    return height_of(side.text, columns.width, slanted=side.slanted) if side else 0.0


def _stacked(row: LineRow, left: float, top: float, width: int) -> Iterator[QRectF]:
    for line in row.agreed:
        high = height_of(line.text, width, slanted=line.slanted)
        yield QRectF(left, top, width, high)
        top += high + SPACE[0]


def _foot_height(width: int, *, spots: bool) -> float:
    if not spots:
        return line_height(SMALL)
    return SPOT_HIGH + max(top for _name, (_left, top, _wide) in _flow(width))


def _flow(width: int) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Put the spots one after the other, on as many lines as they need; each has its place in every row."""
    left = top = 0.0
    for name, words in SPOTS.items():
        wide = text_width(words, SMALL, "medium") + 2 * _SPOT_PAD if words else _ICON
        if left and left + wide > width:
            left, top = 0.0, top + SPOT_HIGH
        yield name, (left, top, wide)
        left += wide + _SPOT_GAP


def _spots(row: LineRow, foot: QRectF) -> Iterator[tuple[str, QRectF]]:
    """List the spots that do something; words of the first stand flush with the agreed ones."""
    for name, (left, top, wide) in _flow(int(foot.width())):
        if row.agreed if name == NOTES else row.offers(How(name)):
            yield name, QRectF(foot.left() - _SPOT_PAD + left, foot.top() + top, wide, SPOT_HIGH)
