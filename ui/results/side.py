"""What stands beside the levels: why one of them is what it is, or what its finding rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.actions import findings, overrides
from app.actions.elsewhere import Deed
from app.actions.overrides import Place
from app.analysis.standing import OVERALL
from ui.results.evidence import FindingPanel, JudgementEvidence, subject_of
from ui.results.why import WhyPanel

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.analysis.compare import Place as Cell
    from app.model.assessment import Finding
    from ui.desk import Desk


class ResultsSide(QStackedWidget):
    """Two panels in one place; what is asked there about a level or a finding is done here, each thing one action."""

    go = Signal(str, str)
    seen = Signal()  # it was opened: what is current is to be told

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle("Why this level")
        self.why = WhyPanel(self)
        self.finding = FindingPanel(self)
        self._evidence = JudgementEvidence(desk, self.finding, self._finding_of)
        self._cell: Cell | None = None
        self.addWidget(self.why)
        self.addWidget(self.finding)
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is current."""
        super().showEvent(event)
        self.seen.emit()

    def clear(self) -> None:
        """Say what would be told here."""
        self._cell = None
        self.setCurrentWidget(self.why)
        self.why.clear()

    def explain(self, cell: Cell) -> None:
        """Tell why a cell is what it is; the evidence of its finding stays open while it is the same."""
        if cell != self._cell:
            self.finding.close_editor()
            self.setCurrentWidget(self.why)
        self._cell = cell
        at = self._at(cell)
        self.why.explain(self.desk.chain, self.desk.warnings, cell, at, read_only=self.desk.read_only)
        if self.currentWidget() is self.finding and at is not None:
            self._show_evidence(at)

    def leave(self) -> None:
        """Hand over what is typed."""
        self.finding.close_editor()
        self.why.team.leave()

    def unsaved(self) -> list[Deed]:
        """Give the finding that could not be written, as an action for another file."""
        team = self.why.team
        if team.at is None or not team.finding.pending or not team.finding.value():
            return []
        return [Deed(findings.write_finding, (team.at, str(team.finding.value())))]

    def show_why(self) -> None:
        """Go back to why, and give it the keyboard."""
        self.finding.close_editor()
        self.setCurrentWidget(self.why)
        self.why.team.evidence.setFocus()

    def _at(self, cell: Cell) -> Place | None:
        """Say which level is meant; None for an overall level, and in a study without rounds."""
        assessment = self.desk.assessment
        if cell[1] == OVERALL or assessment.round is None:
            return None
        return Place(rubric=assessment.rubric.id, principle=cell[1], case=cell[0], round=assessment.round.key)

    def _connect(self) -> None:
        team = self.why.team
        team.finding_written.connect(self._write_finding)
        team.level_set.connect(self._set_level)
        team.confirmed.connect(self._confirm)
        team.taken_back.connect(lambda at: self.desk.do_and_tell(overrides.take_back, at))
        team.evidence_asked.connect(self._open_evidence)
        self.finding.left.connect(self.show_why)
        self.finding.jump_asked.connect(lambda passage: self.go.emit("interviews", passage))
        self.why.go.connect(self.go)

    # Doing

    def _write_finding(self, at: Place, text: str) -> None:
        if text:
            done = self.desk.do(findings.write_finding, at, text)
        else:
            done = self.desk.do_and_tell(findings.remove_finding, at)
        if done is None and at == self.why.team.at:
            standing = self.desk.assessment.case(at.case).principle(at.principle).finding
            self.why.team.finding.not_kept(standing.text if standing else "")

    def _set_level(self, at: Place, level: str, reason: str) -> None:
        standing = self.desk.assessment.case(at.case).principle(at.principle).override
        action = overrides.change_override if standing else overrides.set_override
        self._written(self.desk.do(action, at, level, reason))

    def _confirm(self, at: Place, reason: str) -> None:
        self._written(self.desk.do(overrides.confirm_override, at, reason))

    def _written(self, done: object) -> None:
        """Close the editor once it was kept; until then it stays as it is."""
        if done is not None:
            self.why.team.override.close_editor()
            self.why.team.override.set_level.setFocus()

    # Evidence

    def _open_evidence(self, at: Place) -> None:
        self._show_evidence(at)
        self.setCurrentWidget(self.finding)
        self.finding.focus_offered()

    def _show_evidence(self, at: Place) -> None:
        case = self.desk.assessment.case(at.case)
        judged = case.principle(at.principle)
        self.finding.show_finding(at, f"{case.case.name}, {judged.principle.name}", judged.finding)
        self._evidence.show_cards()

    def _finding_of(self, subject: str) -> Finding | None:
        found = self.desk.document.findings
        return next((each for each in found if subject_of(each) == subject), None)
