"""The lock: nothing of the study on screen, not its file's name either, until its passphrase is typed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import FieldquillError
from app.store.errors import WrongPassphrase
from ui.start.passphrase import PassphraseForm, hint_for
from ui.theme import SPACE

if TYPE_CHECKING:
    from app.actions.open_study import OpenStudy

_SAVED = "Everything typed is saved. The passphrase shows the study again."
_NOT_SAVED = "What was typed last could not be saved. It is kept here; the passphrase shows it, and why."


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
        row = QHBoxLayout()  # with stretches: an alignment would not give the card the height its wrapped words need
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def ask(self, study: OpenStudy, *, saved: bool = True) -> None:
        """Ask for the passphrase of a study; `saved` says whether all of it is on the medium."""
        self._study = study
        self.form.ask("Locked", " ".join(filter(None, (_SAVED if saved else _NOT_SAVED, hint_for(study.path)))))

    def tell(self, sentence: str) -> None:
        """Say why the window does not close."""
        self.form.note.setText(sentence)

    def _try(self, passphrase: str) -> None:
        if self._study is None:
            return
        try:
            self._study.file.require_passphrase(passphrase)
        except WrongPassphrase:
            self.form.refuse("That is not the passphrase of the open study.")
            return
        except FieldquillError as problem:
            self.form.refuse(problem.sentence)
            return
        self.form.forget()
        self._study = None
        self.unlocked.emit()
