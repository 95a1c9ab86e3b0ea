"""A line to type into, laid over the window, and under it a list that gets shorter as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.main_window.overlay import Overlay, OverlayLine
from ui.theme import ROW, SPACE
from ui.widgets.text import TextLabel
from ui.widgets.things import KEY, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from ui.widgets.things import Row

WIDTH: Final = 520
_MOST: Final = 12  # rows shown at once
_ACCEPT: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ListOverlay(Overlay):
    """The arrows go through the list, Enter or a click takes what is marked; whoever derives says what that does.

    Args:
        name: of the card.
        line: name of what is typed into.
        found: name of the list.
        parent: what it lies over.
        width: of the card, px.
        most: rows shown at once.
    """

    def __init__(
        self, name: str, line: str, found: str, parent: QWidget, *, width: int = WIDTH, most: int = _MOST
    ) -> None:
        super().__init__(name, width, parent)
        self._most = most
        self.line = OverlayLine(line, self.card)
        self._model = RowModel(self)
        self.view = RowView(found, self.card)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setModel(self._model)
        self.nothing = TextLabel("Nothing found", ink="muted", parent=self.card)
        self.nothing.setFixedHeight(ROW)
        self.nothing.setContentsMargins(SPACE[2], 0, SPACE[2], 0)
        self.column = QVBoxLayout(self.card)
        self.column.setContentsMargins(0, 0, 0, SPACE[1])
        self.column.setSpacing(0)
        for part in (self.line, self.view, self.nothing):
            self.column.addWidget(part)
        self.line.textChanged.connect(self._narrow)
        self.view.clicked.connect(self._accept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the list, and take what is marked."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._mark((self.view.currentIndex().row() + step) % max(self._model.rowCount(), 1))
        elif event.key() in _ACCEPT:
            self._accept(self.view.currentIndex())
        else:
            super().keyPressEvent(event)

    def begin(self) -> None:
        """Offer everything, nothing typed yet."""
        self.line.clear()
        self._narrow("")
        self.open(self.line)

    def rows(self, words: str) -> Sequence[Row]:
        """What is offered for the words typed."""
        raise NotImplementedError

    def take(self, key: str) -> None:
        """Do what the row of that key stands for; the overlay is gone by then."""
        raise NotImplementedError

    def _narrow(self, words: str) -> None:
        rows = self.rows(words)
        self._model.set_rows(rows)
        room = (self.room - self.line.sizeHint().height() - SPACE[1]) // ROW
        self.view.setFixedHeight(ROW * min(max(len(rows), 1), max(min(self._most, room), 2)))
        self.view.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._mark(0)
        self.card.adjustSize()

    def _mark(self, row: int) -> None:
        self.view.setCurrentIndex(self._model.index(row))

    def _accept(self, index: QModelIndex) -> None:
        if index.isValid():
            key = str(index.data(KEY))
            self.close_up()
            self.take(key)
