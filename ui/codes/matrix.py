"""A matrix as a table that is walked with the arrow keys; Enter opens the passages of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.codes.colours import SWATCH, paint_swatch
from ui.codes.matrix_model import SHARE, TOTAL, MatrixModel
from ui.notebook.wrapping import line_height, text_width, wrapped
from ui.theme import BODY, ROW, SMALL, SPACE, theme
from ui.theme.colour import mix
from ui.widgets import EmptyState, is_selected
from ui.widgets.grid import dress_table

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.analysis.matrices import Matrix
    from ui.codes.names import Names
    from ui.theme.fonts import Weight
    from ui.theme.tokens import Palette
    from ui.widgets.things import Index

_ASIDE, _WIDEST_ASIDE = 128, 300
_LEAST, _LEAST_MOST, _MOST = 56, 96, 132
_NARROW, _CROWDED = 52, 92
_ROOM = 8  # px beside the longest word over a column
_HEAD_LINES = 3
_DEEPEST = 5  # steps that codes are set in at most
_TINT = 0.48  # share of the accent in the ground of the fullest cell; words can be read on it in both themes
_DOWN = Qt.Orientation.Vertical
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class MatrixTable(QTableView):
    """The table."""

    used = Signal(str, tuple)  # name of a cell, keys of its passages

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: Names | None = None
        self.counts = MatrixModel(self)
        self.setModel(self.counts)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName(name)
        self.setAccessibleDescription("Arrow keys move between cells; Enter opens the passages of one.")
        dress_table(self)
        for scroll in (self.setVerticalScrollMode, self.setHorizontalScrollMode):
            scroll(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalHeader(_Columns(self))
        self.setVerticalHeader(_Rows(self))
        self.setStyleSheet(
            "QTableView, QTableCornerButton::section, QTableView::corner { background: transparent; border: 0; }"
        )

    def show_matrix(self, matrix: Matrix, names: Names) -> None:
        """Show counts; the current cell stays current while it is there."""
        before = self.counts.place(self.currentIndex()) if self.currentIndex().isValid() else ("", "")
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.names = names
        self.counts.show(matrix)
        self._share_width()
        index = self.counts.index_of(*before)
        self.setCurrentIndex(index if index.isValid() else self.counts.first())
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a cell's passages on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._use(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a cell's passages."""
        self._use(self.indexAt(event.position().toPoint()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self._share_width()

    def _use(self, index: QModelIndex) -> None:
        if index.isValid() and self.counts.passages(index):
            self.used.emit(self.counts.name(index), self.counts.passages(index))

    def _widest_words(self) -> list[int]:
        """How wide each column must be so that no word over it is broken, within reason."""
        heads = self.counts.matrix.column_heads if self.counts.matrix is not None else ()
        words = ((text_width(word, SMALL, "medium") for word in name.split()) for _key, name in heads)
        return [round(min(max(_LEAST, max(each, default=0) + _ROOM), _LEAST_MOST)) for each in words]

    def _widest_name(self) -> int:
        """How wide the names at the left must be so that none is cut short, within reason."""
        matrix, names = self.counts.matrix, self.names
        if matrix is None or names is None:
            return _ASIDE
        wide = (
            text_width(name, SMALL, _weight(names, key)) + _indent(names, key) + SWATCH + SPACE[1] + 2
            for key, name in matrix.row_heads
        )
        return round(min(max(wide, default=_ASIDE), _WIDEST_ASIDE))

    def _lines_over(self, widths: list[int]) -> int:
        """How high the names over the columns are, in px."""
        heads = self.counts.matrix.column_heads if self.counts.matrix is not None else ()
        lines = (
            len(wrapped(name, SMALL, "medium", width - 6, _HEAD_LINES))
            for (_key, name), width in zip(heads, widths, strict=True)
        )
        return round(max(lines, default=1) * line_height(SMALL, "medium"))

    def _share_width(self) -> None:
        """Give names at the left what they need while all columns fit; else both give way."""
        words, columns = self._widest_words(), self.counts.columnCount() - 1
        if columns < 0:
            return
        whole, name = self.width(), self._widest_name()
        room = whole - _NARROW - SPACE[3]
        if room - _ASIDE >= sum(words):
            aside = min(name, room - sum(words))
            even = (room - aside) // max(columns, 1)
            widths = [min(_MOST, even)] * columns if even >= max(words, default=0) else words
        else:
            aside = min(name, max(_ASIDE, whole // 3))
            widths = [min(word, _CROWDED) for word in words]
        self.verticalHeader().setFixedWidth(aside)
        for column, width in enumerate(widths):
            self.horizontalHeader().resizeSection(column, width)
        self.horizontalHeader().resizeSection(columns, _NARROW)
        self.horizontalHeader().setFixedHeight(self._lines_over(widths) + SPACE[2])
        self.verticalHeader().setDefaultSectionSize(ROW)


class MatrixView(QWidget):
    """The table, or what it is for while there is nothing in it."""

    used = Signal(str, tuple)  # name of a cell, keys of its passages

    def __init__(self, name: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = MatrixTable(name, self)
        self.empty = EmptyState("grid-3x3", "Nothing to count yet", nothing, parent=self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[1], 0, 0)
        column.addLayout(self._stack)
        self.table.used.connect(self.used)
        self.setFocusProxy(self.table)

    def show_matrix(self, matrix: Matrix, names: Names) -> None:
        """Show counts."""
        self.table.show_matrix(matrix, names)
        self._stack.setCurrentWidget(self.table if matrix.cells else self.empty)


def cell_ground(palette: Palette, share: float) -> str:
    """Give the ground of a count: the stronger, the larger its share (0..1) of the largest."""
    return mix(palette.surface, palette.accent, _TINT * share**0.6)


class _CellDelegate(QStyledItemDelegate):
    """Paints a count on a ground that is the stronger the more there are."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        where = QRectF(option.rect).adjusted(1, 1, -1, -1)
        palette = theme().palette
        share = float(index.data(SHARE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if share:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(cell_ground(palette, share)))
            painter.drawRoundedRect(where, 3, 3)
        if is_selected(option):
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(QColor(palette.focus if focused else palette.line_strong), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), 3, 3)
        painter.setPen(QColor(palette.text))
        painter.setFont(theme().font(BODY, "medium" if not share else "regular"))
        painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), str(index.data()))
        painter.restore()


class _Columns(QHeaderView):
    """What stands over the columns, at the lower edge, wrapped and cut short where it is long."""

    def __init__(self, parent: MatrixTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName("Columns")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(_NARROW)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one name over its column."""
        name = str(self.model().headerData(logical, self.orientation()))
        lines = wrapped(name, SMALL, "medium", rect.width() - 6, _HEAD_LINES)
        painter.save()
        painter.setClipRect(rect)
        painter.setPen(theme().colour("text_muted"))
        high = line_height(SMALL, "medium")
        painter.setFont(theme().font(SMALL, "medium"))
        top = rect.bottom() - SPACE[0] - high * len(lines)
        for line in lines:
            here = QRectF(rect.left() + 3, top, rect.width() - 6, high)
            painter.drawText(here, int(Qt.AlignmentFlag.AlignCenter), line)
            top += high
        painter.restore()


class _Rows(QHeaderView):
    """The names of the codes, with their colours, at the left."""

    def __init__(self, parent: MatrixTable) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.table = parent
        self.setAccessibleName("Codes")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(ROW)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """As wide as the table says."""
        return QSize(self.width(), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one code's colour and name, set in as deep as it stands."""
        matrix, names = self.table.counts.matrix, self.table.names
        if matrix is None or names is None:
            return
        heads = matrix.row_heads
        key, name = heads[logical] if logical < len(heads) else (TOTAL, str(self.model().headerData(logical, _DOWN)))
        where = QRectF(rect)
        left = where.left() + _indent(names, key)
        painter.save()
        painter.setClipRect(rect)
        if key != TOTAL:
            paint_swatch(painter, names.colour(key), QRectF(left, where.center().y() - SWATCH / 2, SWATCH, SWATCH))
            left += SWATCH + SPACE[0] + 2
        painter.setFont(theme().font(SMALL, _weight(names, key)))
        painter.setPen(theme().colour("text"))
        room = QRectF(left, where.top(), max(where.right() - left - SPACE[0], 1), where.height())
        shown = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(_LEFT), shown)
        painter.restore()


def _indent(names: Names, key: str) -> int:
    """Tell how far in a code's colour stands, in px; the deepest ones stand at the same place."""
    return SPACE[2] + min(names.depth(key), _DEEPEST) * SPACE[1]


def _weight(names: Names, key: str) -> Weight:
    return "regular" if names.depth(key) else "semibold"
