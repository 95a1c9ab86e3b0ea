"""How a cell of the grid is painted: how a factor works as sign and word, what that rests on below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.analysis.factors import FACILITATING, INHIBITING, STRONG
from ui.factors.model import PLACE, Index, beside, words_of
from ui.factors.signs import WIDTH, paint_sign
from ui.notebook.wrapping import line_height, paint_lines, wrapped
from ui.theme import SMALL, SPACE, theme
from ui.theme.icons import paint_icon

if TYPE_CHECKING:
    from app.analysis.factors import Place
    from ui.theme.fonts import Weight

HEIGHT: Final = 58
GUTTER: Final = 2
APART: Final = 14  # px; how far the cases stand off from the organisation
_PAD = SPACE[1]
_PENCIL = 12.0


def tile(rect: QRectF, place: Place) -> QRectF:
    """Give the painted part of a cell."""
    return rect.adjusted(0, 0, -GUTTER if place.case else -APART, -GUTTER)


def cell_ring(option: QStyleOptionViewItem) -> QPen | None:
    """Give the pen of a ring around the current cell, a fainter one around the cell pointed at; None for others."""
    state, palette = option.state, theme().palette
    if state & QStyle.StateFlag.State_Selected:
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        return QPen(QColor(palette.focus if focused else palette.text_muted), 2.0)
    return QPen(QColor(palette.focus), 1.0) if state & QStyle.StateFlag.State_MouseOver else None


class InfluenceDelegate(QStyledItemDelegate):
    """Paints one cell: sign and word, what it rests on, and a pencil where there is a memo."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As high as two lines of words and one below."""
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        place: Place = index.data(PLACE)
        where = tile(QRectF(option.rect), place)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, where, place)
        self._paint_words(painter, where, place)
        self._paint_state(painter, where, option)
        painter.restore()

    def _paint_ground(self, painter: QPainter, where: QRectF, place: Place) -> None:
        facilitates, inhibits = place.strength in FACILITATING, place.strength in INHIBITING
        painter.setPen(Qt.PenStyle.NoPen if facilitates or inhibits else QPen(theme().colour("line")))
        painter.setBrush(theme().colour("accent_soft" if facilitates else "sunken" if inhibits else "surface"))
        painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _paint_words(self, painter: QPainter, where: QRectF, place: Place) -> None:
        high = line_height(SMALL)
        left, top = where.left() + _PAD, where.top() + 5
        paint_sign(painter, QRectF(left, top, WIDTH, high), place.strength)
        painter.setPen(theme().colour("text" if place.strength else "text_faint"))
        weight: Weight = "semibold" if place.strength in STRONG else "regular"
        beyond = WIDTH + 6 if place.strength else 0
        lines = wrapped(words_of(place), SMALL, weight, round(where.right() - left - beyond - 4), 2)
        paint_lines(painter, lines, left + beyond, top, SMALL, weight)
        self._paint_below(painter, where, place)

    def _paint_below(self, painter: QPainter, where: QRectF, place: Place) -> None:
        memo = bool(place.influence and place.influence.memo)
        top = where.bottom() - line_height(SMALL) - 3
        room = where.width() - 2 * _PAD - (_PENCIL + 4 if memo else 0)
        painter.setPen(theme().colour("text_muted"))
        paint_lines(
            painter,
            wrapped(beside(place), SMALL, "regular", round(room), 1),
            where.left() + _PAD,
            top,
            SMALL,
            "regular",
        )
        if memo:
            corner = QRectF(where.right() - _PAD - _PENCIL, where.bottom() - _PENCIL - 6, _PENCIL, _PENCIL)
            paint_icon(painter, "pencil", theme().palette.text_muted, corner)

    def _paint_state(self, painter: QPainter, where: QRectF, option: QStyleOptionViewItem) -> None:
        """Draw a ring around the current cell, and a fainter one around the cell pointed at."""
        ring = cell_ring(option)
        if ring is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ring)
        painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), 3, 3)
