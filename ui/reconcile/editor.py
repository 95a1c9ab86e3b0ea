"""The editor of an agreed line, in its place between the two that it comes from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.notebook.offsets import showable, storable
from ui.notebook.wrapping import line_height
from ui.theme import BODY, theme

_AROUND = 9  # px: padding and border
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MINE = (*_ENTER, Qt.Key.Key_Escape)


class AgreedEdit(QPlainTextEdit):
    """One line, however long: Enter keeps it, Escape drops it. It grows with its words.

    `first` is the text it was opened with, "" where that is still to be saved.
    """

    done = Signal(bool)  # whether it is to be kept
    grew = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = text
        self.setAccessibleName("Agreed line")
        self.setFont(theme().font(BODY))
        self.document().setDocumentMargin(1)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlainText(showable(text))
        self.moveCursor(self.textCursor().MoveOperation.End)
        self.textChanged.connect(self.grew)

    @property
    def text(self) -> str:
        """What it says, as the study is to hold it."""
        return storable(self.document().firstBlock().text())

    def wanted_height(self) -> int:
        """How high it must be to show all its words at its width, in px."""
        return round(self.document().size().height() * line_height(BODY)) + _AROUND

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Escape from the shortcuts of whatever is around."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _MINE:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish on Enter and Escape."""
        if event.key() in _ENTER:
            self.done.emit(True)  # noqa: FBT003 - as the signal is declared
        elif event.key() == Qt.Key.Key_Escape:
            self.done.emit(False)  # noqa: FBT003
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste several lines as one."""
        self.insertPlainText(showable(" ".join(source.text().splitlines())))
