"""The layout of the notebook's paragraphs: a little room under each, so that lines of notes stand apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextDocumentLayout

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QTextBlock

ROOM = 8  # px under each line of notes


class NotesLayout(QPlainTextDocumentLayout):
    """Qt's own layout of plain text, with room between paragraphs."""

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Measure a paragraph with the room under it."""
        rect = super().blockBoundingRect(block)
        if rect.height() > 0:
            rect.setHeight(rect.height() + ROOM)
        return rect
