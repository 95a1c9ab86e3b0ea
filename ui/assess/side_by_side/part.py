"""Side by side: all criteria of all cases in one matrix, each answer judged on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout

from app.actions import assess
from app.exchange.tables import Table
from ui.assess.case_tabs import TabMaker
from ui.assess.evidence_panel import EvidencePanel
from ui.assess.evidence_side import EvidenceSide, Where
from ui.assess.rows import FILTERS, Filter, matches
from ui.assess.side_by_side.grid import MatrixGrid
from ui.assess.side_by_side.lines import LineMaker, shown_lines
from ui.assess.side_by_side.model import Spot, cell_words
from ui.part import Part
from ui.theme import SMALL, SPACE
from ui.widgets import ElidedLabel, EmptyState, Rule, SegmentedControl
from ui.widgets.actions import bind_key
from ui.widgets.focus import hand_on
from ui.widgets.turning import following

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.actions.unit import Changes
    from app.scoring.scale import Verdict
    from ui.assess.side_by_side.lines import Line
    from ui.desk import Desk


class SideBySidePart(Part):
    """Shows `desk.assessment` as criteria by cases, and hands answers and evidence on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.filters = SegmentedControl("Answers shown", [(str(key), name) for key, name in FILTERS.items()], self)
        self.filters.set_value(str(Filter.ALL))
        self.grid = MatrixGrid(self)
        self.evidence = EvidencePanel(self)
        self.evidence.setWindowTitle("Criterion")
        self.evidence.hide()
        self._about = ElidedLabel("", SMALL, ink="faint", parent=self)
        self._about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._maker, self._columns = LineMaker(), TabMaker()
        self._lines: list[Line] = []
        self._kept: set[str] = set()  # criteria shown although an answer has taken them out of the filter
        self._side = EvidenceSide(desk, self.evidence, self._where, self._at_criterion, whole=True)
        self._follow = self._side.follow
        self._lay_out()
        self._connect()
        bind_key(self.grid, "Accept all that is proposed for this case", "Shift+P", self._accept_all)
        bind_key(self, "Next filter", "F", self._next_filter, within=True)
        hand_on(self, self.grid)

    # Showing

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands."""
        self._side.refresh(changes)
        self._show_lines()
        self._follow.start()

    def show_thing(self, key: str) -> None:
        """Bring a criterion of a case ("ml-p1/drift-detection") into view."""
        spot = Spot(*key.partition("/")[::2])
        self._choose_filter(str(Filter.ALL))
        if self.grid.matrix.index_of(spot).isValid():
            self.grid.select(spot)
            self.grid.scrollTo(self.grid.currentIndex())
            self.grid.setFocus()

    def shown_thing(self) -> str:
        """Key of the current cell."""
        return "/".join(self.grid.spot) if self.grid.spot else ""

    def panel(self) -> QWidget:
        """Guidance and evidence of the current cell."""
        return self.evidence

    def tables(self) -> list[Table]:
        """The own answers, criterion by criterion, a column for each case."""
        cases = self._columns.tabs(self.desk.assessment)
        rows = [(line.statement, *(cell_words(row) for row in line.rows)) for line in self._lines if line.answers]
        return [Table("Answers", ("Criterion", *(case.name for case in cases)), tuple(rows))]

    def picture(self) -> QWidget:
        """The matrix."""
        return self.grid

    def leave(self) -> None:
        """Keep what is being written: a reason, a reference, a note."""
        self.grid.close_editor()
        self.evidence.close_editor()

    def _show_lines(self) -> None:
        desk, assessment = self.desk, self.desk.assessment
        names = {assessor.key: assessor.name for assessor in desk.document.assessors}
        several = len(desk.document.rubrics) > 1
        proposed = {case.key: self._side.proposals.of(case.key) for case in desk.document.cases} if several else {}
        self._lines = self._maker.lines(assessment, desk.study.who, names, self._side.again, proposed)
        for only, name in FILTERS.items():
            self.filters.button(str(only)).setText(f"{name} {self._maker.counted[only]}")
        shown = shown_lines(self._lines, self._only, self._kept)
        self.grid.offer(assessment.rubric)
        self.grid.read_only = desk.read_only
        self.grid.show_lines(shown, self._columns.tabs(assessment))
        self._about.setText("Reading only" if desk.read_only else names.get(desk.study.who, "Nobody yet"))
        self._listed.setCurrentWidget(self.grid if shown else self._nothing)

    # Choosing

    @property
    def _only(self) -> Filter:
        return Filter(self.filters.value() or Filter.ALL)

    def _choose_filter(self, only: str) -> None:
        self.leave()
        self.filters.set_value(only)
        self._kept.clear()
        self._show_lines()
        self._follow.start()

    def _next_filter(self) -> None:
        only = following(self._only)
        self._choose_filter(str(only))
        listed = self._listed.currentWidget() is self.grid
        (self.grid if listed else self.filters.button(str(only))).setFocus()  # a table out of sight takes no keys

    def _where(self) -> Where:
        spot = self.grid.spot
        return Where(spot.case, spot.criterion) if spot else Where("", "")

    # Answering

    def _at(self, spot: Spot) -> assess.Place | None:
        """Say which answer is meant; None, and why, where nobody can answer."""
        assessment, who = self.desk.assessment, self.desk.study.who
        if self.desk.read_only:
            self.desk.told.emit("This study is open for reading only.")
        elif not who:
            self.desk.told.emit("Say first whose answers these are: choose an assessor at the top.")
        elif assessment.round is not None:
            return assess.Place(assessment.rubric.id, spot.criterion, spot.case, assessment.round.key, who)
        return None

    def _at_criterion(self, criterion: str) -> assess.Place | None:
        return self._at(Spot(self._where().case, criterion))

    def _answer(self, spot: Spot, verdict: Verdict | None, reason: str | None) -> None:
        at = self._at(spot)
        if at is not None:
            self._keep(spot.criterion)
            if self.desk.do(assess.answer, at, verdict, reason) is None and reason is not None:
                self.grid.ask_reason(spot, "", reason)

    def _accept(self, criterion: str) -> None:
        self._keep(criterion)
        self._side.proposals.accept(self._where().case, criterion)

    def _accept_all(self) -> None:
        """Take over all that is proposed for the case of the current cell, in one step."""
        column = next((n for n, each in enumerate(self.grid.matrix.columns) if each.key == self._where().case), -1)
        rows = [line.answers[column] for line in self._lines if line.answers and column >= 0]
        self._side.proposals.accept_all(self._where().case, [row.key for row in rows if row.proposed])

    def _keep(self, criterion: str) -> None:
        """Leave a criterion in the matrix although its answers take it out of the filter."""
        line = next((each for each in self._lines if each.key == criterion and each.answers), None)
        if line is not None and any(matches(row, self._only) for row in line.answers):
            self._kept.add(criterion)

    # Evidence

    def _link(self, passage: str) -> None:
        self._keep(self._where().criterion)
        self._side.linking.link(self._where().criterion, passage)

    def _drop(self, spot: Spot, passage: str) -> None:
        """Link what was dropped on an answer, and go there."""
        self.grid.select(spot)
        self._link(passage)

    def _go_to_evidence(self) -> None:
        self.panel_asked.emit()
        self._side.enter()

    # Building

    def _lay_out(self) -> None:
        strip = QHBoxLayout()
        strip.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[1])
        strip.setSpacing(SPACE[2])
        strip.addWidget(self.filters)
        strip.addWidget(self._about, 1)
        self._nothing = EmptyState("check", "Nothing left here", "Every answer of every case is past this filter.")
        self._listed = QStackedLayout()
        self._listed.addWidget(self.grid)
        self._listed.addWidget(self._nothing)
        work = QFrame(self)
        work.setProperty("look", "surface")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(work)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(strip)
        column.addWidget(Rule(self))
        column.addLayout(self._listed, 1)

    def _connect(self) -> None:
        grid, panel = self.grid, self.evidence
        grid.may_write = lambda spot: self._at(spot) is not None
        grid.answered.connect(self._answer)
        grid.accept_asked.connect(lambda spot: self._accept(spot.criterion))
        grid.opened.connect(lambda spot: self.go.emit("assess", "/".join(spot)))
        grid.evidence_asked.connect(lambda _spot: self._go_to_evidence())
        grid.came.connect(self._follow.start)
        grid.passage_dropped.connect(self._drop)
        self.filters.chosen.connect(self._choose_filter)
        self._side.again_changed.connect(self._show_lines)
        panel.accept_asked.connect(self._accept)
        panel.link_asked.connect(self._link)
        panel.jump_asked.connect(lambda passage: self.go.emit("interviews", passage))
        panel.left.connect(grid.setFocus)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the panel follow once more: the study may have changed meanwhile."""
        super().showEvent(event)
        self._follow.start()
