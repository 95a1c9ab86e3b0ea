"""What is done with what is ticked: the overall level before and after, and the ways to tick, untick and keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.todo import count
from ui.theme import BODY, SMALL, SPACE
from ui.widgets import LevelBadge, LineField, Picture, SegmentedControl, TextButton, TextLabel

if TYPE_CHECKING:
    from ui.results.plan.rows import Mark

WIDEST: Final = 1080  # px; wider, the eye loses the row
NEXT: Final = "next"
EVERYTHING: Final = "everything"
_NOTHING: Final = "Tick what might be achieved: the levels follow, and no answer changes."


class Strip(QWidget):
    """The overall level now and as ticked, and the buttons; their keys are bound by whoever shows it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = SegmentedControl("Criteria listed", [(NEXT, "Up to the target"), (EVERYTHING, "All unmet")], self)
        self.shown.set_value(NEXT)
        self.smallest = TextButton("Smallest set", key="S", parent=self)
        self.overall = TextButton("Overall\N{HORIZONTAL ELLIPSIS}", key="O", parent=self)
        self.aim = TextButton("Target for all\N{HORIZONTAL ELLIPSIS}", key="A", parent=self)
        self.untick = TextButton("Untick all", "quiet", key="U", parent=self)
        self.keep = TextButton("Keep as next steps", "primary", key="K", parent=self)
        self.smallest.setToolTip("Tick the fewest criteria that bring the principle to its target or next level (S)")
        self.overall.setToolTip("Tick the fewest criteria that bring the case to an overall level (O)")
        self.aim.setToolTip("Set one target for all principles of this case (A)")
        self._word = TextLabel("Overall", BODY, "medium", parent=self)
        self.now, self.then = LevelBadge(parent=self), LevelBadge(parent=self)
        self._arrow = Picture("arrow-right", parent=self)
        self._ticked = TextLabel("", BODY, ink="muted", parent=self)
        self._told = TextLabel(_NOTHING, SMALL, ink="muted", parent=self)
        self._told.setWordWrap(True)
        self._why_word = TextLabel("", SMALL, ink="muted", parent=self)
        self.why = LineField("Reason for the target", "The reason for this target", parent=self)
        self.why.setToolTip("Why this target is set (W)")
        self.setMaximumWidth(WIDEST)
        self._lay_out()

    @property
    def told(self) -> str:
        """What is said of the last set that was asked for."""
        return self._told.text()

    @property
    def ticked(self) -> str:
        """What is said of how many criteria are ticked."""
        return self._ticked.text()

    def tell(self, text: str) -> None:
        """Say something of the set that was asked for; "" takes it away."""
        self._told.setText(text or _NOTHING)

    def show_levels(self, now: Mark | None, then: Mark | None) -> None:
        """Show the overall level, now and as ticked; None for a rubric without one."""
        for part in (self._word, self.now, self.overall):
            part.setVisible(now is not None)
        moved = now is not None and then is not None and now != then
        self.then.setVisible(moved)
        self._arrow.setVisible(moved)
        if now is not None:
            self.now.set_level(now.word, now.rank, now.of)
        if then is not None:
            self.then.set_level(then.word, then.rank, then.of)

    def show_ticks(self, number: int, *, read_only: bool) -> None:
        """Say how many criteria are ticked, and offer what can be done with them."""
        self._ticked.setText(f"{count(number, 'criterion', 'criteria')} as if achieved" if number else "")
        self.untick.setEnabled(bool(number))
        self.keep.setEnabled(bool(number) and not read_only)
        self.aim.setEnabled(not read_only)

    def show_reason(self, question: str, reason: str, *, read_only: bool) -> None:
        """Show why a principle has its target; an empty question for one that has none."""
        for part in (self._why_word, self.why):
            part.setVisible(bool(question))
        self._why_word.setText(question)
        self.why.set_value(reason)
        self.why.set_read_only(read_only)

    def _lay_out(self) -> None:
        levels, buttons, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        levels.setSpacing(SPACE[1])
        buttons.setSpacing(SPACE[1])
        for part in (self._word, self.now, self._arrow, self.then):
            levels.addWidget(part)
        levels.addWidget(self._ticked, 1)
        levels.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignRight)
        for button in (self.smallest, self.overall, self.aim, self.untick):
            buttons.addWidget(button)
        buttons.addSpacing(SPACE[1])
        buttons.addWidget(self._why_word)
        buttons.addWidget(self.why, 1)
        buttons.addStretch()
        buttons.addWidget(self.keep)
        column.setContentsMargins(SPACE[4], SPACE[2], SPACE[4], SPACE[2])
        column.setSpacing(SPACE[1])
        column.addLayout(levels)
        column.addLayout(buttons)
        column.addWidget(self._told)
