"""A line of words that stays on screen until it is kept, and is left by Escape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ui.widgets.fields import TextField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class KeptField(TextField):
    """Enter and leaving keep what is typed, Escape goes back to what stood there and then leaves."""

    left = Signal()

    def set_value(self, value: object) -> None:
        """Show words; what waits to be kept is not overwritten by those it is to replace."""
        if not (self.pending and str(value or "") == self._shown):
            super().set_value(value)

    def not_kept(self, standing: str) -> None:
        """Take note that what was handed over could not be kept in the place of what stands: it waits to be."""
        self._shown = standing
        self.document().setModified(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape once nothing is pending."""
        if event.key() == Qt.Key.Key_Escape and not self.pending:
            self.left.emit()
        else:
            super().keyPressEvent(event)
