"""The level that the team sets against the derived one, in place: shown, set, confirmed when it lapsed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.overview import team_level
from ui.results.level_choice import LevelChoice
from ui.theme import BODY, SMALL, SPACE
from ui.widgets.buttons import TextButton
from ui.widgets.fields import TextField
from ui.widgets.level import LevelBadge
from ui.widgets.text import SectionLabel, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.analysis.assessment import JudgedPrinciple

SET: Final = "set"
CONFIRM: Final = "confirm"
_HINTS: Final = {
    SET: "Why the team sets another level (Enter)",
    CONFIRM: "Why it still stands although that has changed (Enter)",
}


class ReasonField(TextField):
    """A line that wraps; Enter hands it over, Escape gives up."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Reason", _HINTS[SET], lines=1, most=6, parent=parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class OverrideBlock(QWidget):
    """Shows what the team set on one principle of one case; it only asks. What is written stays until it was kept."""

    level_set = Signal(str, str)  # level, reason
    confirmed = Signal(str)  # reason
    taken_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = LevelChoice(self)
        self.reason = ReasonField(self)
        self.set_level = TextButton("Set another level", "link", key="O", parent=self)
        self.confirm = TextButton("It still stands", key="K", parent=self)
        self.take_back = TextButton("Take back", "link", key="Ctrl+Del", parent=self)
        self._head = SectionLabel("Set by the team", self)
        self._badge = LevelBadge(parent=self)
        self._lapsed = TextLabel("", BODY, "medium", "warning", wrap=True, parent=self)
        self._why = TextLabel("", BODY, wrap=True, parent=self)
        self._who = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self._asked = TextLabel("", BODY, "medium", wrap=True, parent=self)
        self._judged: JudgedPrinciple | None = None
        self._mode = ""
        self._lay_out()
        self._connect()

    @property
    def editing(self) -> str:
        """What is being written: `SET`, `CONFIRM`, or "" for nothing."""
        return self._mode

    def show_judged(self, judged: JudgedPrinciple, who: str, *, read_only: bool) -> None:
        """Show a principle of a case; `who` tells who set its level, and when. What is being written stays."""
        self._judged = judged
        team, override = team_level(judged.rubric, judged), judged.override
        levels = judged.rubric.levels
        if team is not None and override is not None:
            name = levels[team.rank].name
            self._head.setText("Set by the team" if not team.lapsed else f"{name}, set by the team, no longer counts")
            self._badge.set_level(name, team.rank, len(levels))
            self._why.setText(override.reason)
            self._who.setText(who)
        again = override is not None and override.level == judged.score.level  # nothing to confirm against
        now = f". The answers give {self._name(judged)} by themselves now" if again else ""
        self._lapsed.setText(f"Lapsed: {judged.changed}{now}" if judged.lapsed else "")
        for widget, shown in (
            (self._head, team is not None),
            (self._badge, team is not None and not team.lapsed),
            (self._lapsed, judged.lapsed is not None),
            (self._why, team is not None),
            (self._who, team is not None and bool(who)),
            (self.confirm, judged.lapsed is not None and not again and not read_only),
            (self.take_back, team is not None and not read_only),
            (self.set_level, not read_only),
        ):
            widget.setVisible(shown)
        self.set_level.setText("Change" if team is not None else "Set another level")
        if self._mode and (read_only or (self._mode == CONFIRM and judged.lapsed is None)):
            self.close_editor()

    def begin(self, mode: str) -> None:
        """Let a level, or only the reason, be given."""
        judged = self._judged
        if judged is None or self.set_level.isHidden() or (mode == CONFIRM and self.confirm.isHidden()):
            return
        if mode != self._mode:
            self._mode = mode
            self._prepare(judged)
        self._show_editor()
        (self.choice if mode == SET and not self.choice.value() else self.reason).setFocus()

    def close_editor(self) -> None:
        """Give up what is being written, or be done with it."""
        self._mode = ""
        self.reason.set_value("")
        self._show_editor()

    def _prepare(self, judged: JudgedPrinciple) -> None:
        standing = judged.override
        self.choice.show_levels(judged.rubric, judged.score.level)
        changing = self._mode == SET and standing is not None
        if changing and standing is not None and standing.level != judged.score.level:
            self.choice.set_value(standing.level)
        self.reason.set_value(standing.reason if changing and standing is not None else "")
        self.reason.setPlaceholderText(_HINTS[self._mode])
        QWidget.setTabOrder(self.choice, self.reason)
        asked = f"Does {self._name(judged)} still stand?" if self._mode == CONFIRM else "Which level, and why?"
        self._asked.setText(asked)

    def _name(self, judged: JudgedPrinciple) -> str:
        """Name the level that the team set; "" for none."""
        return judged.rubric.level(judged.override.level).name if judged.override else ""

    def _show_editor(self) -> None:
        self._asked.setVisible(bool(self._mode))
        self.choice.setVisible(self._mode == SET)
        self.reason.setVisible(bool(self._mode))
        self._row.setVisible(not self._mode)

    def _hand_over(self) -> None:
        reason = str(self.reason.value())
        if self._mode == CONFIRM:
            self.confirmed.emit(reason)
        elif self.choice.value():
            self.level_set.emit(self.choice.value(), reason)
        else:
            self.choice.setFocus()

    def _give_up(self) -> None:
        self.close_editor()
        self.set_level.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape."""
        if event.key() == Qt.Key.Key_Escape and self._mode:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.set_level.clicked.connect(lambda: self.begin(SET))
        self.confirm.clicked.connect(lambda: self.begin(CONFIRM))
        self.take_back.clicked.connect(self.taken_back)
        self.choice.chosen.connect(lambda _level: self.reason.setFocus())
        self.reason.entered.connect(self._hand_over)
        self.reason.left.connect(self._give_up)

    def _lay_out(self) -> None:
        self._row = QWidget(self)
        buttons = QHBoxLayout(self._row)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(SPACE[1])
        for button in (self.confirm, self.set_level, self.take_back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addWidget(self._head)
        column.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._lapsed, self._why, self._who, self._row):
            column.addWidget(widget)
        column.addSpacing(SPACE[0])
        for widget in (self._asked, self.choice, self.reason):
            column.addWidget(widget)
        self._show_editor()
