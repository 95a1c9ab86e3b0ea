"""Beside a review: on what a result rests as the study stands, and what became of it in the review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.actions.row_history import told
from app.analysis.assessment import assess
from app.analysis.chain import Chain
from app.analysis.evidence_warnings import warnings
from app.analysis.follow_ups import moment_text
from ui.results.sheet import Sheet, SheetPanel
from ui.results.why import WhyPanel
from ui.theme import SPACE
from ui.widgets import Rule, SegmentedControl

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.analysis.assessment import Assessment
    from app.analysis.evidence_warnings import EvidenceWarning
    from app.analysis.reviews import Result
    from ui.desk import Desk

_FIELDS: Final = {"verdict": "Verdict", "comment": "Comment", "resolution": "Resolution"}


class HistorySheet(SheetPanel):
    """Who changed what an insider says of a result, and what the team made of it, when; the last change first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("History of the result", parent)
        self.clear()

    def clear(self) -> None:
        """Say what would be told here."""
        sheet = Sheet(self)
        sheet.say("Choose a result: here it says who changed what, and when.", ink="muted")
        self._show(sheet)

    def tell(self, desk: Desk, result: Result) -> None:
        """Tell what became of one result."""
        sheet = Sheet(self)
        sheet.name(result.case, result.principle)
        names = {each.key: each.name for each in desk.document.assessors}
        steps = told(desk.study, "review_items", result.item.id, _FIELDS)
        for step in reversed(steps):
            sheet.part(moment_text(step.at, desk.document.study.zone), names.get(step.who, ""))
            sheet.say("\n".join(step.words))
        if not steps:
            sheet.say("It came with the study as it is; nothing has been changed since.", ink="muted")
        self._show(sheet)

    def _show(self, sheet: Sheet) -> None:
        sheet.end()
        self.setWidget(sheet)


class ReviewSide(QWidget):
    """Two panels in one place, switched at the top."""

    go = Signal(str, str)
    left = Signal()
    seen = Signal()  # it was opened: what is current is to be told

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle("Result")
        self.tabs = SegmentedControl("Beside the review", [("why", "What it rests on"), ("history", "History")], self)
        self.tabs.set_value("why")
        self.why = WhyPanel(self)
        self.history = HistorySheet(self)
        self._shown: tuple[Result, str] | None = None
        self._made: tuple[Chain, tuple[EvidenceWarning, ...]] | None = None
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is current."""
        super().showEvent(event)
        self.seen.emit()

    def clear(self) -> None:
        """Say what would be told here."""
        self._shown = None
        self.why.clear()
        self.history.clear()

    def tell(self, result: Result, in_round: str) -> None:
        """Tell of a result in a round, in the panel that is shown."""
        self._shown = (result, in_round)
        if self.tabs.value() == "history":
            self.history.tell(self.desk, result)
        else:
            chain, found = self._chain(result.item.rubric, in_round)
            self.why.explain(chain, found, (result.item.case, result.item.principle))

    def focus_first(self) -> None:
        """Give the keyboard the first thing to follow."""
        self._choose("why")
        self.tabs.set_value("why")
        self.why.focus_first()

    def _chain(self, rubric: str, in_round: str) -> tuple[Chain, tuple[EvidenceWarning, ...]]:
        """Give what rests on what in a round: the desk's own where that is shown anywhere else too."""
        if _is_of(self.desk.assessment, rubric, in_round):
            return self.desk.chain, self.desk.warnings
        made = self._made
        if made is None or made[0].document is not self.desk.seen or not _is_of(made[0].assessment, rubric, in_round):
            chain = Chain(self.desk.seen, assess(self.desk.seen, rubric, in_round))
            self._made = made = (chain, warnings(chain))
        return made

    def _choose(self, name: str) -> None:
        self._stack.setCurrentWidget(self.history if name == "history" else self.why)
        if self._shown is not None:
            self.tell(*self._shown)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._choose)
        for panel in (self.why, self.history):
            panel.go.connect(self.go)
            panel.left.connect(self.left)
        self.why.picked.connect(lambda place: self.go.emit("results", "/".join(place)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[3], 0, SPACE[1], SPACE[1])
        head.addWidget(self.tabs)
        head.addStretch(1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.why)
        self._stack.addWidget(self.history)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule(self))
        column.addLayout(self._stack, 1)


def _is_of(shown: Assessment, rubric: str, in_round: str) -> bool:
    return shown.rubric.id == rubric and shown.round is not None and shown.round.key == in_round
