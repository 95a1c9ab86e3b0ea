"""The lock: nothing of the study on screen, until its passphrase is typed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.errors import FieldquillError
from ui.start.passphrase import PassphraseForm
from ui.theme import SPACE

if TYPE_CHECKING:
    from app.actions.open_study import OpenStudy


class LockPage(QWidget):
    """Asks for the passphrase of the study that is open behind it."""

    unlocked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._study: OpenStudy | None = None
        self.form = PassphraseForm("Unlock", opens=False)
        self.form.given.connect(self._try)
        card = QFrame(self)
        card.setProperty("look", "card")
        card.setFixedWidth(400)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[4])
        inside.addWidget(self.form)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def ask(self, study: OpenStudy) -> None:
        """Ask for the passphrase of a study; the file name is all that is shown of it."""
        self._study = study
        self.form.ask(f"{study.path.name} is locked", "Everything typed is saved. The passphrase shows it again.")

    def _try(self, passphrase: str) -> None:
        if self._study is None:
            return
        try:
            self._study.file.require_passphrase(passphrase)
        except FieldquillError as problem:
            self.form.refuse(problem.sentence)
            return
        self.form.forget()
        self._study = None
        self.unlocked.emit()
