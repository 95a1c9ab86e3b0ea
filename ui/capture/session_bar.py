"""The bar over the notes while they are taken: the clock of the interview, who takes part, and the way out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.session import completion_gap, elapsed, planned_minutes, remaining
from app.model.source import Clock, Part, SourceStatus
from ui.theme import BODY, SMALL, SPACE, TITLE, theme
from ui.widgets import ElidedLabel, IconButton, TextButton, TextLabel
from ui.widgets.messages import SavedIndicator

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from app.model.document import StudyDocument
    from app.model.source import Source

_TICK = 1_000  # ms


def now() -> datetime:
    """Give the time the clock goes by."""
    return datetime.now(UTC)


class SessionBar(QFrame):
    """Elapsed and remaining time; start, pause and end; it only asks."""

    start_asked = Signal()  # start, pause or go on
    end_asked = Signal()
    finish_asked = Signal()
    lock_asked = Signal()
    leave_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "top")
        self.clock: Callable[[], datetime] = now
        self._shown: tuple[StudyDocument, Source] | None = None
        self._tick = QTimer(self, interval=_TICK)
        self._tick.timeout.connect(self._show_time)
        self._elapsed = TextLabel("0:00", TITLE, "semibold", parent=self)
        self._left = TextLabel("", SMALL, ink="muted", parent=self)
        self.start = TextButton("Start", "primary", "play", "F8", self)
        self.end = TextButton("End", "plain", "square", "Shift+F8", self)
        self.finish = TextButton("Finish the notes", "primary", "check", "Ctrl+Shift+Return", self)
        self._title = ElidedLabel("", BODY, "semibold", parent=self)
        self._people = ElidedLabel("", SMALL, ink="muted", parent=self)
        self.saved = SavedIndicator(self)
        self.lock = IconButton("lock", "Lock: hide everything behind the passphrase", "F12", self)
        self.leave = IconButton("x", "Leave capture mode", "F11", self)
        self._progress = _Progress(self)
        self._lay_out()
        self._connect()

    def show_source(self, document: StudyDocument, source: Source, *, read_only: bool) -> None:
        """Show how far an interview is, and who takes part."""
        self._shown = (document, source)
        running, stopped = source.clock is Clock.RUNNING, source.clock is Clock.STOPPED
        finished = source.status is SourceStatus.FINISHED
        words, icon = _START[source.clock] if not (stopped and source.ended_at) else ("Go on", "play")
        self.start.setText(words)
        self.start.set_icon(icon)
        self.start.set_look("plain" if running or source.ended_at else "primary")
        self.start.setVisible(not read_only and not finished)
        self.end.setVisible(not read_only and not stopped)
        self.finish.setVisible(not read_only and stopped and not finished and source.ended_at is not None)
        self._title.setText(source.title)
        people = _people(document, source)
        self._people.setText(people)
        self._people.setVisible(bool(people))
        self._show_time()

    def showEvent(self, event: object) -> None:
        """Let the clock tick while it is seen."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._tick.start()

    def hideEvent(self, event: object) -> None:
        """Stand still while nobody looks."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._tick.stop()

    def _show_time(self) -> None:
        if self._shown is None:
            return
        document, source = self._shown
        at = self.clock()
        gone, left = elapsed(source, at), remaining(document, source, at)
        self._elapsed.setText(clock_text(gone))
        self._left.setText(_left_text(source, left, planned_minutes(document, source)))
        over = left < timedelta() and source.clock is not Clock.STOPPED
        self._left.set_ink("warning" if over else "muted")
        self._progress.show_share(gone / timedelta(minutes=planned_minutes(document, source)), over=over)

    def _connect(self) -> None:
        for button, signal in (
            (self.start, self.start_asked),
            (self.end, self.end_asked),
            (self.finish, self.finish_asked),
            (self.lock, self.lock_asked),
            (self.leave, self.leave_asked),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._people)
        time = QVBoxLayout()
        time.setSpacing(0)
        time.addWidget(self._elapsed, 0, Qt.AlignmentFlag.AlignRight)
        time.addWidget(self._left, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE[3], SPACE[1], SPACE[2], SPACE[1])
        row.setSpacing(SPACE[1])
        row.addLayout(names, 1)
        row.addWidget(self.saved)
        row.addSpacing(SPACE[3])
        row.addLayout(time)
        row.addSpacing(SPACE[1])
        for part in (self.start, self.end, self.finish):
            row.addWidget(part)
        row.addSpacing(SPACE[1])
        row.addWidget(self.lock)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._progress)


_START = {Clock.STOPPED: ("Start", "play"), Clock.RUNNING: ("Pause", "pause"), Clock.PAUSED: ("Go on", "play")}


class _Progress(QWidget):
    """How much of the time planned is gone, as a thin line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share, self._over = 0.0, False
        theme().changed.connect(self.update)

    def show_share(self, share: float, *, over: bool) -> None:
        """Show a share of 0 to 1."""
        self._share, self._over = share, over
        self.update()

    def sizeHint(self) -> QSize:
        """Two pixels high."""
        return QSize(100, 3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("line"))
        wide = self.width() * min(max(self._share, 0.0), 1.0)
        painter.fillRect(QRectF(0, 0, wide, self.height()), theme().colour("warning" if self._over else "accent"))
        painter.end()


def clock_text(time: timedelta) -> str:
    """Write a length of time as a clock does: 12:05, 1:02:05."""
    seconds = int(time.total_seconds())
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def span_text(time: timedelta) -> str:
    """Write a length of time in words: "1 h 20 min"."""
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    return f"{hours} h {minutes} min" if hours and minutes else f"{hours} h" if hours else f"{minutes} min"


def _left_text(source: Source, left: timedelta, planned: int) -> str:
    if source.status is SourceStatus.FINISHED:
        gap = completion_gap(source)
        return f"finished {span_text(gap)} after the end" if gap is not None else "finished"
    if source.clock is Clock.STOPPED:
        return "ended: complete the notes" if source.ended_at else f"{planned} min planned"
    words = f"{span_text(-left)} over" if left < timedelta() else f"{span_text(left)} left"
    return f"paused, {words}" if source.clock is Clock.PAUSED else words


def _people(document: StudyDocument, source: Source) -> str:
    names = {assessor.key: assessor.name for assessor in document.assessors}
    known = {person.key: person.pseudonym for person in document.participants}
    verbs = {Part.INTERVIEWER: "interviews", Part.OBSERVER: "observes"}
    team = [f"{names[each.assessor]} {verbs[each.part]}" for each in source.assessors if each.assessor in names]
    asked = [known[key] for key in source.participants if key in known]
    return " · ".join(filter(None, (", ".join(asked), ", ".join(team))))
