"""The page Overview: how far the study has come, what to do next, and all it is about, edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.analysis.todo import todos
from ui.overview.cases_state import CasesState
from ui.overview.facet import Facet, FacetBar
from ui.overview.figures import FigureStrip, figures
from ui.overview.guides import GuidesFacet
from ui.overview.kinds import ASSESSORS, CASES, ROUNDS
from ui.overview.people import ParticipantsFacet
from ui.overview.shorthand import ShorthandFacet
from ui.overview.study_facet import PolicyFacet, StudyFacet
from ui.overview.things_facet import ThingsFacet
from ui.page import Page
from ui.theme import ROW, SPACE
from ui.widgets.card import card
from ui.widgets.focus import hand_on
from ui.widgets.messages import EmptyState
from ui.widgets.scrolling import scrolling
from ui.widgets.text import Rule
from ui.widgets.things import KEY, Row, RowModel, RowView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from app.actions.unit import Changes
    from ui.desk import Desk

FACETS = (
    ("study", "Study"),
    ("policy", "Site policy"),
    ("cases", "Cases"),
    ("rounds", "Rounds"),
    ("assessors", "Assessors"),
    ("participants", "Participants"),
    ("rubrics", "Rubrics"),
    ("guides", "Guides"),
    ("shorthands", "Shorthand"),
    ("evidence", "Evidence"),
)
_COUNTED = ("cases", "rounds", "assessors", "participants", "rubrics", "guides")
_JUDGING = frozenset({"answers", "passages", "codings"})
WIDEST = 1560
NEXT = 248


class OverviewPage(Page):
    """The first page; every other is led to from here."""

    name = "overview"
    title = "Overview"
    icon = "layout-dashboard"
    shows = frozenset[str]()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.strip = FigureStrip(self)
        self.cases = CasesState(self)
        self.no_cases = EmptyState("folder-open", "No cases yet", CASES.empty[2], "Add a case", parent=self)
        self._next_model = RowModel(self)
        self.next = RowView("What to do next", self)
        self.next.setModel(self._next_model)
        self.bar = FacetBar(FACETS, self)
        self.bar.add_keys(self)
        self.stack = QStackedWidget(self)
        self._facets: dict[str, Facet] = {}
        self._shown = ""
        self._most_todos = 3
        self._lay_out()
        self.cases.chosen.connect(lambda key: self.go.emit("assess", key))
        self.no_cases.asked.connect(lambda: self.show_thing("cases"))
        self.next.clicked.connect(self._do_next)
        self.next.activated.connect(self._do_next)
        self.bar.chosen.connect(self.show_facet)
        hand_on(self, self.cases)

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands."""
        document, assessment = self.desk.document, self.desk.assessment
        warned = self.desk.warnings
        self.strip.show_figures(figures(self.desk.seen, assessment, self.desk.coverage))
        self.cases.setVisible(bool(assessment.cases))
        self.no_cases.setVisible(not assessment.cases)
        self.cases.show_assessment(assessment)
        self._todos = todos(document, assessment, warned)
        self._most_todos = max(self._most_todos, len(self._todos))  # what is done with must not move what is below
        self.next.setFixedHeight(ROW * self._most_todos)
        self._next_model.set_rows([Row(str(place), todo.text) for place, todo in enumerate(self._todos)])
        for name in _COUNTED:
            self.bar.show_count(name, len(getattr(document, name)))
        self.bar.show_count("evidence", len(warned))
        if not self._shown:
            self.show_facet("study" if document.cases else "cases" if document.assessors else "study")
        elif changes is None or self._facets[self._shown].of_judgements or not changes.tables <= _JUDGING:
            self._facets[self._shown].refresh()

    def show_facet(self, name: str) -> None:
        """Show one part of what the study is about."""
        if self._shown:
            self._facets[self._shown].leave()
        if name not in self._facets:
            self._facets[name] = self._make(name)
            self.stack.addWidget(self._facets[name])
        self._shown = name
        self._facets[name].refresh()
        self.stack.setCurrentWidget(self._facets[name])
        self.bar.show_chosen(name)

    def facet(self, name: str) -> Facet:
        """Show a part, and give it."""
        self.show_facet(name)
        return self._facets[name]

    def show_thing(self, key: str) -> None:
        """Show the part named `key` ("cases"), ready to be filled in, or one thing of it ("cases/paint")."""
        part, _, thing = key.partition("/")
        if part in dict(FACETS):
            facet = self.facet(part)
            facet.show_thing(thing)
            facet.begin()

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self._facets[self._shown].leave()

    def _make(self, name: str) -> Facet:
        kinds = {spec.table: spec for spec in (CASES, ROUNDS, ASSESSORS)}
        if name in kinds:
            return ThingsFacet(kinds[name], self.desk, self.stack)
        if name == "evidence":
            from ui.overview.evidence_facet import EvidenceFacet

            evidence = EvidenceFacet(self.desk, self.stack)
            evidence.go.connect(self.go)
            return evidence
        if name == "rubrics":
            from ui.rubrics.facet import RubricsFacet

            return RubricsFacet(self.desk, self.stack)
        made: dict[str, type[StudyFacet | PolicyFacet | ParticipantsFacet | GuidesFacet | ShorthandFacet]] = {
            "study": StudyFacet,
            "policy": PolicyFacet,
            "participants": ParticipantsFacet,
            "guides": GuidesFacet,
            "shorthands": ShorthandFacet,
        }
        return made[name](self.desk, self.stack)

    def _do_next(self, index: QModelIndex) -> None:
        todo = self._todos[int(index.data(KEY))]
        if todo.page == self.name:
            self.show_thing(todo.key)
        else:
            self.go.emit(todo.page, todo.key)

    def _lay_out(self) -> None:
        sheet = QWidget(self)
        sheet.setProperty("look", "page")
        sheet.setMaximumWidth(WIDEST)
        sheet.setMinimumWidth(self.bar.needed + 2 * SPACE[4])  # a part whose name can't be read is not found
        column = QVBoxLayout(sheet)
        column.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addLayout(self._state())
        column.addWidget(self.bar)
        column.addWidget(Rule(sheet))
        column.addSpacing(SPACE[2])
        column.addWidget(self.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(sheet, self))

    def _state(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, SPACE[3], 0, SPACE[3])
        row.setSpacing(SPACE[3])
        row.addWidget(card(self, "", self.cases, self.no_cases), 7)
        following = card(self, "Next", self.next)
        following.setMinimumWidth(NEXT)
        row.addWidget(following, 2)
        return row
