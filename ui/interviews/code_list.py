"""The codebook beside the notes: how often each code is in them; Enter, a double click or dragging puts one on."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QStackedLayout, QVBoxLayout, QWidget

from ui.codes.colours import SWATCH, paint_swatch
from ui.codes.dragging import drag_codes
from ui.interviews.source_list import FilterLine
from ui.notebook.completion import folded
from ui.notebook.editor import CODE
from ui.theme import SPACE
from ui.widgets import EmptyState
from ui.widgets.actions import bind_key
from ui.widgets.things import KEY, Row, RowDelegate, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPainter

    from app.analysis.coding import CodingIndex

_STEP = 14  # px a code stands further in than the one above it


class CodeList(QWidget):
    """All codes as a tree, narrowed by what is typed; it only asks."""

    put_asked = Signal(str)  # key of a code

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = FilterLine(self)
        self.filter.setPlaceholderText("Filter codes (/)")
        self.filter.setAccessibleName("Filter codes")
        self.view = _CodeView("Codes", self)
        self._model = _CodeModel(self)
        self._painter = _TreeDelegate(self.view)
        self.view.setModel(self._model)
        self.view.setItemDelegate(self._painter)
        self.view.setStyleSheet("QListView { background: transparent; }")
        self.view.setDragEnabled(True)
        self.view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self._empty = EmptyState(
            "tags", "No codes yet", "Select words in the notes and press F4 to make the first, or start on Codes."
        )
        self._rows: tuple[Row, ...] = ()
        self._lay_out()
        self.filter.textChanged.connect(lambda _text: self._narrow())
        self.filter.down.connect(self._enter)
        self.view.doubleClicked.connect(lambda index: self.put_asked.emit(str(index.data(KEY))))
        bind_key(self.view, "Put this code on the selected words", ["Return", "Enter"], self._put)
        bind_key(self, "Filter codes", "/", self.filter.setFocus, within=True)

    def show_codes(self, index: CodingIndex, source: str, *, read_only: bool) -> None:
        """Show the codebook, with how many passages of a source each code is on."""
        on = ({each.code for each in index.codings_of(passage.key)} for passage in index.in_source(source))
        counts = Counter(chain.from_iterable(on))
        self._rows = tuple(Row(code, index.codes[code].name, str(counts[code] or "")) for code in index.tree)
        self._painter.show_codes(index)
        self.view.setDragEnabled(not read_only)
        for action in self.view.actions():
            action.setEnabled(not read_only)
        self._stack.setCurrentIndex(0 if self._rows else 1)
        self._narrow()

    def _narrow(self) -> None:
        """Show the codes whose names, or a word of them, begin with what was typed."""
        wanted = folded(self.filter.text().strip())
        kept = [row for row in self._rows if f" {wanted}" in f" {folded(row.text)}"]
        current = str(self.view.currentIndex().data(KEY) or "")
        self._model.set_rows(kept)
        self.view.setCurrentIndex(self._model.index(max(self._model.row_of(current), 0)))

    def _enter(self) -> None:
        self.view.setFocus()

    def _put(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.put_asked.emit(str(index.data(KEY)))

    def _lay_out(self) -> None:
        work = QWidget(self)
        inner = QVBoxLayout(work)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACE[0])
        line = QVBoxLayout()
        line.setContentsMargins(SPACE[2], 0, SPACE[2], 0)
        line.addWidget(self.filter)
        inner.addLayout(line)
        inner.addWidget(self.view, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(work)
        self._stack.addWidget(self._empty)


class _CodeView(RowView):
    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag a code by its name; the words it is put on stay in sight."""
        index = self.currentIndex()
        drag_codes(self, [str(index.data())], self.model().mimeData([index]))


class _CodeModel(RowModel):
    """Codes that can be dragged."""

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let codes be dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Name what is dragged: a key, which means nothing to another program."""
        return [CODE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Hand over the key of a code."""
        data = QMimeData()
        data.setData(CODE, str(indexes[0].data(KEY)).encode())
        return data


class _TreeDelegate(RowDelegate):
    """Paints a code's colour before its name, further in the deeper it stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._places: Mapping[str, tuple[int, str]] = {}

    def show_codes(self, index: CodingIndex) -> None:
        """Learn how deep codes stand, and their colours."""
        self._places = {code: (len(index.lineage(code)) - 1, index.colour(code)) for code in index.tree}

    def paint_lead(self, painter: QPainter, row: Row, where: QRectF) -> float:
        """Paint the colour."""
        depth, colour = self._places.get(row.key, (0, ""))
        left = where.left() + SPACE[2] + depth * _STEP
        paint_swatch(painter, colour, QRectF(left, where.center().y() - SWATCH / 2, SWATCH, SWATCH))
        return left + SWATCH + SPACE[1]
