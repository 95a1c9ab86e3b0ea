"""Builds the report's PDF beside the window: soon after a change, and only for the study as it now is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from app.version import VERSION
from ui.lane import Lane

if TYPE_CHECKING:
    from app.model.document import StudyDocument

PAUSE = 350  # ms without a change before the report is built anew


@dataclass(frozen=True, eq=False)
class Built:
    """A finished PDF, and the study it was made from."""

    document: StudyDocument
    content: bytes


def build(document: StudyDocument, profile: str) -> Built:
    """Set a study as a report; ReportLab is imported with the first."""
    from app.report.build import build_report

    return Built(document, build_report(document, replace(document.report, profile=profile), version=VERSION))


class ReportBuilder(QObject):
    """Builds what was asked for last; an older build that is still running comes to nothing.

    `busy_changed` tells whether one is on its way, `built` brings it, `failed` a sentence for people.
    """

    built = Signal(object)  # Built
    failed = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lane = Lane("report builder")
        self._wanted: tuple[StudyDocument, str] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._start)

    @property
    def busy(self) -> bool:
        """Whether a report is on its way."""
        return self._wanted is not None

    def ask(self, document: StudyDocument, profile: str, *, soon: bool = False) -> None:
        """Build a report, at once or `soon`: after a pause in which nothing else is asked for."""
        self._want((document, profile))
        if soon:
            self._pause.start()
        else:
            self._start()

    def cancel(self) -> None:
        """Build nothing, and let what is being built come to nothing."""
        self._pause.stop()
        self.lane.drop()
        self._want(None)

    def _want(self, wanted: tuple[StudyDocument, str] | None) -> None:
        was, self._wanted = self.busy, wanted
        if was != self.busy:
            self.busy_changed.emit(self.busy)

    def _start(self) -> None:
        self._pause.stop()
        if self._wanted is None:
            return
        wanted = self._wanted
        self.lane.drop()  # an older build may still run; its result is no longer of use
        self.lane.ask(lambda: build(*wanted), self._done, self._fail)

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
