"""Strips above the preview: how to export, and how to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.assess.tick import TickButton
from ui.printing.strips import FIELD, PrintStrip, Strip
from ui.report.number_field import NumberField
from ui.start.passphrase import NewPassphrase
from ui.theme import SMALL
from ui.widgets.actions import bind_key
from ui.widgets.buttons import SegmentedControl, TextButton
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
        self.passphrase.setMaximumWidth(FIELD)
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


class ReportPrintStrip(PrintStrip):
    """Asks for the number of copies, too, which is kept with the report."""

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup = setup
        self.copies_label = TextLabel("Copies", ink="muted", parent=self)
        self.copies = NumberField("Copies", parent=self)
        self.copies.setProperty("look", "")
        self.copies.setFixedWidth(48)
        for place, part in enumerate((self.copies_label, self.copies), 1):
            self.row.insertWidget(place, part)
        QWidget.setTabOrder(self.pages, self.copies)
        self.copies.committed.connect(lambda number: setup.change(copies=number))

    def parts(self) -> tuple[QWidget, ...]:
        """Give what it asks with, once there is a printer."""
        return (*super().parts(), self.copies_label, self.copies)

    def refresh(self) -> None:
        """Show the setup as it stands."""
        self.copies.set_value(self._setup.value.copies)

    def commit(self) -> None:
        """Hand over the number of copies."""
        self.copies.commit()
