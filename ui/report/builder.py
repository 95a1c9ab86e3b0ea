"""Builds the report beside the window: soon after a change, and only for the study as it now is."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import FieldquillError
from app.version import VERSION
from ui.lane import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.disclosure.check import Leak
    from app.model.disclosure import ReportSetup
    from app.model.document import StudyDocument
    from app.report.build import Report
    from app.report.snapshot import AuditDigest

PAUSE = 350  # ms without a change before the report is built anew
CHECK: Final = threading.RLock()
"""Held by whatever runs the leak check, in any thread: it remembers what it read last."""


@dataclass(frozen=True, eq=False)
class Built:
    """A finished PDF, the study it was made from, and what the leak check found in it.

    `pages` holds a word for each page that is other when anything on the page is.
    """

    document: StudyDocument
    setup: ReportSetup
    content: bytes
    pages: tuple[str, ...] = ()
    leaks: tuple[Leak, ...] = ()


def build(document: StudyDocument, setup: ReportSetup, audit: AuditDigest) -> Built:
    """Set a study as a report and look for leaks in it; ReportLab is imported with the first."""
    from app.disclosure.check import check
    from app.report.build import make_report
    from app.report.snapshot import take, today

    snapshot = take(document, setup, version=VERSION, audit=audit, issued=today(document))
    report = make_report(snapshot)
    with CHECK:
        leaks = check(report.printed, document, snapshot.profile)
    return Built(document, setup, report.content, _digests(report), leaks)


def _digests(report: Report) -> tuple[str, ...]:
    """Add to each page's digest what it says: a font may give another letter the number that one had before."""
    said: dict[int, list[str]] = defaultdict(list)
    for printed in report.printed:
        said[printed.page].append(printed.text)
    words = ("\n".join((digest, *said[page])) for page, digest in enumerate(report.pages, 1))
    return tuple(hashlib.sha256(each.encode("utf-8", "replace")).hexdigest() for each in words)


class ReportBuilder(QObject):
    """Builds what was asked for last; an older build that is still running comes to nothing.

    `audit` reads what the audit trail says, in the window's thread. `busy_changed` tells whether one is on its way,
    `built` brings it, `failed` a sentence for people.
    """

    built = Signal(object)  # Built
    failed = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, audit: Callable[[], AuditDigest], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._audit = audit
        self.lane = Lane("report builder")
        self._wanted: tuple[StudyDocument, ReportSetup] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._start)

    @property
    def busy(self) -> bool:
        """Whether a report is on its way."""
        return self._wanted is not None

    def ask(self, document: StudyDocument, setup: ReportSetup, *, soon: bool = False) -> None:
        """Build a report, at once or `soon`: after a pause in which nothing else is asked for."""
        self._want((document, setup))
        if soon:
            self._pause.start()
        else:
            self._start()

    def cancel(self) -> None:
        """Build nothing, and let what is being built come to nothing."""
        self._pause.stop()
        self.lane.drop()
        self._want(None)

    def _want(self, wanted: tuple[StudyDocument, ReportSetup] | None) -> None:
        was, self._wanted = self.busy, wanted
        if was != self.busy:
            self.busy_changed.emit(self.busy)

    def _start(self) -> None:
        self._pause.stop()
        if self._wanted is None:
            return
        wanted = self._wanted
        try:
            audit = self._audit()
        except FieldquillError as problem:  # the file can't be read just now, or was closed meanwhile
            self._fail(problem.sentence)
            return
        self.lane.drop()  # an older build may still run; its result is no longer of use
        self.lane.ask(lambda: build(*wanted, audit), self._done, self._fail)

    def _done(self, built: object) -> None:
        if self._pause.isActive():
            return
        self._want(None)
        self.built.emit(built)

    def _fail(self, sentence: str) -> None:
        if self._pause.isActive():
            return
        self._want(None)
        self.failed.emit(sentence or "The report could not be built; the study is unchanged.")
