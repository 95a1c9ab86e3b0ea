"""Going on with the study in another file, when its own can't be written: where, and its passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.errors import FieldquillError
from app.store.errors import WeakPassphrase, WrongPassphrase
from ui.main_window.passphrase_card import PassphraseCard
from ui.places import ENDING
from ui.widgets import TextLabel, ask_file_to_save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.actions.elsewhere import Deed
    from app.actions.open_study import OpenStudy

WIDTH = 460
_TITLE = "Save the study elsewhere"
_COPY = "The copy holds everything, what could not be saved here too. It opens with the passphrase of the study."
_NEW = (
    "The study's own file can't be read any more. What you see is kept as a new study, without its history: "
    "choose a passphrase for it."
)


class SaveElsewhere(PassphraseCard):
    """Asks for the passphrase and goes on in a copy; where there is nothing left to copy, in a new study."""

    moved = Signal(object)  # the OpenStudy to go on with

    def __init__(self, study: OpenStudy, unsaved: Sequence[Deed], parent: QWidget) -> None:
        super().__init__(_TITLE, WIDTH, "Passphrase", "Go on there", parent)
        self._study = study
        self._unsaved = unsaved
        self._target: Path | None = None
        self._note = TextLabel(_COPY, ink="muted", wrap=True, parent=self.card)
        self.lay_out(self._note, self.current, self.new)

    def ask(self) -> None:
        """Ask where, then for the passphrase."""
        folder, stem = self._study.path.parent, self._study.path.stem
        self._target = ask_file_to_save(self.host, _TITLE, f"{stem}-moved", ENDING, folder)
        if self._target is None:
            return
        self.new.hide()
        self.problem.hide()
        self.open(self.current)

    def go(self) -> None:
        """Go on in the copy, or in the new study."""
        from app.actions.elsewhere import go_on_in_copy, go_on_in_new

        if self._target is None:
            return
        anew = self.new.isVisible()
        if anew and self.new.differs:
            self.refuse("The two passphrases differ.", self.new.repeat)
            return
        passphrase = self.new.text if anew else self.current.text()
        try:
            go_on = go_on_in_new if anew else go_on_in_copy
            study = go_on(self._study, self._target, passphrase, self._unsaved)
        except (WrongPassphrase, WeakPassphrase) as problem:
            self.refuse(problem.sentence, self.new.line if anew else self.current)
        except FieldquillError as problem:
            self._fall_back(problem.sentence, anew=anew)
        else:
            self.close_up()
            self.moved.emit(study)

    def _fall_back(self, sentence: str, *, anew: bool) -> None:
        """Offer to keep what is on screen, where the file itself could not be copied."""
        if not anew:
            self._note.setText(_NEW)
            self.current.hide()
            self.new.show()
        self.refuse(sentence, self.new.line)
        self.card.adjustSize()
