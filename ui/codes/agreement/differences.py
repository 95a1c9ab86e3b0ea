"""Where two coders differ, as a list to be gone through: what is open, what was agreed, or all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app.analysis.double_coding import around
from ui.codes.agreement.deciding import DecidePane
from ui.notebook.cards import Card, CardView, Spot
from ui.theme import SPACE
from ui.widgets import ChoiceField, EmptyState, Rule, SegmentedControl
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.analysis.agreement import Agreement, Difference
    from app.model.document import StudyDocument
    from app.model.evidence import DoubleCoding

_FILTERS = {"open": "Open", "agreed": "Agreed", "all": "All"}
_JUMP = Spot("jump", icon="arrow-right", hint="Show it in the notes (J)")
_NOTHING = {
    "open": ("circle-check", "Nothing left to agree on", "Every difference shown here has been agreed on."),
    "agreed": (
        "users",
        "Nothing agreed yet",
        "Go through what is open: Y says that a code applies, N that it doesn\u2019t.",
    ),
    "all": ("circle-check", "They differ nowhere", "What one put on, the other put on too."),
}


class DifferencesPane(QWidget):
    """Lists differences, shows the current one in its context, and asks to settle it; it only asks."""

    decided = Signal(object, bool, str)  # Difference, whether the code applies, and why
    reopened = Signal(object)  # Difference
    line_asked = Signal(str)  # key of a line of notes

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = SegmentedControl("Show differences", list(_FILTERS.items()), self)
        self.filter.set_value("open")
        self.code = ChoiceField("Differ on code", (), self)
        self.list = CardView("Where they differ", self)
        self.decide = DecidePane(self)
        self._empty = {key: EmptyState(*words, parent=self) for key, words in _NOTHING.items()}
        self._document: StudyDocument | None = None
        self._double: DoubleCoding | None = None
        self._found: tuple[Difference, ...] = ()
        self._read_only = False
        self._lay_out()
        self._connect()
        self._add_actions()
        self.setFocusProxy(self.list)

    @property
    def current(self) -> Difference | None:
        """The difference that is current."""
        key = self.list.current_key()
        return next((each for each in self._found if each.key == key), None)

    def show_agreement(
        self, document: StudyDocument, double: DoubleCoding, found: Agreement, *, read_only: bool
    ) -> None:
        """Show where two differ; the current difference stays current, its follower is when it has gone."""
        self._document, self._double, self._read_only = document, double, read_only
        self._found = found.differences
        codes = dict.fromkeys((each.code, each.name) for each in found.differences)
        chosen = self.code.value() or ""
        self.code.set_choices([("", "Any code"), *sorted(codes, key=lambda pair: pair[1].casefold())])
        self.code.set_value(chosen if any(key == chosen for key, _name in codes) else "")
        for action in self._deciding:
            action.setEnabled(not read_only)
        self._show()

    def set_wide(self, *, wide: bool) -> None:
        """Show the current difference beside the list, where there is more width than height."""
        self._splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self._rule.setVisible(not wide)

    def show_code(self, code: str) -> None:
        """Show what they differ on with one code, whatever became of it."""
        if any(each.code == code for each in self._found):
            self.code.set_value(code)
            self.filter.set_value("all")
            self._show()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def settled(self, key: str) -> None:
        """Take note of a decision: what was typed for it is kept by now."""
        self.decide.done(key)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_next_open(self, after: str) -> None:
        """Make the next difference that is open the current one, from one on and round."""
        keys = [card.key for card in self.list.cards.cards]
        at = keys.index(after) if after in keys else -1
        open_ = {each.key for each in self._found if each.resolution is None}
        following = (key for key in (*keys[at + 1 :], *keys[: at + 1]) if key in open_)
        if after in keys and (key := next(following, "")):
            self.list.set_current(key)
            self._show_current()

    def _show(self) -> None:
        shown, code = self.filter.value() or "open", self.code.value()
        of_code = [each for each in self._found if not code or each.code == code]
        by_state = {
            "open": [each for each in of_code if each.resolution is None],
            "agreed": [each for each in of_code if each.resolution is not None],
            "all": of_code,
        }
        for key, name in _FILTERS.items():
            self.filter.button(key).setText(f"{name} {len(by_state[key])}")
        names = {} if self._document is None else {each.key: each.name for each in self._document.assessors}
        self.list.show_listed(tuple(_cards(by_state[shown], names)))
        self._stack.setCurrentWidget(self._splitter if by_state[shown] else self._empty[shown if of_code else "all"])
        self._show_current()

    def _show_current(self) -> None:
        here = self.current
        if here is None or self._document is None or self._double is None:
            return
        names = {each.key: each.name for each in self._document.assessors}
        other = self._double.second if here.coder == self._double.first else self._double.first
        self.decide.show_difference(here, around(self._document, here), names, names[other], read_only=self._read_only)

    def _ask(self, *, applies: bool) -> None:
        if self.current is not None:
            self.decide.ask(applies=applies)

    def _reopen(self) -> None:
        here = self.current
        if here is not None and here.resolution is not None:
            self.reopened.emit(here)

    def _go(self) -> None:
        if self.current is not None:
            self.line_asked.emit(self.current.entry)

    def _used(self, _key: str, spot: str) -> None:
        if spot:
            self._go()

    def _hand_over(self, applies: bool, reason: str) -> None:  # noqa: FBT001 - a signal's
        if self.current is not None:
            self.decided.emit(self.current, applies, reason)

    def _connect(self) -> None:
        self.filter.chosen.connect(lambda _key: self._show())
        self.code.committed.connect(lambda _key: self._show())
        self.list.current.connect(lambda _key: self._show_current())
        self.list.used.connect(self._used)
        self.decide.decided.connect(self._hand_over)
        self.decide.reopened.connect(self._reopen)
        self.decide.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.decide.line_asked.connect(self._go)

    def _add_actions(self) -> None:
        self._deciding = (
            bind_key(self.list, "The code applies\u2026", "Y", lambda: self._ask(applies=True)),
            bind_key(self.list, "The code does not apply\u2026", "N", lambda: self._ask(applies=False)),
            bind_key(self.list, "Open again what was agreed", "O", self._reopen),
        )
        bind_key(self.list, "Show the line in the notes", ("J", "Return", "Enter"), self._go)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[1])
        head.setSpacing(SPACE[2])
        self.code.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.code.setMinimumContentsLength(14)
        head.addWidget(self.filter)
        head.addWidget(self.code, 1)
        below = QWidget(self)
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(0)
        self._rule = Rule(below)
        lower.addWidget(self._rule)
        lower.addWidget(self.decide, 1)
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(below)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._stack = QStackedLayout()
        for part in (self._splitter, *self._empty.values()):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._stack, 1)


def _cards(differences: Iterable[Difference], names: dict[str, str]) -> Iterable[Card]:
    for each in differences:
        head = f"{each.citation} \u00b7 {each.name} \u00b7 only {names[each.coder]}"
        agreed = each.resolution
        feet = () if agreed is None else (f"{'Applies' if agreed.applies else 'Does not apply'}: {agreed.reason}",)
        yield Card(each.key, head, each.words, feet, (_JUMP,), ink="text" if agreed is None else "text_muted", most=2)
