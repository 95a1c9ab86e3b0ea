"""Results over time: two rounds side by side, what rose, fell and became known, and the answers behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.analysis.citations import Citations
from app.analysis.compare import compare, trend
from app.analysis.rounds import answered, round_passed_over, round_to_answer, rounds_to_compare
from app.analysis.standing import OVERALL, Change
from app.analysis.todo import count
from ui.part import Part
from ui.results.changes_list import ChangesList, Side
from ui.results.changes_table import ChangesTable
from ui.results.time_tables import time_tables
from ui.results.trend_row import TrendRow
from ui.theme import BODY, DISPLAY, SPACE, TITLE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import TextButton, with_key
from ui.widgets.fields import ChoiceField
from ui.widgets.focus import hand_on
from ui.widgets.messages import EmptyState
from ui.widgets.scrolling import scroll_to_current, scrolling
from ui.widgets.stacks import turn_to
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from app.actions.unit import Changes
    from app.analysis.compare import ComparedCase, Comparison, Place
    from app.exchange.tables import Table
    from ui.desk import Desk

_WIDEST = 1080  # px; wider, the eye loses the row
_PAUSE = 40  # ms without a move before what is below follows, so that held arrow keys stay quick
_KEYS = (("Alt+PgUp", "Alt+PgDown"), ("Alt+Shift+PgUp", "Alt+Shift+PgDown"))


class OverTimePart(Part):
    """Shows `compare` of the two rounds chosen; what stands below the table is of the current cell."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.then, self.now = (_field(name, keys, self) for name, keys in zip(("Then", "Now"), _KEYS, strict=True))
        self.table = ChangesTable(self)
        self.trends = TrendRow(self)
        self.changes = ChangesList(self)
        self.about = TextLabel("", BODY, ink="muted", wrap=True, parent=self)
        self.reason = TextLabel("", BODY, wrap=True, parent=self)
        self.answer = TextButton("", "plain", parent=self)
        self._trend_head = TextLabel("", TITLE, "semibold", wrap=True, parent=self)
        self._changes_head = TextLabel("", TITLE, "semibold", wrap=True, parent=self)
        self._note = TextLabel("", BODY, ink="muted", wrap=True, parent=self)
        self._found: Comparison | None = None
        self._chosen: tuple[str, str] | None = None
        self._wanted = ""  # the key of a round to go and answer
        self._before = ""  # and of one before the round with answers
        self._follow = QTimer(self, singleShot=True, interval=_PAUSE)
        self.empty = EmptyState("history", "Nothing to compare yet", "", "Add a round", parent=self)
        self.earlier = TextButton("", "quiet", parent=self.empty)
        self.empty.add_beside(self.earlier)
        self._lay_out()
        self._connect()
        hand_on(self, self.table)

    # Showing

    def refresh(self, changes: Changes | None = None) -> None:  # noqa: ARG002 - as every part's
        """Show the study as it stands."""
        document = self.desk.seen
        keys = {each.key for each in document.rounds}
        if self._chosen is None or not keys.issuperset(self._chosen):
            shown = self.desk.assessment.round
            found = rounds_to_compare(document, shown.key if shown else "")
            self._chosen = (found[0].key, found[1].key) if found else None
        if self._chosen is None:
            self._found = None
            self._say_nothing()
            return
        turn_to(self._stack, self._area, self.table)
        for field, key in zip((self.then, self.now), self._chosen, strict=True):
            field.set_choices([(each.key, each.name) for each in document.rounds])
            field.set_value(key)
        self._found = compare(document, *self._chosen, self.desk.rubric)
        self._show(self._found)

    def show_thing(self, key: str) -> None:
        """Bring a case into view ("ml-p1"), or one of its principles ("ml-p1/traceability")."""
        case, _, part = key.partition("/")
        self.table.select((case, part or OVERALL))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown_thing(self) -> str:
        """Key of the current cell."""
        return "/".join(self.table.place) if self._found is not None and self.table.place else ""

    def tables(self) -> list[Table]:
        """Give the levels and the answers that changed."""
        found = self._found
        if found is None or found.rubric is None:
            return []
        return time_tables(found.rubric, found, Citations(self.desk.seen))

    def picture(self) -> QWidget | None:
        """Give the table of levels; None where there is none."""
        return self.table if self._found is not None and self._found.rubric is not None else None

    def _show(self, found: Comparison) -> None:
        comparable = found.rubric is not None
        focused = QApplication.focusWidget()
        if not comparable and focused is not None and self.isAncestorOf(focused):
            self.now.setFocus(Qt.FocusReason.OtherFocusReason)  # what is hidden takes no keys
        self.reason.setText(found.why_not)
        self.reason.setVisible(not comparable)
        empty = next((each for each in (found.then, found.now) if not answered(self.desk.seen, each.key)), None)
        self._wanted = empty.key if empty else ""
        self.answer.setText(f"Answer criteria in {empty.name}" if empty else "")
        self.answer.setVisible(empty is not None)
        told = f"{found.then.name} \N{RIGHTWARDS ARROW} {found.now.name}: {found.words}" if comparable else ""
        self.about.setText(". ".join(filter(None, (told, found.through))))
        self.about.setVisible(comparable)
        for widget in (self.table, self._below):
            widget.setVisible(comparable)
        if found.rubric is not None:
            self.table.show_comparison(found.rubric, found)
            self._series = trend(self.desk.seen, found.rubric.id)
            self._show_current()

    def _show_current(self) -> None:
        """Show the trend of the current case, and which of its answers changed."""
        self._follow.stop()
        found, place = self._found, self.table.place
        if found is None or found.rubric is None or place is None:
            return
        case, rubric, principle = found.case(place[0]), found.rubric, place[1]
        self._trend_head.setText(f"{case.case.name} over all rounds")
        self.trends.show_case(rubric, case.case, self._series, (found.then.key, found.now.key))
        moves = [each for each in case.answers if principle in (OVERALL, each.principle)]
        where = "" if principle == OVERALL else f", {rubric.principle(principle).short}"
        self._changes_head.setText(f"{case.case.name}{where}: {_counted(len(moves)) if case.in_both else case.whole}")
        self._note.setText(_note(found, case))
        self._note.setVisible(bool(self._note.text()))
        if moves and case.in_both:
            sides = (Side(found.then, found.answered[0]), Side(found.now, found.answered[1]))
            self.changes.show_moves(rubric, moves, sides, Citations(self.desk.seen))
        else:
            self.changes.clear()

    def _say_nothing(self) -> None:
        """Say why there is nothing to compare, and what to do about that."""
        document = self.desk.seen
        has = [each.name for each in document.rounds if answered(document, each.key)]
        wanted, before = round_to_answer(document), round_passed_over(document)
        self._wanted = wanted.key if wanted else ""
        self._before = before.key if before and not wanted else ""
        told = f"Only {has[0]} has answers. " if has else ""
        self.empty.tell(
            f"{told}Once criteria are answered in two rounds, this shows what rose, what fell and what became known "
            "in between, with the answers behind it.",
            f"Answer criteria in {wanted.name}" if wanted else "Add the next round" if has else "Add a round",
        )
        self.earlier.setText(f"Answer criteria in {before.name}" if before else "")
        self.earlier.setVisible(bool(self._before))
        turn_to(self._stack, self.empty, self.empty.button)

    # Using

    def _choose(self, place: int, key: object) -> None:
        """Take one of the two rounds."""
        chosen = list(self._chosen or ("", ""))
        chosen[place] = str(key)
        self._chosen = (chosen[0], chosen[1])
        self.refresh()

    def _step(self, place: int, step: int) -> None:
        """Take the round before or after one of the two."""
        keys = [each.key for each in self.desk.seen.rounds]
        if self._chosen is not None:
            at = keys.index(self._chosen[place]) + step
            self._choose(place, keys[min(max(at, 0), len(keys) - 1)])

    def _begin(self) -> None:
        """Go and answer in the round that lacks answers, or add one."""
        if self._wanted:
            self._answer_in(self._wanted)
        else:
            self.go.emit("overview", "rounds")

    def _answer_in(self, in_round: str) -> None:
        self.desk.show(in_round=in_round)
        self.go.emit("assess", "")

    def _ask(self, rubric: str, in_round: str, key: str) -> None:
        """Go to an answer in its round."""
        self.desk.show(rubric=rubric, in_round=in_round)
        self.go.emit("assess", key)

    def _follow_first(self) -> None:
        self._show_current()
        first = self.changes.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(first)

    def _walked(self, _place: Place) -> None:
        """Scroll the page, not the table, to the current cell; what is below follows soon."""
        self._follow.start()
        scroll_to_current(self._area, self.table)

    # Building

    def _lay_out(self) -> None:
        content = QWidget(self)
        content.setProperty("look", "page")
        content.setMaximumWidth(_WIDEST)
        self._below = QWidget(content)
        below = _column(self._below, 0)
        for widget, gap in (
            (self._trend_head, SPACE[2]), (self.trends, SPACE[5]),
            (self._changes_head, SPACE[1]), (self._note, SPACE[1]), (self.changes, 0),
        ):  # fmt: skip
            below.addWidget(widget)
            below.addSpacing(gap)
        column = _column(content, SPACE[4])
        column.addLayout(self._head())
        column.addSpacing(SPACE[1])
        parts: tuple[tuple[QWidget, int], ...] = (
            (self.about, SPACE[2]), (self.reason, SPACE[2]), (self.answer, 0), (self.table, SPACE[5]), (self._below, 0),
        )  # fmt: skip
        for part, gap in parts:
            column.addWidget(part)
            column.addSpacing(gap)
        column.addStretch(1)
        self._area = scrolling(content, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._area)
        self._stack.addWidget(self.empty)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addWidget(TextLabel("Over time", DISPLAY, "semibold", parent=self), 1)
        row.addWidget(self.then)
        row.addWidget(TextLabel("\N{RIGHTWARDS ARROW}", BODY, ink="muted", parent=self))
        row.addWidget(self.now)
        return row

    def _connect(self) -> None:
        self._follow.timeout.connect(self._show_current)
        self.table.moved.connect(self._walked)
        self.changes.asked.connect(self._ask)
        self.changes.go.connect(self.go)
        self.answer.clicked.connect(self._begin)
        self.empty.asked.connect(self._begin)
        self.earlier.clicked.connect(lambda: self._answer_in(self._before))
        bind_key(self.table, "Go to the answers that changed", ("Return", "Enter", "Space"), self._follow_first)
        bind_key(self.changes, "Back to the levels", "Esc", self.table.setFocus, within=True)
        for place, (field, keys) in enumerate(zip((self.then, self.now), _KEYS, strict=True)):
            field.committed.connect(partial(self._choose, place))
            name = ("then", "now")[place]
            for key, step, words in zip(keys, (-1, 1), ("An earlier", "A later"), strict=True):
                bind_key(self, f"{words} round as {name}", key, partial(self._step, place, step), within=True)


def _column(parent: QWidget, margin: int) -> QVBoxLayout:
    column = QVBoxLayout(parent)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(0)
    return column


def _field(name: str, keys: tuple[str, str], parent: QWidget) -> ChoiceField:
    field = ChoiceField(f"{name}: the round", parent=parent)
    field.setMinimumContentsLength(12)
    field.setToolTip(f"{with_key(f'{name}: an earlier round', keys[0])}, {with_key('a later one', keys[1])}")
    return field


def _counted(number: int) -> str:
    return f"{count(number, 'answer', 'answers')} changed" if number else "no answer changed"


def _note(found: Comparison, case: ComparedCase) -> str:
    if case.in_both:
        return ""
    if case.whole is Change.NEITHER:
        return "It has no answers in either round."
    missing = found.now if case.whole is Change.GONE else found.then
    return f"It has no answers in {missing.name} to compare with."
