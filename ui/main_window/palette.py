"""The command palette: type what you want to do or where to go, Enter does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.search.jump import means, ranked
from ui.main_window.commands import Command, matches
from ui.main_window.overlay import Overlay, OverlayLine
from ui.theme import ROW, SPACE
from ui.widgets.things import KEY, Row, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from app.search.jump import Target

WIDTH = 520
_MOST = 12


class CommandPalette(Overlay):
    """Every command by name, narrowed as you type; and with words typed, everything `targets` says can be gone to."""

    chosen = Signal(str, str)  # page, and the key to show there

    def __init__(self, parent: QWidget, targets: Callable[[], Sequence[Target]] = tuple) -> None:
        super().__init__("Commands", WIDTH, parent)
        self._commands: Sequence[Command] = ()
        self._look_up = targets
        self._targets: Sequence[Target] | None = None  # found when first asked for
        self._deeds: list[Command | Target] = []  # as they are listed
        self.line = OverlayLine("What do you want to do?", self.card)
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
        self._deeds = self._meant(words)
        rows = [_row(str(place), deed) for place, deed in enumerate(self._deeds)]
        self._model.set_rows(rows)
        self.view.setFixedHeight(ROW * min(max(len(rows), 1), _MOST))
        self._mark(0)
        self.card.adjustSize()

    def _meant(self, words: str) -> list[Command | Target]:
        """List commands whose words begin as typed, then where to go, then commands that have the letters somewhere."""
        found = [command for command in self._commands if matches(words, f"{command.text} {command.heading}")]
        if not words.strip():
            return [*found]
        if self._targets is None:
            self._targets = self._look_up()
        first = [command for command in found if means(command.text, words)]
        return [*first, *ranked(self._targets, words), *(command for command in found if command not in first)]

    def _mark(self, row: int) -> None:
        self.view.setCurrentIndex(self._model.index(row))

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        deed = self._deeds[int(index.data(KEY))]
        self.close_up()
        if isinstance(deed, Command):
            QTimer.singleShot(0, deed.action, deed.action.trigger)
        else:
            self.chosen.emit(deed.page, deed.key)


def _row(key: str, deed: Command | Target) -> Row:
    return Row(key, deed.text, deed.key if isinstance(deed, Command) else deed.detail)
