"""Strips above the preview: how to export, how to print, and how far either has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.assess.tick import TickButton
from ui.report.number_field import NumberField
from ui.start.passphrase import NewPassphrase
from ui.theme import SMALL, SPACE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import IconButton, SegmentedControl, TextButton
from ui.widgets.fields import ChoiceField, LineField
from ui.widgets.messages import Picture
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from ui.report.setup import Setup

PDF: Final = ".pdf"
_FORMATS: Final = ((PDF, "PDF"), (".docx", "Word"), (".xlsx", "Excel"), (".csv", "CSV"))
_ABOUT: Final = {
    PDF: "The report as it is shown, with bookmarks.",
    ".docx": "The same contents in a document that can be edited.",
    ".xlsx": "All tables of the report, a sheet each.",
    ".csv": "All tables of the report, a file each, in a folder.",
}
_FIELD: Final = 360


class Strip(QFrame):
    """A headed strip that is open or not; Escape closes it."""

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
        self.head.addWidget(TextLabel(title, weight="semibold", parent=self))
        self.head.addStretch(1)
        self.head.addWidget(self.close_button)
        self.column.addLayout(self.head)
        self.close_button.clicked.connect(self.shut)
        bind_key(self, f"Close: {title}", "Esc", self.shut, within=True)
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


class ExportStrip(Strip):
    """Asks for a format, copies and a passphrase; `asked` brings the ending and the passphrase ("" for none)."""

    asked = Signal(str, str)

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__("Export", parent)
        self._setup = setup
        self.format = SegmentedControl("Format", _FORMATS, self)
        self.about = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self.copies_label = TextLabel("Copies", ink="muted", parent=self)
        self.copies = NumberField("Copies", parent=self)
        self.protect = TickButton("Protect with a passphrase", self)
        self.passphrase = NewPassphrase(self)
        self.problem = TextLabel("", SMALL, ink="warning", wrap=True, parent=self)
        self.choose = TextButton("Choose where…", "primary", "download", "Ctrl+Return", self)
        self._lay_out()
        self.format.chosen.connect(lambda _ending: self._show_format())
        self.protect.clicked.connect(self._turn)
        self.copies.committed.connect(lambda number: setup.change(copies=number))
        self.passphrase.changed.connect(self.problem.hide)
        self.choose.clicked.connect(self._ask)
        bind_key(self, "Choose where to write the report", "Ctrl+Return", self._ask, within=True)
        self._show_format()

    def open(self) -> None:
        """Show it, as the report was last set up."""
        self.format.set_value(f".{self._setup.value.format}")
        self.refresh()
        self.show()
        self.format.button(self.format.value() or PDF).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the setup as it stands."""
        self.copies.set_value(self._setup.value.copies)
        self.protect.setChecked(self._setup.value.protected)
        self._show_format()

    def shut(self) -> None:
        """Close it, and keep nothing of a passphrase."""
        self.passphrase.forget()
        self.problem.hide()
        super().shut()

    def _show_format(self) -> None:
        ending = self.format.value() or PDF
        self.about.setText(_ABOUT[ending])
        self.protect.setVisible(ending == PDF)
        self.passphrase.setVisible(self._protected)
        self.problem.hide()

    @property
    def _protected(self) -> bool:
        return self.format.value() == PDF and self.protect.isChecked()

    def _turn(self, on: bool) -> None:  # noqa: FBT001 - as Qt tells it
        self._setup.change(protected=on)
        self._show_format()
        if on:
            self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        self.copies.commit()
        sentence = ""
        if self._protected and not self.passphrase.text:
            sentence = "Type it twice the same." if self.passphrase.differs else "Type the passphrase, twice."
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if sentence:
            self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.asked.emit(self.format.value() or PDF, self.passphrase.text if self._protected else "")

    def _lay_out(self) -> None:
        self.passphrase.setMaximumWidth(_FIELD)
        strength = self.passphrase.strength  # always room for two lines, so that nothing moves while one types
        strength.setFixedHeight(2 * strength.fontMetrics().lineSpacing() + 2)
        strength.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.copies.setFixedWidth(48)
        self.head.insertWidget(1, self.format)
        for field in (self.copies, self.passphrase.line, self.passphrase.repeat):
            field.setProperty("look", "")
        self.column.addWidget(self.about)
        self.add_row(self.copies_label, self.copies, self.protect)
        self.column.addWidget(self.passphrase)
        self.column.addWidget(self.problem)
        self.add_row(self.choose)


class PrintStrip(Strip):
    """Asks for a printer, pages and copies; `asked` brings the printer's name and the pages as they were typed."""

    asked = Signal(str, str)

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__("Print", parent)
        self._setup = setup
        self.printer = ChoiceField("Printer", (), self)
        self.pages = LineField("Pages", "All pages, or 1-3, 8", parent=self)
        self.copies_label = TextLabel("Copies", ink="muted", parent=self)
        self.copies = NumberField("Copies", parent=self)
        self.none = TextLabel(
            "This computer knows no printer. Add one in its own settings, or export a PDF and print that elsewhere.",
            ink="muted",
            wrap=True,
            parent=self,
        )
        self.print = TextButton("Print", "primary", "printer", "Ctrl+Return", self)
        self._lay_out()
        self.copies.committed.connect(lambda number: setup.change(copies=number))
        self.pages.returnPressed.connect(self._ask)
        self.print.clicked.connect(self._ask)
        bind_key(self, "Print the report on this printer", "Ctrl+Return", self._ask, within=True)

    def open(self, printers: list[str]) -> None:
        """Show it, with the printers this computer knows."""
        before = self.printer.value()
        self.printer.set_choices([(name, name) for name in printers])
        self.printer.set_value(before if before in printers else next(iter(printers), None))
        for part in (self.printer, self.pages, self.copies_label, self.copies, self.print):
            part.setVisible(bool(printers))
        self.none.setVisible(not printers)
        self.refresh()
        self.show()
        (self.printer if printers else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the setup as it stands."""
        self.copies.set_value(self._setup.value.copies)

    def _ask(self) -> None:
        if self.printer.value():
            self.copies.commit()
            self.asked.emit(str(self.printer.value()), self.pages.text())

    def _lay_out(self) -> None:
        for field in (self.printer, self.pages, self.copies):
            field.setProperty("look", "")
        self.printer.setMaximumWidth(_FIELD)
        self.copies.setFixedWidth(48)
        self.pages.setMaximumWidth(_FIELD)
        self.column.addWidget(self.none)
        self.column.addWidget(self.printer)
        self.add_row(self.pages, self.copies_label, self.copies)
        self.add_row(self.print)


class ProgressStrip(QFrame):
    """What is being done, how far it has come, and a button that stops it."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.show_progress("Making the report", 0, 0)

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
