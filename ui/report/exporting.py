"""Writes a report beside the window, and tells how far it has come; it can be told to stop."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.version import VERSION
from ui.lane import Lane
from ui.report.builder import CHECK
from ui.report.renderer import PDFIUM

if TYPE_CHECKING:
    from pathlib import Path

    from app.model.disclosure import ReportSetup
    from app.model.document import StudyDocument
    from app.report.snapshot import AuditDigest


@dataclass(frozen=True)
class Order:
    """A report to be written: of what, how it is set up, where to, what the audit trail says, under which passphrase.

    The passphrase is empty for none.
    """

    document: StudyDocument
    setup: ReportSetup
    path: Path
    audit: AuditDigest | None = None
    passphrase: str = ""

    def __repr__(self) -> str:
        """Name it without the passphrase."""
        return f"Order({self.path.name!r})"


@dataclass(frozen=True)
class Stopped:
    """Why nothing was written: leaks."""

    sentence: str


class Exporter(QObject):
    """Writes one report at a time.

    `written` brings the paths, `stopped` the sentence of a leak check that let nothing pass, `failed` any other.
    """

    progressed = Signal(str, int, int)  # what is being done, how much of how much
    written = Signal(object)  # tuple of paths
    stopped = Signal(str)
    failed = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lane = Lane("report writer")
        self._cancelled = threading.Event()

    def write(self, order: Order) -> None:
        """Write a report."""
        self._cancelled.clear()
        self.busy_changed.emit(True)  # noqa: FBT003 - a signal's argument
        self.lane.ask(lambda: self._release(order), self._done, self._failed)

    def cancel(self) -> None:
        """Write nothing more; what is half written goes."""
        self._cancelled.set()

    def _release(self, order: Order) -> object:
        from app.report.release import LeaksError, release
        from app.report.snapshot import today

        try:
            with PDFIUM, CHECK:  # what was written is read again
                return release(
                    order.document,
                    order.setup,
                    order.path,
                    version=VERSION,
                    audit=order.audit,
                    issued=today(order.document),
                    passphrase=order.passphrase,
                    tell=self._tell,
                )
        except LeaksError as problem:
            return Stopped(problem.sentence)

    def _tell(self, what: str, done: int, of: int) -> bool:
        """Say in the window how far it has come; False where it is to stop. Called in the lane's thread."""
        with contextlib.suppress(RuntimeError):  # the window has gone meanwhile; what was asked for is still written
            self.progressed.emit(what, done, of)
        return not self._cancelled.is_set()

    def _done(self, result: object) -> None:
        self.busy_changed.emit(False)  # noqa: FBT003
        if isinstance(result, Stopped):
            self.stopped.emit(result.sentence)
        else:
            self.written.emit(result)

    def _failed(self, sentence: str) -> None:
        self.busy_changed.emit(False)  # noqa: FBT003
        self.failed.emit(sentence or "The report was not written; the study is unchanged.")
