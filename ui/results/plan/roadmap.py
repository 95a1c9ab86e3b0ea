"""The roadmap: next steps of all cases or of one, in their order, each edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.roadmap import summary
from ui.results.plan.step_row import StepRow
from ui.theme import BODY, SPACE, TITLE, theme
from ui.widgets import SegmentedControl, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.roadmap import Planned

ALL: Final = "all"
ONE: Final = "one"
_NONE = "No next steps yet. Tick above what is to be achieved, then keep it as next steps (K)."
_NONE_HERE = "No next steps for this case yet."


class Roadmap(QWidget):
    """Only asks: whoever shows it does what was asked, and calls `show_steps` again."""

    edited = Signal(str, str, object)  # key, field, value
    move_asked = Signal(str, str)  # key, and that of the step whose place it is to have
    remove_asked = Signal(str)
    followed = Signal(str, str)
    filtered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = SegmentedControl("Steps shown", [(ALL, "All cases"), (ONE, "This case")], self)
        self.filter.set_value(ALL)
        self.rows: list[StepRow] = []
        self._about = TextLabel("", BODY, ink="muted", parent=self)
        self._none = TextLabel(_NONE, BODY, ink="muted", wrap=True, parent=self)
        self._line = QFrame(self)
        self._line.setFixedHeight(2)
        self._line.hide()
        self._lay_out()
        self.filter.chosen.connect(lambda _key: self.filtered.emit())

    @property
    def of_one_case(self) -> bool:
        """Whether only the steps of the case shown are listed."""
        return self.filter.value() == ONE

    def show_steps(self, steps: Sequence[Planned], *, read_only: bool) -> None:
        """Show steps in the order given; rows stay what they are, so that nobody loses the field they are in."""
        known = {row.key: row for row in self.rows}
        kept = [known[key] if (key := step.step.key) in known else self._made(step) for step in steps]
        for gone in (row for row in self.rows if row not in kept):
            gone.hide()
            self._column.removeWidget(gone)
            gone.deleteLater()
        if kept != self.rows:
            for place, row in enumerate(kept):
                self._column.insertWidget(place, row)
        self.rows = kept
        for row, step in zip(kept, steps, strict=True):
            row.show_step(step, read_only=read_only)
        self._about.setText(summary(steps))
        self._none.setText(_NONE_HERE if self.of_one_case else _NONE)
        self._none.setVisible(not steps)

    def row(self, key: str) -> StepRow | None:
        """Find the row of a step."""
        return next((row for row in self.rows if row.key == key), None)

    def commit(self) -> None:
        """Hand over what was typed."""
        for row in self.rows:
            row.commit()

    def _made(self, planned: Planned) -> StepRow:
        row = StepRow(planned, self)
        row.edited.connect(self.edited)
        row.removed.connect(self._remove)
        row.followed.connect(self.followed)
        row.moved.connect(self._move)
        row.dragged.connect(self._drag)
        row.dropped.connect(self._drop)
        return row

    def _move(self, key: str, by: int) -> None:
        keys = [row.key for row in self.rows]
        to = keys.index(key) + by
        if 0 <= to < len(keys):
            self.move_asked.emit(key, keys[to])

    def _remove(self, key: str) -> None:
        """Ask for it to go, and give the keyboard to its neighbour."""
        place = next(place for place, row in enumerate(self.rows) if row.key == key)
        near = (*self.rows[place + 1 :], *reversed(self.rows[:place]))
        if near:
            near[0].words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.remove_asked.emit(key)

    def _drag(self, key: str, y: int) -> None:
        """Show where it would go."""
        place, here = self._place_at(y), self._place_of(key)
        row = self.rows[place].geometry()
        self._line.setStyleSheet(f"background: {theme().palette.accent};")
        self._line.setGeometry(row.left(), row.bottom() if place > here else row.top(), row.width(), 2)
        self._line.setVisible(place != here)
        self._line.raise_()

    def _drop(self, key: str, y: int) -> None:
        self._line.hide()
        place = self._place_at(y)
        if place != self._place_of(key):
            self.move_asked.emit(key, self.rows[place].key)

    def _place_of(self, key: str) -> int:
        return next(place for place, row in enumerate(self.rows) if row.key == key)

    def _place_at(self, y: int) -> int:
        """Tell which step's place the pointer is at."""
        here = self.mapFromGlobal(QPoint(0, y)).y()
        passed = sum(row.geometry().bottom() < here for row in self.rows)
        return min(passed, len(self.rows) - 1)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE[2])
        head.addWidget(TextLabel("Roadmap", TITLE, "semibold", parent=self))
        head.addWidget(self._about, 1)
        head.addWidget(self.filter)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE[1])
        whole.addLayout(head)
        whole.addWidget(self._none)
        whole.addLayout(self._column)
