"""Whose answers these are: asked before the first answer is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ui.theme import BODY, SPACE
from ui.widgets import Picture, TextButton, TextLabel
from ui.widgets.tab_order import tab_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.setting import Assessor

_MOST = 4


class WhoStrip(QFrame):
    """Offers the assessors, and a line for a new one."""

    chosen = Signal(str)  # an assessor's key
    added = Signal(str)  # the name of a new one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setAccessibleName("Whose answers are these?")
        self.name = QLineEdit(self)
        self.name.setPlaceholderText("Another name")
        self.name.setAccessibleName("Name of a new assessor")
        self.name.setMaximumWidth(180)
        self.name.returnPressed.connect(self._add)
        self._buttons: list[TextButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[1])
        self._row.setSpacing(SPACE[1])
        self._row.addWidget(Picture("user", parent=self))
        self._row.addWidget(TextLabel("Whose answers are these?", BODY, "medium", parent=self))
        self._row.addWidget(self.name)
        self._row.addStretch(1)

    def show_assessors(self, assessors: Sequence[Assessor]) -> None:
        """Offer these people."""
        for button in self._buttons:
            button.deleteLater()
        self._buttons = []
        for place, assessor in enumerate(assessors[:_MOST]):
            button = TextButton(assessor.name, parent=self)
            button.clicked.connect(lambda _checked=False, key=assessor.key: self.chosen.emit(key))
            self._row.insertWidget(2 + place, button)
            self._buttons.append(button)
        tab_before(self._buttons, self.name)

    def button(self, place: int) -> TextButton:
        """Give one of the buttons."""
        return self._buttons[place]

    def ask(self) -> None:
        """Bring the question to attention."""
        (self._buttons[0] if self._buttons else self.name).setFocus()

    def _add(self) -> None:
        name = self.name.text().strip()
        if name:
            self.name.clear()
            self.added.emit(name)
