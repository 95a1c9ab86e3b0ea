"""How a report leaves: the strips that ask, the work beside the window, and what the bar says of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.audit_digest import audit_digest
from app.errors import FieldquillError
from app.model.disclosure import ReportFormat
from ui.printing.printing import Printing
from ui.report.exporting import Exporter, Order
from ui.report.leaks import to_settle
from ui.report.printing import report_sheaf
from ui.report.strips import ExportStrip, ReportPrintStrip
from ui.widgets.files import ask_file_to_save
from ui.widgets.text import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.report.snapshot import AuditDigest
    from ui.desk import Desk
    from ui.printing.job import Sheaf
    from ui.report.setup import Setup
    from ui.widgets.messages import Bar

_NAMED = {".pdf": "as PDF", ".docx": "for Word", ".xlsx": "for Excel", ".csv": "as CSV"}


class Output(QWidget):
    """Exports and prints, one at a time. While a leak is open in a report for others it does neither, and says so."""

    leaks_asked = Signal()
    left = Signal()  # a strip was closed
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, setup: Setup, bar: Bar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._setup, self._bar = desk, setup, bar
        self.open_leaks = 0
        self.busy = False
        self.export_strip = ExportStrip(setup, self)
        self.print_strip = ReportPrintStrip(setup, self)
        self.exporter = Exporter(self)
        self.printing = Printing(self.print_strip, bar, "Making the report", self)
        self.printing.offer(self._sheaf)
        self.progress = self.printing.progress
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for strip in (self.export_strip, self.printing):
            column.addWidget(strip)
        column.addWidget(Rule(self))
        self._connect()

    def refresh(self) -> None:
        """Show the setup as it stands, in the strip that is open."""
        for strip in (self.export_strip, self.print_strip):
            if strip.isVisibleTo(self):
                strip.refresh()

    def export(self) -> None:
        """Ask how and where to write the report."""
        if not self.busy and not self._stopped("Nothing was written"):
            self._bar.hide()
            self.print_strip.hide()
            self.export_strip.open()

    def print(self) -> None:
        """Ask on which printer, and print."""
        if not self.busy and not self._stopped("Nothing was printed"):
            self.export_strip.hide()
            self.printing.ask()

    def write(self, path: Path, passphrase: str = "") -> None:
        """Write the report to a file, in the format of its ending."""
        setup = replace(self._setup.value, protected=bool(passphrase))
        study = self._desk.study
        if (audit := self._audit()) is not None:
            self.exporter.write(Order(study.revealed, setup, path, audit, passphrase))

    def finish(self) -> None:
        """Leave no thread behind: what is being written is written."""
        self.exporter.lane.finish()

    def _sheaf(self, pages: str) -> Sheaf | None:
        audit = self._audit()
        return report_sheaf(self._desk.study.revealed, self._setup.value, pages, audit) if audit is not None else None

    def _audit(self) -> AuditDigest | None:
        """Read what the audit trail says, checked; where the file can't be read just now, say so and give None."""
        try:
            return audit_digest(self._desk.study)
        except FieldquillError as problem:
            self._bar.tell(problem.sentence, "error")
            return None

    def _stopped(self, what: str) -> bool:
        """Say that a profile is to be chosen first, or that leaks stop it, and lead to them; gives whether so."""
        if self._setup.lost:
            self._bar.tell(f"{what}: the profile of this report is no more; choose another one at the top.", "warning")
            return True
        if not self.open_leaks or not self._setup.for_others:
            return False
        self._bar.tell(f"{what}: there {_are(self.open_leaks)} in the {self._setup.profile.name} report.", "warning")
        self.leaks_asked.emit()
        return True

    def _choose(self, ending: str, passphrase: str) -> None:
        from app.report.release import free_path

        study = Path(self._desk.study.path)
        stem = f"report-{self._setup.profile.key}" if self._setup.for_others else study.stem
        name = free_path(study.with_name(f"{stem}{ending}")).name
        path = ask_file_to_save(self, f"Write the report {_NAMED[ending]}", name, ending, study.parent)
        if path is not None:
            self._setup.change(format=ReportFormat(ending.removeprefix(".")))
            self.write(path, passphrase)

    def _show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.busy = busy
        if busy:
            self._bar.hide()  # what was before is over
            self.export_strip.shut()
            self.print_strip.shut()
        self.busy_changed.emit(busy)

    def _written(self, paths: Sequence[Path]) -> None:
        tables = paths[0].suffix == ".csv"
        written = list(dict.fromkeys(path.parent if tables else path for path in paths))
        more = f" and {len(written) - 1} more" if len(written) > 1 else ""
        what = f"{len(paths)} tables in the folder " if tables else ""
        self._bar.tell(f"Written: {what}{written[0].name}{more}.")

    def _not_written(self, sentence: str) -> None:
        self._bar.tell(sentence, "error", "Try again", self.export)

    def _leaking(self, sentence: str) -> None:
        self._bar.tell(sentence, "warning")
        self.leaks_asked.emit()

    def _connect(self) -> None:
        self.export_strip.closed.connect(self.left)
        self.printing.left.connect(self.left)
        self.export_strip.asked.connect(self._choose)
        for worker in (self.exporter, self.printing):
            worker.busy_changed.connect(self._show_busy)
            worker.stopped.connect(self._leaking)
        self.exporter.busy_changed.connect(self.progress.show_busy)
        self.exporter.progressed.connect(self.progress.show_progress)
        self.exporter.written.connect(self._written)
        self.exporter.failed.connect(self._not_written)
        self.progress.cancel_asked.connect(self.exporter.cancel)


def _are(leaks: int) -> str:
    return f"{'is' if leaks == 1 else 'are'} {to_settle(leaks)}"
