"""Asking for a new review: whom to ask, about which cases, on the results of which round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.assessment import rubric_of
from ui.follow_ups.forms import person_choices
from ui.interviews.picker import PickField
from ui.review.work import BACK_BY_HINT
from ui.theme import MEASURE, SMALL, SPACE, TITLE
from ui.widgets import ChoiceField, DateField, FieldRow, TextButton, TextLabel
from ui.widgets.actions import bind_key
from ui.widgets.focus import on_escape

if TYPE_CHECKING:
    from app.model.document import StudyDocument

_WHAT = (
    "An insider is somebody of the organisation who knows the projects. They get a pack: each level and finding of the "
    "cases you choose, with room to confirm it, correct it or dispute it. What they are shown is kept with the review, "
    "so that you see later what has changed since."
)
_LABEL = 72


class _BackBy(DateField):
    """The day to be back by; what is no day stays until it is mended, since the form says so."""

    def commit(self) -> None:
        """Hand over a day, and leave anything else as it was typed."""
        if self._acceptable():
            super().commit()

    def begin(self) -> None:
        """Ask for a day anew."""
        self._shown = ""
        self.revert()


class NewReview(QWidget):
    """Asks for everything at once; it only asks."""

    # keys of participant and round, a tuple of those of cases, key of the rubric, when the pack is to be back or None
    given = Signal(str, str, object, str, object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self.cancelled.emit)
        self.person = ChoiceField("Insider", (), self)
        self.cases = PickField("Cases", "Choose cases", parent=self)
        self.round = ChoiceField("Round", (), self)
        self.rubric = ChoiceField("Rubric", (), self)
        self.back_by = _BackBy("Pack to be given back by", BACK_BY_HINT, parent=self)
        self.begin_button = TextButton("Prepare the review", "primary", key="Ctrl+Return", parent=self)
        self.cancel_button = TextButton("Cancel", "quiet", key="Esc", parent=self)
        self._lacking = TextLabel("", SMALL, ink="muted", parent=self)
        self._lay_out()
        self._connect()

    def ask(self, document: StudyDocument, in_round: str, rubric: str) -> None:
        """Ask for everything; all cases, and the round and the rubric shown, are offered."""
        self.refresh(document)
        self.person.set_value(None)
        self.round.set_value(in_round or None)
        self.rubric.set_value(rubric)
        self.back_by.begin()
        cases = [(case.key, case.name, "") for case in document.cases]
        self.cases.show_options(cases, [key for key, _name, _detail in cases])
        self._mark()

    def refresh(self, document: StudyDocument) -> None:
        """Offer people, cases and rounds as the study stands; what is chosen stays."""
        people = person_choices(document)[1:]
        for field, choices in (
            (self.person, people),
            (self.round, [(each.key, each.name) for each in document.rounds]),
            (self.rubric, [(each.key, rubric_of(document, each.key).title) for each in document.rubrics]),
        ):
            chosen = field.value()
            field.set_choices(choices)
            field.set_value(chosen)
        self._rubric_row.setVisible(len(document.rubrics) > 1)
        options = [(case.key, case.name, "") for case in document.cases]
        self.cases.show_options(options, [key for key, *_ in options if key in self.cases.picked])
        self._mark()

    def _mark(self) -> None:
        """Say what is still to be chosen."""
        lacking = [
            words
            for words, there in (
                ("an insider", self.person.value()),
                ("a case", self.cases.picked),
                ("a round", self.round.value()),
            )
            if not there
        ]
        no_day = self.back_by.value() is None and bool(self.back_by.text().strip())
        sentences = [f"Choose {words}." for words in lacking] + ["Write the day as 2022-10-31."] * no_day
        self._lacking.setText(next(iter(sentences), ""))
        self.begin_button.setEnabled(not sentences)

    def _hand_over(self) -> None:
        if self.begin_button.isEnabled():
            person, in_round, rubric = (str(field.value()) for field in (self.person, self.round, self.rubric))
            self.given.emit(person, in_round, self.cases.picked, rubric, self.back_by.value())

    def _connect(self) -> None:
        for field in (self.person, self.round, self.cases):
            field.committed.connect(lambda _value: self._mark())
        self.back_by.textChanged.connect(lambda _text: self._mark())
        self.begin_button.clicked.connect(self._hand_over)
        self.cancel_button.clicked.connect(self.cancelled)
        bind_key(self, "Prepare the review", ("Ctrl+Return", "Ctrl+Enter"), self._hand_over, within=True)

    def _lay_out(self) -> None:
        holder = QWidget(self)
        holder.setMaximumWidth(MEASURE + 2 * SPACE[4])
        column = QVBoxLayout(holder)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[4])
        column.setSpacing(SPACE[1])
        column.addWidget(TextLabel("New review", TITLE, "semibold", parent=self))
        column.addWidget(TextLabel(_WHAT, ink="muted", wrap=True, parent=self))
        column.addSpacing(SPACE[1])
        for label, field in (("Insider", self.person), ("Cases", self.cases), ("Round", self.round)):
            column.addWidget(FieldRow(label, field, label_width=_LABEL, parent=self))
        self._rubric_row = FieldRow("Rubric", self.rubric, label_width=_LABEL, parent=self)
        column.addWidget(self._rubric_row)
        column.addWidget(FieldRow("Back by", self.back_by, label_width=_LABEL, parent=self))
        column.addWidget(self._lacking)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE[1])
        foot.addWidget(self.begin_button)
        foot.addWidget(self.cancel_button)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(holder, 1)
        row.addStretch(0)
