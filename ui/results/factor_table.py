"""Factors by level, as a table that is walked with the arrow keys; Enter leads to how a factor was judged."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QTableView, QWidget

from app.analysis.factor_levels import FactorLevels, level_head
from app.model.assessment import Strength
from ui.factors.signs import WIDTH, paint_sign
from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.theme import SMALL, SPACE, theme
from ui.widgets.actions import bind_key
from ui.widgets.grid import dress_grid
from ui.widgets.level import level_shape
from ui.widgets.things import is_selected

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ui.results.model import Index

SEGMENTS: Final = int(Qt.ItemDataRole.UserRole)
"""Of a cell: its segments, one for each way the factor works."""

_ROW: Final = 36
_HEAD: Final = 44
_ASIDE: Final = 208
_LEAST: Final = 112
_STEP: Final = WIDTH + 30  # px from a sign to the next
_SHAPE: Final = 12.0


class FactorLevelsModel(QAbstractTableModel):
    """Factors by the levels of the cases."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = FactorLevels((), (), 0)

    def show(self, shown: FactorLevels) -> None:
        """Show another state of the study."""
        if shown != self.shown:
            self.beginResetModel()
            self.shown = shown
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row per factor."""
        return 0 if parent is not None and parent.isValid() else len(self.shown.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """One column per level that a case has."""
        return 0 if parent is not None and parent.isValid() else len(self.shown.levels)

    def key(self, index: Index) -> str:
        """Name what a cell leads to on the Factors page: the factor, and its case where it is one alone."""
        row = self.shown.rows[index.row()]
        cases = [case for segment in row.cells[index.column()] for case in segment.cases]
        cases = cases or [case.key for case in self.shown.levels[index.column()].cases]
        return f"{row.factor.key}/{cases[0]}" if len(cases) == 1 else row.factor.key

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Give a cell in words, for eyes and for screen readers."""
        if not index.isValid():
            return None
        if role == SEGMENTS:
            return self.shown.rows[index.row()].cells[index.column()]
        words = self.shown.words(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        factor, level = self.shown.rows[index.row()].factor.name, self.shown.levels[index.column()]
        sentence = f"{factor}, {level_head(level)}: {words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(sentence)}</qt>"
        return sentence if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Name a factor or a level; in full where somebody points at it."""
        across = way == Qt.Orientation.Horizontal
        words = level_head(self.shown.levels[section]) if across else self.shown.rows[section].factor.name
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        return f"<qt>{html.escape(words)}</qt>" if role == Qt.ItemDataRole.ToolTipRole else None


class FactorLevelsTable(QTableView):
    """As high as its rows; `used` names what somebody wants to see on the Factors page."""

    used = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Factors by level")
        self.setAccessibleDescription("Arrow keys move between factors and levels; Enter shows how it was judged.")
        self.levels = FactorLevelsModel(self)
        self.setModel(self.levels)
        self.setItemDelegate(_CellDelegate(self))
        dress_grid(self)
        self.setHorizontalHeader(_Levels(self))
        self.setVerticalHeader(_Factors(self))
        self.clicked.connect(self._use)
        bind_key(self, "Show how the factor was judged", ("Return", "Enter", "Space"), self._use_current)

    def show_levels(self, shown: FactorLevels) -> None:
        """Show another state of the study; the current cell stays current where it still is."""
        at = self.currentIndex()
        self.levels.show(shown)
        if self.levels.rowCount() and not self.currentIndex().isValid():
            again = self.levels.index(at.row(), at.column()) if at.isValid() else QModelIndex()
            self.setCurrentIndex(again if again.isValid() else self.levels.index(0, 0))
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as its rows, and the bar where not all columns fit."""
        crowded = self.levels.columnCount() * _LEAST > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if crowded else 0
        return QSize(640, _HEAD + self.levels.rowCount() * _ROW + bar)

    def minimumSizeHint(self) -> QSize:
        """As narrow as two levels."""
        return QSize(_ASIDE + 2 * _LEAST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the levels."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = self.levels.columnCount()
        for column in range(columns):
            self.setColumnWidth(column, max(self.viewport().width() // columns, _LEAST))
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())
            self.updateGeometry()

    def _use_current(self) -> None:
        self._use(self.currentIndex())

    def _use(self, index: QModelIndex) -> None:
        if index.isValid():
            self.used.emit(self.levels.key(index))


class _CellDelegate(QStyledItemDelegate):
    """Paints one sign for each way the factor works, with how many cases show it so."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        palette, where = theme().palette, QRectF(option.rect).adjusted(0, 0, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.sunken))
        painter.drawRoundedRect(where, 3, 3)
        left, top = where.left() + SPACE[1], where.center().y() - line_height(SMALL) / 2
        for segment in index.data(SEGMENTS):
            if left + _STEP > where.right() and segment is not index.data(SEGMENTS)[-1]:
                break
            left = _paint_segment(painter, QRectF(left, where.top(), WIDTH, where.height()), top, segment)
        if is_selected(option):
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(palette.focus if focused else palette.text_muted), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), 3, 3)
        painter.restore()


def _paint_segment(painter: QPainter, where: QRectF, top: float, segment: Any) -> float:
    """Paint a sign, or "n/a", and a number; give where the next begins."""
    left = where.left()
    painter.setPen(theme().colour("text_muted"))
    if segment.strength is Strength.NOT_APPLICABLE:
        paint_lines(painter, ("n/a",), left, top, SMALL, "regular")
        left += text_width("n/a", SMALL) + SPACE[0]
    else:
        paint_sign(painter, where, segment.strength)
        left += WIDTH + SPACE[0]
    painter.setPen(theme().colour("text"))
    number = str(len(segment.cases))
    paint_lines(painter, (number,), left, top, SMALL, "semibold")
    return left + text_width(number, SMALL, "semibold") + SPACE[2]


class _Levels(QHeaderView):
    """The levels over the columns: shape and word, and how many cases have it below."""

    def __init__(self, parent: FactorLevelsTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = parent
        self.setAccessibleName("Levels")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(_HEAD)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one level over its column."""
        shown = self._table.levels.shown
        level = shown.levels[logical]
        left, top = rect.left() + SPACE[0], rect.top() + 4.0
        painter.save()
        high = line_height(SMALL, "semibold")
        shape = QRectF(left, top + (high - _SHAPE) / 2, _SHAPE, _SHAPE)
        level_shape(painter, shape, level.rank, shown.of, theme().colour("text"))
        painter.setPen(theme().colour("text"))
        room = round(rect.right() - left - _SHAPE - 10)
        paint_lines(painter, wrapped(level.name, SMALL, "semibold", room, 1), left + _SHAPE + 6, top, SMALL, "semibold")
        painter.setPen(theme().colour("text_muted"))
        cases = level_head(level).removeprefix(f"{level.name}, ")
        paint_lines(painter, (cases,), left + _SHAPE + 6, top + high, SMALL, "regular")
        painter.restore()


class _Factors(QHeaderView):
    """The names of the factors at the left."""

    def __init__(self, parent: FactorLevelsTable) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setAccessibleName("Factors")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(_ROW)
        self.setFixedWidth(_ASIDE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one name beside its row, on two lines where it is long."""
        name = str(self.model().headerData(logical, self.orientation()))
        lines = wrapped(name, SMALL, "medium", rect.width() - SPACE[2], 2)
        painter.save()
        painter.setPen(theme().colour("text"))
        top = rect.center().y() - len(lines) * line_height(SMALL, "medium") / 2
        paint_lines(painter, lines, rect.left(), top, SMALL, "medium")
        painter.restore()
