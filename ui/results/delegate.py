"""How a cell of the heat map is painted: level by colour, shape and word, what is open as a hatched edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.results.model import CELL, OVERALL, Cell, Index, Placed
from ui.theme import BODY, SMALL, SPACE, TITLE, theme
from ui.widgets.level import level_shape

if TYPE_CHECKING:
    from app.analysis.overview import Standing
    from ui.theme import Palette

HEIGHT: Final = 84
GUTTER: Final = 2
APART: Final = 14  # px; how far the overall column stands off

_NARROW = 126  # px; below, words are smaller and nearer to the edge
_SHAPE = 15.0
_EDGE = 10.0  # px; width of the hatched edge of a level that could still rise
_BAR = 3.0
_LINES = 2  # said below a level's word
_SMALL_SHAPE = 10.0


def tile(rect: QRectF, cell: Placed) -> QRectF:
    """Give the painted part of a cell."""
    left = APART if cell.place[1] == OVERALL else GUTTER
    return rect.adjusted(left, 0, 0, -GUTTER)


def ground(palette: Palette, rank: int | None, of: int) -> QColor:
    """Give the colour a level stands on; not rated stands on that of things that stand back."""
    return QColor(palette.sunken if rank is None else palette.level_fill(rank, of))


def ink(palette: Palette, rank: int | None, of: int) -> QColor:
    """Give the colour of words and shapes on `ground`."""
    return QColor(palette.text_muted if rank is None else palette.level_ink(rank, of))


def beside(cell: Cell) -> list[str]:
    """List what is said below a level's word, the team's level first; there is room for two lines.

    What holds a case back is said where it is: on that principle's level.
    """
    team = cell.standing.team
    lines = (team.brief if team else "", cell.standing.at_most, "limits the case" if cell.limits else "")
    return [line for line in lines if line][:_LINES]


class CellDelegate(QStyledItemDelegate):
    """Paints one level: shape and word, what is said beside it, and how much of it is known as a bar."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As high as a level, two lines beside it and a bar."""
        return QSize(132, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell: Cell = index.data(CELL)
        where = tile(QRectF(option.rect), cell)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground(theme().palette, cell.standing.rank, cell.of))
        painter.drawRoundedRect(where, 3, 3)
        self._paint_edge(painter, where, cell)
        painter.setPen(ink(theme().palette, cell.standing.rank, cell.of))
        self._paint_words(painter, where, cell)
        if cell.standing.rank is not None:
            self._paint_coverage(painter, where, cell.standing)
        self._paint_state(painter, where, option)
        painter.restore()

    def _paint_edge(self, painter: QPainter, where: QRectF, cell: Cell) -> None:
        """Hatch the right edge in the colour the level could still rise to."""
        if not cell.standing.certain:
            paint_open_edge(painter, QRectF(where.right() - _EDGE, where.top(), _EDGE, where.height()), cell)

    def _paint_words(self, painter: QPainter, where: QRectF, cell: Cell) -> None:
        shown = cell.standing
        pen = painter.pen()
        pad = _pad(where)
        inner = where.adjusted(pad, SPACE[1], -pad if shown.certain else -_EDGE - 4, 0)
        shape = QRectF(inner.left(), inner.top() + 4, _SHAPE, _SHAPE)
        level_shape(painter, shape, shown.rank, cell.of, pen.color())
        painter.setFont(theme().font(BODY if where.width() < _NARROW else TITLE, "semibold"))
        word = inner.adjusted(_SHAPE + SPACE[1], 0, 0, 0)
        word.setHeight(_SHAPE + 8)
        painter.drawText(word, _flags(Qt.AlignmentFlag.AlignVCenter), _elided(painter, shown.name, word.width()))
        painter.setFont(theme().font(SMALL))
        notes = inner.adjusted(0, _SHAPE + 10, 0, 0)
        notes.setHeight(16)
        for place, line in enumerate(beside(cell)):
            room = QRectF(notes)
            if place == 0 and shown.team is not None and not shown.team.lapsed:
                mark = QRectF(notes.left(), notes.top() + 3, _SMALL_SHAPE, _SMALL_SHAPE)
                level_shape(painter, mark, shown.team.rank, cell.of, pen.color())
                room.setLeft(mark.right() + SPACE[0])
            painter.drawText(room, _flags(), _elided(painter, line, room.width()))
            notes.translate(0, 15)

    def _paint_coverage(self, painter: QPainter, where: QRectF, shown: Standing) -> None:
        """Draw a bar as long as the share known, its number beside it while something is open."""
        colour = painter.pen().color()
        pad = _pad(where)
        right = where.right() - (pad if shown.certain else _EDGE + SPACE[1])
        if shown.coverage < 1:
            painter.setFont(theme().font(SMALL))
            words = shown.known.removesuffix(" known")
            wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 1
            line = QRectF(right - wide, where.bottom() - 17, wide, 14)
            painter.drawText(line, _flags(Qt.AlignmentFlag.AlignVCenter), words)
            right -= wide + SPACE[1]
        paint_bar(
            painter,
            QRectF(where.left() + pad, where.bottom() - 11, right - where.left() - pad, _BAR),
            shown.coverage,
            colour,
        )

    def _paint_state(self, painter: QPainter, where: QRectF, option: QStyleOptionViewItem) -> None:
        """Draw a ring around the current cell, and a fainter one around the cell pointed at."""
        state, palette = option.state, theme().palette
        if state & QStyle.StateFlag.State_Selected:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            _ring(painter, where, QColor(palette.focus if focused else palette.text_muted), 2.0, 1.0)
            _ring(painter, where, QColor(palette.surface), 1.0, 2.5)
        elif state & QStyle.StateFlag.State_MouseOver:
            _ring(painter, where, QColor(palette.focus), 1.0, 0.5)


def paint_open_edge(painter: QPainter, where: QRectF, cell: Cell) -> None:
    """Paint the edge that says a level could still rise, in the colour of the level it could rise to."""
    palette = theme().palette
    ceiling = cell.standing.ceiling
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground(palette, ceiling, cell.of))
    painter.drawRect(where)
    hatch = ink(palette, ceiling, cell.of)
    hatch.setAlpha(140)
    painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    painter.drawRect(where)
    painter.restore()


def paint_bar(painter: QPainter, where: QRectF, share: float, colour: QColor) -> None:
    """Paint a bar filled to a share (0..1), the rest of it faint."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    faint = QColor(colour)
    faint.setAlpha(60)
    painter.setBrush(faint)
    painter.drawRoundedRect(where, _BAR / 2, _BAR / 2)
    if share > 0:
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(where.left(), where.top(), where.width() * share, where.height()), 1.5, 1.5)
    painter.restore()


def _pad(where: QRectF) -> int:
    return SPACE[1] if where.width() < _NARROW else SPACE[2]


def _ring(painter: QPainter, where: QRectF, colour: QColor, width: float, inset: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width))
    painter.drawRoundedRect(where.adjusted(inset, inset, -inset, -inset), 3, 3)


def _elided(painter: QPainter, text: str, width: float) -> str:
    return QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


def _flags(*flags: Qt.AlignmentFlag | Qt.TextFlag) -> int:
    return int(Qt.AlignmentFlag.AlignLeft) | sum(int(flag) for flag in flags)
