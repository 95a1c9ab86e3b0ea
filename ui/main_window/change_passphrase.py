"""Changing the passphrase of the open study: the current one, and the new one twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import FieldquillError
from ui.main_window.overlay import Overlay
from ui.start.passphrase import NewPassphrase, PassphraseLine
from ui.theme import SMALL, SPACE, TITLE
from ui.widgets.buttons import TextButton
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from app.actions.open_study import OpenStudy

WIDTH = 440


class ChangePassphrase(Overlay):
    """Asks for the current and the new passphrase, and encrypts the file anew."""

    changed = Signal(str)  # a sentence to tell

    def __init__(self, study: OpenStudy, parent: QWidget) -> None:
        super().__init__("Change the passphrase", WIDTH, parent)
        self._study = study
        self.current = PassphraseLine("Current passphrase", self.card)
        self.new = NewPassphrase(self.card)
        self.problem = TextLabel("", SMALL, ink="danger", wrap=True, parent=self.card)
        self.button = TextButton("Change it", "primary", parent=self.card)
        self.cancel = TextButton("Cancel", "quiet", parent=self.card)
        self.button.clicked.connect(self._change)
        self.cancel.clicked.connect(self.close_up)
        for line in (self.current, self.new.line, self.new.repeat):
            line.returnPressed.connect(self._change)
        self._lay_out()

    def ask(self) -> None:
        """Ask, from the beginning."""
        self.open(self.current)

    def stops(self) -> tuple[QWidget, ...]:
        """The lines, then the buttons."""
        return (self.current, self.new.line, self.new.repeat, self.button, self.cancel)

    def close_up(self) -> None:
        """Drop what was typed, and go."""
        self.current.clear()
        self.new.forget()
        super().close_up()

    def _change(self) -> None:
        missing = self._missing()
        if missing is not None:
            self._refuse(*missing)
            return
        try:
            self._study.file.change_passphrase(self.current.text(), self.new.text)
        except FieldquillError as problem:
            self._refuse(problem.sentence, self.current)
            return
        self.close_up()
        self.changed.emit("The passphrase was changed. Copies made before keep the one they had.")

    def _missing(self) -> tuple[str, PassphraseLine] | None:
        if not self.current.text():
            return "Type the current passphrase first.", self.current
        if not self.new.line.text():
            return "Type the new passphrase.", self.new.line
        if self.new.differs:
            return "The two new passphrases differ.", self.new.repeat
        return None

    def _refuse(self, sentence: str, line: PassphraseLine) -> None:
        self.problem.setText(sentence)
        self.problem.show()
        line.selectAll()
        line.setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[4])
        column.setSpacing(SPACE[1])
        column.addWidget(TextLabel("Change the passphrase", TITLE, "semibold", parent=self.card))
        column.addWidget(TextLabel("Current", ink="muted", parent=self.card))
        column.addWidget(self.current)
        column.addWidget(TextLabel("New", ink="muted", parent=self.card))
        column.addWidget(self.new)
        column.addWidget(self.problem)
        column.addLayout(row)
        self.problem.hide()
