"""The command palette: type what you want to do, Enter does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.main_window.commands import Command, matches
from ui.main_window.overlay import Overlay
from ui.theme import ROW, SPACE
from ui.widgets.things import KEY, Row, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

WIDTH = 520
_MOST = 12


class _Line(QLineEdit):
    """A line that leaves the arrows and Enter to the list under it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what the list or the overlay is to handle."""
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if event.key() in keys:
            event.ignore()
        else:
            super().keyPressEvent(event)


class CommandPalette(Overlay):
    """Every command by name, narrowed as you type."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Commands", WIDTH, parent)
        self._commands: Sequence[Command] = ()
        self.line = _Line(self.card)
        self.line.setProperty("look", "palette")
        self.line.setPlaceholderText("What do you want to do?")
        self.line.setAccessibleName("What do you want to do?")
        self._model = RowModel(self)
        self.view = RowView("Commands found", self.card)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setModel(self._model)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, 0, 0, SPACE[1])
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self.view)
        self.line.textChanged.connect(self._narrow)
        self.view.clicked.connect(self._run)

    def ask(self, commands: Sequence[Command]) -> None:
        """Offer commands."""
        self._commands = [command for command in commands if command.action.isEnabled()]
        self.line.clear()
        self._narrow("")
        self.open(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the list, and run what is marked."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            rows = max(self._model.rowCount(), 1)
            self._mark((self.view.currentIndex().row() + step) % rows)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.view.currentIndex())
        else:
            super().keyPressEvent(event)

    def _narrow(self, words: str) -> None:
        rows = [
            Row(str(place), command.text, command.key)
            for place, command in enumerate(self._commands)
            if matches(words, f"{command.text} {command.heading}")
        ]
        self._model.set_rows(rows)
        self.view.setFixedHeight(ROW * min(max(len(rows), 1), _MOST))
        self._mark(0)
        self.card.adjustSize()

    def _mark(self, row: int) -> None:
        self.view.setCurrentIndex(self._model.index(row))

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        action = self._commands[int(index.data(KEY))].action
        self.close_up()
        QTimer.singleShot(0, action, action.trigger)
