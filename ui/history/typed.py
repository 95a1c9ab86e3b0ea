"""The notes as they were typed in the interview: to read, to select and to copy, never to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.notebook.offsets import showable
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QPaintEvent

    from app.analysis.afterwards import TypedLine


class TypedView(QPlainTextEdit):
    """Each line under a small head with its time and speaker; Enter chooses the line the cursor is in."""

    chosen = Signal(str)  # key of a line

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[TypedLine, ...] = ()
        self._places: list[tuple[int, int, str]] = []  # first and last block of each line, its key
        self._marked = ""
        self.setAccessibleName("Notes as typed in the interview")
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setStyleSheet("QPlainTextEdit { background: transparent; border: 0; padding: 0; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(SPACE[3])
        self._show = bind_key(self, "Show the line in the notes", ("Return", "Enter"), self._choose)
        theme().changed.connect(self._write)

    def show_lines(self, lines: tuple[TypedLine, ...]) -> None:
        """Show other lines; where they are the same, the cursor and the scroll stay."""
        if lines != self._lines:
            self._lines = lines
            self._write()

    def current_key(self) -> str:
        """Key of the line the cursor is in, "" for none."""
        block = self.textCursor().blockNumber()
        return next((key for first, last, key in self._places if first <= block <= last), "")

    def show_key(self, key: str) -> None:
        """Mark a line and scroll to it; none where it was not typed in the interview."""
        self._marked = key
        self.viewport().update()
        first = next((first for first, _last, each in self._places if each == key), None)
        if first is not None:
            self.setTextCursor(QTextCursor(self.document().findBlockByNumber(first)))
            self.verticalScrollBar().setValue(self.textCursor().block().firstLineNumber())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy, and to show the line in the notes."""
        if not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        menu.addAction(self._show)
        menu.popup(event.globalPos())

    def _choose(self) -> None:
        if key := self.current_key():
            self.chosen.emit(key)

    def _write(self) -> None:
        scroll = self.verticalScrollBar().value()
        self.clear()
        self._places = []
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        plain = QTextBlockFormat()
        head, words, gap = _format(SMALL, "text_muted"), _format(BODY, "text"), _format(SMALL // 2, "text")
        for line in self._lines:
            if self._places:
                cursor.insertBlock(plain, gap)
                cursor.insertBlock(plain, words)
            first = cursor.blockNumber()
            if line.head:
                cursor.insertText(showable(line.head), head)
                cursor.insertBlock(plain, words)
            cursor.insertText(showable(line.text), words)
            self._places.append((first, cursor.blockNumber(), line.line))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(scroll)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Give the marked line a ground of its own, as wide as the view."""
        for first, last, key in self._places:
            if key == self._marked:
                painter = QPainter(self.viewport())
                top, bottom = self._rect(first).top(), self._rect(last).bottom()
                painter.fillRect(QRectF(0, top - 2, self.viewport().width(), bottom - top + 4), _ground())
                painter.end()
        super().paintEvent(event)

    def _rect(self, block: int) -> QRectF:
        """Tell where a block stands in the view."""
        return self.blockBoundingGeometry(self.document().findBlockByNumber(block)).translated(self.contentOffset())


def _ground() -> QColor:
    return theme().colour("accent_soft")


def _format(size: int, ink: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme().font(size))
    made.setForeground(theme().colour(ink))
    return made
