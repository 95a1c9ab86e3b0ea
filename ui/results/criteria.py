"""The part Criteria: how the answers to each criterion spread over the cases, the weakest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.analysis.distribution import distribution, weakest_first
from app.analysis.overview import answered
from app.analysis.todo import count
from app.exchange.result_tables import answers_table, spread_table
from ui.part import Part
from ui.results.spread_model import Spot
from ui.results.spread_panel import SpreadPanel
from ui.results.spread_table import SpreadTable
from ui.theme import SMALL, SPACE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import SegmentedControl
from ui.widgets.fields import ChoiceField
from ui.widgets.focus import hand_on
from ui.widgets.messages import EmptyState
from ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from app.actions.unit import Changes
    from app.analysis.assessment import Assessment
    from app.analysis.distribution import Distribution
    from app.exchange.tables import Table
    from ui.desk import Desk

WEAKEST, RUBRIC = "weakest", "rubric"
_ORDERS: Final = ((WEAKEST, "Weakest first"), (RUBRIC, "As in the rubric"))
_PAUSE: Final = 40  # ms without a move before the panel follows, so that held arrow keys stay quick
_WIDE: Final = 1040  # px; of a picture
_WEAK: Final = "Weakest first: how far the cases together fall short of the best answer; what is open does not count."


class CriteriaPart(Part):
    """A bar for each criterion, and in numbers how many cases have each answer; Enter tells which ones."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table = SpreadTable(self)
        self.order = SegmentedControl("Order", _ORDERS, self)
        self.order.set_value(WEAKEST)
        self.order.button(WEAKEST).setToolTip(_WEAK)
        self.principle = ChoiceField("Principle shown", parent=self)
        self.side = SpreadPanel(self)
        self.side.hide()
        self._about = ElidedLabel("", SMALL, ink="muted", parent=self)
        self._nothing = _nothing_answered(self)
        self._found: tuple[Assessment, Distribution] | None = None
        self._follow = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()
        hand_on(self, self.table)

    def refresh(self, changes: Changes | None = None) -> None:  # noqa: ARG002 - one look at the study serves all
        """Show the study as it stands."""
        if not answered(self.desk.assessment):
            self._stack.setCurrentWidget(self._nothing)
            self.side.clear()
            return
        self._stack.setCurrentWidget(self._area)
        principles = [
            ("", "All principles"),
            *((each.id, each.name) for each in self.desk.assessment.rubric.principles),
        ]
        chosen = self.principle.value() or ""
        self.principle.set_choices(principles)
        self.principle.set_value(chosen if chosen in dict(principles) else "")
        self._show()

    def show_thing(self, key: str) -> None:
        """Make a criterion current; it is shown whatever was filtered."""
        if self._has_results() and key in {each.criterion.id for each in self._distribution().spreads}:
            if not self.table.counts.index_of(Spot(key)).isValid():
                self.principle.set_value("")
                self._show()
            self.table.select(Spot(key))
            self._tell()

    def shown_thing(self) -> str:
        """The criterion that is current."""
        return self.table.spot.criterion if self.table.spot else ""

    def panel(self) -> QWidget | None:
        """Which cases have the current answer; nothing while there are none."""
        return self.side if self._has_results() else None

    def tables(self) -> list[Table]:
        """How many cases have each answer, and the answers themselves."""
        if not self._has_results():
            return []
        return [spread_table(self._distribution()), answers_table(self.desk.assessment)]

    def picture(self) -> QWidget | None:
        """The rows that are shown, all of them, without what scrolls."""
        if not self._has_results():
            return None
        table = SpreadTable()
        table.show_spreads(self._distribution(), self.table.counts.spreads)
        table.resize(_WIDE, 400)
        table.resize(table.whole_size(_WIDE))
        table.clearSelection()
        table.setWindowTitle("Answers to each criterion across the cases")
        return table

    # Building

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        head.setSpacing(SPACE[1])
        head.addWidget(self._about, 1)
        head.addWidget(self.principle)
        head.addWidget(self.order)
        self._area = QWidget(self)
        column = QVBoxLayout(self._area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        inset = QHBoxLayout()
        inset.setContentsMargins(SPACE[2], 0, 0, 0)
        inset.addWidget(self.table)
        column.addLayout(inset, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._nothing)

    def _connect(self) -> None:
        self.order.chosen.connect(lambda _order: self._show())
        self.principle.committed.connect(lambda _principle: self._show())
        self.table.moved.connect(lambda _spot: self._follow.start())
        self.table.used.connect(lambda _spot: self._open())
        self._follow.timeout.connect(self._tell)
        self.side.go.connect(self.go)
        self.side.seen.connect(self._follow.start)
        self.side.left.connect(self.table.setFocus)
        self._nothing.asked.connect(lambda: self.go.emit("assess", ""))
        bind_key(self.table, "Tell which cases have this answer", ("Return", "Enter", "Space"), self._open_current)

    # Showing

    def _has_results(self) -> bool:
        return self._found is not None and self._stack.currentWidget() is self._area

    def _distribution(self) -> Distribution:
        """Give how answers spread; worked out anew when an answer changed, and only then."""
        assessment = self.desk.assessment
        if self._found is None or self._found[0] is not assessment:
            self._found = (assessment, distribution(assessment))
        return self._found[1]

    def _show(self) -> None:
        found = self._distribution()
        spreads = found.of(str(self.principle.value() or ""))
        self.table.show_spreads(found, weakest_first(spreads) if self.order.value() == WEAKEST else spreads)
        shown = self.desk.assessment
        criteria, cases = count(len(spreads), "criterion", "criteria"), count(len(shown.cases), "case", "cases")
        self._about.setText(f"{criteria} across {cases}")
        self._tell()

    def _tell(self) -> None:
        """Tell of the current cell, if anybody can see it."""
        self._follow.stop()
        if self.table.spot is None or not self._has_results():
            self.side.clear()
        elif self.side.isVisible():
            self.side.show_spot(self.desk.chain, self._distribution(), self.table.spot)

    def _open(self) -> None:
        """Tell of the current cell, in the panel."""
        self.panel_asked.emit()
        self._follow.stop()
        if self.table.spot is not None:
            self.side.show_spot(self.desk.chain, self._distribution(), self.table.spot)

    def _open_current(self) -> None:
        """Tell of the current cell, and give the keyboard the first thing to follow."""
        if self.table.spot is not None:
            self._open()
            self.side.focus_first()


def _nothing_answered(parent: QWidget) -> EmptyState:
    return EmptyState(
        "chart-column",
        "No answers yet",
        "Here every criterion has a bar: how many cases have it fully, how many not, and where nobody knows. It shows "
        "where the whole organisation is weak.",
        "Answer criteria",
        parent=parent,
    )
