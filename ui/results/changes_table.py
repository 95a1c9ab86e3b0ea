"""Levels then and now: cases by principles, what became of each as a sign and a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.analysis.standing import Change
from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.results.changes_model import STILL, ChangeCell, ChangesModel
from ui.results.delegate import GUTTER, HEIGHT, NARROW, SHAPE, CellDelegate, pad_of, tile
from ui.results.heat_map import HeatMap
from ui.theme import BODY, SMALL, SPACE, TITLE
from ui.widgets.level import level_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from app.analysis.compare import Comparison
    from app.rubric.structure import Rubric
    from ui.results.model import Cell
    from ui.theme.fonts import Weight

_SMALL_SHAPE: Final = 11.0


class ChangesTable(HeatMap):
    """Cases by principles, then and now; `moved` tells which cell is current."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changes = self.levels = ChangesModel(self)
        self.setModel(self.changes)
        self.setItemDelegate(ChangeDelegate(self))
        self.selectionModel().currentChanged.connect(self._moved)
        self.setAccessibleName("Levels then and now by case and principle")
        self.setAccessibleDescription("Arrow keys move between levels; Enter goes to the answers that changed.")

    def show_comparison(self, rubric: Rubric, found: Comparison) -> None:
        """Show a comparison; the current cell stays current while its case and principle are there."""
        self.changes.show_comparison(rubric, found)
        self._shown()

    def _height_of(self, cell: Cell, width: float) -> int:
        return _height(cell, width) if isinstance(cell, ChangeCell) else super()._height_of(cell, width)


class _Line(NamedTuple):
    """Words of a cell, broken into lines beside a sign that takes `side` px; no sign where that is 0."""

    lines: tuple[str, ...]
    size: int
    weight: Weight
    side: float

    @property
    def height(self) -> float:
        return len(self.lines) * line_height(self.size, self.weight)


def _inner(where: QRectF) -> QRectF:
    pad = pad_of(where)
    return where.adjusted(pad, SPACE[1], -pad, -SPACE[1])


def _words(cell: ChangeCell, room: float) -> Iterator[_Line]:
    """Give what a cell says from above: the level then, the level now and at most, what became of it."""
    side = _SMALL_SHAPE + 5 if cell.then_rank is not None else 0.0
    then = _fitting(room - side, f"{cell.then} \N{RIGHTWARDS ARROW}", cell.then)
    yield _Line(wrapped(then, SMALL, "regular", round(room - side), 4), SMALL, "regular", side)
    shown = cell.standing
    side = SHAPE + 5 if shown.rank is not None else 0.0
    large = room >= NARROW - 2 * SPACE[1] and text_width(shown.name, TITLE, "semibold") <= room - side
    size = TITLE if large else BODY
    yield _Line(wrapped(shown.name, size, "semibold", round(room - side), 3), size, "semibold", side)
    at_most = wrapped(shown.at_most, SMALL, "regular", round(room), 3) if shown.at_most else ()
    yield _Line(at_most, SMALL, "regular", 0.0)


def _remark(cell: ChangeCell, room: float) -> _Line:
    side = _SMALL_SHAPE + 5
    weight: Weight = "regular" if cell.change in STILL else "semibold"
    words = _fitting(room - side, *cell.remarks, weight=weight)
    return _Line(wrapped(words, SMALL, weight, round(room - side), 2), SMALL, weight, side)


def _fitting(room: float, *words: str, weight: Weight = "regular") -> str:
    """Choose the first words that fit on a line, the last where none do."""
    return next((each for each in words if text_width(each, SMALL, weight) <= room), words[-1])


def _height(cell: ChangeCell, width: float) -> int:
    """How high a cell must be at a width so that nothing in it is left out."""
    room = _inner(tile(QRectF(0, 0, width, 0), cell)).width()
    lines = [*_words(cell, room), _remark(cell, room)]
    return max(HEIGHT, round(sum(each.height for each in lines) + 2 * SPACE[1] + SPACE[0] + GUTTER))


class ChangeDelegate(CellDelegate):
    """Paints a level as it was, as it is, and what became of it, on the colour of the level it is."""

    def _paint_cell(self, painter: QPainter, where: QRectF, cell: Cell) -> None:
        if isinstance(cell, ChangeCell):
            _paint_change(painter, _inner(where), cell)


def _paint_change(painter: QPainter, inner: QRectF, cell: ChangeCell) -> None:
    colour, top = painter.pen().color(), inner.top()
    ranks = (cell.then_rank, cell.standing.rank, None)
    for rank, words in zip(ranks, _words(cell, inner.width()), strict=True):
        if words.side:
            level_shape(painter, _sign(inner.left(), top, words), rank, cell.of, colour)
        top = _paint(painter, inner.left(), top, words)
    remark = _remark(cell, inner.width())
    top = inner.bottom() - remark.height
    change_shape(painter, _sign(inner.left(), top, remark), cell.change, colour)
    _paint(painter, inner.left(), top, remark)


def _sign(left: float, top: float, words: _Line) -> QRectF:
    """Give the place of a sign beside the first line of words."""
    side = words.side - 5
    return QRectF(left, top + (line_height(words.size, words.weight) - side) / 2, side, side)


def _paint(painter: QPainter, left: float, top: float, words: _Line) -> float:
    paint_lines(painter, words.lines, left + words.side, top, words.size, words.weight)
    return top + words.height


def change_shape(painter: QPainter, where: QRectF, change: Change, colour: QColor) -> None:
    """Paint what became of something: triangles for what rose or fell, diamonds for known and uncertain, + for new."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.5))
    box = where.adjusted(1.5, 1.5, -1.5, -1.5)
    corners = _CORNERS.get(change)
    if corners:
        painter.setBrush(colour if change is not Change.UNKNOWN else Qt.BrushStyle.NoBrush)
        points = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in corners]
        painter.drawPolygon(QPolygonF(points))
    for x, y, to_x, to_y in _STROKES.get(change, ()):
        start = QPointF(box.left() + x * box.width(), box.top() + y * box.height())
        painter.drawLine(start, QPointF(box.left() + to_x * box.width(), box.top() + to_y * box.height()))
    painter.restore()


_DIAMOND: Final = ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))
_CORNERS: Final = {
    Change.ROSE: ((0.5, 0.05), (1.0, 0.95), (0.0, 0.95)),
    Change.FELL: ((0.5, 0.95), (1.0, 0.05), (0.0, 0.05)),
    Change.KNOWN: _DIAMOND,
    Change.UNKNOWN: _DIAMOND,
}
_ACROSS: Final = (0.0, 0.5, 1.0, 0.5)
_STROKES: Final = {
    Change.NEW: (_ACROSS, (0.5, 0.0, 0.5, 1.0)),
    Change.GONE: (_ACROSS,),
    Change.SAME: ((0.0, 0.3, 1.0, 0.3), (0.0, 0.7, 1.0, 0.7)),
    Change.OTHER: ((0.0, 0.3, 1.0, 0.3), (0.0, 0.7, 1.0, 0.7), (0.2, 1.0, 0.8, 0.0)),
}
"""Signs as corners or strokes in a square, from 0 to 1, x to the right and y down."""
