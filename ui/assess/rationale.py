"""The editor of a rationale, in the row of its criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.theme import BODY, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

LINES = 3


class RationaleEdit(QPlainTextEdit):
    """Enter, Escape and leaving keep what was typed; Shift+Enter begins a new line. Nothing typed is thrown away.

    `first` is the text it was opened with.
    """

    done = Signal(bool, bool)  # whether Enter said so; whether the focus is to go back to the list

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self.first = text.strip()
        self.setAccessibleName(name)
        self.setFont(theme().font(BODY))
        self.setPlainText(text)
        self.setTabChangesFocus(True)
        self.moveCursor(self.textCursor().MoveOperation.End)

    @staticmethod
    def height_for(lines: int = LINES) -> int:
        """How high it is, in px."""
        return 18 * lines + 14

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Enter and Escape."""
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Escape or (key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift):
            self._finish(agreed=key != Qt.Key.Key_Escape, back=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed when left, unless only its menu opened."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._finish(agreed=False, back=False)

    def _finish(self, *, agreed: bool, back: bool) -> None:
        if not self._closed:
            self._closed = True
            self.done.emit(agreed, back)
