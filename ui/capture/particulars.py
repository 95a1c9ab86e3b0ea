"""What is asked once when an interview has ended: who took part, how long, consent, what the site allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.actions.session import set_particulars
from app.analysis.session import elapsed
from ui.interviews.people import ADDING, add_person, people_options
from ui.interviews.picker import PickField
from ui.main_window.overlay import Overlay
from ui.theme import ROW, SPACE, TITLE
from ui.widgets import TextButton, TextLabel

if TYPE_CHECKING:
    from datetime import datetime

    from app.model.document import StudyDocument
    from app.model.source import Source
    from ui.desk import Desk

WIDTH = 520


class Particulars(Overlay):
    """Four short fields, filled in as far as they are known; Escape leaves them for later."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("The interview has ended", WIDTH, parent)
        self._desk = desk
        self._source = ""
        self.people = PickField("Interviewed", "Who was interviewed?", ADDING, self.card)
        self.minutes = QLineEdit(self.card)
        self.consent = QLineEdit(self.card)
        self.allowed = QLineEdit(self.card)
        self.button = TextButton("Keep", "primary", key="Return", parent=self.card)
        self.later = TextButton("Later", "quiet", key="Esc", parent=self.card)
        self._lay_out()
        self.people.added.connect(self._add_person)
        for line in (self.minutes, self.consent, self.allowed):
            line.returnPressed.connect(self._keep)
        self.button.clicked.connect(self._keep)
        self.later.clicked.connect(self.close_up)

    def ask(self, document: StudyDocument, source: Source, now: datetime) -> None:
        """Ask about an interview that has just ended."""
        self._source = source.key
        self.people.show_options(people_options(document), source.participants)
        took = max(1, round(elapsed(source, now).total_seconds() / 60))
        self.minutes.setText(source.minutes or str(took))
        self.consent.setText(source.consent)
        self.allowed.setText(source.allowed)
        self.open(self.consent if source.participants else self.people)

    def stops(self) -> tuple[QWidget, ...]:
        """The lines, then the buttons."""
        return (self.people, self.minutes, self.consent, self.allowed, self.button, self.later)

    def _add_person(self, role: str) -> None:
        if key := add_person(self._desk, role):
            self.people.show_options(people_options(self._desk.document), self.people.picked)
            self.people.add_picked(key)

    def _keep(self) -> None:
        done = self._desk.do(
            set_particulars,
            self._source,
            participants=self.people.picked,
            minutes=self.minutes.text().strip(),
            consent=self.consent.text().strip(),
            allowed=self.allowed.text().strip(),
        )
        if done is not None:
            self.close_up()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE[3])
        form.setVerticalSpacing(SPACE[1])
        for line, name, hint in (
            (self.minutes, "Minutes", "How long it took, such as 45 or 30-45"),
            (self.consent, "Consent", "What they agreed to, and how"),
            (self.allowed, "Allowed", "What the site allowed: laptop, photographs of the board …"),
        ):
            line.setAccessibleName(name)
            line.setPlaceholderText(hint)
        rows = (("Interviewed", self.people), ("Minutes", self.minutes))
        for name, widget in (*rows, ("Consent", self.consent), ("Site allowed", self.allowed)):
            label = TextLabel(name, ink="muted", parent=self.card)
            label.setFixedHeight(ROW)
            widget.setFixedHeight(ROW)
            form.addRow(label, widget)
        buttons = QHBoxLayout()
        for button in (self.button, self.later):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[4])
        column.setSpacing(SPACE[1])
        column.addWidget(TextLabel("The interview has ended", TITLE, "semibold", parent=self.card))
        words = "Asked once, while it is fresh. The notes stay open until you finish them, best today."
        column.addWidget(TextLabel(words, ink="muted", wrap=True, parent=self.card))
        column.addSpacing(SPACE[1])
        column.addLayout(form)
        column.addSpacing(SPACE[1])
        column.addLayout(buttons)
