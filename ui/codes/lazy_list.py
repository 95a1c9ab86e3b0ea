"""A long list shown as far as somebody has scrolled: the rest is worked out when they come to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView

from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from ui.widgets.things import Index

KEY = int(Qt.ItemDataRole.UserRole)
THING = KEY + 1
AT_ONCE = 25  # rows made when a list is shown, and each time its end comes into view


class LazyModel(QAbstractListModel):
    """Rows by key; what a row shows is asked for when it is shown."""

    def __init__(self, words: Callable[[object], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._give: Callable[[str], object] = str
        self._loaded = 0
        self.keys: tuple[str, ...] = ()
        self.may_change: Callable[[str], bool] | None = None  # by key; None where nothing is changed in place
        self._places: dict[str, int] = {}

    def show(self, keys: Sequence[str], give: Callable[[str], object]) -> None:
        """Show other rows; nothing moves where the keys are the same.

        Args:
            keys: of all rows.
            give: gives what a row shows, by its key.
        """
        self._give = give
        if tuple(keys) == self.keys:
            if self._loaded:
                self.dataChanged.emit(self.index(0), self.index(self._loaded - 1))
            return
        self.beginResetModel()
        self.keys = tuple(keys)
        self._places = {key: place for place, key in enumerate(self.keys)}
        self._loaded = min(AT_ONCE, len(self.keys))
        self.endResetModel()

    def index_of(self, key: str) -> QModelIndex:
        """Find a row by its key, however far down it is; invalid where it is not listed."""
        place = self._places.get(key, -1)
        if place < 0:
            return QModelIndex()
        self.load(place + 1)
        return self.index(place)

    def load(self, rows: int) -> None:
        """Have at least so many rows ready."""
        rows = min(rows, len(self.keys))
        if rows > self._loaded:
            self.beginInsertRows(QModelIndex(), self._loaded, rows - 1)
            self._loaded = rows
            self.endInsertRows()

    def canFetchMore(self, _parent: Index) -> bool:
        """Whether there are rows that are not shown yet."""
        return self._loaded < len(self.keys)

    def fetchMore(self, _parent: Index) -> None:
        """Show some more."""
        self.load(self._loaded + AT_ONCE)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows that are ready."""
        return 0 if parent is not None and parent.isValid() else self._loaded

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be chosen, and those be changed in place that may be."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        may = self.may_change is not None and index.isValid() and self.may_change(self.keys[index.row()])
        return flags | Qt.ItemFlag.ItemIsEditable if may else flags

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a row."""
        key = self.keys[index.row()]
        if role == KEY:
            return key
        if role == THING:
            return self._give(key)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(self._give(key))
        return None


class LazyList(QListView):
    """A list of rows as high as each needs. Enter and a double click use a row; several can be selected."""

    used = Signal(str)  # key
    current = Signal(str)  # key of the row come to

    def __init__(self, name: str, words: Callable[[object], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = True
        self.rows = LazyModel(words, self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setStyleSheet("QListView { background: transparent; }")
        self.verticalScrollBar().setSingleStep(20)
        self.activated.connect(lambda index: self.used.emit(str(index.data(KEY))))
        self.selectionModel().currentChanged.connect(self._came)
        theme().changed.connect(self.viewport().update)

    def show_rows(self, keys: Sequence[str], give: Callable[[str], object]) -> None:
        """Show other rows; the current one stays current while it is listed, else the first is."""
        before, chosen, scroll = self.current_key(), self.selected, self.verticalScrollBar().value()
        self.rows.show(keys, give)
        self.scheduleDelayedItemsLayout()
        if self.current_key():
            return
        stays = self.rows.index_of(before)
        self._telling = False
        self._make_current(stays if stays.isValid() else self.rows.index(0), [key for key in chosen if stays.isValid()])
        self._telling = True
        if stays.isValid():
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(scroll)

    @property
    def selected(self) -> list[str]:
        """Keys of the rows that are selected, from the top down; the current one where none is."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.rows.keys[place] for place in places] or [key for key in (self.current_key(),) if key]

    def current_key(self) -> str:
        """Key of the current row, "" for none."""
        return str(self.currentIndex().data(KEY) or "")

    def set_current(self, key: str) -> None:
        """Make a row the current one and bring it into view."""
        index = self.rows.index_of(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def selectAll(self) -> None:
        """Select all rows, those not shown yet too."""
        self.rows.load(len(self.rows.keys))
        super().selectAll()

    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Have the rows ready that a key leads to."""
        if action == self.CursorAction.MoveEnd:
            self.rows.load(len(self.rows.keys))
        elif self.currentIndex().row() + AT_ONCE // 2 > self.rows.rowCount():
            self.rows.fetchMore(QModelIndex())
        return super().moveCursor(action, modifiers)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Use the row, where the system uses rows otherwise too."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.used.emit(str(index.data(KEY)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows anew when the width changes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _make_current(self, index: QModelIndex, chosen: Sequence[str]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
        for key in chosen:
            self.selectionModel().select(self.rows.index_of(key), flags.Select)

    def _came(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and self._telling:
            self.current.emit(str(index.data(KEY)))
