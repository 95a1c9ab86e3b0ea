"""The bar over finished notes: since when they are, and the reason that opens them once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from app.analysis.collection import local_time
from ui.theme import SPACE
from ui.widgets import Picture, TextButton, TextLabel

if TYPE_CHECKING:
    from app.model.document import StudyDocument
    from app.model.source import Source


class SealBar(QFrame):
    """Says that notes are finished, and asks why they are to be changed."""

    broken = Signal(str)  # the reason
    left = Signal()  # back to the notes, by Escape

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._source: str | None = None
        self._words = TextLabel("", ink="muted", parent=self)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText("Why change?")
        self.reason.setAccessibleName("Why finished notes are changed")
        self.reason.setMaxLength(200)
        self.reason.setMinimumWidth(120)
        self.button = TextButton("Change the notes", "quiet", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[3], SPACE[0], SPACE[1], SPACE[0])
        row.setSpacing(SPACE[1])
        row.addWidget(Picture("lock", parent=self))
        row.addWidget(self._words)
        row.addWidget(self.reason, 1)
        row.addWidget(self.button)
        self.reason.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._break)
        self.button.clicked.connect(self._break)
        self.reason.installEventFilter(self)
        self.button.setEnabled(False)
        self.hide()

    def show_source(self, document: StudyDocument, source: Source | None, *, open_: bool, may_break: bool) -> None:
        """Tell since when a source's notes are finished, and by whom; words begun for another one go."""
        key = source.key if source is not None else None
        if key != self._source:
            self.reason.clear()
        self._source = key
        if open_ or source is None:
            return
        names = {each.key: each.name for each in document.assessors}
        when = local_time(source.finished_at, source.zone) if source.finished_at else None
        stamp = f" {when.day} {when:%b %Y}" if when else ""
        by = f" by {names[source.finished_by]}" if source.finished_by in names else ""
        self._words.setText(f"Finished{stamp}{by}")
        self._words.setToolTip(f"At {when:%H:%M}" if when else "")
        for part in (self.reason, self.button):
            part.setVisible(may_break)

    def ask(self) -> None:
        """Go to the reason: somebody typed into finished notes."""
        if self.isVisible() and self.reason.isVisibleTo(self):
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape lead from the reason back to the notes, before what holds both takes it."""
        if watched is self.reason and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _break(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.reason.clear()
            self.broken.emit(reason)
