"""The list of follow-ups: a card each under the person or case it is for, and the states it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.analysis.follow_ups import STATE_NAMES, Grouping
from app.model.source import FollowUpState
from ui.notebook.cards import Card
from ui.theme import BODY, theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.analysis.follow_ups import Group, Told

_SETTLED = frozenset({FollowUpState.ANSWERED, FollowUpState.DROPPED})


def cards(groups: Iterable[Group], by: Grouping) -> Iterator[Card]:
    """Make a card of each follow-up, under a heading for each group."""
    for group in groups:
        yield Card(f"group/{group.key}", f"{group.name}  {len(group.items)}")
        yield from (_card(told, by) for told in group.items)


def _card(told: Told, by: Grouping) -> Card:
    other = told.case if by is Grouping.PERSON else told.person
    head = " \u00b7 ".join(filter(None, (told.origin, other)))
    feet = tuple(filter(None, (told.status, answer_text(told))))
    return Card(told.key, head, told.question, feet, ink="text_muted" if told.state in _SETTLED else "text")


def answer_text(told: Told) -> str:
    """Write how one was answered, or why it was dropped."""
    return f"Why: {told.answer}" if told.answer and told.state is FollowUpState.DROPPED else told.answer


class StateFilter(QWidget):
    """Which states are listed, with how many there are of each; any of them at once."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._buttons: dict[FollowUpState, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for state, end in zip(STATE_NAMES, ("first", "middle", "middle", "last"), strict=True):
            self._buttons[state] = self._make(state, end)
            row.addWidget(self._buttons[state])

    @property
    def states(self) -> frozenset[FollowUpState]:
        """The states that are listed."""
        return frozenset(state for state, button in self._buttons.items() if button.isChecked())

    def add_state(self, state: FollowUpState) -> None:
        """List one more state, without telling of it."""
        self._buttons[state].setChecked(True)

    def show_counts(self, counts: dict[FollowUpState, int]) -> None:
        """Write how many there are of each."""
        for state, button in self._buttons.items():
            button.setText(f"{STATE_NAMES[state]} {counts[state]}")
            shown = "shown" if button.isChecked() else "not shown"
            button.setAccessibleName(f"{STATE_NAMES[state]}: {counts[state]} follow-ups, {shown}")

    def button(self, state: FollowUpState) -> QToolButton:
        """Give one state's button."""
        return self._buttons[state]

    def _make(self, state: FollowUpState, end: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(STATE_NAMES[state])
        button.setCheckable(True)
        button.setChecked(state is not FollowUpState.DROPPED)
        button.setFont(theme().font(BODY))
        button.setProperty("look", "segment")
        button.setProperty("end", end)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolTip(f"Show or hide follow-ups that are {STATE_NAMES[state].lower()}")
        button.clicked.connect(lambda _checked=False: self.chosen.emit())
        return button
