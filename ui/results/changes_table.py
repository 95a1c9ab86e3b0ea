"""Levels then and now: cases by principles, what became of each as a sign and a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from app.analysis.standing import OVERALL, Change
from app.scoring.explain import points_text
from ui.results.delegate import CellDelegate, ground, ink, tile
from ui.results.heat_map import LevelGrid
from ui.results.model import CELL, Index, Place, PlacesModel
from ui.theme import BODY, SMALL, SPACE, TITLE, theme
from ui.widgets.level import level_shape

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from app.analysis.compare import ComparedCase, Comparison, Move
    from app.analysis.standing import Stand
    from app.rubric.structure import Rubric

_SHAPE: Final = 15.0
_SMALL_SHAPE: Final = 11.0
_NARROW: Final = 126  # px; below, words are smaller
_STILL: Final = (Change.SAME, Change.NEITHER)
_SHORT: Final = {
    Change.KNOWN: "known",
    Change.UNKNOWN: "uncertain",
    Change.SAME: "same",
    Change.GONE: "gone",
    Change.NEITHER: "none",
}


@dataclass(frozen=True)
class ChangeCell:
    """One level then and now; `move` is None where the rubric has no overall level."""

    place: Place
    rubric: Rubric
    move: Move | None

    @property
    def words(self) -> str:
        """What it shows, as one sentence."""
        if self.move is None:
            return "no overall level"
        then, now = (_told(self.rubric, stand) for stand in (self.move.then, self.move.now))
        return f"{then} \N{RIGHTWARDS ARROW} {now}, {self.move.change}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What became of it and whether the team set the level: in full, and shorter for where that does not fit."""
        if self.move is None:
            return ("",)
        change = self.move.change
        more = [_points(self.rubric, self.move), "set by the team" if self.move.now.overridden else ""]
        full = " \N{MIDDLE DOT} ".join(filter(None, (str(change), *more)))
        return (full, str(change), _SHORT.get(change, str(change)))


def _told(rubric: Rubric, stand: Stand) -> str:
    """Name a level with its points, and the derived one where the team set another."""
    notes = [points_text(rubric, stand.points)] if stand.assessed else []
    if stand.overridden:
        notes.append(f"set by the team, derived: {stand.derived_words(rubric)}")
    told = "; ".join(filter(None, notes))
    return f"{stand.words(rubric)} ({told})" if told else stand.words(rubric)


def _points(rubric: Rubric, move: Move) -> str:
    """Give the points where they moved though the level did not."""
    if move.change not in _STILL or move.then.points == move.now.points or move.now.points is None:
        return ""
    return points_text(rubric, move.now.points)


class ChangesModel(PlacesModel):
    """Follows a comparison."""

    def show_comparison(self, rubric: Rubric, found: Comparison) -> None:
        """Show a comparison told in terms of a rubric."""
        heads = (*((each.id, each.short) for each in rubric.principles), (OVERALL, "Overall"))
        self._show(heads, found.cases, [_row(rubric, case) for case in found.cases])

    def words(self, index: Index) -> str:
        """Give a level then and now in words."""
        cell: ChangeCell = self._rows[index.row()][index.column()]
        return cell.words


def _row(rubric: Rubric, case: ComparedCase) -> tuple[ChangeCell, ...]:
    key = case.case.key
    principles = (ChangeCell((key, move.part), rubric, move) for move in case.principles)
    return (*principles, ChangeCell((key, OVERALL), rubric, case.overall))


class ChangesTable(LevelGrid):
    """Cases by principles, then and now; `moved` tells which cell is current."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.changes = ChangesModel()
        super().__init__(self.changes, ChangeDelegate(), parent)
        for part in (self.changes, self.itemDelegate()):
            part.setParent(self)
        self.setAccessibleName("Levels then and now by case and principle")
        self.setAccessibleDescription("Arrow keys move between levels; Enter goes to the answers that changed.")

    def show_comparison(self, rubric: Rubric, found: Comparison) -> None:
        """Show a comparison; the current cell stays current while its case and principle are there."""
        self.changes.show_comparison(rubric, found)
        self.fit()


class ChangeDelegate(CellDelegate):
    """Paints a level as it was, as it is, and what became of it, on the colour of the level it is."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell: ChangeCell = index.data(CELL)
        where = tile(QRectF(option.rect), cell)
        rank = cell.move.now.low if cell.move and cell.move.now.assessed else None
        of = len(cell.rubric.levels)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground(theme().palette, rank, of))
        painter.drawRoundedRect(where, 3, 3)
        painter.setPen(ink(theme().palette, rank, of))
        pad = SPACE[1] if where.width() < _NARROW else SPACE[2]
        _paint_words(painter, where.adjusted(pad, SPACE[1], -pad, -SPACE[1]), cell, of)
        self._paint_state(painter, where, option)
        painter.restore()


def _paint_words(painter: QPainter, inner: QRectF, cell: ChangeCell, of: int) -> None:
    move = cell.move
    if move is None:
        painter.setFont(theme().font(SMALL))
        _paint_line(painter, inner, "No overall level", "None")
        return
    colour = painter.pen().color()
    then, now = move.then, move.now
    line = QRectF(inner.left(), inner.top() - 1, inner.width(), 15)
    painter.setFont(theme().font(SMALL))
    words = then.words(cell.rubric)
    _paint_level(painter, line, then, of, _SMALL_SHAPE, f"{words} \N{RIGHTWARDS ARROW}", words)
    painter.setFont(theme().font(BODY if inner.width() < _NARROW - 2 * SPACE[1] else TITLE, "semibold"))
    name = cell.rubric.levels[now.low].name if now.assessed and now.low is not None else now.words(cell.rubric)
    _paint_level(painter, line.translated(0, 18).adjusted(0, 0, 0, 6), now, of, _SHAPE, name)
    painter.setFont(theme().font(SMALL))
    if now.assessed and now.high is not None and now.high != now.low:
        _paint_line(painter, line.translated(0, 36), f"at most {cell.rubric.levels[now.high].name}")
    last = QRectF(inner.left(), inner.bottom() - 13, inner.width(), 15)
    change_shape(painter, QRectF(last.left(), last.top() + 2, _SMALL_SHAPE, _SMALL_SHAPE), move.change, colour)
    painter.setFont(theme().font(SMALL, "regular" if move.change in _STILL else "semibold"))
    _paint_line(painter, last.adjusted(_SMALL_SHAPE + 5, 0, 0, 0), *cell.remarks)


def _paint_level(painter: QPainter, line: QRectF, stand: Stand, of: int, side: float, *words: str) -> None:
    left = 0.0
    if stand.assessed:
        shape = QRectF(line.left(), line.center().y() - side / 2, side, side)
        level_shape(painter, shape, stand.low, of, painter.pen().color())
        left = side + 5
    _paint_line(painter, line.adjusted(left, 0, 0, 0), *words)


def _paint_line(painter: QPainter, line: QRectF, *words: str) -> None:
    """Paint the first words that fit, the last cut short where none do."""
    metrics = QFontMetricsF(painter.font())
    fitting = next((each for each in words if metrics.horizontalAdvance(each) <= line.width()), words[-1])
    shown = metrics.elidedText(fitting, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def change_shape(painter: QPainter, where: QRectF, change: Change, colour: QColor) -> None:
    """Paint what became of something: triangles for what rose or fell, diamonds for known and unknown, + for new."""
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
