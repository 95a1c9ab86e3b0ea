"""The panel at the right: evidence, why, history of what the page shows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import BODY, SPACE
from ui.widgets.buttons import IconButton
from ui.widgets.roomy import Roomy
from ui.widgets.text import ElidedLabel


class ContextPanel(QFrame):
    """A headed panel that can be closed; it shows what `set_content` gave it, at its own width."""

    closed = Signal()

    def __init__(self, title: str = "", key: str = "F9", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._title = ElidedLabel(title, BODY, "semibold", parent=self)
        close = IconButton("panel-right-close", "Close this panel", key, self)
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[3], SPACE[1], SPACE[1], SPACE[1])
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._room = Roomy(self)
        self._column.addWidget(self._room, 1)

    def set_title(self, title: str) -> None:
        """Name what is shown."""
        self._title.setText(title)

    def set_content(self, content: QWidget | None) -> None:
        """Show another widget; the one before is let go, not deleted."""
        self._room.set_thing(content)
