"""The bookmarks of the report as a list: where one is, and a click or Enter to go elsewhere."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import BODY, ROW, SMALL, SPACE, theme
from ui.widgets.things import RowView, is_selected, paint_row_ground

if TYPE_CHECKING:
    from ui.report.renderer import OutlineItem

Index = QModelIndex | QPersistentModelIndex
ITEM: Final = int(Qt.ItemDataRole.UserRole)


class OutlineModel(QAbstractListModel):
    """Bookmarks in the order of the pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[OutlineItem, ...] = ()

    def show_items(self, items: tuple[OutlineItem, ...]) -> None:
        """Show other bookmarks; nothing moves where only their pages changed."""
        if len(items) == len(self.items):
            self.items = items
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row per bookmark."""
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Give a bookmark, or its words."""
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(item.title)}</qt>"  # else Qt guesses whether a title is markup
        return f"{item.title}, page {item.page + 1}" if role == Qt.ItemDataRole.AccessibleTextRole else None


class _Delegate(QStyledItemDelegate):
    """Paints a bookmark, set in as deep as it stands, and its page at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One row of the scale."""
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        item: OutlineItem = index.data(ITEM)
        where = QRectF(option.rect)
        painter.save()
        paint_row_ground(painter, where, option)
        inner = where.adjusted(SPACE[3] + item.depth * SPACE[2], 0, -SPACE[2], 0)
        painter.setFont(theme().font(SMALL))
        painter.setPen(theme().colour("text_faint"))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(item.page + 1))
        painter.setFont(theme().font(BODY, "medium" if is_selected(option) else "regular"))
        painter.setPen(theme().colour("text_muted" if item.depth else "text"))
        inner.setRight(inner.right() - 28)
        words = QFontMetricsF(painter.font()).elidedText(item.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()


class Outline(RowView):
    """Lists bookmarks; `picked` tells which to go to, `follow` marks where one is."""

    picked = Signal(int, float)  # page, how far down it (0..1)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Contents of the report", parent)
        self.bookmarks = OutlineModel(self)
        self.setModel(self.bookmarks)
        self.setItemDelegate(_Delegate(self))
        self.setStyleSheet("QListView { background: transparent; }")
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)

    def show_items(self, items: tuple[OutlineItem, ...]) -> None:
        """Show other bookmarks."""
        self.bookmarks.show_items(items)

    def follow(self, place: tuple[int, float]) -> None:
        """Mark the last bookmark that stands at a place (page, how far down it) or before it."""
        before = [row for row, item in enumerate(self.bookmarks.items) if (item.page, item.down) <= place]
        index = self.bookmarks.index(before[-1]) if before else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def _pick(self, index: QModelIndex) -> None:
        item: OutlineItem = index.data(ITEM)
        self.picked.emit(item.page, item.down)
