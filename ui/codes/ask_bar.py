"""A bar that says what would happen and lets one choose: Enter does it, Escape leaves all as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.theme import SMALL, SPACE
from ui.widgets.buttons import TextButton, with_key
from ui.widgets.messages import Picture
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

_KEEP = "Cancel"
_MOST = 8


@dataclass(frozen=True)
class Choice:
    """One thing that can be done: its words, and what does it with what was typed ("" where nothing is asked)."""

    text: str
    do: Callable[[str], object]


class AskBar(QFrame):
    """Says something before it is done. The first choice has the focus; arrows go along, Escape keeps all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setProperty("kind", "warning")
        self._before: QWidget | None = None
        self._choices: Sequence[Choice] = ()
        self._kept: Callable[[], object] | None = None
        self._words = TextLabel(parent=self)
        self._words.setWordWrap(True)
        self._details = TextLabel("", SMALL, ink="muted", parent=self)
        self._details.setWordWrap(True)
        self.line = QLineEdit(self)
        self.line.setMaximumWidth(280)
        self.line.returnPressed.connect(self._typed)
        self._row = QHBoxLayout()
        self.buttons: list[TextButton] = []
        self._lay_out()
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._words.text()

    @property
    def details(self) -> str:
        """The lines under the sentence."""
        return self._details.text()

    def ask(
        self,
        sentence: str,
        choices: Sequence[Choice],
        *,
        typed: str = "",
        details: Sequence[str] = (),
        kept: Callable[[], object] | None = None,
    ) -> None:
        """Say what would happen, and offer to do it.

        Args:
            sentence: what would happen.
            choices: what can be done; the first is what Enter does.
            typed: name of something to be typed first; "" for nothing.
            details: lines under the sentence.
            kept: told when it was cancelled.
        """
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._choices, self._kept = choices, kept
        self._words.setText(sentence)
        more = [f"and {len(details) - _MOST} more"] if len(details) > _MOST else []
        self._details.setText("\n".join([*details[:_MOST], *more]))
        self._details.setVisible(bool(details))
        self.line.clear()
        self.line.setVisible(bool(typed))
        self.line.setPlaceholderText(typed)
        self.line.setAccessibleName(typed or sentence)
        self._offer([choice.text for choice in choices])
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        (self.line if typed else self.buttons[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Leave all as it is."""
        self._close()
        if self._kept is not None:
            self._kept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the buttons, or leave all as it is."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        here = next((place for place, button in enumerate(self.buttons) if button.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.keep()
        elif event.key() in steps and here is not None:
            to = (here + steps[Qt.Key(event.key())]) % len(self.buttons)
            self.buttons[to].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _offer(self, texts: Sequence[str]) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [TextButton(text, "plain", parent=self) for text in texts]
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _checked=False, place=place: self._do(place))
        cancel = TextButton(_KEEP, "quiet", parent=self)
        cancel.setToolTip(with_key("Leave all as it is", "Esc"))
        cancel.clicked.connect(self.keep)
        self.buttons.append(cancel)
        for place, button in enumerate(self.buttons):
            self._row.insertWidget(place + 1, button)
            button.show()

    def _typed(self) -> None:
        if self._choices:
            self._do(0)

    def _do(self, place: int) -> None:
        """Do what was chosen; where something is to be typed first, wait for it."""
        typed = self.line.text().strip()
        if self.line.isVisibleTo(self) and not typed:
            self.line.setFocus()
            return
        choice = self._choices[place]
        self._close()
        choice.do(typed)

    def _close(self) -> None:
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE[0])
        words.addWidget(self._words)
        words.addWidget(self._details)
        self._row.setSpacing(SPACE[0])
        self._row.addWidget(self.line, 1)
        self._row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(SPACE[1])
        column.addLayout(words)
        column.addLayout(self._row)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[1])
        row.setSpacing(SPACE[1])
        row.addWidget(Picture("info", "warning", parent=self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
