"""The tree of codes at the left: walked, narrowed and changed by key and mouse. It only asks, the page does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ui.codes.dragging import drag_codes
from ui.codes.tree_delegate import CodeDelegate
from ui.codes.tree_model import KEY, NEW, CodeTreeModel
from ui.interviews.source_list import FilterLine
from ui.theme import SPACE, theme
from ui.widgets import IconButton, TextLabel
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QAction, QContextMenuEvent, QPainter

    from app.analysis.coding import CodingIndex

_INDENT = 18
Flag = QItemSelectionModel.SelectionFlag


class CodeTreeView(QTreeView):
    """The tree itself."""

    edit_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Codes")
        self.setAccessibleDescription("Arrow keys walk the codebook; Enter renames, N makes a code, Del deletes.")
        self.setHeaderHidden(True)
        self.setIndentation(_INDENT)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(600)
        self.setStyleSheet("QTreeView { background: transparent; }")
        self.setItemDelegate(CodeDelegate(self))
        theme().changed.connect(self.viewport().update)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the codes selected by their names; what they are put on stays in sight."""
        chosen = self.selectedIndexes()
        drag_codes(self, [str(index.data()) for index in chosen], self.model().mimeData(chosen))

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:  # type: ignore[override]
        """Draw none: the delegate paints over the whole row."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tell that no name is being typed any more."""
        super().closeEditor(editor, hint)
        self.setFocus()
        self.edit_ended.emit()

    def keyboardSearch(self, _search: str) -> None:
        """Leave letters to the keys that have a meaning; the line above finds by name."""


class CodeTree(QWidget):
    """The codes, a line to narrow them, and what can be done with them."""

    chosen = Signal()  # other codes are selected
    renamed = Signal(str, str)  # key, name
    made = Signal(str, str, int)  # name, the code it stands under ("" for the top), its place there
    moved = Signal(list, str, int)  # keys, the code they go under, place (-1 for the end)
    merge_asked = Signal(list, str)  # keys, the code they become ("" to be asked)
    delete_asked = Signal(list)  # keys
    split_asked = Signal(str)  # key
    pinned = Signal(str, str)  # key, "all" or "none"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = True
        self._closed: set[str] = set()  # codes whose children are folded away
        self._folding = True
        self.model = CodeTreeModel(self)
        self.view = CodeTreeView(self)
        self.view.setModel(self.model)
        self.filter = FilterLine(self)
        self.new = IconButton("plus", "New code", "N", self)
        self.more = IconButton("chevron-down", "More to do with the codebook", "", self, side=20)
        self.menu = QMenu(self)
        self._nothing = TextLabel("No code has these words.", ink="faint", wrap=True, parent=self)
        self._changing: list[QAction] = []
        self._lay_out()
        self._connect()
        self._add_keys()

    # Showing

    def show_codes(self, index: CodingIndex, *, below: bool, read_only: bool) -> None:
        """Show the codebook; what is selected, folded and scrolled stays."""
        self.model.read_only = read_only
        before, current, shown = self.selected, self.current, self.model.shown()
        scroll = self.view.verticalScrollBar().value()
        with QSignalBlocker(self.view.selectionModel()):
            if self.model.show(index, self.filter.text(), below=below):
                self._unfold()
                stay = [key for key in before if self.model.index_of(key).isValid()]
                self._select(stay or self._neighbour(current, shown), current)
                self.view.verticalScrollBar().setValue(scroll)
        self._nothing.setVisible(not self.model.rowCount() and self.model.narrowed)
        self.new.setVisible(not read_only)
        for action in self._changing:
            action.setEnabled(not read_only)
        self.view.viewport().update()

    @property
    def current(self) -> str:
        """Key of the code with the focus, "" for none."""
        return str(self.view.currentIndex().data(KEY) or "")

    @property
    def selected(self) -> list[str]:
        """Keys of the codes that are selected, from the top down."""
        chosen = {str(index.data(KEY)) for index in self.view.selectionModel().selectedIndexes()} - {NEW}
        return [key for key in self.model.shown() if key in chosen]

    def select(self, keys: Sequence[str]) -> None:
        """Select codes and bring the first into view, without telling of it."""
        self._telling = False
        self._select(keys, keys[0] if keys else "")
        self._telling = True
        index = self.model.index_of(keys[0]) if keys else QModelIndex()
        if index.isValid():
            self._open_above(index)
            self.view.scrollTo(index)

    def begin_new(self, *, below: bool = False) -> None:
        """Show a row for a new code beside the current one, or under it, and let its name be typed."""
        if self.model.read_only:
            return
        node = self.model.node(self.view.currentIndex())
        parent, place = (node.key, 0) if below else (node.parent.key if node.parent else "", node.place + 1)
        if not node.key:
            parent, place = "", self.model.rowCount()
        if below:
            self.view.expand(self.model.index_of(parent))
        index = self.model.begin_new(parent, place)
        self.view.scrollTo(index)
        self.view.edit(index)

    def _select(self, keys: Sequence[str], current: str) -> None:
        chosen = self.view.selectionModel()
        index = self.model.index_of(current if current in keys or not keys else keys[0])
        chosen.clearSelection()
        chosen.setCurrentIndex(index, Flag.NoUpdate)
        for key in keys:
            chosen.select(self.model.index_of(key), Flag.Select)

    def _neighbour(self, gone: str, shown: Sequence[str]) -> list[str]:
        """Give the code nearest to one that has gone, below it first."""
        place = shown.index(gone) if gone in shown else 0
        nearest = (*shown[place:], *reversed(shown[:place]))
        return [key for key in nearest if self.model.index_of(key).isValid()][:1]

    def _unfold(self) -> None:
        """Open what was not folded away; all of it while only some codes are shown."""
        self._folding = False
        self.view.expandAll()
        for key in self._closed if not self.model.narrowed else ():
            index = self.model.index_of(key)
            if index.isValid():
                self.view.collapse(index)
        self._folding = True

    def _open_above(self, index: QModelIndex) -> None:
        above = index.parent()
        while above.isValid():
            self.view.expand(above)
            above = above.parent()

    def _fold(self, index: QModelIndex, *, closed: bool) -> None:
        if self._folding and not self.model.narrowed:
            (self._closed.add if closed else self._closed.discard)(str(index.data(KEY)))

    # Asking

    def _typed(self, key: str, name: str) -> None:
        """Pass on the name typed; none makes no code, and leaves the name as it was."""
        if key == NEW:
            parent, place = self.model.new_place()
            self.model.drop_new()
            if name:
                self.made.emit(name, parent, place)
        elif name and name != self.model.index_of(key).data():
            self.renamed.emit(key, name)

    def _shift(self, step: int) -> None:
        """Move the current code up or down among those beside it."""
        node = self.model.node(self.view.currentIndex())
        if not node.key or node.parent is None or self.model.narrowed:
            return
        to = node.place + step
        if 0 <= to < len(node.parent.children):
            self.moved.emit([node.key], node.parent.key, to)

    def _indent(self) -> None:
        """Move the current code under the one above it."""
        node = self.model.node(self.view.currentIndex())
        if node.parent is not None and node.row > 0:
            above = node.parent.children[node.row - 1]
            self._closed.discard(above.key)
            self.moved.emit([node.key], above.key, -1)

    def _outdent(self) -> None:
        """Move the current code out of the one it stands under, to be beside it."""
        node = self.model.node(self.view.currentIndex())
        if node.parent is not None and node.parent.key and node.parent.parent is not None:
            self.moved.emit([node.key], node.parent.parent.key, node.parent.place + 1)

    def _came(self) -> None:
        if self._telling:
            self.chosen.emit()

    # Making it

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText("Filter (/)")
        self.filter.setAccessibleName("Filter codes")
        self.more.setMenu(self.menu)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self._nothing.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], 0)
        self._nothing.hide()
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[2], SPACE[2], SPACE[1], SPACE[0])
        head.setSpacing(0)
        head.addWidget(self.filter, 1)
        head.addSpacing(SPACE[0])
        head.addWidget(self.new)
        head.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        self.view.selectionModel().selectionChanged.connect(lambda _now, _before: self._came())
        self.view.expanded.connect(lambda index: self._fold(index, closed=False))
        self.view.collapsed.connect(lambda index: self._fold(index, closed=True))
        self.view.edit_ended.connect(self.model.drop_new)
        self.filter.down.connect(self.view.setFocus)
        self.new.clicked.connect(lambda _checked=False: self.begin_new())
        self.model.renamed.connect(self._typed)
        self.model.moved.connect(self.moved, Qt.ConnectionType.QueuedConnection)  # after the drop has ended
        self.model.merged.connect(self.merge_asked, Qt.ConnectionType.QueuedConnection)

    def _add_keys(self) -> None:
        self._key("Rename this code", ["F2", "Return", "Enter"], lambda: self.view.edit(self.view.currentIndex()))
        self._key("New code", ["N", "Ins"], self.begin_new)
        self._key("New code under this one", ["Shift+N", "Shift+Ins"], lambda: self.begin_new(below=True))
        self._key("Delete this code…", ["Del"], lambda: self._on_selected(self.delete_asked.emit))
        self._key(
            "Merge into another code…", ["M"], lambda: self._on_selected(lambda keys: self.merge_asked.emit(keys, ""))
        )
        self._key("Split passages off this code…", ["S"], lambda: self._on_current(self.split_asked.emit))
        self._key("Move this code up", ["Alt+Up"], lambda: self._shift(-1))
        self._key("Move this code down", ["Alt+Down"], lambda: self._shift(1))
        self._key("Move this code under the one above", ["Alt+Right"], self._indent)
        self._key("Move this code out, one up", ["Alt+Left"], self._outdent)
        bind_key(self.view, "Passages must have this code, too", ["+", "="], lambda: self._pin("all"))
        bind_key(self.view, "Passages must not have this code", "-", lambda: self._pin("none"))

    def _on_selected(self, ask: Callable[[list[str]], object]) -> None:
        if self.selected:
            ask(self.selected)

    def _on_current(self, ask: Callable[[str], object]) -> None:
        if self.current:
            ask(self.current)

    def _pin(self, sign: str) -> None:
        self._on_current(lambda key: self.pinned.emit(key, sign))

    def _key(self, text: str, keys: list[str], then: Callable[[], object]) -> None:
        """Bind a key that changes the codebook."""
        self._changing.append(bind_key(self.view, text, keys, then))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done to the code clicked."""
        if self.current and self.view.underMouse():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self.view.actions())
            menu.popup(event.globalPos())
