"""Choosing several of a list in place: a field that reads as their names, and under it the list to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import BODY, ROW, SPACE, theme
from ui.theme.icons import paint_icon
from ui.widgets import Row, RowDelegate, RowModel, RowView, TextLabel, paint_row_ground
from ui.widgets.focus import on_escape
from ui.widgets.keys import letter_of
from ui.widgets.text import tip
from ui.widgets.things import KEY, ROW_ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ui.widgets.things import Index

_MOST = 9
_NEW = "+"  # key of the row that adds; no key of a thing has it
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_NOTHING = "Nothing to choose yet: the Overview is where it is added."


class PickField(QPushButton):
    """Several of a list, by name; `committed` tells of another choice.

    A click, Enter, Space or Down opens the list, and so does a letter: it goes to the name that begins so. Where
    something can be added, words typed narrow the list, and what it lacks is added: `added` asks for it by the name
    typed, and whoever adds it calls `add_picked`.
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
        self._popup.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list on Enter and Down, and on a letter, which goes to it."""
        letter = letter_of(event)
        if event.key() in _OPEN or letter:
            self.open()
            if letter and self._popup is not None:
                self._popup.type(letter)
        else:
            super().keyPressEvent(event)

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
        self.line.returnPressed.connect(self._take)
        self.line.textChanged.connect(lambda _text: self._narrow())
        self.view.installEventFilter(self)
        self._nothing = TextLabel(_NOTHING, ink="muted", wrap=True, parent=self)
        self._nothing.setContentsMargins(SPACE[1], SPACE[1], SPACE[1], SPACE[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[0], SPACE[0], SPACE[0], SPACE[0])
        column.setSpacing(SPACE[0])
        for part in (self.view, self._nothing, self.line):
            column.addWidget(part)

    def begin(self) -> None:
        """Take the keyboard: into the list, or where a first one is added."""
        (self.view if self._options or self.line.isHidden() else self.line).setFocus()

    def type(self, letter: str) -> None:
        """Go on with a letter: it narrows the list where things can be added, else goes to the name that begins so."""
        if self.line.isHidden():
            self.view.keyboardSearch(letter)
        else:
            self.line.setFocus()
            self.line.insert(letter)

    def show_options(self, options: Sequence[tuple[str, str, str]], picked: set[str]) -> None:
        """Offer (key, name, detail)."""
        self._options, self.picked = options, picked
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows go through the list while something is typed under it."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            to = (self.view.currentIndex().row() + step) % max(self._model.rowCount(), 1)
            self.view.setCurrentIndex(self._model.index(to))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a letter typed in the list for the beginning of a name."""
        if event.type() == QEvent.Type.KeyPress and not self.line.isHidden() and (letter := letter_of(event)):  # type: ignore[arg-type]
            self.type(letter)
            return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        """Show what has the words typed, and last that they can be added."""
        rows = [Row(key, name, detail, "check" if key in self.picked else "") for key, name, detail in self._found()]
        words = self.line.text().strip()
        if words and all(name.casefold() != words.casefold() for _key, name, _detail in self._options):
            rows.append(Row(_NEW, f"Add “{words}”", "", "plus"))
        self._model.set_rows(rows)
        self.view.setFixedHeight(ROW * min(max(len(rows), 1), _MOST))
        self.view.setVisible(bool(rows))
        self._nothing.setVisible(not rows and self.line.isHidden())
        if rows and not self.view.currentIndex().isValid():
            first = next((place for place, row in enumerate(rows) if row.key in self.picked), 0)
            self.view.setCurrentIndex(self._model.index(first))
        self.resize(self.width(), self.sizeHint().height())  # adjustSize makes a window 100 px high at least

    def _found(self) -> list[tuple[str, str, str]]:
        words = self.line.text().strip().casefold()
        return [option for option in self._options if words in f"{option[1]} {option[2]}".casefold()]

    def _narrow(self) -> None:
        """Show what has the words typed; what is called so is marked, else that it can be added."""
        self._show()
        words, names = self.line.text().strip().casefold(), [name.casefold() for _key, name, _detail in self._found()]
        place = next((place for place, name in enumerate(names) if name.startswith(words)), len(names))
        self.view.setCurrentIndex(self._model.index(place))

    def _tick(self, key: str) -> None:
        words = self.line.text().strip()
        self.line.clear()
        if key == _NEW:
            self.add_asked.emit(words)
        else:
            self.picked ^= {key}
            self._show()

    def _take(self) -> None:
        """Tick what is marked, or add what is typed."""
        if self.line.text().strip() and self.view.currentIndex().isValid():
            self._tick(str(self.view.currentIndex().data(KEY)))

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
