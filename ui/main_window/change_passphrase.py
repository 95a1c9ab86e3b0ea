"""Changing the passphrase of the open study: the current one, and the new one twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.errors import FieldquillError
from ui.main_window.passphrase_card import PassphraseCard
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.actions.open_study import OpenStudy
    from ui.start.passphrase import PassphraseLine

WIDTH = 440


class ChangePassphrase(PassphraseCard):
    """Asks for the current and the new passphrase, and encrypts the file anew."""

    changed = Signal(str)  # a sentence to tell

    def __init__(self, study: OpenStudy, parent: QWidget) -> None:
        super().__init__("Change the passphrase", WIDTH, "Current passphrase", "Change it", parent)
        self._study = study
        current, new = (TextLabel(word, ink="muted", parent=self.card) for word in ("Current", "New"))
        self.lay_out(current, self.current, new, self.new)

    def ask(self) -> None:
        """Ask, from the beginning."""
        self.open(self.current)

    def go(self) -> None:
        """Change it."""
        missing = self._missing()
        if missing is not None:
            self.refuse(*missing)
            return
        try:
            self._study.file.change_passphrase(self.current.text(), self.new.text)
        except FieldquillError as problem:
            self.refuse(problem.sentence, self.current)
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
