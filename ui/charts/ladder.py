"""A case's levels as steps, one row for each principle: for rubrics with too few principles for a radar."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.charts.radar_shape import ROW, drawn_height
from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.theme import SMALL, SPACE, theme
from ui.widgets.level import level_shape

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from app.analysis.radar import RadarValues

_STEP: Final = 12.0  # px; height of a step
_SHAPE: Final = 12.0
_DIAMOND: Final = 5.0  # px from its middle to a corner


class Ladder(QWidget):
    """Shows `RadarValues` as rows of steps, filled up to the level; `picked` tells which row was clicked.

    As with a radar, the table of the same levels stands beside it, so it takes no focus.
    """

    picked = Signal(int)

    def __init__(self, values: RadarValues, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_values(values)
        theme().changed.connect(self.update)

    def show_values(self, values: RadarValues) -> None:
        """Show other values."""
        self.values = values
        self.setAccessibleName(f"Levels of {values.title}")
        self.setAccessibleDescription(values.description)
        self.setToolTip(f"<qt>{html.escape(values.description)}</qt>")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each principle."""
        return QSize(260, drawn_height(self.values))

    def minimumSizeHint(self) -> QSize:
        """As narrow as steps can still be told apart."""
        return QSize(160, drawn_height(self.values))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which principle was clicked."""
        row = int(event.position().y() // ROW)
        if event.button() == Qt.MouseButton.LeftButton and row < len(self.values.axes):
            self.picked.emit(row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint every row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in range(len(self.values.axes)):
            self._paint_words(painter, row, row * ROW)
            self._paint_steps(painter, row, row * ROW + line_height(SMALL) + SPACE[0])
        painter.end()

    def _paint_words(self, painter: QPainter, row: int, top: float) -> None:
        palette, values = theme().palette, self.values
        ink = QColor(palette.text)
        level_shape(painter, QRectF(0, top + 2, _SHAPE, _SHAPE), values.reached[row], len(values.levels), ink)
        painter.setPen(ink)
        left = _SHAPE + 6
        paint_lines(painter, (values.words(row),), left, top, SMALL, "semibold")
        painter.setPen(QColor(palette.text_muted))
        left += text_width(values.words(row), SMALL, "semibold") + SPACE[1]
        if left < self.width():
            axis = wrapped(values.axes[row], SMALL, "regular", round(self.width() - left), 1)
            paint_lines(painter, axis, left, top, SMALL, "regular")

    def _paint_steps(self, painter: QPainter, row: int, top: float) -> None:
        palette, values = theme().palette, self.values
        wide = self.width() / len(values.levels)
        reached, at_most = values.reached[row], values.at_most[row]
        for rank in range(len(values.levels)):
            step = QRectF(rank * wide + 1, top, wide - 3, _STEP)
            painter.setPen(QPen(QColor(palette.accent), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if reached is not None and rank <= reached:
                painter.setBrush(QColor(palette.accent))
            elif at_most is not None and rank <= at_most:
                painter.setBrush(QBrush(QColor(palette.accent), Qt.BrushStyle.BDiagPattern))
            else:
                painter.setPen(QPen(QColor(palette.line_strong), 1.0))
            painter.drawRoundedRect(step, 2, 2)
            if rank == values.set_by_team(row):
                _paint_diamond(painter, step.center())


def _paint_diamond(painter: QPainter, at: QPointF) -> None:
    """Paint the level that the team set, as a radar does."""
    palette = theme().palette
    painter.setPen(QPen(QColor(palette.text), 1.6))
    painter.setBrush(QColor(palette.surface))
    corners = (QPointF(0, -_DIAMOND), QPointF(_DIAMOND, 0), QPointF(0, _DIAMOND), QPointF(-_DIAMOND, 0))
    painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
