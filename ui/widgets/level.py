"""Levels as people see them: a circle that fills up, the word, and one hue from light to dark."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import BODY, theme
from ui.theme.icons import paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPaintEvent

HEIGHT = 22
_LEAST = 80  # px; of a badge whose words are cut short
_SHAPE = 12.0
_PAD = 7.0
_GAP = 6.0


def level_shape(painter: QPainter, where: QRectF, rank: int | None, of: int, ink: QColor) -> None:
    """Paint ○ ◔ ◑ ◕ ● by how far `rank` is up `of` levels; a dash where it is None (not rated).

    Args:
        painter: what to paint with; left as it was.
        where: the square to fill.
        rank: 0 for the lowest level.
        of: how many levels there are.
        ink: colour of outline and filling.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink, max(1.3, where.width() / 9))
    painter.setPen(pen)
    circle = where.adjusted(pen.widthF(), pen.widthF(), -pen.widthF(), -pen.widthF())
    if rank is None:
        painter.drawLine(QPointF(circle.left(), circle.center().y()), QPointF(circle.right(), circle.center().y()))
    else:
        painter.drawEllipse(circle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        share = rank / (of - 1) if of > 1 else 0.0
        painter.drawPie(circle, 90 * 16, -round(360 * 16 * share))
    painter.restore()


def level_text(word: str, at_most: str = "") -> str:
    """Name a level, with the one it could at most be: "Moderate, at most High"."""
    return f"{word}, at most {at_most}" if at_most and at_most != word else word


def level_width(font: QFont, text: str) -> float:
    """Tell how wide `paint_level` needs to be for a text."""
    return _PAD + _SHAPE + _GAP + QFontMetricsF(font).horizontalAdvance(text) + _PAD + 1


def paint_level(painter: QPainter, where: QRectF, rank: int | None, of: int, text: str) -> None:
    """Paint a level as a filled chip with shape and word, in the painter's font; for delegates and `LevelBadge`."""
    palette = theme().palette
    fill = palette.level_fill(rank, of) if rank is not None else palette.sunken
    ink = QColor(palette.level_ink(rank, of) if rank is not None else palette.text_muted)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(where, 4, 4)
    middle = where.center().y()
    level_shape(painter, QRectF(where.left() + _PAD, middle - _SHAPE / 2, _SHAPE, _SHAPE), rank, of, ink)
    painter.setPen(ink)
    left = _PAD + _SHAPE + _GAP
    room = where.adjusted(left, 0, -_PAD + 2, 0)
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
    painter.restore()


def paint_set_level(painter: QPainter, left: float, middle: float, rank: int | None, of: int, ink: str) -> None:
    """Paint a pencil and the shape of a level that was set by people; the pencil alone where `rank` is None."""
    paint_icon(painter, "pencil", ink, QRectF(left, middle - _SHAPE / 2, _SHAPE, _SHAPE))
    if rank is not None:
        shape = QRectF(left + _SHAPE + 4, middle - _SHAPE / 2, _SHAPE, _SHAPE)
        level_shape(painter, shape, rank, of, QColor(ink))


class LevelBadge(QWidget):
    """One level: shape and word on its colour; `rank` None is "not rated"."""

    def __init__(
        self, word: str = "", rank: int | None = None, of: int = 3, at_most: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFont(theme().font(BODY, "medium"))
        self.set_level(word, rank, of, at_most)
        theme().changed.connect(self.update)

    def set_level(self, word: str, rank: int | None, of: int, at_most: str = "") -> None:
        """Show another level; `at_most` is the word of the level it could at most be."""
        self._text, self._rank, self._of = level_text(word, at_most), rank, of
        self.setAccessibleName(self._text)
        self.setToolTip(f"<qt>{html.escape(self._text)}</qt>")
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """The words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """Just as wide as its words."""
        return QSize(round(level_width(self.font(), self._text)) + 1, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Narrower where there is no room; the tooltip has the whole of it."""
        return QSize(min(_LEAST, self.sizeHint().width()), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_level(painter, QRectF(self.rect()), self._rank, self._of, self._text)
        painter.end()
