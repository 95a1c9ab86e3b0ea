"""Strips above a page: how to print, and how far what is done beside the window has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.fields import ChoiceField, LineField
from ui.widgets.focus import on_escape
from ui.widgets.messages import Picture
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

FIELD: Final = 360


class Strip(QFrame):
    """A headed strip that is open or not; Escape closes it, where nothing half typed is taken back by it."""

    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "surface")
        self.close_button = IconButton("x", f"Close: {title}", "Esc", self, side=24)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE[3], SPACE[2], SPACE[2], SPACE[2])
        self.column.setSpacing(SPACE[1])
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE[2])
        self.title = TextLabel(title, weight="semibold", parent=self)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.close_button)
        self.column.addLayout(self.head)
        self.close_button.clicked.connect(self.shut)
        on_escape(self, self.shut)
        self.hide()

    def shut(self) -> None:
        """Close it."""
        self.hide()
        self.closed.emit()

    def add_row(self, *parts: QWidget) -> QHBoxLayout:
        """Put parts side by side under what is there."""
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        self.column.addLayout(row)
        return row


class PrintStrip(Strip):
    """Asks for a printer and pages; `asked` brings the printer's name and the pages as they were typed."""

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Print", parent)
        self.printer = ChoiceField("Printer", (), self)
        self.pages = LineField("Pages", "All pages, or 1-3, 8", parent=self)
        self.none = TextLabel(
            "This computer knows no printer. Add one in its own settings, or write a PDF and print that elsewhere.",
            ink="muted",
            wrap=True,
            parent=self,
        )
        self.print = TextButton("Print", "primary", "printer", "Ctrl+Return", self)
        self._lay_out()
        self.pages.returnPressed.connect(self._ask)
        self.print.clicked.connect(self._ask)
        bind_key(self, "Print on this printer", "Ctrl+Return", self._ask, within=True)

    def open(self, printers: Sequence[str]) -> None:
        """Show it, with the printers this computer knows."""
        before = self.printer.value()
        self.printer.set_choices([(name, name) for name in printers])
        self.printer.set_value(before if before in printers else next(iter(printers), None))
        for part in self.parts():
            part.setVisible(bool(printers))
        self.none.setVisible(not printers)
        self.refresh()
        self.show()
        (self.printer if printers else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def parts(self) -> tuple[QWidget, ...]:
        """Give what it asks with, once there is a printer."""
        return (self.printer, self.pages, self.print)

    def refresh(self) -> None:
        """Show what is set up as it stands; nothing here."""

    def commit(self) -> None:
        """Hand over what was typed and is kept; nothing here."""

    def _ask(self) -> None:
        if self.printer.value():
            self.commit()
            self.asked.emit(str(self.printer.value()), self.pages.text())

    def _lay_out(self) -> None:
        for field in (self.printer, self.pages):
            field.setProperty("look", "")
            field.setMaximumWidth(FIELD)
        self.column.addWidget(self.none)
        self.column.addWidget(self.printer)
        self.row = self.add_row(self.pages)
        self.add_row(self.print)


class ProgressStrip(QFrame):
    """What is being done, beginning with what comes `first`, how far it has come, and a button that stops it."""

    cancel_asked = Signal()

    def __init__(self, first: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = first
        self.setProperty("look", "bar")
        self.words = TextLabel("", parent=self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.cancel = TextButton("Cancel", "quiet", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[3], SPACE[0], SPACE[1], SPACE[0])
        row.setSpacing(SPACE[2])
        row.addWidget(Picture("loader-circle", "text_muted", 14, self))
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.cancel.clicked.connect(self._stop)
        self.hide()

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Appear while something is being done."""
        self.setVisible(busy)
        self.cancel.setEnabled(True)
        self.show_progress(self._first, 0, 0)

    def show_progress(self, what: str, done: int, of: int) -> None:
        """Say how far it has come; 0 of 0 where nobody knows."""
        self.words.setText(f"{what}…" if self.cancel.isEnabled() else "Stopping…")
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.setAccessibleName(f"{what}, {done} of {of}" if of else what)

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self.words.setText("Stopping…")
        self.cancel_asked.emit()
