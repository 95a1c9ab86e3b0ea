"""The notes as a text to find in: lines, the selection, and hits set off behind their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QTextCursor

from app.model.shifting import Mark
from app.search.matching import occurrences
from ui.notebook.offsets import storable, to_points, to_units
from ui.notebook.painting import mark_rects, visible_blocks
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QColor, QPainter

    from ui.notebook.editor import NotesEditor


def paint_hit(painter: QPainter, where: QRectF, ground: QColor, line: QColor) -> None:
    """Paint what is behind a hit: a ground of its own, and a line below for those who see colours alike."""
    where = where.adjusted(1, 0, -1, 0)
    painter.fillRect(where, ground)
    painter.fillRect(QRectF(where.left(), where.bottom() - 2, where.width(), 2), line)


class NotesPlaces(QObject):
    """What `FindBar` asks of a text, answered by an editor of notes."""

    changed = Signal()

    def __init__(self, editor: NotesEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._typed = ""
        editor.document().contentsChanged.connect(self.changed)
        editor.behind.append(self._paint)

    def texts(self) -> Iterable[str]:
        """Give the notes, line by line."""
        return (row.text for row in self._editor.sheet.rows)

    def selection(self) -> tuple[tuple[int, int], str]:
        """Give line and code point where the selection begins, or the cursor is, and the words selected in one line."""
        cursor = self._editor.textCursor()
        block = self._editor.document().findBlock(cursor.selectionStart())
        text = storable(block.text())
        start = to_points(text, cursor.selectionStart() - block.position())
        end = to_points(text, cursor.selectionEnd() - block.position())
        one_line = cursor.selectionEnd() < block.position() + block.length()
        return (block.blockNumber(), start), text[start:end] if one_line else ""

    def select(self, line: int, start: int, end: int) -> None:
        """Select words, and bring them into view."""
        block = self._editor.document().findBlockByNumber(line)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + to_units(block.text(), start))
        cursor.setPosition(block.position() + to_units(block.text(), end), QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        self._editor.centerCursor()

    def set_off(self, typed: str) -> None:
        """Set off wherever these letters stand in view; nowhere for none."""
        if typed != self._typed:
            self._typed = typed
            self._editor.viewport().update()

    def take_focus(self) -> None:
        """Let people go on writing."""
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paint(self, painter: QPainter, editor: NotesEditor) -> None:
        """Paint what is set off behind its words, line by line in view."""
        if not self._typed.strip():
            return
        ground, line = theme().colour("warning_soft"), theme().colour("warning")
        for block, where in visible_blocks(editor):
            for start, end in occurrences(self._typed, storable(block.text())):
                for rect in mark_rects(block, Mark("", start, end)):
                    paint_hit(painter, rect.translated(where.topLeft()), ground, line)
