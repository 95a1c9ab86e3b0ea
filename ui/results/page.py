"""The results page: the heat map first, why a level is what it is beside it, radars and challenges below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.analysis.compare import Trends
from app.analysis.factor_levels import factor_levels
from app.analysis.factors import factor_table
from app.analysis.overview import answered, still_open, table_text
from app.analysis.standing import OVERALL
from app.exchange.result_tables import factors_table, levels_table
from ui.page import Page
from ui.part import PartEntry, Parts
from ui.results.exports import Exports
from ui.results.factor_table import FactorLevelsTable
from ui.results.heat_map import HeatMap
from ui.results.legend import Legend
from ui.results.levels_picture import levels_picture
from ui.results.principles import PrincipleSections
from ui.results.radars import RadarGrid
from ui.results.side import ResultsSide
from ui.theme import BODY, SMALL, SPACE, TITLE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import IconButton
from ui.widgets.focus import hand_on
from ui.widgets.heading import page_head
from ui.widgets.messages import EmptyState
from ui.widgets.scrolling import scroll_to_current, scrolling
from ui.widgets.text import ElidedLabel, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QShowEvent

    from app.actions.elsewhere import Deed
    from app.actions.unit import Changes
    from app.analysis.assessment import Assessment
    from app.analysis.compare import Place
    from app.exchange.tables import Table
    from ui.desk import Desk

_PARTS = (
    PartEntry("criteria", "Criteria", "ui.results.criteria", "CriteriaPart"),
    PartEntry("challenges", "Challenges", "ui.results.challenges", "ChallengesPart"),
    PartEntry("time", "Over time", "ui.results.over_time", "OverTimePart"),
    PartEntry("plan", "Next steps", "ui.results.plan.part", "PlanPart"),
    PartEntry("quality", "Quality", "ui.results.quality", "QualityPart"),
)
_WIDEST = 1080  # px; wider, the eye loses the row
_AROUND = 120  # px to show above and below what somebody was led to
_PAUSE = 40  # ms without a move before the panel follows, so that held arrow keys stay quick


class ResultsPage(Page):
    """Shows levels of all cases; `panel_asked` says that somebody wants to see why, in the context panel."""

    name = "results"
    title = "Results"
    icon = "chart-column"
    shows = frozenset(
        {"study", "rubrics", "rounds", "cases", "sources", "passages"}
        | {"answers", "consensus", "overrides", "findings", "challenges", "influences", "factors", "follow_ups"}
        | {"ballots", "targets", "next_steps", "assessors", "codes", "codings", "mappings", "reviews"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.side = ResultsSide(desk, self)
        self.side.hide()
        self.why = self.side.why
        self.heat_map = HeatMap(self)
        self.legend = Legend(self)
        self.radars = RadarGrid(self)
        self.factors = FactorLevelsTable(self)
        self._factors_head = _factors_head(self)
        self.sections = PrincipleSections(self)
        self._trends = Trends()
        self._stale = False
        self._about = ElidedLabel("", BODY, ink="muted", parent=self)
        self._copy = IconButton("copy", "Copy the table of levels", "Ctrl+C", self)
        self._nothing = _nothing_answered(self)
        self._no_cases = _no_cases(self)
        self._follow = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()
        self._add_actions()
        hand_on(self, self.heat_map)
        self.setTabOrder(self.heat_map, self._copy)

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands."""
        document = self.desk.document
        if not (document.cases and document.rubrics):
            self._whole.setCurrentWidget(self._no_cases)
            self.side.clear()
            return
        self._whole.setCurrentWidget(self.parts)
        self.parts.refresh(changes)
        if answered(self.desk.assessment):
            self._stack.setCurrentWidget(self._area)
            self._stale = self.parts.part is not None  # the levels follow when they are seen again
            if not self._stale:
                self._show_results(self.desk.assessment)
        else:
            self._stack.setCurrentWidget(self._nothing)
            self.side.clear()

    def show_thing(self, key: str) -> None:
        """Bring a case ("ml-p1"), one of its levels ("ml-p1/traceability") or a challenge into view, and tell why.

        A challenge is named "challenges/" and its key; a thing of another part by the part's name and its key,
        "plan:ml-p1".
        """
        if self.parts.show_thing(key):
            return
        self.parts.show_part(self.parts.own)
        case, _, principle = key.partition("/")
        challenge = self.sections.challenge(principle) if case == "challenges" and self._has_results() else None
        if challenge is not None:
            QTimer.singleShot(0, self, lambda: self._reveal(challenge))
        elif any(each.key == case for each in self.desk.document.cases):
            self._open((case, principle or OVERALL))
            self.why.verticalScrollBar().setValue(0)  # what somebody was led to stands first

    def context_panel(self) -> QWidget | None:
        """Why the current level is what it is, none while there are no levels; or what another part has to show."""
        if self._whole.currentWidget() is self._no_cases:
            return None
        if self.parts.part is not None:
            return self.parts.part.panel()
        return self.side if self._has_results() else None

    def shown_thing(self) -> str:
        """Key of what is shown in another part than that of the levels."""
        return self.parts.shown_thing()

    def unsaved(self) -> list[Deed]:
        """Give the finding that could not be written."""
        return self.side.unsaved()

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.side.leave()
        self.parts.leave()

    def copy_table(self) -> None:
        """Put the table of levels on the clipboard, as text."""
        if self._has_results():
            QGuiApplication.clipboard().setText(table_text(self.desk.assessment))
            self.desk.told.emit("The table of levels is on the clipboard.")

    def showEvent(self, event: QShowEvent) -> None:
        """Tell of the current level once more: the study may have changed meanwhile."""
        super().showEvent(event)
        self._follow.start()

    # Building

    def _lay_out(self) -> None:
        self._content = content = QWidget(self)
        content.setProperty("look", "page")
        content.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[5])
        column.setSpacing(0)
        column.addLayout(page_head("Results", self._about, self._copy))
        column.addSpacing(SPACE[2])
        for widget, gap in ((self.heat_map, SPACE[1]), (self.legend, SPACE[5])):
            column.addWidget(widget)
            column.addSpacing(gap)
        column.addWidget(TextLabel("Profile of each case", TITLE, "semibold", parent=content))
        column.addSpacing(SPACE[2])
        column.addWidget(self.radars)
        column.addSpacing(SPACE[5])
        column.addWidget(self._factors_head)
        column.addWidget(self.factors)
        column.addSpacing(SPACE[5])
        column.addWidget(self.sections)
        column.addStretch(1)
        self._area = scrolling(content, self)
        levels = QWidget(self)
        self._stack = QStackedLayout(levels)
        for page in (self._area, self._nothing):
            self._stack.addWidget(page)
        self.parts = Parts(self.desk, ("levels", "Levels", levels), _PARTS, self)
        hand_on(levels, self.heat_map)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(self.parts)
        self._whole.addWidget(self._no_cases)

    def _connect(self) -> None:
        self.heat_map.moved.connect(self._walked)
        self.heat_map.clicked.connect(self._clicked)
        self._follow.timeout.connect(self._tell_why)
        self.radars.picked.connect(lambda case, principle: self._open((case, principle)))
        self.sections.picked.connect(self._open)
        self.sections.go.connect(self.go)
        self.factors.used.connect(lambda key: self.go.emit("factors", key))
        self.why.picked.connect(self._open)
        self.side.go.connect(self.go)
        self.side.seen.connect(self._follow.start)
        self.why.left.connect(self.heat_map.setFocus)
        self._copy.clicked.connect(self.copy_table)
        self._nothing.asked.connect(lambda: self.go.emit("assess", ""))
        self.parts.go.connect(self.go)
        self.parts.panel_asked.connect(self.panel_asked)
        self.parts.turned.connect(self._turned)
        self.exports = Exports(self.desk, self, self._tables, self._picture, self.parts)
        self.exports.add_to(self.parts.tools)
        self._no_cases.asked.connect(lambda: self.go.emit("overview", ""))

    def _add_actions(self) -> None:
        copy = QAction("Copy the table of levels", self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.triggered.connect(self.copy_table)
        self.addAction(copy)
        bind_key(self.heat_map, "Tell why this level", ("Return", "Enter", "Space"), self._open_current)
        for text, keys, then in self.why.team.deeds:
            bind_key(self.heat_map, text, keys, partial(self._open_and, then))

    # Showing

    def _has_results(self) -> bool:
        return self._whole.currentWidget() is self.parts and self._stack.currentWidget() is self._area

    def _tables(self) -> list[Table]:
        """Give what is shown as tables; of a rubric in a round, the levels."""
        if self.parts.part is not None:
            return self.parts.part.tables()
        if not self._has_results():
            return []
        assessment = self.desk.assessment
        factors = factor_table(self.desk.document, assessment)
        return [levels_table(assessment), *([factors_table(factor_levels(factors))] if factors.judged else [])]

    def _picture(self) -> QWidget | None:
        """Give what is drawn as a picture."""
        if self.parts.part is not None:
            return self.parts.part.picture()
        assessment = self.desk.assessment
        return levels_picture(assessment, self._trends.of(self.desk.seen, assessment)) if self._has_results() else None

    def _turned(self, _name: str) -> None:
        """Show the levels as they stand where they are seen again, and let the window ask anew for its panel."""
        if self._stale and self.parts.part is None and self._has_results():
            self._stale = False
            self._show_results(self.desk.assessment)
        self.panel_changed.emit()
        self._follow.start()

    def _show_results(self, assessment: Assessment) -> None:
        self._about.setText(_about(assessment))
        self.heat_map.show_assessment(assessment, self._trends.of(self.desk.seen, assessment))
        self._content.setMaximumWidth(max(_WIDEST, self.heat_map.whole_width() + 2 * SPACE[4]))
        self.heat_map.explain_in(self.legend, assessment)
        self.radars.show_assessment(assessment)
        self._show_factors(assessment)
        self.sections.show_study(self.desk.document, assessment)
        self._tell_why()

    def _show_factors(self, assessment: Assessment) -> None:
        """Show how factors work on each level, where any was judged and there is an overall level."""
        table = factor_table(self.desk.document, assessment)
        worth = table.judged and assessment.rubric.overall != "none"
        self._factors_head.setVisible(worth)
        self.factors.setVisible(worth)
        if worth:
            self.factors.show_levels(factor_levels(table))

    def _tell_why(self) -> None:
        """Explain the current cell, if anybody can see it."""
        self._follow.stop()
        place = self.heat_map.place
        if place is None or not self._has_results():
            self.side.clear()
        elif self.side.isVisible():
            self.side.explain(place)

    def _open(self, place: Place) -> None:
        """Make a cell current and tell why it is what it is, in the panel."""
        self.heat_map.select(place)
        self.panel_asked.emit()
        self._follow.stop()
        self.side.explain(self.heat_map.place or place)  # where a rubric has no overall level, another of the case

    def _open_current(self) -> None:
        """Tell why, and give the keyboard the first thing to follow."""
        if self.heat_map.place is not None:
            self._open(self.heat_map.place)
            self.why.focus_first()

    def _open_and(self, then: Callable[[], None]) -> None:
        """Tell why, and do something about the level there, where it is one that the team can say something of."""
        if self.heat_map.place is not None:
            self._open(self.heat_map.place)
            if self.heat_map.place[1] != OVERALL:
                self.why.do_for_team(then)

    def _clicked(self, index: QModelIndex) -> None:
        self._open(self.heat_map.levels.cell(index).place)

    def _reveal(self, words: QWidget) -> None:
        """Bring something far down the page into view, once it is laid out, and give it the keyboard."""
        self._area.ensureWidgetVisible(words, 0, _AROUND)
        words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _walked(self) -> None:
        """Scroll the page, not the table, to the current cell; the panel follows soon."""
        self._follow.start()
        scroll_to_current(self._area, self.heat_map)


def _factors_head(parent: QWidget) -> QWidget:
    """Say what stands below, and what its signs mean."""
    head = QWidget(parent)
    column = QVBoxLayout(head)
    column.setContentsMargins(0, 0, 0, SPACE[1])
    column.setSpacing(2)
    column.addWidget(TextLabel("Factors by level", TITLE, "semibold", parent=head))
    signs = "triangles up facilitate, down inhibit, two of them strongly; a line is neutral, a dotted box unknown"
    words = f"How many cases of a level show a factor so: {signs}."
    explained = TextLabel(words, SMALL, ink="muted", wrap=True, parent=head)
    explained.setMaximumWidth(_WIDEST)  # as wide as the table; narrower than its row, it would get too little height
    column.addWidget(explained)
    return head


def _about(assessment: Assessment) -> str:
    count = len(assessment.cases)
    parts = (
        assessment.round.name if assessment.round else "",
        "1 case" if count == 1 else f"{count} cases",
        assessment.rubric.title,
        still_open(assessment),
    )
    return " · ".join(filter(None, parts))


def _nothing_answered(parent: QWidget) -> EmptyState:
    return EmptyState(
        "chart-column",
        "No results yet",
        "Levels follow from answers. Once a criterion is answered for a case, the levels of all cases stand here, "
        "with what each of them rests on.",
        "Answer criteria",
        parent=parent,
    )


def _no_cases(parent: QWidget) -> EmptyState:
    return EmptyState(
        "chart-column",
        "No cases yet",
        "Here the levels of all cases stand side by side. The first step is a case: a project to be assessed.",
        "Add a case",
        parent=parent,
    )
