"""The Assess page: one case at a time, its criteria answered, its levels following, its evidence beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.actions import assess
from app.actions.keys import new_key
from app.actions.things import add
from app.model.assessment import Confidence
from app.model.setting import Assessor
from app.scoring.scale import Verdict
from ui.assess.balloting import Balloting
from ui.assess.case_tabs import CaseTabs, TabMaker
from ui.assess.evidence_panel import EvidencePanel
from ui.assess.evidence_side import EvidenceSide, Where
from ui.assess.rows import FILTERS, CriterionRow, Filter, case_rows, counts, let_through, matches
from ui.assess.view import CriteriaView
from ui.assess.who_strip import WhoStrip
from ui.page import Page
from ui.part import PartEntry, Parts
from ui.theme import SMALL, SPACE
from ui.widgets import ElidedLabel, EmptyState, Rule, SegmentedControl, TextButton
from ui.widgets.actions import bind_key
from ui.widgets.focus import hand_on
from ui.widgets.turning import following

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QShowEvent

    from app.actions.unit import Changes
    from app.analysis.assessment import JudgedCase
    from ui.assess.rows import Row
    from ui.desk import Desk

_PARTS = (
    PartEntry("matrix", "Side by side", "ui.assess.side_by_side.part", "SideBySidePart"),
    PartEntry("differences", "Differences", "ui.assess.differences.part", "DifferencesPart"),
)
_SURER = {None: Confidence.LOW, Confidence.LOW: Confidence.MEDIUM, Confidence.MEDIUM: Confidence.HIGH}
_GIVES_WAY = 99  # the share of what is left beside the filters, which are never cut short for it


class AssessPage(Page):
    """Shows `desk.assessment` case by case, and hands answers and evidence on."""

    name = "assess"
    title = "Assess"
    icon = "clipboard-check"
    shows = frozenset(
        {"study", "rubrics", "rounds", "cases", "assessors", "sources", "passages", "codes", "codings"}
        | {"answers", "consensus", "overrides", "findings", "follow_ups", "double_codings", "ballots", "mappings"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.tabs = CaseTabs(self)
        self._tab_maker = TabMaker()
        self.who = WhoStrip(self)
        self.filters = SegmentedControl("Criteria shown", [(str(key), name) for key, name in FILTERS.items()], self)
        self.filters.set_value(str(Filter.ALL))
        self.view = CriteriaView(self)
        self.evidence = EvidencePanel(self)
        self.evidence.setWindowTitle("Criterion")
        self.evidence.hide()
        self.ballots = Balloting(desk, self, self.view, lambda: self.parts.show_part(self.parts.own))
        self.accept_all = TextButton("", parent=self)
        self.accept_all.setToolTip("Accept all that is proposed for this case (Shift+P)")
        self._about = ElidedLabel("", SMALL, ink="faint", parent=self)
        self._about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._case = ""
        self._focus: dict[str, str] = {}  # case: the criterion in focus
        self._scroll: dict[str, int] = {}
        self._kept: set[str] = set()  # criteria shown although an answer has taken them out of the filter
        self._stale = False  # whether the study has changed while another part was shown
        self._side = EvidenceSide(desk, self.evidence, self._where, self._at)
        self._linking = self._side.linking
        self._follow = self._side.follow
        self._lay_out()
        self._connect()
        self._add_actions()
        hand_on(self, self.view)

    # Showing

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands."""
        document = self.desk.document
        if not (document.cases and document.rubrics):
            self._case = ""
            self._stack.setCurrentWidget(self._no_cases)
        elif self.desk.assessment.round is None:
            self._stack.setCurrentWidget(self._no_rounds)
        else:
            self._stack.setCurrentWidget(self.parts)
            self.parts.refresh(changes)
            if self._case not in {case.key for case in document.cases}:
                self._case = document.cases[0].key
            self._show_people(changes)
            self._side.refresh(changes)
            self._stale = self.parts.part is not None
            if not self._stale:
                self._show_case()
                self._follow.start()

    def show_thing(self, key: str) -> None:
        """Bring a case ("ml-p1") into view, a criterion or principle of it ("ml-p1/drift-detection"), or a passage.

        A passage that a criterion's answer rests on is named after it: "ml-p1/drift-detection/i12-p2"; a thing of
        another part by the part's name and its key, "matrix:ml-p1/drift-detection".
        """
        if self.parts.show_thing(key):
            return
        if key == "independently":
            self.ballots.ask()
        case, _, rest = key.partition("/")
        rest, _, self._side.wanted = rest.partition("/")
        if case not in {each.key for each in self.desk.document.cases}:
            return
        self.parts.show_part(self.parts.own)
        self._choose_case(case)
        criteria = {each.id for each in self.desk.assessment.rubric.criteria}
        principle = next((p for p in self.desk.assessment.rubric.principles if p.id == rest), None)
        wanted = rest if rest in criteria else principle.criteria[0].id if principle else ""
        if wanted:
            self._choose_filter(str(Filter.ALL))
            self.view.set_current(wanted)
            self.view.scrollTo(self.view.currentIndex())
            self.view.setFocus()

    def shown_thing(self) -> str:
        """Key of what is shown in another part than that of one case."""
        return self.parts.shown_thing()

    def context_panel(self) -> QWidget | None:
        """Guidance and evidence of the criterion in focus, or what another part has to show; none without a case."""
        if self._stack.currentWidget() is not self.parts:
            return None
        return self.evidence if self.parts.part is None else self.parts.part.panel()

    def leave(self) -> None:
        """Keep what is being written: a rationale, a reference, a note."""
        self.parts.leave()
        self.view.close_editor(back=False)
        self.evidence.close_editor()

    @property
    def case(self) -> str | None:
        """The key of the case shown; None where there is none."""
        return self._case or None

    @property
    def judged_case(self) -> JudgedCase:
        """The case shown, scored."""
        return self.desk.assessment.case(self._case)

    def _show_case(self) -> None:
        assessment, case = self.desk.assessment, self.judged_case
        self.tabs.show_tabs(self._tab_maker.tabs(assessment), self._case)
        self.ballots.show_case(self._case)
        everything = self._rows(case)
        self._show_counts(everything)
        rows = let_through(everything, Filter(self.filters.value() or Filter.ALL), self._kept)
        self.view.offer(assessment.rubric)
        self.view.read_only = self.desk.read_only
        self.view.show_rows(rows)
        self._listed.setCurrentWidget(self.view if rows else self._nothing)

    def _rows(self, case: JudgedCase) -> list[Row]:
        names = {assessor.key: assessor.name for assessor in self.desk.document.assessors}
        rubric, who = self.desk.assessment.rubric, self.desk.study.who
        key = case.case.key
        again, proposed = self._side.again.get(key, ()), self._side.proposals.of(key)
        return case_rows(rubric, case, who, names, again=again, proposed=proposed)

    def _show_counts(self, rows: list[Row]) -> None:
        number = len(_proposed(rows))
        self.accept_all.setText(f"Accept all {number}")
        self.accept_all.setVisible(number > 0 and not self.desk.read_only)
        self._about.setVisible(not self.accept_all.isVisibleTo(self))
        found = counts(rows)
        for only, name in FILTERS.items():
            self.filters.button(str(only)).setText(f"{name} {found[only]}")

    def _show_people(self, changes: Changes | None) -> None:
        document, assessment = self.desk.document, self.desk.assessment
        if changes is None or "assessors" in changes.tables:
            self.who.show_assessors(document.assessors)
        who = next((each.name for each in document.assessors if each.key == self.desk.study.who), "")
        self.who.setVisible(not who and not self.desk.read_only)
        name = assessment.round.name if assessment.round else ""
        state = "Reading only" if self.desk.read_only else who or "Nobody yet"
        self._about.setText(f"{name} · {state}")

    def _turned(self, _part: str) -> None:
        if self._case and self.parts.part is None:
            if self._stale:
                self._stale = False
                self._show_case()
            self._follow.start()
        self.panel_changed.emit()

    # The panel

    def _where(self) -> Where:
        return Where(self._case, self.view.current)

    def _show_again(self) -> None:
        """Paint anew which criteria are to be checked again."""
        if self._case and not self._stale:
            self._show_case()

    # Choosing

    def _choose_case(self, key: str) -> None:
        if key == self._case:
            return
        self.leave()
        self._scroll[self._case] = self.view.verticalScrollBar().value()
        self._case = key
        self._kept.clear()
        self._show_case()
        self.view.set_current(self._focus.get(key, ""))
        self.view.verticalScrollBar().setValue(self._scroll.get(key, 0))
        self.view.scrollTo(self.view.currentIndex())

    def _choose_filter(self, only: str) -> None:
        self.leave()
        self.filters.set_value(only)
        self._kept.clear()
        self._show_case()
        self._follow.start()

    def _next_filter(self) -> None:
        only = following(Filter(self.filters.value() or Filter.ALL))
        self._choose_filter(str(only))
        listed = self._listed.currentWidget() is self.view
        (self.view if listed else self.filters.button(str(only))).setFocus()  # a list out of sight takes no keys

    def _came(self, criterion: str) -> None:
        if criterion:
            self._focus[self._case] = criterion
        self._follow.start()

    # Answering

    def _at(self, criterion: str) -> assess.Place | None:
        """Say which answer is meant; None, and the question put, where nobody has said who is working."""
        assessment, who = self.desk.assessment, self.desk.study.who
        if self.desk.read_only:
            self.desk.told.emit("This study is open for reading only.")
            return None
        if not who:
            self.who.ask()
            return None
        if assessment.round is None:
            return None
        return assess.Place(assessment.rubric.id, criterion, self._case, assessment.round.key, who)

    def _answer(self, criterion: str, verdict: Verdict | None, reason: str | None = None) -> None:
        at = self._at(criterion)
        if at is not None:
            self._keep(criterion)
            if self.desk.do(assess.answer, at, verdict, reason) is None and reason is not None:
                self.view.keep_editing(criterion, reason, asking=True)

    def _explain(self, criterion: str, rationale: str) -> None:
        at = self._at(criterion)
        if at is not None:
            self._keep(criterion)
            if self.desk.do(assess.explain, at, rationale) is None:
                self.view.keep_editing(criterion, rationale, asking=False)

    def _rate(self, criterion: str) -> None:
        at, row = self._at(criterion), self.view.row(criterion)
        if at is not None and row is not None:
            self.desk.do(assess.rate_confidence, at, _SURER.get(row.confidence))

    def _accept(self, criterion: str) -> None:
        """Take over what is proposed to a criterion."""
        self._keep(criterion)
        self._side.proposals.accept(self._case, criterion)

    def _accept_all(self) -> None:
        """Take over all that is proposed for the case, in one step."""
        self._side.proposals.accept_all(self._case, _proposed(self._rows(self.judged_case)))

    def _keep(self, criterion: str) -> None:
        """Leave a criterion in the list although its answer takes it out of the filter."""
        row = self.view.row(criterion)
        if row is not None and matches(row, Filter(self.filters.value() or Filter.ALL)):
            self._kept.add(criterion)

    # Evidence

    def _link(self, passage: str, criterion: str = "") -> None:
        self._keep(criterion or self.view.current)
        self._linking.link(criterion or self.view.current, passage)

    def _drop(self, criterion: str, passage: str) -> None:
        """Link what was dropped on a criterion, and go there."""
        self.view.set_current(criterion)
        self._link(passage, criterion)

    # People

    def _work_as(self, key: str) -> None:
        from app.actions.unit import Changes

        self.desk.study.work_as(key)
        self.desk.changed.emit(Changes(None, "", frozenset({"assessors"}), frozenset()))
        self.view.setFocus()

    def _add_assessor(self, name: str) -> None:
        key = new_key(self.desk.document, "assessors", name)
        if self.desk.do(add, Assessor(key=key, name=name)) is not None:
            self._work_as(key)

    # Building

    def _lay_out(self) -> None:
        work = QFrame(self)
        work.setProperty("look", "surface")
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._nothing = EmptyState("check", "Nothing left here", "Every criterion of this case is past this filter.")
        self._listed = QStackedLayout()
        self._listed.addWidget(self.view)
        self._listed.addWidget(self._nothing)
        column.addWidget(self.tabs)
        column.addWidget(Rule(work))
        column.addWidget(self.who)
        column.addWidget(self.ballots.strip)
        column.addLayout(self._strip())
        column.addWidget(Rule(work))
        column.addLayout(self._listed, 1)
        self.parts = Parts(self.desk, ("case", "One case", work), _PARTS, self)
        self._work = work
        hand_on(work, self.view)
        self._no_cases = EmptyState(
            "clipboard-check",
            "No cases yet",
            "Here each case is judged criterion by criterion; its levels follow from the answers. The first step is a "
            "case: a project to be assessed.",
            "Add a case",
            parent=self,
        )
        self._no_rounds = EmptyState(
            "calendar",
            "No round yet",
            "Answers belong to a round of data collection.",
            "Add a round",
            parent=self,
        )
        self._stack = QStackedLayout(self)
        for widget in (self.parts, self._no_cases, self._no_rounds):
            self._stack.addWidget(widget)

    def _strip(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[1])
        row.setSpacing(SPACE[2])
        row.addWidget(self.filters)
        row.addStretch(1)
        row.addWidget(self.accept_all)
        row.addWidget(self._about, _GIVES_WAY)
        row.addWidget(self.ballots.button)
        return row

    def _connect(self) -> None:
        self.parts.go.connect(self.go)
        self.parts.panel_asked.connect(self.panel_asked)
        self.parts.turned.connect(self._turned)
        self.tabs.chosen.connect(self._choose_case)
        self.filters.chosen.connect(self._choose_filter)
        self.who.chosen.connect(self._work_as)
        self.who.added.connect(self._add_assessor)
        view, panel = self.view, self.evidence
        view.may_write = lambda: self._at(view.current) is not None
        view.answered.connect(self._answer)
        view.not_applicable.connect(lambda key, reason: self._answer(key, Verdict.NOT_APPLICABLE, reason))
        view.explained.connect(self._explain)
        view.confidence_asked.connect(self._rate)
        view.evidence_asked.connect(self._go_to_evidence)
        view.accept_asked.connect(self._accept)
        panel.accept_asked.connect(self._accept)
        self.accept_all.clicked.connect(self._accept_all)
        view.came.connect(self._came)
        self._side.again_changed.connect(self._show_again)
        view.passage_dropped.connect(self._drop)
        panel.link_asked.connect(self._link)
        panel.jump_asked.connect(lambda passage: self.go.emit("interviews", passage))
        panel.left.connect(self.view.setFocus)
        self._no_cases.asked.connect(lambda: self.go.emit("overview", ""))
        self._no_rounds.asked.connect(lambda: self.go.emit("overview", ""))

    def _go_to_evidence(self, _criterion: str = "") -> None:
        self.panel_asked.emit()
        self._side.enter()

    def _add_actions(self) -> None:
        self._action("Next filter", "F", self._next_filter)
        self._action("Accept all that is proposed for this case", "Shift+P", self._accept_all)
        self._action("Next case", "Ctrl+Right", lambda: self.tabs.step(1))
        self._action("Case before", "Ctrl+Left", lambda: self.tabs.step(-1))

    def _action(self, text: str, key: str, then: Callable[[], object]) -> QAction:
        return bind_key(self._work, text, key, then, within=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the panel follow once more, where it is shown: the study may have changed meanwhile."""
        super().showEvent(event)
        if self.parts.part is None:
            self._follow.start()


def _proposed(rows: list[Row]) -> list[str]:
    """Name the criteria to which something is proposed."""
    return [row.key for row in rows if isinstance(row, CriterionRow) and row.proposed]
