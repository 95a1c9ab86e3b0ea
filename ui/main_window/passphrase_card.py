"""A card that asks for the study's passphrase and for a new one, and says below them what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.main_window.overlay import Overlay
from ui.start.passphrase import NewPassphrase, PassphraseLine
from ui.theme import SMALL, SPACE, TITLE
from ui.widgets.buttons import TextButton
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PassphraseCard(Overlay):
    """The lines and the buttons; `go` is what the first button and Enter do."""

    def __init__(self, title: str, width: int, name: str, verb: str, parent: QWidget) -> None:
        super().__init__(title, width, parent)
        self._title = TextLabel(title, TITLE, "semibold", parent=self.card)
        self.current = PassphraseLine(name, self.card)
        self.new = NewPassphrase(self.card)
        self.problem = TextLabel("", SMALL, ink="danger", wrap=True, parent=self.card)
        self.problem.hide()
        self.button = TextButton(verb, "primary", parent=self.card)
        self.cancel = TextButton("Cancel", "quiet", parent=self.card)
        self.button.clicked.connect(lambda _checked=False: self.go())
        self.cancel.clicked.connect(self.close_up)
        for line in (self.current, self.new.line, self.new.repeat):
            line.returnPressed.connect(self.go)

    def go(self) -> None:
        """Do what the passphrases are asked for."""
        raise NotImplementedError

    def stops(self) -> tuple[QWidget, ...]:
        """The lines, then the buttons."""
        return (self.current, self.new.line, self.new.repeat, self.button, self.cancel)

    def close_up(self) -> None:
        """Drop what was typed, and go."""
        self.current.clear()
        self.new.forget()
        super().close_up()

    def refuse(self, sentence: str, line: PassphraseLine) -> None:
        """Say what is wrong, and go to the line that has to be typed anew."""
        self.problem.setText(sentence)
        self.problem.show()
        line.selectAll()
        line.setFocus()

    def lay_out(self, *parts: QWidget) -> None:
        """Lay out the title, some parts, what is wrong, and the buttons."""
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[4])
        column.setSpacing(SPACE[1])
        for part in (self._title, *parts, self.problem):
            column.addWidget(part)
        column.addLayout(row)
