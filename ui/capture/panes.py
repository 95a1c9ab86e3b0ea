"""The two lists beside the notes while they are taken: the guide at the left, what is still to ask at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.notebook.cards import Card, CardView
from ui.theme import SMALL, SPACE
from ui.widgets import EmptyState, SectionLabel, TextLabel
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Sequence


class Pane(QFrame):
    """A headed list of questions; it only tells which one is to be put, or taken back."""

    put = Signal(str)  # key of a card
    taken_back = Signal(str)

    def __init__(self, title: str, empty: tuple[str, str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "surface")
        self.setAccessibleName(title)
        self.view = CardView(title, self)
        self._count = TextLabel("", SMALL, ink="faint", parent=self)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[3], SPACE[1], SPACE[2], SPACE[0])
        head.addWidget(SectionLabel(title, self))
        head.addSpacing(SPACE[1])
        head.addWidget(self._count)
        head.addStretch(1)
        self.nothing = EmptyState(*empty, parent=self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        self.view.used.connect(self._use)
        self.view.activated.connect(lambda _index: self.put.emit(self.view.current_key()))
        bind_key(self.view, "Take back that it was asked", "Del", self._take_back)

    def show_cards(self, cards: Sequence[Card], count: str) -> None:
        """Show other cards, and how many are left."""
        self.view.show_cards(cards)
        self._count.setText(count)
        self._stack.setCurrentWidget(self.view if cards else self.nothing)

    def _take_back(self) -> None:
        if self.view.current_key():
            self.taken_back.emit(self.view.current_key())

    def _use(self, key: str, spot: str) -> None:
        (self.taken_back if spot == "back" else self.put).emit(key)
