"""Going on with the study in another file, when its own can't be written: where, and its passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import FieldquillError
from app.store.errors import WeakPassphrase, WrongPassphrase
from ui.main_window.overlay import Overlay
from ui.places import ENDING
from ui.start.passphrase import NewPassphrase, PassphraseLine
from ui.theme import SMALL, SPACE, TITLE
from ui.widgets import TextButton, TextLabel, ask_file_to_save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.actions.elsewhere import Deed
    from app.actions.open_study import OpenStudy

WIDTH = 460
_COPY = "The copy holds everything, what could not be saved here too. It opens with the passphrase of the study."
_NEW = (
    "The study's own file can't be read any more. What you see is kept as a new study, without its history: "
    "choose a passphrase for it."
)


class SaveElsewhere(Overlay):
    """Asks for the passphrase and goes on in a copy; where there is nothing left to copy, in a new study."""

    moved = Signal(object)  # the OpenStudy to go on with

    def __init__(self, study: OpenStudy, unsaved: Sequence[Deed], parent: QWidget) -> None:
        super().__init__("Save the study elsewhere", WIDTH, parent)
        self._study = study
        self._unsaved = unsaved
        self._target: Path | None = None
        self._note = TextLabel(_COPY, ink="muted", wrap=True, parent=self.card)
        self.line = PassphraseLine("Passphrase", self.card)
        self.new = NewPassphrase(self.card)
        self.problem = TextLabel("", SMALL, ink="danger", wrap=True, parent=self.card)
        self.button = TextButton("Go on there", "primary", parent=self.card)
        self.cancel = TextButton("Cancel", "quiet", parent=self.card)
        self.button.clicked.connect(self._go)
        self.cancel.clicked.connect(self.close_up)
        for line in (self.line, self.new.line, self.new.repeat):
            line.returnPressed.connect(self._go)
        self._lay_out()

    def ask(self) -> None:
        """Ask where, then for the passphrase."""
        folder, stem = self._study.path.parent, self._study.path.stem
        self._target = ask_file_to_save(self.host, "Save the study elsewhere", f"{stem}-moved", ENDING, folder)
        if self._target is None:
            return
        self.new.hide()
        self.problem.hide()
        self.open(self.line)

    def stops(self) -> tuple[QWidget, ...]:
        """The lines, then the buttons."""
        return (self.line, self.new.line, self.new.repeat, self.button, self.cancel)

    def close_up(self) -> None:
        """Drop what was typed, and go."""
        self.line.clear()
        self.new.forget()
        super().close_up()

    def _go(self) -> None:
        from app.actions.elsewhere import go_on_in_copy, go_on_in_new

        if self._target is None:
            return
        anew = self.new.isVisible()
        if anew and self.new.differs:
            self._refuse("The two passphrases differ.", self.new.repeat)
            return
        passphrase = self.new.text if anew else self.line.text()
        try:
            go_on = go_on_in_new if anew else go_on_in_copy
            study = go_on(self._study, self._target, passphrase, self._unsaved)
        except (WrongPassphrase, WeakPassphrase) as problem:
            self._refuse(problem.sentence, self.new.line if anew else self.line)
        except FieldquillError as problem:
            self._fall_back(problem.sentence, anew=anew)
        else:
            self.close_up()
            self.moved.emit(study)

    def _fall_back(self, sentence: str, *, anew: bool) -> None:
        """Offer to keep what is on screen, where the file itself could not be copied."""
        if not anew:
            self._note.setText(_NEW)
            self.line.hide()
            self.new.show()
        self._refuse(sentence, self.new.line)
        self.card.adjustSize()

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
        column.addWidget(TextLabel("Save the study elsewhere", TITLE, "semibold", parent=self.card))
        for part in (self._note, self.line, self.new, self.problem):
            column.addWidget(part)
        column.addLayout(row)
