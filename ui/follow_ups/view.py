"""All follow-ups of the study: by person or by case, with what became of each, and what is to become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions import follow_ups as actions
from app.actions.keys import numbered
from app.actions.things import add, change
from app.analysis.follow_ups import Grouping, counts, grouped
from app.model.source import FollowUp, FollowUpState
from ui.follow_ups.detail import MAY_ANSWER, MAY_DROP, MAY_REOPEN, MAY_TAKE_BACK, FollowUpDetail
from ui.follow_ups.forms import NewForm
from ui.follow_ups.listing import StateFilter, cards
from ui.interviews.source_list import FilterLine
from ui.notebook.card_list import CardList
from ui.theme import SPACE, TITLE
from ui.widgets import EmptyState, IconButton, Rule, SegmentedControl, TextButton, TextLabel
from ui.widgets.actions import bind_key
from ui.widgets.focus import on_escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QResizeEvent

    from ui.desk import Desk

_NARROW = 760  # px below which the follow-up chosen is shown under the list, not beside it
_WHAT = (
    "A follow-up is a question still to be asked: of somebody, or about a case. "
    "Type ? and a space at the start of a line of notes, and what that line leaves open waits here."
)


class FollowUpsView(QWidget):
    """Lists the follow-ups, and does what is asked about them.

    Call `refresh` when follow-ups, sources, participants, cases or rubrics changed, and `commit` before it is left.
    """

    entry_chosen = Signal(str)  # key of a line: show it in its notes
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self._close)
        self.desk = desk
        self.new_button = TextButton("New follow-up", "quiet", "plus", "Ins", self)
        self.close_button = IconButton("x", "Close the follow-ups", "Esc", self)
        self.by = SegmentedControl("List follow-ups", [("person", "By person"), ("case", "By case")], self)
        self.by.set_value("person")
        self.states = StateFilter(self)
        self.filter = FilterLine(self)
        self.list = CardList("Follow-ups", self)
        self.detail = FollowUpDetail(self)
        self.new_form = NewForm(self)
        self._nothing = TextLabel("", ink="faint", wrap=True, parent=self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._side = QStackedWidget(self)
        self._empty = EmptyState("circle-help", "No follow-ups yet", _WHAT, "New follow-up", "Ins", self)
        self._lay_out()
        self._connect()
        self._add_actions()
        self.setFocusProxy(self.list)

    def refresh(self) -> None:
        """Show the study as it stands; the current follow-up stays current."""
        document, words = self.desk.document, self.filter.text()
        by = Grouping(self.by.value() or "person")
        self.list.show_listed(tuple(cards(grouped(document, by, self.states.states, words), by)))
        self.states.show_counts(counts(document, words))
        self._nothing.setText("No follow-up has these words." if words.strip() else "No follow-up is shown.")
        self._nothing.setVisible(self.list.is_empty)
        none = not document.follow_ups and not self._asks_new
        self._stack.setCurrentWidget(self._empty if none else self._work)
        self._show_current()

    def show_follow_up(self, key: str) -> None:
        """Make a follow-up the current one, whatever the filter hides."""
        found = self._find(key)
        if found is not None:
            self.filter.clear()
            self.states.add_state(found.state)
            self.refresh()
            self.list.set_current(key)
            self._show_current()

    def commit(self) -> None:
        """Write down what was typed and not yet written."""
        self.detail.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the follow-up chosen beside the list, or under it."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self._splitter.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    # Showing

    @property
    def _asks_new(self) -> bool:
        """Whether the words of a new follow-up are asked for."""
        return self._side.currentWidget() is self._new

    def _find(self, key: str) -> FollowUp | None:
        return next((each for each in self.desk.document.follow_ups if each.key == key), None)

    def _show_current(self) -> None:
        found = self._find(self.list.current_key())
        if found is not None:
            self.detail.show_follow_up(self.desk.document, found, read_only=self.desk.read_only)
        if not self._asks_new:
            self._side.setCurrentWidget(self.detail if found is not None else self._none)
        for part in (self.new_button, self._empty.button):
            part.setVisible(not self.desk.read_only)
        may = not self.desk.read_only
        self._new_action.setEnabled(may)
        for action, states in self._actions.items():
            action.setEnabled(may and found is not None and found.state in states)

    def _regroup(self, _by: str) -> None:
        self.refresh()
        self.list.reveal()

    def _came(self, _key: str) -> None:
        if self._asks_new:
            self._side.setCurrentWidget(self.detail)
        self._show_current()

    # Doing

    def new_follow_up(self) -> None:
        """Ask for the words of a new follow-up; it is for whom the current one is for."""
        if self.desk.read_only:
            return
        self.detail.commit()
        here = self._find(self.list.current_key())
        person, case = (here.participant, here.case) if here is not None else (None, None)
        self.new_form.begin(self.desk.document, person, case)
        self._side.setCurrentWidget(self._new)
        self._stack.setCurrentWidget(self._work)
        self.new_form.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, words: str, person: str | None, case: str | None) -> None:
        key = numbered("f", "", {each.key for each in self.desk.document.follow_ups})
        question = " ".join(words.split())
        if self.desk.do(add, FollowUp(key=key, question=question, participant=person, case=case)) is not None:
            self.new_form.words.clear()
            self._leave_new()
            self.show_follow_up(key)

    def _leave_new(self) -> None:
        self._side.setCurrentWidget(self.detail)
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, action: Callable[..., str], *arguments: object) -> None:
        """Do something about the follow-up shown; when it is refused, what was typed stays where it was typed."""
        here = self.detail.follow_up
        if here is not None and self.desk.do(action, here.key, *arguments) is not None:
            self.detail.done(here.key)
            self.refresh()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, source: str, line: str, words: str) -> None:
        self._do(actions.answered, source, line or None, words)

    def _change(self, follow_up: FollowUp) -> None:
        if self.desk.do(change, follow_up) is not None:
            self.refresh()

    def _close(self) -> None:
        self.commit()
        self.closed.emit()

    # Building

    def _lay_out(self) -> None:
        self._none = QLabel(self)
        self._new = self._around_new()
        for part in (self._none, self.detail, self._new):
            self._side.addWidget(part)
        self._splitter.addWidget(self._listed())
        self._splitter.addWidget(self._side)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setSizes([600, 480])
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._work = self._splitter
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._work)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(Rule(self))
        column.addWidget(holder, 1)

    def _head(self) -> QVBoxLayout:
        top, below, head = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        top.addWidget(TextLabel("Follow-ups", TITLE, "semibold", parent=self))
        top.addSpacing(SPACE[2])
        top.addWidget(self.by)
        top.addStretch(1)
        top.addWidget(self.new_button)
        top.addWidget(self.close_button)
        below.setSpacing(SPACE[2])
        below.addWidget(self.states)
        below.addWidget(self.filter, 1)
        head.setContentsMargins(SPACE[3], SPACE[1], SPACE[2], SPACE[1])
        head.setSpacing(SPACE[1])
        head.addLayout(top)
        head.addLayout(below)
        return head

    def _around_new(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[3])
        column.addWidget(self.new_form)
        column.addStretch(1)
        return holder

    def _listed(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self._nothing.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], 0)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        holder.setMinimumWidth(280)
        return holder

    def _connect(self) -> None:
        self.filter.setPlaceholderText("Filter (/)")
        self.filter.setAccessibleName("Filter follow-ups")
        self.filter.setMinimumWidth(80)
        self.by.chosen.connect(self._regroup)
        self.states.chosen.connect(self.refresh)
        self.filter.textChanged.connect(lambda _words: self.refresh())
        self.filter.down.connect(self.list.setFocus)
        self.list.current.connect(self._came)
        self.list.doubleClicked.connect(lambda _index: self.detail.go_to_line())
        self.new_button.clicked.connect(self.new_follow_up)
        self.close_button.clicked.connect(self._close)
        self._empty.asked.connect(self.new_follow_up)
        self.new_form.given.connect(self._add)
        self.new_form.cancelled.connect(self._leave_new)
        self.detail.entry_chosen.connect(self.entry_chosen)
        self.detail.changed.connect(self._change)
        self.detail.answered.connect(self._answer)
        self.detail.not_answered.connect(lambda: self._do(actions.not_answered))
        self.detail.dropped.connect(lambda reason: self._do(actions.drop, reason))
        self.detail.reopened.connect(lambda: self._do(actions.reopen))
        self.detail.left.connect(self.list.setFocus)

    def _add_actions(self) -> None:
        detail = self.detail
        self._actions: dict[QAction, frozenset[FollowUpState]] = {}
        self._new_action = self._action("New follow-up", "Ins", self.new_follow_up, self)
        self._action("Filter follow-ups", "/", self._to_filter, self.list)
        self._action("Go to the uncertain line", "Return", detail.go_to_line, self.list)
        self._action("Go to the answer", "Shift+Return", detail.go_to_answer, self.list)
        for text, key, then, may in (
            ("Change the question's words", "F2", detail.edit, frozenset(FollowUpState)),
            ("Answered\u2026", "A", detail.ask_answer, MAY_ANSWER),
            ("Not answered after all", "N", detail.take_back, MAY_TAKE_BACK),
            ("Open again", "O", detail.reopen, MAY_REOPEN),
            ("Drop\u2026", "Del", detail.ask_reason, MAY_DROP),
        ):
            self._actions[self._action(text, key, then, self.list)] = may

    def _to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.selectAll()

    def _action(self, text: str, key: str, then: Callable[[], object], owner: QWidget) -> QAction:
        return bind_key(owner, text, key, then, within=owner is not self.list)
