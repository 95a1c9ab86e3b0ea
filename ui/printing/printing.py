"""Printing above a page: the strip that asks, the work beside the window, and what the bar says of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.analysis.todo import count
from ui.printing.job import PrintJob, make_printer, printer_names
from ui.printing.strips import ProgressStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.printing.job import Sheaf
    from ui.printing.strips import PrintStrip
    from ui.widgets.messages import Bar


class Printing(QWidget):
    """Asks for a printer and prints what is offered, one thing at a time; a leak stops it."""

    left = Signal()  # the strip was closed
    stopped = Signal(str)  # by leaks, with the sentence to tell
    busy_changed = Signal(bool)

    def __init__(self, strip: PrintStrip, bar: Bar, first: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._make: Callable[[str], Sheaf | None] = _nothing
        self.progress = ProgressStrip(first, self)
        self.strip = strip
        self.job = PrintJob(self)
        self.busy = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress)
        column.addWidget(self.strip)
        self._connect()
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(self.job.stop)
        self.destroyed.connect(partial(_end, self.job))

    def offer(self, make: Callable[[str], Sheaf | None]) -> None:
        """Print from now on what `make` gives for pages as they were typed; it says why where it gives nothing."""
        self._make = make

    def ask(self) -> None:
        """Ask on which printer, and print."""
        if not self.busy:
            self._bar.hide()
            self.strip.open(printer_names())

    def print_on(self, name: str, pages: str = "") -> None:
        """Print pages of what is offered on a printer."""
        sheaf = self._make(pages)
        if sheaf is not None and not self.busy:
            self.job.start(sheaf, make_printer(name, sheaf.paper, sheaf.title))

    def _show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.busy = busy
        if busy:
            self._bar.hide()  # what was before is over
            self.strip.shut()
        self.progress.show_busy(busy)
        self.busy_changed.emit(busy)

    def _printed(self, pages: int) -> None:
        self._bar.tell(f"Printed: {count(pages, 'page', 'pages')}.")

    def _not_printed(self, sentence: str) -> None:
        self._bar.tell(sentence, "error", "Try again", self.ask)

    def _connect(self) -> None:
        self.strip.closed.connect(self.left)
        self.strip.asked.connect(self.print_on)
        self.progress.cancel_asked.connect(self.job.cancel)
        self.job.busy_changed.connect(self._show_busy)
        self.job.progressed.connect(self.progress.show_progress)
        self.job.stopped.connect(self.stopped)
        self.job.failed.connect(self._not_printed)
        self.job.ended.connect(self._printed)


def _nothing(_pages: str) -> None:
    """Offer nothing."""


def _end(job: PrintJob, _printing: object = None) -> None:
    """Leave no thread behind, whoever takes the page away; what is being printed is withdrawn."""
    job.stop()
