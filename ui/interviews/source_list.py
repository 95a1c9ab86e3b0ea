"""The list of sources at the left: by round, with a filter, a button for a new one, and removal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.model.source import SourceKind
from ui.interviews.listing import KIND_NAMES, Item
from ui.notebook.wrapping import line_height, text_width
from ui.theme import BODY, ROW, SMALL, SPACE, theme
from ui.widgets import IconButton, TextButton, TextLabel, is_selected, level_shape, paint_row_ground
from ui.widgets.actions import bind_key
from ui.widgets.text import tip

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)
ITEM = KEY + 1
_CITATION = 34.0
_HIGH = 46
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class SourceModel(QAbstractListModel):
    """Rows of the list; heads of rounds are passed over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []

    def show(self, items: list[Item]) -> None:
        """Show other rows; nothing moves where the keys are the same."""
        if items == self.items:
            return
        same = [item.key for item in items] == [item.key for item in self.items]
        if not same:
            self.beginResetModel()
        self.items = items
        if same:
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
        else:
            self.endResetModel()

    def place(self, key: str) -> int:
        """Find a source's row; -1 where it is not listed."""
        return next((place for place, item in enumerate(self.items) if item.key == key and not item.head), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let heads be passed over."""
        if self.items[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a row."""
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(item.words)
        return {KEY: item.key, ITEM: item}.get(role)


class SourceDelegate(QStyledItemDelegate):
    """Paints a source on two lines: what it is called; when, how long and with whom."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Heads are lower than sources."""
        return QSize(120, ROW + SPACE[0] if index.data(ITEM).head else _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        item: Item = index.data(ITEM)
        painter.save()
        where = QRectF(option.rect)
        if item.head:
            self._paint_head(painter, item, where)
        else:
            paint_row_ground(painter, where, option)
            self._paint_source(painter, item, where, strong=is_selected(option))
        painter.restore()

    def _paint_head(self, painter: QPainter, item: Item, where: QRectF) -> None:
        row = where.adjusted(SPACE[2], SPACE[1], -SPACE[2], 0)
        room = _from(row, row.left(), row.right() - text_width(item.detail, SMALL) - SPACE[1])
        self._text(painter, room, item.title, SMALL, "text_muted", strong=True)
        painter.setFont(theme().font(SMALL))
        painter.setPen(theme().colour("text_faint"))
        painter.drawText(row, int(_RIGHT), item.detail)

    def _paint_source(self, painter: QPainter, item: Item, where: QRectF, *, strong: bool) -> None:
        top = where.top() + 5
        title = QRectF(where.left() + SPACE[2], top, where.width() - 2 * SPACE[2], line_height(BODY) + 1)
        under = QRectF(title.left(), title.bottom(), title.width(), line_height(SMALL) + 1)
        self._text(painter, title, item.citation, BODY, "text_muted", strong=True)
        left = title.left() + max(_CITATION, text_width(item.citation, BODY, "semibold") + SPACE[1])
        shape = QRectF(title.right() - 9, title.center().y() - 5, 9, 9)
        level_shape(painter, shape, item.rank, 3, theme().colour("text_faint" if item.rank == 2 else "accent"))
        self._text(painter, _from(title, left, shape.left() - SPACE[1]), item.title, BODY, "text", strong=strong)
        count = text_width(item.count, SMALL)
        painter.setFont(theme().font(SMALL))
        painter.setPen(theme().colour("text_faint"))
        painter.drawText(under, int(_RIGHT), item.count)
        self._text(painter, _from(under, left, under.right() - count - SPACE[1]), item.detail, SMALL, "text_muted")

    def _text(self, painter: QPainter, where: QRectF, text: str, size: int, ink: str, *, strong: bool = False) -> None:
        painter.setFont(theme().font(size, "semibold" if strong else "regular"))
        painter.setPen(theme().colour(ink))
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, int(_LEFT), shown)


def _from(where: QRectF, left: float, right: float) -> QRectF:
    return QRectF(left, where.top(), max(right - left, 1), where.height())


class FilterLine(QLineEdit):
    """A line that narrows a list: Down goes into it, Escape empties it."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the line downwards, or empty it."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class _SourceView(QListView):
    """Keeps the current source in sight when its height changes: one at the end is otherwise pushed out of it."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll to the current source where it was in sight before."""
        where = self.visualRect(self.currentIndex())
        seen = where.isValid() and where.intersects(QRect(QPoint(), event.oldSize()))
        super().resizeEvent(event)
        if seen:
            self.scrollTo(self.currentIndex())


class SourceList(QWidget):
    """The sources; it only asks, the page does."""

    chosen = Signal(str)  # key
    opened = Signal(str)  # key: to write in its notes
    new_asked = Signal(str)  # a SourceKind
    remove_asked = Signal(str)  # key
    filtered = Signal(str)
    follow_ups_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = True
        self._model = SourceModel(self)
        self.view = _SourceView(self)
        self.filter = FilterLine(self)
        self._new = IconButton("plus", "New interview", "Ctrl+N", self)
        self._more = IconButton("chevron-down", "New source of another kind", "", self, side=20)
        self.follow_ups = TextButton("Follow-ups", "quiet", "circle-help", "Ctrl+Shift+T", self)
        self.follow_ups.setCheckable(True)
        self._nothing = TextLabel("No interview has these words.", ink="faint", wrap=True, parent=self)
        self._dress()
        self._lay_out()
        self._connect()

    def show_items(self, items: list[Item], *, read_only: bool) -> None:
        """Show other rows; the current one stays current while it is listed."""
        current = self.current
        self._model.show(items)
        self.set_current(current)
        self._nothing.setVisible(not items and bool(self.filter.text()))
        for part in (self._new, self._more):
            part.setVisible(not read_only)
        for action in self.view.actions():
            action.setEnabled(not read_only)

    def show_follow_ups(self, open_: int) -> None:
        """Tell how many questions are still to be asked."""
        self.follow_ups.setText(f"Follow-ups, {open_} open" if open_ else "Follow-ups")

    @property
    def current(self) -> str:
        """Key of the current source, "" for none."""
        index = self.view.currentIndex()
        return str(index.data(KEY)) if index.isValid() else ""

    def set_current(self, key: str) -> None:
        """Make a source the current one, without telling of it."""
        index = self._model.index(self._model.place(key))
        marked = self.view.selectionModel().isSelected(index)  # with the focus Qt makes one current without marking it
        if index.isValid() and not marked:
            self._telling = False
            self.view.setCurrentIndex(index)
            self.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._telling = True
            self.view.scrollTo(index)

    def neighbour(self, key: str) -> str:
        """Key of the source beside another, below first; "" where it is the only one."""
        keys = [item.key for item in self._model.items if not item.head]
        if key not in keys or len(keys) < 2:
            return ""
        place = keys.index(key)
        return keys[place + 1] if place + 1 < len(keys) else keys[place - 1]

    def _dress(self) -> None:
        self.view.setModel(self._model)
        self.view.setItemDelegate(SourceDelegate(self.view))
        self.view.setAccessibleName("Interviews and other sources")
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setStyleSheet("QListView { background: transparent; }")
        self.filter.setPlaceholderText("Filter (/)")
        self.filter.setAccessibleName("Filter interviews")
        self.filter.setClearButtonEnabled(False)
        self._nothing.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], 0)
        menu = QMenu(self)
        for kind, name in KIND_NAMES.items():
            if kind is not SourceKind.INTERVIEW:
                menu.addAction(f"New {name.lower()}").triggered.connect(
                    lambda _checked=False, kind=kind: self.new_asked.emit(str(kind))
                )
        self._more.setMenu(menu)
        self._more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[2], SPACE[2], SPACE[1], SPACE[0])
        head.setSpacing(0)
        head.addWidget(self.filter, 1)
        head.addSpacing(SPACE[0])
        head.addWidget(self._new)
        head.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE[1], SPACE[0], SPACE[1], SPACE[0])
        foot.addWidget(self.follow_ups)
        foot.addStretch(1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(lambda index, _before: self._came(index))
        self.view.activated.connect(lambda index: self.opened.emit(str(index.data(KEY))))
        self.filter.textChanged.connect(self.filtered)
        self.filter.down.connect(self.view.setFocus)
        self.follow_ups.clicked.connect(lambda _checked=False: self.follow_ups_asked.emit())
        self._new.clicked.connect(lambda _checked=False: self.new_asked.emit(str(SourceKind.INTERVIEW)))
        bind_key(self.view, "Remove this interview", "Del", self._ask_removal)

    def _ask_removal(self) -> None:
        if self.current:
            self.remove_asked.emit(self.current)

    def _came(self, index: QModelIndex) -> None:
        if index.isValid() and self._telling:
            self.chosen.emit(str(index.data(KEY)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done to the source clicked."""
        if self.current and self.view.underMouse():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self.view.actions())
            menu.popup(event.globalPos())
