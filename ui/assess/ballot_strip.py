"""Independent answers on a case: who takes part, who is done, and what whoever works can do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.ballots import ballot_on, is_own, is_secret, missing, standing_text
from ui.assess.tick import TickButton
from ui.results.links import FlowLayout
from ui.theme import BODY, SPACE
from ui.widgets import Picture, TextButton, TextLabel
from ui.widgets.tab_order import tab_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from app.model.assessment import Ballot
    from app.model.document import StudyDocument
    from app.model.setting import Assessor

DONE = "Ctrl+Shift+Return"
_HIDDEN = "Independent answers"


class BallotStrip(QFrame):
    """Asks who answers a case independently, and then tells how they get on; it only asks."""

    begun = Signal(object, bool)  # keys of assessors, and whether for all cases
    cancelled = Signal()
    done_asked = Signal()
    go_on_asked = Signal()
    reveal_asked = Signal()
    open_asked = Signal()  # answer openly after all
    out_asked = Signal(str)  # an assessor's key: wait no longer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._asks = False
        self._ballot: Ballot | None = None
        self._other = ""  # who is not waited for any longer, if that is asked
        self.people: list[TickButton] = []
        self.words = TextLabel("", BODY, "medium", parent=self)
        self.words.setWordWrap(True)
        self.all_cases = TickButton("All cases", self)
        self.begin_button = TextButton("Begin", "primary", key="Return", parent=self)
        self.cancel_button = TextButton("Cancel", "quiet", key="Esc", parent=self)
        self.done_button = TextButton("I am done", "primary", key=DONE, parent=self)
        self.go_on_button = TextButton("Go on answering", key=DONE, parent=self)
        self.reveal_button = TextButton("Reveal answers", "primary", key=DONE, parent=self)
        self.out_button = TextButton("", "quiet", parent=self)
        self.open_button = TextButton("Answer openly", "quiet", parent=self)
        self._lay_out()
        self._connect()
        self.hide()

    @property
    def asks(self) -> bool:
        """Whether it asks who takes part."""
        return self._asks

    @property
    def picked(self) -> tuple[str, ...]:
        """Keys of the assessors ticked."""
        return tuple(str(button.property("assessor")) for button in self.people if button.isChecked())

    def ask(self, document: StudyDocument, case: str) -> None:
        """Ask who answers independently; everybody is ticked at first."""
        name = next((each.name for each in document.cases if each.key == case), "")
        self._asks = True
        self.words.setText(f"Who answers for {name} independently?")
        self._offer(document.assessors)
        self.all_cases.setChecked(False)
        self._show_parts()
        self.begin_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_asking(self) -> None:
        """Ask no more; what it tells of answers that have begun meanwhile stays."""
        if self._asks:
            self._asks = False
            self._show_parts()

    def show_case(self, document: StudyDocument, place: tuple[str, str, str], who: str, *, read_only: bool) -> None:
        """Tell how independent answers on a case get on: rubric, case and round; nothing where there are none."""
        found = ballot_on(document, *place)
        self._ballot = found if found is not None and is_secret(found) else None
        if self._ballot is None:
            self._show_parts()
            return
        self._asks = False
        names = {each.key: each.name for each in document.assessors}
        self.words.setText(f"{_HIDDEN}: {standing_text(self._ballot, who, names)}")
        own = is_own(self._ballot, who) and not read_only
        left = missing(self._ballot)
        self._other = next((each for each in left if each != who), "") if own and who not in left else ""
        self.out_button.setText(f"No longer wait for {names[self._other]}" if self._other else "")
        self._show_parts(own=own, done=own and who not in left, left=bool(left), read_only=read_only)

    def press_key(self) -> None:
        """Do what the first button does: say that one is done, go on after all, or reveal."""
        for button in (self.done_button, self.reveal_button, self.go_on_button):
            if button.isVisible():
                button.click()
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let go on Escape."""
        if event.key() == Qt.Key.Key_Escape and self._asks:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _show_parts(self, *, own: bool = False, done: bool = False, left: bool = True, read_only: bool = False) -> None:
        secret = self._ballot is not None
        for part in (self._named, *self.people, self.all_cases, self.begin_button, self.cancel_button):
            part.setVisible(self._asks)
        shown = {
            self.done_button: own and not done,
            self.go_on_button: own and done,
            self.reveal_button: secret and not left and not read_only,
            self.out_button: bool(self._other) and own,
            self.open_button: secret and not read_only and left and not done,
        }
        for button, wanted in shown.items():
            button.setVisible(wanted and secret and not self._asks)
        self.setVisible(self._asks or secret)
        self.setAccessibleName(self.words.text())

    def _offer(self, assessors: Sequence[Assessor]) -> None:
        for button in self.people:
            button.hide()
            button.deleteLater()
        self.people = []
        for assessor in assessors:
            button = TickButton(assessor.name, self._named)
            button.setProperty("assessor", assessor.key)
            button.setChecked(True)
            button.toggled.connect(self._mark)
            self._flow.addWidget(button)
            self.people.append(button)
        tab_before(self.people, self.all_cases)
        self._mark()

    def _mark(self) -> None:
        self.begin_button.setEnabled(len(self.picked) > 1)

    def _connect(self) -> None:
        self.begin_button.clicked.connect(lambda: self.begun.emit(self.picked, self.all_cases.isChecked()))
        self.cancel_button.clicked.connect(self.cancelled)
        self.done_button.clicked.connect(self.done_asked)
        self.go_on_button.clicked.connect(self.go_on_asked)
        self.reveal_button.clicked.connect(self.reveal_asked)
        self.open_button.clicked.connect(self.open_asked)
        self.out_button.clicked.connect(lambda: self.out_asked.emit(self._other))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addWidget(Picture("eye-off", parent=self))
        row.addWidget(self.words, 1)
        buttons = (self.done_button, self.reveal_button, self.go_on_button, self.out_button, self.open_button)
        for part in (self.all_cases, self.begin_button, self.cancel_button, *buttons):
            row.addWidget(part)
        self._named = QWidget(self)  # the people, on lines of their own: names are long, and there may be many
        self._flow = FlowLayout(self._named)
        self._flow.setContentsMargins(SPACE[2], 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[1])
        column.setSpacing(SPACE[0])
        column.addLayout(row)
        column.addWidget(self._named)
