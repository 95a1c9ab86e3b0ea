"""The part of Assess where a team goes through what its assessors differ on, the worst first, and agrees."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app.actions import consensus as actions
from app.actions.then import verdict_then
from app.analysis.ballots import is_secret
from app.analysis.consensus import differences
from app.analysis.overview import joined
from app.scoring.offered import answers
from ui.assess.differences.cards import DifferenceList, difference_card
from ui.assess.differences.deciding import DecidePane
from ui.assess.differences.levels import LevelsPane, Measured
from ui.part import Part
from ui.results.exports import Exports
from ui.theme import SMALL, SPACE
from ui.widgets import ChoiceField, EmptyState, Rule, SegmentedControl, TextLabel
from ui.widgets.actions import bind_key
from ui.widgets.stacks import turn_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAction, QFocusEvent, QResizeEvent

    from app.actions.unit import Changes
    from app.analysis.consensus import Differing
    from app.exchange.tables import Table
    from app.model.assessment import Answer, Dissent
    from app.scoring.offered import Answers
    from app.scoring.scale import Step, Verdict
    from ui.desk import Desk

_FILTERS = {"open": "Open", "agreed": "Agreed", "changed": "Changed since", "all": "All"}
SHOWS: Final = frozenset(
    {"study", "rubrics", "rounds", "cases", "assessors", "answers", "consensus", "overrides", "ballots"}
    | {"sources", "passages"}
)
_NARROW = 900  # px below which a difference is shown under the list, not beside it
_NOTHING = {
    "open": ("circle-check", "Nothing left to agree on", "Every difference shown here has been agreed on."),
    "agreed": ("users", "Nothing agreed yet", "Go through what is open: the key of an answer agrees on it."),
    "changed": ("circle-check", "Nothing has changed since", "Every agreement rests on the answers as they stand."),
    "all": ("circle-check", "They differ nowhere", "What two assessors answered is the same everywhere."),
    "hidden": (
        "eye-off",
        "Not revealed yet",
        "Answers are compared once all are done and reveal them.",
    ),
}
_WHAT = (
    "What two assessors answer differently is listed here, the worst first, to be agreed on one by one. To judge "
    "apart first, let them answer independently: nobody sees another\u2019s answers until all are done."
)


class DifferencesPart(Part):
    """Shows where assessors differ in the round and against the rubric shown, and hands on what is agreed.

    Files made of it are called after `shown`, pictures after `title`.
    """

    shown, title = "differences", "Levels by assessor"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.filter = SegmentedControl("Differences shown", list(_FILTERS.items()), self)
        self.filter.set_value("open")
        self.case = ChoiceField("Case", (), self)
        self.exports = Exports(desk, self, self.tables, self.picture, self)
        self.hidden = TextLabel("", SMALL, ink="warning", wrap=True, parent=self)
        self.levels = LevelsPane(self)
        self.list = DifferenceList("Where assessors differ", self)
        self.decide = DecidePane(self)
        self._found: tuple[Differing, ...] = ()
        self._measured: Measured | None = None
        self._keys: tuple[Answers | None, list[QAction]] = (None, [])
        self._taking: QWidget = self.list  # what gets the keyboard
        self._of = ""  # the case whose levels are shown
        self._parted_by_hand = False
        self._nobody = EmptyState("users", "Nobody to differ with yet", _WHAT, "Answer independently", "", self)
        self._empty = {key: EmptyState(*words, parent=self) for key, words in _NOTHING.items()}
        self._lay_out()
        self._connect()
        self._add_actions()

    @property
    def current(self) -> Differing | None:
        """The difference that is current."""
        key = self.list.current_key()
        return next((each for each in self._found if each.key == key), None)

    def refresh(self, changes: Changes | None = None) -> None:
        """Show where assessors differ as the study stands, as far as whoever is working may see it."""
        if changes is not None and not changes.tables & SHOWS:
            return
        document = self.desk.seen
        if not document.rubrics or self.desk.assessment.round is None or not document.cases:
            self._found = ()
            self._middle.setCurrentWidget(self._nobody)
            return
        self._found = differences(document, self.desk.assessment)
        chosen = self.case.value() or ""
        self.case.set_choices([("", "All cases"), *((each.key, each.name) for each in document.cases)])
        self.case.set_value(chosen if any(each.key == chosen for each in document.cases) else "")
        self._show_hidden()
        self._show()

    def show_thing(self, key: str) -> None:
        """Bring a case ("ml-p2") into view, or what they differ on there ("ml-p2/drift-detection")."""
        case, _, criterion = key.partition("/")
        if all(each.key != case for each in self.desk.seen.cases):
            return
        self.case.set_value(case)
        if criterion:
            self.filter.set_value("all")
        self._show()
        self.list.set_current(key)
        self._show_current()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown_thing(self) -> str:
        """Key of the current difference."""
        return self.list.current_key()

    def tables(self) -> list[Table]:
        """How far assessors agree, where they differ, and the levels of each."""
        from app.exchange.answer_tables import answer_tables

        return answer_tables(self.desk.seen, self.desk.assessment) if self.desk.assessment.round else []

    def picture(self) -> QWidget | None:
        """The levels by assessor."""
        return self.levels

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on to what is shown."""
        super().focusInEvent(event)
        self._taking.setFocus(event.reason())

    def leave(self) -> None:
        """Keep what is typed for the difference shown."""
        self.decide.keep_draft()

    # Showing

    def _show_hidden(self) -> None:
        """Say of which cases answers are not revealed yet."""
        shown = self.desk.assessment
        names = {each.key: each.name for each in self.desk.seen.cases}
        here = (shown.rubric.id, shown.round.key if shown.round else "")
        secret = [
            names[each.case] for each in self.desk.seen.ballots if is_secret(each) and (each.rubric, each.round) == here
        ]
        self.hidden.setText(f"Not revealed yet: {joined(secret)}." if secret else "")
        self.hidden.setVisible(bool(secret))

    def _show(self) -> None:
        of_case = [each for each in self._found if self.case.value() in ("", None, each.case)]
        by_state = {
            "open": [each for each in of_case if each.is_open],
            "agreed": [each for each in of_case if not each.is_open],
            "changed": [each for each in of_case if each.changed],
            "all": of_case,
        }
        for key, name in _FILTERS.items():
            self.filter.button(key).setText(f"{name} {len(by_state[key])}")
        document, rubric = self.desk.seen, self.desk.assessment.rubric
        names = {each.key: each.name for each in document.assessors}
        cases = {each.key: each.name for each in document.cases}
        shown = by_state[self.filter.value() or "open"]
        self.list.show_listed(
            [difference_card(each, answers(rubric, each.principle), names, cases[each.case]) for each in shown]
        )
        self._show_middle(shown=bool(shown), of_case=bool(of_case))
        self._show_current()

    def _show_middle(self, *, shown: bool, of_case: bool) -> None:
        people = {each.assessor for each in self._answers()}
        hidden = bool(self.hidden.text())
        nobody = len(people) < 2 and not self._found and not hidden
        self._nobody.button.setVisible(len(self.desk.seen.assessors) > 1 and not self.desk.read_only)
        self._middle.setCurrentWidget(self._nobody if nobody else self._work)
        state = (self.filter.value() or "open") if of_case else "hidden" if hidden else "all"
        taking = self.list if shown else self.filter.button(self.filter.value() or "open")
        self._taking = self._nobody.button if nobody else taking  # a list out of sight takes no keys
        turn_to(self._stack, self._splitter if shown else self._empty[state], taking)

    def _answers(self) -> Iterator[Answer]:
        """Go through the answers in the round and against the rubric shown."""
        for case in self.desk.assessment.cases:
            for principle in case.principles:
                yield from (a for judged in principle.criteria for a in judged.answers if a.verdict is not None)

    def _show_current(self) -> None:
        here = self.current
        self._show_levels(here)
        if here is None:
            return
        scale = answers(self.desk.assessment.rubric, here.principle)
        names = {each.key: each.name for each in self.desk.seen.assessors}
        self._bind_answers(scale)
        self.decide.show_difference(here, scale, names, self.desk.chain, read_only=self.desk.read_only)
        agreed = here.consensus.agreed_at if here.consensus else None
        then = {each.assessor: verdict_then(self.desk.study, each, agreed) for each in here.changed if agreed}
        self.decide.show_changes(self.desk.seen.study.zone, then)

    def _show_levels(self, here: Differing | None) -> None:
        """Show the levels of the case chosen, else of the current difference; where none is left, of the last one."""
        document, assessment = self.desk.seen, self.desk.assessment
        chosen = str(self.case.value() or "")
        wanted = (chosen, here.case if here else "", self._of, *(each.case for each in self._found[:1]))
        there = {each.key for each in document.cases}
        self._of = next((key for key in wanted if key in there), document.cases[0].key)
        if self._measured is None or not self._measured.holds(document, assessment):
            self._measured = Measured(document, assessment)
        self.levels.show_case(self._measured, self._of, chosen)

    # Choosing

    def _choose_filter(self, key: str) -> None:
        self.leave()
        self.filter.set_value(key)
        self._show()

    def _next_filter(self) -> None:
        order = list(_FILTERS)
        self._choose_filter(order[(order.index(self.filter.value() or "open") + 1) % len(order)])
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # Agreeing

    def _point(self, here: Differing) -> actions.Point | None:
        shown = self.desk.assessment
        if shown.round is None:
            return None
        return actions.Point(shown.rubric.id, here.criterion.id, here.case, shown.round.key)

    def _agree(self, verdict: Verdict, reason: str, dissents: tuple[Dissent, ...]) -> None:
        here = self.current
        at = self._point(here) if here is not None else None
        if here is None or at is None:
            return
        following = self._following(here.key)
        if self.desk.do(actions.agree, at, verdict, reason, dissents) is not None:
            self.decide.done(here.key)
            if self.list.cards.place(following) >= 0:
                self.list.set_current(following)
            self._show_current()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _following(self, after: str) -> str:
        """Find the next difference that is open, from one on and round."""
        keys = [card.key for card in self.list.cards.cards]
        at = keys.index(after) if after in keys else -1
        open_ = {each.key for each in self._found if each.is_open}
        return next((key for key in (*keys[at + 1 :], *keys[: max(at, 0)]) if key in open_), "")

    def _reopen(self) -> None:
        here = self.current
        at = self._point(here) if here is not None and not here.is_open else None
        if here is not None and at is not None and self.desk.do(actions.reopen, at) is not None:
            self.decide.done(here.key)
            self._show_current()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, verdict: Verdict) -> None:
        if self.current is not None:
            self.decide.ask(verdict)

    def _go_to_criterion(self) -> None:
        if self.current is not None:
            self.go.emit("assess", self.current.key)

    def _bind_answers(self, scale: Answers) -> None:
        """Let the keys of the rubric's answers agree on them."""
        known, bound = self._keys
        if known is scale:
            return
        for action in bound:
            self.list.removeAction(action)
            action.deleteLater()
        self._keys = (scale, [self._bind_answer(step) for step in scale.steps])

    def _bind_answer(self, step: Step) -> QAction:
        words = f"Agree: {step.label.lower()}\u2026"
        action = bind_key(self.list, words, step.key.upper(), partial(self._ask, step.verdict))
        action.setEnabled(not self.desk.read_only)
        return action

    # Building

    def _connect(self) -> None:
        self.filter.chosen.connect(self._choose_filter)
        self.case.committed.connect(lambda _key: self._show())
        self.list.current.connect(lambda _key: self._show_current())
        self.list.used.connect(self._used)
        self.decide.decided.connect(self._agree)
        self.decide.reopened.connect(self._reopen)
        self.decide.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.decide.passage_asked.connect(lambda passage: self.go.emit("interviews", passage))
        self.decide.criterion_asked.connect(self._go_to_criterion)
        self._nobody.asked.connect(lambda: self.go.emit("assess", "independently"))

    def _used(self, _key: str, spot: str) -> None:
        if spot:
            self._go_to_criterion()

    def _add_actions(self) -> None:
        reopen = bind_key(self.list, "Open again what was agreed", "O", self._reopen)
        reopen.setEnabled(not self.desk.read_only)
        bind_key(self.list, "Show the criterion", "J", self._go_to_criterion)
        bind_key(self, "Next filter", "F", self._next_filter, within=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show a difference beside the list, or under it where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        turned = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if turned != self._splitter.orientation():
            self._splitter.setOrientation(turned)
            self._parted_by_hand = False
        if not self._parted_by_hand:
            whole = event.size().height() if narrow else event.size().width()
            part = round(whole * (0.3 if narrow else 0.42))
            self._splitter.setSizes([part, whole - part])

    def _part(self, _place: int, _handle: int) -> None:
        self._parted_by_hand = True

    def sizeHint(self) -> QSize:
        """Room for the list and a difference."""
        return QSize(_NARROW, 640)

    def _lay_out(self) -> None:
        self._work = QFrame(self)
        self._work.setProperty("look", "surface")
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self._work)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.decide)
        self._splitter.splitterMoved.connect(self._part)
        listed = QWidget(self._work)
        self._stack = QStackedLayout(listed)
        for part in (self._splitter, *self._empty.values()):
            self._stack.addWidget(part)
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.hidden)
        column.addWidget(Rule(self._work))
        column.addWidget(self.levels)
        column.addWidget(Rule(self._work))
        column.addWidget(listed, 1)
        self._middle = QStackedLayout(self)
        self._middle.addWidget(self._work)
        self._middle.addWidget(self._nobody)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[1])
        head.setSpacing(SPACE[2])
        self.case.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.case.setMinimumContentsLength(14)
        self.hidden.setContentsMargins(SPACE[3], 0, SPACE[3], SPACE[1])
        head.addWidget(self.filter)
        head.addStretch(1)
        head.addWidget(self.case)
        self.exports.add_to(head)
        return head
