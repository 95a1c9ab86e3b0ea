"""Choosing several of a list in place: a field that reads as their names, and under it the list to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import BODY, ROW, SPACE, theme
from ui.theme.icons import paint_icon
from ui.widgets import Row, RowDelegate, RowModel, RowView, paint_row_ground
from ui.widgets.focus import on_escape
from ui.widgets.text import tip
from ui.widgets.things import KEY, ROW_ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ui.widgets.things import Index

_MOST = 9


class PickField(QPushButton):
    """Several of a list, by name. A click, Enter or Space opens the list; `committed` tells of another choice.

    Where something can be added, `added` asks for it by the name typed, and whoever adds it calls `add_picked`.
    """

    committed = Signal(object)  # tuple of keys, in the order of the list
    added = Signal(str)

    def __init__(self, name: str, nothing: str, adding: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._nothing, self._adding = name, nothing, adding
        self._options: list[tuple[str, str, str]] = []
        self._picked: tuple[str, ...] = ()
        self._popup: _Popup | None = None
        self._read_only = False
        self.setProperty("look", "pick")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.clicked.connect(self.open)
        self._write()

    @property
    def picked(self) -> tuple[str, ...]:
        """Keys of what is picked."""
        return self._picked

    @property
    def popup(self) -> _Popup | None:
        """The list, while it is open."""
        return self._popup

    def show_options(self, options: Sequence[tuple[str, str, str]], picked: Sequence[str]) -> None:
        """Offer (key, name, detail), with some of them picked."""
        self._options = list(options)
        self._picked = tuple(picked)
        if self._popup is not None:
            self._popup.show_options(self._options, set(self._popup.picked) | set(picked))
        self._write()

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001
        """Let people look, or choose."""
        self._read_only = read_only
        self.setEnabled(not read_only)

    def add_picked(self, key: str) -> None:
        """Pick something that was just added."""
        if self._popup is not None:
            self._popup.picked.add(key)
            self._popup.show_options(self._options, self._popup.picked)

    def open(self) -> None:
        """Show the list under the field."""
        if self._popup is not None or self._read_only:
            return
        self._popup = _Popup(self._name, self._adding, self)
        self._popup.show_options(self._options, set(self._picked))
        self._popup.closed.connect(self._closed)
        self._popup.add_asked.connect(self.added)
        self._popup.setFixedWidth(max(self.width(), 260))
        self._popup.move(self.mapToGlobal(QPoint(0, self.height())))
        self._popup.show()
        self._popup.view.setFocus()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(120, ROW)

    def _closed(self) -> None:
        popup, self._popup = self._popup, None
        if popup is None:
            return
        picked = tuple(key for key, _name, _detail in self._options if key in popup.picked)
        popup.deleteLater()
        if set(picked) != set(self._picked):
            self._picked = picked
            self._write()
            self.committed.emit(picked)
        self.setFocus()

    def _write(self) -> None:
        names = [name for key, name, _detail in self._options if key in self._picked]
        self._words = ", ".join(names) or self._nothing
        self.setAccessibleName(f"{self._name}: {', '.join(names) or 'nobody'}")
        self.setToolTip(tip(self._words) if names else "")
        self.setText("")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the names as text, faint where nothing is picked."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme().colour("text" if self._picked else "text_faint"))
        room = QRectF(self.rect()).adjusted(8, 0, -8, 0)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()


class _Popup(QFrame):
    """The list to tick: Space or Enter ticks, Escape or a click elsewhere closes."""

    closed = Signal()
    add_asked = Signal(str)

    def __init__(self, name: str, adding: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        on_escape(self, self.close)
        self.setProperty("look", "card")
        self.picked: set[str] = set()
        self._options: Sequence[tuple[str, str, str]] = ()
        self._model = RowModel(self)
        self.view = TickView(name, self)
        self.view.setModel(self._model)
        self.view.ticked.connect(self._tick)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(adding)
        self.line.setAccessibleName(adding or name)
        self.line.setVisible(bool(adding))
        self.line.returnPressed.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[0], SPACE[0], SPACE[0], SPACE[0])
        column.setSpacing(SPACE[0])
        column.addWidget(self.view)
        column.addWidget(self.line)

    def show_options(self, options: Sequence[tuple[str, str, str]], picked: set[str]) -> None:
        """Offer (key, name, detail)."""
        self._options, self.picked = options, picked
        rows = [Row(key, name, detail, "check" if key in picked else "") for key, name, detail in options]
        self._model.set_rows(rows)
        self.view.setFixedHeight(ROW * min(max(len(rows), 1), _MOST))
        self.view.setVisible(bool(rows))
        if rows and not self.view.currentIndex().isValid():
            first = next((place for place, row in enumerate(rows) if row.key in picked), 0)
            self.view.setCurrentIndex(self._model.index(first))
        self.adjustSize()

    def _tick(self, key: str) -> None:
        self.picked ^= {key}
        self.show_options(self._options, self.picked)

    def _add(self) -> None:
        name = self.line.text().strip()
        if name:
            self.line.clear()
            self.add_asked.emit(name)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the choice is made."""
        super().closeEvent(event)
        self.closed.emit()


class _TickDelegate(RowDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint name and detail, behind a tick where it is picked."""
        row: Row = index.data(ROW_ROLE)
        where = QRectF(option.rect)
        painter.save()
        paint_row_ground(painter, where, option)
        middle = where.center().y()
        if row.icon:
            tick = QRectF(where.left() + SPACE[1], middle - 8, 16, 16)
            paint_icon(painter, row.icon, theme().palette.accent, tick)
        painter.setFont(theme().font(BODY, "medium" if row.icon else "regular"))
        painter.setPen(theme().colour("text"))
        room = where.adjusted(SPACE[1] + 24, 0, -SPACE[1], 0)
        words = f"{row.text}, {row.detail}" if row.detail else row.text
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()


class TickView(RowView):
    """Rows to tick, by a click, Space or Enter; Escape is left to whoever shows them."""

    ticked = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_TickDelegate(self))
        self.clicked.connect(lambda index: self.ticked.emit(str(index.data(KEY))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick on Space and Enter."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.ticked.emit(str(self.currentIndex().data(KEY)))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
