"""Begins, ends and reveals independent answers on the case that Assess shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from app.actions import ballots
from app.analysis.ballots import ballot_on
from ui.assess.ballot_strip import DONE, BallotStrip
from ui.widgets import IconButton
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk

ASK = "Ctrl+Shift+A"


class Balloting(QObject):
    """Shows the strip above the criteria and does what is asked there.

    Args:
        desk: the study.
        page: where the keys count.
        back: what has the focus when something is done.
        front: brings the strip to the front, where another part of the page is shown.
    """

    def __init__(self, desk: Desk, page: QWidget, back: QWidget, front: Callable[[], object]) -> None:
        super().__init__(page)
        self._desk, self._back, self._front = desk, back, front
        self._case = ""
        self.strip = BallotStrip(page)
        self.button = IconButton("users", "Answer independently of one another", ASK, page)
        self._connect(page)

    def show_case(self, case: str) -> None:
        """Show how independent answers on a case get on."""
        if case != self._case:
            self.strip.stop_asking()
        self._case = case
        document, may = self._desk.seen, not self._desk.read_only and len(self._desk.document.assessors) > 1
        open_ = may and ballot_on(document, *self._place) is None
        self.button.setVisible(open_)
        self._begin.setEnabled(open_)
        self.strip.show_case(document, self._place, self._desk.study.who, read_only=self._desk.read_only)

    def ask(self) -> None:
        """Ask who answers the case independently."""
        if self._begin.isEnabled():
            self._front()
            self.strip.ask(self._desk.document, self._case)

    @property
    def _place(self) -> tuple[str, str, str]:
        """Rubric, case and round."""
        shown = self._desk.assessment
        return shown.rubric.id, self._case, shown.round.key if shown.round else ""

    def _start(self, members: tuple[str, ...], everywhere: bool) -> None:  # noqa: FBT001 - a signal's
        rubric, case, in_round = self._place
        document = self._desk.document
        every = [each.key for each in document.cases if ballot_on(document, rubric, each.key, in_round) is None]
        cases = every if everywhere else [case]
        if self._desk.do_and_tell(ballots.begin, rubric, cases, in_round, members) is not None:
            self.strip.stop_asking()
            self._go_back()

    def _do(self, action: Any, *more: str) -> None:
        if self._desk.do_and_tell(action, *self._place, *more) is not None:
            self._go_back()

    def _go_back(self) -> None:
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        self.strip.stop_asking()
        self._go_back()

    def _connect(self, page: QWidget) -> None:
        strip = self.strip
        self.button.clicked.connect(self.ask)
        strip.begun.connect(self._start)
        strip.cancelled.connect(self._stop)
        strip.done_asked.connect(lambda: self._do(ballots.done))
        strip.go_on_asked.connect(lambda: self._do(ballots.not_done))
        strip.reveal_asked.connect(lambda: self._do(ballots.reveal))
        strip.open_asked.connect(lambda: self._do(ballots.cancel))
        strip.out_asked.connect(lambda key: self._do(ballots.take_out, key))
        self._begin = bind_key(page, "Answer independently of one another\u2026", ASK, self.ask, within=True)
        bind_key(page, "I am done answering, go on, or reveal", DONE, strip.press_key, within=True)
