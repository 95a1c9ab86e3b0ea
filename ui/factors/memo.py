"""The editor of a memo: what is typed is kept when it is left, and when typing pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal

from ui.widgets.fields import TextField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

PAUSE = 1000  # ms without a key


class MemoField(TextField):
    """Ctrl+Enter and Escape keep what was typed and go back to the grid. Nothing typed is thrown away."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Memo", "Why it is judged so (Enter)", lines=3, most=7, parent=parent)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.commit)
        self.textChanged.connect(self._pause.start)

    def set_value(self, value: object) -> None:
        """Show a memo; the text cursor stays where somebody is typing the same."""
        if self.hasFocus() and str(value or "") == self.value():
            self._shown = str(value or "")
            return
        super().set_value(value)
        self._pause.stop()

    def commit(self) -> None:
        """Hand over what was typed."""
        self._pause.stop()
        super().commit()

    def not_kept(self) -> None:
        """Take note that what was handed over could not be written: it waits to be."""
        self._shown = ""
        self.document().setModified(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the grid on Escape and Ctrl+Enter."""
        if event.key() == Qt.Key.Key_Escape or self._ends(event):
            self.commit()
            self.left.emit()
        else:
            super().keyPressEvent(event)
